"""Shapes of registry records: what they read is what pydantic reads, and anything else is left to it."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import BaseModel, ValidationError

from balise import record_shapes as shapes
from balise.record_shapes import Record, Shape
from balise.source import load_yaml

ROOT = Path(__file__).parents[2]
SECTIONS = {
    "channels": {"channels": shapes.CHANNEL},
    "figures": {
        "figures": shapes.FIGURE,
        "dates": shapes.DATE,
        "claims": shapes.CLAIM,
        "series": shapes.SERIES,
        "conflicts": shapes.CONFLICT,
    },
    "terms": {"rules": shapes.TERM},
    "search": {"words": shapes.SEARCH},
    "glossary": {"entries": shapes.GLOSSARY},
}
FILES = {name: load_yaml(ROOT / "content" / "data" / f"{name}.yml", ROOT).value for name in SECTIONS}
RECORDS = [
    (shape, item)
    for name, sections in SECTIONS.items()
    for section, shape in sections.items()
    for item in FILES[name].get(section, ())
]
WHOLE = [
    (shapes.CHANNELS_FILE, FILES["channels"]),
    (shapes.FIGURES_FILE, FILES["figures"]),
    (shapes.TERMS_FILE, FILES["terms"]),
    (shapes.SEARCH_FILE, FILES["search"]),
    (shapes.GLOSSARY_FILE, FILES["glossary"]),
]
SHAPES = [*(shape for sections in SECTIONS.values() for shape in sections.values()), *(shape for shape, _ in WHOLE)]


def plain(value: Any) -> Any:
    """Return a record or a model, and all that is in it, as plain values in order."""
    if isinstance(value, Record | BaseModel):
        return [(name, plain(item)) for name, item in value]
    if isinstance(value, dict):
        return [(name, plain(item)) for name, item in value.items()]
    return tuple(map(plain, value)) if isinstance(value, tuple) else value


def modelled(shape: Shape, value: Any) -> Any:
    """Return what pydantic makes of a value; `None` where it refuses it."""
    try:
        return plain(shape.model().model_validate(value))
    except ValidationError:
        return None


def test_every_file_of_the_reference_site_is_read_as_pydantic_reads_it() -> None:
    for shape, value in WHOLE:
        assert plain(shape.read(value)) == modelled(shape, value)


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.name)
def test_a_shape_has_the_keys_of_its_model_in_order(shape: Shape) -> None:
    fields = shape.model().model_fields
    assert [(key, shape.renamed.get(key, key)) for key in shape.keys] == [
        (field.alias or name, name) for name, field in fields.items()
    ]


PIECES = [
    "",
    " a",
    "a",
    "yes",
    "no",
    "all",
    "always",
    "fr",
    "xx",
    "BE",
    "116000",
    "+3216000",
    "2026-13-01",
    "2026-01-01",
]
PIECES += ["24:00", "00:00", "https://a.be/", "a@b.be", "[", "a\u200bb", "{value}", "{date}", "1", "9", "web", "words"]
VALUES = st.one_of(
    st.sampled_from(PIECES), st.sampled_from([None, 1, True, [], {}, [""], ["a"], {"fr": "a"}, {"a": []}, "\ud800"])
)


def places(value: Any, at: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Return where every value inside a value stands."""
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [at, *(place for key, item in inside for place in places(item, (*at, key)))]


@settings(max_examples=600, deadline=None)
@given(st.sampled_from(RECORDS), st.data())
def test_a_changed_record_is_read_as_pydantic_reads_it_or_left_to_it(
    record: tuple[Shape, Any], data: st.DataObject
) -> None:
    shape, value = record[0], copy.deepcopy(record[1])
    *way, last = data.draw(st.sampled_from(places(value)[1:]))
    inside = value
    for step in way:
        inside = inside[step]
    how = data.draw(st.sampled_from(["change", "remove", "add"]))
    if how == "change":
        inside[last] = data.draw(VALUES)
    elif how == "remove":
        del inside[last]
    elif isinstance(inside, list):
        inside.append(data.draw(VALUES))
    else:
        inside[data.draw(st.sampled_from([*shape.keys, *PIECES]))] = data.draw(VALUES)
    found = shape.read(value)
    if found is not None:
        assert plain(found) == modelled(shape, value)
