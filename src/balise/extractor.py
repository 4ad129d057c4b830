"""Babel's way in: an extractor for content pages, page types and YAML data (`babel.extractors: balise`)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import IO, Any

from balise.page import META_UNITS, split_front_matter
from balise.source import SourceProblem, parse_yaml
from balise.units import cut_units, unit_id

Extracted = tuple[int, str, tuple[str, str], list[str]]
"""Line, function name, (context, text) and comments, as Babel expects of a method that gives contexts."""


def extract_balise(
    fileobj: IO[bytes], keywords: Any, comment_tags: Any, options: Mapping[str, Any]
) -> Iterator[Extracted | tuple[int, str, str, list[str]]]:
    """Yield the translatable texts of a content page (`.md`): front matter by fixed id, then units by their first id.

    The signature is Babel's; `keywords` and `comment_tags` play no part. Raises `ValueError` for a page that cannot be read.
    """
    text = fileobj.read().decode("utf-8-sig").replace("\r\n", "\n")
    name = str(getattr(fileobj, "name", "page"))
    try:
        front, body, line = split_front_matter(text, name)
        meta = parse_yaml(front, name, 2)
    except SourceProblem as refused:
        raise ValueError(str(refused.problem)) from None
    for key in META_UNITS:
        if isinstance(meta.value.get(key), str):
            yield meta.location(key).line, "pgettext", (f"meta.{key}", meta.value[key]), [f"front matter: {key}"]
    cutting, _ = cut_units(body, name, line)
    taken: set[str] = set()
    for unit in cutting.units:
        identifier = unit_id(unit.text, taken)
        taken.add(identifier)
        yield unit.line + line - 1, "pgettext", (identifier, unit.text), [unit.kind]
