"""The glossary: what its file may hold."""

from __future__ import annotations

from pathlib import Path

import pytest

from balise.glossary import GlossaryEntry
from support.projects import load

FILE = "content/data/glossary.yml"


def test_an_entry_is_kept_by_its_id(tmp_path: Path) -> None:
    text = "entries:\n  - id: hotline\n    term: {fr: point de contact, en: hotline}\n    must: {fr: [point* de contact]}\n    note: Takes reports.\n"
    project = load(tmp_path, {FILE: text})

    assert project.problems == ()
    assert project.registries.glossary == {
        "hotline": GlossaryEntry(
            "hotline",
            {"fr": "point de contact", "en": "hotline"},
            {"fr": ("point* de contact",)},
            note="Takes reports.",
        )
    }


def test_an_edition_for_a_region_has_the_words_of_its_language() -> None:
    entry = GlossaryEntry("a", {"fr": "un", "fr-CA": "une"}, {"fr": ("un",)}, {"fr-CA": ("deux",)})

    assert (entry.word("fr-CA"), entry.word("fr-BE"), entry.word("nl")) == ("une", "un", "")
    assert (entry.needed("fr-CA"), entry.avoided("fr-CA"), entry.avoided("fr")) == (("un",), ("deux",), ())


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (
            "entries:\n  - id: a\n    term: {}\n",
            '3:11: error: "term" is empty [data-invalid] | fix: write at least one item',
        ),
        (
            "entries:\n  - id: a\n",
            '2:5: error: the key "term" is missing [data-invalid] | fix: add `term:`',
        ),
        (
            "entries:\n  - id: a\n    term: {fr: mot}\n    must: {fr: mot}\n",
            '4:16: error: "fr" must be a list [data-invalid] | fix: write one item per line, each after -',
        ),
        (
            "entries:\n  - id: a\n    term: {fr: mot}\n    never: {fr: [mot]}\n",
            '4:5: error: unknown key "never" [data-invalid] | fix: known keys: id, term, must, avoid, note',
        ),
        (
            "entries:\n  - id: a\n    term: {fr: mot}\n  - id: a\n    term: {fr: mot}\n",
            '4:9: error: id "a" is used twice [data-duplicate-id]'
            " | fix: give one of them another id; the other stands on line 2",
        ),
        ("terms: []\n", '1:1: error: unknown key "terms" [data-invalid] | fix: known keys: entries'),
    ],
)
def test_a_fault_of_the_file_is_told_with_its_place(tmp_path: Path, text: str, problem: str) -> None:
    (found,) = load(tmp_path, {FILE: text}).problems

    assert str(found).replace("\n    fix:", " | fix:") == f"{FILE}:{problem}"
