"""Records that contradict themselves, and countries that are given another's number."""

from __future__ import annotations

from pathlib import Path

import pytest

from support.gate_cases import reference_project
from support.gate_wholes import problems_of, whole_problems
from support.projects import write_project

RULE = "fact-disagrees"
LINE = '    phone: "116000"\n    short: "yes"\n    phone_shown: 116 000\n'


@pytest.mark.parametrize(
    "lines, messages",
    [
        ('    phone: "+3222345678"\n    phone_shown: 02 234 56 78\n', []),
        ('    phone: "+3222345678"\n    phone_shown: +32 (0)2 234 56 78\n', []),
        ('    phone: "+3222345678"\n    phone_shown: 00 32 2 234 56 78\n', []),
        (
            '    phone: "+3222345678"\n    phone_shown: 02 234 56 87\n',
            ['phone_shown of "be-line" is "02 234 56 87", and phone is "+3222345678"'],
        ),
        (
            '    phone: "+31222345678"\n',
            ['phone of "be-line" is "+31222345678", and numbers of BE begin with +32'],
        ),
        ('    phone: "+31222345678"\n    cost: international\n', []),
        (
            LINE + '    hours: [{days: [mon], from: "09:00", to: "17:00"}]\n    hours_note: From 10:00 to 16:00 in summer.\n',
            ['hours_note of "be-line" speaks of 10:00, 16:00, and hours have none of them'],
        ),
        (LINE + '    hours: [{days: [mon], from: "09:00", to: "17:00"}]\n    hours_note: Until 17:00.\n', []),
    ],
)  # fmt: skip
def test_fields_of_one_record_are_held_against_each_other(tmp_path: Path, lines: str, messages: list[str]) -> None:
    write_project(tmp_path)
    path = tmp_path / "content/data/channels.yml"
    path.write_text(path.read_text("utf-8").replace(LINE, lines), "utf-8")
    assert [one.message for one in whole_problems(tmp_path, RULE)] == messages


def test_letters_on_the_keys_dial_digits() -> None:
    assert problems_of(reference_project(), RULE) == []


def test_an_emergency_number_belongs_to_its_country(tmp_path: Path) -> None:
    write_project(tmp_path)
    path = tmp_path / "content/site.yml"
    path.write_text(path.read_text("utf-8").replace("{BE: be-112,", "{BE: fr-112,"), "utf-8")
    found = whole_problems(tmp_path, RULE)
    assert [(one.message, one.hint) for one in found] == [
        ('emergency of BE is "fr-112", a service of FR', "name a channel of BE")
    ]
