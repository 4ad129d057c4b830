"""`balise schema`: what editors check YAML against."""

from __future__ import annotations

import json

from balise.cli.schema import all_schemas
from support.commands import REPOSITORY, Terminal

NAMES = [
    "channels",
    "figures",
    "glossary",
    "guide",
    "guide-output",
    "page-situation",
    "page-topic",
    "search",
    "site",
    "terms",
]


def test_each_schema_is_written_for_editors_to_find(terminal: Terminal) -> None:
    outcome = terminal.balise("schema")
    assert outcome.code == 0
    assert sorted(outcome.out.splitlines()) == sorted(f".balise/schemas/{name}.json" for name in NAMES)
    assert outcome.err == (
        "Editors with the YAML language server use them where a file begins with a line such as\n"
        "# yaml-language-server: $schema=../../.balise/schemas/channels.json\n"
    )
    for name in NAMES:
        text = (terminal.folder / f".balise/schemas/{name}.json").read_text("utf-8")
        assert json.loads(text)["$schema"] == "https://json-schema.org/draft/2020-12/schema"


def test_one_schema_can_be_printed_instead(terminal: Terminal) -> None:
    outcome = terminal.balise("schema", "--print", "page-situation")
    schema = json.loads(outcome.out)
    assert (outcome.code, outcome.err, schema["title"]) == (0, "", "front matter of a page of type situation")
    assert schema["required"] == ["type", "title", "description", "needs"]
    assert schema["additionalProperties"] is False
    assert "image-found" in schema["properties"]["needs"]["items"]["enum"]
    assert not (terminal.folder / ".balise").exists()


def test_a_schema_that_does_not_exist_gets_the_list(terminal: Terminal) -> None:
    outcome = terminal.balise("schema", "--print", "chanels")
    message = f'Error: schema "chanels" does not exist; there are: {", ".join(NAMES)}'
    assert (outcome.code, outcome.err.splitlines()[-1]) == (2, message)


def test_the_schema_of_site_yml_says_what_each_key_is_for() -> None:
    site = all_schemas(REPOSITORY)["site"]
    assert site["properties"]["exit"]["description"] == "where the exit link leads, per language; a neutral site"
    assert "name" in site["required"]


def test_every_page_type_of_the_reference_site_has_a_schema() -> None:
    types = {path.stem for path in (REPOSITORY / "templates").glob("*.md")}
    assert {name.removeprefix("page-") for name in all_schemas(REPOSITORY) if name.startswith("page-")} == types
