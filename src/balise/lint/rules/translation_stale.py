"""The text that a translation was made from has changed since.

What it finds: a translation whose source text changed, with what changed in it. In a critical section (what to do now,
what never to do) it counts as a warning, elsewhere as advice. A change of markup, of a link, of punctuation or of
capitals alone is none.

Why it matters: the reader cannot tell that the advice is an old one. A stale translation of safety guidance is worse
than none. Critical sections are shown in the language they were written in until somebody has mended the translation.

Bad: a French page that still says "payez" after the English one was mended.

Better: compare the two texts (`balise translate status` shows them), mend msgstr, delete the `#|` lines.
"""

from __future__ import annotations

from collections.abc import Iterator

from balise.alignment import word_difference
from balise.catalogues import State
from balise.cldr import language_name
from balise.lint.changes import Change, classify_change
from balise.lint.rule import Finding, Options, Rule
from balise.lint.sheet import Sheet
from balise.problems import Severity

RULE = Rule(group="languages", severity=Severity.WARNING, on=("page", "data"))

_HINT = "mend msgstr, then delete the `#|` lines above it; if it still holds, delete the lines alone"


def check(sheet: Sheet, options: Options) -> Iterator[Finding]:
    """Yield a finding for each translation of a text that changed since in more than its looks."""
    for passage in sheet.passages:
        if passage.state is not State.STALE or not passage.previous:
            continue
        change = classify_change(passage.previous, passage.source)
        if change is Change.COSMETIC:
            continue
        shown = _short(word_difference(passage.previous, passage.source))
        message = f"the {language_name(sheet.language, 'en')} text is older than its source, which changed: {shown}"
        severity = Severity.WARNING if passage.critical else Severity.ADVICE
        yield Finding(message, _HINT, passage, 0, len(passage.text), severity=severity)


def _short(text: str) -> str:
    return text if len(text) <= 160 else text[:159] + "…"
