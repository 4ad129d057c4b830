"""Work shared by processes: what each gives comes back in order, and none is left behind."""

from __future__ import annotations

import contextlib
import errno
import fcntl
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from balise.building.crew import Crew, Errand
from balise.errors import ProjectError
from support.commands import Terminal, environment
from support.published import read_tree


class UnpackableError(Exception):
    """An exception that cannot be handed from one process to another."""

    def __init__(self, one: int, other: int) -> None:
        super().__init__(f"{one} and {other}")


class Worker:
    """A share that remembers what it did."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.done = 0

    def work(self, *given: Any) -> tuple[object, ...]:
        self.done += 1
        return self.name, self.done, given

    def number(self) -> int:
        return os.getpid()

    def large(self, size: int) -> bytes:
        return self.name.encode() * size

    def fail(self, name: str, failure: Exception) -> None:
        if self.name == name:
            raise failure

    def stumble(self) -> None:
        if self.name == "b":
            raise UnpackableError(1, 2)

    def end(self, how: int) -> None:
        if self.name == "b":
            if how > 0:
                os._exit(how)
            os.kill(os.getpid(), -how)


@contextlib.contextmanager
def crew(*names: str) -> Iterator[Crew]:
    found = Crew([Worker(name) for name in names])
    try:
        yield found
    finally:
        found.close()


def is_gone(process: int) -> bool:
    """Tell whether a process has ended, be it waited for or not."""
    try:
        return Path(f"/proc/{process}/stat").read_text("utf-8").rpartition(")")[2].split()[0] in "ZX"
    except (FileNotFoundError, ProcessLookupError):
        return True


def test_results_come_in_the_order_of_the_shares_and_shares_remember() -> None:
    with crew("a", "b", "c") as workers:
        assert workers.each("work", 1) == [("a", 1, (1,)), ("b", 1, (1,)), ("c", 1, (1,))]
        assert workers.each("work") == [("a", 2, ()), ("b", 2, ()), ("c", 2, ())]


def test_every_share_but_the_first_has_a_process_of_its_own_that_ends_with_the_crew() -> None:
    with crew("a", "b", "c") as workers:
        numbers = workers.each("number")
        assert (numbers[0], len(set(numbers))) == (os.getpid(), 3)
    assert [is_gone(number) for number in numbers[1:]] == [True, True]


def test_messages_may_be_larger_than_a_pipe_takes_at_once() -> None:
    with crew("a", "b", "c") as workers:
        assert workers.each("large", 300_000) == [b"a" * 300_000, b"b" * 300_000, b"c" * 300_000]
        given = [b"x" * 300_000]
        assert workers.each("work", given) == [(name, 1, (given,)) for name in "abc"]


@pytest.mark.parametrize("name", ["a", "b", "c"])
def test_an_exception_of_a_share_is_raised_where_the_call_was_made(name: str) -> None:
    with crew("a", "b", "c") as workers, pytest.raises(ValueError, match="no such word"):
        workers.each("fail", name, ValueError("no such word"))


def test_an_exception_from_another_process_says_where_it_was_raised() -> None:
    with crew("a", "b") as workers, pytest.raises(ValueError, match="no such word") as caught:
        workers.each("fail", "b", ValueError("no such word"))
    assert "in fail" in caught.value.__notes__[0]


def test_a_full_disk_in_a_share_keeps_its_number_and_its_file() -> None:
    with crew("a", "b") as workers, pytest.raises(OSError, match="No space left") as caught:
        workers.each("fail", "b", OSError(errno.ENOSPC, "No space left on device", "site/a.html"))
    assert (caught.value.errno, caught.value.filename) == (errno.ENOSPC, "site/a.html")


def test_an_exception_that_cannot_be_handed_over_is_told_in_words() -> None:
    with crew("a", "b") as workers, pytest.raises(RuntimeError, match="UnpackableError: 1 and 2"):
        workers.each("stumble")


@pytest.mark.parametrize("how, words", [(7, "exit code 7"), (-9, "signal 9"), (-14, "signal 14")])
def test_a_process_that_ends_early_stops_the_build_with_words(how: int, words: str) -> None:
    message = rf"^a process of the build ended early \({words}\)\. The published site is unchanged\.$"
    with crew("a", "b", "c") as workers, pytest.raises(ProjectError, match=message):
        workers.each("end", how)


def test_a_process_that_ended_between_two_calls_stops_the_build_too() -> None:
    with crew("a", "b", "c") as workers:
        gone = workers.each("number")[1]
        os.kill(gone, signal.SIGKILL)
        while not is_gone(gone):
            time.sleep(0.001)
        with pytest.raises(ProjectError, match=r"ended early \(signal 9\)"):
            workers.each("work", b"x" * 300_000)


def test_where_a_second_process_cannot_be_had_the_first_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    real, made = os.fork, []

    def fork() -> int:
        if made:
            raise OSError(errno.EAGAIN, "Resource temporarily unavailable")
        made.append(real())
        return made[0]

    monkeypatch.setattr(os, "fork", fork)
    before = len(os.listdir("/proc/self/fd"))
    with pytest.raises(OSError, match="temporarily unavailable"):
        Crew([Worker(name) for name in "abc"])
    assert is_gone(made[0])
    assert len(os.listdir("/proc/self/fd")) == before


SLOW = """\
import os, pathlib, sys, time
from balise.building import share

