"""The site that is judged: built once from its project, its pages as trees, and what its registry says."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fnmatch import fnmatch
from functools import cached_property
from pathlib import Path
from urllib.parse import unquote, urlsplit

from selectolax.lexbor import LexborHTMLParser

from audit.finding import AuditError
from balise.errors import BaliseError
from balise.host.runner import run_build
from balise.project import Project, load_project

_KIND = re.compile(r"\bkind-([a-z-]+)")


@dataclass(frozen=True)
class Page:
    """A page of the built site; `address` is its path from the root, without `index.html`."""

    address: str
    path: Path

    @cached_property
    def html(self) -> str:
        """Return its text."""
        return self.path.read_text("utf-8")

    @cached_property
    def tree(self) -> LexborHTMLParser:
        """Return it as a tree."""
        return LexborHTMLParser(self.html)

    @cached_property
    def language(self) -> str:
        """Return the language that the page declares."""
        root = self.tree.css_first("html")
        return (root.attributes.get("lang") or "") if root else ""

    @property
    def is_forwarding(self) -> bool:
        """Tell whether the page only leads readers from an old address to the new one."""
        return 'http-equiv="refresh"' in self.html

    @cached_property
    def kind(self) -> str:
        """Return the page's type; a sheet to fill in is `sheet`, the list of all pages `a-z`."""
        if self.tree.css_first("section.report-sheet"):
            return "sheet"
        if self.tree.css_first(".search-source, .search-box"):
            return "a-z"
        found = _KIND.search(self.html)
        return found[1] if found else "other"

    def links(self, selector: str = "a[href]") -> Iterator[str]:
        """Yield where links lead, those inside the site as addresses from the root with their fragment."""
        for node in self.tree.css(selector):
            yield self.resolve(node.attributes.get("href") or "")

    def resolve(self, link: str) -> str:
        """Return a link as an address from the root; one that leads out is returned as it is."""
        parts = urlsplit(link)
        if parts.scheme or parts.netloc:
            return link
        folder = posixpath.dirname(self.address) if self.address.endswith(".html") else self.address
        path = posixpath.normpath(posixpath.join("/", folder, unquote(parts.path))).lstrip("/")
        if not parts.path:
            path = self.address
        elif parts.path.endswith("/") or parts.path.endswith("."):
            path = f"{path}/" if path else ""
        return path + (f"#{parts.fragment}" if parts.fragment else "")


@dataclass(frozen=True)
class Subject:
    """A project and its built site; only pages that fit the pattern are judged."""

    root: Path
    folder: Path
    pattern: str = "*"

    @cached_property
    def every_page(self) -> tuple[Page, ...]:
        """Return all pages, those that only forward to another left out."""
        found = []
        for path in sorted(self.folder.rglob("*.html")):
            page = Page(path.relative_to(self.folder).as_posix().removesuffix("index.html"), path)
            if not page.is_forwarding:
                found.append(page)
        return tuple(found)

    @cached_property
    def pages(self) -> tuple[Page, ...]:
        """Return the pages to be judged."""
        return tuple(page for page in self.every_page if fnmatch(page.address, self.pattern))

    @cached_property
    def by_address(self) -> Mapping[str, Page]:
        """Return every page by its address."""
        return {page.address: page for page in self.every_page}

    @cached_property
    def project(self) -> Project:
        """Return the sources."""
        return load_project(self.root)

    def edition(self, language: str) -> tuple[Page, ...]:
        """Return the pages to be judged of a language, error pages left out."""
        return tuple(page for page in self.pages if page.address.startswith(f"{language}/") and not is_error(page))

    def shown_channels(self) -> tuple[str, ...]:
        """Return the channels of the registry that may be shown."""
        channels = self.project.registries.channels.values()
        return tuple(item.id for item in channels if item.status == "active" and item.confidence != "low")


def is_error(page: Page) -> bool:
    """Tell whether a server shows the page where another is missing."""
    return page.address.endswith("404.html")


def build_subject(root: Path, folder: Path, pattern: str) -> Subject:
    """Return the site of a project, built into a folder. Raises `AuditError`."""
    try:
        report = run_build(root / "mkdocs.yml", site_dir=str(folder))
    except BaliseError as failure:
        raise AuditError(str(failure)) from None
    if not report.ok:
        first = next(iter(report.problems), None)
        raise AuditError(f"the site of {root} cannot be built: {first}")
    subject = Subject(root, folder, pattern)
    if not subject.pages:
        raise AuditError(f'no page fits "{pattern}"')
    return subject
