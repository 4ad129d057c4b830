"""Builds that are killed, ended, refused a disk or run while sources change: all of a site is published, or nothing."""

from __future__ import annotations

import ctypes
import errno
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest

from balise.building import build, staging
from balise.building.changes import Memory
from balise.building.memory import FOLDER
from support.commands import Terminal, environment, run
from support.projects import FOUND, WITH_HOOK
from support.published import read_tree

MKDOCS = (sys.executable, "-m", "mkdocs", "build", "-q")
NEW = {"content/help/found-images.md": FOUND.replace("not your fault", "never your fault")}
KILLED = """\
import os, signal
from balise.building import build, memory, staging

place, name, when = {place}, "{name}", "{when}"
real = getattr(place, name)

def die(*arguments, **options):
    if when == "after":
        real(*arguments, **options)
    os.kill(os.getpid(), signal.SIGKILL)

setattr(place, name, die)
from balise.cli import main
main(["build", "--jobs", "{jobs}"])
"""
LATE = """\
import errno, pathlib, time

def on_post_page(output, page, config):
    {act}
    return output
"""

Sites = tuple[dict[str, bytes], dict[str, bytes]]
"""The published site, and what it is to become."""


def beside(terminal: Terminal) -> list[str]:
    """Return what stands hidden beside the site, and in the memory."""
    found = [*terminal.folder.glob(".site.*"), *(terminal.folder / FOLDER).iterdir()]
    return sorted(path.name for path in found)


CLEAN = [".site.previous", "last-build.json", "pages.bin"]


@pytest.fixture
def sites(terminal: Terminal) -> Sites:
    """The site that is published, built twice so that there is one before it, and what it is to become."""
    assert terminal.balise("build").code == 0
    old = read_tree(terminal.folder / "site")
    terminal.write(NEW)
    assert terminal.balise("build").code == 0
    new = read_tree(terminal.folder / "site")
    terminal.write({"content/help/found-images.md": FOUND})
    assert terminal.balise("build").code == 0
    assert read_tree(terminal.folder / "site") == old != new
    terminal.write(NEW)
    return old, new


@pytest.mark.parametrize(
    "place, name, when, is_new, jobs",
    [
        ("build", "check_sources", "before", False, "1"),
        ("build", "check_sources", "before", False, "2"),
        ("staging", "exchange", "before", False, "1"),
        ("staging", "exchange", "after", True, "1"),
        ("build", "save_memory", "before", True, "1"),
        ("build", "leave", "before", True, "2"),
    ],
)
def test_a_build_that_is_killed_leaves_one_site_whole_and_nothing_after_the_next(
    terminal: Terminal,
    sites: Sites,
    place: str,
    name: str,
    when: str,
    is_new: bool,
    jobs: str,
) -> None:
    if jobs == "2":
        terminal.write({"content/site.yml": (terminal.folder / "content/site.yml").read_bytes() + b"\n"})
    script = KILLED.format(place=place, name=name, when=when, jobs=jobs)
    assert run((sys.executable, "-c", script), terminal.folder).code == -signal.SIGKILL
    assert read_tree(terminal.folder / "site") == sites[is_new]
    assert terminal.balise("build").code == 0
    assert read_tree(terminal.folder / "site") == sites[1]
    assert beside(terminal) == CLEAN


def test_a_memory_half_written_is_neither_believed_nor_left(terminal: Terminal, sites: Sites) -> None:
    script = KILLED.format(place="memory.Path", name="replace", when="before", jobs="1")
    assert run((sys.executable, "-c", script), terminal.folder).code == -signal.SIGKILL
    assert read_tree(terminal.folder / "site") == sites[1]
    assert "pages.bin.tmp" in beside(terminal)
    assert terminal.balise("build").code == 0
    assert read_tree(terminal.folder / "site") == sites[1]
    assert beside(terminal) == CLEAN


def test_mkdocs_that_is_told_to_end_leaves_nothing_behind(terminal: Terminal, sites: Sites) -> None:
    endless = 'pathlib.Path("started").touch(); [time.sleep(0.01) for _ in range(6000)]'
    terminal.write({"mkdocs.yml": WITH_HOOK, "hook.py": LATE.format(act=endless)})
    process = subprocess.Popen(MKDOCS, cwd=terminal.folder, env=environment(), stderr=subprocess.DEVNULL)
    while process.poll() is None and not (terminal.folder / "started").exists():
        time.sleep(0.01)
    process.terminate()
    assert process.wait(60) == 128 + signal.SIGTERM
    assert read_tree(terminal.folder / "site") == sites[0]
    assert beside(terminal) == CLEAN


