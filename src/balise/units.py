"""Cutting source Markdown into translation units, and putting translated text back, by byte range."""

from __future__ import annotations

import base64
import hashlib
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from operator import attrgetter
from typing import Any, NamedTuple

from balise.markdown import (
    INLINE_TAGS,
    JINJA_TAG,
    Skeleton,
    block_skeleton,
    block_tags,
    line_and_column,
    raw_events,
)
from balise.problems import Location, Problem, error

_INLINE_LEAVES = frozenset(
    {"Text", "Code", "SoftBreak", "HardBreak", "InlineHtml", "FootnoteReference", "InlineMath", "DisplayMath"}
)
_BLOCK_NAMES = {"TableCell": "cell", "Heading": "heading", "DefinitionListTitle": "term", "Item": "item"}
ALLOWED_INLINE_HTML = frozenset({"br", "abbr", "kbd", "sub", "sup", "mark", "wbr", "q", "cite", "small", "bdi"})
"""Inline tags an author may write; blocks are components."""
MAX_CALLS = 500
"""Most calls on one page."""
MAX_BLOCKS = 8_000
"""Most blocks (paragraphs, headings, items, cells) on one page."""
MAX_DEPTH = 40
"""Deepest nesting of quotes, lists and other blocks."""
_VERBATIM = ("CodeBlock", "HtmlBlock")
_SPECIAL = frozenset((*_VERBATIM, "BlockQuote", "FootnoteDefinition"))
_BACKSLASH = ord("\\")
_BREAKS = {"SoftBreak": b" ", "HardBreak": b"<br>"}
_TAG_NAME = re.compile(r"</?([a-zA-Z][a-zA-Z0-9-]*)")
_LETTER = re.compile(r"[^\W\d_]")
_JINJA_MARKS = (b"{{", b"{%", b"{##", b"}}", b"%}", b"##}")
_UNCLOSED_JINJA = re.compile(b"|".join(map(re.escape, _JINJA_MARKS)))
_CLOSING_HASHES = re.compile(rb"[ \t]+#+[ \t]*(?=\n|\Z)")
_LINK_TARGET = re.compile(r"\]\([^)]*\)")
_NO_ANCHOR = re.compile(r"[^a-z0-9]+")
_UNESCAPED_PIPE = re.compile(r"(?<!\\)\|")
_TITLED_ALERT = re.compile(rb"\[!\w+\][ \t]*\S")
_QUOTE = re.compile(rb"[ \t>]*>[ \t]*")


class Unit(NamedTuple):
    """One leaf run of inline text: a heading, a paragraph, a list item's text, a table cell.

    `start` and `end` are byte offsets into the UTF-8 body; `text` is the run as one line, as translators see it;
    `line` is 1-based and counted from the top of the body.
    """

    text: str
    start: int
    end: int
    line: int
    kind: str


class HeadingMark(NamedTuple):
    """A heading of the source: level 1 to 6, its id in every language, and the byte range of its text.

    One that is `inside` a quote or a list opens no section of the page.
    """

    level: int
    id: str
    pinned: bool
    start: int
    text_start: int
    text_end: int
    inside: bool = False


class LinkMark(NamedTuple):
    """A link or an image target as typed, and the byte offset where the link starts."""

    target: str
    start: int
    image: bool


@dataclass(frozen=True)
class Cutting:
    """A body cut up: its bytes, its units in order, its headings, its links and its footnotes.

    What its blocks are is found when first asked for, and remembered.
    """

    source: bytes
    units: tuple[Unit, ...]
    headings: tuple[HeadingMark, ...]
    links: tuple[LinkMark, ...]
    footnotes: tuple[str, ...] = ()

    @cached_property
    def texts(self) -> tuple[str, ...]:
        """Return the text of each unit."""
        return tuple([unit.text for unit in self.units])

    @cached_property
    def skeleton(self) -> Skeleton:
        """Return the nesting of the blocks."""
        return block_skeleton(self.source)

    @cached_property
    def tags(self) -> str | None:
        """Return the tags of the blocks in HTML (`block_tags`)."""
        return block_tags(self.source)

    @cached_property
    def tails(self) -> tuple[tuple[str, int], ...]:
        """Return what comes behind each unit: its heading's id as it is written out, and where the source goes on."""
        headings = {mark.text_end: f" {{#{mark.id}}}" for mark in self.headings if not mark.pinned}
        tails = []
        for unit in self.units:
            closing = _CLOSING_HASHES.match(self.source, unit.end) if unit.end in headings else None
            tails.append((headings.get(unit.end, ""), closing.end() if closing else unit.end))
        return tuple(tails)

    @cached_property
    def between(self) -> tuple[str, ...]:
        """Return what stands between each unit and the next one, the same in every language."""
        following = zip(self.tails, self.units[1:], strict=False)
        return tuple(f"{written}{self.source[at : unit.start].decode()}" for (written, at), unit in following)

    def prepare(self) -> None:
        """Find what is remembered and needed for every translation."""
        _ = self.texts, self.between


