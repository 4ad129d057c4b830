"""Records of figures, dates and claims: what `figures.yml` holds, checked and with its references."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from balise.problems import Problem
from balise.record_shapes import CLAIM, CONFLICT, DATE, FIGURE, FIGURES_FILE, SERIES
from balise.records import check_references, parse_records, parse_sections
from balise.review import Checked
from balise.sources import Message, Source, source_messages

if TYPE_CHECKING:
    from balise.source import YamlDocument


@dataclass(frozen=True)
class Figure:
    """A sourced number; `statement` is an English sentence with one `{value}`, `words` stand for it where given.

    `period` is a year, a month, or two of them with a slash; `as_of` is the date of a running total.
    """

    id: str
    value: Decimal
    unit: str
    qualifier: str
    topic: str
    status: str
    display: str
    statement: str
    source: Source
    confidence: str
    assembled: str
    period: str = ""
    as_of: str = ""
    period_note: str = ""
    geography: str = ""
    decimals: int = 0
    words: str = ""
    also_in: tuple[str, ...] = ()
    derived: Mapping[str, str] = field(default_factory=dict)
    supersedes: tuple[str, ...] = ()
    superseded_by: tuple[str, ...] = ()
    review_after: str = ""
    remarks: tuple[str, ...] = ()
    checked: Checked | None = None
    expires: str = ""


@dataclass(frozen=True)
class FigureDate:
    """A sourced date (YYYY, YYYY-MM, YYYY-MM-DD, or MM-DD when it recurs) and its sentence with one `{date}`."""

    id: str
    date: str
    statement: str
    source: Source
    assembled: str
    recurs: str = ""
    also_in: tuple[str, ...] = ()
    confidence: str = ""
    remarks: tuple[str, ...] = ()
    checked: Checked | None = None
    status: str = ""
    expires: str = ""


@dataclass(frozen=True)
class Claim:
    """A statement somebody made, with its day and its author; `figures` are those it mentions."""

    id: str
    topic: str
    text: str
    as_of: str
    attributed_to: str
    source: Source
    assembled: str
    also_in: tuple[str, ...] = ()
    figures: tuple[str, ...] = ()
    confidence: str = ""
    remarks: tuple[str, ...] = ()
    checked: Checked | None = None
    status: str = ""
    expires: str = ""


@dataclass(frozen=True)
class Series:
    """Figures that make one chart, in order; `notes` are for single figures, by id."""

    id: str
    title: str
    unit: str
    figures: tuple[str, ...]
    remark: str = ""
    notes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Conflict:
    """Readings that disagree, and the verdict of the editors; never shown."""

    id: str
    topic: str
    readings: tuple[str, ...]
    verdict: str
    figures: tuple[str, ...] = ()


@dataclass(frozen=True)
class FigureRegistry:
    """Everything `figures.yml` holds, by id and in its order."""

    figures: Mapping[str, Figure] = field(default_factory=dict)
    dates: Mapping[str, FigureDate] = field(default_factory=dict)
    claims: Mapping[str, Claim] = field(default_factory=dict)
    series: Mapping[str, Series] = field(default_factory=dict)
    conflicts: Mapping[str, Conflict] = field(default_factory=dict)


def parse_figures(document: YamlDocument) -> tuple[FigureRegistry, tuple[Problem, ...]]:
    """Return the valid records of the registry file, and what is wrong with the others or points nowhere."""
    sections, found = parse_sections(document, FIGURES_FILE)
    problems = list(found)
    records: dict[str, Mapping[str, Any]] = {}
    shapes = (
        ("figures", FIGURE, Figure),
        ("dates", DATE, FigureDate),
        ("claims", CLAIM, Claim),
        ("series", SERIES, Series),
        ("conflicts", CONFLICT, Conflict),
    )
    for section, shape, kind in shapes:
        valid, faults = parse_records(document, section, shape) if section in sections else ({}, ())
        problems.extend(faults)
        records[section] = {name: kind(**_values(dict(item))) for name, item in valid.items()}
    registry = FigureRegistry(**records)
    problems.extend(_broken_references(document, sections))
    return registry, tuple(problems)


def _values(values: dict[str, Any]) -> dict[str, Any]:
    """Return the fields of a model as the record holds them."""
    if "source" in values:
        values["source"] = Source(**dict(values["source"]))
    if values.get("checked"):
        values["checked"] = Checked(**dict(values["checked"]))
    if "value" in values:
        values |= {"value": Decimal(values["value"]), "decimals": int(values["decimals"])}
    return values


def _broken_references(document: YamlDocument, sections: Mapping[str, Any]) -> Iterator[Problem]:
    """Yield a problem for each id that names no figure of the file, valid or not."""
    known = _ids(sections.get("figures"))
    lists = (
        ("figures", "supersedes"),
        ("figures", "superseded_by"),
        ("claims", "figures"),
        ("series", "figures"),
        ("conflicts", "figures"),
    )
    for section, key in lists:
        items = sections.get(section)
        for index, item in enumerate(items if isinstance(items, list) else ()):
            names = item.get(key) if isinstance(item, dict) else None
            if isinstance(names, list):
                yield from check_references(document, (section, index, key), names, known, what="figure")


def _ids(items: Any) -> tuple[str, ...]:
    if not isinstance(items, list):
        return ()
    return tuple(item["id"] for item in items if isinstance(item, dict) and isinstance(item.get("id"), str))


def figure_schema() -> dict[str, Any]:
    """Return the JSON Schema of `figures.yml`, for editors."""
    from balise.schemas import FiguresFile

    return FiguresFile.model_json_schema(by_alias=True)


def needs_review(figure: Figure, today: str) -> bool:
    """Tell whether the day has passed on which a newer figure was to be looked for; `today` is YYYY-MM-DD."""
    return bool(figure.review_after) and figure.review_after < today


def figure_messages(registry: FigureRegistry) -> Iterator[Message]:
    """Yield every text of the registry that is translated; the same message may come more than once."""
    for figure in registry.figures.values():
        yield f"figures.{figure.id}.statement", figure.statement
        if figure.words:
            yield f"figures.{figure.id}.words", figure.words
        if figure.period_note:
            yield "figures.period_note", figure.period_note
        yield from source_messages(figure.source)
    for date in registry.dates.values():
        yield f"dates.{date.id}.statement", date.statement
        yield from source_messages(date.source)
    for claim in registry.claims.values():
        yield f"claims.{claim.id}.text", claim.text
        yield "claims.attributed_to", claim.attributed_to
        yield from source_messages(claim.source)
    for series in registry.series.values():
        yield f"series.{series.id}.title", series.title
        yield f"series.{series.id}.unit", series.unit
        if series.remark:
            yield f"series.{series.id}.remark", series.remark
        for name, note in series.notes.items():
            yield f"series.{series.id}.notes.{name}", note
