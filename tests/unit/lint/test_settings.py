"""What a site says of the rules, and the exceptions that authors make with a reason."""

from __future__ import annotations

from pathlib import Path

import pytest

from support.gate_projects import Files, check, check_again
from support.guides import FILES as GUIDE_FILES
from support.guides import GUIDE
from support.projects import CHANNELS, FOUND, SITE, write_project

PAGE = "content/help/found-images.md"
PO = "locales/fr/pages/help/found-images.po"
PLUM = FOUND.replace("Close the page.", "Close the ripe plum.")
FRENCH = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\nmsgctxt "d"\nmsgid "Close the ripe plum."\nmsgstr "Fermez la prune mûre."\n'
HIDDEN = FOUND.replace("Close the", "Close\u200b the")


def allowing(text: str, *lines: str) -> str:
    """Return a page with exceptions in its front matter."""
    return text.replace("needs:", "allow:\n" + "".join(f"  - {line}\n" for line in lines) + "needs:", 1)


def told(root: Path, files: Files, **wanted: object) -> list[tuple[str, str, str]]:
    """Return weight, rule and path of what a check finds."""
    problems = check(root, files, **wanted).problems
    return [(one.severity.value, one.rule, one.location.path) for one in problems]


@pytest.mark.parametrize(
    "setting, found",
    [
        ("{}", [("error", "ripe-plum", PAGE)]),
        ("{ripe-plum: off}", []),
        ("{ripe-plum: warning}", [("warning", "ripe-plum", PAGE)]),
        ("{ripe-plum: advice}", [("advice", "ripe-plum", PAGE)]),
        ("{ripe-plum: {severity: warning}}", [("warning", "ripe-plum", PAGE)]),
        ("{ripe-plum: {severity: off}}", []),
        ("{sour-cherry: off}", [("error", "ripe-plum", PAGE)]),
    ],
)
def test_a_site_says_how_much_a_rule_weighs(tmp_path: Path, setting: str, found: list[tuple[str, str, str]]) -> None:
    assert told(tmp_path, {PAGE: PLUM, "content/site.yml": SITE + f"rules: {setting}\n"}) == found


def test_a_rule_lowered_to_advice_is_shown_on_request_alone(tmp_path: Path) -> None:
    files = {PAGE: PLUM, "content/site.yml": SITE + "rules: {ripe-plum: advice}\n"}

    assert told(tmp_path, files, select=("wording",)) == []
    assert told(tmp_path, files, select=("wording",), advice=True) == [("advice", "ripe-plum", PAGE)]


def test_advice_stays_advice_where_a_rule_lowers_it_itself(tmp_path: Path) -> None:
    terms = "exception_sets: {quotation: {all: ['“[^”]{1,600}”']}}\nrules:\n  - {id: ripe-plum, group: fruit, kind: term, languages: [en], severity: warn, patterns: {en: [ripe plum]}, preferred: {en: apple}, why: Plums stain., exceptions: [quotation]}\n"
    files = {
        "content/data/terms.yml": terms,
        PAGE: FOUND.replace("Close the page.", "Say “ripe plum”, ripe plum."),
        "content/site.yml": SITE + "rules: {ripe-plum: error}\n",
    }

    assert told(tmp_path, files) == [("advice", "ripe-plum", PAGE), ("error", "ripe-plum", PAGE)]


