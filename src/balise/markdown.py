"""The one Markdown recipe, used by the site and by every export: CommonMark with the GFM parts that stay portable."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

import pyromark

OPTIONS = (
    pyromark.Options.ENABLE_TABLES
    | pyromark.Options.ENABLE_FOOTNOTES
    | pyromark.Options.ENABLE_STRIKETHROUGH
    | pyromark.Options.ENABLE_TASKLISTS
    | pyromark.Options.ENABLE_HEADING_ATTRIBUTES
    | pyromark.Options.ENABLE_GFM
    | pyromark.Options.ENABLE_DEFINITION_LIST
)

INLINE_TAGS = frozenset({"Emphasis", "Strong", "Strikethrough", "Link", "Image", "Superscript", "Subscript"})
"""Names of start and end events that stand inside a run of text."""

_CALL = rb"\{\{(?:(?!\{\{|\}\})[^\n])*\}\}"
_TAG = rb"\{%(?:(?!\{%|%\})[^\n])*%\}|\{##(?:(?!\{##|##\})[^\n])*##\}"
JINJA_TAG = re.compile(_CALL + b"|" + _TAG)
"""A call, a tag or a comment on one line; none holds its own opening mark, which keeps the search linear."""
TAG_ALONE_ON_LINE = re.compile(rb"^[ \t]*(?:" + _TAG + rb")[ \t]*$", re.MULTILINE)


_RAW_HTML = re.compile("<[A-Za-z/!?]")
_BLOCK_TAG = re.compile(r"<(/?h[1-6]\b|(?!/?(?:a|em|strong|del|code|img|br|sup)\b)[^>]*)")
"""Every tag the renderer writes but those inside a run of text; a heading without its id, which languages share."""


class Event(NamedTuple):
    """One parser event: `phase` is start, end or leaf; offsets are bytes of the UTF-8 source."""

    phase: str
    name: str
    value: Any
    start: int
    end: int


def shield(source: bytes) -> bytes:
    """Return the source with every Jinja tag overwritten by as many bytes: the parser sees a word or nothing."""
    if b"{%" in source or b"{##" in source:
        source = TAG_ALONE_ON_LINE.sub(lambda match: b" " * len(match[0]), source)
    return JINJA_TAG.sub(lambda match: b"x" * len(match[0]), source)


def raw_events(source: bytes) -> Iterator[tuple[Any, Any]]:
    """Yield the parser's own events over a shielded copy of the source, each with its `start` and `end` in bytes.

    An event is its name, or a mapping of its name to its value; for Start and End the value is again one of the two.
    """
    return pyromark.events_with_range(shield(source).decode(), options=OPTIONS)


def parse_events(source: bytes) -> Iterator[Event]:
    """Yield the parser's events over a shielded copy of the source, with byte offsets."""
    for raw, where in raw_events(source):
        start, end = where["start"], where["end"]
        if raw.__class__ is str:
            yield Event("leaf", raw, None, start, end)
            continue
        ((kind, value),) = raw.items()
        if kind not in ("Start", "End"):
            yield Event("leaf", kind, value, start, end)
        elif value.__class__ is str:
            yield Event(kind.lower(), value, None, start, end)
        else:
            ((name, detail),) = value.items()
            yield Event(kind.lower(), name, detail, start, end)


def render_markdown(text: str) -> str:
    """Return the HTML of finished Markdown, in which no Jinja is left."""
    return pyromark.html(text, options=OPTIONS)


Skeleton = tuple[tuple[str, str, str], ...]
"""The nesting of blocks: phase, name and detail of each block event, in order."""


def block_skeleton(source: bytes) -> Skeleton:
    """Return the nesting of blocks without their text: what a translation may not change."""
    steps: list[tuple[str, str, str]] = []
    for phase, name, detail, _, _ in parse_events(source):
        if (phase == "leaf" and name not in ("Rule", "TaskListMarker")) or name in INLINE_TAGS:
            continue
        if name == "Heading" and isinstance(detail, dict):
            detail = detail["level"]
        steps.append((phase, name, str(detail)))
    return tuple(steps)


def block_tags(source: bytes) -> str | None:
    """Return the tags of the blocks in HTML: texts with the same tags have the same skeleton, at a quarter of its cost.

    `None` where HTML does not tell all: raw HTML looks like blocks, and the info string of a code block is cut short.
    """
    text = shield(source).decode()
    if _RAW_HTML.search(text):
        return None
    html = render_markdown(text)
    return None if "<pre>" in html else " ".join(_BLOCK_TAG.findall(html))


def line_and_column(source: bytes, offset: int) -> tuple[int, int]:
    """Return the 1-based line and column (in characters) of a byte offset."""
    start = source.rfind(b"\n", 0, offset) + 1
    return source.count(b"\n", 0, offset) + 1, len(source[start:offset].decode("utf-8", "replace")) + 1
