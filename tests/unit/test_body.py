"""Bodies: where components may stand, what cannot be forged, marks, headings, sources, and the policy for translations."""

from pathlib import Path

import pytest
from markupsafe import Markup
from selectolax.lexbor import LexborHTMLParser

from balise.body import Marks, finish_body
from balise.sources import SourceView
from balise.theme_view import Heading
from support.topics import HEAD, PAGE, catalogue, compile_topic, html_of, problems_of, states, topic

PHONE = '{{ phone("be-line") }}'
FIGURE = '{{ figure("reports-2023") }}'
LIST = '{{ channels(for="talk") }}'
PICTURE = {"content/assets/a.png": b"png"}
PO = "locales/fr/pages/help/note.po"
SEALED = "stands in code, in a link or in an attribute [call-place]"
SEALED_FIX = "\n    fix: put the call into running text, or into a paragraph of its own"
SHARED = "shares its paragraph [call-place]\n    fix: leave an empty line before and after it"


def tree_of(
    root: Path, body: str, language: str = "en", files: dict[str, str | bytes] | None = None
) -> LexborHTMLParser:
    return LexborHTMLParser(html_of(root, body, language, files))


def parents(tree: LexborHTMLParser, selector: str) -> list[str]:
    return [node.parent.tag for node in tree.css(selector) if node.parent]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (f"Call {PHONE} now.\n", ["p"]),
        (f"{PHONE}\n", ["p"]),
        (f'He typed ="x, <abbr>a</abbr> and `b` [c](https://a.example/); call {PHONE}\n', ["p"]),
        (f"**{PHONE}** and *{PHONE}*\n", ["strong", "em"]),
        (f"- {PHONE}\n- two {PHONE}\n", ["li", "li"]),
        (f"| a | b |\n|---|---|\n| {PHONE} | c |\n", ["td"]),
        (f"> Call {PHONE}\n", ["p"]),
        (f"Term\n: {PHONE}\n", ["dd"]),
        (f"Lead.\n\n## Call {PHONE} {{#call}}\n", ["h2"]),
        (f"Note[^1].\n\n[^1]: Call {PHONE}.\n", ["p"]),
    ],
)
def test_an_inline_component_stands_in_running_text(tmp_path: Path, body: str, expected: list[str]) -> None:
    assert parents(tree_of(tmp_path, body), "a.phone") == expected


@pytest.mark.parametrize(
    ("body", "parent"),
    [
        (f"{LIST}\n", "body"),
        (f"Before.\n\n{LIST}\n\nAfter.\n", "body"),
        (f"- {LIST}\n", "li"),
        (f"- Before.\n\n  {LIST}\n", "li"),
        (f"> {LIST}\n", "blockquote"),
        (f"Term\n: {LIST}\n", "dd"),
    ],
)
def test_a_block_component_takes_the_place_of_its_paragraph(tmp_path: Path, body: str, parent: str) -> None:
    tree = tree_of(tmp_path, body)
    assert parents(tree, ".channel-list") == [parent]
    assert [node for node in tree.css("p") if not node.text(strip=True)] == []


def test_a_figure_is_a_card_alone_and_a_statement_in_a_sentence(tmp_path: Path) -> None:
    tree = tree_of(tmp_path, f"{FIGURE}\n\nWe read: {FIGURE}\n")
    assert [len(tree.css(".figure-card")), tree.css("body > p")[-1].text()] == [
        1,
        "We read: In 2023 the line received 2,421 reports.Source 1",
    ]


@pytest.mark.parametrize(
    ("body", "column", "call"),
    [
        (f"![{PHONE}](../assets/a.png)\n", 3, PHONE),
        (f"![a](../assets/a.png '{PHONE}')\n", 23, PHONE),
        (f"[a](index.md '{PHONE}')\n", 15, PHONE),
        (f"[a]({PHONE})\n", 5, PHONE),
        (f"[{PHONE}](index.md)\n", 2, PHONE),
        (f"`{PHONE}`\n", 2, PHONE),
        (f"    {PHONE}\n", 5, PHONE),
        (f"<abbr title='{PHONE}'>a</abbr>\n", 14, PHONE),
        (f"a `{LIST}`\n", 4, LIST),
    ],
)
def test_a_component_in_code_in_a_link_or_in_an_attribute_is_a_problem(
    tmp_path: Path, body: str, column: int, call: str
) -> None:
    found = problems_of(tmp_path, f"Lead.\n\n{body}", PICTURE)
    assert found == [f"content/help/note.md:8:{column}: error: {call} {SEALED}{SEALED_FIX}"]


