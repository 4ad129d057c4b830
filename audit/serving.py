"""A small server on loopback that sends the site as its host would: the headers of `_headers`, gzip, error pages."""

from __future__ import annotations

import gzip
import http.server
import mimetypes
import re
import sys
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from fnmatch import fnmatchcase
from functools import cache, partial
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

Rules = Sequence[tuple[str, Mapping[str, str]]]
POLICY = "Content-Security-Policy"
_POLICY_TAG = re.compile(rb'<meta http-equiv="Content-Security-Policy"[^>]*>')
_PACKED = (".html", ".css", ".js", ".txt", ".xml", ".svg")


def parse_headers(text: str) -> Rules:
    """Return the rules of a `_headers` file: each address pattern with its headers."""
    rules: list[tuple[str, dict[str, str]]] = []
    for line in text.splitlines():
        if line.startswith("#") or not line.strip():
            continue
        if line.startswith("/"):
            rules.append((line.strip(), {}))
        else:
            name, _, value = line.strip().partition(": ")
            rules[-1][1][name] = value
    return rules


def headers_of(rules: Rules, address: str) -> dict[str, str]:
    """Return the headers of an address; `*` stands for any letters, as hosts read it."""
    return {name: value for pattern, items in rules if fnmatchcase(address, pattern) for name, value in items.items()}


@cache
def _packed(content: bytes) -> bytes:
    return gzip.compress(content, 9, mtime=0)


class _Answers(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def __init__(self, *arguments: Any, folder: Path, rules: Rules, with_policy: bool) -> None:
        self.folder, self.rules, self.with_policy = folder, rules, with_policy
        super().__init__(*arguments)

    def do_GET(self) -> None:
        """Send a file, or the error page of its language."""
        address = unquote(urlsplit(self.path).path)
        path, status = self.find(address)
        content = path.read_bytes() if path else b""
        if not self.with_policy:
            content = _POLICY_TAG.sub(b"", content)
        self.send_response(status)
        for name, value in headers_of(self.rules, address).items():
            if self.with_policy or name != POLICY:
                self.send_header(name, value)
        if path and path.suffix in _PACKED and "gzip" in self.headers.get("Accept-Encoding", ""):
            content = _packed(content)
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Type", _content_type(path))
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def find(self, address: str) -> tuple[Path | None, int]:
        """Return the file at an address and the status it is sent with."""
        path = (self.folder / address.lstrip("/")).resolve()
        if not path.is_relative_to(self.folder):
            return None, 404
        if path.is_dir():
            path /= "index.html"
        if path.is_file() and address != "/favicon.ico":
            return path, 200
        language = address.split("/")[1]
        errors = (self.folder / language / "404.html", self.folder / "404.html")
        return next((found for found in errors if found.is_file()), None), 404

    def log_message(self, format: str, *args: Any) -> None:
        """Keep the terminal for the table."""


class _Server(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing of a browser that went away in the middle; of everything else, what there is to say."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


def _content_type(path: Path | None) -> str:
    kind = mimetypes.guess_type(path.name)[0] if path else "text/plain"
    kind = kind or "application/octet-stream"
    return f"{kind}; charset=utf-8" if kind.startswith("text/") else kind


@contextmanager
def served(folder: Path, *, with_policy: bool = True) -> Iterator[str]:
    """Serve a built site on loopback; inside, its address. Without policy, neither header nor page has one."""
    written = folder / "_headers"
    rules = parse_headers(written.read_text("utf-8")) if written.is_file() else []
    answers = partial(_Answers, folder=folder.resolve(), rules=rules, with_policy=with_policy)
    server = _Server(("127.0.0.1", 0), answers)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
