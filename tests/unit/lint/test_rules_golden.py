"""Every rule of the gate on its golden cases, and that every rule has some in each language it knows."""

import pytest

from balise.lint.rule import load_rules
from support.gate_cases import FOLDER, all_cases, run_case

CASES = all_cases()
LANGUAGES = ("fr", "nl", "en")
NEVER = {("promise-lost", "en", True)}
"""A hit needs a translation into this language, and cases are translated from it."""


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.rule}-{case.language}-{case.name}".replace(" ", "-"))
def test_a_rule_finds_what_is_marked_and_nothing_else(case):
    found = run_case(case)

    assert [text for _, text in found if text] == case.expected
    assert bool(found) == case.is_hit
    if "message" in case.keys:
        assert found[0][0].message == case.keys["message"]
    if "fix" in case.keys:
        assert found[0][0].fix == case.keys["fix"]


def test_every_rule_has_hits_and_silent_cases_in_every_language_it_knows():
    known = {(case.rule, case.language, case.is_hit) for case in CASES}
    rules = [rule for rule in load_rules().values() if rule.check and not rule.extra and "page" in rule.on]

    missing = {
        (rule.id, language, is_hit)
        for rule in rules
        for language in rule.languages or LANGUAGES
        for is_hit in (True, False)
        if (rule.id, language, is_hit) not in known
    }

    assert missing == NEVER


def test_every_rule_says_its_message_once_in_its_cases():
    told = {case.rule for case in CASES if "message" in case.keys}

    assert {rule.id for rule in load_rules().values() if rule.check and not rule.extra and "page" in rule.on} <= told


def test_no_golden_file_belongs_to_a_rule_that_is_gone():
    assert {path.name for path in FOLDER.iterdir()} <= set(load_rules())


def test_every_rule_has_a_manual_page_with_the_four_parts():
    for rule in load_rules().values():
        for part in ("What it finds", "Why it matters", "Bad", "Better"):
            assert f"{part}:" in rule.manual, (rule.id, part)
