"""Sheets of a few texts, for rules that look at one text at a time."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from balise.lint.sheet import Passage, Sheet


def sheet_of(language: str, *texts: str | Passage, **more: Any) -> Sheet:
    """Return a sheet of paragraphs in a language; the project around it is left out."""
    passages = [text if isinstance(text, Passage) else paragraph(text) for text in texts]
    audiences = frozenset(more.pop("audiences", ("anyone",)))
    return Sheet(
        "page",
        language,
        tuple(passages),
        more.pop("surroundings", SimpleNamespace(advice=True)),
        audiences=audiences,
        **more,
    )


def paragraph(text: str, **more: Any) -> Passage:
    """Return a paragraph as a passage."""
    return Passage(text, more.pop("kind", "paragraph"), more.pop("path", "content/a.md"), more.pop("line", 7), **more)
