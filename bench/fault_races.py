"""Two builds at once, a build and a step back at once, and sources that change while they are read."""

from __future__ import annotations

import random
import re
import shutil
import tempfile
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.fault_kills import Pace, measure_pace
from bench.fault_site import PUBLISH_PREVIOUS, Ended, Row, Running, Site, Tree, read_tree, run

WAITING = "Another build publishes"
LONGEST_STEP_BACK = 1.0
"""Seconds that `publish --previous` may take."""
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True)
class Mark:
    """A place in a source file into which an author writes something else again and again."""

    path: str
    text: str

    def revised(self, text: str, number: int) -> str:
        """Return a file's text with another word after the place; words, since numbers must be kept in translation."""
        word = "".join(_LETTERS[int(digit)] for digit in str(number))
        return re.sub(rf"{re.escape(self.text)}(?: of kind \w+)?", f"{self.text} of kind {word}", text)


MARKS = (
    Mark("content/help/ai-images.md", "can hurt a real child"),
    Mark("content/help/sextortion.md", "counts on panic and silence"),
    Mark("locales/fr/pages/help/sextortion.po", "Restez dans la même pièce"),
    Mark("locales/nl/LC_MESSAGES/site.po", "Project-Id-Version: balise"),
    Mark(
        "content/data/channels.yml", "en: Child Focus (116 000), Foundation for Missing and Sexually Exploited Children"
    ),
)
"""Pages, a page's catalogue, the site's catalogue, and a fact that many pages show."""


class Author(threading.Thread):
    """Somebody who saves files at given moments, some at once, some in two halves; notes all states of the sources."""

    def __init__(self, folder: Path, moments: Sequence[float], draw: random.Random, number: int) -> None:
        super().__init__()
        self._folder, self._moments, self._draw, self._number = folder, sorted(moments), draw, number
        self.states: list[dict[str, str]] = [self._state()]
        self.failure = ""

    def _state(self) -> dict[str, str]:
        return {mark.path: (self._folder / mark.path).read_text("utf-8") for mark in MARKS}

    def run(self) -> None:
        """Save."""
        began = time.monotonic()
        for turn, moment in enumerate(self._moments):
            time.sleep(max(0.0, began + moment - time.monotonic()))
            mark = self._draw.choice(MARKS)
            path = self._folder / mark.path
            before = path.read_text("utf-8")
            text = mark.revised(before, self._number * 10 + turn)
            if text == before:
                self.failure = f'"{mark.text}" is not in {mark.path}'
            if self._draw.random() < 0.5:
                draft = path.with_name(".draft")
                draft.write_text(text, "utf-8")
                draft.replace(path)
            else:
                half = len(text) // 2
                with open(path, "w", encoding="utf-8") as handle:
                    handle.write(text[:half])
                    handle.flush()
                    time.sleep(0.02)
                    handle.write(text[half:])
            self.states.append(self._state())


def change_sources(site: Site, rounds: int, draw: random.Random) -> Row:
    """Save sources while they are built: what is published is one state of them, or nothing is and that is said."""
    row, refused = Row(f"sources change meanwhile: {site.builder.title}"), 0
    site.publish("a")
    pace, clean = measure_pace(site), Snapshots(site.folder)
    before = read_tree(site.published)
    for number in range(1, rounds + 1):
        moments = [draw.uniform(0, pace.whole * 1.3) for _ in range(draw.choice((1, 1, 2, 4)))]
        site.switch("ab"[number % 2])
        author = Author(site.folder, moments, draw, number)
        running = Running(site.words, site.folder)
        author.start()
        ended = running.end()
        author.join()
        after = read_tree(site.published)
        row.rounds += 1
        refused += ended.code != 0
        faults = [author.failure]
        if ended.code and (after != before or "sources changed during the build" not in ended.said):
            faults.append(f"ended with {ended.code}, {after == before=}: {ended.said[-300:]}")
        if ended.code == 0 and not any(after == clean.tree(site, state) for state in author.states):
            faults.append(f"published what the sources never were: {ended.said[:80]}")
        ended = run(site.words, site.folder)
        before = read_tree(site.published)
        if ended.code or before != clean.tree(site, author.states[-1]):
            faults.append(f"the next build ended with {ended.code} and is not that of its sources: {ended.said[-200:]}")
        row.faults += [f"round {number}: {fault}" for fault in faults if fault]
    row.notes.append(f"{refused} refused, {row.rounds - refused} published one state")
    return row


class Snapshots:
    """What clean builds of states of the sources publish; built in a copy, each once."""

    def __init__(self, folder: Path) -> None:
        self._copy, self._known = folder.with_name(f"{folder.name}-state"), dict[str, Tree]()

    def tree(self, site: Site, state: dict[str, str]) -> Tree:
        """Return what a clean build publishes of a state."""
        state = {**state, "mkdocs.yml": (site.folder / "mkdocs.yml").read_text("utf-8")}
        key = repr(sorted(state.items()))
        if key not in self._known:
            shutil.rmtree(self._copy, ignore_errors=True)
            self._copy.mkdir()
            copy = Site(self._copy, site.builder)
            for name, text in state.items():
                (self._copy / name).write_text(text, "utf-8")
            with tempfile.TemporaryDirectory() as clean:
                self._known = {key: copy.build_clean(Path(clean)), **dict(list(self._known.items())[:8])}
        return self._known[key]


