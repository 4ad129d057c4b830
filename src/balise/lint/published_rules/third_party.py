"""A page asks another site for something while it is read.

What it finds: pictures, scripts, styles, fonts, frames, films, icons and early connections that come from another
origin, in pages and in style sheets; addresses that scripts ask (as advice).

Why it matters: each such request tells another company that somebody with this address on the network reads this page
now. On a page about abuse, that is the reader's secret.

Bad: `<link rel="stylesheet" href="https://fonts.example.com/css?family=Lato">`

Better: the font in the site's own folder, or the reader's own fonts
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from balise.lint.published_addresses import Address
from balise.lint.published_page import PublishedFile, PublishedPage, css_addresses
from balise.lint.published_rule import PublishedRule
from balise.lint.published_site import Found, PublishedSite
from balise.problems import Severity

RULE = PublishedRule(Severity.ERROR)

HINT = "put the file into the site itself, or do without it"
_KINDS = {
    "image": "a picture",
    "script": "a script",
    "style": "a style sheet",
    "frame": "a frame",
    "media": "sound or film",
    "icon": "an icon",
    "manifest": "a manifest",
    "preload": "a file ahead of time",
    "connection": "a connection",
    "styled": "a file of the style",
    "refresh": "another page",
}
_ASKED = re.compile(
    r"(?:\b(?:fetch|import|importScripts|sendBeacon|EventSource|WebSocket|Worker)\s{0,20}\(|\.open\(\s{0,20}[\"'][A-Z]{3,7}[\"'],"
    r"|\b(?:from|import)\b|\.src\s{0,20}=)\s{0,20}[\"'`]((?:https?:|wss?:)?//[^\"'`\s]{1,300})"
)


def check_page(page: PublishedPage, site: PublishedSite) -> Iterator[Found]:
    """Yield a finding for each thing that a page loads from another origin."""
    for reference in page.references:
        if reference.kind in _KINDS and "//" in reference.address:
            yield from _outside(site.resolve(page, reference.address), reference.kind, reference.line)
    for script in page.all("script"):
        text = page.text[script.inner : script.end]
        if "//" in text:
            yield from _asked(text, site, page.url, page.line(script.inner))


def check_file(file: PublishedFile, text: str, site: PublishedSite) -> Iterator[Found]:
    """Yield a finding for each thing that a style sheet loads, or a script may ask for, from another origin."""
    base = site.addresses.of_page(file.path)
    if file.kind == "style":
        for typed in css_addresses(text) if "//" in text else ():
            yield from _outside(site.addresses.resolve(base, typed), "styled", 0)
    elif file.kind == "script":
        yield from _asked(text, site, base, 1)


def _outside(address: Address, kind: str, line: int) -> Iterator[Found]:
    if address.kind == "outside":
        verb = f"leads on to {address.origin}" if kind == "refresh" else f"asks {address.origin} for {_KINDS[kind]}"
        yield Found(f"the page {verb}", HINT, line)


def _asked(text: str, site: PublishedSite, base: str, first: int) -> Iterator[Found]:
    """Yield as advice the addresses of other origins that a script names where it asks for something."""
    for match in _ASKED.finditer(text):
        address = site.addresses.resolve(base, match[1])
        if address.kind == "outside":
            message = f"a script may ask {address.origin}"
            yield Found(message, HINT, first + text.count("\n", 0, match.start()), severity=Severity.ADVICE)
