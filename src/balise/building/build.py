"""A plain project's build: compiled by one process or several, written beside the published site, exchanged with it."""

from __future__ import annotations

import gc
import os
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from balise.building.changes import Drawer, Memory, compile_changes, load_memory, may_be_enough, save_memory
from balise.building.crew import Crew
from balise.building.output import Output, Sink
from balise.building.plain import PlainConfig
from balise.building.report import BuildReport, check_site_dir, disk_message, ended_by_sigterm
from balise.building.share import Job, Plan, Share
from balise.building.staging import enter, leave, publish
from balise.building.unchanged import Recalled, Request, check_sources, note_build, source_folders, stamps
from balise.components import render_page
from balise.errors import ProjectError
from balise.pipeline import Options, check_frame
from balise.problems import Severity, has_errors
from balise.project import MAX_ASSET_BYTES, BrokenProjectError, Project, load_sources
from balise.site import addresses, asset_address, ordered_pages
from balise.source import SourceProblem, read_bytes
from balise.views import SiteViews

WORTH_A_PROCESS = 100
"""Pages, counted in every edition, that are worth another process."""


@dataclass(frozen=True)
class Wish:
    """What is to be built and how: `jobs` is the number of processes (0 for as many as there are processors)."""

    request: Request
    plain: PlainConfig
    options: Options
    jobs: int = 0

    @property
    def root(self) -> Path:
        """Return the project's folder."""
        return self.request.config.parent

    @property
    def target(self) -> Path:
        """Return the folder to publish into."""
        return Path(os.path.abspath(self.root / (self.request.site_dir or self.plain.site_dir)))  # noqa: PTH100 - a link stays a link, and is refused

    @property
    def folders(self) -> tuple[Path, ...]:
        """Return what the build reads."""
        return source_folders(self.root, self.plain.content, self.request.config)


Describe = Callable[[BuildReport], Mapping[str, Any]]
"""What turns a report into plain values, for a later build that would report the same."""


def build_plain(wish: Wish, last: Recalled | None, say: Callable[[str], None], describe: Describe) -> BuildReport:
    """Build a plain project and publish it unless something has to be mended first.

    `last` is the last build, when it was asked the same and its site stands. `say` gets what a person waiting should
    know. Raises `ProjectError` or `UsageError` when it cannot be tried.
    """
    check_site_dir(wish.target, wish.root)
    gc.disable()  # a build makes little garbage and ends soon
    staging = enter(wish.target, lambda: say("Another build publishes into the same folder; waiting for it to end."))
    try:
        with ended_by_sigterm():
            sources = stamps(wish.folders, time.time_ns())
            memory = _compile(wish, last, Output(staging.folder))
            problems, strict = memory.problems(), wish.request.strict or wish.plain.strict
            good = not has_errors(problems) and not (strict and any(p.severity is Severity.WARNING for p in problems))
            if good:
                check_sources(sources, wish.folders, wish.root)
                publish(staging)
    except BrokenProjectError as broken:
        return BuildReport(False, broken.problems, None, str(wish.target))
    except OSError as failure:
        raise ProjectError(disk_message(failure, str(wish.target))) from None
    finally:
        leave(staging)
        gc.enable()
    report = BuildReport(good, problems, memory.summary(), str(wish.target))
    if good:
        save_memory(wish.root, memory)
        note_build(wish.request, sources, wish.folders, describe(report))
    return report


def _compile(wish: Wish, last: Recalled | None, output: Output) -> Memory:
    """Compile what changed where that is enough, else everything, and write the whole site."""
    known = load_memory(wish.root) if last and may_be_enough(last.changed, wish.root) else None
    changes = compile_changes(known, last.changed) if last and known else None
    if last is None or changes is None:
        return _compile_whole(wish, output)
    memory, files = changes
    start = len(str(wish.target)) + 1
    for path in last.site:
        if path[start:] not in files:
            output.link(path, path[start:])
    for address, content in files.items():
        output.write(address, content)
    return memory


def _compile_whole(wish: Wish, output: Output) -> Memory:
    """Compile every page, and write the site unless it cannot be published anyway."""
    project = load_sources(wish.root, wish.plain.content)
    table, redirects, clashes = addresses(project)
    plan = Plan(project, wish.options, table, wish.plain.site_url)
    whole = (*project.problems, *clashes, *check_frame(project, wish.options))
    pages: Sink = Drawer() if has_errors(clashes) else output
    jobs = [(tag, page.id) for tag in project.site.languages for page in ordered_pages(project)]
    crew = Crew([Share(plan, part, pages) for part in divide(jobs, wish.jobs or _processors(len(jobs)))])
    try:
        told = [item for part in crew.each("translate") for item in part]
        finished = [item for part in crew.each("finish", told) for item in part]
    finally:
        crew.close()
    memory = Memory(plan, redirects, {}, {}, whole, {}).with_pages(project, told, finished)
    if not has_errors(whole):
        views = SiteViews(project, plan.listings(told), wish.options, wish.plain.site_url)
        write_rest(project, views, redirects, output)
    return memory


def write_rest(project: Project, views: SiteViews, redirects: Mapping[str, str], output: Output) -> None:
    """Write everything but the pages: assets, style sheet, script, sitemaps, redirects, chooser, missing pages."""
    for name in project.assets:
        try:
            content = read_bytes(project.root / project.content / name, project.root, MAX_ASSET_BYTES)
        except SourceProblem as refused:
            raise ProjectError(str(refused.problem)) from None
        output.write(asset_address(project, name), content)
    for address, text in views.texts(redirects).items():
        output.write(address, text.encode())
    for address, view in views.template_pages().items():
        output.write(address, render_page(view, views.phrases[view.language]).encode())


def divide(jobs: Sequence[Job], parts: int) -> list[Sequence[Job]]:
    """Return the jobs in so many runs of about the same length, in order; none is empty but the first."""
    size = max(1, -(-len(jobs) // max(1, parts)))
    return [jobs[start : start + size] for start in range(0, len(jobs), size)] or [()]


def _processors(pages: int) -> int:
    """Return how many processes so many pages are worth on this machine; one where processes cannot be copied."""
    if not hasattr(os, "fork"):
        return 1
    return max(1, min(len(os.sched_getaffinity(0)), pages // WORTH_A_PROCESS))
