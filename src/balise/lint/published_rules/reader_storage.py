"""A site keeps something on the reader's device.

What it finds: cookies that a server sets, and scripts that use cookies, local storage, session storage or databases;
service workers (as advice: they keep pages, not what readers did).

Why it matters: whoever opens the device afterwards finds what was kept, and with it that the page was read. A reader
who lives with the person they fear has no safe place for it.

Bad: `localStorage.setItem("lastPage", location.pathname)`

Better: nothing kept; what a page needs to know stands in its address or is asked again
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from balise.lint.published_page import PublishedFile, PublishedPage
from balise.lint.published_rule import PublishedRule
from balise.lint.published_site import Found, PublishedSite
from balise.problems import Severity

RULE = PublishedRule(Severity.WARNING)

_USED = re.compile(
    r"\bdocument\s{0,9}\.\s{0,9}cookie\b|\b(?:localStorage|sessionStorage|indexedDB)\s{0,9}[.\[(]"
    r"|\bserviceWorker\s{0,9}\.\s{0,9}register\b|\bcaches\s{0,9}\.\s{0,9}open\b"
)
_WORKERS = ("serviceWorker", "caches")


def check_page(page: PublishedPage, site: PublishedSite) -> Iterator[Found]:
    """Yield a finding for each cookie that comes with a page, and each store that its scripts use."""
    yield from _cookies(page.file)
    for script in page.all("script"):
        if script.end > script.inner:
            yield from _stores(page.text[script.inner : script.end], page.line(script.inner))
    for element, name in page.handlers:
        yield from _stores(element.attributes[name], page.line(element.start))


def check_file(file: PublishedFile, text: str, site: PublishedSite) -> Iterator[Found]:
    """Yield a finding for each cookie that comes with a file, and each store that a script uses."""
    yield from _cookies(file)
    if file.kind == "script":
        yield from _stores(text, 1)


def _cookies(file: PublishedFile) -> Iterator[Found]:
    for cookie in file.cookies:
        name = cookie.partition("=")[0].strip()[:40]
        yield Found(f'the server sets the cookie "{name}"', "let the server set none")


def _stores(text: str, first: int) -> Iterator[Found]:
    seen: set[str] = set()
    for match in _USED.finditer(text):
        name = "".join(match[0].split()).rstrip(".[(")
        if name in seen:
            continue
        seen.add(name)
        line = first + text.count("\n", 0, match.start())
        weight = Severity.ADVICE if name.startswith(_WORKERS) else None
        yield Found(f"a script uses {name}", "keep nothing on the reader's device", line, severity=weight)
