"""The rules of `data/terms.yml` on running text: patterns with their exceptions, quotations and negations."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from balise.guides.model import Kind
from balise.languages import fallbacks
from balise.lint.fragments import DIGIT, Finder, Needed, needed, small
from balise.lint.rule import Finding
from balise.lint.sheet import Passage
from balise.problems import Severity

if TYPE_CHECKING:
    from balise.lint.sheet import Sheet
    from balise.terms import Term, TermRegistry

_CLAUSE = re.compile(r"[.!?:;\n]")
_SENTENCE_END = re.compile(r"[.!?\n]")
_OPENING = re.compile(r"[(\[]\s*\Z")
_OPENS_SOON = re.compile(r"[^)\]\n]{0,40}?[(\[]")
READERS: Mapping[str, frozenset[str]] = {
    "young": frozenset({"children", "teens"}),
    "survivor": frozenset({"survivors"}),
}
"""The audiences of the registry that those of pages stand for."""

REPLACED = frozenset({"page-form-of-address"})
"""Rules of terms.yml that a rule of our own says more exactly; the gate leaves them to it (`register`)."""

_DIGIT = re.compile(r"\d")
_ON_WORDS = "terms."
"""Texts that say why not to write a word, so that they may name it."""


class _Match(NamedTuple):
    """A stretch of the text that a rule reports, and how much it weighs there."""

    start: int
    end: int
    severity: Severity


@dataclass(frozen=True)
class _Read:
    """A text that is read, in small letters too, and what gives the text of the page as readers see it."""

    text: str
    lowered: str
    rendered: Callable[[], str]

    def line(self, offset: int) -> tuple[int, int]:
        """Return where the line begins and ends that a character stands in."""
        end = self.text.find("\n", offset)
        return self.text.rfind("\n", 0, offset) + 1, end if end >= 0 else len(self.text)

    def lines(self, needed: Needed) -> Sequence[tuple[int, int]]:
        """Return the lines that hold a word of each set, in small letters; all of them where no word is known."""
        if not needed:
            return list(self._all_lines())
        first, *others = needed
        found: set[tuple[int, int]] = set()
        for word in first:
            for at in self._finds(word):
                line = self.line(at)
                if line not in found and all(self._holds(line, words) for words in others):
                    found.add(line)
        return sorted(found)

    def _all_lines(self) -> Iterator[tuple[int, int]]:
        start = 0
        while start <= len(self.text):
            end = self.line(start)[1]
            yield start, end
            start = end + 1

    def _finds(self, word: str) -> Iterator[int]:
        """Yield where a word stands, at least once in each line that holds it."""
        if word == DIGIT:
            yield from (match.start() for match in _DIGIT.finditer(self.lowered))
            return
        at = self.lowered.find(word)
        while at >= 0:
            yield at
            end = self.lowered.find("\n", at)
            at = self.lowered.find(word, end) if end >= 0 else -1

    def _holds(self, line: tuple[int, int], words: frozenset[str]) -> bool:
        text = self.lowered[line[0] : line[1]]
        return any(word in text if word != DIGIT else _DIGIT.search(text) for word in words)


@dataclass(frozen=True)
class _Expressions:
    """The patterns of one rule in one language, compiled when they are first wanted."""

    term: Term
    language: str
    sources: tuple[str, ...]

    @property
    def _flags(self) -> int:
        return re.UNICODE if self.term.case_sensitive else re.UNICODE | re.IGNORECASE

    def expression(self, table: Mapping[str, str]) -> re.Pattern[str] | None:
        """Return the compiled pattern that a table of the rule has for the language."""
        source = _own(table, self.language)
        return re.compile(source, self._flags) if source else None

    @property
    def overwritten(self) -> tuple[str, ...]:
        """Return the exception sets whose matches are not read: quotations only lower a finding in a sentence."""
        return tuple(name for name in self.term.exceptions if name != "quotation" or self.term.kind != "term")

    @cached_property
    def patterns(self) -> tuple[re.Pattern[str], ...]:
        return tuple(re.compile(source, self._flags) for source in self.sources)

    @cached_property
    def needs(self) -> re.Pattern[str] | None:
        return self.expression(self.term.needs)

    @cached_property
    def unless(self) -> re.Pattern[str] | None:
        return self.expression(self.term.unless_sentence_has)

    @cached_property
    def silent_after(self) -> re.Pattern[str] | None:
        return self.expression(self.term.silent_after)

    @cached_property
    def words(self) -> tuple[Needed, ...]:
        """Return of each pattern the sets of words of which a match holds one each."""
        return tuple(needed(source) for source in self.sources)


class Wording:
    """The rules of a registry in one language (its tag, as in `fr-BE`), ready to read texts."""

    def __init__(self, registry: TermRegistry, language: str) -> None:
        self.registry, self.language = registry, language
        self.rules = dict(self._rules())
        every = (words for rule in self.rules.values() for sets in rule.words for words in sets)
        self._finder = Finder({word for words in every for word in words})
        self._asking: dict[str, list[str]] = {}
        self._blind = [name for name, rule in self.rules.items() if not all(rule.words)]
        for name, rule in self.rules.items():
            for word in {word for sets in rule.words if sets for word in sets[0]}:
                self._asking.setdefault(word, []).append(name)
        self._sets: dict[str, tuple[re.Pattern[str], ...]] = {}

    def _rules(self) -> Iterator[tuple[str, _Expressions]]:
        """Yield the rules that have patterns in the language and are meant for it."""
        base = self.language.partition("-")[0]
        for name, term in self.registry.rules.items():
            if base not in term.languages or (term.enabled_for and self.language not in term.enabled_for):
                continue
            single = _own(term.when, self.language)
            sources = (single,) if single else tuple(_own(term.patterns, self.language) or ())
            if sources:
                yield name, _Expressions(term, self.language, sources)

    def findings(self, sheet: Sheet, wanted: frozenset[str] | None = None) -> Iterator[tuple[str, Finding]]:
        """Yield what the rules (all, or those wanted) find on a sheet, with the id of the rule."""
        step = sheet.page.step if sheet.page else None
        whole = sheet.page is not None and (step is None or step.is_first or step.kind is Kind.OUTCOME)
        for name, rule, words in self._likely(sheet.lowered, wanted):
            if rule.term.kind != "term" and not whole:
                continue
            if rule.term.audience and not _is_for(rule.term.audience, sheet.audiences):
                continue
            if rule.term.audience and rule.term.kind == "page" and step and not step.is_first:
                continue  # a guide says it once, on the page where every path begins
            for match in self._matches(rule, words, _Read(sheet.text, sheet.lowered, lambda: sheet.rendered)):
                hit = sheet.hit(match.start, match.end)
                if hit.passage.section.startswith(_ON_WORDS):
                    continue
                yield name, self._finding(rule.term, hit.passage, hit.start, hit.end, match.severity)

    def read(
        self, text: str, audiences: frozenset[str] = frozenset(), *, as_page: bool = False
    ) -> Iterator[tuple[str, int, int, Severity]]:
        """Yield what the rules find in a plain text by itself: id, start, end and severity.

        Rules on whole pages read it only `as_page`.
        """
        read = _Read(text, small(text), lambda: text)
        for name, rule, words in self._likely(read.lowered, None):
            if rule.term.kind != "term" and not as_page:
                continue
            if not rule.term.audience or audiences & set(rule.term.audience):
                for match in self._matches(rule, words, read):
                    yield name, *match

    def _likely(
        self, lowered: str, wanted: frozenset[str] | None
    ) -> list[tuple[str, _Expressions, Sequence[Needed | None]]]:
        """Return the rules that may find something in a text in small letters, and what of each pattern stands there.

        That is the sets of words, less those that are not there; `None` for a pattern that can find nothing.
        """
        there = self._finder.present(lowered)
        asking = {name for word in there for name in self._asking.get(word, ())}.union(self._blind)
        found: list[tuple[str, _Expressions, Sequence[Needed | None]]] = []
        for name, rule in self.rules.items():
            if name in asking and (wanted is None or name in wanted):
                words = [_standing(sets, there) for sets in rule.words]
                if any(one is not None for one in words):
                    found.append((name, rule, words))
        return found

    def _matches(self, rule: _Expressions, words: Sequence[Needed | None], read: _Read) -> Iterator[_Match]:
        """Yield what a rule reports of a text; one on a whole page at most once."""
        severity = rule.term.weight
        for match in self._unexcused(rule, words, read):
            if rule.term.kind == "page" and rule.needs and rule.needs.search(read.rendered()):
                return
            if rule.term.kind == "page_mix" and not self._stands(rule, read):
                return
            weight = severity
            if "quotation" in rule.term.exceptions and rule.term.kind == "term":
                start, end = read.line(match.start())
                if any(
                    first <= match.start() and match.end() <= last
                    for first, last in self._spans(read.text, "quotation", start, end)
                ):
                    weight = Severity.ADVICE
            yield _Match(match.start(), match.end(), weight)
            if rule.term.kind != "term":
                return

    def _stands(self, rule: _Expressions, read: _Read) -> bool:
        """Tell whether what a rule needs stands in a text outside its exceptions."""
        blank = self._blanked(read.text, 0, len(read.text), rule.overwritten)
        return bool(rule.needs and rule.needs.search(blank))

    def _unexcused(self, rule: _Expressions, words: Sequence[Needed | None], read: _Read) -> Iterator[re.Match[str]]:
        """Yield the matches of a rule's patterns that nothing beside them excuses.

        Only the lines are searched that hold what a match needs.
        """
        taken: list[tuple[int, int]] = []
        for pattern, standing in zip(rule.patterns, words, strict=True):
            for start, end in read.lines(standing) if standing is not None else ():
                if not pattern.search(read.text, start, end):
                    continue
                text = self._blanked(read.text, start, end, rule.overwritten)
                for match in pattern.finditer(text, start, end):
                    at = bisect_left(taken, match.span()[:1])
                    if taken[at - 1 : at] and taken[at - 1][1] > match.start():
                        continue
                    if taken[at : at + 1] and taken[at][0] < match.end():
                        continue
                    if not self._is_excused(rule, text, match):
                        taken.insert(at, match.span())
                        yield match

    def _is_excused(self, rule: _Expressions, text: str, match: re.Match[str]) -> bool:
        """Tell whether what stands round a match says that it is meant otherwise."""
        term = rule.term
        if term.negation_allowed and self._is_negated(text, match):
            return True
        if rule.unless and rule.unless.search(text, *_around(text, match, _SENTENCE_END)):
            return True
        if rule.silent_after and rule.silent_after.search(text, 0, match.start()):
            return True
        if "before" in term.brackets_allowed and _OPENING.search(text, max(0, match.start() - 4), match.start()):
            return True
        return "after" in term.brackets_allowed and bool(_OPENS_SOON.match(text, match.end()))

    def _is_negated(self, text: str, match: re.Match[str]) -> bool:
        """Tell whether a match stands in advice against what it names."""
        before, after = self._negation
        start, end = _around(text, match, _CLAUSE)
        if before and before.search(text[start : match.start()]):
            return True
        return bool(after and after.search(text[match.end() : end]))

    @cached_property
    def _negation(self) -> tuple[re.Pattern[str] | None, re.Pattern[str] | None]:
        for tag in fallbacks(self.language):
            if tag in self.registry.negation:
                found = self.registry.negation[tag]
                return tuple(re.compile(text, re.IGNORECASE) if text else None for text in (found.before, found.after))  # type: ignore[return-value]
        return None, None

    def _exceptions(self, name: str) -> tuple[re.Pattern[str], ...]:
        if name not in self._sets:
            table = self.registry.exception_sets.get(name, {})
            tags = ("all", *fallbacks(self.language))
            sources = [source for tag in tags for source in table.get(tag, ())]
            self._sets[name] = tuple(re.compile(source, re.IGNORECASE) for source in sources)
        return self._sets[name]

    def _spans(self, text: str, name: str, start: int, end: int) -> Sequence[tuple[int, int]]:
        return [match.span() for pattern in self._exceptions(name) for match in pattern.finditer(text, start, end)]

    def _blanked(self, text: str, start: int, end: int, names: Iterable[str]) -> str:
        """Return the text with what the exception sets match in a stretch overwritten, character by character."""
        for name in names:
            for first, last in self._spans(text, name, start, end):
                text = f"{text[:first]}{chr(0) * (last - first)}{text[last:]}"
        return text

    def _finding(self, term: Term, passage: Passage, start: int, end: int, severity: Severity) -> Finding:
        """Return what is told of a match: the words to write instead, and why."""
        preferred = _own(term.preferred, self.language)
        found = " ".join(passage.text[start:end].split())
        if term.kind == "page":
            message = f'the page says "{found}" and lacks what has to stand beside it'
        elif term.kind == "page_mix":
            message = f'the page mixes two forms of address, as in "{found}"'
        else:
            message = f'the text says "{found}"'
        hint = f"write: {preferred.rstrip('.')}. {term.why}" if preferred else term.why
        return Finding(message, hint, passage, start, end, severity=severity)


def _standing(needed: Needed, there: frozenset[str]) -> Needed | None:
    """Return sets of words less those that are not there; `None` where one has none left."""
    left = tuple(words & there for words in needed)
    return left if all(left) else None


def _own(table: Mapping[str, Any], language: str) -> Any:
    """Return what a table holds for a language or the one it falls back to, `None` for nothing."""
    return next((table[tag] for tag in fallbacks(language) if tag in table), None)


def _is_for(audiences: Iterable[str], declared: frozenset[str]) -> bool:
    """Tell whether a rule for some audiences of the registry concerns a page that declares these."""
    return any(READERS.get(name, frozenset({name})) & set(audiences) for name in declared)


def _around(text: str, match: re.Match[str], ends: re.Pattern[str]) -> tuple[int, int]:
    """Return where the clause or sentence begins and ends that a match stands in."""
    start = 0
    for found in ends.finditer(text, max(0, match.start() - 1000), match.start()):
        start = found.end()
    start = start or max(0, match.start() - 1000)
    behind = ends.search(text, match.end(), match.end() + 1000)
    return start, behind.end() if behind else min(len(text), match.end() + 1000)


def without(registry: TermRegistry, names: Iterable[str]) -> TermRegistry:
    """Return a registry without some of its rules."""
    left = set(names)
    return replace(registry, rules={name: term for name, term in registry.rules.items() if name not in left})
