"""What the search knows of a page or a service."""

from __future__ import annotations

import sys
from html import unescape
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from balise.components import THEME
from balise.languages import Text
from balise.pipeline import Options
from balise.search import _ODD_SPACE, _SPACE, LEAST, MOST, bundle_search, page_line, page_room
from balise.site import CompiledPage
from balise.views import SiteViews
from support.finding import SERVICES, WORDS, views_of
from support.topics import HEAD, PAGE, PATH, catalogue

CARD = '<article class="channel-card" data-channel="a"><h3>Who</h3><p>Call.</p></article>'
NAVIGATION = "<nav><p>Elsewhere</p></nav>"
FOREIGN = '<span lang="nl" dir="ltr">'
PIECES = (
    "<p>",
    "</p>",
    "<h2>",
    "</h2>",
    "<h3>",
    "</h3>",
    "<li>",
    "</li>",
    "<br>",
    "<em>",
    "</em>",
    "one",
    "two &amp; three",
)
PIECES += (CARD, NAVIGATION, FOREIGN, "</span>")
META = {"title": ("A note", "Une note"), "description": ("What to note.", "Que noter.")}


def line_of(views: SiteViews, language: str, name: str = PAGE) -> list[str]:
    page = views.listings[language][name]
    assert isinstance(page, CompiledPage)
    line = views.search_line(page)
    assert line.endswith("\n")
    return line.removesuffix("\n").split("\t")


def test_each_language_loads_its_own_stemmer_and_an_unknown_one_none() -> None:
    stemmers = {tag: (THEME / "vendor" / f"snowball-{tag}.js").read_text("utf-8").strip() for tag in ("fr", "nl", "en")}
    for tag, stemmer in stemmers.items():
        assert [other for other in stemmers if stemmers[other] in bundle_search(tag)] == [tag]
        assert stemmer in bundle_search(f"{tag}-BE")
    assert "Snowball=" not in bundle_search("de")


def test_white_space_is_one_plain_space_but_where_no_line_may_break() -> None:
    spaces = [chr(code) for code in range(sys.maxunicode + 1) if chr(code).isspace()]
    assert len(spaces) > 20
    for space in spaces:
        kept = space if space in "\u00a0\u202f" else " "
        assert _SPACE.sub(" ", f"a{space}b") == f"a{kept}b"
        assert _SPACE.sub(" ", f"a {space}b") == (f"a {space}b" if kept == space != " " else "a b")
        assert _SPACE.sub(" ", f"a{space} b") == (f"a{space} b" if kept == space != " " else "a b")
        assert bool(_ODD_SPACE.search(f"a{space}b")) is (space not in " \u00a0\u202f")


def test_a_line_holds_the_address_the_words_and_the_passages_of_a_page(tmp_path: Path) -> None:
    body = 'One & *two*.\n\n## What to do {#do}\n\n- First `<b>`.\n- Call {{ phone("be-line") }}.\n\n{{ channel("be-line") }}\n'
    views = views_of(tmp_path, {PATH: HEAD + body})
    assert line_of(views, "en") == [
        "en/help/note/",
        "1",
        "",
        "= A note",
        "= What to note.",
        "= One & two.",
        "# What to do",
        "= First <b>.",
        "= Call 116\u00a0000.",
    ]


def test_words_that_are_listed_or_typed_are_understood(tmp_path: Path) -> None:
    views = views_of(tmp_path, {PATH: HEAD + "One.\n", "content/data/search.yml": WORDS})
    assert [line_of(views, tag)[2] for tag in ("fr", "nl", "en")] == ["Carnet · griffonner", "", "Notebook"]


def test_passages_in_another_language_say_so(tmp_path: Path) -> None:
    files = {PATH: HEAD + "One.\n\nTwo.\n", "locales/fr/pages/help/note.po": catalogue(("One.", "Un."), meta=META)}
    views = views_of(tmp_path, files)
    assert line_of(views, "fr")[3:] == ["= Une note", "= Que noter.", "= Un.", "=en Two."]
    assert line_of(views, "nl")[3:] == ["=en A note", "=en What to note.", "=en One.", "=en Two."]


