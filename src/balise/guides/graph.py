"""The graph of a guide as one reader sees it: what is reached, in which order, how many ways there are, how long."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from balise.guides.model import Guide, Kind, Node, Reader


@dataclass(frozen=True)
class Seen:
    """A guide as one reader walks it.

    `order` are the nodes reached, each before those it leads to where `back` are left out: the routes that return to a
    node on the way to themselves. `walks` counts the ways from each node to an outcome, `longest` its steps at most;
    both go over the routes that lead on alone, and take time linear in nodes and routes. From each node in `end` a
    reader comes to an outcome, be it by a route back.
    """

    order: tuple[str, ...]
    back: tuple[tuple[str, str], ...]
    walks: Mapping[str, int]
    longest: Mapping[str, int]
    end: frozenset[str]


def see(guide: Guide, reader: Reader | None = None) -> Seen:
    """Return the guide as a reader (all together, where none is given) walks it from its start.

    Routes to nodes that do not exist lead nowhere.
    """
    order, back = _order(guide, reader)
    loops = set(back)
    walks: dict[str, int] = {}
    longest: dict[str, int] = {}
    for name in reversed(order):
        node = guide.nodes[name]
        on = [target for target in onward(guide, node, reader) if (name, target) not in loops]
        is_end = node.kind is Kind.OUTCOME
        walks[name] = is_end + sum(walks[target] for target in on)
        longest[name] = max((longest[target] + 1 for target in on), default=0)
    return Seen(tuple(order), tuple(back), walks, longest, _ending(guide, reader, order))


def onward(guide: Guide, node: Node, reader: Reader | None) -> tuple[str, ...]:
    """Return the nodes that a reader can go to, each once, in the order of the page."""
    return tuple(dict.fromkeys(target for target in node.routes(reader) if target in guide.nodes))


def _order(guide: Guide, reader: Reader | None) -> tuple[list[str], list[tuple[str, str]]]:
    """Return the nodes reached, in topological order, and the routes back that were left out for it."""
    done: list[str] = []
    back: list[tuple[str, str]] = []
    open_nodes: dict[str, None] = {}
    finished: set[str] = set()
    if guide.start not in guide.nodes:
        return [], []
    waiting = [(guide.start, iter(onward(guide, guide.nodes[guide.start], reader)))]
    open_nodes[guide.start] = None
    while waiting:
        name, targets = waiting[-1]
        target = next(targets, None)
        if target is None:
            waiting.pop()
            del open_nodes[name]
            finished.add(name)
            done.append(name)
        elif target in open_nodes:
            back.append((name, target))
        elif target not in finished:
            open_nodes[target] = None
            waiting.append((target, iter(onward(guide, guide.nodes[target], reader))))
    return done[::-1], back


def _ending(guide: Guide, reader: Reader | None, order: list[str]) -> frozenset[str]:
    """Return those of these nodes from which an outcome is reached, by routes on and back."""
    before: dict[str, list[str]] = {name: [] for name in order}
    for name in order:
        for target in onward(guide, guide.nodes[name], reader):
            before[target].append(name)
    waiting = [name for name in order if guide.nodes[name].kind is Kind.OUTCOME]
    found = set(waiting)
    for name in waiting:
        for other in before[name]:
            if other not in found:
                found.add(other)
                waiting.append(other)
    return frozenset(found)


def nearest_ways(guide: Guide) -> Mapping[str, tuple[int, str]]:
    """Return for each node that anybody reaches its steps from the start on the shortest way, 1 at the start.

    With them stands the node before it on that way, "" at the start.
    """
    found = {guide.start: (1, "")} if guide.start in guide.nodes else {}
    waiting = list(found)
    for name in waiting:
        for target in onward(guide, guide.nodes[name], None):
            if target not in found:
                found[target] = (found[name][0] + 1, name)
                waiting.append(target)
    return found


def main_needs(guide: Guide, start: str) -> tuple[str, ...]:
    """Return the needs of the outcome that a path from a node is likely to end at: the nearest that is no emergency."""
    found = {start: None} if start in guide.nodes else {}
    outcomes: list[Node] = []
    waiting = list(found)
    for name in waiting:
        node = guide.nodes[name]
        if node.kind is Kind.OUTCOME:
            outcomes.append(node)
        for target in onward(guide, node, None) if node.kind is not Kind.OUTCOME else ():
            if target not in found:
                found[target] = None
                waiting.append(target)
    calm = [node for node in outcomes if node.urgency != "now"]
    return (calm or outcomes)[0].needs if outcomes else ()
