"""What the gate remembers of each page, and what rules on the whole site read."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from balise.links import read_target
from balise.lint.readability import reading_scores
from balise.markdown import line_and_column
from balise.problems import Location

if TYPE_CHECKING:
    from balise.lint.gate import Excused, Verdict
    from balise.lint.settings import Excuse
    from balise.lint.sheet import Sheet
    from balise.page import Page
    from balise.problems import Problem
    from balise.project import Project

_CHANNEL = re.compile(r'data-channel="([a-z0-9-]+)"')
_CALLED = re.compile(r"\b(channel|phone|link|figure|number|claim|date|chart|term)\(\s*[\"']([a-z0-9.-]+)[\"']")


class PartLink(NamedTuple):
    """A link to a part of another page: its target as typed, the page's id, the part's, and where it is typed."""

    typed: str
    page: str
    part: str
    place: Location


class PageNotes(NamedTuple):
    """What is remembered of a page in a language once the gate has read it.

    `problems` is what the rules found, `excused` what exceptions cover of it, `excuses` the exceptions that its file
    makes. `links` are the ids of the pages it leads to; `channels` those of the services it shows, `facts` the calls in
    its source as `figure:id`; `scores` is how easy it is to read, by formula, where that was asked for. `title` is
    where its title stands. Of a project with texts that a language has of its own, `parts` are the ids of its headings,
    and `part_links` its links to parts of other pages.
    """

    problems: tuple[Problem, ...] = ()
    excused: tuple[Excused, ...] = ()
    excuses: tuple[Excuse, ...] = ()
    links: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    scores: tuple[tuple[str, float], ...] = ()
    title: Location = Location("")
    parts: frozenset[str] = frozenset()
    part_links: tuple[PartLink, ...] = ()


Notes = Mapping[tuple[str, str], PageNotes]
"""What is remembered of pages, by language and id."""


@dataclass(frozen=True)
class Whole:
    """The whole site as rules see it: the project (its pages may be without their texts), addresses, notes, the day.

    `titles` are the pages' titles by language and id.
    """

    project: Project = field(repr=False)
    table: Mapping[tuple[str, str], str]
    notes: Notes
    titles: Mapping[tuple[str, str], str]
    today: str


def page_notes(sheet: Sheet, verdict: Verdict, *, scores: bool = False) -> PageNotes:
    """Return what is worth remembering of a page that the gate has read, with its reading scores where asked for."""
    page = sheet.page
    if page is None:
        return PageNotes(verdict.problems, verdict.excused)
    has_own = bool(sheet.surroundings.project.own)
    targets = (read_target(mark.target, page.id) for mark in page.cutting.links)
    links = dict.fromkeys(target.name for target in targets if target.kind == "page")
    source = page.cutting.source.decode()
    facts = dict.fromkeys(f"{kind}:{name}" for kind, name in _CALLED.findall(source)) if "{{" in source else ()
    sentences = [one for passage in sheet.passages for one in passage.sentences] if scores else []
    return PageNotes(
        problems=verdict.problems,
        excused=verdict.excused,
        excuses=verdict.excuses,
        links=tuple(links),
        channels=tuple(dict.fromkeys(_CHANNEL.findall(sheet.html))),
        facts=tuple(facts),
        scores=tuple(reading_scores(sentences, sheet.language).items()),
        title=Location(page.path, 1) if page.step else page.document.location("title"),
        parts=frozenset(mark.id for mark in page.cutting.headings) if has_own else frozenset(),
        part_links=tuple(_part_links(page)) if has_own else (),
    )


def _part_links(page: Page) -> Iterator[PartLink]:
    """Yield the links of a page to parts of others."""
    for mark in page.cutting.links:
        target = read_target(mark.target, page.id) if "#" in mark.target else None
        if target and target.kind == "page" and target.fragment and target.name != page.id:
            line, column = line_and_column(page.cutting.source, mark.start)
            place = Location(page.path, page.line(line), column)
            yield PartLink(mark.target, target.name, target.fragment, place)
