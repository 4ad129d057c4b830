"""The MkDocs plugin: compiles the site before the host empties anything, then hands it each page at its address."""

from __future__ import annotations

import contextlib
import errno
import logging
import os
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, NoReturn

from markupsafe import Markup
from mkdocs.config import config_options
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import File, Files, InclusionLevel

from balise.building.report import disk_message
from balise.building.signals import Endings
from balise.building.staging import Staging, enter, leave, publish
from balise.building.unchanged import Stamps, check_sources, source_folders, stamps
from balise.components import THEME, prepare_environment, render_page, template_context
from balise.errors import BaliseError, ProjectError
from balise.host.pages import SitePage, SitePageFile, TemplatePage
from balise.offline import Read
from balise.pipeline import Options, Summary, compile_site, summarise
from balise.problems import Problem, Severity, has_errors
from balise.project import MAX_ASSET_BYTES, Project, load_project
from balise.site import asset_address
from balise.site_config import BrokenProjectError
from balise.source import SourceProblem, read_bytes
from balise.today import default_today
from balise.views import SiteViews

if TYPE_CHECKING:
    from jinja2 import Environment
    from mkdocs.structure.nav import Navigation
    from mkdocs.structure.pages import Page

log = logging.getLogger("mkdocs.plugins.balise")


class BaliseConfig(Config):  # type: ignore[no-untyped-call]
    """What `mkdocs.yml` may say to the plugin; everything else stands in content/site.yml."""

    today = config_options.Type(str, default="")
    allow_stale = config_options.Type(bool, default=False)


_NO_ROOM = (errno.EMFILE, errno.ENFILE, errno.ENOMEM, errno.ENOSPC, errno.EDQUOT, errno.EIO)
"""What the system refuses whatever file it is asked for: the fault is neither the project's nor a plugin's."""


