"""A guide in one language, for everything that is no page of the site: the terminal, the book, the drawing, JSON."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from balise.guides.graph import onward
from balise.guides.helping import helpers
from balise.guides.model import Guide, Kind, Node
from balise.guides.steps import one_line
from balise.translate import own_text, settle, translate_page

if TYPE_CHECKING:
    from balise.calls import Calls
    from balise.channels import ChannelView
    from balise.page import Page
    from balise.project import Project
    from balise.translate import TranslatedPage


def guide_in(project: Project, guide: Guide, language: str) -> Guide:
    """Return a guide with its texts as readers of a language get them.

    What is not translated stays in the language it was written in. Raises `KeyError` for a project without catalogues.
    """
    pages = {page.step.node: page for page in project.guide_pages(guide.id) if page.step}
    first = _shown(project, pages[guide.start], language)
    nodes = {name: _node(node, guide, _shown(project, pages[name], language)) for name, node in guide.nodes.items()}
    title, short, description = (first.text(key).text for key in ("title", "short", "description"))
    return replace(guide, nodes=nodes, title=title, short=short, description=description)


def channels_shown(
    calls: Calls, *, needs: Collection[str], fallback: Iterable[Sequence[str]], country: str, audiences: Collection[str]
) -> tuple[ChannelView, ...]:
    """Return who helps at a guide's outcome in a country, in the words of an edition, the most useful first.

    Pages, paper, the terminal and other programs are all told by this (see `guides.helping.helpers`).
    """
    found = helpers(
        calls.project.registries.channels,
        needs=needs,
        fallback=fallback,
        country=country,
        language=calls.language,
        audiences=audiences,
        today=calls.today,
        emergency=calls.project.site.emergency.get(country, ""),
    )
    return tuple(calls.view(channel.id) for channel in found)


def _shown(project: Project, page: Page, language: str) -> TranslatedPage:
    """Return a page of a guide as readers get it."""
    if page.language == language:
        return own_text(page)
    result, _ = translate_page(page, project.catalogues[language, page.id], language)
    return settle(result)


def _node(node: Node, guide: Guide, shown: TranslatedPage) -> Node:
    """Return a node with the texts of its page; its units stand there in the order of its parts."""
    units = iter([*zip(shown.page.cutting.texts, (item.text for item in shown.translations), strict=True)])
    waiting = next(units, None)

    def text(written: str) -> str:
        nonlocal waiting
        if waiting is None or waiting[0] != one_line(written):
            return written  # nothing to translate in it
        found, waiting = waiting[1], next(units, None)
        return found

    lead = text(node.text)
    first = node.id == guide.start and node.kind is Kind.QUESTION
    title = text(node.title) if first else node.title if node.id == guide.start else shown.text("title").text
    answers = tuple(replace(answer, say=text(answer.say)) for answer in node.answers)
    do, never, following = (tuple(map(text, texts)) for texts in (node.do, node.never, node.next))
    return replace(node, title=title, text=lead, answers=answers, do=do, never=never, next=following)


def paths(guide: Guide, limit: int) -> Iterator[tuple[str, ...]]:
    """Yield every way from the start to an outcome, as ids in order, at most so many; no node stands twice on one.

    A way goes on through the links in texts too, also those of an outcome, as the proof counts it.
    """
    if limit <= 0 or guide.start not in guide.nodes:
        return
    found = 0
    waiting: list[tuple[str, ...]] = [(guide.start,)]
    while waiting:
        way = waiting.pop()
        node = guide.nodes[way[-1]]
        if node.kind is Kind.OUTCOME:
            yield way
            found += 1
            if found == limit:
                return
        waiting += [(*way, target) for target in reversed(onward(guide, node, None)) if target not in way]
