"""The line a problem stands on, with marks under what is meant."""

from __future__ import annotations

from pathlib import Path

import pytest

from balise.cli.excerpt import WIDTH, Excerpt, Excerpts
from balise.cli.output import render_problem
from balise.problems import Location, Problem, Severity

PATH = "x.md"


def problem(column: int, length: int, line: int = 1, path: str = PATH) -> Problem:
    return Problem(Severity.ERROR, "rule", "it is so", Location(path, line, column), "mend it", length)


def shown(folder: Path, text: str, word: str) -> str:
    """Return what a terminal shows of a problem at a word of a file."""
    (folder / PATH).write_text(text, "utf-8")
    found = problem(text.index(word) + 1, len(word))
    return render_problem(found, colour=False, excerpt=Excerpts(folder).show(found))


def lines(folder: Path, text: str, word: str) -> list[str]:
    """Return the line of the file and the marks under it."""
    return [line.partition("| ")[2] for line in shown(folder, text, word).split("\n")[1:3]]


def test_a_problem_shows_its_line_and_what_is_meant(tmp_path: Path) -> None:
    assert shown(tmp_path, "Eat a ripe plum now.\nThen go.\n", "ripe plum") == (
        "x.md:1:7: error: it is so [rule]\n    1 | Eat a ripe plum now.\n      |       ^^^^^^^^^\n    fix: mend it"
    )


def test_the_marks_stand_under_a_line_with_a_number_of_several_digits(tmp_path: Path) -> None:
    (tmp_path / PATH).write_text("a\n" * 99 + "a plum\n", "utf-8")
    found = problem(3, 4, line=100)

    assert render_problem(found, colour=False, excerpt=Excerpts(tmp_path).show(found)).split("\n")[1:3] == [
        "    100 | a plum",
        "        |   ^^^^",
    ]


@pytest.mark.parametrize(
    "text, word, marks",
    [
        ("plum", "plum", "^^^^"),
        ("a\tplum", "plum", "  ^^^^"),
        ("日本 plum", "plum", "     ^^^^"),
        ("a 日本 b", "日本", "  ^^^^"),
        ("e\u0301te\u0301 plum", "plum", "    ^^^^"),
        ("x\u200bplum", "\u200b", " ^"),
    ],
)
def test_marks_stand_where_a_terminal_shows_the_letters(tmp_path: Path, text: str, word: str, marks: str) -> None:
    assert lines(tmp_path, text, word)[1] == marks


def test_spaces_that_do_not_break_are_shown_as_spaces_and_hidden_characters_as_a_sign(tmp_path: Path) -> None:
    assert lines(tmp_path, "Qui\u00a0? 20\u202f% x\u200by plum", "plum")[0] == "Qui ? 20 % x\ufffdy plum"


@pytest.mark.parametrize("before, after", [(500, 500), (0, 500), (500, 0), (60, 60)])
def test_a_long_line_is_cut_round_what_is_meant(tmp_path: Path, before: int, after: int) -> None:
    line, marks = lines(tmp_path, "a" * before + "plum" + "b" * after, "plum")

    assert line[marks.index("^") : marks.index("^") + 4] == "plum"
    assert marks.count("^") == 4
    assert len(line) <= WIDTH + 2
    assert (line.startswith("…"), line.endswith("…")) == (before > 46, after > 60 or (before, after) == (60, 60))


def test_what_is_meant_is_cut_too_where_it_is_very_long(tmp_path: Path) -> None:
    line, marks = lines(tmp_path, "a" * 10_000, "a" * 9_000)

    assert len(line) <= 2 * WIDTH + 2
    assert len(marks) <= 2 * WIDTH + 2


@pytest.mark.parametrize(
    "found",
    [problem(1, 0), problem(99, 2), problem(1, 1, line=0), problem(1, 1, line=7), problem(1, 1, path="gone.md")],
    ids=["no-length", "behind-the-line", "no-line", "no-such-line", "no-file"],
)
def test_without_an_exact_place_no_line_is_shown(tmp_path: Path, found: Problem) -> None:
    (tmp_path / PATH).write_text("one\n", "utf-8")

    assert Excerpts(tmp_path).show(found) is None


def test_a_stretch_past_the_end_of_its_line_ends_there(tmp_path: Path) -> None:
    (tmp_path / PATH).write_text("one\n", "utf-8")

    assert Excerpts(tmp_path).show(problem(3, 20)) == Excerpt("on", "e", "")


def test_colours_leave_the_text_alone(tmp_path: Path) -> None:
    (tmp_path / PATH).write_text("a plum\n", "utf-8")
    found = problem(3, 4)
    coloured = render_problem(found, colour=True, excerpt=Excerpts(tmp_path).show(found))

    assert coloured.split("\n")[1:] == [
        "    1 \x1b[2m|\x1b[0m a plum",
        "      \x1b[2m|\x1b[0m \x1b[31m\x1b[1m  ^^^^\x1b[0m",
        "    \x1b[32mfix:\x1b[0m mend it",
    ]