_Block = tuple[str, Any, int]
"""A block that is open: its name and value, and the byte offset where it starts."""


class _Cutter:
    """Folds parser events into units; one use, for one body."""

    def __init__(self, source: bytes, path: str, first_line: int) -> None:
        self.source, self.path, self.first_line = source, path, first_line
        self.units: list[Unit] = []
        self.headings: list[HeadingMark] = []
        self.links: list[LinkMark] = []
        self.footnotes: list[str] = []
        self.noted: set[str] = set()
        self.faults: list[tuple[int, str, str, str]] = []
        self.taken: set[str] = set()
        self.numbers: dict[str, int] = {}
        self.stack: list[_Block] = []
        self.verbatim = self.quotes = self.ended = 0
        self.run: tuple[int, int] | None = None
        self.breaks: list[tuple[int, int, bytes]] = []
        self.last_run = (0, 0)
        self.counted = (0, 1)

    def read(self) -> str:
        """Take all events; return in words what there is more of than on any page that people read, "" as a rule."""
        extend, block = self._extend, self._block
        for number, (raw, where) in enumerate(raw_events(self.source)):
            if number > 20 * MAX_BLOCKS:
                return f"more than {MAX_BLOCKS:,} blocks"
            if raw.__class__ is str:
                self._leaf(raw, None, where["start"], where["end"])
                continue
            ((kind, value),) = raw.items()
            if kind == "Text":
                if not self.verbatim:
                    extend(where["start"], where["end"])
            elif kind == "Start" or kind == "End":
                name, detail = (value, None) if value.__class__ is str else next(iter(value.items()))
                if name in INLINE_TAGS:
                    self._inline_tag(kind, name, detail, where["start"], where["end"])
                elif excess := block(kind, name, detail, where["start"]):
                    return excess
            else:
                self._leaf(kind, value, where["start"], where["end"])
        self._close_run()
        return ""

    def _leaf(self, name: str, value: Any, start: int, end: int) -> None:
        if name in _INLINE_LEAVES:
            if self.verbatim:
                return
            if name == "InlineHtml":
                self._check_inline_html(value, start)
            self._extend(start, end)
            if name in _BREAKS:
                self.breaks.append((start, end, _BREAKS[name]))
        elif name != "Html":
            self._close_run()

    def _inline_tag(self, kind: str, name: str, detail: Any, start: int, end: int) -> None:
        self._extend(start, end)
        if kind == "Start" and name in ("Link", "Image"):
            self.links.append(LinkMark(detail["dest_url"], start, name == "Image"))

    def _block(self, kind: str, name: str, value: Any, start: int) -> str:
        """Take the start or the end of a block; return in words what there is too much of, "" as a rule."""
        if self.run:
            self._close_run()
        if name in _SPECIAL:
            if name == "BlockQuote":
                self.quotes += 1 if kind == "Start" else -1
            elif name in _VERBATIM:
                self.verbatim += 1 if kind == "Start" else -1
            if kind == "Start":
                self._check_special(name, value, start)
        if kind == "Start":
            self.stack.append((name, value, start))
            return f"blocks nested deeper than {MAX_DEPTH} levels" if len(self.stack) > MAX_DEPTH else ""
        opened, value, start = self.stack.pop()
        if opened == "Heading":
            self._note_heading(value, start)
        self.ended += 1
        return f"more than {MAX_BLOCKS:,} blocks" if self.ended > MAX_BLOCKS else ""

    def _check_special(self, name: str, value: Any, start: int) -> None:
        """Note a footnote that begins, and what is wrong with it or with a block of HTML."""
        if name == "HtmlBlock":
            self._problem(
                start,
                "html-block",
                "raw HTML blocks are not allowed in content",
                "write it in Markdown, or use a component such as {{ channel(…) }}",
            )
        if name == "FootnoteDefinition":
            if any(block == name for block, _, _ in self.stack):
                self._problem(start, "nested-footnote", "a footnote stands inside a footnote", "move it out")
            if value in self.noted:
                message = f'footnote "[^{value}]" is defined twice'
                self._problem(start, "duplicate-footnote", message, "give each footnote its own mark")
            self.noted.add(value)
            self.footnotes.append(value)

    def _extend(self, start: int, end: int) -> None:
        run = self.run
        if run is None:
            self.breaks = []
            escaped = start > 0 and self.source[start - 1] == _BACKSLASH
            self.run = (start - 1 if escaped else start, end)
        elif end > run[1] or start < run[0]:
            self.run = (min(run[0], start), max(run[1], end))

    def _close_run(self) -> None:
        if self.run is None:
            return
        start, end = self.run
        self.run = None
        text = unit_text(self.source, (start, end), self.breaks, self.quotes)
        self.last_run = (start, end)
        if text[:1].isalpha() or _LETTER.search(JINJA_TAG.sub(b"", text.encode()).decode() if "{" in text else text):
            self.units.append(Unit(text, start, end, self._line(start), self._kind()))

    def _kind(self) -> str:
        """Return what a unit is that stands in the open blocks."""
        for name, _, _ in reversed(self.stack):
            if name in _BLOCK_NAMES:
                return _BLOCK_NAMES[name]
        return "paragraph"

    def _line(self, offset: int) -> int:
        """Return the 1-based line of a byte offset; quick where offsets grow."""
        at, line = self.counted if self.counted[0] <= offset else (0, 1)
        self.counted = (offset, line + self.source.count(b"\n", at, offset))
        return self.counted[1]

    def _note_heading(self, value: Any, opened: int) -> None:
        start, end = self.last_run
        if start < opened:
            start = end = opened
        pinned = value["id"]
        identifier = pinned or self._free_id(slugify(self.source[start:end].decode()))
        if pinned and pinned in self.taken:
            self._problem(opened, "duplicate-id", f'heading id "{pinned}" stands twice', "give each heading its own id")
        self.taken.add(identifier)
        level = int(value["level"][1])
        self.headings.append(HeadingMark(level, identifier, bool(pinned), opened, start, end, bool(self.stack)))

    def _check_inline_html(self, tag: str, start: int) -> None:
        match = _TAG_NAME.match(tag)
        name = match[1].lower() if match else ""
        if match and name not in ALLOWED_INLINE_HTML:
            allowed = ", ".join(sorted(ALLOWED_INLINE_HTML))
            self._problem(start, "html-tag", f"<{name}> is not allowed in content", f"use Markdown; allowed: {allowed}")

    def _free_id(self, wanted: str) -> str:
        """Return what `unique_id` would, without trying the numbers again that headings of this name have taken."""
        number = self.numbers.get(wanted, 1)
        name = wanted if number == 1 else f"{wanted}-{number}"
        while name in self.taken:
            number += 1
            name = f"{wanted}-{number}"
        self.numbers[wanted] = number
        return name

    def _problem(self, offset: int, rule: str, message: str, hint: str) -> None:
        self.faults.append((offset, rule, message, hint))

    def problems(self) -> Iterable[Problem]:
        """Yield what an author has to mend; places are counted only now, for a page of ordinary size."""
        for offset, rule, message, hint in self.faults:
            line, column = line_and_column(self.source, offset)
            yield error(rule, message, Location(self.path, line + self.first_line - 1, column), hint)


