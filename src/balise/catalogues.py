"""PO catalogues: reading, aligning with today's source, writing; a translation is current, stale or missing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Protocol

from balise.alignment import Match, align_units
from balise.canonical import read_canonical
from balise.languages import Text, fallbacks
from balise.problems import Location, Problem, error, warning
from balise.protected import string_fault
from balise.source import SourceProblem, check_inside, read_text, relative_posix
from balise.units import unit_id

if TYPE_CHECKING:
    import polib

META = "meta."
"""How the ids of front-matter texts begin."""
MAX_CATALOGUE_BYTES = 4_000_000
"""Largest PO file read, in bytes."""
_BAD_LINE = re.compile(
    r"""^(?!
        [ \t]*(?:
            \#(?![~|]).*                                                        # a comment
            | (?:\#~?\|?[ \t]*)?                                                 # obsolete, previous
              (?:(?:msgctxt|msgid|msgid_plural|msgstr(?:\[\d\])?)[ \t]*)?
              "(?:[^"\\\n]|\\.)*"[ \t]*
            | \#~?\|?[ \t]*
            |
        )$).*$""",
    re.MULTILINE | re.VERBOSE,
)
_FORMS = re.compile(r"nplurals\s*=\s*(\d+)")
_FORMULA = re.compile(r"plural\s*=([^;]*)")
_NO_FORMULA = re.compile(r"[^n0-9\s()?:!=<>&|%+*/-]+")


class State(Enum):
    """What readers can trust of one unit's translation."""

    CURRENT = "current"
    STALE = "stale"
    MISSING = "missing"
    REFUSED = "refused"


class Entry(NamedTuple):
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
    try:
        if not path.exists() and not path.is_symlink():
            check_inside(path, root)
            return catalogue(name, ()), ()
        return parse_catalogue(read_text(path, root, MAX_CATALOGUE_BYTES), name)
    except SourceProblem as refused:
        return catalogue(name, ()), (refused.problem,)


def parse_catalogue(text: str, path: str) -> tuple[Catalogue, tuple[Problem, ...]]:
    """Return the entries of PO text; syntax errors and ids that stand twice are problems with their line.

    The form that Balise writes is read in one search, many times as fast; everything else by polib.
    """
    plain = read_canonical(text)
    if plain is not None:
        entries = [Entry(name, source, translation, "", False, line) for line, name, source, translation in plain]
        return catalogue(path, entries), tuple(_check_duplicates(entries, path))
    problem = _check_lines(text, path)
    if problem:
        return catalogue(path, ()), (problem,)
    import polib

    try:
        parsed = polib.pofile(text + "\n", encoding="utf-8")
    except (OSError, ValueError, UnicodeError, IndexError, KeyError) as failure:
        line = re.search(r"line (\d+)", str(failure))
        return catalogue(path, ()), (_broken(path, int(line[1]) if line else 1),)
    problem = _check_header(parsed.metadata, text, path)
    if problem:
        return catalogue(path, ()), (problem,)
    entries = [_entry(item) for item in parsed if not item.obsolete]
    obsolete = [_entry(item) for item in parsed if item.obsolete]
    problems = (*_check_duplicates(entries, path), *_check_forms(parsed, path))
    return catalogue(path, entries, obsolete), problems


def _broken(path: str, line: int) -> Problem:
    hint = "mend quotes, keywords or merge conflict marks on this line; `msgfmt -c` shows more"
    return error("po-syntax", "the PO file is broken", Location(path, line), hint)


def _check_lines(text: str, path: str) -> Problem | None:
    """Refuse what polib would read silently: conflict marks, open quotes, absurd plural indices."""
    conflict = re.search(r"^(?:<{7}|>{7}|={7})(?: |$)", text, re.MULTILINE)
    if conflict:
        where = Location(path, text.count("\n", 0, conflict.start()) + 1)
        return error("po-syntax", "a merge conflict is left in the PO file", where, "choose one side")
    bad = _BAD_LINE.search(text)
    return _broken(path, text.count("\n", 0, bad.start()) + 1) if bad else None


