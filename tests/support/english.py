"""Finding English that a page of another edition shows without saying so."""

from __future__ import annotations

import re
from collections.abc import Iterable

from balise.project import Project
from support.published import PublishedPage

ENOUGH_WORDS = 4
"""Fewest words of a text that is compared; shorter ones are names and numbers in any language."""
ENGLISH_WORDS = frozenset(
    "the and with your you this that they their them these those from what which who whose whom when where there have has "
    "been being will would could should must may might cannot does did doing because about into than only also each "
    "how why its it's don't doesn't isn't are were your yours our ours every someone nobody anything".split()
)
"""Frequent words that are English and neither French nor Dutch."""
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_ADDRESS = re.compile(r"\S+@\S+|\S+\.[a-z]{2,}\b\S*")
_SENTENCE_END = re.compile(r"(?<=[.!?:;…])\s+")
_MARKUP = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\[([^\]]*)\]\([^)]*\)|<[^>]*>|[*_`]")


def words(text: str) -> tuple[str, ...]:
    """Return the words of a text in lower case, without punctuation, addresses and single letters."""
    found = _WORD.findall(_ADDRESS.sub(" ", text.lower()))
    return tuple(word.replace("’", "'") for word in found if len(word) > 1)


def english_texts(project: Project, pages: Iterable[PublishedPage]) -> frozenset[tuple[str, ...]]:
    """Return the words of every English text of a project: units, front matter, data, theme, and its pages as shown."""
    texts: list[str] = []
    for page in project.pages.values():
        if page.language == "en":
            texts += [unit.text for unit in page.cutting.units]
            texts += [str(page.meta[key]) for key in ("title", "short", "description") if key in page.meta]
    for catalogue in (*project.site_catalogues.values(), *project.theme_catalogues.values()):
        texts += [entry.source for entry in catalogue.entries]
    for published in pages:
        texts += [shown.text for shown in published.texts() if shown.language == "en"]
    names = organisation_names(project)
    pieces = {
        piece for text in texts for line in (text, *_pieces(text)) for piece in (line, *_SENTENCE_END.split(line))
    }
    found = {without_names(piece, names) for piece in pieces}
    return frozenset(item for item in found if len(item) >= ENOUGH_WORDS)


def _pieces(text: str) -> list[str]:
    """Return the stretches of a Markdown text that become text nodes of their own."""
    plain = _MARKUP.sub(lambda match: f"\n{match[1]}\n" if match[1] else "\n", text)
    return plain.splitlines()


def organisation_names(project: Project) -> tuple[str, ...]:
    """Return the names that stay as they are in every language, longest first: channels, who runs them, publishers."""
    registries = project.registries
    channels = registries.channels.values()
    names = {name for item in channels for name in (item.operator, *item.name.values())}
    names |= {item.source.publisher for item in registries.figures.values()}
    return tuple(sorted({" ".join(words(name)) for name in names} - {""}, key=len, reverse=True))


def without_names(text: str, names: tuple[str, ...]) -> tuple[str, ...]:
    """Return the words of a text that are no part of an organisation's name."""
    plain = f" {' '.join(words(text))} "
    for name in names:
        plain = plain.replace(f" {name} ", " ")
    return tuple(plain.split())


def is_english(text: str, known: frozenset[tuple[str, ...]], names: tuple[str, ...] = ()) -> bool:
    """Tell whether a text or one of its sentences, names apart, is a known English one or reads like English."""
    pieces = (text, *_SENTENCE_END.split(text))
    return any(_is_english_sentence(without_names(piece, names), known) for piece in pieces)


def _is_english_sentence(found: tuple[str, ...], known: frozenset[tuple[str, ...]]) -> bool:
    if len(found) < ENOUGH_WORDS:
        return False
    telling = [word for word in found if word in ENGLISH_WORDS]
    return found in known or len(set(telling)) >= 3 or len(telling) * 4 >= len(found)
