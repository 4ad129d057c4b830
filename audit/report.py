"""Writing audit/RESULTS.md: what was judged, by whom, when, and everything that was found."""

from __future__ import annotations

import platform
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

import balise
from audit.finding import Row, finding_lines, table_lines
from audit.judges import versions
from audit.subject import Subject


def render_results(subject: Subject, rows: Sequence[Row]) -> str:
    """Return the report of a whole audit as Markdown."""
    return "\n".join(_lines(subject, rows)) + "\n"


def _lines(subject: Subject, rows: Sequence[Row]) -> Iterator[str]:
    kept = sum(not row.found and not row.skipped for row in rows)
    broken = sum(bool(row.found) for row in rows)
    yield "# The reference site before independent judges"
    yield ""
    yield f"Written by `make audit` on {datetime.now(UTC):%Y-%m-%d}: {len(subject.pages)} pages in three languages."
    yield f"{kept} rows kept, {broken} broken, {len(rows) - kept - broken} skipped. A skipped row was not judged."
    yield ""
    yield f"Balise {balise.__version__}; Python {platform.python_version()}; {'; '.join(versions())}."
    yield ""
    yield from table_lines(rows)
    for row in rows:
        if row.skipped:
            yield from ("", f"Not judged, {row.part} ({row.what}): {row.skipped}.")
    yield ""
    yield "## What was found"
    yield ""
    if not broken:
        yield "Nothing."
    for row in rows:
        if row.found:
            yield from (f"### {row.part}: {row.what}", "")
            yield from (f"    {line}" for line in finding_lines(row.found, examples=8, pages=40))
            yield ""
