"""A word mixes letters of several scripts, or a number has digits other than 0 to 9.

What it finds: words that hold Latin letters and letters of another script that look like them (Cyrillic, Greek,
Armenian, Georgian, Cherokee, Latin of full width), and digits of other scripts. Words wholly in another script pass.

Why it matters: the word looks right and is another one: search does not find it, a screen reader spells it, and a
telephone dials something else. An address with such a letter leads elsewhere.

Bad: "Appelez le 116 000" with a Cyrillic letter for the A.

Better: "Appelez le 116 000", typed on one keyboard.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from balise.lint.rule import Finding, Options, Rule
from balise.lint.scripts import OTHER_DIGITS, OTHER_SCRIPTS, named
from balise.lint.sheet import Passage, Sheet
from balise.problems import Severity

RULE = Rule(group="bytes", severity=Severity.WARNING, on=("page", "data"))

_LATIN = re.compile("[A-Za-z\u00c0-\u024f]")
_BREAK = re.compile(r"[\s,;:!?()\[\]«»“”\"\ufffc'’/·]")
_HINT = "type it again on the keyboard of the language"


def check(sheet: Sheet, options: Options) -> Iterator[Finding]:
    """Yield a finding for each word of two scripts and each number in other digits."""
    for passage in sheet.passages:
        if not passage.text.isascii():
            yield from _words(passage)
            yield from _numbers(passage)


def _words(passage: Passage) -> Iterator[Finding]:
    done = 0
    for match in OTHER_SCRIPTS.finditer(passage.text):
        if match.start() < done:
            continue
        start, done = _word(passage.text, match.start())
        word = passage.text[start:done]
        if _LATIN.search(word):
            message = f'the word "{word}" mixes scripts: it holds {named(match[0])}'
            yield Finding(message, _HINT, passage, start, done, severity=_severity(word))


def _numbers(passage: Passage) -> Iterator[Finding]:
    done = 0
    for match in OTHER_DIGITS.finditer(passage.text):
        if match.start() < done:
            continue
        start, done = _word(passage.text, match.start())
        word = passage.text[start:done]
        message = f'the number "{word}" has other digits than 0 to 9: it holds {named(match[0])}'
        dialled = sum(map(str.isdecimal, passage.text[start : start + 20])) > 5
        yield Finding(message, _HINT, passage, start, done, severity=Severity.ERROR if dialled else _severity(word))


def _word(text: str, at: int) -> tuple[int, int]:
    """Return where the word begins and ends that a character stands in."""
    start = at
    while start and not _BREAK.match(text[start - 1]):
        start -= 1
    end = _BREAK.search(text, at)
    stop = end.start() if end else len(text)
    return start, stop - 1 if text[stop - 1] == "." else stop


def _severity(word: str) -> Severity | None:
    """Return how much a finding weighs: an error in an address."""
    return Severity.ERROR if "@" in word or re.search(r"\w\.\w", word) else None
