"""A page without a title.

What it finds: pages without `<title>`, or with an empty one.

Why it matters: the title is the first thing a screen reader says, and the only name of a tab and of a search result
(WCAG 2.2, 2.4.2).

Bad: `<title></title>`

Better: `<title>Somebody threatens to share my picture – Helpline</title>`
"""

from __future__ import annotations

from collections.abc import Iterator

from balise.lint.published_page import PublishedPage
from balise.lint.published_rule import PublishedRule
from balise.lint.published_site import Found, PublishedSite
from balise.problems import Severity

RULE = PublishedRule(Severity.ERROR)


def check_page(page: PublishedPage, site: PublishedSite) -> Iterator[Found]:
    """Yield a finding for a page whose title says nothing."""
    if not any(page.inner_text(element) for element in page.all("title")):
        yield Found("the page has no title", "write what the page is about into `<title>`", 1)
