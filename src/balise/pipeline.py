"""From a loaded project to the compiled site: every page in every language, and everything an author has to mend."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from copy import copy
from dataclasses import dataclass, replace
from functools import cached_property
from operator import attrgetter
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from markupsafe import Markup

from balise.body import Marks, Surroundings, render_body
from balise.calls import Calls
from balise.catalogues import Catalogue, CataloguePhrases, State, phrases_for
from balise.components import render_component
from balise.drafts import as_notes
from balise.expand import CallError, Component, Expander, Slots, check_calls
from balise.fields import is_true
from balise.guide_check import prove_guides
from balise.guide_parts import GuideParts
from balise.languages import Text, fallbacks
from balise.links import check_fragments, check_links, read_target, relative_url
from balise.markdown import line_and_column
from balise.page import Page
from balise.problems import Location, Problem, error, sorted_problems
from balise.project import Project
from balise.site import Body, CompiledPage, Edition, Listing, Site, addresses, asset_address, ordered_pages
from balise.site_config import DOORS
from balise.skeleton import Plain, Sections, SkeletonError, Skeletons, check_skeleton
from balise.theme_view import Card, Door
from balise.translate import TranslatedPage, own_text, settle, translate_page
from balise.typography import plain_typography, set_block
from balise.units import LinkMark

if TYPE_CHECKING:
    from balise.guides.model import Step
    from balise.lint.gate import Gate, Verdict
    from balise.lint.judgement import Judgement
    from balise.lint.surroundings import Surroundings as GateSurroundings
    from balise.lint.whole import PageNotes

UNREADY_SHARE = 0.5
"""Share of missing units above which an edition's page is not offered to search engines as a translation."""


@dataclass(frozen=True)
class Options:
    """What a build is told from outside: the day it counts from (ISO), and whether expired facts may be shown."""

    today: str
    allow_stale: bool = False


@dataclass(frozen=True)
class Compilation:
    """A compiled site, what compiled each edition and checked each language's calls, and the problems by owner.

    `whole` are problems of no page alone; `alone` those of one: by language and id where compiled, by "" and path in a
    source file. `gate` reads the pages where there is one; `data` is what it says of the texts outside pages.
    """

    site: Site
    editions: Mapping[str, EditionCompiler]
    expanders: Mapping[str, Expander]
    whole: tuple[Problem, ...]
    alone: Mapping[tuple[str, str], tuple[Problem, ...]]
    gate: Gate | None = None
    data: tuple[Verdict, ...] = ()

    def judge(self) -> Judgement:
        """Return what the gate says of the whole site; nothing without a gate."""
        from balise.lint.judgement import Judgement, sum_up
        from balise.lint.whole import Whole

        if self.gate is None:
            return Judgement()
        notes = {(tag, name): found for tag, one in self.editions.items() for name, found in one.notes.items()}
        titles = {
            (tag, name): page.title.text for tag, one in self.site.editions.items() for name, page in one.pages.items()
        }
        some = next(iter(self.editions.values()))
        whole = Whole(self.site.project, some.table, notes, titles, some.options.today)
        return sum_up(replace(self.gate, project=self.site.project), whole, self.data)

    def problems(self) -> tuple[Problem, ...]:
        """Return all problems of the project, sorted by place."""
        found = [*self.whole, *check_anchors(self.site.project, site_anchors(self.site))]
        for problems in self.alone.values():
            found += problems
        project = self.site.project
        return sorted_problems(as_notes(found, project.drafts, project.content))

    def with_page(self, project: Project, page: Page) -> Compilation:
        """Return the compilation of a project that differs in this page's text or catalogues alone.

        What other pages show of it (titles, addresses, place in the navigation) must be the same.
        """
        editions = {tag: compiler.with_page(project, page.id) for tag, compiler in self.editions.items()}
        compiled = {
            tag: Edition(tag, {**edition.pages, page.id: editions[tag].page(page.id)})
            for tag, edition in self.site.editions.items()
        }
        alone = {**self.alone, ("", page.key): tuple(check_source(page, project, self.expanders[page.language]))}
        for tag, compiler in editions.items():
            alone[tag, page.id] = tuple(compiler.problems[page.id])
        site = Site(project, compiled, self.site.redirects)
        return Compilation(site, editions, self.expanders, self.whole, alone, self.gate, self.data)


