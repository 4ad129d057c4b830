"""The site as it stands in the preview's memory: built again after each edit, pages rendered when someone asks."""

from __future__ import annotations

import secrets
import time
import traceback
from collections.abc import Collection, Mapping
from copy import copy
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from urllib.parse import parse_qs, quote, urlsplit

from jinja2 import TemplateError
from markupsafe import Markup

from balise.components import THEME, forget_theme, render_page
from balise.errors import BaliseError
from balise.links import relative_url
from balise.lint.gate import Wanted, make_gate
from balise.lint.manual import render_manual, rule_manual
from balise.lint.settings import known_rules
from balise.pipeline import Compilation, compile_project
from balise.problems import Location, Problem, Severity, error, has_errors, sorted_problems
from balise.project import load_project
from balise.serving.answers import HTML, TEXT, Answer, refusal, type_of
from balise.serving.assets import load_asset
from balise.serving.edits import apply_edits
from balise.serving.overlay import FILES, RULES, empty_page, inject, load_file, manual_page, render_problems
from balise.serving.settings import Settings, load_settings
from balise.serving.unit_view import render_legend, show_units
from balise.site import CompiledPage, asset_address, index_address, search_address
from balise.site_config import BrokenProjectError
from balise.sitemaps import sitemap, sitemap_index
from balise.source import relative_posix
from balise.views import SiteViews, redirect_page

UNITS = "units"
"""What `?show=` asks for to see the units of a page."""


@dataclass(frozen=True)
class Build:
    """One good build: what was compiled, its views, its pages by address, and the pages rendered so far."""

    compilation: Compilation
    views: SiteViews
    pages: Mapping[str, CompiledPage]
    rendered: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Showing:
    """What is served now: the last good build, and what came of the last try; `revision` differs after each try."""

    revision: str
    build: Build | None = None
    problems: tuple[Problem, ...] = ()
    failed: bool = True


@dataclass(frozen=True)
class Report:
    """What a try came to, for the terminal: its problems, pages per edition, seconds taken, and what was edited."""

    problems: tuple[Problem, ...]
    failed: bool
    pages: Mapping[str, int]
    seconds: float
    edited: tuple[str, ...] = ()
    trace: str = ""


