"""Words that a pattern needs: a text without them is never searched, so a text that matches must hold them."""

from __future__ import annotations

import random
import re

import pytest
from hypothesis import given
from hypothesis import strategies as some

from balise.lint.fragments import DIGIT, Finder, needed, small
from balise.lint.wording import Wording
from support.gate_cases import reference_project
from support.gate_sheets import registry, term

PATTERNS = sorted(
    {
        pattern
        for rule in reference_project().registries.terms.values()
        for table in (rule.patterns, {tag: (text,) for tag, text in rule.when.items()})
        for sources in table.values()
        for pattern in sources
    }
)
EXAMPLES = [
    text
    for rule in reference_project().registries.terms.values()
    for table in (rule.bad, rule.good)
    for text in table.values()
]
FINDERS = {source: Finder({word for words in needed(source) for word in words}) for source in PATTERNS}
COMPILED = {source: re.compile(source, re.IGNORECASE) for source in PATTERNS}


def is_ruled_out(pattern: str, text: str) -> bool:
    """Tell whether the gate would not search a text for a pattern."""
    sets = needed(pattern)
    there = Finder({word for words in sets for word in words}).present(small(text))
    return not all(words & there for words in sets)


def mangled(rng: random.Random, text: str) -> str:
    """Return a text as somebody else may have typed it."""
    for _ in range(rng.randint(0, 4)):
        at = rng.randrange(len(text) + 1)
        match rng.randrange(7):
            case 0:
                text = text.upper()
            case 1:
                text = text.title()
            case 2:
                text = text[:at] + rng.choice(" -_.,'\"\u00a0") + text[at:]
            case 3:
                text = text[at:]
            case 4:
                text = text[:at]
            case 5:
                text = text.replace(*rng.choice((("i", "İ"), ("i", "ı"), ("s", "ſ"), ("k", "\u212a"), ("a", "A"))))
            case _:
                text = f"{rng.choice(EXAMPLES)}{rng.choice(('', ' ', '. '))}{text}"
    return text


@given(some.integers(0, 2**32))
def test_no_text_that_a_pattern_of_the_registry_matches_is_ruled_out(seed: int) -> None:
    rng = random.Random(seed)
    text = mangled(rng, rng.choice(EXAMPLES))
    lowered = small(text)

    lost = [
        source
        for source in PATTERNS
        if not all(words & FINDERS[source].present(lowered) for words in needed(source))
        and COMPILED[source].search(text)
    ]

    assert lost == []


@pytest.mark.parametrize(
    "pattern, text",
    [
        ("child porn", "a child porn site"),
        (r"child\s+porn", "CHILD   PORN"),
        ("child(?:ren)?'s porn", "child's porn"),
        ("(?:child|kid)s? porn", "kids porn"),
        ("(?:child|)porn", "porn"),
        ("porno?graphy", "porngraphy"),
        ("(?=.*abuse)child", "child abuse"),
        ("child(?! abuse)", "child"),
        ("(?<!sexual )abuse", "abuse"),
        ("(?<=my )abuse", "my abuse"),
        ("(?:abuse){0,2}x", "x"),
        ("(?:abuse){2}", "abuseabuse"),
        ("(?:abuse)+?", "abuse"),
        ("(?>abuse)", "ABUSE"),
        ("(?:abuse)++", "abuse"),
        ("(?i:ABUSE)", "abuse"),
        ("(?s)a.buse", "a\nbuse"),
        ("(?x) ab use  # a remark", "abuse"),
        ("[cC]hild", "Child"),
        ("[^c]hild", "xhild"),
        ("(child)?(?(1) abuse|none)", "none"),
        (r"(child) \1", "child child"),
        ("pédo(?:phile|porno)", "PÉDOPORNO"),
        ("straße", "STRAßE"),
        ("straße", "STRA\u1e9eE"),
        ("misbruik", "m\u0130sbru\u0130k"),
        ("misbruik", "m\u0131sbru\u0131k"),
        ("misbruik", "mi\u017fbruik"),
        ("misbruik", "misbrui\u212a"),
        ("m\u0130s", "mis"),
        ("m\u0131s", "mis"),
        ("mi\u017fs", "MISS"),
        ("\u212aind", "kind"),
        ("Å", "å"),
        ("ΟΔΟΣ", "οδος"),
        ("οδος", "ΟΔΟΣ x"),
        ("µg", "μG"),
        ("жест", "ЖЕСТ"),
        (r"\d{2} reports", "21 reports"),
        (r"\d{2} reports", "٣٤ reports"),
        (r"[0-9]+ reports", "21 reports"),
        (r"\D reports", "x reports"),
        (r"[\d.]+ reports", "1. reports"),
        ("a b", "A B"),
        ("0 %", "0 %"),
        ("e.g.", "e.g."),
        ("l'abus", "L'ABUS"),
        ("under-age", "Under-Age"),
        ("a_b", "a_b"),
        ("", "x"),
        ("cooperat|coöperat", "COÖPERATIE"),
        ("cafe\u0301s", "CAFE\u0301S"),
        ("²m", "²M"),
    ],
)
def test_a_text_that_matches_holds_what_the_pattern_needs(pattern: str, text: str) -> None:
    assert re.search(pattern, text, re.IGNORECASE), "the test itself is wrong"
    assert not is_ruled_out(pattern, text)


@pytest.mark.parametrize(
    "pattern, sets",
    [
        ("abuse", [{"abuse"}]),
        (r"child\s+abuse", [{"child"}, {"abuse"}]),
        ("(?:child|minor) abuse", [{"abuse"}, {"child", "minor"}]),
        (r"\d+ reports", [{"reports"}, {DIGIT}]),
        ("(?:child)?", []),
        ("a|bc", []),
        (".*", []),
    ],
)
def test_what_a_pattern_needs(pattern: str, sets: list[set[str]]) -> None:
    found = sorted(map(sorted, needed(pattern)), key=lambda words: words)

    assert found == sorted(map(sorted, sets))


def test_a_text_that_lacks_a_word_is_ruled_out() -> None:
    assert is_ruled_out("(?:child|minor) abuse", "a child")
    assert is_ruled_out(r"\d+ reports", "many reports")
    assert not is_ruled_out("(?:child|minor) abuse", "a minor; abuse")


@pytest.mark.parametrize("text", ["A m\u0130sbruik.", "A m\u0131sbruik.", "A mi\u017fbruik.", "A misbrui\u212a."])
def test_look_alike_letters_hide_no_word_from_a_rule(text: str) -> None:
    found = list(Wording(registry(term("word", "misbruik")), "en").read(f"One.\n{text}\nTwo."))

    assert [(name, start, end) for name, start, end, _ in found] == [("word", 7, 15)]


@given(some.text(alphabet=some.sampled_from("aiıİsſkK\u212aéß\u1e9eΣσς \u0307")))
def test_small_letters_are_as_many_as_there_were(text: str) -> None:
    assert len(small(text)) == len(text)


def test_each_letter_that_counts_as_the_same_is_found_as_the_same() -> None:
    letters = [chr(code) for code in range(0x30000) if chr(code).isalpha()]
    forms: dict[str, set[str]] = {}
    for letter in letters:
        for form in (letter.lower(), letter.upper(), letter.casefold()):
            if len(form) == 1:
                forms.setdefault(form, set()).add(letter)
    rows = {"".join(sorted({*others, form})) for form, others in forms.items() if {*others, form} != {form}}

    lost = [
        (letter, twin)
        for row in rows
        for letter in row
        for twin in re.findall(re.escape(letter), row, re.IGNORECASE)
        if is_ruled_out(letter * 2, twin * 2)
    ]

    assert lost == []
