"""The theme's HTML: every example of every component in three languages, and a whole page."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest
from markupsafe import Markup
from selectolax.lexbor import LexborHTMLParser, LexborNode

from balise.component_examples import Example, load_examples
from balise.components import CONTENT_SECURITY_POLICY, bundle_styles, component_names, render_component, render_page
from balise.languages import Text
from balise.theme_view import (
    Alternate,
    Asset,
    Heading,
    LanguageLink,
    Link,
    NavigationItem,
    PageView,
    Review,
    TranslationNotice,
)

LANGUAGES = ("fr", "nl", "en")
EXAMPLES = {f"{name}: {example.name}": example for name in component_names() for example in load_examples(name)}


class Marked:
    """Words whose translations are the source between angle quotes, so that a test sees what went through them."""

    def __init__(self, language: str) -> None:
        self.language = language

    def gettext(self, message: str) -> str:
        return f"«{message}»"

    def ngettext(self, one: str, many: str, count: int) -> str:
        return f"«{one if count == 1 else many}»"


def parse(html: str) -> LexborHTMLParser:
    return LexborHTMLParser(html)


def one(tree: LexborHTMLParser | LexborNode, selector: str) -> LexborNode:
    """Return the only element the selector finds."""
    found = tree.css(selector)
    assert len(found) == 1, f"{len(found)} elements match {selector}"
    return found[0]


def words(node: LexborNode) -> str:
    """Return an element's text with single spaces; no-break spaces stay."""
    return " ".join(part for part in node.text().replace("\n", " ").split(" ") if part)


def shown(name: str, language: str = "en", **parameters: Any) -> LexborHTMLParser:
    return parse(render_component(name, Marked(language), **parameters))


def example(component: str, name: str) -> dict[str, Any]:
    return dict(EXAMPLES[f"{component}: {name}"].parameters)


def texts_in(value: Any) -> Iterator[Text]:
    """Yield every text of a view, however deep."""
    if isinstance(value, Text):
        yield value
    elif isinstance(value, (tuple, list)):
        for item in value:
            yield from texts_in(item)
    elif hasattr(value, "__dataclass_fields__"):
        for field in value.__dataclass_fields__:
            yield from texts_in(getattr(value, field))


def check_markup(tree: LexborHTMLParser) -> None:
    """Assert what holds for all HTML of the theme: what the policy forbids is absent, links are safe and named."""
    assert tree.css("script, style, [style], iframe, form, base") == []
    for node in tree.css("*"):
        assert not [name for name in node.attributes if name.startswith("on")]
    ids = [node.attributes["id"] for node in tree.css("[id]")]
    assert len(ids) == len(set(ids))
    for node in tree.css("[aria-labelledby]"):
        assert set((node.attributes["aria-labelledby"] or "").split()) <= set(ids)
    for link in tree.css("a[href]"):
        assert words(link) or link.attributes.get("aria-label"), link.html
        if (link.attributes["href"] or "").startswith("http"):
            assert {"noreferrer", "noopener"} <= set((link.attributes["rel"] or "").split()), link.html
    for link in tree.css('a[href^="tel:"]'):
        assert " " not in words(link), "a telephone number must not break across lines"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("case", EXAMPLES.values(), ids=EXAMPLES)
def test_every_example_keeps_the_rules_of_the_theme(case: Example, language: str) -> None:
    check_markup(shown(case.component, language, **case.parameters))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("case", EXAMPLES.values(), ids=EXAMPLES)
def test_every_example_marks_what_is_in_another_language(case: Example, language: str) -> None:
    tree = shown(case.component, language, **case.parameters)
    page = words(tree.body) if tree.body else ""
    expected = {t.text for value in case.parameters.values() for t in texts_in(value) if t.language != language}
    marked = {words(node) for node in tree.css("span[lang]")}
    assert {text for text in expected if text and text in page} <= marked
    assert marked <= expected


@pytest.mark.parametrize("name", component_names())
def test_every_component_has_an_example_and_says_what_it_does_for_accessibility(name: str) -> None:
    from balise.components import load_contract

    contract = load_contract(name)
    assert contract.name == name
    assert contract.placement in ("block", "inline", "page")
    assert contract.examples
    assert contract.accessibility


def test_a_card_leads_to_the_telephone_with_the_owners_spelling() -> None:
    button = one(shown("channel-card", **example("channel-card", "Every field")), "a.button")
    assert (button.attributes["href"], words(button)) == ("tel:116000", "«Call\u00a0116\u00a0000»")