@pytest.mark.parametrize(
    ("body", "column"),
    [
        (f"Call {LIST}\n", 6),
        (f"{LIST} now\n", 1),
        (f"{LIST}\n{LIST}\n", 1),
        (f"**{LIST}**\n", 3),
        (f"## {LIST} {{#a}}\n", 4),
        (f"| a |\n|---|\n| {LIST} |\n", 0),
    ],
)
def test_a_block_component_beside_anything_else_is_a_problem(tmp_path: Path, body: str, column: int) -> None:
    line = 8 if column else 10
    found = problems_of(tmp_path, f"Lead.\n\n{body}")
    assert found == [f"content/help/note.md:{line}:{column or 3}: error: {LIST} {SHARED}"]


def test_a_component_that_the_template_misplaces_is_a_problem_of_the_template(tmp_path: Path) -> None:
    skeleton = "---\nlabel: Topic\n---\n{{ lead }}\n\n{{ page.title }} {{ directory() }}\n\n{{ rest() }}\n"
    found = problems_of(tmp_path, "Lead.\n", {"templates/topic.md": skeleton})
    assert found == [f"templates/topic.md:4:1: error: a component of the template {SHARED}"]


@pytest.mark.parametrize(
    "forged",
    [
        "bdeadbeef0123x0z",
        "&#xE000;0&#xE001;",
        "\ue0000\ue001",
        "⦅abc-stale⦆",
        "⦅abc-end⦆",
        "@@source:none@@",
        "@@source:line-00000000@@",
    ],
)
def test_no_letters_an_author_writes_become_a_component_a_mark_or_a_source(tmp_path: Path, forged: str) -> None:
    tree = tree_of(tmp_path, f"Call {PHONE} {forged}\n")
    assert [len(tree.css("a")), len(tree.css("span, sup"))] == [1, 0]
    assert forged.replace("&#xE000;0&#xE001;", "\ue0000\ue001") in tree.css_first("p").text()


def test_nothing_of_the_working_marks_is_published(tmp_path: Path) -> None:
    site, _ = compile_topic(tmp_path, f"Lead {PHONE}.\n\n{FIGURE}\n\n{LIST}\n")
    for edition in site.editions.values():
        for page in edition.pages.values():
            assert not any(sign in page.body.html for sign in ("⦅", "⦆", "@@", "{{", "{%", "x0z"))


def test_two_compilations_give_the_same_bytes(tmp_path: Path) -> None:
    body = f"Lead {PHONE}.\n\n{FIGURE}\n"
    assert html_of(tmp_path, body, "fr") == html_of(tmp_path, body, "fr")


def test_marks_become_spans_that_name_the_language_or_the_age() -> None:
    marks = Marks("secret")
    html = marks.wrap("a", "en") + marks.wrap("b", "stale") + marks.wrap("c", "ar") + "⦅other-en⦆"
    assert marks.to_spans(html) == (
        '<span lang="en" dir="ltr">a</span><span class="stale">b</span><span lang="ar" dir="rtl">c</span>⦅other-en⦆'
    )


def test_headings_and_anchors_are_read_from_the_finished_page() -> None:
    html = (
        '<h2 id="a">One <a href="#x">two</a></h2><h3 id="b" lang="fr">Trois</h3><h4 id="c">four</h4><h2>five</h2>'
        '<p>an attribute id="d" in prose</p><section class="s" id="e"></section>'
    )
    body = finish_body(html, {})
    assert body.headings == (Heading("a", Markup("One two"), 2), Heading("b", Markup("Trois"), 3))
    assert body.anchors == {"a", "b", "c", "e", "content"}


def test_sources_are_numbered_in_order_of_appearance_each_once() -> None:
    sources = {key: SourceView(key, key, "", "", "", "") for key in ("a-1", "b-2", "c-3")}
    body = finish_body("<p>@@source:b-2@@ @@source:a-1@@ @@source:b-2@@ @@source:z@@</p>", sources)
    assert body.html == "<p>1 2 1 @@source:z@@</p>"
    assert body.sources == (sources["b-2"], sources["a-1"])


