"""Pages that stay on the device: only where a site asks for it, only those it names, and gone when it takes them back."""

from __future__ import annotations

import functools
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from balise.host.runner import run_build
from support.loopback import QuietHandler
from support.projects import FOUND, SITE, TODAY, write_project

pytestmark = pytest.mark.browser

MORE = "---\ntype: topic\ntitle: A talk\ndescription: A page.\n---\n\nText.\n"
SHARED = SITE.replace("[help]", "[help, talk]")
KEPT = SHARED + "offline: yes\n"
TRACES = "async () => [await caches.keys(), (await navigator.serviceWorker.getRegistrations()).length]"
CONTENTS = """async () => {
  const found = [];
  for (const name of await caches.keys()) {
    for (const request of await (await caches.open(name)).keys()) found.push(request.url.replace(location.origin, ""));
  }
  return found.sort();
}"""
COMPLETE = f"async () => (await ({CONTENTS})()).filter((url) => url.endsWith('/')).length >= 4"
GONE = "async () => !(await caches.keys()).length && !(await navigator.serviceWorker.getRegistrations()).length"
UNREGISTERED = "async () => !(await navigator.serviceWorker.getRegistrations()).length"
TRIES = 1000
"""How often a state is asked for before a test gives up; it never takes as many unless it fails."""


class SilentHandler(QuietHandler):
    """A server that takes requests for pages and never answers while `silent` is set."""

    silent = threading.Event()
    ended = threading.Event()

    def do_GET(self) -> None:
        if self.silent.is_set():
            self.ended.wait()
            return
        del self.headers["If-Modified-Since"]  # two builds of a test fall into one second
        super().do_GET()


