"""A paragraph that nobody in distress reads to its end.

What it finds: a paragraph, a list item or a cell of more than 120 words (on request).

Why it matters: a block of text on a small screen looks like work. Readers skip it, and with it what they had to know
(WCAG 2.2, 3.1.5; the guides of plainlanguage.gov and of ISO 24495-1).

Bad: one paragraph on what to do, why, who helps and what happens then

Better: a paragraph for each, the first one on what to do
"""

from __future__ import annotations

from collections.abc import Iterator

from balise.lint.rule import Finding, Options, Rule
from balise.lint.sheet import Sheet
from balise.problems import Severity

RULE = Rule(group="structure", severity=Severity.ADVICE, options={"words": 120})


def check(sheet: Sheet, options: Options) -> Iterator[Finding]:
    """Yield a finding for each paragraph that is too long."""
    most = int(str(options["words"]))
    for passage in sheet.passages:
        if len(passage.raw) < 3 * most:
            continue
        words = sum(len(sentence.words) for sentence in passage.sentences)
        if words > most:
            message = f"a paragraph of {words} words"
            yield Finding(message, f"keep to {most}, or to one thought", passage, 0, len(passage.text))
