"""Numbers, dates, lists and names as a language writes them, from the Unicode CLDR by way of Babel."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from babel import Locale

    from balise.catalogues import Phrases

LOCALES: Mapping[str, str] = MappingProxyType({"fr": "fr_BE", "nl": "nl_BE", "en": "en_GB", "de": "de_BE"})
"""The locale whose formats an edition uses when its tag names no region; partners pass another as `locale`."""

ISO_DATE = re.compile(r"(?P<year>[0-9]{4})(?:-(?P<month>[0-9]{2})(?:-(?P<day>[0-9]{2}))?)?\Z")
"""A day, a month or a year: YYYY-MM-DD, YYYY-MM or YYYY (ISO 8601)."""
YEARLY_DATE = re.compile(r"(?P<month>[0-9]{2})-(?P<day>[0-9]{2})\Z")
"""A day that comes back every year: MM-DD."""

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
"""The days of the week as data files write them, in the order of ISO 8601."""
NO_BREAK_SPACE = "\N{NO-BREAK SPACE}"


class Dated(Protocol):
    """Anything that carries a date, such as a date of the registry."""

    @property
    def date(self) -> str:
        """The date: YYYY, YYYY-MM, YYYY-MM-DD or MM-DD."""


@lru_cache(maxsize=64)
def locale_for(language: str, locale: str = "") -> Locale:
    """Return the Babel locale of an edition: the one named, else the edition's own, else the table's."""
    from babel import Locale

    return Locale.parse(locale or LOCALES.get(language, language.replace("-", "_")))


def present_number(value: int | Decimal, language: str, *, decimals: int | None = None, locale: str = "") -> str:
    """Return a grouped number (`2 147`, `2.147`, `2,147`), with exactly `decimals` digits after the comma if given."""
    from babel.numbers import format_decimal

    target = locale_for(language, locale)
    if decimals is None:
        return format_decimal(value, locale=target)
    pattern = "#,##0." + "0" * decimals if decimals else "#,##0"
    return format_decimal(value, format=pattern, locale=target)


def present_compact(value: int | Decimal, language: str, *, decimals: int = 0, locale: str = "") -> str:
    """Return a large number with its scale word and a no-break space: `131 milliards`, `42,7 miljoen`, `50 million`.

    Numbers below a million are grouped like any other. Babel picks the plural from the whole number; the plural of the
    shortened one is meant (`1,5 million` in French).
    """
    exponent: int = (len(str(abs(int(value)))) - 1) // 3 * 3
    target = locale_for(language, locale)
    if exponent < 6:
        return present_number(value, language, locale=locale)
    short = (Decimal(value) / (10**exponent)).quantize(Decimal(1).scaleb(-decimals)).normalize()
    forms = target.compact_decimal_formats["long"]
    form = target.plural_form(short)
    pattern = (forms.get(form) or forms["other"]).get(str(10**exponent))
    if pattern is None:
        return present_number(value, language, locale=locale)
    word = re.sub(r"0+", "", pattern.pattern).strip()
    return f"{present_number(short, language, locale=locale)}{NO_BREAK_SPACE}{word}"


def present_percent(value: int | Decimal, language: str, *, locale: str = "") -> str:
    """Return a percentage from its number (82 for `82 %`), with the language's own space before the sign."""
    from babel.numbers import format_percent

    return format_percent(Decimal(value) / 100, locale=locale_for(language, locale), decimal_quantization=False)


def present_currency(value: int | Decimal, currency: str, language: str, *, locale: str = "") -> str:
    """Return an amount of money without cents, with the sign where the language puts it."""
    from babel.numbers import format_currency

    target = locale_for(language, locale)
    pattern = target.currency_formats["standard"].pattern.split(";")[0].replace(".00", "")
    return format_currency(value, currency, format=pattern, locale=target, currency_digits=False)


def present_date(value: str | Dated, language: str, *, locale: str = "") -> str:
    """Return a date in words (`18 novembre 2021`, `November 2021`, `2021`, `18 november`). Raises `ValueError`."""
    return _date_in_words(value if isinstance(value, str) else value.date, language, locale)


@lru_cache(maxsize=1024)
def _date_in_words(iso: str, language: str, locale: str) -> str:
    from babel.dates import format_skeleton

    target = locale_for(language, locale)
    if yearly := YEARLY_DATE.match(iso):
        day = datetime.date(2000, int(yearly["month"]), int(yearly["day"]))
        return _first_of_month(format_skeleton("MMMMd", day, locale=target), day, target)
    match = ISO_DATE.match(iso)
    if not match:
        raise ValueError(f'"{iso}" is not a date')
    day = datetime.date(int(match["year"]), int(match["month"] or 1), int(match["day"] or 1))
    if match["day"]:
        return _first_of_month(_long_date(day, target), day, target)
    return format_skeleton("yMMMM", day, locale=target) if match["month"] else match["year"]


def _long_date(day: datetime.date, locale: Locale) -> str:
    """Return a day in words, from Babel's own pattern: many days are shown, and Babel looks each month up anew."""
    pattern, months = _long_pattern(locale)
    try:
        return pattern % {"d": day.day, "MMMM": months[day.month], "y": day.year}
    except KeyError:  # a pattern of other parts
        from babel.dates import format_date

        return format_date(day, "long", locale=locale)


@lru_cache(maxsize=64)
def _long_pattern(locale: Locale) -> tuple[str, Mapping[int, str]]:
    """Return the pattern of a locale's long dates as Babel fills it with `%`, and the names of the months in it."""
    return str(locale.date_formats["long"].format), dict(locale.months["format"]["wide"])


def _first_of_month(text: str, day: datetime.date, locale: Locale) -> str:
    """Return the date with the ordinal that French wants on the first of a month: `1er juin 2022`."""
    return re.sub(r"\A1\b", "1er", text) if locale.language == "fr" and day.day == 1 else text


def present_period(start: str, end: str, language: str, *, locale: str = "") -> str:
    """Return the time between two years or two months (`2019–2021`, `January – October 2021`), ends included."""
    from babel.dates import format_interval

    first, last = ISO_DATE.match(start), ISO_DATE.match(end)
    if first and last and first["month"] and last["month"]:
        opening, closing = (datetime.date(int(item["year"]), int(item["month"]), 1) for item in (first, last))
        return format_interval(opening, closing, skeleton="yMMMM", locale=locale_for(language, locale))
    return f"{start}\N{EN DASH}{end}"


def present_list(items: Iterable[str], language: str, *, locale: str = "") -> str:
    """Return the items as a sentence lists them: `anglais, français et néerlandais`."""
    from babel.lists import format_list

    return format_list(list(items), locale=locale_for(language, locale))


def day_name(day: str, language: str, *, locale: str = "") -> str:
    """Return the name of a day of the week (`mon` to `sun`) as it stands inside a sentence."""
    return str(locale_for(language, locale).days["format"]["wide"][DAYS.index(day)])


def language_name(tag: str, language: str, *, locale: str = "") -> str:
    """Return the name of a language in another one: `néerlandais` for `nl` in French."""
    return str(locale_for(language, locale).languages.get(tag.split("-")[0], tag))


def country_name(code: str, phrases: Phrases, *, locale: str = "") -> str:
    """Return the name of a country, of the European Union (`EU`) or of what serves all countries (`INT`)."""
    if code == "INT":
        return phrases.gettext("International")
    return str(locale_for(phrases.language, locale).territories.get(code, code))
