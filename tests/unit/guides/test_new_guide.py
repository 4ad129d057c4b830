"""The text of a new guide: whatever it is called and whoever stands in, it is a guide that can be walked."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from balise.guides.model import Reader
from balise.guides.starter import guide_text
from balise.guides.walk import walk
from support.guides import read

TITLES = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]) | st.just(" "), min_size=1, max_size=80)


@given(TITLES.filter(str.strip))
def test_any_title_survives_as_it_was_typed(title: str) -> None:
    guide, problems = read(guide_text(title, ["be-112"]))
    assert problems == []
    assert guide is not None
    assert guide.title == title


def test_a_new_guide_has_the_channels_that_stand_in_and_ends_where_its_walk_says() -> None:
    guide, _ = read(guide_text("Lost phone", ["be-112", "fr-112"]))
    assert guide is not None
    assert guide.fallback == ("be-112", "fr-112")
    example = guide.walks[0]
    assert walk(guide, example.answers, Reader("BE", "en", "parent")).id == example.ends


def test_a_site_without_channels_to_stand_in_gets_a_guide_too() -> None:
    guide, problems = read(guide_text("Lost phone", []))
    assert (problems, guide and guide.fallback) == ([], ())
