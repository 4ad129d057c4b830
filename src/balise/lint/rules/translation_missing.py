"""A text has no translation, so that readers get it in another language.

What it finds: a text of a page or of the data files without a translation that can be shown. In a critical section
(what to do now, what never to do) it counts as a warning, elsewhere as advice. A page without any translation is told
once, as advice: whether it is published in its own language alone is for the site to say.

Why it matters: a reader in distress who does not read English stops where the English begins.

Bad: a Dutch page on which "What to do now" stands in English.

Better: translate msgstr in the catalogue, and delete the word `fuzzy` above it where a tool has put it.
"""

from __future__ import annotations

from collections.abc import Iterator

from balise.catalogues import State
from balise.cldr import language_name
from balise.lint.rule import Finding, Options, Rule
from balise.lint.sheet import Passage, Sheet
from balise.problems import Location, Severity

RULE = Rule(group="languages", severity=Severity.WARNING, on=("page", "data"))


def check(sheet: Sheet, options: Options) -> Iterator[Finding]:
    """Yield a finding for each text without a translation; one alone for a page that has none at all."""
    missing = [passage for passage in sheet.missing if passage.state is State.MISSING]
    if not missing:
        return
    name = language_name(sheet.language, "en")
    hint = "run `balise translate update`, then translate what the catalogue leaves empty"
    if sheet.page and not sheet.passages:
        message = f"the page has no {name} text: {len(missing)} are to be translated"
        yield Finding(message, hint, place=Location(sheet.page.path, 1), severity=Severity.ADVICE)
        return
    for passage in missing:
        message = f'there is no {name} text for "{_short(passage)}"'
        place = Location(passage.path, passage.line)
        yield Finding(message, hint, place=place, severity=_weight(critical=passage.critical))


def _weight(*, critical: bool) -> Severity:
    return Severity.WARNING if critical else Severity.ADVICE


def _short(passage: Passage) -> str:
    return passage.text if len(passage.text) <= 60 else passage.text[:59] + "…"
