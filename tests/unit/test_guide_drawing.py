"""A guide as a drawing and as an outline: both say the same, and neither loads or runs anything."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from balise.catalogues import CataloguePhrases
from balise.components import Words
from balise.guide_drawing import draw_guide, outline, plain
from balise.guides.graph import nearest_ways
from balise.guides.model import Guide, Kind
from balise.pipeline import edition_phrases
from balise.project import Project, load_project
from support.commands import REPOSITORY
from support.guides import GUIDE, advice, changed, guide_of, nodes, outcome, question, some_guide

SVG = "{http://www.w3.org/2000/svg}"
ENGLISH = CataloguePhrases("en", "en")
ABOUT = "A tree of 5 boxes from left to right, of which 2 are ends. The list says the same."


@pytest.fixture
def words() -> Words:
    """What a drawing says of itself, in English."""
    return ENGLISH


@pytest.fixture(scope="module")
def reference() -> Project:
    return load_project(REPOSITORY)


def texts(root: ElementTree.Element) -> Iterator[str]:
    for node in root.iter(f"{SVG}text"):
        yield node.text or ""


def test_a_drawing_has_a_title_and_a_description_that_it_is_labelled_by(words: Words) -> None:
    root = ElementTree.fromstring(draw_guide(guide_of(GUIDE), words, "first"))
    title, about = root.find(f"{SVG}title"), root.find(f"{SVG}desc")
    assert title is not None
    assert about is not None
    assert (root.get("role"), root.get("lang"), root.get("aria-labelledby")) == ("img", "en", "first-title first-about")
    assert (title.get("id"), title.text) == ("first-title", "Something happened")
    assert (about.get("id"), about.text) == ("first-about", ABOUT)


def test_two_drawings_of_a_page_share_no_id(words: Words) -> None:
    page = draw_guide(guide_of(GUIDE), words, "one") + draw_guide(guide_of(GUIDE), words, "other")
    ids = re.findall(r' id="([^"]*)"', page)
    assert ids == ["one-title", "one-about", "other-title", "other-about"]


def test_every_node_is_a_box_and_every_route_a_line(words: Words) -> None:
    root = ElementTree.fromstring(draw_guide(guide_of(GUIDE), words))
    assert len(root.findall(f"{SVG}g")) == 5
    assert [line.get("stroke-dasharray") for line in root.findall(f"{SVG}path")] == [None] * 4 + ["4 4"] * 2
    assert {tuple(text.text for text in box.findall(f"{SVG}text")) for box in root.findall(f"{SVG}g")} == {
        ("What has happened?",),
        ("I saw a picture", "Where did you see it?"),
        ("On a page", "Take a breath"),
        ("Elsewhere", "Report it"),
        ("I want to talk", "Talk to somebody"),
    }


def test_an_end_has_a_thicker_edge_and_not_only_another_colour(words: Words) -> None:
    root = ElementTree.fromstring(draw_guide(nodes(question("a", "b", "c"), advice("b", "c"), outcome("c")), words))
    boxes = {box.findall(f"{SVG}text")[-1].text: box.find(f"{SVG}rect") for box in root.findall(f"{SVG}g")}
    assert {text: rect.get("stroke-width") for text, rect in boxes.items() if rect is not None} == {
        "What about a?": "1",
        "Think of b": "1",
        "Do c": "2.5",
    }


def test_hostile_words_stay_words(words: Words) -> None:
    hostile = '<script>alert(1)</script>"><img/src=x>&amp;'
    guide = replace(guide_of(GUIDE), title=hostile)
    svg = draw_guide(replace(guide, nodes={**guide.nodes, "what": replace(guide.nodes["what"], title=hostile)}), words)
    root = ElementTree.fromstring(svg)
    assert root.findtext(f"{SVG}title") == hostile
    assert "".join(texts(root)).startswith(hostile)
    assert {node.tag.removeprefix(SVG) for node in root.iter()} == {"svg", "title", "desc", "rect", "path", "g", "text"}


@pytest.mark.parametrize("name", ["something-happened", "under-18", "first-24-hours"])
def test_the_drawings_of_the_reference_site_load_and_run_nothing(name: str, reference: Project) -> None:
    svg = draw_guide(reference.guides[name], edition_phrases(reference, "en"))
    root = ElementTree.fromstring(svg)
    names = {key for node in root.iter() for key in node.attrib}
    assert not [key for key in names if key.endswith("href") or key.startswith("on") or key in ("src", "style")]
    assert "url(" not in svg
    assert len(root.findall(f"{SVG}g")) == len(reference.guides[name].nodes)


def test_the_same_guide_is_drawn_with_the_same_bytes(words: Words) -> None:
    assert draw_guide(guide_of(GUIDE), words) == draw_guide(guide_of(GUIDE), words)


@pytest.mark.parametrize(
    "text, words",
    [
        ("Read [what to note](../report/note.md).", "Read what to note."),
        ("See [the end](#talk) and [more](https://example.org/).", "See the end and more."),
        ("I want to *talk*, **now**, with `him`", "I want to talk, now, with him"),
        ("Nothing at all", "Nothing at all"),
    ],
)
def test_marks_and_targets_of_links_are_left_out(text: str, words: str) -> None:
    assert plain(text) == words


def test_an_outline_has_each_node_once_and_marks_ends_and_what_stands_above() -> None:
    assert outline(guide_of(GUIDE)) == [
        "[1] What has happened?",
        "  I saw a picture → [2] Where did you see it?",
        "    On a page → [3] Take a breath",
        "      [4] Report it ■",
        "    In a chat → [5] Talk to somebody ■",
        "    Elsewhere → [4] Report it ■…",
        "  I want to talk → [5] Talk to somebody ■…",
    ]


def test_a_way_back_is_named_and_not_followed() -> None:
    guide = nodes(question("a", "b"), question("b", "a", "c"), outcome("c"))
    assert outline(guide) == [
        "[1] What about a?",
        "  Answer 1 → [2] What about b?",
        "    Answer 1 → [1] What about a?…",
        "    Answer 2 → [3] Do c ■",
    ]


def test_a_node_that_only_a_link_leads_to_stands_in_the_outline_as_in_the_drawing(words: Words) -> None:
    only_linked = (
        ("I want to *talk*, go: talk", "I want to *talk*, go: report"),
        ("go: talk, when: {country: [FR]}", "go: breathe"),
    )
    guide = guide_of(changed(*only_linked))
    assert outline(guide)[-1] == "[5] Talk to somebody ■"
    assert "Talk to somebody" in [*texts(ElementTree.fromstring(draw_guide(guide, words)))]


@pytest.mark.parametrize("name", ["something-happened", "under-18", "first-24-hours"])
def test_the_outlines_of_the_reference_site_name_every_node_once(name: str, reference: Project) -> None:
    guide = reference.guides[name]
    assert first_numbers(guide) == sorted(list(guide.nodes).index(node) + 1 for node in nearest_ways(guide))
    ends = [line for line in outline(guide) if line.endswith("■")]
    assert len(ends) == sum(node.kind is Kind.OUTCOME for node in guide.nodes.values())


def first_numbers(guide: Guide) -> list[int]:
    """Return the numbers of the nodes that an outline writes out, sorted."""
    found = (re.search(r"\[(\d+)\]", line) for line in outline(guide) if not line.endswith("…"))
    return sorted(int(match[1]) for match in found if match)


def test_an_outline_of_a_guide_whose_start_is_not_there_is_empty() -> None:
    assert outline(replace(guide_of(GUIDE), start="gone")) == []


guides = st.builds(some_guide, st.integers(0, 10**6), st.integers(1, 40), st.integers(1, 30))


@given(guides)
def test_an_outline_writes_each_node_that_somebody_reaches_once(guide: Guide) -> None:
    assert first_numbers(guide) == sorted(list(guide.nodes).index(node) + 1 for node in nearest_ways(guide))


@given(guides)
def test_every_drawing_is_xml_with_a_box_for_each_node_that_the_outline_writes(guide: Guide) -> None:
    root = ElementTree.fromstring(draw_guide(guide, ENGLISH))
    assert len(root.findall(f"{SVG}g")) == len(first_numbers(guide))
