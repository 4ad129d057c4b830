"""A page or a folder that cannot be read as it should.

What it finds: pages that do not say how their letters are encoded or are encoded otherwise, files over 2 MB, links of
the disk, which are not followed, answers that are too slow or broken off, and what was left unread when the time or
the number of requests was used up.

Why it matters: letters with accents turn into signs, also in names and in words that help. And what was not read was
not checked.

Bad: a page in Latin-1 that says `<meta charset="utf-8">`

Better: UTF-8, said in the first line of the head
"""

from __future__ import annotations

from collections.abc import Iterator

from balise.lint.published_rule import PublishedRule
from balise.lint.published_site import Found, PublishedSite
from balise.problems import Severity

RULE = PublishedRule(Severity.WARNING)


def check_site(site: PublishedSite) -> Iterator[Found]:
    """Yield what stood in the way of reading the site."""
    yield from site.trouble
