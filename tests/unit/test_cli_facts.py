"""`balise facts`: confirming by name, sealing, and the sheet to sign."""

from __future__ import annotations

import csv
import io

import pytest

import balise.cli.facts
from support.commands import Terminal

SEAL = ("facts", "review", "--seal", "--yes")


def test_what_is_confirmed_is_written_down_and_sealed(terminal: Terminal) -> None:
    terminal.balise(*SEAL)
    outcome = terminal.balise("facts", "review", "--confirm", "be-line", "--by", "editor", "--on", "2026-11-20")
    assert (outcome.code, outcome.out) == (0, "content/data/channels.yml\ncontent/data/sealed.yml\n")
    assert outcome.err == "1 fact confirmed and sealed.\n"
    text = (terminal.folder / "content/data/channels.yml").read_text("utf-8")
    assert text.count('    checked: {on: "2026-11-20", by: editor}\n') == 1
    assert "fact-unsealed" not in terminal.balise("check").out


def test_a_change_is_named_by_check_until_it_is_confirmed(terminal: Terminal) -> None:
    terminal.balise(*SEAL)
    path = terminal.folder / "content/data/channels.yml"
    path.write_text(path.read_text("utf-8").replace("116 000", "116 006").replace('"116000"', '"116006"'), "utf-8")
    assert 'phone of "be-line" was "116000" and is "116006"' in terminal.balise("check").out
    terminal.balise("facts", "review", "--confirm", "be-line", "--by", "editor", "--expires", "2027-09-01")
    assert "fact-unsealed" not in terminal.balise("check").out
    assert 'expires: "2027-09-01"' in path.read_text("utf-8")


def test_confirming_one_fact_seals_no_other(terminal: Terminal) -> None:
    terminal.balise(*SEAL)
    path = terminal.folder / "content/data/channels.yml"
    path.write_text(path.read_text("utf-8").replace("cost: free", "cost: normal-call"), "utf-8")
    terminal.balise("facts", "review", "--confirm", "be-line", "--by", "editor")
    assert 'cost of "be-112" was "free" and is "normal-call"' in terminal.balise("check").out


def test_sealing_shows_what_changed_and_needs_a_yes(terminal: Terminal) -> None:
    terminal.balise(*SEAL)
    path = terminal.folder / "content/data/channels.yml"
    path.write_text(path.read_text("utf-8").replace("cost: free", "cost: normal-call"), "utf-8")
    outcome = terminal.balise("facts", "review", "--seal")
    assert (outcome.code, outcome.out) == (2, '  cost of "be-112" was "free" and is "normal-call"\n')
    assert "Error: there is nobody to ask; add --yes once you have read the changes above" in outcome.err
    assert terminal.balise(*SEAL).out.splitlines()[-1] == "content/data/sealed.yml"
    assert terminal.balise(*SEAL).err == "Nothing has changed since the seals.\n"


@pytest.mark.parametrize(
    "arguments, message",
    [
        ((), "there is nobody to ask; name facts with --confirm and --by, or use --seal --yes"),
        (
            ("--confirm", "be-line"),
            "add --by with the role of who confirmed it: editor, child-protection, health, law, police-liaison, teacher, "
            "survivor-panel, youth-panel",
        ),
        (
            ("--confirm", "be-lime", "--by", "editor"),
            'fact "be-lime" does not exist; did you mean "be-line"? see `balise facts sheet`',
        ),
    ],
)
def test_what_cannot_be_done_is_told(terminal: Terminal, arguments: tuple[str, ...], message: str) -> None:
    outcome = terminal.balise("facts", "review", *arguments)
    assert (outcome.code, outcome.err.splitlines()[-1]) == (2, f"Error: {message}")


def test_data_with_faults_is_not_written(terminal: Terminal) -> None:
    path = terminal.folder / "content/data/channels.yml"
    path.write_text(path.read_text("utf-8").replace("cost: free", "cost: fre"), "utf-8")
    outcome = terminal.balise(*SEAL)
    assert (outcome.code, outcome.err) == (1, "Mend the data first; nothing was written.\n")
    assert not (terminal.folder / "content/data/sealed.yml").exists()


def test_the_sheet_holds_each_fact_with_its_source_and_place(terminal: Terminal) -> None:
    outcome = terminal.balise("facts", "sheet", "--format", "csv", "--today", "2026-11-22")
    rows = {row["id"]: row for row in csv.DictReader(io.StringIO(outcome.out))}
    line = rows["be-line"]
    assert line["what"] == "The line"
    assert "Shown as: 116 000" in line["values"]
    assert line["sources"] == "https://example.org/line"
    assert (line["due"], line["reason"]) == ("2027-05-21", "changed, never confirmed")


def test_the_sheet_for_paper_loads_nothing_and_runs_nothing(terminal: Terminal) -> None:
    outcome = terminal.balise("facts", "sheet", "--output", "facts.html")
    text = (terminal.folder / "facts.html").read_text("utf-8")
    assert outcome.err.startswith("facts.html: ")
    assert "<script" not in text
    assert "<link" not in text
    assert text.count('<article class="fact">') == text.count('aria-label="to tick"') > 3


def test_a_fact_that_changes_under_the_readers_eyes_is_not_confirmed(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    terminal.balise(*SEAL)
    path = terminal.folder / "content/data/channels.yml"
    text = path.read_text("utf-8")

    def edited(fact: object, *others: str) -> object:
        path.write_text(text.replace("116 000", "116.000"), "utf-8")
        return confirmation(fact, *others)  # type: ignore[arg-type]

    confirmation = balise.cli.facts._confirmation
    monkeypatch.setattr(balise.cli.facts, "_confirmation", edited)
    outcome = terminal.balise("facts", "review", "--confirm", "be-line", "--by", "editor")
    message = 'error: "be-line" changed while you looked at it; nothing was written. Run this again.'
    assert (outcome.out, outcome.err.strip()) == ("", message)
    assert "checked:" not in path.read_text("utf-8")
