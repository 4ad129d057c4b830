"""`balise schema`: JSON Schemas of the project's YAML, for editors."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from balise.cli.build import find_config
from balise.fields import schema_of

EPILOG = """\b
Examples:
  balise schema
  balise schema --print channels
"""
FOLDER = Path(".balise") / "schemas"


@click.command(epilog=EPILOG)
@click.option("-f", "--config-file", type=click.Path(path_type=Path), help="The mkdocs.yml to use.")
@click.option("--print", "wanted", metavar="NAME", help="Print one schema instead of writing all.")
def command(config_file: Path | None, wanted: str | None) -> None:
    """Write a JSON Schema for site.yml, each data file and each page type to .balise/schemas/."""
    root = find_config(config_file).parent
    found = all_schemas(root)
    if wanted:
        if wanted not in found:
            raise click.UsageError(f'schema "{wanted}" does not exist; there are: {", ".join(sorted(found))}')
        click.echo(json.dumps(found[wanted], ensure_ascii=False, indent=2))
        return
    for path in write_schemas(root, found):
        click.echo(path.relative_to(root).as_posix())
    click.echo(
        "Editors with the YAML language server use them where a file begins with a line such as\n"
        "# yaml-language-server: $schema=../../.balise/schemas/channels.json",
        err=True,
    )


def write_schemas(root: Path, schemas: Mapping[str, dict[str, Any]]) -> list[Path]:
    """Write schemas where the files of a project say that theirs stand, and return their paths."""
    folder = root / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for name, schema in schemas.items():
        paths.append(folder / f"{name}.json")
        paths[-1].write_text(json.dumps(schema, ensure_ascii=False, indent=2) + "\n", "utf-8")
    return paths


def all_schemas(root: Path) -> dict[str, dict[str, Any]]:
    """Return every schema by name: `site`, the data files, guides, and `page-<type>` for front matter.

    `guide` is that of a guide's YAML, `guide-output` that of the JSON which `balise guide book` writes.
    """
    from balise.guide_json import guide_output_schema
    from balise.guides.parse import guide_schema
    from balise.project import load_project
    from balise.registries import data_schemas
    from balise.site_config import SITE_FIELDS

    project = load_project(root)
    schemas = {"site": schema_of(SITE_FIELDS, "content/site.yml")}
    schemas |= {name: {"$schema": schemas["site"]["$schema"], **schema} for name, schema in data_schemas().items()}
    schemas |= {"guide": guide_schema(), "guide-output": guide_output_schema()}
    for name, page_type in sorted(project.types.items()):
        schemas[f"page-{name}"] = schema_of(page_type.all_fields(), f"front matter of a page of type {name}")
    return schemas
