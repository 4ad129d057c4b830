"""The pages of a guide: one for each node, its texts cut into units, so that nodes and pages are translated alike."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
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
            found[path.stem] = replace(page_type, of_theme=True)
    return found


def guide_pages(
    guide: Guide, document: YamlDocument, types: Mapping[str, PageType], language: str
) -> tuple[tuple[Page, ...], tuple[Problem, ...]]:
    """Return the pages of a guide, the first one first, and what is wrong with their texts."""
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
            fallback=(*node.fallback, *guide.fallback),
        )
        page, found = _page(_Source(guide, node, document, ("nodes", places[node.id])), step, types, language)
        pages.append(page)
        problems += found
    return tuple(pages), tuple(problems)


class _Source:
    """A node with the place of its texts in the guide's file."""

    def __init__(self, guide: Guide, node: Node, document: YamlDocument, at: At) -> None:
        self.guide, self.node, self.document, self.at = guide, node, document, at
        self.is_first = node.id == guide.start
        self.problems: list[Problem] = []

    def line(self, *at: str | int) -> int:
        """Return the line of the node's value at these keys."""
        return self.document.location(*self.at, *at).line

    def sections(self) -> Iterator[tuple[str, tuple[tuple[str, int], ...]]]:
        """Yield the sections of the node's page: id, and its blocks with the line of each."""
        node = self.node
        yield "", ((self._paragraph(node.text, "text"), self.line("text")),) if node.text else ()
        if node.kind is Kind.QUESTION:
            asked = ((f"## {_one_line(node.title)} {{#question}}", self.line("ask")),) if self.is_first else ()
            answers = (answer.say for answer in node.answers)
            yield "answers", (*asked, *self._list("1. ", answers, "answers"))
        if node.kind is Kind.OUTCOME:
            yield "do", self._list("1. ", node.do, "do")
            yield "never", self._list("- ", node.never, "never")
            yield "next", self._list("- ", node.next, "next")

    def _list(self, mark: str, texts: Iterable[str], key: str) -> tuple[tuple[str, int], ...]:
        items = tuple((self._paragraph(text, key, index), self.line(key, index)) for index, text in enumerate(texts))
        return tuple((mark + text, line) for text, line in items)

    def _paragraph(self, text: str, *at: str | int) -> str:
        """Return a text on one line; one that begins like a list or a heading is noted, and kept from being one."""
        line = _one_line(text)
        if PLAIN_START.match(line) or [step[:2] for step in block_skeleton(line.encode())] == _PARAGRAPH:
            return line
        message = f'the text "{line}" begins like a list, a heading or another block'
        place = self.document.location(*self.at, *at)
        self.problems.append(error("guide-text", message, place, "begin it with a word"))
        return f"\\{line}"

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

    def _place(self, *at: str | int) -> tuple[int, int]:
        place = self.document.location(*at)
        return place.line, place.column


def _one_line(text: str) -> str:
    return " ".join(text.split())


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
        parts.append(Section(name, start, len(body.encode()), source.node.critical))
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
        document=YamlDocument(path, meta, places),
        step=step,
        parts=tuple(parts),
        lines=tuple(lines),
    )
    problems = tuple(
        replace(problem, location=replace(problem.location, line=page.line(problem.location.line), column=0))
        for problem in found
    )
    return page, (*source.problems, *problems)
