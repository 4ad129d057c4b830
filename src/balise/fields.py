"""What front matter may hold: one small description of fields that checks values and writes a JSON Schema."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from balise.languages import is_language
from balise.problems import Problem, did_you_mean, error
from balise.source import YamlDocument

SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*(?:/[a-z0-9]+(?:-[a-z0-9]+)*)*\Z")
"""An address word: lower-case ASCII letters, digits and single hyphens."""
DATE = re.compile(r"[0-9]{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])\Z")
IDENTIFIER = re.compile(r"[a-z0-9]+(?:[-._][a-z0-9]+)*\Z")
TRUE, FALSE = ("yes", "true"), ("no", "false")


@dataclass(frozen=True)
class Field:
    """One key of a mapping: what kind of value it takes, which values are known, and what it is for."""

    name: str
    kind: str = "text"
    required: bool = False
    values: tuple[str, ...] = ()
    longest: int = 0
    about: str = ""


def check_fields(
    document: YamlDocument, fields: Iterable[Field], *, what: str, at: tuple[str | int, ...] = ()
) -> tuple[Problem, ...]:
    """Return what is wrong with a mapping: unknown keys, missing ones, values of another kind.

    `what` names the thing in messages ("front matter"); `at` are the keys that lead to the mapping.
    """
    known = {field.name: field for field in fields}
    value = document.value
    for step in at:
        value = value[step]
    place = document.location(*at)
    if not isinstance(value, dict):
        return (error("data-invalid", f"{what} must be keys and values", place, "write `key: value` lines"),)
    problems: list[Problem] = []
    for key, item in value.items():
        if key not in known:
            hint = did_you_mean(key, known, f"known keys: {', '.join(sorted(known))}")
            place_of_key = document.key_location(*at, key)
            problems.append(error("unknown-key", f'unknown key "{key}" in {what}', place_of_key, hint))
            continue
        message = _CHECKS[known[key].kind](item, known[key])
        if message:
            where = document.location(*at, key)
            problems.append(error("data-invalid", f'"{key}" {message[0]}', where, message[1]))
    for field in known.values():
        if field.required and field.name not in value:
            hint = f"add `{field.name}:`{f' ({field.about})' if field.about else ''}"
            problems.append(error("missing-key", f'{what} lacks "{field.name}"', place, hint))
    return tuple(problems)


_Wrong = tuple[str, str] | None


def _check_text(value: Any, field: Field) -> _Wrong:
    if not isinstance(value, str):
        return "must be one text", "write it on one line, in quotes when it holds a colon"
    if not value.strip():
        return "is empty", "write a text, or leave the key out"
    if field.longest and len(value) > field.longest:
        return f"is {len(value)} characters long", f"at most {field.longest} fit"
    if len(value.splitlines()) > 1:
        return "runs over several lines", "write it on one line"
    if not value.isprintable() and any(unicodedata.category(char) == "Cc" for char in value):
        return "holds a control character", "remove it"
    return _check_value(value, field)


def _check_value(value: str, field: Field) -> _Wrong:
    if field.values and value not in field.values:
        return f'is "{value}"', did_you_mean(value, field.values, f"allowed: {', '.join(field.values)}")
    return None


def _check_list(value: Any, field: Field) -> _Wrong:
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        return "must be a list of words", "write [one, two]"
    return next((wrong for item in value if (wrong := _check_value(item, field))), None)


def _check_number(value: Any, field: Field) -> _Wrong:
    if not isinstance(value, str) or not re.fullmatch(r"[0-9]{1,6}", value):
        return "must be a whole number", "write digits only"
    return None


def _check_flag(value: Any, field: Field) -> _Wrong:
    return None if value in (*TRUE, *FALSE) else ("must be yes or no", "write `yes` or `no`")


def _check_date(value: Any, field: Field) -> _Wrong:
    return None if isinstance(value, str) and is_day(value) else ("must be a date", "write it as YYYY-MM-DD")


def _check_language(value: Any, field: Field) -> _Wrong:
    good = isinstance(value, str) and is_language(value)
    return None if good else ("must be a language", "write a code such as fr, nl or fr-BE")


def _check_identifier(value: Any, field: Field) -> _Wrong:
    good = isinstance(value, str) and IDENTIFIER.match(value)
    return None if good else ("must be a name", "use lower-case letters, digits and hyphens")


def _check_slugs(value: Any, field: Field) -> _Wrong:
    if not isinstance(value, dict):
        return "must give an address word per language", "write {fr: mot, nl: woord}"
    return next((wrong for tag, item in value.items() for wrong in [_slug(tag, item)] if wrong), None)


def _check_slug(value: Any, field: Field) -> _Wrong:
    if isinstance(value, dict) and any(isinstance(item, list) for item in value.values()):
        return "must give one address word per language", "write {fr: mot, nl: woord}"
    return _check_slugs(value, field)


def _slug(tag: str, item: Any) -> _Wrong:
    if not is_language(tag):
        return f'names "{tag}", which is no language', "write a code such as fr, nl or fr-BE"
    for word in item if isinstance(item, list) else [item]:
        if not isinstance(word, str) or not SLUG.match(word):
            return f'gives the address "{word}"', "use lower-case ASCII letters, digits and single hyphens"
    return None


def _check_fields(value: Any, field: Field) -> _Wrong:
    return None if isinstance(value, dict) else ("must be keys and values", "write `key: value` lines")


def _check_map(value: Any, field: Field) -> _Wrong:
    good = isinstance(value, dict) and all(isinstance(item, str) for item in value.values())
    return None if good else ("must be keys with one text each", "write {key: value}")


def _check_records(value: Any, field: Field) -> _Wrong:
    good = isinstance(value, list) and all(isinstance(item, dict) for item in value)
    return None if good else ("must be a list of entries with keys and values", "begin each entry with a hyphen")


_CHECKS: Mapping[str, Callable[[Any, Field], _Wrong]] = {
    "text": _check_text,
    "list": _check_list,
    "number": _check_number,
    "flag": _check_flag,
    "date": _check_date,
    "language": _check_language,
    "identifier": _check_identifier,
    "slug": _check_slug,
    "slugs": _check_slugs,
    "map": _check_map,
    "fields": _check_fields,
    "records": _check_records,
}
KINDS = tuple(_CHECKS)
"""The kinds of value a field can take."""

_SCHEMAS: Mapping[str, dict[str, Any]] = {
    "text": {"type": "string", "minLength": 1},
    "list": {"type": "array", "items": {"type": "string"}},
    "number": {"type": ["string", "integer"], "pattern": "^[0-9]{1,6}$"},
    "flag": {"enum": ["yes", "no", "true", "false", True, False]},
    "date": {"type": "string", "pattern": DATE.pattern.replace(r"\Z", "$")},
    "language": {"type": "string"},
    "identifier": {"type": "string", "pattern": IDENTIFIER.pattern.replace(r"\Z", "$")},
    "slug": {"type": "object", "additionalProperties": {"type": "string"}},
    "slugs": {"type": "object"},
    "map": {"type": "object", "additionalProperties": {"type": "string"}},
    "fields": {"type": "object"},
    "records": {"type": "array", "items": {"type": "object"}},
}


def schema_of(fields: Iterable[Field], title: str) -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of a mapping with these fields, for editors."""
    properties: dict[str, Any] = {}
    required: list[str] = []
    for field in fields:
        schema = dict(_SCHEMAS[field.kind])
        if field.values:
            enum = {"enum": list(field.values)}
            schema = {"type": "array", "items": enum} if field.kind == "list" else enum
        if field.about:
            schema["description"] = field.about
        if field.longest:
            schema["maxLength"] = field.longest
        properties[field.name] = schema
        if field.required:
            required.append(field.name)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": title,
        "type": "object",
        "properties": properties,
        "required": required,
        "additionalProperties": False,
    }


def is_day(text: str) -> bool:
    """Tell whether the text is a day of the calendar, as YYYY-MM-DD."""
    try:
        return bool(DATE.match(text) and date.fromisoformat(text))
    except ValueError:
        return False


def is_true(value: object) -> bool:
    """Tell whether a flag of an author's file is set."""
    return value in TRUE
