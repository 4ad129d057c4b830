"""The proof: for every reader of a guide, that each answer leads on and each path ends where somebody can help."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from balise.guides.graph import Seen, see
from balise.guides.model import Answer, Guide, Kind, Node, Reader, Walk
from balise.guides.walk import WalkError, offered, walk
from balise.problems import Location, Problem, did_you_mean, error

_UNFINISHED = re.compile(r"\b(?:TODO|TBD|FIXME|XXX)\b")
_SPACE = re.compile(r"\s+")

Help = Callable[[Node, Reader], bool]
"""What tells whether an outcome names a channel that a reader can use."""


@dataclass(frozen=True)
class Around:
    """What a proof has to know beside the guide.

    `readers` are all whom the site has; `can_help` tells whether an outcome has a channel that a reader can use,
    `has_emergency` whether a country's emergency number stands on every page, `untranslated` the ids of the nodes whose
    texts an edition does not have, by language.
    """

    countries: Sequence[str]
    languages: Sequence[str]
    can_help: Help
    has_emergency: Callable[[str], bool]
    needs: Collection[str] = ()
    channels: Collection[str] = ()
    untranslated: Mapping[str, Collection[str]] | None = None

    def readers(self, guide: Guide) -> Iterator[Reader]:
        """Yield every reader of a guide."""
        for country in self.countries:
            for language in self.languages:
                for audience in guide.audiences:
                    yield Reader(country, language, audience)


@dataclass(frozen=True)
class Row:
    """What is proved of a guide for one reader; `walks` are the ways from its start to an outcome."""

    guide: str
    reader: Reader
    nodes: int
    walks: int
    longest: int
    outcomes: int
    violations: int


def prove(guide: Guide, around: Around) -> tuple[tuple[Row, ...], tuple[Problem, ...]]:
    """Return a row for each reader and every problem, each once with the readers it is of."""
    problems = list(check_guide(guide, around))
    rows: list[Row] = []
    found: dict[tuple[str, str, Location, str], list[Reader]] = {}
    reached: set[str] = set()
    for reader in around.readers(guide):
        seen = see(guide, reader)
        reached.update(seen.order)
        faults = list(_faults(guide, reader, seen, around))
        for fault in faults:
            found.setdefault((fault.rule, fault.message, fault.location, fault.hint), []).append(reader)
        outcomes = sum(guide.nodes[name].kind is Kind.OUTCOME for name in seen.order)
        start = guide.start
        rows.append(
            Row(
                guide.id,
                reader,
                len(seen.order),
                seen.walks.get(start, 0),
                seen.longest.get(start, 0),
                outcomes,
                len(faults),
            )
        )
    everybody = len(rows)
    for (rule, message, location, hint), readers in found.items():
        words = "" if len(readers) == everybody else f" (for {_named(readers)})"
        problems.append(error(rule, message + words, location, hint))
    problems += _orphans(guide, reached)
    shared = len(problems) - len(found)
    return tuple(replace(row, violations=row.violations + shared) for row in rows), tuple(problems)


def _named(readers: Sequence[Reader]) -> str:
    """Return readers in words: the first ones, and how many more."""
    names = ", ".join(map(str, readers[:3]))
    return f"{names} and {len(readers) - 3} more" if len(readers) > 3 else names


def check_guide(guide: Guide, around: Around) -> Iterator[Problem]:
    """Yield what is wrong with a guide whoever reads it: names, texts and conditions."""
    for node in guide.nodes.values():
        yield from _check_node(guide, node, around)
    for start, end in sorted(guide.loops):
        for name in (start, end):
            if name not in guide.nodes:
                yield _unknown(guide, name, "a loop names", guide.place)
    for example in guide.walks:
        yield from _check_walk(guide, example, around)


def _check_node(guide: Guide, node: Node, around: Around) -> Iterator[Problem]:
    for answer in node.answers:
        if answer.go not in guide.nodes:
            yield _unknown(guide, answer.go, f'the answer "{answer.say}" leads to', answer.place)
        yield from _check_condition(guide, answer, around)
    if node.kind is Kind.ADVICE and not node.then:
        hint = "add `then:` with the node that it leads on to"
        yield error("guide-dead-end", f'advice "{node.id}" leads nowhere', node.place, hint)
    elif node.kind is Kind.ADVICE and node.then not in guide.nodes:
        yield _unknown(guide, node.then, f'advice "{node.id}" leads on to', node.place)
    for target, place in node.links:
        if target not in guide.nodes:
            yield _unknown(guide, target, f'a text of "{node.id}" links to', place)
    for part in _unfinished(node):
        message = f'"{node.id}" is not finished: {part} holds a note'
        yield error("guide-unfinished", message, node.place, "finish it")
    if node.kind is Kind.OUTCOME and not node.next:
        hint = "add `next:` with what the reader may expect"
        yield error("guide-outcome", f'outcome "{node.id}" does not say what happens next', node.place, hint)
    for name, known, what in ((node.needs, around.needs, "need"), (node.fallback, around.channels, "channel")):
        for word in name:
            if word not in known:
                hint = did_you_mean(word, known, f"{what}s: {', '.join(sorted(known)[:12])}")
                yield error(f"{what}-unknown", f'{what} "{word}" does not exist', node.place, hint)


def _unfinished(node: Node) -> list[str]:
    """Return the parts of a node whose text is still to be written."""
    return [part for part, text in node.texts() if _UNFINISHED.search(text)]


def _check_condition(guide: Guide, answer: Answer, around: Around) -> Iterator[Problem]:
    """Yield a problem for each part of a condition that no reader of the guide meets."""
    when = answer.when
    for given, known, what in (
        (when.countries, around.countries, "country"),
        (when.languages, around.languages, "language"),
        (when.audiences, guide.audiences, "audience"),
    ):
        if given and not given & set(known):
            words = ", ".join(sorted(given))
            hint = f"this guide is read with {what}: {', '.join(known)}"
            message = f'the answer "{answer.say}" is offered to nobody: {what} {words}'
            yield error("guide-condition", message, answer.place, hint)


def _check_walk(guide: Guide, example: Walk, around: Around) -> Iterator[Problem]:
    for country in [example.country] if example.country else around.countries:
        reader = Reader(country, around.languages[0], example.audience)
        try:
            end = walk(guide, example.answers, reader)
        except WalkError as refused:
            message = f'the walk "{example.name}" stops: {refused}'
            yield error("guide-walk", message, example.place, "mend one of the two")
            return
        except KeyError:
            return  # the route to a node that does not exist has a problem of its own
        if end.id != example.ends:
            message = f'the walk "{example.name}" ends at "{end.id}" and not at "{example.ends}" (for {reader})'
            yield error("guide-walk", message, example.place, "mend the answers, or what the walk expects")
            return


def _unknown(guide: Guide, name: str, what: str, place: Location) -> Problem:
    hint = did_you_mean(name, guide.nodes, f"nodes: {', '.join(list(guide.nodes)[:12])}")
    return error("guide-route", f'{what} "{name}", which does not exist', place, hint)


def _orphans(guide: Guide, reached: Collection[str]) -> Iterator[Problem]:
    for node in guide.nodes.values():
        if node.id not in reached:
            hint = "let an answer or a text lead to it, or remove it"
            yield error("guide-orphan", f'nobody reaches "{node.id}"', node.place, hint)


def _faults(guide: Guide, reader: Reader, seen: Seen, around: Around) -> Iterator[Problem]:
    """Yield what is wrong with a guide for one reader."""
    for route in seen.back:
        if route not in guide.loops:
            message = f'"{route[0]}" leads back to "{route[1]}"'
            hint = f"declare it: loops: [{{from: {route[0]}, to: {route[1]}}}], or lead on"
            yield error("guide-loop", message, guide.nodes[route[0]].place, hint)
    if seen.order and seen.longest[guide.start] > guide.longest:
        message = f"the longest path has {seen.longest[guide.start]} steps, and {guide.longest} are allowed"
        yield error("guide-long", message, guide.place, "shorten it: ask what decides first")
    if not around.has_emergency(reader.country):
        message = f"no emergency number of {reader.country} stands on every page"
        yield error("guide-emergency", message, guide.place, f"add `{reader.country}` to `emergency` in site.yml")
    if seen.order and not any(not guide.nodes[name].reporting for name in seen.order):
        hint = "add an outcome with `reporting: no` for those who do not want to report"
        yield error("guide-way-out", "no path ends without a report", guide.place, hint)
    missing = (around.untranslated or {}).get(reader.language, ())
    for name in seen.order:
        node = guide.nodes[name]
        yield from _node_faults(node, reader, seen, around)
        if node.critical and name in missing and not _unfinished(node):
            message = f'critical "{name}" is not translated into {reader.language}'
            yield error("guide-untranslated", message, node.place, "translate all of its texts")


def _node_faults(node: Node, reader: Reader, seen: Seen, around: Around) -> Iterator[Problem]:
    if node.kind is Kind.QUESTION:
        answers = offered(node, reader)
        if not answers:
            hint = "add an answer without a condition"
            yield error("guide-answers", f'"{node.id}" offers no answer', node.place, hint)
        yield from _repeated(node, answers)
    if node.kind is Kind.OUTCOME and not around.can_help(node, reader):
        hint = "name another need, or declare a `fallback:` of channels"
        yield error("guide-channel", f'outcome "{node.id}" has no channel to use', node.place, hint)
    if node.kind is not Kind.OUTCOME and node.id not in seen.end and (node.then or node.answers):
        yield error("guide-dead-end", f'no path from "{node.id}" ends in an outcome', node.place, "lead it on")


def _repeated(node: Node, answers: Iterable[Answer]) -> Iterator[Problem]:
    """Yield a problem for each answer that a reader is offered twice, in words or by where it leads."""
    said: dict[str, Answer] = {}
    led: dict[str, Answer] = {}
    for answer in answers:
        words = _SPACE.sub(" ", answer.say).strip(" .?!\u00a0\u202f").casefold()
        first = said.get(words) or led.get(answer.go)
        if first:
            what = "says the same as" if words in said else "leads where the other one leads"
            message = f'the answer "{answer.say}" of "{node.id}" {what}: line {first.place.line}'
            yield error("guide-answer-twice", message, answer.place, "keep one of the two")
        said.setdefault(words, answer)
        led.setdefault(answer.go, answer)
