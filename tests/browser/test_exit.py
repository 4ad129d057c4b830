"""Leaving: what is left behind Back, how fast the page is gone, and that the way out is always in sight."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest

pytestmark = pytest.mark.browser

START = "https://start.example/"
"""Where the reader came from."""
ELSEWHERE = {"fr": "https://fr.wikipedia.org/", "nl": "https://nl.wikipedia.org/", "en": "https://en.wikipedia.org/"}
NOT_ERASED = {
    "fr": "L’historique n’est pas effacé",
    "nl": "Uw surfgeschiedenis wordt niet gewist",
    "en": "Your history is not erased",
}
PHONE = {"width": 360, "height": 740}
SIZES = {
    "320 px": {"width": 320, "height": 568},
    "400 % zoom": {"width": 320, "height": 256},
    "phone": PHONE,
    "desktop": {"width": 1280, "height": 900},
}
COUNTS = (1, 3, 10)
WAYS = ("mouse", "keyboard", "shift", "touch")
BLANK = "getComputedStyle(document.body).display === 'none'"
WATCH = f"""() => {{
  let asked = 0;
  const tell = what => console.log('watch ' + JSON.stringify({{
    what, blank: {BLANK}, title: document.title, shade: getComputedStyle(document.documentElement).backgroundColor,
    after: performance.now() - asked,
  }}));
  const note = () => {BLANK} ? tell('gone') : requestAnimationFrame(note);
  const start = event => {{ asked = event.timeStamp; requestAnimationFrame(note); }};
  for (const kind of ['pointerdown', 'keydown', 'keyup', 'click']) addEventListener(kind, start, true);
  addEventListener('pageshow', event => tell(event.persisted ? 'put aside and shown again' : 'shown'));
  setInterval(tell, 100, 'still here');
}}"""
"""Makes a page tell how it looks: the browser answers no question of ours while another page is on its way."""


@dataclass
class Reader:
    """Someone in front of a browser: no request leaves the machine, sites elsewhere are answered here.

    With `slow`, the site that the exit leads to does not answer; `waiting` holds what was asked of it.
    """

    page: Any
    site: str
    slow: bool = False
    waiting: list[Any] = field(default_factory=list)
    told: list[dict[str, Any]] = field(default_factory=list)

    def watch(self) -> None:
        """Let the page tell how it looks from now on."""

        def hear(message: Any) -> None:
            if message.text.startswith("watch "):
                self.told.append(json.loads(message.text.removeprefix("watch ")))

        self.page.on("console", hear)
        self.page.evaluate(WATCH)

    def hears(self, what: str) -> dict[str, Any]:
        """Wait until the page tells something, and return what it told."""
        until(self.page, lambda: any(item["what"] == what for item in self.told))
        return next(item for item in self.told if item["what"] == what)

    def answer(self, route: Any) -> None:
        """Answer for every site elsewhere."""
        if self.slow and route.request.url in ELSEWHERE.values():
            self.waiting.append(route)
            return
        body = f"<!doctype html><title>elsewhere</title><p>{route.request.url}</p>"
        route.fulfill(content_type="text/html", body=body)

    def release(self) -> None:
        """Let the slow site answer at last, as soon as it is asked: the page may be blank before that."""
        until(self.page, lambda: bool(self.waiting))
        self.slow = False
        self.answer(self.waiting[-1])

    def read(self, count: int) -> list[str]:
        """Come from another site, read so many pages by following links; return their addresses."""
        self.page.goto(START)
        self.page.goto(self.site + "fr/")
        seen = [self.page.url]
        for step in range(count - 1):
            self.page.locator(f".page-footer li:nth-child({step % 4 + 1}) a").click()
            self.page.wait_for_url(lambda url: url != seen[-1])
            seen.append(self.page.url)
        assert len(seen) == count
        return seen

    def history(self) -> tuple[list[str], str]:
        """Return the addresses before the present entry, nearest last, and that of the entry itself."""
        session = self.page.context.new_cdp_session(self.page)
        found = session.send("Page.getNavigationHistory")
        session.detach()
        urls = [entry["url"] for entry in found["entries"]]
        return urls[: found["currentIndex"]], urls[found["currentIndex"]]

    def leave(self, way: str) -> None:
        """Leave by mouse, keyboard, Shift three times or a finger, as the browser gets it from the device."""
        link = self.page.locator(".exit-link a")
        box = link.bounding_box()
        x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
        if way == "mouse":
            self.page.mouse.click(x, y)
        elif way == "touch":
            self.page.touchscreen.tap(x, y)
        elif way == "keyboard":
            link.focus()
            self.page.keyboard.press("Enter")
        else:
            press_shift(self.page, 3)

    def arrive(self) -> None:
        """Wait until the other site is there."""
        self.page.wait_for_url(lambda url: url in ELSEWHERE.values())


def press_shift(page: Any, times: int) -> None:
    for _ in range(times):
        page.keyboard.press("Shift")


def until(page: Any, holds: Callable[[], bool]) -> None:
    """Wait until something holds; the pages' policy keeps Playwright's own way of waiting out."""
    ends = time.monotonic() + 20
    while not holds():
        assert time.monotonic() < ends, "it does not come"
        page.wait_for_timeout(20)


MakeReader = Callable[..., Reader]


@pytest.fixture
def reader(browser: Any, address: str, discreet_address: str) -> Iterator[MakeReader]:
    made = []

    def make(*, discreet: bool = False, slow: bool = False, **options: Any) -> Reader:
        context = browser.new_context(**{"viewport": PHONE, "has_touch": True, **options})
        made.append(context)
        person = Reader(context.new_page(), discreet_address if discreet else address, slow)
        context.route("https://**", person.answer)
        return person

    yield make
    for context in made:
        context.close()


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("count", COUNTS)
def test_usually_the_page_just_read_is_not_behind_back(reader: MakeReader, count: int, way: str) -> None:
    person = reader()
    seen = person.read(count)
    person.leave(way)
    person.arrive()
    before, now = person.history()
    assert now == ELSEWHERE["fr"]
    assert before[-count:] == [START, *seen[:-1]]
    person.page.go_back()
    assert person.page.url == ([START, *seen])[count - 1] != seen[-1]


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("count", COUNTS)
def test_in_discreet_mode_nothing_of_the_site_is_behind_back(reader: MakeReader, count: int, way: str) -> None:
    person = reader(discreet=True)
    person.read(count)
    person.leave(way)
    person.arrive()
    before, now = person.history()
    assert now == ELSEWHERE["fr"]
    assert [url for url in before if url.startswith(person.site)] == []
    assert before[-1] == START
    person.page.go_back()
    assert person.page.url == START


@pytest.mark.parametrize("way", ["mouse", "keyboard", "touch"])
@pytest.mark.parametrize("count", COUNTS)
@pytest.mark.parametrize("discreet", [False, True], ids=["usual", "discreet"])
def test_without_scripts_it_is_a_link_and_the_words_beside_it_are_true(
    reader: MakeReader, discreet: bool, count: int, way: str
) -> None:
    person = reader(discreet=discreet, java_script_enabled=False)
    seen = person.read(count)
    assert person.page.locator(".exit-link p").inner_text() == NOT_ERASED["fr"]
    assert person.page.locator(".exit-link p").is_visible()
    person.leave(way)
    person.arrive()
    before, now = person.history()
    assert (before[-count:], now) == (seen, ELSEWHERE["fr"])


@pytest.mark.parametrize("discreet", [False, True], ids=["usual", "discreet"])
def test_with_scripts_the_words_beside_it_are_true_too(reader: MakeReader, discreet: bool) -> None:
    """The browser's own list of visits is out of a page's reach: nothing that a page can do may claim to clear it."""
    person = reader(discreet=discreet)
    for language, words in NOT_ERASED.items():
        person.page.goto(f"{person.site}{language}/")
        assert person.page.locator(".exit-link p").inner_text() == words
        assert person.page.locator(".exit-link p").is_visible()


@pytest.mark.parametrize("way", WAYS)
def test_the_page_is_blank_while_the_other_one_does_not_answer(
    reader: MakeReader, way: str, capsys: pytest.CaptureFixture[str]
) -> None:
    person = reader(slow=True)
    person.read(1)
    person.watch()
    person.leave(way)
    gone = person.hears("gone")
    assert (gone["blank"], gone["title"]) == (True, "fr.wikipedia.org")
    person.told.clear()
    person.page.wait_for_timeout(2000)
    assert len(person.waiting) == 1
    assert len(person.told) > 5
    assert {(item["blank"], item["title"]) for item in person.told} == {(True, "fr.wikipedia.org")}
    person.release()
    person.arrive()
    with capsys.disabled():
        print(f"\n  blank {gone['after']:.0f} ms after {way}", end="")


def test_a_site_of_ones_own_with_other_styles_is_blank_too(reader: MakeReader) -> None:
    person = reader(slow=True)
    person.read(1)
    person.page.evaluate(
        """() => {
          const own = new CSSStyleSheet();
          own.replaceSync('body { display: grid } html { background: red }');
          document.adoptedStyleSheets = [own];
        }"""
    )
    person.watch()
    person.leave("mouse")
    assert person.hears("gone")["shade"] == "rgb(255, 255, 255)"
    person.release()


def test_a_page_that_the_browser_had_put_aside_comes_back_blank_and_leaves_again(
    keeping_browser: Any, address: str
) -> None:
    person = Reader(keeping_browser.new_page(viewport=PHONE), address, slow=True)
    person.page.context.route("https://**", person.answer)
    seen = person.read(3)
    person.watch()
    person.page.evaluate("setTimeout(() => history.back(), 1000)")
    person.leave("mouse")
    person.hears("gone")
    until(person.page, lambda: person.page.url == seen[1])
    person.page.evaluate("setTimeout(() => history.forward())")
    again = person.hears("put aside and shown again")
    assert (again["blank"], again["title"]) == (True, "fr.wikipedia.org")
    until(person.page, lambda: len(person.waiting) == 2)
    person.release()
    person.arrive()


def test_capital_letters_and_shift_with_the_mouse_do_not_leave(reader: MakeReader) -> None:
    person = reader()
    person.read(1)
    for _ in range(4):
        person.page.keyboard.press("Shift+KeyA")
    for _ in range(4):
        person.page.keyboard.down("Shift")
        person.page.mouse.click(180, 600)
        person.page.keyboard.up("Shift")
    for _ in range(3):
        person.page.keyboard.press("Shift")
        person.page.keyboard.press("KeyA")
    person.page.wait_for_timeout(300)
    assert not person.page.evaluate(BLANK)
    assert person.page.url == person.site + "fr/"
    person.leave("shift")
    person.arrive()


def test_shift_counts_for_five_seconds(reader: MakeReader) -> None:
    person = reader()
    person.page.clock.install()
    person.read(1)
    press_shift(person.page, 2)
    person.page.clock.fast_forward(5001)
    press_shift(person.page, 2)
    assert not person.page.evaluate(BLANK)
    person.page.clock.fast_forward(4000)
    press_shift(person.page, 1)
    person.arrive()


@pytest.mark.parametrize(
    ("language", "spoken"),
    [
        ("fr", ["Appuyez encore 2 fois sur Maj pour quitter.", "Appuyez encore 1 fois sur Maj pour quitter."]),
        (
            "nl",
            ["Druk nog 2 keer op Shift om de site te verlaten.", "Druk nog 1 keer op Shift om de site te verlaten."],
        ),
        ("en", ["Press Shift 2 more times to leave.", "Press Shift 1 more time to leave."]),
    ],
)
def test_those_who_listen_hear_how_far_they_are(reader: MakeReader, language: str, spoken: list[str]) -> None:
    person = reader()
    person.page.clock.install()
    person.page.goto(f"{person.site}{language}/")
    heard = []
    for _ in range(2):
        press_shift(person.page, 1)
        heard.append(person.page.locator(".exit-link [role=status]").text_content())
    person.page.clock.fast_forward(5001)
    heard.append(person.page.locator(".exit-link [role=status]").text_content())
    assert heard == [*spoken, ""]


COVERED = """() => {
  const link = document.querySelector('.exit-link a'), box = link.getBoundingClientRect(), faults = [];
  if (box.top < 0 || box.left < 0 || box.bottom > innerHeight || box.right > innerWidth) faults.push('out of sight');
  if (box.height < 24 || box.width < 24) faults.push('too small');
  for (const [across, down] of [[.5, .5], [.05, .5], [.95, .5], [.5, .1], [.5, .9]]) {
    const hit = document.elementFromPoint(box.x + box.width * across, box.y + box.height * down);
    if (!link.contains(hit)) faults.push(`covered by ${hit && hit.outerHTML.slice(0, 60)}`);
  }
  return faults;
}"""


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_the_way_out_is_in_sight_wherever_the_reader_is(reader: MakeReader, size: str, scripts: bool) -> None:
    person = reader(viewport=SIZES[size], java_script_enabled=scripts)
    faults = {}
    for name in (
        "",
        "fr/",
        "fr/aide/images-trouvees/",
        "nl/hulp/beelden-gevonden/",
        "en/report/where-to-report/",
        "nl/404.html",
    ):
        person.page.goto(person.site + name, wait_until="load")
        for part in (0, 0.5, 1):
            person.page.evaluate(f"scrollTo(0, document.documentElement.scrollHeight * {part})")
            found = person.page.evaluate(COVERED)
            if found:
                faults[f"{name} {part}"] = found
    assert faults == {}


def test_a_middle_click_leaves_in_this_window(reader: MakeReader) -> None:
    person = reader()
    person.read(1)
    box = person.page.locator(".exit-link a").bounding_box()
    person.page.mouse.click(box["x"] + 5, box["y"] + 5, button="middle")
    person.arrive()
    assert len(person.page.context.pages) == 1


def test_in_discreet_mode_a_link_within_the_page_leaves_the_address_as_it_is(reader: MakeReader) -> None:
    person = reader(discreet=True)
    person.read(2)
    person.page.goto(person.site + "fr/")
    person.page.locator(".page-footer li:nth-child(3) a").click()
    person.page.wait_for_url(lambda url: "/p/" in url)
    before = person.page.url
    person.page.locator(".contents summary, .contents a").first.click()
    link = person.page.locator(".contents a").nth(2)
    if not link.is_visible():
        person.page.locator(".contents summary").click()
    name = link.get_attribute("href").removeprefix("#")
    link.click()
    assert person.page.url.partition("#")[0] == before.partition("#")[0]
    assert "#" not in person.page.url
    assert person.page.evaluate("document.activeElement.id") == name
    box = person.page.locator(f"[id='{name}']").bounding_box()
    assert 0 <= box["y"] < PHONE["height"] / 2


def test_in_discreet_mode_the_language_switch_replaces_the_page(reader: MakeReader) -> None:
    person = reader(discreet=True)
    person.read(3)
    french = person.page.url
    person.page.evaluate("scrollTo(0, 900)")
    person.page.evaluate("document.querySelector('.language-switch a[hreflang=nl]').click()")
    person.page.wait_for_url(lambda url: "/nl/" in url)
    before, now = person.history()
    assert now == french.replace("/fr/", "/nl/")
    assert before[-1] == START
