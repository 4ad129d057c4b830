"""Sets the marks of one line of prose: quotation marks, apostrophes, ellipses and no-break spaces, by language.

The line may hold control characters for what stands between its texts (tags, code, addresses); they keep their order.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from types import MappingProxyType

BLOCK, OBJECT, INLINE, BREAK, KEPT_SPACE = "\x00", "\x01", "\x02", "\x03", "\x04"
"""What stands in a line for a block tag, for a thing read as a word, for an inline tag, for `<br>`, for `&nbsp;`."""

FOREIGN = "\ufffc"
"""What stands for words in another language."""

NO_BREAK, NARROW = "\u00a0", "\u202f"


@dataclass(frozen=True)
class Conventions:
    """How a language sets its marks."""

    quotes: str = "“”"
    guillemet: str = ""
    """Space inside guillemets."""
    before: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    """Space in front of each of the marks that have a say in it; an empty one takes the author's away."""
    percent: str = ""
    """Space in front of a percent or euro sign that the author wrote without one."""
    shortened: str = r"(?!)"
    """Pattern of words that lost their beginning: the mark in front is an apostrophe, never an opening quote."""

    @cached_property
    def signs(self) -> str:
        """Return the signs whose neighbours decide how they are set."""
        return "\"'“”‘" + ("«»" if self.guillemet else "") + "".join(self.before)


def _french(guillemet: str, high: str, colon: str) -> Conventions:
    before = MappingProxyType({";": high, "!": high, "?": high, ":": colon})
    return Conventions(quotes="«»", guillemet=guillemet, before=before, percent=NO_BREAK)


CONVENTIONS: Mapping[str, Conventions] = MappingProxyType(
    {
        "en": Conventions(shortened=r"(?i:(?:tis|twas|til|em|cause|bout|\d0s)(?![\w'’])|n(?!\w))"),
        "nl": Conventions(shortened=r"(?i:s|t|n|k|m|r|er|ns)(?![\w'’])"),
        "fr": _french(NARROW, NARROW, NO_BREAK),
        "fr-CA": _french(NO_BREAK, "", NO_BREAK),
        "fr-CH": _french(NARROW, NARROW, NARROW),
    }
)
"""Conventions by language tag; French after the Imprimerie nationale, in Canada the OQLF, in Switzerland the
Guide du typographe."""

ELLIPSIS = re.compile(r"\.\.\.(?<!\.\.\.\.)(?!\.)")
INNER_APOSTROPHE = re.compile(r"'(?<=\w')(?=\w)(?!(?<=\d')\d)")
UNITS = r"(?:[%‰€$£°]|°C|[kcm]?m[²³]?|[km]?g|[cm]?l|h|min|m?s|[kKMGT][Bo]|EUR|USD|GBP|CAD|CHF)"
"""Pattern of the units that stay beside their number."""
UNIT = re.compile(rf"([0-9]\x02*+)[ \t\r\n]++(?=\x02*{UNITS}(?![\w'’-]))")
PERCENT = re.compile(r"([0-9]\x02*)(?=[%‰€](?!\w))")

SPACES = frozenset(" \t\r\n\f")
KEPT_SPACES = frozenset((NO_BREAK, NARROW, KEPT_SPACE))
EDGES = frozenset((BLOCK, BREAK))
OPENERS = frozenset("([{«“‘„⦅")
BEFORE_QUOTE = OPENERS | SPACES | KEPT_SPACES | EDGES | frozenset("-‐‑–—/=")
AFTER_QUOTE = frozenset(".,;:!?)]}»”…")
SPACED = SPACES | KEPT_SPACES | EDGES
SYMBOLS = frozenset("=/\\_-+*#$@&|~^<>")
INSIDE = {"!": SYMBOLS, "?": SYMBOLS, ";": SYMBOLS | {"(", ")"}, ":": SYMBOLS | {"(", ")"}}
"""Characters after a sign that show it to be part of a word, a path or a smiley; a letter or digit does too."""
NO_SPACE_AFTER = OPENERS | EDGES | SYMBOLS | frozenset(";:!?–—")


def notable_marks(language: str) -> str:
    """Return the characters one of which is in every text that changes, but for units and three dots; "" where most do.

    A language that sets spaces changes nearly every text.
    """
    conventions = CONVENTIONS[language]
    return "" if conventions.before else conventions.signs + "’"


def set_marks(line: str, language: str) -> str:
    """Return the line with its marks set; `language` is a key of `CONVENTIONS`."""
    conventions = CONVENTIONS[language]
    if "..." in line:
        line = ELLIPSIS.sub("…", line)
    if "'" in line:
        line = INNER_APOSTROPHE.sub("’", line)
    line = UNIT.sub(rf"\1{NO_BREAK}", line)
    if conventions.percent and ("%" in line or "€" in line or "‰" in line):
        line = PERCENT.sub(rf"\1{conventions.percent}", line)
    return _Marks(line, conventions).set()


