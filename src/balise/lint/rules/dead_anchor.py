"""A link leads to a heading that a language's own text does not have.

What it finds: a link to a heading of a page that has a text of its own in a language (`page.fr.md`), where that text
lacks the heading. A heading that no language has is an error of every build.

Why it matters: readers of that language land on top of a long page, without the part that was promised.

Bad: `[who can help](sextortion.md#contact)`, and sextortion.fr.md without `{#contact}`

Better: the same `{#contact}` behind the heading of the French text that tells it
"""

from __future__ import annotations

from collections.abc import Iterator

from balise.links import read_target
from balise.lint.rule import Finding, Options, Rule
from balise.lint.whole import Whole
from balise.markdown import line_and_column
from balise.page import Page
from balise.problems import Location, Severity

RULE = Rule(group="structure", severity=Severity.ERROR)


def check_whole(whole: Whole, options: Options) -> Iterator[Finding]:
    """Yield a finding for each link to a heading that a text of its own lacks and the page it stands for has."""
    project = whole.project
    for (language, page_id), own in project.own.items():
        base = project.pages.get(page_id)
        lost = _ids(base) - _ids(own) - own.type.anchors if base else frozenset()
        for page in project.pages.values() if lost else ():
            if page.id != page_id and (language, page.id) not in project.own:
                yield from _dead(page, page_id, own.path, lost)


def _ids(page: Page) -> frozenset[str]:
    return frozenset(mark.id for mark in page.cutting.headings)


def _dead(page: Page, target_id: str, path: str, lost: frozenset[str]) -> Iterator[Finding]:
    for mark in page.cutting.links:
        if "#" not in mark.target:
            continue
        target = read_target(mark.target, page.id)
        if target.kind == "page" and target.name == target_id and target.fragment in lost:
            line, column = line_and_column(page.cutting.source, mark.start)
            message = f'link to "{mark.target}": {path} has no heading "{target.fragment}"'
            hint = f"give the heading in {path} the id `{{#{target.fragment}}}`"
            yield Finding(message, hint, place=Location(page.path, page.line(line), column))
