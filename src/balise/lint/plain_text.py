"""A unit's text without its markup, as readers hear it, and the way back to what the author typed."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from balise.markdown import JINJA_TAG, raw_events

CALL = "\ufffc"
"""What stands for a call or for code: no letter, no digit, no space (U+FFFC, object replacement character)."""
_MARKUP = re.compile(r"[*_`~\[\]<>&\\{|!]")
_SAME_LENGTH = (
    *((apostrophe, "'") for apostrophe in "\u2019\u2018\u02bc"),
    *((space, " ") for space in "\u00a0\u202f\u2009\u2007\u2008\u200a\u2006"),
    *((hyphen, "-") for hyphen in "\u2011\u2010"),
)


class Plain(NamedTuple):
    """A text without markup, and where its pieces stand in the text it was made from.

    `starts` are offsets into `text` at which a piece begins that was not cut, `origins` the offsets of these pieces in
    the marked-up text; both are empty where the two texts are alike, character by character. `ends` says where in the
    marked-up text a character ends that was typed as several: a call, an entity, a letter with its accent apart.
    """

    text: str
    starts: Sequence[int] = ()
    origins: Sequence[int] = ()
    ends: Mapping[int, int] = MappingProxyType({})

    def origin(self, offset: int) -> int:
        """Return the offset in the marked-up text of a character of the plain one."""
        if not self.starts:
            return offset
        piece = max(bisect_right(self.starts, offset) - 1, 0)
        return self.origins[piece] + offset - self.starts[piece]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the offsets in the marked-up text of a stretch of the plain one."""
        first = self.origin(start)
        if end <= start:
            return first, first
        return first, max(self.ends.get(end - 1) or self.origin(end - 1) + 1, first)


def plain_text(marked: str, *, markdown: bool = True) -> Plain:
    """Return what readers hear of a unit: no emphasis, no link targets, no tags; `CALL` for each call and for code.

    Typographic apostrophes are straight, spaces of all widths plain ones, soft hyphens gone, letters composed (Unicode
    normalisation form C, UAX #15).
    """
    text = marked
    starts: list[int] = []
    origins: list[int] = []
    ends: dict[int, int] = {}
    if markdown and _MARKUP.search(marked):
        pieces = list(_pieces(marked))
        text = "".join([piece for piece, _, _ in pieces])
        at = 0
        for piece, origin, end in pieces:
            starts.append(at)
            origins.append(origin)
            at += len(piece)
            if end - origin != len(piece) and piece:
                ends[at - 1] = end
    if text.isascii():
        return Plain(text, starts, origins, ends)
    text = levelled(text)
    if is_composed(text):
        return Plain(text, starts, origins, ends)
    return _composed(Plain(text, starts, origins, ends))


def levelled(text: str) -> str:
    """Return a text with typographic apostrophes straight, and with plain spaces and hyphens; as long as it was."""
    for letter, plain in _SAME_LENGTH:
        if letter in text:
            text = text.replace(letter, plain)
    return text


def is_composed(text: str) -> bool:
    """Tell whether a text has no letter in pieces and no soft hyphen."""
    return "\u00ad" not in text and unicodedata.is_normalized("NFC", text)


def count_characters(source: bytes) -> Callable[[int], int]:
    """Return what tells how many characters of a text in UTF-8 come before a byte; quick where offsets grow."""
    if source.isascii():
        return lambda offset: offset
    known = [0, 0]

    def before(offset: int) -> int:
        byte, character = known if known[0] <= offset else (0, 0)
        known[:] = offset, character + len(source[byte:offset].decode(errors="ignore"))
        return known[1]

    return before


def _pieces(marked: str) -> Iterator[tuple[str, int, int]]:
    """Yield the pieces of text in a unit with where they begin and end in it, calls and code as `CALL`."""
    source = marked.encode()
    at = count_characters(source)
    calls = [(match.start(), match.end()) for match in JINJA_TAG.finditer(source)] if "{" in marked else []
    for raw, where in raw_events(source):
        name, value = (raw, None) if raw.__class__ is str else next(iter(raw.items()))
        start, end = where["start"], where["end"]
        if name == "Text":
            whole = source[start:end].decode()
            if value == whole or any(opened < end and closed > start for opened, closed in calls):
                yield from _without_calls(source, start, end, calls, at)
            else:
                yield str(value), at(start), at(end)
        elif name in ("SoftBreak", "HardBreak") or (name == "InlineHtml" and str(value).lower().startswith("<br")):
            yield " ", at(start), at(end)
        elif name == "Code":
            yield CALL, at(start), at(end)


def _without_calls(
    source: bytes, start: int, end: int, calls: Sequence[tuple[int, int]], place: Callable[[int], int]
) -> Iterator[tuple[str, int, int]]:
    """Yield what stands between the calls of a stretch of text, and `CALL` for each of them."""
    for opened, closed in calls:
        if closed <= start or opened >= end:
            continue
        if opened > start:
            yield source[start:opened].decode(), place(start), place(opened)
        if opened >= start:
            yield CALL, place(opened), place(closed)
        start = closed
    if start < end:
        yield source[start:end].decode(), place(start), place(end)


def _composed(plain: Plain) -> Plain:
    """Return a text with its letters composed and its soft hyphens gone, every character with its way back."""
    starts: list[int] = []
    origins: list[int] = []
    ends: dict[int, int] = {}
    letters: list[str] = []
    at = 0
    for match in re.finditer(r"(?s).[\u0300-\u036f\u1ab0-\u1aff\u20d0-\u20ff]*", plain.text):
        letter = unicodedata.normalize("NFC", match[0]).replace("\u00ad", "")
        if letter:
            first, last = plain.span(match.start(), match.end())
            starts.append(at)
            origins.append(first)
            letters.append(letter)
            at += len(letter)
            if last - first != len(letter):
                ends[at - 1] = last
    return Plain("".join(letters), starts, origins, ends)
