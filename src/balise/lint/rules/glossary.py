"""A translation has another word for a thing than the glossary, or a text uses a word that the glossary sets aside.

What it finds: with `content/data/glossary.yml`, a translation without any of the forms that an entry says it `must` use
where its source text names the thing, and a text with one of the forms to `avoid`. Quotations are left alone.

Why it matters: a hotline takes reports and a helpline talks to people. Whoever mixes up the words sends a frightened
child to a form, or a report to a volunteer. A term that changes from page to page is two terms to the reader.

Bad: "Signalez-le à la ligne d'écoute" for "Report it to the hotline".

Better: "Signalez-le au point de contact".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from balise.glossary import GlossaryEntry
from balise.lint.forms import Forms, compile_forms
from balise.lint.rule import Finding, Options, Rule
from balise.lint.sheet import Passage, Sheet
from balise.problems import Severity

if TYPE_CHECKING:
    from balise.lint.surroundings import Surroundings

RULE = Rule(group="languages", severity=Severity.WARNING, on=("page", "data"))

_NO_PROSE = re.compile(r"\{\{[^{}]*\}\}|\]\([^()\s]*\)|<[^<>]*>")
"""Calls, link targets and tags in a text with its markup."""
_BEGINS = re.compile(r"(?:\A|[.!?:…\n]\s)[^\w\n]*\Z")
"""What stands before the first word of a sentence; a capital elsewhere begins a name."""


def check(sheet: Sheet, options: Options) -> Iterator[Finding]:
    """Yield a finding for each form to avoid, and for each translation that lacks a form it must have."""
    page, project = sheet.page, sheet.surroundings.project
    plan = _plan(sheet.surroundings, page.language if page else project.site.data_language)
    for entry, avoided, _, _ in plan:
        if avoided and avoided.may_be_in(sheet.lowered):
            yield from _avoided(sheet, entry, avoided)
    translated = [passage for passage in sheet.passages if passage.source and passage.source != passage.raw]
    sources = "\n".join([passage.source for passage in translated]).lower()
    for entry, _, named, wanted in plan if translated else ():
        if named and wanted and named.may_be_in(sources):
            yield from _missed(translated, entry, named, wanted, sheet.language)


class _Step(NamedTuple):
    """An entry with its forms to avoid, those of the language of the source, and those of the translation."""

    entry: GlossaryEntry
    avoided: Forms | None
    named: Forms | None
    wanted: Forms | None


def _plan(surroundings: Surroundings, source_language: str) -> list[_Step]:
    """Return what to look for, made once per edition and language of the source."""
    key = f"glossary {source_language}"
    found = surroundings.store.get(key)
    if not isinstance(found, list):
        language = surroundings.language
        found = [
            _Step(
                entry,
                _forms(entry.avoided(language)),
                _forms(entry.spoken_of(source_language)),
                _forms(entry.needed(language)),
            )
            for entry in surroundings.project.registries.glossary.values()
        ]
        surroundings.store[key] = found
    return found


def _forms(forms: tuple[str, ...]) -> Forms | None:
    return compile_forms(forms) if forms else None


def _avoided(sheet: Sheet, entry: GlossaryEntry, forms: Forms) -> Iterator[Finding]:
    for passage in sheet.passages:
        lowered = passage.text.lower()
        if len(lowered) != len(passage.text) or not forms.may_be_in(lowered):
            continue
        for match in forms.pattern.finditer(passage.own_words.lower()):
            found = passage.text[match.start() : match.end()]
            if found[0].isupper() and _is_name(passage.text, match):
                continue
            message = f'the text says "{found}", a word that the glossary sets aside'
            yield Finding(message, _hint(entry, entry.word(sheet.language)), passage, match.start(), match.end())


def _is_name(text: str, match: re.Match[str]) -> bool:
    """Tell whether a word with a capital belongs to a name: inside a sentence, or before another capital."""
    start = match.start()
    return not _BEGINS.search(text, max(start - 12, 0), start) or text[match.end() + 1 : match.end() + 2].isupper()


def _missed(
    passages: Sequence[Passage], entry: GlossaryEntry, named: Forms, wanted: Forms, language: str
) -> Iterator[Finding]:
    for passage in passages:
        source = passage.source.lower()
        if not named.may_be_in(source) or wanted.pattern.search(passage.text.lower()):
            continue
        match = named.pattern.search(_NO_PROSE.sub(" ", source))
        if match:
            message = f'the source says "{match[0]}", the translation has no word for it that the glossary knows'
            yield Finding(message, _hint(entry, entry.word(language)), passage, 0, len(passage.text))


def _hint(entry: GlossaryEntry, word: str) -> str:
    return f"write: {word}. {entry.note}" if entry.note else f"write: {word}"
