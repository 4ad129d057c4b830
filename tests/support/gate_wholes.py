"""What rules on the whole site say of a small project, and of the reference project with a change."""

from __future__ import annotations

from pathlib import Path

from balise.lint.gate import Wanted, make_gate
from balise.lint.whole import Whole
from balise.problems import Problem
from balise.project import Project, load_project

TODAY = "2026-11-22"


def whole_problems(root: Path, rule: str) -> list[Problem]:
    """Return what one rule says of the whole of a project on disk, advice included."""
    return problems_of(load_project(root), rule)


def problems_of(project: Project, rule: str) -> list[Problem]:
    """Return what one rule says of the whole of a project, advice included."""
    gate = make_gate(project, Wanted(select=(rule,), advice=True))
    return list(gate.check_whole(Whole(project, {}, {}, {}, TODAY)).problems)
