"""Checking a project: compiled as a build would, read by the gate, remembered for the next check, nothing written."""

from __future__ import annotations

import json
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from balise.building.build import compile_pages, load, uncollected
from balise.building.changes import Memory, change_pages, load_memory, may_be_enough, save_memory
from balise.building.memory import read_memory, write_memory
from balise.building.share import Plan
from balise.building.unchanged import Request, Stamps, changed_files, source_folders, stamps
from balise.lint.gate import Wanted, make_gate
from balise.lint.judgement import Judgement, judge_data
from balise.pipeline import Options, check_frame, site_phrases
from balise.problems import Problem, sorted_problems
from balise.site import addresses

RECORD = "last-check.json"
NAME = "check.bin"


@dataclass(frozen=True)
class CheckWish:
    """What is to be checked: the project, where its sources are, the day, the rules, and in how many processes."""

    config: Path
    options: Options
    wanted: Wanted
    content: str = "content"
    jobs: int = 0

    @property
    def root(self) -> Path:
        """Return the project's folder."""
        return self.config.parent

    def key(self) -> dict[str, Any]:
        """Return what was asked as plain values, with the versions of all that answers it."""
        request = Request(self.root, self.config, "", self.options.today, allow_stale=self.options.allow_stale)
        return {**request.key(), "wanted": json.loads(json.dumps(asdict(self.wanted))), "content": self.content}


@dataclass(frozen=True)
class Checked:
    """What a check found: the problems of compiling, what the gate says, and the compiled site without its texts."""

    compiling: tuple[Problem, ...]
    judgement: Judgement
    memory: Memory

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Return all problems by place."""
        return sorted_problems((*self.compiling, *self.judgement.problems))


def check_project(wish: CheckWish) -> Checked:
    """Return what there is to mend in a project; pages that did not change since the last check are not read again.

    Raises `ProjectError` without a site.yml, `BrokenProjectError` without a usable one.
    """
    folders = source_folders(wish.root, wish.content, wish.config)
    sources = stamps(folders, time.time_ns())
    last = _recall(wish)
    with uncollected():
        known = _known(wish, last, sources) if last else None
        memory = known and _changed(known, changed_files(last["sources"], sources) if last else frozenset())
        if memory is None:
            memory = _whole(wish)
        if memory is not known:
            signature = save_memory(wish.root, memory, NAME, places=True)
            record = {**wish.key(), "sources": sources, "memory": signature}
            write_memory(wish.root, RECORD, json.dumps(record).encode())
        return Checked(memory.problems(), memory.judge(), memory)


def _recall(wish: CheckWish) -> dict[str, Any] | None:
    """Return the record of the last check when it was asked the same, else `None`."""
    text = read_memory(wish.root, RECORD)
    record: dict[str, Any] = json.loads(text) if text else {}
    return record if all(record.get(key) == value for key, value in wish.key().items()) else None


def _known(wish: CheckWish, last: dict[str, Any], sources: Stamps) -> Memory | None:
    """Return what the last check kept, `None` where more changed since than texts of pages."""
    changed = changed_files(last["sources"], sources)
    return load_memory(wish.root, last["memory"], NAME) if may_be_enough(changed, wish.root) else None


def _changed(known: Memory, changed: frozenset[str]) -> Memory | None:
    """Return what is known with the pages read again that changed; `None` where more may have changed than these."""
    if not changed:
        return known
    pages = change_pages(known, changed, None)
    return pages[0] if pages else None


def _whole(wish: CheckWish) -> Memory:
    """Return the memory of the whole project, every page read."""
    project = load(wish.root, wish.content, wish.jobs)
    table, redirects, clashes = addresses(project)
    plan = Plan(project, wish.options, table, "", site_phrases(project), wish.wanted)
    whole = (*project.problems, *clashes, *check_frame(project, wish.options, plan.phrases))
    data = judge_data(make_gate(project, wish.wanted), wish.options.today, plan.phrases)
    memory, _, _ = compile_pages(Memory(plan, redirects, {}, {}, whole, {}, {}, data), None, wish.jobs)
    return memory


def shown_channels(memory: Memory) -> tuple[str, ...]:
    """Return the ids of the channels that the published pages show, in registry order."""
    project = memory.plan.project
    named = {name for notes in memory.notes.values() for name in notes.channels}
    tables = (project.site.emergency, project.site.help)
    named |= {table[project.site.default_country] for table in tables if project.site.default_country in table}
    return tuple(name for name in project.registries.channels if name in named)


def shown_figures(memory: Memory) -> tuple[str, ...]:
    """Return the ids of the figures that the published pages show, in registry order; those of series too."""
    registries = memory.plan.project.registries
    facts = {fact for notes in memory.notes.values() for fact in notes.facts}
    named = {fact.partition(":")[2] for fact in facts if fact.startswith(("figure:", "number:"))}
    for name, series in registries.series.items():
        named |= set(series.figures) if f"chart:{name}" in facts else set()
    return tuple(name for name in registries.figures if name in named)
