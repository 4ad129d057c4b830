"""A built site on a loopback server that sends the headers of the table."""

from __future__ import annotations

import functools
import http.server
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from balise.headers import header_table
from support.reference import ReferenceSite


class QuietHandler(http.server.SimpleHTTPRequestHandler):
    def __init__(self, *arguments: Any, discreet: bool, **options: Any) -> None:
        self.discreet = discreet
        super().__init__(*arguments, **options)

    def end_headers(self) -> None:
        """Send what a server with our files sends."""
        for item in header_table(self.path.lstrip("/"), discreet=self.discreet):
            self.send_header(item.name, item.value)
        super().end_headers()

    def log_message(self, format: str, *args: Any) -> None:
        """Keep the terminal for the tests."""

    def do_GET(self) -> None:
        """Serve a file; the browser's own request for an icon is no page's doing."""
        if self.path == "/favicon.ico":
            self.send_error(404)
            return
        super().do_GET()


@contextmanager
def on_loopback(site: ReferenceSite, *, discreet: bool) -> Iterator[str]:
    """Serve a site on loopback; inside, its address."""
    handler = functools.partial(QuietHandler, directory=str(site.folder), discreet=discreet)
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()
    thread.join()
