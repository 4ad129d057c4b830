"""Babel's way in: an extractor for content pages, page types and YAML data (`babel.extractors: balise`)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import reduce
from pathlib import PurePath
from typing import IO, Any

from balise.page import META_UNITS, PageType, split_front_matter
from balise.source import SourceProblem, YamlDocument, parse_yaml
from balise.units import cut_units, unit_id

Extracted = tuple[int, str, str | tuple[str, str], list[str]]
"""Line, function name, text or (context, text), and comments, as Babel expects them of a method."""


def extract_balise(
    fileobj: IO[bytes], keywords: Any, comment_tags: Any, options: Mapping[str, Any]
) -> Iterator[Extracted]:
    """Yield the translatable texts of a content page, a page type (`.md` without `type`) or a data file (`.yml`).

    A page gives its front matter by fixed id, then its units by their first id; a page type the literals of `_()`.
    The signature is Babel's; `keywords`, `comment_tags` and `options` play no part. Raises `ValueError` for a file that
    cannot be read, with its place.
    """
    name = str(getattr(fileobj, "name", "page.md"))
    try:
        text = fileobj.read().decode("utf-8-sig").replace("\r\n", "\n")
        if PurePath(name).suffix in (".yml", ".yaml"):
            yield from _data_texts(parse_yaml(text, name))
            return
        front, body, line = split_front_matter(text, name)
        meta = parse_yaml(front, name, 2)
        if isinstance(meta.value, dict) and "type" in meta.value:
            yield from _page_texts(meta, body, line)
        else:
            yield from _type_texts(name, body, line)
    except SourceProblem as refused:
        raise ValueError(str(refused.problem)) from None
    except UnicodeDecodeError:
        raise ValueError(f"{name}: the file is not UTF-8") from None


def _page_texts(meta: YamlDocument, body: str, line: int) -> Iterator[Extracted]:
    for key in META_UNITS:
        if isinstance(meta.value.get(key), str):
            yield meta.location(key).line, "pgettext", (f"meta.{key}", meta.value[key]), [f"front matter: {key}"]
    cutting, _ = cut_units(body, meta.path, line)
    taken: set[str] = set()
    for unit in cutting.units:
        identifier = unit_id(unit.text, taken)
        taken.add(identifier)
        yield unit.line + line - 1, "pgettext", (identifier, unit.text), [unit.kind]


def _type_texts(name: str, body: str, line: int) -> Iterator[Extracted]:
    from balise.skeleton import skeleton_messages

    for message in skeleton_messages(PageType(PurePath(name).stem, name, (), (), body, line)):
        yield message.place.line, "gettext", message.text, []


def _data_texts(document: YamlDocument) -> Iterator[Extracted]:
    """Yield the texts of a file of content/data/, or the name that site.yml gives the site."""
    lines: dict[str, int] = {}
    for at, (line, _) in document.places.items():
        value = reduce(lambda inside, step: inside[step], at, document.value)
        if isinstance(value, str):
            lines.setdefault(value, line)
    for context, text in dict.fromkeys(_messages(document)):
        yield lines.get(text, 1), "pgettext", (context, text), []


def _messages(document: YamlDocument) -> Iterable[tuple[str, str]]:
    from balise.channels import channel_messages, parse_channels
    from balise.figure_records import figure_messages, parse_figures
    from balise.terms import parse_terms, term_messages

    sections = document.value if isinstance(document.value, dict) else {}
    if "channels" in sections:
        return channel_messages(parse_channels(document)[0])
    if "rules" in sections:
        return term_messages(parse_terms(document)[0])
    if "figures" in sections:
        return figure_messages(parse_figures(document)[0])
    return [("site.name", sections["name"])] if isinstance(sections.get("name"), str) else []
