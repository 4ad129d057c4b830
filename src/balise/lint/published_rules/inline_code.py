"""Code stands in the page itself, where a policy blocks it or keeps a policy from being strict.

What it finds: scripts, styles, style attributes and handlers such as `onclick` in a page. Where a content security
policy blocks them they do not work; where there is none they stand in the way of one (as advice).

Why it matters: a policy that lets the page's own inline code run lets injected code run too. And code that is blocked
is a menu that does not open, for everybody.

Bad: `<button onclick="leave()">Leave</button>`

Better: a script in a file of its own that listens to the button
"""

from __future__ import annotations

from collections.abc import Iterator

from balise.lint.published_html import Element
from balise.lint.published_page import PublishedPage
from balise.lint.published_policy import policies_of
from balise.lint.published_rule import PublishedRule
from balise.lint.published_site import Found, PublishedSite
from balise.problems import Severity

RULE = PublishedRule(Severity.WARNING)

_RUN = frozenset({"", "module", "text/javascript", "application/javascript", "importmap", "speculationrules"})


def check_page(page: PublishedPage, site: PublishedSite) -> Iterator[Found]:
    """Yield a finding for the first piece of each kind of inline code."""
    policies = policies_of(page, site)
    told: set[str] = set()
    for name, kind, element, text, is_attribute in _pieces(page):
        nonce = element.get("nonce")
        blocked = any(not policy.allows(kind, text, nonce, attribute=is_attribute) for policy in policies)
        if name in told or (policies and not blocked):
            continue
        told.add(name)
        line = page.line(element.start)
        if blocked:
            yield Found(f"the content security policy blocks {name}", "move it into a file of the site", line)
        else:
            message = f"the page holds {name}, and no content security policy knows it"
            yield Found(message, "move it into a file of the site", line, severity=Severity.ADVICE)


def _pieces(page: PublishedPage) -> Iterator[tuple[str, str, Element, str, bool]]:
    """Yield the inline code of a page: what it is, what the policy calls it, its element, its text."""
    for script in page.all("script"):
        if "src" not in script.attributes and script.get("type").lower() in _RUN:
            yield "an inline script", "script", script, page.text[script.inner : script.end], False
    for style in page.all("style"):
        yield "an inline style sheet", "style", style, page.text[style.inner : style.end], False
    for element in page.styled:
        yield "a style attribute", "style", element, element.attributes["style"], True
    for element, name in page.handlers:
        yield f"a handler ({name})", "script", element, element.attributes[name], True
    for reference in page.all("a"):
        if reference.get("href").lower().startswith("javascript:"):
            yield "a link that runs a script", "script", reference, reference.get("href"), True
