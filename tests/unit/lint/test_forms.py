"""Words as people list them: whole ones, and beginnings and ends with a star."""

from __future__ import annotations

import pytest

from balise.lint.forms import compile_forms
from balise.lint.officialese import HEAVY, STIFF
from balise.lint.rules.jargon import check
from support.passages import sheet_of


@pytest.mark.parametrize(
    "form, text, found",
    [
        ("meld*", "ik meldde het, een melding, gemeld", ["meldde", "melding"]),
        ("*misbruik*", "kindermisbruik en misbruikbeelden", ["kindermisbruik", "misbruikbeelden"]),
        ("point* de contact", "des points  de contact, un pont", ["points  de contact"]),
        ("ligne d’écoute", "la ligne d'écoute", ["ligne d'écoute"]),
        ("hotline", "hotlines, hotline.ie, hotline. une hotline", ["hotline", "hotline"]),
    ],
)
def test_a_form_finds_its_words(form: str, text: str, found: list[str]) -> None:
    forms = compile_forms((form,))

    assert [match[0] for match in forms.pattern.finditer(text)] == found
    assert forms.may_be_in(text)


def test_a_text_without_the_letters_of_a_form_needs_no_search() -> None:
    assert not compile_forms(("meld*", "aangifte")).may_be_in("bel de politie")


@pytest.mark.parametrize("language", ["fr", "nl", "en"])
def test_every_heavy_word_is_found_in_a_sentence_and_has_a_lighter_one(language: str) -> None:
    for form, plain in (*STIFF[language].items(), *HEAVY[language].items()):
        (found,) = check(sheet_of(language, f"Xx {form.replace('*', '')}, yy."), {})

        assert found.hint == f"write: {plain}"
        assert form not in plain


def test_the_tables_have_forty_pairs_a_language_and_none_twice() -> None:
    for language in ("fr", "nl", "en"):
        assert len(STIFF[language]) + len(HEAVY[language]) >= 40
        assert not STIFF[language].keys() & HEAVY[language].keys()