TWO = "First *text*.\n\nSecond text.\n"


def french(*units: tuple[str, ...]) -> dict[str, str | bytes]:
    meta = {"title": ("A note", "Une note"), "description": ("What to note.", "Que noter.")}
    return {PO: catalogue(*units, meta=meta)}  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("units", "expected", "counts"),
    [
        (
            (("First *text*.", "Premier *texte*."), ("Second text.", "Second texte.")),
            "<p>Premier <em>texte</em>.</p>\n<p>Second texte.</p>",
            {"current": 4},
        ),
        (
            (("First *text*.", "Premier *texte*."),),
            '<p>Premier <em>texte</em>.</p>\n<p><span lang="en" dir="ltr">Second text.</span></p>',
            {"current": 3, "missing": 1},
        ),
        (
            (("First *text*.", "*Premier* texte.", "First *old* text."), ("Second text.", "Second texte.")),
            '<p><span class="stale"><em>Premier</em> texte.</span></p>\n<p>Second texte.</p>',
            {"current": 3, "stale": 1},
        ),
        (
            (("First *text*.", "Premier texte 3."), ("Second text.", "Second texte.")),
            '<p><span lang="en" dir="ltr">First <em>text</em>.</span></p>\n<p>Second texte.</p>',
            {"current": 3, "refused": 1},
        ),
    ],
)
def test_each_unit_shows_its_translation_or_says_what_it_is(
    tmp_path: Path, units: tuple[tuple[str, ...], ...], expected: str, counts: dict[str, int]
) -> None:
    site, _ = compile_topic(tmp_path, TWO, french(*units))
    page = topic(site, "fr")
    assert (str(page.body.html).strip(), states(page)) == (expected, counts)


def test_a_refused_translation_is_reported_where_it_stands(tmp_path: Path) -> None:
    found = problems_of(tmp_path, TWO, french(("First *text*.", "Premier texte 3."), ("Second text.", "Second.")))
    assert found == [
        'locales/fr/pages/help/note.po:12:1: warning: the translation adds "3" [translation-broken]\n'
        "    fix: keep calls, links, code, tags and numbers as they are in msgid; the page shows the source text until then"
    ]


def test_a_missing_list_item_heading_and_cell_are_each_marked_alone(tmp_path: Path) -> None:
    body = "Lead.\n\n## One {#one}\n\n- two\n  - three\n\n| four |\n|---|\n| five |\n"
    units = (("Lead.", "Début."), ("two", "deux"), ("four", "quatre"))
    tree = tree_of(tmp_path, body, "fr", french(*units))
    assert [(node.parent.tag, node.text(), node.attributes) for node in tree.css("span") if node.parent] == [
        ("h2", "One", {"lang": "en", "dir": "ltr"}),
        ("li", "three", {"lang": "en", "dir": "ltr"}),
        ("td", "five", {"lang": "en", "dir": "ltr"}),
    ]


def test_emphasis_at_the_ends_of_a_missing_unit_stays_emphasis(tmp_path: Path) -> None:
    assert html_of(tmp_path, "_One_ two **three**\n", "fr") == (
        '<p><span lang="en" dir="ltr"><em>One</em> two <strong>three</strong></span></p>'
    )


def test_the_contents_list_keeps_the_mark_of_a_missing_heading(tmp_path: Path) -> None:
    site, _ = compile_topic(tmp_path, "Lead.\n\n## One {#one}\n")
    assert topic(site, "fr").body.headings == (Heading("one", Markup('<span lang="en" dir="ltr">One</span>'), 2),)


CRITICAL = HEAD.replace("type: topic\n", "type: topic\ncritical: [do]\n")
DO = "Lead.\n\n## Do this {#do}\n\nFirst step.\n\nSecond step.\n\n## Then {#then}\n\nLast.\n"
ENGLISH = (
    '<h2 id="do"><span lang="en" dir="ltr">Do this</span></h2>\n<p><span lang="en" dir="ltr">First step.</span></p>\n'
    '<p><span lang="en" dir="ltr">Second step.</span></p>\n'
)
FRENCH = '<h2 id="do">Faites ceci</h2>\n<p>Un.</p>\n<p>Deux.</p>\n'
FRAME = ("<p>Début.</p>\n", '<h2 id="then">Ensuite</h2>\n<p><span class="stale">Fin.</span></p>')