def compile_site(project: Project, options: Options) -> tuple[Site, tuple[Problem, ...]]:
    """Return every page of every edition, and all problems of the project, sorted by place."""
    compilation = compile_project(project, options)
    return compilation.site, compilation.problems()


def compile_project(project: Project, options: Options, gate: Gate | None = None) -> Compilation:
    """Return the compilation of a whole project, its pages read by a gate where there is one."""
    table, redirects, found = addresses(project)
    skeletons, phrases = Skeletons(project.page_types), site_phrases(project)
    compilers: dict[str, EditionCompiler] = {}
    editions: dict[str, Edition] = {}
    alone: dict[tuple[str, str], tuple[Problem, ...]] = {}
    for language in _source_first(project):
        compilers[language] = EditionCompiler(
            project, language, options, table, skeletons, phrases=phrases[language], gate=gate
        )
        editions[language] = compilers[language].compile()
        alone |= {(language, name): tuple(found) for name, found in compilers[language].problems.items()}
    expanders = _source_expanders(project, compilers)
    for page in (*project.pages.values(), *project.own.values()):
        alone["", page.key] = tuple(check_source(page, project, expanders[page.language]))
    whole = (*project.problems, *found, *check_frame(project, options, phrases))
    site = Site(project, {tag: editions[tag] for tag in project.site.languages}, redirects)
    data: tuple[Verdict, ...] = ()
    if gate:
        from balise.lint.judgement import judge_data

        data = judge_data(gate, options.today, phrases)
    return Compilation(site, compilers, expanders, whole, alone, gate, data)


def check_frame(project: Project, options: Options, phrases: Mapping[str, CataloguePhrases]) -> Iterable[Problem]:
    """Yield the problems of page types, of the help bar and of guides."""
    for page_type in project.types.values():
        yield from check_skeleton(page_type)
    yield from _check_help(project, options, phrases[project.site.source_language])
    yield from prove_guides(project, options.today, translated=False)[1] if project.guides else ()


def _source_first(project: Project) -> tuple[str, ...]:
    source = project.site.source_language
    return (source, *(tag for tag in project.site.languages if tag != source))


