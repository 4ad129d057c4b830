"""A plain project's build: compiled by one process or several, written beside the published site, exchanged with it."""

from __future__ import annotations

import contextlib
import gc
import os
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from balise.building.changes import Drawer, Memory, compile_changes, load_memory, may_be_enough, save_memory
from balise.building.crew import Crew, Errand
from balise.building.output import Output, Sink
from balise.building.plain import PlainConfig, read_plain
from balise.building.report import BuildReport, check_site_dir, disk_message
from balise.building.share import Finished, Job, Plan, Share, Translated, prepare
from balise.building.signals import Endings
from balise.building.staging import Staging, enter, leave, publish
from balise.building.unchanged import (
    Recalled,
    Request,
    check_sources,
    note_build,
    recall_again,
    site_stamps,
    source_folders,
    sources_changed,
    stamps,
)
from balise.components import render_page
from balise.errors import ProjectError
from balise.pipeline import Options, check_frame, site_phrases
from balise.problems import Severity, has_errors
from balise.project import MAX_ASSET_BYTES, Project, load_sources
from balise.registries import load_registries
from balise.site import addresses, asset_address, ordered_pages
from balise.site_config import BrokenProjectError
from balise.source import SourceProblem, read_bytes
from balise.views import SiteViews

_Told = TypeVar("_Told", Translated, Finished)

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
    check_site_dir(wish.target, wish.root, wish.plain.content)
    waiting = "Another build publishes into the same folder; waiting for it to end."
    endings = Endings()
    with uncollected(), endings.taken():
        staging = enter(wish.target, lambda: say(waiting), endings)
        try:
            with endings.heeded():
                return _build(wish, last, staging, describe)
        except BrokenProjectError as broken:
            return BuildReport(False, broken.problems, None, str(wish.target))
        except OSError as failure:
            raise ProjectError(disk_message(failure, wish.target, staging.folder)) from None
        finally:
            leave(staging)


def _build(wish: Wish, last: Recalled | None, staging: Staging, describe: Describe) -> BuildReport:
    """Build into the staging folder; publish and write down what is good, all while the lock is held."""
    sources = stamps(wish.folders, time.time_ns())
    if read_plain(wish.request.config) != wish.plain:
        raise sources_changed([str(wish.request.config)], wish.root)
    try:
        memory = _compile(wish, recall_again(last, wish.request, sources), Output(staging.folder))
    except Exception:
        check_sources(sources, wish.folders, wish.root)  # a file that was half there is no fault of the author's
        raise
    check_sources(sources, wish.folders, wish.root)
    problems, strict = memory.problems(), wish.request.strict or wish.plain.strict
    good = not has_errors(problems) and not (strict and any(p.severity is Severity.WARNING for p in problems))
    report = BuildReport(good, problems, memory.summary(), str(wish.target))
    if good:
        site = site_stamps(staging.folder, wish.target)
        publish(staging)
        signature = save_memory(wish.root, memory)
        note_build(wish.request, sources, site, wish.folders, signature, describe(report))
    return report


