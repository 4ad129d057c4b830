"""The languages of a page do not find each other.

What it finds: `hreflang` of a page that is not there, and pages that name another one as their text in a language and
are not named by it in turn.

Why it matters: search engines believe only pages that name each other. Readers otherwise get the page in a language
that is not theirs.

Bad: /fr/aide/ names /nl/hulp/, which names no other language

Better: both name each other, and themselves
"""

from __future__ import annotations

from collections.abc import Iterator

from balise.lint.published_rule import PublishedRule
from balise.lint.published_site import Found, PublishedSite
from balise.problems import Severity

RULE = PublishedRule(Severity.WARNING)


def check_site(site: PublishedSite) -> Iterator[Found]:
    """Yield a finding for each way to another language that leads nowhere or not back."""
    named = {path: set(_others(site, path)) for path in site.documents}
    for path, page in site.documents.items():
        for one in page.alternates:
            address = site.addresses.resolve(page.base, one.address)
            if address.kind != "inside" or not site.was_asked(address.path):
                continue
            file = site.find(address.path)
            if file is None:
                message = f'the page names "{one.address}" as its text in {one.language}, which is not there'
                yield Found(message, "name a page that exists, or none", one.line, path)
            elif file != path and file in named and path not in named[file] and one.language != "x-default":
                message = f"the page names /{file} as its text in {one.language}, which does not name it in turn"
                yield Found(message, "let each page name all its languages", one.line, path)


def _others(site: PublishedSite, path: str) -> Iterator[str | None]:
    page = site.documents[path]
    for one in page.alternates:
        address = site.addresses.resolve(page.base, one.address)
        if address.kind == "inside":
            yield site.find(address.path)
