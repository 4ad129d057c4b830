"""A sentence, or the sentences of a page on average, are longer than the readers of the page can take in.

What it finds: for young readers sentences of more than 20 words and pages of more than 12 words a sentence, for parents
25 and 15, for everybody else sentences of more than 30 words. Where a page is for several kinds of readers, the
shortest limit counts. A telephone number, a name or a date from the data is one word.

Why it matters: people read this site frightened, tired, in a second language, on a telephone. What stands in the second
half of a long sentence is not read.

Bad: "Avant de contacter le service, dont les horaires peuvent varier selon les périodes de l'année, il est conseillé de
rassembler toutes les informations utiles sur les faits, les dates et les comptes concernés."

Better: "Notez les faits, les dates et les comptes. Appelez ensuite le service, pendant ses heures."
"""

from __future__ import annotations

from collections.abc import Iterator

from balise.lint.rule import Finding, Options, Rule
from balise.lint.sheet import Sheet
from balise.problems import Location, Severity

RULE = Rule(
    group="plain",
    severity=Severity.WARNING,
    options={"young": 20, "young-mean": 12, "parent": 25, "parent-mean": 15, "other": 30},
)

READ = frozenset({"paragraph", "item", "description"})
"""The kinds of texts whose sentences count for the page's average."""
_ENOUGH = 10
"""Sentences that a page needs for an average to mean something."""


def check(sheet: Sheet, options: Options) -> Iterator[Finding]:
    """Yield a finding for each sentence that is too long, and one for a page whose sentences are so on average."""
    reader = next((name for name in ("young", "parent") if name in sheet.audiences), "other")
    most = int(str(options[reader]))
    mean = int(str(options.get(f"{reader}-mean", 0)))
    lengths: list[int] = []
    for passage in sheet.passages:
        if len(passage.text) < 2 * most and not (mean and passage.kind in READ):
            continue  # a word is a letter and a space at least
        counts = [len(sentence.words) for sentence in passage.sentences]
        if passage.kind in READ:
            lengths += counts
        if counts and max(counts) > most:
            for sentence in passage.sentences:
                if len(sentence.words) > most:
                    message = f"a sentence of {len(sentence.words)} words, at most {most} for {_WHOM[reader]}"
                    yield Finding(message, "make two sentences of it", passage, sentence.start, sentence.end)
    if mean and len(lengths) >= _ENOUGH and sum(lengths) > mean * len(lengths) and sheet.page:
        average = f"{sum(lengths) / len(lengths):.1f}"
        message = f"{average} words a sentence on average in {sheet.language}, at most {mean} for {_WHOM[reader]}"
        yield Finding(message, "shorten the longest sentences", place=Location(sheet.page.path, 1))


_WHOM = {"young": "young readers", "parent": "parents", "other": "any reader"}
