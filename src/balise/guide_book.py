"""The book of all paths: a guide on paper with its proof on the first page, for experts to read and to sign."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from markupsafe import Markup, escape

from balise.cldr import country_name, language_name, present_date
from balise.clean import clean_html
from balise.components import template_context, theme_components
from balise.expand import Expander, Slots, secret_word
from balise.guide_check import around
from balise.guide_drawing import draw_guide, outline, plain
from balise.guide_edition import channels_shown, guide_in, paths
from balise.guides.proof import Row, prove
from balise.markdown import render_markdown
from balise.typography import set_typography

if TYPE_CHECKING:
    from balise.calls import Calls
    from balise.guides.model import Guide, Node
    from balise.problems import Problem

_LINK = re.compile(r'<a href="([^"]*)"[^>]*>(.*?)</a>', re.DOTALL)
_IMAGE = re.compile(r'<img\b(?:[^>"]|"[^"]*")*>')
_ALTERNATE = re.compile(r'\balt="([^"]*)"')
MOST_PATHS = 500
"""Paths that a book lists; the proof counts all of them."""


@dataclass(frozen=True)
class Entry:
    """A node of the book: its number, its texts in finished HTML, where it leads, and who helps in each country."""

    number: int
    node: Node
    text: Markup
    answers: tuple[tuple[Markup, int, str], ...]
    do: tuple[Markup, ...]
    never: tuple[Markup, ...]
    next: tuple[Markup, ...]
    helpers: tuple[tuple[str, str], ...]


class Book:
    """The book of one guide in one language."""

    def __init__(self, guide: Guide, calls: Calls, site_url: str = "") -> None:
        self.calls, self.project, self.language = calls, calls.project, calls.language
        self.source, self.site_url = guide, site_url
        self.guide = guide_in(self.project, guide, self.language)
        self.numbers = {name: number for number, name in enumerate(guide.nodes, 1)}
        self.expander = Expander(calls.functions())

    def render(self) -> str:
        """Return the book as one HTML file that loads nothing."""
        calls, guide = self.calls, self.guide
        rows, problems = self.proof()
        ways = list(paths(guide, MOST_PATHS + 1))
        values: dict[str, Any] = {
            **template_context(calls.phrases),
            "guide": guide,
            "site": self.project.site.name,
            "address": self.site_url,
            "day": present_date(calls.today, self.language),
            "edition": language_name(self.language, self.language),
            "rows": [(country_name(row.reader.country, calls.phrases), row) for row in rows],
            "problems": problems,
            "drawings": [draw_guide(branch, calls.phrases, name) for name, branch in self._branches()],
            "outline": outline(guide),
            "entries": list(self._entries()),
            "paths": [self._path(way) for way in ways[:MOST_PATHS]],
            "more": len(ways) > MOST_PATHS,
            "most": MOST_PATHS,
        }
        return theme_components().draw("guides/book.html", values) + "\n"

    def proof(self) -> tuple[Sequence[Row], Sequence[Problem]]:
        """Return what is proved of the guide for the readers of this edition, and every problem of the guide."""
        rows, problems = prove(self.source, around(self.project, self.source, self.calls.today))
        return [row for row in rows if row.reader.language == self.language], problems

    def _branches(self) -> Iterator[tuple[str, Guide]]:
        """Yield the guide behind each of its first answers, so that its drawing fits on a page, with a name for it."""
        first = self.guide.nodes[self.guide.start]
        for number, answer in enumerate(first.answers, 1):
            if answer.go in self.numbers:
                yield f"drawing-{number}", replace(self.guide, start=answer.go, title=plain(answer.say))

    def _entries(self) -> Iterator[Entry]:
        for name, node in self.guide.nodes.items():
            yield Entry(
                number=self.numbers[name],
                node=node,
                text=self._inline(node.text),
                answers=tuple(self._answers(node)),
                do=tuple(map(self._inline, node.do)),
                never=tuple(map(self._inline, node.never)),
                next=tuple(map(self._inline, node.next)),
                helpers=tuple(self._helpers(node)),
            )

    def _answers(self, node: Node) -> Iterator[tuple[Markup, int, str]]:
        for answer in node.answers:
            names = (country_name(code, self.calls.phrases) for code in sorted(answer.when.countries))
            yield self._inline(answer.say), self.numbers.get(answer.go, 0), ", ".join(names)
        if node.then:
            yield Markup(""), self.numbers.get(node.then, 0), ""

    def _helpers(self, node: Node) -> Iterator[tuple[str, str]]:
        """Yield each country with the names and numbers of those who help at an outcome."""
        calls = self.calls
        for code in calls.countries() if node.needs else ():
            views = channels_shown(
                calls,
                needs=node.needs,
                fallback=(node.fallback, self.guide.fallback),
                country=code,
                audiences=self.guide.audiences,
            )
            names = [f"{view.name.text} ({view.phone_shown or view.url_shown})" for view in views]
            yield country_name(code, calls.phrases), "; ".join(names)

    def _path(self, way: Sequence[str]) -> list[tuple[int, Markup]]:
        """Return a path as the numbers of its nodes, each with the answer that leads on, the last with its name."""
        found = []
        for name, target in zip(way, (*way[1:], ""), strict=True):
            node = self.guide.nodes[name]
            said = next((answer.say for answer in node.answers if answer.go == target), "")
            text = self._inline(said) if target else Markup(set_typography(str(escape(node.title)), self.language))  # noqa: S704
            found.append((self.numbers[name], text))
        return found

    def _inline(self, text: str) -> Markup:
        """Return an inline text as finished HTML; a link to a node names its number, another page is words alone."""
        slots = Slots(secret_word())
        filled = self.expander.expand(text, slots, [True])
        html = clean_html(render_markdown(filled)).strip().removeprefix("<p>").removesuffix("</p>")
        html = _LINK.sub(self._link, _IMAGE.sub(_in_words, html))
        for word, (component, _) in slots.components.items():
            html = html.replace(word, str(component.inline or component.block))
        return Markup(set_typography(html, self.language))  # noqa: S704 - cleaned above

    def _link(self, match: re.Match[str]) -> str:
        """Return a link as it is of use on paper."""
        target, words = match[1], match[2]
        if target.startswith("https://"):
            return match[0]
        number = self.numbers.get(target.removeprefix("#")) if target.startswith("#") else None
        return f'{words} <a href="#n{number}">[{number}]</a>' if number else words


def _in_words(image: re.Match[str]) -> str:
    """Return what stands for an image: the book loads nothing."""
    words = _ALTERNATE.search(image[0])
    return words[1] if words else ""
