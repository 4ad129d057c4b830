"""Facts that somebody typed into the prose of a page: telephone numbers, addresses, dates, hours and other numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from balise.languages import fallbacks
from balise.lint.typed_patterns import ADDRESS, DATE, HOUR, LAW, NAME, NO_FACT, NUMBER, PHONE, SCALES, SHARE, WORDS

if TYPE_CHECKING:
    from balise.channels import Channel
    from balise.lint.sheet import Passage, Sheet

_DIGIT = re.compile(r"[0-9]")
_NO_DIGIT = re.compile(r"[^0-9]")
_DIALLING = re.compile(
    r"(?:\b(?:appel\w*|faites|composez|numéro|contactez|bel|belt|bellen|nummer|draai|call|dial|ring|phone|number|text)"
    r"\b[^.!?\n]{0,40})\Z",
    re.IGNORECASE,
)
_MINUTES = re.compile(r"[0-9]{1,3}(?: (?:à|tot|to) | ?[-–] ?)[0-9]{1,3}")
_MAY_BE_ADDRESS = re.compile(r"@|://|\w\.\w")
_SHORT = 3
"""Digits of the shortest number that is always one to dial."""
_SMALL = 18
"""Up to here, a bare number counts things to do, or says an age."""


class Typed(NamedTuple):
    """A typed fact: where it stands in a passage, its kind (phone, address, date, hour, number), its channel if any."""

    passage: Passage
    start: int
    end: int
    kind: str
    channel: Channel | None = None

    @property
    def text(self) -> str:
        """Return what is typed."""
        return self.passage.text[self.start : self.end]


_COUNTED = re.compile(r" (?!bel|appel|call|dial|or\b|of\b|ou\b|and\b|en\b|et\b|is\b|est\b|in\b)[^\W\d_]{3,}")
"""A word behind a number of three digits that is counted, not dialled."""


def typed_facts(sheet: Sheet) -> Sequence[Typed]:
    """Return the typed facts of a page in order; those of a translation only where its source has none in their place.

    A translation holds the digits of its source, or it is refused.
    """
    found = sheet.memory.get("typed_facts")
    if not isinstance(found, list):
        in_words = any(scale in sheet.lowered for scale in SCALES)
        found = sheet.memory["typed_facts"] = [
            one for passage in sheet.passages for one in _typed(sheet, passage, in_words=in_words)
        ]
    return found


def _typed(sheet: Sheet, passage: Passage, *, in_words: bool) -> Iterator[Typed]:
    text = passage.text
    if not passage.source and (_DIGIT.search(text) or _MAY_BE_ADDRESS.search(text)):
        yield from sorted(_in_text(sheet, passage), key=lambda one: one.start)
    if in_words and any(scale in text.lower() for scale in SCALES):
        yield from _in_words(sheet, passage)


def _in_text(sheet: Sheet, passage: Passage) -> Iterator[Typed]:
    """Yield the facts of a text; what one pattern takes, the next no longer sees."""
    text = passage.text
    for match in ADDRESS.finditer(text):
        end = match.start() + len(match[0].rstrip(".,;:!?)»”'\""))
        yield Typed(passage, match.start(), end, "address")
    text = ADDRESS.sub(_blank, text)
    if not _DIGIT.search(text):
        return
    numbers = sheet.surroundings.numbers
    for match in PHONE.finditer(text):
        yield Typed(passage, *match.span(), "phone", numbers.get(_NO_DIGIT.sub("", match[0])))
    text = PHONE.sub(_blank, text)
    if passage.kind == "cell" and _MINUTES.fullmatch(text.strip()):
        return
    text = LAW.sub(_blank, text)
    for kind, pattern in (("date", DATE), ("hour", HOUR)):
        for match in pattern.finditer(text):
            yield Typed(passage, *match.span(), kind)
        text = pattern.sub(_blank, text)
    text = NAME.sub(_blank, NO_FACT.sub(_blank, text))
    for match in SHARE.finditer(text):
        yield Typed(passage, *match.span(), "number")
    for match in NUMBER.finditer(SHARE.sub(_blank, text)):
        digits = _NO_DIGIT.sub("", match[0])
        channel = numbers.get(digits)
        asked = _DIALLING.search(passage.text, 0, match.start())
        counted = len(digits) == _SHORT and _COUNTED.match(passage.text, match.end())
        dialled = channel and (asked or (len(digits) >= _SHORT and not counted))
        if not dialled and match[0] == digits and int(digits[:4]) <= _SMALL:
            continue
        yield Typed(passage, *match.span(), "phone" if dialled else "number", channel if dialled else None)


def _in_words(sheet: Sheet, passage: Passage) -> Iterator[Typed]:
    pattern = next((WORDS[tag] for tag in fallbacks(sheet.language) if tag in WORDS), None)
    for match in pattern.finditer(passage.text) if pattern else ():
        if not any(scale in passage.source.lower() for scale in SCALES):
            yield Typed(passage, *match.span(), "number")


def _blank(match: re.Match[str]) -> str:
    return "\0" * len(match[0])
