"""A fact that changed is named until somebody confirms it."""

from __future__ import annotations

from pathlib import Path

import pytest

from balise.lint.seals import differences, load_seals, project_facts, render_seals, seal_path
from balise.problems import Severity
from balise.project import load_project
from support.gate_wholes import whole_problems
from support.projects import write_project

RULE = "fact-unsealed"


@pytest.fixture
def sealed(tmp_path: Path) -> Path:
    """Return a small project whose facts are sealed."""
    write_project(tmp_path)
    project = load_project(tmp_path)
    seal_path(project).write_text(render_seals(project_facts(project)), "utf-8")
    return tmp_path


def change(root: Path, name: str, old: str, new: str) -> None:
    path = root / "content" / name
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def test_sealed_facts_are_no_finding(sealed: Path) -> None:
    assert whole_problems(sealed, RULE) == []


@pytest.mark.parametrize(
    "name, old, new, message",
    [
        ("data/channels.yml", 'phone: "112"', 'phone: "113"', 'phone of "be-112" was "112" and is "113"'),
        ("data/channels.yml", "116 000", "116.000", 'phone_shown of "be-line" was "116 000" and is "116.000"'),
        ("data/channels.yml", "cost: free", "cost: normal-call", 'cost of "be-112" was "free" and is "normal-call"'),
        ("data/channels.yml", "languages: [fr, nl]", "languages: [fr]", 'languages of "be-line" was "fr nl" and is "fr"'),
        ("data/channels.yml", "line.example", "lime.example", 'url of "be-line" was "https://line.example/" and is "https://lime.example/"'),
        ("data/channels.yml", "    cost: free\n", "", 'cost of "be-112" was "free" and is gone'),
        ("site.yml", "BE: be-112", "BE: fr-112", 'BE of "emergency" was "be-112" and is "fr-112"'),
    ],
)  # fmt: skip
def test_a_change_names_the_field_what_it_was_and_what_it_is(
    sealed: Path, name: str, old: str, new: str, message: str
) -> None:
    change(sealed, name, old, new)
    found = [one for one in whole_problems(sealed, RULE) if one.message == message]
    assert [(one.severity, one.hint) for one in found] == [
        (Severity.ERROR, "put it back, or confirm the change with `balise facts review`")
    ]


def test_the_place_is_the_field_of_the_record(sealed: Path) -> None:
    change(sealed, "data/channels.yml", "phone_shown: 116 000", "phone_shown: 116.000")
    found = next(iter(whole_problems(sealed, RULE)))
    lines = (sealed / "content/data/channels.yml").read_text("utf-8").split("\n")
    assert lines[found.location.line - 1].strip() == "phone_shown: 116.000"


def test_a_field_that_is_added_had_nothing(sealed: Path) -> None:
    change(sealed, "data/channels.yml", "    phone_shown: 116 000\n", '    phone_shown: 116 000\n    sms: "4040"\n')
    assert [one.message for one in whole_problems(sealed, RULE)] == ['sms of "be-line" has "4040", and had nothing']


def test_a_new_record_and_one_that_is_gone_are_named(sealed: Path) -> None:
    change(sealed, "data/channels.yml", "id: fr-112", "id: fr-911")
    change(sealed, "site.yml", "FR: fr-112", "FR: fr-911")
    assert [one.message for one in whole_problems(sealed, RULE)][1:] == [
        'channel "fr-911" is new',
        'channel "fr-112" is gone',
    ]


def test_a_record_that_cannot_be_read_is_not_gone(sealed: Path) -> None:
    change(sealed, "data/channels.yml", 'phone: "116000"', 'phone: "1160000000"')
    assert whole_problems(sealed, RULE) == []


def test_a_project_without_seals_gets_one_piece_of_advice(tmp_path: Path) -> None:
    write_project(tmp_path)
    found = whole_problems(tmp_path, RULE)
    assert [(one.severity, one.message) for one in found] == [
        (Severity.ADVICE, "no seals yet: facts can change unseen")
    ]


def test_seals_that_cannot_be_read_are_named(sealed: Path) -> None:
    (sealed / "content/data/sealed.yml").write_text("channels: {a: 1\n", "utf-8")
    found = whole_problems(sealed, RULE)
    assert [one.message.partition(": ")[0] for one in found] == ["the seals cannot be read"]


def test_what_is_written_is_read_back(sealed: Path) -> None:
    change(sealed, "data/channels.yml", "[Someone listens.]", "['She said: \"yes\" # é \\ {b}']")
    project = load_project(sealed)
    seal_path(project).write_text(render_seals(project_facts(project)), "utf-8")
    loaded = load_seals(project)
    assert loaded is not None
    assert list(differences(loaded[0], project_facts(project))) == []
