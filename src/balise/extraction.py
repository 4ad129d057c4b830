"""What translators get: the texts of every page, template and data file; bringing catalogues up to date with them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from balise.alignment import SIMILAR_ENOUGH, likeness
from balise.catalogues import (
    Catalogue,
    Entry,
    Message,
    State,
    catalogue,
    check_strings,
    is_usable,
    load_catalogue,
    merge_units,
    render_catalogue,
    retired,
)
from balise.drafts import is_in_draft
from balise.guides.translations import merge_guide
from balise.page import Page, page_messages, unfinished
from balise.problems import Location, Problem
from balise.project import Project
from balise.skeleton import skeleton_messages
from balise.translate import translate_page


@dataclass(frozen=True)
class CatalogueFile:
    """A catalogue as it should stand on disk: path and PO text."""

    path: Path
    text: str


def without_unfinished(project: Project) -> Project:
    """Return the project without the drafts that hold TODO or that have to be mended: translators get those later.

    Their catalogues stay as they are.
    """

    def is_faulty(page: Page) -> bool:
        return any(is_in_draft(problem, (page.path,), project.content) for problem in project.problems)

    drafts = [page for page in project.pages.values() if page.is_draft]
    waiting = {page.id for page in drafts if unfinished(page) or is_faulty(page)}
    pages = {name: page for name, page in project.pages.items() if name not in waiting}
    return replace(project, pages=pages) if waiting else project


def site_messages(project: Project) -> tuple[Message, ...]:
    """Return the texts of site.yml, the templates and the data files, each once, in file order."""
    messages = [Message("site.name", project.site.name, Location(f"{project.content}/site.yml"))]
    for name in sorted(project.types):
        messages += skeleton_messages(project.types[name])
    messages += project.registries.messages
    unique = {(message.context, message.text): message for message in reversed(messages)}
    return tuple(reversed(unique.values()))


def merge_site(old: Catalogue, messages: Sequence[Message]) -> Catalogue:
    """Return the catalogue of data strings for today's messages; a changed source text starts untranslated.

    Its old translation stays as an obsolete entry, and is offered as fuzzy beside the new text.
    """
    exact = {(entry.id, entry.source): entry for entry in old.entries}
    by_id: dict[str, list[Entry]] = {}
    for item in old.entries:
        if item.id and item.translation:
            by_id.setdefault(item.id, []).append(item)
    revived = {(entry.id, entry.source): entry for entry in old.obsolete}
    entries = []
    for message in messages:
        key = (message.context, message.text)
        entry = exact.get(key) or revived.get(key)
        if entry is None:
            near = _likest(by_id.get(message.context, ()), message.text)
            entry = Entry(
                message.context,
                message.text,
                near.translation if near else "",
                (near.previous or near.source) if near else "",
                fuzzy=near is not None,
            )
        entries.append(Entry(*key, entry.translation, entry.previous, entry.fuzzy, comment=entry.comment))
    known = {(entry.id, entry.source) for entry in entries}
    lost = [retired(entry) for entry in (*old.obsolete, *old.entries) if entry.translation and not entry.fuzzy]
    obsolete = {(entry.id, entry.source): entry for entry in lost if (entry.id, entry.source) not in known}
    return catalogue(old.path, entries, tuple(obsolete.values()))


def _likest(entries: Sequence[Entry], text: str) -> Entry | None:
    """Return the entry of one context whose source is most like a new text; where many share it, only a like one."""
    if len(entries) == 1:
        return entries[0]
    rated = [(likeness(entry.source, text), entry) for entry in entries]
    best = max(rated, key=lambda pair: pair[0], default=None)
    return best[1] if best and best[0] >= SIMILAR_ENOUGH else None


def templates(project: Project) -> Iterable[CatalogueFile]:
    """Yield a PO template (POT) for the site's strings and for each page, for tools outside Balise."""
    folder = project.root / "locales" / "templates"
    messages = site_messages(project)
    yield CatalogueFile(folder / "site.pot", render_catalogue(merge_site(catalogue("", ()), messages), "", messages))
    for page in project.pages.values():
        if not page.step:
            found = page_messages(page)
            merged = merge_units(catalogue("", ()), found, {})
            yield CatalogueFile(folder / "pages" / f"{page.id}.pot", render_catalogue(merged, "", found))
    for name in project.guides:
        merged, found = merge_guide(catalogue("", ()), project.guide_pages(name), {})
        yield CatalogueFile(folder / "guides" / f"{name}.pot", render_catalogue(merged, "", found))


