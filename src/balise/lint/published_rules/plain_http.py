"""Something goes over the network that everybody on the way can read.

What it finds: files and forms of a page that are asked for by `http:`; links by `http:` to other sites (as advice).

Why it matters: the network at home, at school or in a café then sees which page was read. Browsers block such files.

Bad: `<img src="http://www.example.org/map.png">`

Better: `<img src="map.png">`
"""

from __future__ import annotations

from collections.abc import Iterator

from balise.lint.published_page import PublishedPage
from balise.lint.published_rule import PublishedRule
from balise.lint.published_site import Found, PublishedSite
from balise.problems import Severity

RULE = PublishedRule(Severity.WARNING)


def check_page(page: PublishedPage, site: PublishedSite) -> Iterator[Found]:
    """Yield a finding for each address of a page that is not encrypted."""
    for one in page.references:
        if not one.address.lower().startswith("http://"):
            continue
        address = site.resolve(page, one.address)
        if address.kind == "inside" and site.is_served:
            continue
        if one.kind == "link":
            message = f"a link leads to {address.origin} without encryption"
            yield Found(message, "link it by https, if it answers there", one.line, severity=Severity.ADVICE)
        else:
            message = f'"{one.address[:100]}" is asked for without encryption'
            yield Found(message, "ask for it by https, or from the site itself", one.line)
