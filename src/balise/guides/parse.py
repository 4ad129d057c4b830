"""Reading a guide's YAML: every node and every problem with its place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from balise.fields import Field, check_fields, is_true, schema_of
from balise.guides.model import (
    ALWAYS,
    AUDIENCES,
    URGENCIES,
    Answer,
    Condition,
    Corridor,
    Guide,
    Kind,
    Node,
    Sheet,
    Walk,
)
from balise.problems import Location, Problem, did_you_mean, error
from balise.source import YamlDocument

GUIDE_FIELDS = (
    Field("title", required=True, longest=80, about="the guide's name"),
    Field("short", longest=40, about="its name where there is little room"),
    Field("description", required=True, longest=160, about="what it helps with, in one sentence"),
    Field("audience", "list", required=True, values=AUDIENCES, about="whom it is written for"),
    Field("slug", "slug", about="the guide's address word per language; the file name by default"),
    Field("fallback", "list", about="ids of channels where a country has none for a need, or none in the language"),
    Field("start", "identifier", required=True, about="the id of the first node"),
    Field("order", "number", about="place among the guides"),
    Field("reviewed", "date", about="when somebody last walked all its paths"),
    Field("allow", "records", about="exceptions from rules of the gate, each with `rule` and `reason`"),
    Field("longest", "number", about="steps of the longest path; 6 when left out"),
)
NODE_FIELDS = (
    Field("id", "identifier", required=True, about="the same in every language"),
    Field("ask", about="a question"),
    Field("advise", about="advice to read before going on"),
    Field("outcome", about="where a path ends"),
    Field("text", about="a paragraph under it"),
    Field("answers", "records", about="a question's answers"),
    Field("then", "identifier", about="where advice leads on to"),
    Field("do", "list", about="what to do now, in order"),
    Field("never", "list", about="what never to do"),
    Field("next", "list", about="what happens next"),
    Field("needs", "list", about="the needs that the outcome's channels answer"),
    Field("fallback", "list", about="ids of channels where a country has none"),
    Field("urgency", values=URGENCIES, about="how soon to act"),
    Field("reporting", "flag", about="`no` for an outcome that is not to report"),
    Field("critical", "flag", about="shown in one language whole or not at all"),
)
_ANSWER_FIELDS = (
    Field("say", required=True, longest=120, about="the answer in the reader's words"),
    Field("go", "identifier", required=True, about="the id of a node"),
    Field("when", "fields", about="the readers it is offered to"),
)
_WALK_FIELDS = (
    Field("name", required=True, about="who walks"),
    Field("country", about="the country; the site's own when left out"),
    Field("audience", values=AUDIENCES, about="the audience; the guide's first when left out"),
    Field("answers", "list", required=True, about="the answers in order, as they are worded"),
    Field("ends", "identifier", required=True, about="the outcome they lead to"),
)
_LOOP_FIELDS = (
    Field("from", "identifier", required=True, about="the node that leads back"),
    Field("to", "identifier", required=True, about="the node it leads back to"),
)
_SHEET_FIELDS = (
    Field("title", required=True, longest=60, about="what the sheet of paper is called"),
    Field("do", "list", required=True, about="what to do first, whatever happened"),
    Field("never", "list", required=True, about="what never to do"),
)
_CORRIDOR_FIELDS = (
    Field("title", required=True, longest=60, about="what the card is called"),
    Field("say", "list", required=True, about="what to say, as it is spoken"),
    Field("ask_not", "list", required=True, about="what not to ask or to say"),
    Field("note", "list", required=True, about="what to write down"),
    Field("after", "list", required=True, about="whom to tell, and what to do then"),
    Field("needs", "list", required=True, about="the needs that the card's channels answer"),
)
_RESERVED = re.compile(r"(?:guide|corridor|sheet(?:-.*)?)\Z")
"""Ids that no node has: what the guide's own texts and its pages for paper are filed under."""
_KINDS = {"ask": Kind.QUESTION, "advise": Kind.ADVICE, "outcome": Kind.OUTCOME}
_BELONGS = {
    Kind.QUESTION: {"answers"},
    Kind.ADVICE: {"then"},
    Kind.OUTCOME: {"do", "never", "next", "needs", "fallback", "urgency", "reporting"},
}
_LINK = re.compile(r"\]\(\s*<?#([^)>\s]*)")


