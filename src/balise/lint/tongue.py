"""Which language a text is in, by its frequent words and by letters that only one language puts together.

Small, quick and the same on every machine. A library such as lingua knows more languages and takes 100 MB and seconds
to load; what the gate asks is only whether a sentence of eight words or more is in another language than its page.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from types import MappingProxyType

from balise.lint.tongue_words import DUTCH, ENGLISH, FRENCH, GERMAN, SPANISH, words_of

FREQUENT: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "fr": words_of(FRENCH),
        "nl": words_of(DUTCH),
        "en": words_of(ENGLISH),
        "de": words_of(GERMAN),
        "es": words_of(SPANISH),
    }
)
"""Frequent words of each language that is known, in small letters."""

_CLIPPED = re.compile(r"(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu)'")
"""How a French word begins that lost a vowel."""
_SHAPES: Mapping[str, re.Pattern[str]] = MappingProxyType(
    {
        "fr": re.compile(
            r"(?:eaux?|tions?|ments?|euses?|eux|ées?|ique|oir|ais|ait|aient|ez|ès|ère|ille|ance)\Z|[çœèêëà]|oi[rst]"
        ),
        "nl": re.compile(
            r"(?:lijk|lijke|heid|heden|ing|ingen|tje|tjes|isch|eren|elen|aan)\Z|ij|aa|uu|oe[kdrnt]|sch|eu[rgn]"
            r"|\Age[bdgklmnprstvwz].+[dtn]\Z"
        ),
        "en": re.compile(r"(?:ing|tion|tions|ness|ful|ly|ity|ous|ould|ght|ck|ies|ed)\Z|th|wh|sh|ea|ow|y\Z"),
        "de": re.compile(r"(?:ung|ungen|keit|heit|lich|isch|ern|eln)\Z|[äöüß]|sch|ei[nst]|pf|tz"),
        "es": re.compile(r"(?:ción|ciones|dad|mente|ando|iendo|os|as|ido|ado)\Z|[ñáíóú]|ll"),
    }
)
"""Beginnings, ends and letters that the words of a language have more often than those of the others."""
_WORD, _ONLY, _SHAPE = 4, 4, 1


def _only(language: str) -> frozenset[str]:
    return FREQUENT[language] - frozenset(word for tag, words in FREQUENT.items() if tag != language for word in words)


ONLY: Mapping[str, frozenset[str]] = MappingProxyType({language: _only(language) for language in FREQUENT})
"""Those frequent words of each language that no other one has."""


def scores(words: Iterable[str]) -> Counter[str]:
    """Return points of each language for words in small letters: for frequent ones, for its own, for their shape."""
    points: Counter[str] = Counter(dict.fromkeys(FREQUENT, 0))
    for word in words:
        clipped = _CLIPPED.match(word)
        if clipped:
            points["fr"] += _WORD
            word = word[clipped.end() :]
        if not word.isalpha() and "'" not in word:
            continue
        for language, frequent in FREQUENT.items():
            if word in frequent:
                points[language] += _WORD + (_ONLY if word in ONLY[language] else 0)
            elif len(word) > 3 and _SHAPES[language].search(word):
                points[language] += _SHAPE
    return points


def guess(words: Iterable[str]) -> str:
    """Return the language that words in small letters are most likely in; "" when two are as likely."""
    (best, most), (_, next_most) = scores(words).most_common(2)
    return best if most > next_most else ""
