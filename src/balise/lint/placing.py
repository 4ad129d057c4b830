"""Where in an author's file a finding stands: line, column and length, found in the file itself."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from balise.page import find_body
from balise.problems import Location
from balise.source import SourceProblem, read_text

if TYPE_CHECKING:
    from balise.lint.sheet import Passage

_FARTHEST = 200
"""Lines behind its record's first one in which a text of a data file is looked for."""
_TRIES = 30
"""Places that are looked at closely for the beginning of a text."""
_ENTRY = re.compile(r'^msgstr(?:\[\d+\])? "(.*)"((?:\n".*"$)*)$', re.MULTILINE)
_ESCAPE = re.compile(r"\\(.)")
_ESCAPES = {"n": "\n", "t": "\t", "r": "\r"}
_NEW_LINE = re.compile("\n")
_HARD_BREAK = "<br>"
"""What stands for a line break of the author's in the one line of a unit."""
_LINE_BREAK = re.compile(r"(?:\\| *)\n[ \t>]*")
_TWICE = re.compile(r"''|\\|^['\"]")
"""What may be written otherwise in YAML or behind a stroke."""
_YAML_PAIRS = ("''", '\\"', "\\\\")
"""How a character of a quoted YAML text is written twice, or behind a stroke."""


class Place(NamedTuple):
    """Where a stretch stands: its place, and how many characters of the place's line it takes, 0 where that is unknown.

    `is_whole` says that these characters are all of it, and that they read as it reads: no line break, no markup.
    """

    location: Location
    length: int = 0
    is_whole: bool = False


def unescaped(text: str) -> str:
    """Return what a text between the quotes of a catalogue stands for."""
    return _ESCAPE.sub(lambda match: _ESCAPES.get(match[1], match[1]), text) if "\\" in text else text


@dataclass(frozen=True)
class _Value:
    """A value of a catalogue as it is written: the lines it stands on (number, column and text between the quotes)."""

    lines: tuple[tuple[int, int, str], ...]

    def place(self, path: str, first: int, last: int, read: int) -> Place:
        """Return the place of a stretch of a text of one line, which has so many characters without its markup."""
        number, column, text = self.lines[0]
        escapes = self._escapes
        last = min(max(last, first + 1), len(text) - len(escapes))
        if first >= last:
            return Place(Location(path, number))
        start = column + first + bisect_left(escapes, first)
        end = column + last + bisect_left(escapes, last)
        return Place(Location(path, number, start), end - start if read else 0, last - first == read)

    def ways(self, first: int, last: int) -> list[tuple[int, int, int]]:
        """Return the places of a stretch of the text, character by character."""
        return list(self._places[first : max(last, first + 1)])

    @cached_property
    def _escapes(self) -> tuple[int, ...]:
        """Return which characters of a text of one line are written as two."""
        found = _ESCAPE.finditer(self.lines[0][2]) if "\\" in self.lines[0][2] else ()
        return tuple([match.start() - before for before, match in enumerate(found)])

    @cached_property
    def _places(self) -> tuple[tuple[int, int, int], ...]:
        """Return where each character of the text stands: line, column (both from 1) and how many it is written as."""
        found: list[tuple[int, int, int]] = []
        for number, column, text in self.lines:
            at = 0
            while at < len(text):
                width = 2 if text[at] == "\\" and at + 1 < len(text) else 1
                found.append((number, column + at, width))
                at += width
        return tuple(found)

    @property
    def text(self) -> str:
        """Return the text that the value stands for."""
        return unescaped("".join([line for _, _, line in self.lines]))