class EditionCompiler:
    """Compiles one edition; holds its words, its calls, its addresses and the problems of each page by id.

    With a gate, `notes` is what its rules found on each page, which are no problems of compiling. Bodies that nobody
    will see need not be `typeset`.
    """

    def __init__(
        self,
        project: Project,
        language: str,
        options: Options,
        table: Mapping[tuple[str, str], str],
        skeletons: Skeletons,
        *,
        phrases: CataloguePhrases | None = None,
        gate: Gate | None = None,
    ) -> None:
        self.project, self.language, self.options, self.gate = project, language, options, gate
        self.table, self.skeletons = table, skeletons
        self.phrases = phrases or edition_phrases(project, language)
        self.calls = Calls(project, language, self.phrases, options.today, options.allow_stale)
        self.expander = Expander(self.calls.functions())
        self.problems: dict[str, list[Problem]] = {}
        self.translated: dict[str, TranslatedPage] = {}
        self.shown: dict[str, TranslatedPage] = {}
        self.listings: dict[str, Listing] = {}
        self.notes: dict[str, PageNotes] = {}
        self.typeset = True
        self._guide_pages: dict[str, TranslatedPage] = {}

    def compile(self) -> Edition:
        """Return the edition; every page is translated before the first is finished, for the cards show others."""
        pages = ordered_pages(self.project)
        for page in pages:
            self.translate(page, self.project.catalogues.get((self.language, page.id)))
        return Edition(self.language, {page.id: self.page(page.id) for page in pages})

    def with_page(self, project: Project, page_id: str) -> EditionCompiler:
        """Return the compiler of a project that differs in one page, which is translated and not yet finished."""
        changed = copy(self)
        changed.project = project
        changed.problems, changed.translated, changed.shown = {**self.problems}, {**self.translated}, {**self.shown}
        changed.listings, changed.notes, changed._guide_pages = {**self.listings}, {**self.notes}, {}
        changed.gate = self.gate and replace(self.gate, project=project)
        changed.__dict__.pop("_gate_surroundings", None)
        changed.translate(project.pages[page_id], project.catalogues.get((self.language, page_id)))
        return changed

    def translate(self, page: Page, catalogue: Catalogue | None) -> Listing:
        """Translate a page, note its problems, and return what other pages show of it.

        A page written in the edition's language needs no catalogue.
        """
        own = self.project.own.get((self.language, page.id))
        found: tuple[Problem, ...] = ()
        if own or catalogue is None:
            result = own_text(own or page)
        else:
            result, found = translate_page(page, catalogue, self.language)
        shown = settle(result)
        self.translated[page.id], self.shown[page.id], self.problems[page.id] = result, shown, [*found]
        unready = result.count(State.MISSING, State.REFUSED) > UNREADY_SHARE * result.total
        meta = result.page.meta
        self.listings[page.id] = Listing(
            page=page,
            language=self.language,
            address=self.table[self.language, page.id],
            title=set_text(shown.text("title")),
            short=set_text(shown.text("short")),
            description=set_text(shown.text("description")),
            unready=unready,
            reviewed=str(meta.get("reviewed", "")),
            hidden=unready or is_true(meta.get("noindex")),
            draft="page" if page.is_draft else "text" if result.page.is_draft else "",
        )
        return self.listings[page.id]

    def draw_calls(self, text: str) -> None:
        """Draw what the calls of a text show, as it is shown on most pages, so that pages find it drawn."""
        for component, alone in self.expander.components(text):
            shown = component.block if alone else component.inline
            if alone and shown and self.typeset:
                set_block(shown, self.language)

    def page(self, page_id: str) -> CompiledPage:
        """Return a translated page finished, and note its problems."""
        body, found = self.body(page_id)
        self.problems[page_id] += found
        if self.gate:
            self._pass_gate(self.gate, page_id, body.html)
        listing = self.listings[page_id]
        return CompiledPage(**vars(listing), translated=self.translated[page_id], shown=self.shown[page_id], body=body)

    def _pass_gate(self, gate: Gate, page_id: str, html: Markup) -> None:
        """Let the rules read a page, and note what they find and what is worth remembering."""
        from balise.lint.sheets import page_sheet
        from balise.lint.whole import page_notes

        step = self.shown[page_id].page.step
        if step and step.is_copy:
            return
        sheet = page_sheet(self.translated[page_id], self.language, self._gate_surroundings, html)
        self.notes[page_id] = page_notes(sheet, gate.check(sheet), scores=gate.wanted.scores)

    @cached_property
    def _gate_surroundings(self) -> GateSurroundings:
        from balise.lint.surroundings import Surroundings as GateSurroundings

        advice = self.gate is None or self.gate.wanted.advice or bool(self.gate.wanted.select)
        return GateSurroundings(self.project, self.language, self.phrases, self.options.today, advice)

    def forget(self, page_id: str) -> None:
        """Drop a page that is finished and that nobody will ask for again."""
        del self.translated[page_id], self.shown[page_id], self.problems[page_id]

    def body(self, page_id: str, marks: Callable[[str], Marks] = Marks) -> tuple[Body, tuple[Problem, ...]]:
        """Return a translated page's finished body, its units between these marks, and what stands in its way."""
        shown = self.shown[page_id]
        source = self.table[self.language, page_id]

        def fill(sections: Mapping[str, str], slots: Slots, marks: Marks) -> str:
            return self._fill(shown, sections, slots, marks)

        around = Surroundings(
            language=self.language,
            expander=self.expander,
            fill=fill,
            resolve=lambda address: self._resolve(address, shown.page.id, source),
            alert=self.calls.alert,
            back=self.phrases.gettext("Back to the text"),
            sources=self.calls.sources,
            marks=marks,
            typeset=self.typeset,
        )
        try:
            body, found = render_body(shown, around)
            if shown.page.step and not found:
                body = replace(body, html=self._guide_parts(shown.page, shown.page.step).link_answers(body.html))
            return body, found
        except SkeletonError as refused:
            return Body(Markup()), (refused.problem,)
        except CallError as refused:
            where = Location(shown.page.path, shown.page.body_line)
            problem = error(refused.rule, refused.message, where, refused.hint)
            return Body(Markup()), () if refused.echo else (problem,)

    def _fill(self, shown: TranslatedPage, sections: Mapping[str, str], slots: Slots, marks: Marks) -> str:
        page = shown.page
        values: dict[str, Any] = {
            **Sections(sections).functions(),
            "_": lambda text: self._word(text, marks),
            "page": {key: item for key, item in page.meta.items() if isinstance(item, str)},
            "cards": lambda: self._cards(page),
            "doors": lambda: self._doors(page),
            "channels": lambda: self.calls.channel_list(tuple(page.meta.get("needs", ()))),
            "directory": self.calls.directory,
            "minutes": self._minutes,
        }
        if page.step:
            values |= self._guide_parts(page, page.step).functions()
        return self.skeletons.fill(page.type.name, values, slots)

    def _guide_parts(self, page: Page, step: Step) -> GuideParts:
        """Return the parts of a guide's step."""
        source = self.table[self.language, page.id]

        def url(page_id: str) -> str:
            return relative_url(self.table[self.language, page_id], source)

        return GuideParts(page, step, self.calls, self.listings[step.page(step.start)].short, url, self._guide_page)

    def _guide_page(self, page_id: str) -> TranslatedPage:
        """Return a page of a guide as it is shown, also where another process compiles it."""
        if page_id not in self._guide_pages:
            page = self.project.pages[page_id]
            if page.language == self.language:
                self._guide_pages[page_id] = own_text(page)
            else:
                known = self.project.catalogues.get((self.language, page_id))
                catalogue = known or self.project.load_catalogue(self.language, page_id)[0]
                self._guide_pages[page_id] = settle(translate_page(page, catalogue, self.language)[0])
        return self._guide_pages[page_id]

    def _word(self, text: str, marks: Marks) -> Plain:
        """Return a template's text in the edition's language, marked where it is not."""
        entry = self.phrases.site.get(("", text)) or self.phrases.theme.get(text)
        if entry and entry.translation and not entry.fuzzy:
            return Plain(entry.translation)
        written = self.project.site.data_language
        return Plain(text if written in fallbacks(self.language) else marks.wrap(text, written))

    def _minutes(self, minutes: str) -> str:
        count = int(minutes)
        return self.phrases.ngettext("{count} minute", "{count} minutes", count).format(count=count)

    def _cards(self, page: Page) -> Component:
        source = self.table[self.language, page.id]
        items = []
        inside = [other for other in self.project.pages.values() if other.section == page.section]
        for other in sorted(inside, key=attrgetter("order")):
            if not other.is_index and not other.is_inner_step:
                listing = self.listings[other.id]
                items.append(Card(listing.title, listing.description, relative_url(listing.address, source)))
        return Component(render_component("cards", self.phrases, items=tuple(items)))

    def _doors(self, page: Page) -> Component | Plain:
        """Return the doors that site.yml names; nothing for a site that names none."""
        source, named = self.table[self.language, page.id], self.project.site.doors
        urls = {door: self.table.get((self.language, named.get(door, ""))) for door in DOORS}
        doors = tuple(Door(door, relative_url(url, source)) for door, url in urls.items() if url)
        return Component(render_component("audience-doors", self.phrases, doors=doors)) if doors else Plain()

    def _resolve(self, address: str, page_id: str, source: str) -> str | None:
        target = read_target(address, page_id)
        step = self.project.pages[page_id].step
        if step and target.kind == "here" and (self.language, step.page(target.fragment)) in self.table:
            return relative_url(self.table[self.language, step.page(target.fragment)], source)
        fragment = f"#{target.fragment}" if target.fragment else ""
        if target.kind == "page" and (self.language, target.name) in self.table:
            if self.project.site.discreet and target.name != page_id:
                fragment = ""  # a heading's name in the address would tell what the page is about
            return relative_url(self.table[self.language, target.name], source) + fragment
        if target.kind == "asset":
            return quote(relative_url(asset_address(self.project, target.name), source)) + fragment
        return None


