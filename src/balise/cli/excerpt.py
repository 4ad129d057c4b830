"""The line a problem stands on, with a caret under what is meant."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple
from unicodedata import combining, east_asian_width

from balise.problems import Problem
from balise.source import SourceProblem, read_text

WIDTH = 96
"""Most characters of a line that are shown; a longer one is cut round what is meant."""
_CUT = "…"
_COMBINING = "\u0300"
"""The first character of more or less than a column; all letters of our languages come before."""


class Excerpt(NamedTuple):
    """A piece of a line: what stands before what is meant, this itself, and what stands behind it."""

    before: str
    meant: str
    after: str

    @property
    def line(self) -> str:
        """Return the piece of the line."""
        return self.before + self.meant + self.after

    @property
    def marks(self) -> str:
        """Return spaces and carets that stand under what is meant on a terminal."""
        return " " * (self.before.startswith(_CUT) + _width(self.before.removeprefix(_CUT))) + "^" * max(
            _width(self.meant), 1
        )


@dataclass
class Excerpts:
    """Shows lines of a project's files, each of which it reads once."""

    root: Path
    _lines: dict[str, list[str]] = field(default_factory=dict)

    def show(self, problem: Problem) -> Excerpt | None:
        """Return the line a problem stands on, with what is meant; `None` where its place is not known so well."""
        if not problem.length or not problem.location.line:
            return None
        lines = self._read(problem.location.path)
        if problem.location.line > len(lines):
            return None
        return _cut(lines[problem.location.line - 1], problem.location.column - 1, problem.length)

    def _read(self, path: str) -> list[str]:
        if path not in self._lines:
            try:
                self._lines[path] = read_text(self.root / path, self.root).split("\n")
            except (SourceProblem, OSError):
                self._lines[path] = []
        return self._lines[path]


def _cut(line: str, start: int, length: int) -> Excerpt | None:
    """Return a piece of a line round a stretch of it."""
    if start >= len(line):
        return None
    length = min(length, len(line) - start)
    first = max(0, start - max((WIDTH - length) // 2, 8)) if len(line) > WIDTH else 0
    last = max(min(len(line), first + WIDTH), min(start + length, first + 2 * WIDTH))
    before, after = (_CUT if first else ""), (_CUT if last < len(line) else "")
    meant = line[start : min(start + length, last)]
    return Excerpt(
        _printable(before + line[first:start]), _printable(meant), _printable(line[start + len(meant) : last] + after)
    )


def _printable(text: str) -> str:
    """Return a text with spaces of all kinds plain, and a sign for each character that nobody sees."""
    if text.isprintable():
        return text
    return "".join(letter if letter.isprintable() else " " if letter.isspace() else "\ufffd" for letter in text)


def _width(text: str) -> int:
    """Return how many columns of a terminal a text takes (Unicode Standard Annex #11)."""
    if text.isascii() or max(text) < _COMBINING:
        return len(text)
    return sum(0 if combining(letter) else 2 if east_asian_width(letter) in "WF" else 1 for letter in text)
