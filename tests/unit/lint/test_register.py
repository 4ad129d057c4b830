"""How readers are spoken to is for the site to say, and one rule looks at it."""

from __future__ import annotations

from balise.lint.gate import Wanted, make_gate
from balise.lint.rules import register
from balise.project import load_sources
from support.commands import REPOSITORY
from support.passages import sheet_of


def test_a_site_may_say_je_to_adults() -> None:
    sheet = sheet_of("nl", "Bel, als u wilt.", "Je mag ook schrijven.", audiences=("parent",))

    found = [finding.message for finding in register.check(sheet, {"fr": "vous", "nl": "je"})]

    assert found == ['"u" where readers are addressed with "je"']


def test_an_edition_for_a_region_follows_its_language() -> None:
    sheet = sheet_of("fr-BE", "Tu peux appeler.", audiences=("teacher",))

    (found,) = register.check(sheet, register.RULE.options)

    assert (found.message, found.start, found.end) == ('"Tu" where readers are addressed with "vous"', 0, 2)
    assert found.hint == "speak to adults politely; put what a child is told between quotation marks"


def test_the_rule_of_the_terms_on_the_same_thing_is_left_to_this_one() -> None:
    gate = make_gate(load_sources(REPOSITORY), Wanted(advice=True))

    assert "page-form-of-address" in gate.known
    assert "page-form-of-address" not in gate.terms
    assert "page-not-your-fault" in gate.terms
