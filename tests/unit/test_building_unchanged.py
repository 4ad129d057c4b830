"""A build that would write the same bytes again is not done; every doubt leads to a real build."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from balise.building.memory import FOLDER, read_memory, write_memory
from balise.building.unchanged import RECORD
from support.commands import SOURCES, Terminal
from support.projects import FOUND
from support.published import tree_hash

UP_TO_DATE = "0 errors in 9 pages (fr 3, nl 3, en 3). site is up to date."
WRITTEN = "0 errors in 9 pages (fr 3, nl 3, en 3). Written to site."


def first_line(terminal: Terminal, *arguments: str) -> str:
    outcome = terminal.balise("build", *arguments)
    assert outcome.code == 0, outcome.terminal
    return outcome.err.splitlines()[0]


def settle(folder: Path) -> None:
    """Make every file look an hour old, as in a project that nobody edits at this moment."""
    for path in [*folder.rglob("*")]:
        if path.is_file():
            status = path.stat()
            os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns - 3600 * 10**9))


@pytest.fixture
def built(terminal: Terminal) -> Terminal:
    settle(terminal.folder)
    assert first_line(terminal) == WRITTEN
    return terminal


def test_a_second_build_does_nothing_and_says_so(built: Terminal) -> None:
    before = (built.folder / "site").stat().st_ino
    assert first_line(built) == UP_TO_DATE
    assert (built.folder / "site").stat().st_ino == before
    assert not (built.folder / ".site.previous").exists()


def test_the_second_build_reports_the_same_units_and_says_in_json_that_nothing_changed(built: Terminal) -> None:
    first = json.loads(built.balise("build", "--format", "json").out)
    assert first["unchanged"] is True
    (built.folder / FOLDER / RECORD).unlink()
    again = json.loads(built.balise("build", "--format", "json").out)
    assert again == {key: value for key, value in first.items() if key != "unchanged"}


def test_nothing_heavy_is_imported_to_find_out(built: Terminal) -> None:
    script = (
        "import sys\nfrom balise.cli import main\n"
        "try:\n    main(['build'])\nexcept SystemExit as ended:\n    assert ended.code == 0\n"
        "heavy = {'mkdocs', 'jinja2', 'pydantic', 'yaml', 'babel', 'polib', 'rich', 'pyromark', 'nh3'}\n"
        "print(sorted(heavy & set(sys.modules)))\n"
    )
    environment = {**os.environ, "PYTHONPATH": str(SOURCES), "SOURCE_DATE_EPOCH": "1795219200"}
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=built.folder, env=environment, capture_output=True, text=True, check=True
    )
    assert (done.stdout, done.stderr.splitlines()[0]) == ("[]\n", UP_TO_DATE)


@pytest.mark.parametrize(
    "name, content",
    [
        ("content/help/found-images.md", FOUND.replace("fault", "doing")),
        ("content/help/found-images.md", FOUND.replace("Close", "Leave")),
        ("content/help/new.md", FOUND.replace("slug: {fr: images-trouvees, nl: beelden-gevonden}\n", "")),
        ("content/assets/sheet.txt", "a sheet"),
        ("locales/fr/pages/index.po", ""),
        ("mkdocs.yml", "site_name: Other\ndocs_dir: content\ntheme: balise\nplugins: [balise]\n"),
    ],
    ids=["a sentence", "a word of the same length", "a page", "an asset", "a catalogue", "the configuration"],
)
def test_any_change_of_the_sources_leads_to_a_build(built: Terminal, name: str, content: str) -> None:
    built.write({name: content})
    assert "Written to site." in first_line(built)


def test_a_removed_page_leads_to_a_build(built: Terminal) -> None:
    built.write({"content/help/found-images.md": None})
    assert first_line(built) == "0 errors in 6 pages (fr 2, nl 2, en 2). Written to site."


def test_a_change_of_the_same_size_just_after_the_build_is_seen_by_its_content(terminal: Terminal) -> None:
    path = terminal.folder / "content/help/found-images.md"
    settle(terminal.folder)
    status = path.stat()
    assert first_line(terminal) == WRITTEN
    record = json.loads(read_memory(terminal.folder, RECORD) or b"")
    record["sources"][str(path)][2] = "a digest of other bytes"
    write_memory(terminal.folder, RECORD, json.dumps(record).encode())
    assert path.stat().st_mtime_ns == status.st_mtime_ns
    assert first_line(terminal) == WRITTEN


@pytest.mark.parametrize("harm", ["removed", "changed", "added", "gone"])
def test_a_published_site_that_somebody_touched_is_built_again(built: Terminal, harm: str) -> None:
    site = built.folder / "site"
    wanted = tree_hash(site)
    if harm == "removed":
        (site / "404.html").unlink()
    elif harm == "changed":
        (site / "404.html").write_text("changed")
    elif harm == "added":
        (site / "extra.html").write_text("extra")
    else:
        shutil.rmtree(site)
    assert first_line(built) == WRITTEN
    assert tree_hash(site) == wanted


@pytest.mark.parametrize(
    "arguments", [("--strict",), ("--today", "2026-11-22"), ("--allow-stale",), ("--site-dir", "elsewhere")]
)
def test_another_request_leads_to_a_build(built: Terminal, arguments: tuple[str, ...]) -> None:
    assert "Written to" in first_line(built, *arguments)


@pytest.mark.parametrize("text", ["", "{", "[]", '{"format": 0}', "null", '{"format": 1, "sources": 3}', "\x00"])
def test_a_damaged_record_leads_to_a_build(built: Terminal, text: str) -> None:
    (built.folder / FOLDER / RECORD).write_text(text)
    assert first_line(built) == WRITTEN


def test_the_cache_may_be_deleted_at_any_time(built: Terminal) -> None:
    shutil.rmtree(built.folder / ".balise")
    assert first_line(built) == WRITTEN


def test_a_build_with_a_mistake_is_never_remembered(built: Terminal) -> None:
    built.write({"content/help/found-images.md": FOUND.replace("be-line", "be-lime")})
    assert [built.balise("build").code, built.balise("build").code] == [1, 1]