class QuietServer(ThreadingHTTPServer):
    """A server that says nothing of readers who went away before the answer."""

    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Keep the terminal for the tests."""


@contextmanager
def serving(folder: Path) -> Iterator[str]:
    """Serve a folder on loopback; inside, its address."""
    handler = functools.partial(SilentHandler, directory=str(folder), discreet=False)
    server = QuietServer(("127.0.0.1", 0), handler)
    SilentHandler.silent.clear()
    SilentHandler.ended.clear()
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        SilentHandler.ended.set()
        server.shutdown()
        server.server_close()
        thread.join()


def publish(top: Path, site: str, **files: str) -> Path:
    """Build the smallest site with another section and with this site.yml; return its folder."""
    pages = {"content/talk/index.md": MORE, "content/site.yml": site}
    root = write_project(top / "project", {**pages, **files})
    report = run_build(root / "mkdocs.yml", site_dir=str(top / "site"), today=TODAY)
    assert report.ok, report.problems
    return top / "site"


@pytest.fixture
def page(browser: Any) -> Iterator[Any]:
    """A window of a reader who was never here."""
    context = browser.new_context()
    page = context.new_page()
    page.refused = []
    page.on(
        "console", lambda message: page.refused.append(message.text) if "Content Security" in message.text else None
    )
    yield page
    assert page.refused == []
    context.close()


def wait_for(page: Any, state: str) -> None:
    """Return when a state is there that the page tells of by and by: an async function that returns yes or no."""
    for _ in range(TRIES):
        if page.evaluate(state):
            return
        page.wait_for_timeout(20)
    raise AssertionError(f"never: {state}")


def visit(page: Any, address: str) -> None:
    """Open an address, and wait until the worker has kept what it keeps."""
    page.goto(address)
    page.evaluate("() => navigator.serviceWorker.ready.then(() => true)")
    wait_for(page, COMPLETE)


def test_a_site_that_does_not_ask_for_it_keeps_nothing(page: Any, tmp_path: Path) -> None:
    folder = publish(tmp_path, SHARED)
    assert list(folder.glob("*.js")) == []
    with serving(folder) as address:
        for name in ("", "fr/", "fr/aide/", "en/talk/", "fr/a-z/"):
            page.goto(address + name)
        assert page.evaluate(TRACES) == [[], 0]


def test_a_page_of_help_opens_when_the_site_does_not_answer(page: Any, tmp_path: Path) -> None:
    with serving(publish(tmp_path, KEPT)) as address:
        visit(page, address + "fr/")
    page.goto(address + "fr/aide/images-trouvees/")
    assert page.locator("h1").text_content() == "I found images"
    assert page.evaluate("getComputedStyle(document.querySelector('.exit-link')).position") == "sticky"
    page.goto(address)
    assert page.locator("main a[hreflang]").count() == 3


def test_only_the_pages_named_are_kept_in_the_languages_opened_and_never_a_query(page: Any, tmp_path: Path) -> None:
    folder = publish(tmp_path, KEPT)
    bundles = [f"/{path.relative_to(folder).as_posix()}" for path in folder.glob("theme/balise-*")]
    with serving(folder) as address:
        visit(page, address + "fr/?from=a-letter")
        page.goto(address + "fr/aide/images-trouvees/?words=of-mine#do")
        page.goto(address + "fr/talk/")
        page.goto(address + "fr/a-z/?words=of-mine")
        found = page.evaluate(CONTENTS)
    kept = [name for name in found if not name.startswith("/theme/")]
    assert kept == ["/", "/fr/", "/fr/aide/", "/fr/aide/images-trouvees/"]
    pages = [folder / name.strip("/") / "index.html" for name in kept]
    loaded = {at for path in pages for at in re.findall(r"theme/balise-[0-9a-f]{10}\.\w+", path.read_text("utf-8"))}
    assert set(found) - set(kept) == {f"/{at}" for at in loaded} & set(bundles)


def test_another_language_is_kept_once_it_is_opened(page: Any, tmp_path: Path) -> None:
    with serving(publish(tmp_path, KEPT)) as address:
        visit(page, address + "fr/")
        page.goto(address + "nl/talk/")
        wait_for(page, f"async () => (await ({CONTENTS})()).includes('/nl/hulp/beelden-gevonden/')")
    page.goto(address + "nl/hulp/beelden-gevonden/")
    assert page.locator("html").get_attribute("lang") == "nl"


def test_a_tour_with_kept_pages_leaves_nothing_but_these(page: Any, tmp_path: Path) -> None:
    with serving(publish(tmp_path, KEPT)) as address:
        outside: list[str] = []
        page.on("request", lambda request: None if request.url.startswith(address) else outside.append(request.url))
        visit(page, address + "fr/")
        for name in ("", "fr/aide/", "fr/talk/", "fr/a-z/"):
            page.goto(address + name)
        kept = page.evaluate(
            "async () => [document.cookie, localStorage.length, sessionStorage.length,"
            " (await indexedDB.databases()).length, (await caches.keys()).length]"
        )
    assert (kept, [url for url in outside if not url.startswith("data:")]) == (["", 0, 0, 0, 1], [])


def test_what_a_reader_clears_comes_back_at_the_next_visit(page: Any, tmp_path: Path) -> None:
    with serving(publish(tmp_path, KEPT)) as address:
        visit(page, address + "fr/")
        settings = page.context.new_cdp_session(page)
        settings.send("Storage.clearDataForOrigin", {"origin": address.rstrip("/"), "storageTypes": "all"})
        assert page.evaluate(TRACES) == [[], 0]
        visit(page, address + "fr/")
        assert len(page.evaluate(TRACES)[0]) == 1


def test_a_private_window_keeps_pages_until_it_is_closed(browser: Any, page: Any, tmp_path: Path) -> None:
    with serving(publish(tmp_path, KEPT)) as address:
        visit(page, address + "fr/")
        other = browser.new_context()
        window = other.new_page()
        window.goto(address + "nl/talk/", wait_until="commit")
        assert "/fr/" not in window.evaluate(CONTENTS)
        other.close()


def test_what_is_kept_stands_in_for_a_site_that_is_silent(page: Any, tmp_path: Path) -> None:
    with serving(publish(tmp_path, KEPT)) as address:
        visit(page, address + "fr/")
        SilentHandler.silent.set()
        page.goto(address + "fr/aide/")
        assert page.locator("h1").text_content() == "Help"


def test_a_corrected_page_takes_the_place_of_the_one_kept(page: Any, tmp_path: Path) -> None:
    with serving(publish(tmp_path, KEPT)) as address:
        visit(page, address + "en/")
        (before,), _ = page.evaluate(TRACES)
        publish(tmp_path, KEPT, **{"content/help/found-images.md": FOUND.replace("Close the page.", "Close it now.")})
        page.goto(address + "en/talk/")
        wait_for(page, f"async () => !(await caches.keys()).includes('{before}')")
        assert len(page.evaluate(TRACES)[0]) == 1
    page.goto(address + "en/help/found-images/")
    assert "Close it now." in page.locator("main").text_content()


def test_a_site_that_takes_it_back_leaves_nothing(page: Any, tmp_path: Path) -> None:
    with serving(publish(tmp_path, KEPT)) as address:
        visit(page, address + "fr/")
        publish(tmp_path, SHARED + "offline: remove\n")
        page.goto(address + "fr/talk/")
        wait_for(page, GONE)
        page.goto(address + "fr/")
        assert page.evaluate(TRACES) == [[], 0]


def test_the_caches_of_another_site_at_the_same_host_are_left_alone(page: Any, tmp_path: Path) -> None:
    with serving(publish(tmp_path, KEPT)) as address:
        page.goto(address + "fr/")
        page.evaluate("() => caches.open('somebody else')")
        visit(page, address + "fr/")
        publish(tmp_path, SHARED + "offline: remove\n")
        page.goto(address + "fr/")
        wait_for(page, UNREGISTERED)
        assert page.evaluate("() => caches.keys()") == ["somebody else"]


def test_the_reader_is_told_what_stays_in_every_language(page: Any, tmp_path: Path) -> None:
    with serving(publish(tmp_path, KEPT)) as address:
        told = {}
        for tag in ("fr", "nl", "en"):
            page.goto(f"{address}{tag}/")
            told[tag] = page.locator(".page-footer p").last.text_content()
    assert told == {
        "fr": "Certaines de ses pages restent sur cet appareil, pour s’ouvrir même sans connexion.",
        "nl": "Enkele pagina’s blijven op dit toestel staan, zodat ze ook zonder verbinding opengaan.",
        "en": "Some of its pages stay on this device, so that they open without a connection.",
    }
