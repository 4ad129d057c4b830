"""`balise facts`: confirm the facts of a project, and print the sheet on which that is signed."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from balise.cli.build import check_day, find_config
from balise.cli.output import print_problems
from balise.page_review import ROLES

if TYPE_CHECKING:
    from balise.facts.editing import Confirmation
    from balise.facts.ledger import Fact
    from balise.lint.seals import Difference
    from balise.project import Project

EPILOG = """\b
Examples:
  balise facts sheet > facts.html
  balise facts sheet --format csv --output facts.csv
  balise facts review
  balise facts review --confirm be-112 be-101 --by police-liaison --on 2027-03-03
  balise facts review --seal
"""
_config = click.option("-f", "--config-file", type=click.Path(path_type=Path), help="The mkdocs.yml to use.")
_today = click.option("--today", metavar="DATE", default="", help="The day that counts (YYYY-MM-DD).")
_MOST_SHOWN = 40
_MOST_PAGES = 8
_HALF_YEAR = 6
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")


@click.group(epilog=EPILOG)
def command() -> None:
    """Confirm the facts of a project, and print the sheet on which that is signed."""


@command.command()
@click.argument("more", nargs=-1, metavar="[ID]...")
@_config
@_today
@click.option("--confirm", "confirm", multiple=True, metavar="ID", help="Confirm these facts instead of asking.")
@click.option("--by", "role", type=click.Choice(ROLES), help="In which role somebody confirmed them; never a name.")
@click.option("--on", "day", metavar="DATE", default="", help="The day they were confirmed; today by default.")
@click.option("--expires", metavar="DATE", default="", help="The day until which that holds.")
@click.option("--seal", "only_seal", is_flag=True, help="Accept every change as it stands, after showing it.")
@click.option("-y", "--yes", is_flag=True, help="Do not ask before sealing.")
def review(
    more: tuple[str, ...],
    config_file: Path | None,
    today: str,
    confirm: tuple[str, ...],
    role: str | None,
    day: str,
    expires: str,
    only_seal: bool,
    yes: bool,
) -> None:
    """Walk through the facts that changed, that nobody confirmed, or that are due within 60 days.

    What is confirmed is written into its record as `checked`, and sealed: `balise check` names whatever changes after
    that. With --confirm, ids may follow as words.
    """
    project, now = _load(config_file, today)
    day = check_day(day) or now
    if only_seal:
        _seal_all(project, yes=yes)
    elif confirm:
        if not role:
            raise click.UsageError(f"add --by with the role of who confirmed it: {', '.join(ROLES)}")
        _confirm(project, now, (*confirm, *more), role, day, check_day(expires))
    elif not sys.stdin.isatty():
        raise click.UsageError("there is nobody to ask; name facts with --confirm and --by, or use --seal --yes")
    else:
        _ask_all(project, now, more, role, day)


@command.command()
@_config
@_today
@click.option("-o", "--output", type=click.Path(path_type=Path), help="The file to write; the terminal else.")
@click.option("--format", "form", type=click.Choice(["html", "csv"]), default="html", show_default=True)
@click.option("--due", "only_due", is_flag=True, help="Only what changed, was never confirmed, or is due.")
def sheet(config_file: Path | None, today: str, output: Path | None, form: str, only_due: bool) -> None:
    """Write every fact with its source, its last check, where it appears, a box to tick, and lines for role and day."""
    from balise.facts.sheet import render_csv, render_sheet

    project, now = _load(config_file, today)
    facts = [fact for fact in _facts(project, now) if not only_due or fact.reasons(now)]
    text = render_csv(facts, now) if form == "csv" else render_sheet(project, facts, now)
    if output is None:
        sys.stdout.buffer.write(text.encode())
        return
    try:
        output.write_bytes(text.encode())
    except OSError as failure:
        raise click.UsageError(f'"{output}" cannot be written: {failure.strerror}') from None
    click.echo(f"{output}: {len(facts)} facts.", err=True)


def _load(config_file: Path | None, today: str) -> tuple[Project, str]:
    """Return the project and the day that counts. Ends with its problems where the data cannot be used."""
    from balise.problems import has_errors
    from balise.project import load_project
    from balise.site_config import BrokenProjectError
    from balise.today import default_today

    config = find_config(config_file)
    try:
        project = load_project(config.parent)
    except BrokenProjectError as broken:
        print_problems(broken.problems, "text")
        raise click.exceptions.Exit(1) from None
    faults = [
        one for one in project.problems if "/data/" in one.location.path or one.location.path.endswith("site.yml")
    ]
    if has_errors(faults):
        print_problems(faults, "text")
        click.echo("Mend the data first; nothing was written.", err=True)
        raise click.exceptions.Exit(1)
    return project, check_day(today) or default_today()


def _facts(project: Project, now: str) -> Sequence[Fact]:
    """Return the facts of a project. Ends with the problem of seals that cannot be read."""
    from balise.facts.ledger import list_facts
    from balise.source import SourceProblem

    try:
        return list_facts(project, now)
    except SourceProblem as refused:
        print_problems([refused.problem], "text")
        raise click.exceptions.Exit(1) from None


def _confirm(project: Project, now: str, names: Sequence[str], role: str, day: str, expires: str) -> None:
    """Confirm facts by name: write it into their records, and seal them."""
    from balise.problems import did_you_mean

    facts = {fact.id: fact for fact in _facts(project, now)}
    for name in names:
        if name not in facts:
            raise click.UsageError(
                f'fact "{name}" does not exist; {did_you_mean(name, facts, "see `balise facts sheet`")}'
            )
    _write(project, [_confirmation(facts[name], role, day, expires) for name in dict.fromkeys(names)])


def _confirmation(fact: Fact, role: str, day: str, until: str) -> Confirmation:
    from balise.facts.editing import Confirmation

    key = {"channels": "expires", "figures": "review_after"}.get(fact.section, "")
    return Confirmation(fact.section, fact.id, day, role, {key: until} if until and key else {})


def _write(project: Project, confirmations: Sequence[Confirmation]) -> None:
    """Write confirmations into the data, then seal these facts alone."""
    from balise.errors import ProjectError
    from balise.facts.editing import write_confirmations
    from balise.lint.seals import project_facts
    from balise.project import load_project

    before, now = project_facts(project), project_facts(load_project(project.root, project.content))
    for one in confirmations:
        if before[one.section, one.id] != now.get((one.section, one.id)):
            raise ProjectError(f'"{one.id}" changed while you looked at it; nothing was written. Run this again.')
    for path in write_confirmations(project.root / project.content / "data", project.root, confirmations):
        click.echo(path)
    _seal(project, [(one.section, one.id) for one in confirmations])
    click.echo(f"{len(confirmations)} fact{'' if len(confirmations) == 1 else 's'} confirmed and sealed.", err=True)


def _seal(project: Project, names: Sequence[tuple[str, str]] | None) -> None:
    """Seal the facts of these names as they stand on disk, all of them for `None`; other seals stay as they are."""
    from balise.lint.seals import load_seals, project_facts, render_seals, seal_path
    from balise.project import load_project

    project = load_project(project.root, project.content)
    values = project_facts(project)
    if names is not None:
        loaded = load_seals(project)
        before = dict(loaded[0]) if loaded else {}
        chosen = set(names)
        kept = {
            key: value if key in chosen else before[key]
            for key, value in values.items()
            if key in chosen or key in before
        }
        values = {**kept, **{key: value for key, value in before.items() if key not in kept}}
    path = seal_path(project)
    draft = path.with_name(f".{path.name}.new")
    draft.write_text(render_seals(values), "utf-8", newline="\n")
    draft.replace(path)
    click.echo(path.relative_to(project.root).as_posix())


def _seal_all(project: Project, *, yes: bool) -> None:
    """Show what changed since the seals, and accept it."""
    from balise.facts.ledger import changed_facts
    from balise.lint.seals import load_seals, project_facts
    from balise.source import SourceProblem

    try:
        found = changed_facts(project, project_facts(project))
        is_new = load_seals(project) is None
    except SourceProblem as refused:
        print_problems([refused.problem], "text")
        raise click.exceptions.Exit(1) from None
    if not found and not is_new:
        click.echo("Nothing has changed since the seals.", err=True)
        return
    if is_new:
        click.echo(f"No seals yet: {len(found)} facts are new.")
    else:
        _show_changes(found)
    if not yes:
        if not sys.stdin.isatty():
            raise click.UsageError("there is nobody to ask; add --yes once you have read the changes above")
        if not click.confirm("Seal all of it as it stands?"):
            raise click.Abort
    _seal(project, None)


def _show_changes(found: Sequence[Difference]) -> None:
    for one in found[:_MOST_SHOWN]:
        click.echo(f"  {one.message}")
    if len(found) > _MOST_SHOWN:
        click.echo(f"  and {len(found) - _MOST_SHOWN} more")


def _ask_all(project: Project, now: str, names: Sequence[str], role: str | None, day: str) -> None:
    """Walk through the facts to look at, and write down what is confirmed."""
    facts = [fact for fact in _facts(project, now) if (fact.id in names if names else fact.reasons(now))]
    if not facts:
        click.echo("Every fact is confirmed, sealed, and not due.", err=True)
        return
    click.echo(f"{len(facts)} facts to look at. Leave with q; what was confirmed until then is kept.")
    role = role or click.prompt("In which role do you confirm them?", type=click.Choice(ROLES))
    done: list[Confirmation] = []
    for number, fact in enumerate(facts, 1):
        _show(fact, now, f"{number}/{len(facts)}")
        answer = click.prompt(
            "confirmed (c), changed (x), skip (s), quit (q)",
            type=click.Choice(["c", "x", "s", "q"]),
            default="s",
            show_choices=False,
        )
        if answer == "q":
            break
        if answer == "x":
            click.echo(f"  Put it right at {fact.place}, then run this again.")
        elif answer == "c":
            done.append(_confirmation(fact, role, day, _until(fact, day)))
    if done:
        _write(project, done)


def _until(fact: Fact, day: str) -> str:
    """Ask until when a fact holds: half a year on unless another day is given."""
    if fact.section not in ("channels", "figures"):
        return ""
    year, month = divmod(int(day[:4]) * 12 + int(day[5:7]) - 1 + _HALF_YEAR, 12)
    suggested = f"{year:04}-{month + 1:02}-{min(int(day[8:]), 28):02}"
    return str(click.prompt("  Holds until", default=suggested, value_proc=_day))


def _day(value: str) -> str:
    if not _DATE.match(value):
        raise click.BadParameter("write YYYY-MM-DD")
    return check_day(value)


def _show(fact: Fact, now: str, number: str) -> None:
    """Print a fact: what it says, where it comes from, where it appears, why it is looked at."""
    style: Callable[..., str] = click.style
    click.echo(
        f"\n{style(f'{number}  {fact.title}', bold=True)}\n  {fact.id}, {fact.place}: {', '.join(fact.reasons(now))}"
    )
    for change in fact.changes:
        click.echo(style(f"  ! {change.message}", fg="yellow"))
    for field, value in _told(fact.fields).items():
        click.echo(f"  {field:<20} {value}")
    for source in fact.sources:
        click.echo(f"  source               {source}")
    click.echo(f"  shown on             {', '.join(fact.pages[:_MOST_PAGES]) or 'no page'}")


def _told(fields: Mapping[str, str]) -> Mapping[str, str]:
    """Return the fields that are worth reading in a terminal."""
    left_out = ("sources", "source", "confidence", "name", "statement", "answers")
    return {field: value for field, value in fields.items() if field.partition(".")[0] not in left_out}
