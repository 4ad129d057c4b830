"""Fixes in authors' files: exactly where they belong, followed by the catalogues, and not a byte beside them."""

from __future__ import annotations

from pathlib import Path

import pytest

from balise.extraction import updated_catalogues
from balise.lint.fixing import Fixed, fixable, write_fixes
from balise.problems import Location, Problem, Severity
from balise.project import load_project
from support.guides import FILES as GUIDE_FILES
from support.guides import GUIDE
from support.projects import FOUND, SITE, write_project

PAGE = "content/help/found-images.md"
PO = "locales/fr/pages/help/found-images.po"


def fix(path: str, line: int, column: int, length: int, text: str | None) -> Problem:
    return Problem(Severity.ERROR, "r", "m", Location(path, line, column), "", length, text)


def fixed(root: Path, content: str, *fixes: tuple[int, int, int, str], name: str = "x.md") -> str:
    """Return what a file holds after fixes of line, column, length and text."""
    (root / name).write_bytes(content.encode())
    write_fixes(root, [fix(name, *one) for one in fixes])
    return (root / name).read_bytes().decode()


@pytest.mark.parametrize(
    "before, fixes, after",
    [
        ("one two three\n", [(1, 5, 3, "2")], "one 2 three\n"),
        ("one two three\n", [(1, 5, 4, "")], "one three\n"),
        ("one two\ntwo\n", [(1, 1, 3, "1"), (1, 5, 3, "22222"), (2, 1, 3, "")], "1 22222\n\n"),
        ("abcdef", [(1, 2, 3, "X"), (1, 4, 2, "Y")], "aXef"),
        ("abcdef", [(1, 2, 2, "X"), (1, 4, 2, "Y")], "aXYf"),
        ("abcdef", [(1, 2, 2, "X"), (1, 2, 4, "Y")], "aYf"),
        ("abcdef", [(1, 2, 2, "X"), (1, 2, 2, "X")], "aXdef"),
        ("one\r\ntwo\r\n", [(2, 1, 3, "2"), (1, 1, 3, "1")], "1\r\n2\r\n"),
        ("one\rtwo\n", [(2, 1, 3, "2")], "one\r2\n"),
        ("\ufeffone two", [(1, 5, 3, "2")], "\ufeffone 2"),
        ("é\U0001f600x\u2028y\n", [(1, 3, 1, "z")], "é\U0001f600z\u2028y\n"),
        ("one", [(1, 2, 9, "x")], "one"),
        ("one", [(7, 1, 1, "x")], "one"),
    ],
)
def test_fixes_change_what_they_mean_and_no_byte_more(
    tmp_path: Path, before: str, fixes: list[tuple[int, int, int, str]], after: str
) -> None:
    assert fixed(tmp_path, before, *fixes) == after


def test_in_a_catalogue_signs_are_written_as_it_writes_them(tmp_path: Path) -> None:
    before = 'msgid "A"\nmsgstr "un mot"\n'

    after = fixed(tmp_path, before, (2, 12, 3, 'le "b\\c"\td'), name="x.po")

    assert after == 'msgid "A"\nmsgstr "un le \\"b\\\\c\\"\\td"\n'


@pytest.mark.parametrize("column, length, text", [(0, 3, "x"), (1, 0, "x"), (1, 3, None)])
def test_without_an_exact_place_or_a_text_nothing_is_written(
    tmp_path: Path, column: int, length: int, text: str | None
) -> None:
    (tmp_path / "x.md").write_text("one")

    problem = fix("x.md", 1, column, length, text)

    assert (fixable([problem]), write_fixes(tmp_path, [problem])) == ((), Fixed(0, ()))


def test_a_fix_that_would_break_the_file_is_not_written(tmp_path: Path) -> None:
    text = 'title: "A word"\n'

    assert fixed(tmp_path, text, (1, 11, 4, 'wo"rd'), name="x.yml") == text


