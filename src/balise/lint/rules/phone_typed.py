"""A telephone number is typed into the text instead of coming from the registry.

What it finds: digits in the prose of a page that are the number of a channel of the registry, digits that look like a
telephone number, and links to `tel:` or `sms:` typed in Markdown.

Why it matters: when a service changes its number, the record is changed and every page follows. A typed number stays
behind, and one wrong digit of it costs a reader the call they dared to make.

Bad: "Appelez le 116 000."

Better: "Appelez le {{ phone("be-child-focus-116000") }}."
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from balise.lint.rule import Finding, Options, Rule
from balise.lint.sheet import Sheet
from balise.lint.typed_facts import typed_facts
from balise.lint.typed_links import typed_links
from balise.problems import Severity

RULE = Rule(group="facts", severity=Severity.ERROR, languages=("fr", "nl", "en"), yields_to=("id-personal-contact",))


def check(sheet: Sheet, options: Options) -> Iterator[Finding]:
    """Yield a finding for each typed telephone number."""
    for fact in typed_facts(sheet):
        if fact.kind == "phone" and fact.channel:
            message = f'the telephone number "{fact.text}" is typed by hand; it is that of "{fact.channel.id}"'
            hint = f'write {{{{ phone("{fact.channel.id}") }}}}, or the channel that is meant'
            yield Finding(message, hint, fact.passage, fact.start, fact.end)
        elif fact.kind == "phone":
            message = f'"{fact.text}" looks like a telephone number, and no channel has it'
            hint = 'add it to content/data/channels.yml with its source, then write {{ phone("…") }}'
            yield Finding(message, hint, fact.passage, fact.start, fact.end)
    for target, place in typed_links(sheet, "tel:", "sms:"):
        digits = re.sub(r"[^0-9]", "", target)
        channel = sheet.surroundings.numbers.get(digits)
        hint = f'write {{{{ phone("{channel.id if channel else "…"}") }}}} instead of the link'
        yield Finding(f'the link to "{target}" is typed by hand', hint, place=place)
