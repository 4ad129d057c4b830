"""How problems and counts are printed."""

from __future__ import annotations

import json

import pytest

from balise.cli.output import (
    colour_wanted,
    count_words,
    page_words,
    print_problems,
    problem_record,
    render_problem,
    unit_lines,
)
from balise.problems import Location, Problem, Severity, error, warning

BROKEN = error("link-broken", 'link to "a.md": no such page', Location("content/index.md", 7, 3), "write the path")
STALE = warning("catalogue-orphan", "there is no page", Location("locales/fr/pages/a.po"))
ADVICE = Problem(Severity.ADVICE, "long-sentence", "31 words", Location("content/a,b:c.md", 4), "split it at 100%")
TEXT = """\
content/index.md:7:3: error: link to "a.md": no such page [link-broken]
    fix: write the path
locales/fr/pages/a.po: warning: there is no page [catalogue-orphan]
content/a,b:c.md:4:1: advice: 31 words [long-sentence]
    fix: split it at 100%
"""
ANNOTATIONS = """\
::error file=content/index.md,line=7,col=3,title=link-broken::link to "a.md": no such page. write the path
::warning file=locales/fr/pages/a.po,title=catalogue-orphan::there is no page.
::notice file=content/a%2Cb%3Ac.md,line=4,title=long-sentence::31 words. split it at 100%25
"""


@pytest.fixture(autouse=True)
def plain_surroundings(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)


@pytest.mark.parametrize("form, text", [("text", TEXT), ("github", ANNOTATIONS)])
def test_problems_go_to_standard_output_in_the_form_asked_for(
    capsys: pytest.CaptureFixture[str], form: str, text: str
) -> None:
    print_problems((BROKEN, STALE, ADVICE), form)
    assert capsys.readouterr() == (text, "")


def test_json_holds_the_problems_beside_the_summary(capsys: pytest.CaptureFixture[str]) -> None:
    print_problems((BROKEN,), "json", summary={"ok": False, "name": "é"})
    out = capsys.readouterr().out
    assert json.loads(out) == {"problems": [problem_record(BROKEN)], "ok": False, "name": "é"}
    assert '"name": "é"' in out


def test_a_record_has_a_value_for_every_key() -> None:
    assert problem_record(STALE) == {
        "path": "locales/fr/pages/a.po",
        "line": 0,
        "column": 0,
        "severity": "warning",
        "rule": "catalogue-orphan",
        "message": "there is no page",
        "fix": "",
    }


def test_a_line_break_in_a_message_stays_inside_its_annotation(capsys: pytest.CaptureFixture[str]) -> None:
    print_problems((error("r", "one\ntwo", Location("a.md", 1, 2), "mend"),), "github")
    assert capsys.readouterr().out == "::error file=a.md,line=1,col=2,title=r::one%0Atwo. mend\n"


@pytest.mark.parametrize(
    "problem, code", [(BROKEN, "\x1b[31m"), (STALE, "\x1b[33m"), (ADVICE, "\x1b[36m")], ids=["red", "yellow", "cyan"]
)
def test_a_terminal_gets_the_severity_in_colour(problem: Problem, code: str) -> None:
    shown = render_problem(problem, colour=True)
    assert f"{code}\x1b[1m{problem.severity.value}\x1b[0m: {problem.message}" in shown


def test_colour_changes_no_word() -> None:
    import click

    for problem in (BROKEN, STALE, ADVICE):
        assert click.unstyle(render_problem(problem, colour=True)) == render_problem(problem, colour=False)


@pytest.mark.parametrize(
    "variables, wanted",
    [
        ({}, False),
        ({"FORCE_COLOR": "1"}, True),
        ({"NO_COLOR": "1"}, False),
        ({"FORCE_COLOR": "1", "NO_COLOR": "1"}, False),
    ],
)
def test_colours_are_for_terminals_or_on_request(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], variables: dict[str, str], wanted: bool
) -> None:
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert colour_wanted() is wanted
    print_problems((BROKEN,), "text")
    assert ("\x1b[" in capsys.readouterr().out) is wanted


@pytest.mark.parametrize(
    "problems, words",
    [
        ((), "0 errors"),
        ((BROKEN,), "1 error"),
        ((BROKEN, BROKEN, STALE), "2 errors, 1 warning"),
        ((STALE, STALE, ADVICE), "0 errors, 2 warnings"),
    ],
)
def test_errors_and_warnings_are_counted_in_words(problems: tuple[Problem, ...], words: str) -> None:
    assert count_words(problems) == words


def test_pages_are_counted_in_all_and_per_edition() -> None:
    assert page_words({"fr": 33, "nl": 33, "en": 34}) == "100 pages (fr 33, nl 33, en 34)"


@pytest.mark.parametrize("drafts, words", [(1, "1 draft left out"), (2, "2 drafts left out")])
def test_drafts_are_counted_apart(drafts: int, words: str) -> None:
    assert page_words({"fr": 1, "en": 1}, drafts) == f"2 pages (fr 1, en 1), {words}"


def test_each_edition_gets_a_line_with_the_states_that_occur() -> None:
    fr = {"current": 10, "stale": 2, "missing": 3, "refused": 0}
    en = {"current": 15, "stale": 0, "missing": 0, "refused": 0}
    assert unit_lines({"fr": fr, "en": en}) == [
        "  fr: 15 units: 10 current, 2 stale, 3 missing",
        "  en: 15 units: 15 current",
    ]
