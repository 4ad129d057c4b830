"""The letters that every match of a pattern holds: a text without any of them needs no search."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

DIGIT = "\0digit"
"""What stands for a digit, whichever it is."""
_MOST = 48
_SHORTEST = 2


@cache
def fragments(pattern: str) -> frozenset[str]:
    """Return words in small letters of which every match of a pattern holds at least one; none where nothing is known.

    The pattern is one of Python's `re`; it is read by the parser of `re` itself.
    """
    parser: Any = getattr(re, "_parser", None)
    if parser is None:
        return frozenset()
    found = _of_sequence(list(parser.parse(pattern)))
    return frozenset(found or ())


def _of_sequence(items: Sequence[Any]) -> set[str] | None:
    """Return the best set among the parts of a sequence, all of which a match holds."""
    best: set[str] | None = None
    run: list[str] = []
    for item in [*items, None]:
        name = str(item[0]) if item else ""
        if item and name == "LITERAL":
            run.append(chr(item[1]).lower())
            continue
        word = "".join(run)
        best = _better(best, {word} if len(word) >= _SHORTEST or (word and not word.isalnum()) else None)
        run = []
        if item:
            best = _better(best, _of_part(name, item[1]))
    return best


def _of_part(name: str, value: Any) -> set[str] | None:
    """Return the set of one part that is no letter."""
    if name == "SUBPATTERN":
        return _of_sequence(list(value[3]))
    if name == "BRANCH":
        return _union(_of_sequence(list(branch)) for branch in value[1])
    if name in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT") and value[0] > 0:
        return _of_sequence(list(value[2]))
    if name == "IN":
        return {DIGIT} if [str(one[1]) for one in value] == ["CATEGORY_DIGIT"] else None
    if name == "ATOMIC_GROUP":
        return _of_sequence(list(value))
    return None


def present(words: Iterable[str], lowered: str) -> frozenset[str]:
    """Return those of the words that a text in small letters holds."""
    found = {word for word in words if word in lowered}
    if any(digit in lowered for digit in "0123456789"):
        found.add(DIGIT)
    return frozenset(found)


def _union(sets: Iterable[set[str] | None]) -> set[str] | None:
    found: set[str] = set()
    for one in sets:
        if not one:
            return None
        found |= one
    return found if len(found) <= _MOST else None


def _worth(words: set[str]) -> tuple[int, int]:
    return min(0 if word == DIGIT else len(word) for word in words), -len(words)


def _better(one: set[str] | None, other: set[str] | None) -> set[str] | None:
    """Return the set that fewer texts hold a word of: the one whose shortest word is longer, then the smaller one."""
    if not one or not other:
        return one or other
    return max(one, other, key=_worth)
