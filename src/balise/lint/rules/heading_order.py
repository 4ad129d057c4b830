"""Headings skip a level, say nothing, or repeat each other.

What it finds: a heading two or more levels below the one before it (or a first heading below level 2), a heading
without words, and two headings beside each other that say the same.

Why it matters: people who listen to a page go from heading to heading, and by level from part to part. A level that is
skipped sounds like a part they have missed; a heading without words, or the same twice, tells them nothing (WCAG 2.2,
1.3.1 and 2.4.6).

Bad: `## What to do`, then `#### Save the messages`

Better: `## What to do`, then `### Save the messages`
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from balise.lint.rule import Finding, Options, Rule
from balise.lint.sheet import Passage, Sheet
from balise.page import Page
from balise.problems import Location, Severity
from balise.units import HeadingMark

RULE = Rule(group="structure", severity=Severity.ERROR)


def check(sheet: Sheet, options: Options) -> Iterator[Finding]:
    """Yield a finding for each heading out of order; levels are the source's, words those of each language."""
    page = sheet.page
    if page is None or not page.cutting.headings:
        return
    marks = [mark for mark in page.cutting.headings if not mark.inside]
    words = {passage.start: passage for passage in sheet.passages if passage.level}
    if not sheet.is_translated:
        yield from _levels(page, marks, words)
    for mark, following in pairwise(marks):
        one, other = words.get(mark.text_start), words.get(following.text_start)
        if one and other and one.text.casefold() == other.text.casefold():
            message = f'two headings beside each other say "{other.text}"'
            yield _at(other, message, "say in each what its own part tells", Severity.WARNING)


def _levels(page: Page, marks: list[HeadingMark], words: dict[int, Passage]) -> Iterator[Finding]:
    """Yield what is wrong with levels, and headings without words."""
    before = 1
    for mark in marks:
        place = Location(page.path, page.line(page.cutting.source.count(b"\n", 0, mark.start) + 1), 1)
        if not page.cutting.source[mark.text_start : mark.text_end].strip():
            yield Finding("a heading without words", "write what the part below tells, or remove the line", place=place)
        elif mark.level > before + 1:
            follows = f"follows one of level {before}" if before > 1 else "is the first of the page"
            message = f"a heading of level {mark.level} {follows}"
            hint = f"write {'#' * (before + 1)}"
            passage = words.get(mark.text_start)
            weight = Severity.WARNING
            yield (
                _at(passage, message, hint, weight) if passage else Finding(message, hint, place=place, severity=weight)
            )
        before = mark.level


def _at(passage: Passage, message: str, hint: str, severity: Severity) -> Finding:
    return Finding(message, hint, passage, 0, len(passage.text), severity=severity)
