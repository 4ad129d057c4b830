"""One recipe for Markdown: what it knows, what it leaves alone, and where each event stands."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from balise.markdown import Skeleton, block_skeleton, block_tags, line_and_column, parse_events, render_markdown, shield
from support.markup import commonmark_examples


@pytest.mark.parametrize(
    "markdown, html",
    [
        ("| a |\n|:-:|\n| b |\n", '<th style="text-align: center">a</th>'),
        ("x[^1]\n\n[^1]: note\n", '<div class="footnote-definition" id="1">'),
        ("~~gone~~", "<p><del>gone</del></p>\n"),
        ("- [x] done\n", '<li><input disabled="" type="checkbox" checked=""/>\ndone</li>'),
        ("## A {#b}\n", '<h2 id="b">A</h2>\n'),
        ("> [!WARNING]\n> careful\n", '<blockquote class="markdown-alert-warning">\n<p>careful</p>\n</blockquote>\n'),
        ("Term\n: meaning\n", "<dl>\n<dt>Term</dt>\n<dd>meaning</dd>\n</dl>\n"),
        ('https://bare.example/ (c) -- "x"', '<p>https://bare.example/ (c) -- "x"</p>\n'),
        ("$x$ ^up^ ~down~", "<p>$x$ ^up^ <del>down</del></p>\n"),
    ],
)
def test_each_construct_of_the_recipe_gives_its_html(markdown: str, html: str) -> None:
    assert html in render_markdown(markdown)


@pytest.mark.parametrize(
    "source, seen",
    [
        ('a {{ f("x|y") }} b', "a xxxxxxxxxxxxxx b"),
        ("{{ a }}{{ b }}", "xxxxxxxxxxxxxx"),
        ("  {% if x %}  \nt\n{% endif %}", "              \nt\n           "),
        ("{% if x %}t{% endif %}", "xxxxxxxxxxtxxxxxxxxxxx"),
        ("{## é ##} t", "xxxxxxxxxx t"),
        ("{{ open\n}}", "{{ open\n}}"),
        ("{{ a {{ b }}", "{{ a xxxxxxx"),
    ],
)
def test_the_parser_sees_calls_as_words_and_lone_tags_as_nothing_of_the_same_length(source: str, seen: str) -> None:
    assert shield(source.encode()).decode() == seen
    assert len(seen.encode()) == len(source.encode())


def test_events_carry_byte_offsets_of_the_source() -> None:
    events = [(event.phase, event.name, event.start, event.end) for event in parse_events("é *à*\n".encode())]
    assert events == [
        ("start", "Paragraph", 0, 8),
        ("leaf", "Text", 0, 3),
        ("start", "Emphasis", 3, 7),
        ("leaf", "Text", 4, 6),
        ("end", "Emphasis", 3, 7),
        ("end", "Paragraph", 0, 8),
    ]


@pytest.mark.parametrize(
    "one, other, same",
    [
        ("a *b*\n", "c [d](e)\n", True),
        ("## A {#x}\n", "## B {#y}\n", True),
        ("## A\n", "### A\n", False),
        ("- a\n", "1. a\n", False),
        ("- a\n", "- [ ] a\n", False),
        ("> a\n", "> [!NOTE]\n> a\n", False),
        ("a\n", "a\n\n***\n", False),
        ("| a |\n|---|\n", "| a | b |\n|---|---|\n", False),
    ],
)
def test_a_skeleton_is_the_blocks_without_their_words(one: str, other: str, same: bool) -> None:
    assert (block_skeleton(one.encode()) == block_skeleton(other.encode())) is same
    assert (block_tags(one.encode()) == block_tags(other.encode())) is same


@pytest.mark.parametrize(
    "one, other",
    [
        ("> [!NOTE]\n> a\n", "> [!TIP]\n> a\n"),
        ("- a\n- b\n", "- a\n\n- b\n"),
        ("1. a\n", "2. a\n"),
        ("- [ ] a\n", "- [x] a\n"),
        ("| a |\n|---|\n", "| a |\n|--:|\n"),
        ("a[^1]\n\n[^1]: b\n", "a[^1]\n\n[^2]: b\n"),
        ("Term\n: sense\n", "Term\n\nsense\n"),
        ("- a\n  - b\n", "- a\n- b\n"),
    ],
)
def test_tags_tell_apart_what_stands_in_the_details_of_blocks(one: str, other: str) -> None:
    assert None not in (block_tags(one.encode()), block_tags(other.encode()))
    assert block_tags(one.encode()) != block_tags(other.encode())


@pytest.mark.parametrize(
    "source", ["```py x\na\n```\n", "    a\n", "<p>\n", "a <br> b\n", "<!-- a -->\n", "<https://a.b/>\n"]
)
def test_tags_are_not_told_where_html_does_not_show_every_block(source: str) -> None:
    assert block_tags(source.encode()) is None


LINES = st.sampled_from(
    [
        *("", "word", "- a", "  - b", "  more", "1. x", "2. y", "> q", "> [!NOTE]", "> [!TIP]", "***", "---", "==="),
        *("## T", "### T {#a}", "| a |", "|---|", "|:-:|", "[^1]: n", "t[^1]", "Term", ": sense", "- [ ] t", "- [x] t"),
        *("[r]: u", "[r] *b* `c`", "![i](p)", "~~d~~  ", "x < y &", "a\\"),
    ]
)


def tags_and_skeleton(source: str) -> tuple[str | None, Skeleton]:
    """Return what a text's blocks are, told in two ways."""
    return block_tags(source.encode()), block_skeleton(source.encode())


SKELETONS = {tags: skeleton for tags, skeleton in map(tags_and_skeleton, commonmark_examples()) if tags is not None}


def test_examples_with_the_same_tags_have_the_same_skeleton() -> None:
    found = {tags_and_skeleton(source) for source in commonmark_examples()}
    assert len(SKELETONS) == sum(tags is not None for tags, _ in found) > 50


@settings(max_examples=300, deadline=None)
@given(st.lists(LINES, max_size=5), st.lists(LINES, max_size=5))
def test_texts_with_the_same_tags_have_the_same_skeleton(one: list[str], other: list[str]) -> None:
    known = dict(SKELETONS)
    for lines in (one, other):
        tags, skeleton = tags_and_skeleton("\n".join(lines))
        assert tags is None or known.setdefault(tags, skeleton) == skeleton


@pytest.mark.parametrize("offset, place", [(0, (1, 1)), (2, (1, 2)), (3, (2, 1)), (5, (2, 2))])
def test_places_count_characters_and_not_bytes(offset: int, place: tuple[int, int]) -> None:
    assert line_and_column("é\nàb".encode(), offset) == place
