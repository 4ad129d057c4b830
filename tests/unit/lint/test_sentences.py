"""Sentences and words in three languages, as a reader counts them."""

from __future__ import annotations

import pytest

from balise.lint.sentences import split_sentences, split_words


def sentences(text: str) -> list[str]:
    return [text[one.start : one.end] for one in split_sentences(text)]


@pytest.mark.parametrize(
    "parts",
    [
        ["One.", "Two!", "Three?", "Four…"],
        ["No full stop"],
        ["Call Mr. Peeters, p. ex. today, etc. and wait.", "Then go."],
        ["Appelez M. Dupont.", "Il répond."],
        ["Ask Dr. J. K. Rowling or Prof. Smith.", "She knows."],
        ["Voir art. 227-23 du Code pénal.", "Il dit cela."],
        ["Bel bijv. de politie, d.w.z. 101, enz. als het kan.", "Wacht dan."],
        ["About 1.5 million, i.e. 1.500.000 reports, approx. 3.2 per day.", "That is a lot."],
        ["In 2024.", "The next year."],
        ["She said: “Stop.”", "He stopped."],
        ['"Stop!" he said.', "She stopped."],
        ["Il dit : « Arrête. »", "Elle part."],
        ["Il dit : « Arrête ! »", "Elle part."],
        ["Qui appeler ?", "Le 116 000 !", "Toujours."],
        ["Qui appeler\u00a0?", "Le 116 000\u202f!"],
        ["Wait… then call.", "Now."],
        ["Wait...", "Now call."],
        ["(It is free.)", "[It is safe.]"],
        ["What?!", "Really."],
        ["One line", "Another line"],
        ["Hij zei: 'Stop.'", "'s Avonds belde hij."],
        ["Visit example.org. today or call.", "Then rest."],
        ["The U.S. Government helps.", "Call."],
        ["Close the page; do not copy it: report it.", "Done."],
        ["Call 116 000.", "116 000 is free."],
        ["Is it 5 p.m.?", "Yes."],
        ["Bel nr. 112.", "Of ga."],
        ["Elle a 15 ans env. et son frère 12.", "Ils vont bien."],
        ["Il dit « Oui. » et part.", "Elle reste."],
    ],
    ids=lambda parts: " / ".join(parts)[:40],
)
def test_where_sentences_end(parts: list[str]) -> None:
    joint = "\n" if parts[0] == "One line" else " "

    assert sentences(joint.join(parts)) == parts


@pytest.mark.parametrize("text", ["", " ", "…", "!?", "—", "\n\n", "***"])
def test_signs_alone_are_no_sentence(text: str) -> None:
    assert sentences(text) == []


@pytest.mark.parametrize(
    "text, words",
    [
        ("l'abus d'enfant", ("l'abus", "d'enfant")),
        ("aujourd\u2019hui", ("aujourd\u2019hui",)),
        ("a week-end, one-to-one", ("a", "week-end", "one-to-one")),
        ("foto's en zo'n auto-ongeluk", ("foto's", "en", "zo'n", "auto-ongeluk")),
        ("1.5 million, 20 %", ("1.5", "million", "20")),
        ("Call \ufffc now", ("Call", "\ufffc", "now")),
        ("tou·te·s", ("tou·te·s",)),
        ("a_b", ("a", "b")),
        ("coördinatie Ærø", ("coördinatie", "Ærø")),
        ("(one) “two” … – three", ("one", "two", "three")),
        ("'quoted' words'", ("quoted", "words")),
        ("e.g. this", ("e.g", "this")),
    ],
)
def test_words(text: str, words: tuple[str, ...]) -> None:
    assert split_words(text) == words


def test_offsets_leave_the_spaces_out() -> None:
    text = "  One two.   Three.  "

    assert [(one.start, one.end, one.words) for one in split_sentences(text)] == [
        (2, 10, ("One", "two")),
        (13, 19, ("Three",)),
    ]
