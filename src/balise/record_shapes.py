"""The registry files once more, without pydantic: records that are entirely right are read by these shapes alone.

Nearly all records of nearly all builds are right, and importing pydantic and its models takes as long as 100 pages.
A shape that is not sure of something says nothing: the model of its name in `balise.schemas` tells what is wrong.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from balise import record_values as values
from balise.channel_words import KINDS, NEEDS

if TYPE_CHECKING:
    from pydantic import BaseModel

Check = Callable[[Any], Any]
"""What returns a value as a record holds it. Raises `_UnsureError` or `WrongValueError` where that is not sure."""


class _UnsureError(Exception):
    """A value may be wrong."""


class Record(SimpleNamespace):
    """The values of a record, as attributes and as pairs: what the rest of the code uses of a pydantic model."""

    def __iter__(self) -> Iterator[tuple[str, Any]]:
        """Yield name and value of each field, in the order of the model."""
        return iter(vars(self).items())


class _Optional:
    """A key that may be left out: what its value must be, and what stands for it then."""

    def __init__(self, check: Check, default: Any = "") -> None:
        self.check, self.default = check, default


@dataclass(frozen=True)
class Shape:
    """The keys of a record in the order of its model's fields; `name` is that of the model.

    `renamed` maps keys to fields where they differ. `related` looks at what depends on more than one key: it is called
    with the key and the fields read so far.
    """

    name: str
    keys: Mapping[str, Check | _Optional]
    renamed: Mapping[str, str]
    related: Callable[[str, Mapping[str, Any]], None] | None

    def read(self, value: Any) -> Record | None:
        """Return a record that is surely right, `None` for any other."""
        try:
            return self(value)
        except (_UnsureError, values.WrongValueError, UnicodeEncodeError):
            return None

    def model(self) -> type[BaseModel]:
        """Return the pydantic model of the same records."""
        from balise import schemas

        model: type[BaseModel] = getattr(schemas, self.name)
        return model

    def __call__(self, value: Any) -> Record:
        """Return a record inside another one."""
        if value.__class__ is not dict:
            raise _UnsureError
        found: dict[str, Any] = {}
        left = len(value)
        for key, check in self.keys.items():
            name = self.renamed.get(key, key)
            if key in value:
                left -= 1
                found[name] = (check.check if isinstance(check, _Optional) else check)(value[key])
                if self.related:
                    self.related(key, found)
            elif isinstance(check, _Optional):
                found[name] = check.default() if callable(check.default) else check.default
            else:
                raise _UnsureError
        if left:
            raise _UnsureError
        return Record(**found)


def _shape(name: str, keys: Mapping[str, Check | _Optional], **more: Any) -> Shape:
    return Shape(name, keys, more.get("renamed", {}), more.get("related"))


def _text(value: Any) -> str:
    if value.__class__ is not str:
        raise _UnsureError
    if not value.isascii():
        value.encode()  # pydantic refuses what is no text in UTF-8
    return str(value)


def _line(value: Any) -> str:
    return values.plain_line(_text(value))


def _lines_of(check: Callable[[str], str]) -> Check:
    return lambda value: check(_line(value))


def _texts_of(check: Callable[[str], str]) -> Check:
    return lambda value: check(_text(value))


def _one_of(*words: str) -> Check:
    def check(value: Any) -> str:
        if value.__class__ is not str or value not in words:
            raise _UnsureError
        return str(value)

    return check


def _many(check: Check, least: int = 0) -> Check:
    def read(value: Any) -> tuple[Any, ...]:
        if value.__class__ is not list or len(value) < least:
            raise _UnsureError
        return tuple(map(check, value))

    return read


def _table(key: Check, check: Check, least: int = 0) -> Check:
    def read(value: Any) -> dict[Any, Any]:
        if value.__class__ is not dict or len(value) < least:
            raise _UnsureError
        return {key(name): check(item) for name, item in value.items()}

    return read


_name, _iso, _day = _lines_of(values.identifier), _lines_of(values.iso_date), _lines_of(values.full_day)
_web_address = _lines_of(values.web_address)
_language, _country = _texts_of(values.language), _texts_of(values.country)
_clock, _expression = _texts_of(values.clock), _texts_of(values.expression)
_yes = _one_of("yes", "no")
_lines, _names = _many(_line, 1), _many(_name)
_any_line, _any_lines = _Optional(_line), _Optional(_many(_line), ())
_any_names, _any_day, _any_iso = _Optional(_names, ()), _Optional(_day), _Optional(_iso)
_by_language = _table(_language, _line)
_REACH = ("phone", "web", "chat", "sms", "email", "app", "forum", "whatsapp", "walk-in")
_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_confidence, _any_confidence = _one_of("high", "medium", "low"), _Optional(_one_of("high", "medium", "low", ""))

_CHECKED = _Optional(_shape("CheckedModel", {"on": _day, "by": _line}), None)
_SOURCE = _shape(
    "SourceModel",
    {
        "publisher": _any_line,
        "document": _any_line,
        "url": _Optional(_web_address),
        "dated": _any_iso,
        "dated_inferred": _any_iso,
        "tier": _Optional(_one_of("primary", "secondary", "")),
        "read_as": _any_line,
        "says": _any_line,
    },
)


def _after_start(key: str, found: Mapping[str, Any]) -> None:
    if key == "to" and found["end"] <= found["start"]:
        raise _UnsureError


_HOURS = _shape(
    "HoursModel",
    {"by": _Optional(_one_of(*_REACH, "")), "days": _many(_one_of(*_DAYS), 1), "from": _clock, "to": _clock},
    renamed={"from": "start", "to": "end"},
    related=_after_start,
)


def _hours(value: Any) -> tuple[Any, ...]:
    found: tuple[Any, ...] = _many(_HOURS)(values.hours_as_list(value))
    return found


def _addresses(value: Any) -> dict[str, str]:
    found: dict[str, str] = _table(_texts_of(values.address_language), _web_address)(values.address_map(value))
    return found


def _numbers_agree(key: str, found: Mapping[str, Any]) -> None:
    """Look at a channel's number, at how it is spelled, and at the sentences that answer a question."""
    if key == "phone":
        if found["short"] == "yes":
            values.short_number(found["phone"])
        else:
            values.international_number(found["phone"])
    elif key == "phone_shown":
        if found["short"] == "yes" and found["phone"] and re.sub(r"[^0-9]", "", found[key]) != found["phone"]:
            raise _UnsureError
    elif key == "answers":
        known = {str(number) for number in range(1, len(found["what_happens"]) + 1)}
        if not known.issuperset(number for numbers in found[key].values() for number in numbers):
            raise _UnsureError


