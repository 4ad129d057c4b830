"""The smallest project with a rule or two on words of its own, checked as the command checks it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from balise.building.checking import Checked, CheckWish, check_project
from balise.lint.gate import Wanted
from balise.pipeline import Options
from balise.problems import Problem
from support.projects import TODAY, write_project

TERMS = """\
rules:
  - id: ripe-plum
    group: fruit
    kind: term
    languages: [fr, nl, en]
    severity: error
    patterns: {fr: ['\\bprune\\s+mûre\\b'], nl: ['\\brijpe\\s+pruim\\b'], en: ['\\bripe\\s+plum\\b']}
    preferred: {fr: pomme, nl: appel, en: apple}
    why: Plums stain.
  - id: sour-cherry
    group: fruit
    kind: term
    languages: [en]
    severity: warn
    patterns: {en: ['\\bsour\\s+cherry\\b']}
    preferred: {en: sweet cherry}
    why: Sour is sour.
"""
RULES = ("ripe-plum", "sour-cherry", "control-character")
"""The rules that tests with small projects want: others may find something in these projects one day."""
Files = Mapping[str, str | bytes | None]


def check(root: Path, files: Files | None = None, *, jobs: int = 1, **wanted: Any) -> Checked:
    """Return what a check finds in the smallest project with these files over it, by the rules on fruit."""
    write_project(root, {"content/data/terms.yml": TERMS, **(files or {})})
    return check_again(root, jobs=jobs, **wanted)


def check_again(root: Path, *, jobs: int = 1, **wanted: Any) -> Checked:
    """Return what a check finds in a project as it stands."""
    want = Wanted(**{"select": RULES, **wanted})
    return check_project(CheckWish(root / "mkdocs.yml", Options(TODAY), want, jobs=jobs))


def place(problem: Problem) -> tuple[str, int, int, int]:
    """Return where a problem stands: path, line, column, length."""
    return problem.location.path, problem.location.line, problem.location.column, problem.length


def meant(root: Path, problem: Problem) -> str:
    """Return the characters of a file that a problem means, as an editor shows them."""
    text = (root / problem.location.path).read_bytes().decode().removeprefix("\ufeff")
    line = text.replace("\r\n", "\n").split("\n")[problem.location.line - 1]
    return line[problem.location.column - 1 : problem.location.column - 1 + problem.length]
