"""A page shows a figure that is out of date, disputed, or bare of the word that qualifies it.

What it finds: `number` calls of a figure that is superseded or disputed, where the page shows neither its whole
statement nor a chart with it nor a newer one; `number` calls of a figure that is "about", "more than", "almost", "up
to" or an order of magnitude, in a sentence that says no such thing; and, as advice, figures after whose
`review_after` a newer one was to be looked for.

Why it matters: one figure that is easy to refute discredits all the others, and the cause with them.

Bad: "{{ number("reports-2021") }} reports a year", when the figure is from 2021 and superseded.

Better: "{{ figure("reports-2023") }}", or the older one with its statement, which names its year.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from balise.figure_records import needs_review
from balise.languages import fallbacks
from balise.lint.rule import Finding, Options, Rule
from balise.lint.sheet import Sheet
from balise.lint.shown_calls import ShownCall, shown_calls
from balise.problems import Severity

if TYPE_CHECKING:
    from balise.figure_records import Figure

RULE = Rule(group="facts", severity=Severity.WARNING)

_DOUBTS = {"superseded": "a newer figure exists", "disputed": "sources disagree on it"}
_MEANINGS = {
    "about": "about", "more_than": "more than", "almost": "almost", "up_to": "up to", "order_of_magnitude": "roughly",
}  # fmt: skip
_QUALIFIED = {
    tag: re.compile(rf"\b(?:{words})\b", re.IGNORECASE)
    for tag, words in {
        "en": "about|some|around|approximately|roughly|more than|over|at least|almost|nearly|up to|as many as|close to|"
        "under|less than|estimated|order of magnitude|tens of|hundreds of",
        "fr": "environ|quelque|près de|autour de|approximativement|plus de?|plus d'|au moins|presque|jusqu'à|"
        "ordre de(?: grandeur)?|estim\\w+|moins de|dizaines?|centaines?|vers|maximum",
        "nl": "ongeveer|zowat|circa|rond|om en bij|zo'n|een|meer dan|ruim|minstens|minder dan|bijna|haast|tot|"
        "oplopen|hoogstens|geschat|grootteorde|orde van grootte|tientallen|honderden",
    }.items()
}


def check(sheet: Sheet, options: Options) -> Iterator[Finding]:
    """Yield a finding for each figure a page shows as surer than it is; what its record says, once, in its language."""
    calls = [call for call in shown_calls(sheet) if call.name in ("figure", "number", "chart")]
    if not calls:
        return
    registries = sheet.surroundings.project.registries
    whole = {call.id for call in calls if call.name == "figure"}
    shown = {call.id for call in calls}
    for call in calls:
        if call.name == "chart" and call.id in registries.series:
            whole.update(registries.series[call.id].figures)
    for call in calls:
        figure = registries.figures.get(call.id) if call.name != "chart" else None
        if figure is None or figure.confidence == "low":
            continue
        if not sheet.is_translated:
            if figure.id not in whole and not shown & set(figure.superseded_by):
                yield from _alone(call, figure)
            yield from _due(call, figure, sheet.surroundings.today)
        if call.name == "number" and figure.qualifier != "exact" and not _is_qualified(call, sheet):
            yield _unqualified(call, figure)


def _alone(call: ShownCall, figure: Figure) -> Iterator[Finding]:
    if call.name == "number" and figure.status in _DOUBTS:
        newer = f'that of "{figure.superseded_by[0]}"' if figure.superseded_by else "another figure"
        message = f'the number of "{figure.id}" is shown alone, and {_DOUBTS[figure.status]}'
        hint = f'show the whole statement: {{{{ figure("{figure.id}") }}}}, or {newer}'
        yield Finding(message, hint, call.passage, call.start, call.start + 1, severity=Severity.ERROR)


def _due(call: ShownCall, figure: Figure, today: str) -> Iterator[Finding]:
    if needs_review(figure, today):
        message = f'a newer figure than "{figure.id}" was to be looked for after {figure.review_after}'
        hint = "look for it at the source; then `balise facts review` sets the next day"
        yield Finding(message, hint, call.passage, call.start, call.start + 1, severity=Severity.ADVICE)


def _is_qualified(call: ShownCall, sheet: Sheet) -> bool:
    """Tell whether the sentence of a number qualifies it, or the record itself writes it in words."""
    pattern = next((_QUALIFIED[tag] for tag in fallbacks(sheet.language) if tag in _QUALIFIED), None)
    start, end = call.sentence
    return pattern is None or bool(pattern.search(call.passage.text, start, end))


def _unqualified(call: ShownCall, figure: Figure) -> Finding:
    message = f'the figure "{figure.id}" says "{_MEANINGS[figure.qualifier]}" its number, and the sentence does not'
    hint = "say so in front of it, or show the whole statement with figure(…)"
    return Finding(message, hint, call.passage, call.start, call.start + 1)
