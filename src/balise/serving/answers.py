"""What the preview sends back: a status, a type, a body, and headers that keep it on this screen."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass
from http import HTTPStatus

from balise.headers import POLICY

HTML = "text/html; charset=utf-8"
TEXT = "text/plain; charset=utf-8"
EVENTS = "text/event-stream; charset=utf-8"
_ASSET_POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
"""For files opened by themselves: an SVG may bring its own style and nothing else."""
_TYPES = {
    "html": HTML,
    "css": "text/css; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "json": "application/json",
    "xml": "application/xml",
    "txt": TEXT,
    "vtt": "text/vtt; charset=utf-8",
    "svg": "image/svg+xml",
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "gif": "image/gif",
    "webp": "image/webp",
    "avif": "image/avif",
    "ico": "image/x-icon",
    "woff2": "font/woff2",
    "pdf": "application/pdf",
    "mp3": "audio/mpeg",
    "mp4": "video/mp4",
    "webm": "video/webm",
}


@dataclass(frozen=True)
class Answer:
    """One answer: its status, its type, its body, where it sends the reader on to, and whether it is a file alone."""

    status: int
    type: str
    body: bytes = b""
    location: str = ""
    is_asset: bool = False


def refusal(status: int, reason: str) -> Answer:
    """Return an answer that says in one line why there is nothing to see."""
    return Answer(status, TEXT, f"{status} {HTTPStatus(status).phrase}: {reason}\n".encode())


def type_of(name: str) -> str:
    """Return the media type of a file by its name; bytes without one where the suffix is unknown."""
    return _TYPES.get(posixpath.splitext(name)[1][1:].lower(), "application/octet-stream")


def render_head(answer: Answer, *, length: int | None) -> bytes:
    """Return the head of an answer; `length` is its body's, in bytes, `None` for a stream."""
    lines = [
        f"HTTP/1.1 {answer.status} {HTTPStatus(answer.status).phrase}",
        f"Content-Type: {answer.type}",
        "Cache-Control: no-store",
        "X-Content-Type-Options: nosniff",
        f"Content-Security-Policy: {_ASSET_POLICY if answer.is_asset else POLICY}",
        "Referrer-Policy: no-referrer",
        "Cross-Origin-Opener-Policy: same-origin",
        "Cross-Origin-Resource-Policy: same-origin",
        "Connection: close",
    ]
    if length is not None:
        lines.append(f"Content-Length: {length}")
    if answer.status == 405:
        lines.append("Allow: GET, HEAD")
    if answer.location:
        lines.append(f"Location: {answer.location}")
    return "\r\n".join((*lines, "", "")).encode("ascii")
