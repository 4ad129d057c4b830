"""From a registry file to checked records: every fault is a problem with its place, and none hides the next."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from balise.problems import Problem, did_you_mean, error
from balise.record_shapes import Shape
from balise.source import YamlDocument

if TYPE_CHECKING:
    from pydantic import BaseModel
    from pydantic_core import ErrorDetails

Place = tuple[str | int, ...]
"""Keys and list positions that lead to a value of the file."""


def parse_sections(document: YamlDocument, file: Shape) -> tuple[Mapping[str, Any], tuple[Problem, ...]]:
    """Return the top-level sections the file may hold, and what is wrong at its top."""
    value = document.value
    if not isinstance(value, dict):
        hint = f"write the sections as keys: {', '.join(file.keys)}"
        return {}, (error("data-invalid", "the file holds no keys", document.location(), hint),)
    problems = tuple(_unknown_key(document, (key,), file.keys) for key in value if key not in file.keys)
    return {key: item for key, item in value.items() if key in file.keys}, problems


def parse_records(document: YamlDocument, section: str, shape: Shape) -> tuple[Mapping[str, Any], tuple[Problem, ...]]:
    """Return the valid records of a list section by id, in file order, and the problems of the others."""
    items = document.value.get(section, [])
    if not isinstance(items, list):
        return {}, (
            error("data-invalid", f'"{section}" must be a list', document.location(section), "begin each with -"),
        )
    records: dict[str, Any] = {}
    problems: list[Problem] = []
    lines: dict[str, int] = {}
    for index, item in enumerate(items):
        at: Place = (section, index)
        record, found = parse_value(document, at, item, shape)
        problems.extend(found)
        name = item.get("id") if isinstance(item, dict) else None
        if not isinstance(name, str):
            continue
        place = document.location(*at, "id")
        if name in lines:
            hint = f"give one of them another id; the other stands on line {lines[name]}"
            problems.append(error("data-duplicate-id", f'id "{name}" is used twice', place, hint))
            continue
        lines[name] = place.line
        if record is not None:
            records[name] = record
    return records, tuple(problems)


def parse_value(document: YamlDocument, at: Place, value: Any, shape: Shape) -> tuple[Any, tuple[Problem, ...]]:
    """Return the value as a record or a model, or nothing and the problems that say why not."""
    record = shape.read(value)
    if record is not None:
        return record, ()
    from pydantic import ValidationError

    model = shape.model()
    try:
        return model.model_validate(value), ()
    except ValidationError as failure:
        details = failure.errors(include_url=False)
    return None, tuple(_problems(document, at, details, model))


def check_references(
    document: YamlDocument, at: Place, names: Iterable[str], known: Iterable[str], *, what: str
) -> Iterator[Problem]:
    """Yield a problem for each name in the list at a place that names no known record."""
    known = tuple(known)
    for index, name in enumerate(names):
        if isinstance(name, str) and name not in known:
            hint = did_you_mean(name, known, f"name a {what} of this file")
            yield error("data-invalid", f'{what} "{name}" does not exist', document.location(*at, index), hint)


def _problems(
    document: YamlDocument, at: Place, details: Iterable[ErrorDetails], model: type[BaseModel]
) -> Iterator[Problem]:
    """Yield one problem for each fault; a list whose only item is wrong is not also called empty, as pydantic does."""
    for detail in details:
        if detail["type"] == "too_short" and detail["input"]:
            continue
        inside = tuple(step for step in detail["loc"] if step != "[key]")
        yield _problem(document, at, inside, detail, model)


def _problem(document: YamlDocument, at: Place, inside: Place, detail: ErrorDetails, model: type[BaseModel]) -> Problem:
    kind, key = detail["type"], _key(inside)
    place = document.location(*at, *inside)
    if kind == "extra_forbidden":
        return _unknown_key(document, (*at, *inside), _keys_at(model, inside[:-1]))
    if kind == "missing":
        return error(
            "data-invalid", f'the key "{key}" is missing', document.location(*at, *inside[:-1]), f"add `{key}:`"
        )
    if kind == "literal_error":
        allowed = re.findall(r"'([^']+)'", str(detail.get("ctx", {}).get("expected", "")))
        given = detail["input"]
        if not isinstance(given, str):
            return error("data-invalid", f'"{key}" must be one word', place, f"use one of: {', '.join(allowed)}")
        hint = did_you_mean(given, allowed, f"use one of: {', '.join(allowed)}")
        return error("data-invalid", f'"{key}" cannot be "{given}"', place, hint)
    if kind == "balise":
        context = detail.get("ctx", {})
        return error("data-invalid", f'"{key}": {context["what"]}', place, str(context["fix"]))
    message, hint = _SHAPES.get(kind, ("has a value that does not fit", "compare it with another record of the file"))
    return error("data-invalid", f'"{key}" {message}' if key else f"the record {message}", place, hint)


def _unknown_key(document: YamlDocument, at: Place, known: Iterable[str]) -> Problem:
    known = tuple(known)
    hint = did_you_mean(str(at[-1]), known, f"known keys: {', '.join(known)}")
    return error("data-invalid", f'unknown key "{at[-1]}"', document.key_location(*at), hint)


def _key(inside: Place) -> str:
    """Return the name of the value in messages: its last key that is a word."""
    return next((str(step) for step in reversed(inside) if step and isinstance(step, str)), "")


def _keys_at(model: type[BaseModel], inside: Place) -> tuple[str, ...]:
    """Return the keys that the mapping at a place may hold, as they are spelled in the file."""
    from pydantic import BaseModel

    for step in inside:
        if isinstance(step, int):
            continue
        field = next((f for name, f in model.model_fields.items() if (f.alias or name) == step), None)
        inner = next(_models_in(field.annotation, BaseModel), None) if field else None
        if inner is None:
            break
        model = inner
    return tuple(field.alias or name for name, field in model.model_fields.items())


def _models_in(annotation: Any, base: type[Any]) -> Iterator[Any]:
    """Yield the models inside a type such as `tuple[SourceModel, ...] | None`."""
    if isinstance(annotation, type) and issubclass(annotation, base):
        yield annotation
    for argument in getattr(annotation, "__args__", ()):
        yield from _models_in(argument, base)


_SHAPES = {
    "string_type": ("must be text", "write one line of text"),
    "tuple_type": ("must be a list", "write one item per line, each after -"),
    "dict_type": ("must be keys and values", "write `key: value` lines"),
    "model_type": ("must be keys and values", "write `key: value` lines"),
    "model_attributes_type": ("must be keys and values", "write `key: value` lines"),
    "too_short": ("is empty", "write at least one item"),
}
