"""What a text only quotes: words between quotation marks, and those that are marked up as a quotation or as foreign."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from balise.lint.plain_text import Plain

_MARKS = re.compile(r"[\"«“„']")
_QUOTED = re.compile(
    r"«[^«»]*»|\"[^\"\n]*\"|“[^“”]*”|„[^„“”]*[“”]"
    r"|(?<!\w)'(?!(?:[stnkmr]|er|ns|tis|twas|em|cause)\b)(?=\w)(?:[^'\n]|(?<=\w)'(?=\w))+'(?!\w)"
)
"""Pairs of quotation marks; an apostrophe inside a word ends none, and one that stands for lost letters begins none."""
_ELEMENT = re.compile(r"<(q|cite|[a-z]{1,10} lang=[\"'])")


def unquoted(plain: Plain, raw: str) -> str:
    """Return a text with what it quotes overwritten by spaces, character by character.

    `raw` is the text with its markup: what stands in `<q>`, in `<cite>` or in an element with a `lang` of its own is
    left out too.
    """
    text = plain.text
    if _MARKS.search(text):
        text = _QUOTED.sub(lambda match: " " * len(match[0]), text)
    if "<q" in raw or "<cite" in raw or " lang=" in raw:
        for start, end in _elements(plain, raw):
            text = text[:start] + " " * (end - start) + text[end:]
    return text


def _elements(plain: Plain, raw: str) -> Iterator[tuple[int, int]]:
    """Yield where in the plain text stands what is inside an element that quotes."""
    places = range(len(plain.text))
    for match in _ELEMENT.finditer(raw):
        name = match[1].partition(" ")[0]
        closing = raw.find(f"</{name}", match.end())
        if closing < 0:
            return
        yield bisect_left(places, match.end(), key=plain.origin), bisect_left(places, closing, key=plain.origin)
