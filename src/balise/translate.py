"""Giving each unit of a page its translation: current, stale, missing, or refused for breaking what it must keep."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import NamedTuple

from balise.alignment import Match
from balise.catalogues import META, Catalogue, Entry, State, match_meta, match_units, unit_entries
from balise.languages import Text
from balise.markdown import INLINE_TAGS, JINJA_TAG, block_skeleton, block_tags, parse_events
from balise.page import META_UNITS, Page
from balise.problems import Location, Problem, warning
from balise.protected import PLAIN_START, compare_texts, compare_things, is_bare, keeps_all, plain_things
from balise.units import Cutting, replace_units

_ATTRIBUTE_BLOCK = re.compile(r"(?<!\\)\{[#.][^{}]*\}")
_LEADING_MARK = re.compile(r"\s*(?:\[[ xX]\]\s|\[!\w+\]|:\s)")
_DEFINITION = re.compile(r"^ {0,3}\[(?!\^)[^\]\n]+\]:[^\n]*$", re.MULTILINE)


class Translation(NamedTuple):
    """What one unit shows in one language: its text, the language of that text, and how far it can be trusted.

    It stands at this line and column of the author's file (1-based, the column in characters; 0 is unknown). `previous`
    is the source text that a stale translation was made from; one that does not keep the numbers, calls and addresses
    of today's source is not `usable`, and readers get the source text.
    """

    text: str
    language: str
    state: State
    source: str
    path: str
    line: int
    column: int = 0
    previous: str = ""
    usable: bool = True

    @property
    def place(self) -> Location:
        """Return the place of the unit in the author's file."""
        return Location(self.path, self.line, self.column)


@dataclass(frozen=True)
class TranslatedPage:
    """A page in one language: its front-matter texts by key, and its units in order.

    Where every unit of the body is current, as in most pages, `current` are their texts: what else there is to say of
    each is put together for those who ask. Elsewhere `units` holds it.
    """

    page: Page
    language: str
    meta: Mapping[str, Translation]
    units: tuple[Translation, ...] = ()
    current: tuple[str, ...] | None = None

    @cached_property
    def translations(self) -> tuple[Translation, ...]:
        """Return the units in order."""
        if self.current is None:
            return self.units
        path, line = self.page.path, self.page.line
        return tuple(
            Translation(text, self.language, State.CURRENT, unit.text, path, line(unit.line))
            for text, unit in zip(self.current, self.page.cutting.units, strict=True)
        )

    @cached_property
    def tally(self) -> Mapping[State, int]:
        """Return how many units, front matter included, are in each state, in the order of the states."""
        states = [item.state for item in (*self.meta.values(), *self.units)]
        tally = dict.fromkeys(State, 0)
        for state in states:
            tally[state] += 1
        tally[State.CURRENT] += len(self.current or ())
        return tally

    def count(self, *states: State) -> int:
        """Return how many units, front matter included, are in one of the states."""
        return sum(self.tally[state] for state in states)

    def foreign(self) -> int:
        """Return how many units, front matter included, are in another language than the page's."""
        if self.is_whole:
            return 0
        return sum(item.language != self.language for item in (*self.meta.values(), *self.translations))

    def marked(self) -> int:
        """Return how many units show the translation of an older text."""
        if self.is_whole:
            return 0
        items = (*self.meta.values(), *self.translations)
        return sum(item.state is State.STALE and item.language == self.language for item in items)

    @property
    def is_whole(self) -> bool:
        """Tell whether every unit is current, so that nothing is in another language or marked."""
        return self.tally[State.CURRENT] == self.total

    @property
    def total(self) -> int:
        """Return the number of units, front matter included."""
        return len(self.meta) + len(self.units if self.current is None else self.current)

    def text(self, key: str) -> Text:
        """Return a front-matter text, `title` for a `short` that is not there."""
        item = self.meta.get(key) or self.meta["title"]
        return Text(item.text, item.language)


def own_text(page: Page) -> TranslatedPage:
    """Return the page in the language it was written in: every unit is current."""
    language, path = page.language, page.path
    meta = {key: Translation(text, language, State.CURRENT, text, path, *at) for key, text, at in _meta_units(page)}
    return TranslatedPage(page, language, meta, current=page.cutting.texts)


