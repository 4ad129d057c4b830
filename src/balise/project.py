"""A project on disk: `load_project` reads every file once and returns values; nothing later reads the sources again."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from balise.catalogues import Catalogue, check_strings, load_catalogue, parse_catalogue
from balise.channel_words import NEEDS
from balise.drafts import as_notes, is_in_draft, leave_out, says_draft, sections_of_drafts
from balise.guides.model import FOLDER, Guide
from balise.guides.parse import parse_guide
from balise.guides.steps import guide_pages, load_guide_types
from balise.guides.translations import split_catalogue
from balise.page import AUDIENCES, PAGE_NAME, Page, PageType, parse_page, parse_page_type
from balise.problems import Location, Problem, did_you_mean, error, warning
from balise.site_config import SiteConfig, load_site, with_brand
from balise.source import SourceProblem, load_yaml, read_text, relative_posix, walk_files

if TYPE_CHECKING:
    from balise.registries import Registries

    ReadRegistries = Callable[[Path, Path], tuple[Registries, tuple[Problem, ...]]]
    """What returns the registries in a folder of a project with their problems, as `load_registries` does."""

THEME_LOCALES = Path(__file__).parent / "theme" / "locales"
ASSET_TYPES = frozenset(
    ".png .jpg .jpeg .webp .avif .gif .ico .pdf .txt .csv .ics .vcf .epub .docx .odt .pptx .odp .xlsx .ods .zip"
    " .mp3 .ogg .m4a .mp4 .webm .vtt .woff2".split()
)
"""What content/assets/ may hold: nothing that a browser runs in the site's own origin (so no HTML, no SVG)."""
MAX_ASSET_BYTES = 50_000_000
"""Largest file of content/assets/, in bytes."""


@dataclass(frozen=True)
class Project:
    """Everything the sources say, with the problems found while reading; paths are relative to `root`.

    `own` holds declared divergences by language and page id; `catalogues` translations by the same key. `unread` are
    the ids of pages that are there and cannot be read, as their own problems say. `drafts` are the paths of the sources
    that are drafts, `left_out` the ids of pages that are not here because they are.
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
    unread: frozenset[str] = frozenset()
    drafts: frozenset[str] = frozenset()
    left_out: frozenset[str] = frozenset()
    guides: Mapping[str, Guide] = field(default_factory=dict)

    @cached_property
    def page_types(self) -> Mapping[str, PageType]:
        """Return the project's page types, and those of the theme that its guides use."""
        return {**self.types, **{page.type.name: page.type for page in self.pages.values() if page.step}}

    @cached_property
    def page_ids(self) -> frozenset[str]:
        """Return the ids of all pages, those that cannot be read too."""
        return self.unread.union(self.pages)

    def targets(self, page: Page) -> tuple[str, ...]:
        """Return the languages a page is translated into through a catalogue, those with a draft of their own too."""
        own = {tag: self.own.get((tag, page.id)) for tag in self.site.languages}
        return tuple(tag for tag, text in own.items() if tag != page.language and (text is None or text.is_draft))

    def catalogue_path(self, language: str, page_id: str) -> Path:
        """Return where the catalogue of a page in a language stands on disk; the pages of a guide have one together."""
        page = self.pages.get(page_id)
        if page and page.step:
            return self.guide_catalogue_path(language, page.step.guide)
        return self.root.joinpath("locales", language, "pages", f"{page_id}.po")

    def guide_catalogue_path(self, language: str, guide: str) -> Path:
        """Return where the catalogue of a guide in a language stands on disk."""
        return self.root / "locales" / language / "guides" / f"{guide}.po"

    def guide_pages(self, guide: str) -> tuple[Page, ...]:
        """Return the pages of a guide, the first one first."""
        return tuple(page for page in self.pages.values() if page.step and page.step.guide == guide)

    def load_catalogue(self, language: str, page_id: str) -> tuple[Catalogue, tuple[Problem, ...]]:
        """Return the catalogue of a page in a language as it stands on disk, with the problems of the file.

        The problems of a guide's catalogue are told with the guide's first page.
        """
        page = self.pages.get(page_id)
        if page is None or page.step is None:
            return load_catalogue(self.catalogue_path(language, page_id), self.root)
        parts, problems = self._guide_catalogue(language, page.step.guide)
        return parts[page_id], problems if page.step.is_first else ()

    def _guide_catalogue(self, language: str, guide: str) -> tuple[Mapping[str, Catalogue], tuple[Problem, ...]]:
        """Return the catalogues of a guide's pages by id, with the problems of their file, which is read once."""
        key = (language, guide)
        if key not in self._guide_catalogues:
            whole, problems = load_catalogue(self.guide_catalogue_path(language, guide), self.root)
            parts, found = split_catalogue(whole, self.guide_pages(guide))
            self._guide_catalogues[key] = parts, (*problems, *found)
        return self._guide_catalogues[key]

    @cached_property
    def _guide_catalogues(self) -> dict[tuple[str, str], tuple[Mapping[str, Catalogue], tuple[Problem, ...]]]:
        return {}


