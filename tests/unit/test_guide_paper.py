"""What guides give for paper: a sheet for each country, a card for the corridor, and the way to both."""

from __future__ import annotations

from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser, LexborNode

from balise.catalogues import load_catalogue
from balise.extraction import updated_catalogues
from balise.guide_check import prove_guides
from balise.languages import Text
from balise.pipeline import EditionCompiler, Options, compile_site
from balise.project import load_project, load_sources
from balise.site import Site, addresses
from balise.skeleton import Skeletons
from balise.views import SiteViews
from support.edition_views import links_of, page_of
from support.guides import GUIDE, PATH, changed, project_of, shown, translate, views_of
from support.projects import CHANNELS, TODAY

SHEET = "sheet: {title: On one page, do: [Breathe., Close the page.], never: [Never copy.]}\n"
CARD = (
    "corridor: {title: The card, say: [I listen.], ask_not: [Why?], note: [The words], after: [Tell somebody.],"
    " needs: [talk]}\n"
)
LINES = "".join(
    f"""\
  - id: be-line-{number}
    name: {{fr: Ligne {number}, nl: Lijn {number}, en: Line {number}}}
    operator: The line
    country: BE
    kind: helpline
    for: [talk, image-found]
    audience: [anyone]
    phone: "10{number}"
    short: "yes"
    languages: [fr, nl, en]
    what_happens: [Someone listens.]
    status: active
    confidence: high
    assembled: "2026-11-21"
    expires: "2027-05-21"
    sources: [{{url: "https://example.org/line", says: the number}}]
"""
    for number in range(5)
)
"""Five lines of one country that help with all that the guide is about."""


def words(node: LexborNode | None) -> str:
    assert node is not None
    return " ".join(node.text().split())


def tree_of(views: SiteViews, node: str, language: str = "en") -> LexborHTMLParser:
    return LexborHTMLParser(str(page_of(views, language, f"guides/help--{node}").body.html))


def rows(views: SiteViews, country: str, language: str = "en") -> list[tuple[str, list[str]]]:
    """Return what a sheet says: each first answer, and who helps with it."""
    found = tree_of(views, f"sheet-{country}", language).css(".guide-sheet tbody tr")
    return [(words(row.css_first("th")), [words(item) for item in row.css("td p")]) for row in found]


def items(tree: LexborHTMLParser) -> list[str]:
    """Return the items of a page's lists, without the way back and on."""
    for nav in tree.css("nav"):
        nav.decompose()
    return [words(node) for node in tree.css("li")]


@pytest.fixture
def views(tmp_path: Path) -> SiteViews:
    return views_of(project_of(tmp_path, GUIDE + SHEET + CARD))


def test_a_sheet_has_each_first_answer_with_who_helps_in_its_country(views: SiteViews) -> None:
    line, number = "The line 116 000", "Emergency 112 112"
    assert rows(views, "be") == [("I saw a picture", [line, number]), ("I want to talk", [line, number])]
    assert rows(views, "fr") == [("I saw a picture", [number]), ("I want to talk", [number])]


def test_a_row_names_two_channels_at_most(tmp_path: Path) -> None:
    views = views_of(project_of(tmp_path, GUIDE + SHEET, channels=CHANNELS + LINES))
    assert [names for _, names in rows(views, "be")] == [["Line 0 100", "Line 1 101"]] * 2


def test_a_sheet_begins_with_the_emergency_number_of_its_country(views: SiteViews) -> None:
    danger = tree_of(views, "sheet-fr").css_first(".guide-sheet p.danger")
    assert words(danger) == "In danger now: 112"
    assert links_of((danger.html if danger else "") or "") == [("112", "tel:112", None)]


def test_a_sheet_says_its_country_and_what_to_do_and_never_to_do(views: SiteViews) -> None:
    tree = tree_of(views, "sheet-fr", "fr")
    assert words(tree.css_first("h2")) == "France"
    tree = tree_of(views, "sheet-be")
    assert [words(node) for node in tree.css("h2")] == ["Belgium", "What to do now", "What never to do"]
    assert items(tree) == ["Breathe.", "Close the page.", "Never copy."]


