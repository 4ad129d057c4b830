"""`make bench-serve`: whether `balise serve` keeps its promises while many connect and someone edits.

make bench-serve
make bench-serve BENCH="--pages 300 --seconds 60"

Idle connections stay open, pages are asked for at a steady rate in three languages, and once a second a file is saved:
a page's source, now and then a catalogue of it or the registry of channels, after which everything is built again.
A request is timed from the moment it was due, so that a server which holds requests up is not asked fewer of them.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import os
import random
import re
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bench.balise_project import REPOSITORY, BaliseProject
from bench.corpus import LANGUAGES, Corpus
from bench.measure import START_LIMIT, free_port
from bench.subject import HOST, BenchError, environment, shows

P99_BAR = 0.2
"""Seconds within which 99 of 100 requests are answered whole."""
THREADS_BAR = 64
STOP_BAR = 2.0
"""Seconds from Ctrl-C to the end of the process."""
STOPPED_BY_CTRL_C = 130
REVISIONS = (1, 2)
_ANSWER_LIMIT = 30.0
"""Seconds after which a request counts as never answered."""
_DATA = Path("content/data/channels.yml")
_BUILT = re.compile(rb"^\d+ errors?\b.*, [0-9.]+ s", re.MULTILINE)


@dataclass(frozen=True)
class Wishes:
    """How hard to press: pages in each of three languages, seconds, silent connections, requests a second."""

    pages: int = 100
    seconds: int = 60
    idle: int = 500
    rate: int = 50


@dataclass
class Outcome:
    """What came of it: seconds of each request, what was wrong with answers, and how the process did and ended.

    `foreign` are the statuses that requests of other sites got; `builds` counts builds that went well, the first too;
    `memory` is the largest of the process in MiB.
    """

    latencies: list[float] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    foreign: list[int] = field(default_factory=list)
    builds: int = 0
    threads: int = 0
    descriptors: int = 0
    memory: float = 0.0
    code: int | None = None
    stopping: float = 0.0

    def percentile(self, share: float) -> float:
        """Return the seconds within which this share of the requests was answered."""
        ordered = sorted(self.latencies)
        return ordered[min(int(len(ordered) * share), len(ordered) - 1)] if ordered else float("inf")


class Edits:
    """Both revisions of every file that is edited, so that saving one costs no time to make it up."""

    def __init__(self, project: BaliseProject) -> None:
        self.number = project.corpus.edited
        source = project.source(self.number)
        name = source.relative_to(project.folder / "content").with_suffix(".po")
        self._source, self._data = source, project.folder / _DATA
        self._catalogue = project.folder / "locales" / "fr" / "pages" / name
        self._texts: dict[Path, list[str]] = {self._source: [], self._catalogue: [], self._data: []}
        for revision in REVISIONS:
            project.write_page(self.number, revision)
            for path, texts in self._texts.items():
                texts.append(path.read_text("utf-8"))
        self._texts[self._data][1] += "# looked through again\n"

    def save(self, turn: int) -> None:
        """Save the file whose turn it is, in its other revision."""
        path = self._data if turn % 10 == 3 else self._catalogue if turn % 5 == 1 else self._source
        texts = self._texts[path]
        texts.reverse()
        path.write_text(texts[0], "utf-8")


class Load:
    """Presses on a running preview; `run` ends after the wished seconds, when every request has its answer."""

    def __init__(self, project: BaliseProject, wishes: Wishes, port: int, process: int, outcome: Outcome) -> None:
        self._project, self._wishes, self._port, self._process = project, wishes, port, process
        self._outcome, self._draw = outcome, random.Random(1)
        self._edits, self._silent = Edits(project), 0

    async def run(self) -> None:
        """Keep connections open, edit and look at the process while asking for pages."""
        beside = [asyncio.create_task(self._stay_silent()) for _ in range(self._wishes.idle)]
        async with asyncio.timeout(START_LIMIT):
            while self._silent < self._wishes.idle:
                await asyncio.sleep(0.05)
        beside += [asyncio.create_task(self._edit()), asyncio.create_task(self._look())]
        try:
            await self._ask_steadily()
        finally:
            self._note_process()
            for task in beside:
                task.cancel()
            await asyncio.gather(*beside, return_exceptions=True)

    async def _stay_silent(self) -> None:
        """Hold a connection that sends nothing, and open another as soon as the server has enough of it."""
        while True:
            with contextlib.suppress(OSError):
                reader, writer = await asyncio.open_connection(HOST, self._port)
                self._silent += 1
                try:
                    await reader.read()
                finally:
                    self._silent -= 1
                    writer.close()

    async def _edit(self) -> None:
        for turn in range(10**9):
            self._edits.save(turn)
            await asyncio.sleep(1)

    async def _look(self) -> None:
        while True:
            self._note_process()
            for header in ("Host: evil.example", f"Host: {HOST}:{self._port}\r\nOrigin: http://evil.example"):
                answer = await read_answer(self._port, "/en/", header)
                self._outcome.foreign.append(int(answer.split(b" ", 2)[1]))
            await asyncio.sleep(1)

    def _note_process(self) -> None:
        """Note the threads, open files and memory of the server where they are more than ever."""
        status = Path(f"/proc/{self._process}/status").read_text()
        found = dict(re.findall(r"^(Threads|VmHWM):\s*(\d+)", status, re.MULTILINE))
        outcome = self._outcome
        outcome.threads = max(outcome.threads, int(found["Threads"]))
        outcome.memory = int(found["VmHWM"]) / 1024
        outcome.descriptors = max(outcome.descriptors, len(os.listdir(f"/proc/{self._process}/fd")))

    async def _ask_steadily(self) -> None:
        loop = asyncio.get_running_loop()
        begun = loop.time()
        async with asyncio.TaskGroup() as asking:
            for number in range(self._wishes.seconds * self._wishes.rate):
                due = begun + number / self._wishes.rate
                await asyncio.sleep(due - loop.time())
                asking.create_task(self._ask(number, due))

    async def _ask(self, number: int, due: float) -> None:
        """Ask for a page: each language in turn, one in three times the edited page, else any."""
        language = LANGUAGES[number % 3]
        page = self._edits.number if number // 3 % 3 == 0 else self._draw.randrange(self._wishes.pages)
        target = "/" + self._project.address(language, page).removesuffix("index.html")
        try:
            answer = await read_answer(self._port, target, f"Host: {HOST}:{self._port}")
            fault = find_fault(answer, language if page == self._edits.number else "")
        except (OSError, TimeoutError) as failure:
            fault = f"{type(failure).__name__} {failure}"
        self._outcome.latencies.append(asyncio.get_running_loop().time() - due)
        if fault:
            self._outcome.faults.append(f"{target}: {fault}")


async def read_answer(port: int, target: str, header: str) -> bytes:
    """Return every byte of the answer to a request."""
    async with asyncio.timeout(_ANSWER_LIMIT):
        reader, writer = await asyncio.open_connection(HOST, port)
        try:
            writer.write(f"GET {target} HTTP/1.1\r\n{header}\r\n\r\n".encode())
            return await reader.read()
        finally:
            writer.close()


def find_fault(answer: bytes, edited: str = "") -> str:
    """Return what is wrong with an answer that should be a page, "" for nothing.

    `edited` is the language of the page that is edited, "" for any other page.
    """
    head, _, body = answer.partition(b"\r\n\r\n")
    length = re.search(rb"\r\nContent-Length: (\d+)", head)
    if not head.startswith(b"HTTP/1.1 200 "):
        return f"it begins {answer[:40]!r}"
    if not length or int(length[1]) != len(body) or not body.rstrip().endswith(b"</html>"):
        return f"the page is not whole: it ends {answer[-40:]!r}"
    html = body.decode()
    # Until its catalogue is up to date, a page may show the sentence in the language it was written in.
    if edited and not any(shows(html, language, number) for language in (edited, "en") for number in REVISIONS):
        return "the page shows neither revision"
    return ""


def press(project: BaliseProject, wishes: Wishes) -> Outcome:
    """Return what came of pressing on a preview of a project that is written already. Raises `BenchError`."""
    outcome, port = Outcome(), free_port()
    project.write_page(project.corpus.edited, REVISIONS[0])
    words = (sys.executable, "-m", "balise", "serve", "--dev-addr", f"{HOST}:{port}")
    paths = {"PYTHONPATH": str(REPOSITORY / "src")}
    with tempfile.TemporaryFile() as said:
        server = subprocess.Popen(
            words, cwd=project.folder, env=environment(project.folder) | paths, stdout=said, stderr=said
        )
        try:
            asyncio.run(_await(port, server))
            asyncio.run(Load(project, wishes, port, server.pid, outcome).run())
            asked = time.monotonic()
            server.send_signal(signal.SIGINT)
            with contextlib.suppress(subprocess.TimeoutExpired):
                outcome.code = server.wait(30)
            outcome.stopping = time.monotonic() - asked
        finally:
            server.kill()
            server.wait()
        said.seek(0)
        outcome.builds = len(_BUILT.findall(said.read()))
    return outcome


async def _await(port: int, server: subprocess.Popen[bytes]) -> None:
    """Return once the server shows the home page."""
    until = time.monotonic() + START_LIMIT
    while time.monotonic() < until and server.poll() is None:
        with contextlib.suppress(OSError, TimeoutError):
            if not find_fault(await read_answer(port, "/en/", f"Host: {HOST}:{port}")):
                return
        await asyncio.sleep(0.1)
    raise BenchError("the preview did not come up")


def broken_promises(outcome: Outcome, *, timed: bool = True) -> Iterator[str]:
    """Yield each promise that was not kept; without `timed` those that no slow machine can break."""
    if outcome.faults:
        yield f"{len(outcome.faults)} requests got no whole page; the first: {outcome.faults[0]}"
    if set(outcome.foreign) != {403}:
        yield f"requests of other sites got {sorted(set(outcome.foreign))}, not 403 alone"
    if outcome.threads > THREADS_BAR:
        yield f"{outcome.threads} threads, more than {THREADS_BAR}"
    if outcome.code != STOPPED_BY_CTRL_C:
        yield f"Ctrl-C ended it with {outcome.code}, not {STOPPED_BY_CTRL_C}"
    if outcome.builds < 3:
        yield f"it was built {outcome.builds} times only, so the edits were not taken over"
    if timed and outcome.percentile(0.99) > P99_BAR:
        yield f"99 of 100 requests took up to {outcome.percentile(0.99) * 1000:.0f} ms, more than {P99_BAR * 1000:.0f}"
    if timed and outcome.stopping > STOP_BAR:
        yield f"it took {outcome.stopping:.1f} s to stop, more than {STOP_BAR:.0f}"


def render_outcome(outcome: Outcome, wishes: Wishes) -> str:
    """Return the table that is printed."""
    rows = (
        ("requests", f"{len(outcome.latencies)}", "all whole"),
        ("median", f"{statistics.median(outcome.latencies) * 1000:.0f} ms", ""),
        ("p99", f"{outcome.percentile(0.99) * 1000:.0f} ms", f"≤ {P99_BAR * 1000:.0f} ms"),
        ("slowest", f"{max(outcome.latencies) * 1000:.0f} ms", ""),
        ("builds meanwhile", f"{outcome.builds}", ""),
        ("threads", f"{outcome.threads}", f"≤ {THREADS_BAR}"),
        ("open files", f"{outcome.descriptors}", ""),
        ("peak memory", f"{outcome.memory:.0f} MiB", ""),
        ("exit code", f"{outcome.code}", f"{STOPPED_BY_CTRL_C}"),
        ("stopped after", f"{outcome.stopping:.2f} s", f"≤ {STOP_BAR:.0f} s"),
    )
    title = f"3 × {wishes.pages} pages, {wishes.idle} idle connections, {wishes.rate} requests/s for {wishes.seconds} s"
    return "\n".join((title, *(f"  {name:<17}{value:>9}   {bar}".rstrip() for name, value, bar in rows)))


def parse_wishes(arguments: Sequence[str] | None) -> tuple[Wishes, Path]:
    """Return the options of the command line, and the folder for the corpus."""
    parser = argparse.ArgumentParser(prog="make bench-serve", description="Press on `balise serve`.")
    for name, help_text in (
        ("pages", "pages in each of three languages"),
        ("seconds", "how long"),
        ("idle", "connections that send nothing"),
        ("rate", "requests a second"),
    ):
        parser.add_argument(f"--{name}", type=int, default=getattr(Wishes, name), help=help_text)
    parser.add_argument("--scratch", type=Path, default=Path(__file__).parent / ".scratch", help="for the corpus")
    given = vars(parser.parse_args(arguments))
    scratch = given.pop("scratch")
    return Wishes(**given), scratch.absolute() / f"serve-{given['pages']}"


def main(arguments: Sequence[str] | None = None) -> int:
    """Press on the preview, print what came of it, and return 1 where a promise is broken."""
    wishes, folder = parse_wishes(arguments)
    shutil.rmtree(folder, ignore_errors=True)
    project = BaliseProject(Corpus(wishes.pages), folder)
    load = os.getloadavg()[0]
    try:
        project.write()
        outcome = press(project, wishes)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    print(render_outcome(outcome, wishes))
    print(f"Load of the machine before: {load:.1f}.")
    broken = list(broken_promises(outcome))
    for promise in broken:
        print(f"broken: {promise}")
    return 1 if broken else 0


if __name__ == "__main__":
    try:
        raise SystemExit(main())
    except BenchError as problem:
        sys.exit(str(problem))
