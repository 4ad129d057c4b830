"""The list of words is read whole, checked, and shows what to write, never what to avoid."""

from __future__ import annotations

import re
from typing import Any

import pytest

from balise.languages import Text
from balise.source import parse_yaml
from balise.terms import TermRegistry, parse_terms, present_term, term_messages
from registry_records import TERM, Words, document, real


@pytest.fixture(scope="module")
def real_terms() -> TermRegistry:
    result, problems = parse_terms(real("terms"))
    assert [str(problem) for problem in problems] == []
    return result


def test_the_whole_list_of_the_reference_site_is_read(real_terms: TermRegistry) -> None:
    assert len(real_terms.rules) == 98
    assert set(real_terms.exception_sets) == {
        "domains",
        "legal_names",
        "org_names",
        "quotation",
        "phone_numbers",
        "generic_addresses",
    }
    assert set(real_terms.negation) == set(real_terms.safe_line) == {"fr", "nl", "en"}
    assert len(real_terms.benign) == 28


def test_every_rule_on_words_reports_its_bad_examples(real_terms: TermRegistry) -> None:
    for rule in real_terms.rules.values():
        flags = re.UNICODE if rule.case_sensitive else re.UNICODE | re.IGNORECASE
        for language, sentence in rule.bad.items() if rule.kind == "term" else ():
            assert any(re.search(pattern, sentence, flags) for pattern in rule.patterns[language]), (rule.id, sentence)


def test_every_rule_has_words_to_write_in_english_or_a_language_of_its_own(real_terms: TermRegistry) -> None:
    for rule in real_terms.rules.values():
        assert "en" in rule.preferred or set(rule.preferred) <= set(rule.languages), rule.id


def test_the_words_to_write_are_shown_in_the_language_of_the_page(real_terms: TermRegistry) -> None:
    shown = present_term(real_terms.rules["csam-not-pornography"], Words("nl"))
    assert shown.preferred == Text("beelden van seksueel misbruik van minderjarigen", "nl")


def test_the_reason_comes_from_the_catalogue_or_stays_marked_as_english() -> None:
    rule = parse_terms(document("rules", TERM))[0].rules["plain-words"]
    words = Words("fr", site={("terms.plain-words.why", "Shock words frighten."): "Les mots de choc font peur."})
    assert present_term(rule, words).why == Text("Les mots de choc font peur.", "fr")
    assert present_term(rule, Words("fr")).why == Text("Shock words frighten.", "en")


def test_a_language_without_words_of_its_own_gets_the_english_ones() -> None:
    rule = parse_terms(document("rules", TERM))[0].rules["plain-words"]
    assert present_term(rule, Words("nl")).preferred == Text("serious", "en")


def test_translators_get_the_reasons() -> None:
    assert list(term_messages(parse_terms(document("rules", TERM))[0])) == [
        ("terms.plain-words.why", "Shock words frighten.")
    ]


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        (
            {"patterns": {"en": ["(unclosed"]}},
            "is not a regular expression: missing ), unterminated subpattern at position 0",
        ),
        ({"patterns": {"en": []}}, '"en" is empty'),
        ({"severity": "warning"}, '"severity" cannot be "warning"'),
        ({"exceptions": ["domain"]}, 'exception set "domain" does not exist'),
        ({"sources": ["LUX17"]}, 'source "LUX17" does not exist'),
    ],
)
def test_each_fault_has_its_own_words(changes: dict[str, Any], fault: str) -> None:
    [problem] = parse_terms(document("rules", {**TERM, **changes}))[1]
    assert problem.rule == "data-invalid"
    assert problem.message.removeprefix('"en": ') == fault


def test_a_fault_in_the_sets_is_found_at_its_place_and_the_rules_survive() -> None:
    text = "exception_sets:\n  domains:\n    all: ['(']\nlegal:\n  notes: x\n"
    registry, problems = parse_terms(parse_yaml(text, "content/data/terms.yml"))
    assert [(problem.location.line, problem.message) for problem in problems] == [
        (3, '"all": is not a regular expression: missing ), unterminated subpattern at position 0'),
        (5, 'unknown key "notes"'),
    ]
    assert registry.rules == {}
