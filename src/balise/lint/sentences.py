"""Cutting a text into sentences and words, for French, Dutch and English alike."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

_WORD = re.compile(r"[^\W_]+(?:['\u2019.\-·][^\W_]+)*|\ufffc")
_END = re.compile(r"[.!?…]+(?: ?»)?[\"»”')\]]*(?=\s|\Z)|\n")
_ABBREVIATION = re.compile(
    r"(?:\b(?:p\.\s?ex|c\.-à-d|env|art|nr|no|n°|st|ste|mr|mme|mlle|dr|prof|vs|etc|cf|bv|bijv|enz|d\.w\.z|o\.a|m\.b\.t|"
    r"t\.e\.m|m\.a\.w|i\.p\.v|a\.u\.b|e\.g|i\.e|approx|ca|resp|tel|tél|jr|sr|inc|ltd|al)|\b(?-i:[A-Z](?:\.[A-Z])*))\.\Z",
    re.IGNORECASE,
)
_NEXT = re.compile(r"\s+(?:'[stkn] )?[\"«“'(\[\s]*(\S)")


class Sentence(NamedTuple):
    """A sentence of a text: offsets in characters, and its words."""

    start: int
    end: int
    words: tuple[str, ...]


def split_words(text: str) -> tuple[str, ...]:
    """Return the words of a text; a call counts as one, and so does a word with apostrophes, hyphens or points."""
    return tuple(_WORD.findall(text))


def split_sentences(text: str) -> Sequence[Sentence]:
    """Return the sentences of a text; one ends at a full stop, question or exclamation mark before a capital.

    Points of abbreviations and initials end none.
    """
    found: list[Sentence] = []
    start = 0
    for match in _END.finditer(text):
        if match.end() < len(text) and not _ends_here(text, start, match):
            continue
        _add(found, text, start, match.end())
        start = match.end()
    _add(found, text, start, len(text))
    return found


def _ends_here(text: str, start: int, match: re.Match[str]) -> bool:
    if match[0] == "\n":
        return True
    following = _NEXT.match(text, match.end())
    if following and following[1].islower():
        return False
    last = text[max(start, match.end() - 12) : match.end()]
    return not (match[0] == "." and _ABBREVIATION.search(last))


def _add(found: list[Sentence], text: str, start: int, end: int) -> None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    words = split_words(text[start:end])
    if words:
        found.append(Sentence(start, end, words))