@pytest.mark.parametrize("by_mkdocs, code", [(True, errno.ENOSPC), (False, errno.ENOSPC), (False, errno.EIO)])
def test_a_disk_that_refuses_a_page_of_mkdocs_is_named_in_a_line(
    terminal: Terminal, sites: Sites, by_mkdocs: bool, code: int
) -> None:
    refusing = f"raise OSError({code}, {os.strerror(code)!r})"
    terminal.write({"mkdocs.yml": WITH_HOOK, "hook.py": LATE.format(act=refusing)})
    outcome = run(MKDOCS, terminal.folder) if by_mkdocs else terminal.balise("build")
    assert outcome.code == (1 if by_mkdocs else 2)
    *more, said = outcome.terminal.splitlines()
    reason = "the disk is full (" if code == errno.ENOSPC else f"{os.strerror(code)}. The published site is unchanged."
    assert f'rror: the site cannot be written beside "{terminal.folder / "site"}": {reason}' in said
    assert len(more) == by_mkdocs
    assert read_tree(terminal.folder / "site") == sites[0]
    assert beside(terminal) == CLEAN


def test_an_error_of_a_hook_that_has_nothing_to_do_with_the_site_stays_what_it_is(
    terminal: Terminal, sites: Sites
) -> None:
    terminal.write({"mkdocs.yml": WITH_HOOK, "hook.py": LATE.format(act='open("/nowhere/at/all")')})
    outcome = terminal.balise("build")
    assert outcome.code == 3
    assert "No such file or directory: '/nowhere/at/all'" in outcome.err
    assert read_tree(terminal.folder / "site") == sites[0]


def test_a_system_that_opens_nothing_more_is_named_in_a_line(terminal: Terminal, sites: Sites) -> None:
    refusing = f"raise OSError({errno.EMFILE}, {os.strerror(errno.EMFILE)!r}, '/somewhere/else')"
    terminal.write({"mkdocs.yml": WITH_HOOK, "hook.py": LATE.format(act=refusing)})
    outcome = run(MKDOCS, terminal.folder)
    assert outcome.code == 1
    assert f"{os.strerror(errno.EMFILE)}. The published site is unchanged." in outcome.terminal.splitlines()[-1]
    assert read_tree(terminal.folder / "site") == sites[0]
    assert beside(terminal) == CLEAN


