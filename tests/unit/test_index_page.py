"""The A–Z page: every page, service and listed word leads somewhere, in each edition."""

from __future__ import annotations

from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from balise.components import render_page
from balise.pipeline import Options, compile_site
from balise.project import load_project
from balise.site import addresses
from balise.theme_view import Alternate, LanguageLink
from balise.views import SiteViews
from support.finding import NOTE, SERVICES, views_of
from support.projects import FOUND, SITE, TODAY, load, write_project


def rows_of(views: SiteViews, language: str) -> list[tuple[str, str, str]]:
    """Return the words, address and note of each entry."""
    found = []
    for item in LexborHTMLParser(str(views.index_page(language).body)).css(".letter-index li"):
        link, note = item.css_first("a"), item.css_first("small")
        assert link
        found.append((link.text(), str(link.attributes["href"]), note.text() if note else ""))
    return found


def test_pages_services_and_listed_words_stand_in_one_list(tmp_path: Path) -> None:
    assert rows_of(views_of(tmp_path, SERVICES), "fr") == [
        ("Carnet", "../aide/note/", "A note"),
        ("Help", "../aide/", ""),
        ("I found images", "../aide/images-trouvees/", ""),
        ("La ligne", "../aide/ou/#be-line", "Belgique"),
        ("Ligne d’écoute", "../aide/ou/#be-line", "La ligne"),
        ("A note", "../aide/note/", ""),
        ("Urgences 112", "../aide/ou/#be-112", "Belgique"),
        ("Urgences 112", "../aide/ou/#fr-112", "France"),
        ("Welcome", "../", ""),
        ("Where to report", "../aide/ou/", ""),
    ]


def test_without_a_page_of_all_services_they_are_linked_themselves(tmp_path: Path) -> None:
    rows = rows_of(views_of(tmp_path, {}), "nl")
    assert [row for row in rows if row[2]] == [
        ("Emergency 112", "tel:112", "Frankrijk"),
        ("De lijn", "https://line.example/", "België"),
        ("Noodnummer 112", "tel:112", "België"),
    ]


def test_what_is_in_another_language_says_so(tmp_path: Path) -> None:
    tree = LexborHTMLParser(str(views_of(tmp_path, NOTE).index_page("fr").body))
    assert [(node.text(), node.attributes["lang"]) for node in tree.css(".letter-index a span")][:2] == [
        ("Help", "en"),
        ("I found images", "en"),
    ]


def test_the_page_stands_at_the_same_word_in_every_language(tmp_path: Path) -> None:
    view = views_of(tmp_path, SERVICES).index_page("nl")
    root = "https://example.org"
    assert (view.title.text, view.head_title, view.canonical) == (
        "Van A tot Z",
        "Van A tot Z – Test site",
        f"{root}/nl/a-z/",
    )
    assert view.alternates == tuple(Alternate(tag, f"{root}/{tag}/a-z/") for tag in ("fr", "nl", "en"))
    assert view.languages == (
        LanguageLink("fr", "Français", "../../fr/a-z/", False, True),
        LanguageLink("nl", "Nederlands", "./", True, True),
        LanguageLink("en", "English", "../../en/a-z/", False, True),
    )


def test_every_page_leads_to_the_list_and_the_first_page_of_all_languages_does_not(tmp_path: Path) -> None:
    views = views_of(tmp_path, SERVICES)
    pages = views.template_pages()
    shown = {at: LexborHTMLParser(render_page(view, views.phrases[view.language])) for at, view in pages.items()}
    links = {at: [node.attributes for node in tree.css("a.find")] for at, tree in shown.items()}
    assert [link["href"] for link in links["fr/404.html"]] == ["/fr/a-z/"]
    assert links["index.html"] == []
    assert links["fr/a-z/index.html"] == [{"class": "find", "href": "./", "aria-current": "page"}]
    found = views.page(views.listings["en"]["help/found-images"])  # type: ignore[arg-type]
    assert found.index_url == "../../../en/a-z/"


def test_a_site_in_one_language_names_no_other_list(tmp_path: Path) -> None:
    views = views_of(tmp_path, {"content/site.yml": SITE.replace("[fr, nl, en]", "[en]")})
    assert views.index_page("en").alternates == ()


def test_the_address_of_the_list_cannot_be_taken_by_a_page(tmp_path: Path) -> None:
    page = FOUND.replace("{fr: images-trouvees, nl: beelden-gevonden}", "{fr: a-z}")
    _, _, problems = addresses(load(tmp_path, {"content/mine.md": page}))
    assert [str(problem).replace("\n    fix:", " | fix:") for problem in problems] == [
        'content/mine.md:5:7: error: address "/fr/a-z/" is taken by the A–Z page [address-twice]'
        " | fix: give this page another slug for fr"
    ]


def test_the_address_of_the_list_cannot_be_a_former_address(tmp_path: Path) -> None:
    page = FOUND.replace("slug:", "former: {fr: a-z}\nslug:").replace(
        "{fr: images-trouvees, nl: beelden-gevonden}", "{fr: x}"
    )
    _, _, problems = addresses(load(tmp_path, {"content/mine.md": page}))
    assert [problem.message for problem in problems] == ['former address "/fr/a-z/" belongs to the A–Z page']


@pytest.mark.parametrize("name", ["index_page", "search_text"])
def test_a_draft_is_neither_listed_nor_found(tmp_path: Path, name: str) -> None:
    draft = FOUND.replace("title: I found images", "title: Not yet\ndraft: true")
    root = write_project(
        tmp_path,
        {"content/help/later.md": draft.replace("images-trouvees", "x").replace("beelden-gevonden", "y"), **SERVICES},
    )
    site, _ = compile_site(load_project(root, drafts=True), Options(TODAY))
    views = SiteViews(site.project, site.listings, Options(TODAY), "")
    lines = [views.search_line(page) for page in site.editions["en"].pages.values()]
    shown = str(views.index_page("en").body) if name == "index_page" else views.search_text("en", lines)
    assert "Where to report" in shown
    assert "Not yet" not in shown
