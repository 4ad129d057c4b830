"""What each page's template is given, put together from the compiled site; pure, without MkDocs."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping
from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING
from urllib.parse import quote, urljoin, urlsplit

from markupsafe import Markup

from balise.brand import brand_style
from balise.bundles import Bundle, make_bundle, theme_bundles
from balise.calls import Calls
from balise.channel_words import role_name
from balise.components import (
    CONTENT_SECURITY_POLICY,
    EVERYTHING,
    bundle_for,
    bundles_apart,
    render_component,
    typeset,
)
from balise.expand import CallError
from balise.fonts import load_font
from balise.headers import WORKER, Hosting, render_htaccess, render_netlify
from balise.index_page import index_groups, service_lines
from balise.languages import Text, direction, pick
from balise.links import relative_url
from balise.navigation import Navigation, parent_folder
from balise.offline import Read, render_worker, worker_behaviour
from balise.page_review import is_overdue, review_due
from balise.pipeline import Options, set_text, site_phrases
from balise.qr import qr_path
from balise.search import bundle_search, page_line, page_room
from balise.site import CompiledPage, Listing, Listings, index_address, search_address
from balise.sitemaps import sitemap, sitemap_index
from balise.theme_view import (
    Alternate,
    Asset,
    Code,
    LanguageLink,
    Link,
    LogoView,
    PageView,
    Review,
    SearchSource,
    TranslationNotice,
)

if TYPE_CHECKING:
    from balise.catalogues import CataloguePhrases
    from balise.channels import ChannelView
    from balise.project import Project
    from balise.site_config import SiteConfig
    from balise.sources import SourceView


def language_name(tag: str, shown_in: str) -> str:
    """Return a language's name in another language, as CLDR has it."""
    from balise.cldr import language_name as cldr_name

    return cldr_name(tag, shown_in)


