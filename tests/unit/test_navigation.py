"""The ways from a page to others: its menu, the path above it, its neighbours."""

from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from balise.languages import Text
from balise.navigation import STRETCH
from balise.theme_view import Link
from support.edition_views import TALK, links_of, page_of, views_of
from support.projects import SITE
from support.topics import HEAD, PAGE


def test_the_navigation_opens_the_current_section(tmp_path: Path) -> None:
    files = {"content/site.yml": SITE.replace("[help]", "[help, talk]"), "content/talk/index.md": TALK}
    views = views_of(tmp_path, files)
    menu = views.page(page_of(views, "fr")).navigation
    assert links_of(menu) == [
        ("Help", "../", None),
        ("I found images", "../images-trouvees/", None),
        ("Une note", "./", "page"),
        ("Talking", "../../parler/", None),
    ]
    assert [node.attributes["lang"] for node in LexborHTMLParser(str(menu)).css("a span")] == ["en", "en", "en"]


def test_every_page_of_a_folder_marks_itself_in_the_same_menu(tmp_path: Path) -> None:
    views = views_of(tmp_path)
    other = views.page(page_of(views, "fr", "help/found-images")).navigation
    assert links_of(other)[1:] == [("I found images", "./", "page"), ("Une note", "../note/", None)]
    assert links_of(views.page(page_of(views, "fr")).navigation)[2] == ("Une note", "./", "page")


def test_a_sections_first_page_is_current_itself(tmp_path: Path) -> None:
    views = views_of(tmp_path)
    marks = [(url, mark) for _, url, mark in links_of(views.page(page_of(views, "en", "help/index")).navigation)]
    assert marks == [("./", "page"), ("found-images/", None), ("note/", None)]


def test_a_large_section_is_shown_in_stretches_with_a_link_to_all_of_it(tmp_path: Path) -> None:
    page = "---\ntype: topic\ntitle: Page {0}\ndescription: A page.\norder: {0}\n---\nText.\n"
    files = {f"content/help/page-{number}.md": page.format(number) for number in range(100, 160)}
    views = views_of(tmp_path, files)
    menus = [links_of(views.page(page_of(views, "en", f"help/page-{number}")).navigation) for number in range(100, 160)]
    for menu in menus:
        assert [mark for _, _, mark in menu].count("page") == 1
        assert 20 < len(menu) <= STRETCH + 2
        assert (menu[-1][0], menu[-1][1]) == ("All 62 pages of this section", "../")
    assert len({words for menu in menus for words, _, _ in menu}) == 62 + 2


@pytest.mark.parametrize(
    ("name", "links"),
    [
        ("index", []),
        ("help/index", [("Welcome", "../")]),
        (PAGE, [("Welcome", "../../"), ("Help", "../")]),
        ("about", [("Welcome", "../")]),
    ],
)
def test_the_breadcrumb_leads_home_without_the_page_itself(
    tmp_path: Path, name: str, links: list[tuple[str, str]]
) -> None:
    views = views_of(tmp_path, {"content/about.md": TALK.replace("Talking", "About")})
    shown = links_of(views.page(page_of(views, "en", name)).breadcrumb)
    assert [(words, url) for words, url, _ in shown] == links


def test_pages_of_a_section_lead_to_their_neighbours(tmp_path: Path) -> None:
    files = {"content/help/zebra.md": HEAD.replace("A note", "Zebra") + "Z.\n"}
    views = views_of(tmp_path, files)
    near = {
        name: views.page(page_of(views, "en", name)) for name in ("help/found-images", PAGE, "help/zebra", "help/index")
    }
    found, note, zebra = (Link(Text(title, "en"), f"../{slug}/") for title, slug in (
        ("I found images", "found-images"), ("A note", "note"), ("Zebra", "zebra")
    ))  # fmt: skip
    assert {name: (view.previous, view.next) for name, view in near.items()} == {
        "help/found-images": (None, note),
        PAGE: (found, zebra),
        "help/zebra": (note, None),
        "help/index": (None, None),
    }