@dataclass
class _Reading:
    """One guide's document and the problems found in it."""

    document: YamlDocument
    problems: list[Problem]

    def check(self, fields: Iterable[Field], what: str, *at: str | int) -> bool:
        """Note what is wrong with a mapping, and tell whether it may be used."""
        found = check_fields(self.document, fields, what=what, at=at)
        self.problems += found
        return not found

    def fault(self, rule: str, message: str, hint: str, *at: str | int) -> None:
        """Note an error at a value."""
        self.problems.append(error(rule, message, self.document.location(*at), hint))

    def items(self, *at: Any) -> list[Any]:
        """Return the records at a place, none where there is no list."""
        value: Any = self.document.value
        for key in at:
            value = value[key] if isinstance(value, list) or key in value else []
        return value if isinstance(value, list) else []


def parse_guide(document: YamlDocument, name: str) -> tuple[Guide | None, tuple[Problem, ...]]:
    """Return the guide of a YAML file and what is wrong with it; no guide where its head or all of its nodes are.

    What is wrong with a node leaves the node out. What nodes say of each other is for `check_guide`, but for the start.
    """
    reading = _Reading(document, [])
    top = (Field("guide", "fields", required=True), Field("nodes", "records", required=True))
    rest = (Field("loops", "records"), Field("walks", "records"), Field("sheet", "fields"), Field("corridor", "fields"))
    if not reading.check((*top, *rest), "a guide") or not reading.check(GUIDE_FIELDS, "the guide's head", "guide"):
        return None, tuple(reading.problems)
    head = document.value["guide"]
    if not head["audience"]:
        hint = f"allowed: {', '.join(AUDIENCES)}"
        reading.fault("data-invalid", '"audience" names nobody', hint, "guide", "audience")
        return None, tuple(reading.problems)
    nodes: dict[str, Node] = {}
    for index in range(len(reading.items("nodes"))):
        node = _node(reading, index)
        if node and _RESERVED.match(node.id):
            hint = "choose another id; the guide's own texts are filed under this one"
            reading.fault("guide-id", f'no node can be called "{node.id}"', hint, "nodes", index, "id")
        elif node and node.id in nodes:
            hint = f"give each node its own id; the first is on line {nodes[node.id].place.line}"
            reading.fault("guide-id", f'node "{node.id}" stands twice', hint, "nodes", index, "id")
        elif node:
            nodes[node.id] = node
    _check_start(reading, nodes)
    guide = Guide(
        id=name,
        path=document.path,
        title=head["title"],
        short=head.get("short", head["title"]),
        description=head["description"],
        audiences=tuple(head["audience"]),
        start=head["start"],
        nodes=nodes,
        slug=head.get("slug", {}),
        fallback=tuple(head.get("fallback", ())),
        loops=frozenset(_loops(reading)),
        walks=tuple(_walks(reading, head["audience"])),
        sheet=_sheet(reading),
        corridor=_corridor(reading),
        reviewed=head.get("reviewed", ""),
        order=int(head.get("order", 500)),
        longest=int(head.get("longest", 6)),
        place=document.location("guide"),
    )
    return guide, tuple(reading.problems)


def _check_start(reading: _Reading, nodes: Mapping[str, Node]) -> None:
    """Note a start that no node has for its id, one left out neither."""
    start = reading.document.value["guide"]["start"]
    if start not in {item.get("id") for item in reading.items("nodes")}:
        hint = did_you_mean(start, nodes, f"nodes: {', '.join(list(nodes)[:12])}")
        message = f'the guide starts at "{start}", which does not exist'
        reading.fault("guide-route", message, hint, "guide", "start")


def _node(reading: _Reading, index: int) -> Node | None:
    """Return a node, `None` where it cannot be used."""
    at = ("nodes", index)
    if not reading.check(NODE_FIELDS, "a node", *at):
        return None
    value: Mapping[str, Any] = reading.document.value["nodes"][index]
    kinds = [key for key in _KINDS if key in value]
    if len(kinds) != 1:
        hint = "write one of ask, advise and outcome"
        reading.fault("guide-node", f'node "{value["id"]}" is {" and ".join(kinds) or "nothing"}', hint, *at)
        return None
    kind = _KINDS[kinds[0]]
    for key in value.keys() & set().union(*_BELONGS.values()) - _BELONGS[kind]:
        owner = next(other for other, keys in _BELONGS.items() if key in keys)
        message = f'"{key}" belongs to {owner.value}, and node "{value["id"]}" is {kind.value}'
        reading.fault("guide-node", message, f"remove it, or write the node as {owner.value}", *at, key)
    lists = {key: tuple(value.get(key, ())) for key in ("do", "never", "next", "needs", "fallback")}
    return Node(
        id=value["id"],
        kind=kind,
        title=value[kinds[0]],
        place=reading.document.location(*at),
        text=value.get("text", ""),
        answers=tuple(_answers(reading, *at, "answers")),
        then=value.get("then", ""),
        urgency=value.get("urgency", "soon"),
        reporting=is_true(value.get("reporting", "yes")),
        critical=is_true(value.get("critical")),
        links=tuple(_links(reading, value, at)),
        **lists,
    )


