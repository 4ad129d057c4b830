"""The facts of a project one by one: what each says, where it comes from, where it appears, and what is due."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from balise.lint.seals import Difference, Facts, Fields, differences, load_seals, project_facts
from balise.pipeline import EditionCompiler, Options
from balise.problems import Location
from balise.site import addresses
from balise.skeleton import Skeletons

if TYPE_CHECKING:
    from balise.channels import Channel
    from balise.figure_records import Claim, Figure, FigureDate
    from balise.project import Project
    from balise.sources import Source

SOON = 60
"""Days ahead that a fact counts as due."""
LISTED = ("channels", "figures", "dates", "claims")
"""The sections whose records are confirmed one by one."""
_CALL = re.compile(r"\{\{-?\s*(?:figure|number|claim|date|chart|channel|phone|link)\(\s*[\"']([a-zA-Z0-9.-]+)[\"']")
_SHOWN = re.compile(r'data-channel="([a-z0-9-]+)"')


@dataclass(frozen=True)
class Fact:
    """A record of the data as somebody confirms it; `due` is the day of its expiry or review, `pages` show it."""

    section: str
    id: str
    title: str
    fields: Fields
    sources: tuple[str, ...]
    place: Location
    checked_on: str = ""
    checked_by: str = ""
    due: str = ""
    pages: tuple[str, ...] = ()
    changes: tuple[Difference, ...] = ()

    def reasons(self, today: str) -> tuple[str, ...]:
        """Return in words why somebody should look at it; nothing where all is well."""
        found = ["changed"] if self.changes else []
        found += [] if self.checked_on else ["never confirmed"]
        if self.due and self.due < today:
            found.append(f"was due on {self.due}")
        elif self.due and self.due <= (date.fromisoformat(today) + timedelta(days=SOON)).isoformat():
            found.append(f"due on {self.due}")
        return tuple(found)


def list_facts(project: Project, today: str) -> tuple[Fact, ...]:
    """Return the facts of a project in the order of its data. Raises `SourceProblem` where the seals cannot be read."""
    values = project_facts(project)
    changes = _by_fact(changed_facts(project, values))
    pages = pages_of_facts(project, today)
    return tuple(_facts(project, values, changes, pages))


def changed_facts(project: Project, values: Facts) -> tuple[Difference, ...]:
    """Return what differs from the seals; everything is new without them. Raises `SourceProblem`."""
    loaded = load_seals(project)
    return tuple(differences(loaded[0] if loaded else {}, values, known=project.registries.places))


def _by_fact(found: Iterable[Difference]) -> Mapping[tuple[str, str], tuple[Difference, ...]]:
    grouped: dict[tuple[str, str], list[Difference]] = {}
    for one in found:
        grouped.setdefault((one.section, one.id), []).append(one)
    return {key: tuple(items) for key, items in grouped.items()}


def _facts(
    project: Project,
    values: Facts,
    changes: Mapping[tuple[str, str], tuple[Difference, ...]],
    pages: Mapping[str, Sequence[str]],
) -> Iterator[Fact]:
    registries, language = project.registries, project.site.source_language
    tables: Mapping[str, Mapping[str, Channel | Figure | FigureDate | Claim]] = {
        "channels": registries.channels,
        "figures": registries.figures,
        "dates": registries.dates,
        "claims": registries.claims,
    }
    for section in LISTED:
        for name, record in tables[section].items():
            yield Fact(
                section=section,
                id=name,
                title=_title(record, language),
                fields=values[section, name],
                sources=tuple(_source_words(source) for source in _sources(record)),
                place=registries.places.get(f"{section}.{name}", Location(f"{project.content}/data/{section}.yml")),
                checked_on=record.checked.on if record.checked else "",
                checked_by=record.checked.by if record.checked else "",
                due=getattr(record, "review_after", "") or record.expires,
                pages=tuple(pages.get(name, ())),
                changes=changes.get((section, name), ()),
            )


def _title(record: Channel | Figure | FigureDate | Claim, language: str) -> str:
    """Return a record in one line: a channel's name, or the sentence of a figure with its value."""
    names = getattr(record, "name", None)
    if names:
        return str(names.get(language) or next(iter(names.values())))
    sentence = str(getattr(record, "statement", "") or getattr(record, "text", ""))
    value = getattr(record, "words", "") or getattr(record, "value", "") or getattr(record, "date", "")
    return sentence.replace("{value}", str(value)).replace("{date}", str(value))


def _sources(record: Channel | Figure | FigureDate | Claim) -> tuple[Source, ...]:
    many = getattr(record, "sources", None)
    return tuple(many) if many is not None else (record.source,)  # type: ignore[union-attr]


def _source_words(source: Source) -> str:
    """Return who says it, where and when, in one line."""
    parts = (source.publisher, source.document, source.dated, source.url)
    return ", ".join(part for part in parts if part) or "no source"


def pages_of_facts(project: Project, today: str) -> Mapping[str, tuple[str, ...]]:
    """Return the pages that show each fact, by the fact's id; read from the finished pages in the source language."""
    table, _, _ = addresses(project)
    options = Options(today, allow_stale=True)
    compiler = EditionCompiler(project, project.site.source_language, options, table, Skeletons(project.page_types))
    edition = compiler.compile()
    found: dict[str, dict[str, None]] = {}
    for page_id, page in edition.pages.items():
        source = page.page.cutting.source.decode()
        series = project.registries.series
        for name in (*_CALL.findall(source), *_SHOWN.findall(str(page.body.html))):
            for fact in (name, *(series[name].figures if name in series else ())):
                found.setdefault(fact, {}).setdefault(page_id)
    return {name: tuple(pages) for name, pages in found.items()}