def _meta_units(page: Page) -> Iterable[tuple[str, str, tuple[int, int]]]:
    """Yield key, text, and line and column of each front-matter text."""
    for key in META_UNITS:
        if key in page.meta:
            place = page.document.location(key)
            yield key, page.meta[key], (place.line, place.column)


def translate_page(page: Page, catalogue: Catalogue, language: str) -> tuple[TranslatedPage, tuple[Problem, ...]]:
    """Return the page with each unit's translation, and a warning for each translation that cannot be used."""
    problems: list[Problem] = []
    meta: dict[str, Translation] = {}
    for key, source, place in _meta_units(page):
        match = match_meta(catalogue, f"{META}{key}", source)
        item = _translation(source, match, page, language, place)
        meta[key], found = _checked(item, match, catalogue.path, "", plain=True)
        problems += found
    body = page.cutting.source
    definitions = "\n".join(_DEFINITION.findall(body.decode())) if b"]:" in body else ""
    current = _current_texts(page.cutting, catalogue, definitions)
    if current is not None:
        return TranslatedPage(page, language, meta, current=current), tuple(problems)
    units = page.cutting.units
    matches = match_units(catalogue, page.cutting.texts)
    items: list[Translation] = []
    for unit, match in zip(units, matches, strict=True):
        item = _translation(unit.text, match, page, language, (page.line(unit.line), 0))
        item, found = _checked(item, match, catalogue.path, definitions)
        items.append(item)
        problems += found
    result = TranslatedPage(page, language, meta, tuple(items))
    result, broken = _keep_structure(result, matches, catalogue.path)
    return result, (*problems, *broken)


def _current_texts(cutting: Cutting, catalogue: Catalogue, definitions: str) -> tuple[str, ...] | None:
    """Return the translations of all units where each is current and plainly keeps what it must, else `None`."""
    entries = unit_entries(catalogue)
    if [entry.source for entry in entries] != list(cutting.texts):
        return None
    texts = tuple([entry.translation for entry in entries if not entry.fuzzy and not entry.previous])
    if len(texts) < len(entries) or not all(texts) or not keeps_all(cutting.texts, texts, definitions):
        return None
    return texts if _fits_anywhere(texts, cutting.source) or _keeps_blocks(cutting, texts) else None


def _fits_anywhere(texts: Sequence[str], source: bytes) -> bool:
    """Tell whether texts that `keeps_all` lets pass change no block of a source, whatever they stand in.

    Each is one line that begins as nothing but a paragraph does, and holds words, links in words, calls and numbers at
    most. Nothing in it opens, ends or parts a block but the bar of a table, a carriage return, and quotation marks that
    may be the title of a link defined above it (CommonMark 0.31.2, section 4.7).
    """
    return b"]:" not in source and not any("|" in text or "\r" in text for text in texts)


def _translation(source: str, match: Match, page: Page, language: str, place: tuple[int, int]) -> Translation:
    entry = match.entry
    if entry is None or not entry.translation or entry.fuzzy:
        return Translation(source, page.language, State.MISSING, source, page.path, *place)
    if match.equal and not entry.previous:
        return Translation(entry.translation, language, State.CURRENT, source, page.path, *place)
    previous = entry.previous or entry.source
    return Translation(entry.translation, language, State.STALE, source, page.path, *place, previous)


def _checked(
    item: Translation, match: Match, path: str, definitions: str, *, plain: bool = False
) -> tuple[Translation, Iterable[Problem]]:
    """Return the translation, degraded to its source text when it breaks what it must keep, and why."""
    if match.entry is None or item.state is State.MISSING:
        return item, ()
    fault = _plain_fault(match.entry) if plain else check_translation(match.entry, definitions)
    if fault:
        where = Location(path, match.entry.line)
        hint = (
            "keep calls, links, code, tags and numbers as they are in msgid; the page shows the source text until then"
        )
        return _refused(item), (warning("translation-broken", f"the translation {fault}", where, hint),)
    if item.state is State.STALE and not _still_keeps(item, definitions, plain):
        return item._replace(usable=False), ()
    return item, ()


def _refused(item: Translation) -> Translation:
    return item._replace(text=item.source, language="", state=State.REFUSED)


def _still_keeps(item: Translation, definitions: str, plain: bool) -> bool:
    """Tell whether a stale translation keeps what today's source holds: an old number or address is worse than none."""
    if plain:
        return not compare_things(plain_things(item.source), plain_things(item.text))
    return not compare_texts(item.source, item.text, definitions)


