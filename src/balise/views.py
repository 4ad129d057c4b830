"""What each page's template is given, put together from the compiled site; pure, without MkDocs."""

from __future__ import annotations

import base64
import functools
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from markupsafe import Markup, escape

from balise.calls import Calls
from balise.components import bundle_scripts, bundle_styles, render_component, typeset
from balise.expand import CallError
from balise.languages import Text, direction
from balise.links import relative_url
from balise.pipeline import Options, edition_phrases, set_text
from balise.qr import qr_path
from balise.site import CompiledPage, Listing, Listings
from balise.theme_view import (
    Alternate,
    Asset,
    Code,
    LanguageLink,
    Link,
    NavigationItem,
    PageView,
    TranslationNotice,
)

if TYPE_CHECKING:
    from balise.channels import ChannelView
    from balise.project import Project

WHOLE_SECTION = 40
"""Pages of a section that its navigation lists; a larger one is shown in stretches, with a link to all of it."""
STRETCH = 30
"""Pages in a stretch of a large section, at most; all stretches are about equally long."""


@dataclass(frozen=True)
class Bundle:
    """A style sheet or script of the theme: where it is published, its text and its digest (SRI, sha384)."""

    address: str
    content: str
    integrity: str


def make_bundle(content: str, suffix: str) -> Bundle:
    """Return a text of the theme under a name that changes with it."""
    digest = base64.b64encode(hashlib.sha384(content.encode()).digest()).decode()
    name = hashlib.sha256(content.encode()).hexdigest()[:10]
    return Bundle(f"assets/balise-{name}.{suffix}", content, f"sha384-{digest}")


def language_name(tag: str, shown_in: str) -> str:
    """Return a language's name in another language, as CLDR has it."""
    from balise.cldr import language_name as cldr_name

    return cldr_name(tag, shown_in)


