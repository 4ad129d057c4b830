"""Making sheets: of a translated page, and of the texts of data files, site.yml and templates in a language."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

from markupsafe import Markup

from balise.catalogues import State
from balise.extraction import site_messages
from balise.lint.sheet import Passage, Sheet
from balise.page import META_UNITS, Page, Section
from balise.units import Unit

if TYPE_CHECKING:
    from balise.lint.surroundings import Surroundings
    from balise.project import Project
    from balise.translate import TranslatedPage, Translation


READERS = {"child": "young", "parent": "parent", "educator": "teacher", "adult": "adult"}
"""The audiences of guides in the words that pages have for them."""


def page_sheet(result: TranslatedPage, language: str, surroundings: Surroundings, html: Markup) -> Sheet:
    """Return the sheet of a page in a language, from its translation before the policy for critical sections."""
    page, project = result.page, surroundings.project
    path = "" if page.language == language else _catalogue(project, language, page)
    passages: list[Passage] = []
    missing: list[Passage] = []
    for item, passage in _passages(result, path):
        (passages if item is None or item.language == language else missing).append(passage)
    audiences = [READERS[name] for name in page.step.audiences] if page.step else page.meta.get("audience", ())
    return Sheet(
        kind="page",
        language=language,
        passages=tuple(passages),
        surroundings=surroundings,
        page=page,
        audiences=frozenset(audiences or ("anyone",)),
        missing=tuple(missing),
        html=html,
        shown=result,
    )


def _catalogue(project: Project, language: str, page: Page) -> str:
    return project.catalogue_path(language, page.id).relative_to(project.root).as_posix()


def _passages(result: TranslatedPage, path: str) -> Iterator[tuple[Translation | None, Passage]]:
    """Yield the texts of a page as passages, front matter first, each with its translation where it may be another.

    `path` is that of the catalogue, "" for a page in its own language.
    """
    page = result.page
    for key in META_UNITS:
        if key in result.meta:
            item = result.meta[key]
            yield item, _passage(item, key, path, markdown=False)
    homes = _homes(page)
    levels = {mark.text_start: mark.level for mark in page.cutting.headings}
    if result.current is not None:
        own = not path
        for unit, text in zip(page.cutting.units, result.current, strict=True):
            home = homes(unit)
            yield (
                None,
                Passage(
                    raw=text,
                    kind=unit.kind,
                    path=path or page.path,
                    line=page.line(unit.line) if own else 0,
                    start=unit.start,
                    section=home.id,
                    source="" if own else unit.text,
                    critical=home.critical,
                    level=levels.get(unit.start, 0),
                ),
            )
        return
    for unit, item in zip(page.cutting.units, result.translations, strict=True):
        home = homes(unit)
        yield item, _passage(item, unit.kind, path, unit, home.id, home.critical, levels.get(unit.start, 0))


def _passage(
    item: Translation,
    kind: str,
    path: str,
    unit: Unit | None = None,
    section: str = "",
    critical: bool = False,
    level: int = 0,
    *,
    markdown: bool = True,
) -> Passage:
    translated = bool(path) and item.state not in (State.MISSING, State.REFUSED)
    return Passage(
        raw=item.text,
        kind=kind,
        path=path if translated else item.path,
        line=0 if translated else item.line,
        start=unit.start if unit else -1,
        section=section,
        source=item.source if path else "",
        state=item.state,
        previous=item.previous,
        critical=critical,
        markdown=markdown,
        level=level,
    )


def _homes(page: Page) -> Callable[[Unit], Section]:
    """Return what finds the section of a unit; units come in order."""
    sections = page.sections()

    def home(unit: Unit) -> Section:
        return next((one for one in sections if one.start <= unit.start < one.end), sections[-1])

    return home


def data_sheet(surroundings: Surroundings) -> Sheet:
    """Return the sheet of a project's texts outside pages, in a language: of data files, site.yml and templates.

    In another language than theirs, they are the translations in the site's catalogue.
    """
    project, language = surroundings.project, surroundings.language
    messages = outside_messages(project)
    passages: list[Passage] = []
    missing: list[Passage] = []
    if language == project.site.data_language or project.site.data_language.partition("-")[0] == language:
        for context, text, path, line in messages:
            passages.append(Passage(text, "string", path, line, section=context, markdown=False))
    else:
        catalogue = project.site_catalogues.get(language)
        entries = {(entry.id, entry.source): entry for entry in catalogue.entries} if catalogue else {}
        path = f"locales/{language}/LC_MESSAGES/site.po"
        for context, text, own_path, own_line in messages:
            entry = entries.get((context, text))
            if entry and entry.translation and not entry.fuzzy:
                state = State.STALE if entry.previous else State.CURRENT
                passages.append(
                    Passage(
                        entry.translation,
                        "string",
                        path,
                        entry.line,
                        section=context,
                        source=entry.source,
                        state=state,
                        previous=entry.previous,
                        markdown=False,
                    )
                )
            else:
                missing.append(
                    Passage(text, "string", own_path, own_line, section=context, state=State.MISSING, markdown=False)
                )
    return Sheet("data", language, tuple(passages), surroundings, missing=tuple(missing))


def outside_messages(project: Project) -> Iterable[tuple[str, str, str, int]]:
    """Return context, text, path and line of each text outside pages that readers may see."""
    name = project.site.document.location("name")
    return [
        (item.context, item.text, item.place.path, name.line if item.context == "site.name" else item.place.line)
        for item in site_messages(project)
    ]
