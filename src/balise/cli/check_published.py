"""`balise check --published`: read a built site back, ours or anybody's."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from balise.cli.progress import working
from balise.problems import Severity

if TYPE_CHECKING:
    from balise.registries import Registries

_OTHERS = ("release", "fix", "report", "allow_stale", "jobs", "today")
"""Options that say nothing of a built site."""


def check_site(given: dict[str, Any]) -> None:
    """Name every problem of a built site, and leave with the exit code of a check. Raises `UsageError`."""
    from balise.cli.check import finish, named
    from balise.lint.published import check_published
    from balise.lint.published_rule import load_published_rules

    for name in _OTHERS:
        if given[name]:
            raise click.UsageError(f"--{name.replace('_', '-')} is for the sources of a site, not for a built one")
    known = load_published_rules()
    select, ignore = named(given["select"], known), named(given["ignore"], known)
    with working("Reading", quiet=given["form"] != "text"):
        report = check_published(given["published"], _facts(given["config_file"]))
    problems = tuple(
        problem
        for problem in report.problems
        if (not select or problem.rule in select)
        and problem.rule not in ignore
        and (given["advice"] or problem.rule in select or problem.severity is not Severity.ADVICE)
    )
    pages = f"{report.pages} page{'' if report.pages == 1 else 's'}"
    finish(
        problems,
        given["form"],
        given["output"],
        Path(),
        where=f" in {pages} of {given['published']}",
        strict=given["strict"],
        record={"pages": report.pages, "bytes": report.bytes},
    )


def _facts(config_file: Path | None) -> Registries | None:
    """Return the registries of the project that is named, or that this folder belongs to; `None` without one."""
    from balise.cli.build import find_config
    from balise.cli.check import content_folder
    from balise.errors import BaliseError
    from balise.registries import load_registries

    try:
        config = find_config(config_file)
    except BaliseError:
        return None
    folder = config.parent / content_folder(config) / "data"
    return load_registries(folder, config.parent)[0] if folder.is_dir() else None
