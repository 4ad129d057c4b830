"""Syllables are counted as people say them, and the formulas give what their authors printed."""

from __future__ import annotations

import pytest

from balise.lint.plain_text import CALL
from balise.lint.readability import count_syllables, ease_formula, reading_scores
from balise.lint.sentences import split_sentences

FRENCH = """
le 1 une 1 page 1 pages 1 image 2 enfant 2 enfants 2 vous 1 ligne 1 écoute 2 appelez 3 signaler 3 numéro 3 urgence 2
aide 1 famille 2 oreille 2 feuille 1 travailler 3 question 2 réponse 2 personne 2 personnes 2 appellent 2 souvent 2
parent 2 argent 2 moment 2 seulement 3 aiment 1 que 1 qui 1 langue 1 guide 1 océan 3 réel 2 idéal 3 naïf 2 crier 2
client 2 oublier 3 oui 1 nuit 1 bien 1 payer 2 voyage 2 vie 1 année 2 avait 2 avaient 2 jeunes 1 école 2 photo 2
adresse 2 police 2 confiance 2 calme 1 maintenant 3 aujourd'hui 3 l'école 2 eau 1 cœur 1 pays 2 sécurité 4
responsable 3 chantage 2 menaces 2 professeur 3 élèves 2 choisir 2 protéger 3 internet 3 gardez 2
"""
DUTCH = """
de 1 een 1 pagina 3 kind 1 kinderen 3 u 1 lijn 1 luisteren 3 bel 1 melden 2 nummer 2 nood 1 hulp 1 familie 3 vraag 1
antwoord 2 iemand 2 mensen 2 vaak 1 ouder 2 ouders 2 geld 1 moment 2 alleen 2 taal 1 nieuwe 2 leeuw 1 vrouwen 2
politie 3 informatie 4 beïnvloed 3 school 1 foto 2 foto's 2 adres 2 vertrouwen 3 rustig 2 nu 1 vandaag 2 huis 1 water 2
hart 1 land 1 veiligheid 3 verantwoordelijk 5 chantage 3 dreigen 2 leraar 2 leerlingen 3 kiezen 2 beschermen 3
internet 3 bewaar 2 online 2 sociaal 3 bericht 2 berichten 3 februari 4 geven 2 mooie 2 bloeien 2 beelden 2 misbruik 2
meldpunt 2 seksueel 3 schuld 1 begeleiding 4 hulpverlener 4 ongerust 3 iedereen 3 gebeurt 2
"""
ENGLISH = """
the 1 a 1 page 1 pages 2 image 2 child 1 children 2 you 1 line 1 listen 2 call 1 report 2 number 2 emergency 4 help 1
family 3 question 2 answer 2 someone 2 people 2 often 2 parent 2 money 2 moment 2 only 2 language 2 believe 2 police 2
information 4 school 1 photo 2 photos 2 address 2 trust 1 calm 1 now 1 today 2 house 1 water 2 heart 1 country 2
safety 2 responsible 4 blackmail 2 threats 1 teacher 2 pupils 2 choose 1 protect 2 internet 3 keep 1 online 2 social 2
message 2 messages 3 wanted 2 asked 1 called 1 pressed 1 table 1 little 2 video 3 being 2 create 2 situation 4 safely 2
careful 2 sometimes 2 without 2 young 1 year 1 years 1 beyond 2 anonymous 4
"""


def counted(text: str) -> list[tuple[str, int]]:
    words = text.split()
    return [(word, int(number)) for word, number in zip(words[::2], words[1::2], strict=True)]


@pytest.mark.parametrize("language, text", [("fr", FRENCH), ("nl", DUTCH), ("en", ENGLISH)])
def test_syllables_are_counted_as_people_say_them(language: str, text: str) -> None:
    words = counted(text)
    wrong = [(word, number) for word, number in words if count_syllables(word, language) != number]

    assert len(words) >= 60
    assert len(wrong) <= len(words) * 0.05, wrong


@pytest.mark.parametrize(
    "language, text, expected",
    [
        ("fr", "Notez l'adresse. Fermez la page.", {"words a sentence": 2.5, "LIX": 22.5, "Kandel–Moles": 86.7}),
        ("nl", "Sluit de pagina. Bel de politie.", {"words a sentence": 3.0, "LIX": 19.7, "Flesch–Douma": 75.7}),
        ("en", "Close the page. Call the police.", {"words a sentence": 3.0, "LIX": 3.0, "Flesch": 105.1}),
        ("de", "Seite zu. Anrufen.", {"words a sentence": 1.5, "LIX": 34.8}),
        ("en", "", {}),
    ],
)
def test_a_text_has_the_scores_of_its_language(language: str, text: str, expected: dict[str, float]) -> None:
    assert reading_scores(split_sentences(text), language) == expected


def test_a_call_counts_as_a_word_of_two_syllables() -> None:
    assert reading_scores(split_sentences(f"Call {CALL}."), "en") == reading_scores(
        split_sentences("Call police."), "en"
    )


def test_a_language_without_a_formula_says_so() -> None:
    assert [ease_formula(tag) for tag in ("fr-BE", "nl", "en", "de")] == ["Kandel–Moles", "Flesch–Douma", "Flesch", ""]
