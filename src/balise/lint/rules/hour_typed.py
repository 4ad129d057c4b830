"""Opening hours are typed into the text instead of coming from the registry.

What it finds: times of day in the prose of a page, as in "9 h 30", "17:00", "van 9 tot 17 uur" or "5 pm". A while, as
in "24 hours", passes.

Why it matters: hours change more often than numbers do. Whoever calls in vain after gathering the courage may not call
again.

Bad: "Le service répond de 9 h à 17 h."

Better: the channel's card, {{ channel("…") }}, which shows the hours of its record.
"""

from __future__ import annotations

from collections.abc import Iterator

from balise.lint.rule import Finding, Options, Rule
from balise.lint.sheet import Sheet
from balise.lint.typed_facts import typed_facts
from balise.problems import Severity

RULE = Rule(group="facts", severity=Severity.WARNING, languages=("fr", "nl", "en"))


def check(sheet: Sheet, options: Options) -> Iterator[Finding]:
    """Yield a finding for each typed time of day."""
    for fact in typed_facts(sheet):
        if fact.kind == "hour":
            message = f'the hour "{fact.text}" is typed by hand'
            hint = 'show the hours of a service with {{ channel("…") }} on a line of its own'
            yield Finding(message, hint, fact.passage, fact.start, fact.end)
