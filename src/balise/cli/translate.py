"""`balise translate`: extract texts, bring catalogues up to date, see what is out of date."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from balise.alignment import word_difference
from balise.catalogues import State, write_catalogue
from balise.cli.build import find_config
from balise.cli.output import print_problems

if TYPE_CHECKING:
    from balise.extraction import LanguageStatus
    from balise.project import Project

EPILOG = """\b
Examples:
  balise translate update
  balise translate update --language fr
  balise translate status
  balise translate status --format json
  balise translate extract
"""
_config = click.option("-f", "--config-file", type=click.Path(path_type=Path), help="The mkdocs.yml to use.")
_languages = click.option("-l", "--language", "languages", multiple=True, help="Only this language; may be repeated.")


@click.group(epilog=EPILOG)
def command() -> None:
    """Extract texts for translators, update catalogues, see what is out of date."""


@command.command()
@_config
def extract(config_file: Path | None) -> None:
    """Write PO templates of all texts to locales/templates/, for translation tools."""
    from balise.extraction import templates

    project = _load(config_file, drafts=True)
    written = [file for file in templates(project) if write_catalogue(file.path, file.text)]
    click.echo(f"{_files(len(written))} written to locales/templates/.", err=True)


@command.command()
@_config
@_languages
@click.option("--dry-run", is_flag=True, help="Name the catalogues that would change, and write nothing.")
def update(config_file: Path | None, languages: tuple[str, ...], dry_run: bool) -> None:
    """Bring every catalogue up to date with its sources.

    Translations are kept. A changed source text keeps its translation, with the text it was made from beside it (`#|`):
    readers see it marked as not up to date. When you have mended the translation, delete the `#|` line.

    Drafts have catalogues too, so that they can be translated before they are published; one that holds TODO waits.
    """
    from balise.extraction import updated_catalogues

    project = _load(config_file, drafts=True)
    _check_languages(project, languages)
    changed = 0
    for file in updated_catalogues(project, languages):
        before = file.path.read_text("utf-8") if file.path.exists() else ""
        if before != file.text:
            changed += 1
            click.echo(file.path.relative_to(project.root).as_posix())
            if not dry_run:
                write_catalogue(file.path, file.text)
    click.echo(f"{_files(changed)} {'would change' if dry_run else 'changed'}.", err=True)


@command.command()
@_config
@_languages
@click.option("--drafts", is_flag=True, help="Count drafts too; else what is published alone.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
def status(config_file: Path | None, languages: tuple[str, ...], drafts: bool, form: str) -> None:
    """Name every unit that is not up to date, by source file and line, for each language.

    Exits with 1 when there is one.
    """
    from balise.extraction import translation_status

    project = _load(config_file, drafts=drafts)
    _check_languages(project, languages)
    found, problems = translation_status(project, languages)
    if form == "json":
        click.echo(json.dumps([_record(item) for item in found], ensure_ascii=False, indent=2))
    else:
        for item in found:
            _print_language(item)
        print_problems(problems, "text")
    behind = any(item.units or item.strings_missing for item in found)
    raise click.exceptions.Exit(1 if behind or problems else 0)


def _load(config_file: Path | None, *, drafts: bool) -> Project:
    """Return the project, if asked with the drafts that are ready to be translated."""
    from balise.extraction import without_unfinished
    from balise.problems import has_errors
    from balise.project import load_project

    project = load_project(find_config(config_file).parent, drafts=drafts)
    if has_errors(project.problems):
        print_problems(project.problems, "text")
        click.echo("Nothing was written.", err=True)
        raise click.exceptions.Exit(1)
    return without_unfinished(project)


def _check_languages(project: Project, languages: tuple[str, ...]) -> None:
    for tag in languages:
        if tag not in project.site.languages:
            raise click.UsageError(f'"{tag}" is not a language of this site ({", ".join(project.site.languages)})')


def _files(count: int) -> str:
    return f"{count} {'catalogue' if count == 1 else 'catalogues'}"


def _print_language(item: LanguageStatus) -> None:
    counts = ", ".join(f"{item.counts[state]} {state.value}" for state in State if item.counts[state]) or "no units"
    strings = f"; {item.strings - item.strings_missing} of {item.strings} site strings" if item.strings else ""
    click.echo(f"{item.language}: {counts}{strings}")
    for unit in item.units:
        click.echo(f"  {unit.place}: {unit.state.value}: {_short(unit.text)}")
        if unit.previous:
            click.echo(f"      {word_difference(unit.previous, unit.text)}")


def _short(text: str) -> str:
    return text if len(text) <= 90 else text[:89] + "…"


def _record(item: LanguageStatus) -> dict[str, object]:
    return {
        "language": item.language,
        "units": {state.value: item.counts[state] for state in State},
        "strings": {"total": item.strings, "missing": item.strings_missing},
        "not_current": [
            {
                "page": unit.page,
                "path": unit.place.path,
                "line": unit.place.line,
                "state": unit.state.value,
                "text": unit.text,
                "previous": unit.previous,
            }
            for unit in item.units
        ],
    }
