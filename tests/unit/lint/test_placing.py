"""Where a finding stands in the author's own file: line, column and length, however the text is written there."""

from __future__ import annotations

from pathlib import Path

import pytest

from balise.lint.placing import Place, Places
from balise.lint.sheet import Passage
from balise.problems import Location
from support.catalogue_text import HEADER
from support.gate_projects import check, meant, place
from support.guides import GUIDE
from support.projects import CHANNELS, FOUND, SITE

PAGE = "content/help/found-images.md"
PO = "locales/fr/pages/help/found-images.po"
BODY_LINE = 9
"""The line of the page on which its body begins."""
HEAD = FOUND.partition("This is")[0]


def found_in_page(root: Path, body: str) -> list[tuple[int, int, int]]:
    """Return line (of the body, from 1), column and length of what is found in a page's body."""
    checked = check(root, {PAGE: HEAD + body + "\n\n## Do {#do}\n\nWait.\n"})
    told = [place(one) for one in checked.problems if one.rule == "ripe-plum"]
    assert {path for path, *_ in told} <= {PAGE}
    return [(line - BODY_LINE + 1, column, length) for _, line, column, length in told]


@pytest.mark.parametrize(
    "body, places",
    [
        ("A ripe plum.", [(1, 3, 9)]),
        ("One\ntwo ripe plum\nthree.", [(2, 5, 9)]),
        ("One ripe\nplum three.", [(1, 5, 4)]),
        ("A ripe plum, a ripe plum.\nA ripe plum.", [(1, 3, 9), (1, 16, 9), (2, 3, 9)]),
        ("> Said:\n> a ripe plum\n> here.", [(2, 5, 9)]),
        ("> > One\n> > a ripe plum.", [(2, 7, 9)]),
        ("- One\n- a ripe plum\n  - deep\n    a ripe plum", [(2, 5, 9), (4, 7, 9)]),
        ("1. One\n\n   A ripe plum.", [(3, 6, 9)]),
        ("| Say | Not |\n| --- | --- |\n| apple | ripe plum |", [(3, 11, 9)]),
        ("One  \na ripe plum", [(2, 3, 9)]),
        ("One\\\na ripe plum", [(2, 3, 9)]),
        ("A *ripe plum* here.", [(1, 4, 9)]),
        ("A *ripe* plum here.", [(1, 4, 10)]),
        ("A ripe&nbsp;plum here.", [(1, 3, 14)]),
        ("A [ripe plum](/x.md).".replace("/x.md", "index.md"), [(1, 4, 9)]),
        ('Call {{ phone("be-line") }} or a ripe plum.', [(1, 34, 9)]),
        ("É à ç — ripe plum.", [(1, 9, 9)]),
        ("\U0001f600 ripe plum.", [(1, 3, 9)]),
        ("### A ripe plum {#plum}", [(1, 7, 9)]),
        ("> [!NOTE]\n> Eat a ripe plum.", [(2, 9, 9)]),
        ("Plum.\n\nPlum.\n\nPlum, ripe plum.", [(5, 7, 9)]),
        ("Same words.\n\nSame words.\n\nSame ripe plum.\n\nSame ripe plum.", [(5, 6, 9), (7, 6, 9)]),
        ("| A | B |\n| --- | --- |\n| ripe plum | ripe plum |", [(3, 3, 9), (3, 15, 9)]),
        ("One \ntwo ripe plum", [(2, 5, 9)]),
        ("A note.[^1]\n\n[^1]: A ripe plum.", [(3, 9, 9)]),
    ],
    ids=lambda value: value[:30].replace("\n", "/") if isinstance(value, str) else "",
)
def test_in_a_page(tmp_path: Path, body: str, places: list[tuple[int, int, int]]) -> None:
    assert found_in_page(tmp_path, body) == places


def test_in_front_matter_in_data_and_in_a_guide(tmp_path: Path) -> None:
    files = {
        PAGE: FOUND.replace("title: I found images", "title: 'The ripe plum'").replace("now.\n", "a ripe plum.\n", 1),
        "content/site.yml": SITE.replace("Test site", "A ripe plum"),
        "content/data/channels.yml": CHANNELS.replace("[Help comes.]", "[A ripe plum comes.]", 1).replace(
            "[Someone listens.]", "\n      - 'Someone: a ripe\n        plum listens.'"
        ),
        "content/guides/help.yml": GUIDE.replace("  title: Something happened", "  title: A ripe plum").replace(
            "  description: A few questions, and what to do.",
            "  description: >-\n    A few questions, a ripe\n    plum, a ripe plum.",
        ),
    }
    checked = check(tmp_path, files)

    told = [(place(one), meant(tmp_path, one)) for one in checked.problems if one.rule == "ripe-plum"]

    assert told == [
        (("content/data/channels.yml", 13, 22, 9), "ripe plum"),
        (("content/data/channels.yml", 47, 21, 4), "ripe"),
        (("content/guides/help.yml", 2, 12, 9), "ripe plum"),
        (("content/guides/help.yml", 5, 24, 4), "ripe"),
        (("content/guides/help.yml", 6, 13, 9), "ripe plum"),
        ((PAGE, 3, 13, 9), "ripe plum"),
        ((PAGE, 4, 27, 9), "ripe plum"),
        (("content/site.yml", 1, 9, 9), "ripe plum"),
    ]


