"""The links and images in a text: where they lead, and their words as a stretch of the text without markup."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from typing import NamedTuple

from balise.lint.plain_text import Plain, count_characters
from balise.markdown import raw_events


class InlineLink(NamedTuple):
    """A link or an image: its address as typed, and its words as a stretch of the text without markup."""

    target: str
    start: int
    end: int
    is_image: bool = False


def find_links(raw: str, plain: Plain) -> Iterator[InlineLink]:
    """Yield the links and images of a text in Markdown, each when it ends, so that one inside another comes first.

    Links by reference lead where the page says, which a text alone does not know: they are no links here.
    """
    source = raw.encode()
    before = count_characters(source)

    def at(offset: int) -> int:
        return _plain_offset(plain, before(offset))

    opened: list[tuple[str, bool, int]] = []
    words: list[int] = []
    for event, where in raw_events(source):
        kind, value = (event, None) if isinstance(event, str) else next(iter(event.items()))
        if kind not in ("Start", "End"):
            words += [where["start"]] if opened else []
            continue
        name, detail = next(iter(value.items())) if isinstance(value, dict) else (value, {})
        if name not in ("Link", "Image"):
            continue
        if kind == "Start":
            opened.append((detail["dest_url"], name == "Image", where["start"]))
        elif opened:
            target, is_image, begun = opened.pop()
            first = next((offset for offset in words if offset >= begun), None)
            start = at(begun if first is None else first)
            yield InlineLink(target, start, start if first is None else max(start, at(where["end"])), is_image)
            words = words if opened else []


def _plain_offset(plain: Plain, offset: int) -> int:
    """Return where in a text without markup a place of the marked-up one is: that of the next character left."""
    if not plain.starts:
        return min(offset, len(plain.text))
    piece = bisect_right(plain.origins, offset) - 1
    if piece < 0:
        return 0
    end = plain.starts[piece + 1] if piece + 1 < len(plain.starts) else len(plain.text)
    return min(plain.starts[piece] + offset - plain.origins[piece], end)
