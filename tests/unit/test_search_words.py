"""Words by which readers look for a page: what the file may hold, and where its entries may lead."""

from __future__ import annotations

from pathlib import Path

import pytest

from balise.search_words import SearchWords
from support.projects import load

FILE = "content/data/search.yml"


def problems_of(root: Path, text: str) -> list[str]:
    return [str(problem) for problem in load(root, {FILE: text}).problems]


def test_words_are_kept_by_the_page_or_channel_they_lead_to(tmp_path: Path) -> None:
    text = "words:\n  - id: help/found-images\n    listed: {fr: [Images]}\n    typed: {fr: [vidéo], nl: [filmpje]}\n  - id: be-line\n"
    project = load(tmp_path, {FILE: text})
    assert project.problems == ()
    assert project.registries.search == {
        "help/found-images": SearchWords(
            "help/found-images", {"fr": ("Images",)}, {"fr": ("vidéo",), "nl": ("filmpje",)}
        ),
        "be-line": SearchWords("be-line"),
    }


def test_an_edition_for_a_region_has_the_words_of_its_language() -> None:
    words = SearchWords("index", {"fr": ("Accueil",)}, {"fr": ("début",), "fr-BE": ("départ",)})
    assert (words.shown("fr-BE"), words.understood("fr-BE")) == (("Accueil",), ("Accueil", "départ"))
    assert words.understood("nl") == ()


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (
            "words:\n  - id: help/found-image\n",
            '2:5: warning: "help/found-image" is neither a page nor a channel [search-unknown]'
            ' | fix: did you mean "help/found-images"?'
            " give a page or a channel of the registry, or remove the entry",
        ),
        (
            "words:\n  - id: index\n    typed: {fr: mot}\n",
            '3:17: error: "fr" must be a list [data-invalid] | fix: write one item per line, each after -',
        ),
        (
            "words:\n  - id: index\n    hidden: {fr: [mot]}\n",
            '3:5: error: unknown key "hidden" [data-invalid] | fix: known keys: id, listed, typed',
        ),
        (
            "words:\n  - id: index\n  - id: index\n",
            '3:9: error: id "index" is used twice [data-duplicate-id]'
            " | fix: give one of them another id; the other stands on line 2",
        ),
        ("synonyms: []\n", '1:1: error: unknown key "synonyms" [data-invalid] | fix: known keys: words'),
    ],
)
def test_what_is_wrong_is_said_where_it_stands(tmp_path: Path, text: str, problem: str) -> None:
    found = problems_of(tmp_path, text)
    assert [line.replace("\n    fix:", " | fix:") for line in found] == [f"{FILE}:{problem}"]


def test_words_may_lead_to_a_draft(tmp_path: Path) -> None:
    draft = "---\ntype: topic\ntitle: T\ndescription: D.\ndraft: true\n---\nText.\n"
    project = load(tmp_path, {FILE: "words:\n  - id: help/later\n", "content/help/later.md": draft})
    assert project.problems == ()
