"""QR codes: readers get the address back, whatever its length; too long a text gets none."""

from __future__ import annotations

import re
from typing import Any

import pytest

from balise.qr import qr_path, qr_rows

ADDRESS = "https://example.org/fr/signaler/fiche-de-signalement/"


def read(rows: tuple[bytes, ...], scale: int = 4, margin: int = 4) -> list[str]:
    """Return what a scanner reads in a picture of the rows."""
    scanner: Any = pytest.importorskip("zxingcpp")
    size = (len(rows) + 2 * margin) * scale
    white = b"\xff" * (margin * scale)
    lines = [white + b"".join((b"\0" if dark else b"\xff") * scale for dark in row) + white for row in rows]
    edge = [b"\xff" * size] * (margin * scale)
    picture = b"".join([*edge, *(line for line in lines for _ in range(scale)), *edge])
    return [found.text for found in scanner.read_barcodes(memoryview(picture).cast("B", (size, size)))]


@pytest.mark.parametrize("length", [8, 14, 15, 26, 27, 42, 62, 84, 106, 122, 152, 153, 179, 180])
def test_a_scanner_reads_an_address_of_any_length(length: int) -> None:
    address = ("https://example.org/" + "pages/" * 30)[:length]
    assert read(qr_rows(address)) == [address]


@pytest.mark.parametrize(("length", "size"), [(14, 21), (15, 25), (106, 41), (107, 45), (180, 53)])
def test_a_code_is_as_small_as_its_text_allows(length: int, size: int) -> None:
    rows = qr_rows("a" * length)
    assert (len(rows), {len(row) for row in rows}) == (size, {size})


def test_a_text_that_is_too_long_has_no_code() -> None:
    assert qr_rows("a" * 181) == ()
    assert qr_path("a" * 181) == (0, "")
    assert qr_rows("é" * 91) == ()


def test_the_path_draws_every_dark_module_and_no_other() -> None:
    size, path = qr_path(ADDRESS)
    drawn = [bytearray(size) for _ in range(size)]
    row = column = 0
    for kind, across, down, length in re.findall(r"([Mm])(\d+) (\d+)(?:\.5)?h(\d+)", path):
        row, column = (int(down), int(across)) if kind == "M" else (row, column + int(across))
        drawn[row][column : column + int(length)] = b"\1" * int(length)
        column += int(length)
    assert tuple(bytes(line) for line in drawn) == qr_rows(ADDRESS)
    assert re.fullmatch(r"(?:[Mm]\d+ \d+(?:\.5)?h\d+)+", path)


def test_the_three_corners_hold_the_finder_pattern() -> None:
    rows = qr_rows(ADDRESS)
    finder = [0b1111111, 0b1000001, 0b1011101, 0b1011101, 0b1011101, 0b1000001, 0b1111111]
    for top, left in ((0, 0), (0, len(rows) - 7), (len(rows) - 7, 0)):
        found = [int("".join(map(str, row[left : left + 7])), 2) for row in rows[top : top + 7]]
        assert found == finder