CHANNEL = _shape(
    "ChannelModel",
    {
        "id": _name,
        "name": _table(_language, _line, 1),
        "operator": _line,
        "country": _country,
        "kind": _one_of(*KINDS),
        "for": _many(_one_of(*NEEDS), 1),
        "audience": _many(_one_of("anyone", "child", "parent", "educator"), 1),
        "short": _Optional(_yes, "no"),
        "phone": _any_line,
        "phone_shown": _any_line,
        "phone_abroad": _Optional(_lines_of(values.international_number)),
        "phone_abroad_shown": _any_line,
        "url": _Optional(_addresses, dict),
        "show_address": _Optional(_yes, "yes"),
        "reach": _Optional(_many(_one_of(*_REACH)), ()),
        "email": _Optional(_lines_of(values.email_address)),
        "sms": _Optional(_lines_of(values.short_number)),
        "chat_url": _Optional(_web_address),
        "languages": _Optional(_many(_language), ()),
        "interpreters": _Optional(_yes, "no"),
        "hours": _Optional(_hours, ()),
        "hours_note": _any_line,
        "cost": _Optional(_one_of("free", "free-not-on-bill", "normal-call", "international", "")),
        "cost_note": _any_line,
        "anonymous": _Optional(_one_of("yes", "no", "unknown"), "unknown"),
        "what_happens": _lines,
        "answers": _Optional(_table(_one_of("hears", "stops"), _lines), dict),
        "limits": _any_lines,
        "formerly": _any_lines,
        "aliases": _any_lines,
        "remarks": _any_lines,
        "status": _one_of("active", "unconfirmed", "closed"),
        "confidence": _confidence,
        "confidence_reason": _any_line,
        "checked": _CHECKED,
        "assembled": _day,
        "expires": _day,
        "sources": _many(_SOURCE, 1),
    },
    renamed={"for": "needs"},
    related=_numbers_agree,
)


def _only_in_words(key: str, found: Mapping[str, Any]) -> None:
    if key == "words" and found["display"] != "words":
        raise _UnsureError


FIGURE = _shape(
    "FigureModel",
    {
        "id": _name,
        "value": _texts_of(values.plain_number),
        "unit": _line,
        "qualifier": _Optional(
            _one_of("exact", "about", "more_than", "almost", "up_to", "order_of_magnitude"), "exact"
        ),
        "period": _Optional(_lines_of(values.period)),
        "as_of": _any_iso,
        "period_note": _any_line,
        "geography": _any_line,
        "topic": _name,
        "status": _one_of("current", "historical", "superseded", "disputed"),
        "display": _one_of("plain", "compact", "percent", "currency", "words"),
        "decimals": _Optional(_one_of("0", "1", "2"), "0"),
        "statement": _lines_of(values.one_value),
        "words": _any_line,
        "source": _SOURCE,
        "also_in": _any_lines,
        "derived": _Optional(_table(_one_of("expression", "result", "check"), _line), dict),
        "supersedes": _any_names,
        "superseded_by": _any_names,
        "confidence": _confidence,
        "review_after": _any_day,
        "remarks": _any_lines,
        "checked": _CHECKED,
        "assembled": _day,
    },
    related=_only_in_words,
)
DATE = _shape(
    "DateModel",
    {
        "id": _name,
        "date": _lines_of(values.yearly_or_iso),
        "recurs": _Optional(_one_of("yearly", "")),
        "statement": _lines_of(values.one_date),
        "source": _SOURCE,
        "also_in": _any_lines,
        "confidence": _any_confidence,
        "remarks": _any_lines,
        "checked": _CHECKED,
        "assembled": _day,
    },
)
CLAIM = _shape(
    "ClaimModel",
    {
        "id": _name,
        "topic": _name,
        "text": _line,
        "as_of": _iso,
        "attributed_to": _line,
        "source": _SOURCE,
        "also_in": _any_lines,
        "figures": _any_names,
        "confidence": _any_confidence,
        "remarks": _any_lines,
        "checked": _CHECKED,
        "assembled": _day,
    },
)
SERIES = _shape(
    "SeriesModel",
    {
        "id": _name,
        "title": _line,
        "unit": _line,
        "figures": _many(_name, 1),
        "remark": _any_line,
        "notes": _Optional(_table(_name, _line), dict),
    },
)
CONFLICT = _shape(
    "ConflictModel", {"id": _name, "topic": _line, "readings": _lines, "verdict": _line, "figures": _any_names}
)