def set_text(text: Text) -> Text:
    """Return a plain text with the typography of its language."""
    return Text(plain_typography(text.text, text.language), text.language)


def site_phrases(project: Project) -> Mapping[str, CataloguePhrases]:
    """Return the words of every edition, by language."""
    return {tag: edition_phrases(project, tag) for tag in project.site.languages}


def edition_phrases(project: Project, language: str) -> CataloguePhrases:
    """Return the words of an edition."""
    return phrases_for(language, project.site.data_language, project.theme_catalogues, project.site_catalogues)


def written_in(page: Page, project: Project) -> str:
    """Return the edition that a source file's calls are checked in: its language's, else the site's."""
    return page.language if page.language in project.site.languages else project.site.source_language


def _source_expanders(project: Project, compilers: Mapping[str, EditionCompiler]) -> Mapping[str, Expander]:
    """Return what checks the calls of source files, by the language they are written in: that of the edition."""
    pages = (*project.pages.values(), *project.own.values())
    return {page.language: compilers[written_in(page, project)].expander for page in pages}


def check_source(page: Page, project: Project, expander: Expander) -> Iterable[Problem]:
    """Yield the faulty calls and links of a source file, once, where the author typed them."""
    text = page.cutting.source.decode()
    yield from check_calls(text, _character_place(page, text), expander)
    yield from check_links(page, project.page_ids, project.assets, _link_place(page), drafts=project.left_out)


