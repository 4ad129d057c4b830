"""A script or a style sheet is not what the page says it must be, or only some are held to it.

What it finds: an `integrity` that the file does not have, so that browsers refuse it; and pages where some of the
site's own scripts and styles carry one and others do not.

Why it matters: a file that is refused leaves a page without its menu or its look. And a lock on one of two doors locks
nothing.

Bad: `integrity` of last week's style sheet

Better: `integrity` on every script and style sheet, written by what builds the site
"""

from __future__ import annotations

from collections.abc import Iterator

from balise.lint.published_rule import PublishedRule
from balise.lint.published_site import Found, PublishedSite
from balise.problems import Severity

RULE = PublishedRule(Severity.ERROR)


def check_site(site: PublishedSite) -> Iterator[Found]:
    """Yield a finding for each digest that is wrong, and for each page that holds only some of its files to one."""
    for path, page in site.documents.items():
        own = [one for one in page.references if one.kind in ("script", "style")]
        held = [one.integrity for one in own if one.integrity]
        if not held:
            continue
        for one in own:
            address = site.addresses.resolve(page.base, one.address)
            file = site.find(address.path) if address.kind == "inside" else None
            if file is not None and not one.integrity:
                message = f'"{one.address}" has no integrity, others of the page have'
                yield Found(message, "give each of them one, or none", one.line, path, Severity.WARNING)
            elif file is not None and not _fits(site, file, one.integrity):
                message = f'"{one.address}" is not the file that its integrity names'
                yield Found(message, "build the page and the file together", one.line, path)


def _fits(site: PublishedSite, file: str, integrity: str) -> bool:
    """Tell whether a file has one of the strongest digests named (Subresource Integrity, section 3.3)."""
    named = [word.partition("?")[0].partition("-") for word in integrity.split()]
    for kind in ("sha512", "sha384", "sha256"):
        wanted = [digest for name, _, digest in named if name == kind]
        if wanted:
            found = site.digest(file, kind)
            return not found or found in wanted
    return True
