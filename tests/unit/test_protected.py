"""A translation keeps calls, links, code, tags, numbers and addresses of its source, in any order."""

from __future__ import annotations

import sys
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from balise.markdown import INLINE_TAGS, parse_events
from balise.protected import (
    PLAIN_START,
    compare_texts,
    compare_things,
    is_bare,
    plain_things,
    protected_things,
    string_fault,
)
from support.markup import pairs


@pytest.mark.parametrize(
    "text, things",
    [
        ('Call {{  phone("be-112")   }}.', ['{{ phone("be-112") }}']),
        ("[here](../a.md#b) and [again][r]", ["Link:../a.md#b", "Link:/ref"]),
        ("![photo of 3](p.png)", ["Image:p.png", "3"]),
        (
            "`code 5` <br> H<sub>2</sub>O",
            ["Code:code 5", "InlineHtml:<br>", "InlineHtml:<sub>", "2", "InlineHtml:</sub>"],
        ),
        ("as said[^law]", ["[^law]"]),
        ("12 000, 12.000, 12\u202f000 and 2 021", ["12000", "12000", "12000", "2021"]),
        ("on 18 November 2021", ["18", "2021"]),
        ("a {brace}", ["{", "}"]),
        ("write to help@line.example, or www.line.example/aide.", ["help@line.example", "www.line.example/aide"]),
        ('[x](u "call 116000")', ["Link:u", "116000"]),
        ('![{{ f("a") }}](p.png)', ['{{ f("a") }}', "Attribute:call", "Image:p.png"]),
        ('[x](u "{{ f() }}")', ["{{ f() }}", "Attribute:call", "Link:u"]),
        ("plain *words* **only**", []),
    ],
)
def test_things_of_a_text_that_its_translation_must_keep(text: str, things: list[str]) -> None:
    assert protected_things(text, "[r]: /ref") == Counter(things)


def test_order_and_words_are_free() -> None:
    source = 'Call {{ phone("x") }}, see [the *page*](a.md), 24 hours.'
    assert (
        compare_things(protected_things(source), protected_things('24 heures : la [page](a.md) ou {{ phone("x") }}'))
        == ""
    )


@pytest.mark.parametrize(
    "translation, fault",
    [
        ("nothing", 'loses "{{ phone("x") }}", link to "a.md", "24"'),
        ('{{ phone("y") }} [p](a.md) 24', 'loses "{{ phone("x") }}" and adds "{{ phone("y") }}"'),
        ('{{ phone("x") }} [p](b.md) 24', 'loses link to "a.md" and adds link to "b.md"'),
        ('{{ phone("x") }} [p](a.md) 24 ![i](j.png)', 'adds image "j.png"'),
        ('{{ phone("x") }} [p](a.md) 24 `c:d`', 'adds code "c:d"'),
        ('{{ phone("x") }} [p](a.md) 24 <b>!', 'adds tag "<b>"'),
        ('`{{ phone("x") }}` [p](a.md) 24', 'adds code "{{ … }}"'),
        ('[p](a.md "{{ phone("x") }}") 24', "adds a call inside an image's text or a link's title"),
        ('{{ phone("x") }} [p](a.md) 24 https://c.example:8/d', 'adds "8", "https://c.example:8/d"'),
    ],
)
def test_what_is_lost_and_added_is_said_in_words(translation: str, fault: str) -> None:
    source = 'Call {{ phone("x") }}, see [the page](a.md), 24 hours.'
    assert compare_things(protected_things(source), protected_things(translation)) == fault
    assert compare_texts(source, translation) == fault


DEFINITIONS = st.sampled_from(["", "[r]: /ref", '[x]: /y\n[r]: /ref "12"'])


@settings(max_examples=1000, deadline=None)
@given(pairs(), DEFINITIONS)
def test_texts_are_compared_as_the_parser_would_have_it(texts: tuple[str, str], definitions: str) -> None:
    things = [protected_things(text, definitions) for text in texts]
    assert compare_texts(*texts, definitions) == compare_things(*things)


@settings(max_examples=500, deadline=None)
@given(pairs())
def test_a_line_that_starts_plainly_is_one_paragraph(texts: tuple[str, str]) -> None:
    for text in filter(PLAIN_START.match, texts):
        events = parse_events(text.encode())
        blocks = [event.name for event in events if event.phase == "start" and event.name not in INLINE_TAGS]
        assert blocks == ["Paragraph"]


@pytest.mark.parametrize(
    "start", ["___", "__ _", "***", "* a", "*\ta", "_ _ _", "[a]: b", "[^a]: b", "- a", "1. a", "# a"]
)
def test_a_line_that_may_be_another_block_does_not_start_plainly(start: str) -> None:
    assert not PLAIN_START.match(start)


def test_a_text_of_words_is_bare_in_every_script_and_one_with_a_digit_in_none() -> None:
    assert all(map(is_bare, ("Mots « simples » — l’été…", "كلمات", "言葉", "단어", "*a* _b_ (c)", "")))
    digits = [chr(number) for number in range(sys.maxunicode + 1) if chr(number).isdecimal()]
    assert [char for char in (*digits, *"[]<>&`{}\\@/\n", "www.") if is_bare(f"mot {char}")] == []


@pytest.mark.parametrize(
    "text, things",
    [
        ("5 steps in 2 000 days", ["5", "2000"]),
        ("{count} of {total}", ["{count}", "{total}"]),
        ("a } b <b>c</b> <", ["}", "<b>", "</b>", "<"]),
        ("see https://a.example/x?", ["https://a.example/x"]),
    ],
)
def test_things_of_a_plain_text(text: str, things: list[str]) -> None:
    assert plain_things(text) == Counter(things)


@pytest.mark.parametrize(
    "source, translation, fault",
    [
        ("In {year} the line had {value} reports.", "La ligne a reçu {value} signalements en {year}.", ""),
        ("Every day from 9:00 to 23:00", "Tous les jours de 9 h à 23 h", ""),
        ("{value} reports", "2421 signalements", 'loses "{value}" and adds "2421"'),
        ("{value} reports", "{valeur} signalements", 'loses "{value}" and adds "{valeur}"'),
        ("{value} reports", "{value.__class__} signalements", 'loses "{value}" and adds "{value.__class__}"'),
        ("{value} reports", "{value} {value}", 'adds "{value}"'),
        ("Call 116 000", "Appelez le 116001", 'loses "116000" and adds "116001"'),
        ("Help", "<b>Aide</b>", 'adds "<b>", "</b>"'),
        ("Help", "Aide {{ x }}", 'adds "{", "{ x }", "}"'),
        ("Mail a@b.example", "Écrivez à a@c.example", 'loses "a@b.example" and adds "a@c.example"'),
    ],
)
def test_a_string_of_the_data_keeps_placeholders_tags_addresses_and_long_numbers(
    source: str, translation: str, fault: str
) -> None:
    assert string_fault(source, translation) == fault


@pytest.mark.parametrize("token", ["a", "a.", "a@", "1 ", "{", "<", "[", "`", "www."])
def test_a_long_line_of_one_mark_is_compared_in_a_number_of_steps_that_grows_with_it(token: str) -> None:
    text = token * 20_000
    assert compare_things(plain_things(text), plain_things(text)) == ""
    assert compare_things(protected_things(text), protected_things(text)) == ""
