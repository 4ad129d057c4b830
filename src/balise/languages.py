"""The languages an edition can be published in, and how a text finds the nearest one."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

TAG = re.compile(r"[a-z]{2,3}(?:-[A-Z]{2})?\Z")
"""A language tag as Balise writes it: `fr`, `nl-BE` (BCP 47 language and region)."""

RIGHT_TO_LEFT = frozenset({"ar", "fa", "he", "ps", "ur"})

KNOWN = frozenset(
    "ar bg ca cs cy da de el en es et eu fa fi fr ga gl he hr hu is it lb lt lv mk mt nl no pl ps pt ro ru sk sl sq sr"
    " sv tr uk ur".split()
)
"""Languages accepted in `site.yml`; a fixed list, so that a language code is never a path."""


def is_language(tag: str) -> bool:
    """Tell whether the tag is well formed and its language is known."""
    return bool(TAG.match(tag)) and tag.split("-")[0] in KNOWN


def direction(tag: str) -> str:
    """Return `rtl` or `ltr`, the reading direction of a language."""
    return "rtl" if tag.split("-")[0] in RIGHT_TO_LEFT else "ltr"


@lru_cache(maxsize=256)
def fallbacks(tag: str) -> tuple[str, ...]:
    """Return the tag and then its language without the region: `nl-BE`, `nl`."""
    base = tag.split("-")[0]
    return (tag,) if tag == base else (tag, base)


def pick(texts: Mapping[str, str], language: str, *others: str) -> tuple[str, str]:
    """Return the text for a language and the tag it is really in; else for one of `others`, else the first there is."""
    for wanted in (*fallbacks(language), *others):
        for tag in fallbacks(wanted):
            if tag in texts:
                return texts[tag], tag
    tag = next(iter(texts))
    return texts[tag], tag


@dataclass(frozen=True)
class Text:
    """A text for readers and the language it is really in, so that a page can mark what is not in its own."""

    text: str
    language: str

    def __str__(self) -> str:
        """Return the text alone."""
        return self.text
