"""The order of the A–Z page: articles and accents do not count, numbers go by their size."""

from __future__ import annotations

import pytest

from balise.alphabet import DIGITS, by_letter, sort_key
from balise.languages import Text
from balise.theme_view import IndexEntry


@pytest.mark.parametrize(
    ("language", "text", "key"),
    [
        ("fr", "Les chiffres", "chiffres"),
        ("fr", "L’école", "ecole"),
        ("fr", "Un adulte contacte mon enfant", "adulte contacte mon enfant"),
        ("fr", "D’où viennent nos informations", "d ou viennent nos informations"),
        ("fr", "Œuvre", "oeuvre"),
        ("fr", "Lesson", "lesson"),
        ("nl", "De cijfers", "cijfers"),
        ("nl", "Het ĳs", "ijs"),
        ("nl", "’t IJ", "ij"),
        ("nl-BE", "Een kind", "kind"),
        ("en", "The figures", "figures"),
        ("en", "A child", "child"),
        ("en", "About", "about"),
        ("de", "Straße", "strasse"),
        ("en", "116 000", "000116 000000"),
        ("en", "« Words »", "words"),
        ("en", "…", ""),
    ],
)
def test_a_text_is_sorted_by_its_words(language: str, text: str, key: str) -> None:
    assert sort_key(Text(text, language)) == key


def entry(text: str, language: str = "en") -> IndexEntry:
    return IndexEntry(Text(text, language), f"{text}/")


def test_entries_stand_under_their_letter_digits_first() -> None:
    groups = by_letter(map(entry, ["Zoo", "école", "The eel", "1712", "112", "abuse", "Ärzte", "3018"]))
    assert [(group.letter, group.id, [item.title.text for item in group.entries]) for group in groups] == [
        (DIGITS, "letter-0", ["112", "1712", "3018"]),
        ("A", "letter-a", ["abuse", "Ärzte"]),
        ("E", "letter-e", ["école", "The eel"]),
        ("Z", "letter-z", ["Zoo"]),
    ]


def test_a_word_of_another_script_has_a_letter_of_its_own() -> None:
    assert [group.letter for group in by_letter([entry("ж", "uk"), entry("b")])] == ["B", "Ж"]


def test_the_same_word_twice_is_sorted_by_where_it_leads() -> None:
    first = IndexEntry(Text("Cookies", "en"), "z/", Text("About", "en"))
    second = IndexEntry(Text("Cookies", "en"), "a/", Text("Privacy", "en"))
    assert by_letter([second, first])[0].entries == (first, second)


def test_nothing_to_list_has_no_letters() -> None:
    assert by_letter([]) == ()
