"""`balise build`: build the site through MkDocs and say what came of it."""

from __future__ import annotations

from pathlib import Path

import click

from balise.cli.output import count_words, format_option, page_words, print_problems, unit_lines
from balise.cli.progress import working
from balise.project import find_root

EPILOG = """\b
Examples:
  balise build
  balise build --strict --site-dir /var/www/help
  balise build --format github
"""


@click.command(epilog=EPILOG)
@click.option("-f", "--config-file", type=click.Path(path_type=Path), help="The mkdocs.yml to use.")
@click.option("-d", "--site-dir", type=click.Path(), help="The folder to write the site to.")
@click.option("-s", "--strict", is_flag=True, help="Let warnings stop the build.")
@click.option("-q", "--quiet", is_flag=True, help="Print problems only.")
@click.option("-v", "--verbose", is_flag=True, help="Print what MkDocs and other plugins say.")
@click.option("--today", metavar="DATE", default="", help="The day expiries count from (YYYY-MM-DD).")
@click.option("--allow-stale", is_flag=True, help="Show facts past their expiry, with a notice.")
@format_option
def command(
    config_file: Path | None,
    site_dir: str | None,
    strict: bool,
    quiet: bool,
    verbose: bool,
    today: str,
    allow_stale: bool,
    form: str,
) -> None:
    """Build the site in every language.

    Problems name file, line and fix. With an error nothing is written, and the site published before stays as it is.
    """
    from balise.host.runner import run_build

    config = find_config(config_file)
    with working("Building", quiet=quiet or form != "text"):
        report = run_build(
            config, site_dir=site_dir, strict=strict, verbose=verbose, today=check_day(today), allow_stale=allow_stale
        )
    for line in report.talk:
        click.echo(line, err=True)
    summary = None
    if report.summary:
        units = {tag: {state.value: n for state, n in c.items()} for tag, c in report.summary.units.items()}
        summary = {"ok": report.ok, "pages": dict(report.summary.pages), "units": units}
    print_problems(report.problems, form, summary=summary or {"ok": report.ok})
    if form == "text" and not (quiet and report.ok):
        _print_summary(report, quiet)
    raise click.exceptions.Exit(0 if report.ok else 1)


def _print_summary(report: object, quiet: bool) -> None:
    from balise.host.runner import BuildReport

    assert isinstance(report, BuildReport)
    words = count_words(report.problems)
    pages = f" in {page_words(report.summary.pages)}" if report.summary else ""
    if not report.ok:
        ending = "Nothing was written; the published site is unchanged."
        click.echo(f"{words}{pages}. {ending}" if report.problems else f"The build stopped. {ending}", err=True)
        return
    click.echo(f"{words}{pages}. Written to {shown_path(report.site_dir)}.", err=True)
    for line in unit_lines(report.summary.units) if report.summary and not quiet else ():
        click.echo(line, err=True)


def shown_path(path: str) -> str:
    """Return a path as a person at this folder names it."""
    try:
        return str(Path(path).relative_to(Path.cwd()))
    except ValueError:
        return path


def find_config(config_file: Path | None) -> Path:
    """Return the mkdocs.yml to use: the given one, or that of the project this folder belongs to."""
    if config_file is None:
        return find_root(Path.cwd()) / "mkdocs.yml"
    if not config_file.is_file():
        raise click.UsageError(f'configuration file "{config_file}" does not exist')
    return config_file.absolute()


def check_day(today: str) -> str:
    """Return the day given on the command line, "" for none."""
    import datetime

    if today:
        try:
            datetime.date.fromisoformat(today)
        except ValueError:
            raise click.UsageError(f'"{today}" is no day; write YYYY-MM-DD') from None
    return today
