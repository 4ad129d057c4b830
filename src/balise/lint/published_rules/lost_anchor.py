"""A link leads to a part of a page that is not there.

What it finds: links with a `#…` that no element of the page they lead to has as its id.

Why it matters: the reader lands on top of a long page instead of at the number that was promised.

Bad: `<a href="contact/#numbers">` where the page has no `id="numbers"`

Better: `id="numbers"` on the heading, or a link to the page
"""

from __future__ import annotations

from collections.abc import Iterator

from balise.lint.published_rule import PublishedRule
from balise.lint.published_site import Found, PublishedSite
from balise.problems import Severity

RULE = PublishedRule(Severity.WARNING)


def check_site(site: PublishedSite) -> Iterator[Found]:
    """Yield a finding for each link to a part that a page does not have."""
    for path, page in site.documents.items():
        for one in page.references:
            if one.kind != "link" or "#" not in one.address:
                continue
            address = site.addresses.resolve(page.base, one.address)
            wanted = address.fragment.partition(":~:")[0]
            if address.kind != "inside" or not wanted or wanted.lower() == "top" or wanted[0] in "/!":
                continue
            file = site.find(address.path)
            target = site.documents.get(file) if file is not None else None
            if target and target.ids and wanted not in target.ids:
                message = f'a link leads to "/{address.path[:120]}#{wanted[:80]}", and that page has no such id'
                yield Found(message, "give the part that id, or link the page", one.line, path)
