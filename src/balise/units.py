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

from balise.markdown import INLINE_TAGS, JINJA_TAG, Event, Skeleton, line_and_column, parse_events, skeleton_of
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
_BREAKS = {"SoftBreak": b" ", "HardBreak": b"<br>"}
_TAG_NAME = re.compile(r"</?([a-zA-Z][a-zA-Z0-9-]*)")
_LETTER = re.compile(r"[^\W\d_]")
_UNCLOSED_JINJA = re.compile(rb"\{\{|\{%|\{##|\}\}|%\}|##\}")
_CLOSING_HASHES = re.compile(rb"[ \t]+#+[ \t]*(?=\n|\Z)")
_UNESCAPED_PIPE = re.compile(r"(?<!\\)\|")
_HTML_ALERT = re.compile(rb"^[ \t>]*>[ \t]*\[!(\w+)\][ \t]*\S", re.MULTILINE)


@dataclass(frozen=True)
class Unit:
    """One leaf run of inline text: a heading, a paragraph, a list item's text, a table cell.

    `start` and `end` are byte offsets into the UTF-8 body; `text` is the run as one line, as translators see it;
    `line` is 1-based and counted from the top of the body.
    """

    text: str
    start: int
    end: int
    line: int
    kind: str


@dataclass(frozen=True)
class HeadingMark:
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


@dataclass(frozen=True)
class LinkMark:
    """A link or an image target as typed, and the byte offset where the link starts."""

    target: str
    start: int
    image: bool


@dataclass(frozen=True)
class Cutting:
    """A body cut up: its bytes, its units in order, its headings, its links, and the nesting of its blocks."""

    source: bytes
    units: tuple[Unit, ...]
    headings: tuple[HeadingMark, ...]
    links: tuple[LinkMark, ...]
    footnotes: tuple[str, ...] = ()
    skeleton: Skeleton = ()

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


class _Cutter:
    """Folds parser events into units; one use, for one body."""

    def __init__(self, source: bytes, path: str, first_line: int) -> None:
        self.source, self.path, self.first_line = source, path, first_line
        self.units: list[Unit] = []
        self.headings: list[HeadingMark] = []
        self.links: list[LinkMark] = []
        self.footnotes: list[str] = []
        self.problems: list[Problem] = []
        self.taken: dict[str, int] = {}
        self.stack: list[Event] = []
        self.run: tuple[int, int] | None = None
        self.breaks: list[tuple[int, int, bytes]] = []
        self.last_run = (0, 0)

    def feed(self, event: Event) -> None:
        """Take the next event."""
        name = event.name
        if event.phase == "leaf":
            self._leaf(event)
        elif name in INLINE_TAGS:
            self._inline_tag(event)
        elif event.phase == "start":
            self._close_run()
            self._open_block(event)
        else:
            self._close_run()
            opened = self.stack.pop()
            if opened.name == "Heading":
                self._note_heading(opened)

    def _leaf(self, event: Event) -> None:
        if event.name in _INLINE_LEAVES:
            if any(block.name in ("CodeBlock", "HtmlBlock") for block in self.stack):
                return
            if event.name == "InlineHtml":
                self._check_inline_html(event)
            self._extend(event.start, event.end)
            if event.name in _BREAKS:
                self.breaks.append((event.start, event.end, _BREAKS[event.name]))
        elif event.name != "Html":
            self._close_run()

    def _inline_tag(self, event: Event) -> None:
        self._extend(event.start, event.end)
        if event.phase == "start" and event.name in ("Link", "Image"):
            self.links.append(LinkMark(event.value["dest_url"], event.start, event.name == "Image"))

    def _open_block(self, event: Event) -> None:
        if event.name == "HtmlBlock":
            self._problem(
                event.start,
                "html-block",
                "raw HTML blocks are not allowed in content",
                "write it in Markdown, or use a component such as {{ channel(…) }}",
            )
        if event.name == "FootnoteDefinition":
            if any(block.name == "FootnoteDefinition" for block in self.stack):
                self._problem(event.start, "nested-footnote", "a footnote stands inside a footnote", "move it out")
            if str(event.value) in self.footnotes:
                message = f'footnote "[^{event.value}]" is defined twice'
                self._problem(event.start, "duplicate-footnote", message, "give each footnote its own mark")
            self.footnotes.append(str(event.value))
        self.stack.append(event)

    def _extend(self, start: int, end: int) -> None:
        if self.run is None:
            self.breaks = []
            escaped = start > 0 and self.source[start - 1 : start] == b"\\"
            self.run = (start - 1 if escaped else start, end)
        else:
            self.run = (min(self.run[0], start), max(self.run[1], end))

    def _close_run(self) -> None:
        if self.run is None:
            return
        start, end = self.run
        self.run = None
        quotes = sum(1 for block in self.stack if block.name == "BlockQuote")
        text = unit_text(self.source, (start, end), self.breaks, quotes)
        self.last_run = (start, end)
        if _LETTER.search(JINJA_TAG.sub(b"", text.encode()).decode()):
            kinds = [_BLOCK_NAMES[block.name] for block in self.stack if block.name in _BLOCK_NAMES]
            line = self.source.count(b"\n", 0, start) + 1
            self.units.append(Unit(text, start, end, line, kinds[-1] if kinds else "paragraph"))

    def _note_heading(self, opened: Event) -> None:
        start, end = self.last_run
        if start < opened.start:
            start = end = opened.start
        pinned = opened.value["id"]
        identifier = pinned or unique_id(slugify(self.source[start:end].decode()), self.taken)
        if pinned and pinned in self.taken:
            self._problem(
                opened.start, "duplicate-id", f'heading id "{pinned}" stands twice', "give each heading its own id"
            )
        self.taken.setdefault(identifier, opened.start)
        level = int(opened.value["level"][1])
        self.headings.append(HeadingMark(level, identifier, bool(pinned), opened.start, start, end, bool(self.stack)))

    def _check_inline_html(self, event: Event) -> None:
        match = _TAG_NAME.match(str(event.value))
        name = match[1].lower() if match else ""
        if match and name not in ALLOWED_INLINE_HTML:
            allowed = ", ".join(sorted(ALLOWED_INLINE_HTML))
            self._problem(
                event.start, "html-tag", f"<{name}> is not allowed in content", f"use Markdown; allowed: {allowed}"
            )

    def _problem(self, offset: int, rule: str, message: str, hint: str) -> None:
        self.problems.append(error(rule, message, self._place(offset), hint))

    def _place(self, offset: int) -> Location:
        line, column = line_and_column(self.source, offset)
        return Location(self.path, line + self.first_line - 1, column)


