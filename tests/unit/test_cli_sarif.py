"""Problems as SARIF: what the standard (OASIS SARIF 2.1.0) asks of a log that services read."""

from __future__ import annotations

import json
import re
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest

from balise import __version__
from balise.cli.sarif import sarif_log
from balise.lint.manual import rule_manual
from balise.problems import Location, Problem, Severity
from support.commands import Terminal
from support.gate_projects import TERMS
from support.projects import FOUND

PAGE = "content/help/found-images.md"


def problem(rule: str = "control-character", line: int = 3, column: int = 5, length: int = 4, **more: Any) -> Problem:
    values: dict[str, Any] = {"severity": Severity.ERROR, "message": "it is so", "hint": "mend it", "path": "x.md"}
    values |= more
    place = Location(values.pop("path"), line, column)
    return Problem(rule=rule, location=place, length=length, **values)


def run_of(*problems: Problem) -> dict[str, Any]:
    """Return the one run of a log, after a machine has read it."""
    log = json.loads(json.dumps(sarif_log(problems, rule_manual())))
    (run,) = log["runs"]
    return dict(run)


def check_log(log: dict[str, Any]) -> None:
    """Hold a log to what the standard asks of the parts that we write, clause by clause."""
    assert log["version"] == "2.1.0"
    assert urlsplit(log["$schema"]).path.endswith("/sarif-schema-2.1.0.json")
    for run in log["runs"]:
        driver = run["tool"]["driver"]
        assert driver["name"]
        assert run["columnKind"] in ("utf16CodeUnits", "unicodeCodePoints")
        rules = driver["rules"]
        assert len({rule["id"] for rule in rules}) == len(rules)
        for rule in rules:
            for key in {"shortDescription", "fullDescription", "help"} & rule.keys():
                assert rule[key]["text"], (rule["id"], key)
        for result in run["results"]:
            assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
            assert result["level"] in ("none", "note", "warning", "error")
            assert result["message"]["text"]
            for location in result["locations"]:
                check_place(location["physicalLocation"], run["originalUriBaseIds"])
            for fix in result.get("fixes", ()):
                for change in fix["artifactChanges"]:
                    for replacement in change["replacements"]:
                        check_region(replacement["deletedRegion"])
                        assert isinstance(replacement["insertedContent"]["text"], str)


def check_place(place: dict[str, Any], bases: dict[str, Any]) -> None:
    artifact = place["artifactLocation"]
    assert artifact["uriBaseId"] in bases
    assert re.fullmatch(r"[A-Za-z0-9._~/%-]+", artifact["uri"])
    if "region" in place:
        check_region(place["region"])


def check_region(region: dict[str, int]) -> None:
    assert set(region) <= {"startLine", "startColumn", "endLine", "endColumn"}
    assert all(number >= 1 for number in region.values())
    if "endColumn" in region:
        assert (region["endLine"], region["endColumn"]) > (region["startLine"], region["startColumn"])


def test_a_problem_is_a_result_with_its_region() -> None:
    (result,) = run_of(problem())["results"]

    assert {key: value for key, value in result.items() if key != "partialFingerprints"} == {
        "ruleId": "control-character",
        "ruleIndex": 0,
        "level": "error",
        "message": {"text": "it is so. mend it"},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": {"uri": "x.md", "uriBaseId": "ROOT"},
                    "region": {"startLine": 3, "startColumn": 5, "endLine": 3, "endColumn": 9},
                }
            }
        ],
    }


@pytest.mark.parametrize(
    "line, column, length, region",
    [
        (3, 5, 4, {"startLine": 3, "startColumn": 5, "endLine": 3, "endColumn": 9}),
        (3, 5, 0, {"startLine": 3, "startColumn": 5}),
        (3, 0, 0, {"startLine": 3}),
        (0, 0, 0, None),
    ],
)
def test_a_region_says_no_more_than_is_known(
    line: int, column: int, length: int, region: dict[str, int] | None
) -> None:
    (result,) = run_of(problem(line=line, column=column, length=length))["results"]

    assert result["locations"][0]["physicalLocation"].get("region") == region


def test_a_fix_is_a_replacement_of_the_region() -> None:
    (result,) = run_of(problem(fix=""))["results"]

    assert result["fixes"] == [
        {
            "description": {"text": 'write ""'},
            "artifactChanges": [
                {
                    "artifactLocation": {"uri": "x.md", "uriBaseId": "ROOT"},
                    "replacements": [
                        {
                            "deletedRegion": {"startLine": 3, "startColumn": 5, "endLine": 3, "endColumn": 9},
                            "insertedContent": {"text": ""},
                        }
                    ],
                }
            ],
        }
    ]
    assert "fixes" not in run_of(problem(fix="", length=0))["results"][0]


def test_each_rule_stands_once_with_its_manual_where_it_has_one() -> None:
    found = [problem(), problem("link-broken"), problem(line=9)]
    run = run_of(*found)

    assert [rule["id"] for rule in run["tool"]["driver"]["rules"]] == ["control-character", "link-broken"]
    assert [result["ruleIndex"] for result in run["results"]] == [0, 1, 0]
    assert run["tool"]["driver"]["rules"][0]["defaultConfiguration"] == {"level": "error"}
    assert run["tool"]["driver"]["rules"][1] == {"id": "link-broken"}
    assert run["tool"]["driver"]["semanticVersion"] == __version__


def test_a_path_is_written_as_an_address() -> None:
    (result,) = run_of(problem(path="content/a b%/é#?.md"))["results"]
    uri = result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]

    assert uri == "content/a%20b%25/%C3%A9%23%3F.md"
    assert unquote(uri) == "content/a b%/é#?.md"


def test_a_fingerprint_stays_when_lines_are_added_above() -> None:
    one, moved, other = run_of(problem(), problem(line=30), problem(path="y.md"))["results"]

    assert one["partialFingerprints"] == moved["partialFingerprints"]
    assert one["partialFingerprints"] != other["partialFingerprints"]


@pytest.mark.parametrize("severity, level", [("error", "error"), ("warning", "warning"), ("advice", "note")])
def test_weights_have_the_standards_names(severity: str, level: str) -> None:
    assert run_of(problem(severity=Severity(severity)))["results"][0]["level"] == level


def test_nothing_to_mend_is_an_empty_run() -> None:
    run = run_of()

    assert (run["results"], run["tool"]["driver"]["rules"]) == ([], [])


def test_the_command_writes_a_log_that_keeps_to_the_standard(terminal: Terminal) -> None:
    text = FOUND.replace("Close the page.", "Close\u200b the ripe plum, a sour cherry.").replace("(index.md)", "(#wy)")
    terminal.write({PAGE: text, "content/data/terms.yml": TERMS, "content/a b.md": "x"})

    outcome = terminal.balise("check", "--format", "sarif")

    log = json.loads(outcome.out)
    check_log(log)
    assert (outcome.code, outcome.err) == (1, "")
    found = {result["ruleId"] for result in log["runs"][0]["results"]}
    assert {"control-character", "ripe-plum", "sour-cherry", "anchor-broken"} <= found


def test_rules_on_words_come_with_their_manual(terminal: Terminal) -> None:
    terminal.write({PAGE: FOUND.replace("Close", "A ripe plum. Close"), "content/data/terms.yml": TERMS})

    log = json.loads(terminal.balise("check", "--format", "sarif", "--select", "ripe-plum").out)

    (rule,) = log["runs"][0]["tool"]["driver"]["rules"]
    assert (rule["id"], rule["shortDescription"]["text"], rule["properties"]) == (
        "ripe-plum",
        "Words: ripe plum",
        {"tags": ["wording"]},
    )
