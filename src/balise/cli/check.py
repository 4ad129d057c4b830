"""`balise check`: find what has to be mended, without building."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from balise.cli.build import check_day, find_config
from balise.cli.output import count_words, format_option, page_words, print_problems
from balise.cli.progress import working
from balise.problems import Problem, Severity, has_errors, sorted_problems

if TYPE_CHECKING:
    from balise.pipeline import Options

EPILOG = """\b
Examples:
  balise check
  balise check --format json > problems.json
  balise check --release
"""


@click.command(epilog=EPILOG)
@click.option("-f", "--config-file", type=click.Path(path_type=Path), help="The mkdocs.yml to use.")
@click.option("-s", "--strict", is_flag=True, help="Count warnings as failures.")
@click.option("--release", is_flag=True, help="Also name each shown channel that nobody has confirmed yet.")
@click.option("--today", metavar="DATE", default="", help="The day expiries count from (YYYY-MM-DD).")
@click.option("--allow-stale", is_flag=True, help="Let facts past their expiry pass, as `build --allow-stale` does.")
@format_option
def command(config_file: Path | None, strict: bool, release: bool, today: str, allow_stale: bool, form: str) -> None:
    """Load and compile the whole site, and name every problem with its place and its fix."""
    from balise.pipeline import Options
    from balise.today import default_today

    config = find_config(config_file)
    options = Options(check_day(today) or default_today(), allow_stale)
    with working("Checking", quiet=form != "text"):
        problems, where = _find_problems(config.parent, options, release=release)
    failed = has_errors(problems) or (strict and any(item.severity is Severity.WARNING for item in problems))
    print_problems(problems, form, summary={"ok": not failed})
    if form == "text":
        click.echo(f"{count_words(problems)}{where}.", err=True)
    raise click.exceptions.Exit(1 if failed else 0)


def _find_problems(root: Path, options: Options, *, release: bool) -> tuple[tuple[Problem, ...], str]:
    """Return the problems of a project, and where they were looked for: "" when site.yml itself cannot be used."""
    from balise.page_review import overdue_reviews
    from balise.pipeline import compile_site, summarise
    from balise.project import load_project
    from balise.release import check_release
    from balise.site_config import BrokenProjectError

    try:
        site, problems = compile_site(load_project(root), options)
    except BrokenProjectError as broken:
        return broken.problems, ""
    problems = sorted_problems((*problems, *overdue_reviews(site.project, options.today)))
    if site.project.drafts:
        problems = sorted_problems((*problems, *_notes_on_drafts(root, options)))
    found = (*problems, *check_release(site)) if release else problems
    summary = summarise(site)
    return found, f" in {page_words(summary.pages, summary.drafts)}"


def _notes_on_drafts(root: Path, options: Options) -> Iterable[Problem]:
    """Yield what there is to mend in drafts before they are published; a site without drafts is not compiled twice."""
    from balise.pipeline import compile_site
    from balise.project import load_project

    _, problems = compile_site(load_project(root, drafts=True), options)
    for problem in problems:
        if problem.severity is Severity.ADVICE:
            yield problem