def load_project(root: Path, content: str = "content", *, drafts: bool = False) -> Project:
    """Return the project in a folder, with every problem that reading it shows.

    Drafts and their problems are left out; with `drafts` they are in it, and their problems are advice.
    Raises `ProjectError` without a site.yml, `BrokenProjectError` without a usable one.
    """
    project = load_sources(root, content, drafts=drafts)
    problems = list(project.problems)
    catalogues: dict[tuple[str, str], Catalogue] = {}
    for page in project.pages.values():
        for tag in project.targets(page):
            catalogues[tag, page.id], found = project.load_catalogue(tag, page.id)
            problems += as_notes(found, project.drafts, content)
    return replace(project, catalogues=catalogues, problems=tuple(problems))


def load_sources(
    root: Path, content: str = "content", *, drafts: bool = False, read_registries: ReadRegistries | None = None
) -> Project:
    """Return the project without its pages' catalogues, which are read one by one; otherwise as `load_project`."""
    from balise.registries import load_registries

    problems: list[Problem] = []
    folder = root / content
    site = load_site(folder / "site.yml", root)
    types = _load_types(root, problems)
    pages, own, unread, drafted = _load_pages(folder, root, types, site, problems)
    guides, steps = _load_guides(folder, root, site, problems)
    pages = {**pages, **steps}
    registries, found = (read_registries or load_registries)(folder / "data", root)
    problems += found
    assets = _load_assets(folder, root, problems)
    site = with_brand(site, folder, root, assets, problems)
    left_out: frozenset[str] = frozenset()
    if not drafts:
        pages, own, left_out = leave_out(pages, own, drafted, content)
        problems = [problem for problem in problems if not is_in_draft(problem, drafted, content)]
    project = Project(
        root=root,
        site=site,
        types=types,
        pages=pages,
        own=own,
        catalogues={},
        site_catalogues=_load_site_catalogues(root, site, problems),
        theme_catalogues=load_theme_catalogues(site.languages),
        registries=registries,
        assets=assets,
        content=content,
        unread=unread - left_out,
        drafts=drafted,
        left_out=left_out,
        guides={guide.id: guide for guide in guides},
    )
    broken = frozenset(problem.location.path for problem in problems)
    problems += _check_orphan_catalogues(project)
    problems += _check_pages_named(project, broken)
    problems += _check_channels_named(project, broken)
    problems += _check_search_words(project)
    sections = (*site.sections, *sections_of_drafts(pages.values(), site.sections))
    site = replace(site, sections=sections)
    return replace(project, site=site, problems=as_notes(problems, drafted, content))


def _load_types(root: Path, problems: list[Problem]) -> Mapping[str, PageType]:
    types: dict[str, PageType] = {}
    values = {"need": NEEDS, "audience": AUDIENCES}
    for path in walk_files(root / "templates", root, problems):
        if path.suffix != ".md":
            continue
        try:
            text = read_text(path, root)
        except SourceProblem as refused:
            problems.append(refused.problem)
            continue
        page_type, found = parse_page_type(text, relative_posix(path, root), path.stem, values)
        problems += found
        if page_type:
            types[page_type.name] = page_type
    if not types and not problems:
        hint = "add templates/topic.md"
        problems.append(error("types-missing", "there are no page types", Location("templates"), hint))
    return types


def _load_pages(
    folder: Path, root: Path, types: Mapping[str, PageType], site: SiteConfig, problems: list[Problem]
) -> tuple[Mapping[str, Page], Mapping[tuple[str, str], Page], frozenset[str], frozenset[str]]:
    """Return the pages by id, the declared divergences by language and id, ids that cannot be read, paths of drafts."""
    pages: dict[str, Page] = {}
    unread: set[str] = set()
    drafts: set[str] = set()
    own: dict[tuple[str, str], Page] = {}
    broken = frozenset(problem.location.path for problem in problems)
    for path in walk_files(folder, root, problems):
        inside = path.relative_to(folder)
        if path.suffix != ".md" or inside.parts[0] in ("data", "assets"):
            continue
        name = relative_posix(path, root)
        stem, _, tag = path.stem.partition(".")
        page_id = (inside.parent / stem).as_posix()
        if not all(PAGE_NAME.match(part) for part in page_id.split("/")) or (tag and tag not in site.languages):
            hint = "use lower-case letters, digits and hyphens, as in found-images.md or found-images.nl.md"
            problems.append(error("file-name", f'"{inside.as_posix()}" is not a page name', Location(name), hint))
            continue
        try:
            text = read_text(path, root)
        except SourceProblem as refused:
            problems.append(refused.problem)
            unread.add(page_id)
            continue
        page, found = parse_page(text, name, page_id, types, tag or site.source_language)
        problems += (problem for problem in found if not _is_echo(problem, broken))
        if page.is_draft if page else says_draft(text):
            drafts.add(name)
        if page and tag:
            own[tag, page_id] = page
        elif page:
            pages[page_id] = page
        else:
            unread.add(page_id)
        problems += _check_language(page, site) if page else ()
    problems += _check_own(pages, own, problems)
    return pages, own, frozenset(unread - set(pages)), frozenset(drafts)


