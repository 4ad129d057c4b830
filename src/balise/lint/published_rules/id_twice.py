"""Two elements of a page have the same id.

What it finds: ids that a page uses more than once.

Why it matters: links lead to the first of them, and labels name the wrong field (HTML standard, section 3.2.6).

Bad: two fields with `id="name"`

Better: `id="child-name"` and `id="parent-name"`
"""

from __future__ import annotations

from collections.abc import Iterator

from balise.lint.published_page import PublishedPage
from balise.lint.published_rule import PublishedRule
from balise.lint.published_site import Found, PublishedSite
from balise.problems import Severity

RULE = PublishedRule(Severity.WARNING)


def check_page(page: PublishedPage, site: PublishedSite) -> Iterator[Found]:
    """Yield a finding for each id that stands on a page again."""
    names = [name for name, _ in page.ids]
    if len(names) == len(set(names)):
        return
    seen: set[str] = set()
    told: set[str] = set()
    for name, start in page.ids:
        if name in seen and name not in told:
            told.add(name)
            yield Found(f'the id "{name}" stands twice on the page', "give each element its own", page.line(start))
        seen.add(name)