def write_translated(root: Path, ends: str = "\n") -> Path:
    """Write a project with a guide whose catalogues are all filled."""
    files = {**GUIDE_FILES, "content/guides/help.yml": GUIDE, "content/site.yml": SITE_WITH_GUIDES}
    write_project(root, files)
    for file in updated_catalogues(load_project(root)):
        text = file.text.replace('msgstr ""\n\n', 'msgstr "Ici"\n\n').replace("\n", ends)
        file.path.parent.mkdir(parents=True, exist_ok=True)
        file.path.write_bytes(text.encode())
    return root


SITE_WITH_GUIDES = SITE.replace("sections: [help]", "sections: [help, guides]")


def texts(root: Path) -> dict[str, bytes]:
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in sorted(root.rglob("*")) if path.is_file()}


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
@pytest.mark.parametrize(
    "path, old, new, catalogue",
    [
        (PAGE, "This is not your fault.", "It is not your fault.", "pages/help/found-images.po"),
        (PAGE, "Read [the help page](index.md) again.", 'Read "it" again.', "pages/help/found-images.po"),
        (PAGE, "I found images", "I saw images", "pages/help/found-images.po"),
        ("content/guides/help.yml", "Take a breath", "Breathe", "guides/help.po"),
        ("content/guides/help.yml", "Sit down first.", "Sit.", "guides/help.po"),
        ("content/data/channels.yml", "Someone listens.", "They listen.", "LC_MESSAGES/site.po"),
        ("content/site.yml", "Test site", "A site", "LC_MESSAGES/site.po"),
        ("templates/situation.md", "Who can help", "Who helps", "LC_MESSAGES/site.po"),
    ],
)
def test_catalogues_follow_a_fix_in_their_source(
    tmp_path: Path, ends: str, path: str, old: str, new: str, catalogue: str
) -> None:
    root = write_translated(tmp_path, ends)
    before = texts(root)
    line, column = next(
        (number, text.index(old) + 1) for number, text in enumerate(before[path].decode().split("\n"), 1) if old in text
    )

    done = write_fixes(root, [fix(path, line, column, len(old), new)])

    changed = [path, *(f"locales/{tag}/{catalogue}" for tag in ("fr", "nl"))]
    expected = {
        name: text.replace(old.encode(), new.replace('"', '\\"').encode() if name.endswith(".po") else new.encode())
        if name in changed
        else text
        for name, text in before.items()
    }
    assert done == Fixed(1, tuple(changed))
    assert texts(root) == expected


def test_after_a_fix_every_translation_is_still_current(tmp_path: Path) -> None:
    root = write_translated(tmp_path)
    line = FOUND.split("\n").index("This is not your fault.") + 1

    write_fixes(root, [fix(PAGE, line, 1, 4, "It")])

    assert {file.path: file.text for file in updated_catalogues(load_project(root))} == {
        file.path: file.path.read_text("utf-8") for file in updated_catalogues(load_project(root))
    }


def test_a_source_text_that_another_editor_wrapped_is_found(tmp_path: Path) -> None:
    wrapped = 'msgctxt "c"\r\nmsgid ""\r\n"This is not "\r\n"your fault."\r\nmsgstr ""\r\n"Ce n\'est "\r\n"rien."\r\n'
    root = write_project(tmp_path, {PO: wrapped})
    line = FOUND.split("\n").index("This is not your fault.") + 1

    write_fixes(root, [fix(PAGE, line, 1, 4, "It")])

    assert (root / PO).read_bytes().decode() == (
        'msgctxt "c"\r\nmsgid "It is not your fault."\r\nmsgstr ""\r\n"Ce n\'est "\r\n"rien."\r\n'
    )


def test_the_same_text_on_another_page_stays(tmp_path: Path) -> None:
    other = "locales/fr/pages/help/index.po"
    text = 'msgctxt "c"\nmsgid "This is not your fault."\nmsgstr "Rien."\n'
    root = write_project(tmp_path, {PO: text, other: text})
    line = FOUND.split("\n").index("This is not your fault.") + 1

    done = write_fixes(root, [fix(PAGE, line, 1, 4, "It")])

    assert done.paths == (PAGE, PO)
    assert (root / other).read_text() == text
