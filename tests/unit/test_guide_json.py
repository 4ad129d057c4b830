"""A guide for other programs: what is written is what its schema says, in every language, with who helps where."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from balise import __version__
from balise.calls import Calls
from balise.guide_json import guide_output_schema, guide_record
from balise.pipeline import edition_phrases
from balise.project import Project, load_project
from support.commands import REPOSITORY
from support.guides import changed, project_of
from support.projects import TODAY

TYPES = {"object": dict, "array": list, "string": str, "boolean": bool}
LINE = {"id": "be-line", "name": "The line", "phone": "116000", "url": "https://line.example/"}
BE_112 = {"id": "be-112", "name": "Emergency 112", "phone": "112", "url": ""}
FR_112 = {"id": "fr-112", "name": "Emergency 112", "phone": "112", "url": ""}


def record_of(project: Project, language: str = "en", name: str = "help") -> dict[str, Any]:
    calls = Calls(project, language, edition_phrases(project, language), TODAY)
    return guide_record(project.guides[name], calls)


def faults(value: Any, schema: dict[str, Any], at: str = "") -> Iterator[str]:
    """Yield where a value is not what a schema says; it knows the words of JSON Schema that this one uses."""
    known = {
        "$schema",
        "title",
        "type",
        "properties",
        "required",
        "additionalProperties",
        "items",
        "enum",
        "const",
        "oneOf",
    }
    assert set(schema) <= known
    if "oneOf" in schema:
        fitting = [option for option in schema["oneOf"] if not [*faults(value, option, at)]]
        if len(fitting) != 1:
            yield f"{at}: {len(fitting)} fit"
    if "const" in schema and value != schema["const"]:
        yield f"{at}: {value!r}"
    if "enum" in schema and value not in schema["enum"]:
        yield f"{at}: {value!r}"
    if "type" in schema and type(value) is not TYPES[schema["type"]]:
        yield f"{at}: {type(value).__name__}"
        return
    if schema.get("type") == "array":
        for index, item in enumerate(value):
            yield from faults(item, schema.get("items", {}), f"{at}/{index}")
    if schema.get("type") == "object":
        inside, rest = schema.get("properties", {}), schema.get("additionalProperties", {})
        yield from (f"{at}: lacks {name}" for name in schema.get("required", ()) if name not in value)
        for name, item in value.items():
            if name not in inside and rest is False:
                yield f"{at}: has {name}"
            else:
                yield from faults(item, inside.get(name, rest), f"{at}/{name}")


@pytest.fixture(scope="module")
def reference() -> Project:
    return load_project(REPOSITORY)


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return project_of(tmp_path)


@pytest.mark.parametrize("language", ["en", "fr", "nl"])
@pytest.mark.parametrize("name", ["something-happened", "under-18", "first-24-hours"])
def test_the_guides_of_the_reference_site_are_what_the_schema_says(
    name: str, language: str, reference: Project
) -> None:
    record = record_of(reference, language, name)
    assert [*faults(record, guide_output_schema())] == []
    assert (record["id"], record["language"]) == (name, language)
    assert [node["id"] for node in record["nodes"]] == [*reference.guides[name].nodes]


@pytest.mark.parametrize(
    "broken",
    [
        {"start": 1},
        {"format": 2},
        {"secret": ""},
        {"nodes": [{"id": "a", "kind": "question", "title": "", "text": ""}]},
        {"nodes": [{"id": "a", "kind": "advice", "title": "", "text": "", "then": "b", "answers": []}]},
    ],
)
def test_what_is_not_a_guide_is_not_what_the_schema_says(broken: dict[str, Any], project: Project) -> None:
    assert [*faults(record_of(project) | broken, guide_output_schema())] != []


def test_the_head_says_what_the_guide_is_and_who_wrote_the_file(project: Project) -> None:
    head = record_of(project)
    del head["nodes"]
    assert head == {
        "format": 1,
        "generator": f"balise {__version__}",
        "id": "help",
        "language": "en",
        "title": "Something happened",
        "description": "A few questions, and what to do.",
        "audience": ["parent", "adult"],
        "start": "what",
    }


def test_a_question_has_its_answers_with_their_conditions(tmp_path: Path) -> None:
    when = "when: {country: [FR, BE], audience: [parent]}"
    project = project_of(tmp_path, changed(("when: {country: [FR]}", when)))
    assert record_of(project)["nodes"][1] == {
        "id": "where",
        "kind": "question",
        "title": "Where did you see it?",
        "text": "",
        "answers": [
            {"say": "On a page", "go": "breathe"},
            {"say": "In a chat", "go": "talk", "when": {"country": ["BE", "FR"], "audience": ["parent"]}},
            {"say": "Elsewhere", "go": "report"},
        ],
    }


def test_advice_says_where_it_leads_on_to(project: Project) -> None:
    assert record_of(project)["nodes"][2] == {
        "id": "breathe",
        "kind": "advice",
        "title": "Take a breath",
        "text": "Sit down first.",
        "then": "report",
    }


def test_an_outcome_has_its_texts_and_its_channels_by_country(project: Project) -> None:
    assert record_of(project)["nodes"][3] == {
        "id": "report",
        "kind": "outcome",
        "title": "Report it",
        "text": "",
        "urgency": "soon",
        "reporting": True,
        "needs": ["image-found"],
        "do": ["Close the page.", "Report it."],
        "never": ["Never copy it."],
        "next": ["Somebody reads your report."],
        "channels": {"BE": [LINE, BE_112], "FR": [FR_112]},
    }


def test_channels_that_stand_in_are_left_out_where_one_speaks_the_language(project: Project) -> None:
    channels = record_of(project, "nl")["nodes"][3]["channels"]
    assert [item["id"] for item in channels["BE"]] == ["be-line"]
    assert [item["name"] for item in channels["BE"]] == ["De lijn"]


def test_a_nodes_own_stand_in_comes_before_that_of_the_guide(tmp_path: Path) -> None:
    text = changed(("    needs: [image-found]\n", "    needs: [image-found]\n    fallback: [fr-112]\n"))
    channels = record_of(project_of(tmp_path, text))["nodes"][3]["channels"]
    assert {code: [item["id"] for item in found] for code, found in channels.items()} == {
        "BE": ["be-line", "be-112"],
        "FR": ["fr-112"],
    }


def test_a_country_that_nobody_helps_in_is_named_with_nobody(tmp_path: Path) -> None:
    channels = record_of(project_of(tmp_path, changed(("[be-112, fr-112]", "[be-112]"))))["nodes"][4]["channels"]
    assert {code: [item["id"] for item in found] for code, found in channels.items()} == {
        "BE": ["be-line", "be-112"],
        "FR": [],
    }
