"""A walk through a guide: answers folded over it, one after the other."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import reduce

from balise.errors import BaliseError
from balise.guides.model import Answer, Guide, Kind, Node, Reader
from balise.problems import did_you_mean


class WalkError(BaliseError):
    """An answer that the node does not offer this reader, or one too many."""


def offered(node: Node, reader: Reader) -> tuple[Answer, ...]:
    """Return the answers that a question offers a reader."""
    return tuple(answer for answer in node.answers if answer.when.holds(reader))


def begin(guide: Guide) -> Node:
    """Return the node that a walk starts at."""
    return guide.nodes[guide.start]


def step(guide: Guide, node: Node, said: str, reader: Reader) -> Node:
    """Return the node that an answer leads to, past advice; `said` is its wording or its number from 1.

    Raises `WalkError` for an answer that is not offered.
    """
    node = rest(guide, node)
    answers = offered(node, reader)
    if node.kind is not Kind.QUESTION:
        raise WalkError(f'"{said}" is one answer too many: the walk has ended at "{node.id}"')
    chosen = next((answer for answer in answers if answer.say == said), None)
    if chosen is None and said.isdecimal() and 0 < int(said) <= len(answers):
        chosen = answers[int(said) - 1]
    if chosen is None:
        words = [answer.say for answer in answers]
        hint = did_you_mean(said, words, f"it offers: {' · '.join(words)}")
        raise WalkError(f'"{node.id}" does not offer "{said}" to {reader}; {hint}')
    return guide.nodes[chosen.go]


def rest(guide: Guide, node: Node) -> Node:
    """Return the first question or outcome from a node on; advice is read and left behind."""
    seen: set[str] = set()
    while node.kind is Kind.ADVICE and node.id not in seen:
        seen.add(node.id)
        node = guide.nodes[node.then]
    return node


def walk(guide: Guide, answers: Iterable[str], reader: Reader) -> Node:
    """Return where answers lead from the start. Raises `WalkError` for one that is not offered."""
    said: Sequence[str] = tuple(answers)
    return rest(guide, reduce(lambda node, answer: step(guide, node, answer, reader), said, begin(guide)))
