"""A server does not say what a page may do and who may see it.

What it finds: pages that are served without the headers that a site of Balise promises (docs/hosting.md), and headers
that name the server's version (as advice); a folder without a file that says these headers to a server (as advice).

Why it matters: headers keep a page out of the frames of others, its address out of their logs, and its files what they
say they are. They cost one file.

Bad: a page with `Server: nginx/1.18.0` and nothing else

Better: `Referrer-Policy: no-referrer`, `X-Content-Type-Options: nosniff` and the others of docs/hosting.md
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from balise.headers import WRITTEN, header_table
from balise.lint.published_page import PublishedPage
from balise.lint.published_policy import policies_of
from balise.lint.published_rule import PublishedRule
from balise.lint.published_site import Found, PublishedSite
from balise.problems import Severity

RULE = PublishedRule(Severity.WARNING)

_WELCOME = frozenset(
    {
        "Cache-Control",
        "Cross-Origin-Embedder-Policy",
        "Origin-Agent-Cluster",
        "X-Permitted-Cross-Domain-Policies",
    }
)
"""Headers that are good to have, and missed as advice."""
_VERSION = re.compile(r"\d+\.\d+")


def check_page(page: PublishedPage, site: PublishedSite) -> Iterator[Found]:
    """Yield the headers that a served page comes without, and those that tell too much."""
    headers = page.file.headers
    if headers is None:
        return
    for item in header_table():
        value = headers.get(item.name.lower(), "")
        weight = Severity.ADVICE if item.name in _WELCOME else None
        hint = f"send `{item.name}: {item.value}`: {item.about}" if len(item.value) < 60 else f"send it: {item.about}"
        if not value and item.name == "Content-Security-Policy" and not policies_of(page, site):
            continue  # told by a rule of its own
        if not value:
            yield Found(f"the server sends no {item.name}", hint, severity=weight)
        elif item.value == "nosniff" and value.lower() != "nosniff":
            yield Found(f'the server sends {item.name}: "{value[:40]}"', hint)
    for name in ("server", "x-powered-by"):
        if _VERSION.search(headers.get(name, "")):
            message = f'the server names its version: "{headers[name][:60]}"'
            yield Found(message, "let it keep that to itself", severity=Severity.ADVICE)


def check_site(site: PublishedSite) -> Iterator[Found]:
    """Yield a finding for a folder that tells a server nothing."""
    if not site.is_served and not site.sends_headers:
        names = " or ".join(WRITTEN)
        message = "the folder holds no file with response headers"
        hint = f"write {names}, or configure the server as docs/hosting.md says"
        yield Found(message, hint, severity=Severity.ADVICE)