def build_two(site: Site, other: Site, rounds: int, draw: random.Random) -> Row:
    """Publish two versions into one folder at once: one after the other does, and the later one stays."""
    row, waited = Row(f"at once: {site.builder.title} and {other.builder.title}"), 0
    site.switch("a")
    other.switch("b")
    for number in range(1, rounds + 1):
        first, second = (site, other) if draw.random() < 0.5 else (other, site)
        _touch(site, number)
        _touch(other, number)
        running = [Running((*first.builder.words, "-d", str(site.published)), first.folder)]
        time.sleep(draw.choice((0, 0, draw.uniform(0, 0.5))))
        running.append(Running((*second.builder.words, "-d", str(site.published)), second.folder))
        ended = [process.end() for process in running]
        waited += any(WAITING in end.said for end in ended)
        row.rounds += 1
        row.faults += [f"round {number}: {fault}" for fault in (site.damage(), *_complaints(ended)) if fault]
        row.faults += [f"round {number}: left: {name}" for name in site.leftovers()]
    row.notes.append(f"{waited} waited and said so")
    return row


def _touch(site: Site, number: int) -> None:
    """Make a source look edited, so that there is something to build, though nothing else comes out."""
    path = site.folder / "content" / "site.yml"
    text = re.sub(r"\n*# round \d+\n", "\n", path.read_text("utf-8"))
    path.write_text(f"{text.rstrip()}\n# round {number}\n", "utf-8")


def _complaints(ended: Sequence[Ended]) -> list[str]:
    return [f"ended with {end.code}: {end.said[-300:]}" for end in ended if end.code]


def build_the_same_twice(site: Site, rounds: int, draw: random.Random) -> Row:
    """Start the same build twice at once, and edit between: both end well, and the next edit is seen."""
    row, waited = Row(f"the same twice at once: {site.builder.title}"), 0
    site.publish("a")
    for number in range(1, rounds + 1):
        site.switch(site.other)
        goal = site.other
        running = [Running(site.words, site.folder)]
        time.sleep(draw.choice((0, draw.uniform(0, 0.3))))
        running.append(Running(site.words, site.folder))
        ended = [process.end() for process in running]
        waited += any(WAITING in end.said for end in ended)
        row.rounds += 1
        faults = [site.damage(), *_complaints(ended), *site.recover()]
        if site.holds != goal:
            faults.append("the edit is not published")
        row.faults += [f"round {number}: {fault}" for fault in faults if fault]
    row.notes.append(f"{waited} waited and said so")
    return row


def build_and_step_back(site: Site, rounds: int, draw: random.Random) -> Row:
    """Run `publish --previous` at a random moment of a build."""
    row, waited = Row(f"`publish --previous` meanwhile: {site.builder.title}"), 0
    site.publish("a")
    pace: Pace = measure_pace(site)
    for number in range(1, rounds + 1):
        site.switch(site.other)
        building, moment = Running(site.words, site.folder), draw.uniform(0, pace.whole)
        time.sleep(moment)
        back = run(PUBLISH_PREVIOUS, site.folder)
        ended = [building.end(), back]
        waited += any(WAITING in end.said for end in ended)
        row.rounds += 1
        faults = [site.damage(), *_complaints(ended), *site.recover()]
        row.faults += [f"round {number}: {fault}" for fault in faults if fault]
    row.notes.append(f"{waited} waited and said so")
    return row


def step_back(site: Site, builds: int, draw: random.Random) -> Row:
    """Build many times, go back and forward, then once more after a killed build."""
    row, slowest = Row(f"`publish --previous` after {builds} builds: {site.builder.title}"), 0.0
    site.publish("a")
    for _ in range(builds):
        site.publish(site.other)
    last = site.holds
    for wanted in (site.other, last, site.other):
        slowest = max(slowest, _step(site, row, wanted))
    pace = measure_pace(site)
    for number in range(builds):
        site.switch(site.holds)
        list(site.recover())
        site.publish(site.other)
        site.switch(site.other)
        killed = Running(site.words, site.folder)
        time.sleep(pace.draw(number, draw))
        killed.kill()
        killed.end()
        row.faults += [site.damage()] if site.damage() else []
        slowest = max(slowest, _step(site, row, site.other))
        row.faults += list(site.recover())
    row.notes.append(f"the slowest in {slowest:.2f} s")
    if slowest > LONGEST_STEP_BACK:
        row.faults.append(f"one took {slowest:.2f} s")
    return row


def _step(site: Site, row: Row, wanted: str) -> float:
    ended = run(PUBLISH_PREVIOUS, site.folder)
    row.rounds += 1
    fault = site.damage() or ("" if site.holds == wanted else f"version {site.holds} is published, not {wanted}")
    row.faults += [fault for fault in (fault, *_complaints([ended])) if fault]
    return ended.seconds


PAIRS = (("everything", "everything"), ("everything", "mkdocs"))
"""Builders that publish into one folder at once."""
