"""Discreet mode: nothing outside the window tells what the site is about."""

from __future__ import annotations

import re
import sys
import unicodedata
from collections.abc import Iterable
from pathlib import Path

import pytest

from balise.site import opaque_word
from support.commands import Terminal, balise_process, run
from support.projects import FOUND, SITE, write_project
from support.published import PublishedPage, read_pages, read_tree
from support.reference import ReferenceSite

TELLING = {
    "fr": "abus agress aide alert chantage danger enfan exploit harcel honte images jeun mineur photo plaint police prédat"
    " prévent protég pédo secour sexe sexuel signal suicid victim violen vie-privee",
    "nl": "aangifte aangeven beeld chantage gevaar geweld help hulp jong kind lesje melden melding minderjar misbruik ouder"
    " politie preventie privacy schaamte seks slachtoffer uitbuit veilig zelfmoord",
    "en": "abuse alarm blackmail child crime danger exploit found groom help hotline image minor police porn predator"
    " prevent privacy report safe sex shame suicid support talk teach victim young",
}
"""Beginnings and parts of words that tell someone who reads over a shoulder what the page is about."""
DISCREET = SITE + "discreet: yes\n"


def plain(text: str) -> str:
    """Return a text in small letters without accents."""
    return unicodedata.normalize("NFD", text.lower()).encode("ascii", "ignore").decode()


def telling(text: str) -> list[str]:
    """Return the telling words of any language in a text: a reader's neighbour may know several."""
    return [word for words in TELLING.values() for word in words.split() if plain(word) in plain(text)]


def one(page: PublishedPage, selector: str) -> str:
    (found,) = page.tree.css(selector)
    return found.text()


def test_the_list_of_telling_words_finds_what_it_is_for(reference_site: ReferenceSite) -> None:
    pages = [page for page in reference_site.pages.values() if page.address.count("/") == 3]
    silent = [page.address for page in pages if not telling(page.address) and not telling(one(page, "head > title"))]
    assert len(silent) < len(pages) / 3


def test_no_title_and_no_address_of_a_discreet_site_holds_a_telling_word(discreet_site: ReferenceSite) -> None:
    assert discreet_site.report.ok, discreet_site.report.problems
    assert len(discreet_site.pages) > 99
    found = {
        page.address: telling(f"{page.address} {one(page, 'head > title')}") for page in discreet_site.pages.values()
    }
    assert {address: words for address, words in found.items() if words} == {}


def test_no_file_of_a_discreet_site_has_a_telling_name(discreet_site: ReferenceSite) -> None:
    names = list(read_tree(discreet_site.folder))
    assert [name for name in names if telling(name)] == []
    assert [name for name in names if name.startswith("assets/")] == [
        f"assets/{opaque_word('assets/stop-chantage-abuse-misbruik.txt')}.txt"
    ]


def test_all_pages_have_one_title_in_each_language(discreet_site: ReferenceSite) -> None:
    titles = {(page.edition, one(page, "head > title")) for page in discreet_site.pages.values()}
    assert titles == {("fr", "Informations"), ("nl", "Informatie"), ("en", "Information")}


def test_no_head_describes_its_page_to_those_who_preview_links(discreet_site: ReferenceSite) -> None:
    kept = {
        (node.tag, node.attributes.get("name") or node.attributes.get("http-equiv") or node.attributes.get("charset"))
        for page in discreet_site.pages.values()
        for node in page.tree.css("head meta")
    }
    allowed = {"Content-Security-Policy", "referrer", "viewport", "color-scheme", "robots", "utf-8"}
    assert {name for _, name in kept} == allowed


def test_links_to_other_pages_name_no_heading(discreet_site: ReferenceSite) -> None:
    def fragments(page: PublishedPage) -> Iterable[str]:
        for link in page.links():
            if not re.match(r"[a-z]+:", link) and not link.startswith("#") and "#" in link:
                yield f"{page.address}: {link}"

    assert [found for page in discreet_site.pages.values() for found in fragments(page)] == []


