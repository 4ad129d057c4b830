"""`?show=units`: a page with each unit outlined by the state of its translation, for the person who translates it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from markupsafe import Markup

from balise.body import Marks
from balise.catalogues import State
from balise.pipeline import Compilation
from balise.site import CompiledPage
from balise.theme_view import PageView
from balise.translate import TranslatedPage, Translation

MEANINGS = {
    State.CURRENT: "translated from today’s text, or written in this language",
    State.STALE: "translated from an older text",
    State.MISSING: "not translated yet; readers see the source text",
    State.REFUSED: "the translation breaks what it must keep; readers see the source text",
}


class UnitMarks(Marks):
    """Marks round every unit, with its state, outside those that readers' pages have too."""

    def unit(self, item: Translation, language: str) -> str:
        """Return a unit's text between marks that name its state."""
        return self.wrap(super().unit(item, language), f"unit-{item.state.value}")

    def texts(self, shown: TranslatedPage, language: str) -> Sequence[str]:
        """Return the texts of a page's units between their marks."""
        return [self.unit(item, language) for item in shown.translations]

    def to_spans(self, html: str) -> str:
        """Return the HTML with each pair of marks as a span."""
        opening = re.compile(rf"⦅{self.secret}-unit-([a-z]+)⦆")
        return super().to_spans(opening.sub(r'<span class="balise-unit balise-\1">', html))


def show_units(view: PageView, page: CompiledPage, compilation: Compilation) -> PageView:
    """Return a page's view with a body in which every unit is marked."""
    body, _ = compilation.editions[page.language].body(page.page.id, UnitMarks)
    return replace(view, body=body.html)


def render_legend(page: CompiledPage) -> Markup:
    """Return what the outlines mean, how many units have each state, and the states of the front matter."""
    shown = page.translated
    count = Counter(item.state for item in shown.translations)
    rows = Markup("").join(
        Markup('<li><span class="balise-unit balise-{}">{}</span> {}: {}</li>').format(
            state.value, state.value, count[state], meaning
        )
        for state, meaning in MEANINGS.items()
    )
    front = Markup("").join(
        Markup('<li><code>{}</code> <span class="balise-unit balise-{}">{}</span></li>').format(
            key, item.state.value, item.state.value
        )
        for key, item in shown.meta.items()
    )
    words = Markup("<summary>{}</summary><ul>{}</ul><p>Front matter</p><ul>{}</ul>").format(
        f"Units of {page.page.path} in {page.language}", rows, front
    )
    frame = Markup('<aside class="balise-preview balise-legend" lang="en" dir="ltr"><details open>{}</details></aside>')
    return frame.format(words)
