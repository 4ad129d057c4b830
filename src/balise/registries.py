"""The registries together: channels, figures with their dates, claims and series, terms, search words, glossary."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from balise.catalogues import Message
from balise.channel_words import NEEDS
from balise.channels import Channel, channel_messages, channel_schema, parse_channels
from balise.figure_records import (
    Claim,
    Figure,
    FigureDate,
    FigureRegistry,
    Series,
    figure_messages,
    figure_schema,
    parse_figures,
)
from balise.glossary import GlossaryEntry, glossary_schema, parse_glossary
from balise.problems import Location, Problem, error
from balise.search_words import SearchWords, parse_search_words, search_words_schema
from balise.source import SourceProblem, YamlDocument, load_yaml, relative_posix
from balise.terms import Term, TermRegistry, parse_terms, term_messages, term_schema

FILES = ("channels", "figures", "terms", "search", "glossary")
"""The files of content/data/, without suffix."""


@dataclass(frozen=True)
class Registries:
    """Every fact by id, the texts translators get of them, and where each record stands.

    `faulty` names the files with problems: what is missing of them is not an author's mistake anywhere else.
    """

    channels: Mapping[str, Channel] = field(default_factory=dict)
    figures: Mapping[str, Figure] = field(default_factory=dict)
    dates: Mapping[str, FigureDate] = field(default_factory=dict)
    claims: Mapping[str, Claim] = field(default_factory=dict)
    series: Mapping[str, Series] = field(default_factory=dict)
    terms: Mapping[str, Term] = field(default_factory=dict)
    wording: TermRegistry = field(default_factory=TermRegistry)
    search: Mapping[str, SearchWords] = field(default_factory=dict)
    glossary: Mapping[str, GlossaryEntry] = field(default_factory=dict)
    messages: tuple[Message, ...] = ()
    places: Mapping[str, Location] = field(default_factory=dict)
    needs: tuple[str, ...] = NEEDS
    faulty: frozenset[str] = frozenset()

    def place(self, channel_id: str) -> Location:
        """Return where a channel's record stands."""
        return self.places.get(f"channels.{channel_id}", Location("content/data/channels.yml"))


def load_registries(folder: Path, root: Path) -> tuple[Registries, tuple[Problem, ...]]:
    """Return the registries of content/data/, with every problem of their files; a missing file is an empty one."""
    problems: list[Problem] = []
    places: dict[str, Location] = {}
    channels = _load(folder / "channels.yml", root, parse_channels, problems, places) or {}
    figures = _load(folder / "figures.yml", root, parse_figures, problems, places) or FigureRegistry()
    terms = _load(folder / "terms.yml", root, parse_terms, problems, places) or TermRegistry()
    search = _load(folder / "search.yml", root, parse_search_words, problems, places) or {}
    glossary = _load(folder / "glossary.yml", root, parse_glossary, problems, places) or {}
    pairs = (*channel_messages(channels), *figure_messages(figures), *term_messages(terms))
    registries = Registries(
        channels=channels,
        figures=figures.figures,
        dates=figures.dates,
        claims=figures.claims,
        series=figures.series,
        terms=terms.rules,
        wording=terms,
        search=search,
        glossary=glossary,
        messages=tuple(Message(context, text, _place(context, places, folder, root)) for context, text in pairs),
        places=places,
        faulty=frozenset(Path(problem.location.path).stem for problem in problems),
    )
    return registries, tuple(problems)


def _load(
    path: Path,
    root: Path,
    parse: Callable[[YamlDocument], tuple[Any, tuple[Problem, ...]]],
    problems: list[Problem],
    places: dict[str, Location],
) -> Any:
    """Return what a data file holds; `None` when it cannot be read, with the problem noted."""
    if not path.exists() and not path.is_symlink():
        return None
    try:
        document = load_yaml(path, root)
    except SourceProblem as refused:
        problems.append(refused.problem)
        return None
    if not isinstance(document.value, dict):
        name = Location(relative_posix(path, root))
        problems.append(error("data-invalid", "the file must be keys and values", name, f"begin with `{path.stem}:`"))
        return None
    places.update(_record_places(document))
    value, found = parse(document)
    problems += found
    return value


def _record_places(document: YamlDocument) -> Iterable[tuple[str, Location]]:
    """Yield where each record with an id stands, by section and id."""
    for section, records in document.value.items():
        for index, record in enumerate(records if isinstance(records, list) else ()):
            if isinstance(record, dict) and isinstance(record.get("id"), str):
                yield f"{section}.{record['id']}", document.location(section, index)


def _place(context: str, places: Mapping[str, Location], folder: Path, root: Path) -> Location:
    """Return the place of the record a message's context names, or the file of its section."""
    parts = context.split(".")
    section = {"terms": "rules"}.get(parts[0], parts[0])
    found = places.get(f"{section}.{parts[1]}") if len(parts) > 1 else None
    return found or Location(relative_posix(folder, root))


def data_schemas() -> Mapping[str, dict[str, Any]]:
    """Return the JSON Schema of each data file by its name."""
    return {
        "channels": channel_schema(),
        "figures": figure_schema(),
        "terms": term_schema(),
        "search": search_words_schema(),
        "glossary": glossary_schema(),
    }
