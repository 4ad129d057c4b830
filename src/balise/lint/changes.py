"""How much a source text changed since its translation was made: by meaning, not by date or by byte."""

from __future__ import annotations

import re
import unicodedata
from difflib import SequenceMatcher
from enum import Enum
from functools import lru_cache

from balise.lint.plain_text import plain_text
from balise.lint.sentences import split_words
from balise.protected import plain_things

_CALLED = re.compile(r"\{\{.*?\}\}")
_TURNS = frozenset(
    "not no never nothing nobody without don't doesn't can't cannot mustn't only unless except before after must may "
    "pas ne jamais rien aucun aucune sans sauf avant après seulement doit peut "
    "niet geen nooit niets niemand zonder tenzij behalve voor na alleen moet mag".split()
)
"""Words that turn what a sentence says: one more or less is never a small change."""


class Change(Enum):
    """How much of a text changed.

    Cosmetic: markup, link targets, punctuation, capitals, accents. Minor: a word or two. Substantive: more, a number,
    a call, or a word that turns the sentence.
    """

    COSMETIC = "cosmetic"
    MINOR = "minor"
    SUBSTANTIVE = "substantive"


@lru_cache(maxsize=1024)
def classify_change(before: str, after: str) -> Change:
    """Return how much changed from one text in Markdown to the other."""
    old, new = _words(before), _words(after)
    if old == new:
        return Change.COSMETIC if _things(before) == _things(after) else Change.SUBSTANTIVE
    changed = set(old) ^ set(new)
    if _things(before) != _things(after) or changed & _TURNS:
        return Change.SUBSTANTIVE
    steps = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    most = sum(max(b - a, d - c) for kind, a, b, c, d in steps if kind != "equal")
    return Change.MINOR if most <= 2 and most * 3 <= max(len(old), len(new)) else Change.SUBSTANTIVE


def _words(text: str) -> list[str]:
    """Return the words of a text in small letters without accents: one that is set right is typography."""
    letters = unicodedata.normalize("NFD", plain_text(text).text.lower().replace("œ", "oe"))
    return list(split_words("".join([letter for letter in letters if not unicodedata.combining(letter)])))


def _things(text: str) -> tuple[list[str], dict[str, int]]:
    """Return the calls and the numbers of a text."""
    calls = sorted("".join(call.split()) for call in _CALLED.findall(text))
    return calls, dict(plain_things(plain_text(_CALLED.sub("", text)).text))