def test_a_card_offers_every_way_of_contact_that_is_known() -> None:
    links = shown("channel-card", **example("channel-card", "Every field")).css("p:not(.status) a")
    assert [node.attributes["href"] for node in links] == [
        "tel:116000",
        "tel:+3222222222",
        "sms:8686",
        "https://library.example/chat",
        "mailto:books@library.example",
        "https://library.example/en",
    ]


def test_a_card_answers_the_questions_people_ask_in_their_order() -> None:
    tree = shown("channel-card", **example("channel-card", "Every field"))
    facts = [(words(one(row, "dt")), words(one(row, "dd"))) for row in tree.css("dl > div")]
    assert facts == [
        ("«What it is for»", "questions about books, advice for parents"),
        ("«How to reach it»", "by phone, by e-mail"),
        ("«Hours»", "every day on Sundays, until noon"),
        ("«Languages»", "Dutch, English and French"),
        ("«Cost»", "free"),
        ("«Your name»", "You do not have to give your name."),
        ("«What happens next»", "A librarian answers. You get a number for your question."),
        ("«Good to know»", "It does not lend by post."),
    ]


def test_a_card_that_nobody_confirmed_says_so_with_its_date() -> None:
    tree = shown("channel-card", **example("channel-card", "Every field"))
    expected = "«Not yet confirmed by the publisher of this site; assembled on 21 November 2026.»"
    assert words(one(tree, ".status")).startswith(expected)
    assert one(tree, ".status .source-mark a").attributes["href"] == "#source-library"


def test_a_checked_card_says_who_checked_and_when() -> None:
    tree = shown("channel-card", **example("channel-card", "Website only, checked, other languages"))
    assert words(one(tree, ".status")) == "Checked on 3 March 2027 by the publisher."
    assert "«This service does not list the language of this page.»" in words(one(tree, "dl"))
    assert one(tree, "h4 span").attributes["lang"] == "fr"


def test_an_expired_card_warns_before_the_number() -> None:
    tree = shown("channel-card", **example("channel-card", "Expired, telephone only"))
    order = [node.attributes.get("class") for node in tree.css(".doubt, .button")]
    assert order == ["doubt", "button"]
    assert tree.css("dl") == []


def test_the_first_country_stands_open_and_the_others_are_folded() -> None:
    tree = shown("channel-list", **example("channel-list", "Two countries"))
    assert [words(node) for node in tree.css("h3, h4")] == ["Belgium", "Library line", "«In another country?»"]
    assert words(one(tree, "details > summary")) == "France"
    assert one(tree, "details a.phone").attributes["href"] == "tel:54321"


def test_a_single_country_needs_no_heading_of_its_own() -> None:
    tree = shown("channel-list", **example("channel-list", "One country"), level=2)
    assert [(node.tag, words(node)) for node in tree.css("h2, h3, h4")] == [("h2", "Library line")]
    assert tree.css("details") == []


def test_each_country_of_the_directory_has_an_address() -> None:
    tree = shown("country-directory", **example("country-directory", "Two countries"))
    assert [node.attributes["href"] for node in tree.css("nav a")] == ["#be", "#fr"]
    assert [node.attributes["id"] for node in tree.css("section")] == ["be", "fr"]


def test_a_chart_draws_each_value_against_the_largest() -> None:
    tree = shown("chart", **example("chart", "Four years"))
    assert [node.attributes["width"] for node in tree.css("rect.bar")] == ["74.7%", "49.8%", "95.0%", "100.0%"]
    assert [words(node) for node in tree.css("svg text")] == [
        "2019", "1,204", "2020 *", "802", "2021", "1,530", "2022", "1,611",
    ]  # fmt: skip


def test_a_chart_has_a_name_a_description_and_a_table_of_its_values() -> None:
    tree = shown("chart", **example("chart", "Four years"))
    assert one(tree, "svg").attributes["aria-labelledby"] == "chart-loans-title chart-loans-desc"
    assert words(one(tree, "svg title")) == "Books borrowed"
    assert words(one(tree, "svg desc")) == (
        "«Bar chart, from 2019 (1,204) to 2022 (1,611). The table after it holds every value.»"
    )
    rows = [[words(cell) for cell in row.css("th, td")] for row in one(tree, "details table").css("tr")]
    assert rows == [
        ["«Period»", "books"],
        ["2019", "1,204"],
        ["2020", "802 (closed from March to May)"],
        ["2021", "1,530"],
        ["2022", "1,611"],
    ]


