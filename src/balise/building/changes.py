"""Building only what changed: what a build remembers of every page, and pages that change nothing but themselves."""

from __future__ import annotations

import os
import pickle
import stat
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from balise.building.memory import read_memory, write_memory
from balise.building.output import Sink
from balise.building.share import Finished, Job, Plan, Share, Translated
from balise.catalogues import State
from balise.drafts import as_notes
from balise.offline import is_kept
from balise.page import Page, parse_page
from balise.pipeline import Anchors, Summary, check_anchors
from balise.problems import Problem, sorted_problems
from balise.project import Project
from balise.search import line_name
from balise.site import search_address
from balise.source import SourceProblem, YamlDocument, read_text
from balise.units import Cutting

if TYPE_CHECKING:
    from balise.lint.gate import Verdict
    from balise.lint.judgement import Judgement
    from balise.lint.whole import Notes

NAME = "pages.bin"
_OWN_AFFAIR = frozenset({"reviewed", "reviewed_by", "next_review"})
"""Front-matter keys that no other page shows or depends on."""


@dataclass(frozen=True)
class Memory:
    """A compiled site without what fills its pages.

    `plan` holds pages without text and a project without catalogues; `whole` are the problems of no page alone,
    `alone` those of one, by job, or by "" and source path; `anchors` are those of finished pages; `notes` is what the
    gate says of them, `data` of the texts outside pages; `lost` are links to headings that no page has, of pages that
    are here without their text.
    """

    plan: Plan
    redirects: Mapping[str, str]
    told: Mapping[Job, Translated]
    anchors: Anchors
    whole: tuple[Problem, ...]
    alone: Mapping[tuple[str, str], tuple[Problem, ...]]
    notes: Notes = field(default_factory=dict)
    data: tuple[Verdict, ...] = ()
    lost: tuple[Problem, ...] = ()

    def with_pages(self, project: Project, told: Iterable[Translated], finished: Iterable[Finished]) -> Memory:
        """Return the memory after some pages were compiled in a project."""
        anchors, alone, notes = dict(self.anchors), dict(self.alone), dict(self.notes)
        for item in finished:
            job = (item.language, item.id)
            anchors.pop(job, None)
            if item.anchors:
                anchors[job] = item.anchors
            alone[job] = item.problems
            alone |= {("", path): problems for path, problems in item.sources.items()}
            notes |= {job: item.notes} if item.notes else {}
        everything = {**self.told, **{(item.language, item.id): item for item in told}}
        plan = replace(self.plan, project=project)
        read = set(_paths(project, {item.id for item in told})) if self.lost else set()
        lost = tuple(problem for problem in self.lost if problem.location.path not in read)
        return replace(self, plan=plan, told=everything, anchors=anchors, alone=alone, notes=notes, lost=lost)

    def lost_links(self) -> tuple[Problem, ...]:
        """Return a problem for each link to a heading that no page has."""
        return (*self.lost, *check_anchors(self.plan.project, self.anchors))

    def judge(self) -> Judgement:
        """Return what the gate says of the whole site; nothing where none has read it."""
        from balise.lint.gate import make_gate
        from balise.lint.judgement import Judgement, sum_up
        from balise.lint.whole import Whole

        plan = self.plan
        if plan.wanted is None:
            return Judgement()
        titles = {job: item.title.text for job, item in self.told.items()}
        whole = Whole(plan.project, plan.table, self.notes, titles, plan.options.today)
        return sum_up(make_gate(plan.project, plan.wanted), whole, self.data)

    def problems(self) -> tuple[Problem, ...]:
        """Return all problems by place."""
        found = [*self.whole, *self.lost_links()]
        for problems in self.alone.values():
            found += problems
        project = self.plan.project
        return sorted_problems(as_notes(found, project.drafts, project.content))

    def summary(self) -> Summary:
        """Return the counts that a build prints."""
        pages = dict.fromkeys(self.plan.project.site.languages, 0)
        units = {tag: [0] * len(State) for tag in pages}
        for item in self.told.values():
            pages[item.language] += 1
            units[item.language] = [one + more for one, more in zip(units[item.language], item.counts, strict=True)]
        by_state = {tag: dict(zip(State, counts, strict=True)) for tag, counts in units.items()}
        return Summary(pages, by_state, len(self.plan.project.drafts))


