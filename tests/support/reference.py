"""The site that this repository publishes, as the tests read it."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from balise.building.report import BuildReport
from balise.host.runner import run_build
from balise.project import Project, load_project
from support.commands import REPOSITORY
from support.projects import TODAY
from support.published import PublishedPage, read_pages


@dataclass(frozen=True)
class ReferenceSite:
    """The reference site, built into a folder of its own: what was read, said and written."""

    folder: Path
    report: BuildReport

    @cached_property
    def pages(self) -> dict[str, PublishedPage]:
        """Return every HTML page by its path from the site's root."""
        return read_pages(self.folder)

    @cached_property
    def project(self) -> Project:
        """Return the sources."""
        return load_project(REPOSITORY)

    def edition(self, *languages: str) -> list[PublishedPage]:
        """Return the pages of these editions."""
        return [page for page in self.pages.values() if page.edition in languages]


def build_reference_site(folder: Path) -> ReferenceSite:
    """Return the repository's own content, templates and locales, built into a folder."""
    return ReferenceSite(folder, run_build(REPOSITORY / "mkdocs.yml", site_dir=str(folder), strict=True, today=TODAY))


def build_discreet_site(top: Path) -> ReferenceSite:
    """Return the reference site in discreet mode, with a file to download, built into `top`/site."""
    root = top / "project"
    for name in ("content", "templates", "locales"):
        shutil.copytree(REPOSITORY / name, root / name)
    shutil.copy(REPOSITORY / "mkdocs.yml", root)
    config = root / "content" / "site.yml"
    config.write_text(config.read_text("utf-8") + "discreet: yes\n", "utf-8")
    sheet = root / "content" / "assets" / "stop-chantage-abuse-misbruik.txt"
    sheet.parent.mkdir(exist_ok=True)
    sheet.write_text("A sheet.\n", "utf-8")
    page = root / "content" / "about" / "index.md"
    link = "\n[A sheet](../assets/stop-chantage-abuse-misbruik.txt)\n"
    page.write_text(page.read_text("utf-8") + link, "utf-8")
    return ReferenceSite(top / "site", run_build(root / "mkdocs.yml", site_dir=str(top / "site"), today=TODAY))
