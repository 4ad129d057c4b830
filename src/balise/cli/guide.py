"""`balise guide`: check, prove, walk, print and draw the decision guides of a project."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from balise.cli.build import check_day, find_config
from balise.cli.output import colour_wanted, count_words, format_option, print_problems
from balise.problems import did_you_mean, has_errors

if TYPE_CHECKING:
    from balise.calls import Calls
    from balise.guides.model import Guide, Node, Reader
    from balise.guides.proof import Row
    from balise.project import Project

EPILOG = """\b
Examples:
  balise guide check
  balise guide proof
  balise guide walk something-happened --language fr --country BE
  balise guide walk something-happened --answers 2,1
  balise guide book something-happened --language nl > book.html
  balise guide draw something-happened > drawing.svg
  balise guide new lost-phone --title "A phone is gone"
"""
_config = click.option("-f", "--config-file", type=click.Path(path_type=Path), help="The mkdocs.yml to use.")
_today = click.option("--today", metavar="DATE", default="", help="The day expiries count from (YYYY-MM-DD).")
_language = click.option("-l", "--language", default="", help="The edition; the site's source language by default.")
_country = click.option("-c", "--country", default="", help="The reader's country; the site's own by default.")
_output = click.option("-o", "--output", type=click.Path(path_type=Path), help="The file to write; the terminal else.")


@click.group(epilog=EPILOG)
def command() -> None:
    """Check, prove, walk, print and draw decision guides."""


@command.command()
@click.argument("guides", nargs=-1)
@_config
@_today
@format_option
def check(guides: tuple[str, ...], config_file: Path | None, today: str, form: str) -> None:
    """Name every problem of GUIDES (all by default) with its place and its fix."""
    project, day = _load(config_file, today)
    _, problems = _proved(project, guides, day)
    print_problems(problems, form, summary={"ok": not has_errors(problems)})
    if form == "text":
        number = len(set(guides) or project.guides)
        click.echo(f"{count_words(problems)} in {number} guide{'' if number == 1 else 's'}.", err=True)
    raise click.exceptions.Exit(1 if has_errors(problems) else 0)


@command.command()
@click.argument("guides", nargs=-1)
@_config
@_today
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
def proof(guides: tuple[str, ...], config_file: Path | None, today: str, form: str) -> None:
    """Print what is proved of GUIDES (all by default): a line for each country, language and audience."""
    project, day = _load(config_file, today)
    rows, problems = _proved(project, guides, day)
    if form == "json":
        print_problems(problems, form, summary={"ok": not has_errors(problems), "rows": [_record(row) for row in rows]})
    else:
        click.echo(f"{'guide':<22}{'reader':<18}{'pages':>6}{'paths':>8}{'longest':>9}{'ends':>6}{'violations':>12}")
        for row in rows:
            counts = f"{row.nodes:>6}{row.walks:>8}{row.longest:>9}{row.outcomes:>6}{row.violations:>12}"
            click.echo(f"{row.guide:<22}{row.reader!s:<18}{counts}")
        print_problems(problems, form)
        open_ones = sum(row.violations for row in rows)
        click.echo(f"{len(rows)} readers, {open_ones} violations, {count_words(problems)}.", err=True)
    raise click.exceptions.Exit(1 if has_errors(problems) else 0)


@command.command()
@click.argument("name", metavar="GUIDE")
@_config
@_today
@_language
@_country
@click.option("-a", "--audience", default="", help="The reader's audience; the guide's first by default.")
@click.option("--answers", default="", metavar="1,2", help="The answers by number, in order, instead of asking.")
def walk(
    name: str, config_file: Path | None, today: str, language: str, country: str, audience: str, answers: str
) -> None:
    """Ask the questions of GUIDE in the terminal, and show where the answers lead."""
    from balise.guides.walk import WalkError

    project, day = _load(config_file, today)
    guide, calls = _guide(project, name), _calls(project, language, day)
    reader = _reader(project, guide, calls.language, country, audience)
    try:
        _walk(guide, reader, calls, [item.strip() for item in answers.split(",")] if answers else None)
    except WalkError as refused:
        raise click.UsageError(str(refused)) from None


@command.command()
@click.argument("name", metavar="GUIDE")
@_config
@_today
@_language
@_output
@click.option("--format", "form", type=click.Choice(["html", "json"]), default="html", show_default=True)
def book(name: str, config_file: Path | None, today: str, language: str, output: Path | None, form: str) -> None:
    """Write the book of all paths of GUIDE, its proof on the first page; or the guide as JSON, for other programs."""
    from balise.guide_book import Book
    from balise.guide_json import guide_record

    project, day = _load(config_file, today)
    guide, calls = _guide(project, name), _calls(project, language, day)
    if form == "json":
        text = json.dumps(guide_record(guide, calls), ensure_ascii=False, indent=2) + "\n"
    else:
        text = Book(guide, calls).render()
    _put_out(text, output)


@command.command()
@click.argument("name", metavar="GUIDE")
@_config
@_language
@_output
@click.option("--format", "form", type=click.Choice(["svg", "text"]), default="svg", show_default=True)
def draw(name: str, config_file: Path | None, language: str, output: Path | None, form: str) -> None:
    """Draw GUIDE as SVG, or write it as an outline in plain text."""
    from balise.guide_drawing import draw_guide, outline
    from balise.guide_edition import guide_in

    project, day = _load(config_file, "")
    calls = _calls(project, language, day)
    guide = guide_in(project, _guide(project, name), calls.language)
    text = str(draw_guide(guide, calls.phrases)) if form == "svg" else "\n".join(outline(guide)) + "\n"
    _put_out(text, output)


@command.command()
@click.argument("name")
@_config
@click.option("--title", default="", help="The guide's title; made from its name when left out.")
def new(name: str, config_file: Path | None, title: str) -> None:
    """Write a new guide into content/guides/ that can be walked at once. NAME is its file name, without .yml."""
    from balise.guides.starter import guide_text
    from balise.page import PAGE_NAME
    from balise.project import load_project

    root = find_config(config_file).parent
    if not PAGE_NAME.match(name):
        hint = "use lower-case letters, digits and hyphens, as in lost-phone"
        raise click.UsageError(f'"{name}" is not the name of a guide; {hint}')
    project = load_project(root)
    path = root / project.content / "guides" / f"{name}.yml"
    if path.exists():
        raise click.UsageError(f'"{path.relative_to(root)}" exists already')
    path.parent.mkdir(parents=True, exist_ok=True)
    words = title.strip() or name.replace("-", " ").capitalize()
    site = project.site
    fallback = filter(None, (site.help.get(code) or site.emergency.get(code) for code in site.countries))
    path.write_text(guide_text(words, fallback), "utf-8", newline="\n")
    click.echo(path.relative_to(root).as_posix())
    if "guides/index" not in project.pages:
        click.echo(f"Add guides to `sections` in {project.content}/site.yml, and write guides/index.md.", err=True)


def _load(config_file: Path | None, today: str) -> tuple[Project, str]:
    """Return the project and the day that counts. Ends with its problems where site.yml cannot be used."""
    from balise.project import load_project
    from balise.site_config import BrokenProjectError
    from balise.today import default_today

    config = find_config(config_file)
    try:
        return load_project(config.parent), check_day(today) or default_today()
    except BrokenProjectError as broken:
        print_problems(broken.problems, "text")
        raise click.exceptions.Exit(1) from None


def _guide(project: Project, name: str) -> Guide:
    if name not in project.guides:
        known = ", ".join(project.guides) or "none"
        raise click.UsageError(
            f'guide "{name}" does not exist; {did_you_mean(name, project.guides, f"there are: {known}")}'
        )
    return project.guides[name]


def _calls(project: Project, language: str, day: str) -> Calls:
    from balise.calls import Calls
    from balise.pipeline import edition_phrases

    tag = language or project.site.source_language
    if tag not in project.site.languages:
        raise click.UsageError(f'the site has no edition "{tag}"; it has: {", ".join(project.site.languages)}')
    return Calls(project, tag, edition_phrases(project, tag), day)


def _reader(project: Project, guide: Guide, language: str, country: str, audience: str) -> Reader:
    from balise.guides.model import Reader

    code, who = country.upper() or project.site.default_country, audience or guide.audiences[0]
    if code not in project.site.countries:
        raise click.UsageError(f'the site has no country "{code}"; it has: {", ".join(project.site.countries)}')
    if who not in guide.audiences:
        raise click.UsageError(f'the guide is not for "{who}"; it is for: {", ".join(guide.audiences)}')
    return Reader(code, language, who)


def _proved(project: Project, guides: tuple[str, ...], day: str) -> tuple[list[Row], list[Any]]:
    """Return the rows and the problems of these guides, those of reading them too; of all where none is named."""
    from balise.guide_check import prove_guides

    names = {_guide(project, name).id for name in guides} or set(project.guides)
    rows, problems = prove_guides(project, day)
    paths = {project.guides[name].path for name in names}
    folder = f"{project.content}/guides/"
    read = [item for item in project.problems if _is_of_guides(item.location.path, folder, paths, bool(guides))]
    found = [item for item in problems if item.location.path in paths]
    return [row for row in rows if row.guide in names], [*read, *found]


def _is_of_guides(path: str, folder: str, paths: set[str], named: bool) -> bool:
    """Tell whether a problem of reading belongs to the guides that are asked about."""
    if path.endswith(".po"):
        return "/guides/" in path and (not named or any(Path(item).stem == Path(path).stem for item in paths))
    return path in paths or (not named and path.startswith(folder) and path.endswith((".yml", ".yaml")))


def _record(row: Row) -> dict[str, Any]:
    reader = row.reader
    return {
        "guide": row.guide,
        "country": reader.country,
        "language": reader.language,
        "audience": reader.audience,
        "pages": row.nodes,
        "paths": row.walks,
        "longest": row.longest,
        "ends": row.outcomes,
        "violations": row.violations,
    }


def _walk(guide: Guide, reader: Reader, calls: Calls, answers: list[str] | None) -> None:
    """Show node after node, taking the answers given or asking for them."""
    from balise.guide_edition import guide_in
    from balise.guides.model import Kind
    from balise.guides.walk import WalkError, begin, offered, step

    shown = guide_in(calls.project, guide, calls.language)
    node = begin(shown)
    waiting = None if answers is None else iter(answers)
    read: set[str] = set()
    while True:
        _show(node)
        if node.kind is Kind.OUTCOME:
            _show_channels(node, guide, reader, calls)
            left = list(waiting or ())
            if left:
                raise WalkError(f'"{left[0]}" is one answer too many: the walk has ended at "{node.id}"')
            return
        if node.kind is Kind.ADVICE:
            if node.id in read:
                raise WalkError(f'"{node.id}" leads back to itself')
            read.add(node.id)
            node = _led(shown, node, node.then)
            continue
        read.clear()
        choices = offered(node, reader)
        if not choices:
            raise WalkError(f'"{node.id}" offers {reader} no answer')
        for number, answer in enumerate(choices, 1):
            click.echo(f"  {number}. {_plain(answer.say)}")
        if waiting is None:
            said = str(click.prompt(">", type=click.IntRange(1, len(choices)), prompt_suffix=" "))
        else:
            said = next(waiting, "")
            if not said:
                click.echo(f'The answers end here, at "{node.id}".', err=True)
                raise click.exceptions.Exit(1)
            click.echo(f"> {said}")
        try:
            node = step(shown, node, said, reader)
        except KeyError as missing:
            node = _led(shown, node, str(missing.args[0]))
        click.echo()


def _led(guide: Guide, node: Node, target: str) -> Node:
    """Return the node that another one leads to; a guide that is being written may name one that is not there yet."""
    from balise.guides.walk import WalkError

    if target not in guide.nodes:
        raise WalkError(f'"{node.id}" leads to "{target}", which does not exist')
    return guide.nodes[target]


def _show(node: Node) -> None:
    """Print a node's texts."""
    click.echo(click.style(_plain(node.title), bold=colour_wanted()))
    for text in filter(None, (node.text,)):
        click.echo(_plain(text))
    for mark, texts in (("+", node.do), ("x", node.never), (">", node.next)):
        for text in texts:
            click.echo(f"  {mark} {_plain(text)}")


def _show_channels(node: Node, guide: Guide, reader: Reader, calls: Calls) -> None:
    """Print who helps the reader at an outcome."""
    from balise.guide_edition import channels_shown

    fallback, audiences = (node.fallback, guide.fallback), (reader.audience,)
    for view in channels_shown(calls, needs=node.needs, fallback=fallback, country=reader.country, audiences=audiences):
        click.echo(f"  * {view.name.text}: {view.phone_shown or view.url}")


def _plain(text: str) -> str:
    from balise.guide_drawing import plain

    return " ".join(plain(text).split())


def _put_out(text: str, output: Path | None) -> None:
    """Write a result to the file asked for, or to the terminal."""
    if output is None:
        click.echo(text, nl=False)
        return
    try:
        output.write_text(text, "utf-8", newline="\n")
    except OSError as failure:
        raise click.UsageError(f'"{output}" cannot be written: {failure.strerror}') from None
    click.echo(f"{output} written", err=True)
