"""The pages of a guide as readers get them: links and nothing else, in order, for every country and edition."""

from __future__ import annotations

from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from balise.extraction import updated_catalogues
from balise.project import load_project
from balise.site import CompiledPage
from balise.sitemaps import sitemap
from balise.views import SiteViews
from support.edition_views import links_of, page_of
from support.guides import changed, project_of, views_of

FIRST = "guides/help"


@pytest.fixture
def views(tmp_path: Path) -> SiteViews:
    return views_of(project_of(tmp_path))


def step_of(views: SiteViews, node: str, language: str = "en") -> CompiledPage:
    return page_of(views, language, FIRST if node == "what" else f"{FIRST}--{node}")


def tree_of(views: SiteViews, node: str, language: str = "en") -> LexborHTMLParser:
    return LexborHTMLParser(str(step_of(views, node, language).body.html))


def words(text: str) -> str:
    return " ".join(text.split())


def answers(views: SiteViews, node: str, language: str = "en") -> list[tuple[str, str]]:
    """Return the words of each answer, and the node that its link leads to."""
    nodes = {name: step_of(views, name, language) for name in ("what", "where", "breathe", "report", "talk")}
    here = nodes[node].address.removesuffix("index.html")
    leads = {page.address.removesuffix("index.html"): name for name, page in nodes.items()}
    found = []
    for link in tree_of(views, node, language).css(".guide-answers > li > a"):
        target = (Path("/") / here / str(link.attributes["href"])).resolve()
        found.append((words(link.text()), leads[f"{target}/".removeprefix("/")]))
    return found


def test_answers_are_links_in_their_order(views: SiteViews) -> None:
    assert answers(views, "what") == [("I saw a picture", "where"), ("I want to talk", "talk")]


def test_an_answer_for_some_countries_says_so_and_stays_in_its_place(views: SiteViews) -> None:
    assert answers(views, "where") == [
        ("On a page", "breathe"),
        ("Only in: France In a chat", "talk"),
        ("Elsewhere", "report"),
    ]


def test_countries_of_an_answer_are_named_in_order_and_in_the_edition(tmp_path: Path) -> None:
    views = views_of(project_of(tmp_path, changed(("country: [FR]", "country: [FR, BE]"))))
    assert answers(views, "where")[1] == ("Only in: Belgium and France In a chat", "talk")
    assert "Belgique et France" in answers(views, "where", "fr")[1][0]


def test_an_answer_for_other_languages_is_left_out_of_an_edition(tmp_path: Path) -> None:
    views = views_of(project_of(tmp_path, changed(("when: {country: [FR]}", "when: {language: [fr, nl]}"))))
    assert [text for text, _ in answers(views, "where", "en")] == ["On a page", "Elsewhere"]
    assert [text for text, _ in answers(views, "where", "nl")] == ["On a page", "In a chat", "Elsewhere"]


def test_an_answer_for_other_readers_of_the_guide_is_shown_to_all(tmp_path: Path) -> None:
    """Nobody is asked who they are: what an answer says is enough to choose by."""
    views = views_of(project_of(tmp_path, changed(("when: {country: [FR]}", "when: {audience: [adult]}"))))
    assert [text for text, _ in answers(views, "where")] == ["On a page", "In a chat", "Elsewhere"]


def test_marks_inside_an_answer_stay(views: SiteViews) -> None:
    link = tree_of(views, "what").css(".guide-answers a")[1]
    assert (link.html or "").partition(">")[2] == "I want to <em>talk</em></a>"


def test_an_answer_that_is_not_translated_is_a_link_too_and_tells_its_language(views: SiteViews) -> None:
    assert answers(views, "what", "nl") == [("I saw a picture", "where"), ("I want to talk", "talk")]
    assert tree_of(views, "what", "nl").css(".guide-answers a [lang=en]")


def test_answers_are_translated(tmp_path: Path) -> None:
    project_of(tmp_path)
    for file in updated_catalogues(load_project(tmp_path), ["nl"]):
        file.path.parent.mkdir(parents=True, exist_ok=True)
        file.path.write_text(file.text.replace('"Elsewhere"\nmsgstr ""', '"Elsewhere"\nmsgstr "Elders"'), "utf-8")
    assert answers(views_of(load_project(tmp_path)), "where", "nl")[2] == ("Elders", "report")


def test_the_first_page_asks_its_question_below_the_guides_name(views: SiteViews) -> None:
    assert step_of(views, "what").title.text == "Something happened"
    assert [heading.text() for heading in tree_of(views, "what").css("h2")] == ["What has happened?"]
    assert step_of(views, "where").title.text == "Where did you see it?"


@pytest.mark.parametrize(
    "node, way, back",
    [
        ("where", "Step 2. At most 1 more question.", "../"),
        ("breathe", "Step 3. Read this first, then go on.", "../p33q83h/"),
        ("report", "Step 3. This is what you can do.", "../p33q83h/"),
        ("talk", "Step 2. This is what you can do.", "../"),
    ],
)
def test_a_step_says_how_far_it_is_and_leads_back_and_to_the_start(
    node: str, way: str, back: str, views: SiteViews
) -> None:
    nav = tree_of(views, node).css_first("nav.guide-way")
    assert nav is not None
    paragraph = nav.css_first("p")
    assert paragraph is not None
    assert words(paragraph.text()) == way
    assert links_of(nav.html or "") == [("Back", back, None), ("Start again", "../", None)]


def test_the_first_page_has_no_way_back(views: SiteViews) -> None:
    assert tree_of(views, "what").css("nav.guide-way") == []