class SiteViews:
    """The views of one compiled site: everything that pages of an edition share is made once.

    `listings` are what pages show of each other; a page's own view is made from the compiled page alone. A `preview`
    asks no browser to keep a page.
    """

    def __init__(
        self,
        project: Project,
        listings: Listings,
        options: Options,
        site_url: str,
        *,
        phrases: Mapping[str, CataloguePhrases] | None = None,
        calls: Mapping[str, Calls] | None = None,
        preview: bool = False,
    ) -> None:
        self.project, self.listings, self.options = project, listings, options
        self.site_url = site_url if not site_url or site_url.endswith("/") else site_url + "/"
        unused = () if project.site.brand.logo else ("site-logo",)
        self.font = load_font(project.site.font)
        styles = self.font.style + brand_style(project.site.brand)
        script = "" if preview else worker_behaviour(project.site)
        names = ("", *bundles_apart(), EVERYTHING)
        self.bundles = {of: theme_bundles(of, styles, script, without=unused) for of in names}
        self.phrases = phrases or site_phrases(project)
        self._known_calls = dict(calls or {})
        self._help = {tag: self._help_channels(tag) for tag in self.phrases}
        self._directories = {
            tag: next((page.address for page in pages.values() if page.page.type.lists_countries), "")
            for tag, pages in listings.items()
        }
        self._ways = Navigation(project.site.sections, listings, self.phrases)
        self._scripts: dict[str, Bundle] = {}
        self._frames: dict[tuple[str, str, str], PageView] = {}
        self._sources: dict[tuple[str, tuple[SourceView, ...]], Markup] = {}

    def _calls(self, tag: str) -> Calls:
        if tag not in self._known_calls:
            options = self.options
            self._known_calls[tag] = Calls(self.project, tag, self.phrases[tag], options.today, options.allow_stale)
        return self._known_calls[tag]

    def _help_channels(self, tag: str) -> tuple[ChannelView | None, ChannelView | None]:
        config, calls = self.project.site, self._calls(tag)

        def view(name: str) -> ChannelView | None:
            try:
                return calls.view(name) if name else None
            except CallError:
                return None

        country = config.default_country
        return view(config.emergency.get(country, "")), view(config.help.get(country, ""))

    def page(self, page: CompiledPage) -> PageView:
        """Return the view of one page in one edition."""
        before, after = self._ways.neighbours(page)
        frame = self._frame_of(page)
        sheet, script = self._loaded(frame.base, bundle_for(page.body.html))
        return frame.filled(
            stylesheet=sheet,
            script=script,
            kind=page.page.type.name,
            title=page.title,
            description=page.description,
            head_title=frame.head_title if page.page.id == "index" else self._head_title(self._named(page), frame),
            canonical=self.canonical(page),
            noindex=page.hidden,
            alternates=self.alternates(page),
            x_default=self.site_url if self.site_url and page.page.id == "index" else "",
            languages=self._languages(page),
            navigation=self._ways.navigation(page),
            printed_address=short_address(self._absolute(page.address)),
            printed_code=self._code(page),
            body=page.body.html,
            contents=page.body.headings if _has_contents(page) else (),
            notice=self._notice(page),
            draft=page.draft,
            sources=self._source_list(page.language, page.body.sources),
            review=self._review(page),
            assembled=_date(self.project.site.assembled, page.language),
            previous=before,
            next=after,
        )

    def _frame_of(self, page: Listing) -> PageView:
        """Return a page's frame, made once for pages in the same folder that it does not lead to."""
        own = page.page.is_index or page.page.type.lists_countries
        if own or page.page.id in self.project.site.footer:
            return self._framed(page)
        key = (page.language, page.page.section, parent_folder(page.address))
        if key not in self._frames:
            self._frames[key] = self._framed(page)
        return self._frames[key]

    def _frame(self, language: str, address: str, base: str | None = None) -> PageView:
        """Return an empty page with what all pages of an edition have; `base` is the site's root where not relative."""
        config = self.project.site
        emergency, help_channel = self._help[language]
        root = base if base is not None else "../" * address.count("/")
        words = self.phrases[language]
        name = set_text(words.text("site.name", config.name))
        footer = self._footer(language, address, base)
        sheet, script = self._loaded(root, EVERYTHING)
        return PageView(
            language=language,
            direction=direction(language),
            kind="",
            title=name,
            description=Text("", language),
            site_name=name,
            head_title=self._neutral_title(words) if config.discreet else name.text,
            discreet=config.discreet,
            stylesheet=sheet,
            script=script,
            base=root,
            home_url=f"{root or './'}{language}/",
            logo=self._logo(root),
            index_url=f"{root or './'}{language}/a-z/",
            exit=render_component("exit-link", words, url=config.exit_address(language)),
            help_bar=render_component(
                "help-bar",
                words,
                emergency=emergency,
                help=help_channel,
                elsewhere=self._elsewhere(language, address, base),
            ),
            navigation=Markup(),
            body=Markup(),
            footer=render_component(
                "page-footer", words, links=footer, licence_url=config.licence, offline=config.offline == "yes"
            ),
        )

    def _loaded(self, root: str, of: str) -> tuple[Asset, Asset]:
        """Return the style sheet and the script of a page, by what `bundle_for` tells of it."""
        sheet, script = self.bundles[of]
        return Asset(root + sheet.address, sheet.integrity), Asset(root + script.address, script.integrity)

    def _elsewhere(self, language: str, address: str, base: str | None) -> str:
        """Return the address of the directory's list of countries; "" for a site with one country, or no directory."""
        site, found = self.project.site, self._directories[language]
        if not found or len(site.countries) < 2:
            return ""
        url = relative_url(found, address) if base is None else base + found.removesuffix("index.html")
        return url if site.discreet else f"{url}#countries"

    def _logo(self, root: str) -> LogoView | None:
        """Return the site's logo as a page below this root shows it."""
        logo, dark = self.project.site.brand.logo, self.project.site.brand.logo_dark
        if logo is None:
            return None
        url = root + quote(logo.name)
        if dark is None:
            return LogoView(url, logo.width, logo.height)
        return LogoView(url, logo.width, logo.height, root + quote(dark.name), dark.width, dark.height)

    def _neutral_title(self, words: CataloguePhrases) -> str:
        """Return what a discreet site shows for a title: on the tab, in the history, on paper."""
        titles = self.project.site.discreet_title
        return pick(titles, words.language)[0] if titles else words.gettext("Information")

    def _head_title(self, title: Text, frame: PageView) -> str:
        return frame.head_title if frame.discreet else f"{title.text} – {frame.head_title}"

    def _named(self, page: Listing) -> Text:
        """Return what the tab and the history call a page; a step of a guide is its number there, not its answer."""
        step = page.page.step
        if step is None or step.is_first or not step.number:
            return page.title
        guide = self.listings[page.language][step.page(step.start)].short
        words = self.phrases[page.language].gettext("{guide}, step {number}")
        return Text(words.format(guide=guide.text, number=step.number), guide.language)

    def _framed(self, page: Listing) -> PageView:
        """Return a page's frame with the way to it from the home page."""
        frame = self._frame(page.language, page.address)
        links = self._ways.breadcrumb(page)
        if links:
            breadcrumb = render_component("breadcrumb", self.phrases[page.language], links=links)
            frame = replace(frame, breadcrumb=breadcrumb)
        return frame

    def _footer(self, language: str, address: str, base: str | None) -> tuple[Link, ...]:
        pages = self.listings[language]
        links = []
        for name in self.project.site.footer:
            if name in pages:
                target = pages[name].address
                url = relative_url(target, address) if base is None else base + target.removesuffix("index.html")
                links.append(Link(pages[name].short, url))
        return tuple(links)

    def _absolute(self, address: str) -> str:
        return self.site_url + address.removesuffix("index.html") if self.site_url else ""

    def canonical(self, page: Listing) -> str:
        """Return the page's own address, or that of its source text where most of it is not translated."""
        if page.unready and page.page.language in self.listings:
            return self._absolute(self.listings[page.page.language][page.page.id].address)
        return self._absolute(page.address)

    def alternates(self, page: Listing) -> tuple[Alternate, ...]:
        """Return the page's real translations, itself among them; none where it has no other."""
        if not self.site_url or page.unready:
            return ()
        others = [pages[page.page.id] for pages in self.listings.values()]
        real = [other for other in others if not other.unready]
        if len(real) < 2:
            return ()
        return tuple(Alternate(other.language, self._absolute(other.address)) for other in real)

    def _code(self, page: CompiledPage) -> Code | None:
        """Return the page's own address as a QR code, where the page is made for paper and its address fits in one."""
        if not self.site_url or not page.page.is_printed:
            return None
        size, path = qr_path(self._absolute(page.address))
        return Code(size, path) if size else None

    def _languages(self, page: Listing) -> tuple[LanguageLink, ...]:
        links = []
        for tag, pages in self.listings.items():
            other = pages[page.page.id]
            url = relative_url(other.address, page.address)
            links.append(link_language(tag, url, tag == page.language, not other.unready))
        return tuple(links)

    def _notice(self, page: CompiledPage) -> TranslationNotice | None:
        missing, stale = page.shown.foreign(), page.shown.marked()
        if not missing and not stale:
            return None
        source = page.page.language
        other = self.listings.get(source)
        url = relative_url(other[page.page.id].address, page.address) if other else ""
        name = language_name(source, page.language)
        return TranslationNotice(missing, stale, page.translated.total, name, url)

    def _review(self, page: CompiledPage) -> Review | None:
        """Return the reviews of the text that is shown, past and next; nothing where none is known."""
        meta = page.translated.page.meta
        due = review_due(meta)
        if not due:
            return None
        overdue = is_overdue(meta, self.options.today)
        on, by = _date(page.reviewed, page.language), _date(due, page.language)
        return Review(on, role_name(meta.get("reviewed_by", ""), self.phrases[page.language]), by, overdue)

    def _source_list(self, language: str, sources: tuple[SourceView, ...]) -> Markup:
        """Return the list at the end of a page; many pages name the same sources."""
        if not sources:
            return Markup()
        found = self._sources.get((language, sources))
        if found is None:
            html = render_component("sources", self.phrases[language], sources=sources)
            found = self._sources[language, sources] = typeset(html, language)
        return found

    def template_pages(self) -> Mapping[str, PageView]:
        """Return the pages that have no source, by address: the language chooser and what stands where nothing is."""
        languages = self.project.site.languages
        missing = {f"{tag}/404.html": self.chooser(f"{tag}/404.html", missing=True, language=tag) for tag in languages}
        indexes = {index_address(tag): self.index_page(tag) for tag in languages}
        first = {"index.html": self.chooser(), "404.html": self.chooser("404.html", missing=True)}
        return {**first, **missing, **indexes}

    def index_page(self, language: str) -> PageView:
        """Return the view of the A–Z page, which a search box is added to where scripts run."""
        address, words = index_address(language), self.phrases[language]
        groups = index_groups(self.project, self.listings[language], self._calls(language), address)
        frame = self._frame(language, address)
        bundle = self.search_script(language)
        source = SearchSource(Asset(frame.base + bundle.address, bundle.integrity), "search.txt", frame.base)
        box = render_component("search-box", words, source=source)
        title = set_text(Text(words.gettext("A to Z"), language))
        home = self.listings[language].get("index")
        links = (Link(home.short, relative_url(home.address, address)),) if home else ()
        tags = self.project.site.languages
        others = [(tag, relative_url(index_address(tag), address)) for tag in tags]
        return replace(
            frame,
            kind="index",
            title=title,
            head_title=self._head_title(title, frame),
            canonical=self._absolute(address),
            alternates=self.index_alternates(),
            index_url="./",
            languages=tuple(link_language(tag, url, tag == language, True) for tag, url in others),
            navigation=self._ways.menu(language, "", address),
            breadcrumb=render_component("breadcrumb", words, links=links) if links else "",
            body=box + typeset(render_component("letter-index", words, groups=groups), language),
        )

    def index_alternates(self) -> tuple[Alternate, ...]:
        """Return the A–Z pages of all editions; none for a site with one language or without an address."""
        tags = self.project.site.languages
        if not self.site_url or len(tags) < 2:
            return ()
        return tuple(Alternate(tag, self._absolute(index_address(tag))) for tag in tags)

    def search_script(self, language: str) -> Bundle:
        """Return the script of an edition's search."""
        if language not in self._scripts:
            self._scripts[language] = make_bundle(bundle_search(language), "js")
        return self._scripts[language]

    def search_line(self, page: CompiledPage) -> str:
        """Return what the search knows of a finished page; nothing of a draft and of a guide's inner steps."""
        if page.draft == "page" or page.page.is_inner_step:
            return ""
        words = self.project.registries.search.get(page.page.id)
        return page_line(page, words, page_room(len(self.project.pages)))

    def search_text(self, language: str, lines: Iterable[str]) -> str:
        """Return the text that an edition's search reads: the lines of its pages, then those of its services."""
        return "".join(lines) + service_lines(self.project, self.listings[language], self._calls(language))

    def texts(self, redirects: Mapping[str, str], lines: Mapping[str, Iterable[str]]) -> Mapping[str, str]:
        """Return the generated files that are no pages, by address.

        `redirects` maps former addresses to today's, `lines` each language to the `search_line` of its pages, in order.
        """
        scripts = [self.search_script(tag) for tag in self.project.site.languages]
        found = {item.address: item.content for item in (*chain(*self.bundles.values()), *scripts)}
        found |= {search_address(tag): self.search_text(tag, lines.get(tag, ())) for tag in self.project.site.languages}
        for old, address in redirects.items():
            found[old] = redirect_page(relative_url(address, old), old.split("/")[0])
        site = hosting(self.project.site, self.site_url)
        return {**found, "_headers": render_netlify(site), ".htaccess": render_htaccess(site), **self.sitemaps()}

    def worker(self, read: Read) -> Mapping[str, str]:
        """Return the service worker by address, where the site has one; `read` returns a finished page's bytes."""
        text = render_worker(self.project.site, self.listings, read)
        return {WORKER: text} if text else {}

    def sitemaps(self) -> Mapping[str, str]:
        """Return each edition's sitemap and the index of them by address; none for a site without an address."""
        if not self.site_url:
            return {}
        languages = self.project.site.languages
        found = {f"{tag}/sitemap.xml": sitemap(tag, self) for tag in languages}
        return {**found, "sitemap.xml": sitemap_index(languages, self.site_url)}

    def chooser(self, address: str = "index.html", *, missing: bool = False, language: str = "") -> PageView:
        """Return the view of `/`, which offers the languages, or of a page that says that an address does not exist."""
        config = self.project.site
        language = language or config.languages[0]
        absolute = urlsplit(self.site_url).path if missing else None
        base = (absolute or "/") if missing else ""
        frame = self._frame(language, address, base if missing else None)
        words = self.phrases[language]
        links = tuple(
            link_language(tag, f"{base or './'}{tag}/", False, True)
            for tag in ([language] if missing and address.count("/") else config.languages)
        )
        if missing:
            body = typeset(render_component("not-found", words, languages=links), language)
            title = set_text(Text(words.gettext("This page does not exist"), language))
            head_title = self._head_title(title, frame)
            return replace(frame, kind="missing", title=title, head_title=head_title, noindex=True, body=body)
        homes = [Alternate(tag, urljoin(self.site_url, f"{tag}/")) for tag in config.languages if self.site_url]
        bars = tuple(self._help_bar(tag) for tag in config.languages)
        body = render_component("language-chooser", words, languages=links, bars=bars)
        frame = replace(
            frame, help_bar=Markup(), footer=render_component("page-footer", words, links=(), licence_url="")
        )
        url = self.site_url
        return replace(
            frame, kind="chooser", canonical=url, index_url="", alternates=tuple(homes), x_default=url, body=body
        )

    def _help_bar(self, language: str) -> Markup:
        """Return the numbers of the help bar in a language, for a page that has none of its own."""
        emergency, helpline = self._help[language]
        elsewhere = self._elsewhere(language, "index.html", None)
        bar = render_component(
            "help-bar", self.phrases[language], emergency=emergency, help=helpline, elsewhere=elsewhere
        )
        return typeset(bar, language)


