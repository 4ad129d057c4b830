"""PO catalogues: reading, aligning with today's source, writing; a translation is current, stale or missing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from balise.languages import Text, fallbacks
from balise.problems import Location, Problem, error
from balise.source import SourceProblem, read_text, relative_posix
from balise.units import unit_id

if TYPE_CHECKING:
    import polib

MAX_CATALOGUE_BYTES = 4_000_000
"""Largest PO file read, in bytes."""
SIMILAR_ENOUGH = 0.4
"""Share of words in common above which a unit and an entry in one gap are a pair; frozen by a golden test."""


class State(Enum):
    """What readers can trust of one unit's translation."""

    CURRENT = "current"
    STALE = "stale"
    MISSING = "missing"
    REFUSED = "refused"


@dataclass(frozen=True)
class Entry:
    """One message of a catalogue; `previous` is the source text that a stale translation was made from."""

    id: str
    source: str
    translation: str
    previous: str = ""
    fuzzy: bool = False
    line: int = 0
    comment: str = ""
    plural: str = ""
    translations: tuple[str, ...] = ()


@dataclass(frozen=True)
class Catalogue:
    """The messages of one PO file in file order, with what else a rewrite must keep."""

    path: str
    entries: tuple[Entry, ...] = ()
    obsolete: tuple[Entry, ...] = ()
    by_id: Mapping[str, Entry] = field(default_factory=dict, repr=False, compare=False)


def catalogue(path: str, entries: Sequence[Entry], obsolete: Sequence[Entry] = ()) -> Catalogue:
    """Return a catalogue of these entries, with an index by id."""
    return Catalogue(path, tuple(entries), tuple(obsolete), {entry.id: entry for entry in entries})


def load_catalogue(path: Path, root: Path) -> tuple[Catalogue, tuple[Problem, ...]]:
    """Return a PO file's entries; a file that is not there is an empty catalogue, a broken one a problem."""
    name = relative_posix(path, root)
    if not path.exists() and not path.is_symlink():
        return catalogue(name, ()), ()
    try:
        return parse_catalogue(read_text(path, root, MAX_CATALOGUE_BYTES), name)
    except SourceProblem as refused:
        return catalogue(name, ()), (refused.problem,)


def parse_catalogue(text: str, path: str) -> tuple[Catalogue, tuple[Problem, ...]]:
    """Return the entries of PO text; syntax errors and ids that stand twice are problems with their line."""
    import polib

    problem = _check_header(text, path)
    if problem:
        return catalogue(path, ()), (problem,)
    try:
        parsed = polib.pofile(text + "\n", encoding="utf-8")
    except (OSError, ValueError, UnicodeError, IndexError, KeyError) as failure:
        line = re.search(r"line (\d+)", str(failure))
        where = Location(path, int(line[1]) if line else 1)
        hint = "mend quotes, keywords or merge conflict marks on this line; `msgfmt -c` shows more"
        return catalogue(path, ()), (error("po-syntax", "the PO file is broken", where, hint),)
    entries = [_entry(item) for item in parsed if not item.obsolete]
    obsolete = [_entry(item) for item in parsed if item.obsolete]
    return catalogue(path, entries, obsolete), tuple(_check_duplicates(entries, path))


def _check_header(text: str, path: str) -> Problem | None:
    """Refuse what polib would read silently or not at all: another charset, conflict marks, an absurd plural count."""
    charset = re.search(r"charset=([\w-]+)", text[:4000])
    if charset and charset[1].lower().replace("-", "") not in ("utf8", "charset", "ascii", "usascii"):
        line = text[: charset.start()].count("\n") + 1
        message = f"the PO file declares charset {charset[1]}"
        return error("po-charset", message, Location(path, line), "write charset=UTF-8 and save it so")
    conflict = re.search(r"^(?:<{7}|>{7}|={7})(?: |$)", text, re.MULTILINE)
    if conflict:
        line = text[: conflict.start()].count("\n") + 1
        return error("po-syntax", "a merge conflict is left in the PO file", Location(path, line), "choose one side")
    plurals = re.search(r"nplurals\s*=\s*(\d+)", text[:4000])
    if plurals and not 1 <= len(plurals[1]) <= 1:
        line = text[: plurals.start()].count("\n") + 1
        return error("po-plurals", f"nplurals is {plurals[1][:12]}", Location(path, line), "no language has more than 6")
    return None


def _entry(item: polib.POEntry) -> Entry:
    plurals = tuple(item.msgstr_plural[index] for index in sorted(item.msgstr_plural))
    return Entry(
        id=item.msgctxt or "",
        source=item.msgid,
        translation=item.msgstr,
        previous=item.previous_msgid or "",
        fuzzy="fuzzy" in item.flags,
        line=item.linenum or 0,
        comment=item.tcomment,
        plural=item.msgid_plural or "",
        translations=plurals,
    )