def cut_units(body: str, path: str = "", first_line: int = 1) -> tuple[Cutting, tuple[Problem, ...]]:
    """Return the body cut into units, with what an author has to mend.

    `path` and `first_line` (the line of the file on which the body begins) place the problems.
    """
    source = body.encode()
    cutter = _Cutter(source, path, first_line)
    excess = _excess(source)
    if excess:
        where = Location(path, first_line, 1)
        return Cutting(source, (), (), ()), (error("too-large", f"the page has {excess}", where, "split the page"),)
    events = list(parse_events(source))
    for event in events:
        cutter.feed(event)
    cutter._close_run()
    cutter.problems.extend(_check_shape(source, path, first_line))
    found = (tuple(cutter.units), tuple(cutter.headings), tuple(cutter.links), tuple(cutter.footnotes))
    return Cutting(source, *found, skeleton_of(events)), tuple(cutter.problems)


def _excess(source: bytes) -> str:
    """Return in words what a page has more of than any page that people read; "" for an ordinary one."""
    if len(JINJA_TAG.findall(source)) > MAX_CALLS:
        return f"more than {MAX_CALLS} calls"
    units = depth = 0
    for number, event in enumerate(parse_events(source)):
        if event.phase != "leaf" and event.name not in INLINE_TAGS:
            depth += 1 if event.phase == "start" else -1
            units += event.phase == "end"
        if depth > MAX_DEPTH:
            return f"blocks nested deeper than {MAX_DEPTH} levels"
        if units > MAX_BLOCKS or number > 20 * MAX_BLOCKS:
            return f"more than {MAX_BLOCKS:,} blocks"
    return ""


def _check_shape(source: bytes, path: str, first_line: int) -> Iterable[Problem]:
    """Yield problems that the parser cannot see: Jinja over line breaks, alert titles."""
    rest = JINJA_TAG.sub(lambda match: b" " * len(match[0]), source)
    for match in _UNCLOSED_JINJA.finditer(rest):
        line, column = line_and_column(source, match.start())
        place = Location(path, line + first_line - 1, column)
        hint = "write each call on one line, as {{ name(…) }}; for the plain characters use a code span without braces"
        yield error("jinja-open", f'"{match[0].decode()}" has no counterpart on its line', place, hint)
        break
    for match in _HTML_ALERT.finditer(source):
        line, column = line_and_column(source, match.start())
        place = Location(path, line + first_line - 1, column)
        yield error("alert-title", "an alert cannot have a title of its own", place, "put the text on the next line")


def unit_text(source: bytes, run: tuple[int, int], breaks: Sequence[tuple[int, int, bytes]], quotes: int) -> str:
    """Return a run of bytes as one line.

    `breaks` are the line breaks inside the run (start, end, what stands for it); the block prefix after a break, with
    at most `quotes` quote marks, goes with it.
    """
    prefix = re.compile(rb"[ \t]*(?:>[ \t]*){0,%d}" % quotes)
    inner = re.compile(rb"\r?\n" + prefix.pattern)
    pieces: list[bytes] = []
    at, end = run
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
    plain = re.sub(r"\]\([^)]*\)", "", plain).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-") or "section"


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
