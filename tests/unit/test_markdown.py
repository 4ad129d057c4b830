"""One recipe for Markdown: what it knows, what it leaves alone, and where each event stands."""

from __future__ import annotations

import pytest

from balise.markdown import block_skeleton, line_and_column, parse_events, render_markdown, shield


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


@pytest.mark.parametrize("offset, place", [(0, (1, 1)), (2, (1, 2)), (3, (2, 1)), (5, (2, 2))])
def test_places_count_characters_and_not_bytes(offset: int, place: tuple[int, int]) -> None:
    assert line_and_column("é\nàb".encode(), offset) == place
