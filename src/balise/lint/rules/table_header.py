"""A table's head does not say what its columns hold.

What it finds: a table whose head is empty, a column without a name (the first may have none where the rows are named),
and a head that holds a telephone number, an address or a share: a row of the table itself.

Why it matters: a screen reader says the head of a column before each cell (WCAG 2.2, 1.3.1). With an empty one or
somebody's number in its place, the cells cannot be told apart.

Bad: `| Hotline | 116 000 |` as the first line of a table

Better: `| Service | Number |`, and `| Hotline | 116 000 |` below the line of dashes
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from balise.lint.rule import Finding, Options, Rule
from balise.lint.sheet import Sheet
from balise.markdown import JINJA_TAG, line_and_column, parse_events
from balise.page import Page
from balise.problems import Location, Severity

RULE = Rule(group="structure", severity=Severity.ERROR)

_DATA = re.compile(
    rb"\d[\d ./-]{4,}\d|\d\s*%|https?://|\bwww\.|[\w.+-]@\w|\{\{\s*(?:channel|phone|link|figure|number|date)\("
)
_YEARS = re.compile(rb"\d{4}(?:\s?[-/\xe2\x80\x93]+\s?\d{2,4})?\Z")
_RULE_OF_DASHES = re.compile(rb"^[ \t>]*+\|?[ \t]*+:?-[-:| \t]*+\r?$", re.MULTILINE)


@dataclass
class _Table:
    """A table as it is typed: the first byte of each, the texts of its head's cells, and of its first column."""

    start: int
    head: list[bytes] = field(default_factory=list)
    first: list[bytes] = field(default_factory=list)


def check(sheet: Sheet, options: Options) -> Iterator[Finding]:
    """Yield a finding for each table whose head does not name its columns, where it is typed."""
    page = sheet.page
    if page is None or sheet.is_translated or b"|" not in page.cutting.source:
        return
    if not _RULE_OF_DASHES.search(page.cutting.source):
        return
    for table in _tables(page.cutting.source):
        yield from _faults(page, table)


def _faults(page: Page, table: _Table) -> Iterator[Finding]:
    line, column = line_and_column(page.cutting.source, table.start)
    place = Location(page.path, page.line(line), column)
    if not any(table.head):
        yield Finding("a table with an empty head", "name each column in the first line", place=place)
        return
    for number, cell in enumerate(table.head, 1):
        if not cell and (number > 1 or not any(table.first)):
            message = f"column {number} of a table has no name"
            yield Finding(message, "name it in the first line", place=place, severity=Severity.WARNING)
        elif cell and _DATA.search(cell) and not _YEARS.match(cell):
            shown = cell.decode("utf-8", "replace")
            message = f'the head of a table holds "{shown}", which looks like a row of it'
            hint = "write a line with the names of the columns above it"
            yield Finding(message, hint, place=place, severity=Severity.WARNING)
            return


def _tables(source: bytes) -> Iterator[_Table]:
    """Yield the tables of a body."""
    table = _Table(0)
    in_head = False
    column = 0
    cell: list[int] = []
    for event in parse_events(source):
        if event.name == "Table":
            if event.phase == "start":
                table = _Table(event.start)
            else:
                yield table
        elif event.name == "TableHead":
            in_head, column = event.phase == "start", 0
        elif event.name == "TableRow":
            column = 0
        elif event.name == "TableCell":
            if event.phase == "start":
                cell, column = [event.start, event.end], column + 1
                continue
            text = _cell_text(source[cell[0] : cell[1]])
            if in_head:
                table.head.append(text)
            elif column == 1:
                table.first.append(text)


def _cell_text(typed: bytes) -> bytes:
    """Return what stands in a cell; a call as it is typed."""
    return typed.strip().strip(b"|").strip() if JINJA_TAG.search(typed) else typed.strip(b" \t|*_`")