@lru_cache(maxsize=len(CONVENTIONS))
def _patterns(signs: str, shortened: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    beside_a_mark = r"(?!(?<=’)[\w ])"  # most marks in French are apostrophes; few have another mark beside them
    return re.compile(f"[{signs}’]{beside_a_mark}"), re.compile(shortened)


class _Marks:
    """The marks of one line that need their neighbours, or the quotations open around them, to be set."""

    def __init__(self, line: str, conventions: Conventions) -> None:
        self.line = line
        self.conventions = conventions
        self.signs, self.shortened = _patterns(conventions.signs, conventions.shortened)
        self.edits: dict[int, str] = {}
        self.waiting: list[str] = []  # the closing mark of each open quotation
        self.singles: list[int] = []  # places of ' that open a quotation if another closes it
        self.openers: set[int] = set()  # places of straight marks found to open

    def set(self) -> str:
        """Return the line with every mark set; an open quotation ends with its block."""
        before = self.conventions.before
        last = 0
        for match in self.signs.finditer(self.line):
            sign, place = match[0], match.start()
            if sign in before:
                self._set_sign(place, sign)
                continue
            if (self.waiting or self.singles) and self.line.find(BLOCK, last, place) >= 0:
                self.waiting.clear()
                self.singles.clear()
            last = place
            if sign == "'":
                self._set_single(place)
            elif sign == "’":
                self._note_apostrophe(place)
            elif sign != "‘":
                self._set_double(place, sign)
            elif self.shortened.match(self.line, place + 1):
                self.edits[place] = "’"
        return self._edited()

    def _edited(self) -> str:
        if not self.edits:
            return self.line
        pieces: list[str] = []
        end = 0
        for place in sorted(self.edits):
            pieces += (self.line[end:place], self.edits[place])
            end = place + 1
        return "".join((*pieces, self.line[end:]))

    def _before(self, place: int) -> tuple[int, str]:
        """Return the place and character before a place, looking through inline tags; a block's edge at the start."""
        place -= 1
        while place >= 0 and self.line[place] == INLINE:
            place -= 1
        return (place, self.line[place]) if place >= 0 else (place, BLOCK)

    def _after(self, place: int) -> tuple[int, str]:
        """Return the place and character after a place, looking through inline tags; a block's edge at the end."""
        place += 1
        while place < len(self.line) and self.line[place] == INLINE:
            place += 1
        return (place, self.line[place]) if place < len(self.line) else (place, BLOCK)

    def _set_single(self, place: int) -> None:
        """Set a straight single mark: an apostrophe or half of a pair; after a number alone it may be a prime."""
        at, before = self._before(place)
        after = self._after(place)[1]
        if before in BEFORE_QUOTE or at in self.openers:
            if after in SPACED:
                return
            self.edits[place] = "’"
            if not self.shortened.match(self.line, place + 1):
                self.singles.append(place)
                self.openers.add(place)
            return
        if before.isdigit() and not after.isalpha() and not self.singles:
            return
        self.edits[place] = "’"
        if self.singles and not _is_word(after):
            self.edits[self.singles.pop()] = "‘"

    def _note_apostrophe(self, place: int) -> None:
        """Note a curly apostrophe that begins a word: a mark after it is read as it was beside a straight one."""
        at, before = self._before(place)
        if before in BEFORE_QUOTE or at in self.openers:
            self.openers.add(place)

    def _set_double(self, place: int, sign: str) -> None:
        """Set a double mark, straight or not, as the opening or closing one of the language."""
        opens = self._opens(place) if sign == '"' else sign in "“«"
        if opens:
            self.openers.add(place)
            self._open(place, sign)
        elif opens is not None:
            self._close(place, sign)

    def _opens(self, place: int) -> bool | None:
        """Tell whether a straight double mark opens a quotation; `None` when it is something else, such as inches."""
        at, before = self._before(place)
        after = self._after(place)[1]
        if before in BEFORE_QUOTE or at in self.openers:
            if self.waiting and (after in SPACED or after in AFTER_QUOTE):
                return False
            if after in SPACED:  # the French put spaces inside their quotation marks
                return True if self.conventions.guillemet and after not in EDGES else None
            return True
        if self.waiting:
            return False
        if _is_word(after):
            return True if before in "'’,;:!?.…" else None
        return None if before.isdigit() else False

    def _open(self, place: int, sign: str) -> None:
        quotes = "“”" if self.waiting and sign != "«" else self.conventions.quotes
        mark = quotes[0]
        self.waiting.append(quotes[1])
        self.edits[place] = mark
        if mark == "«":
            at, after = self._after(place)
            if after in SPACES:
                self._replace_spaces(at, self.conventions.guillemet)
            elif after not in SPACED and after != "»":
                self.edits[place] = mark + self.conventions.guillemet

    def _close(self, place: int, sign: str) -> None:
        mark = self.waiting[-1] if self.waiting and sign != "»" else self.conventions.quotes[1]
        while self.waiting and self.waiting.pop() != mark:
            pass
        self.edits[place] = mark
        if mark == "»":
            self._space_before(place, mark, self.conventions.guillemet, OPENERS | EDGES)

    def _set_sign(self, place: int, sign: str) -> None:
        """Put the space before a sign that ends a clause, not one within a word, a time, a ratio or a smiley."""
        after = self._after(place)[1]
        if not after.isalnum() and after not in INSIDE[sign]:
            self._space_before(place, sign, self.conventions.before[sign], NO_SPACE_AFTER)

    def _space_before(self, place: int, mark: str, space: str, unless: frozenset[str]) -> None:
        """Put one space between a mark and what it follows, unless it is one of those; a no-break space is kept."""
        at, before = self._before(place)
        start = -1
        while before in SPACES:
            start = at
            at, before = self._before(at)
        if before in KEPT_SPACES:
            return
        if start >= 0:
            if before not in OPENERS and before not in EDGES and at not in self.openers:
                self._replace_spaces(start, space)
        elif before not in unless and at not in self.openers:
            self.edits[place] = space + mark

    def _replace_spaces(self, place: int, space: str) -> None:
        """Put one space in the place of all that follow each other from here, inline tags between them or not."""
        while (character := self.line[place : place + 1]) and (character in SPACES or character == INLINE):
            if character in SPACES:
                self.edits[place] = space
                space = ""
            place += 1


def _is_word(character: str) -> bool:
    return character.isalnum() or character in {OBJECT, FOREIGN, "_"}
