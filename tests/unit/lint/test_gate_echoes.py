"""Two rules never report the same characters: one replaces another, or yields to it."""

from __future__ import annotations

import pytest

from balise.lint.gate import Wanted
from support.gate_cases import rules_told


@pytest.mark.parametrize(
    "body, rules",
    [
        ("The service took 4512 reports.", ["number-typed"]),
        ("The service took 1.883 reports.", ["fig-thousands-separator"]),
        ("Write to first.last@example.org.", ["id-personal-contact"]),
        ("Call +32 471 23 45 67.", ["id-personal-contact"]),
        ("Write to info@example.org.", ["address-typed"]),
        ("See www.childfocuss.be.", ["address-lookalike"]),
    ],
)
def test_one_finding_for_the_same_characters(body: str, rules: list[str]) -> None:
    wanted = Wanted(select=("facts", "bytes", "fig-raw-number", "fig-thousands-separator", "id-personal-contact"))
    assert rules_told(body, "en", wanted) == rules


def test_the_rule_of_the_terms_runs_where_it_is_asked_for_alone() -> None:
    assert rules_told("It took 4512 reports.", "en", Wanted(select=("fig-raw-number",))) == ["fig-raw-number"]
