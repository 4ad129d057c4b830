"""`balise check`: find what has to be mended, without building."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from balise.cli.build import check_day, find_config, shown_path
from balise.cli.excerpt import Excerpts
from balise.cli.output import ALL_FORMATS, count_words, page_words, print_problems, problem_record
from balise.cli.progress import working
from balise.problems import Problem, Severity, has_errors, sorted_problems

if TYPE_CHECKING:
    from balise.building.checking import Checked, CheckWish
    from balise.lint.gate import Wanted
    from balise.terms import TermRegistry

MOST_ROUNDS = 5
"""How often fixes are written and looked at again: one may show the next."""
EPILOG = """\b
Examples:
  balise check
  balise check --strict --release
  balise check --select facts --select sentence-length
  balise check --fix
  balise check --report report.html
  balise check --format sarif --output balise.sarif
  balise check --published site
"""


@click.command(epilog=EPILOG)
@click.option("-f", "--config-file", type=click.Path(path_type=Path), help="The mkdocs.yml to use.")
@click.option("-s", "--strict", is_flag=True, help="Count warnings as failures.")
@click.option("--release", is_flag=True, help="Also name what is shown and was never confirmed, or is due for review.")
@click.option("--advice", is_flag=True, help="Show advice too.")
@click.option("--select", multiple=True, metavar="NAME", help="Only these rules or groups of rules.")
@click.option("--ignore", multiple=True, metavar="NAME", help="Not these rules or groups of rules.")
@click.option("--fix", is_flag=True, help="Mend what can only be meant in one way, in the files themselves.")
@click.option("--report", type=click.Path(path_type=Path), metavar="FILE", help="Write an HTML report for editors.")
@click.option("--published", metavar="DIR|URL", help="Read a built site instead: a folder, or an address on loopback.")
@click.option("--today", metavar="DATE", default="", help="The day expiries count from (YYYY-MM-DD).")
@click.option("--allow-stale", is_flag=True, help="Let facts past their expiry pass, as `build --allow-stale` does.")
@click.option("-j", "--jobs", type=click.IntRange(1, 64), help="Processes; as many as are worth it by default.")
@click.option(
    "--format",
    "form",
    type=click.Choice(ALL_FORMATS),
    default="text",
    show_default=True,
    help="How problems are written.",
)
@click.option(
    "--output", type=click.Path(path_type=Path), metavar="FILE", help="Write them there, not to the terminal."
)
def command(**given: Any) -> None:
    """Read the whole site in every language, and name every problem with its place and its fix.

    Looks at facts, wording, plain language, languages, structure and hidden characters; docs/rules.md tells of each
    rule. Nothing is built. Where little has changed since the last check, little is read again.
    """
    if given["published"]:
        from balise.cli.check_published import check_site

        check_site(given)
    from balise.building.checking import CheckWish
    from balise.lint.gate import Wanted
    from balise.pipeline import Options
    from balise.site_config import BrokenProjectError
    from balise.today import default_today

    config = find_config(given["config_file"])
    form, strict = given["form"], given["strict"]
    options = Options(check_day(given["today"]) or default_today(), given["allow_stale"])
    wanted = Wanted(
        _names(given["select"]), _names(given["ignore"]), advice=given["advice"], scores=bool(given["report"])
    )
    wish = CheckWish(config, options, wanted, content_folder(config), given["jobs"] or 0)
    fixed = ""
    try:
        with working("Checking", quiet=form != "text"):
            checked, fixed = _check(wish, fix=given["fix"])
            _refuse_unknown(wanted, checked)
            problems = sorted_problems((*checked.problems, *_more(wish, checked, release=given["release"])))
    except BrokenProjectError as broken:
        finish(broken.problems, form, given["output"], config.parent, where="", strict=strict)
    if given["report"]:
        from balise.cli.check_report import write_report

        write_report(given["report"], wish, checked, problems)
    if fixed:
        click.echo(fixed, err=True)
    summary = checked.memory.summary()
    where = f" in {page_words(summary.pages, summary.drafts)}"
    excused = len(checked.judgement.excused)
    if excused:
        where += f", {excused} finding{'' if excused == 1 else 's'} excepted"
    record = {"exceptions": _exceptions(checked), "pages": dict(summary.pages)}
    terms = checked.memory.plan.project.registries.wording
    finish(problems, form, given["output"], config.parent, where=where, strict=strict, record=record, terms=terms)


def content_folder(config: Path) -> str:
    """Return the folder of the sources that mkdocs.yml names, `content` where it does not say."""
    from balise.building.plain import read_plain
    from balise.errors import ProjectError
    from balise.serving.settings import load_settings

    plain = read_plain(config)
    if plain:
        return plain.content
    try:
        return load_settings(config).content
    except ProjectError:
        return "content"


def _names(given: Sequence[str]) -> tuple[str, ...]:
    """Return the names that an option gives, several of them parted by commas."""
    return tuple(name.strip() for text in given for name in text.split(",") if name.strip())


def named(given: Sequence[str], known: Iterable[str]) -> tuple[str, ...]:
    """Return the names that an option gives, all of them known. Raises `UsageError`."""
    from balise.problems import did_you_mean

    names, every = _names(given), tuple(known)
    for name in names:
        if name not in every:
            hint = did_you_mean(name, every, "docs/rules.md lists them")
            raise click.UsageError(f'there is no rule or group "{name}"; {hint}')
    return names


def _refuse_unknown(wanted: Wanted, checked: Checked) -> None:
    """Refuse names that are no rules and no groups. Raises `UsageError`."""
    from balise.lint.rule import GROUPS
    from balise.lint.settings import known_rules

    named((*wanted.select, *wanted.ignore), (*GROUPS, *known_rules(checked.memory.plan.project)))


def _check(wish: CheckWish, *, fix: bool) -> tuple[Checked, str]:
    """Return what a check finds, and in words what was mended before."""
    from balise.building.checking import check_project

    checked = check_project(wish)
    if not fix:
        return checked, ""
    from balise.lint.fixing import fixable, write_fixes

    count = 0
    paths: set[str] = set()
    for _ in range(MOST_ROUNDS):
        if not fixable(checked.problems):
            break
        try:
            done = write_fixes(wish.root, checked.problems, wish.content)
        except OSError as failure:
            name = shown_path(str(failure.filename))
            raise click.ClickException(f'"{name}" cannot be written: {failure.strerror}') from None
        if not done.count:
            break
        count += done.count
        paths.update(done.paths)
        checked = check_project(wish)
    files = f"{len(paths)} file{'' if len(paths) == 1 else 's'}"
    return checked, f"Mended {count} problem{'' if count == 1 else 's'} in {files}." if count else "Nothing to mend."


def _more(wish: CheckWish, checked: Checked, *, release: bool) -> Iterable[Problem]:
    """Yield what the gate does not look at: reviews that are due, drafts, and what a release needs."""
    from balise.building.checking import shown_channels, shown_figures
    from balise.page_review import overdue_reviews
    from balise.release import check_release

    project, today = checked.memory.plan.project, wish.options.today
    if release:
        yield from check_release(project, shown_channels(checked.memory), shown_figures(checked.memory), today)
    else:
        yield from overdue_reviews(project, today)
    if project.drafts:
        yield from _notes_on_drafts(wish)


def _notes_on_drafts(wish: CheckWish) -> Iterable[Problem]:
    """Yield what there is to mend in drafts before they are published; a site without drafts is not compiled twice."""
    from balise.pipeline import compile_site
    from balise.project import load_project

    _, problems = compile_site(load_project(wish.root, wish.content, drafts=True), wish.options)
    for problem in problems:
        if problem.severity is Severity.ADVICE:
            yield problem


def _exceptions(checked: Checked) -> list[dict[str, Any]]:
    """Return the exceptions that authors make, each with its reason and what it covers."""
    return [
        {
            "rule": excuse.rule,
            "reason": excuse.reason,
            "path": excuse.place.path,
            "line": excuse.place.line,
            "covers": [problem_record(one.problem) for one in checked.judgement.excused if one.excuse == excuse],
        }
        for excuse in checked.judgement.excuses
    ]


def finish(
    problems: Sequence[Problem],
    form: str,
    output: Path | None,
    root: Path,
    *,
    where: str,
    strict: bool,
    record: dict[str, Any] | None = None,
    terms: TermRegistry | None = None,
) -> None:
    """Print what was found, say how much it is, and leave with the exit code of a check."""
    failed = has_errors(problems) or (strict and any(item.severity is Severity.WARNING for item in problems))
    print_to(output, problems, form, root, {"ok": not failed, **(record or {})}, terms)
    if form == "text":
        click.echo(f"{count_words(problems)}{where}.", err=True)
    raise click.exceptions.Exit(1 if failed else 0)


def print_to(
    output: Path | None,
    problems: Sequence[Problem],
    form: str,
    root: Path,
    summary: dict[str, Any],
    terms: TermRegistry | None = None,
) -> None:
    """Print problems on standard output in the form asked for, or into a file; `terms` hold the rules on words."""
    import contextlib
    import io

    if output is None:
        print_form(problems, form, root, summary, terms)
        return
    text = io.StringIO()
    with contextlib.redirect_stdout(text):
        print_form(problems, form, root, summary, terms)
    try:
        output.write_text(text.getvalue(), "utf-8")
    except OSError as failure:
        raise click.UsageError(f'"{output}" cannot be written: {failure.strerror}') from None


def print_form(
    problems: Sequence[Problem], form: str, root: Path, summary: dict[str, Any], terms: TermRegistry | None = None
) -> None:
    """Print problems on standard output in the form asked for."""
    if form == "sarif":
        from balise.cli.sarif import sarif_log
        from balise.lint.manual import rule_manual

        click.echo(json.dumps(sarif_log(problems, rule_manual(terms)), ensure_ascii=False, indent=2))
        return
    print_problems(problems, form, summary=summary, excerpts=Excerpts(root))
