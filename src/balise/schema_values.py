"""The kinds of values registry files hold, each with the words that say what is wrong; imported only with pydantic."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, Field, WithJsonSchema
from pydantic_core import PydanticCustomError

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


def wrong(message: str, hint: str) -> PydanticCustomError:
    """Return the error of a value: what it is, and what to write instead."""
    return PydanticCustomError("balise", "{what}", {"what": message, "fix": hint})


def _plain(value: str) -> str:
    """Return a line of text, or refuse what a reader cannot see: it changes numbers and addresses unnoticed."""
    if not value.strip():
        raise wrong("is empty", "write something, or leave the key out")
    if value != value.strip():
        raise wrong("begins or ends with a space", "remove the space")
    for character in value if not value.isprintable() else "":
        if unicodedata.category(character) in ("Cc", "Cf", "Co", "Cs"):
            raise wrong(f"holds the invisible character U+{ord(character):04X}", "remove it")
    return value


def _identifier(value: str) -> str:
    if not re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", value):
        raise wrong(f'"{value}" is not a usable name', "use lower-case letters a to z, digits and single hyphens")
    return value


def _iso(value: str) -> str:
    match = ISO_DATE.match(value)
    if not match:
        raise wrong(f'"{value}" is not a date', _DATE_HINTS["date"])
    try:
        date(int(match["year"]), int(match["month"] or 1), int(match["day"] or 1))
    except ValueError:
        raise wrong(f'"{value}" is not in the calendar', _DATE_HINTS["date"]) from None
    return value


def _day(value: str) -> str:
    if len(_iso(value)) != len("2026-11-21"):
        raise wrong(f'"{value}" is not a full date', _DATE_HINTS["day"])
    return value


def _period(value: str) -> str:
    for part in value.split("/", 1):
        _iso(part)
    start, slash, end = value.partition("/")
    if slash and (len(start) != len(end) or start > end):
        raise wrong(f'"{value}" is not a period', "write two years or two months, the earlier first: 2021-01/2021-10")
    return value


def _yearly_or_iso(value: str) -> str:
    if yearly := YEARLY_DATE.match(value):
        _iso(f"2000-{yearly['month']}-{yearly['day']}")
        return value
    return _iso(value)


def _web_address(value: str) -> str:
    if not re.fullmatch(
        r"https?://[^\s/?#@<>\"'\\.\[\]]+(?:\.[^\s/?#@<>\"'\\.\[\]]+)+\.?(?:[/?#][^\s<>\"\\]*)?", value
    ):
        raise wrong(f'"{value}" is not a web address', "write it in full, with https:// in front")
    return value


def _email(value: str) -> str:
    if not re.fullmatch(r"[A-Za-z0-9._+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+", value):
        raise wrong(f'"{value}" is not an e-mail address', "write it as name@example.org")
    return value


def international_number(value: str) -> str:
    """Return a phone number in E.164 (ITU-T): a plus sign and 7 to 15 ASCII digits."""
    if not re.fullmatch(r"\+[1-9][0-9]{6,14}", value):
        raise wrong(f'"{value}" is not an international phone number', "write + and the country code, digits only")
    return value


def short_number(value: str) -> str:
    """Return a national short number: two to six ASCII digits."""
    if not re.fullmatch(r"[0-9]{2,6}", value):
        raise wrong(f'"{value}" is not a short number', "write two to six digits without spaces")
    return value


def _clock(value: str) -> str:
    if not re.fullmatch(r"(?:[01][0-9]|2[0-3]):[0-5][0-9]|24:00", value):
        raise wrong(f'"{value}" is not a time', "write it as 09:00, from 00:00 to 24:00")
    return value


def _number(value: str) -> str:
    if not re.fullmatch(r"[0-9]{1,18}(?:\.[0-9]{1,6})?", value):
        raise wrong(f'"{value[:40]}" is not a number', "write digits only, with a point before decimals: 2147 or 2.5")
    return value


def _pattern(value: str) -> str:
    if _COMMON_EXPRESSION.fullmatch(value):
        return value
    try:
        re.compile(value)
    except re.error as failure:
        raise wrong(f"is not a regular expression: {failure}", "mend the expression; it is Python's `re`") from None
    return value


def _language(value: str) -> str:
    if not is_language(value):
        raise wrong(f'"{value}" is not a language', "use a code such as fr, nl or en")
    return value


def _country(value: str) -> str:
    if not re.fullmatch(r"[A-Z]{2}|INT", value):
        raise wrong(f'"{value}" is not a country', "use a code of ISO 3166 such as BE, or EU or INT")
    return value


def _one_value(value: str) -> str:
    if value.count("{value}") != 1 or value.count("{") != 1:
        raise wrong("must hold {value} exactly once", "write {value} where the number stands, and no other braces")
    return value


def _one_date(value: str) -> str:
    if value.count("{date}") != 1 or value.count("{") != 1:
        raise wrong("must hold {date} exactly once", "write {date} where the date stands, and no other braces")
    return value


def _hours_as_list(value: Any) -> Any:
    if value == "always":
        return [{"days": list(DAYS), "from": "00:00", "to": "24:00"}]
    if isinstance(value, str):
        raise wrong(f'"{value}" is not opening hours', "write `always`, a list of days and times, or use `hours_note`")
    return value


def _address_map(value: Any) -> Any:
    return {"": value} if isinstance(value, str) else value


Line = Annotated[str, AfterValidator(_plain)]
Lines = Annotated[tuple[Line, ...], Field(min_length=1)]
Name = Annotated[Line, AfterValidator(_identifier)]
Names = tuple[Name, ...]
Iso = Annotated[Line, AfterValidator(_iso)]
Day = Annotated[Line, AfterValidator(_day)]
WebAddress = Annotated[Line, AfterValidator(_web_address)]
Language = Annotated[str, AfterValidator(_language)]
Country = Annotated[str, AfterValidator(_country)]
Clock = Annotated[str, AfterValidator(_clock)]
Expression = Annotated[str, AfterValidator(_pattern)]
InternationalNumber = Annotated[Line, AfterValidator(international_number)]
ShortNumber = Annotated[Line, AfterValidator(short_number)]
EmailAddress = Annotated[Line, AfterValidator(_email)]
Period = Annotated[Line, AfterValidator(_period)]
YearlyOrIso = Annotated[Line, AfterValidator(_yearly_or_iso)]
PlainNumber = Annotated[str, AfterValidator(_number)]
ValueSentence = Annotated[Line, AfterValidator(_one_value)]
DateSentence = Annotated[Line, AfterValidator(_one_date)]
HoursAsList = BeforeValidator(_hours_as_list)
Yes = Literal["yes", "no"]
_ADDRESS_SCHEMA = {"anyOf": [{"type": "string"}, {"type": "object", "additionalProperties": {"type": "string"}}]}
AddressLanguage = Annotated[str, AfterValidator(lambda tag: tag and _language(tag))]
LanguageOrAll = Annotated[str, AfterValidator(lambda tag: tag if tag == "all" else _language(tag))]
Addresses = Annotated[dict[AddressLanguage, WebAddress], BeforeValidator(_address_map), WithJsonSchema(_ADDRESS_SCHEMA)]
