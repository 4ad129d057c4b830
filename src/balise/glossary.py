"""The project's glossary: the word for a thing in each language, what translations must use, what nobody writes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from balise.languages import fallbacks
from balise.problems import Problem
from balise.record_shapes import GLOSSARY, GLOSSARY_FILE
from balise.records import parse_records, parse_sections

if TYPE_CHECKING:
    from balise.source import YamlDocument

FormsPerLanguage = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class GlossaryEntry:
    """One thing and its words: the `term` of each language, the forms a translation `must` use, those to `avoid`.

    A form is one or more words; `*` at the end of a word stands for any ending. `must` holds for translations of texts
    in the language it names first: whose forms are few in one language may be everyday words in another. `note` says
    why, or when.
    """

    id: str
    term: Mapping[str, str]
    must: FormsPerLanguage = field(default_factory=dict)
    avoid: FormsPerLanguage = field(default_factory=dict)
    note: str = ""

    def word(self, language: str) -> str:
        """Return the word for the thing in a language, "" where the glossary has none."""
        return next((self.term[tag] for tag in fallbacks(language) if tag in self.term), "")

    def spoken_of(self, language: str) -> tuple[str, ...]:
        """Return the forms by which a text in a language speaks of the thing, so that its translations must too."""
        first = next(iter(self.must), "")
        return self.must[first] if first in fallbacks(language) else ()

    def needed(self, language: str) -> tuple[str, ...]:
        """Return the forms of which a text in a language has one where it speaks of the thing."""
        return next((self.must[tag] for tag in fallbacks(language) if tag in self.must), ())

    def avoided(self, language: str) -> tuple[str, ...]:
        """Return the forms that no text in a language has."""
        return next((self.avoid[tag] for tag in fallbacks(language) if tag in self.avoid), ())


def parse_glossary(document: YamlDocument) -> tuple[Mapping[str, GlossaryEntry], tuple[Problem, ...]]:
    """Return the valid entries of the file by id, and what is wrong with the others."""
    sections, problems = parse_sections(document, GLOSSARY_FILE)
    if "entries" not in sections:
        return {}, problems
    models, found = parse_records(document, "entries", GLOSSARY)
    return {name: GlossaryEntry(**dict(model)) for name, model in models.items()}, (*problems, *found)


def glossary_schema() -> dict[str, Any]:
    """Return the JSON Schema of `glossary.yml`, for editors."""
    from balise.schemas import GlossaryFile

    return GlossaryFile.model_json_schema(by_alias=True)
