"""What counts as a typed fact, and what does not, in sentences as people write them."""

from __future__ import annotations

import pytest

from balise.catalogues import CataloguePhrases
from balise.lint.sheet import Passage, Sheet
from balise.lint.surroundings import Surroundings
from balise.lint.typed_facts import typed_facts
from support.gate_cases import reference_project

PHRASES = CataloguePhrases("en", "en", {}, {})


def facts(language: str, text: str, source: str = "") -> list[tuple[str, str]]:
    """Return the kind and the words of each typed fact of a paragraph."""
    around = Surroundings(reference_project(), language, PHRASES, "2026-11-22")
    sheet = Sheet("page", language, (Passage(text, "paragraph", "content/help/case.md", source=source),), around)
    return [(fact.kind, fact.text) for fact in typed_facts(sheet)]


@pytest.mark.parametrize(
    "language, text",
    [
        ("fr", "En 2 minutes, vous pouvez bloquer ce compte. Votre enfant de 7 ans joue en ligne."),
        ("fr", "Les jeunes de 12 à 17 ans. Un ado de 14-15 ans. Instagram est interdit aux moins de 13 ans."),
        ("fr", "Le 2e étage, la 1re fois, en 3e maternelle, en CM2, en 6ème."),
        ("fr", "Selon l'article 371/1 du Code pénal et la loi du 8 avril 1965 relative à la jeunesse."),
        ("fr", "Un mot de passe d'au moins 12 caractères. Faites 3 captures. Parlez-en à 2 adultes."),
        ("fr", "PEGI 12, iOS 17, 4chan, MP4, H5P, un écran 4K. Question 3 sur 10."),
        ("nl", "In 2 minuten blokkeer je dit account. Jongeren van 12 tot 17 jaar. Een tiener van 14 of 15."),
        ("nl", "De 2e verdieping, in het 3de leerjaar, klas 2, groep 6. Vraag 3 van 10. Stap 2."),
        ("nl", "Volgens artikel 417/43 van het Strafwetboek en de wet van 8 april 1965."),
        ("en", "It takes 2 minutes. Your 7-year-old plays online. Young people aged 12-17. You must be 13."),
        ("en", "Under-16s and over-18s. Key stage 3. In Year 7. A 2-step check. 3 in a row."),
        ("en", "The age of consent is 16. Once they are 16, they may. Question 3 of 10."),
    ],
)
def test_ages_whiles_labels_and_small_counts_are_no_facts(language: str, text: str) -> None:
    assert facts(language, text) == []


@pytest.mark.parametrize(
    "language, text, found",
    [
        ("fr", "Trois enfants sur 10 se taisent.", [("number", "Trois enfants sur 10")]),
        (
            "fr",
            "Le 3 mai, dès 8 h 30, au 0800 12 345.",
            [("phone", "0800 12 345"), ("date", "3 mai"), ("hour", "8 h 30")],
        ),
        ("nl", "Bel 102 of schrijf naar hulp@voorbeeld.be.", [("phone", "102"), ("address", "hulp@voorbeeld.be")]),
        ("nl", "Drie op de 10 jongeren, dus 30%.", [("number", "Drie op de 10"), ("number", "30%")]),
        ("en", "In 2019 it took 512 reports.", [("date", "2019"), ("number", "512")]),
        ("en", "Twenty million people, about $3.5.", [("number", "Twenty million"), ("number", "$3.5")]),
    ],
)
def test_everything_else_is_a_fact(language: str, text: str, found: list[tuple[str, str]]) -> None:
    assert sorted(facts(language, text)) == sorted(found)


def test_a_translation_is_held_to_its_source_and_read_for_numbers_in_words_alone() -> None:
    assert facts("fr", "Le service a reçu 512 signalements.", source="The service took 512 reports.") == []
    assert facts("fr", "Trois millions d'images.", source="Pictures.") == [("number", "Trois millions")]
    assert facts("fr", "Trois millions d'images.", source="Three million pictures.") == []


def test_a_short_number_is_dialled_where_the_sentence_says_so() -> None:
    assert facts("fr", "En France, appelez le 17.") == [("phone", "17")]
    assert facts("fr", "Elle a 17 ans. Il en a 17 aussi.") == []
