"""Reading one HTTP request strictly: anything unusual is refused before it means anything."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import unquote_to_bytes

MAX_HEAD = 16 * 1024
"""Largest request head read, in bytes."""
MAX_FIELDS = 100
"""Most header fields of a request."""
_LINE = re.compile(rb"([A-Z]{1,20}) ([!-~]{1,4096}) HTTP/1\.([01])")
_FIELD = re.compile(rb"([!#$%&'*+\-.^_`|~0-9A-Za-z]{1,64}):[ \t]*([\t -~\x80-\xff]*)")
_HEAD_END = re.compile(rb"\r?\n\r?\n")
_NOT_HTTP = re.compile(rb"\A[^A-Z]|[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_ONCE = ("host", "origin", "content-length", "sec-fetch-site")
_TRICK = re.compile(r"[\\%\x00-\x1f\x7f-\x9f]|//|/\.")
_ENCODED_SEPARATOR = re.compile(r"%(?:2f|5c)", re.IGNORECASE)


class RefusedRequest(Exception):  # noqa: N818 - it carries the answer, which is no error of ours
    """A request that gets an answer with this status and nothing else."""

    def __init__(self, status: int, reason: str) -> None:
        super().__init__(reason)
        self.status, self.reason = status, reason


@dataclass(frozen=True)
class Request:
    """A request's method, its target as sent (ASCII), and its header fields by lower-case name."""

    method: str
    target: str
    fields: Mapping[str, str]


def is_complete(data: bytes) -> bool:
    """Tell whether the head of a request has been read whole. Raises `RefusedRequest` for what is none."""
    if _NOT_HTTP.search(data):
        raise RefusedRequest(400, "this is not HTTP/1.1")
    if _HEAD_END.search(data):
        return True
    if len(data) > MAX_HEAD:
        raise RefusedRequest(431, "the request is too long")
    return False


def parse_request(data: bytes) -> Request:
    """Return the request whose head these bytes hold; its body, if any, is not read. Raises `RefusedRequest`."""
    head, end, _ = data.partition(b"\r\n\r\n")
    first, *lines = head.split(b"\r\n")
    line = _LINE.fullmatch(first)
    if not line or not end or len(lines) > MAX_FIELDS:
        raise RefusedRequest(400, "the request line cannot be read")
    fields: dict[str, str] = {}
    for item in lines:
        match = _FIELD.fullmatch(item)
        if not match:
            raise RefusedRequest(400, "a header field cannot be read")
        name, value = match[1].decode("ascii").lower(), match[2].decode("latin-1").strip(" \t")
        if name in fields and name in _ONCE:
            raise RefusedRequest(400, f"the header field {name} stands twice")
        fields[name] = value
    length = fields.get("content-length", "0")
    if not re.fullmatch(r"[0-9]{1,18}", length) or ("transfer-encoding" in fields and "content-length" in fields):
        raise RefusedRequest(400, "the length of the body cannot be read")
    if line[3] == b"1" and "host" not in fields:
        raise RefusedRequest(400, "there is no Host")
    return Request(line[1].decode("ascii"), line[2].decode("ascii"), fields)


def read_target(target: str) -> tuple[str, str]:
    """Return a target's path, decoded once, and its query as sent. Raises `RefusedRequest` for one with a trick in it.

    Dot segments, hidden names, empty segments, backslashes, control characters and what is still encoded after decoding
    are tricks; no page and no asset has them in its address.
    """
    path, _, query = target.partition("?")
    if not path.startswith("/"):
        raise RefusedRequest(400, "the address must begin with a slash")
    try:
        decoded = unquote_to_bytes(path).decode("utf-8")
    except UnicodeDecodeError:
        raise RefusedRequest(404, "there is no such address") from None
    if "#" in target or _ENCODED_SEPARATOR.search(path) or _TRICK.search(decoded):
        raise RefusedRequest(404, "there is no such address")
    return decoded, query
