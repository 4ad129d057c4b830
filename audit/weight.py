"""Part `weight`: what a page of each kind makes a phone load, packed as a server packs it."""

from __future__ import annotations

import gzip
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from audit.finding import Row, Tally
from audit.judges import chromium, missing_means
from audit.reader import search
from audit.serving import served
from audit.subject import Page, Subject, is_error

LIMITS: Mapping[str, int] = {
    "home": 20_000,
    **dict.fromkeys(("situation", "topic", "figures", "lesson", "sheet"), 15_000),
}
"""Bytes of HTML, style sheet and scripts together, packed, by kind of page; others list the whole site or registry."""
KINDS = ("home", "situation", "topic", "lesson", "figures", "section", "directory", "sheet", "a-z")
REQUESTS, SCRIPT, SEARCH = 3, 5_000, 150_000
"""Most requests of a page; most bytes of script before anyone searches; most bytes of the first search."""


def judge(subject: Subject, folder: Path, seed: int) -> Iterator[Row]:
    """Yield a row for each kind of page, and one for the first search."""
    missing = missing_means("chromium")
    if missing:
        yield Row("weight", "bytes and requests", skipped=missing)
        return
    with served(subject.folder) as address, chromium() as browser:
        for kind in KINDS:
            pages = [page for page in subject.pages if page.kind == kind and not is_error(page)]
            if pages:
                yield _weigh_kind(subject, browser, address, kind, pages)
        indexes = [page for page in subject.pages if page.kind == "a-z"]
        if indexes:
            yield _weigh_search(subject, browser, address, indexes)


def _weigh_kind(subject: Subject, browser: Any, address: str, kind: str, pages: list[Page]) -> Row:
    """Return the row of a kind: its heaviest page, most requests, most script."""
    tally = Tally(pages=len(pages))
    limit = LIMITS.get(kind, 0)
    most = [0, 0, 0]
    for page in pages:
        asked = _requests(browser, address, page)
        sizes = {name: _packed(subject.folder, name) for name in asked}
        script = sum(size for name, size in sizes.items() if name.endswith(".js"))
        seen = [sum(sizes.values()), len(asked), script]
        most = [max(pair) for pair in zip(most, seen, strict=True)]
        tally.expect(not limit or seen[0] <= limit, "bytes", page.address, seen=f"{seen[0]} bytes, limit {limit}")
        tally.expect(seen[1] <= REQUESTS, "requests", page.address, seen=f"{seen[1]}: {' '.join(asked)}")
        tally.expect(script <= SCRIPT, "script", page.address, seen=f"{script} bytes")
    measured = f"≤ {most[0] / 1000:.1f} kB, {most[1]} requests, script {most[2] / 1000:.1f} kB"
    return tally.row(
        "weight", kind, measured, f"{f'{limit // 1000} kB, ' if limit else ''}{REQUESTS} requests, {SCRIPT // 1000} kB"
    )


def _requests(browser: Any, address: str, page: Page) -> list[str]:
    """Return what a fresh browser asks of the server for a page, as addresses from the root."""
    asked: list[str] = []
    tab = browser.new_page(viewport={"width": 360, "height": 740})
    tab.on("request", lambda request: asked.append(request.url))
    tab.goto(address + page.address, wait_until="load")
    tab.close()
    return [_name(url, address) for url in asked if not url.startswith("data:")]


def _name(url: str, address: str) -> str:
    return unquote(urlsplit(url).path).lstrip("/") if url.startswith(address) else url


def _packed(folder: Path, name: str) -> int:
    """Return the bytes of a file, packed; 0 for what is not of this site."""
    path = folder / name
    path = path / "index.html" if path.is_dir() else path
    return len(gzip.compress(path.read_bytes(), 9, mtime=0)) if path.is_file() else 0


def _weigh_search(subject: Subject, browser: Any, address: str, indexes: list[Page]) -> Row:
    """Return the row of what the first search loads in each edition, the page itself left out."""
    tally, heaviest = Tally(pages=len(indexes)), 0
    for page in indexes:
        asked: list[str] = []
        tab = browser.new_page()
        tab.goto(address + page.address, wait_until="load")
        tab.on("request", lambda request, asked=asked: asked.append(request.url))
        search(tab)
        tab.close()
        size = sum(_packed(subject.folder, _name(url, address)) for url in asked)
        heaviest = max(heaviest, size)
        tally.expect(0 < size <= SEARCH, "search", page.address, seen=f"{size} bytes")
    return tally.row("weight", "first search", f"≤ {heaviest / 1000:.0f} kB", f"{SEARCH // 1000} kB")
