"""A link tells another site which page the reader came from.

What it finds: links to other sites on a page without a referrer policy that hides where the reader comes from, where
the link itself does not hide it either (`rel="noreferrer"`).

Why it matters: the other site, and whoever reads its logs, learns that this reader was on a page about abuse.

Bad: `<a href="https://example.org/">` on a page without `<meta name="referrer" content="no-referrer">`

Better: `<meta name="referrer" content="no-referrer">` on every page, and `rel="noreferrer"` on links to others
"""

from __future__ import annotations

from collections.abc import Iterator

from balise.lint.published_page import PublishedPage
from balise.lint.published_rule import PublishedRule
from balise.lint.published_site import Found, PublishedSite
from balise.problems import Severity

RULE = PublishedRule(Severity.WARNING)

_HIDES = frozenset({"no-referrer", "same-origin"})


def check_page(page: PublishedPage, site: PublishedSite) -> Iterator[Found]:
    """Yield a finding for each site that a page lets know where readers come from."""
    named = [page.meta.get("referrer", ""), (page.file.headers or {}).get("referrer-policy", ""), site.referrer]
    policies = [text.split(",")[-1].strip().lower() for text in named if text]
    if policies and policies[0] in _HIDES:
        return
    told: set[str] = set()
    for element in page.all("a", "area"):
        href = element.get("href")
        if "//" not in href or "noreferrer" in element.get("rel").lower().split():
            continue
        if element.get("referrerpolicy").lower() in _HIDES:
            continue
        address = site.resolve(page, href)
        if address.kind == "outside" and address.origin not in told:
            told.add(address.origin)
            message = f"a link tells {address.origin} where the reader comes from"
            hint = 'add `<meta name="referrer" content="no-referrer">` to the head, and `rel="noreferrer"` to the link'
            yield Found(message, hint, page.line(element.start))
