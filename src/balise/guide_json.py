"""A guide as JSON, for learning platforms and other programs: nodes, routes, channels, in one language."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from balise import __version__
from balise.guide_edition import channels_shown, guide_in
from balise.guides.model import AUDIENCES, URGENCIES, Kind

if TYPE_CHECKING:
    from balise.calls import Calls
    from balise.guides.model import Answer, Guide, Node

SCHEMA_VERSION = 1


def guide_record(source: Guide, calls: Calls) -> dict[str, Any]:
    """Return a guide in the language of an edition as plain values, as `guide_output_schema` describes them.

    Texts are inline Markdown. Each outcome names its channels by country, in the order in which pages show them.
    """
    guide = guide_in(calls.project, source, calls.language)
    return {
        "format": SCHEMA_VERSION,
        "generator": f"balise {__version__}",
        "id": guide.id,
        "language": calls.language,
        "title": guide.title,
        "description": guide.description,
        "audience": list(guide.audiences),
        "start": guide.start,
        "nodes": [_node(node, guide, calls) for node in guide.nodes.values()],
    }


def _node(node: Node, guide: Guide, calls: Calls) -> dict[str, Any]:
    record: dict[str, Any] = {"id": node.id, "kind": node.kind.value, "title": node.title, "text": node.text}
    if node.kind is Kind.QUESTION:
        record["answers"] = [_answer(answer) for answer in node.answers]
    if node.kind is Kind.ADVICE:
        record["then"] = node.then
    if node.kind is Kind.OUTCOME:
        record |= {"urgency": node.urgency, "reporting": node.reporting, "needs": list(node.needs)}
        record |= {"do": list(node.do), "never": list(node.never), "next": list(node.next)}
        record["channels"] = {code: _channels(node, guide, code, calls) for code in calls.countries()}
    return record


def _answer(answer: Answer) -> dict[str, Any]:
    when = answer.when
    parts = (("country", when.countries), ("language", when.languages), ("audience", when.audiences))
    conditions = {name: sorted(values) for name, values in parts if values}
    return {"say": answer.say, "go": answer.go, **({"when": conditions} if conditions else {})}


def _channels(node: Node, guide: Guide, country: str, calls: Calls) -> list[dict[str, str]]:
    fallback = (node.fallback, guide.fallback)
    views = channels_shown(calls, needs=node.needs, fallback=fallback, country=country, audiences=guide.audiences)
    return [
        {"id": view.id, "name": view.name.text, "phone": view.phone_href.removeprefix("tel:"), "url": view.url}
        for view in views
    ]


def guide_output_schema() -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of `guide_record`."""
    text = {"type": "string"}
    texts = {"type": "array", "items": text}

    def record(required: dict[str, Any], optional: dict[str, Any] | None = None) -> dict[str, Any]:
        properties = {**required, **(optional or {})}
        return {
            "type": "object",
            "properties": properties,
            "required": list(required),
            "additionalProperties": False,
        }

    when = record(
        {}, {"country": texts, "language": texts, "audience": {"type": "array", "items": {"enum": [*AUDIENCES]}}}
    )
    answer = record({"say": text, "go": text}, {"when": when})
    channel = record({"id": text, "name": text, "phone": text, "url": text})
    common = {"id": text, "title": text, "text": text}
    question = record({"kind": {"const": "question"}, **common, "answers": {"type": "array", "items": answer}})
    advice = record({"kind": {"const": "advice"}, **common, "then": text})
    outcome = record(
        {
            "kind": {"const": "outcome"},
            **common,
            "urgency": {"enum": [*URGENCIES]},
            "reporting": {"type": "boolean"},
            "needs": texts,
            "do": texts,
            "never": texts,
            "next": texts,
            "channels": {"type": "object", "additionalProperties": {"type": "array", "items": channel}},
        }
    )
    top = record(
        {
            "format": {"const": SCHEMA_VERSION},
            "generator": text,
            "id": text,
            "language": text,
            "title": text,
            "description": text,
            "audience": texts,
            "start": text,
            "nodes": {"type": "array", "items": {"oneOf": [question, advice, outcome]}},
        }
    )
    about = "a decision guide of Balise in one language"
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": about, **top}
