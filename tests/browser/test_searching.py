"""The search of the A–Z page in a real browser: it finds, it tells nobody, and without scripts the list does its work."""

from __future__ import annotations

import gzip
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from browser.queries import QUERIES
from support.reference import ReferenceSite

pytestmark = pytest.mark.browser

LANGUAGES = ("fr", "nl", "en")
AT_ONCE = "const later = setTimeout; window.setTimeout = (call) => later(call, 0);"
"""The search waits a moment while someone types; a test need not."""
RESULTS = "() => [...document.querySelectorAll('.search-box li a')].map(a => a.href)"
HOSTILE = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '"><svg/onload=alert(1)>',
    "javascript:alert(1)",
    "'-alert(1)-'",
    "<iframe srcdoc='<script>alert(1)</script>'>",
    "{{constructor.constructor('alert(1)')()}}",
    "__proto__",
    "constructor toString",
    "<a href=javascript:alert(1)>x</a>",
    "\u202e<b>\x00",
    "((((((((a+)+)+)+)+)+)+)+)+",
    "*" * 200,
)
TRUSTED_TYPES = "require-trusted-types-for 'script'; trusted-types 'none'"


class Searcher:
    """Someone at the search field of one edition."""

    def __init__(self, page: Any, address: str, language: str) -> None:
        self.page, self.root = page, f"{address}{language}/a-z/"
        page.goto(self.root)

    def begin(self) -> None:
        """Put the focus into the field and wait until the search is there."""
        self.page.focus("#search-words")
        self.until("performance.getEntriesByName('search-index').length > 0")

    def until(self, holds: str) -> None:
        """Wait until something holds on the page; the page's own policy refuses Playwright's way of waiting."""
        for _ in range(400):
            if self.page.evaluate(holds):
                return
            self.page.wait_for_timeout(50)
        raise AssertionError(holds)

    def type(self, words: str) -> list[str]:
        """Type words and return the addresses of the results."""
        self.page.fill("#search-words", words)
        self.page.evaluate("() => new Promise(done => setTimeout(() => setTimeout(done)))")
        return list(self.page.evaluate(RESULTS))

    @property
    def said(self) -> str:
        """Return what is announced."""
        return str(self.page.inner_text(".search-box [role=status]"))


@pytest.fixture
def searching(browser: Any, address: str) -> Iterator[Callable[..., Searcher]]:
    """What opens the A–Z page of an edition in a fresh browser; `prepare` is called before the page loads."""
    opened = []

    def open_page(language: str, prepare: Callable[[Any], None] | None = None, **options: Any) -> Searcher:
        context = browser.new_context(viewport={"width": 360, "height": 740}, **options)
        context.add_init_script(AT_ONCE)
        opened.append(context)
        page = context.new_page()
        page.set_default_timeout(20_000)
        if prepare:
            prepare(page)
        return Searcher(page, address, language)

    yield open_page
    for context in opened:
        context.close()


def expected(site: ReferenceSite, language: str, name: str) -> str:
    """Return the ending of the address that a page or channel is found at."""
    directory = site.project.pages["report/where-to-report"]
    if name in site.project.registries.channels:
        return f"{slug(site, language, directory.id)}#{name}"
    return slug(site, language, name)


def slug(site: ReferenceSite, language: str, name: str) -> str:
    from balise.site import page_address

    return page_address(site.project, site.project.pages[name], language).removesuffix("index.html")


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_readers_type_finds_the_page_they_need_among_the_first_three(
    searching: Callable[..., Searcher], reference_site: ReferenceSite, language: str
) -> None:
    reader = searching(language)
    reader.begin()
    queries = QUERIES[language]
    assert len(queries) >= 40
    missed = []
    for words, name in queries:
        first = reader.type(words)[:3]
        if not any(url.endswith("/" + expected(reference_site, language, name)) for url in first):
            missed.append((words, name, first))
    time = reader.page.evaluate("performance.getEntriesByName('search-index')[0].duration")
    print(f"{language}: {len(queries) - len(missed)} of {len(queries)} queries, index made in {time:.0f} ms")
    assert len(missed) <= 0.05 * len(queries), missed


