"""Looks: the first list of a section gets the class of its look, and nothing else does."""

from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from balise.looks import LOOKS, set_looks
from balise.page import parse_page_type
from support.topics import html_of

DO = '<h2 id="do">Do</h2>\n'
TYPE = "---\nlabel: Topic\nsections:\n  do: {look: steps}\n  never: {look: never}\n---\n{{ lead }}\n\n{{ rest() }}\n"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("<ol>\n<li>a</li>\n</ol>\n", '<ol class="look-steps">\n<li>a</li>\n</ol>\n'),
        ('<ol start="3">\n<li>a</li>\n</ol>\n', '<ol class="look-steps" start="3">\n<li>a</li>\n</ol>\n'),
        (
            "<p>First.</p>\n<ul>\n<li>a</li>\n</ul>",
            '<p>First.</p>\n<ul class="look-steps">\n<li>a</li>\n</ul>',
        ),
        (
            "<blockquote>\n<ul>\n<li>a</li>\n</ul>\n</blockquote>\n<ul>\n<li>b</li>\n</ul>",
            '<blockquote>\n<ul>\n<li>a</li>\n</ul>\n</blockquote>\n<ul class="look-steps">\n<li>b</li>\n</ul>',
        ),
    ],
)
def test_the_first_list_of_the_section_has_the_look(before: str, after: str) -> None:
    assert set_looks(DO + before, {"do": "steps"}) == DO + after


def test_lists_inside_it_and_after_it_stay_plain() -> None:
    html = DO + "<ol>\n<li>a\n<ul>\n<li>b</li>\n</ul>\n</li>\n</ol>\n<ul>\n<li>c</li>\n</ul>\n"
    assert set_looks(html, {"do": "steps"}) == html.replace("<ol>", '<ol class="look-steps">')


@pytest.mark.parametrize(
    "html",
    [
        "<p>Only words.</p>\n",
        DO + '<p>None here.</p>\n<h2 id="next">Next</h2>\n<ul>\n<li>a</li>\n</ul>\n',
        '<h3 id="do">Do</h3>\n<ul>\n<li>a</li>\n</ul>\n',
        f"<blockquote>\n{DO}</blockquote>\n<ul>\n<li>a</li>\n</ul>\n",
        DO + '<p><a href="x" title="<ol> and <ul>">a</a></p>\n',
    ],
)
def test_a_section_without_a_list_of_its_own_stays_as_it_is(html: str) -> None:
    assert set_looks(html, {"do": "steps"}) == html


def test_no_word_of_an_author_in_a_link_becomes_a_tag() -> None:
    link = '<p><a href="x" title="<ol onclick=y">a</a></p>\n'
    html = f"{DO}{link}<ul>\n<li>a</li>\n</ul>\n"
    assert set_looks(html, {"do": "do"}) == f'{DO}{link}<ul class="look-do">\n<li>a</li>\n</ul>\n'


def test_a_page_shows_the_looks_that_its_type_asks_for_in_every_language(tmp_path: Path) -> None:
    body = (
        "Lead.\n\n- lead\n\n## Do {#do}\n\n1. one\n2. two\n\n## Never {#never}\n\n- three\n\n## Why {#why}\n\n- four\n"
    )
    for language in ("en", "fr"):
        tree = LexborHTMLParser(html_of(tmp_path, body, language, {"templates/topic.md": TYPE}))
        looks = [(node.tag, node.attributes.get("class")) for node in tree.css("ul, ol")]
        assert looks == [("ul", None), ("ol", "look-steps"), ("ul", "look-never"), ("ul", None)]


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        (
            "do: {look: stairs}",
            f'templates/topic.md:4:14: error: "look" is "stairs" [data-invalid]\n    fix: allowed: {", ".join(LOOKS)}',
        ),
        (
            "do: {look: step}",
            'templates/topic.md:4:14: error: "look" is "step" [data-invalid]\n'
            f'    fix: did you mean "steps"? allowed: {", ".join(LOOKS)}',
        ),
        (
            "lead: {look: steps}",
            "templates/topic.md:4:10: error: the lead has no heading, so it takes no look [data-invalid]\n"
            "    fix: begin a section with a heading, and give it the look",
        ),
    ],
)
def test_a_look_that_does_not_exist_or_has_no_place_is_a_problem(rule: str, expected: str) -> None:
    text = f"---\nlabel: Topic\nsections:\n  {rule}\n---\n{{{{ lead }}}}\n"
    page_type, problems = parse_page_type(text, "templates/topic.md", "topic", {})
    assert page_type is None
    assert [str(problem) for problem in problems] == [expected]
