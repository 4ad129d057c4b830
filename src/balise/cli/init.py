"""`balise init`: start a new site from the reference content."""

from __future__ import annotations

import sys
from pathlib import Path

import click

EPILOG = """\b
Examples:
  balise init demo
  balise init hulp --name "Veilig online" --languages nl,fr --source-language nl --countries BE,NL
"""


@click.command(epilog=EPILOG)
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--name", help="The site's name.")
@click.option("--languages", help="The languages of the site, as in fr,nl,en.")
@click.option("--source-language", help="The language you write in; when left out, English or else the first language.")
@click.option("--countries", help="The countries whose channels are shown, your own first, as in BE,FR.")
@click.option("--site-url", default="", help="The address the site will have, as in https://example.org/.")
def command(
    folder: Path,
    name: str | None,
    languages: str | None,
    source_language: str | None,
    countries: str | None,
    site_url: str,
) -> None:
    """Copy the reference site into FOLDER, ready to be built and changed.

    On a terminal, asks for what is not given. With another source language than English, pages are written in that
    language and the catalogues are turned round.
    """
    from balise.cli.schema import all_schemas, write_schemas
    from balise.starter import Wishes, write_starter

    chosen = _split(_ask("Languages, the ones your readers speak", languages, "fr,nl,en"))
    default_source = "en" if "en" in chosen else chosen[0] if chosen else "en"
    wishes = Wishes(
        name=_ask("Name of the site", name, "Balise"),
        languages=chosen,
        source_language=_ask("Language you write in", source_language, default_source),
        countries=_split(_ask("Countries, your own first", countries, ALL_COUNTRIES).upper()),
        site_url=site_url,
    )
    project = write_starter(folder, wishes)
    write_schemas(project.root, all_schemas(project.root))
    pages = sum(page.step is None for page in project.pages.values())
    click.echo(f"{folder}: {pages} pages and {len(project.guides)} guides in {', '.join(wishes.languages)}.", err=True)
    click.echo(f"Next: cd {folder} && balise build", err=True)


ALL_COUNTRIES = "BE,FR,NL,LU,CA,US,GB,IE,CH"


def _ask(question: str, given: str | None, default: str) -> str:
    """Return what was given, else what the person at the terminal answers, else the default."""
    if given is not None:
        return given.strip()
    if not sys.stdin.isatty():
        return default
    return str(click.prompt(question, default=default, err=True)).strip()


def _split(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(part.strip() for part in text.split(",") if part.strip()))
