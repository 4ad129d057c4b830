"""A copy of the reference site to break builds on: two versions of its sources, and what each comes to."""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bench.balise_project import REPOSITORY
from bench.measure import group
from bench.subject import BenchError, environment

Tree = Mapping[str, str]
"""SHA-256 of each file, or where a link leads, by path below a folder; folders end with a slash."""

LIMIT = 120
"""Seconds after which a build counts as hanging."""
SOURCES = ("content", "templates", "locales", "mkdocs.yml")
KEPT = {*SOURCES, "site", ".site.previous", ".balise", ".user-cache"}
"""What may stand in a project after a build."""
MEMORY = {"pages.bin", "last-build.json"}


@dataclass(frozen=True)
class Edit:
    """A text of a source file that tells version `a` from version `b`."""

    path: str
    texts: Mapping[str, str]


EVERYTHING = Edit("mkdocs.yml", {"a": "https://example.org/", "b": "https://example.net/"})
ONE_PAGE = Edit("content/help/ai-images.md", {"a": "made by a computer", "b": "made by a machine"})


@dataclass(frozen=True)
class Builder:
    """A command that builds, and the edit before each of its builds."""

    title: str
    words: tuple[str, ...]
    edit: Edit


_PYTHON = (sys.executable, "-P", "-m")
BUILDERS = {
    "everything": Builder("balise build, everything", (*_PYTHON, "balise", "build", "--jobs", "2"), EVERYTHING),
    "page": Builder("balise build, one page", (*_PYTHON, "balise", "build", "--jobs", "2"), ONE_PAGE),
    "mkdocs": Builder("mkdocs build", (*_PYTHON, "mkdocs", "build"), EVERYTHING),
}
PUBLISH_PREVIOUS = (*_PYTHON, "balise", "publish", "--previous")


@dataclass
class Row:
    """A line of the table: what was done how often, what came of it, and every promise that was not kept."""

    what: str
    rounds: int = 0
    notes: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        verdict = f"{len(self.faults)} violations" if self.rounds else "skipped"
        return f"{self.what:<58}{self.rounds:>6}   {', '.join((verdict, *self.notes))}"


@dataclass(frozen=True)
class Ended:
    """How a process ended: exit code (negative: the signal), seconds, and what it said."""

    code: int
    seconds: float
    said: str

    def refusal_faults(self) -> Iterator[str]:
        """Yield what is wrong with how a failed build explains itself."""
        lines = [line for line in self.said.splitlines() if line.strip()]
        if "Traceback" in self.said or "bug in balise" in self.said:
            yield f"a traceback: {lines[-1][:200]}"
        elif not 1 <= len(lines) <= 3:
            yield f"{len(lines)} lines instead of one to three: {' / '.join(lines)[:200]}"


