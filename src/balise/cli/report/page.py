"""The report itself: what was found, by file, with the line it stands on, filters, trend, exceptions and rules."""

from __future__ import annotations

import base64
import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from balise.cldr import language_name
from balise.cli.excerpt import Excerpt, Excerpts
from balise.cli.report.history import Count
from balise.lint.manual import RuleText, rule_manual
from balise.lint.readability import ease_formula
from balise.problems import Problem, Severity

if TYPE_CHECKING:
    from balise.building.checking import Checked
    from balise.project import Project

SEVERITIES = (Severity.ERROR, Severity.WARNING, Severity.ADVICE)
_STEPS = 12
"""Reports that a trend shows at most."""


class Row(NamedTuple):
    """A problem with what the report shows beside it."""

    problem: Problem
    language: str
    group: str
    excerpt: Excerpt | None


class Trend(NamedTuple):
    """How a number went over the last reports: the points of a line in a box of 100 by 24, and the last change."""

    points: str
    change: int
    first_day: str


@dataclass(frozen=True)
class FilePart:
    """A file with its problems, how many of them weigh, and how that went."""

    path: str
    language: str
    rows: tuple[Row, ...]
    weighing: int
    trend: Trend | None


def render_report(checked: Checked, problems: Sequence[Problem], counts: Sequence[Count], root: Path) -> str:
    """Return the report as one HTML file that loads nothing; `counts` are those of earlier reports and of this one."""
    project = checked.memory.plan.project
    manual = rule_manual(project.registries.wording)
    excerpts = Excerpts(root)
    rows = [_row(problem, project, manual, excerpts) for problem in problems]
    values: dict[str, Any] = {
        "site": project.site.name,
        "day": counts[-1].day,
        "pages": checked.memory.summary().pages,
        "languages": {tag: language_name(tag, "en") for tag in project.site.languages},
        "totals": Counter(row.problem.severity for row in rows),
        "severities": SEVERITIES,
        "groups": sorted({row.group for row in rows}),
        "files": _files(rows, counts),
        "trend": _trend([one.total for one in counts], counts),
        "rules": [manual[name] for name in sorted({row.problem.rule for row in rows}) if name in manual],
        "excuses": _excuses(checked),
        "reading": _reading(checked),
        "ease": {tag: ease_formula(tag) for tag in project.site.languages},
        "style": _file("report.css"),
        "script": _file("report.js"),
        "digests": {name: _digest(_file(name)) for name in ("report.css", "report.js")},
    }
    return str(_template().render(values))


def _row(problem: Problem, project: Project, manual: Mapping[str, RuleText], excerpts: Excerpts) -> Row:
    group = manual[problem.rule].group if problem.rule in manual else "build"
    return Row(problem, _language(problem.location.path, project), group, excerpts.show(problem))


def _language(path: str, project: Project) -> str:
    """Return the language of the texts in a file, as far as its name tells."""
    parts = path.split("/")
    if parts[0] == "locales" and len(parts) > 2 and parts[1] in project.site.languages:
        return parts[1]
    own = next((page.language for page in (*project.pages.values(), *project.own.values()) if page.path == path), "")
    return own or project.site.data_language


def _files(rows: Iterable[Row], counts: Sequence[Count]) -> tuple[FilePart, ...]:
    """Return the files, those with the most errors and warnings first."""
    by_path: dict[str, list[Row]] = {}
    for row in rows:
        by_path.setdefault(row.problem.location.path, []).append(row)
    parts = []
    for path, found in by_path.items():
        weighing = sum(row.problem.severity is not Severity.ADVICE for row in found)
        trend = _trend([one.files.get(path, 0) for one in counts], counts)
        parts.append(FilePart(path, found[0].language, tuple(found), weighing, trend))
    return tuple(sorted(parts, key=lambda part: (-part.weighing, part.path)))


def _trend(numbers: Sequence[int], counts: Sequence[Count]) -> Trend | None:
    """Return how a number went; `None` where there was one report only."""
    numbers, days = numbers[-_STEPS:], [one.day for one in counts][-_STEPS:]
    if len(numbers) < 2:
        return None
    most = max(*numbers, 1)
    step = 96 / (len(numbers) - 1)
    points = " ".join(f"{2 + step * at:.1f},{22 - 20 * number / most:.1f}" for at, number in enumerate(numbers))
    return Trend(points, numbers[-1] - numbers[-2], days[0])


def _excuses(checked: Checked) -> tuple[tuple[Any, int], ...]:
    """Return the exceptions with how many findings each covers."""
    covered = Counter(one.excuse for one in checked.judgement.excused)
    return tuple((excuse, covered[excuse]) for excuse in sorted(checked.judgement.excuses, key=lambda one: one.place))


def _reading(checked: Checked) -> tuple[tuple[str, dict[str, dict[str, float]]], ...]:
    """Return for each page its reading scores by language and formula; guides' steps are left out."""
    project = checked.memory.plan.project
    found: dict[str, dict[str, dict[str, float]]] = {}
    for (language, page_id), notes in checked.memory.notes.items():
        page = project.pages.get(page_id)
        if notes.scores and page and not page.step:
            found.setdefault(page_id, {})[language] = dict(notes.scores)
    return tuple(sorted(found.items()))


@cache
def _file(name: str) -> str:
    return (Path(__file__).parent / name).read_text("utf-8")


def _digest(text: str) -> str:
    """Return the digest by which a page's policy lets a script or a style through (CSP Level 3, section 2.3.1)."""
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


@cache
def _template() -> Any:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    loader = FileSystemLoader(Path(__file__).parent)
    environment = Environment(
        loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    return environment.get_template("report.html")
