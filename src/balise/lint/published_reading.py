"""From bytes to text: which files of a site are read, how their letters are encoded, and what of it is wrong."""

from __future__ import annotations

import codecs
import posixpath
import re
from html import unescape
from urllib.parse import urlsplit

from balise.lint.published_page import PublishedFile
from balise.lint.published_site import Found
from balise.problems import Severity

LARGEST = 2_000_000
"""Bytes of the largest file that is read."""
_KINDS = {
    ".html": "page",
    ".htm": "page",
    ".xhtml": "page",
    ".css": "style",
    ".js": "script",
    ".mjs": "script",
    ".txt": "text",
    ".xml": "text",
    ".json": "text",
    ".svg": "text",
    ".webmanifest": "text",
    ".md": "text",
}
_TYPES = {
    "text/html": "page",
    "application/xhtml+xml": "page",
    "text/css": "style",
    "text/javascript": "script",
    "application/javascript": "script",
    "text/plain": "text",
    "text/xml": "text",
    "application/xml": "text",
    "application/json": "text",
    "application/manifest+json": "text",
    "image/svg+xml": "text",
}
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{1,40})", re.IGNORECASE)
_IN_HEADER = re.compile(r"charset\s*=\s*[\"']?([\w.:-]{1,40})", re.IGNORECASE)
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_CANONICAL = re.compile(r"<link\s[^<>]{0,400}\brel=[\"']?canonical\b[^<>]{0,2000}>", re.IGNORECASE)
_HREF = re.compile(r"\bhref=[\"']?([^\"'\s<>]{1,2000})", re.IGNORECASE)
_WESTERN = frozenset({"latin-1", "iso8859-1", "ascii"})
"""What browsers read as Windows-1252 (Encoding standard, section 4.2)."""


def kind_of(path: str, media_type: str = "") -> str:
    """Return what a file is to rules, by its media type where a server says one, else by its name."""
    if media_type:
        return _TYPES.get(media_type.partition(";")[0].strip().lower(), "other")
    return _KINDS.get(posixpath.splitext(path)[1].lower(), "other")


def decode(file: PublishedFile) -> tuple[str, Found | None]:
    """Return the text of a file, and what is wrong with its encoding; a text is always returned."""
    content = file.content
    for mark, name in _MARKS:
        if content.startswith(mark):
            return content.decode(name, "replace"), None
    declared = _declared(file)
    if declared:
        try:
            name = codecs.lookup(declared).name
        except LookupError:
            name = ""
        name = "cp1252" if name in _WESTERN else name
        try:
            return content.decode(name or "utf-8"), None if name else _wrong(file, declared)
        except (UnicodeDecodeError, LookupError):
            return content.decode("cp1252", "replace"), _wrong(file, declared)
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace"), _silent(file, Severity.WARNING)
    return text, None if text.isascii() else _silent(file, Severity.ADVICE)


def _declared(file: PublishedFile) -> str:
    """Return the encoding that the headers or the head of a file name, "" for none."""
    match = _IN_HEADER.search((file.headers or {}).get("content-type", ""))
    if match:
        return match[1]
    found = _CHARSET.search(file.content[:1024]) if file.kind == "page" else None
    return found[1].decode() if found else ""


def _wrong(file: PublishedFile, declared: str) -> Found:
    return Found(f'the file says that it is "{declared}" and is not', "save it as UTF-8 and say so", 0, file.path)


def _silent(file: PublishedFile, severity: Severity) -> Found | None:
    if file.kind != "page":
        return None
    message = "the page does not say how its letters are encoded"
    return Found(message, 'write `<meta charset="utf-8">` first in the head', 0, file.path, severity)


def named_root(head: str, path: str) -> str:
    """Return the address of the site's root as the page at a path names it in its canonical link, "" for none."""
    link = _CANONICAL.search(head)
    href = _HREF.search(link[0]) if link else None
    own = path.removesuffix("index.html")
    address = unescape(href[1]).partition("#")[0] if href else ""
    root = address.removesuffix(own)
    try:
        host = urlsplit(root).hostname
    except ValueError:
        return ""
    is_root = address.endswith(own) and root.endswith("/") and root.lower().startswith(("http://", "https://"))
    return root if is_root and host else ""
