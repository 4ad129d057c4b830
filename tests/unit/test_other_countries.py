"""The way to the services of another country: from the help bar of every page to the list of countries."""

from __future__ import annotations

from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from support.edition_views import links_of, page_of, views_of
from support.projects import SITE
from support.topics import HEAD, problems_of

DIRECTORY = {
    "templates/directory.md": "---\nlabel: Directory\nsections:\n  lead: {}\n---\n{{ lead }}\n\n{{ directory() }}\n\n{{ rest() }}\n",
    "content/help/where.md": "---\ntype: directory\ntitle: Where\ndescription: W.\nslug: {fr: ou}\n---\nLead.\n",
}
WORDS = {"fr": "Dans un autre pays", "nl": "In een ander land", "en": "In another country"}


def way(html: object) -> list[tuple[str, str]]:
    """Return the words and the address of the help bar's way to other countries."""
    return [(words, url) for words, url, _ in links_of(str(html)) if words in WORDS.values()]


@pytest.mark.parametrize(
    ("language", "page", "url"),
    [
        ("fr", "index", "aide/ou/#countries"),
        ("fr", "help/found-images", "../ou/#countries"),
        ("nl", "help/index", "where/#countries"),
        ("en", "help/where", "./#countries"),
    ],
)
def test_every_page_leads_to_the_countries_of_its_edition(tmp_path: Path, language: str, page: str, url: str) -> None:
    views = views_of(tmp_path, DIRECTORY)
    assert way(views.page(page_of(views, language, page)).help_bar) == [(WORDS[language], url)]


def test_pages_beside_the_directory_lead_to_it_whichever_is_drawn_first(tmp_path: Path) -> None:
    views = views_of(tmp_path, DIRECTORY)
    drawn = [way(views.page(page_of(views, "en", name)).help_bar) for name in ("help/where", "help/note", "help/where")]
    assert [url for [(_, url)] in drawn] == ["./#countries", "../where/#countries", "./#countries"]


def test_the_pages_without_a_source_lead_there_too(tmp_path: Path) -> None:
    pages = views_of(tmp_path, DIRECTORY).template_pages()
    assert way(pages["nl/404.html"].help_bar) == [("In een ander land", "/site/nl/hulp/where/#countries")]
    assert way(pages["en/a-z/index.html"].help_bar) == [("In another country", "../help/where/#countries")]
    assert way(pages["index.html"].body) == [
        ("Dans un autre pays", "fr/aide/ou/#countries"),
        ("In een ander land", "nl/hulp/where/#countries"),
        ("In another country", "en/help/where/#countries"),
    ]


@pytest.mark.parametrize(
    "files",
    [{}, {**DIRECTORY, "content/site.yml": SITE.replace("[BE, FR]", "[BE]")}],
    ids=["no directory", "one country"],
)
def test_there_is_no_way_where_it_would_lead_nowhere(tmp_path: Path, files: dict[str, str]) -> None:
    views = views_of(tmp_path, files)
    assert way(views.page(page_of(views, "en")).help_bar) == []


def test_a_discreet_site_names_no_place_on_the_page(tmp_path: Path) -> None:
    views = views_of(tmp_path, {**DIRECTORY, "content/site.yml": SITE + "discreet: yes\n"})
    [(_, url)] = way(views.page(page_of(views, "en")).help_bar)
    assert "#" not in url


def test_the_directory_names_the_countries_in_the_readers_language_and_each_leads_to_its_part(tmp_path: Path) -> None:
    views = views_of(tmp_path, DIRECTORY)
    tree = LexborHTMLParser(page_of(views, "nl", "help/where").body.html)
    links = tree.css("#countries a")
    assert [(link.text(), link.attributes["href"], link.attributes.get("class")) for link in links] == [
        ("België", "#be", "own"),
        ("Frankrijk", "#fr", None),
    ]
    assert [section.id for section in tree.css("section[id]")] == ["be", "fr"]


def test_an_author_cannot_take_the_anchor_of_the_countries(tmp_path: Path) -> None:
    page = HEAD.replace("type: topic", "type: directory") + "Lead.\n\n## Ours {#countries}\n\nText.\n"
    assert problems_of(tmp_path, "", {**DIRECTORY, "content/help/note.md": page}) == [
        'content/help/note.md:8:1: error: heading id "countries" is used by the template [duplicate-id]\n'
        "    fix: choose another id"
    ]
