"""What is certain can be done by a machine: setting slips right twice is setting them right once."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from balise.lint.rules.typography import check
from support.passages import sheet_of

PIECES = [
    "soeur", "Etat", "A partir", "Ca va", "Ijs", "ĳ", "fotos", "Fotos", "l´", "école", "--", " -- ", ",", " ,", " .", ".",
    "( ", " )", "?", "Oui", "non", " ", "  ", "...", '"', "'", "«", "»", "12", "https://a.example/b,c", "a@b.example", "…",
]  # fmt: skip


def fixed(text: str, language: str) -> str:
    """Return a text with every fix that is offered made, from its end to its beginning."""
    found = sorted({(one.start, one.end, one.fix) for one in check(sheet_of(language, text), {})}, reverse=True)
    before = len(text) + 1
    for start, end, fix in found:
        if end <= before:
            text, before = text[:start] + (fix or "") + text[end:], start
    return text


def settled(text: str, language: str) -> str:
    """Return a text after as many runs as slips that overlap need."""
    for _ in range(4):
        text = fixed(text, language)
    return text


@given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join), st.sampled_from(["fr", "nl", "en"]))
def test_fixing_comes_to_an_end(text: str, language: str) -> None:
    once = settled(text, language)

    assert fixed(once, language) == once


@pytest.mark.parametrize(
    "language, text, expected",
    [
        (
            "fr",
            "Ecrivez à votre soeur , ou appelez -- jour et nuit.",
            "Écrivez à votre sœur, ou appelez – jour et nuit.",
        ),
        ("fr", "A propos de l´école: SOEUR, Oeuvres et Boeuf.", "À propos de l'école: SŒUR, Œuvres et Bœuf."),
        ("nl", "Ijs eten ( met fotos ) is fĳn.", "IJs eten (met foto's) is fijn."),
        ("en", "Don`t answer , call.Then wait?No.", "Don't answer, call.Then wait? No."),
    ],
)
def test_every_slip_of_a_line_is_set_right(language: str, text: str, expected: str) -> None:
    assert settled(text, language) == expected


@pytest.mark.parametrize("text", ["**Etat** et *soeur*", "[l´école](a.md)", "`fotos , Etat`", "{{ phone('Etat') }}"])
def test_markup_around_a_slip_stays(text: str) -> None:
    for finding in check(sheet_of("fr", text), {}):
        assert finding.passage is not None
        first, last = finding.passage.plain.span(finding.start, finding.end)
        assert text[first:last] == finding.passage.text[finding.start : finding.end]
