"""Builds killed at random moments and at every change of a folder, and builds asked to end."""

from __future__ import annotations

import contextlib
import os
import random
import signal
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass

from bench.fault_site import Row, Running, Site
from bench.measure import group
from bench.subject import BenchError

CHANGES = "rename,renameat,renameat2,unlink,unlinkat,rmdir,mkdir,mkdirat,symlink,symlinkat,link,linkat"
"""System calls that change a folder."""
LONGEST_END = 2.0
"""Seconds within which a build that is asked to end has ended."""
_ENDINGS = {
    signal.SIGTERM: {143, -signal.SIGTERM},
    signal.SIGINT: {130, -signal.SIGINT},
}
_MKDOCS_INTERRUPTED = 1
_PYTHON_STARTS = "init_import_site"
"""What Python says when it is interrupted before it runs anything; its exit code is its own then."""


@dataclass(frozen=True)
class Pace:
    """How long a build takes, in seconds, and when it changed what is published."""

    whole: float
    exchange: float

    def draw(self, number: int, draw: random.Random) -> float:
        """Return a moment: in turn one of the whole build, and one around the exchange."""
        if number % 2:
            return draw.uniform(0, self.whole)
        return draw.uniform(self.exchange * 0.9, self.whole)


def measure_pace(site: Site) -> Pace:
    """Return how long builds of a site take now: the median of three."""
    wholes, exchanges = [], []
    for _ in range(3):
        site.switch(site.other)
        before, moment = _number(site), 0.0
        running = Running(site.words, site.folder)
        while running.is_running():
            if not moment and _number(site) != before:
                moment = time.monotonic() - running.began
            time.sleep(0.001)
        wholes.append(running.end().seconds)
        exchanges.append(moment or wholes[-1])
        site.damage()
    return Pace(sorted(wholes)[1], sorted(exchanges)[1])


def _number(site: Site) -> int:
    try:
        return site.published.stat().st_ino
    except FileNotFoundError:
        return 0


def kill_at_random(site: Site, victim: str, rounds: int, draw: random.Random) -> Row:
    """Kill builds with SIGKILL: the whole `group`, its `leader` or a `child`; rounds count builds that were hit."""
    row, gaps, tries = Row(f"killed ({victim}): {site.builder.title}"), 0, 0
    site.publish("a")
    pace = measure_pace(site)
    while row.rounds < rounds and tries < 4 * rounds:
        tries += 1
        site.switch(site.other)
        was_hit, gap = _kill_once(site, victim, pace.draw(tries, draw), draw)
        row.rounds += was_hit
        gaps += gap
        _judge(site, row, f"try {tries}")
    row.notes.append(f"{gaps} reader gaps")
    row.faults += ["a reader found no home page"] * gaps
    return row


def _kill_once(site: Site, victim: str, moment: float, draw: random.Random) -> tuple[bool, bool]:
    """Start a build and kill it at a moment; return whether it was hit, and whether a reader saw no page."""
    running, gap, was_hit = Running(site.words, site.folder), False, False
    page = site.published / "index.html"
    while running.is_running():
        gap = gap or not page.is_file()
        if not was_hit and time.monotonic() - running.began >= moment:
            was_hit = _kill(running, victim, draw)
        time.sleep(0.001)
    ended = running.end()
    was_hit = was_hit and (ended.code == -signal.SIGKILL or (victim == "child" and ended.code != 0))
    return was_hit, gap or not page.is_file()


def _kill(running: Running, victim: str, draw: random.Random) -> bool:
    """Kill, and tell whether there was one to be killed."""
    with contextlib.suppress(ProcessLookupError):
        if victim == "group":
            os.killpg(running.pid, signal.SIGKILL)
            return True
        children = [number for number in group(running.pid) if number != running.pid]
        if victim == "leader" or children:
            os.kill(running.pid if victim == "leader" else draw.choice(children), signal.SIGKILL)
            return True
    return False


def _judge(site: Site, row: Row, where: str) -> None:
    """Note what is wrong with the published site, and with the build after it."""
    row.faults += [f"{where}: {fault}" for fault in (site.damage(), *site.recover()) if fault]