def test_every_link_of_a_discreet_site_leads_somewhere(discreet_site: ReferenceSite) -> None:
    files = set(read_tree(discreet_site.folder))
    dead = []
    for page in discreet_site.pages.values():
        for link in page.links():
            if not re.match(r"[a-z]+:", link) and page.resolve(link)[0] not in files:
                dead.append(f"{page.address}: {link}")
    assert dead == []


def test_each_page_knows_its_section_although_addresses_do_not(discreet_site: ReferenceSite) -> None:
    site = discreet_site.project
    names = [page_id for page_id in site.pages if "/" in page_id and not page_id.endswith("/index")]
    for name in names:
        page = discreet_site.pages[f"en/p/{opaque_word(name)}/index.html"]
        ways = [page.resolve(node.attributes["href"] or "")[0] for node in page.tree.css(".breadcrumb a")]
        section = name.split("/")[0]
        assert ways == ["en/index.html", f"en/p/{opaque_word(f'{section}/index')}/index.html"], name


def test_opaque_words_stay_the_same_and_cannot_be_read() -> None:
    assert opaque_word("help/sextortion") == opaque_word("help/sextortion")
    words = [opaque_word(f"help/page-{number}") for number in range(5000)]
    assert len(set(words)) == len(words)
    assert all(re.fullmatch(r"[bcdfghjkmnpqrstvwxz2-9]{7}", word) for word in words)


def test_mkdocs_and_balise_write_the_same_discreet_site(tmp_path: Path) -> None:
    root = write_project(tmp_path / "project", {"content/site.yml": DISCREET, "content/assets/a/sheet.pdf": b"%PDF"})
    mkdocs = [sys.executable, "-m", "mkdocs", "build", "--strict"]
    for name, words in (("one", mkdocs), ("two", balise_process("build", "--strict"))):
        outcome = run([*words, "--site-dir", str(tmp_path / name)], root)
        assert outcome.code == 0, outcome.terminal
    assert read_tree(tmp_path / "one") == read_tree(tmp_path / "two")
    assert f"assets/{opaque_word('assets/a/sheet.pdf')}.pdf" in read_tree(tmp_path / "one")


def test_the_publisher_chooses_the_word(terminal: Terminal) -> None:
    terminal.write({"content/site.yml": DISCREET + "discreet_title: {fr: Notes, nl: Nota’s}\n"})
    assert terminal.balise("build").code == 0
    titles = {(page.edition, one(page, "head > title")) for page in read_pages(terminal.folder / "site").values()}
    assert titles == {("fr", "Notes"), ("nl", "Nota’s"), ("en", "Notes")}


def test_a_former_address_still_leads_to_the_page(terminal: Terminal) -> None:
    moved = FOUND.replace("slug:", "former: {fr: [images-trouvees, vieux/chemin]}\nslug:")
    terminal.write({"content/site.yml": DISCREET, "content/help/found-images.md": moved})
    assert terminal.balise("build").code == 0
    pages = read_pages(terminal.folder / "site")
    target = f"fr/p/{opaque_word('help/found-images')}/index.html"
    for old in ("fr/aide/images-trouvees/index.html", "fr/vieux/chemin/index.html"):
        (link,) = pages[old].links()
        assert pages[old].resolve(link)[0] == target


def test_one_changed_sentence_is_enough_on_a_discreet_site_too(terminal: Terminal) -> None:
    terminal.write({"content/site.yml": DISCREET})
    assert terminal.balise("build").code == 0
    terminal.write({"content/help/found-images.md": FOUND.replace("not your fault", "never your fault")})
    assert terminal.balise("build").code == 0
    changed = read_tree(terminal.folder / "site")
    assert terminal.balise("build", "-d", "other").code == 0
    assert changed == read_tree(terminal.folder / "other")


@pytest.mark.parametrize("word", ["maybe", "1"])
def test_the_switch_is_yes_or_no(terminal: Terminal, word: str) -> None:
    terminal.write({"content/site.yml": SITE + f"discreet: {word}\n"})
    outcome = terminal.balise("build")
    assert (outcome.code, '"discreet" must be yes or no' in outcome.terminal) == (1, True)
