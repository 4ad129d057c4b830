"""A link leads to a heading that a language's own text does not have.

What it finds: a link to a heading of a page that has a text of its own in a language (`page.fr.md`), where that text
lacks the heading. A heading that no language has is an error of every build.

Why it matters: readers of that language land on top of a long page, without the part that was promised.

Bad: `[who can help](sextortion.md#contact)`, and sextortion.fr.md without `{#contact}`

Better: the same `{#contact}` behind the heading of the French text that tells it
"""

from __future__ import annotations

from collections.abc import Iterator

from balise.lint.rule import Finding, Options, Rule
from balise.lint.whole import Whole
from balise.problems import Severity

RULE = Rule(group="structure", severity=Severity.ERROR)


def check_whole(whole: Whole, options: Options) -> Iterator[Finding]:
    """Yield a finding for each link to a heading that a text of its own lacks and the page it stands for has."""
    project = whole.project
    for (language, page_id), own in project.own.items():
        base = project.pages.get(page_id)
        if base is None:
            continue
        lost = _parts(whole, base.language, page_id) - _parts(whole, language, page_id) - own.type.anchors
        for (tag, other), notes in whole.notes.items() if lost else ():
            if tag != language or (tag, other) in project.own:
                continue
            for link in notes.part_links:
                if link.page == page_id and link.part in lost:
                    message = f'link to "{link.typed}": {own.path} has no heading "{link.part}"'
                    hint = f"give the heading in {own.path} the id `{{#{link.part}}}`"
                    yield Finding(message, hint, place=link.place)


def _parts(whole: Whole, language: str, page_id: str) -> frozenset[str]:
    notes = whole.notes.get((language, page_id))
    return notes.parts if notes else frozenset()