def _check_header(header: Mapping[str, str], text: str, path: str) -> Problem | None:
    """Refuse what no tool reads the same way: another charset, an absurd number of plural forms."""
    charset = re.search(r"charset\s*=\s*[\"']?([\w.:-]+)", header.get("Content-Type", ""))
    if charset and charset[1].lower() not in ("utf-8", "utf8", "charset", "ascii", "us-ascii"):
        message = f"the PO file declares charset {charset[1]}"
        where = _header_line(text, "Content-Type", path)
        return error("po-charset", message, where, "write charset=UTF-8 and save it so")
    plurals = _FORMS.search(header.get("Plural-Forms", ""))
    if plurals and not re.fullmatch(r"[1-6]", plurals[1]):
        where = _header_line(text, "Plural-Forms", path)
        return error("po-plurals", f"nplurals is {plurals[1][:12]}", where, "no language has more than 6")
    formula = _FORMULA.search(header.get("Plural-Forms", ""), plurals.end() if plurals else 0)
    strange = _NO_FORMULA.search(formula[1]) if formula else None
    if strange:
        where = _header_line(text, "Plural-Forms", path)
        hint = "write a formula of n, numbers and signs, as `balise translate update` does"
        return error("po-plurals", f'the plural formula holds "{strange[0][:20]}"', where, hint)
    return None


def _header_line(text: str, name: str, path: str) -> Location:
    return Location(path, text.count("\n", 0, max(text.find(f'"{name}'), 0)) + 1)


def _check_forms(parsed: polib.POFile, path: str) -> Iterable[Problem]:
    """Yield a problem for each message whose plural forms are not those the header promises."""
    promised = _FORMS.search(parsed.metadata.get("Plural-Forms", ""))
    if not promised:
        return
    wanted = list(range(int(promised[1])))
    for item in parsed:
        given = item.msgstr_plural
        if item.msgid_plural and not item.obsolete and any(given.values()) and sorted(given) != wanted:
            message = f'msgid "{item.msgid[:40]}" has {len(given)} plural forms'
            hint = f"give msgstr[0] to msgstr[{wanted[-1]}], as the header says"
            yield error("po-plurals", message, Location(path, item.linenum or 0), hint)


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


def _check_duplicates(entries: Sequence[Entry], path: str) -> Iterable[Problem]:
    """Yield a problem for each id (with its text, where ids are contexts of data strings) that stands twice."""
    ids = {entry.id for entry in entries}
    if len(ids) == len(entries) and "" not in ids:
        return
    lines: dict[tuple[str, str], int] = {}
    for entry in entries:
        is_name = entry.id and ("." not in entry.id or entry.id.startswith(META))
        key = (entry.id, "" if is_name else entry.source)
        if not entry.id and not entry.source:
            where = Location(path, entry.line)
            yield error("po-duplicate", "the header stands twice", where, "keep one entry with an empty msgid")
        elif key in lines:
            name = f'msgctxt "{entry.id}"' if entry.id else f'msgid "{entry.source[:40]}"'
            hint = f"keep one of the two; the first is on line {lines[key]}"
            yield error("po-duplicate", f"{name} stands twice", Location(path, entry.line), hint)
        lines.setdefault(key, entry.line)


def match_units(entries: Catalogue, texts: Sequence[str]) -> tuple[Match, ...]:
    """Return for each text of a page's body its entry; front-matter texts have entries of their own."""
    return align_units(unit_entries(entries), texts)


def unit_entries(entries: Catalogue) -> list[Entry]:
    """Return the entries of a page's body, in order."""
    return [entry for entry in entries.entries if entry.source and not entry.id.startswith(META)]


def match_meta(entries: Catalogue, context: str, text: str) -> Match:
    """Return the entry of a front-matter text, which its fixed id names (`meta.title`)."""
    entry = entries.by_id.get(context)
    return Match(entry, entry is not None and entry.source == text)


@dataclass(frozen=True)
class Message:
    """A text to be translated: its context or fixed id ("" for a unit that gets one), its text, place and note."""

    context: str
    text: str
    place: Location
    note: str = ""
    plural: str = ""


def merge_units(old: Catalogue, messages: Sequence[Message], memory: Mapping[str, str]) -> Catalogue:
    """Return the catalogue for today's units: translations kept, changed sources noted, lost entries kept as obsolete.

    `memory` maps source texts to translations from elsewhere in the same language; they are offered as fuzzy.
    """
    bodies = iter(match_units(old, [message.text for message in messages if not message.context]))
    matches = [
        match_meta(old, message.context, message.text) if message.context else next(bodies) for message in messages
    ]
    kept = {match.entry for match in matches if match.entry}
    taken = {entry.id for entry in kept}
    entries: list[Entry] = []
    for message, match in zip(messages, matches, strict=True):
        entry = _merged(message, match, taken, old, memory)
        taken.add(entry.id)
        entries.append(entry)
    lost = [entry for entry in old.entries if entry.source and entry.translation and entry not in kept]
    known = {entry.source for entry in entries}
    obsolete = {entry.source: entry for entry in map(retired, (*old.obsolete, *lost)) if entry.source not in known}
    return catalogue(old.path, entries, tuple(obsolete.values()))


