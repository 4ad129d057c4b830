"""Pages on paper: who wrote them and when, every number of their services, and nothing that only works on a screen."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from selectolax.lexbor import LexborHTMLParser

from support.reference import ReferenceSite

pytestmark = pytest.mark.browser

PAGES = [
    "help/sextortion",
    "teach/lesson-my-picture",
    "report/report-sheet",
    "report/how-a-report-travels",
    "report/where-to-report",
]
SHEETS = ["fr/signaler/fiche-de-signalement/", "nl/melden/meldblad/", "en/report/report-sheet/"]


def printed(browser: Any, url: str, folder: Path) -> str:
    """Return the text of a page printed on A4, spaces and hyphens made plain."""
    tool = shutil.which("pdftotext")
    if not tool:
        pytest.skip("there is no pdftotext on this machine")
    page = browser.new_page()
    page.goto(url)
    page.pdf(path=str(folder / "page.pdf"), format="A4", prefer_css_page_size=True)
    page.close()
    text = subprocess.run([tool, str(folder / "page.pdf"), "-"], capture_output=True, check=True, text=True).stdout
    return " ".join(text.replace("\u2011", "-").split())


@pytest.mark.parametrize("language", ["fr", "nl", "en"])
@pytest.mark.parametrize("name", PAGES)
def test_paper_holds_every_number_of_the_services_as_the_registry_spells_it(
    browser: Any, address: str, reference_site: ReferenceSite, tmp_path: Path, name: str, language: str
) -> None:
    from balise.site import page_address

    project = reference_site.project
    file = page_address(project, project.pages[name], language)
    text = printed(browser, address + file.removesuffix("index.html"), tmp_path)
    tree = LexborHTMLParser(reference_site.pages[file].html)
    shown = tree.css(".channel-card[data-channel], .report-sheet .channel-line, a.phone[data-channel]")
    ids = {node.attributes["data-channel"] for node in shown}
    channels = [project.registries.channels[item or ""] for item in ids]
    wanted = {
        number for item in channels for number in (item.phone_shown or item.phone, item.phone_abroad_shown) if number
    }
    assert wanted
    assert {number for number in wanted if number not in text} == set()


@pytest.mark.parametrize("language", ["fr", "nl", "en"])
def test_paper_names_the_site_the_address_and_the_days_and_no_way_to_leave(
    browser: Any, address: str, reference_site: ReferenceSite, tmp_path: Path, language: str
) -> None:
    from balise.cldr import present_date
    from balise.site import page_address

    project = reference_site.project
    page = project.pages["teach/lesson-my-picture"]
    file = page_address(project, page, language)
    tree = LexborHTMLParser(reference_site.pages[file].html)
    text = printed(browser, address + file.removesuffix("index.html"), tmp_path)
    exit_link = tree.css_first(".exit-link a")
    assert f"Balise example.org/{file.removesuffix('/index.html')}" in text
    for day in (project.site.assembled, str(page.meta["reviewed"])):
        assert present_date(day, language) in text.replace("\u202f", " ")
    assert exit_link is not None
    assert exit_link.text(strip=True) not in text
    assert "https://creativecommons.org/licenses/by/4.0/" in text


def test_the_code_on_paper_leads_to_the_page(browser: Any, address: str, tmp_path: Path) -> None:
    scanner: Any = pytest.importorskip("zxingcpp")
    tool = shutil.which("pdftoppm")
    if not tool:
        pytest.skip("there is no pdftoppm on this machine")
    printed(browser, address + "nl/melden/meldblad/", tmp_path)
    command = [tool, "-r", "150", "-gray", "-f", "1", "-l", "1", str(tmp_path / "page.pdf"), str(tmp_path / "page")]
    subprocess.run(command, check=True)
    [picture] = tmp_path.glob("*.pgm")
    _, size, _, pixels = picture.read_bytes().split(b"\n", 3)
    width, height = map(int, size.split())
    found = scanner.read_barcodes(memoryview(pixels).cast("B", (height, width)))
    assert [item.text for item in found] == ["https://example.org/nl/melden/meldblad/"]
    assert [item.format.name for item in found] == ["QRCode"]


@pytest.mark.parametrize("name", SHEETS)
def test_the_report_sheet_takes_two_pages_of_paper(browser: Any, address: str, tmp_path: Path, name: str) -> None:
    tool = shutil.which("pdfinfo")
    if not tool:
        pytest.skip("there is no pdfinfo on this machine")
    printed(browser, address + name, tmp_path)
    told = subprocess.run([tool, str(tmp_path / "page.pdf")], capture_output=True, check=True, text=True).stdout
    assert re.findall(r"^Pages: +(\d+)$", told, re.MULTILINE) == ["2"]


def test_in_discreet_mode_the_paper_does_not_name_the_site(
    browser: Any, discreet_address: str, discreet_site: ReferenceSite
) -> None:
    sheets = [name for name, page in discreet_site.pages.items() if page.tree.css_first(".report-sheet")]
    page = browser.new_page()
    page.goto(discreet_address + sheets[0])
    page.emulate_media(media="print")
    names = page.locator(".print-header b, .site-name")
    assert names.count() == 2
    assert [names.nth(at).is_visible() for at in range(2)] == [False, False]
    page.close()