def cut_units(body: str, path: str = "", first_line: int = 1) -> tuple[Cutting, tuple[Problem, ...]]:
    """Return the body cut into units, with what an author has to mend.

    `path` and `first_line` (the line of the file on which the body begins) place the problems.
    """
    source = body.encode()
    cutter = _Cutter(source, path, first_line)
    calls = sum(1 for _ in JINJA_TAG.finditer(source)) if source.count(b"{") > MAX_CALLS else 0
    excess = f"more than {MAX_CALLS} calls" if calls > MAX_CALLS else cutter.read()
    if excess:
        where = Location(path, first_line, 1)
        return Cutting(source, (), (), ()), (error("too-large", f"the page has {excess}", where, "split the page"),)
    problems = (*cutter.problems(), *_check_shape(source, path, first_line))
    found = (tuple(cutter.units), tuple(cutter.headings), tuple(cutter.links), tuple(cutter.footnotes))
    return Cutting(source, *found), problems


def _check_shape(source: bytes, path: str, first_line: int) -> Iterable[Problem]:
    """Yield problems that the parser cannot see: Jinja over line breaks, alert titles."""
    rest = JINJA_TAG.sub(lambda match: b" " * len(match[0]), source)
    match = _UNCLOSED_JINJA.search(rest) if any(mark in rest for mark in _JINJA_MARKS) else None
    if match:
        line, column = line_and_column(source, match.start())
        place = Location(path, line + first_line - 1, column)
        hint = "write each call on one line, as {{ name(…) }}; for the plain characters use a code span without braces"
        yield error("jinja-open", f'"{match[0].decode()}" has no counterpart on its line', place, hint)
    for match in _TITLED_ALERT.finditer(source):
        start = source.rfind(b"\n", 0, match.start()) + 1
        if _QUOTE.fullmatch(source, start, match.start()):
            place = Location(path, source.count(b"\n", 0, start) + first_line, 1)
            hint = "put the text on the next line"
            yield error("alert-title", "an alert cannot have a title of its own", place, hint)


