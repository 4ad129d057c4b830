"""A Chromium on this machine, and the reference site on loopback servers that stop with the session.

The servers send the headers of the table, so that every test runs under them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest

from audit.judges import CHROMIUM, find_chromium
from support.loopback import on_loopback
from support.reference import ReferenceSite

_STEP = re.compile(r"/[b-z2-9]{7}/\Z")


@pytest.fixture(scope="session")
def address(reference_site: ReferenceSite) -> Iterator[str]:
    """The address of the reference site on loopback."""
    with on_loopback(reference_site, discreet=False) as found:
        yield found


@pytest.fixture(scope="session")
def discreet_address(discreet_site: ReferenceSite) -> Iterator[str]:
    """The address of the reference site in discreet mode."""
    with on_loopback(discreet_site, discreet=True) as found:
        yield found


@pytest.fixture(scope="session")
def driver() -> Iterator[Any]:
    """What starts and steers browsers, one for a worker."""
    playwright = pytest.importorskip("playwright.sync_api")
    with playwright.sync_playwright() as running:
        yield running


def launch(driver: Any, **options: Any) -> Any:
    """Return a Chromium; the test is skipped where there is none."""
    path = find_chromium()
    if not path:
        pytest.skip("there is no Chromium on this machine")
    return driver.chromium.launch(executable_path=path, args=list(CHROMIUM), **options)


@pytest.fixture(scope="session")
def browser(driver: Any) -> Iterator[Any]:
    """One Chromium for all browser tests of a worker."""
    chromium = launch(driver)
    yield chromium
    chromium.close()


@pytest.fixture
def keeping_browser(driver: Any) -> Iterator[Any]:
    """A Chromium that puts pages aside to show them again at once, as people's browsers do."""
    chromium = launch(driver, ignore_default_args=["--disable-back-forward-cache"])
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


@pytest.fixture(scope="session")
def looks(pages: list[str]) -> list[str]:
    """The addresses of all pages that look different: of the steps of a guide, which look alike, some in each folder."""
    found: list[str] = []
    steps: Counter[str] = Counter()
    for name in pages:
        folder = name.removesuffix("/").rpartition("/")[0]
        steps[folder] += bool(_STEP.search(name))
        if not _STEP.search(name) or steps[folder] % 8 == 1:
            found.append(name)
    return found
