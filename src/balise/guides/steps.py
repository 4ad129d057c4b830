"""The pages of a guide: one for each node, its texts cut into units, so that nodes and pages are translated alike."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from balise.guides.graph import nearest_ways, see
from balise.guides.model import Guide, Kind, Node, Step
from balise.markdown import block_skeleton
from balise.page import Page, PageType, Section, parse_page_type
from balise.problems import Problem, error
from balise.protected import PLAIN_START
from balise.source import YamlDocument
from balise.units import cut_units

THEME_TYPES = Path(__file__).parents[1] / "theme" / "guides"
"""The page types of guides: one for each kind of node, and one for a guide's first page."""
At = tuple[str | int, ...]
"""The keys that lead to a value of a guide's file."""
_PARAGRAPH = [("start", "Paragraph"), ("end", "Paragraph")]


def load_guide_types() -> Mapping[str, PageType]:
    """Return the page types of guides as the theme has them."""
    found: dict[str, PageType] = {}
    for path in sorted(THEME_TYPES.glob("*.md")):
        page_type, _ = parse_page_type(path.read_text("utf-8"), f"theme/guides/{path.name}", path.stem, {})
        if page_type:
            found[path.stem] = page_type
    return found


def guide_pages(
    guide: Guide, document: YamlDocument, types: Mapping[str, PageType], language: str, countries: Sequence[str]
) -> tuple[tuple[Page, ...], tuple[Problem, ...]]:
    """Return the pages of a guide, the first one first, those for paper last, and what is wrong with their texts.

    There is a sheet of paper for each of the countries.
    """
    ways, longest = nearest_ways(guide), see(guide).longest
    places: dict[str, int] = {}
    for index, value in enumerate(document.value["nodes"]):
        if isinstance(value, dict):
            places.setdefault(str(value.get("id")), index)
    pages: list[Page] = []
    problems: list[Problem] = []
    for node in sorted(guide.nodes.values(), key=lambda node: node.id != guide.start):
        number, back = ways.get(node.id, (1, ""))
        step = Step(
            guide=guide.id,
            node=node.id,
            kind=node.kind,
            start=guide.start,
            audiences=guide.audiences,
            answers=tuple((answer.go, answer.when) for answer in node.answers),
            then=node.then,
            back=back,
            number=number,
            left=longest.get(node.id, 0),
            fallback=(node.fallback, guide.fallback),
        )
        page, found = _page(_NodeSource(guide, node, document, ("nodes", places[node.id])), step, types, language)
        pages.append(page)
        problems += found
    if guide.nodes[guide.start].kind is not Kind.QUESTION:
        message = f'the guide starts at "{guide.start}", which asks nothing'
        place = document.location("guide", "start")
        problems.append(error("guide-start", message, place, "start at a node with `ask:`"))
    for step in _paper(guide, countries):
        page, found = _page(_PaperSource(guide, document, step.kind), step, types, language)
        pages.append(page)
        problems += () if step.is_copy else found
    return tuple(pages), tuple(problems)


def _paper(guide: Guide, countries: Sequence[str]) -> Iterator[Step]:
    """Yield the steps of a guide that are made for paper."""
    common: dict[str, Any] = {"guide": guide.id, "start": guide.start, "audiences": guide.audiences, "number": 0}
    common |= {"fallback": (guide.fallback,), "back": guide.start}
    for place, country in enumerate(countries if guide.sheet else ()):
        yield Step(node=f"sheet-{country.lower()}", kind=Kind.SHEET, country=country, is_copy=place > 0, **common)
    if guide.corridor:
        yield Step(node="corridor", kind=Kind.CORRIDOR, **common)


class _Source:
    """The texts of a page with their place in the guide's file; `problems` are those found while they are written."""

    is_critical = True

    def __init__(self, guide: Guide, document: YamlDocument, at: At) -> None:
        self.guide, self.document, self.at = guide, document, at
        self.problems: list[Problem] = []

    def line(self, *at: str | int) -> int:
        """Return the line of the value at these keys."""
        return self.document.location(*self.at, *at).line

    def sections(self) -> Iterator[tuple[str, tuple[tuple[str, int], ...]]]:
        """Yield the sections of the page: id, and its blocks with the line of each."""
        raise NotImplementedError

    def meta(self) -> tuple[Mapping[str, Any], Mapping[At, tuple[int, int]]]:
        """Return the front matter of the page, and the places of its texts."""
        raise NotImplementedError

    def _list(self, mark: str, texts: Iterable[str], key: str) -> tuple[tuple[str, int], ...]:
        items = tuple((self._paragraph(text, key, index), self.line(key, index)) for index, text in enumerate(texts))
        return tuple((mark + text, line) for text, line in items)

    def _paragraph(self, text: str, *at: str | int) -> str:
        """Return a text on one line; one that begins like a list or a heading is noted, and kept from being one."""
        line = one_line(text)
        if PLAIN_START.match(line) or [step[:2] for step in block_skeleton(line.encode())] == _PARAGRAPH:
            return line
        message = f'the text "{line}" begins like a list, a heading or another block'
        place = self.document.location(*self.at, *at)
        self.problems.append(error("guide-text", message, place, "begin it with a word"))
        return f"\\{line}"

    def _place(self, *at: str | int) -> tuple[int, int]:
        place = self.document.location(*at)
        return place.line, place.column


