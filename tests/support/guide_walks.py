"""Walking the guides of a built site by the links that its pages show, as readers do."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass

from selectolax.lexbor import LexborHTMLParser, LexborNode

from balise.guide_edition import guide_in
from balise.guides.model import Guide, Reader, Walk
from balise.guides.walk import offered
from balise.project import Project
from support.published import PublishedPage

ON = ".guide-answers a, .guide-onward a"
"""The links of a guide's page that lead on."""


@dataclass(frozen=True)
class Way:
    """An example walk in a language: the wording of each answer there, and where it is to end."""

    guide: str
    language: str
    walk: Walk
    answers: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.guide} {self.language} {self.walk.name}"


def ways(project: Project, language: str) -> Iterator[Way]:
    """Yield the example walks of all guides, worded in a language."""
    for guide in project.guides.values():
        shown = guide_in(project, guide, language)
        for walk in guide.walks:
            reader = Reader(walk.country or project.site.default_country, language, walk.audience)
            yield Way(guide.id, language, walk, tuple(_worded(guide, shown, walk, reader)))


def _worded(guide: Guide, shown: Guide, walk: Walk, reader: Reader) -> Iterator[str]:
    name = guide.start
    for said in walk.answers:
        while guide.nodes[name].then:
            name = guide.nodes[name].then
        for answer, same in zip(guide.nodes[name].answers, shown.nodes[name].answers, strict=True):
            if answer.say == said and answer in offered(guide.nodes[name], reader):
                yield same.say
                name = answer.go
                break


def address_of(page_address: str, href: str) -> str:
    """Return the address of the page that a link on another page leads to."""
    path = posixpath.normpath(posixpath.join(posixpath.dirname(page_address), href.partition("#")[0]))
    return f"{path}/index.html"


def links(page: PublishedPage, selector: str = ON) -> list[tuple[str, str]]:
    """Return the words of a page's links, and the address that each leads to, in order."""
    found: list[LexborNode] = page.tree.css(selector)
    return [(plain(node.text()), address_of(page.address, node.attributes["href"] or "")) for node in found]


def plain(text: str) -> str:
    """Return a text as it is compared: typography and white space made plain."""
    for sign, other in (("’", "'"), ("“", '"'), ("”", '"'), ("«", '"'), ("»", '"'), ("‘", "'"), ("…", "...")):
        text = text.replace(sign, other)
    return "".join(text.split()).replace("–", "-").replace("*", "")


def countries(tree: LexborHTMLParser) -> dict[str, int]:
    """Return how many channels an outcome's page shows for each country, by the country's name."""
    shown = tree.css_first(".channel-list")
    if shown is None:
        return {}
    own = shown.css_first("h3")
    cards = len(shown.css("article"))
    found = {own.text(strip=True) if own else "": cards}
    for details in shown.css(".elsewhere details"):
        found[details.css_first("summary").text(strip=True)] = len(details.css(".channel-line"))
    return found
