"""The kinds of values registry files hold, each with the words that say what is wrong; every function takes text."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from typing import Any

from balise.cldr import DAYS, ISO_DATE, YEARLY_DATE
from balise.languages import is_language

_DATE_HINTS = {
    "date": "write it as YYYY, YYYY-MM or YYYY-MM-DD",
    "day": "write it as YYYY-MM-DD",
}


def _common_expression() -> re.Pattern[str]:
    """Return what matches only expressions that `re` compiles: plain characters, sets, repeats, groups three deep.

    Lookbehind, named groups, flags and odd ranges are left to `re` itself, which takes twenty times as long.
    """
    sets = r"\[\^?(?:a-z|A-Z|0-9|\\[dswDSWn.]|[^\\\[\]^&~|-])++-?\]"
    repeat = r"(?:(?:[*+?]|\{(?:[1-9][0-9]{0,2}|0,[0-9]{1,3}|1,[1-9][0-9]{0,2})\})\??)?+"
    piece = rf"\\[bB]|[$^|]|(?:[^\\^$*+?{{}}\[\]|()]|\\[dswDSWn.]|{sets}){repeat}"
    inner = rf"(?:{piece})*+"
    for _ in range(3):
        inner = rf"(?:{piece}|\(\?[:=!]{inner}\){repeat})*+"
    return re.compile(inner)


_COMMON_EXPRESSION = _common_expression()


class WrongValueError(Exception):
    """A value is not of its kind: what it is, and what to write instead."""

    def __init__(self, what: str, fix: str) -> None:
        super().__init__(what)
        self.what, self.fix = what, fix


def plain_line(value: str) -> str:
    """Return a line of text, or refuse what a reader cannot see: it changes numbers and addresses unnoticed."""
    if not value.strip():
        raise WrongValueError("is empty", "write something, or leave the key out")
    if value != value.strip():
        raise WrongValueError("begins or ends with a space", "remove the space")
    for character in value if not value.isprintable() else "":
        if unicodedata.category(character) in ("Cc", "Cf", "Co", "Cs"):
            raise WrongValueError(f"holds the invisible character U+{ord(character):04X}", "remove it")
    return value


def _of_form(value: str, form: str, kind: str, fix: str) -> str:
    """Return a value that a regular expression matches whole, or say what kind of value it is not."""
    if not re.fullmatch(form, value):
        raise WrongValueError(f'"{value}" is not {kind}', fix)
    return value


def identifier(value: str) -> str:
    """Return a name of lower-case words and digits."""
    fix = "use lower-case letters a to z, digits and single hyphens"
    return _of_form(value, r"[a-z0-9]+(?:-[a-z0-9]+)*", "a usable name", fix)


def iso_date(value: str) -> str:
    """Return a year, a month or a day of the calendar."""
    match = ISO_DATE.match(value)
    if not match:
        raise WrongValueError(f'"{value}" is not a date', _DATE_HINTS["date"])
    try:
        date(int(match["year"]), int(match["month"] or 1), int(match["day"] or 1))
    except ValueError:
        raise WrongValueError(f'"{value}" is not in the calendar', _DATE_HINTS["date"]) from None
    return value


def full_day(value: str) -> str:
    """Return a day of the calendar."""
    if len(iso_date(value)) != len("2026-11-21"):
        raise WrongValueError(f'"{value}" is not a full date', _DATE_HINTS["day"])
    return value


def period(value: str) -> str:
    """Return a date, or two of one kind with the earlier first."""
    for part in value.split("/", 1):
        iso_date(part)
    start, slash, end = value.partition("/")
    if slash and (len(start) != len(end) or start > end):
        raise WrongValueError(
            f'"{value}" is not a period', "write two years or two months, the earlier first: 2021-01/2021-10"
        )
    return value


def yearly_or_iso(value: str) -> str:
    """Return a date, or a day of every year."""
    if yearly := YEARLY_DATE.match(value):
        iso_date(f"2000-{yearly['month']}-{yearly['day']}")
        return value
    return iso_date(value)


def web_address(value: str) -> str:
    """Return a whole web address."""
    form = r"https?://[^\s/?#@<>\"'\\.\[\]]+(?:\.[^\s/?#@<>\"'\\.\[\]]+)+\.?(?:[/?#][^\s<>\"\\]*)?"
    return _of_form(value, form, "a web address", "write it in full, with https:// in front")


def email_address(value: str) -> str:
    """Return an e-mail address."""
    form = r"[A-Za-z0-9._+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+"
    return _of_form(value, form, "an e-mail address", "write it as name@example.org")


def international_number(value: str) -> str:
    """Return a phone number in E.164 (ITU-T): a plus sign and 7 to 15 ASCII digits."""
    fix = "write + and the country code, digits only"
    return _of_form(value, r"\+[1-9][0-9]{6,14}", "an international phone number", fix)


def short_number(value: str) -> str:
    """Return a national short number: two to six ASCII digits."""
    return _of_form(value, r"[0-9]{2,6}", "a short number", "write two to six digits without spaces")


def clock(value: str) -> str:
    """Return a time of day, from 00:00 to 24:00."""
    return _of_form(value, r"(?:[01][0-9]|2[0-3]):[0-5][0-9]|24:00", "a time", "write it as 09:00, from 00:00 to 24:00")


def plain_number(value: str) -> str:
    """Return a number of digits."""
    if not re.fullmatch(r"[0-9]{1,18}(?:\.[0-9]{1,6})?", value):
        raise WrongValueError(
            f'"{value[:40]}" is not a number', "write digits only, with a point before decimals: 2147 or 2.5"
        )
    return value


def expression(value: str) -> str:
    """Return a regular expression that `re` compiles."""
    if _COMMON_EXPRESSION.fullmatch(value):
        return value
    try:
        re.compile(value)
    except re.error as failure:
        raise WrongValueError(
            f"is not a regular expression: {failure}", "mend the expression; it is Python's `re`"
        ) from None
    return value


def language(value: str) -> str:
    """Return the code of a known language."""
    if not is_language(value):
        raise WrongValueError(f'"{value}" is not a language', "use a code such as fr, nl or en")
    return value


def country(value: str) -> str:
    """Return the code of a country, EU or INT."""
    return _of_form(value, r"[A-Z]{2}|INT", "a country", "use a code of ISO 3166 such as BE, or EU or INT")


def _holding_once(value: str, mark: str, what: str) -> str:
    """Return a sentence in which one mark stands for something, or say that it has to."""
    if value.count(mark) != 1 or value.count("{") != 1:
        raise WrongValueError(
            f"must hold {mark} exactly once", f"write {mark} where {what} stands, and no other braces"
        )
    return value


def one_value(value: str) -> str:
    """Return a sentence that holds {value} once."""
    return _holding_once(value, "{value}", "the number")


def one_date(value: str) -> str:
    """Return a sentence that holds {date} once."""
    return _holding_once(value, "{date}", "the date")


def hours_as_list(value: Any) -> Any:
    """Return opening hours as a list; `always` is one."""
    if value == "always":
        return [{"days": list(DAYS), "from": "00:00", "to": "24:00"}]
    if isinstance(value, str):
        raise WrongValueError(
            f'"{value}" is not opening hours', "write `always`, a list of days and times, or use `hours_note`"
        )
    return value


def address_map(value: Any) -> Any:
    """Return addresses by language; one for all has the language ""."""
    return {"": value} if isinstance(value, str) else value


def address_language(value: str) -> str:
    """Return the language of an address, "" for all of them."""
    return value and language(value)


def language_or_all(value: str) -> str:
    """Return the code of a known language, or `all`."""
    return value if value == "all" else language(value)
