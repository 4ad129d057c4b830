"""A text says that a service is free, anonymous, open day and night or confidential; its translation does not.

What it finds: translations of pages and of data that lose one of these words or add it. Words that say the same in
another way count ("without your name", "kost niets"); so do not "feel free" and "free time".

Why it matters: "anonymous" decides whether somebody calls. Who reads the promise in one language and calls, and hears
that it does not hold, does not call again; who reads it in no language does not call at all.

Bad: "Calling is free and anonymous." translated as "L'appel est gratuit."

Better: "L'appel est gratuit et anonyme."
"""

from __future__ import annotations

from collections.abc import Iterator

from balise.lint.promises import PROMISES, made, may_make
from balise.lint.rule import Finding, Options, Rule
from balise.lint.sheet import Passage, Sheet
from balise.problems import Severity

RULE = Rule(group="languages", severity=Severity.WARNING, languages=("fr", "nl", "en"), on=("page", "data"))

_NAMES = ("channels.operator", "sources.")
"""Texts of the data that are names: "Meld Misdaad Anoniem" promises nothing."""


def check(sheet: Sheet, options: Options) -> Iterator[Finding]:
    """Yield a finding for each promise that only one of the two texts makes."""
    site = sheet.surroundings.project.site
    written = (sheet.page.language if sheet.page else site.data_language).partition("-")[0]
    language = sheet.language.partition("-")[0]
    if written == language or written not in PROMISES:
        return
    for passage in sheet.passages:
        if not passage.source or passage.section.startswith(_NAMES):
            continue
        yield from _compared(passage, written, language)


def _compared(passage: Passage, written: str, language: str) -> Iterator[Finding]:
    for name, words in made(passage.source, written).items():
        if not may_make(passage.text, language, name):
            message = f'the text says "{words}", and the translation does not'
            yield Finding(message, "say it in the translation too", passage, 0, len(passage.text))
    for name, words in made(passage.text, language).items():
        if not may_make(passage.source, written, name):
            start = passage.text.find(words)
            message = f'the translation says "{words}", and the text it was made from does not'
            hint = "leave it out, or say it in the text too if it is true"
            yield Finding(message, hint, passage, start, start + len(words))
