"""A word of offices stands where everybody knows a plain one.

What it finds: words from letters of offices ("nonobstant", "teneinde", "prior to"), a warning, and heavy words that
have a lighter one in most sentences ("afin de", "indien", "furthermore"), as advice. The plain word is offered.
Quotations are left alone.

Why it matters: such words cost nothing to the writer and half a minute to a frightened reader, and they sound like a
letter from a court.

Bad: "Gelieve onverwijld contact op te nemen teneinde de feiten te melden."

Better: "Bel meteen om de feiten te melden."
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache

from balise.lint.forms import Forms, compile_forms
from balise.lint.officialese import HEAVY, STIFF
from balise.lint.rule import Finding, Options, Rule
from balise.lint.sheet import Sheet
from balise.problems import Severity

RULE = Rule(group="plain", severity=Severity.WARNING, languages=("fr", "nl", "en"), on=("page", "data"))


def check(sheet: Sheet, options: Options) -> Iterator[Finding]:
    """Yield a finding for each word that has a plain one."""
    language = sheet.language.partition("-")[0]
    yield from _found(sheet, STIFF[language], Severity.WARNING)
    if sheet.surroundings.advice:
        yield from _found(sheet, HEAVY[language], Severity.ADVICE)


@cache
def _by_word(forms: tuple[str, ...]) -> Mapping[str, list[tuple[str, Forms]]]:
    """Return forms by a word that a text with them has; one that stands for any ending by what it begins with."""
    found: dict[str, list[tuple[str, Forms]]] = {}
    for form in forms:
        found.setdefault(max(form.split(), key=len), []).append((form, compile_forms((form,))))
    return found


@cache
def _whole(forms: tuple[str, ...]) -> tuple[frozenset[str], Mapping[str, list[str]]]:
    """Return the words of forms, and those that stand for any ending by their first three letters."""
    words = _by_word(forms)
    begun: dict[str, list[str]] = {}
    for word in words:
        if "*" in word:
            begun.setdefault(word[:3], []).append(word)
    return frozenset(word for word in words if "*" not in word), begun


def _found(sheet: Sheet, plain: Mapping[str, str], severity: Severity) -> Iterator[Finding]:
    lowered, forms = sheet.lowered, tuple(plain)
    whole, begun = _whole(forms)
    beginnings = begun.keys() & sheet.beginnings if begun else ()
    there = [
        *(whole & sheet.vocabulary),
        *(word for start in beginnings for word in begun[start] if word[:-1] in lowered),
    ]
    if len(lowered) != len(sheet.text):
        return
    for form, compiled in [item for word in sorted(there) for item in _by_word(forms)[word]]:
        for match in compiled.pattern.finditer(lowered):
            hit = sheet.hit(match.start(), match.end())
            if hit.passage.own_words[hit.start : hit.end].strip():
                found = hit.passage.text[hit.start : hit.end]
                yield Finding(f'the text says "{found}"', f"write: {plain[form]}", *hit, severity=severity)