class Site:
    """A project in a folder, with the site that `builder` publishes from it."""

    def __init__(self, folder: Path, builder: Builder, published: Path | None = None) -> None:
        self.folder, self.builder = folder, builder
        self.published = published or folder / "site"
        self.trees: dict[str, Tree] = {}
        self.holds = ""
        for name in SOURCES:
            copy = shutil.copytree if (REPOSITORY / name).is_dir() else shutil.copyfile
            copy(REPOSITORY / name, folder / name)

    def learn(self) -> Site:
        """Build both versions elsewhere, to know them again; return itself."""
        for version in ("b", "a"):
            self.switch(version)
            with tempfile.TemporaryDirectory() as clean:
                self.trees[version] = self.build_clean(Path(clean))
        return self

    def moved(self, disk: Path, *, inside: bool) -> Site:
        """Return a site of the same two versions that is published on another disk; `inside`: its sources are too."""
        folder = disk / "project" if inside else self.folder.with_name(f"{self.folder.name}-sources")
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        other = Site(folder, self.builder, None if inside else disk / "site")
        other.trees = self.trees
        return other

    @property
    def words(self) -> tuple[str, ...]:
        """Return the command that publishes where this site is published."""
        inside = self.published == self.folder / "site"
        return self.builder.words if inside else (*self.builder.words, "-d", str(self.published))

    @property
    def other(self) -> str:
        """Return the version that is not published now."""
        return "b" if self.holds == "a" else "a"

    def build_clean(self, folder: Path) -> Tree:
        """Return what a build that knows no earlier one publishes. Raises `BenchError`."""
        words = (*BUILDERS["everything"].words, "-d", str(folder / "site"))
        ended = run(words, self.folder, {"XDG_CACHE_HOME": str(folder / "cache")})
        if ended.code:
            raise BenchError(f"a clean build ended with {ended.code}: {ended.said[-300:]}")
        return read_tree(folder / "site")

    def switch(self, version: str) -> None:
        """Move the sources to version `a` or `b`."""
        edit, path = self.builder.edit, self.folder / self.builder.edit.path
        text, other = path.read_text("utf-8"), edit.texts["a" if version == "b" else "b"]
        if edit.texts[version] not in text:
            if other not in text:
                raise BenchError(f'"{other}" is not in {edit.path}')
            path.write_text(text.replace(other, edit.texts[version]), "utf-8")

    def publish(self, version: str) -> Ended:
        """Build a version without disturbance. Raises `BenchError` when that fails."""
        self.switch(version)
        ended = run(self.words, self.folder)
        if ended.code or read_tree(self.published) != self.trees[version]:
            raise BenchError(f"an undisturbed build ended with {ended.code}: {ended.said[-300:]}")
        self.holds = version
        return ended

    def damage(self) -> str:
        """Return what is wrong with the published site, "" when it is one version whole; note which it is."""
        now = read_tree(self.published)
        for version, tree in self.trees.items():
            if now == tree:
                self.holds = version
                return ""
        if not now:
            return "the published site is gone"
        wanted = self.trees[self.holds or "a"]
        missing, more = len(wanted.keys() - now.keys()), len(now.keys() - wanted.keys())
        return f"neither version: {missing} files missing, {more} too many"

    def leftovers(self) -> list[str]:
        """Return the names of what no build may leave."""
        found = [name for name in os.listdir(self.folder) if name not in KEPT]
        beside = self.published.parent
        if beside != self.folder:
            allowed = {self.published.name, f".{self.published.name}.previous"}
            found += [name for name in os.listdir(beside) if name not in allowed]
        memory = self.folder / ".balise" / "cache"
        return sorted(found + ([name for name in os.listdir(memory) if name not in MEMORY] if memory.is_dir() else []))

    def recover(self) -> Iterator[str]:
        """Build without disturbance and yield what is wrong then."""
        goal = "b" if self.builder.edit.texts["b"] in (self.folder / self.builder.edit.path).read_text("utf-8") else "a"
        ended = run(self.words, self.folder)
        if ended.code:
            yield f"the next build ended with {ended.code}: {ended.said[-200:]}"
        elif read_tree(self.published) != self.trees[goal]:
            yield "the next build published something else"
        self.holds = goal
        if self.leftovers():
            yield f"left after the next build: {', '.join(self.leftovers()[:3])}"


def read_tree(folder: Path) -> Tree:
    """Return everything below a folder; nothing where there is none."""
    found: dict[str, str] = {}
    for place, folders, files in os.walk(folder):
        inside = place[len(str(folder)) + 1 :]
        for name in [*folders, *files]:
            path, key = Path(place, name), os.path.join(inside, name)
            if path.is_symlink():
                found[key] = f"link to {path.readlink()}"
            elif name in folders:
                found[f"{key}/"] = ""
            else:
                found[key] = hashlib.sha256(path.read_bytes()).hexdigest()
    return found


class Running:
    """A process in a group of its own, and what it says."""

    def __init__(self, words: Sequence[str], folder: Path, changes: Mapping[str, str] | None = None) -> None:
        self._said = tempfile.TemporaryFile()  # noqa: SIM115 - closed by `end`
        self.began = time.monotonic()
        paths = {"PYTHONPATH": str(REPOSITORY / "src"), "PYTHONDONTWRITEBYTECODE": "1", **(changes or {})}
        self.process = subprocess.Popen(
            words,
            cwd=folder,
            env=environment(folder) | paths,
            stdin=subprocess.DEVNULL,
            stdout=self._said,
            stderr=self._said,
            start_new_session=True,
        )

    @property
    def pid(self) -> int:
        """Return the number of the process, which is that of its group."""
        return self.process.pid

    def is_running(self) -> bool:
        """Tell whether it has not ended; one that hangs is killed."""
        if time.monotonic() - self.began > LIMIT:
            self.kill()
            raise BenchError("a build hung")
        return self.process.poll() is None

    def kill(self) -> None:
        """Kill the whole group."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.pid, signal.SIGKILL)

    def words_so_far(self) -> str:
        """Return what the process has said until now."""
        return os.pread(self._said.fileno(), 1 << 20, 0).decode(errors="replace")

    def end(self) -> Ended:
        """Wait until the process has ended, and everything it started; return how."""
        while self.is_running():
            time.sleep(0.002)
        seconds = time.monotonic() - self.began
        while group(self.pid):
            if time.monotonic() - self.began > LIMIT:
                self.kill()
                raise BenchError("a build left processes that do not end")
            time.sleep(0.002)
        self._said.seek(0)
        said = self._said.read().decode(errors="replace")
        self._said.close()
        return Ended(self.process.returncode, seconds, said)


def run(words: Sequence[str], folder: Path, changes: Mapping[str, str] | None = None) -> Ended:
    """Run a command to its end."""
    return Running(words, folder, changes).end()
