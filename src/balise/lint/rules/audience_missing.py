"""A page does not say for whom it is written.

What it finds: a page of type situation or lesson without `audience` in its front matter (on request).

Why it matters: the gate holds texts for children to other measures than those for adults. A page that names nobody is
held to none of them.

Bad: a page on blackmail for teenagers without `audience`

Better: `audience: [young]`
"""

from __future__ import annotations

from collections.abc import Iterator

from balise.lint.rule import Finding, Options, Rule
from balise.lint.sheet import Sheet
from balise.problems import Severity

RULE = Rule(group="structure", severity=Severity.ADVICE, options={"types": ("situation", "lesson")})


def check(sheet: Sheet, options: Options) -> Iterator[Finding]:
    """Yield a finding for a page that names no audience."""
    page, types = sheet.page, options["types"]
    if page is None or page.step or sheet.is_translated or page.meta.get("audience"):
        return
    if isinstance(types, tuple) and page.type.name in types:
        hint = "name in `audience` who reads it: parent, young, teacher, adult or anyone"
        yield Finding("the page does not say for whom it is", hint, place=page.document.location("type"))
