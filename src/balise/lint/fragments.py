"""The letters that every match of a pattern holds: a text without any of them needs no search."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

DIGIT = "\0digit"
"""What stands for a digit, whichever it is."""
_TOKEN = re.compile(r"[^\W_]+")
_DIGIT = re.compile(r"\d")
_MOST = 48
_SHORTEST = 2
_SETS = 3


_TWINS = {"\u0130": "i", "\u0131": "i", "\u017f": "s"}
"""Letters that `re` holds for `i` and `s` when capitals do not count, and that have small letters of their own."""
_TWIN = re.compile(f"[{''.join(_TWINS)}]")
_OWN_CASE = re.compile(
    "[\u00b5\u0345-\u03ff\u1c80-\u1c88\u1e60\u1e61\u1e9b\u1f00-\u1fff\ufb05\ufb06]|[\u0400-\u052f\ua64a\ua64b]"
)
"""Letters of which `re` holds more than two for the same one; what holds them is not needed as it is written."""
Needed = tuple[frozenset[str], ...]
"""Sets of words of which a match holds one each, the rarest set first."""


def small(text: str) -> str:
    """Return a text in small letters, as long as it was, in which `needed` words are looked for."""
    if text.isascii() or not any(twin in text for twin in _TWINS):
        return text.lower()
    return _TWIN.sub(lambda match: _TWINS[match[0]], text).lower()


@cache
def needed(pattern: str) -> Needed:
    """Return sets of words in small letters of each of which every match of a pattern holds one; none where unknown.

    The pattern is one of Python's `re`; it is read by the parser of `re` itself.
    """
    parser: Any = getattr(re, "_parser", None)
    if parser is None:
        return ()
    found = _of_sequence(list(parser.parse(pattern)))
    unique = dict.fromkeys(frozenset(map(_whole, one)) for one in found)
    return tuple(sorted(unique, key=_worth, reverse=True))[:_SETS]


def _whole(word: str) -> str:
    """Return the longest piece of a word that has no space or sign in it; a sign alone stays."""
    pieces = [piece for piece in _TOKEN.findall(word) if len(piece) >= _SHORTEST]
    return word if word == DIGIT or not pieces else max(pieces, key=len)


def _of_sequence(items: Sequence[Any]) -> list[set[str]]:
    """Return the sets of the parts of a sequence, all of which a match holds."""
    found: list[set[str]] = []
    run: list[str] = []
    for item in [*items, None]:
        name = str(item[0]) if item else ""
        if item and name == "LITERAL" and not _OWN_CASE.match(chr(item[1])):
            run.append(small(chr(item[1])))
            continue
        word = "".join(run)
        if len(word) >= _SHORTEST or (word and not word.isalnum() and not word.isspace()):
            found.append({word})
        run = []
        if item:
            found += _of_part(name, item[1])
    return found


def _of_part(name: str, value: Any) -> list[set[str]]:
    """Return the sets of one part that is no letter."""
    if name == "SUBPATTERN":
        return _of_sequence(list(value[3]))
    if name == "BRANCH":
        union = _union(_of_sequence(list(branch)) for branch in value[1])
        return [union] if union else []
    if name in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT") and value[0] > 0:
        return _of_sequence(list(value[2]))
    if name == "IN":
        return [{DIGIT}] if [str(one[1]) for one in value] == ["CATEGORY_DIGIT"] else []
    if name == "ATOMIC_GROUP":
        return _of_sequence(list(value))
    return []


class Finder:
    """Tells which of some words a text holds; what it learns of the words of one text it knows of the next."""

    def __init__(self, words: Iterable[str]) -> None:
        self._others: list[str] = []
        self._starts: dict[str, tuple[str, ...]] = {}
        for word in words:
            if word.isalnum():
                self._starts[word[:2]] = (*self._starts.get(word[:2], ()), word)
            elif word != DIGIT:
                self._others.append(word)
        self._known: dict[str, frozenset[str]] = {}

    def present(self, lowered: str) -> frozenset[str]:
        """Return the words that a text in small letters holds, and `DIGIT` where it holds a digit."""
        known = self._known
        found: set[str] = set()
        for token in set(lowered.split()):
            inside = known.get(token)
            if inside is None:
                inside = known[token] = self._inside(token)
            if inside:
                found |= inside
        found.update(word for word in self._others if word in lowered)
        return frozenset(found)

    def _inside(self, token: str) -> frozenset[str]:
        """Return the words that stand in one word of a text."""
        starts = self._starts
        found = {
            word
            for at in range(len(token) - 1)
            for word in starts.get(token[at : at + 2], ())
            if token.startswith(word, at)
        }
        if _DIGIT.search(token):
            found.add(DIGIT)
        return frozenset(found)


def _union(branches: Iterable[list[set[str]]]) -> set[str] | None:
    """Return words of which one stands in a match of any of the branches; `None` where that is not known of each."""
    found: set[str] = set()
    for sets in branches:
        if not sets:
            return None
        found |= max(sets, key=_worth)
    return found if len(found) <= _MOST else None


def _worth(words: Iterable[str]) -> tuple[int, int]:
    """Return how rare the words of a set are: by the length of the shortest one, then by how few they are."""
    lengths = [0 if word == DIGIT else len(word) for word in words]
    return min(lengths), -len(lengths)
