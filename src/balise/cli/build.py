"""`balise build`: build the site through MkDocs and say what came of it."""

from __future__ import annotations

import gc
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from balise.building.leftovers import leftovers
from balise.building.unchanged import Recalled, Request, recall_build
from balise.cli.output import (
    count_words,
    format_option,
    page_words,
    print_problems,
    problem_record,
    read_record,
    unit_lines,
)
from balise.cli.progress import working
from balise.problems import Problem, Severity, has_errors, sorted_problems
from balise.root import find_root
from balise.today import default_today

if TYPE_CHECKING:
    from balise.building.report import BuildReport

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
@click.option("-c", "--check", "checked", is_flag=True, help="Let the gate read the site first, as `check` does.")
@click.option("-q", "--quiet", is_flag=True, help="Print problems only.")
@click.option("-v", "--verbose", is_flag=True, help="Print what MkDocs and other plugins say.")
@click.option("--today", metavar="DATE", default="", help="The day expiries count from (YYYY-MM-DD).")
@click.option("--allow-stale", is_flag=True, help="Show facts past their expiry, with a notice.")
@click.option(
    "-j", "--jobs", type=click.IntRange(1, 64), help="Processes to build with; as many as are worth it by default."
)
@format_option
def command(
    config_file: Path | None,
    site_dir: str | None,
    strict: bool,
    checked: bool,
    quiet: bool,
    verbose: bool,
    today: str,
    allow_stale: bool,
    jobs: int | None,
    form: str,
) -> None:
    """Build the site in every language.

    Problems name file, line and fix. With an error nothing is written, and the site published before stays as it is.
    Where nothing has changed since the last build, nothing is done. With --check, an error that `balise check` finds
    (a warning under --strict) stops it too.
    """
    config = find_config(config_file)
    given = check_day(today)
    today = given or default_today()
    noted = _pass_gate(config, today, allow_stale=allow_stale, strict=strict, form=form) if checked else ()
    request = Request(config.parent, config, site_dir or "", today, strict, allow_stale)
    last = None if verbose else recall_build(request)
    if last and not last.changed:
        said = last.report
        _tidy(Path(said["site_dir"]))
    else:
        with working("Building", quiet=quiet or form != "text"):
            said = _describe(_build(request, last, today=given, jobs=jobs or 0, verbose=verbose))
    for line in said["talk"]:
        click.echo(line, err=True)
    summary = {key: said[key] for key in ("ok", "unchanged", "pages", "drafts", "units") if key in said}
    problems = [read_record(record) for record in said["problems"]]
    print_problems(problems if form == "text" else sorted_problems((*noted, *problems)), form, summary=summary)
    if form == "text" and not (quiet and said["ok"]):
        _print_summary(said, problems, quiet)
    raise click.exceptions.Exit(0 if said["ok"] else 1)


def _pass_gate(config: Path, today: str, *, allow_stale: bool, strict: bool, form: str) -> Sequence[Problem]:
    """Let the gate read the site, and leave where it finds what must not be published.

    Returns what it finds besides, which in text is printed already.
    """
    from balise.building.checking import CheckWish, check_project
    from balise.cli.check import content_folder
    from balise.cli.excerpt import Excerpts
    from balise.lint.gate import Wanted
    from balise.pipeline import Options
    from balise.site_config import BrokenProjectError

    try:
        with working("Checking", quiet=form != "text"):
            wish = CheckWish(config, Options(today, allow_stale), Wanted(), content_folder(config))
            judgement = check_project(wish).judgement
    except BrokenProjectError:
        return ()  # the build says so itself
    problems = judgement.problems
    stops = has_errors(problems) or (strict and any(item.severity is Severity.WARNING for item in problems))
    if form == "text" or stops:
        print_problems(problems, form, summary={"ok": not stops}, excerpts=Excerpts(config.parent))
    if stops:
        if form == "text":
            click.echo(f"{count_words(problems)}. Nothing was written; the published site is unchanged.", err=True)
        raise click.exceptions.Exit(1)
    return problems


def _build(request: Request, last: Recalled | None, *, today: str, jobs: int, verbose: bool) -> BuildReport:
    """Build: a plain project by ourselves, every other one through MkDocs."""
    from balise.building.plain import read_plain

    plain = read_plain(request.config)
    if plain is None:
        from balise.host.runner import run_build

        gc.enable()  # what other plugins leave behind is theirs to say
        options = {"today": today, "allow_stale": request.allow_stale}
        return run_build(
            request.config, site_dir=request.site_dir or None, strict=request.strict, verbose=verbose, **options
        )
    from balise.building.build import Wish, build_plain
    from balise.pipeline import Options

    day = today or plain.today or request.today
    wanted = Options(day, request.allow_stale or plain.allow_stale)
    return build_plain(Wish(request, plain, wanted, jobs), last, _say, lambda r: {**_describe(r), "unchanged": True})


def _tidy(published: Path) -> None:
    """Remove what a build left that was killed when its site was out already."""
    if any(leftovers(published)):
        from balise.building.staging import tidy

        tidy(published)


def _say(text: str) -> None:
    click.echo(text, err=True)


def _describe(report: BuildReport) -> dict[str, Any]:
    """Return what is to be printed of a build as plain values."""
    said: dict[str, Any] = {"ok": report.ok, "site_dir": report.site_dir, "talk": list(report.talk)}
    said["problems"] = [problem_record(problem) for problem in report.problems]
    if report.summary:
        said["pages"] = dict(report.summary.pages)
        said |= {"drafts": report.summary.drafts} if report.summary.drafts else {}
        said["units"] = {tag: {state.value: n for state, n in c.items()} for tag, c in report.summary.units.items()}
    return said


def _print_summary(said: Mapping[str, Any], problems: Sequence[Problem], quiet: bool) -> None:
    words = count_words(problems)
    pages = f" in {page_words(said['pages'], said.get('drafts', 0))}" if "pages" in said else ""
    if not said["ok"]:
        ending = "Nothing was written; the published site is unchanged."
        click.echo(f"{words}{pages}. {ending}" if problems else f"The build stopped. {ending}", err=True)
        return
    where = shown_path(said["site_dir"])
    ending = f"{where} is up to date." if said.get("unchanged") else f"Written to {where}."
    click.echo(f"{words}{pages}. {ending}", err=True)
    for line in unit_lines(said["units"]) if "units" in said and not quiet else ():
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
