"""A word is so long that many readers lose it on the way.

What it finds: words of more than 18 letters in French and English, of more than 22 in Dutch, that are neither in the
glossary nor in the words of the project (`content/data/words.txt`) nor part of the name of a service.

Why it matters: a long compound is read syllable by syllable by people who read with effort, and breaks badly on a small
screen.

Bad: "Neem contact op met het leerlingenbegeleidingsteam."

Better: "Neem contact op met het team dat leerlingen begeleidt."
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from balise.lint.known_words import known_words
from balise.lint.rule import Finding, Options, Rule
from balise.lint.sheet import Sheet
from balise.problems import Severity

RULE = Rule(
    group="plain",
    severity=Severity.ADVICE,
    languages=("fr", "nl", "en"),
    options={"letters": 18, "letters-nl": 22},
)

_LONG = re.compile(r"[^\W\d_]{17,}")


def check(sheet: Sheet, options: Options) -> Iterator[Finding]:
    """Yield a finding for each word that is too long and not a known one."""
    most = int(str(options["letters-nl" if sheet.language.startswith("nl") else "letters"]))
    for match in _LONG.finditer(sheet.text):
        if len(match[0]) > most and match[0].lower() not in known_words(sheet.surroundings):
            hit = sheet.hit(match.start(), match.end())
            message = f'"{match[0]}" has {len(match[0])} letters'
            yield Finding(message, "say it in two words, or put it in content/data/words.txt", *hit)
