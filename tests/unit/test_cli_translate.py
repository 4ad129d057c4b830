"""`balise translate` as a translator types it: what it says, what it writes, and how it ends."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from support.commands import Outcome, Terminal
from support.projects import FOUND, write_project

CATALOGUES = [
    f"locales/{language}/{name}.po"
    for language in ("fr", "nl")
    for name in ("LC_MESSAGES/site", "pages/help/found-images", "pages/help/index", "pages/index")
]
STEP = "content/help/found-images.md"


@pytest.fixture
def terminal(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Terminal:
    return Terminal(write_project(tmp_path), capsys)


@pytest.fixture
def done(terminal: Terminal) -> Terminal:
    """A project whose every text is translated, with itself."""
    terminal.balise("translate", "update")
    for name in CATALOGUES:
        path = terminal.folder / name
        lines = path.read_text("utf-8").split("\n")
        for index, line in enumerate(lines):
            if line == 'msgstr ""' and lines[index - 1] != 'msgid ""':
                lines[index] = lines[index - 1].replace("msgid", "msgstr", 1)
        path.write_text("\n".join(lines), "utf-8")
    return terminal


def test_update_names_what_it_writes_and_the_second_time_nothing(terminal: Terminal) -> None:
    assert terminal.balise("translate", "update") == Outcome(0, "\n".join([*CATALOGUES, ""]), "8 catalogues changed.\n")
    assert terminal.balise("translate", "update") == Outcome(0, "", "0 catalogues changed.\n")


def test_a_dry_run_names_the_same_and_writes_nothing(terminal: Terminal) -> None:
    said = terminal.balise("translate", "update", "--dry-run", "-l", "nl")
    assert said == Outcome(0, "\n".join([*CATALOGUES[4:], ""]), "4 catalogues would change.\n")
    assert not (terminal.folder / "locales").exists()


def test_extract_writes_templates_once(terminal: Terminal) -> None:
    assert terminal.balise("translate", "extract") == Outcome(0, "", "4 catalogues written to locales/templates/.\n")
    assert (terminal.folder / "locales/templates/pages/help/index.pot").is_file()
    assert terminal.balise("translate", "extract").err == "0 catalogues written to locales/templates/.\n"


def test_a_project_that_is_up_to_date_says_so_and_ends_well(done: Terminal) -> None:
    lines = "fr: 15 current; 10 of 10 site strings\nnl: 15 current; 10 of 10 site strings\n"
    assert done.balise("translate", "status") == Outcome(0, lines, "")


def test_status_names_exactly_the_changed_unit_by_file_and_line_in_both_languages(done: Terminal) -> None:
    done.write({STEP: FOUND.replace("1. Close the page.", "1. Close the whole page.")})
    said = done.balise("translate", "status")
    assert (said.code, said.out.splitlines()) == (
        1,
        [
            "fr: 14 current, 1 stale; 10 of 10 site strings",
            f"  {STEP}:13:1: stale: Close the whole page.",
            "      Close the {+whole+} page.",
            "nl: 14 current, 1 stale; 10 of 10 site strings",
            f"  {STEP}:13:1: stale: Close the whole page.",
            "      Close the {+whole+} page.",
        ],
    )
    assert done.balise("translate", "update").out.splitlines() == [CATALOGUES[1], CATALOGUES[5]]
    assert done.balise("translate", "status") == said


def test_long_texts_are_shortened_and_long_equal_stretches_left_out(done: Terminal) -> None:
    old = "one two three four five six seven eight nine ten " * 3
    done.write({STEP: FOUND.replace("This is not your fault.", f"Start {old}end.")})
    done.balise("translate", "update", "-l", "fr")
    path = done.folder / CATALOGUES[1]
    path.write_text(path.read_text().replace(f'"Start {old}end."\nmsgstr ""', f'"Start {old}end."\nmsgstr "Texte."'))
    done.write({STEP: FOUND.replace("This is not your fault.", f"Start {old}stop.")})
    lines = done.balise("translate", "status", "-l", "fr").out.splitlines()
    assert lines[1:] == [
        f"  {STEP}:9:1: stale: {f'Start {old}'[:89]}…",
        "      Start one two … eight nine ten [-end.-] {+stop.+}",
    ]


def test_a_refused_translation_is_named_with_its_catalogue_and_its_fix(done: Terminal) -> None:
    path = done.folder / CATALOGUES[1]
    path.write_text(path.read_text().replace('msgstr "Close the page."', 'msgstr "Appelez le 112."'))
    line = path.read_text().split("\n").index('msgstr "Appelez le 112."') - 3
    said = done.balise("translate", "status", "-l", "fr")
    assert said.code == 1
    assert said.out.startswith(
        f"fr: 14 current, 1 refused; 10 of 10 site strings\n  {STEP}:13:1: refused: Close the page.\n"
        f'{CATALOGUES[1]}:{line}:1: warning: the translation adds "112" [translation-broken]\n'
        "    fix: keep calls, links, code, tags and numbers as they are in msgid; the page shows the source text until then\n"
    )
    assert done.balise("translate", "status", "-l", "nl").code == 0


def test_open_strings_alone_are_not_up_to_date(done: Terminal) -> None:
    path = done.folder / CATALOGUES[0]
    path.write_text(path.read_text().replace('msgstr "Who can help"', 'msgstr ""'))
    assert done.balise("translate", "status", "-l", "fr") == Outcome(1, "fr: 15 current; 9 of 10 site strings\n", "")


DRAFT = FOUND.replace("type: situation", "type: situation\ndraft: true").replace("beelden-gevonden", "plan")


def test_a_draft_can_be_translated_ahead_and_counts_only_when_asked(done: Terminal) -> None:
    done.write({"content/help/plan.md": DRAFT.replace("images-trouvees", "plan")})
    assert done.balise("translate", "update", "-l", "fr").out == "locales/fr/pages/help/plan.po\n"
    assert done.balise("translate", "extract").err == "5 catalogues written to locales/templates/.\n"
    done.write({"locales/fr/pages/help/plan.po": None})
    assert done.balise("translate", "status").code == 0
    ahead = done.balise("translate", "status", "--drafts", "-l", "fr")
    assert (ahead.code, ahead.out.splitlines()[0]) == (1, "fr: 15 current, 9 missing; 10 of 10 site strings")


@pytest.mark.parametrize(
    "text, catalogue",
    [
        (DRAFT + "\nTODO\n", None),
        (DRAFT.replace("needs", "need"), None),
        (DRAFT, 'msgid ""\nmsgstr ""\n\nmsgctxt "a"\nmsgid "x'),
    ],
    ids=["unfinished", "a fault in it", "a fault in its catalogue"],
)
def test_a_draft_that_is_not_ready_is_not_given_to_translators(
    done: Terminal, text: str, catalogue: str | None
) -> None:
    path = "locales/fr/pages/help/plan.po"
    done.write({"content/help/plan.md": text} | ({path: catalogue} if catalogue else {}))
    assert done.balise("translate", "update") == Outcome(0, "", "0 catalogues changed.\n")
    assert (done.folder / path).exists() is bool(catalogue)


def test_a_draft_of_a_languages_own_text_keeps_its_catalogue_in_use(done: Terminal) -> None:
    done.write({"content/help/found-images.nl.md": FOUND.replace("type: situation", "type: situation\ndraft: true")})
    changed = FOUND.replace("Close the page.", "Close the window.")
    done.write({STEP: changed})
    assert done.balise("translate", "update").out.splitlines() == [
        f"locales/{language}/pages/help/found-images.po" for language in ("fr", "nl")
    ]


def test_status_for_programs(done: Terminal) -> None:
    done.write({STEP: FOUND.replace("1. Close the page.", "1. Close the whole page.")})
    said = done.balise("translate", "status", "-l", "fr", "--format", "json")
    assert said.code == 1
    assert json.loads(said.out) == [
        {
            "language": "fr",
            "units": {"current": 14, "stale": 1, "missing": 0, "refused": 0},
            "strings": {"total": 10, "missing": 0},
            "not_current": [
                {
                    "page": "help/found-images",
                    "path": STEP,
                    "line": 13,
                    "state": "stale",
                    "text": "Close the whole page.",
                    "previous": "Close the page.",
                }
            ],
        }
    ]


@pytest.mark.parametrize("command", ["update", "status"])
def test_a_language_the_site_does_not_have_is_a_mistake_of_the_command(terminal: Terminal, command: str) -> None:
    said = terminal.balise("translate", command, "-l", "de")
    assert said.code == 2
    assert '"de" is not a language of this site (fr, nl, en)' in said.err


@pytest.mark.parametrize("command", ["update", "status", "extract"])
def test_a_broken_catalogue_stops_every_command_before_anything_is_written(terminal: Terminal, command: str) -> None:
    terminal.write({CATALOGUES[3]: "<<<<<<< HEAD\n"})
    said = terminal.balise("translate", command)
    assert said.code == 1
    assert said.out.startswith(
        f"{CATALOGUES[3]}:1:1: error: a merge conflict is left in the PO file [po-syntax]\n    fix: choose one side\n"
    )
    assert said.err.endswith("Nothing was written.\n")
    assert [path.name for path in (terminal.folder / "locales").rglob("*") if path.is_file()] == ["index.po"]
