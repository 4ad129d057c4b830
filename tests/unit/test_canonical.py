"""The quick reader of catalogues: it reads what polib reads, or leaves the text to polib."""

from __future__ import annotations

from pathlib import Path

import polib
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from balise.canonical import read_canonical
from balise.catalogues import Entry, catalogue, render_catalogue

ROOT = Path(__file__).parents[2]
CATALOGUES = sorted((ROOT / "locales").rglob("*.po"))

TEXT = render_catalogue(
    catalogue("", [Entry("abcdefgh", "One \\ two", 'Un "deux"\ttrois'), Entry("ijklmnop", "Three", "")]), "fr"
)


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.relative_to(ROOT / "locales").as_posix())
def test_every_catalogue_of_the_reference_site_is_read_as_polib_reads_it(path: Path) -> None:
    text = path.read_text("utf-8")
    wanted = [(item.linenum, item.msgctxt or "", item.msgid, item.msgstr) for item in polib.pofile(text)]
    assert read_canonical(text) == wanted


def test_escapes_and_lines_are_those_of_the_file() -> None:
    assert read_canonical(TEXT) == [
        (11, "abcdefgh", "One \\ two", 'Un "deux"\ttrois'),
        (15, "ijklmnop", "Three", ""),
    ]


WORDS = st.text(st.sampled_from('ab é"\\\n\t#'), min_size=1, max_size=8)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(WORDS, WORDS), max_size=4))
def test_what_is_written_is_read_back_with_every_quote_and_backslash(pairs: list[tuple[str, str]]) -> None:
    text = render_catalogue(catalogue("", [Entry(f"id{n}", *pair) for n, pair in enumerate(pairs)]), "fr")
    found = read_canonical(text)
    if found is None:
        assert any("\n" in part for pair in pairs for part in pair)
    else:
        assert found == [
            (item.linenum, item.msgctxt, *pair) for item, pair in zip(polib.pofile(text), pairs, strict=True)
        ]


@pytest.mark.parametrize(
    "other",
    [
        "",
        'msgid "no header"\nmsgstr "x"\n',
        TEXT.replace("UTF-8", "UTF-7"),
        TEXT.replace("nplurals=2", "nplurals=99"),
        TEXT.replace('msgid "Three"', '#, fuzzy\nmsgid "Three"'),
        TEXT.replace('msgctxt "ijklmnop"', '#| msgid "Two"\nmsgctxt "ijklmnop"'),
        TEXT.replace('msgctxt "ijklmnop"', '# by hand\nmsgctxt "ijklmnop"'),
        TEXT.replace('msgid "Three"', 'msgid ""\n"Three"'),
        TEXT.replace('msgid "Three"\nmsgstr ""', 'msgid "Three"\nmsgid_plural "x"\nmsgstr[0] ""'),
        TEXT.replace('msgid "Three"', 'msgid "Three'),
        TEXT.replace('msgid "Three"', 'msgid "Thr\\xee"'),
        TEXT.replace('msgid "Three"', 'msgid ""'),
        TEXT + '#~ msgid "old"\n#~ msgstr "vieux"\n',
        TEXT + "<<<<<<< HEAD\n",
    ],
)
def test_any_other_form_is_left_to_polib(other: str) -> None:
    assert read_canonical(other) is None