def _check_duplicates(entries: Iterable[Entry], path: str) -> Iterable[Problem]:
    """Yield a problem for each id (with its text, where ids are contexts) that stands twice."""
    lines: dict[tuple[str, str], int] = {}
    for entry in entries:
        key = (entry.id, "" if "." not in entry.id and entry.id else entry.source)
        if key in lines:
            name = f'msgctxt "{entry.id}"' if entry.id else f'msgid "{entry.source[:40]}"'
            hint = f"keep one of the two; the first is on line {lines[key]}"
            yield error("po-duplicate", f"{name} stands twice", Location(path, entry.line), hint)
        lines.setdefault(key, entry.line)


@dataclass(frozen=True)
class Match:
    """How one unit of today's source meets the catalogue: its entry, when there is one, and whether the text is equal."""

    entry: Entry | None
    equal: bool


def align_units(entries: Sequence[Entry], texts: Sequence[str]) -> tuple[Match, ...]:
    """Return for each source text its entry: by order and equal text, then moved text, then likeness within one gap.

    One function for the build and for `update`; `meta.` entries take part like any other.
    """
    sources = [entry.source for entry in entries]
    if sources == list(texts):
        return tuple(Match(entry, True) for entry in entries)
    pairs: dict[int, int] = {}
    blocks = SequenceMatcher(None, sources, list(texts), autojunk=False).get_matching_blocks()
    for block in blocks:
        pairs.update({block.b + step: block.a + step for step in range(block.size)})
    _pair_moved(pairs, sources, texts)
    _pair_similar(pairs, sources, texts)
    return tuple(
        Match(entries[pairs[index]], sources[pairs[index]] == text) if index in pairs else Match(None, False)
        for index, text in enumerate(texts)
    )


def _pair_moved(pairs: dict[int, int], sources: Sequence[str], texts: Sequence[str]) -> None:
    """Pair equal texts that stand elsewhere, in order."""
    free: dict[str, list[int]] = {}
    used = set(pairs.values())
    for index, source in enumerate(sources):
        if index not in used:
            free.setdefault(source, []).append(index)
    for index, text in enumerate(texts):
        if index not in pairs and free.get(text):
            pairs[index] = free[text].pop(0)


def _pair_similar(pairs: dict[int, int], sources: Sequence[str], texts: Sequence[str]) -> None:
    """Pair what is left between the same neighbours by the words in common, the likest first."""
    used = set(pairs.values())
    left = [index for index in range(len(texts)) if index not in pairs]
    candidates: list[tuple[float, int, int]] = []
    for index in left:
        low, high = _gap(pairs, index, len(texts), len(sources))
        for entry in range(low, high):
            if entry not in used:
                ratio = likeness(sources[entry], texts[index])
                if ratio >= SIMILAR_ENOUGH:
                    candidates.append((-ratio, index, entry))
    for _, index, entry in sorted(candidates):
        if index not in pairs and entry not in used:
            pairs[index] = entry
            used.add(entry)


def _gap(pairs: Mapping[int, int], index: int, length: int, entries: int) -> tuple[int, int]:
    """Return the range of entries between the neighbours that already have a partner."""
    low = next((pairs[step] + 1 for step in range(index - 1, -1, -1) if step in pairs), 0)
    high = next((pairs[step] for step in range(index + 1, length) if step in pairs), entries)
    return (low, high) if low <= high else (0, entries)


def likeness(one: str, other: str) -> float:
    """Return the share of words two texts have in common, in order: 0 to 1."""
    return SequenceMatcher(None, one.split(), other.split(), autojunk=False).ratio()


@dataclass(frozen=True)
class Message:
    """A text to be translated: its context or fixed id ("" for a unit that gets one), its text, its place and a note."""

    context: str
    text: str
    place: Location
    note: str = ""
    plural: str = ""


def merge_units(old: Catalogue, messages: Sequence[Message], memory: Mapping[str, str]) -> Catalogue:
    """Return the catalogue for today's units: translations kept, changed sources noted, lost entries kept as obsolete.

    `memory` maps source texts to translations from elsewhere in the same language; they are offered as fuzzy.
    """
    pool = [entry for entry in old.entries if entry.source]
    matches = align_units(pool, [message.text for message in messages])
    taken = {match.entry.id for match in matches if match.entry}
    entries: list[Entry] = []
    for message, match in zip(messages, matches, strict=True):
        entry = _merged(message, match, taken, old, memory)
        taken.add(entry.id)
        entries.append(entry)
    kept = {match.entry.id for match in matches if match.entry}
    lost = [entry for entry in pool if entry.id not in kept and entry.translation]
    known = {entry.source for entry in entries}
    obsolete = [entry for entry in (*old.obsolete, *lost) if entry.source not in known]
    return catalogue(old.path, entries, tuple({entry.source: entry for entry in obsolete}.values()))


def _merged(message: Message, match: Match, taken: set[str], old: Catalogue, memory: Mapping[str, str]) -> Entry:
    entry = match.entry
    if entry is None:
        revived = next((item for item in old.obsolete if item.source == message.text), None)
        identifier = message.context or unit_id(message.text, taken)
        if revived:
            return Entry(identifier, message.text, revived.translation, revived.previous, revived.fuzzy)
        offer = memory.get(message.text, "")
        return Entry(identifier, message.text, offer, fuzzy=bool(offer))
    identifier = message.context or entry.id
    if match.equal:
        return Entry(identifier, entry.source, entry.translation, entry.previous, entry.fuzzy, comment=entry.comment)
    previous = (entry.previous or entry.source) if entry.translation else ""
    if previous == message.text:
        previous = ""
    return Entry(identifier, message.text, entry.translation, previous, entry.fuzzy, comment=entry.comment)


