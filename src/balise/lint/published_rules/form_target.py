"""What a reader types is sent to others, or written into an address.

What it finds: forms that send to another site, forms without encryption, and forms that put what is typed into the
address of the next page (`method="get"`, the default), where it stays in the history and in the server's logs. A form
that the page's policy keeps from being sent is left alone.

Why it matters: people type what happened to them.

Bad: `<form action="https://forms.example.com/123">`

Better: no form, or one that the site's own server takes by `method="post"` over https
"""

from __future__ import annotations

from collections.abc import Iterator

from balise.lint.published_html import Element
from balise.lint.published_page import PublishedPage
from balise.lint.published_policy import policies_of
from balise.lint.published_rule import PublishedRule
from balise.lint.published_site import Found, PublishedSite
from balise.problems import Severity

RULE = PublishedRule(Severity.ERROR)

_TYPED = frozenset({"", "text", "search", "email", "tel", "url", "password"})


def check_page(page: PublishedPage, site: PublishedSite) -> Iterator[Found]:
    """Yield a finding for each form that gives away what is typed."""
    forms = [*page.all("form"), *(one for one in page.all("button") if "formaction" in one.attributes)]
    if not forms or any(policy.of("form-action") == ("'none'",) for policy in policies_of(page, site)):
        return
    for form in forms:
        address = site.resolve(page, form.get("action") or form.get("formaction"))
        line = page.line(form.start)
        if address.kind == "outside":
            message = f"a form sends what is typed to {address.origin}"
            yield Found(message, "take it with the site's own server, or do without it", line)
        elif form.name == "form" and form.get("method").lower() in ("", "get") and _is_typed_into(page, form):
            message = "a form puts what is typed into the address of a page"
            yield Found(message, 'use `method="post"`, or read the field on the page', line, severity=Severity.WARNING)


def _is_typed_into(page: PublishedPage, form: Element) -> bool:
    end = form.end if form.end >= 0 else len(page.text)
    return any(
        form.start < one.start < end
        and one.get("type").lower() in _TYPED
        and (one.get("name") or one.name == "textarea")
        for one in page.all("input", "textarea")
    )