TRANSLATED = (
    HEADER
    + """
msgctxt "meta.title"
msgid "I found images"
msgstr "La prune mûre"

msgctxt "c"
msgid "This is not your fault."
msgstr ""
"Il dit : \\"une "
"prune mûre\\" et "
"une prune "
"mûre."

msgctxt "d"
msgid "Close the page."
msgstr "Un \\\\*\\"\\\\* \\tmot, prune mûre."
"""
)


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_in_a_catalogue_with_wrapped_lines_and_escapes(tmp_path: Path, ends: str) -> None:
    checked = check(tmp_path, {PO: TRANSLATED.replace("\n", ends).encode()})

    told = [(place(one), meant(tmp_path, one)) for one in checked.problems if one.rule == "ripe-plum"]

    assert told == [
        ((PO, 7, 12, 10), "prune mûre"),
        ((PO, 13, 2, 10), "prune mûre"),
        ((PO, 14, 6, 6), "prune "),
        ((PO, 19, 28, 10), "prune mûre"),
    ]


@pytest.mark.parametrize("mark, ends", [(b"\xef\xbb\xbf", b"\n"), (b"", b"\r\n"), (b"\xef\xbb\xbf", b"\r\n")])
def test_byte_order_marks_and_line_ends_shift_nothing(tmp_path: Path, mark: bytes, ends: bytes) -> None:
    text = FOUND.replace("Close the page.", "Close the ripe plum.").encode().replace(b"\n", ends)
    checked = check(tmp_path, {PAGE: mark + text})

    told = [(place(one), meant(tmp_path, one)) for one in checked.problems]

    assert told == [((PAGE, 13, 14, 9), "ripe plum")]


def test_plural_forms_of_a_catalogue_are_found_each(tmp_path: Path) -> None:
    text = HEADER + '\nmsgid "A plum"\nmsgid_plural "Plums"\nmsgstr[0] "Une prune"\nmsgstr[1] ""\n"Des "\n"prunes"\n'
    (tmp_path / "x.po").write_text(text, "utf-8")
    places = Places(tmp_path)

    one = places.find(Passage("Une prune", "string", "x.po", 5, markdown=False), 4, 9)
    many = places.find(Passage("Des prunes", "string", "x.po", 5, markdown=False), 4, 10)

    assert (one, many) == (Place(Location("x.po", 7, 16), 5, True), Place(Location("x.po", 10, 2), 6, True))


def test_a_stretch_that_ends_with_an_escaped_sign_takes_both_its_characters(tmp_path: Path) -> None:
    (tmp_path / "x.po").write_text(HEADER + '\nmsgid "A"\nmsgstr "Un \\"mot\\" là"\n', "utf-8")

    found = Places(tmp_path).find(Passage('Un "mot" là', "string", "x.po", 5, markdown=False), 7, 8)

    assert found == Place(Location("x.po", 6, 17), 2, True)


@pytest.mark.parametrize(
    "body, start, end, is_whole",
    [
        ("A ripe plum.", 2, 11, True),
        ("A ripe\nplum.", 2, 11, False),
        ("A *ripe* plum.", 2, 11, False),
        ("A ripe&nbsp;plum.", 2, 11, False),
        ("A ri\u00adpe plum.", 2, 11, False),
    ],
)
def test_only_what_stands_in_one_piece_can_be_written_anew(
    tmp_path: Path, body: str, start: int, end: int, is_whole: bool
) -> None:
    (tmp_path / "x.md").write_text(body + "\n", "utf-8")

    found = Places(tmp_path).find(Passage(body.replace("\n", " "), "paragraph", "x.md", 1), start, end)

    assert (found.location.line, found.is_whole) == (1, is_whole)


@pytest.mark.parametrize(
    "passage, line",
    [
        (Passage("Gone.", "paragraph", "gone.md", 3), 3),
        (Passage("Gone.", "paragraph", "page.md", 1), 1),
        (Passage("Gone.", "paragraph", "page.md", 99), 99),
        (Passage("Here.", "paragraph", "page.md", 0), 0),
        (Passage("Weg.", "paragraph", "gone.po", 7), 7),
    ],
)
def test_what_cannot_be_found_keeps_its_line_alone(tmp_path: Path, passage: Passage, line: int) -> None:
    (tmp_path / "page.md").write_text("Here.\n", "utf-8")

    assert Places(tmp_path).find(passage, 0, 3) == Place(Location(passage.path, line))


def test_a_file_that_is_no_text_is_no_fault_of_the_rule(tmp_path: Path) -> None:
    (tmp_path / "page.md").write_bytes(b"\xff\xfe")

    assert Places(tmp_path).text("page.md") == ""


def test_equal_translations_are_found_each_in_its_own_place(tmp_path: Path) -> None:
    body = "| Say | Not |\n| --- | --- |\n| yes | no |\n| maybe | no |"
    entries = "".join(
        f'\nmsgctxt "c{number}"\nmsgid "{word}"\nmsgstr "Une prune mûre"\n'
        for number, word in enumerate(("yes", "no", "maybe", "no"))
    )
    checked = check(tmp_path, {PAGE: HEAD + body + "\n\n## Do {#do}\n\nWait.\n", PO: HEADER + entries})

    assert [place(one) for one in checked.problems] == [(PO, line, 13, 10) for line in (7, 11, 15, 19)]