def test_the_first_search_stays_light_and_nothing_of_it_is_loaded_before(
    searching: Callable[..., Searcher], reference_site: ReferenceSite
) -> None:
    asked: list[str] = []
    reader = searching("fr", lambda page: page.on("request", lambda request: asked.append(request.url)))
    reader.page.wait_for_load_state("networkidle")
    before = list(asked)
    assert len(before) == 3, before
    reader.begin()
    later = [url.removeprefix(reader.root.removesuffix("fr/a-z/")) for url in asked[3:]]
    assert [re.sub(r"-\w+\.js", "-….js", name) for name in later] == ["theme/balise-….js", "fr/a-z/search.txt"]
    sizes = [len(gzip.compress((reference_site.folder / name).read_bytes(), 9)) for name in later]
    scripts = [url.removeprefix(reader.root.removesuffix("fr/a-z/")) for url in before if url.endswith(".js")]
    assert [len(gzip.compress((reference_site.folder / name).read_bytes(), 9)) <= 5_000 for name in scripts] == [True]
    assert sum(sizes) <= 150_000, sizes


def test_what_is_typed_is_in_no_address_title_history_storage_or_request(searching: Callable[..., Searcher]) -> None:
    asked: list[str] = []
    reader = searching("nl", lambda page: page.on("request", lambda request: asked.append(request.url)))
    reader.begin()
    state = "() => [location.href, document.title, history.length, history.state]"
    before, requests = reader.page.evaluate(state), len(asked)
    assert reader.type("afpersing geheim")
    reader.page.keyboard.press("Enter")
    assert reader.page.evaluate(state) == before
    assert asked[requests:] == []
    kept = reader.page.evaluate(
        "async () => [document.cookie, localStorage.length, sessionStorage.length, (await indexedDB.databases()).length,"
        " (await caches.keys()).length]"
    )
    assert kept == ["", 0, 0, 0, 0]
    reader.page.click(".search-box li a >> nth=0")
    reader.page.wait_for_url(lambda url: "/a-z/" not in url)
    reader.page.go_back()
    assert reader.page.input_value("#search-words") in ("", "afpersing geheim")
    assert "geheim" not in " ".join(asked)


def test_the_field_asks_the_browser_to_keep_and_send_nothing(searching: Callable[..., Searcher]) -> None:
    field = searching("en").page.locator("#search-words")
    names = ("autocomplete", "spellcheck", "name", "form")
    assert [field.get_attribute(name) for name in names] == ["off", "false", None, None]
    assert searching("en").page.locator("form").count() == 0


def trusted(page: Any) -> None:
    """Serve documents with trusted types required, and no policy allowed."""

    def serve(route: Any) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, headers={**answer.headers, "content-security-policy": TRUSTED_TYPES})

    page.route(re.compile(r"/a-z/$"), serve)


def hostile_text() -> str:
    lines = [
        "\t".join(["en/help/", "1", f"word {text}", f"= {text} alpha", f"={text} x", f"= {text} beta {text} gamma"])
        for text in HOSTILE
    ]
    return "\n".join(["javascript:alert(1)\t1\tword\t= alpha\t= alpha", *lines]) + "\n"


@pytest.mark.parametrize("content", ["own", "hostile"])
def test_markup_in_what_is_typed_or_found_is_never_run(searching: Callable[..., Searcher], content: str) -> None:
    faults: list[str] = []

    def prepare(page: Any) -> None:
        trusted(page)
        page.on("dialog", lambda dialog: (faults.append(dialog.message), dialog.dismiss()))
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
        if content == "hostile":
            page.route("**/search.txt", lambda route: route.fulfill(body=hostile_text(), content_type="text/plain"))

    reader = searching("en", prepare)
    reader.begin()
    found = 0
    for words in (*HOSTILE, "alpha", "word beta", "img onerror alert"):
        links = reader.type(words)
        found += len(links)
        assert not [link for link in links if not link.startswith("http://127.0.0.1")]
    inside = reader.page.evaluate(
        "[...document.querySelectorAll('.search-box ol *')].map(e => e.localName).filter(n => !'li a p mark'.includes(n))"
    )
    assert (faults, inside) == ([], [])
    assert found > 0


