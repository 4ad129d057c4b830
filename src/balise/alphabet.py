"""Lists in the order of the alphabet, as a printed index has them: accents, articles and marks do not count."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from balise.languages import Text, fallbacks
from balise.theme_view import IndexEntry, LetterGroup

_ARTICLES = {
    "fr": re.compile(r"(?:l['’]|(?:les?|la|une?|des)\s+)", re.IGNORECASE),
    "nl": re.compile(r"(?:de|het|een|['’]t)\s+", re.IGNORECASE),
    "en": re.compile(r"(?:the|an?)\s+", re.IGNORECASE),
}
_LETTERS = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "đ": "d", "ł": "l"})
DIGITS = "0–9"
"""The heading of what begins with a digit."""


def sort_key(text: Text) -> str:
    """Return what a text is sorted by: small letters without accents, no article in front, numbers by their size.

    The Dutch ij counts as i and j, as in a dictionary.
    """
    words, article = text.text.strip(), _ARTICLES.get(fallbacks(text.language)[-1])
    first = article.match(words) if article else None
    words = words[first.end() :] if first else words
    folded = unicodedata.normalize("NFKD", words.casefold().translate(_LETTERS))
    plain = "".join(char if char.isalnum() else " " for char in folded if not unicodedata.combining(char))
    return " ".join(word.zfill(6) if word.isdigit() else word for word in plain.split())


def by_letter(entries: Iterable[IndexEntry]) -> tuple[LetterGroup, ...]:
    """Return the entries under the letter each begins with, digits first; equal ones follow their second words."""
    groups: dict[str, list[IndexEntry]] = {}
    keyed = [(sort_key(entry.title), sort_key(entry.note) if entry.note else "", entry) for entry in entries]
    for key, _, entry in sorted(keyed, key=lambda item: (item[0], item[1], item[2].url)):
        first = key[:1]
        groups.setdefault(DIGITS if not first or first.isdigit() else first.upper(), []).append(entry)
    return tuple(LetterGroup(letter, f"letter-{sign_of(letter)}", tuple(found)) for letter, found in groups.items())


def sign_of(letter: str) -> str:
    """Return what stands for a letter in the id of its heading."""
    return "0" if letter == DIGITS else letter.casefold()
