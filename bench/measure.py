"""Measuring one build: processor time, wall time, peak memory; and how soon a saved page is served."""

from __future__ import annotations

import contextlib
import http.client
import json
import os
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from bench.subject import HOST, BenchError, Subject, environment, shows

BUILD_LIMIT = 1800
"""Seconds after which a build counts as failed."""
START_LIMIT = 120
SAVE_LIMIT = 60
"""Seconds after which a saved page counts as never served."""
_LAUNCHER = Path(__file__).with_name("launch.py")
_LOOK_EVERY = 0.02
_ASK_EVERY = 0.005
_SETTLE = 0.7
"""Seconds between two edits, so that no server is still busy with the last."""


@dataclass(frozen=True)
class Sample:
    """One build: `cpu` is user and system seconds of the process and all its children, `peak` is in MiB."""

    cpu: float
    wall: float
    peak: float


def median_sample(samples: Sequence[Sample]) -> Sample:
    """Return the median of each figure."""
    return Sample(
        statistics.median(sample.cpu for sample in samples),
        statistics.median(sample.wall for sample in samples),
        statistics.median(sample.peak for sample in samples),
    )


def wipe(subject: Subject) -> None:
    """Remove everything but the sources, so that the next build is cold."""
    for path in subject.folder.iterdir():
        if path.name in subject.sources:
            continue
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink()


def measure_build(
    subject: Subject, *, look: bool = False, words: Sequence[str] = (), codes: Sequence[int] = (0,)
) -> Sample:
    """Return what one build takes, or another command. Raises `BenchError` when it fails or leaves processes behind.

    It fails with any other exit code than these.

    The peak is the largest single process, as the kernel notes it. With `look`, the memory of the whole group is also
    looked at while it builds (shared pages counted once), and the larger figure counts; the times are then no good.
    """
    os.sync()  # what the build before has not yet written to disk is not this one's cost
    with tempfile.TemporaryFile() as said, tempfile.NamedTemporaryFile() as note:
        command = (sys.executable, "-I", "-S", str(_LAUNCHER), note.name, *(words or subject.words))
        launcher = _start(command, subject.folder, said)
        until = time.monotonic() + BUILD_LIMIT
        group_peak = 0.0
        while launcher.poll() is None:
            if time.monotonic() > until:
                os.killpg(launcher.pid, signal.SIGKILL)
            group_peak = max(group_peak, _group_memory(launcher.pid)) if look else 0.0
            with contextlib.suppress(subprocess.TimeoutExpired):
                launcher.wait(_LOOK_EVERY if look else 1)
        noted = Path(note.name).read_text("utf-8")
        code, cpu, wall, peak = json.loads(noted) if noted else (-signal.SIGKILL, 0, 0, 0)
        if code not in codes:
            said.seek(0)
            tail = said.read().decode(errors="replace").strip()[-600:]
            raise BenchError(f"{subject.title}: the build ended with {code}: {tail}")
    if group(launcher.pid):
        raise BenchError(f"{subject.title}: the build left processes behind, whose time would not count")
    return Sample(cpu, wall, max(peak / 1024, group_peak))


def _start(words: Sequence[str], folder: Path, said: IO[bytes]) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        words,
        cwd=folder,
        env=environment(folder),
        stdin=subprocess.DEVNULL,
        stdout=said,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    )


def group(leader: int) -> list[int]:
    """Return the living processes of a group."""
    found = []
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            with contextlib.suppress(OSError):
                fields = (folder / "stat").read_text().rpartition(")")[2].split()
                if int(fields[2]) == leader and fields[0] not in "ZX":
                    found.append(int(folder.name))
    return found


def _group_memory(leader: int) -> float:
    """Return the memory of a group without its leader in MiB, shared pages counted once."""
    total = 0
    for member in group(leader):
        with contextlib.suppress(OSError):
            if member != leader:
                lines = Path(f"/proc/{member}/smaps_rollup").read_text().splitlines()
                total += sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
    return total / 1024


def measure_saving(subject: Subject, edits: int) -> tuple[float, ...]:
    """Return for each of some edits the seconds from the saved file to the first answer that shows it.

    Raises `BenchError` when the server does not start, or does not show an edit in time.
    """
    assert subject.serve
    port = free_port()
    seconds: list[float] = []
    with tempfile.TemporaryFile() as said:
        server = _start(subject.serve(port), subject.folder, said)
        try:
            _await(subject, port, 0, START_LIMIT)
            for revision in range(1001, 1001 + edits):
                time.sleep(_SETTLE)
                subject.edit_source(revision)
                saved = time.monotonic()
                _await(subject, port, revision, SAVE_LIMIT)
                seconds.append(time.monotonic() - saved)
        finally:
            _stop(server)
            subject.edit(0)
    return tuple(seconds)


def _await(subject: Subject, port: int, revision: int, limit: float) -> None:
    """Return once the article shows a revision (0: answers at all)."""
    until = time.monotonic() + limit
    while time.monotonic() < until:
        page = _ask(port, f"/{subject.served}", max(until - time.monotonic(), 0.1))
        if page is not None and (not revision or shows(page, "en", revision)):
            return
        time.sleep(_ASK_EVERY)
    what = "show an edited page" if revision else "answer"
    raise BenchError(f"the development server of {subject.title} did not {what} within {limit:.0f} s")


def _ask(port: int, path: str, limit: float) -> str | None:
    """Return a page of a local server, nothing while it does not answer with one."""
    connection = http.client.HTTPConnection(HOST, port, timeout=limit)
    try:
        connection.request("GET", path)
        answer = connection.getresponse()
        body = answer.read().decode(errors="replace")
        return body if answer.status == 200 else None
    except (OSError, http.client.HTTPException):
        return None
    finally:
        connection.close()


def _stop(server: subprocess.Popen[bytes]) -> None:
    for number in (signal.SIGINT, signal.SIGKILL):
        with contextlib.suppress(ProcessLookupError):
            os.killpg(server.pid, number)
        with contextlib.suppress(subprocess.TimeoutExpired):
            server.wait(5)
            return


def free_port() -> int:
    """Return a port of this machine that nobody listens on."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])
