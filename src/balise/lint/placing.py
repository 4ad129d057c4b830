"""Where in an author's file a finding stands: line, column and length, found in the file itself."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from balise.problems import Location
from balise.source import SourceProblem, read_text

if TYPE_CHECKING:
    from balise.lint.sheet import Passage

_FARTHEST = 200
"""Lines behind its record's first one in which a text of a data file is looked for."""
_FIELD = re.compile(r'msgstr(?:\[\d+\])? "(.*)"\Z')
_MORE = re.compile(r'"(.*)"\Z')
_ESCAPE = re.compile(r"\\(.)")
_ESCAPES = {"n": "\n", "t": "\t", "r": "\r"}


@dataclass(frozen=True)
class _Value:
    """A value of a catalogue as it is written: the lines it stands on (number, column and text between the quotes)."""

    lines: tuple[tuple[int, int, str], ...]

    @cached_property
    def places(self) -> tuple[tuple[int, int], ...]:
        """Return where each character of the text stands, as line and column (from 1)."""
        found: list[tuple[int, int]] = []
        for number, column, text in self.lines:
            at = 0
            while at < len(text):
                found.append((number, column + at))
                at += 2 if text[at] == "\\" and at + 1 < len(text) else 1
        return tuple(found)

    @property
    def text(self) -> str:
        """Return the text that the value stands for."""
        text = "".join([line for _, _, line in self.lines])
        return _ESCAPE.sub(lambda match: _ESCAPES.get(match[1], match[1]), text) if "\\" in text else text


@dataclass
class Places:
    """Finds places in the files of a project, each of which it reads once."""

    root: Path
    _texts: dict[str, str] = field(default_factory=dict)
    _catalogues: dict[str, Mapping[str, _Value]] = field(default_factory=dict)

    def text(self, path: str) -> str:
        """Return the text of a file, "" for one that cannot be read."""
        if path not in self._texts:
            try:
                self._texts[path] = read_text(self.root / path, self.root)
            except (SourceProblem, OSError):
                self._texts[path] = ""
        return self._texts[path]

    def find(self, passage: Passage, start: int, end: int) -> tuple[Location, int]:
        """Return where a stretch of a passage's plain text stands, and its length; 0 where only its line is known."""
        first, last = passage.plain.span(start, end)
        if passage.path.endswith(".po"):
            return self._in_catalogue(passage, first, last)
        return self._in_source(passage, first, last)

    def _in_catalogue(self, passage: Passage, first: int, last: int) -> tuple[Location, int]:
        value = self._values(passage.path).get(passage.raw)
        if value is None or first >= len(value.places):
            return Location(passage.path, passage.line), 0
        line, column = value.places[first]
        end_line, end_column = value.places[max(last - 1, first)]
        return Location(passage.path, line, column), end_column - column + 1 if end_line == line else 0

    def _values(self, path: str) -> Mapping[str, _Value]:
        """Return the translations of a catalogue by their texts; the first of equal ones."""
        if path not in self._catalogues:
            found: dict[str, _Value] = {}
            for value in _translations(self.text(path)):
                found.setdefault(value.text, value)
            self._catalogues[path] = found
        return self._catalogues[path]

    def _in_source(self, passage: Passage, first: int, last: int) -> tuple[Location, int]:
        """Look for the stretch in the lines from the passage's own on, however they are broken and indented."""
        lines = self._lines(passage.path)
        if not passage.line or passage.line > len(lines):
            return Location(passage.path, passage.line), 0
        text = "\n".join(lines[passage.line - 1 : passage.line + _FARTHEST])
        at = _walk(text, passage.raw, first)
        if at is None:
            at = _search(text, passage.raw, first, last)
        if at is None:
            return Location(passage.path, passage.line), 0
        line = text.count("\n", 0, at)
        column = at - (text.rfind("\n", 0, at) + 1)
        rest = text[at:].partition("\n")[0]
        length = (
            min(last - first, len(rest)) if rest.startswith(passage.raw[first : min(last, first + len(rest))]) else 0
        )
        return Location(passage.path, passage.line + line, column + 1), length

    def _lines(self, path: str) -> list[str]:
        return self.text(path).split("\n")


def _walk(text: str, raw: str, offset: int) -> int | None:
    """Return where in a text of several lines a character stands of the one line made from it; `None` when lost.

    The line begins somewhere in the first line of the text; a line break and the block prefix after it became a space.
    """
    head = raw.partition(" ")[0][:40]
    at = text.find(head)
    if at < 0 or "\n" in text[:at]:
        return None
    for place, letter in enumerate(raw):
        if place == offset:
            return _past_break(text, at) if letter != " " else at
        if at >= len(text):
            return None
        if text[at] == letter and letter != "\n":
            at += 1
        elif letter == " " and text[at] in "\n\\ ":
            at = _past_break(text, at)
        else:
            return None
    return None


def _search(text: str, raw: str, first: int, last: int) -> int | None:
    """Return where a stretch of a line stands in a text, found by its neighbours; `None` for nowhere."""
    for wide in (40, 20, 10):
        start = max(first - wide, 0)
        at = text.find(raw[start : last + wide])
        if at >= 0:
            return at + first - start
    return None


def _past_break(text: str, at: int) -> int:
    match = re.compile(r"(?:\\| {2,})?\n[ \t>]*").match(text, at)
    return match.end() if match else at


def _translations(text: str) -> list[_Value]:
    """Return the translations of a catalogue as they are written."""
    found: list[_Value] = []
    lines: list[tuple[int, int, str]] = []
    inside = False
    for number, line in enumerate([*text.split("\n"), ""], 1):
        match = _MORE.match(line) if inside else None
        if match:
            lines.append((number, match.start(1) + 1, match[1]))
            continue
        if lines:
            found.append(_Value(tuple(lines)))
        lines = []
        opened = _FIELD.match(line) if "msgstr" in line else None
        inside = opened is not None
        if opened:
            lines.append((number, opened.start(1) + 1, opened[1]))
    return found


@dataclass(frozen=True)
class Edit:
    """A change to a file: the characters of one line from a column on (both from 1) that become another text."""

    path: str
    line: int
    column: int
    length: int
    text: str

    @cached_property
    def key(self) -> tuple[str, int, int]:
        """Return the place, for sorting."""
        return self.path, self.line, self.column
