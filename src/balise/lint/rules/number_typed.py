"""A number is typed into the text instead of coming from the registry.

What it finds: numbers in the prose of a page that no call shows: statistics, shares ("1 in 5"), amounts of money,
percentages, and numbers in words with million, billion or per cent. Ages, whiles ("24 hours"), counts up to 18,
ordinals, labels, names with digits and articles of laws are no facts and pass. Dates, hours, telephone numbers and
addresses have rules of their own. The data files are the registry: what stands in them is sealed (`fact-unsealed`).

Why it matters: a typed number has no source, no date and no owner. It drifts apart between languages, and nobody is
told when a newer one is out.

Bad: "Le service a reçu 2 412 signalements."

Better: "Le service a reçu {{ number("reports-2025") }} signalements.", with the record in `content/data/figures.yml`.
"""

from __future__ import annotations

from collections.abc import Iterator

from balise.lint.rule import Finding, Options, Rule
from balise.lint.sheet import Sheet
from balise.lint.typed_facts import typed_facts
from balise.problems import Severity

RULE = Rule(
    group="facts",
    severity=Severity.WARNING,
    languages=("fr", "nl", "en"),
    on=("page", "data"),
    replaces=("fig-raw-number",),
    yields_to=("fig-thousands-separator",),
)


def check(sheet: Sheet, options: Options) -> Iterator[Finding]:
    """Yield a finding for each typed number of a page; none for data, where it stands for the rule of `terms.yml`."""
    for fact in typed_facts(sheet) if sheet.kind == "page" else ():
        if fact.kind == "number":
            message = f'the number "{fact.text}" is typed by hand'
            hint = 'show it with {{ number("…") }} or {{ figure("…") }} from content/data/figures.yml, with its source'
            yield Finding(message, hint, fact.passage, fact.start, fact.end)
