"""A project on disk: `load_project` reads every file once and returns values; nothing later reads the sources again."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from balise.catalogues import Catalogue, load_catalogue, parse_catalogue
from balise.errors import BaliseError, ProjectError
from balise.fields import Field, check_fields
from balise.languages import is_language, pick
from balise.page import AUDIENCES, Page, PageType, parse_page, parse_page_type
from balise.problems import Location, Problem, did_you_mean, error, sorted_problems
from balise.source import SourceProblem, YamlDocument, load_yaml, read_text, relative_posix, walk_files

if TYPE_CHECKING:
    from balise.registries import Registries

THEME_LOCALES = Path(__file__).parent / "theme" / "locales"
_PAGE_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z")
_COUNTRY = re.compile(r"[A-Z]{2}\Z")

SITE_FIELDS = (
    Field("name", required=True, longest=60, about="the site's name, in its source language"),
    Field("source_language", "language", required=True, about="the language most pages are written in"),
    Field("data_language", "language", about="the language of data/ and templates/; the source language by default"),
    Field("languages", "list", required=True, about="the editions, in the order the language switch shows them"),
    Field("countries", "list", required=True, about="ISO 3166 codes of the countries whose channels are shown"),
    Field("default_country", required=True, about="the country shown first"),
    Field("sections", "list", required=True, about="the folders of content/ in the order of the navigation"),
    Field("exit", "map", required=True, about="where the exit link leads, per language; a neutral site"),
    Field("emergency", "map", required=True, about="id of the emergency channel per country"),
    Field("help", "map", required=True, about="id of the main helpline per country"),
    Field("footer", "list", about="ids of the pages linked at the foot of each page"),
    Field("licence", about="address of the licence of the content"),
    Field("assembled", "date", about="the day the facts were put together"),
)


@dataclass(frozen=True)
class SiteConfig:
    """What `content/site.yml` says: everything a site owns that MkDocs does not."""

    name: str
    source_language: str
    languages: tuple[str, ...]
    countries: tuple[str, ...]
    default_country: str
    sections: tuple[str, ...]
    exit: Mapping[str, str]
    emergency: Mapping[str, str]
    help: Mapping[str, str]
    footer: tuple[str, ...] = ()
    licence: str = ""
    assembled: str = ""
    data_language: str = ""

    def exit_address(self, language: str) -> str:
        """Return where the exit link leads for readers of a language."""
        return pick(self.exit, language)[0]


@dataclass(frozen=True)
class Project:
    """Everything the sources say, with the problems found while reading; paths are relative to `root`.

    `own` holds declared divergences by language and page id; `catalogues` translations by the same key.
    """

    root: Path
    site: SiteConfig
    types: Mapping[str, PageType]
    pages: Mapping[str, Page]
    own: Mapping[tuple[str, str], Page]
    catalogues: Mapping[tuple[str, str], Catalogue]
    site_catalogues: Mapping[str, Catalogue]
    theme_catalogues: Mapping[str, Catalogue]
    registries: Registries
    assets: tuple[str, ...]
    problems: tuple[Problem, ...] = field(repr=False, default=())
    content: str = "content"

    def targets(self, page: Page) -> tuple[str, ...]:
        """Return the languages a page is translated into through a catalogue."""
        return tuple(
            tag for tag in self.site.languages if tag != page.language and (tag, page.id) not in self.own
        )

    def catalogue_path(self, language: str, page_id: str) -> Path:
        """Return where the catalogue of a page in a language stands on disk."""
        return self.root / "locales" / language / "pages" / f"{page_id}.po"


class BrokenProjectError(BaliseError):
    """site.yml cannot be used, so nothing else can be read; `problems` say what to mend."""

    exit_code = 1

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = problems


def find_root(start: Path) -> Path:
    """Return the project folder: the given one or the nearest above it that holds mkdocs.yml and content/site.yml."""
    for folder in (start, *start.parents):
        if (folder / "mkdocs.yml").is_file() and (folder / "content" / "site.yml").is_file():
            return folder
    raise ProjectError(
        f'"{start}" is not a Balise project: it has no mkdocs.yml beside a content/site.yml; '
        "run `balise init FOLDER` to start one"
    )


def load_project(root: Path, content: str = "content") -> Project:
    """Return the project in a folder, with every problem that reading it shows. Raises `ProjectError` without a usable site.yml."""
    problems: list[Problem] = []
    folder = root / content
    site = _load_site(folder / "site.yml", root, problems)
    from balise.registries import load_registries

    registries, found = load_registries(folder / "data", root)
    problems += found
    types = _load_types(root, registries.needs, problems)
    pages, own = _load_pages(folder, root, types, site, problems)
    catalogues: dict[tuple[str, str], Catalogue] = {}
    project = Project(
        root=root,
        site=site,
        types=types,
        pages=pages,
        own=own,
        catalogues=catalogues,
        site_catalogues=_load_site_catalogues(root, site, problems),
        theme_catalogues=load_theme_catalogues(site.languages),
        registries=registries,
        assets=_load_assets(folder, root, problems),
        content=content,
    )
    for page in pages.values():
        for tag in project.targets(page):
            catalogues[tag, page.id], found = load_catalogue(project.catalogue_path(tag, page.id), root)
            problems += found
    problems += _check_orphan_catalogues(project)
    problems += _check_references(project)
    return _with_problems(project, problems)


def _with_problems(project: Project, problems: Iterable[Problem]) -> Project:
    from dataclasses import replace

    return replace(project, problems=tuple(problems))


def _load_site(path: Path, root: Path, problems: list[Problem]) -> SiteConfig:
    if not path.is_file():
        raise ProjectError(f"{relative_posix(path, root)} does not exist; `balise init` writes one")
    try:
        document = load_yaml(path, root)
    except SourceProblem as refused:
        raise BrokenProjectError((refused.problem,)) from None
    found = (*check_fields(document, SITE_FIELDS, what="site.yml"), *_check_site(document))
    if found:
        raise BrokenProjectError(sorted_problems(found))
    value: Mapping[str, Any] = document.value
    tuples = {key: tuple(value.get(key, ())) for key in ("languages", "countries", "sections", "footer")}
    rest = {"data_language": value["source_language"], **value}
    return SiteConfig(**tuples, **{key: item for key, item in rest.items() if key not in tuples})


def _check_site(document: YamlDocument) -> Iterable[Problem]:
    value = document.value if isinstance(document.value, dict) else {}
    for key, test, hint in (
        ("languages", is_language, "write codes such as fr, nl, en"),
        ("countries", _COUNTRY.match, "write ISO codes such as BE, FR, NL"),
        ("sections", _PAGE_NAME.match, "write the names of folders in content/"),
    ):
        items = value.get(key, ())
        for index, item in enumerate(items if isinstance(items, list) else ()):
            if not isinstance(item, str) or not test(item):
                yield error("data-invalid", f'{key} holds "{item}"', document.location(key, index), hint)
    languages, countries = value.get("languages") or [], value.get("countries") or []
    if isinstance(languages, list) and value.get("source_language") not in languages:
        place = document.location("source_language")
        yield error("data-invalid", "the source language is not among the languages", place, "add it to `languages`")
    if isinstance(countries, list) and value.get("default_country") not in countries:
        place = document.location("default_country")
        yield error("data-invalid", "the default country is not among the countries", place, "add it to `countries`")
    exits = value.get("exit")
    for tag, address in exits.items() if isinstance(exits, dict) else ():
        if not str(address).startswith("https://"):
            place = document.location("exit", tag)
            yield error("data-invalid", f'exit address "{address}" is not https', place, "write https://…")


def _load_types(root: Path, needs: tuple[str, ...], problems: list[Problem]) -> Mapping[str, PageType]:
    types: dict[str, PageType] = {}
    values = {"need": needs, "audience": AUDIENCES}
    for path in walk_files(root / "templates", root, problems):
        if path.suffix != ".md":
            continue
        try:
            name = relative_posix(path, root)
            for page_type in parse_page_type(read_text(path, root), name, path.stem, values):
                types[page_type.name] = page_type
        except SourceProblem as refused:
            problems.append(refused.problem)
    if not types and not problems:
        problems.append(error("types-missing", "there are no page types", Location("templates"), "add templates/topic.md"))
    return types


def _load_pages(
    folder: Path, root: Path, types: Mapping[str, PageType], site: SiteConfig, problems: list[Problem]
) -> tuple[Mapping[str, Page], Mapping[tuple[str, str], Page]]:
    """Return the pages by id, and the declared divergences by language and id."""
    pages: dict[str, Page] = {}
    own: dict[tuple[str, str], Page] = {}
    for path in walk_files(folder, root, problems):
        inside = path.relative_to(folder)
        if path.suffix != ".md" or inside.parts[0] in ("data", "guides", "assets"):
            continue
        name = relative_posix(path, root)
        stem, _, tag = path.stem.partition(".")
        page_id = (inside.parent / stem).as_posix()
        if not all(_PAGE_NAME.match(part) for part in page_id.split("/")) or (tag and tag not in site.languages):
            hint = "use lower-case letters, digits and hyphens, as in found-images.md or found-images.nl.md"
            problems.append(error("file-name", f'"{inside.as_posix()}" is not a page name', Location(name), hint))
            continue
        try:
            text = read_text(path, root)
        except SourceProblem as refused:
            problems.append(refused.problem)
            continue
        page, found = parse_page(text, name, page_id, types, tag or site.source_language)
        problems += found
        if page and tag:
            own[tag, page_id] = page
        elif page:
            pages[page_id] = page
    problems += _check_own(pages, own, problems)
    return pages, own


def _check_own(
    pages: Mapping[str, Page], own: Mapping[tuple[str, str], Page], known: list[Problem]
) -> Iterable[Problem]:
    broken = {problem.location.path for problem in known}
    for (tag, page_id), page in own.items():
        base = page.path.replace(f".{tag}.md", ".md")
        if page_id not in pages and base not in broken:
            hint = f"add {base}, or name this file without .{tag} and set `lang: {tag}`"
            yield error("own-text-alone", "this text of its own has no page it belongs to", Location(page.path), hint)
        if page.language != tag:
            place = page.document.location("lang")
            yield error("own-text-language", f"the file name says {tag}, `lang` says {page.language}", place, "remove `lang`")


def _load_assets(folder: Path, root: Path, problems: list[Problem]) -> tuple[str, ...]:
    """Return the files of content/assets/ as paths below content/."""
    return tuple(path.relative_to(folder).as_posix() for path in walk_files(folder / "assets", root, problems))


def _load_site_catalogues(root: Path, site: SiteConfig, problems: list[Problem]) -> Mapping[str, Catalogue]:
    found: dict[str, Catalogue] = {}
    for tag in site.languages:
        found[tag], faults = load_catalogue(root / "locales" / tag / "LC_MESSAGES" / "site.po", root)
        problems += faults
    return found


def load_theme_catalogues(languages: Iterable[str]) -> Mapping[str, Catalogue]:
    """Return the theme's own strings by language, from the package."""
    found: dict[str, Catalogue] = {}
    for tag in languages:
        path = THEME_LOCALES / tag.split("-")[0] / "LC_MESSAGES" / "balise.po"
        if path.is_file():
            found[tag], _ = parse_catalogue(path.read_text("utf-8"), f"theme/locales/{tag}/balise.po")
    return found