def test_results_say_which_language_they_are_in(searching: Callable[..., Searcher]) -> None:
    text = "en/help/\t1\t\t=en Lighthouse\t= Phare et balise\t=en A lighthouse keeper, and only one.\n"

    def prepare(page: Any) -> None:
        page.route("**/search.txt", lambda route: route.fulfill(body=text, content_type="text/plain"))

    reader = searching("fr", prepare)
    reader.begin()
    assert len(reader.type("keeper")) == 1
    assert reader.said == "1 résultat"
    row = reader.page.locator(".search-box li")
    assert row.locator("a").get_attribute("lang") == "en"
    assert row.locator("p").get_attribute("lang") == "en"
    assert row.locator("mark").all_inner_texts() == ["keeper"]
    reader.type("phare")
    assert row.locator("p").get_attribute("lang") is None


def test_results_are_announced_and_reached_with_the_keyboard(searching: Callable[..., Searcher]) -> None:
    reader = searching("en")
    reader.begin()
    reader.type("blackmail")
    assert re.fullmatch(r"\d+ results", reader.said)
    assert reader.page.locator(".search-box mark").count() > 0
    reader.page.keyboard.press("Tab")
    assert reader.page.evaluate("document.activeElement.closest('li') !== null")
    reader.page.keyboard.press("Enter")
    reader.page.wait_for_url("**/en/help/sextortion/")


def test_words_that_lead_nowhere_are_answered_kindly(searching: Callable[..., Searcher]) -> None:
    reader = searching("nl")
    reader.begin()
    assert reader.type("xyzzyqwv") == []
    assert reader.said == "Niets gevonden. Probeer een ander woord, of kijk in de lijst hieronder."
    assert reader.type("  ") == []
    assert reader.said == ""


FAILED = "The search could not be loaded. The list below leads to every page."


def test_a_search_script_that_was_changed_on_its_way_is_refused_and_said(searching: Callable[..., Searcher]) -> None:
    def change(route: Any) -> None:
        answer = route.fetch()
        changed = "document.title = 'taken over';" if "MiniSearchModule" in answer.text() else ""
        route.fulfill(response=answer, body=changed + answer.text())

    reader = searching("en", lambda page: page.route("**/theme/*.js", change))
    reader.page.focus("#search-words")
    reader.until("document.querySelector('.search-box [role=status]').textContent !== ''")
    assert (reader.said, reader.page.title()) == (FAILED, "A to Z – Balise")


def test_a_text_that_does_not_arrive_is_said(searching: Callable[..., Searcher]) -> None:
    reader = searching("en", lambda page: page.route("**/search.txt", lambda route: route.abort()))
    reader.page.focus("#search-words")
    reader.until("document.querySelector('.search-box [role=status]').textContent !== ''")
    assert reader.said == FAILED


def test_without_scripts_there_is_no_field_and_the_list_leads_everywhere(
    searching: Callable[..., Searcher], reference_site: ReferenceSite, pages: list[str]
) -> None:
    reader = searching("fr", java_script_enabled=False)
    assert reader.page.locator("input, button, [role=search]").count() == 0
    links = set(
        reader.page.evaluate("[...document.querySelectorAll('.letter-index a')].map(a => a.href.split('#')[0])")
    )
    root = reader.root.removesuffix("fr/a-z/")
    wanted = {root + name for name in pages if name.startswith("fr/") and name != "fr/a-z/"}
    wanted = {address for address in wanted if not re.search(r"/[b-z2-9]{7}/\Z", address)}  # steps of guides
    assert wanted - links == set()
    reader.page.click(".letters a:has-text('S')")
    assert reader.page.locator("#letter-s").is_visible()
    reader.page.click(".letter-index a:has-text('Sextorsion')")
    assert reader.page.url.endswith("/fr/aide/chantage-a-l-image/")
    reader.page.click(".site-header a:has-text('De A à Z')")
    reader.page.click(".language-switch a[hreflang=nl]")
    assert reader.page.url.endswith("/nl/a-z/")


def test_a_service_of_the_list_leads_to_its_own_card(searching: Callable[..., Searcher]) -> None:
    reader = searching("nl", java_script_enabled=False)
    reader.page.click(".letter-index a:has-text('Awel')")
    assert reader.page.url.endswith("/nl/melden/waar-melden/#be-awel")
    assert "Awel" in reader.page.inner_text("#be-awel h3")