def test_long_values_of_a_chart_stand_below_their_labels() -> None:
    tree = shown("chart", **example("chart", "Long labels"))
    places = [(words(node), node.attributes["x"], node.attributes["y"]) for node in tree.css("svg text")]
    assert places == [
        ("November 2021", "0", "1.0em"),
        ("more than 131 million", "0", "2.3em"),
        ("May 2022", "0", "4.9em"),
        ("262 million", "0", "6.2em"),
    ]
    assert one(tree, "svg").attributes["height"] == "7.8em"


def test_a_chart_of_nothing_is_still_a_chart() -> None:
    tree = shown("chart", **example("chart", "One point, nothing counted"))
    assert one(tree, "rect.bar").attributes["width"] == "0.0%"


def test_a_claim_says_who_and_when_as_far_as_is_known() -> None:
    said = [words(node) for name in ("Attributed and dated", "Dated") for node in shown(
        "claim", **example("claim", name)
    ).css(".claim")]  # fmt: skip
    assert said == ["(City library, May 2021)", "(May 2021)"]
    assert shown("claim", **example("claim", "Bare")).css(".claim") == []


def test_a_source_mark_waits_for_its_number() -> None:
    link = one(shown("source-mark", **example("source-mark", "Mark")), "sup.source-mark > a")
    assert link.attributes["href"] == "#source-library-report"
    assert words(link) == "«Source» @@source:library-report@@"


def test_sources_are_numbered_entries_with_anchors() -> None:
    tree = shown("sources", **example("sources", "All kinds"))
    assert [(node.attributes["id"], words(node)) for node in tree.css("ol > li")] == [
        ("source-library-report", "City library: Report for 2022, May 2023. read from a stored copy"),
        ("source-paper", "Evening paper: A title without an address."),
        ("source-page", "Archive."),
        ("source-letter", "A letter, 2019."),
    ]


def test_a_source_without_a_title_is_linked_by_its_publisher() -> None:
    links = shown("sources", **example("sources", "All kinds")).css("a")
    assert [(words(node), node.attributes["href"]) for node in links] == [
        ("Report for 2022", "https://library.example/report"),
        ("Archive", "https://archive.example/"),
    ]


def test_the_kind_of_an_alert_is_said_in_words() -> None:
    titles = [
        words(one(shown("alert-title", kind=kind), "p")) for kind in ("note", "tip", "important", "warning", "caution")
    ]
    assert titles == ["«Note»", "«Tip»", "«Important»", "«Warning»", "«Take care»"]


def test_an_unfinished_translation_counts_what_is_missing_and_what_is_old() -> None:
    tree = shown("translation-notice", "fr", **example("translation-notice", "Missing and stale"))
    assert [words(node) for node in tree.css("p")] == [
        "«3 passages of 40 are still in English.»",
        "«1 passage translates an older version of the text; it is marked.»",
        "«Read this page in English»",
    ]


def test_a_source_language_without_an_edition_is_not_linked() -> None:
    tree = shown("translation-notice", "fr", **example("translation-notice", "No edition in the source language"))
    assert [words(node) for node in tree.css("p, a")] == ["«1 passage of 40 is still in English.»"]


def test_a_helpline_that_cannot_be_reached_is_not_offered() -> None:
    assert shown("help-bar", **example("help-bar", "Neither telephone nor website")).css("li") == []


def test_a_short_page_has_no_list_of_contents() -> None:
    assert shown("contents", **example("contents", "Short page")).css("nav") == []


def test_the_list_of_contents_holds_the_main_headings() -> None:
    tree = shown("contents", **example("contents", "Long page"))
    assert [node.attributes["href"] for node in tree.css("a")] == ["#do", "#never", "#next", "#why"]


def help_bar(emergency: Any = None, helpline: Any = None) -> Markup:
    return render_component("help-bar", Marked("fr"), emergency=emergency, help=helpline)


