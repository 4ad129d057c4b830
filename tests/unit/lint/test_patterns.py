"""No pattern of the gate takes exponential or cubic time, as an independent tool sees it."""

from __future__ import annotations

import pytest

from bench.patterns import WORST_STARS, _of_modules, all_patterns, stars

pytestmark = pytest.mark.filterwarnings("ignore:module 'sre_:DeprecationWarning")


def test_no_pattern_repeats_what_repeats() -> None:
    patterns = {*all_patterns(), *_of_modules()}

    assert len(patterns) > 500
    assert {(pattern.name, found) for pattern in patterns if (found := stars(pattern))[0] > WORST_STARS} == set()


def test_a_bad_pattern_would_be_seen() -> None:
    from bench.patterns import Pattern

    assert stars(Pattern("bad", r"\b(?:\w+\s*)+!", 0))[0] > WORST_STARS