def _check_orphan_catalogues(project: Project) -> Iterable[Problem]:
    """Yield a problem for each catalogue whose page is gone, so that no translation is lost unseen."""
    from balise.problems import warning

    for tag in project.site.languages:
        folder = project.root / "locales" / tag / "pages"
        ignored: list[Problem] = []
        for path in walk_files(folder, project.root, ignored):
            page_id = path.relative_to(folder).as_posix().removesuffix(".po")
            if path.suffix == ".po" and (tag, page_id) not in project.catalogues:
                hint = did_you_mean(page_id, project.pages, "move it to its page's new name, or delete it")
                place = Location(relative_posix(path, project.root))
                yield warning("catalogue-orphan", f'there is no page "{page_id}" to translate', place, hint)
        yield from ignored


def _check_references(project: Project) -> Iterable[Problem]:
    """Yield problems of site.yml that show only beside the pages and the registries."""
    place = Location(f"{project.content}/site.yml")
    broken = {problem.location.path for problem in project.problems}
    for page_id in (*project.site.footer, *(f"{name}/index" for name in project.site.sections), "index"):
        missing = page_id not in project.pages and f"{project.content}/{page_id}.md" not in broken
        if missing:
            hint = did_you_mean(page_id, project.pages, f"write {project.content}/{page_id}.md")
            yield error("page-missing", f'page "{page_id}" does not exist', place, hint)
    sections = {page.section for page in project.pages.values() if page.section}
    for name in sorted(sections - set(project.site.sections)):
        hint = f"add {name} to `sections`"
        yield error("section-unlisted", f'folder "{name}" is not in the navigation', place, hint)
    for key in ("emergency", "help"):
        for country, channel in getattr(project.site, key).items():
            if channel not in project.registries.channels:
                hint = did_you_mean(channel, project.registries.channels, "channels are listed in data/channels.yml")
                yield error("channel-unknown", f'{key} of {country}: channel "{channel}" does not exist', place, hint)
