"""The guides in Chromium without script: walked by clicking, neutral in the history, one sheet of paper each."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from balise.cldr import country_name
from balise.pipeline import edition_phrases
from balise.site import page_address
from support.guide_walks import plain, ways
from support.reference import ReferenceSite

pytestmark = pytest.mark.browser
LANGUAGES = ("fr", "nl", "en")


@pytest.fixture(scope="module")
def silent(browser: Any) -> Iterator[Any]:
    """A page in which no script runs; style sheets are left out, for nothing is looked at."""
    context = browser.new_context(java_script_enabled=False)
    context.route("**/*.css", lambda route: route.abort())
    yield context.new_page()
    context.close()


def address_of(site: ReferenceSite, guide: str, node: str, language: str) -> str:
    """Return the address of the page that shows a node, as it is linked."""
    start = site.project.guides[guide].start
    name = f"guides/{guide}" if node == start else f"guides/{guide}--{node}"
    return page_address(site.project, site.project.pages[name], language).removesuffix("index.html")


def test_example_walks_are_clicked_to_their_end_where_each_country_has_help(
    silent: Any, address: str, reference_site: ReferenceSite
) -> None:
    """Every third walk, in the languages in turn; tests/sites/test_guides.py follows all of them in every language."""
    project = reference_site.project
    clicked: dict[tuple[str, str], str] = {}
    ends: set[str] = set()
    every = zip(*(ways(project, language) for language in LANGUAGES), strict=True)
    for number, in_languages in enumerate(list(every)[::3]):
        way = in_languages[number % len(LANGUAGES)]
        phrases = edition_phrases(project, way.language)
        place = address + address_of(reference_site, way.guide, project.guides[way.guide].start, way.language)
        title = titles(reference_site, way.guide, way.language)
        for said in way.answers:
            if (place, said) not in clicked:
                open_page(silent, place)
                shown = silent.locator(".guide-answers a").all_text_contents()
                silent.locator(".guide-answers a").nth([plain(text) for text in shown].index(plain(said))).click()
                silent.wait_for_load_state("domcontentloaded")
                assert silent.title().startswith(title)
                clicked[place, said] = silent.url
            place = clicked[place, said]
        assert place == address + address_of(reference_site, way.guide, way.walk.ends, way.language), way
        if place not in ends:
            open_page(silent, place)
            names = {country_name(code, phrases) for code in project.site.countries}
            own = country_name(project.site.default_country, phrases)
            found = set(silent.locator(".channel-list .elsewhere summary").all_text_contents())
            assert names <= {text.strip() for text in found} | {own}, way
            assert silent.locator(".channel-list > article").count() > 0
            ends.add(place)
    assert len(ends) > 20


def open_page(silent: Any, place: str) -> None:
    """Go to a page unless it is open."""
    if silent.url != place:
        silent.goto(place, wait_until="domcontentloaded")


def titles(site: ReferenceSite, guide: str, language: str) -> str:
    """Return how the titles of all inner steps of a guide begin: with the guide's own short name."""
    page = site.pages[f"{address_of(site, guide, site.project.guides[guide].start, language)}index.html"]
    crumb = page.tree.css_first("h1")
    assert crumb
    inner = next(
        item
        for item in site.pages.values()
        if item.address.startswith(page.address.removesuffix("index.html")) and item is not page
    )
    return inner.tree.css_first(".breadcrumb li:last-child").text(strip=True)


def test_a_country_is_opened_without_script(silent: Any, address: str, reference_site: ReferenceSite) -> None:
    silent.goto(address + address_of(reference_site, "something-happened", "found-web", "en"))
    folded = silent.locator(".elsewhere details", has_text="Ireland")
    assert not folded.locator("a").first.is_visible()
    folded.locator("summary").click()
    assert folded.locator("a").first.is_visible()
    assert silent.url == address + address_of(reference_site, "something-happened", "found-web", "en")


def test_an_emergency_number_of_every_country_is_one_step_away(
    silent: Any, address: str, reference_site: ReferenceSite
) -> None:
    silent.goto(address + address_of(reference_site, "something-happened", "found", "en"))
    silent.locator(".emergency-numbers summary").click()
    numbers = silent.locator(".emergency-numbers a").all()
    assert [number.get_attribute("href") for number in numbers if number.is_visible()] == [
        *["tel:112"] * 4,
        "tel:911",
        "tel:911",
        "tel:999",
        "tel:112",
        "tel:112",
    ]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("guide", ["first-24-hours", "something-happened", "under-18"])
def test_each_sheet_and_each_card_fits_on_one_page(
    browser: Any, address: str, reference_site: ReferenceSite, tmp_path: Path, guide: str, language: str
) -> None:
    tool = shutil.which("pdfinfo")
    if not tool:
        pytest.skip("there is no pdfinfo on this machine")
    project = reference_site.project
    page = browser.new_page()
    sizes = {}
    for paper in project.guide_pages(guide):
        if paper.step and paper.step.kind.value in ("sheet", "corridor"):
            page.goto(address + page_address(project, paper, language).removesuffix("index.html"))
            page.pdf(path=str(tmp_path / "page.pdf"), format="A4", prefer_css_page_size=True)
            said = subprocess.run([tool, str(tmp_path / "page.pdf")], capture_output=True, check=True, text=True).stdout
            sizes[paper.step.node] = next(line.split()[1] for line in said.splitlines() if line.startswith("Pages:"))
    page.close()
    assert len(sizes) >= len(project.site.countries)
    assert {name: size for name, size in sizes.items() if size != "1"} == {}