@dataclass
class Places:
    """Finds places in the files of a project, each of which it reads once."""

    root: Path
    _texts: dict[str, str] = field(default_factory=dict)
    _catalogues: dict[str, Mapping[str, Sequence[_Value]]] = field(default_factory=dict)
    _alike: dict[tuple[str, str], dict[int, tuple[int, Passage]]] = field(default_factory=dict)
    _starts: dict[str, Sequence[int]] = field(default_factory=dict)
    _bodies: dict[str, bytes] = field(default_factory=dict)
    _last: tuple[object, str, Sequence[tuple[int, int]]] = (None, "", ())

    def text(self, path: str) -> str:
        """Return the text of a file, "" for one that cannot be read."""
        if path not in self._texts:
            try:
                self._texts[path] = read_text(self.root / path, self.root)
            except (SourceProblem, OSError):
                self._texts[path] = ""
        return self._texts[path]

    def find(self, passage: Passage, start: int, end: int) -> Place:
        """Return where a stretch of a passage's plain text stands; its line alone where no more is known."""
        first, last = passage.plain.span(start, end)
        is_translation = passage.path.endswith(".po")
        value = self._value(passage) if is_translation else None
        if value and len(value.lines) == 1:
            return value.place(passage.path, first, last, end - start)
        ways = (value.ways(first, last) if value else []) if is_translation else self._in_source(passage, first, last)
        if not ways:
            return Place(Location(passage.path, passage.line))
        line, column, _ = ways[0]
        there = [way for way in ways if way[0] == line]
        length = there[-1][1] + there[-1][2] - column if first < last else 0
        is_whole = len(there) == len(ways) == end - start
        return Place(Location(passage.path, line, column), length, is_whole)

    def _value(self, passage: Passage) -> _Value | None:
        """Return a translation as it is written in its catalogue, `None` where it is not found."""
        values = self._values(passage.path).get(passage.raw)
        if not values:
            return None
        alike = self._alike.setdefault((passage.path, passage.raw), {})
        number, _ = alike.setdefault(id(passage), (len(alike), passage))
        return values[min(number, len(values) - 1)]

    def _values(self, path: str) -> Mapping[str, Sequence[_Value]]:
        """Return the translations of a catalogue by their texts; equal ones in the order of the file."""
        if path not in self._catalogues:
            found: dict[str, list[_Value]] = {}
            for value in _translations(self.text(path)):
                found.setdefault(value.text, []).append(value)
            self._catalogues[path] = found
        return self._catalogues[path]

    def _in_source(self, passage: Passage, first: int, last: int) -> list[tuple[int, int, int]]:
        """Return the same of a text in its source, however its lines are broken, indented and quoted there."""
        key = (passage.path, passage.line, passage.start, passage.raw)
        if key != self._last[0]:  # findings of one text come together
            self._last = (key, *self._written(passage))
        _, text, ways = self._last
        found = ways[first : max(last, first + 1)] if ways else _search(text, passage.raw, first, last)
        if not found:
            return []
        line, start = passage.line + text.count("\n", 0, found[0][0]), text.rfind("\n", 0, found[0][0]) + 1
        end = _line_end(text, start)
        places = []
        for at, width in found:
            while at > end:
                line, start = line + 1, end + 1
                end = _line_end(text, start)
            places.append((line, at - start + 1, width))
        return places

    def _written(self, passage: Passage) -> tuple[str, Sequence[tuple[int, int]]]:
        """Return the lines of a source from a passage's own on, and where each of its characters stands in them."""
        starts = self._lines(passage.path)
        if not 0 < passage.line < len(starts):
            return "", ()
        text = self.text(passage.path)[
            starts[passage.line - 1] : starts[min(passage.line + _FARTHEST, len(starts)) - 1]
        ]
        begin = self._begin(passage)
        ways = _walk(text, passage.raw, begin) if begin >= 0 else None
        ways = ways or next(filter(None, (_walk(text, passage.raw, at) for at in _starts(text, passage.raw))), None)
        return text, ways or ()

    def _begin(self, passage: Passage) -> int:
        """Return where in its own line a unit of a page begins, -1 where that is not known."""
        if passage.start < 0 or not passage.path.endswith(".md"):
            return -1
        text, starts = self.text(passage.path), self._lines(passage.path)
        if passage.path not in self._bodies:
            self._bodies[passage.path] = find_body(text).encode()
        body = self._bodies[passage.path]
        begin = len(text) - len(body[passage.start :].decode(errors="ignore"))
        return begin - starts[passage.line - 1] if starts[passage.line - 1] <= begin < starts[passage.line] else -1

    def _lines(self, path: str) -> Sequence[int]:
        """Return where each line of a file begins, and where the last one ends."""
        if path not in self._starts:
            text = self.text(path)
            self._starts[path] = [0, *(match.end() for match in _NEW_LINE.finditer(text)), len(text) + 1]
        return self._starts[path]


def _line_end(text: str, start: int) -> int:
    """Return where the line ends that begins at a place: its line break, or the end of the text."""
    end = text.find("\n", start)
    return end if end >= 0 else len(text)


def _starts(text: str, raw: str) -> Iterator[int]:
    """Yield where a text may begin that is written somewhere in these lines."""
    head = raw.partition(" ")[0].partition("\n")[0].partition("'")[0].partition('"')[0][:40]
    at = text.find(head) if head else -1
    for _ in range(_TRIES):
        if at < 0:
            return
        yield at
        at = text.find(head, at + 1)


def _walk(text: str, raw: str, at: int) -> list[tuple[int, int]] | None:
    """Return where in a text of several lines each character stands of the one line made from it, and its width.

    The line begins at a place in the text; a line break and the prefix of the block behind it became a space. `None`
    when it is lost before its end.
    """
    if not _TWICE.search(raw) and text[at : at + len(raw)].replace("\n", " ") == raw:
        return [(at + place, text[at + place] != "\n") for place in range(len(raw))]
    ways: list[tuple[int, int]] = []
    while len(ways) < len(raw):
        place = len(ways)
        letter = raw[place]
        broken = _LINE_BREAK.match(text, at) if letter in " \n<" else None
        if broken and (letter != "<" or raw.startswith(_HARD_BREAK, place)):
            ways += [(at, 0)] * (1 if letter != "<" else len(_HARD_BREAK))
            at = broken.end()
        elif (
            text.startswith(_YAML_PAIRS, at) and text[at + 1] == letter and raw[place : place + 2] != text[at : at + 2]
        ):
            ways.append((at, 2))
            at += 2
        elif text.startswith(letter, at):
            ways.append((at, 1))
            at += 1
        else:
            return None
    return ways


def _search(text: str, raw: str, first: int, last: int) -> list[tuple[int, int]]:
    """Return where each character of a stretch of a line stands in a text, found by its neighbours."""
    for wide in (40, 20, 10):
        start = max(first - wide, 0)
        at = text.find(raw[start : last + wide])
        if at >= 0:
            return [(at + place - start, 1) for place in range(first, max(last, first + 1))]
    return []


def _translations(text: str) -> list[_Value]:
    """Return the translations of a catalogue as they are written."""
    found: list[_Value] = []
    number, counted = 1, 0
    for match in _ENTRY.finditer(text):
        number += text.count("\n", counted, match.start())
        counted = match.start()
        lines = [(number, match.start(1) - counted + 1, match[1])]
        for more, line in enumerate(match[2].split("\n")[1:], 1):
            lines.append((number + more, 2, line[1:-1]))
        found.append(_Value(tuple(lines)))
    return found