@pytest.mark.parametrize(
    "country, answers", [("be", ["I want to talk"]), ("fr", ["I saw a picture", "I want to talk"])]
)
def test_an_answer_for_other_countries_is_left_off_a_sheet(country: str, answers: list[str], tmp_path: Path) -> None:
    text = changed(("{say: I saw a picture, go: where}", "{say: I saw a picture, go: where, when: {country: [FR]}}"))
    views = views_of(project_of(tmp_path, text.partition("walks:")[0] + SHEET))
    assert [said for said, _ in rows(views, country)] == answers


@pytest.mark.parametrize("language, number", [("fr", 2), ("nl", 1), ("en", 1)])
def test_an_answer_for_other_languages_is_left_off_a_sheet(language: str, number: int, tmp_path: Path) -> None:
    text = changed(("{say: I saw a picture, go: where}", "{say: I saw a picture, go: where, when: {language: [fr]}}"))
    views = views_of(project_of(tmp_path, text.partition("walks:")[0] + SHEET))
    assert len(rows(views, "be", language)) == number


def test_an_answer_without_words_stands_on_a_sheet_as_it_is(tmp_path: Path) -> None:
    text = changed(("say: I saw a picture", 'say: "18+"'), ("[I saw a picture, On", '["18+", On'))
    assert [said for said, _ in rows(views_of(project_of(tmp_path, text + SHEET)), "be", "nl")] == [
        "18+",
        "I want to talk",
    ]


def test_answers_on_a_sheet_are_translated_and_the_others_tell_their_language(tmp_path: Path) -> None:
    project_of(tmp_path, GUIDE + SHEET)
    translate(tmp_path, {"I saw a picture": "Ik zag een beeld"})
    tree = tree_of(views_of(load_project(tmp_path)), "sheet-be", "nl")
    assert [(head.inner_html or "").strip() for head in tree.css(".guide-sheet tbody th")] == [
        "Ik zag een beeld",
        '<span lang="en" dir="ltr">I want to <em>talk</em></span>',
    ]


def test_a_sheet_is_told_of_a_first_answer_to_nothing_and_does_not_break(tmp_path: Path) -> None:
    text = changed(("I saw a picture, go: where", "I saw a picture, go: wheer"))
    problems = shown(compile_site(project_of(tmp_path, text + SHEET), Options(TODAY))[1])
    assert problems[0].startswith(
        f'{PATH}:14:9: error: the answer "I saw a picture" leads to "wheer", which does not exist [guide-route]'
    )


@pytest.mark.parametrize("language", ["en", "nl"])
def test_a_process_that_compiles_a_sheet_alone_shows_what_the_others_show(language: str, tmp_path: Path) -> None:
    project_of(tmp_path, GUIDE + SHEET)
    translate(tmp_path, {"I saw a picture": "Ik zag een beeld", "Breathe.": "Adem."})
    whole, _ = compile_site(load_project(tmp_path), Options(TODAY))
    page_id = "guides/help--sheet-fr"
    project = load_sources(tmp_path)
    table, _, _ = addresses(project)
    alone = EditionCompiler(project, language, Options(TODAY), table, Skeletons(project.page_types))
    catalogue = project.load_catalogue(language, page_id)[0] if language == "nl" else None
    alone.translate(project.pages[page_id], catalogue)
    alone.listings = {**whole.editions[language].pages, **alone.listings}
    assert alone.page(page_id).body == whole.editions[language].pages[page_id].body


def test_a_card_for_the_corridor_has_its_parts_and_few_services(tmp_path: Path) -> None:
    views = views_of(project_of(tmp_path, GUIDE + CARD, channels=CHANNELS + LINES))
    tree = tree_of(views, "corridor")
    assert [words(node) for node in tree.css("h2")] == [
        "What to say",
        "What not to ask or say",
        "What to write down",
        "What to do then",
        "Whom to call",
    ]
    assert items(tree) == [
        "I listen.",
        "Why?",
        "The words",
        "Tell somebody.",
        *(f"Line {number} 10{number}" for number in range(4)),
    ]


