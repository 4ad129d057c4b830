"""`balise publish`: which folder it exchanges, what it says, and what it refuses."""

from __future__ import annotations

import fcntl
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from balise.cli.publish import find_published
from support.commands import Outcome, Terminal, balise_process, environment, run
from support.projects import BASE

NOTHING_KEPT = (
    'error: no other site is kept beside "{}"; '
    "a build keeps the one that it replaces: build a second time, or name its folder with -d\n"
)
EARLIER, LATER = (time.mktime((2026, 11, day, 9, 30, 0, 0, 0, -1)) for day in (20, 21))
BACK = (
    "site is the site of 2026-11-20 09:30:00 again. "
    "The one of 2026-11-21 09:30:00 is kept; the same command brings it back.\n"
)


def lay_out(folder: Path, name: str = "site") -> Path:
    """Write a published and a previous site beside each other; return the published one."""
    for site, text, built in ((name, "new", LATER), (f".{name}.previous", "old", EARLIER)):
        (folder / site).mkdir(parents=True)
        (folder / site / "index.html").write_text(text)
        os.utime(folder / site, (built, built))
    return folder / name


def test_it_says_which_site_is_back_and_which_is_kept(terminal: Terminal) -> None:
    site = lay_out(terminal.folder)
    assert terminal.balise("publish", "--previous") == Outcome(0, "", BACK)
    assert (site / "index.html").read_text() == "old"


def test_without_another_site_nothing_is_said_to_be_kept(terminal: Terminal) -> None:
    site = lay_out(terminal.folder)
    (site / "index.html").unlink()
    assert terminal.balise("publish", "--previous").err == "site is the site of 2026-11-20 09:30:00 again.\n"


def test_it_says_what_it_can_publish_when_it_is_not_told(terminal: Terminal) -> None:
    outcome = terminal.balise("publish")
    message = "Error: say what to publish: --previous goes back to the site before the last build"
    assert (outcome.code, outcome.err.splitlines()[-1]) == (2, message)


def test_the_folder_may_be_named(terminal: Terminal, tmp_path: Path) -> None:
    site = lay_out(tmp_path, "www")
    assert terminal.balise("publish", "--previous", "-d", str(site)).code == 0
    assert (site / "index.html").read_text() == "old"


def test_a_site_of_which_no_other_is_kept_stays(terminal: Terminal) -> None:
    terminal.balise("build")
    assert terminal.balise("publish", "--previous") == Outcome(2, "", NOTHING_KEPT.format(terminal.folder / "site"))


def test_a_file_is_no_site(terminal: Terminal) -> None:
    message = f'error: "{terminal.folder / "mkdocs.yml"}" is not a folder; publish into a folder of its own\n'
    assert terminal.balise("publish", "--previous", "-d", "mkdocs.yml") == Outcome(2, "", message)


def test_outside_a_project_nothing_is_exchanged(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    site = lay_out(tmp_path)
    outcome = Terminal(tmp_path, capsys).balise("publish", "--previous")
    assert (outcome.code, "is not a Balise project" in outcome.err) == (2, True)
    assert (site / "index.html").read_text() == "new"


@pytest.mark.parametrize(
    "line, given, expected",
    [
        ("", "", "site"),
        ("", "www/help/", "www/help"),
        ("", "../beside", "../beside"),
        ("site_dir: build/www\n", "", "build/www"),
        ("site_dir: build/www\n", "other", "other"),
        ("INHERIT: base.yml\n", "", "from-base"),
    ],
)
def test_the_folder_is_the_one_a_build_publishes_into(terminal: Terminal, line: str, given: str, expected: str) -> None:
    terminal.write({"mkdocs.yml": BASE["mkdocs.yml"] + line, "base.yml": "site_dir: from-base\n"})
    expected_folder = Path(os.path.normpath(terminal.folder / expected))
    assert find_published(terminal.folder / "mkdocs.yml", given) == expected_folder
    options = ("-d", given) if given else ()
    assert terminal.balise("build", *options).code == 0
    assert (expected_folder / "index.html").is_file()


def test_it_works_with_a_configuration_that_no_build_can_read(terminal: Terminal) -> None:
    site = lay_out(terminal.folder)
    terminal.write({"mkdocs.yml": "plugins: [balise\n"})
    assert terminal.balise("publish", "--previous").code == 0
    assert (site / "index.html").read_text() == "old"


def test_nothing_heavy_is_imported(terminal: Terminal) -> None:
    lay_out(terminal.folder)
    script = (
        "import sys\nfrom balise.cli import main\n"
        "try:\n    main(['publish', '--previous'])\nexcept SystemExit as ended:\n    assert ended.code == 0\n"
        "heavy = {'mkdocs', 'jinja2', 'pydantic', 'yaml', 'babel', 'polib', 'rich', 'pyromark', 'nh3'}\n"
        "print(sorted(heavy & set(sys.modules)))\n"
    )
    assert run([sys.executable, "-c", script], terminal.folder).out == "[]\n"


def test_it_waits_for_a_build_and_says_so(terminal: Terminal) -> None:
    lay_out(terminal.folder)
    lock = os.open(terminal.folder, os.O_RDONLY)
    fcntl.flock(lock, fcntl.LOCK_EX)
    words = balise_process("publish", "--previous")
    with subprocess.Popen(words, cwd=terminal.folder, env=environment(), stderr=subprocess.PIPE, text=True) as waiting:
        assert waiting.stderr is not None
        assert waiting.stderr.readline() == "Another build publishes there; waiting.\n"
        assert (terminal.folder / "site/index.html").read_text() == "new"
        os.close(lock)
        assert waiting.stderr.read() == BACK
    assert waiting.returncode == 0
