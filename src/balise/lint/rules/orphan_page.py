"""A page that nobody finds.

What it finds: a page that no other page links to, that no listing of a section, no menu, and nothing in site.yml
(`doors`, `footer`) leads to. The list from A to Z does not count: who does not know that a page exists, looks for none.
Steps of guides are reached through their guide, drafts are not published.

Why it matters: somebody wrote the page for a reader who now never sees it, and nobody notices when it goes stale.

Bad: content/thanks.md that nothing names

Better: a link from a page where readers need it, or a place in `footer`
"""

from __future__ import annotations

from collections.abc import Iterator

from balise.lint.rule import Finding, Options, Rule
from balise.lint.whole import Whole
from balise.page import Page
from balise.problems import Location, Severity
from balise.project import Project

RULE = Rule(group="structure", severity=Severity.WARNING)


def check_whole(whole: Whole, options: Options) -> Iterator[Finding]:
    """Yield a finding for each page that nothing leads to, in any language."""
    project = whole.project
    led = {"index", *project.site.footer, *project.site.doors.values()}
    for (_, page_id), notes in whole.notes.items():
        led.update(name for name in notes.links if name != page_id)
    for page in project.pages.values():
        if page.is_inner_step or page.is_draft or page.id in led or _is_listed(page, project):
            continue
        hint = "link it from a page where readers need it, name it in `footer`, or delete it"
        yield Finding("nothing leads to this page", hint, place=Location(page.path, 1))


def _is_listed(page: Page, project: Project) -> bool:
    """Tell whether the menu or the listing of a section names a page: that of a section in the navigation does."""
    return bool(page.section) and page.section in project.site.sections
