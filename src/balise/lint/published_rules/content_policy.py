"""Nothing keeps foreign code out of a page.

What it finds: a page without a content security policy in its head, its headers or the folder's files for servers, and
one whose policy lets in scripts from anywhere: no rule for scripts, `unsafe-inline`, `unsafe-eval`, `*`, `https:`.

Why it matters: a policy is the second wall. If a text, a plugin or a broken server brings code into the page, it is
what stops that code from watching or sending away what a reader does.

Bad: `script-src * 'unsafe-inline'`

Better: `default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; base-uri 'none'`
"""

from __future__ import annotations

from collections.abc import Iterator

from balise.lint.published_page import PublishedPage
from balise.lint.published_policy import Policy, policies_of
from balise.lint.published_rule import PublishedRule
from balise.lint.published_site import Found, PublishedSite
from balise.problems import Severity

RULE = PublishedRule(Severity.WARNING)

_OPEN = ("*", "https:", "http:", "data:", "blob:", "'unsafe-eval'")


def check_page(page: PublishedPage, site: PublishedSite) -> Iterator[Found]:
    """Yield what a page's policies leave open; several hold together, so the strictest counts."""
    policies = policies_of(page, site)
    if not policies:
        hint = "send the header Content-Security-Policy, or put it into the head as `<meta http-equiv=…>`"
        yield Found("the page has no content security policy", hint)
        return
    faults = [list(_faults(policy)) for policy in policies]
    if all(faults):
        yield from (Found(message, hint) for message, hint in faults[0])


def _faults(policy: Policy) -> Iterator[tuple[str, str]]:
    words = policy.of("script-src", "default-src")
    if words is None:
        yield "the content security policy says nothing of scripts", "add `script-src 'self'`"
        return
    keyed = any(word.startswith(("'nonce-", "'sha")) or word == "'strict-dynamic'" for word in words)
    for word in words:
        host = word.partition("://")[2] or word
        if word in _OPEN or host.startswith("*") or (word == "'unsafe-inline'" and not keyed):
            yield f"the content security policy allows scripts by {word}", "name the sources of scripts one by one"
