"""The gate as a whole: rules on the whole site, what they weigh and what excuses them; the order of what is told."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from balise.lint.gate import Wanted, make_gate
from balise.lint.rule import GROUPS, Finding, Options, Rule, load_rules
from balise.lint.sheet import Sheet
from balise.problems import Severity
from support.gate_projects import Files, check, check_again
from support.gate_sheets import passages
from support.projects import CHANNELS, FOUND, SITE

PAGE = "content/help/found-images.md"
TELLING = SITE.replace("https://fr.example/", "https://fr.example/helpline")
SAID = 'the exit address says "helpline"'


def told(
    root: Path, site: str, *, select: tuple[str, ...] = ("exit-address",), **wanted: object
) -> list[tuple[str, str]]:
    """Return weight and message of what is said of a site by these rules."""
    problems = check(root, {"content/site.yml": site}, select=select, **wanted).problems
    return [(one.severity.value, one.message) for one in problems]


@pytest.mark.parametrize(
    "more, found",
    [
        ("", [("error", SAID)]),
        ("rules: {exit-address: off}\n", []),
        ("rules: {exit-address: warning}\n", [("warning", SAID)]),
        ("rules: {exit-address: advice}\n", [("advice", SAID)]),
        ("allow: [{rule: exit-address, reason: It is ours.}]\n", []),
        ("allow: [{rule: exit-address, reason: It is ours., file: content/site.yml}]\n", []),
        ("allow: [{rule: help-offered, reason: It is ours.}]\n", [("error", SAID)]),
    ],
)
def test_a_rule_on_the_whole_site_obeys_settings_and_exceptions(
    tmp_path: Path, more: str, found: list[tuple[str, str]]
) -> None:
    assert told(tmp_path, TELLING + more) == found


def test_advice_of_the_whole_site_is_shown_on_request(tmp_path: Path) -> None:
    site = TELLING + "rules: {exit-address: advice}\n"

    assert [told(tmp_path, site, select=("safety",), advice=one) for one in (False, True)] == [[], [("advice", SAID)]]


def test_an_exception_of_the_whole_site_is_listed_with_what_it_covers(tmp_path: Path) -> None:
    checked = check(
        tmp_path,
        {"content/site.yml": TELLING + "allow: [{rule: exit-address, reason: It is ours.}]\n"},
        select=("exit-address",),
    )

    assert [(one.excuse.reason, one.problem.message) for one in checked.judgement.excused] == [("It is ours.", SAID)]


def finding_rule(name: str, *findings: Finding, **more: object) -> Rule:
    """Return a rule that finds the same on each sheet it reads."""

    def run(sheet: Sheet, options: Options) -> list[Finding]:
        return [one._replace(passage=sheet.passages[0]) if one.place is None and one.end else one for one in findings]

    return replace(Rule("plain", Severity.WARNING, check=run), id=name, **more)  # type: ignore[arg-type]


def found_on(
    sheet: Sheet, *rules: Rule, monkeypatch: pytest.MonkeyPatch, wanted: Wanted | None = None
) -> list[tuple[str, str]]:
    """Return rule and weight of what is found by these rules alone."""
    monkeypatch.setattr("balise.lint.gate.load_rules", lambda: {one.id: one for one in rules})
    project = replace(sheet.surroundings.project, registries=replace(sheet.surroundings.project.registries, wording=replace(sheet.surroundings.project.registries.wording, rules={})))  # fmt: skip
    gate = make_gate(project, wanted or Wanted())
    return [(one.rule, one.severity.value) for one in gate.check(sheet).problems]


def test_a_rule_reads_the_sheets_it_is_for(monkeypatch: pytest.MonkeyPatch) -> None:
    one = Finding("it is so", "mend it")
    rules = (
        finding_rule("all", one),
        finding_rule("french", one, languages=("fr",)),
        finding_rule("young", one, audiences=("young",)),
        finding_rule("of-data", one, on=("data",)),
        finding_rule("of-both", one, on=("page", "data")),
    )

    english = found_on(passages("One.", audiences=frozenset({"parent"})), *rules, monkeypatch=monkeypatch)
    french = found_on(
        passages("Un.", language="fr", audiences=frozenset({"young", "parent"})), *rules, monkeypatch=monkeypatch
    )
    data = found_on(replace(passages("One."), kind="data"), *rules, monkeypatch=monkeypatch)

    assert [name for name, _ in english] == ["all", "of-both"]
    assert [name for name, _ in french] == ["all", "french", "young", "of-both"]
    assert [name for name, _ in data] == ["of-data", "of-both"]


def test_a_finding_may_weigh_less_than_its_rule(monkeypatch: pytest.MonkeyPatch) -> None:
    rule = finding_rule("mild", Finding("a", "b"), Finding("c", "d", severity=Severity.ADVICE))
    sheet = passages("One.")

    assert found_on(sheet, rule, monkeypatch=monkeypatch) == [("mild", "warning")]
    assert found_on(sheet, rule, monkeypatch=monkeypatch, wanted=Wanted(advice=True)) == [
        ("mild", "warning"),
        ("mild", "advice"),
    ]
    assert found_on(sheet, rule, monkeypatch=monkeypatch, wanted=Wanted(("mild",))) == [
        ("mild", "warning"),
        ("mild", "advice"),
    ]


def test_a_data_text_is_told_once_in_each_language_it_stands_in(tmp_path: Path) -> None:
    files: Files = {
        "content/data/channels.yml": CHANNELS.replace("[Help comes.]", "[A ripe plum comes.]", 1),
        "locales/fr/LC_MESSAGES/site.po": 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
        'msgctxt "channels.be-112.what_happens.1"\nmsgid "A ripe plum comes."\nmsgstr "Une prune mûre vient."\n',
    }

    found = [str(one.location) for one in check(tmp_path, files).problems]

    assert found == ["content/data/channels.yml:13:22", "locales/fr/LC_MESSAGES/site.po:6:13"]


def test_the_text_of_an_outdated_translation_is_read_too(tmp_path: Path) -> None:
    po = "locales/fr/pages/help/found-images.po"
    head = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
    stale = (
        '#| msgid "It was not your fault."\nmsgctxt "c"\nmsgid "This is not your fault."\nmsgstr "Une prune mûre."\n'
    )

    assert [str(one.location) for one in check(tmp_path, {po: head + stale}).problems] == [f"{po}:7:13"]


def test_what_is_told_stands_in_the_order_of_the_files(tmp_path: Path) -> None:
    text = FOUND.replace("Close the page.", "A sour cherry, a ripe plum.").replace("Read [", "A ripe plum. Read [")
    problems = check(tmp_path, {PAGE: text, "content/site.yml": SITE.replace("Test site", "Ripe plum")}).problems

    assert [str(one.location).removeprefix("content/") for one in problems] == [
        "help/found-images.md:13:6",
        "help/found-images.md:13:21",
        "help/found-images.md:20:3",
        "site.yml:1:7",
    ]
    assert check_again(tmp_path).problems == problems


def test_every_rule_belongs_to_a_group_of_the_manual() -> None:
    assert {one.group for one in load_rules().values()} <= set(GROUPS)


def test_a_finding_without_a_place_on_a_text_of_no_page_stands_at_the_site(monkeypatch: pytest.MonkeyPatch) -> None:
    base = passages("One.")
    monkeypatch.setattr("balise.lint.gate.load_rules", lambda: {"r": finding_rule("r", Finding("a", "b"))})
    gate = make_gate(base.surroundings.project, Wanted(("r",)))

    assert [str(one.location) for one in gate.check(replace(base, kind="page")).problems] == ["content/site.yml:1:1"]
