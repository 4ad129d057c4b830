"""What a text only quotes is overwritten, character by character, and an apostrophe is no quotation mark."""

from __future__ import annotations

import pytest

from support.passages import paragraph


@pytest.mark.parametrize(
    "text, own",
    [
        ('Dites : "tu peux".', "Dites :          ."),
        ("Dites : « tu peux ».", "Dites :            ."),
        ("Zeg: „je mag” nu.", "Zeg:          nu."),
        ("Say “you can” now.", "Say           now."),
        ("Say 'you can't' now.", "Say             now."),
        ("L'école et l'élève n'ont rien dit.", "L'école et l'élève n'ont rien dit."),
        ("'s Avonds en 't weekend bij 'n vriend's huis.", "'s Avonds en 't weekend bij 'n vriend's huis."),
        ('Un guillemet " seul.', 'Un guillemet " seul.'),
        ("Elle dit <q>tu peux</q> oui.", "Elle dit         oui."),
        ('Het heet <i lang="fr">point de contact</i> hier.', "Het heet                  hier."),
        ("**Dis** <cite>tu</cite>.", "Dis   ."),
    ],
)
def test_quotations_are_overwritten(text: str, own: str) -> None:
    passage = paragraph(text)

    assert passage.own_words == own
    assert len(passage.own_words) == len(passage.text)
