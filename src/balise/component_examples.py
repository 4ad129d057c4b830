"""The examples in the components' contracts as real views, for the gallery, the checks and the manual."""

from __future__ import annotations

import dataclasses
import types
import typing
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from markupsafe import Markup

from balise.components import THEME, ComponentError, load_contract
from balise.languages import is_language, pick

EXAMPLE_LANGUAGE = "en"
"""The language of an example's text where it names no other."""


@dataclass(frozen=True)
class Example:
    """One way to call a component, ready for `render_component`."""

    component: str
    name: str
    parameters: Mapping[str, Any]


def load_examples(component: str, theme_dir: Path = THEME, language: str = EXAMPLE_LANGUAGE) -> tuple[Example, ...]:
    """Return the component's examples in a language; fields of a view left out are empty. Raises `ComponentError`.

    A text in several languages (`{fr: …, nl: …, en: …}`) is there in the wanted one, every other text in its own.
    """
    contract = load_contract(component, theme_dir)
    known = view_types()
    declared = {parameter.name: parameter.type for parameter in contract.parameters}
    examples = []
    for name, values in contract.examples:
        for key in values:
            if key not in declared:
                raise ComponentError(f'component "{component}", example "{name}": no parameter "{key}"')
        parameters = {
            key: build_value(_hint(declared[key], known), value, known, language) for key, value in values.items()
        }
        examples.append(Example(component, name, parameters))
    return tuple(examples)


def view_types() -> dict[str, Any]:
    """Return every class a contract may name as a type, by its name."""
    from balise import channels, comparison, figures, languages, sheet, sources, terms, theme_view

    views: dict[str, Any] = {"Markup": Markup, "Text": languages.Text}
    for module in (sources, channels, comparison, figures, sheet, terms, theme_view):
        for name, value in vars(module).items():
            if dataclasses.is_dataclass(value) and isinstance(value, type):
                views[name] = value
    return views


def build_value(hint: Any, value: Any, known: Mapping[str, Any], language: str = EXAMPLE_LANGUAGE) -> Any:
    """Return a value of the hinted type from plain YAML (mappings, lists, strings). Raises `ComponentError`."""
    if _is_union(hint):
        hint = next(item for item in typing.get_args(hint) if item is not type(None))
    if typing.get_origin(hint) is tuple:
        return tuple(build_value(typing.get_args(hint)[0], item, known, language) for item in value)
    if hint is known["Text"] and isinstance(value, str):
        return hint(value, EXAMPLE_LANGUAGE)
    if isinstance(value, dict) and value and all(is_language(key) for key in value):
        text, found = pick(value, language, EXAMPLE_LANGUAGE)
        return hint(text, found) if hint is known["Text"] else hint(text)
    if dataclasses.is_dataclass(hint) and isinstance(hint, type):
        return _build_view(hint, value, known, language)
    if hint is bool:
        return value == "true"
    return hint(value)


def _build_view(view: type[Any], values: Mapping[str, Any], known: Mapping[str, Any], language: str) -> Any:
    """Return a view whose fields come from the mapping, then from its defaults, then are empty."""
    hints = typing.get_type_hints(view, localns=dict(known))
    for key in values:
        if key not in hints:
            raise ComponentError(f'{view.__name__} has no field "{key}"')
    fields: dict[str, Any] = {}
    for field in dataclasses.fields(view):
        if field.name in values:
            fields[field.name] = build_value(hints[field.name], values[field.name], known, language)
        elif field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING:
            fields[field.name] = _empty(hints[field.name], known)
    return view(**fields)


def _empty(hint: Any, known: Mapping[str, Any]) -> Any:
    """Return what stands for nothing in a field of this type: `None`, `()`, an empty text, `False` or 0."""
    if _is_union(hint):
        return None
    if typing.get_origin(hint) is tuple:
        return ()
    if dataclasses.is_dataclass(hint) and isinstance(hint, type):
        return build_value(hint, "" if hint is known["Text"] else {}, known)
    return hint()


def _is_union(hint: Any) -> bool:
    return typing.get_origin(hint) in (typing.Union, types.UnionType)


def _hint(declared: str, known: Mapping[str, Any]) -> Any:
    """Return the type a contract names: `tuple[Card]` is a tuple of any length."""
    plain = {"str": str, "int": int, "bool": bool}
    inner = declared.removeprefix("tuple[").removesuffix("]")
    if inner not in {**plain, **known}:
        raise ComponentError(f'a contract names the type "{inner}", which does not exist')
    kind = {**plain, **known}[inner]
    return types.GenericAlias(tuple, (kind, ...)) if declared != inner else kind