def updated_catalogues(project: Project, languages: Iterable[str] = ()) -> Iterable[CatalogueFile]:
    """Yield every catalogue brought up to date with its sources, all languages unless some are named."""
    wanted = tuple(languages) or project.site.languages
    messages = site_messages(project)
    for tag in wanted:
        if tag != project.site.data_language:
            path = project.root / "locales" / tag / "LC_MESSAGES" / "site.po"
            merged = merge_site(project.site_catalogues[tag], messages)
            yield CatalogueFile(path, render_catalogue(merged, tag, messages))
        memory = _memory(project, tag)
        for page in project.pages.values():
            if tag in project.targets(page) and not page.step:
                found = page_messages(page)
                merged = merge_units(project.catalogues[tag, page.id], found, memory)
                yield CatalogueFile(project.catalogue_path(tag, page.id), render_catalogue(merged, tag, found))
        if tag != project.site.source_language:
            yield from _guide_catalogues(project, tag, memory)


def _guide_catalogues(project: Project, language: str, memory: Mapping[str, str]) -> Iterable[CatalogueFile]:
    """Yield the catalogue of each guide in a language, brought up to date."""
    for name in project.guides:
        path = project.guide_catalogue_path(language, name)
        whole, _ = load_catalogue(path, project.root)
        merged, found = merge_guide(whole, project.guide_pages(name), memory)
        yield CatalogueFile(path, render_catalogue(merged, language, found))


def _memory(project: Project, language: str) -> Mapping[str, str]:
    """Return translations by source text from all pages of a language, where all that exist agree."""
    found: dict[str, set[str]] = {}
    for (tag, _), entries in project.catalogues.items():
        if tag == language:
            for entry in entries.entries:
                if entry.translation and not entry.fuzzy and not entry.previous:
                    found.setdefault(entry.source, set()).add(entry.translation)
    return {source: next(iter(texts)) for source, texts in found.items() if len(texts) == 1}


@dataclass(frozen=True)
class UnitStatus:
    """A unit that is not current: its page, its place in the source, the language, and what it was translated from."""

    language: str
    page: str
    place: Location
    state: State
    text: str
    previous: str


@dataclass(frozen=True)
class LanguageStatus:
    """How far a language is: units by state, front matter included, and the units that are not current."""

    language: str
    counts: Mapping[State, int]
    units: tuple[UnitStatus, ...]
    strings_missing: int
    strings: int


def translation_status(
    project: Project, languages: Iterable[str] = ()
) -> tuple[tuple[LanguageStatus, ...], tuple[Problem, ...]]:
    """Return the state of translations against today's sources, and the refused ones; all languages unless named."""
    result: list[LanguageStatus] = []
    problems: list[Problem] = []
    messages = site_messages(project)
    for tag in tuple(languages) or project.site.languages:
        units: list[UnitStatus] = []
        counts = dict.fromkeys(State, 0)
        pages = [page for page in project.pages.values() if tag in project.targets(page) and not _is_copy(page)]
        for page in pages:
            translated, found = translate_page(page, project.catalogues[tag, page.id], tag)
            problems += found
            for item in (*translated.meta.values(), *translated.translations):
                counts[item.state] += 1
                if item.state is not State.CURRENT:
                    previous = item.previous if item.state is State.STALE else ""
                    units.append(UnitStatus(tag, page.id, item.place, item.state, item.source, previous))
        if pages or tag != project.site.data_language:
            problems += check_strings(project.site_catalogues[tag])
            missing = _missing_strings(project, tag, messages)
            result.append(LanguageStatus(tag, counts, tuple(units), missing, len(messages)))
    return tuple(result), tuple(problems)


def _is_copy(page: Page) -> bool:
    """Tell whether a page has the texts of another one, as the sheets of paper of a guide do."""
    return page.step is not None and page.step.is_copy


def _missing_strings(project: Project, language: str, messages: Sequence[Message]) -> int:
    if language == project.site.data_language:
        return 0
    known: dict[Any, Entry] = {(entry.id, entry.source): entry for entry in project.site_catalogues[language].entries}
    done = [known.get((message.context, message.text)) for message in messages]
    return sum(entry is None or not is_usable(entry) for entry in done)