class Preview:
    """A project kept warm. One thread at a time calls `rebuild`; any thread may call `answer`.

    `root` is the path on this server that everything stands below.
    """

    def __init__(self, config_file: Path, *, strict: bool = False, root: str = "/") -> None:
        self.config_file, self.root, self._strict = config_file, root, strict
        self.settings: Settings = load_settings(config_file)
        self.showing = Showing("none")
        self._started = secrets.token_hex(4)
        self._tries = 0
        self._compilation: Compilation | None = None

    def rebuild(self, edited: Collection[Path] | None = None) -> Report:
        """Take these edits over, or build everything; serve the result, or the last good build behind the problems."""
        begun = time.perf_counter()
        trace = ""
        try:
            self._take_over(edited)
        except BrokenProjectError as broken:
            self._publish(broken.problems)
        except (BaliseError, TemplateError, OSError) as failure:
            self._publish((failure_problem(failure, self.config_file.name),))
        except Exception as bug:  # noqa: BLE001 - the preview outlives a bug and says that it is one
            trace = traceback.format_exc()
            self._publish((failure_problem(bug, "balise"),))
        build, root = self.showing.build, self.settings.root
        editions = build.compilation.site.editions.items() if build else ()
        names = sorted(relative_posix(path, root) for path in edited or ())
        return Report(
            self.showing.problems,
            self.showing.failed,
            {tag: len(edition.pages) for tag, edition in editions},
            time.perf_counter() - begun,
            tuple(names),
            trace,
        )

    def _take_over(self, edited: Collection[Path] | None) -> None:
        """Compile what the edits ask for, and serve it unless it has errors."""
        before, self._compilation = self._compilation, None
        after: tuple[Compilation, frozenset[str] | None] | None = None
        theme = any(path.is_relative_to(THEME) for path in edited or ())
        if before and edited and not theme and not any(path.name == self.config_file.name for path in edited):
            after = apply_edits(before, edited)
        if after is None:
            if theme:
                forget_theme()
            self.settings = load_settings(self.config_file)
            project = load_project(self.settings.root, self.settings.content, drafts=True)
            after = compile_project(project, self.settings.options, make_gate(project, Wanted())), None
        self._compilation, touched = after
        problems = self._compilation.problems()
        told = sorted_problems((*problems, *self._compilation.judge().problems))
        warned = (self._strict or self.settings.strict) and any(item.severity is Severity.WARNING for item in problems)
        if has_errors(problems) or warned:
            self._publish(told)
            return
        self._publish(told, self._build(self._compilation, touched))

    def _build(self, compilation: Compilation, touched: Collection[str] | None) -> Build:
        """Return the build to serve; pages that were not touched keep what they were rendered to.

        A page's new text can only be seen on that page: `apply_edits` sees to it.
        """
        site = compilation.site
        views = SiteViews(site.project, site.listings, self.settings.options, self.settings.site_url, preview=True)
        pages = {page.address: page for edition in site.editions.values() for page in edition.pages.values()}
        last = self.showing.build
        if last is None or touched is None or self.showing.failed:
            return Build(compilation, views, pages)
        kept = {
            at: html for at, html in dict(last.rendered).items() if at in pages and pages[at].page.id not in touched
        }
        return Build(compilation, views, pages, kept)

    def _publish(self, problems: tuple[Problem, ...], build: Build | None = None) -> None:
        """Serve a new build, or the last good one with the problems over it."""
        self._tries += 1
        revision = f"{self._started}-{self._tries}"
        self.showing = Showing(revision, build or self.showing.build, problems, failed=build is None)

    @property
    def mount(self) -> str:
        """Return the path of the site's own root, which follows that of `site_url`."""
        path = urlsplit(self.settings.site_url).path.strip("/")
        return f"{self.root}{path}/" if path else self.root

    def answer(self, path: str, query: str = "") -> Answer:
        """Return what stands at a path below the root, decoded; the disk is read for a known asset alone."""
        name = path.removeprefix("_balise/")
        if name == RULES and self.showing.build:
            registry = self.showing.build.compilation.site.project.registries.wording
            return Answer(200, HTML, manual_page(render_manual(rule_manual(registry).values(), anchors=True)).encode())
        if name != path:
            return Answer(200, type_of(name), load_file(name)) if name in FILES else refusal(404, "no such file")
        inside = self.mount.removeprefix(self.root)
        if not path.startswith(inside):
            return Answer(302, TEXT, location=self.mount) if not path else refusal(404, "there is no such address")
        showing = self.showing
        if showing.build is None:
            return self._page(empty_page("There is nothing to show yet"), showing, status=503)
        address = path.removeprefix(inside)
        show = parse_qs(query).get("show", [""])[0]
        return self._find(showing, showing.build, address, show)

    def _find(self, showing: Showing, build: Build, address: str, show: str) -> Answer:
        """Return the page, file or generated text at an address of the site."""
        file = f"{address}index.html" if not address or address.endswith("/") else address
        try:
            if file in build.pages and show == UNITS:
                return self._units(showing, build, build.pages[file])
            html = self._html(build, file)
            if html is not None:
                return self._page(html, showing, page=build.pages.get(file))
            if self._html(build, f"{address}/index.html") is not None:
                return Answer(302, TEXT, location=quote(f"{self.mount}{address}/") + (f"?show={UNITS}" if show else ""))
            if file in build.views.font.files:
                return Answer(200, type_of(file), build.views.font.files[file])
            text = _text(build, file)
            if text is not None:
                return Answer(200, type_of(file), text.encode())
            project = build.compilation.site.project
            for name in project.assets:
                if file == asset_address(project, name):
                    return self._asset(name)
            return self._page(self._missing(build, address), showing, status=404)
        except (BaliseError, TemplateError) as failure:
            failed = Showing(showing.revision, problems=(failure_problem(failure, "theme"),))
            return self._page(empty_page("This page cannot be shown"), failed, status=500)

    def _html(self, build: Build, address: str) -> str | None:
        """Return a page as it is published, rendered once per build; `None` where there is none."""
        if address not in build.rendered:
            html = _render(build, address)
            if html is None:
                return None
            build.rendered[address] = html
        return build.rendered[address]

    def _units(self, showing: Showing, build: Build, page: CompiledPage) -> Answer:
        view = show_units(build.views.page(page), page, build.compilation)
        html = render_page(view, build.views.phrases[page.language])
        return self._page(html, showing, page=page, extra=render_legend(page))

    def _missing(self, build: Build, address: str) -> str:
        """Return the page for an address that does not exist, in the language that the address begins with."""
        views = copy(build.views)
        views.site_url = f"http://preview{self.mount}"
        tag = address.split("/")[0]
        known = tag in build.compilation.site.project.site.languages
        view = views.chooser(f"{tag}/404.html" if known else "404.html", missing=True, language=tag if known else "")
        return render_page(view, views.phrases[view.language])

    def _asset(self, name: str) -> Answer:
        content = load_asset(self.settings.root / self.settings.content, name)
        if content is None:
            return refusal(404, "there is no such file, or a link stands in its place")
        return Answer(200, type_of(name), content, is_asset=True)

    def _page(
        self,
        html: str,
        showing: Showing,
        *,
        status: int = 200,
        page: CompiledPage | None = None,
        extra: Markup | None = None,
    ) -> Answer:
        """Return a page as the preview shows it, with what stops the build, its own warnings and what was asked."""
        missing = status == 404  # the address may be that of a draft which cannot be read, as advice says
        problems = tuple(
            item
            for item in showing.problems
            if showing.failed or _concerns(item, page) or (missing and item.severity is Severity.ADVICE)
        )
        ending = "This is the last good version." if showing.failed and showing.build else ""
        manual = f"{self.root}_balise/{RULES}"
        rules = known_rules(showing.build.compilation.site.project) if showing.build and problems else ()
        shown = render_problems(problems, failed=showing.failed, ending=ending, manual=manual, rules=rules)
        shown += extra or Markup()
        return Answer(status, HTML, inject(html, self.root, showing.revision, shown).encode())