leader, translate = os.getpid(), share.Share.translate

def translate_slowly(self):
    pathlib.Path(f"started-{os.getpid()}").touch()
    if os.getpid() != leader:
        time.sleep(60)
    return translate(self)

share.Share.translate = translate_slowly
from balise.cli import main
main(["build", "--jobs", "3"])
"""


def start(terminal: Terminal) -> tuple[subprocess.Popen[bytes], Sequence[int]]:
    """Start a build by three processes, of which two never get further than their first page; return all."""
    command = [sys.executable, "-c", SLOW]
    leader = subprocess.Popen(command, cwd=terminal.folder, env=environment(), stderr=subprocess.PIPE)
    while leader.poll() is None and len(list(terminal.folder.glob("started-*"))) < 3:
        time.sleep(0.01)
    return leader, [int(path.name.partition("-")[2]) for path in terminal.folder.glob("started-*")]


@pytest.fixture
def edited(terminal: Terminal) -> Terminal:
    """A project that was built, and then changed in a way that leads to a whole build."""
    assert terminal.balise("build").code == 0
    terminal.write({"content/site.yml": (terminal.folder / "content/site.yml").read_bytes() + b"\n"})
    return terminal


@pytest.mark.parametrize(
    "ending, code", [(signal.SIGTERM, 143), (signal.SIGINT, 130), (signal.SIGKILL, -9)], ids=["TERM", "INT", "KILL"]
)
def test_a_build_that_is_ended_leaves_no_process_no_lock_and_the_old_site(
    edited: Terminal, ending: signal.Signals, code: int
) -> None:
    before = read_tree(edited.folder / "site")
    leader, processes = start(edited)
    leader.send_signal(ending)
    leader.communicate(timeout=30)
    assert (leader.returncode, len(processes)) == (code, 3)
    while not all(is_gone(process) for process in processes):
        time.sleep(0.01)
    lock = os.open(edited.folder, os.O_RDONLY)
    fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    os.close(lock)
    assert read_tree(edited.folder / "site") == before
    assert bool([*edited.folder.glob(".site.*")]) is (ending is signal.SIGKILL)


def test_a_copy_that_is_killed_stops_the_build_with_words_and_leaves_the_old_site(edited: Terminal) -> None:
    before = read_tree(edited.folder / "site")
    leader, processes = start(edited)
    os.kill(next(process for process in processes if process != leader.pid), signal.SIGKILL)
    _, said = leader.communicate(timeout=30)
    message = b"error: a process of the build ended early (signal 9). The published site is unchanged.\n"
    assert (leader.returncode, said) == (2, message)
    assert all(is_gone(process) for process in processes)
    assert read_tree(edited.folder / "site") == before
    assert [*edited.folder.glob(".site.*")] == []


def test_an_errand_is_answered_by_another_process_while_this_one_goes_on() -> None:
    read, write = os.pipe()

    def answer(word: str) -> tuple[str, int, bytes]:
        return word, os.getpid(), os.read(read, 4)

    with contextlib.closing(Errand(answer, "asked")) as errand:
        os.write(write, b"told")
        word, process, told = errand.result()
    os.close(read)
    os.close(write)
    assert (word, told) == ("asked", b"told")
    assert process != os.getpid()
    with pytest.raises(ProcessLookupError):
        os.kill(process, 0)


def test_what_an_errand_raises_is_raised_when_it_is_asked_for() -> None:
    def answer() -> None:
        raise ValueError("nothing there")

    with contextlib.closing(Errand(answer)) as errand, pytest.raises(ValueError, match="nothing there"):
        errand.result()


def test_an_errand_whose_process_is_killed_says_so() -> None:
    ended = Errand(lambda: os.kill(os.getpid(), signal.SIGKILL))
    with contextlib.closing(ended) as errand, pytest.raises(ProjectError, match="ended early"):
        errand.result()


def test_an_errand_nobody_waits_for_is_ended() -> None:
    read, write = os.pipe()

    def answer() -> None:
        os.write(write, str(os.getpid()).encode())
        time.sleep(60)

    errand = Errand(answer)
    process = int(os.read(read, 20))
    errand.close()
    os.close(read)
    os.close(write)
    with pytest.raises(ProcessLookupError):
        os.kill(process, 0)
