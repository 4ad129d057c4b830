"""A word that no dictionary and no list of the project knows.

What it finds: words that are neither in the hunspell dictionary of the language nor in `content/data/words.txt`, in the
glossary or in the names of services. Names (a capital inside a sentence), abbreviations in capitals, quotations, calls,
code and addresses are left alone. The rule runs where it is asked for (`balise check --select spelling`) or set in
site.yml; it needs `pip install "balise[lint]"` and dictionaries, which the option `dictionaries` says where to find.

Why it matters: readers have been told that mistakes are the mark of a swindler. A mistake in a number's neighbour makes
them doubt the number.

Bad: "Apelez une ligne d'écoute."

Better: "Appelez une ligne d'écoute."
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from balise.lint.dictionaries import find_dictionary, has_reader, is_known, suggestions
from balise.lint.known_words import known_words
from balise.lint.rule import Finding, Options, Rule
from balise.lint.sheet import Passage, Sheet
from balise.lint.whole import Whole
from balise.problems import Severity

RULE = Rule(
    group="languages",
    severity=Severity.WARNING,
    on=("page", "data"),
    options={"dictionaries": "/usr/share/hunspell", "suggested": 20},
    extra="lint",
    by_request=True,
)

_WORD = re.compile(r"(?<![\w@/.])[^\W\d_]{2,}(?:['-][^\W\d_]+)*(?![\w@/]|\.\w)")


def check(sheet: Sheet, options: Options) -> Iterator[Finding]:
    """Yield a finding for each word that nobody knows; the first ones with what to write instead."""
    path = find_dictionary(str(options["dictionaries"]), sheet.language)
    if path is None or not has_reader():
        return
    known = known_words(sheet.surroundings)
    for passage in sheet.passages:
        starts = {_first_word(passage, sentence.start) for sentence in passage.sentences}
        for match in _WORD.finditer(passage.own_words):
            word = match[0]
            if word.isupper() or (word[0].isupper() and match.start() not in starts):
                continue
            if not _is_right(word, path, known):
                yield Finding(
                    f'"{word}" is in no dictionary', _hint(word, path, sheet, options), passage, *match.span()
                )


def check_whole(whole: Whole, options: Options) -> Iterator[Finding]:
    """Yield a finding for what keeps the rule from reading a language."""
    place = whole.project.site.document.location()
    if not has_reader():
        hint = 'install it with `pip install "balise[lint]"`, or leave the rule out'
        yield Finding("spelling cannot be checked: spylls is not installed", hint, place=place)
        return
    folder = str(options["dictionaries"])
    for language in whole.project.site.languages:
        if find_dictionary(folder, language) is None:
            message = f"spelling cannot be checked in {language}: there is no dictionary in {folder}"
            hint = "install one (hunspell), or name its folder: rules: {spelling: {dictionaries: …}}"
            yield Finding(message, hint, place=place)


def _first_word(passage: Passage, start: int) -> int:
    """Return where the first word of a sentence begins."""
    match = _WORD.search(passage.own_words, start)
    return match.start() if match else -1


def _is_right(word: str, path: Path, known: frozenset[str]) -> bool:
    if word.lower() in known or is_known(path, word):
        return True
    parts = [part for part in re.split("['-]", word) if len(part) > 1]
    return all(part.lower() in known or is_known(path, part) for part in parts) if parts != [word] else False


def _hint(word: str, path: Path, sheet: Sheet, options: Options) -> str:
    """Return what to do; looking for likely words is slow, so that only the first unknown words get some."""
    told = sheet.surroundings.store.setdefault("spelling", set())
    otherwise = "mend it, or put it in content/data/words.txt"
    if not isinstance(told, set) or (word not in told and len(told) >= int(str(options["suggested"]))):
        return otherwise
    told.add(word)
    offered = suggestions(path, word)
    return f"write: {', '.join(offered)}; or put it in content/data/words.txt" if offered else otherwise
