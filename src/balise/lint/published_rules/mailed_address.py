"""A link writes to another e-mail address than it shows.

What it finds: `mailto:` links whose words show an e-mail address that the link does not write to.

Why it matters: what is written there is for one service alone, and it reaches somebody else or nobody.

Bad: `<a href="mailto:info@example.org">help@example.org</a>`

Better: `<a href="mailto:help@example.org">help@example.org</a>`
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import unquote

from balise.lint.published_page import PublishedPage
from balise.lint.published_rule import PublishedRule
from balise.lint.published_site import Found, PublishedSite
from balise.problems import Severity

RULE = PublishedRule(Severity.ERROR)

_SHOWN = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}")


def check_page(page: PublishedPage, site: PublishedSite) -> Iterator[Found]:
    """Yield a finding for each link that writes to somebody else than it says."""
    for element in page.all("a", "area"):
        scheme, _, rest = element.get("href").partition(":")
        if scheme.lower() != "mailto":
            continue
        written = unquote(rest.partition("?")[0]).casefold()
        for said in (page.inner_text(element), element.get("aria-label")):
            for shown in _SHOWN.findall(said) if "@" in said else ():
                if shown.casefold() not in written:
                    message = f'a link shows "{shown}" and writes to "{written[:60]}"'
                    yield Found(message, "write the same address in both", page.line(element.start))
