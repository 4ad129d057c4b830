"""A Chromium on this machine, and the reference site on a loopback server that stops with the session."""

from __future__ import annotations

import functools
import http.server
import shutil
import threading
from collections.abc import Iterator
from typing import Any

import pytest

from support.reference import ReferenceSite

FLAGS = [
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-gpu",
    "--no-first-run",
]


def find_chromium() -> str:
    """Return the path of Debian's Chromium, or an empty string."""
    return shutil.which("chromium") or shutil.which("chromium-browser") or ""


class QuietHandler(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:
        """Keep the terminal for the tests."""

    def do_GET(self) -> None:
        """Serve a file; the browser's own request for an icon is no page's doing."""
        if self.path == "/favicon.ico":
            self.send_error(404)
            return
        super().do_GET()


@pytest.fixture(scope="session")
def address(reference_site: ReferenceSite) -> Iterator[str]:
    """The address of the reference site on loopback."""
    handler = functools.partial(QuietHandler, directory=str(reference_site.folder))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """One Chromium for all browser tests of a worker."""
    path = find_chromium()
    if not path:
        pytest.skip("there is no Chromium on this machine")
    playwright = pytest.importorskip("playwright.sync_api")
    with playwright.sync_playwright() as driver:
        chromium = driver.chromium.launch(executable_path=path, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def pages(reference_site: ReferenceSite) -> list[str]:
    """The addresses of all published pages, from the site's root; error pages left out."""
    found = [
        path.relative_to(reference_site.folder).as_posix() for path in sorted(reference_site.folder.rglob("index.html"))
    ]
    assert len(found) > 90
    return [name.removesuffix("index.html") for name in found]