def _answers(reading: _Reading, *at: str | int) -> Iterator[Answer]:
    """Yield the answers of a question that can be used."""
    for index, value in enumerate(reading.items(*at)):
        if not reading.check(_ANSWER_FIELDS, "an answer", *at, index):
            continue
        if "](" in value["say"]:
            message = f'the answer "{value["say"]}" holds a link, and is one itself'
            reading.fault("guide-node", message, "move the link into the node's `text`", *at, index, "say")
        else:
            when = _condition(reading, value["when"], (*at, index, "when")) if "when" in value else ALWAYS
            yield Answer(value["say"], value["go"], when, reading.document.location(*at, index))


def _condition(reading: _Reading, value: Mapping[str, Any], at: tuple[str | int, ...]) -> Condition:
    fields = tuple(Field(name, "list") for name in ("country", "language", "audience"))
    if not reading.check(fields, "a condition", *at):
        return ALWAYS
    return Condition(*(frozenset(value.get(field.name, ())) for field in fields))


def _links(reading: _Reading, value: Mapping[str, Any], at: tuple[str | int, ...]) -> Iterator[tuple[str, Location]]:
    """Yield the nodes that a node's texts link to (`[words](#id)`), with the place of each text."""
    for key in ("text", "do", "never", "next"):
        texts = [value[key]] if isinstance(value.get(key), str) else value.get(key, ())
        for index, text in enumerate(texts):
            place = (*at, key) if key == "text" else (*at, key, index)
            for target in _LINK.findall(text):
                yield target, reading.document.location(*place)


def _sheet(reading: _Reading) -> Sheet | None:
    """Return what the guide's sheet of paper says to everyone."""
    value = reading.document.value.get("sheet")
    if value is None or not reading.check(_SHEET_FIELDS, "the sheet", "sheet"):
        return None
    return Sheet(value["title"], tuple(value["do"]), tuple(value["never"]))


def _corridor(reading: _Reading) -> Corridor | None:
    """Return the guide's card for the corridor."""
    value = reading.document.value.get("corridor")
    if value is None or not reading.check(_CORRIDOR_FIELDS, "the corridor card", "corridor"):
        return None
    lists = (tuple(value[key]) for key in ("say", "ask_not", "note", "after", "needs"))
    return Corridor(value["title"], *lists)


def _loops(reading: _Reading) -> Iterator[tuple[str, str]]:
    """Yield the ways back that are meant."""
    for index, value in enumerate(reading.items("loops")):
        if reading.check(_LOOP_FIELDS, "a loop", "loops", index):
            yield value["from"], value["to"]


def _walks(reading: _Reading, audiences: list[str]) -> Iterator[Walk]:
    """Yield the example walks."""
    for index, value in enumerate(reading.items("walks")):
        if reading.check(_WALK_FIELDS, "a walk", "walks", index):
            place = reading.document.location("walks", index)
            audience = value.get("audience", audiences[0] if audiences else "")
            answers = tuple(value["answers"])
            yield Walk(value["name"], value.get("country", ""), audience, answers, value["ends"], place)


def guide_schema() -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of a guide's file, for editors."""

    def record(fields: Iterable[Field], **inside: Any) -> dict[str, Any]:
        schema = schema_of(fields, "")
        schema["properties"] |= inside
        return {key: value for key, value in schema.items() if key not in ("$schema", "title")}

    def records(item: dict[str, Any]) -> dict[str, Any]:
        return {"type": "array", "items": item}

    when = record(Field(name, "list") for name in ("country", "language", "audience"))
    node = record(NODE_FIELDS, answers=records(record(_ANSWER_FIELDS, when=when)))
    top = (Field("guide", "fields", required=True), Field("nodes", "records", required=True))
    whole = schema_of(top, "content/guides/<name>.yml")
    whole["properties"] |= {
        "guide": record(GUIDE_FIELDS),
        "nodes": records(node),
        "loops": records(record(_LOOP_FIELDS)),
        "walks": records(record(_WALK_FIELDS)),
        "sheet": record(_SHEET_FIELDS),
        "corridor": record(_CORRIDOR_FIELDS),
    }
    return whole
