"""The language of a text is known from its words; measured on every text of the reference site in three languages."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import pytest

from balise.lint.plain_text import plain_text
from balise.lint.quotations import unquoted
from balise.lint.rules.wrong_language import _other
from balise.lint.sentences import split_words
from balise.lint.tongue import guess
from balise.project import load_project
from support.commands import REPOSITORY


@cache
def paragraphs() -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return language and words of every text of eight words or more of the site's pages, each once."""
    return tuple(dict.fromkeys(_paragraphs()))


def _paragraphs() -> Iterator[tuple[str, tuple[str, ...]]]:
    for (language, _), entries in load_project(REPOSITORY).catalogues.items():
        for entry in entries.entries:
            for tag, text in (("en", entry.source), (language, entry.translation)):
                words = split_words(unquoted(plain_text(text), text))
                if len(words) >= 8:
                    yield tag, words


def test_nearly_every_paragraph_of_the_site_is_known() -> None:
    found = [guess([word.lower() for word in words]) == language for language, words in paragraphs()]

    assert len(found) > 4000
    assert sum(found) / len(found) >= 0.99


def test_no_paragraph_of_the_site_is_told_to_be_in_another_language() -> None:
    assert [words for language, words in paragraphs() if _other(words, language)] == []


def test_nearly_every_paragraph_is_seen_where_it_does_not_belong() -> None:
    found = [
        _other(words, own) == language
        for language, words in paragraphs()
        for own in ("fr", "nl", "en")
        if own != language
    ]

    assert sum(found) / len(found) >= 0.99


@pytest.mark.parametrize(
    "text, language",
    [
        ("qu'il l'a dit à l'école", "fr"),
        ("dat hij het op school heeft gezegd", "nl"),
        ("that he said so at school", "en"),
        ("dass er es in der Schule gesagt hat", "de"),
        ("que lo ha dicho en la escuela", "es"),
        ("116 000", ""),
    ],
)
def test_a_short_text_is_known_by_its_small_words(text: str, language: str) -> None:
    assert guess(text.lower().split()) == language
