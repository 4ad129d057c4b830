"""`balise build --check`: nothing is published that the gate holds back."""

from __future__ import annotations

import json

import pytest

from balise.lint.rule import load_rules
from support.commands import Outcome, Terminal
from support.gate_projects import TERMS
from support.projects import FOUND, SITE, WITH_HOOK
from support.published import read_tree

PAGE = "content/help/found-images.md"
QUIET = SITE + "rules:\n" + "".join(f"  {name}: off\n" for name in load_rules())
"""A site that asks for the rules of its own `terms.yml` alone."""
STOPS, PASSES = FOUND.replace("Close the page.", "A ripe plum."), FOUND.replace("Close the page.", "A sour cherry.")
ERROR = f"""\
{PAGE}:13:6: error: the text says "ripe plum" [ripe-plum]
    13 | 1. A ripe plum.
       |      ^^^^^^^^^
    fix: write: apple. Plums stain.
"""
WARNING = f"""\
{PAGE}:13:6: warning: the text says "sour cherry" [sour-cherry]
    13 | 1. A sour cherry.
       |      ^^^^^^^^^^^
    fix: write: sweet cherry. Sour is sour.
"""
ENDING = "Nothing was written; the published site is unchanged.\n"


@pytest.fixture
def fruit(terminal: Terminal) -> Terminal:
    terminal.write({"content/data/terms.yml": TERMS, "content/site.yml": QUIET})
    return terminal


def published(terminal: Terminal) -> dict[str, bytes]:
    return {name: text for name, text in read_tree(terminal.folder).items() if name.startswith("site/")}


def test_an_error_of_the_gate_stops_the_build_and_nothing_is_written(fruit: Terminal) -> None:
    fruit.balise("build")
    before = published(fruit)
    fruit.write({PAGE: STOPS})

    assert fruit.balise("build", "--check") == Outcome(1, ERROR, f"1 error. {ENDING}")
    assert published(fruit) == before
    assert before


def test_the_first_build_writes_nothing_either(fruit: Terminal) -> None:
    fruit.write({PAGE: STOPS})

    assert fruit.balise("build", "--check").code == 1
    assert not (fruit.folder / "site").exists()


def test_a_warning_is_told_and_lets_the_build_pass(fruit: Terminal) -> None:
    fruit.write({PAGE: PASSES})

    outcome = fruit.balise("build", "--check", "--quiet")

    assert (outcome.code, outcome.out) == (0, WARNING)
    assert published(fruit)


def test_under_strict_a_warning_stops_it(fruit: Terminal) -> None:
    fruit.write({PAGE: PASSES})

    assert fruit.balise("build", "--check", "--strict") == Outcome(1, WARNING, f"0 errors, 1 warning. {ENDING}")
    assert published(fruit) == {}


def test_without_the_option_the_gate_is_not_asked(fruit: Terminal) -> None:
    fruit.write({PAGE: STOPS})

    assert fruit.balise("build", "--quiet") == Outcome(0, "", "")


@pytest.mark.parametrize(
    "text, options, ok, rules",
    [
        (FOUND, (), True, []),
        (PASSES, (), True, ["sour-cherry"]),
        (PASSES, ("--strict",), False, ["sour-cherry"]),
        (STOPS, (), False, ["ripe-plum"]),
        (FOUND.replace("be-line", "be-lime"), (), False, ["channel-unknown"]),
    ],
    ids=["sound", "warning", "strict", "error", "broken"],
)
def test_json_is_one_document_whatever_is_found(
    fruit: Terminal, text: str, options: tuple[str, ...], ok: bool, rules: list[str]
) -> None:
    fruit.write({PAGE: text})

    outcome = fruit.balise("build", "--check", "--format", "json", *options)

    told = json.loads(outcome.out)
    assert (told["ok"], [one["rule"] for one in told["problems"]]) == (ok, rules)
    assert (outcome.code, outcome.err) == (0 if ok else 1, "")


def test_annotations_name_what_the_gate_only_warns_of(fruit: Terminal) -> None:
    fruit.write({PAGE: PASSES})

    assert fruit.balise("build", "--check", "--format", "github").out == (
        f'::warning file={PAGE},line=13,col=6,endColumn=17,title=sour-cherry::the text says "sour cherry". '
        "write: sweet cherry. Sour is sour.\n"
    )


def test_what_stops_every_build_is_told_once(fruit: Terminal) -> None:
    fruit.write({PAGE: FOUND.replace("be-line", "be-lime")})

    outcome = fruit.balise("build", "--check")

    assert (outcome.code, outcome.out.count("[channel-unknown]")) == (1, 1)


def test_a_site_that_cannot_be_read_is_told_by_the_build(fruit: Terminal) -> None:
    fruit.write({"content/site.yml": SITE + "colour: red\n"})

    outcome = fruit.balise("build", "--check")

    assert (outcome.code, outcome.out.count("[unknown-key]")) == (1, 1)


def test_with_other_plugins_the_gate_stands_in_front_too(fruit: Terminal) -> None:
    fruit.write({PAGE: STOPS, "mkdocs.yml": WITH_HOOK, "hook.py": ""})

    assert fruit.balise("build", "--check") == Outcome(1, ERROR, f"1 error. {ENDING}")