def _check_language(page: Page, site: SiteConfig) -> Iterable[Problem]:
    """Yield a problem for a page written in a language that the site does not have."""
    if page.language not in site.languages:
        message = f'the page is written in "{page.language}", which is no language of this site'
        hint = f"write one of {', '.join(site.languages)}, or add it to `languages` in site.yml"
        yield error("page-language", message, page.document.location("lang"), hint)


def _is_echo(problem: Problem, broken: frozenset[str]) -> bool:
    """Tell whether a page's problem only says that its page type cannot be read, which is reported already."""
    return problem.rule == "unknown-type" and any(
        problem.message == f'page type "{Path(path).stem}" does not exist'
        for path in broken
        if path.startswith("templates/")
    )


def _check_own(
    pages: Mapping[str, Page], own: Mapping[tuple[str, str], Page], known: list[Problem]
) -> Iterable[Problem]:
    """Yield problems of texts that a language has of its own, beside a page."""
    broken = {problem.location.path for problem in known}
    for (tag, page_id), page in own.items():
        base = page.path.replace(f".{tag}.md", ".md")
        if page_id not in pages and base not in broken:
            hint = f"add {base}, or name this file without .{tag} and set `lang: {tag}`"
            yield error("own-text-alone", "this text of its own has no page it belongs to", Location(page.path), hint)
        if page.language != tag:
            place = page.document.location("lang")
            message = f"the file name says {tag}, `lang` says {page.language}"
            yield error("own-text-language", message, place, "remove `lang`")
        if page_id in pages and pages[page_id].language == tag:
            hint = f"put what it says into {base} and delete it"
            yield error("own-text-double", f"{base} is in {tag} already", Location(page.path), hint)


def _load_guides(
    folder: Path, root: Path, site: SiteConfig, problems: list[Problem]
) -> tuple[list[Guide], Mapping[str, Page]]:
    """Return the guides of content/guides/ in the order of their names, and their pages by id."""
    guides: list[Guide] = []
    pages: dict[str, Page] = {}
    types: Mapping[str, PageType] = {}
    for path in walk_files(folder / FOLDER, root, problems):
        if path.suffix not in (".yml", ".yaml"):
            continue
        name = relative_posix(path, root)
        if path.suffix != ".yml" or path.parent != folder / FOLDER or not PAGE_NAME.match(path.stem):
            hint = "use lower-case letters, digits and hyphens, as in content/guides/first-help.yml"
            problems.append(error("file-name", f'"{path.name}" is not the name of a guide', Location(name), hint))
            continue
        try:
            document = load_yaml(path, root)
        except SourceProblem as refused:
            problems.append(refused.problem)
            continue
        guide, found = parse_guide(document, path.stem)
        problems += found
        if guide is None or guide.start not in guide.nodes:
            continue
        types = types or load_guide_types()
        steps, found = guide_pages(guide, document, types, site.source_language, site.countries)
        problems += found
        guides.append(guide)
        pages |= {page.id: page for page in steps}
    return guides, pages


def _load_assets(folder: Path, root: Path, problems: list[Problem]) -> tuple[str, ...]:
    """Return the files of content/assets/ as paths below content/."""
    found: list[str] = []
    for path in walk_files(folder / "assets", root, problems):
        if path.suffix.lower() in ASSET_TYPES:
            found.append(path.relative_to(folder).as_posix())
        else:
            hint = "export drawings as PNG or WebP, documents as PDF; allowed: " + " ".join(sorted(ASSET_TYPES))
            where = Location(relative_posix(path, root))
            problems.append(error("asset-type", f'files of type "{path.suffix}" are not published', where, hint))
    return tuple(found)


