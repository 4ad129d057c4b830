"""`balise check`: find what has to be mended, without building."""

from __future__ import annotations

from pathlib import Path

import click

from balise.cli.build import check_day, find_config
from balise.cli.output import count_words, format_option, page_words, print_problems
from balise.cli.progress import working
from balise.problems import Severity, has_errors

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
@format_option
def command(config_file: Path | None, strict: bool, release: bool, today: str, form: str) -> None:
    """Load and compile the whole site, and name every problem with its place and its fix."""
    from balise.pipeline import Options, compile_site
    from balise.project import load_project
    from balise.release import check_release
    from balise.today import default_today

    config = find_config(config_file)
    options = Options(check_day(today) or default_today())
    with working("Checking", quiet=form != "text"):
        site, problems = compile_site(load_project(config.parent), options)
        problems = (*problems, *check_release(site)) if release else problems
    failed = has_errors(problems) or (strict and any(item.severity is Severity.WARNING for item in problems))
    print_problems(problems, form, summary={"ok": not failed})
    if form == "text":
        pages = {tag: len(edition.pages) for tag, edition in site.editions.items()}
        click.echo(f"{count_words(problems)} in {page_words(pages)}.", err=True)
    raise click.exceptions.Exit(1 if failed else 0)