class BalisePlugin(BasePlugin[BaliseConfig]):  # type: ignore[no-untyped-call]
    """Publishes a Balise project through MkDocs: one build, all languages.

    A build goes to a staging folder and is published when MkDocs is done with it, `--strict` included (`on_shutdown`).
    After a build, `problems`, `failure` (why nothing could be read) and `published` tell what came of it; with `quiet`,
    problems are not logged.
    """

    problems: tuple[Problem, ...]
    failure: BaliseError | None
    summary: Summary | None

    def __init__(self) -> None:
        self.quiet = False
        self._command = ""
        self._pages: list[SitePageFile] = []
        self._staging: Staging | None = None
        self._sources: Stamps = {}
        self._folders: tuple[Path, ...] = ()
        self._taken, self._heeded = contextlib.ExitStack(), contextlib.ExitStack()
        self._host_config: MkDocsConfig | None = None
        self._forget()

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        """Note which command runs: only a build that is published is staged."""
        self._command = command

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Load and compile the project; stop before anything is written when an author has something to mend."""
        root = Path(config.config_file_path).parent if config.config_file_path else Path.cwd()
        options = Options(self.config.today or default_today(), self.config.allow_stale)
        self._forget()
        project = self._load(root, os.path.relpath(config.docs_dir, root).replace(os.sep, "/"))
        site, self.problems = compile_site(project, options)
        self.summary = summarise(site)
        self._report(config.strict)
        self.site = site
        self.views = SiteViews(project, site.listings, options, config.site_url or "")
        config.nav = None
        for folder in ("locales", "templates"):
            if (root / folder).is_dir():
                config.watch.append(str(root / folder))
        if self._command in ("build", "gh-deploy"):
            self._stage(config)
        return config

    def _stage(self, config: MkDocsConfig) -> None:
        """Send the build to a folder beside the published one; the lock is taken before the folder is touched."""
        if self._staging is None:
            try:
                endings = Endings()
                self._taken.enter_context(endings.taken())
                self._staging = enter(Path(config.site_dir), self._say_waiting, endings)
                self._heeded.enter_context(endings.heeded())
            except BaliseError as failure:
                self.failure = failure
                raise PluginError(str(failure)) from failure
        self._host_config = config
        config.site_dir = str(self._staging.folder)

    def _say_waiting(self) -> None:
        log.info("Another build publishes into the same folder; waiting for it to end.")

    def _forget(self) -> None:
        """Drop what an earlier build left: MkDocs keeps one plugin object for all builds of a process."""
        self.problems, self.failure, self.summary = (), None, None
        self.published = self._told = self._built = False

    def _load(self, root: Path, content: str) -> Project:
        """Return the project as it is at one moment; a site.yml that cannot be used is a problem like any other."""
        self._folders = source_folders(root, content, root / "mkdocs.yml")
        self._sources = stamps(self._folders, time.time_ns())
        try:
            project = load_project(root, content)
        except BrokenProjectError as broken:
            self._check_sources(root)
            self.problems = broken.problems
            self._report(strict=False)
            raise
        except BaliseError as failure:
            self.failure = failure
            raise PluginError(str(failure)) from failure
        self._check_sources(root)
        return project

    def _check_sources(self, root: Path) -> None:
        """Stop where the sources are no longer those that reading began with."""
        try:
            check_sources(self._sources, self._folders, root)
        except BaliseError as failure:
            self.failure = failure
            raise PluginError(str(failure)) from failure

    def _report(self, strict: bool) -> None:
        """Log every problem; raise one error when the build must not go on."""
        for problem in self.problems if not self.quiet else ():
            level = {Severity.ERROR: logging.ERROR, Severity.WARNING: logging.WARNING}.get(
                problem.severity, logging.INFO
            )
            log.log(level, "%s", problem)
        warnings = any(problem.severity is Severity.WARNING for problem in self.problems)
        if has_errors(self.problems) or (strict and warnings):
            raise PluginError("Nothing was written; the published site is unchanged.")

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Return what is published: pages, assets/, style sheet, scripts, sitemaps, redirects, other themes' files."""
        config.theme.static_templates.discard("sitemap.xml")
        kept = [file for file in files if self._is_published(file, config)]
        self._pages = []
        for edition in self.site.editions.values():
            for page in edition.pages.values():
                self._pages.append(SitePageFile.of(page, config))
        project = self.site.project
        self._templates = self.views.template_pages()
        contents: dict[str, str | bytes] = {**self.views.texts(self.site.redirects, self._search_lines())}
        contents |= self.views.worker(self._read_own_pages())
        contents |= self.views.font.files
        contents |= {asset_address(project, name): self._asset(name) for name in project.assets}
        generated = [
            File.generated(config, name, content=content, inclusion=InclusionLevel.INCLUDED)
            for name, content in contents.items()
        ]
        self._check_sources(project.root)
        self._pages += [SitePageFile.template(address, config) for address in self._templates]
        return Files([*kept, *self._pages, *generated])

    def _read_own_pages(self) -> Read:
        """Return what returns a page as it is without what other plugins make of it."""
        compiled = {file.dest_uri: file.compiled for file in self._pages}

        def read(address: str) -> bytes:
            page = compiled.get(address)
            view = self.views.page(page) if page else self._templates[address]
            return render_page(view, self.views.phrases[view.language]).encode()

        return read

    def _search_lines(self) -> dict[str, list[str]]:
        """Return what the search knows of each edition's pages."""
        return {
            tag: [self.views.search_line(page) for page in edition.pages.values()]
            for tag, edition in self.site.editions.items()
        }

    def _is_published(self, file: File, config: MkDocsConfig) -> bool:
        source = file.src_dir and os.path.realpath(file.src_dir)
        if source == os.path.realpath(config.docs_dir):
            return False
        return source != os.path.realpath(THEME)

    def _asset(self, name: str) -> bytes:
        """Return a file of assets/ as it is now: read once, without following a link."""
        project = self.site.project
        try:
            return read_bytes(project.root / project.content / name, project.root, MAX_ASSET_BYTES)
        except SourceProblem as refused:
            raise PluginError(str(refused.problem)) from None

    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
        """Give each file the page that carries our compiled text."""
        for file in self._pages:
            page = SitePage(file, config) if file.compiled else TemplatePage(file, config)
            page.active = False
        nav.pages = [file.page for file in self._pages if file.page is not None]
        return nav

    def on_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> Environment:
        """Return the host's template environment with the theme's functions."""
        return prepare_environment(env)

    def on_page_content(self, html: str, *, page: Page, config: MkDocsConfig, files: Files) -> None:
        """Say once that a text changed by another plugin's `on_page_markdown` is not used."""
        if isinstance(page, TemplatePage) and page.markdown and not self._told:
            self._told = True
            log.warning("A plugin or hook changed page.markdown; that is ignored. Change the HTML in on_page_content.")

    def on_page_context(self, context: Any, *, page: Page, config: MkDocsConfig, nav: Navigation) -> Any:
        """Add the page's view and its edition's words to what templates see."""
        file = page.file
        if isinstance(file, SitePageFile):
            view = self.views.page(file.compiled) if file.compiled else self._templates[file.dest_uri]
            if page.content != getattr(page, "own_content", page.content):
                view = replace(view, body=Markup(page.content or ""))  # noqa: S704 - a plugin the site chose wrote it
            context.update(template_context(self.views.phrases[view.language]))
            context["view"] = view
        return context

    @event_priority(-100)
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Note that everything is written, after every other plugin had its say."""
        self._built = True

    @event_priority(-100)
    def on_build_error(self, *, error: Exception) -> None:
        """Note that the build failed, `--strict` warnings included; say in a line why a site could not be written."""
        self._built = False
        if self._staging is not None and isinstance(error, OSError):
            place = str(error.filename or self._staging.folder)
            if error.errno in _NO_ROOM or place.startswith(str(self._staging.folder)):
                self._refuse(error, self._staging)

    def _refuse(self, failure: BaliseError | OSError, staging: Staging) -> NoReturn:
        """Stop with what is said of a site that cannot be written or published."""
        if isinstance(failure, OSError):
            failure = ProjectError(disk_message(failure, staging.published, staging.folder))
        self.failure = failure
        raise PluginError(str(failure)) from failure

    def on_shutdown(self) -> None:
        """Publish a build that went well, and leave no trace of one that did not."""
        staging, self._staging, self._command = self._staging, None, ""
        with self._taken:
            self._heeded.close()
            if staging is None:
                return
            try:
                if self._built:
                    publish(staging)
                    self.published = True
            except (BaliseError, OSError) as failure:
                self._refuse(failure, staging)
            finally:
                if self._host_config is not None:
                    self._host_config.site_dir = str(staging.published)
                leave(staging)
