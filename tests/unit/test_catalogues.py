"""Catalogues are read strictly, merged without losing a translation, and written in one form."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from balise.catalogues import (
    Catalogue,
    Entry,
    Message,
    catalogue,
    check_strings,
    load_catalogue,
    merge_units,
    parse_catalogue,
    phrases_for,
    plural_forms,
    render_catalogue,
    write_catalogue,
)
from balise.languages import Text
from balise.problems import Location, error, warning
from balise.units import unit_id
from support.catalogue_text import HEADER, entry, po, read

MEND = "mend quotes, keywords or merge conflict marks on this line; `msgfmt -c` shows more"
PLURAL = 'msgid "{count} step"\nmsgid_plural "{count} steps"\n'


def messages(*texts: str) -> list[Message]:
    """Return messages of a page, its title first."""
    place = Location("content/a.md", 3)
    return [Message("meta.title", texts[0], place), *(Message("", text, place, "paragraph") for text in texts[1:])]


def merged(old: Catalogue, *texts: str, memory: dict[str, str] | None = None) -> list[tuple[str, str, str, bool]]:
    """Return what update makes of a catalogue: source, translation, previous, fuzzy, entry by entry."""
    found = merge_units(old, messages(*texts), memory or {})
    return [(item.source, item.translation, item.previous, item.fuzzy) for item in found.entries]


def test_an_entry_is_read_with_everything_it_says() -> None:
    text = po(
        '# a remark\n#. heading\n#: content/a.md:8\n#| msgid "Old"\nmsgctxt "abcd2345"\nmsgid "New"\nmsgstr "Neuf"\n',
        '#, fuzzy\nmsgid "one"\nmsgid_plural "many"\nmsgstr[0] "un"\nmsgstr[1] "des"\n',
        '#~ msgctxt "gone"\n#~ msgid "Gone"\n#~ msgstr "Parti"\n',
    )
    found = read(text)
    assert found.entries == (
        Entry("abcd2345", "New", "Neuf", previous="Old", line=5, comment="a remark"),
        Entry("", "one", "", fuzzy=True, line=13, plural="many", translations=("un", "des")),
    )
    assert [(item.id, item.source, item.translation) for item in found.obsolete] == [("gone", "Gone", "Parti")]


@pytest.mark.parametrize("text", ["", HEADER, "#, fuzzy\n" + HEADER, 'msgid "a"\nmsgstr "b"\n', "# a\n#\n"])
def test_a_file_with_little_in_it_is_no_problem(text: str) -> None:
    assert parse_catalogue(text, "fr.po")[1] == ()


@pytest.mark.parametrize(
    "attack, text, line, rule, message, hint",
    [
        ("open quote", po('msgid "a\nmsgstr "b"\n'), 5, "po-syntax", "the PO file is broken", MEND),
        ("quote inside", po('msgid "a "b" c"\nmsgstr "b"\n'), 5, "po-syntax", "the PO file is broken", MEND),
        ("cut off in the middle", po('msgid "a"\nmsgs'), 6, "po-syntax", "the PO file is broken", MEND),
        ("unknown keyword", po('msgid "a"\nmsgfoo "b"\n'), 6, "po-syntax", "the PO file is broken", MEND),
        ("two translations", po('msgid "a"\nmsgstr "b"\nmsgstr "c"\n'), 7, "po-syntax", "the PO file is broken", MEND),
        ("no PO at all", "hello\n", 1, "po-syntax", "the PO file is broken", MEND),
        ("plural index", po(PLURAL + 'msgstr[999999999] "x"\n'), 7, "po-syntax", "the PO file is broken", MEND),
        (
            "conflict marks",
            po('<<<<<<< HEAD\nmsgid "a"\nmsgstr "b"\n=======\nmsgid "a"\nmsgstr "c"\n>>>>>>> branch\n'),
            5,
            "po-syntax",
            "a merge conflict is left in the PO file",
            "choose one side",
        ),
        (
            "another charset",
            po(header=HEADER.replace("UTF-8", "UTF-7")),
            3,
            "po-charset",
            "the PO file declares charset UTF-7",
            "write charset=UTF-8 and save it so",
        ),
        (
            "a charset in quotes and spaces",
            po(header=HEADER.replace("=UTF-8", " = 'utf-16'")),
            3,
            "po-charset",
            "the PO file declares charset utf-16",
            "write charset=UTF-8 and save it so",
        ),
        (
            "huge nplurals",
            po(header=HEADER + '"Plural-Forms: nplurals=99999999; plural=0;\\n"\n'),
            4,
            "po-plurals",
            "nplurals is 99999999",
            "no language has more than 6",
        ),
        (
            "nplurals of 5000 digits",
            po(header=HEADER + f'"Plural-Forms: nplurals={"9" * 5000}; plural=0;\\n"\n'),
            4,
            "po-plurals",
            "nplurals is 999999999999",
            "no language has more than 6",
        ),
        (
            "no plural form at all",
            po(header=HEADER + '"Plural-Forms: nplurals=0; plural=0;\\n"\n'),
            4,
            "po-plurals",
            "nplurals is 0",
            "no language has more than 6",
        ),
        (
            "wrong number of plural forms",
            po(
                PLURAL + 'msgstr[0] "x"\nmsgstr[2] "y"\n',
                header=HEADER + '"Plural-Forms: nplurals=2; plural=n>1;\\n"\n',
            ),
            6,
            "po-plurals",
            'msgid "{count} step" has 2 plural forms',
            "give msgstr[0] to msgstr[1], as the header says",
        ),
        (
            "an id twice, after a clean merge of two branches",
            po(entry("One", "Un", "abcd2345"), entry("Two", "Deux", "abcd2345")),
            9,
            "po-duplicate",
            'msgctxt "abcd2345" stands twice',
            "keep one of the two; the first is on line 5",
        ),
        (
            "a title twice",
            po(entry("One", "Un", "meta.title"), entry("Two", "Deux", "meta.title")),
            9,
            "po-duplicate",
            'msgctxt "meta.title" stands twice',
            "keep one of the two; the first is on line 5",
        ),
        (
            "a text without context twice",
            po(entry("One", "Un"), entry("One", "Deux")),
            8,
            "po-duplicate",
            'msgid "One" stands twice',
            "keep one of the two; the first is on line 5",
        ),
        (
            "a second header",
            po(HEADER),
            5,
            "po-duplicate",
            "the header stands twice",
            "keep one entry with an empty msgid",
        ),
    ],
)
def test_a_hostile_or_broken_catalogue_is_refused_with_its_line(
    attack: str, text: str, line: int, rule: str, message: str, hint: str
) -> None:
    _, problems = parse_catalogue(text, "fr.po")
    assert list(problems) == [error(rule, message, Location("fr.po", line), hint)]


def test_one_context_with_two_texts_is_how_data_strings_are_told_apart() -> None:
    found = read(po(entry("A", "a", "sources.publisher"), entry("B", "b", "sources.publisher")))
    assert [item.source for item in found.entries] == ["A", "B"]


def test_words_of_a_unit_are_not_taken_for_the_header() -> None:
    assert read(po(entry("write charset=utf-16; nplurals=99", "x", "a"))).entries[0].translation == "x"


@pytest.mark.parametrize(
    "attack, data, line, column, message",
    [
        ("NUL", b'msgid "a\0"\n', 1, 9, "the file holds the control character U+0000"),
        ("not UTF-8", b'msgid ""\nmsgstr "\xe9t\xe9"\n', 2, 9, "byte 0xe9 is not valid UTF-8"),
        ("UTF-16", "\ufeffmsgid".encode("utf-16-le"), 1, 0, "the file is UTF-16"),
    ],
)
def test_bytes_that_are_no_text_are_refused_with_their_place(
    tmp_path: Path, attack: str, data: bytes, line: int, column: int, message: str
) -> None:
    path = tmp_path / "locales" / "fr.po"
    path.parent.mkdir()
    path.write_bytes(data)
    found, problems = load_catalogue(path, tmp_path)
    assert found.entries == ()
    assert [(item.location, item.message) for item in problems] == [(Location("locales/fr.po", line, column), message)]


def test_a_byte_order_mark_and_windows_line_ends_are_accepted(tmp_path: Path) -> None:
    path = tmp_path / "fr.po"
    path.write_bytes(("\ufeff" + po(entry("One", "Un", "a"))).replace("\n", "\r\n").encode())
    found, problems = load_catalogue(path, tmp_path)
    assert problems == ()
    assert [(item.source, item.translation, item.line) for item in found.entries] == [("One", "Un", 5)]


def test_a_catalogue_that_is_not_there_is_empty_and_no_problem(tmp_path: Path) -> None:
    assert load_catalogue(tmp_path / "locales" / "fr.po", tmp_path) == (catalogue("locales/fr.po", ()), ())


@settings(max_examples=300, deadline=None)
@given(
    st.lists(
        st.sampled_from(['msgid "a"\n', 'msgctxt "b"\n', 'msgstr "c"\n', "#~ ", "#| ", "#, fuzzy\n", '"', "\\", "\n"])
    )
)
def test_any_heap_of_po_pieces_is_read_or_refused_and_never_fails(pieces: list[str]) -> None:
    found, problems = parse_catalogue("".join(pieces), "fr.po")
    assert all(problem.location.line >= 1 for problem in problems)
    assert not (found.entries and any(problem.rule == "po-syntax" for problem in problems))


OLD = read(
    po(
        entry("Title", "Titre", "meta.title"),
        entry("Close the page now.", "Fermez la page maintenant.", "one"),
        entry("Call someone.", "Appelez quelqu'un.", "two"),
        entry("Open text", "", "three"),
    )
)


@pytest.mark.parametrize(
    "situation, texts, expected",
    [
        (
            "nothing changed",
            ("Title", "Close the page now.", "Call someone.", "Open text"),
            ["", "", "", ""],
        ),
        (
            "one sentence changed",
            ("Title", "Close this page right now.", "Call someone.", "Open text"),
            ["", "Close the page now.", "", ""],
        ),
        ("the title changed", ("New title", "Close the page now.", "Call someone."), ["Title", "", ""]),
        ("an untranslated text changed", ("Title", "Close the page now.", "Call someone.", "Open this text"), [""] * 4),
    ],
)
def test_a_changed_source_keeps_its_translation_beside_the_text_it_was_made_from(
    situation: str, texts: tuple[str, ...], expected: list[str]
) -> None:
    result = merged(OLD, *texts)
    assert [source for source, *_ in result] == list(texts)
    assert [previous for _, _, previous, _ in result] == expected
    assert [text for _, text, _, _ in result] == [item.translation for item in OLD.entries][: len(texts)]


def test_a_source_changed_twice_remembers_the_text_that_was_translated_and_its_return_is_current() -> None:
    once = merge_units(OLD, messages("Title", "Close this page right now."), {})
    twice = merge_units(once, messages("Title", "Close this page right away."), {})
    assert twice.entries[1].previous == "Close the page now."
    back = merge_units(twice, messages("Title", "Close the page now."), {})
    assert back.entries[1] == Entry("one", "Close the page now.", "Fermez la page maintenant.")


def test_the_id_of_a_unit_is_kept_through_rewording_and_new_units_are_named_by_their_text() -> None:
    found = merge_units(OLD, messages("Title", "Close this page right now.", "Brand new words", "Brand new words"), {})
    name = unit_id("Brand new words", ())
    assert [item.id for item in found.entries] == ["meta.title", "one", name, f"{name}-2"]


def test_an_entry_that_a_tool_left_without_an_id_gets_one() -> None:
    found = merge_units(read(po(entry("Text", "Texte"))), messages("Title", "Text"), {})
    assert found.entries[1] == Entry(unit_id("Text", ()), "Text", "Texte")


def test_a_title_never_becomes_the_translation_of_a_body_text_by_alignment() -> None:
    old = read(po(entry("Help", "Aide", "meta.short"), entry("A b c", "x", "one")))
    found = merge_units(old, messages("A title", "Help"), {})
    assert [item.id for item in found.entries] == ["meta.title", unit_id("Help", ())]
    assert found.entries[1].translation == ""


def test_a_lost_unit_is_kept_as_obsolete_and_comes_back_with_its_translation() -> None:
    without = merge_units(OLD, messages("Title", "Call someone."), {})
    assert [(item.source, item.translation) for item in without.obsolete] == [
        ("Close the page now.", "Fermez la page maintenant.")
    ]
    again = merge_units(without, messages("Title", "Close the page now.", "Call someone."), {})
    assert again.entries[1].translation == "Fermez la page maintenant."
    assert again.obsolete == ()


def test_a_stale_unit_that_is_lost_is_kept_beside_the_text_it_was_made_from() -> None:
    stale = merge_units(OLD, messages("Title", "Close this page right now."), {})
    lost = merge_units(stale, messages("Title"), {})
    assert ("Close the page now.", "Fermez la page maintenant.", "") in [
        (item.source, item.translation, item.previous) for item in lost.obsolete
    ]


def test_a_text_translated_on_another_page_is_offered_as_fuzzy_only() -> None:
    assert merged(OLD, "Title", "Elsewhere", memory={"Elsewhere": "Ailleurs"})[1] == ("Elsewhere", "Ailleurs", "", True)


WORDS = st.sampled_from(
    ['say "no"', "a\\b", "été", "1 {x}", "tab\there", "# not a mark", "msgid", "~", "two\nlines", "<br>"]
)
TEXT = st.lists(WORDS, min_size=1, max_size=4).map(" ".join)
PAGE = st.lists(TEXT, min_size=1, max_size=6)


@settings(max_examples=80, deadline=None)
@given(st.lists(PAGE, min_size=1, max_size=3), st.data())
def test_update_twice_changes_nothing_more_and_the_file_reads_back_as_it_was(
    pages: list[list[str]], data: st.DataObject
) -> None:
    known = catalogue("fr.po", ())
    for texts in pages:
        found = messages(*texts)
        known = merge_units(known, found, {})
        done = [
            Entry(item.id, item.source, data.draw(TEXT), item.previous, data.draw(st.booleans()), comment=item.comment)
            for item in known.entries
        ]
        known = merge_units(catalogue("fr.po", done, known.obsolete), found, {})
        text = render_catalogue(known, "fr", found)
        reread = read(text)
        assert render_catalogue(merge_units(reread, found, {}), "fr", found) == text
        assert [(item.id, item.source, item.translation, item.previous, item.fuzzy) for item in reread.entries] == [
            (item.id, item.source, item.translation, item.previous, item.fuzzy) for item in known.entries
        ]


def test_a_catalogue_is_written_in_one_form() -> None:
    old = catalogue(
        "fr.po", [Entry("one", "A b c d", "Un", comment="say it gently")], [Entry("x", "Gone", "Parti", "Older")]
    )
    found = messages("Title", "A b c e")
    assert render_catalogue(merge_units(old, found, {}), "fr-BE", found) == (
        "#\n"
        'msgid ""\n'
        'msgstr ""\n'
        '"Project-Id-Version: balise\\n"\n'
        '"Language: fr_BE\\n"\n'
        '"MIME-Version: 1.0\\n"\n'
        '"Content-Type: text/plain; charset=UTF-8\\n"\n'
        '"Content-Transfer-Encoding: 8bit\\n"\n'
        '"Plural-Forms: nplurals=2; plural=(n > 1);\\n"\n'
        "\n"
        "#: content/a.md:3\n"
        'msgctxt "meta.title"\n'
        'msgid "Title"\n'
        'msgstr ""\n'
        "\n"
        "# say it gently\n"
        "#. paragraph\n"
        "#: content/a.md:3\n"
        '#| msgid "A b c d"\n'
        'msgctxt "one"\n'
        'msgid "A b c e"\n'
        'msgstr "Un"\n'
        "\n"
        '#~ msgctxt "x"\n'
        '#~ msgid "Older"\n'
        '#~ msgstr "Parti"\n'
        "\n"
    )


@pytest.mark.skipif(shutil.which("msgfmt") is None, reason="needs msgfmt, of the package gettext")
def test_what_is_written_is_clean_for_gettext_too(tmp_path: Path) -> None:
    found = messages('A "title"', "Line\twith \\ marks", "Line\twith \\ marks")
    old = catalogue(
        "", [Entry("one", "A text", "Un texte", "Before", True, comment="hm")], [Entry("x", "G", "P", "O", True)]
    )
    merged_units = merge_units(old, found, {"Line\twith \\ marks": "Ligne"})
    plural = Entry("", "{count} step", "", plural="{count} steps", translations=("{count} pas", "{count} pas"))
    for number, item in enumerate((merged_units, catalogue("", [plural, *old.entries], old.obsolete))):
        path = tmp_path / f"{number}.po"
        write_catalogue(path, render_catalogue(item, "fr", found if item is merged_units else ()))
        done = subprocess.run(
            ["msgfmt", "-c", "-o", tmp_path / "out.mo", path], capture_output=True, text=True, check=False
        )
        warnings = [line for line in done.stderr.splitlines() if "header field" not in line]
        assert (done.returncode, warnings) == (0, []), path.read_text("utf-8")


def test_a_file_is_written_only_when_it_differs(tmp_path: Path) -> None:
    path = tmp_path / "new" / "fr.po"
    assert [write_catalogue(path, "é\n"), write_catalogue(path, "é\n"), write_catalogue(path, "e\n")] == [
        True,
        False,
        True,
    ]
    assert path.read_bytes() == b"e\n"


@pytest.mark.parametrize(
    "language, header",
    [
        ("fr", "nplurals=2; plural=(n > 1);"),
        ("nl-BE", "nplurals=2; plural=(n != 1);"),
        ("", "nplurals=2; plural=(n != 1);"),
        ("ja", "nplurals=1; plural=0;"),
    ],
)
def test_the_header_states_the_plural_forms_of_the_language(language: str, header: str) -> None:
    assert plural_forms(language) == header


THEME = {
    "fr": read(po(entry("Help", "Aide"), PLURAL + 'msgstr[0] "{count} étape"\nmsgstr[1] "{count} étapes"\n')),
    "en": read(po()),
}


def test_words_come_from_the_site_then_the_theme_then_the_source() -> None:
    words = phrases_for("fr", "en", THEME, {"fr": read(po(entry("Close", "Fermer")))})
    assert [words.gettext(text) for text in ("Close", "Help", "Unknown")] == ["Fermer", "Aide", "Unknown"]
    assert phrases_for("fr", "en", THEME, {"fr": read(po(entry("Help", "À l'aide")))}).gettext("Help") == "À l'aide"


def test_a_variant_of_a_language_falls_back_to_the_language_where_it_says_nothing() -> None:
    site = {
        "fr-BE": read(po(entry("Eighty", "Octante"), entry("Two", ""), entry("Three", "T", before="#, fuzzy\n"))),
        "fr": read(po(entry("Eighty", "Quatre-vingts"), entry("Two", "Deux"), entry("Three", "Trois"))),
    }
    words = phrases_for("fr-BE", "en", THEME, site)
    assert [words.gettext(text) for text in ("Eighty", "Two", "Three", "Help")] == ["Octante", "Deux", "Trois", "Aide"]


def test_a_count_takes_the_form_of_the_language() -> None:
    words = phrases_for("fr", "en", THEME, {})
    shown = [words.ngettext("{count} step", "{count} steps", count) for count in (0, 1, 2)]
    assert shown == ["{count} étape", "{count} étape", "{count} étapes"]
    english = phrases_for("en", "en", THEME, {})
    assert [english.ngettext("{count} step", "{count} steps", count) for count in (0, 1)] == [
        "{count} steps",
        "{count} step",
    ]


@pytest.mark.parametrize(
    "situation, forms",
    [
        ("one form too few", 'msgstr[0] "{count} pas"\n'),
        ("one form open", 'msgstr[0] "{count} pas"\nmsgstr[1] ""\n'),
        ("a placeholder reaches into the program", 'msgstr[0] "{count}"\nmsgstr[1] "{count.__class__}"\n'),
    ],
)
def test_faulty_plural_forms_of_a_site_are_not_shown(situation: str, forms: str) -> None:
    words = phrases_for("fr", "en", {}, {"fr": read(po(PLURAL + forms))})
    assert words.ngettext("{count} step", "{count} steps", 5) == "{count} steps"


@pytest.mark.parametrize(
    "situation, text, shown",
    [
        ("translated", entry("In {value}", "Dans {value}", "figures.a.statement"), Text("Dans {value}", "fr")),
        ("missing", entry("Other", "Autre", "figures.a.statement"), Text("In {value}", "en")),
        ("another context", entry("In {value}", "Dans {value}", "figures.b.statement"), Text("In {value}", "en")),
        ("fuzzy", entry("In {value}", "Dans {value}", "figures.a.statement", "#, fuzzy\n"), Text("In {value}", "en")),
        (
            "stale",
            entry("In {value}", "Dans {value}", "figures.a.statement", '#| msgid "Old"\n'),
            Text("In {value}", "en"),
        ),
        ("number typed in", entry("In {value}", "Dans 2421", "figures.a.statement"), Text("In {value}", "en")),
        ("placeholder renamed", entry("In {value}", "Dans {valeur}", "figures.a.statement"), Text("In {value}", "en")),
    ],
)
def test_a_string_of_the_data_is_shown_translated_only_when_it_can_be_trusted(
    situation: str, text: str, shown: Text
) -> None:
    words = phrases_for("fr", "en", {}, {"fr": read(po(text))})
    assert words.text("figures.a.statement", "In {value}") == shown


def test_a_faulty_string_is_reported_with_its_line() -> None:
    found = read(
        po(entry("In {value}", "Dans 2421", "a.b"), entry("Help", "<b>", "c.d", "#, fuzzy\n"), entry("Ok", "D'accord"))
    )
    hint = "keep placeholders, tags, addresses and numbers as in msgid; the source text is shown until then"
    message = 'the translation loses "{value}" and adds "2421"'
    assert list(check_strings(found)) == [warning("translation-broken", message, Location("fr.po", 5), hint)]
