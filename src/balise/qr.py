"""QR codes of addresses (ISO/IEC 18004, error correction level M), drawn by segno: a link that a printed page can hold.

One mask is used for all: every reader takes any of the eight, and choosing the best costs more than all the rest.
"""

from __future__ import annotations

from collections.abc import Iterator

LONGEST = 180
"""Bytes of a text that gets a code; one of more has modules too small for a phone across a table."""


def qr_path(text: str) -> tuple[int, str]:
    """Return a code's size in modules and its dark modules as an SVG path of strokes one unit wide.

    Both are empty for a text of more than 180 bytes.
    """
    rows = qr_rows(text)
    return len(rows), "".join(_strokes(rows))


def qr_rows(text: str) -> tuple[bytes, ...]:
    """Return the rows of a code without its margin, 1 for a dark module; none for a text of more than 180 bytes."""
    if len(text.encode()) > LONGEST:
        return ()
    import segno

    code = segno.make_qr(text, error="m", mask=0, mode="byte", encoding="utf-8", boost_error=False)
    return tuple(map(bytes, code.matrix))


def _strokes(rows: tuple[bytes, ...]) -> Iterator[str]:
    """Yield the lines of each row; the pen stands in the middle of a module's height."""
    for number, row in enumerate(rows):
        at, start = 0, row.find(1)
        while start >= 0:
            end = row.find(0, start) if 0 in row[start:] else len(row)
            yield f"m{start - at} 0h{end - start}" if at else f"M{start} {number}.5h{end - start}"
            at, start = end, row.find(1, end)
