"""A page that readers act on was reviewed by nobody, or nobody knows in which role.

What it finds: pages of the types situation, lesson and topic without `reviewed`, and pages with `reviewed` that do not
say in which role (`reviewed_by`). A page whose next review is overdue is told by `review-due`.

Why it matters: a page written by one person holds one person's blind spots. On these pages a mistake can cost a child.

Bad: a page of the type `situation` without `reviewed`.

Better: `reviewed: "2026-11-21"` and `reviewed_by: child-protection`.
"""

from __future__ import annotations

from collections.abc import Iterator

from balise.lint.rule import Finding, Options, Rule
from balise.lint.sheet import Sheet
from balise.page_review import ROLES
from balise.problems import Severity

RULE = Rule(group="review", severity=Severity.ADVICE, options={"types": ("situation", "lesson", "topic")})


def check(sheet: Sheet, options: Options) -> Iterator[Finding]:
    """Yield a finding for a page that nobody reviewed, or nobody in a known role."""
    page, types = sheet.page, options["types"]
    if page is None or page.step or sheet.is_translated or not isinstance(types, tuple) or page.type.name not in types:
        return
    roles = ", ".join(ROLES)
    if not page.meta.get("reviewed"):
        place = page.document.location("type")
        hint = f"let somebody read it through, then add `reviewed` and `reviewed_by` ({roles})"
        yield Finding("nobody has reviewed this page", hint, place=place)
    elif not page.meta.get("reviewed_by"):
        place = page.document.location("reviewed")
        yield Finding("the page does not say in which role it was reviewed", f"add `reviewed_by`: {roles}", place=place)
