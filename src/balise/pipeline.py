"""From a loaded project to the compiled site: every page in every language, and everything an author has to mend."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from markupsafe import Markup

from balise.body import Marks, Surroundings, render_body
from balise.calls import Calls
from balise.catalogues import CataloguePhrases, State, phrases_for
from balise.components import render_component
from balise.expand import CallError, Component, Expander, Slots, check_calls
from balise.languages import Text, fallbacks
from balise.links import check_fragments, check_links, read_target, relative_url
from balise.markdown import line_and_column
from balise.page import Page
from balise.problems import Location, Problem, error, sorted_problems
from balise.project import Project
from balise.site import Body, CompiledPage, Edition, Site, addresses, ordered_pages
from balise.skeleton import Plain, Sections, SkeletonError, Skeletons, check_skeleton
from balise.theme_view import Card
from balise.translate import TranslatedPage, own_text, settle, translate_page
from balise.typography import plain_typography
from balise.units import LinkMark


@dataclass(frozen=True)
class Options:
    """What a build is told from outside: the day it counts from (ISO), and whether expired facts may be shown."""

    today: str
    allow_stale: bool = False


def compile_site(project: Project, options: Options) -> tuple[Site, tuple[Problem, ...]]:
    """Return every page of every edition, and all problems of the project, sorted by place."""
    problems = list(project.problems)
    table, redirects, found = addresses(project)
    problems += found
    for page_type in project.types.values():
        problems += check_skeleton(page_type)
    skeletons = Skeletons(project.types)
    editions: dict[str, Edition] = {}
    for language in _source_first(project):
        compiler = _EditionCompiler(project, language, options, table, skeletons)
        editions[language], found = compiler.compile()
        problems += found
    problems += _check_sources(project, options)
    problems += _check_help(project, options)
    site = Site(project, {tag: editions[tag] for tag in project.site.languages}, redirects)
    problems += _check_anchors(site)
    return site, sorted_problems(problems)


def _source_first(project: Project) -> tuple[str, ...]:
    source = project.site.source_language
    return (source, *(tag for tag in project.site.languages if tag != source))


class _EditionCompiler:
    """Compiles one edition; holds its words, its calls and its addresses."""

    def __init__(
        self,
        project: Project,
        language: str,
        options: Options,
        table: Mapping[tuple[str, str], str],
        skeletons: Skeletons,
    ) -> None:
        self.project, self.language, self.options = project, language, options
        self.table, self.skeletons = table, skeletons
        self.phrases = edition_phrases(project, language)
        self.calls = Calls(project, language, self.phrases, options.today, options.allow_stale)
        self.expander = Expander(self.calls.functions())
        self.problems: list[Problem] = []
        self.shown: dict[str, TranslatedPage] = {}

    def compile(self) -> tuple[Edition, tuple[Problem, ...]]:
        """Return the edition and its problems."""
        pages = ordered_pages(self.project)
        results = {page.id: self._translate(page) for page in pages}
        self.shown = {page_id: settle(result) for page_id, result in results.items()}
        compiled = {page.id: self._compiled(results[page.id], self.shown[page.id]) for page in pages}
        return Edition(self.language, compiled), tuple(self.problems)

    def _translate(self, page: Page) -> TranslatedPage:
        own = self.project.own.get((self.language, page.id))
        if own or page.language == self.language:
            return own_text(own or page)
        catalogue = self.project.catalogues[self.language, page.id]
        result, found = translate_page(page, catalogue, self.language)
        self.problems += found
        return result

    def _compiled(self, result: TranslatedPage, shown: TranslatedPage) -> CompiledPage:
        return CompiledPage(
            page=self.project.pages[shown.page.id],
            language=self.language,
            address=self.table[self.language, shown.page.id],
            translated=result,
            body=self._body(shown),
            title=set_text(shown.text("title")),
            short=set_text(shown.text("short")),
            description=set_text(shown.text("description")),
        )

    def _body(self, shown: TranslatedPage) -> Body:
        source = self.table[self.language, shown.page.id]

        def fill(sections: Mapping[str, str], slots: Slots, marks: Marks) -> str:
            return self._fill(shown, sections, slots, marks)

        around = Surroundings(
            language=self.language,
            expander=self.expander,
            fill=fill,
            resolve=lambda address: self._resolve(address, shown.page.id, source),
            alert=lambda kind: render_component("alert-title", self.phrases, kind=kind),
            back=self.phrases.gettext("Back to the text"),
            sources=self.calls.sources,
        )
        try:
            body, found = render_body(shown, around)
        except SkeletonError as refused:
            body, found = Body(Markup()), (refused.problem,)
        except CallError as refused:
            where = Location(shown.page.path, shown.page.body_line)
            problem = error(refused.rule, refused.message, where, refused.hint)
            body, found = Body(Markup()), () if refused.echo else (problem,)
        self.problems += found
        return body

    def _fill(self, shown: TranslatedPage, sections: Mapping[str, str], slots: Slots, marks: Marks) -> str:
        page = shown.page
        values: dict[str, Any] = {
            **Sections(sections).functions(),
            "_": lambda text: self._word(text, marks),
            "page": {key: item for key, item in page.meta.items() if isinstance(item, str)},
            "cards": lambda: self._cards(page),
            "channels": lambda: self.calls.channel_list(tuple(page.meta.get("needs", ()))),
            "directory": self.calls.directory,
            "minutes": self._minutes,
        }
        return self.skeletons.fill(page.type.name, values, slots)

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
        for other in ordered_pages(self.project):
            if other.section == page.section and not other.is_index:
                shown = self.shown[other.id]
                url = relative_url(self.table[self.language, other.id], source)
                items.append(Card(set_text(shown.text("title")), set_text(shown.text("description")), url))
        return Component(render_component("cards", self.phrases, items=tuple(items)))

    def _resolve(self, address: str, page_id: str, source: str) -> str | None:
        target = read_target(address, page_id)
        fragment = f"#{target.fragment}" if target.fragment else ""
        if target.kind == "page" and (self.language, target.name) in self.table:
            return relative_url(self.table[self.language, target.name], source) + fragment
        if target.kind == "asset":
            return quote(relative_url(target.name, source)) + fragment
        return None


def set_text(text: Text) -> Text:
    """Return a plain text with the typography of its language."""
    return Text(plain_typography(text.text, text.language), text.language)


def edition_phrases(project: Project, language: str) -> CataloguePhrases:
    """Return the words of an edition."""
    return phrases_for(language, project.site.data_language, project.theme_catalogues, project.site_catalogues)


def _all_sources(project: Project) -> Iterable[Page]:
    yield from project.pages.values()
    yield from project.own.values()


def _check_sources(project: Project, options: Options) -> Iterable[Problem]:
    """Yield the faulty calls and links of each source file, once, where the author typed them."""
    expanders: dict[str, Expander] = {}
    for page in _all_sources(project):
        if page.language not in expanders:
            language = page.language if page.language in project.site.languages else project.site.source_language
            calls = Calls(project, language, edition_phrases(project, language), options.today, options.allow_stale)
            expanders[page.language] = Expander(calls.functions())
        text = page.cutting.source.decode()
        yield from check_calls(text, _character_place(page, text), expanders[page.language])
        yield from check_links(page, project.pages, project.assets, _link_place(page))


def _character_place(page: Page, text: str) -> Callable[[int], Location]:
    def place(offset: int) -> Location:
        line = text.count("\n", 0, offset)
        return Location(page.path, line + page.body_line, offset - text.rfind("\n", 0, offset))

    return place


def _link_place(page: Page) -> Callable[[LinkMark], Location]:
    def place(mark: LinkMark) -> Location:
        line, column = line_and_column(page.cutting.source, mark.start)
        return Location(page.path, line + page.body_line - 1, column)

    return place


def _check_anchors(site: Site) -> Iterable[Problem]:
    """Yield a problem for each link to a heading that no edition's finished page has.

    A text of its own is held to its own edition; a page that could not be finished is left out.
    """
    shared: dict[str, frozenset[str]] = {}
    for (language, page_id), page in _finished(site):
        if (language, page_id) not in site.project.own:
            shared[page_id] = shared.get(page_id, frozenset()) | page.body.anchors
    for source in site.project.pages.values():
        yield from check_fragments(source, shared, _link_place(source))
    for (tag, _), source in site.project.own.items():
        anchors = {page_id: page.body.anchors for (language, page_id), page in _finished(site) if language == tag}
        yield from check_fragments(source, anchors, _link_place(source))


def _finished(site: Site) -> Iterable[tuple[tuple[str, str], CompiledPage]]:
    for language, edition in site.editions.items():
        for page_id, page in edition.pages.items():
            if page.body.anchors:
                yield (language, page_id), page


def _check_help(project: Project, options: Options) -> Iterable[Problem]:
    """Yield a problem for each channel of the help bar that may not be shown; loading reports an unknown one."""
    site = project.site
    calls = Calls(project, site.source_language, edition_phrases(project, site.source_language), options.today)
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
    """What a build made: pages per edition, and units per edition and state, front matter included."""

    pages: Mapping[str, int]
    units: Mapping[str, Mapping[State, int]]


def summarise(site: Site) -> Summary:
    """Return the counts that a build prints."""
    units = {
        tag: {state: sum(page.translated.count(state) for page in edition.pages.values()) for state in State}
        for tag, edition in site.editions.items()
    }
    return Summary({tag: len(edition.pages) for tag, edition in site.editions.items()}, units)