def retired(entry: Entry) -> Entry:
    """Return an entry as it is kept when its unit is gone: its translation beside the text it was made from."""
    return entry._replace(source=entry.previous or entry.source, previous="", line=0)


def _merged(message: Message, match: Match, taken: set[str], old: Catalogue, memory: Mapping[str, str]) -> Entry:
    entry = match.entry
    if entry is None:
        revived = next((item for item in old.obsolete if item.source == message.text), None)
        identifier = message.context or unit_id(message.text, taken)
        if revived:
            return Entry(identifier, message.text, revived.translation, revived.previous, revived.fuzzy)
        offer = memory.get(message.text, "")
        return Entry(identifier, message.text, offer, fuzzy=bool(offer))
    identifier = message.context or entry.id or unit_id(message.text, taken)
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
        item = _po_entry(retired(entry), None)
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

    @property
    def language(self) -> str:
        """Return the language tag of the edition."""

    def gettext(self, message: str) -> str:
        """Return a string of the theme or of our presentation code, translated."""

    def ngettext(self, one: str, many: str, count: int) -> str:
        """Return the plural form for a count."""

    def text(self, context: str, source: str) -> Text:
        """Return a string of the site's data, or its source text where no current translation exists."""


@dataclass(frozen=True)
class CataloguePhrases:
    """Words of one edition, from the theme's catalogue and the site's; the site's win.

    `site` holds only entries that can be shown (`is_usable`).
    """

    language: str
    source_language: str
    theme: Mapping[str, Entry] = field(repr=False, default_factory=dict)
    site: Mapping[tuple[str, str], Entry] = field(repr=False, default_factory=dict)

    def gettext(self, message: str) -> str:
        """Return a string of the theme or of our presentation code, translated."""
        return self._words.get(message, message)

    @cached_property
    def _words(self) -> Mapping[str, str]:
        """Return the translations of all strings without a context and without plural forms."""
        own = {source: entry for (context, source), entry in self.site.items() if not context and not entry.plural}
        shown = {**self.theme, **own}.items()
        return {source: entry.translation for source, entry in shown if entry.translation and not entry.fuzzy}

    def ngettext(self, one: str, many: str, count: int) -> str:
        """Return the plural form for a count."""
        entry = self.site.get(("", one))
        entry = entry if entry and entry.plural == many else self.theme.get(one)
        if entry and entry.translations and all(entry.translations) and not entry.fuzzy:
            from babel.messages.plurals import get_plural

            form = get_plural(self.language.replace("-", "_"))
            if len(entry.translations) == form.num_plurals:
                return entry.translations[_plural_index(form.plural_expr, count)]
        return one if count == 1 else many

    def text(self, context: str, source: str) -> Text:
        """Return a string of the site's data, or its source text where no current translation exists."""
        entry = self.site.get((context, source))
        return Text(entry.translation, self.language) if entry else Text(source, self.source_language)


def is_usable(entry: Entry) -> bool:
    """Tell whether a string's translation can be shown: there, not fuzzy, not stale, and keeping what it must keep."""
    has_text = bool(entry.translation or (entry.translations and all(entry.translations)))
    return has_text and not entry.fuzzy and not entry.previous and not _string_fault(entry)


def check_strings(entries: Catalogue) -> Iterable[Problem]:
    """Yield a warning for each translated string that cannot be shown because it breaks what it must keep."""
    for entry in entries.entries:
        fault = "" if entry.fuzzy else _string_fault(entry)
        if fault:
            where = Location(entries.path, entry.line)
            hint = "keep placeholders, tags, addresses and numbers as in msgid; the source text is shown until then"
            yield warning("translation-broken", f"the translation {fault}", where, hint)


@lru_cache(maxsize=8192)
def _string_fault(entry: Entry) -> str:
    """Return what the first faulty form of a string's translation loses or adds; "" when there is none."""
    source = entry.previous or entry.source
    faults = (string_fault(source, text) for text in (entry.translation, *entry.translations) if text)
    return next((fault for fault in faults if fault), "")


def _plural_index(expression: str, count: int) -> int:
    """Return which plural form a count takes, by CLDR's expression for the language."""
    from gettext import c2py

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
            site_words |= {(entry.id, entry.source): entry for entry in site[tag].entries if is_usable(entry)}
    return CataloguePhrases(language, source_language, theme_words, site_words)