def unit_text(source: bytes, run: tuple[int, int], breaks: Sequence[tuple[int, int, bytes]], quotes: int) -> str:
    """Return a run of bytes as one line.

    `breaks` are the line breaks inside the run (start, end, what stands for it); the block prefix after a break, with
    at most `quotes` quote marks, goes with it.
    """
    at, end = run
    if not breaks and b"\n" not in source[at:end]:
        return source[at:end].decode()
    prefix = re.compile(rb"[ \t]*(?:>[ \t]*){0,%d}" % quotes)
    inner = re.compile(rb"\r?\n" + prefix.pattern)
    pieces: list[bytes] = []
    for start, stop, mark in breaks:
        pieces += [inner.sub(b" ", source[at:start]).rstrip(b" \t"), mark]
        after = prefix.match(source, stop, end)
        at = after.end() if after else stop
    pieces.append(inner.sub(b" ", source[at:end]))
    return b"".join(pieces).decode()


def replace_units(cutting: Cutting, texts: Sequence[str], start: int = 0, end: int | None = None) -> str:
    """Return the body between two offsets with each unit's range replaced by its text, headings with their ids."""
    source, units = cutting.source, cutting.units
    if len(texts) != len(units):
        raise ValueError(f"{len(texts)} texts for {len(units)} units")
    end = len(source) if end is None else end
    first = bisect_left(units, start, key=attrgetter("start"))
    last = bisect_right(units, end, first, key=attrgetter("end"))
    if first == last:
        return source[start:end].decode()
    written, at = cutting.tails[last - 1]
    pieces = [""] * (2 * (last - first) + 1)
    pieces[0] = source[start : units[first].start].decode()
    pieces[1::2] = texts[first:last]
    if "|" in "".join(pieces):
        pieces[1::2] = [
            _escape_cell(text) if "|" in text and unit.kind == "cell" else text
            for unit, text in zip(units[first:last], texts[first:last], strict=True)
        ]
    pieces[2:-1:2] = cutting.between[first : last - 1]
    pieces[-1] = f"{written}{source[at:end].decode()}"
    return "".join(pieces)


def _escape_cell(text: str) -> str:
    return _UNESCAPED_PIPE.sub(r"\|", text)


def slugify(text: str) -> str:
    """Return a heading's text as an anchor: lower-case ASCII letters, digits and hyphens."""
    import unicodedata

    plain = unicodedata.normalize("NFKD", JINJA_TAG.sub(b"", text.encode()).decode())
    plain = _LINK_TARGET.sub("", plain).encode("ascii", "ignore").decode().lower()
    return _NO_ANCHOR.sub("-", plain).strip("-") or "section"


def unique_id(wanted: str, taken: Iterable[str]) -> str:
    """Return the wanted name, with `-2`, `-3` … behind it when it is taken."""
    names = taken if isinstance(taken, dict | set) else set(taken)
    number, name = 2, wanted
    while name in names:
        name, number = f"{wanted}-{number}", number + 1
    return name


def unit_id(text: str, taken: Iterable[str]) -> str:
    """Return the id of a new unit: 8 base32 characters of the SHA-256 of its first text, numbered when taken."""
    digest = base64.b32encode(hashlib.sha256(text.encode()).digest()).decode()
    return unique_id(digest[:8].lower(), taken)