def test_advice_leads_on(views: SiteViews) -> None:
    link = tree_of(views, "breathe").css_first(".guide-onward a")
    report = step_of(views, "report").address.split("/")[-2]
    assert link is not None
    assert (link.text(), link.attributes["href"]) == ("Go on", f"../{report}/")


def test_a_link_in_a_text_to_a_node_leads_to_its_page(views: SiteViews) -> None:
    talk = step_of(views, "talk").address.split("/")[-2]
    assert links_of(str(step_of(views, "what").body.html))[0] == ("talk to somebody", f"{talk}/", None)


@pytest.mark.parametrize("node", ["what", "where", "breathe", "report", "talk"])
def test_every_step_has_the_emergency_number_of_every_country(node: str, views: SiteViews) -> None:
    found = tree_of(views, node).css(".emergency-numbers li")
    assert [words(item.text()) for item in found] == ["Belgium 112", "France 112"]


def test_an_outcome_says_what_to_do_who_helps_what_never_to_do_and_what_happens_next(views: SiteViews) -> None:
    assert [heading.text() for heading in tree_of(views, "report").css("h2")] == [
        "What to do now",
        "Who can help",
        "What never to do",
        "What happens next",
    ]


@pytest.mark.parametrize("language, here", [("nl", ["be-line"]), ("en", ["be-line", "be-112"])])
def test_who_helps_here_comes_first_and_other_countries_below(language: str, here: list[str], views: SiteViews) -> None:
    tree = tree_of(views, "talk", language)
    cards = [str(card.attributes["data-channel"]) for card in tree.css(".channel-card")]
    elsewhere = [str(line.attributes["data-channel"]) for line in tree.css(".elsewhere [data-channel]")]
    assert (cards, elsewhere) == (here, ["fr-112"])


@pytest.mark.parametrize(
    "node, title",
    [
        ("what", "Something happened – Test site"),
        ("where", "What now, step 2 – Test site"),
        ("report", "What now, step 3 – Test site"),
        ("talk", "What now, step 2 – Test site"),
    ],
)
def test_the_tab_and_the_history_tell_the_number_of_a_step_and_not_the_answer(
    node: str, title: str, views: SiteViews
) -> None:
    assert views.page(step_of(views, node)).head_title == title


@pytest.mark.parametrize("node", ["where", "breathe", "report", "talk"])
def test_the_address_of_a_step_tells_nothing_and_is_the_same_word_in_every_edition(node: str, views: SiteViews) -> None:
    addresses = [step_of(views, node, language).address.split("/") for language in ("en", "fr", "nl")]
    assert [address[:-2] for address in addresses] == [
        ["en", "guides", "help"],
        ["fr", "guides", "quoi"],
        ["nl", "wegwijzers", "wat"],
    ]
    assert len({address[-2] for address in addresses}) == 1
    assert node not in addresses[0][-2]


def test_the_menu_has_the_guide_and_none_of_its_steps(views: SiteViews) -> None:
    menu = links_of(str(views.page(step_of(views, "where")).navigation))
    assert menu == [
        ("Help", "../../../help/", None),
        ("Guides", "../../", None),
        ("What now", "../", None),
    ]


def test_a_step_is_on_the_way_from_the_home_page_over_its_guide(views: SiteViews) -> None:
    assert links_of(str(views.page(step_of(views, "talk")).breadcrumb)) == [
        ("Welcome", "../../../", None),
        ("Guides", "../../", None),
        ("What now", "../", None),
    ]


def test_a_step_has_no_neighbours(views: SiteViews) -> None:
    found = [views.page(step_of(views, node)) for node in ("what", "where", "talk")]
    assert [(page.previous, page.next) for page in found] == [(None, None)] * 3


def test_a_to_z_has_the_guide_and_none_of_its_steps(views: SiteViews) -> None:
    titles = [words(text) for text, _, _ in links_of(str(views.index_page("en").body))]
    assert "Something happened" in titles
    assert not {"Where did you see it?", "Take a breath", "Report it", "Talk to somebody"} & set(titles)


def test_the_search_knows_the_guide_and_none_of_its_steps(views: SiteViews) -> None:
    lines = {node: views.search_line(step_of(views, node)) for node in ("what", "where", "breathe", "report", "talk")}
    assert [node for node, line in lines.items() if line] == ["what"]


def test_search_engines_are_told_of_the_guide_and_none_of_its_steps(views: SiteViews) -> None:
    found = [row for row in sitemap("en", views).split("<loc>") if "/guides/" in row]
    assert [row.partition("</loc>")[0] for row in found] == [
        "https://example.org/en/guides/",
        "https://example.org/en/guides/help/",
    ]
    hidden = {node: views.page(step_of(views, node)).noindex for node in ("what", "where", "breathe", "report", "talk")}
    assert hidden == {"what": False, "where": True, "breathe": True, "report": True, "talk": True}


def test_a_sections_cards_show_the_guide_and_none_of_its_steps(tmp_path: Path) -> None:
    project_of(tmp_path)
    (tmp_path / "templates/section.md").write_text("---\nlabel: Section\n---\n{{ lead }}\n\n{{ cards() }}\n", "utf-8")
    index = tmp_path / "content/guides/index.md"
    index.write_text(index.read_text("utf-8").replace("type: topic", "type: section"), "utf-8")
    body = page_of(views_of(load_project(tmp_path)), "en", "guides/index").body.html
    assert [link[:2] for link in links_of(str(body))] == [("Something happened", "help/")]
