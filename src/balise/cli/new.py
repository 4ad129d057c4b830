"""`balise new`: add a page whose front matter and sections are ready to be filled."""

from __future__ import annotations

import json
import re
from pathlib import Path

import click

from balise.cli.build import find_config
from balise.page import PageType

EPILOG = """\b
Examples:
  balise new page help/impersonation --title "Someone pretends to be me"
  balise new page help/lost-phone --type situation
  balise new lesson teach/trust --title "Whom can I trust?"
"""
_PAGE = re.compile(r"(?!(?:data|guides|assets)/)(?:[a-z0-9]+(?:-[a-z0-9]+)*/)?[a-z0-9]+(?:-[a-z0-9]+)*\Z")
_PLAIN_VALUE = re.compile(r"[^\W_](?:[^\n:#]|:(?=\S)|(?<=\S)#)*\Z")


@click.command(epilog=EPILOG)
@click.argument("kind", type=click.Choice(["page", "lesson"]))
@click.argument("name")
@click.option("-f", "--config-file", type=click.Path(path_type=Path), help="The mkdocs.yml to use.")
@click.option("--title", default="", help="The page's title; made from its name when left out.")
@click.option("--type", "type_name", default="", help="The page type; `topic` for a page, `lesson` for a lesson.")
def command(kind: str, name: str, config_file: Path | None, title: str, type_name: str) -> None:
    """Write a new page with every section its type asks for. NAME is its place below content/, without .md."""
    from balise.problems import did_you_mean
    from balise.project import load_project

    root = find_config(config_file).parent
    name = name.removesuffix(".md").removeprefix("content/")
    if not _PAGE.match(name):
        hint = "use lower-case letters, digits and hyphens, and one folder at most, as in help/lost-phone"
        raise click.UsageError(f'"{name}" is not a page name; {hint}')
    project = load_project(root)
    chosen = type_name or ("lesson" if kind == "lesson" else "topic")
    if chosen not in project.types:
        hint = did_you_mean(chosen, project.types, f"page types: {', '.join(sorted(project.types))}")
        raise click.UsageError(f'page type "{chosen}" does not exist; {hint}')
    path = root / project.content / f"{name}.md"
    if path.exists():
        raise click.UsageError(f'"{path.relative_to(root)}" exists already')
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(page_text(project.types[chosen], name, title), "utf-8", newline="\n")
    click.echo(path.relative_to(root).as_posix())
    section = name.rpartition("/")[0]
    if section and section not in project.site.sections:
        click.echo(
            f"Add {section} to `sections` in {project.content}/site.yml, and write {section}/index.md.", err=True
        )


def page_text(page_type: PageType, name: str, title: str) -> str:
    """Return the first text of a page: front matter, lead and the sections of its type, to be overwritten."""
    words = title.strip() or name.rpartition("/")[2].replace("-", " ").capitalize()
    quoted = words if _PLAIN_VALUE.match(words) else json.dumps(words, ensure_ascii=False)
    lines = [
        "---",
        f"type: {page_type.name}",
        f"title: {quoted}",
        "description: TODO one sentence that says what this page gives",
    ]
    for field in page_type.fields:
        if field.required:
            lines.append(f"{field.name}: {_first_value(field.kind, field.values)}")
    lines += ["---", "", "TODO one or two short sentences: first what helps, then why.", ""]
    for rule in page_type.sections:
        if rule.id != "lead" and rule.required:
            heading = rule.id.replace("-", " ").capitalize()
            lines += [f"## {heading} {{#{rule.id}}}", "", "TODO write this section.", ""]
    return "\n".join(lines)


def _first_value(kind: str, values: tuple[str, ...]) -> str:
    examples = {"text": '"…"', "number": "50", "flag": "no", "date": "2026-01-01", "list": "[]"}
    if not values:
        return examples[kind]
    return f"[{values[0]}]" if kind == "list" else values[0]