def render_catalogue(entries: Catalogue, language: str, messages: Sequence[Message] = ()) -> str:
    """Return a catalogue as PO text in the one canonical form: source order, no wrapping, no dates."""
    import polib

    result = polib.POFile(wrapwidth=0)
    result.metadata = {
        "Project-Id-Version": "balise",
        "Language": language.replace("-", "_"),
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": plural_forms(language),
    }
    for index, entry in enumerate(entries.entries):
        message = messages[index] if index < len(messages) else None
        result.append(_po_entry(entry, message))
    for entry in entries.obsolete:
        item = _po_entry(entry, None)
        item.obsolete = True
        result.append(item)
    return str(result) + "\n"


def plural_forms(language: str) -> str:
    """Return the `Plural-Forms` header of a language, from CLDR's rules."""
    if not language:
        return "nplurals=2; plural=(n != 1);"
    from babel.messages.plurals import get_plural

    form = get_plural(language.replace("-", "_"))
    return f"nplurals={form.num_plurals}; plural={form.plural_expr};"


def _po_entry(entry: Entry, message: Message | None) -> polib.POEntry:
    import polib

    item = polib.POEntry(
        msgctxt=entry.id or None,
        msgid=entry.source,
        msgstr="" if entry.plural else entry.translation,
        tcomment=entry.comment,
        previous_msgid=entry.previous or None,
        flags=["fuzzy"] if entry.fuzzy else [],
    )
    if entry.plural:
        item.msgid_plural = entry.plural
        item.msgstr_plural = dict(enumerate(entry.translations or ("", "")))
    if message:
        item.comment = message.note
        item.occurrences = [(message.place.path, str(message.place.line) if message.place.line else "")]
    return item


def write_catalogue(path: Path, text: str) -> bool:
    """Write PO text when it differs from what is there; tell whether it did."""
    if path.exists() and path.read_text("utf-8") == text:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8", newline="\n")
    return True


class Phrases(Protocol):
    """What presentation code asks for words: the theme's own strings and the site's data strings."""

    language: str

    def gettext(self, message: str) -> str:
        """Return a string of the theme or of our presentation code, translated."""

    def ngettext(self, one: str, many: str, count: int) -> str:
        """Return the plural form for a count."""

    def text(self, context: str, source: str) -> Text:
        """Return a string of the site's data, or its source text where no current translation exists."""


@dataclass(frozen=True)
class CataloguePhrases:
    """Words of one edition, from the theme's catalogue and the site's; the site's win."""

    language: str
    source_language: str
    theme: Mapping[str, Entry] = field(repr=False, default_factory=dict)
    site: Mapping[tuple[str, str], Entry] = field(repr=False, default_factory=dict)

    def gettext(self, message: str) -> str:
        """Return a string of the theme or of our presentation code, translated."""
        entry = self.site.get(("", message)) or self.theme.get(message)
        return entry.translation if entry and entry.translation and not entry.fuzzy else message

    def ngettext(self, one: str, many: str, count: int) -> str:
        """Return the plural form for a count."""
        entry = self.site.get(("", one)) or self.theme.get(one)
        if entry and entry.translations and all(entry.translations) and not entry.fuzzy:
            from babel.messages.plurals import get_plural

            form = get_plural(self.language.replace("-", "_"))
            index = int(_plural_index(form.plural_expr, count))
            return entry.translations[min(index, len(entry.translations) - 1)]
        return one if count == 1 else many

    def text(self, context: str, source: str) -> Text:
        """Return a string of the site's data, or its source text where no current translation exists."""
        entry = self.site.get((context, source))
        usable = entry and entry.translation and not entry.fuzzy and not entry.previous
        return Text(entry.translation, self.language) if entry and usable else Text(source, self.source_language)


def _plural_index(expression: str, count: int) -> int:
    """Return which plural form a count takes, by CLDR's expression for the language."""
    from gettext import c2py  # type: ignore[attr-defined]

    return int(c2py(expression)(count))


def phrases_for(
    language: str, source_language: str, theme: Mapping[str, Catalogue], site: Mapping[str, Catalogue]
) -> CataloguePhrases:
    """Return the words of an edition from catalogues by language, with `fr-BE` falling back to `fr`."""
    theme_words: dict[str, Entry] = {}
    site_words: dict[tuple[str, str], Entry] = {}
    for tag in reversed(fallbacks(language)):
        if tag in theme:
            theme_words |= {entry.source: entry for entry in theme[tag].entries}
        if tag in site:
            site_words |= {(entry.id, entry.source): entry for entry in site[tag].entries}
    return CataloguePhrases(language, source_language, theme_words, site_words)