def _has_contents(page: CompiledPage) -> bool:
    """Tell whether a page lists its headings: a long one, where the reader has not come for one answer."""
    return len(page.body.headings) > 3 and page.page.type.name != "home" and page.page.step is None


def short_address(address: str) -> str:
    """Return an address as people type it: without the scheme and the last slash."""
    return address.partition("//")[2].removesuffix("/")


def hosting(config: SiteConfig, site_url: str) -> Hosting:
    """Return what a server has to know of a site."""
    base = quote(urlsplit(site_url).path.strip("/"), safe="/%~")
    return Hosting(config.languages, config.discreet, f"/{base}/" if base else "/", worker=config.offline != "no")


@functools.cache
def _date(iso: str, language: str) -> str:
    from balise.cldr import present_date

    return present_date(iso, language) if iso else ""


def link_language(tag: str, url: str, current: bool, translated: bool) -> LanguageLink:
    """Return an entry of the language switch with the language's own name."""
    return LanguageLink(tag, _own_name(tag), url, current, translated)


@functools.cache
def _own_name(tag: str) -> str:
    name = language_name(tag, tag)
    return name[:1].upper() + name[1:]


def redirect_page(target: str, language: str) -> str:
    """Return the page that stands at a former address: works without script, leaves no entry of its own in searches."""
    return (
        f'<!doctype html>\n<html lang="{language}">\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{CONTENT_SECURITY_POLICY}">\n'
        f'<meta name="referrer" content="no-referrer">\n<meta name="robots" content="noindex">\n'
        f'<meta http-equiv="refresh" content="0; url={target}">\n<title>→</title>\n'
        f'<p><a href="{target}">{target}</a></p>\n</html>\n'
    )
