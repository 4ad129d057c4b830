"""What a part of the audit came to: rows with what was measured, and each broken promise with its page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field


class AuditError(Exception):
    """The audit cannot be done; the message says why, in a line."""


@dataclass(frozen=True)
class Finding:
    """A broken promise: the rule, the page's address, the place on it (a selector or a line), and what was seen."""

    rule: str
    page: str
    place: str = ""
    seen: str = ""

    def __str__(self) -> str:
        """Return it as a line of the report."""
        return " · ".join(filter(None, (self.rule, self.page, self.place, self.seen)))


@dataclass(frozen=True)
class Row:
    """A line of the table. A skipped one says why in `skipped` and counts neither as kept nor as broken."""

    part: str
    what: str
    pages: int = 0
    checks: int = 0
    measured: str = ""
    limit: str = ""
    found: tuple[Finding, ...] = ()
    skipped: str = ""

    @property
    def result(self) -> str:
        """Return the number of violations, or that nothing was judged."""
        return "skipped" if self.skipped else str(len(self.found))


@dataclass
class Tally:
    """Counts pages and checks while a part works, and keeps what it finds."""

    pages: int = 0
    checks: int = 0
    found: list[Finding] = field(default_factory=list)

    def expect(self, holds: bool, rule: str, page: str, place: str = "", seen: str = "") -> None:
        """Count a check, and keep a finding where it does not hold."""
        self.checks += 1
        if not holds:
            self.found.append(Finding(rule, page, place, seen))

    def row(self, part: str, what: str, measured: str = "", limit: str = "") -> Row:
        """Return what was counted as a row."""
        return Row(part, what, self.pages, self.checks, measured, limit, tuple(self.found))


HEADS = ("part", "what", "pages", "checks", "measured", "limit", "violations")


def table_lines(rows: Iterable[Row]) -> Iterator[str]:
    """Yield the table in Markdown, its columns aligned."""
    cells = [
        (row.part, row.what, str(row.pages or "–"), str(row.checks or "–"), row.measured, row.limit, row.result)
        for row in rows
    ]
    widths = [max(map(len, column)) for column in zip(HEADS, *cells, strict=True)]
    for line in (HEADS, tuple("-" * width for width in widths), *cells):
        yield "| " + " | ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)) + " |"


def finding_lines(found: Iterable[Finding], *, examples: int = 3, pages: int = 6) -> Iterator[str]:
    """Yield what was found by rule: how often, on which pages, and some of the places, each named once."""
    by_rule: dict[str, list[Finding]] = {}
    for item in found:
        by_rule.setdefault(item.rule, []).append(item)
    for rule, items in sorted(by_rule.items(), key=lambda pair: -len(pair[1])):
        where = list(dict.fromkeys(item.page or "/" for item in items))
        more = f" and {len(where) - pages} more" if len(where) > pages else ""
        yield f"{len(items)} × {rule}: {', '.join(where[:pages])}{more}"
        places = list(dict.fromkeys(" · ".join(filter(None, (item.place, item.seen))) for item in items))
        yield from (f"    {place}" for place in places[:examples] if place)
        if len(places) > examples:
            yield f"    and {len(places) - examples} more places"
