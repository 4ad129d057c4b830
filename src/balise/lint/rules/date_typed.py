"""A date is typed into the text instead of coming from the registry.

What it finds: days, months and years in the prose of a page that no call shows. The year in the name of a law is part
of that name and passes.

Why it matters: dates age without anybody noticing, and each language writes them in its own way. A date of the registry
has a source, and `date("2026-11-18")` is spelled right in each edition.

Bad: "La journée a lieu le 18 novembre 2026."

Better: "La journée a lieu le {{ date("european-day") }}."
"""

from __future__ import annotations

from collections.abc import Iterator

from balise.lint.rule import Finding, Options, Rule
from balise.lint.sheet import Sheet
from balise.lint.typed_facts import typed_facts
from balise.problems import Severity

RULE = Rule(group="facts", severity=Severity.WARNING, languages=("fr", "nl", "en"))


def check(sheet: Sheet, options: Options) -> Iterator[Finding]:
    """Yield a finding for each typed date."""
    for fact in typed_facts(sheet):
        if fact.kind == "date":
            message = f'the date "{fact.text}" is typed by hand'
            hint = 'write {{ date("…") }} with a date of content/data/figures.yml, or with YYYY-MM-DD where it ages not'
            yield Finding(message, hint, fact.passage, fact.start, fact.end)
