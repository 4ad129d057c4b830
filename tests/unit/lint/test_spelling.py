"""Spelling is checked with a dictionary of the machine, or says why it is not.

What needs spylls (the extra `lint`) is left out where that is not installed.
"""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest

from balise.lint import dictionaries
from balise.lint.gate import Wanted, make_gate
from balise.lint.known_words import known_words
from balise.lint.rules import spelling
from balise.lint.surroundings import Surroundings
from balise.lint.whole import Whole
from support.passages import sheet_of
from support.projects import load

AFFIX = "SET UTF-8\nTRY esianrtolcdugmphbyfvkw\nSFX S Y 1\nSFX S 0 s .\n"
WORDS = "7\ncall/S\nthe\nline/S\nnow\nyou\na\nlisten/S\n"
SPYLLS_NEEDED = "spylls is not installed (extra `lint`)"


@pytest.fixture
def surroundings(tmp_path: Path) -> Surroundings:
    """Return what surrounds a sheet of a small project with a list of words, and a dictionary for English beside it."""
    (tmp_path / "en_GB.aff").write_text(AFFIX, "utf-8")
    (tmp_path / "en_GB.dic").write_text(WORDS, "utf-8")
    project = load(tmp_path / "site", {"content/data/words.txt": "# ours\nsextortion # a crime\n"})
    return Surroundings(project, "en", SimpleNamespace(), "2026-11-22")  # type: ignore[arg-type]


def told(surroundings: Surroundings, folder: Path, *texts: str, language: str = "en") -> list[tuple[str, str]]:
    pytest.importorskip("spylls", reason=SPYLLS_NEEDED)
    options = {"dictionaries": str(folder), "suggested": 1}
    sheet = sheet_of(language, *texts, surroundings=surroundings)
    return [(found.message, found.hint) for found in spelling.check(sheet, options)]


def test_an_unknown_word_is_told_with_what_is_like_it(tmp_path: Path, surroundings: Surroundings) -> None:
    assert told(surroundings, tmp_path, "Call the lin now. You lsten.") == [
        ('"lin" is in no dictionary', "write: line; or put it in content/data/words.txt"),
        ('"lsten" is in no dictionary', "mend it, or put it in content/data/words.txt"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Calls. Lines listen now.",
        "Sextortion: call now.",
        "Call Zorblax now.",
        "Call the BFGX now.",
        'You call "a zorblax".',
        "Call a@zorblax.example, zorblax.example now.",
        "Call `zorblax` {{ zorblax() }}.",
        "Call-line, the line's.",
        "Call The line.",
    ],
)
def test_what_is_known_or_no_word_of_the_language_is_left_alone(
    tmp_path: Path, surroundings: Surroundings, text: str
) -> None:
    assert told(surroundings, tmp_path, text) == []


def test_a_language_without_a_dictionary_is_not_read(tmp_path: Path, surroundings: Surroundings) -> None:
    assert told(surroundings, tmp_path, "Zorblax.", language="nl") == []


def test_the_project_knows_its_list_its_names_and_its_glossary(surroundings: Surroundings) -> None:
    found = known_words(surroundings)

    assert {"sextortion", "urgences", "noodnummer"} <= found
    assert not {"ours", "crime"} & found


def test_an_edition_for_a_region_takes_its_own_dictionary_first(tmp_path: Path) -> None:
    for name in ("fr_BE", "fr_FR", "en_GB"):
        for suffix in (".aff", ".dic"):
            (tmp_path / f"{name}{suffix}").write_text("", "utf-8")

    found = [dictionaries.find_dictionary(str(tmp_path), tag) for tag in ("fr-BE", "fr", "fr-CA", "en", "nl")]

    assert [path and path.name for path in found] == ["fr_BE", "fr_FR", "fr_FR", "en_GB", None]


def test_what_keeps_the_rule_from_running_is_told(
    tmp_path: Path, surroundings: Surroundings, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = Whole(surroundings.project, {}, {}, {}, "2026-11-22")
    monkeypatch.setattr(spelling, "has_reader", lambda: True)
    found = [
        (one.message, one.hint, str(one.place)) for one in spelling.check_whole(whole, {"dictionaries": str(tmp_path)})
    ]
    hint = "install one (hunspell), or name its folder: rules: {spelling: {dictionaries: …}}"
    assert found == [
        (f"spelling cannot be checked in {tag}: there is no dictionary in {tmp_path}", hint, "content/site.yml:1:1")
        for tag in ("fr", "nl")
    ]

    monkeypatch.setattr(spelling, "has_reader", lambda: False)
    (one,) = spelling.check_whole(whole, {"dictionaries": str(tmp_path)})
    assert one.message == "spelling cannot be checked: spylls is not installed"
    assert one.hint == 'install it with `pip install "balise[lint]"`, or leave the rule out'


@pytest.mark.parametrize(
    "wanted, rules, runs",
    [
        (Wanted(advice=True), "", False),
        (Wanted(select=("languages",)), "", False),
        (Wanted(select=("spelling",)), "", True),
        (Wanted(), "rules: {spelling: warning}\n", True),
        (Wanted(), "rules: {spelling: off}\n", False),
    ],
)
def test_the_rule_runs_where_it_is_asked_for(tmp_path: Path, wanted: Wanted, rules: str, runs: bool) -> None:
    from support.projects import SITE

    gate = make_gate(load(tmp_path, {"content/site.yml": SITE + rules}), wanted)

    assert ("spelling" in [rule.id for rule in gate.rules]) is runs
