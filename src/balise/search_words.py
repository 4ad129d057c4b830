"""Words by which readers look for a page or a service: those the A–Z page shows, and those that are only understood."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from balise.languages import fallbacks
from balise.problems import Problem
from balise.record_shapes import SEARCH, SEARCH_FILE
from balise.records import parse_records, parse_sections

if TYPE_CHECKING:
    from balise.source import YamlDocument

WordsPerLanguage = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class SearchWords:
    """What `search.yml` says of a page or channel: words `listed` from A to Z, words `typed` that are never shown."""

    id: str
    listed: WordsPerLanguage = field(default_factory=dict)
    typed: WordsPerLanguage = field(default_factory=dict)

    def shown(self, language: str) -> tuple[str, ...]:
        """Return the words that the A–Z page of an edition lists."""
        return _of(self.listed, language)

    def understood(self, language: str) -> tuple[str, ...]:
        """Return every word by which a search in an edition finds the page or channel."""
        return (*_of(self.listed, language), *_of(self.typed, language))


def _of(words: WordsPerLanguage, language: str) -> tuple[str, ...]:
    return next((words[tag] for tag in fallbacks(language) if tag in words), ())


def parse_search_words(document: YamlDocument) -> tuple[Mapping[str, SearchWords], tuple[Problem, ...]]:
    """Return the valid entries of the file by the page or channel they lead to, and what is wrong with the others."""
    sections, problems = parse_sections(document, SEARCH_FILE)
    if "words" not in sections:
        return {}, problems
    models, found = parse_records(document, "words", SEARCH)
    return {name: SearchWords(**dict(model)) for name, model in models.items()}, (*problems, *found)


def search_words_schema() -> dict[str, Any]:
    """Return the JSON Schema of `search.yml`, for editors."""
    from balise.schemas import SearchFile

    return SearchFile.model_json_schema(by_alias=True)