def test_a_site_of_many_pages_knows_less_of_each() -> None:
    assert [page_room(pages) for pages in (0, 1, 300, 5_000)] == [MOST, MOST, 1_200, LEAST]


def test_a_long_page_keeps_all_its_headings(tmp_path: Path) -> None:
    body = "".join(f"## Part {number}\n\n{'word ' * 1_600}\n\n" for number in range(12))
    fields = line_of(views_of(tmp_path, {PATH: HEAD + "Lead.\n\n" + body}), "en")
    assert [field for field in fields if field.startswith("#")] == [f"# Part {number}" for number in range(12)]
    assert 4 < len([field for field in fields if field.startswith("= word")]) < 8


@given(body=st.lists(st.sampled_from(PIECES), max_size=20).map("".join), room=st.integers(0, 40))
def test_what_there_is_room_for_is_the_beginning_of_what_a_page_holds(body: str, room: int) -> None:
    title = Text("A", "en")
    body_only = SimpleNamespace(html=body)
    page: Any = SimpleNamespace(
        address="a/index.html", language="en", title=title, short=title, description=title, body=body_only
    )
    fields, everything = (page_line(page, None, space)[:-1].split("\t")[5:] for space in (room, MOST))
    assert [field for field in fields if field[0] == "#"] == [field for field in everything if field[0] == "#"]
    texts, all_texts = ([field for field in found if field[0] == "="] for found in (fields, everything))
    assert texts == all_texts[: len(texts)]
    assert everything == _passages_at_once(body)


def _passages_at_once(body: str) -> list[str]:
    """Return the passages of a body of which everything is wanted, found in one go."""
    for card in (CARD, NAVIGATION):
        body = body.replace(card, "")
    for tag in ("h2", "h3"):
        body = body.replace(f"<{tag}>", "\n#").replace(f"</{tag}>", "\n")
    for edge in ("<p>", "</p>", "<li>", "</li>", "<br>"):
        body = body.replace(edge, "\n")
    body = body.replace(FOREIGN, "@").replace("</span>", "").replace("<em>", "").replace("</em>", "")
    found = []
    for text in filter(None, (line.strip() for line in body.split("\n"))):
        sign, rest = ("#", text[1:]) if text[0] == "#" else ("=", text)
        tag = "nl" if rest.startswith("@") else ""
        rest = rest.replace("@", "")
        if rest:
            found.append(f"{sign}{tag} {unescape(rest)}")
    return found


def test_services_are_found_by_every_name_at_their_place_on_the_directory(tmp_path: Path) -> None:
    views = views_of(tmp_path, SERVICES)
    lines = [line.split("\t") for line in views.search_text("fr", ["first\n"]).splitlines()]
    assert [line[:2] for line in lines] == [
        ["first"],
        ["fr/aide/ou/#be-112", ".8"],
        ["fr/aide/ou/#be-line", ".8"],
        ["fr/aide/ou/#fr-112", ".4"],
    ]
    assert lines[2][2:5] == [
        "The line · line.example · Ligne d'écoute · parler · causer · 116 000",
        "= La ligne",
        "= Ligne d’écoute · Belgique",
    ]


def test_without_a_page_of_all_services_the_search_knows_none(tmp_path: Path) -> None:
    views = views_of(tmp_path, {"content/data/search.yml": WORDS, PATH: HEAD + "One.\n"})
    assert views.search_text("fr", []) == ""


def test_an_expired_service_is_not_found_unless_it_may_be_shown(tmp_path: Path) -> None:
    late = "2030-01-01"
    assert views_of(tmp_path / "one", SERVICES, Options(late)).search_text("fr", []) == ""
    shown = views_of(tmp_path / "two", SERVICES, Options(late, allow_stale=True)).search_text("fr", [])
    assert shown.count("\n") == 3
