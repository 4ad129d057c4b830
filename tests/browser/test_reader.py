"""What a reader meets in a real browser: help in reach, no trace, nothing hidden, with scripts off."""

from __future__ import annotations

from typing import Any

import pytest

from browser.contrast import CONTRAST

pytestmark = pytest.mark.browser

PHONE = {"width": 360, "height": 740}
SMALLEST = {"width": 320, "height": 256}
"""320 CSS pixels: the reflow width of WCAG 1.4.10, which is 1280 pixels at 400 % zoom."""


def context(browser: Any, **options: Any) -> Any:
    return browser.new_context(**{"viewport": PHONE, "java_script_enabled": True, **options})


def test_a_tour_of_all_that_looks_different_asks_no_other_site_and_leaves_nothing_behind(
    browser: Any, address: str, looks: list[str]
) -> None:
    """`make audit` goes to every page."""
    reader = context(browser)
    page = reader.new_page()
    outside: list[str] = []
    refused: list[str] = []
    page.on("request", lambda request: None if request.url.startswith(address) else outside.append(request.url))
    page.on("console", lambda message: refused.append(message.text) if "Content Security" in message.text else None)
    for name in looks:
        page.goto(address + name)
    kept = page.evaluate(
        "async () => [document.cookie, localStorage.length, sessionStorage.length, (await indexedDB.databases()).length,"
        " (await caches.keys()).length, (await navigator.serviceWorker.getRegistrations()).length]"
    )
    assert [url for url in outside if not url.startswith("data:")] == []
    assert refused == []
    assert kept == ["", 0, 0, 0, 0, 0]
    assert reader.cookies() == []
    reader.close()


def test_no_page_is_wider_than_the_smallest_screen(browser: Any, address: str, looks: list[str]) -> None:
    reader = context(browser, viewport=SMALLEST)
    page = reader.new_page()
    wide = []
    for name in looks:
        page.goto(address + name)
        if page.evaluate("document.documentElement.scrollWidth") > SMALLEST["width"]:
            wide.append(name)
    reader.close()
    assert wide == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_all_text_stands_out_against_its_background(browser: Any, address: str, looks: list[str], scheme: str) -> None:
    reader = context(browser, color_scheme=scheme)
    page = reader.new_page()
    faults = {}
    for name in looks:
        page.goto(address + name)
        found = page.evaluate(CONTRAST)
        if found:
            faults[name] = found
    reader.close()
    assert faults == {}


def test_the_exit_link_is_the_first_stop_of_the_keyboard_and_leads_away(browser: Any, address: str) -> None:
    reader = context(browser)
    page = reader.new_page()
    page.goto(address + "fr/aide/images-trouvees/")
    page.keyboard.press("Tab")
    first = page.evaluate("[document.activeElement.textContent.trim(), document.activeElement.href]")
    page.keyboard.press("Tab")
    second = page.evaluate("[document.activeElement.textContent.trim(), document.activeElement.hash]")
    reader.close()
    assert first == ["Quitter vite ce site", "https://fr.wikipedia.org/"]
    assert second == ["Aller au contenu", "#content"]


@pytest.mark.parametrize("size", [PHONE, SMALLEST, {"width": 1280, "height": 900}], ids=["phone", "zoomed", "desktop"])
def test_the_exit_link_stays_in_view_and_is_never_covered(browser: Any, address: str, size: dict[str, int]) -> None:
    reader = context(browser, viewport=size, java_script_enabled=True)
    page = reader.new_page()
    page.goto(address + "nl/hulp/beelden-gevonden/")
    page.evaluate("window.scrollTo(0, document.body.scrollHeight)")
    on_top = page.evaluate(
        """() => {
          const link = document.querySelector('a[href="https://nl.wikipedia.org/"]'), box = link.getBoundingClientRect();
          const hit = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
          return [box.top >= 0, box.bottom <= innerHeight, link.contains(hit)];
        }"""
    )
    reader.close()
    assert on_top == [True, True, True]


def test_every_link_and_button_can_be_reached_with_the_keyboard(browser: Any, address: str) -> None:
    reader = context(browser, viewport={"width": 1280, "height": 900})
    page = reader.new_page()
    page.goto(address + "en/report/note-and-never/")
    wanted = page.evaluate(
        "[...document.querySelectorAll('a[href], button, summary')].filter(e => e.checkVisibility()).length"
    )
    seen = set()
    for _ in range(wanted + 5):
        page.keyboard.press("Tab")
        seen.add(
            page.evaluate("[...document.querySelectorAll('a[href], button, summary')].indexOf(document.activeElement)")
        )
    reader.close()
    assert len(seen - {-1}) == wanted


def test_focus_is_always_visible(browser: Any, address: str) -> None:
    reader = context(browser)
    page = reader.new_page()
    page.goto(address + "en/help/found-images/")
    hidden = []
    for _ in range(25):
        page.keyboard.press("Tab")
        style = page.evaluate(
            "() => { const s = getComputedStyle(document.activeElement);"
            " return [document.activeElement.tagName, s.outlineStyle, parseFloat(s.outlineWidth)]; }"
        )
        if style[0] != "BODY" and (style[1] == "none" or style[2] < 1):
            hidden.append(style)
    reader.close()
    assert hidden == []


def test_without_scripts_a_parent_gets_from_the_first_page_to_the_number_in_two_taps(
    browser: Any, address: str
) -> None:
    reader = context(browser, java_script_enabled=False)
    page = reader.new_page()
    page.goto(address)
    page.click("main a[hreflang=fr]")
    page.click("main a:has-text('On fait chanter mon enfant')")
    number = page.locator("main a[href='tel:116000']").first
    assert number.is_visible()
    assert page.title().startswith("Mon enfant")
    reader.close()


def test_without_scripts_the_language_switch_stays_on_the_page(browser: Any, address: str) -> None:
    reader = context(browser, java_script_enabled=False)
    page = reader.new_page()
    page.goto(address + "fr/aide/images-trouvees/")
    page.click(".language-switch a[hreflang=nl]")
    assert page.url == address + "nl/hulp/beelden-gevonden/"
    page.click(".language-switch a[hreflang=en]")
    assert page.url == address + "en/help/found-images/"
    reader.close()


def test_without_scripts_channels_of_another_country_unfold(browser: Any, address: str) -> None:
    reader = context(browser, java_script_enabled=False)
    page = reader.new_page()
    page.goto(address + "en/help/sextortion/")
    country = page.locator("details", has=page.locator("summary", has_text="Netherlands")).first
    number = country.locator("a[href^='tel:']").first
    assert not number.is_visible()
    country.locator("summary").click()
    assert number.is_visible()
    reader.close()


def test_the_neutral_first_page_tells_nothing_and_offers_each_language(browser: Any, address: str) -> None:
    reader = context(browser, java_script_enabled=False)
    page = reader.new_page()
    page.goto(address)
    names = page.locator("main a[hreflang]").all_inner_texts()
    assert page.title() == "Balise"
    assert names == ["Français", "Nederlands", "English"]
    reader.close()


def test_the_language_switch_stays_at_the_heading_the_reader_has_reached(browser: Any, address: str) -> None:
    reader = context(browser)
    page = reader.new_page()
    page.goto(address + "fr/aide/images-trouvees/")
    page.evaluate("document.querySelector('#next').scrollIntoView()")
    page.evaluate("document.querySelector('.language-switch a[hreflang=nl]').click()")
    page.wait_for_url(address + "nl/hulp/beelden-gevonden/**")
    assert page.url == address + "nl/hulp/beelden-gevonden/#next"
    reader.close()
