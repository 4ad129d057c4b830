"""The kinds of values registry files hold, as pydantic checks them; imported only with pydantic."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Annotated, Literal, TypeVar

from pydantic import AfterValidator, BeforeValidator, Field, WithJsonSchema
from pydantic_core import PydanticCustomError

from balise import record_values as values

_T = TypeVar("_T")


def wrong(message: str, hint: str) -> PydanticCustomError:
    """Return the error of a value: what it is, and what to write instead."""
    return PydanticCustomError("balise", "{what}", {"what": message, "fix": hint})


def told(check: Callable[[_T], _T]) -> Callable[[_T], _T]:
    """Return a check that tells pydantic what is wrong."""

    @wraps(check)
    def checked(value: _T) -> _T:
        try:
            return check(value)
        except values.WrongValueError as refused:
            raise wrong(refused.what, refused.fix) from None

    return checked


def _checked(check: Callable[[str], str]) -> AfterValidator:
    return AfterValidator(told(check))


international_number = told(values.international_number)
short_number = told(values.short_number)
Line = Annotated[str, _checked(values.plain_line)]
Lines = Annotated[tuple[Line, ...], Field(min_length=1)]
Name = Annotated[Line, _checked(values.identifier)]
Names = tuple[Name, ...]
Iso = Annotated[Line, _checked(values.iso_date)]
Day = Annotated[Line, _checked(values.full_day)]
WebAddress = Annotated[Line, _checked(values.web_address)]
Language = Annotated[str, _checked(values.language)]
Country = Annotated[str, _checked(values.country)]
Clock = Annotated[str, _checked(values.clock)]
Expression = Annotated[str, _checked(values.expression)]
InternationalNumber = Annotated[Line, _checked(values.international_number)]
ShortNumber = Annotated[Line, _checked(values.short_number)]
EmailAddress = Annotated[Line, _checked(values.email_address)]
Period = Annotated[Line, _checked(values.period)]
YearlyOrIso = Annotated[Line, _checked(values.yearly_or_iso)]
PlainNumber = Annotated[str, _checked(values.plain_number)]
ValueSentence = Annotated[Line, _checked(values.one_value)]
DateSentence = Annotated[Line, _checked(values.one_date)]
HoursAsList = BeforeValidator(told(values.hours_as_list))
Yes = Literal["yes", "no"]
_ADDRESS_SCHEMA = {"anyOf": [{"type": "string"}, {"type": "object", "additionalProperties": {"type": "string"}}]}
AddressLanguage = Annotated[str, _checked(values.address_language)]
LanguageOrAll = Annotated[str, _checked(values.language_or_all)]
Addresses = Annotated[
    dict[AddressLanguage, WebAddress], BeforeValidator(told(values.address_map)), WithJsonSchema(_ADDRESS_SCHEMA)
]