def test_a_disk_that_could_not_keep_the_site_stops_the_exchange(
    terminal: Terminal, sites: Sites, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = staging._libc
    fails = SimpleNamespace(syncfs=lambda _: ctypes.set_errno(errno.EIO) or -1, renameat2=real.renameat2)
    monkeypatch.setattr(staging, "_libc", fails)
    outcome = terminal.balise("build")
    site = terminal.folder / "site"
    reason = "Input/output error. The published site is unchanged."
    assert (outcome.code, outcome.err) == (2, f'error: the site cannot be written beside "{site}": {reason}\n')
    assert read_tree(site) == sites[0]
    assert beside(terminal) == CLEAN


def test_a_sandbox_without_the_call_that_syncs_one_disk_syncs_all(
    terminal: Terminal, sites: Sites, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[bool] = []
    unknown = SimpleNamespace(syncfs=lambda _: ctypes.set_errno(errno.ENOSYS) or -1, renameat2=staging._libc.renameat2)
    monkeypatch.setattr(staging, "_libc", unknown)
    monkeypatch.setattr(os, "sync", lambda: synced.append(True))
    assert terminal.balise("build").code == 0
    assert (synced, read_tree(terminal.folder / "site")) == ([True], sites[1])


def test_a_disk_that_does_not_confirm_the_exchange_is_told_of_and_both_sites_are_whole(
    terminal: Terminal, sites: Sites, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(descriptor: int) -> None:
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(os, "fsync", fail)
    outcome = terminal.balise("build")
    site = terminal.folder / "site"
    said = f'error: "{site}" is the new site, but the disk has not confirmed it: Input/output error\n'
    assert (outcome.code, outcome.err) == (2, said)
    assert read_tree(site) == sites[1]
    assert read_tree(terminal.folder / ".site.previous") == sites[0]
    assert beside(terminal) == CLEAN


def test_everything_is_on_the_disk_before_the_exchange_and_the_exchange_after_it(
    terminal: Terminal, sites: Sites, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls: list[str] = []

    def note(name: str, real: Callable[..., object]) -> Callable[..., object]:
        def call(*arguments: object, **options: object) -> object:
            calls.append(name)
            return real(*arguments, **options)

        return call

    libc = staging._libc
    noted = SimpleNamespace(syncfs=note("syncfs", libc.syncfs), renameat2=note("exchange", libc.renameat2))
    monkeypatch.setattr(staging, "_libc", noted)
    monkeypatch.setattr(os, "fsync", note("fsync", os.fsync))
    monkeypatch.setattr(os, "link", note("write", os.link))
    assert terminal.balise("build").code == 0
    assert (calls[0], [call for call in calls if call != "write"][:2]) == ("write", ["syncfs", "exchange"])
    assert calls[-1] == "fsync"
    assert "write" not in calls[calls.index("syncfs") :]


def test_a_folder_that_cannot_be_made_is_told_in_a_line(terminal: Terminal) -> None:
    place = terminal.folder / "mkdocs.yml" / "www" / "site"
    outcome = terminal.balise("build", "-d", str(place))
    assert outcome.code == 2
    assert outcome.err == f'error: the site cannot be written beside "{place}": Not a directory\n'


@pytest.mark.skipif(os.geteuid() != 0 or not Path("/usr/bin/setpriv").exists(), reason="dropping rights needs root")
def test_a_folder_that_must_not_be_written_to_is_told_in_a_line(terminal: Terminal, tmp_path: Path) -> None:
    place = tmp_path / "www"
    place.mkdir(mode=0o555)
    build = ("/usr/bin/setpriv", "--bounding-set=-dac_override", sys.executable, "-m", "balise", "build", "-d")
    outcome = run((*build, str(place / "site")), terminal.folder)
    said = f'error: "{place}" cannot be written to; publish into a folder that you may write\n'
    assert (outcome.code, outcome.err) == (2, said)
    assert list(place.iterdir()) == []


def test_an_edit_that_is_undone_before_the_build_ends_stops_it_all_the_same(
    terminal: Terminal, sites: Sites, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = terminal.folder / "content/help/found-images.md"
    real = build._compile

    def compile_meanwhile(*arguments: object) -> Memory:
        text = page.read_bytes()
        page.write_bytes(text + b"\nSomething else.\n")
        memory = real(*arguments)  # type: ignore[arg-type]
        page.write_bytes(text)
        return memory

    monkeypatch.setattr(build, "_compile", compile_meanwhile)
    outcome = terminal.balise("build")
    assert outcome.code == 2
    assert "sources changed during the build: content/help/found-images.md. Nothing was published" in outcome.err
    assert read_tree(terminal.folder / "site") == sites[0]


def test_a_file_that_was_half_there_is_no_fault_of_the_authors(
    terminal: Terminal, sites: Sites, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = terminal.folder / "content/data/channels.yml"
    real = build.load

    def load_while_saved(*arguments: object) -> object:
        text = data.read_bytes()
        data.write_bytes(text[: len(text) // 2])
        try:
            return real(*arguments)  # type: ignore[arg-type]
        finally:
            data.write_bytes(text)

    terminal.write({"content/site.yml": (terminal.folder / "content/site.yml").read_bytes() + b"\n"})
    monkeypatch.setattr(build, "load", load_while_saved)
    outcome = terminal.balise("build")
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err.startswith("error: sources changed during the build: content/data/channels.yml.")
    assert read_tree(terminal.folder / "site") == sites[0]


def test_mkdocs_refuses_a_picture_that_is_saved_after_the_pages_were_read(terminal: Terminal, sites: Sites) -> None:
    saving = """\
import pathlib
from mkdocs.plugins import event_priority

@event_priority(100)
def on_files(files, config):
    pathlib.Path("content/assets/notes.pdf").write_bytes(b"%PDF-1.5")
    return files
"""
    terminal.write({"content/assets/notes.pdf": b"%PDF-1.4", "mkdocs.yml": WITH_HOOK, "hook.py": saving})
    outcome = run(MKDOCS, terminal.folder)
    assert outcome.code == 1
    assert "sources changed during the build: content/assets/notes.pdf. Nothing was published" in outcome.terminal
    assert "Traceback" not in outcome.terminal
    assert read_tree(terminal.folder / "site") == sites[0]


def test_two_builds_at_once_come_one_after_the_other(terminal: Terminal, sites: Sites) -> None:
    holder = staging.enter(terminal.folder / "site")
    words = (sys.executable, "-m", "balise", "build", "-q")
    builds = [
        subprocess.Popen(words, cwd=terminal.folder, env=environment(), stderr=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    heads = [process.stderr.readline() for process in builds if process.stderr]
    staging.leave(holder)
    said = "Another build publishes into the same folder; waiting for it to end.\n"
    assert heads == [said, said]
    assert [(process.communicate()[1], process.returncode) for process in builds] == [("", 0), ("", 0)]
    assert read_tree(terminal.folder / "site") == sites[1]
    assert beside(terminal) == CLEAN


def test_a_disk_without_locks_is_told_in_a_line(terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*arguments: object) -> None:
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr("fcntl.flock", refuse)
    outcome = terminal.balise("build")
    said = f'error: the site cannot be written beside "{terminal.folder / "site"}": No locks available\n'
    assert (outcome.code, outcome.err) == (2, said)
