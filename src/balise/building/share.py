"""One process's share of a build: pages of some editions, translated, then finished and written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from balise.building.output import Sink
from balise.calls import Calls
from balise.catalogues import Catalogue, CataloguePhrases
from balise.components import render_page, theme_components
from balise.languages import Text
from balise.page import Page
from balise.pipeline import EditionCompiler, Options, check_source, written_in
from balise.problems import Problem
from balise.project import Project
from balise.site import Listing
from balise.skeleton import Skeletons
from balise.views import SiteViews

if TYPE_CHECKING:
    from balise.lint.gate import Gate, Wanted
    from balise.lint.whole import PageNotes

Job = tuple[str, str]
"""A page in an edition: language and page id."""


class Translated(NamedTuple):
    """What a process tells the others of a page it translated; `counts` are its units by state."""

    language: str
    id: str
    title: Text
    short: Text
    description: Text
    unready: bool
    reviewed: str
    hidden: bool
    counts: tuple[int, ...]


class Finished(NamedTuple):
    """What came of a page: its anchors (none where it could not be finished), its problems, and what the search knows.

    `problems` are those of the page in its edition, `sources` those of its files by path; `notes` is what the gate says
    of it, where one reads the pages.
    """

    language: str
    id: str
    anchors: frozenset[str]
    problems: tuple[Problem, ...]
    sources: Mapping[str, tuple[Problem, ...]]
    line: str
    notes: PageNotes | None = None


@dataclass(frozen=True)
class Plan:
    """What all shares of a build have in common; `wanted` are the rules that read its pages, `None` for none."""

    project: Project
    options: Options
    table: Mapping[Job, str]
    site_url: str
    phrases: Mapping[str, CataloguePhrases]
    wanted: Wanted | None = None

    def views(self, told: Iterable[Translated], calls: Mapping[str, Calls] | None = None) -> SiteViews:
        """Return the views of a site of which this was told; `calls` are those of editions that were begun."""
        listings = self.listings(told)
        return SiteViews(self.project, listings, self.options, self.site_url, phrases=self.phrases, calls=calls)

    def listings(self, told: Iterable[Translated]) -> Mapping[str, Mapping[str, Listing]]:
        """Return what pages show of each other from what was told, by language and id in the order of `told`."""
        found: dict[str, dict[str, Listing]] = {tag: {} for tag in self.project.site.languages}
        for item in told:
            found[item.language][item.id] = Listing(
                self.project.pages[item.id],
                item.language,
                self.table[item.language, item.id],
                item.title,
                item.short,
                item.description,
                item.unready,
                item.reviewed,
                item.hidden,
                draft="",
            )
        return found


def prepare(shares: Sequence[Share]) -> None:
    """Do what each share would do for itself alike: once, before each gets a process of its own."""
    theme_components()
    plan = shares[0].plan
    for page_id in set.intersection(*(share.translated() for share in shares)):
        plan.project.pages[page_id].cutting.prepare()
    for language in set.intersection(*({language for language, _ in share.jobs} for share in shares)):
        compiler = shares[0].compiler(language)
        for page in plan.project.pages.values():
            compiler.draw_calls(page.cutting.source.decode())
        for share in shares:
            share.compilers[language] = compiler


class Share:
    """The pages one process compiles and writes; `translate` is called once, then `finish`.

    Without an output they are compiled and not written. `views` are those of the whole site, there once the pages are
    finished.
    """

    def __init__(self, plan: Plan, jobs: Sequence[Job], output: Sink | None) -> None:
        self.plan, self.jobs, self.output = plan, jobs, output
        self._skeletons = Skeletons(plan.project.page_types)
        self.compilers: dict[str, EditionCompiler] = {}
        self.views: SiteViews | None = None
        self.gate: Gate | None = None
        if plan.wanted:
            from balise.lint.gate import make_gate

            self.gate = make_gate(plan.project, plan.wanted)

    def translated(self) -> set[str]:
        """Return the ids of the pages that are translated here."""
        project = self.plan.project
        return {page_id for language, page_id in self.jobs if language in project.targets(project.pages[page_id])}

    def compiler(self, language: str) -> EditionCompiler:
        """Return what compiles an edition here."""
        if language not in self.compilers:
            plan = self.plan
            self.compilers[language] = EditionCompiler(
                plan.project,
                language,
                plan.options,
                plan.table,
                self._skeletons,
                phrases=plan.phrases[language],
                gate=self.gate,
            )
            self.compilers[language].typeset = self.output is not None
        return self.compilers[language]

    def translate(self) -> list[Translated]:
        """Translate every page, reading its catalogue, and return what the others need to know."""
        project = self.plan.project
        told = []
        for language, page_id in self.jobs:
            compiler, page = self.compiler(language), project.pages[page_id]
            catalogue: Catalogue | None = None
            found: tuple[Problem, ...] = ()
            if language in project.targets(page):
                catalogue, found = project.load_catalogue(language, page_id)
            listing = compiler.translate(page, catalogue)
            compiler.problems[page_id] += found
            counts = tuple(compiler.translated[page_id].tally.values())
            told.append(
                Translated(
                    language,
                    page_id,
                    listing.title,
                    listing.short,
                    listing.description,
                    listing.unready,
                    listing.reviewed,
                    listing.hidden,
                    counts,
                )
            )
        return told

    def finish(self, told: Sequence[Translated]) -> list[Finished]:
        """Finish and write every page, dropping each when it is written; `told` are all pages of all shares."""
        calls = {language: compiler.calls for language, compiler in self.compilers.items()}
        views = self.views = self.plan.views(told, calls)
        for language, compiler in self.compilers.items():
            compiler.listings = dict(views.listings[language])
        finished = []
        for language, page_id in self.jobs:
            compiler = self.compilers[language]
            page = compiler.page(page_id)
            line = ""
            if self.output:
                html = render_page(views.page(page), views.phrases[language])
                self.output.write(page.address, html.encode())
                line = views.search_line(page)
            sources = {
                source.key: tuple(check_source(source, self.plan.project, compiler.expander))
                for source in self._checked_here(language, page_id)
            }
            problems, notes = tuple(compiler.problems[page_id]), compiler.notes.get(page_id)
            finished.append(Finished(language, page_id, page.body.anchors, problems, sources, line, notes))
            compiler.forget(page_id)
        return finished

    def _checked_here(self, language: str, page_id: str) -> Iterable[Page]:
        """Yield the source files whose calls and links are checked with a page's edition: each file once in a build."""
        project = self.plan.project
        page, own = project.pages[page_id], project.own.get((language, page_id))
        if written_in(page, project) == language and not (page.step and page.step.is_copy):
            yield page
        if own:
            yield own