def _plain_fault(entry: Entry) -> str:
    """Return what is wrong with the translation of a plain text, such as a title."""
    text, source = entry.translation, entry.previous or entry.source
    if "\n" in text:
        return "runs over several lines"
    if is_bare(source) and is_bare(text):
        return ""
    return compare_things(plain_things(source), plain_things(text))


def check_translation(entry: Entry, definitions: str = "") -> str:
    """Return what is wrong with a translation in Markdown, compared with the text it was made from; "" when nothing is.

    `definitions` are the page's link definitions, which both texts may use.
    """
    text, source = entry.translation, entry.previous or entry.source
    starts_plainly = PLAIN_START.match(text)
    if starts_plainly and is_bare(text) and is_bare(source):
        return ""
    if "\n" in text:
        return "runs over several lines"
    braces = "{" in text and _ATTRIBUTE_BLOCK.search(JINJA_TAG.sub(b"", text.encode()).decode())
    if braces or _LEADING_MARK.match(text):
        return "adds a mark that changes the block it stands in"
    if not starts_plainly and not _is_one_paragraph(text):
        return "is not one plain paragraph"
    return compare_texts(source, text, definitions)


def _is_one_paragraph(text: str) -> bool:
    blocks = [event for event in parse_events(text.encode()) if event.phase == "start"]
    blocks = [event for event in blocks if event.name not in INLINE_TAGS]
    return len(blocks) == 1 and blocks[0].name == "Paragraph"


def _keep_structure(
    result: TranslatedPage, matches: Sequence[Match], path: str
) -> tuple[TranslatedPage, tuple[Problem, ...]]:
    """Return the page with every translation that changes the block structure put back to the source text."""
    cutting = result.page.cutting
    if _keeps_blocks(cutting, [item.text for item in result.translations]):
        return result, ()
    sources = cutting.texts
    items, problems = list(result.translations), []
    for index, item in enumerate(items):
        if not _keeps_blocks(cutting, [*sources[:index], item.text, *sources[index + 1 :]]):
            items[index] = _refused(item)
            entry = matches[index].entry
            where = Location(path, entry.line if entry else 0)
            hint = "begin and end the translation with plain words; the page shows the source text until then"
            problems.append(warning("translation-broken", "the translation changes the page's structure", where, hint))
    return replace(result, units=tuple(items)), tuple(problems)


def _keeps_blocks(cutting: Cutting, texts: Sequence[str]) -> bool:
    """Tell whether the body has the blocks of its source when its units show these texts."""
    rebuilt = replace_units(cutting, texts).encode()
    tags = block_tags(rebuilt)
    return (tags is not None and tags == cutting.tags) or block_skeleton(rebuilt) == cutting.skeleton


def settle(result: TranslatedPage) -> TranslatedPage:
    """Return the page as it is shown: refused units in the source language, critical sections whole or not at all."""
    if result.is_whole:
        return result
    page = result.page
    if page.step and any(section.critical for section in page.sections()):
        return _whole_or_source(result)
    fallen = set()
    for section in page.sections():
        if section.critical:
            inside = [
                index for index, unit in enumerate(page.cutting.units) if section.start <= unit.start < section.end
            ]
            if any(result.translations[index].state is not State.CURRENT for index in inside):
                fallen.update(inside)
    items = []
    for index, item in enumerate(result.translations):
        items.append(_in_source(item, page.language) if index in fallen else _shown(item, page.language))
    meta = {key: _shown(item, page.language) for key, item in result.meta.items()}
    return replace(result, units=tuple(items), current=None, meta=meta)


def _whole_or_source(result: TranslatedPage) -> TranslatedPage:
    """Return a critical step of a guide, of which something is not current, in the language it was written in."""
    language = result.page.language
    items = tuple(_in_source(item, language) for item in result.translations)
    meta = {key: _in_source(item, language) for key, item in result.meta.items()}
    return replace(result, units=items, current=None, meta=meta)


def _shown(item: Translation, source_language: str) -> Translation:
    """Return a unit as readers see it: in the source language where its translation cannot be used."""
    hidden = not item.usable or item.state in (State.REFUSED, State.MISSING)
    return _in_source(item, source_language) if hidden else item


def _in_source(item: Translation, source_language: str) -> Translation:
    return item._replace(text=item.source, language=source_language)
