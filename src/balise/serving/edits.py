"""Taking over an edit that one page alone can feel, without reading or compiling anything else again."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from balise.brand import is_logo
from balise.catalogues import load_catalogue
from balise.page import META_UNITS, Page, parse_page
from balise.pipeline import Compilation
from balise.project import Project
from balise.source import SourceProblem, read_text, relative_posix

_FELT_ELSEWHERE = ("type", "lang", *META_UNITS, "slug", "former", "order", "noindex", "draft")
"""Front-matter keys that other pages show or depend on: navigation, cards, addresses, sitemaps."""


def apply_edits(compilation: Compilation, paths: Iterable[Path]) -> tuple[Compilation, frozenset[str]] | None:
    """Return the compilation after these files changed, and the ids of the pages that are now different.

    `None` says that more may have changed than pages by themselves: everything has to be compiled again.
    """
    touched: set[str] = set()
    for path in sorted(paths):
        project = compilation.site.project
        if not path.is_relative_to(project.root):
            return None
        name = relative_posix(path, project.root)
        if _is_nothing(project, name, path) or _is_known_asset(project, name, path):
            continue
        edited = _edited(project, name, path)
        if edited is None:
            return None
        changed, page = edited
        after = compilation.with_page(changed, page)
        if _shown_elsewhere(after, page.id) != _shown_elsewhere(compilation, page.id):
            return None
        compilation = after
        touched.add(page.id)
    return compilation, frozenset(touched)


def _is_nothing(project: Project, name: str, path: Path) -> bool:
    """Tell whether a path is none of the project's: an editor's passing file, a hidden one, one that nobody reads."""
    inside = name.removeprefix(f"{project.content}/")
    if any(part.startswith(".") for part in name.split("/")):
        return True
    if path.is_file() and inside.split("/")[0] != "assets" and path.suffix not in (".md", ".po", ".yml"):
        return True
    return not path.exists() and not path.is_symlink() and not _was_there(project, name)


def _was_there(project: Project, name: str) -> bool:
    """Tell whether a path that is gone was read before, or held what was."""
    known = {item.path for item in (*project.pages.values(), *project.own.values())}
    known |= {item.path for item in project.types.values()} | {f"{project.content}/{item}" for item in project.assets}
    known |= {item.path for item in (*project.catalogues.values(), *project.site_catalogues.values())}
    known |= {problem.location.path for problem in project.problems}
    known |= {f"{project.content}/{item}" for item in ("site.yml", "data")}
    return name.startswith(f"{project.content}/data/") or any(
        item == name or item.startswith(f"{name}/") for item in known
    )


def _is_known_asset(project: Project, name: str, path: Path) -> bool:
    """Tell whether a file is an asset that was there before: only its bytes are others; a logo is measured again."""
    inside = name.removeprefix(f"{project.content}/")
    known = inside in project.assets and not is_logo(project.site.document, inside)
    return known and path.is_file() and not path.is_symlink()


def _edited(project: Project, name: str, path: Path) -> tuple[Project, Page] | None:
    """Return the project with one page or one page's catalogue read again, and the page whose source it is.

    `None` for any other file, for one that is gone, and wherever reading it finds or found a problem.
    """
    if any(problem.location.path == name for problem in project.problems):
        return None
    for key, page in project.own.items():
        if page.path == name:
            changed = _read_again(project, page, path)
            return (replace(project, own={**project.own, key: changed}), changed) if changed else None
    for page_id, page in project.pages.items():
        if page.path == name:
            changed = _read_again(project, page, path)
            return (replace(project, pages={**project.pages, page_id: changed}), changed) if changed else None
    for (language, page_id), known in project.catalogues.items():
        if known.path == name:
            catalogue, found = load_catalogue(path, project.root)
            changed_catalogues = {**project.catalogues, (language, page_id): catalogue}
            return None if found else (replace(project, catalogues=changed_catalogues), project.pages[page_id])
    return None


def _read_again(project: Project, page: Page, path: Path) -> Page | None:
    """Return a page from its file of today, where nothing has changed that other pages feel."""
    if page.id not in project.pages:
        return None
    try:
        text = read_text(path, project.root)
    except SourceProblem:
        return None
    changed, found = parse_page(text, page.path, page.id, project.types, page.language)
    if changed is None or found or any(changed.meta.get(key) != page.meta.get(key) for key in _FELT_ELSEWHERE):
        return None
    return changed


def _shown_elsewhere(compilation: Compilation, page_id: str) -> tuple[object, ...]:
    """Return what other pages show of one: its title, short title and description in every language."""
    return tuple(
        compiler.shown[page_id].text(key) if key in compiler.shown[page_id].meta else None
        for compiler in compilation.editions.values()
        for key in META_UNITS
    )