@pytest.mark.parametrize(
    "lines, message",
    [
        (
            "rules: {ripe-plumb: off}",
            'content/site.yml:10:9: error: rule "ripe-plumb" does not exist [rule-unknown]\n'
            '    fix: did you mean "ripe-plum"? docs/rules.md lists the rules',
        ),
        (
            "rules: {zzz: off}",
            'content/site.yml:10:9: error: rule "zzz" does not exist [rule-unknown]\n'
            "    fix: docs/rules.md lists the rules",
        ),
        (
            "rules: {ripe-plum: warn}",
            'content/site.yml:10:20: error: rule "ripe-plum" is set to "warn" [data-invalid]\n'
            '    fix: did you mean "warning"? write off, error, warning or advice',
        ),
        (
            "rules: {ripe-plum: {severity: loud}}",
            'content/site.yml:10:31: error: rule "ripe-plum" is set to "loud" [data-invalid]\n'
            "    fix: write off, error, warning or advice",
        ),
        (
            "rules: {ripe-plum: [off]}",
            'content/site.yml:10:20: error: "ripe-plum" must be a word or a table [data-invalid]\n'
            "    fix: write off, error, warning, advice, or options",
        ),
        (
            "rules: {ripe-plum: {words: 3}}",
            'content/site.yml:10:28: error: rule "ripe-plum" has no option "words" [rule-option]\n'
            "    fix: its options: none",
        ),
        (
            "rules: {help-offered: {kind: [helpline]}}",
            'content/site.yml:10:30: error: rule "help-offered" has no option "kind" [rule-option]\n'
            '    fix: did you mean "kinds"? its options: kinds',
        ),
        (
            "rules: {help-offered: {kinds: helpline}}",
            'content/site.yml:10:31: error: option "kinds" of rule "help-offered" must be words [rule-option]\n'
            "    fix: it is helpline, advice by default",
        ),
        (
            "allow: [{rule: ripe-plum}]",
            "content/site.yml:10:9: error: an exception gives no reason [exception-reason]\n"
            "    fix: add `reason:` with why the text is right as it is",
        ),
        (
            "allow: [{rule: ripe-plumb, reason: A name.}]",
            'content/site.yml:10:9: error: rule "ripe-plumb" does not exist [rule-unknown]\n'
            '    fix: did you mean "ripe-plum"? docs/rules.md lists the rules',
        ),
        (
            "allow: [{reason: A name.}]",
            "content/site.yml:10:9: error: an exception names no rule [rule-unknown]\n"
            "    fix: add `rule:`; docs/rules.md lists the rules",
        ),
        (
            "allow: [{rule: ripe-plum, reason: A name., texte: plum}]",
            'content/site.yml:10:44: error: unknown key "texte" in an exception [unknown-key]\n'
            '    fix: did you mean "text"? known keys: file, language, reason, rule, text',
        ),
        (
            "allow: [{rule: ripe-plum, reason: [A]}]",
            "content/site.yml:10:9: error: an exception is a table of texts [data-invalid]\n"
            "    fix: write {rule: …, reason: …}",
        ),
    ],
)
def test_a_wrong_setting_is_named_with_its_way_out(tmp_path: Path, lines: str, message: str) -> None:
    found = check(tmp_path, {"content/site.yml": SITE + lines + "\n"}).problems

    assert [str(one) for one in found] == [message]


@pytest.mark.parametrize(
    "exception, excused",
    [
        ("{rule: ripe-plum, reason: A name.}", True),
        ("{rule: ripe-plum, reason: A name., text: ripe plum}", True),
        ("{rule: ripe-plum, reason: A name., text: Ripe  Plum}", True),
        ("{rule: ripe-plum, reason: A name., text: the ripe plum}", True),
        ("{rule: ripe-plum, reason: A name., text: plum}", True),
        ("{rule: ripe-plum, reason: A name., text: pear}", False),
        ("{rule: ripe-plum, reason: A name., language: en}", True),
        ("{rule: ripe-plum, reason: A name., language: en-GB}", True),
        ("{rule: ripe-plum, reason: A name., language: fr}", False),
        ("{rule: ripe-plum, reason: A name., file: content/help/found-images.md}", True),
        ("{rule: ripe-plum, reason: A name., file: content/index.md}", False),
        ("{rule: sour-cherry, reason: A name.}", False),
    ],
)
@pytest.mark.parametrize("where", ["page", "site"])
def test_what_an_exception_covers(tmp_path: Path, where: str, exception: str, excused: bool) -> None:
    page = {PAGE: allowing(PLUM, exception)}
    site: Files = {PAGE: PLUM, "content/site.yml": SITE + f"allow: [{exception}]\n"}

    checked = check(tmp_path, page if where == "page" else site)

    assert [one.rule for one in checked.problems] == ([] if excused else ["ripe-plum"])
    assert [one.problem.rule for one in checked.judgement.excused] == (["ripe-plum"] if excused else [])


def test_an_exception_for_one_language_leaves_the_others(tmp_path: Path) -> None:
    exception = "{rule: ripe-plum, reason: A name., language: fr}"

    assert told(tmp_path, {PAGE: allowing(PLUM, exception), PO: FRENCH}) == [("error", "ripe-plum", PAGE)]


def test_an_exception_of_a_page_is_not_one_of_another(tmp_path: Path) -> None:
    other = "content/help/index.md"
    files = {
        PAGE: allowing(PLUM, "{rule: ripe-plum, reason: A name.}"),
        other: "---\ntype: topic\ntitle: Help\ndescription: About.\n---\n\nA ripe plum.\n",
    }

    assert told(tmp_path, files) == [("error", "ripe-plum", other)]


