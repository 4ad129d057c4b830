"""What the gate remembers of each page, and what rules on the whole site read."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from balise.links import read_target

if TYPE_CHECKING:
    from balise.lint.gate import Excused, Verdict
    from balise.lint.settings import Excuse
    from balise.lint.sheet import Sheet
    from balise.problems import Problem
    from balise.project import Project

_CHANNEL = re.compile(r'data-channel="([a-z0-9-]+)"')
_CALLED = re.compile(r"\b(channel|phone|link|figure|number|claim|date|chart|term)\(\s*[\"']([a-z0-9.-]+)[\"']")


class PageNotes(NamedTuple):
    """What is remembered of a page in a language once the gate has read it.

    `problems` is what the rules found, `excused` what exceptions cover of it, `excuses` the exceptions that its file
    makes. `links` are the ids of the pages it leads to; `channels` those of the services it shows, `facts` the calls in
    its source as `figure:id`; `counts` are its words, its sentences and the letters of its words.
    """

    problems: tuple[Problem, ...] = ()
    excused: tuple[Excused, ...] = ()
    excuses: tuple[Excuse, ...] = ()
    links: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    counts: tuple[int, int, int] = (0, 0, 0)


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


def page_notes(sheet: Sheet, verdict: Verdict) -> PageNotes:
    """Return what is worth remembering of a page that the gate has read."""
    page = sheet.page
    if page is None:
        return PageNotes(verdict.problems, verdict.excused)
    targets = (read_target(mark.target, page.id) for mark in page.cutting.links)
    links = dict.fromkeys(target.name for target in targets if target.kind == "page")
    source = page.cutting.source.decode()
    facts = dict.fromkeys(f"{kind}:{name}" for kind, name in _CALLED.findall(source)) if "{{" in source else ()
    sentences = [one for passage in sheet.passages for one in passage.sentences]
    words = [word for one in sentences for word in one.words]
    return PageNotes(
        problems=verdict.problems,
        excused=verdict.excused,
        excuses=verdict.excuses,
        links=tuple(links),
        channels=tuple(dict.fromkeys(_CHANNEL.findall(sheet.html))),
        facts=tuple(facts),
        counts=(len(words), len(sentences), sum(map(len, words))),
    )
