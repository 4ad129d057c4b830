"""`balise check` with the rules of the gate: what is asked for, how it is written, and what `--fix` mends."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from support.catalogue_text import HEADER
from support.commands import Outcome, Terminal
from support.gate_projects import TERMS
from support.projects import CHANNELS, FIGURES, FOUND, SITE, WITH_HOOK
from support.published import read_tree

PAGE = "content/help/found-images.md"
PO = "locales/fr/pages/help/found-images.po"
PLUM = FOUND.replace("Close the page.", "Close the ripe plum, a sour cherry.")
HIDDEN = FOUND.replace("Close the page.", "Close\u200b the page.")
FRUIT = ("--select", "ripe-plum,sour-cherry", "--select", "control-character")
PAGES = "9 pages (fr 3, nl 3, en 3)"


@pytest.fixture
def fruit(terminal: Terminal) -> Terminal:
    """A person in a project with rules on fruit, and a page that breaks them."""
    terminal.write({"content/data/terms.yml": TERMS, PAGE: PLUM})
    return terminal


def record(terminal: Terminal, *more: str) -> dict[str, Any]:
    """Return what a check tells a machine."""
    return dict(json.loads(terminal.balise("check", "--format", "json", *FRUIT, *more).out))


def sources(terminal: Terminal) -> dict[str, bytes]:
    return {name: text for name, text in read_tree(terminal.folder).items() if not name.startswith(".balise/")}


def test_a_finding_is_shown_in_its_line(fruit: Terminal) -> None:
    assert fruit.balise("check", *FRUIT) == Outcome(
        1,
        f'{PAGE}:13:14: error: the text says "ripe plum" [ripe-plum]\n'
        "    13 | 1. Close the ripe plum, a sour cherry.\n"
        "       |              ^^^^^^^^^\n"
        "    fix: write: apple. Plums stain.\n"
        f'{PAGE}:13:27: warning: the text says "sour cherry" [sour-cherry]\n'
        "    13 | 1. Close the ripe plum, a sour cherry.\n"
        "       |                           ^^^^^^^^^^^\n"
        "    fix: write: sweet cherry. Sour is sour.\n",
        f"1 error, 1 warning in {PAGES}.\n",
    )


def test_colours_are_used_where_they_are_wanted(fruit: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")

    first = fruit.balise("check", "--select", "ripe-plum").out.split("\n")[0]

    assert first == (
        f'\x1b[1m{PAGE}:13:14\x1b[0m: \x1b[31m\x1b[1merror\x1b[0m: the text says "ripe plum" \x1b[2m[ripe-plum]\x1b[0m'
    )


@pytest.mark.parametrize(
    "options, rules",
    [
        (("--select", "ripe-plum"), ["ripe-plum"]),
        (("--select", "ripe-plum, sour-cherry"), ["ripe-plum", "sour-cherry"]),
        (("--select", "wording", "--ignore", "ripe-plum"), ["sour-cherry"]),
        (("--select", "bytes"), []),
    ],
)
def test_rules_are_chosen_by_name_or_group(fruit: Terminal, options: tuple[str, ...], rules: list[str]) -> None:
    told = json.loads(fruit.balise("check", "--format", "json", *options).out)

    assert [one["rule"] for one in told["problems"]] == rules


@pytest.mark.parametrize("option", ["--select", "--ignore"])
@pytest.mark.parametrize(
    "name, hint",
    [
        ("ripe-plumb", 'did you mean "ripe-plum"? '),
        ("wordin", 'did you mean "wording"? '),
        ("zzzzzz", ""),
    ],
)
def test_a_name_that_is_no_rule_is_refused(fruit: Terminal, option: str, name: str, hint: str) -> None:
    outcome = fruit.balise("check", option, name)

    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err.endswith(f'there is no rule or group "{name}"; {hint}docs/rules.md lists them\n')


def test_problems_go_into_a_file_where_one_is_named(fruit: Terminal) -> None:
    on_terminal = fruit.balise("check", *FRUIT)

    outcome = fruit.balise("check", *FRUIT, "--output", "found.txt")

    assert outcome == Outcome(1, "", on_terminal.err)
    assert (fruit.folder / "found.txt").read_text("utf-8") == on_terminal.out


@pytest.mark.parametrize("option", ["--output", "--report"])
def test_a_file_that_cannot_be_written_is_one_line(fruit: Terminal, option: str) -> None:
    fruit.write({"file": "x"})

    outcome = fruit.balise("check", *FRUIT, option, "file/found.txt")

    assert (outcome.code, outcome.out) == (2, "")
    assert re.search(r'"file/found\.txt" cannot be written: (?:Not a directory|File exists)\n\Z', outcome.err)


def test_json_tells_lengths_replacements_and_exceptions(fruit: Terminal) -> None:
    text = PLUM.replace("Close the", "Close\u200b the")
    fruit.write({PAGE: text.replace("needs:", "allow: [{rule: sour-cherry, reason: A name.}]\nneeds:")})
    told = record(fruit)
    plum = {
        "path": PAGE,
        "line": 14,
        "column": 15,
        "severity": "error",
        "rule": "ripe-plum",
        "message": 'the text says "ripe plum"',
        "fix": "write: apple. Plums stain.",
        "length": 9,
    }
    hidden = {
        "path": PAGE,
        "line": 14,
        "column": 9,
        "severity": "error",
        "rule": "control-character",
        "message": "a hidden character: U+200B (zero width space)",
        "fix": "type the word again without it",
        "length": 1,
        "replacement": "",
    }
    cherry = {
        **plum,
        "column": 28,
        "severity": "warning",
        "rule": "sour-cherry",
        "message": 'the text says "sour cherry"',
        "fix": "write: sweet cherry. Sour is sour.",
        "length": 11,
    }

    assert told == {
        "problems": [hidden, plum],
        "ok": False,
        "exceptions": [{"rule": "sour-cherry", "reason": "A name.", "path": PAGE, "line": 6, "covers": [cherry]}],
        "pages": {"fr": 3, "nl": 3, "en": 3},
    }


def test_annotations_say_where_the_words_end(fruit: Terminal) -> None:
    assert fruit.balise("check", "--select", "ripe-plum", "--format", "github").out == (
        f"::error file={PAGE},line=13,col=14,endColumn=23,title=ripe-plum::"
        'the text says "ripe plum". write: apple. Plums stain.\n'
    )


def test_exceptions_are_counted(fruit: Terminal) -> None:
    fruit.write({PAGE: PLUM.replace("needs:", "allow: [{rule: ripe-plum, reason: A name.}]\nneeds:")})
    one = fruit.balise("check", *FRUIT).err
    fruit.write(
        {
            PAGE: PLUM.replace(
                "needs:", "allow: [{rule: ripe-plum, reason: A.}, {rule: sour-cherry, reason: B.}]\nneeds:"
            )
        }
    )

    assert one == f"0 errors, 1 warning in {PAGES}, 1 finding excepted.\n"
    assert fruit.balise("check", *FRUIT).err == f"0 errors in {PAGES}, 2 findings excepted.\n"


def test_advice_is_shown_on_request(fruit: Terminal) -> None:
    fruit.write({"content/site.yml": SITE + "rules: {ripe-plum: advice}\n"})
    quiet, asked = (
        fruit.balise("check", "--select", "wording"),
        fruit.balise("check", "--select", "wording", "--advice"),
    )

    assert [len(outcome.out.split("advice: ")) - 1 for outcome in (quiet, asked)] == [0, 1]
    assert (quiet.code, asked.code) == (0, 0)


def test_under_strict_a_warning_of_a_rule_fails(fruit: Terminal) -> None:
    codes = [fruit.balise("check", "--select", "sour-cherry", *more).code for more in ((), ("--strict",))]

    assert codes == [0, 1]


@pytest.mark.parametrize(
    "config",
    [
        "site_name: Test site\nsite_url: https://example.org/\ndocs_dir: texts\ntheme: balise\nplugins: [balise]\n",
        WITH_HOOK.replace("docs_dir: content", "docs_dir: texts"),
    ],
    ids=["plain", "with-a-hook"],
)
def test_the_folder_of_the_texts_is_the_one_that_the_configuration_names(fruit: Terminal, config: str) -> None:
    (fruit.folder / "content").rename(fruit.folder / "texts")
    fruit.write({"mkdocs.yml": config, "hook.py": ""})

    told = [(one["path"], one["line"], one["rule"]) for one in record(fruit, "-f", "mkdocs.yml")["problems"]]

    assert told == [("texts/help/found-images.md", 13, rule) for rule in ("ripe-plum", "sour-cherry")]


def test_a_fix_is_written_where_it_belongs_and_translations_stay_current(terminal: Terminal) -> None:
    terminal.write({PAGE: HIDDEN.replace("This is", "This\u200b is\u200b")})
    terminal.balise("translate", "update")
    for path in (terminal.folder / "locales").rglob("*.po"):
        text = re.sub(r'^(msgid "(.+)")\nmsgstr ""$', r'\1\nmsgstr "\2"', path.read_text("utf-8"), flags=re.MULTILINE)
        path.write_text(
            re.sub("(?m)^(msgstr.*)\u200b(.*)\u200b", r"\1\2", text).replace('msgstr "Close\u200b', 'msgstr "Close'),
            "utf-8",
        )
    before = sources(terminal)

    outcome = terminal.balise("check", "--fix", "--select", "control-character")

    after = sources(terminal)
    changed = [PAGE, PO, PO.replace("/fr/", "/nl/")]
    assert outcome == Outcome(0, "", f"Mended 3 problems in 3 files.\n0 errors in {PAGES}.\n")
    assert {name: text for name, text in after.items() if text != before[name]} == {
        name: before[name].replace("\u200b".encode(), b"") for name in changed
    }
    assert terminal.balise("check", "--fix", "--select", "control-character").err == (
        f"Nothing to mend.\n0 errors in {PAGES}.\n"
    )
    terminal.balise("translate", "update")
    assert sources(terminal) == after


def test_fixes_reach_translations_and_keep_the_ends_of_lines(terminal: Terminal) -> None:
    files = {
        PAGE: HIDDEN,
        PO: HEADER
        + '\nmsgctxt "c"\nmsgid "This is not your fault."\nmsgstr ""\n"Il dit \\"\u200brien\\"\u200b, "\n"rien.\u200b"\n',
    }
    files = {name: text.replace("\n", "\r\n") for name, text in files.items()}
    terminal.write(dict(files))

    outcome = terminal.balise("check", "--fix", "--select", "control-character")

    assert outcome.err == f"Mended 4 problems in 2 files.\n0 errors in {PAGES}.\n"
    for name, text in files.items():
        assert (terminal.folder / name).read_bytes().decode() == text.replace("\u200b", ""), name


def test_a_file_that_nobody_may_write_is_one_line(terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    terminal.write({PAGE: HIDDEN})
    write = Path.write_bytes

    def refuse(path: Path, data: bytes) -> int:
        if path.name == "found-images.md":
            raise PermissionError(13, "Permission denied", str(path))
        return write(path, data)

    monkeypatch.setattr(Path, "write_bytes", refuse)
    outcome = terminal.balise("check", "--fix")

    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err == f'Error: "{PAGE}" cannot be written: Permission denied\n'


def test_what_a_person_has_to_decide_is_left(fruit: Terminal) -> None:
    before = sources(fruit)

    assert fruit.balise("check", *FRUIT, "--fix").err == f"Nothing to mend.\n1 error, 1 warning in {PAGES}.\n"
    assert sources(fruit) == before


def test_a_release_waits_for_what_nobody_confirmed_or_read_again(terminal: Terminal) -> None:
    confirmed = CHANNELS.replace(
        "    status: active\n", "    status: active\n    checked: {on: '2026-11-21', by: A hotline}\n"
    )
    terminal.write(
        {
            "content/data/channels.yml": confirmed,
            "content/data/figures.yml": FIGURES.replace(
                "    confidence", "    review_after: '2026-11-01'\n    confidence"
            ),
            PAGE: FOUND.replace("needs:", "reviewed: 2025-01-01\nneeds:"),
            "content/index.md": "---\ntype: topic\ntitle: Welcome\ndescription: First.\nreviewed: 2026-11-01\n---\n\nHello.\n",
        }
    )

    outcomes = [terminal.balise("check", "--release", "--select", "bytes") for _ in range(2)]

    assert [outcome.err for outcome in outcomes] == [f"2 errors in {PAGES}.\n"] * 2
    assert outcomes[0] == outcomes[1]
    assert [line for line in outcomes[0].out.split("\n") if "error" in line] == [
        "content/data/figures.yml:2:5: error: figure \"reports-2023\" should have been looked up again by 2026-11-01 [figure-review]",
        f"{PAGE}:6:11: error: the page should have been reviewed again by 2026-01-01 [review-due]",
    ]  # fmt: skip


def test_without_a_release_a_review_that_is_due_is_told_mildly_each_time(terminal: Terminal) -> None:
    terminal.write({PAGE: FOUND.replace("needs:", "reviewed: 2025-01-01\nneeds:")})

    outcomes = [terminal.balise("check", "--select", "bytes") for _ in range(2)]

    assert outcomes[0] == outcomes[1]
    assert f"{PAGE}:6:11: " in outcomes[0].out
    assert outcomes[0].code == 0