def test_a_guide_makes_its_exceptions_itself(tmp_path: Path) -> None:
    guide = GUIDE.replace("Take a breath", "Take a ripe plum")
    allowed = guide.replace("  start: what\n", "  start: what\n  allow: [{rule: ripe-plum, reason: A name.}]\n")
    files = {**GUIDE_FILES, "content/guides/help.yml": guide}

    without = told(tmp_path, files)
    checked = check(tmp_path, {**files, "content/guides/help.yml": allowed})

    assert without == [("error", "ripe-plum", "content/guides/help.yml")]
    assert checked.problems == ()
    assert [str(one.excuse.place) for one in checked.judgement.excused] == ["content/guides/help.yml:8:11"]


def test_a_text_of_the_data_is_excused_by_the_site(tmp_path: Path) -> None:
    files = {
        "content/data/channels.yml": CHANNELS.replace("[Help comes.]", "[A ripe plum comes.]", 1),
        "content/site.yml": SITE + "allow: [{rule: ripe-plum, reason: A name., file: content/data/channels.yml}]\n",
    }

    assert told(tmp_path, files) == []


def unused(root: Path, **wanted: object) -> list[str]:
    """Return what is said of needless exceptions by a check with every rule."""
    found = check_again(root, **{"select": (), **wanted}).problems  # type: ignore[arg-type]
    return [str(one) for one in found if one.rule == "exception-unused"]


def test_a_needless_exception_is_named_while_its_rule_runs(tmp_path: Path) -> None:
    exception = "{rule: ripe-plum, reason: A name.}"
    files = {PAGE: allowing(FOUND, exception), "content/site.yml": SITE}
    check(tmp_path, files)
    said = f'{PAGE}:7:5: warning: the exception from "ripe-plum" excuses nothing [exception-unused]\n    fix: remove it'

    assert unused(tmp_path) == [said]
    assert unused(tmp_path, select=("wording",)) == []
    assert unused(tmp_path, ignore=("sour-cherry",)) == []
    write_project(tmp_path, {**files, "content/site.yml": SITE + "rules: {ripe-plum: off}\n"})
    (tmp_path / "content/data/terms.yml").write_bytes((tmp_path / "content/data/terms.yml").read_bytes())
    assert unused(tmp_path) == []


def test_an_exception_is_used_when_one_edition_needs_it(tmp_path: Path) -> None:
    text = FOUND.replace("Close the page.", "Close the door.")
    french = FRENCH.replace("Close the ripe plum.", "Close the door.")
    check(tmp_path, {PAGE: allowing(text, "{rule: ripe-plum, reason: A name., language: fr}"), PO: french})

    assert unused(tmp_path) == []


def test_an_exception_from_what_is_only_advice_is_not_called_needless(tmp_path: Path) -> None:
    terms = "exception_sets: {quotation: {all: ['“[^”]{1,600}”']}}\nrules:\n  - {id: ripe-plum, group: fruit, kind: term, languages: [en], severity: warn, patterns: {en: [ripe plum]}, preferred: {en: apple}, why: Plums stain., exceptions: [quotation]}\n"
    text = FOUND.replace("Close the page.", "Say “ripe plum”.")
    check(tmp_path, {PAGE: allowing(text, "{rule: ripe-plum, reason: A name.}"), "content/data/terms.yml": terms})

    assert unused(tmp_path) == []
    assert unused(tmp_path, advice=True) == []


def test_exceptions_are_listed_with_what_they_cover(tmp_path: Path) -> None:
    checked = check(
        tmp_path,
        {
            PAGE: allowing(PLUM, '{rule: ripe-plum, reason: "A name, of a place."}', "{rule: sour-cherry, reason: B.}"),
            PO: FRENCH,
        },
    )

    covered = [(one.excuse.reason, one.problem.location.path, one.language) for one in checked.judgement.excused]

    assert sorted(covered) == [("A name, of a place.", PAGE, "en"), ("A name, of a place.", PO, "fr")]
    assert {one.reason for one in checked.judgement.excuses} == {"A name, of a place.", "B."}


def test_a_hidden_character_can_be_excused_too(tmp_path: Path) -> None:
    assert told(tmp_path, {PAGE: HIDDEN}) == [("error", "control-character", PAGE)]
    assert told(tmp_path, {PAGE: allowing(HIDDEN, "{rule: control-character, reason: So it is.}")}) == []


def test_rules_are_chosen_by_name_and_by_group(tmp_path: Path) -> None:
    files = {PAGE: HIDDEN.replace("the page.", "a ripe plum, a sour cherry.")}

    assert told(tmp_path, files, select=("bytes",)) == [("error", "control-character", PAGE)]
    assert told(tmp_path, files, select=("wording",), ignore=("ripe-plum",)) == [("warning", "sour-cherry", PAGE)]
    assert told(tmp_path, files, select=("wording", "bytes"), ignore=("wording",)) == [
        ("error", "control-character", PAGE)
    ]