def kill_at_changes(site: Site, most: int, draw: random.Random) -> Row:
    """Kill builds as they enter a change of a folder: each one that renames, and so many of the others, drawn."""
    row = Row(f"killed at changes of a folder: {site.builder.title}")
    site.publish("a")
    site.switch("b")
    changes = trace_changes(site)
    site.damage()
    renaming = {number for number, call in enumerate(changes, 1) if call.startswith("rename")}
    others = sorted(set(range(1, len(changes) + 1)) - renaming)
    for number in sorted(renaming | set(draw.sample(others, min(most, len(others))))):
        site.switch(site.other)
        words = trace_words(CHANGES, f"inject={CHANGES}:signal=KILL:when={number}")
        ended = Running((*words, *site.words), site.folder).end()
        row.rounds += ended.code != 0
        _judge(site, row, f"change {number} ({changes[number - 1]})")
    row.notes.append(f"{len(renaming)} renames and {row.rounds - len(renaming)} of {len(others)} others")
    return row


def trace_words(calls: str, *expressions: str, out: str = os.devnull) -> tuple[str, ...]:
    """Return the words that run a command under strace, looking at some system calls."""
    more = [word for expression in expressions for word in ("-e", expression)]
    return ("strace", "-f", "-qq", "-y", "-o", out, "-e", f"trace={calls}", *more)


def trace_changes(site: Site) -> list[str]:
    """Return the names of the calls by which the process that publishes changes folders, in order."""
    with tempfile.NamedTemporaryFile("r") as note:
        ended = Running((*trace_words(CHANGES, out=note.name), *site.words), site.folder).end()
        if ended.code:
            raise BenchError(f"a build under strace ended with {ended.code}: {ended.said[-200:]}")
        calls = [line.split(None, 1) for line in note]
    publisher = next(process for process, call in calls if "RENAME_EXCHANGE" in call)
    return [call.partition("(")[0] for process, call in calls if process == publisher and "(" in call]


def ask_to_end(site: Site, number: signal.Signals, rounds: int, draw: random.Random) -> Row:
    """Send builds SIGTERM or SIGINT at random moments: they end soon, leave nothing and publish all or nothing."""
    row, slowest, hit = Row(f"{number.name}: {site.builder.title}"), 0.0, 0
    site.publish("a")
    pace = measure_pace(site)
    codes = _ENDINGS[number] | ({_MKDOCS_INTERRUPTED} if "mkdocs" in site.words else set())
    for turn in range(rounds):
        site.switch(site.other)
        running, moment = Running(site.words, site.folder), pace.draw(turn, draw)
        while running.is_running() and time.monotonic() - running.began < moment:
            time.sleep(0.001)
        asked = time.monotonic()
        running.process.send_signal(number)
        while running.is_running():
            time.sleep(0.001)
        left = group(running.pid)
        ended = running.end()
        slowest = max(slowest, time.monotonic() - asked)
        hit += ended.code != 0
        row.rounds += 1
        allowed = {ended.code} if _PYTHON_STARTS in ended.said else {0, *codes}
        faults = _faults_of_end(site, ended.code, allowed, left)
        row.faults += [f"after {moment:.2f} s (exit code {ended.code}): {fault}" for fault in faults]
        if number is signal.SIGTERM and ended.code in codes and "Traceback" in ended.said:
            row.faults.append(f"a traceback: {ended.said.splitlines()[-1][:100]}")
    row.notes.append(f"{hit} ended early, the slowest in {slowest:.2f} s")
    if slowest > LONGEST_END:
        row.faults.append(f"one took {slowest:.2f} s")
    return row


def _faults_of_end(site: Site, code: int, codes: set[int], left: Sequence[int]) -> list[str]:
    faults = [site.damage()]
    if code not in codes:
        faults.append(f"exit code {code}")
    if left:
        faults.append(f"{len(left)} processes were left")
    if site.leftovers():
        faults.append(f"left behind: {', '.join(site.leftovers()[:3])}")
    return [fault for fault in faults if fault]
