"""A sentence is in another language than the page it stands on.

What it finds: a sentence of eight words or more in French, Dutch, English, German or Spanish on a page in another
language, and a translation of four words or more that is a copy of the text it was made from. Quotations, texts that
are marked with a `lang` of their own, names and calls are left out.

Why it matters: a parent who needs help now meets a sentence they cannot read, and a screen reader reads it aloud with
the sounds of the wrong language. It is the usual trace of a translation that was begun and not finished.

Bad: "Fermez la page. Then write down the address and the time on a piece of paper."

Better: "Fermez la page. Notez ensuite l'adresse et l'heure sur une feuille de papier."
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from balise.lint.plain_text import CALL
from balise.lint.rule import Finding, Options, Rule
from balise.lint.sentences import split_words
from balise.lint.sheet import Passage, Sheet
from balise.lint.tongue import FREQUENT, scores
from balise.problems import Severity

RULE = Rule(
    group="languages",
    severity=Severity.WARNING,
    languages=("fr", "nl", "en"),
    on=("page", "data"),
    options={"words": 8},
)

NAMES: Mapping[str, str] = MappingProxyType(
    {"fr": "French", "nl": "Dutch", "en": "English", "de": "German", "es": "Spanish"}
)
_TRACES = 2
"""Frequent words of other languages that a text holds at least where it holds a sentence in one of them."""
_COPIED = 4
_MARGIN = 8
_FOREIGN: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        own: frozenset(word for tag, words in FREQUENT.items() if tag != own for word in words) - FREQUENT[own]
        for own in FREQUENT
    }
)


def check(sheet: Sheet, options: Options) -> Iterator[Finding]:
    """Yield a finding for each stretch of sentences in another language, and for each translation that is a copy."""
    own = sheet.language.partition("-")[0]
    if sheet.is_translated or sheet.kind == "data":
        yield from _copies(sheet, own)
    traces = _FOREIGN[own] & sheet.vocabulary
    if len(traces) < _TRACES:
        return
    for passage in sheet.passages:
        if len(traces.intersection(passage.text.lower().split())) >= _TRACES and passage.raw != passage.source:
            yield from _sentences(passage, own, int(str(options["words"])))


def _sentences(passage: Passage, own: str, least: int) -> Iterator[Finding]:
    """Yield a finding for each stretch of sentences of a passage that are in one other language."""
    start = end = 0
    other = ""
    for sentence in passage.sentences:
        words = split_words(passage.own_words[sentence.start : sentence.end])
        found = _other(words, own) if len(words) >= least else ""
        if other and found != other:
            yield _finding(passage, start, end, other, own)
        if found:
            start, end = (start if found == other else sentence.start), sentence.end
        other = found
    if other:
        yield _finding(passage, start, end, other, own)


def _other(words: tuple[str, ...], own: str) -> str:
    """Return the language other than its own that a sentence is in, "" where that is not sure."""
    points = scores(_prose(words))
    best = max(points, key=lambda tag: points[tag])
    return best if 2 * points[best] >= 3 * points[own] + _MARGIN else ""


def _prose(words: tuple[str, ...]) -> list[str]:
    """Return the words of a sentence in small letters without names: those that begin with a capital inside it."""
    return [word.lower() for index, word in enumerate(words) if word != CALL and (not index or word[0].islower())]


def _finding(passage: Passage, start: int, end: int, other: str, own: str) -> Finding:
    message = f"the text is in {NAMES[other]} where the page is in {NAMES[own]}"
    hint = f'translate it, or mark it: <span lang="{other}">…</span>'
    return Finding(message, hint, passage, start, end)


def _copies(sheet: Sheet, own: str) -> Iterator[Finding]:
    """Yield a finding for each translation that is the text it was made from."""
    source = sheet.page.language if sheet.page else sheet.surroundings.project.site.data_language
    origin = source.partition("-")[0]
    if origin not in FREQUENT or origin == own:
        return
    for passage in sheet.passages:
        if passage.raw == passage.source and len(passage.raw) > 12:
            words = _prose(split_words(passage.own_words))
            points = scores(words)
            if len(words) >= _COPIED and points[origin] > points[own]:
                message = f"the {NAMES[own]} translation is a copy of the {NAMES[origin]} text"
                hint = "translate it, or leave msgstr empty until then"
                yield Finding(message, hint, passage, 0, len(passage.text))
