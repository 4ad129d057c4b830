"""Language tags, their reading direction, and which text a reader gets."""

from __future__ import annotations

import pytest

from balise.languages import KNOWN, Text, direction, fallbacks, is_language, pick


@pytest.mark.parametrize("tag", ["fr", "nl-BE", "fr-CA", "ar", "en-GB"])
def test_a_language_with_or_without_a_region_is_one(tag: str) -> None:
    assert is_language(tag)


@pytest.mark.parametrize(
    "tag",
    ["", "xx", "FR", "fr-be", "fr_BE", "fr-BEL", "fr/../..", "../fr", "fr\n", "fr-BE-x", "français", "f", "../../etc"],
)
def test_anything_else_is_no_language_so_that_a_tag_is_never_a_path(tag: str) -> None:
    assert not is_language(tag)


def test_every_known_language_is_written_as_two_letters() -> None:
    assert [tag for tag in KNOWN if not is_language(tag) or len(tag) != 2] == []


@pytest.mark.parametrize(
    ("tag", "way"), [("ar", "rtl"), ("he", "rtl"), ("ur-PK", "rtl"), ("nl", "ltr"), ("fr-BE", "ltr")]
)
def test_arabic_hebrew_and_urdu_are_read_from_the_right(tag: str, way: str) -> None:
    assert direction(tag) == way


@pytest.mark.parametrize(("tag", "found"), [("nl-BE", ("nl-BE", "nl")), ("nl", ("nl",))])
def test_a_regional_language_falls_back_to_its_language(tag: str, found: tuple[str, ...]) -> None:
    assert fallbacks(tag) == found


@pytest.mark.parametrize(
    ("language", "others", "found"),
    [
        ("fr", (), ("Ligne", "fr")),
        ("fr-BE", (), ("Ligne", "fr")),
        ("nl-BE", (), ("Lijn (BE)", "nl-BE")),
        ("nl", ("en",), ("Line", "en")),
        ("nl", ("en-GB",), ("Line", "en")),
        ("de", ("es",), ("Ligne", "fr")),
    ],
)
def test_a_reader_gets_the_nearest_text_and_is_told_its_language(
    language: str, others: tuple[str, ...], found: tuple[str, str]
) -> None:
    texts = {"fr": "Ligne", "nl-BE": "Lijn (BE)", "en": "Line"}
    assert pick(texts, language, *others) == found


def test_a_text_prints_without_its_language() -> None:
    assert f"{Text('Bonjour', 'fr')}" == "Bonjour"
