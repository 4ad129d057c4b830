"""Where the nodes of a guide stand when it is drawn: a tree from left to right, each node beside those it leads to."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping
from dataclasses import dataclass

from balise.guides.graph import nearest_ways, onward
from balise.guides.model import Guide, Kind

WIDTH, GAP_X, GAP_Y, LINE, PADDING = 300, 60, 12, 17, 10
"""Width of a box, the gaps between columns and between boxes, height of a line and room in a box, in pixels."""
LETTERS = 36
"""Letters of a line in a box, about."""


@dataclass(frozen=True)
class Box:
    """A node as it is drawn: its place and size in pixels, the answer that leads to it, and its name, in lines."""

    node: str
    kind: Kind
    x: float
    y: float
    height: float
    said: tuple[str, ...]
    title: tuple[str, ...]


@dataclass(frozen=True)
class Drawing:
    """A guide as it is drawn; `lines` lead from node to node, `across` are those that join what stands elsewhere."""

    boxes: Mapping[str, Box]
    lines: tuple[tuple[str, str], ...]
    across: tuple[tuple[str, str], ...]
    width: float
    height: float


def lay_out(guide: Guide) -> Drawing:
    """Return the drawing of the nodes that anybody reaches; each stands once, behind the nearest node before it."""
    ways = nearest_ways(guide)
    children: dict[str, list[str]] = {name: [] for name in ways}
    for name, (_, before) in ways.items():
        if before:
            children[before].append(name)
    words = {name: _words(guide, name, before) for name, (_, before) in ways.items()}
    sizes = {name: 2.0 * PADDING + LINE * (len(said) + len(title)) for name, (said, title) in words.items()}
    order = _leaves_last(children, guide.start)
    rooms: dict[str, float] = {}
    for name in reversed(order):
        inside = sum(rooms[child] for child in children[name]) + GAP_Y * max(0, len(children[name]) - 1)
        rooms[name] = max(sizes[name], inside)
    tops = dict.fromkeys(order[:1], 0.0)
    boxes: dict[str, Box] = {}
    for name in order:
        y = tops[name] + (rooms[name] - sizes[name]) / 2
        x = (ways[name][0] - 1.0) * (WIDTH + GAP_X)
        boxes[name] = Box(name, guide.nodes[name].kind, x, y, sizes[name], *words[name])
        inside = sum(rooms[child] for child in children[name]) + GAP_Y * max(0, len(children[name]) - 1)
        top = tops[name] + (rooms[name] - inside) / 2
        for child in children[name]:
            tops[child] = top
            top += rooms[child] + GAP_Y
    routes = [(name, target) for name in ways for target in onward(guide, guide.nodes[name], None)]
    tree = tuple(route for route in routes if ways[route[1]][1] == route[0])
    across = tuple(route for route in routes if route not in set(tree))
    width = max((box.x for box in boxes.values()), default=0) + WIDTH
    bottom = max((box.y + box.height for box in boxes.values()), default=0)
    return Drawing(boxes, tree, across, width, bottom)


def _leaves_last(children: Mapping[str, list[str]], start: str) -> list[str]:
    """Return the nodes of the tree, each before those below it."""
    found: list[str] = []
    waiting = [start] if start in children else []
    while waiting:
        name = waiting.pop()
        found.append(name)
        waiting += children[name]
    return found


def _words(guide: Guide, name: str, before: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the lines of the answer that leads to a node, none where none does, and those of the node's name."""
    answers = guide.nodes[before].answers if before else ()
    said = next((answer.say for answer in answers if answer.go == name), "")
    return tuple(textwrap.wrap(said, LETTERS)), tuple(textwrap.wrap(guide.nodes[name].title, LETTERS))
