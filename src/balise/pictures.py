"""Pictures that browsers show everywhere: telling by its bytes what a file is, and how large."""

from __future__ import annotations

import io
import struct

PICTURES = (".png", ".jpg", ".jpeg", ".webp", ".avif")
"""How the names of such files end."""


def picture_size(content: bytes) -> tuple[int, int] | None:
    """Return width and height in pixels, as shown, of a PNG, JPEG, WebP or AVIF; `None` for anything else."""
    if not _is_picture(content):
        return None
    import imagesize

    try:
        width, height = imagesize.get(io.BytesIO(content))
    except (ValueError, struct.error, IndexError, KeyError, OverflowError, OSError):
        return None
    return (int(width), int(height)) if width > 0 and height > 0 else None


def _is_picture(content: bytes) -> bool:
    """Tell whether the first bytes are those of one of the four formats; what measures knows more, SVG among them."""
    is_png, is_jpeg = content.startswith(b"\x89PNG\r\n\x1a\n"), content.startswith(b"\xff\xd8\xff")
    is_webp = content.startswith(b"RIFF") and content[8:12] == b"WEBP"
    return is_png or is_jpeg or is_webp or (content[4:8] == b"ftyp" and content[8:12] in (b"avif", b"avis"))