def _concerns(problem: Problem, page: CompiledPage | None) -> bool:
    """Tell whether a problem stands in the source or the catalogue that a page was made from."""
    if page is None:
        return False
    folder = "guides" if page.page.step else "pages"
    catalogue = f"locales/{page.language}/{folder}/{page.page.step.guide if page.page.step else page.page.id}.po"
    return problem.location.path in (page.page.path, page.translated.page.path, catalogue)


def _render(build: Build, address: str) -> str | None:
    """Return a page of the sources or of templates, or a redirect, as it is published; `None` for other addresses."""
    site, views = build.compilation.site, build.views
    if address in build.pages:
        page = build.pages[address]
        return render_page(views.page(page), views.phrases[page.language])
    tag = address.split("/")[0]
    if address == "index.html" or (tag in site.editions and address == index_address(tag)):
        view = views.index_page(tag) if tag in site.editions else views.chooser()
        return render_page(view, views.phrases[view.language])
    if address in site.redirects:
        return redirect_page(relative_url(site.redirects[address], address), tag)
    return None


def _text(build: Build, address: str) -> str | None:
    """Return a generated file that is no page: style sheet, scripts, the search's text, sitemaps; else `None`."""
    site, views = build.compilation.site, build.views
    for bundle in (*chain(*views.bundles.values()), *(views.search_script(tag) for tag in site.editions)):
        if address == bundle.address:
            return bundle.content
    tag, _, name = address.partition("/")
    if tag in site.editions and address == search_address(tag):
        return views.search_text(tag, (views.search_line(page) for page in site.editions[tag].pages.values()))
    if not views.site_url:
        return None
    if address == "sitemap.xml":
        return sitemap_index(site.project.site.languages, views.site_url)
    return sitemap(tag, views) if name == "sitemap.xml" and tag in site.editions else None


def failure_problem(failure: Exception, path: str) -> Problem:
    """Return what stopped a build as a problem: a project that cannot be read, a broken template, or our bug."""
    if isinstance(failure, TemplateError):
        where = Location(getattr(failure, "filename", None) or path, getattr(failure, "lineno", None) or 0)
        return error("template-error", f"the template cannot be filled: {failure.message}", where, "mend the template")
    if isinstance(failure, (BaliseError, OSError)):
        return error("project", str(failure), Location(path))
    hint = "please send us what the terminal shows"
    return error("bug", f"this is a bug in balise: {type(failure).__name__}", Location(path), hint)
