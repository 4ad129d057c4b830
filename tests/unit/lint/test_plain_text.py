"""A unit without its markup: what readers hear, and for each character where the author typed it."""

from __future__ import annotations

import random
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as some

from balise.lint.plain_text import CALL, levelled, plain_text

PIECES = (
    "one", "abus\u00e9", "e\u0301te\u0301", "na\u00efve", "o\u0302\u0323", "l\u2019abus", "116\u00a0000", "mis\u00adbruik", "\U0001f600", "20\u202f%",
    "*soft*", "**loud**", "_soft_", "***both***", "[a link](/x.md)", "[the *line*](https://a.example/b?c=d&e 'Title')", "[é](x)",
    "![a picture](/a.png)", "`code`", "``a ` b``", '{{ phone("be-line") }}', '{{ figure("é") }}', "&eacute;", "&amp;", "&#233;", "&nbsp;",
    "\\*", "\\[", "\\_x\\_", "\\{", "<https://a.example/>", "a<br>b", "<b>bold</b>", "[^1]", "a_b_c", "5 < 6", "{ x }", "a | b", "!",
)  # fmt: skip


def marked_texts() -> some.SearchStrategy[str]:
    return some.lists(some.sampled_from(PIECES), min_size=1, max_size=8).map(" ".join)


@given(marked_texts(), some.integers(0, 3))
def test_each_letter_leads_back_to_where_it_was_typed(marked: str, glue: int) -> None:
    if glue == 0:
        marked = marked.replace(" ", "", 1)
    plain = plain_text(marked)

    wrong = []
    for at, letter in enumerate(plain.text):
        origin = plain.origin(at)
        typed = marked[origin : origin + 4]
        same = unicodedata.normalize("NFC", levelled(typed)).startswith(letter)
        if not same and not typed.startswith("&") and letter not in (CALL, " "):
            wrong.append((letter, typed))

    assert wrong == []


@given(marked_texts())
def test_ways_back_go_forwards_only(marked: str) -> None:
    plain = plain_text(marked)

    ways = [plain.origin(at) for at in range(len(plain.text))]

    assert ways == sorted(ways)
    assert all(0 <= way < len(marked) for way in ways)


@given(marked_texts())
def test_what_is_plain_already_stays(marked: str) -> None:
    once = plain_text(marked).text

    assert plain_text(once, markdown=False).text == once


@pytest.mark.parametrize(
    "marked, text",
    [
        ("Call *now*, not **later**.", "Call now, not later."),
        ("Read [the *help* page](index.md).", "Read the help page."),
        ('Call {{ phone("be-line") }}.', f"Call {CALL}."),
        ("Type `code` here.", f"Type {CALL} here."),
        ("Tom &amp; Jerry &eacute;", "Tom & Jerry é"),
        ("2 \\* 3 \\[x\\]", "2 * 3 [x]"),
        ("&eacute; {{ date('2024') }} &amp; so", f"é {CALL} & so"),
        ("one<br>two", "one two"),
        ("*one*\ntwo", "one two"),
        ("l\u2019e\u0301le\u0300ve", "l'élève"),
        ("116\u00a0000, 20\u202f%", "116 000, 20 %"),
        ("mis\u00adbruik", "misbruik"),
        ("![A red dot](dot.png) there", "A red dot there"),
        ("<https://a.example/>", "https://a.example/"),
        ("<b>bold</b>", "bold"),
        ("", ""),
    ],
)
def test_what_readers_hear(marked: str, text: str) -> None:
    assert plain_text(marked).text == text


def test_a_text_that_is_no_markdown_keeps_its_signs() -> None:
    assert plain_text("2 * 3 * 4 [x] {{ y }}", markdown=False).text == "2 * 3 * 4 [x] {{ y }}"


@pytest.mark.parametrize(
    "marked, words, typed",
    [
        ("Call *now* or later.", "now", "now"),
        ("An *old word* here.", "old word", "old word"),
        ("An **old** word here.", "old word", "old** word"),
        ("An abus&eacute; here.", "abusé", "abus&eacute;"),
        ("An abuse\u0301 here.", "abusé", "abuse\u0301"),
        ("mis\u00adbruik here", "misbruik", "mis\u00adbruik"),
        ('Call {{ phone("be-line") }}.', f"Call {CALL}", 'Call {{ phone("be-line") }}'),
        ("Type `a b` here", CALL, "`a b`"),
        ("A&amp;B x", "A&B", "A&amp;B"),
    ],
)
def test_a_stretch_ends_where_its_last_letter_ends(marked: str, words: str, typed: str) -> None:
    plain = plain_text(marked)
    at = plain.text.index(words)
    first, last = plain.span(at, at + len(words))

    assert marked[first:last] == typed


def test_a_random_walk_over_long_texts_stays_in_step() -> None:
    rng = random.Random(6)
    marked = " ".join(rng.choice(PIECES) for _ in range(400)) + " the end"
    plain = plain_text(marked)

    assert marked[slice(*plain.span(plain.text.index("the end"), len(plain.text)))] == "the end"