def sample_page(**changes: Any) -> PageView:
    """Return a page as the pipeline makes them, in French with an English remainder."""
    title = Text("J’ai perdu un livre <rare>", "fr")
    card = example("channel-card", "Every field")["channel"]
    marked = Marked("fr")
    menu = (
        NavigationItem(Text("Aide", "fr"), "../", True, (NavigationItem(title, "./", True),)),
        NavigationItem(Text("About", "en"), "../../a-propos/", False),
    )
    way = (Link(Text("Accueil", "fr"), "../../"), Link(Text("Aide", "fr"), "../"))
    page = PageView(
        language="fr",
        direction="ltr",
        kind="situation",
        title=title,
        description=Text("Que faire & à qui parler.", "fr"),
        site_name=Text("Bibliothèque", "fr"),
        head_title="J’ai perdu un livre - Bibliothèque",
        canonical="https://library.example/fr/aide/livre/",
        alternates=(
            Alternate("fr", "https://library.example/fr/aide/livre/"),
            Alternate("en", "https://library.example/en/"),
        ),
        x_default="https://library.example/",
        stylesheet=Asset("../../../balise.css", "sha384-abc"),
        base="../../../",
        home_url="../../",
        exit=render_component("exit-link", marked, url="https://www.wikipedia.org/"),
        help_bar=help_bar(replace(card, phone_href="tel:112", phone_shown="112"), card),
        languages=(
            LanguageLink("fr", "Français", "./", True, True),
            LanguageLink("nl", "Nederlands", "../../../nl/hulp/boek/", False, False),
            LanguageLink("en", "English", "../../../en/help/book/", False, True),
        ),
        navigation=render_component("navigation", marked, items=menu),
        breadcrumb=render_component("breadcrumb", marked, links=way),
        body=Markup('<p>Respirez.</p><h2 id="do">Que faire</h2><p>Ceci.</p>')
        + render_component("channel-card", Marked("fr"), channel=card),
        contents=(Heading("do", Markup("Que faire"), 2),),
        notice=TranslationNotice(1, 0, 12, "anglais", "../../../en/help/book/"),
        sources=render_component("sources", marked, sources=card.sources),
        review=Review("21 novembre 2026", "une rédactrice", "21 novembre 2027"),
        assembled="20 novembre 2026",
        next=Link(Text("Ensuite", "fr"), "../suite/"),
        footer=render_component(
            "page-footer",
            marked,
            links=(Link(Text("Vie privée", "fr"), "../../vie-privee/"),),
            licence_url="https://creativecommons.org/licenses/by/4.0/",
        ),
    )
    return replace(page, **changes)


def page_tree(**changes: Any) -> LexborHTMLParser:
    view = sample_page(**changes)
    return parse(render_page(view, Marked(view.language)))


def test_a_page_is_filled_as_a_dataclass_is_replaced() -> None:
    page, title = sample_page(), Text("Autre", "fr")
    assert page.filled(title=title, noindex=True) == replace(page, title=title, noindex=True)
    assert page == sample_page()


def test_a_page_keeps_the_rules_of_the_theme() -> None:
    check_markup(page_tree())


def test_a_page_carries_the_policy_that_allows_nothing_from_elsewhere() -> None:
    tree = page_tree()
    assert one(tree, 'meta[http-equiv="Content-Security-Policy"]').attributes["content"] == CONTENT_SECURITY_POLICY
    assert one(tree, 'meta[name="referrer"]').attributes["content"] == "no-referrer"
    assert one(tree, 'meta[name="color-scheme"]').attributes["content"] == "light dark"
    assert one(tree, 'meta[name="viewport"]').attributes["content"] == "width=device-width, initial-scale=1"


def test_a_page_loads_one_style_sheet_and_no_icon() -> None:
    tree = page_tree()
    sheet = one(tree, 'link[rel="stylesheet"]')
    assert (sheet.attributes["href"], sheet.attributes["integrity"]) == ("../../../balise.css", "sha384-abc")
    assert one(tree, 'link[rel="icon"]').attributes["href"] == "data:,"
    assert tree.css("img, [src], [srcset]") == []


def test_a_style_sheet_without_a_digest_has_no_integrity() -> None:
    assert "integrity" not in one(page_tree(stylesheet=Asset("a.css")), 'link[rel="stylesheet"]').attributes


def test_a_page_runs_one_script_from_a_file_when_the_body_is_read() -> None:
    tree = page_tree(script=Asset("../../../balise.js", "sha384-def"))
    script = one(tree, "script")
    assert script.attributes == {"defer": None, "src": "../../../balise.js", "integrity": "sha384-def"}
    assert script.text() == ""
    assert "integrity" not in one(page_tree(script=Asset("a.js")), "script").attributes
    assert page_tree().css("script") == []


def test_the_keyboard_reaches_the_exit_first_then_the_skip_link_then_the_numbers() -> None:
    links = [node.attributes["href"] for node in page_tree().css("a[href], button, summary, input, [tabindex]")[:5]]
    assert links == ["https://www.wikipedia.org/", "#content", "tel:112", "tel:116000", "../../"]


