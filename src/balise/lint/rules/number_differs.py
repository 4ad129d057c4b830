"""A translation of the data has another number than the text it was made from.

What it finds: translations of data files, site.yml and templates whose numbers are not those of their source, however
each language writes its hours (9:00, 9 h, 9.00 uur) and groups its thousands. Pages need no such rule: a translation
there that changes a number is refused.

Why it matters: "after 5 days" becomes "après 15 jours", and nobody who reads one language alone can see it.

Bad: "Staff check after 5 days." translated as "L'équipe vérifie après 15 jours."

Better: "L'équipe vérifie après 5 jours."
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from balise.lint.rule import Finding, Options, Rule
from balise.lint.sheet import Passage, Sheet
from balise.problems import Severity

RULE = Rule(group="facts", severity=Severity.WARNING, on=("data",))

_NUMBER = re.compile(r"(?<![A-Z])[0-9]+(?![A-Z0-9])")
"""Digits that are no part of a name such as C3P."""
_MIDNIGHT = frozenset({"0", "00", "24"})
_GAP = re.compile(r"(?<=[0-9])[ .,](?=[0-9]{3}(?![0-9]))")
_HALF_DAY = re.compile(r"[0-9] ?[ap]\.?m\b", re.IGNORECASE)


def check(sheet: Sheet, options: Options) -> Iterator[Finding]:
    """Yield a finding for each translation whose numbers are other ones."""
    for passage in sheet.passages:
        if passage.source and _NUMBER.search(passage.text + passage.source):
            yield from _compared(passage)


def _compared(passage: Passage) -> Iterator[Finding]:
    ours, theirs = _numbers(passage.source), _numbers(passage.text)
    if ours == theirs or _HALF_DAY.search(passage.source) or _HALF_DAY.search(passage.text):
        return
    lost, added = ours - theirs, theirs - ours
    parts = [
        f"{word} {', '.join(map(str, sorted(numbers)))}"
        for word, numbers in (("loses", lost), ("adds", added))
        if numbers
    ]
    first = next((match for match in _NUMBER.finditer(passage.text) if int(match[0]) in added), None)
    start, end = first.span() if first else (0, len(passage.text))
    hint = "write the numbers of the text it was made from, as the language writes them"
    yield Finding(f"the translation {' and '.join(parts)}", hint, passage, start, end)


def _numbers(text: str) -> Counter[int]:
    """Return the numbers of a text; full hours are without their minutes, and midnight is none."""
    plain = _GAP.sub("", text.replace("\u00a0", " ").replace("\u202f", " "))
    return Counter(int(number) for number in _NUMBER.findall(plain) if number not in _MIDNIGHT)
