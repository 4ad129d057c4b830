"""Who helps at an outcome: by need, country, language and reader, and by the fallback where nobody speaks the language."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from balise.channels import Channel, parse_channels
from balise.guides.helping import can_help, helpers, helps
from balise.guides.model import Reader
from balise.source import parse_yaml
from support.guides import GUIDE, guide_of
from support.projects import CHANNELS, TODAY

LATER = "2027-05-22"
FALLBACK = ("be-112", "fr-112", "be-new", "no-such-channel")


def channels_of(text: str = CHANNELS) -> Mapping[str, Channel]:
    found, problems = parse_channels(parse_yaml(text, "content/data/channels.yml"))
    assert problems == ()
    return found


def names(
    *,
    needs: tuple[str, ...] = ("talk",),
    country: str = "BE",
    language: str = "fr",
    today: str = TODAY,
    fallback: tuple[tuple[str, ...], ...] = (FALLBACK,),
) -> list[str]:
    found = helpers(
        channels_of(),
        needs=needs,
        fallback=fallback,
        country=country,
        language=language,
        audiences=("parent",),
        today=today,
    )
    return [channel.id for channel in found]


@pytest.mark.parametrize(
    "situation, found, expected",
    [
        ("somebody speaks the language", names(), ["be-line"]),
        ("a channel serves two needs", names(needs=("talk", "image-found")), ["be-line"]),
        ("the needs in their order", names(needs=("immediate-danger", "talk")), ["be-112", "be-line"]),
        ("nobody speaks the language", names(language="en"), ["be-line", "be-112"]),
        ("nobody in the country helps with it", names(country="FR"), ["fr-112"]),
        ("the country has no fallback", names(country="DE"), []),
        ("the outcome has a fallback of its own", names(needs=(), fallback=(("be-line",), FALLBACK)), ["be-line"]),
        ("its own is for another country", names(needs=(), fallback=(("fr-112",), FALLBACK)), ["be-112"]),
        ("no need at all", names(needs=()), ["be-112"]),
        ("everything is out of date", names(today=LATER), []),
    ],
)
def test_an_outcome_shows_who_helps_here_and_the_fallback_where_nobody_speaks_the_language(
    situation: str, found: list[str], expected: list[str]
) -> None:
    assert found == expected


@pytest.mark.parametrize(
    "audience, for_whom",
    [
        ("adult", ["anyone", "parent"]),
        ("parent", ["anyone", "parent"]),
        ("child", ["anyone", "child"]),
        ("educator", ["anyone", "educator"]),
    ],
)
def test_a_reader_is_helped_by_channels_for_people_like_them_and_for_everybody(
    audience: str, for_whom: list[str]
) -> None:
    found = [
        word
        for word in ("anyone", "parent", "child", "educator")
        if helps(channels_of(CHANNELS.replace("audience: [anyone]", f"audience: [{word}]"))["be-line"], audience)
    ]
    assert found == for_whom


@pytest.mark.parametrize(
    "situation, reader, today, text, helped",
    [
        ("somebody speaks the language", Reader("BE", "fr", "parent"), TODAY, CHANNELS, True),
        ("a region's edition of it", Reader("BE", "fr-BE", "parent"), TODAY, CHANNELS, True),
        ("the fallback stands in", Reader("FR", "fr", "parent"), TODAY, CHANNELS, True),
        ("a country nobody thought of", Reader("DE", "fr", "parent"), TODAY, CHANNELS, False),
        ("the last day still counts", Reader("BE", "fr", "parent"), "2027-05-21", CHANNELS, True),
        ("the day after it", Reader("BE", "fr", "parent"), LATER, CHANNELS, False),
        (
            "languages that nobody noted down",
            Reader("BE", "en", "parent"),
            TODAY,
            CHANNELS.replace("    languages: [fr, nl]\n", ""),
            True,
        ),
    ],
)
def test_an_outcome_helps_a_reader_or_does_not(
    situation: str, reader: Reader, today: str, text: str, helped: bool
) -> None:
    guide = guide_of(GUIDE)
    assert can_help(channels_of(text), guide, guide.nodes["talk"], reader, today) is helped


def test_a_channel_that_does_not_speak_the_language_is_no_help_without_a_fallback() -> None:
    guide = guide_of(GUIDE.replace("  fallback: [be-112, fr-112]\n", ""))
    assert not can_help(channels_of(), guide, guide.nodes["talk"], Reader("BE", "en", "parent"), TODAY)


def test_a_fallback_that_somebody_declared_counts_whatever_it_speaks() -> None:
    text = GUIDE.replace("  fallback: [be-112, fr-112]\n", "").replace("needs: [talk]", "fallback: [be-line]")
    guide = guide_of(text)
    assert can_help(channels_of(), guide, guide.nodes["talk"], Reader("BE", "en", "parent"), TODAY)
