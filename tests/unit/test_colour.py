"""Colours: their spelling, their contrast, and tones of one hue."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from balise.colour import Colour, contrast, lightness_of, mix, nearest_tone, parse_colour, tone

BYTES = st.integers(0, 255)
COLOURS = st.builds(Colour, BYTES, BYTES, BYTES)
WHITE, BLACK = Colour(255, 255, 255), Colour(0, 0, 0)


@pytest.mark.parametrize(
    ("spelled", "colour"),
    [("#7a1f5c", Colour(122, 31, 92)), ("#FFF", WHITE), ("#0a8", Colour(0, 170, 136)), ("#000000", BLACK)],
)
def test_a_colour_has_three_or_six_hexadecimal_digits(spelled: str, colour: Colour) -> None:
    assert parse_colour(spelled) == colour


@pytest.mark.parametrize(
    "spelled", ["", "red", "#12", "#1234", "#12345678", "#ggg", "#fff;}", " #fff", "#fff\n", "rgb(0,0,0)", "#１２３"]
)
def test_nothing_else_is_a_colour(spelled: str) -> None:
    assert parse_colour(spelled) is None


@given(COLOURS)
def test_a_colour_is_read_as_it_is_written(colour: Colour) -> None:
    assert parse_colour(str(colour)) == colour


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [("#000", "#fff", 21.0), ("#777", "#fff", 4.478), ("#767676", "#fff", 4.542), ("#00f", "#fff", 8.592)],
)
def test_contrast_is_that_of_wcag(one: str, other: str, ratio: float) -> None:
    first, second = parse_colour(one), parse_colour(other)
    assert first
    assert second
    assert contrast(first, second) == contrast(second, first) == pytest.approx(ratio, abs=0.001)


@given(COLOURS)
def test_a_tone_of_the_same_lightness_is_the_same_colour(colour: Colour) -> None:
    same = tone(colour, lightness_of(colour))
    assert all(abs(a - b) <= 1 for a, b in zip(vars(same).values(), vars(colour).values(), strict=True))


@given(COLOURS, st.floats(0.2, 1))
def test_a_tone_has_the_lightness_asked_for(colour: Colour, lightness: float) -> None:
    assert math.isclose(lightness_of(tone(colour, lightness)), lightness, abs_tol=0.02)


@given(COLOURS)
def test_nothing_and_all_of_a_mixture_are_its_two_ends(colour: Colour) -> None:
    near = [abs(a - b) for a, b in zip(vars(mix(colour, WHITE, 1)).values(), vars(colour).values(), strict=True)]
    assert max(near) <= 1
    assert mix(colour, WHITE, 0) == WHITE


@given(COLOURS)
def test_the_nearest_tone_passes_and_none_nearer_does(colour: Colour) -> None:
    start = lightness_of(colour)
    found = nearest_tone(colour, start, lambda tried: contrast(tried, WHITE) >= 4.5)
    assert found is not None
    assert contrast(found, WHITE) >= 4.5
    lighter = tone(colour, lightness_of(found) + 0.02)
    assert start <= lightness_of(found) + 0.01 or contrast(lighter, WHITE) < 4.5


def test_where_no_tone_passes_there_is_none() -> None:
    assert nearest_tone(BLACK, 0.5, lambda tried: False) is None