def test_a_guides_first_page_leads_to_what_it_has_for_paper(views: SiteViews) -> None:
    nav = LexborHTMLParser(str(page_of(views, "en", "guides/help").body.html)).css_first("nav.guide-prints")
    assert nav is not None
    pages = {"A card for the corridor": "corridor", "Belgium": "sheet-be", "France": "sheet-fr"}
    assert links_of(nav.html or "") == [
        (text, page_of(views, "en", f"guides/help--{name}").address.split("/")[-2] + "/", None)
        for text, name in pages.items()
    ]


@pytest.mark.parametrize(
    "paper, links", [("", None), (SHEET, ["Belgium", "France"]), (CARD, ["A card for the corridor"])]
)
def test_a_guide_leads_to_no_paper_that_it_does_not_have(paper: str, links: list[str] | None, tmp_path: Path) -> None:
    views = views_of(project_of(tmp_path, GUIDE + paper))
    found = LexborHTMLParser(str(page_of(views, "en", "guides/help").body.html)).css("nav.guide-prints")
    assert [[text for text, _, _ in links_of(nav.html or "")] for nav in found] == ([links] if links else [])


def test_what_is_for_paper_is_no_path_of_the_guide(tmp_path: Path) -> None:
    plain, _ = prove_guides(project_of(tmp_path / "plain"), TODAY)
    paper, _ = prove_guides(project_of(tmp_path / "paper", GUIDE + SHEET + CARD), TODAY)
    assert paper == plain


def test_sheets_of_all_countries_share_one_set_of_texts(tmp_path: Path) -> None:
    project_of(tmp_path, GUIDE + SHEET)
    translate(tmp_path, {"On one page": "Op één blad", "Breathe.": "Adem.", "Never copy.": "Kopieer nooit."})
    found, problems = load_catalogue(tmp_path / "locales/nl/guides/help.po", tmp_path)
    sheets = [(entry.id.partition("/")[0], entry.source) for entry in found.entries if entry.id.startswith("sheet")]
    assert (problems, sheets) == (
        (),
        [("sheet", "On one page"), ("sheet", "Breathe."), ("sheet", "Close the page."), ("sheet", "Never copy.")],
    )
    site, _ = compile_site(load_project(tmp_path), Options(TODAY))
    for country in ("be", "fr"):
        page = site.editions["nl"].pages[f"guides/help--sheet-{country}"]
        assert page.title == Text("On one page", "en")
    translate(tmp_path, {"Close the page.": "Sluit de pagina."})
    site, _ = compile_site(load_project(tmp_path), Options(TODAY))
    assert sheet_texts(site, "be") == sheet_texts(site, "fr") == ["Adem.", "Sluit de pagina.", "Kopieer nooit."]


def sheet_texts(site: Site, country: str) -> list[str]:
    """Return the items of a country's sheet in Dutch."""
    tree = LexborHTMLParser(str(site.editions["nl"].pages[f"guides/help--sheet-{country}"].body.html))
    return items(tree)


def test_a_country_that_joins_the_site_has_a_sheet_with_all_translations(tmp_path: Path) -> None:
    project = project_of(tmp_path, GUIDE + SHEET)
    translate(tmp_path, {"On one page": "Op één blad", "Breathe.": "Adem."})
    before = (tmp_path / "locales/nl/guides/help.po").read_text("utf-8")
    site = tmp_path / "content/site.yml"
    site.write_text(site.read_text("utf-8").replace("countries: [BE, FR]", "countries: [BE, FR, LU]"), "utf-8")
    again = load_project(tmp_path)
    assert set(again.pages) - set(project.pages) == {"guides/help--sheet-lu"}
    updated = {file.path.relative_to(tmp_path).as_posix(): file.text for file in updated_catalogues(again, ["nl"])}
    assert updated["locales/nl/guides/help.po"] == before
