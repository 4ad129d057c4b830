"""Words that a project knows and a dictionary does not: its own list, its glossary, the names of its services."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from balise.source import SourceProblem, read_text

if TYPE_CHECKING:
    from balise.lint.surroundings import Surroundings
    from balise.project import Project

WORDS_FILE = "data/words.txt"
"""Where a project lists its own words, one a line, below its content; what follows # is a remark."""
_WORD = re.compile(r"[^\W\d_]+(?:['\u2019-][^\W\d_]+)*")


def known_words(surroundings: Surroundings) -> frozenset[str]:
    """Return the words in small letters that a project knows; looked up once per edition."""
    found = surroundings.store.get("known-words")
    if not isinstance(found, frozenset):
        found = frozenset(_known(surroundings.project))
        surroundings.store["known-words"] = found
    return found


def _known(project: Project) -> set[str]:
    registries = project.registries
    texts = [line.partition("#")[0] for line in _own_lines(project)]
    texts.append(project.site.name)
    for channel in registries.channels.values():
        texts += [channel.operator, *channel.name.values(), *channel.aliases, *channel.formerly]
    for entry in registries.glossary.values():
        texts += [*entry.term.values(), *(form for forms in entry.must.values() for form in forms)]
    return {part for text in texts for word in _WORD.findall(text.lower()) for part in (word, *re.split("['-]", word))}


def _own_lines(project: Project) -> list[str]:
    path = project.root / project.content / WORDS_FILE
    try:
        return read_text(path, project.root).split("\n") if path.exists() else []
    except SourceProblem:
        return []
