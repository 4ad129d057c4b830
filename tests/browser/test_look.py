"""A site with a colour, a logo and a typeface of its own, as a reader sees it: every pair of colours is a known one."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from balise.brand import load_schemes
from balise.gallery import gallery, write_gallery
from balise.host.runner import run_build
from browser.contrast import CONTRAST
from support.commands import REPOSITORY
from support.loopback import on_loopback
from support.pictures import png
from support.projects import TODAY
from support.reference import ReferenceSite

pytestmark = pytest.mark.browser

LOOK = 'brand: {accent: "#7a1f5c", logo: logo.png, logo_dark: dark.png}\nfont: atkinson\n'
PAGES = ("", "en/", "fr/", "nl/", "fr/a-z/", "en/help/sextortion/", "en/report/report-sheet/", "en/understand/figures/")
MET = """
() => {
  const style = (element, part) => getComputedStyle(element, part), root = document.documentElement;
  const names = ["accent", "paper", "raised", "wash", "warm-wash"], probe = document.createElement("i");
  document.body.append(probe);
  const colours = names.map((name) => { probe.style.setProperty("color", `var(--${name})`); return style(probe).color; });
  probe.remove();
  const name = (colour) => names[colours.indexOf(colour)];
  const ground = (element) => {
    for (; element; element = element.parentElement) {
      const colour = style(element).backgroundColor;
      if (!/, 0\\)$|transparent/.test(colour)) return name(colour) || colour;
    }
    return "paper";
  };
  const met = new Set();
  for (const element of document.body.querySelectorAll("*")) {
    if (!element.checkVisibility() || element.closest(".visually-hidden, .skip")) continue;
    const text = [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
    const own = style(element), here = ground(element);
    if (text && name(own.color) === "accent") met.add(`text accent ${here}`);
    if (text && here === "accent") met.add(`text ${name(own.color)} accent`);
    const after = style(element, "::after");
    if (after.content.includes("\u2192") && name(after.color) === "accent") met.add(`graphics accent ${here}`);
  }
  return [...met].sort();
}
"""


@pytest.fixture(scope="module")
def branded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the reference site with a look of its own."""
    top = tmp_path_factory.mktemp("branded")
    root = top / "project"
    for name in ("content", "templates", "locales"):
        shutil.copytree(REPOSITORY / name, root / name)
    shutil.copy(REPOSITORY / "mkdocs.yml", root)
    (root / "content" / "assets").mkdir(exist_ok=True)
    (root / "content" / "assets" / "logo.png").write_bytes(png(80, 120))
    (root / "content" / "assets" / "dark.png").write_bytes(png(60, 120))
    config = root / "content" / "site.yml"
    config.write_text(config.read_text("utf-8") + LOOK, "utf-8")
    report = run_build(root / "mkdocs.yml", site_dir=str(top / "site"), strict=True, today=TODAY)
    assert report.ok, report.problems
    with on_loopback(ReferenceSite(top / "site", report), discreet=False) as address:
        yield address


def visit(browser: Any, address: str, pages: tuple[str, ...], script: str, **options: Any) -> dict[str, Any]:
    """Return what a script finds on each page."""
    reader = browser.new_context(viewport={"width": 1200, "height": 900}, **options)
    page = reader.new_page()
    found = {}
    for name in pages:
        page.goto(address + name)
        found[name] = page.evaluate(script)
    reader.close()
    return found


def listed() -> set[str]:
    """Return the pairs that base.css lists."""
    return {f"{pair.kind} {pair.front} {pair.ground}" for pair in load_schemes()[0].pairs}


STEPS = "text accent wash"
"""The numbers of steps, which are on pages of page types that ask for them."""


def held() -> set[str]:
    """Return every pair that a site's own accent is held to: where text stands out, graphics do."""
    return listed() | {pair.replace("text", "graphics") for pair in listed()}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_accent_meets_only_colours_it_is_held_to(browser: Any, branded: str, scheme: str) -> None:
    found = visit(browser, branded, PAGES, MET, color_scheme=scheme)
    met = {pair for pairs in found.values() for pair in pairs}
    assert sorted(met - held()) == []
    assert sorted(listed() - met) == [STEPS]  # which the gallery shows


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_all_text_stands_out_in_a_sites_own_colour_too(browser: Any, branded: str, scheme: str) -> None:
    found = visit(browser, branded, PAGES, CONTRAST, color_scheme=scheme)
    assert found == {name: [] for name in PAGES}


def test_in_the_gallery_the_accent_meets_no_other_colour(browser: Any, tmp_path: Path) -> None:
    write_gallery(tmp_path / "gallery", gallery(("en",)))
    names = sorted(path.as_uri() for path in (tmp_path / "gallery").rglob("*.html"))
    met = {pair for pairs in visit(browser, "", tuple(names), MET).values() for pair in pairs}
    assert sorted(met - held()) == []
    assert STEPS in met


@pytest.mark.parametrize(("scheme", "name", "share"), [("light", "logo.png", 2 / 3), ("dark", "dark.png", 1 / 2)])
def test_the_logo_has_its_place_before_it_is_there(
    browser: Any, branded: str, scheme: str, name: str, share: float
) -> None:
    size = "() => { const box = document.querySelector('.site-logo img').getBoundingClientRect(); return [box.width, box.height]; }"
    reader = browser.new_context(color_scheme=scheme)
    page = reader.new_page()
    page.route("**/assets/*", lambda route: route.abort())
    page.goto(branded + "fr/", wait_until="domcontentloaded")
    page.unroute("**/assets/*")
    before = page.evaluate(size)
    page.goto(branded + "fr/")
    shown = page.evaluate("document.querySelector('.site-logo img').currentSrc")
    assert shown.endswith(f"/assets/{name}")
    width, height = page.evaluate(size)
    root = page.evaluate("parseFloat(getComputedStyle(document.documentElement).fontSize)")
    reader.close()
    assert (height, width) == (pytest.approx(2.5 * root), pytest.approx(2.5 * root * share, abs=0.1))
    assert before == [width, height]


def test_french_punctuation_and_numbers_are_in_the_chosen_typeface(browser: Any, branded: str) -> None:
    reader = browser.new_context()
    page = reader.new_page()
    page.goto(branded + "fr/")
    assert "\u202f" in page.locator("main").text_content()
    page.evaluate(
        "() => { const probe = document.createElement('p'); probe.id = 'probe';"
        " probe.textContent = '\u00ab\u202fEst-ce grave\u202f?\u202f\u00bb 116\u2011000, c\u0153ur, \u0133s'; document.querySelector('main').append(probe); }"
    )
    used = fonts_of(page, "#probe")
    reader.close()
    assert used == [("Atkinson Hyperlegible Next", True)]


def fonts_of(page: Any, selector: str) -> list[tuple[str, bool]]:
    """Return the typefaces that draw the text of an element, and whether the site brought them."""
    page.evaluate("document.fonts.ready.then(() => true)")
    session = page.context.new_cdp_session(page)
    session.send("DOM.enable")
    session.send("CSS.enable")
    root = session.send("DOM.getDocument")["root"]["nodeId"]
    node = session.send("DOM.querySelector", {"nodeId": root, "selector": selector})["nodeId"]
    found = session.send("CSS.getPlatformFontsForNode", {"nodeId": node})["fonts"]
    return sorted({(font["familyName"], font["isCustomFont"]) for font in found})
