"""Numbers, dates and names look as a careful writer of each language sets them."""

from __future__ import annotations

import datetime
from decimal import Decimal

import pytest
from babel.dates import format_date

from balise import cldr
from balise.languages import KNOWN
from registry_records import Words


@pytest.mark.parametrize(
    ("language", "expected"),
    [("fr", "2\N{NARROW NO-BREAK SPACE}147"), ("nl", "2.147"), ("en", "2,147"), ("fr-CA", "2\N{NO-BREAK SPACE}147")],
)
def test_thousands_are_grouped_as_the_language_groups_them(language: str, expected: str) -> None:
    assert cldr.present_number(2147, language) == expected


def test_a_number_keeps_the_decimals_asked_for() -> None:
    assert cldr.present_number(Decimal("2.5"), "fr", decimals=1) == "2,5"
    assert cldr.present_number(Decimal("2.5"), "en") == "2.5"
    assert cldr.present_number(Decimal(3), "nl", decimals=0) == "3"


@pytest.mark.parametrize(
    ("value", "language", "expected"),
    [
        (131_000_000_000, "fr", "131 milliards"),
        (131_000_000_000, "nl", "131 miljard"),
        (131_000_000_000, "en", "131 billion"),
        (50_000_000, "fr", "50 millions"),
        (1_000_000, "fr", "1 million"),
        (1_000_000, "nl", "1 miljoen"),
    ],
)
def test_a_large_number_gets_the_word_of_the_language_and_no_break(value: int, language: str, expected: str) -> None:
    assert cldr.present_compact(value, language) == expected.replace(" ", "\N{NO-BREAK SPACE}")


def test_a_large_number_with_decimals_takes_the_plural_of_what_is_read() -> None:
    assert cldr.present_compact(Decimal(42_700_000), "nl", decimals=1) == "42,7\N{NO-BREAK SPACE}miljoen"
    assert cldr.present_compact(Decimal(1_500_000), "fr", decimals=1) == "1,5\N{NO-BREAK SPACE}million"
    assert cldr.present_compact(Decimal(11_000_000), "en", decimals=1) == "11\N{NO-BREAK SPACE}million"


def test_a_compact_number_below_a_million_is_written_out() -> None:
    assert cldr.present_compact(999_999, "en") == "999,999"
    assert cldr.present_compact(0, "en") == "0"


def test_only_french_sets_a_space_before_the_percent_sign() -> None:
    shown = [cldr.present_percent(82, language) for language in ("fr", "nl", "en")]
    assert shown == ["82\N{NO-BREAK SPACE}%", "82%", "82%"]


def test_a_percentage_keeps_its_decimals() -> None:
    assert cldr.present_percent(Decimal("51.8"), "en") == "51.8%"


def test_money_has_no_cents() -> None:
    shown = [cldr.present_currency(186_000, "EUR", language) for language in ("fr", "nl", "en")]
    assert shown == [
        "186\N{NARROW NO-BREAK SPACE}000\N{NO-BREAK SPACE}€",
        "€\N{NO-BREAK SPACE}186.000",
        "€186,000",
    ]


@pytest.mark.parametrize(
    ("iso", "language", "expected"),
    [
        ("2021-11-18", "fr", "18 novembre 2021"),
        ("2021-11-18", "en", "18 November 2021"),
        ("2021-11", "nl", "november 2021"),
        ("2021", "fr", "2021"),
        ("11-18", "fr", "18 novembre"),
        ("02-29", "en", "29 February"),
    ],
)
def test_a_date_says_no_more_than_is_known(iso: str, language: str, expected: str) -> None:
    assert cldr.present_date(iso, language) == expected


@pytest.mark.parametrize("language", sorted(KNOWN))
def test_days_are_written_as_babel_writes_them(language: str) -> None:
    locale = cldr.locale_for(language)
    for month in range(1, 13):
        day = datetime.date(2026, month, 2)
        assert cldr.present_date(day.isoformat(), language) == format_date(day, "long", locale=locale)


def test_the_first_of_a_month_is_an_ordinal_in_french_only() -> None:
    assert cldr.present_date("2022-06-01", "fr") == "1er juin 2022"
    assert cldr.present_date("06-01", "fr") == "1er juin"
    assert cldr.present_date("2022-06-01", "nl") == "1 juni 2022"
    assert cldr.present_date("2022-06-11", "fr") == "11 juin 2022"


@pytest.mark.parametrize("iso", ["2021-02-30", "2021-13", "yesterday", "", "٢٠٢١-١١-١٨", "2021-11-18\n"])
def test_what_is_not_in_the_calendar_is_refused(iso: str) -> None:
    with pytest.raises(ValueError, match=r"date|day|month"):
        cldr.present_date(iso, "en")


def test_a_period_of_years_or_months_reads_as_one() -> None:
    assert cldr.present_period("2019", "2021", "fr") == "2019–2021"
    assert cldr.present_period("2021-01", "2021-10", "nl") == "januari–oktober 2021"
    assert cldr.present_period("2002-09", "2017-11", "en").startswith("September 2002")


def test_names_of_languages_and_countries_are_in_the_language_of_the_page() -> None:
    assert cldr.language_name("nl", "fr") == "néerlandais"
    assert cldr.language_name("fr-BE", "nl") == "Frans"
    assert cldr.country_name("BE", Words("nl")) == "België"
    assert cldr.country_name("EU", Words("fr")) == "Union européenne"


def test_what_serves_every_country_is_named_by_a_phrase() -> None:
    assert cldr.country_name("INT", Words("nl", {"International": "Internationaal"})) == "Internationaal"


def test_a_country_unknown_to_the_registry_of_names_keeps_its_code() -> None:
    assert cldr.country_name("QQ", Words("en")) == "QQ"


def test_lists_end_with_the_word_for_and() -> None:
    assert cldr.present_list(["anglais", "français", "néerlandais"], "fr") == "anglais, français et néerlandais"
    assert cldr.present_list(["Frans"], "nl") == "Frans"


def test_a_partner_names_another_locale() -> None:
    assert cldr.present_number(2147, "fr", locale="fr_CA") == "2\N{NO-BREAK SPACE}147"
    assert cldr.day_name("mon", "de") == "Montag"
