"""A slip of the keyboard that can only be set right in one way.

What it finds: an accent or a prime typed for an apostrophe, two hyphens for a dash, a space before a comma, before a
full stop or inside a bracket, none after a comma, doubled spaces; in French "oe" for "œ" and capitals without their
accent, in Dutch the ligature "ĳ", "Ij" for "IJ" and plurals such as "fotos". What the site sets by itself when it
renders a page (quotation marks, apostrophes, three dots, no-break spaces) is no fault. Code, addresses and calls are
left alone.

Why it matters: a text with slips reads like a message from a swindler, which is what readers have learnt to look for.

Bad: "Ecrivez à votre soeur , ou appelez -- jour et nuit."

Better: "Écrivez à votre sœur, ou appelez – jour et nuit."
"""

from __future__ import annotations

from collections.abc import Iterator

from balise.lint.rule import Finding, Options, Rule
from balise.lint.sheet import Sheet
from balise.lint.slips import ALL, OWN
from balise.problems import Severity

RULE = Rule(group="languages", severity=Severity.WARNING, languages=("fr", "nl", "en"), on=("page", "data"), fixes=True)

_LONGEST = 200
"""Characters that are looked at on each side of a slip, for an address that it is part of."""


def check(sheet: Sheet, options: Options) -> Iterator[Finding]:
    """Yield a finding for each slip, with what to write instead."""
    text = sheet.text
    for slip in (*ALL, *OWN[sheet.language.partition("-")[0]]):
        if not any(sign in text for sign in slip.signs) or (slip.signs == (",",) and _has_spaces(text)):
            continue
        for match in slip.pattern.finditer(text):
            passage, start, end = sheet.hit(match.start(), match.end())
            first, last = passage.plain.span(start, end)
            if passage.raw[first:last] == match[0] and not _is_address(passage.text, start, end):
                fix = slip.write(match)
                severity = Severity.ADVICE if slip.advice else None
                hint = f'write "{fix}" for "{match[0]}"'
                yield Finding(slip.name, hint, passage, start, end, fix=fix, severity=severity)


def _has_spaces(text: str) -> bool:
    """Tell whether a space or the end of a text follows every comma."""
    return text.count(",") == text.count(", ") + text.count(",\n")


def _is_address(text: str, start: int, end: int) -> bool:
    """Tell whether a stretch stands inside an address of the web or of a mailbox."""
    before, after = text[max(start - _LONGEST, 0) : start], text[end : end + _LONGEST]
    word = before.rpartition(" ")[2] + text[start:end] + after.partition(" ")[0]
    return ("/" in word and "." in word) or "@" in word or "www." in word