def save_memory(root: Path, memory: Memory, name: str = NAME, *, places: bool = False) -> str:
    """Keep a compiled site for the next build, and return the signature it is found by.

    With `places`, what is told of front matter keeps its line.
    """
    project = memory.plan.project
    slim = replace(
        project,
        pages={key: _without_text(page, places=places) for key, page in project.pages.items()},
        own={key: _without_text(page, places=places) for key, page in project.own.items()},
        site_catalogues={},
        theme_catalogues={},
        registries=replace(project.registries, messages=()),
    )
    content = replace(memory, plan=replace(memory.plan, project=slim), lost=memory.lost_links())
    return write_memory(root, name, pickle.dumps(content, pickle.HIGHEST_PROTOCOL))


def _without_text(page: Page, *, places: bool) -> Page:
    document = page.document if places else YamlDocument(page.path, page.meta, {})
    return replace(page, cutting=Cutting(b"", (), (), ()), document=document)


def _paths(project: Project, ids: Container[str]) -> Iterator[str]:
    """Yield the source files of pages."""
    every = (*project.pages.values(), *project.own.values())
    return (page.path for page in every if page.id in ids)


def load_memory(root: Path, signature: str, name: str = NAME) -> Memory | None:
    """Return what the build with this signature kept, `None` where it is gone or made by another program."""
    content = read_memory(root, name, signature)
    if content is None:
        return None
    try:
        memory = pickle.loads(content)  # noqa: S301 - signed by this user's own builds
    except Exception:  # noqa: BLE001 - another version of a class may fail in any way
        return None
    return memory if isinstance(memory, Memory) else None


class Drawer:
    """Files that are kept until it is clear that they are wanted."""

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}

    def write(self, address: str, content: bytes) -> None:
        """Keep a file."""
        self.files[address] = content


def compile_changes(
    memory: Memory, changed: Iterable[str], published: Path
) -> tuple[Memory, Mapping[str, bytes]] | None:
    """Return the memory after these files changed, and the published files that are different, by address.

    `None` says that more may have changed than pages by themselves: everything has to be compiled again.
    """
    drawer = Drawer()
    changes = change_pages(memory, changed, drawer)
    if changes is None:
        return None
    after, told, finished = changes
    drawer.files |= _search_texts(published, memory.plan.table, finished)
    drawer.files |= _worker(after, finished, drawer.files, published)
    if any(item.reviewed != memory.told[item.language, item.id].reviewed for item in told):
        views = after.plan.views(after.told.values())
        drawer.files |= {address: text.encode() for address, text in views.sitemaps().items()}
    return after, drawer.files


def change_pages(
    memory: Memory, changed: Iterable[str], output: Sink | None
) -> tuple[Memory, list[Translated], list[Finished]] | None:
    """Return the memory after these files changed, and what was told of the pages, which an output gets.

    `None` says that more may have changed than pages by themselves: everything has to be compiled again.
    """
    before = memory.plan
    touched = _touched(before.project, changed)
    project = _read_again(before.project, touched) if touched else None
    if not touched or project is None or _had_problems(memory, touched):
        return None
    jobs = [(tag, page_id) for tag in project.site.languages for page_id in touched]
    share = Share(replace(before, project=project), jobs, output)
    told = share.translate()
    if any(_seen_elsewhere(item) != _seen_elsewhere(memory.told[item.language, item.id]) for item in told):
        return None
    finished = share.finish(list({**memory.told, **{(item.language, item.id): item for item in told}}.values()))
    if any(item.anchors != memory.anchors.get((item.language, item.id), frozenset()) for item in finished):
        return None
    return memory.with_pages(project, told, finished), told, finished