def test_the_exit_is_a_plain_link_that_says_what_it_does_not_do() -> None:
    exit_bar = one(page_tree(), ".exit-link")
    assert dict(one(exit_bar, "a").attributes) == {"href": "https://www.wikipedia.org/", "rel": "noreferrer noopener"}
    assert words(exit_bar) == "«Leave this site quickly» «Your history is not erased»"


def test_the_help_bar_names_whom_each_number_belongs_to() -> None:
    links = page_tree().css(".help-bar a")
    assert [(node.attributes["aria-label"], words(node)) for node in links] == [
        ("«Emergency number» 112", "112"),
        ("City library 116 000", "116\u00a0000"),
    ]


def test_a_site_without_numbers_has_no_help_bar() -> None:
    assert page_tree(help_bar=help_bar()).css(".help-bar") == []


def test_a_page_says_its_language_and_direction() -> None:
    html = one(page_tree(language="ar", direction="rtl"), "html")
    assert (html.attributes["lang"], html.attributes["dir"]) == ("ar", "rtl")


def test_each_language_is_named_in_itself() -> None:
    links = page_tree().css(".language-switch a")
    assert [(node.attributes["lang"], node.attributes["hreflang"], words(node)) for node in links] == [
        ("fr", "fr", "Français"), ("nl", "nl", "Nederlands"), ("en", "en", "English"),
    ]  # fmt: skip
    assert [node.attributes.get("aria-current") for node in links] == ["true", None, None]
    assert [words(node) for node in page_tree().css(".language-switch small")] == ["«not translated yet»"]


def test_the_navigation_shows_where_the_reader_is() -> None:
    links = page_tree().css(".navigation a")
    assert [(words(node), node.attributes.get("aria-current")) for node in links] == [
        ("Aide", "true"), ("J’ai perdu un livre <rare>", "page"), ("About", None),
    ]  # fmt: skip
    assert one(links[2], "span").attributes["lang"] == "en"


def test_a_draft_says_so_before_its_text_and_in_the_navigation() -> None:
    notices = {kind: words(one(shown("draft-notice", kind=kind), ".draft-notice")) for kind in ("page", "text")}
    assert notices == {
        "page": "«Draft.» «This page is not published yet: only this preview shows it.»",
        "text": "«Draft.» «This text is not published yet: readers see the translation.»",
    }
    tree = shown("navigation", **example("navigation", "With a draft, as only the preview shows it"))
    assert [words(node) for node in tree.css("a")] == ["Something happened", "I lost a book «(draft)»"]


def test_a_page_has_one_main_heading_and_skips_no_level() -> None:
    tree = page_tree()
    assert words(one(tree, "main h1")) == "J’ai perdu un livre <rare>"
    levels = [int((node.tag or "h0")[1]) for node in tree.css("h1, h2, h3, h4, h5, h6")]
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_search_engines_are_told_about_address_and_translations() -> None:
    tree = page_tree()
    assert one(tree, 'link[rel="canonical"]').attributes["href"] == "https://library.example/fr/aide/livre/"
    assert [node.attributes["hreflang"] for node in tree.css('link[rel="alternate"]')] == ["fr", "en", "x-default"]
    assert tree.css('meta[name="robots"]') == []


def test_a_page_without_an_address_claims_none() -> None:
    tree = page_tree(canonical="", alternates=(), x_default="", noindex=True)
    assert tree.css('link[rel="canonical"], link[rel="alternate"]') == []
    assert one(tree, 'meta[name="robots"]').attributes["content"] == "noindex"


def test_a_page_says_when_it_was_reviewed_and_its_facts_assembled() -> None:
    tree = page_tree()
    assert [words(node) for node in tree.css(".review-box dd")] == [
        "21 novembre 2026",
        "une rédactrice",
        "21 novembre 2027",
    ]
    facts = words(one(tree, ".review-box > p"))
    assert facts.startswith("«The facts on this page were assembled on 20 novembre 2026 from stored copies")
    assert page_tree(review=None, assembled="").css(".review-box") == []


def test_a_page_leads_on_to_the_next_and_out_to_the_footer() -> None:
    tree = page_tree()
    assert [(node.attributes["rel"], words(node)) for node in tree.css(".page-links a")] == [("next", "«Next» Ensuite")]
    assert [words(node) for node in tree.css("footer a")] == ["Vie privée", "«Licence of the texts»"]


def test_the_frame_of_a_page_and_its_style_leave_room_for_the_article() -> None:
    frame, style = render_page(sample_page(), Marked("fr")), bundle_styles(of="", without=("site-logo",))
    assert len(gzip.compress(frame.encode(), mtime=0)) + len(gzip.compress(style.encode(), mtime=0)) <= 7_000