@pytest.mark.parametrize(
    ("second", "middle"),
    [
        ((("Second step.", "Deux."),), FRENCH),
        ((("Second step.", "Deux.", "Second old step."),), ENGLISH),
        ((("Second step.", "Deux 2."),), ENGLISH),
        ((), ENGLISH),
    ],
)
def test_a_critical_section_is_shown_whole_in_one_language(
    tmp_path: Path, second: tuple[tuple[str, ...], ...], middle: str
) -> None:
    units = (("Lead.", "Début."), ("Do this", "Faites ceci"), ("First step.", "Un."), *second)
    units = (*units, ("Then", "Ensuite"), ("Last.", "Fin.", "Last words."))
    site, _ = compile_topic(tmp_path, DO, french(*units), head=CRITICAL)
    assert str(topic(site, "fr").body.html).strip() == FRAME[0] + middle + FRAME[1]


def test_anchors_are_the_same_in_every_language(tmp_path: Path) -> None:
    body = "Lead.\n\n## What to note\n\n## Pinned {#pin}\n"
    site, _ = compile_topic(tmp_path, body, french(("What to note", "Que noter"), ("Pinned", "Fixé")))
    assert {tag: [heading.id for heading in topic(site, tag).body.headings] for tag in site.editions} == {
        tag: ["what-to-note", "pin"] for tag in ("fr", "nl", "en")
    }


@pytest.mark.parametrize(("language", "title"), [("en", "Warning"), ("fr", "Attention"), ("nl", "Let op")])
def test_alerts_are_titled_in_the_language_of_the_page(tmp_path: Path, language: str, title: str) -> None:
    tree = tree_of(tmp_path, "Lead.\n\n> [!WARNING]\n> Wait.\n", language)
    alert = tree.css_first("blockquote.alert.alert-warning")
    assert alert.css_first("p.alert-title").text() == title


@pytest.mark.parametrize(
    ("language", "back"), [("en", "Back to the text"), ("fr", "Retour au texte"), ("nl", "Terug naar de tekst")]
)
def test_footnotes_lead_back_in_the_language_of_the_page(tmp_path: Path, language: str, back: str) -> None:
    tree = tree_of(tmp_path, "Lead[^a].\n\n[^a]: Note.\n", language)
    assert tree.css_first(".footnote-back").attributes["aria-label"] == back


def test_typography_is_set_in_the_language_of_each_passage(tmp_path: Path) -> None:
    html = html_of(tmp_path, 'Why? "No".\n\nReally?\n', "fr", french(("Really?", "Vraiment ?")))
    assert html == '<p><span lang="en" dir="ltr">Why? “No”.</span></p>\n<p>Vraiment\u202f?</p>'


def test_a_block_is_set_alike_beside_prose_and_in_a_page_with_passages_in_other_languages(tmp_path: Path) -> None:
    pages = [html_of(tmp_path / name, body, "fr") for name, body in (("a", f"{LIST}\n"), ("b", f"One.\n\n{LIST}\n"))]
    lists = [LexborHTMLParser(html).css_first(".channel-list").html for html in pages]
    assert lists[0] == lists[1] != ""
    assert "lang=" not in pages[0].partition("channel-list")[0]
    assert "lang=" in pages[1].partition("channel-list")[0]


def test_an_if_may_hold_whole_sections_in_one_edition(tmp_path: Path) -> None:
    body = (
        'Lead.\n\n{% if edition("fr") %}\n\n## French {#french}\n\nOne.\n\n{% else %}\n\n## Others {#others}\n\nTwo.\n\n'
        "{% endif %}\n\nSee [there](#french) and [here](#others).\n"
    )
    site, problems = compile_topic(tmp_path, body)
    assert problems == ()
    assert {tag: sorted(site.editions[tag].pages[PAGE].body.anchors) for tag in ("fr", "nl", "en")} == {
        "fr": ["content", "french"],
        "nl": ["content", "others"],
        "en": ["content", "others"],
    }