_any_expression = _Optional(_expression)
_expressions = _Optional(_table(_language, _expression), dict)
_sentences = _Optional(_table(_language, _text), dict)
_EXAMPLES = _shape("ExamplesModel", {"bad": _sentences, "good": _sentences})
_NEGATION = _shape("NegationModel", {"before": _any_expression, "after": _any_expression})
_BENIGN = _shape("BenignModel", {"language": _language, "text": _line})
_LEGAL_COUNTRY = _shape(
    "LegalCountryModel",
    {
        "country": _country,
        "term_in_law": _by_language,
        "rule": _line,
        "reference": _line,
        "seen": _any_line,
        "check": _any_line,
    },
)
_LEGAL = _shape(
    "LegalModel",
    {"note": _any_line, "safe_line": _Optional(_by_language, dict), "countries": _Optional(_many(_LEGAL_COUNTRY), ())},
)
_TERM_SOURCE = _shape("TermSourceModel", {"title": _line, "url": _Optional(_web_address), "seen": _any_line})
TERM = _shape(
    "TermModel",
    {
        "id": _name,
        "group": _name,
        "kind": _one_of("term", "page", "page_mix", "manual"),
        "languages": _many(_language, 1),
        "severity": _one_of("error", "warn", "advice"),
        "case_sensitive": _Optional(_yes, "no"),
        "negation_allowed": _Optional(_yes, "no"),
        "patterns": _Optional(_table(_language, _many(_expression, 1)), dict),
        "when": _expressions,
        "needs": _expressions,
        "unless_sentence_has": _expressions,
        "silent_after": _expressions,
        "brackets_allowed": _Optional(_many(_one_of("before", "after")), ()),
        "enabled_for": _Optional(_many(_language), ()),
        "audience": _any_names,
        "preferred": _table(_language, _line, 1),
        "why": _line,
        "exceptions": _Optional(_many(_text), ()),
        "sources": _Optional(_many(_text), ()),
        "examples": _Optional(_EXAMPLES, lambda: _EXAMPLES({})),
        "remarks": _any_lines,
        "checked": _CHECKED,
    },
)
SEARCH = _shape(
    "SearchModel",
    {
        "id": _line,
        "listed": _Optional(_table(_language, _lines), dict),
        "typed": _Optional(_table(_language, _lines), dict),
    },
)

GLOSSARY = _shape(
    "GlossaryModel",
    {
        "id": _name,
        "term": _table(_language, _line, 1),
        "must": _Optional(_table(_language, _lines), dict),
        "avoid": _Optional(_table(_language, _lines), dict),
        "note": _any_line,
    },
)

CHANNELS_FILE = _shape("ChannelsFile", {"channels": _Optional(_many(CHANNEL), ())})
FIGURES_FILE = _shape(
    "FiguresFile",
    {
        "figures": _Optional(_many(FIGURE), ()),
        "dates": _Optional(_many(DATE), ()),
        "claims": _Optional(_many(CLAIM), ()),
        "series": _Optional(_many(SERIES), ()),
        "conflicts": _Optional(_many(CONFLICT), ()),
    },
)
TERMS_FILE = _shape(
    "TermsFile",
    {
        "exception_sets": _Optional(_table(_text, _table(_texts_of(values.language_or_all), _many(_expression))), dict),
        "negation": _Optional(_table(_language, _NEGATION), dict),
        "legal": _Optional(_LEGAL, lambda: _LEGAL({})),
        "sources": _Optional(_table(_text, _TERM_SOURCE), dict),
        "rules": _Optional(_many(TERM), ()),
        "benign": _Optional(_many(_BENIGN), ()),
    },
)
SEARCH_FILE = _shape("SearchFile", {"words": _Optional(_many(SEARCH), ())})
GLOSSARY_FILE = _shape("GlossaryFile", {"entries": _Optional(_many(GLOSSARY), ())})