class _NodeSource(_Source):
    """A node with the place of its texts in the guide's file."""

    def __init__(self, guide: Guide, node: Node, document: YamlDocument, at: At) -> None:
        super().__init__(guide, document, at)
        self.node, self.is_first, self.is_critical = node, node.id == guide.start, node.critical

    def sections(self) -> Iterator[tuple[str, tuple[tuple[str, int], ...]]]:
        """Yield the sections of the node's page: id, and its blocks with the line of each."""
        node = self.node
        yield "", ((self._paragraph(node.text, "text"), self.line("text")),) if node.text else ()
        if node.kind is Kind.QUESTION:
            asked = ((f"## {one_line(node.title)} {{#question}}", self.line("ask")),) if self.is_first else ()
            answers = (answer.say for answer in node.answers)
            yield "answers", (*asked, *self._list("1. ", answers, "answers"))
        if node.kind is Kind.OUTCOME:
            yield "do", self._list("1. ", node.do, "do")
            yield "never", self._list("- ", node.never, "never")
            yield "next", self._list("- ", node.next, "next")

    def meta(self) -> tuple[Mapping[str, Any], Mapping[At, tuple[int, int]]]:
        """Return the front matter of the node's page, and the places of its texts."""
        guide, node = self.guide, self.node
        shared: dict[str, Any] = {"needs": node.needs, "noindex": "yes"}
        if guide.reviewed:
            shared["reviewed"] = guide.reviewed
        if not self.is_first:
            key = {Kind.QUESTION: "ask", Kind.ADVICE: "advise", Kind.OUTCOME: "outcome"}[node.kind]
            return {**shared, "title": node.title}, {("title",): self._place(*self.at, key)}
        texts = {"title": guide.title, "short": guide.short, "description": guide.description}
        meta = {**shared, **texts, "slug": guide.slug, "order": str(guide.order), "noindex": "no"}
        return meta, {(key,): self._place("guide", key) for key in texts}


class _PaperSource(_Source):
    """What a guide says on paper to everyone, with the place of its texts in the guide's file."""

    def __init__(self, guide: Guide, document: YamlDocument, kind: Kind) -> None:
        super().__init__(guide, document, (kind.value,))
        self.kind = kind

    def sections(self) -> Iterator[tuple[str, tuple[tuple[str, int], ...]]]:
        """Yield the sections of the page: id, and its blocks with the line of each."""
        names = ("do", "never") if self.kind is Kind.SHEET else ("say", "ask_not", "note", "after")
        written = self.document.value[self.kind.value]
        for name in names:
            mark = "1. " if name in ("do", "after") else "- "
            yield name.replace("_", "-"), self._list(mark, written[name], name)

    def meta(self) -> tuple[Mapping[str, Any], Mapping[At, tuple[int, int]]]:
        """Return the front matter of the page, and the places of its texts."""
        written = self.document.value[self.kind.value]
        needs = tuple(written.get("needs", ()))
        return {"needs": needs, "noindex": "yes", "title": written["title"]}, {
            ("title",): self._place(self.kind.value, "title")
        }


def one_line(text: str) -> str:
    """Return a text without the line breaks that it is written with."""
    return " ".join(text.split())


_ALLOW = ("guide", "allow")


def _with_exceptions(front: YamlDocument, guide: YamlDocument) -> YamlDocument:
    """Return the front matter of a page with the exceptions from rules that its guide makes, and their places."""
    allowed = guide.value["guide"].get("allow")
    if not allowed:
        return front
    places = {at: place for at, place in guide.places.items() if at[:2] == _ALLOW}
    keys = {at: place for at, place in guide.keys.items() if at[:2] == _ALLOW}
    return YamlDocument(front.path, {**front.value, "guide": {"allow": allowed}}, {**front.places, **places}, keys)


def _page(
    source: _Source, step: Step, types: Mapping[str, PageType], language: str
) -> tuple[Page, tuple[Problem, ...]]:
    """Return the page of a node and what is wrong with its texts."""
    body, lines, parts = "", [], []
    for name, blocks in source.sections():
        start = len(body.encode())
        for text, line in blocks:
            is_item = text[:2] in ("1.", "- ")
            body += f"{text}\n" if is_item else f"{text}\n\n"
            lines += [line] if is_item else [line, line]
        body += "\n"
        lines.append(lines[-1] if lines else source.line())
        parts.append(Section(name, start, len(body.encode()), source.is_critical))
    path = source.document.path
    cutting, found = cut_units(body, path)
    meta, places = source.meta()
    kind = types["guide-start" if step.is_first else f"guide-{step.kind.value}"]
    page = Page(
        id=step.page(step.node),
        path=path,
        language=language,
        type=kind,
        meta={"type": kind.name, **meta},
        cutting=cutting,
        body_line=source.line(),
        document=_with_exceptions(YamlDocument(path, meta, places), source.document),
        step=step,
        parts=tuple(parts),
        lines=tuple(lines),
    )
    problems = tuple(
        replace(problem, location=replace(problem.location, line=page.line(problem.location.line), column=0))
        for problem in found
    )
    return page, (*source.problems, *problems)