class SiteViews:
    """The views of one compiled site: everything that pages of an edition share is made once.

    `listings` are what pages show of each other; a page's own view is made from the compiled page alone.
    """

    def __init__(self, project: Project, listings: Listings, options: Options, site_url: str) -> None:
        self.project, self.listings, self.options = project, listings, options
        self.site_url = site_url if not site_url or site_url.endswith("/") else site_url + "/"
        self.sheet = make_bundle(bundle_styles(), "css")
        self.script = make_bundle(bundle_scripts(), "js")
        self.phrases = {tag: edition_phrases(project, tag) for tag in project.site.languages}
        self._help = {tag: self._help_channels(tag) for tag in self.phrases}
        self._inside: dict[tuple[str, str], list[Listing]] = {}
        self._places: dict[tuple[str, str], int] = {}
        for tag, pages in listings.items():
            for page in pages.values():
                if not page.page.is_index:
                    inside = self._inside.setdefault((tag, page.page.section), [])
                    self._places[tag, page.page.id] = len(inside)
                    inside.append(page)
        self._frames: dict[tuple[str, str], PageView] = {}
        self._menus: dict[tuple[str, str, int], Markup] = {}

    def _help_channels(self, tag: str) -> tuple[ChannelView | None, ChannelView | None]:
        config = self.project.site
        calls = Calls(self.project, tag, self.phrases[tag], self.options.today, self.options.allow_stale)

        def view(name: str) -> ChannelView | None:
            try:
                return calls.view(name) if name else None
            except CallError:
                return None

        country = config.default_country
        return view(config.emergency.get(country, "")), view(config.help.get(country, ""))

    def page(self, page: CompiledPage) -> PageView:
        """Return the view of one page in one edition."""
        before, after = self._neighbours(page)
        frame = self._frame_of(page)
        return replace(
            frame,
            kind=page.page.type.name,
            title=page.title,
            description=page.description,
            head_title=frame.head_title if page.page.id == "index" else f"{page.title.text} – {frame.head_title}",
            canonical=self.canonical(page),
            noindex=page.hidden,
            alternates=self.alternates(page),
            x_default=self.site_url if self.site_url and page.page.id == "index" else "",
            languages=self._languages(page),
            navigation=self._navigation(page),
            printed_address=short_address(self._absolute(page.address)),
            printed_code=self._code(page),
            body=page.body.html,
            contents=page.body.headings if len(page.body.headings) > 3 and page.page.type.name != "home" else (),
            notice=self._notice(page),
            draft=page.draft,
            sources=page.body.sources,
            reviewed=_date(page.reviewed, page.language),
            assembled=_date(self.project.site.assembled, page.language),
            previous=before,
            next=after,
        )

    def _frame_of(self, page: Listing) -> PageView:
        """Return a page's frame, made once for pages in the same folder that have none below them."""
        if page.page.is_index or page.page.id in self.project.site.footer:
            return self._framed(page)
        key = (page.language, _parent(page.address))
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
        return PageView(
            language=language,
            direction=direction(language),
            kind="",
            title=name,
            description=Text("", language),
            site_name=name,
            head_title=name.text,
            stylesheet=Asset(root + self.sheet.address, self.sheet.integrity),
            script=Asset(root + self.script.address, self.script.integrity),
            base=root,
            home_url=f"{root or './'}{language}/",
            exit=render_component("exit-link", words, url=config.exit_address(language)),
            help_bar=render_component("help-bar", words, emergency=emergency, help=help_channel),
            navigation=Markup(),
            body=Markup(),
            footer=render_component("page-footer", words, links=footer, licence_url=config.licence),
        )

    def _framed(self, page: Listing) -> PageView:
        """Return a page's frame with the way to it from the home page."""
        frame = self._frame(page.language, page.address)
        links = self._breadcrumb(page)
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

    def _navigation(self, page: Listing) -> Markup:
        """Return the page's menu; those of one folder differ in the entry that is the page itself alone."""
        section = page.page.section
        if page.page.is_index or section not in self.project.site.sections:
            return self._menu(page.language, section, page.address, page)
        key = (page.language, section, self._stretch(page)[0])
        beside = f"{_parent(page.address)}-/index.html"
        if key not in self._menus:
            self._menus[key] = self._menu(page.language, section, beside, page)
        entry = f'<a href="{escape(relative_url(page.address, beside))}">'
        current = f'<a href="{escape(relative_url(page.address, page.address))}" aria-current="page">'
        return Markup(str(self._menus[key]).replace(entry, current, 1))  # noqa: S704 - rendered by our own template

    def _menu(self, language: str, section: str, address: str, page: Listing) -> Markup:
        """Return the menu as seen from an address, with the pages of a section."""

        def entry(other: Listing, children: tuple[NavigationItem, ...] = ()) -> NavigationItem:
            current = other.address == address
            return NavigationItem(
                other.short, relative_url(other.address, address), current, children, bool(other.draft)
            )

        items = []
        for name in self.project.site.sections:
            index = self.listings[language].get(f"{name}/index")
            if index is None:
                continue
            children: tuple[NavigationItem, ...] = ()
            if section == name:
                inside = self._inside.get((language, section), [])
                first, size = self._stretch(page)
                children = tuple(entry(other) for other in inside[first : first + size])
                if size < len(inside):
                    words = self.phrases[language].gettext("All {count} pages of this section")
                    title = Text(words.format(count=len(inside)), language)
                    children = (*children, NavigationItem(title, relative_url(index.address, address), False))
            items.append(entry(index, children))
        return render_component("navigation", self.phrases[language], items=tuple(items))

    def _stretch(self, page: Listing) -> tuple[int, int]:
        """Return the first place and the number of the pages of its section that a page's menu lists."""
        count = len(self._inside.get((page.language, page.page.section), ()))
        if count <= WHOLE_SECTION:
            return 0, count
        size = -(-count // -(-count // STRETCH))
        return self._places.get((page.language, page.page.id), 0) // size * size, size

    def _breadcrumb(self, page: Listing) -> tuple[Link, ...]:
        if page.page.id == "index":
            return ()
        names = ["index"]
        if page.page.section and not page.page.is_index:
            names.append(f"{page.page.section}/index")
        pages = self.listings[page.language]
        return tuple(Link(*_titled(pages[name], page)) for name in names if name in pages)

    def _neighbours(self, page: Listing) -> tuple[Link | None, Link | None]:
        if page.page.is_index:
            return None, None
        inside = self._inside[page.language, page.page.section]
        at = self._places[page.language, page.page.id]
        before = Link(*_titled(inside[at - 1], page)) if at else None
        return before, Link(*_titled(inside[at + 1], page)) if at + 1 < len(inside) else None

    def _notice(self, page: CompiledPage) -> TranslationNotice | None:
        missing, stale = page.shown.foreign(), page.shown.marked()
        if not missing and not stale:
            return None
        source = page.page.language
        other = self.listings.get(source)
        url = relative_url(other[page.page.id].address, page.address) if other else ""
        name = language_name(source, page.language)
        return TranslationNotice(missing, stale, page.translated.total, name, url)

    def template_pages(self) -> Mapping[str, PageView]:
        """Return the pages that have no source, by address: the language chooser and what stands where nothing is."""
        languages = self.project.site.languages
        missing = {f"{tag}/404.html": self.chooser(f"{tag}/404.html", missing=True, language=tag) for tag in languages}
        return {"index.html": self.chooser(), "404.html": self.chooser("404.html", missing=True), **missing}

    def texts(self, redirects: Mapping[str, str]) -> Mapping[str, str]:
        """Return the generated files that are no pages, by address; `redirects` maps former addresses to today's."""
        found = {item.address: item.content for item in (self.sheet, self.script)}
        for old, address in redirects.items():
            found[old] = redirect_page(relative_url(address, old), old.split("/")[0])
        return {**found, **self.sitemaps()}

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
            head_title = f"{title.text} – {frame.head_title}"
            return replace(frame, kind="missing", title=title, head_title=head_title, noindex=True, body=body)
        homes = [Alternate(tag, urljoin(self.site_url, f"{tag}/")) for tag in config.languages if self.site_url]
        bars = tuple(self._help_bar(tag) for tag in config.languages)
        body = render_component("language-chooser", words, languages=links, bars=bars)
        frame = replace(
            frame, help_bar=Markup(), footer=render_component("page-footer", words, links=(), licence_url="")
        )
        url = self.site_url
        return replace(frame, kind="chooser", canonical=url, alternates=tuple(homes), x_default=url, body=body)

    def _help_bar(self, language: str) -> Markup:
        """Return the numbers of the help bar in a language, for a page that has none of its own."""
        emergency, helpline = self._help[language]
        return typeset(
            render_component("help-bar", self.phrases[language], emergency=emergency, help=helpline), language
        )


def short_address(address: str) -> str:
    """Return an address as people type it: without the scheme and the last slash."""
    return address.partition("//")[2].removesuffix("/")


def _parent(address: str) -> str:
    """Return the folder that a page's own folder stands in, with its slash."""
    return address.rpartition("/")[0].rpartition("/")[0] + "/"


def _titled(other: Listing, page: Listing) -> tuple[Text, str]:
    """Return a page's short title and its address as seen from another page."""
    return other.short, relative_url(other.address, page.address)


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


def sitemap(language: str, views: SiteViews) -> str:
    """Return the sitemap of an edition: pages for search engines, each with its real translations."""
    rows = []
    for page in views.listings[language].values():
        if page.hidden or not views.site_url:
            continue
        links = "".join(
            f'<xhtml:link rel="alternate" hreflang="{item.language}" href="{escape(item.url)}"/>'
            for item in views.alternates(page)
        )
        lastmod = f"<lastmod>{page.reviewed}</lastmod>" if page.reviewed else ""
        rows.append(f"<url><loc>{escape(views.canonical(page))}</loc>{lastmod}{links}</url>\n")
    head = '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">\n'
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{head}{"".join(rows)}</urlset>\n'


def sitemap_index(languages: tuple[str, ...], site_url: str) -> str:
    """Return the index that names each edition's sitemap."""
    addresses = [escape(urljoin(site_url, f"{tag}/sitemap.xml")) for tag in languages]
    rows = "".join(f"<sitemap><loc>{address}</loc></sitemap>\n" for address in addresses)
    head = '<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{head}{rows}</sitemapindex>\n'


def redirect_page(target: str, language: str) -> str:
    """Return the page that stands at a former address: works without script, leaves no entry of its own in searches."""
    return (
        f'<!doctype html>\n<html lang="{language}">\n<meta charset="utf-8">\n'
        f'<meta name="referrer" content="no-referrer">\n<meta name="robots" content="noindex">\n'
        f'<meta http-equiv="refresh" content="0; url={target}">\n<title>→</title>\n'
        f'<p><a href="{target}">{target}</a></p>\n</html>\n'
    )
