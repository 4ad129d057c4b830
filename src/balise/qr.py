"""QR codes of addresses (ISO/IEC 18004, byte mode, error correction level M): a link that a printed page can hold.

One mask is used for all: every reader takes any of the eight, and choosing the best costs more than all the rest.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import chain, product, zip_longest

_BLOCKS = {
    1: (10, (16,)),
    2: (16, (28,)),
    3: (26, (44,)),
    4: (18, (32, 32)),
    5: (24, (43, 43)),
    6: (16, (27, 27, 27, 27)),
    7: (18, (31, 31, 31, 31)),
    8: (22, (38, 38, 39, 39)),
    9: (22, (36, 36, 36, 37, 37)),
}
"""By version: error correction codewords a block, and the data codewords of each block (table 9)."""
_VERSION_BITS = {7: 0x07C94, 8: 0x085BC, 9: 0x09A99}
_FORMAT_BITS = 0x5412
"""Level M and mask 0, with their own error correction (annex C)."""
_BYTE_MODE = 0b0100


def qr_path(text: str) -> tuple[int, str]:
    """Return a code's size in modules and its dark modules as an SVG path of strokes one unit wide.

    Both are empty for a text of more than 180 bytes.
    """
    rows = qr_rows(text)
    return len(rows), "".join(_strokes(rows))


def qr_rows(text: str) -> tuple[bytes, ...]:
    """Return the rows of a code without its margin, 1 for a dark module; none for a text of more than 180 bytes."""
    content = text.encode()
    version = next((item for item in _BLOCKS if len(content) <= sum(_BLOCKS[item][1]) - 2), 0)
    if not version:
        return ()
    fixed, way, mask = _frame(version)
    size, drawn = 17 + 4 * version, bytearray(fixed)
    bits = (int.from_bytes(_codewords(content, version)) << len(way) % 8) ^ mask
    for place, bit in zip(way, f"{bits:0{len(way)}b}", strict=True):
        drawn[place] = bit == "1"
    return tuple(bytes(drawn[start : start + size]) for start in range(0, size * size, size))


def _strokes(rows: tuple[bytes, ...]) -> Iterator[str]:
    """Yield the lines of each row; the pen stands in the middle of a module's height."""
    for number, row in enumerate(rows):
        at, start = 0, row.find(1)
        while start >= 0:
            end = row.find(0, start) if 0 in row[start:] else len(row)
            yield f"m{start - at} 0h{end - start}" if at else f"M{start} {number}.5h{end - start}"
            at, start = end, row.find(1, end)


def _codewords(content: bytes, version: int) -> bytes:
    """Return data and error correction codewords in the order in which they are drawn."""
    correction, sizes = _BLOCKS[version]
    value = (_BYTE_MODE << 8 | len(content)) << 8 * len(content) | int.from_bytes(content)
    data = (value << 4).to_bytes(len(content) + 2)
    data = (data + b"\xec\x11" * sum(sizes))[: sum(sizes)]
    blocks, start = [], 0
    for size in sizes:
        blocks.append(data[start : start + size])
        start += size
    checks = [_remainder(block, correction) for block in blocks]
    turns = chain(zip_longest(*blocks), zip_longest(*checks))
    return bytes(byte for turn in turns for byte in turn if byte is not None)


@cache
def _field() -> tuple[bytes, bytes]:
    """Return powers of two in GF(256) modulo 0x11D, twice round, and their logarithms."""
    powers, logarithms = bytearray(510), bytearray(256)
    value = 1
    for exponent in range(255):
        powers[exponent] = powers[exponent + 255] = value
        logarithms[value] = exponent
        value = value << 1 ^ (0x11D if value & 0x80 else 0)
    return bytes(powers), bytes(logarithms)


@cache
def _generator(degree: int) -> bytes:
    """Return the logarithms of the generator polynomial's coefficients after the first, highest power first."""
    powers, logarithms = _field()
    polynomial = [1]
    for exponent in range(degree):
        longer = [*polynomial, 0]
        for place, factor in enumerate(polynomial):
            longer[place + 1] ^= powers[(logarithms[factor] + exponent) % 255]
        polynomial = longer
    return bytes(logarithms[factor] for factor in polynomial[1:])


def _remainder(block: bytes, degree: int) -> bytes:
    """Return the Reed-Solomon error correction codewords of a block."""
    powers, logarithms = _field()
    generator = _generator(degree)
    left = bytearray(block) + bytearray(degree)
    for place in range(len(block)):
        if left[place]:
            shift = logarithms[left[place]]
            for step, factor in enumerate(generator, place + 1):
                left[step] ^= powers[factor + shift]
    return bytes(left[len(block) :])


@cache
def _frame(version: int) -> tuple[bytes, tuple[int, ...], int]:
    """Return the modules of a version row by row, the places of the data in the order of its bits, and their mask."""
    size = 17 + 4 * version
    fixed = dict(chain(_finders(size), _timing(size), _alignment(version), _format(size), _version(version)))
    modules = bytes(fixed.get(place, 0) for place in product(range(size), range(size)))
    way = [place for place in _zigzag(size) if place not in fixed]
    mask = "".join(str(1 - (row + column) % 2) for row, column in way)
    return modules, tuple(row * size + column for row, column in way), int(mask, 2)


_Modules = Iterator[tuple[tuple[int, int], int]]


def _finders(size: int) -> _Modules:
    for top, left in ((0, 0), (0, size - 7), (size - 7, 0)):
        for row, column in product(range(-1, 8), repeat=2):
            if 0 <= top + row < size and 0 <= left + column < size:
                yield (top + row, left + column), int(max(abs(row - 3), abs(column - 3)) in (0, 1, 3))


def _timing(size: int) -> _Modules:
    for at in range(8, size - 8):
        yield (6, at), 1 - at % 2
        yield (at, 6), 1 - at % 2


def _alignment(version: int) -> _Modules:
    last = 4 * version + 10
    centres = () if version == 1 else (6, last) if version < 7 else (6, (last + 6) // 2, last)
    for middle in product(centres, repeat=2):
        if middle not in ((6, 6), (6, last), (last, 6)):
            for row, column in product(range(-2, 3), repeat=2):
                yield (middle[0] + row, middle[1] + column), int(max(abs(row), abs(column)) != 1)


def _format(size: int) -> _Modules:
    first = [*((row, 8) for row in (0, 1, 2, 3, 4, 5, 7, 8)), *((8, column) for column in (7, 5, 4, 3, 2, 1, 0))]
    second = [*((8, size - 1 - at) for at in range(8)), *((size - 15 + at, 8) for at in range(8, 15))]
    for places in (first, second):
        for bit, place in enumerate(places):
            yield place, _FORMAT_BITS >> bit & 1
    yield (size - 8, 8), 1


def _version(version: int) -> _Modules:
    for bit in range(18 if version in _VERSION_BITS else 0):
        far, near = 4 * version + 6 + bit % 3, bit // 3
        for place in ((far, near), (near, far)):
            yield place, _VERSION_BITS[version] >> bit & 1


def _zigzag(size: int) -> Iterator[tuple[int, int]]:
    """Yield the places of a code two columns at a time, from the right, up and down in turn."""
    for right in (*range(size - 1, 6, -2), *range(5, 0, -2)):
        upward = (right + 1) & 2 == 0
        for row in range(size - 1, -1, -1) if upward else range(size):
            yield row, right
            yield row, right - 1
