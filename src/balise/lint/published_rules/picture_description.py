"""A picture on a page has no description, not even an empty one.

What it finds: pictures and image buttons without `alt`. An empty `alt` says that a picture only decorates.

Why it matters: without `alt`, a screen reader reads out the name of the file (WCAG 2.2, 1.1.1).

Bad: `<img src="IMG_2041.jpg">`

Better: `<img src="IMG_2041.jpg" alt="The entrance of the counselling centre">`
"""

from __future__ import annotations

from collections.abc import Iterator

from balise.lint.published_page import PublishedPage
from balise.lint.published_rule import PublishedRule
from balise.lint.published_site import Found, PublishedSite
from balise.problems import Severity

RULE = PublishedRule(Severity.ERROR)

_NAMES = ("alt", "aria-label", "aria-labelledby")


def check_page(page: PublishedPage, site: PublishedSite) -> Iterator[Found]:
    """Yield a finding for each picture that says nothing of itself."""
    for element in page.all("img", "input"):
        if element.name == "input" and element.get("type").lower() != "image":
            continue
        hidden = element.get("aria-hidden") == "true" or element.get("role") in ("presentation", "none")
        if not hidden and not any(name in element.attributes for name in _NAMES):
            message = f'the picture "{element.get("src")[:80]}" has no alt'
            yield Found(message, 'say in `alt` what it shows; `alt=""` if it only decorates', page.line(element.start))
