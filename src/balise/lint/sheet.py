"""What a rule reads: all the texts of one page, or of the data files, in one language, each with its place."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from markupsafe import Markup

from balise.catalogues import State
from balise.languages import fallbacks
from balise.lint.fragments import small
from balise.lint.inline_links import InlineLink, find_links
from balise.lint.once import once
from balise.lint.plain_text import Plain, plain_text
from balise.lint.quotations import unquoted
from balise.lint.sentences import Sentence, split_sentences

if TYPE_CHECKING:
    from balise.lint.surroundings import Surroundings
    from balise.page import Page
    from balise.translate import TranslatedPage

BETWEEN = "\n\0\n"
"""What stands between two passages of a sheet's text: nothing that a pattern crosses."""
_MARKS = ".,;:!?…()[]«»“”\"'"
_TAG = re.compile(r"<(?:[^<>\"']|\"[^\"]*\"|'[^']*')*>")
_BLOCK_END = re.compile(r"</(?:p|li|h[1-6]|td|th|dt|dd|div|section|figcaption|summary)>|<br ?/?>")


@dataclass(frozen=True)
class Passage:
    """One text: a unit of a page, a text of its front matter, a string of the data.

    `raw` is the text as it was typed, Markdown where `markdown` says so, on one line; `kind` is what it is (heading,
    paragraph, item, cell, term, title, short, description, string); `section` is the id of the page's section it
    stands in; `source` is the text it was translated from, "" where it was written in this language; `previous` is the
    text that a stale translation was made from. `path`, `line` and `start` (bytes into the page's body) say where to
    look for it, 0 and -1 where that is not known.
    """

    raw: str
    kind: str
    path: str
    line: int = 0
    start: int = -1
    section: str = ""
    source: str = ""
    state: State = State.CURRENT
    previous: str = ""
    critical: bool = False
    markdown: bool = True
    level: int = 0

    @once
    def plain(self) -> Plain:
        """Return the text without markup, and the way back."""
        return plain_text(self.raw, markdown=self.markdown)

    @once
    def text(self) -> str:
        """Return the text without markup."""
        return self.plain.text

    @once
    def sentences(self) -> Sequence[Sentence]:
        """Return the sentences of the text without markup."""
        return split_sentences(self.text)

    @once
    def links(self) -> Sequence[InlineLink]:
        """Return the links and images of the text."""
        if not self.markdown or ("](" not in self.raw and "://" not in self.raw):
            return ()
        return tuple(find_links(self.raw, self.plain))

    @once
    def own_words(self) -> str:
        """Return the text without markup, quotations in it overwritten by spaces, character by character."""
        return unquoted(self.plain, self.raw)


class Hit(NamedTuple):
    """A stretch of a sheet's text, as a place in one of its passages."""

    passage: Passage
    start: int
    end: int


@dataclass(frozen=True)
class Sheet:
    """The texts of a page in a language, or of the data (`kind` is `page` or `data`).

    `passages` are those in the sheet's language; `missing` those of a page that have no translation that can be shown.
    `html` is the page's finished body. `audiences` are those the page declares, `anyone` where it declares none.
    """

    kind: str
    language: str
    passages: tuple[Passage, ...]
    surroundings: Surroundings = field(repr=False)
    page: Page | None = None
    audiences: frozenset[str] = frozenset()
    missing: tuple[Passage, ...] = ()
    html: Markup = field(default_factory=Markup)
    shown: TranslatedPage | None = field(default=None, repr=False)

    @once
    def memory(self) -> dict[str, object]:
        """Return what rules keep of the sheet for other rules that ask the same, by name."""
        return {}

    @property
    def is_translated(self) -> bool:
        """Tell whether the texts are translations."""
        return self.page is not None and self.page.language != self.language

    @property
    def tags(self) -> tuple[str, ...]:
        """Return the language and those it falls back to: `fr-BE` and `fr`."""
        return fallbacks(self.language)

    @once
    def text(self) -> str:
        """Return the texts of all passages, apart."""
        return BETWEEN.join([passage.text for passage in self.passages])

    @once
    def lowered(self) -> str:
        """Return the text in small letters."""
        return small(self.text)

    @once
    def vocabulary(self) -> frozenset[str]:
        """Return the words of the text in small letters, with the marks beside them and without."""
        words = set(self.lowered.split())
        words |= {word.strip(_MARKS) for word in words}
        return frozenset(words | {word.rpartition("'")[2] for word in words if "'" in word})

    @once
    def beginnings(self) -> frozenset[str]:
        """Return the first three letters of all words of the vocabulary."""
        return frozenset([word[:3] for word in self.vocabulary])

    @once
    def _starts(self) -> Sequence[int]:
        starts, at = [], 0
        for passage in self.passages:
            starts.append(at)
            at += len(passage.text) + len(BETWEEN)
        return starts

    def hit(self, start: int, end: int) -> Hit:
        """Return a stretch of the text as a place in a passage."""
        index = max(bisect_right(self._starts, start) - 1, 0)
        passage, first = self.passages[index], self._starts[index]
        return Hit(passage, start - first, min(end - first, len(passage.text)))

    @once
    def rendered(self) -> str:
        """Return what readers see of the page: its body as text, the help bar of its edition in front."""
        text = _TAG.sub("", _BLOCK_END.sub("\n", self.html))
        text = Markup(text).unescape()  # noqa: S704 - read, never shown
        return f"{self.surroundings.help_bar}\n{plain_text(text, markdown=False).text}"


Sheets = Mapping[tuple[str, str], Sheet]
"""Sheets by language and page id."""
