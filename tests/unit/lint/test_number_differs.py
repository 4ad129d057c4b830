"""Numbers in the translations of the data."""

from __future__ import annotations

import pytest

from balise.lint.rules.number_differs import check
from balise.lint.sheet import Passage, Sheet


def told(source: str, translation: str) -> list[str]:
    """Return what is said of a translation."""
    passage = Passage(translation, "string", "locales/fr/LC_MESSAGES/site.po", source=source, markdown=False)
    sheet = Sheet("data", "fr", (passage,), None)  # type: ignore[arg-type]
    return [found.message for found in check(sheet, {})]


@pytest.mark.parametrize(
    "source, translation, messages",
    [
        ("Staff check after 5 days.", "L'équipe vérifie après 15 jours.", ["the translation loses 5 and adds 15"]),
        ("Staff check after 5 days.", "L'équipe vérifie après quelques jours.", ["the translation loses 5"]),
        ("Children call.", "Les 3 enfants appellent.", ["the translation adds 3"]),
        ("Monday 9:00 to 17:30.", "Le lundi de 9 h à 17 h 30.", []),
        ("Monday 9:00 to 17:30.", "Le lundi de 9 h à 18 h 30.", ["the translation loses 17 and adds 18"]),
        ("2,412 reports", "2\u202f412 signalements", []),
        ("From 2 pm", "Dès 14 h", []),
        ("Run by C3P", "Géré par le CCPE", []),
        ("Until midnight, from 10:00", "De 10 h à 24 h", []),
        ("A chat", "Un chat", []),
    ],
)
def test_numbers_are_those_of_the_source_however_they_are_written(
    source: str, translation: str, messages: list[str]
) -> None:
    assert told(source, translation) == messages