def _character_place(page: Page, text: str) -> Callable[[int], Location]:
    def place(offset: int) -> Location:
        line = text.count("\n", 0, offset)
        return Location(page.path, page.line(line + 1), offset - text.rfind("\n", 0, offset))

    return place


def _link_place(page: Page) -> Callable[[LinkMark], Location]:
    def place(mark: LinkMark) -> Location:
        line, column = line_and_column(page.cutting.source, mark.start)
        return Location(page.path, page.line(line), column)

    return place


Anchors = Mapping[tuple[str, str], frozenset[str]]
"""The ids on each finished page, by language and page id; a page that could not be finished is left out."""


def site_anchors(site: Site) -> Anchors:
    """Return the anchors of a compiled site."""
    pages = [page for edition in site.editions.values() for page in edition.pages.values()]
    return {(page.language, page.page.id): page.body.anchors for page in pages if page.body.anchors}


def check_anchors(project: Project, anchors: Anchors) -> Iterable[Problem]:
    """Yield a problem for each link to a heading that no edition's finished page has.

    A text of its own is held to its own edition.
    """
    shared: dict[str, frozenset[str]] = {}
    for (language, page_id), found in anchors.items():
        if (language, page_id) not in project.own:
            shared[page_id] = shared.get(page_id, frozenset()) | found
    for source in project.pages.values():
        yield from check_fragments(source, shared, _link_place(source))
    for (tag, _), source in project.own.items():
        inside = {page_id: found for (language, page_id), found in anchors.items() if language == tag}
        yield from check_fragments(source, inside, _link_place(source))


def _check_help(project: Project, options: Options, phrases: CataloguePhrases) -> Iterable[Problem]:
    """Yield a problem for each channel of the help bar that may not be shown; loading reports an unknown one."""
    site = project.site
    calls = Calls(project, site.source_language, phrases, options.today)
    calls.allow_stale = options.allow_stale
    for key, table in (("emergency", site.emergency), ("help", site.help)):
        name = table.get(site.default_country, "")
        if name in project.registries.channels:
            try:
                calls.view(name)
            except CallError as refused:
                place = site.document.location(key, site.default_country)
                yield error(refused.rule, f"{key} of {site.default_country}: {refused.message}", place, refused.hint)


@dataclass(frozen=True)
class Summary:
    """What a build made: pages per edition, units per edition and state, front matter included, and drafts left out."""

    pages: Mapping[str, int]
    units: Mapping[str, Mapping[State, int]]
    drafts: int = 0


def summarise(site: Site) -> Summary:
    """Return the counts that a build prints."""
    units = {
        tag: {state: sum(page.translated.count(state) for page in edition.pages.values()) for state in State}
        for tag, edition in site.editions.items()
    }
    pages = {tag: len(edition.pages) for tag, edition in site.editions.items()}
    return Summary(pages, units, len(site.project.drafts))
