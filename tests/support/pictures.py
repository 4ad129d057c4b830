"""Small pictures made byte by byte, in each format a logo may have."""

from __future__ import annotations

import struct
import zlib


def png(width: int, height: int, padding: int = 0) -> bytes:
    """Return a grey PNG of this size; `padding` bytes of comment make it heavier."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = zlib.compress((b"\0" + b"\x80" * width) * height)
    comment = chunk(b"tEXt", b"Comment\0" + b"x" * padding) if padding else b""
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + comment + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def jpeg(width: int, height: int) -> bytes:
    """Return the head of a JPEG of this size, as far as its size is told."""
    app = b"\xff\xe0\x00\x10JFIF\0\x01\x01\0\0\x01\0\x01\0\0"
    frame = b"\xff\xc0\x00\x0b\x08" + struct.pack(">HH", height, width) + b"\x01\x01\x11\x00"
    return b"\xff\xd8" + app + frame + b"\xff\xd9"


def webp(width: int, height: int) -> bytes:
    """Return the head of an extended WebP of this size."""
    size = struct.pack("<I", width - 1)[:3] + struct.pack("<I", height - 1)[:3]
    body = b"WEBPVP8X" + struct.pack("<I", 10) + b"\0\0\0\0" + size
    return b"RIFF" + struct.pack("<I", len(body)) + body


AVIF = bytes.fromhex(
    "0000001c667479706176696600000000617669666d6966316d696166000000e96d657461000000000000002168646c720000"
    "00000000000070696374000000000000000000000000000000000e7069746d0000000000010000001e696c6f630000000044"
    "0000010001000000010000010d000000190000002869696e660000000000010000001a696e66650200000000010000617630"
    "31436f6c6f72000000006869707270000000496970636f0000001469737065000000000000000c000000050000000e706978"
    "690000000001080000000c6176314381001c0000000013636f6c726e636c780001000d0006800000001769706d6100000000"
    "0000000100010401028304000000216d64617412000a08180cae34c04341a8320b1ff515dffe2c00b09ffee0"
)
"""An AVIF of 12 by 5 pixels."""
