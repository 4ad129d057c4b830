"""What a guide is: questions, advice and outcomes, and who the reader is that a condition asks about."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum

from balise.problems import Location

AUDIENCES = ("child", "parent", "educator", "adult")
"""Whom a guide may be written for."""
FOLDER = "guides"
"""Where guides stand in content/, and the section of the site that their pages belong to."""
URGENCIES = ("now", "today", "soon")
"""How soon an outcome has to be acted on, the most urgent first."""


@dataclass(frozen=True, order=True)
class Reader:
    """Whom a walk is for: country (ISO 3166), language of the edition, audience."""

    country: str
    language: str
    audience: str

    def __str__(self) -> str:
        """Return the reader as the proof names one: `BE fr parent`."""
        return f"{self.country} {self.language} {self.audience}"


@dataclass(frozen=True)
class Condition:
    """When an answer is offered: to readers of these countries, languages and audiences; empty stands for all."""

    countries: frozenset[str] = frozenset()
    languages: frozenset[str] = frozenset()
    audiences: frozenset[str] = frozenset()

    def holds(self, reader: Reader) -> bool:
        """Tell whether the condition holds for a reader."""
        return (
            (not self.countries or reader.country in self.countries)
            and (not self.languages or reader.language in self.languages)
            and (not self.audiences or reader.audience in self.audiences)
        )


ALWAYS = Condition()


class Kind(Enum):
    """What a page of a guide shows: one of the three kinds of nodes, or what is made for paper."""

    QUESTION = "question"
    ADVICE = "advice"
    OUTCOME = "outcome"
    SHEET = "sheet"
    CORRIDOR = "corridor"


@dataclass(frozen=True)
class Answer:
    """One way on from a question, in the reader's words."""

    say: str
    go: str
    when: Condition
    place: Location


@dataclass(frozen=True)
class Node:
    """One page of a guide.

    `title` is the question, the advice's or the outcome's name. A question has `answers`, an advice leads on by `then`,
    an outcome ends the walk: what to `do`, what `never` to do, what happens `next`, and whom to turn to, by `needs`,
    with channels of any country as a declared `fallback`. `reporting` tells whether an outcome is to report something.
    `links` are nodes that its texts link to. A `critical` node is shown in one language whole or not at all.
    """

    id: str
    kind: Kind
    title: str
    place: Location
    text: str = ""
    answers: tuple[Answer, ...] = ()
    then: str = ""
    do: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    next: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    fallback: tuple[str, ...] = ()
    urgency: str = "soon"
    reporting: bool = True
    critical: bool = False
    links: tuple[tuple[str, Location], ...] = ()

    def routes(self, reader: Reader | None = None) -> Iterator[str]:
        """Yield the nodes that a reader (all, where none is given) can go to from here, links in texts too."""
        for answer in self.answers:
            if reader is None or answer.when.holds(reader):
                yield answer.go
        if self.then:
            yield self.then
        for target, _ in self.links:
            yield target

    def texts(self) -> Iterator[tuple[str, str]]:
        """Yield each text with the name of its part, as translators see it."""
        yield "title", self.title
        if self.text:
            yield "text", self.text
        for number, answer in enumerate(self.answers, 1):
            yield f"answer-{number}", answer.say
        for name in ("do", "never", "next"):
            for number, text in enumerate(getattr(self, name), 1):
                yield f"{name}-{number}", text


@dataclass(frozen=True)
class Walk:
    """An example: answers in order as they are worded, for a country and an audience, and the outcome they lead to."""

    name: str
    country: str
    audience: str
    answers: tuple[str, ...]
    ends: str
    place: Location


@dataclass(frozen=True)
class Corridor:
    """A card for the corridor of a school: what to say, what not to ask, what to write down, and what to do then."""

    title: str
    say: tuple[str, ...]
    ask_not: tuple[str, ...]
    note: tuple[str, ...]
    after: tuple[str, ...]
    needs: tuple[str, ...]


@dataclass(frozen=True)
class Sheet:
    """What a guide's sheet of paper says to everyone: what to do first, and what never to do."""

    title: str
    do: tuple[str, ...]
    never: tuple[str, ...]


@dataclass(frozen=True)
class Guide:
    """A guide as its file says; `loops` are the ways back that are meant, from one node to another."""

    id: str
    path: str
    title: str
    short: str
    description: str
    audiences: tuple[str, ...]
    start: str
    nodes: Mapping[str, Node]
    slug: Mapping[str, str] = field(default_factory=dict)
    fallback: tuple[str, ...] = ()
    loops: frozenset[tuple[str, str]] = frozenset()
    walks: tuple[Walk, ...] = ()
    reviewed: str = ""
    order: int = 500
    sheet: Sheet | None = None
    corridor: Corridor | None = None
    longest: int = 6
    place: Location = field(default=Location(""))


@dataclass(frozen=True)
class Step:
    """What a page needs to know of the guide whose node it shows; targets are the ids of nodes.

    `start` is the guide's first node. `back` leads one step nearer to it, "" on it. `number` counts steps from 1 on the
    shortest way (0 for what is made for paper), `left` those to come on the longest one. `fallback` are channels for a
    country that has none for the node's needs, or none in the reader's language: the node's own, then the guide's. A
    sheet is for one `country`; those of all countries but the first are a `copy` with the same texts.
    """

    guide: str
    node: str
    kind: Kind
    start: str
    audiences: tuple[str, ...]
    answers: tuple[tuple[str, Condition], ...] = ()
    then: str = ""
    back: str = ""
    number: int = 1
    left: int = 0
    fallback: tuple[tuple[str, ...], ...] = ()
    country: str = ""
    is_copy: bool = False

    @property
    def file(self) -> str:
        """Return what the page's texts are filed under in the guide's catalogue; all sheets share theirs."""
        if self.is_first:
            return "guide"
        return self.kind.value if self.kind in (Kind.SHEET, Kind.CORRIDOR) else self.node

    @property
    def is_first(self) -> bool:
        """Tell whether this is the guide's first page."""
        return self.node == self.start

    def page(self, node: str) -> str:
        """Return the id of the page that shows a node of the same guide."""
        return step_page(self.guide, node, self.start)


def step_page(guide: str, node: str, start: str) -> str:
    """Return the id of the page that shows a node: the guide's own for the first one."""
    return f"{FOLDER}/{guide}" if node == start else f"{FOLDER}/{guide}--{node}"
