"""A build that fails late, is ended or killed leaves the published site byte for byte as it was."""

from __future__ import annotations

import hashlib
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from support.commands import SOURCES, Terminal
from support.projects import FOUND, WITH_HOOK

LATE_WARNING = """\
import logging

def on_post_build(config):
    logging.getLogger("mkdocs.hooks").warning("a warning at the very end")
"""
LATE_FAILURE = """\
def on_post_page(output, page, config):
    if page.url.startswith("nl/"):
        raise RuntimeError("the hook broke")
    return output
"""
ENDLESS = """\
import pathlib, time

def on_post_page(output, page, config):
    pathlib.Path("started").touch()
    for _ in range(6000):
        time.sleep(0.01)
    return output
"""


def tree(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.fixture
def before(terminal: Terminal) -> dict[str, str]:
    """The site published first; afterwards its sources change."""
    assert terminal.balise("build").code == 0
    terminal.write({"content/help/found-images.md": FOUND.replace("not your fault", "never your fault")})
    return tree(terminal.folder / "site")


def beside(terminal: Terminal) -> list[str]:
    return sorted(path.name for path in terminal.folder.iterdir() if path.name.startswith(".site"))


def test_a_warning_at_the_very_end_publishes_nothing_under_strict(terminal: Terminal, before: dict[str, str]) -> None:
    terminal.write({"mkdocs.yml": WITH_HOOK, "hook.py": LATE_WARNING})
    outcome = terminal.balise("build", "--strict")
    assert (outcome.code, outcome.out) == (1, "")
    assert "warning: a warning at the very end" in outcome.err
    assert "Nothing was written; the published site is unchanged." in outcome.err
    assert tree(terminal.folder / "site") == before
    assert beside(terminal) == []


def test_the_same_warning_without_strict_publishes(terminal: Terminal, before: dict[str, str]) -> None:
    terminal.write({"mkdocs.yml": WITH_HOOK, "hook.py": LATE_WARNING})
    assert terminal.balise("build").code == 0
    assert tree(terminal.folder / "site") != before


def test_mkdocs_itself_publishes_nothing_after_a_late_warning_under_strict(
    terminal: Terminal, before: dict[str, str]
) -> None:
    terminal.write({"mkdocs.yml": WITH_HOOK, "hook.py": LATE_WARNING})
    done = mkdocs(terminal, "build", "--strict")
    assert done.returncode == 1
    assert tree(terminal.folder / "site") == before
    assert beside(terminal) == []


def test_a_hook_that_breaks_while_pages_are_written_publishes_nothing(
    terminal: Terminal, before: dict[str, str]
) -> None:
    terminal.write({"mkdocs.yml": WITH_HOOK, "hook.py": LATE_FAILURE})
    assert terminal.balise("build").code == 3
    assert tree(terminal.folder / "site") == before
    assert beside(terminal) == []


def test_mkdocs_publishes_in_one_step_and_keeps_the_site_before(terminal: Terminal, before: dict[str, str]) -> None:
    assert mkdocs(terminal, "build").returncode == 0
    assert tree(terminal.folder / "site") != before
    assert tree(terminal.folder / ".site.previous") == before


@pytest.mark.parametrize(
    "ending, code", [(signal.SIGTERM, 143), (signal.SIGINT, 130), (signal.SIGKILL, -9)], ids=["TERM", "INT", "KILL"]
)
def test_a_build_that_is_ended_leaves_the_site_and_the_next_build_works(
    terminal: Terminal, before: dict[str, str], ending: signal.Signals, code: int
) -> None:
    terminal.write({"mkdocs.yml": WITH_HOOK, "hook.py": ENDLESS})
    process = start(terminal, "-m", "balise", "build")
    while process.poll() is None and not (terminal.folder / "started").exists():
        time.sleep(0.01)
    process.send_signal(ending)
    assert process.wait(20) == code
    assert tree(terminal.folder / "site") == before
    assert (beside(terminal) == []) is (ending is not signal.SIGKILL)
    terminal.write({"hook.py": ""})
    assert terminal.balise("build").code == 0
    assert beside(terminal) == [".site.previous"]
    assert tree(terminal.folder / "site") != before


def test_after_twenty_builds_the_site_before_the_last_comes_back_byte_for_byte(terminal: Terminal) -> None:
    built = []
    for number in range(20):
        terminal.write({"content/help/found-images.md": FOUND.replace("not your fault", f"not your fault ({number})")})
        assert terminal.balise("build").code == 0
        built.append(tree(terminal.folder / "site"))
    assert len({repr(site) for site in built}) == 20
    for expected in (built[18], built[19]):
        assert terminal.balise("publish", "--previous").code == 0
        assert tree(terminal.folder / "site") == expected
    assert beside(terminal) == [".site.previous"]


def test_after_a_killed_build_the_site_before_the_last_whole_one_comes_back(
    terminal: Terminal, before: dict[str, str]
) -> None:
    assert terminal.balise("build").code == 0
    terminal.write({"mkdocs.yml": WITH_HOOK, "hook.py": ENDLESS})
    process = start(terminal, "-m", "balise", "build")
    while process.poll() is None and not (terminal.folder / "started").exists():
        time.sleep(0.01)
    process.kill()
    process.wait(20)
    assert terminal.balise("publish", "--previous").code == 0
    assert tree(terminal.folder / "site") == before
    terminal.write({"hook.py": ""})
    assert terminal.balise("build").code == 0
    assert beside(terminal) == [".site.previous"]


def test_a_build_after_going_back_publishes_what_the_sources_say(terminal: Terminal, before: dict[str, str]) -> None:
    assert terminal.balise("build").code == 0
    last = tree(terminal.folder / "site")
    terminal.balise("publish", "--previous")
    assert tree(terminal.folder / "site") == before
    outcome = terminal.balise("build")
    assert (outcome.code, "Written to site." in outcome.err) == (0, True)
    assert tree(terminal.folder / "site") == last
    assert tree(terminal.folder / ".site.previous") == before


def test_a_build_after_going_back_and_forward_again_has_nothing_to_do(
    terminal: Terminal, before: dict[str, str]
) -> None:
    assert terminal.balise("build").code == 0
    terminal.balise("publish", "--previous")
    terminal.balise("publish", "--previous")
    assert "site is up to date." in terminal.balise("build").err
    assert tree(terminal.folder / ".site.previous") == before


def start(terminal: Terminal, *arguments: str) -> subprocess.Popen[bytes]:
    environment = {**os.environ, "PYTHONPATH": str(SOURCES), "SOURCE_DATE_EPOCH": "1795219200"}
    return subprocess.Popen(
        [sys.executable, *arguments],
        cwd=terminal.folder,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def mkdocs(terminal: Terminal, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(SOURCES), "SOURCE_DATE_EPOCH": "1795219200"}
    command = [sys.executable, "-m", "mkdocs", *arguments]
    return subprocess.run(command, cwd=terminal.folder, env=environment, capture_output=True, text=True, check=False)
