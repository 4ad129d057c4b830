"""What commands print: problems as text, JSON or annotations; results to standard output, talk to standard error."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import click

from balise.cli.excerpt import Excerpt, Excerpts
from balise.problems import Location, Problem, Severity

FORMATS = ("text", "json", "github")
ALL_FORMATS = ("text", "json", "sarif", "github")
_COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.ADVICE: "cyan"}

format_option = click.option(
    "--format", "form", type=click.Choice(FORMATS), default="text", show_default=True, help="How problems are written."
)


def colour_wanted() -> bool:
    """Tell whether standard output gets colours: on a terminal or with FORCE_COLOR, never with NO_COLOR."""
    if os.environ.get("NO_COLOR"):
        return False
    return bool(os.environ.get("FORCE_COLOR")) or sys.stdout.isatty()


def render_problem(problem: Problem, *, colour: bool, excerpt: Excerpt | None = None) -> str:
    """Return a problem as lines for a terminal, with the line it stands on where that is given."""
    if not colour:
        first, *rest = str(problem).split("\n")
        return "\n".join([first, *_excerpt_lines(problem, excerpt, colour=False), *rest])
    word = click.style(problem.severity.value, fg=_COLOURS[problem.severity], bold=True)
    rule = click.style(f"[{problem.rule}]", dim=True)
    first = f"{click.style(str(problem.location), bold=True)}: {word}: {problem.message} {rule}"
    hint = [f"    {click.style('fix:', fg='green')} {problem.hint}"] if problem.hint else []
    return "\n".join([first, *_excerpt_lines(problem, excerpt, colour=True), *hint])


def _excerpt_lines(problem: Problem, excerpt: Excerpt | None, *, colour: bool) -> list[str]:
    """Return the line of a file and the marks under it, behind the line's number."""
    if excerpt is None:
        return []
    number = str(problem.location.line)
    marks = click.style(excerpt.marks, fg=_COLOURS[problem.severity], bold=True) if colour else excerpt.marks
    bar = click.style("|", dim=True) if colour else "|"
    return [f"    {number} {bar} {excerpt.line}", f"    {' ' * len(number)} {bar} {marks}"]


def problem_record(problem: Problem) -> dict[str, Any]:
    """Return a problem as plain values for JSON."""
    return {
        "path": problem.location.path,
        "line": problem.location.line,
        "column": problem.location.column,
        "severity": problem.severity.value,
        "rule": problem.rule,
        "message": problem.message,
        "fix": problem.hint,
        **({"length": problem.length} if problem.length else {}),
        **({"replacement": problem.fix} if problem.fix is not None else {}),
    }


def read_record(record: Mapping[str, Any]) -> Problem:
    """Return the problem that a record of `problem_record` describes."""
    place = Location(record["path"], record["line"], record["column"])
    severity = Severity(record["severity"])
    length, fix = record.get("length", 0), record.get("replacement")
    return Problem(severity, record["rule"], record["message"], place, record["fix"], length, fix)


def _github(problem: Problem) -> str:
    kind = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.ADVICE: "notice"}[problem.severity]
    text = f"{problem.message}. {problem.hint}".strip().replace("%", "%25").replace("\n", "%0A")
    where = problem.location
    path = where.path.replace("%", "%25").replace(":", "%3A").replace(",", "%2C")
    end = where.column + problem.length if problem.length and where.column else 0
    ends = (("line", where.line), ("col", where.column), ("endColumn", end))
    places = [f"file={path}", *(f"{key}={at}" for key, at in ends if at)]
    return f"::{kind} {','.join(places)},title={problem.rule}::{text}"


def print_problems(
    problems: Sequence[Problem],
    form: str,
    *,
    summary: Mapping[str, Any] | None = None,
    excerpts: Excerpts | None = None,
) -> None:
    """Print the problems on standard output in the form asked for, in text with the lines that `excerpts` finds."""
    if form == "json":
        record = {"problems": [problem_record(problem) for problem in problems], **(summary or {})}
        click.echo(json.dumps(record, ensure_ascii=False, indent=2))
        return
    colour = colour_wanted()
    lines = []
    for problem in problems:
        if form == "github":
            lines.append(_github(problem))
        else:
            line = excerpts.show(problem) if excerpts else None
            lines.append(render_problem(problem, colour=colour, excerpt=line))
    if lines:
        click.echo("\n".join(lines), color=colour)


def count_words(problems: Iterable[Problem]) -> str:
    """Return how many errors and warnings there are, in words: `1 error, 2 warnings`."""
    found = list(problems)
    parts = []
    for severity, word in ((Severity.ERROR, "error"), (Severity.WARNING, "warning")):
        number = sum(problem.severity is severity for problem in found)
        if number or severity is Severity.ERROR:
            parts.append(f"{number} {word}{'' if number == 1 else 's'}")
    return ", ".join(parts)


def page_words(pages: Mapping[str, int], drafts: int = 0) -> str:
    """Return how many pages there are in all and per edition, and how many drafts are not among them.

    As in `99 pages (fr 33, nl 33, en 33), 2 drafts left out`.
    """
    each = ", ".join(f"{tag} {number}" for tag, number in pages.items())
    words = f"{sum(pages.values())} pages ({each})"
    return f"{words}, {drafts} draft{'' if drafts == 1 else 's'} left out" if drafts else words


def unit_lines(units: Mapping[str, Mapping[str, int]]) -> list[str]:
    """Return one line per edition: its units and their states."""
    lines = []
    for tag, counts in units.items():
        total = sum(counts.values())
        states = ", ".join(f"{number} {state}" for state, number in counts.items() if number)
        lines.append(f"  {tag}: {total} units: {states}")
    return lines