def _load_site_catalogues(root: Path, site: SiteConfig, problems: list[Problem]) -> Mapping[str, Catalogue]:
    found: dict[str, Catalogue] = {}
    for tag in site.languages:
        found[tag], faults = load_catalogue(root / "locales" / tag / "LC_MESSAGES" / "site.po", root)
        problems += (*faults, *check_strings(found[tag]))
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
    for tag in project.site.languages:
        folder = project.root / "locales" / tag / "pages"
        ignored: list[Problem] = []
        start = len(f"{folder}/")
        for path in walk_files(folder, project.root, ignored):
            page_id = str(path)[start:].removesuffix(".po")
            page = project.pages.get(page_id)
            if path.suffix != ".po" or (page and not page.step and tag in project.targets(page)):
                continue
            place = Location(relative_posix(path, project.root))
            if page:
                message = f'page "{page_id}" is not translated into {tag}: it has a text in it'
                yield warning("catalogue-orphan", message, place, "delete the catalogue")
            elif not (project.root / project.content / f"{page_id}.md").exists():
                hint = "move it to its page's new name, or delete it"
                yield warning("catalogue-orphan", f'there is no page "{page_id}" to translate', place, hint)
        for path in walk_files(project.root / "locales" / tag / FOLDER, project.root, ignored):
            source = project.root / project.content / FOLDER / f"{path.stem}.yml"
            if path.suffix == ".po" and path.stem not in project.guides and not source.exists():
                hint = "move it to its guide's new name, or delete it"
                place = Location(relative_posix(path, project.root))
                yield warning("catalogue-orphan", f'there is no guide "{path.stem}" to translate', place, hint)
        yield from ignored


def _check_pages_named(project: Project, broken: frozenset[str]) -> Iterable[Problem]:
    """Yield problems of site.yml beside the pages; `broken` are files with problems of their own."""
    site, content = project.site, project.content
    named: list[tuple[str, tuple[str | int, ...]]] = [
        (page_id, ("footer", index)) for index, page_id in enumerate(site.footer)
    ]
    named += [(page_id, ("doors", door)) for door, page_id in site.doors.items()]
    named += [(f"{name}/index", ("sections", index)) for index, name in enumerate(site.sections)]
    for page_id, at in (*named, ("index", ())):
        if page_id in project.left_out:
            way = {"sections": "take the section out of `sections`"}
            hint = (
                f"publish it, or {way.get(str(at[0]), f'take it out of `{at[0]}`')} until it is ready"
                if at
                else "publish it"
            )
            yield error("page-draft", f'page "{page_id}" is a draft', site.document.location(*at), hint)
        elif page_id not in project.pages and f"{content}/{page_id}.md" not in broken and not _types_broken(broken):
            hint = did_you_mean(page_id, project.pages, f"write {content}/{page_id}.md")
            yield error("page-missing", f'page "{page_id}" does not exist', site.document.location(*at), hint)
    known = (*site.sections, *project.pages, *project.unread, *project.left_out)
    for index, name in enumerate(site.offline_pages if "offline_pages" in site.document.value else ()):
        if name not in known:
            hint = did_you_mean(name, known, "give a section, or the id of a page such as help/sextortion")
            place = site.document.location("offline_pages", index)
            yield error("page-missing", f'"{name}" is neither a section nor a page', place, hint)
    sections = {page.section for page in project.pages.values() if page.section and not page.is_draft}
    for name in sorted(sections - set(site.sections)):
        hint = "move its pages up: sections hold no folders" if "/" in name else f"add {name} to `sections`"
        place = site.document.location("sections")
        yield error("section-unlisted", f'folder "{name}" is not in the navigation', place, hint)


def _types_broken(broken: frozenset[str]) -> bool:
    return any(path.startswith("templates") for path in broken)


def _check_channels_named(project: Project, broken: frozenset[str]) -> Iterable[Problem]:
    """Yield a problem for each channel that site.yml names and no record describes."""
    channels = project.registries.channels
    if "channels" in project.registries.faulty:
        return
    for key in ("emergency", "help"):
        for country, channel in getattr(project.site, key).items():
            if channel not in channels and f"channels.{channel}" not in project.registries.places:
                hint = did_you_mean(channel, channels, f"channels are listed in {project.content}/data/channels.yml")
                place = project.site.document.location(key, country)
                yield error("channel-unknown", f'{key} of {country}: channel "{channel}" does not exist', place, hint)


def _check_search_words(project: Project) -> Iterable[Problem]:
    """Yield a problem for each entry of search.yml that leads nowhere."""
    registries = project.registries
    known = (*project.pages, *registries.channels)
    for name in registries.search:
        if name in known or name in project.unread or name in project.left_out or "channels" in registries.faulty:
            continue
        place = registries.places.get(f"words.{name}", Location(f"{project.content}/data/search.yml"))
        hint = did_you_mean(name, known, "give a page or a channel of the registry, or remove the entry")
        yield warning("search-unknown", f'"{name}" is neither a page nor a channel', place, hint)