def _worker(
    memory: Memory, finished: Iterable[Finished], files: Mapping[str, bytes], published: Path
) -> Mapping[str, bytes]:
    """Return the service worker, which names a digest of the pages it keeps, where one of these pages is kept."""
    plan, project = memory.plan, memory.plan.project
    kept = project.site.offline == "yes" and any(is_kept(project.pages[item.id], project.site) for item in finished)
    if not kept:
        return {}

    def read(address: str) -> bytes:
        return files[address] if address in files else (published / address).read_bytes()

    views = plan.views(memory.told.values())
    return {address: text.encode() for address, text in views.worker(read).items()}


def _search_texts(
    published: Path, table: Mapping[Job, str], finished: Iterable[Finished]
) -> Iterator[tuple[str, bytes]]:
    """Yield the texts that searches read, as they are published, with the lines of these pages replaced."""
    lines: dict[str, dict[str, str]] = {}
    for item in finished:
        lines.setdefault(item.language, {})[line_name(table[item.language, item.id])] = item.line
    for language, found in lines.items():
        address = search_address(language)
        old = (published / address).read_text("utf-8").splitlines(keepends=True)
        yield address, "".join(found.get(line.partition("\t")[0], line) for line in old).encode()


def _touched(project: Project, changed: Iterable[str]) -> tuple[str, ...]:
    """Return the ids of the pages that changed files belong to; none when a file is anything else."""
    pages = {page.path: page.id for page in (*project.pages.values(), *project.own.values())}
    found: set[str] = set()
    for path in changed:
        name = os.path.relpath(path, project.root)
        inside = Path(name).parts
        if len(inside) > 3 and inside[0] == "locales" and inside[2] == "pages" and name.endswith(".po"):
            page_id = "/".join(inside[3:]).removesuffix(".po")
            page = project.pages.get(page_id)
            if page is None or inside[1] not in project.targets(page) or not _is_plain(path):
                return ()
        else:
            page_id = pages.get("/".join(inside), "")
        if not page_id:
            return ()
        found.add(page_id)
    return tuple(page_id for page_id in project.pages if page_id in found)


def may_be_enough(changed: Iterable[str], root: Path) -> bool:
    """Tell whether changed files look like texts of pages and catalogues, so that it is worth looking at them."""
    return all(path.startswith(f"{root}/") and path.endswith((".md", ".po")) for path in changed)


def _is_plain(path: str) -> bool:
    """Tell whether a catalogue is a regular file or gone; anything else is a problem of the whole project."""
    try:
        return stat.S_ISREG(os.lstat(path).st_mode)
    except FileNotFoundError:
        return True
    except OSError:
        return False


def _had_problems(memory: Memory, touched: Iterable[str]) -> bool:
    """Tell whether reading one of the pages found a problem last time: it may be gone now."""
    project = memory.plan.project
    paths = set(_paths(project, tuple(touched)))
    return any(problem.location.path in paths for problem in memory.whole)


def _read_again(project: Project, touched: Iterable[str]) -> Project | None:
    """Return the project with these pages as they are on disk now; `None` where that shows a problem or a new head."""
    pages, own = dict(project.pages), dict(project.own)
    for page_id in touched:
        page = _read_page(project, pages[page_id])
        if page is None:
            return None
        pages[page_id] = page
    for key in [key for key in own if key[1] in touched]:
        page = _read_page(project, own[key])
        if page is None:
            return None
        own[key] = page
    return replace(project, pages=pages, own=own)


def _read_page(project: Project, known: Page) -> Page | None:
    try:
        text = read_text(project.root / known.path, project.root)
    except SourceProblem:
        return None
    page, found = parse_page(text, known.path, known.id, project.types, known.language)
    if page is None or found or _head(page) != _head(known):
        return None
    return page


def _head(page: Page) -> tuple[object, ...]:
    """Return what other pages may depend on of a page's front matter."""
    return page.language, {key: value for key, value in page.meta.items() if key not in _OWN_AFFAIR}


def _seen_elsewhere(item: Translated) -> Translated:
    """Return what was told of a page without what no other page shows."""
    return item._replace(counts=(), reviewed="")
