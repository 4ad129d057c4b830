"""The report sheet in a real browser: notes go where the reader takes them, and nowhere else."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pytest

pytestmark = pytest.mark.browser

SHEET = "en/report/report-sheet/"
CODE = '"><img src=x onerror="document.title=1"><script>document.title=2</script>'
KEPT = (
    "async () => [document.cookie, localStorage.length, sessionStorage.length, (await indexedDB.databases()).length,"
    " (await caches.keys()).length, history.length, history.state, location.search, location.hash]"
)
FILLED = "[...document.querySelectorAll('.report-sheet :is(input, textarea)')].filter(e => e.checked || e.type !== 'checkbox' && e.value).length"


@pytest.fixture
def page(browser: Any, address: str) -> Iterator[Any]:
    """The sheet in a reader's browser."""
    reader = browser.new_context()
    page = reader.new_page()
    page.goto(address + SHEET)
    yield page
    reader.close()


def fill(page: Any) -> None:
    page.get_by_label("Web address").fill("https://a.example/b?c=d")
    page.get_by_label("User name, group or channel").fill("name 1")
    page.get_by_label("blackmail with pictures").check()
    page.get_by_label("something else").check()


def status(page: Any) -> str:
    page.wait_for_function("document.querySelector('.sheet-tools [role=status]').textContent")
    return str(page.inner_text(".sheet-tools [role=status]"))


def pasted(page: Any) -> str:
    """Return what the reader pastes into the page of another tab; the headers keep `navigator.clipboard` closed."""
    other = page.context.new_page()
    other.set_content("<textarea></textarea>")
    other.focus("textarea")
    other.keyboard.press("Control+V")
    text = str(other.input_value("textarea"))
    other.close()
    return text


def test_the_text_says_what_the_fields_say_and_leaves_empty_ones_out(page: Any) -> None:
    fill(page)
    page.get_by_role("button", name="Copy as text").click()
    assert status(page).startswith("Copied.")
    assert page.locator(".sheet-tools textarea").is_hidden()
    assert page.evaluate("document.activeElement.dataset.do") == "copy"
    assert pasted(page).split("\n") == [
        "Notes for a report. No picture is attached.",
        "Web address: https://a.example/b?c=d",
        "User name, group or channel: name 1",
        "What you came across: blackmail with pictures",
        "What you came across: something else",
    ]


def test_a_browser_that_keeps_its_clipboard_closed_gets_the_text_selected(browser: Any, address: str) -> None:
    reader = browser.new_context()
    page = reader.new_page()
    page.goto(address + SHEET)
    page.evaluate("document.execCommand = () => false")
    fill(page)
    page.get_by_role("button", name="Copy as text").click()
    assert status(page).startswith("The text below is selected.")
    selected = page.evaluate("getSelection().toString() || document.activeElement.value")
    reader.close()
    assert "Web address: https://a.example/b?c=d" in selected


def test_code_in_a_field_stays_text(page: Any) -> None:
    title = page.title()
    page.get_by_label("Site, app or game").fill(CODE)
    page.get_by_label("In your own words").fill("{name} {value} $& $1")
    page.get_by_role("button", name="Copy as text").click()
    status(page)
    text = pasted(page)
    assert f"Site, app or game: {CODE}" in text
    assert "In your own words: {name} {value} $& $1" in text
    assert (page.title(), page.locator("main img, main script").count()) == (title, 0)


def test_filling_in_copying_and_emptying_ask_for_nothing_and_leave_nothing(page: Any) -> None:
    before, address = page.evaluate(KEPT), page.url
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    fill(page)
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Copy as text").click()
    page.get_by_role("button", name="Empty the sheet").click()
    assert status(page) == "The sheet is empty."
    assert page.evaluate(FILLED) == 0
    assert (page.evaluate(KEPT), page.url, asked) == (before, address, [])
    assert before[:5] == ["", 0, 0, 0, 0]


def test_the_sheet_prints_from_its_button(page: Any) -> None:
    page.evaluate("window.print = () => document.body.setAttribute('data-printed', '')")
    page.get_by_role("button", name="Print").click()
    assert page.locator("[data-printed]").count() == 1


@pytest.mark.parametrize("way", ["back", "reload"])
def test_the_fields_are_empty_after_going_away_and_back(page: Any, address: str, way: str) -> None:
    fill(page)
    assert page.evaluate(FILLED) == 4
    if way == "back":
        page.goto(address + "en/")
        page.go_back()
    else:
        page.reload()
    assert page.url == address + SHEET
    assert page.evaluate(FILLED) == 0


def test_leaving_empties_the_fields_at_once(page: Any) -> None:
    fill(page)
    page.evaluate("dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }))")
    assert page.evaluate(FILLED) == 0


def test_buttons_that_stand_below_each_other_on_a_phone_do_not_touch(browser: Any, address: str) -> None:
    page = browser.new_page(viewport={"width": 360, "height": 800})
    page.goto(address + "fr/signaler/fiche-de-signalement/")
    boxes = [button.bounding_box() for button in page.locator(".sheet-tools button").all()]
    page.close()
    rows = sorted({(box["y"], box["y"] + box["height"]) for box in boxes})
    assert len(rows) > 1
    assert [after - before for (_, before), (after, _) in pairwise(rows) if after - before < 4] == []


def test_a_long_note_is_shown_whole_and_so_prints_whole(page: Any) -> None:
    field = page.get_by_label("In your own words")
    field.fill("line\n" * 12)
    assert field.evaluate("e => e.scrollHeight <= e.clientHeight")


@pytest.mark.parametrize(
    "name", ["en/report/report-sheet/", "fr/signaler/fiche-de-signalement/", "nl/melden/meldblad/"]
)
def test_without_script_there_is_a_sheet_to_print_and_no_dead_button(browser: Any, address: str, name: str) -> None:
    reader = browser.new_context(java_script_enabled=False)
    page = reader.new_page()
    page.goto(address + name)
    fields = page.locator(".fields input, .fields textarea")
    buttons = page.locator("main button")
    first = page.locator(".fields textarea").first
    first.fill("https://a.example/")
    assert (fields.count(), buttons.count()) == (12, 3)
    assert [fields.nth(at).is_visible() for at in range(12)] == [True] * 12
    assert [buttons.nth(at).is_visible() for at in range(3)] == [False] * 3
    page.emulate_media(media="print")
    assert first.is_visible()
    assert first.input_value() == "https://a.example/"
    reader.close()