@contextlib.contextmanager
def uncollected() -> Iterator[None]:
    """Let nobody search for garbage inside: a build makes little of it and ends soon."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


def _compile(wish: Wish, last: Recalled | None, output: Output) -> Memory:
    """Compile what changed where that is enough, else everything, and write the whole site."""
    enough = last and last.changed and may_be_enough(last.changed, wish.root)
    known = load_memory(wish.root, last.memory) if last and enough else None
    changes = compile_changes(known, last.changed, wish.target) if last and known else None
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
    project = load(wish.root, wish.plain.content, wish.jobs)
    table, redirects, clashes = addresses(project)
    plan = Plan(project, wish.options, table, wish.plain.site_url, site_phrases(project))
    whole = (*project.problems, *clashes, *check_frame(project, wish.options, plan.phrases))
    memory, views, finished = compile_pages(
        Memory(plan, redirects, {}, {}, whole, {}), Drawer() if has_errors(clashes) else output, wish.jobs
    )
    if not has_errors(whole):
        write_rest(views, redirects, lines_of(finished), output)
    return memory


def compile_pages(memory: Memory, output: Sink | None, processes: int) -> tuple[Memory, SiteViews, Sequence[Finished]]:
    """Compile every page of a plan, in so many processes (0 for as many as are worth it), and write it into an output.

    Returns the memory of the site, its views and what came of its pages. Without an output nothing is written.
    """
    plan = memory.plan
    project = plan.project
    jobs = [(tag, page.id) for tag in project.site.languages for page in ordered_pages(project)]
    shares = [Share(plan, part, output) for part in _divide(project, jobs, processes)]
    if len(shares) > 1:
        prepare(shares)
    crew = Crew(shares)
    try:
        told = _in_order(jobs, crew.each("translate"))
        finished = _in_order(jobs, crew.each("finish", told))
    finally:
        crew.close()
    return memory.with_pages(project, told, finished), shares[0].views or plan.views(told), finished


def load(root: Path, content: str, processes: int) -> Project:
    """Return the project; a second processor reads the registries meanwhile, unless one process is asked for."""
    if processes == 1 or _processors(2 * WORTH_A_PROCESS) < 2:
        return load_sources(root, content)
    with contextlib.closing(Errand(load_registries, root / content / "data", root)) as errand:
        return load_sources(root, content, read_registries=lambda *_: errand.result())


def lines_of(finished: Iterable[Finished]) -> Mapping[str, list[str]]:
    """Return what the search knows of the pages, by language."""
    lines: dict[str, list[str]] = {}
    for item in finished:
        lines.setdefault(item.language, []).append(item.line)
    return lines


def write_rest(
    views: SiteViews, redirects: Mapping[str, str], lines: Mapping[str, Iterable[str]], output: Output
) -> None:
    """Write everything but the pages of the sources: assets, styles, scripts, texts, redirects, template pages."""
    project = views.project
    for name in project.assets:
        try:
            content = read_bytes(project.root / project.content / name, project.root, MAX_ASSET_BYTES)
        except SourceProblem as refused:
            raise ProjectError(str(refused.problem)) from None
        output.write(asset_address(project, name), content)
    for address, content in views.font.files.items():
        output.write(address, content)
    for address, text in views.texts(redirects, lines).items():
        output.write(address, text.encode())
    for address, view in views.template_pages().items():
        output.write(address, render_page(view, views.phrases[view.language]).encode())
    for address, text in views.worker(output.read).items():
        output.write(address, text.encode())


def _divide(project: Project, jobs: Sequence[Job], parts: int) -> list[list[Job]]:
    """Return the jobs in so many parts (0 for as many as are worth it) that need about as long."""
    slow = {(tag, page.id) for page in project.pages.values() for tag in project.targets(page)}
    return divide(jobs, slow, parts or _processors(len(jobs)))


def divide(jobs: Sequence[Job], slow: Set[Job], parts: int) -> list[list[Job]]:
    """Return the jobs in at most so many parts, each with its fair share of the `slow` ones; the first may be empty.

    Of either kind, a part has those that stand together, so that its process sees few editions.
    """
    kinds = ([job for job in jobs if job in slow], [job for job in jobs if job not in slow])
    parts = max(1, min(parts, len(jobs)))

    def part(at: int) -> list[Job]:
        cuts = [kind[len(kind) * at // parts : len(kind) * (at + 1) // parts] for kind in kinds]
        return [job for cut in cuts for job in cut]

    return [jobs for jobs in map(part, range(parts)) if jobs] or [[]]


def _in_order(jobs: Sequence[Job], parts: Iterable[Iterable[_Told]]) -> list[_Told]:
    """Return what was told of each job, in the order of the jobs."""
    places = {job: place for place, job in enumerate(jobs)}
    return sorted((item for part in parts for item in part), key=lambda item: places[item.language, item.id])


def _processors(pages: int) -> int:
    """Return how many processes so many pages are worth on this machine; one where processes cannot be copied."""
    if not hasattr(os, "fork"):
        return 1
    return max(1, min(len(os.sched_getaffinity(0)), pages // WORTH_A_PROCESS))
