"""What each page's template is given, put together from the compiled site; pure, without MkDocs."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from markupsafe import Markup, escape

from balise.calls import Calls
from balise.catalogues import State
from balise.components import bundle_scripts, bundle_styles, render_component, typeset
from balise.expand import CallError
from balise.fields import is_true
from balise.languages import Text, direction
from balise.links import relative_url
from balise.pipeline import Options, edition_phrases, set_text
from balise.site import CompiledPage, Edition, Site
from balise.theme_view import (
    Alternate,
    Asset,
    LanguageLink,
    Link,
    NavigationItem,
    PageView,
    TranslationNotice,
)

if TYPE_CHECKING:
    from balise.channels import ChannelView

UNREADY_SHARE = 0.5
"""Share of missing units above which an edition's page is not offered to search engines as a translation."""


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
    """The views of one compiled site: everything that pages of an edition share is made once."""

    def __init__(self, site: Site, options: Options, site_url: str) -> None:
        self.site, self.options = site, options
        self.site_url = site_url if not site_url or site_url.endswith("/") else site_url + "/"
        self.sheet = make_bundle(bundle_styles(), "css")
        self.script = make_bundle(bundle_scripts(), "js")
        self.phrases = {tag: edition_phrases(site.project, tag) for tag in site.project.site.languages}
        self._help = {tag: self._help_channels(tag) for tag in self.phrases}
        pages = [page for edition in site.editions.values() for page in edition.pages.values()]
        self._unready = {page.address for page in pages if _is_unready(page)}
        self._inside: dict[tuple[str, str], list[CompiledPage]] = {}
        for page in pages:
            if not page.page.is_index:
                self._inside.setdefault((page.language, page.page.section), []).append(page)

    def _help_channels(self, tag: str) -> tuple[ChannelView | None, ChannelView | None]:
        config = self.site.project.site
        calls = Calls(self.site.project, tag, self.phrases[tag], self.options.today, self.options.allow_stale)

        def view(name: str) -> ChannelView | None:
            try:
                return calls.view(name) if name else None
            except CallError:
                return None

        country = config.default_country
        return view(config.emergency.get(country, "")), view(config.help.get(country, ""))

    def page(self, page: CompiledPage) -> PageView:
        """Return the view of one page in one edition."""
        edition = self.site.editions[page.language]
        previous, following = self._neighbours(page)
        frame = self._frame(page.language, page.address)
        return replace(
            frame,
            kind=page.page.type.name,
            title=page.title,
            description=page.description,
            head_title=frame.head_title if page.page.id == "index" else f"{page.title.text} – {frame.head_title}",
            canonical=self.canonical(page),
            noindex=self.is_hidden(page),
            alternates=self.alternates(page),
            x_default=self.site_url if self.site_url and page.page.id == "index" else "",
            languages=self._languages(page),
            navigation=self._navigation(edition, page),
            breadcrumb=self._breadcrumb(edition, page),
            body=page.body.html,
            contents=page.body.headings if len(page.body.headings) > 3 and page.page.type.name != "home" else (),
            notice=self._notice(page),
            draft=_draft(page),
            sources=page.body.sources,
            reviewed=_date(reviewed_on(page), page.language),
            assembled=_date(self.site.project.site.assembled, page.language),
            previous=previous,
            next=following,
        )

    def _frame(self, language: str, address: str, base: str | None = None) -> PageView:
        """Return an empty page with what all pages of an edition have; `base` is the site's root where not relative."""
        config = self.site.project.site
        emergency, help_channel = self._help[language]
        root = base if base is not None else "../" * address.count("/")
        name = set_text(self.phrases[language].text("site.name", config.name))
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
            exit_url=config.exit_address(language),
            emergency=emergency,
            help=help_channel,
            body=Markup(),
            footer=self._footer(language, address, base),
            licence_url=config.licence,
        )

    def _footer(self, language: str, address: str, base: str | None) -> tuple[Link, ...]:
        pages = self.site.editions[language].pages
        links = []
        for name in self.site.project.site.footer:
            if name in pages:
                target = pages[name].address
                url = relative_url(target, address) if base is None else base + target.removesuffix("index.html")
                links.append(Link(pages[name].short, url))
        return tuple(links)

    def _absolute(self, address: str) -> str:
        return urljoin(self.site_url, address.removesuffix("index.html")) if self.site_url else ""

    def canonical(self, page: CompiledPage) -> str:
        """Return the page's own address, or that of its source text where most of it is not translated."""
        if page.address in self._unready and page.page.language in self.site.editions:
            return self._absolute(self.site.editions[page.page.language].pages[page.page.id].address)
        return self._absolute(page.address)

    def is_hidden(self, page: CompiledPage) -> bool:
        """Tell whether search engines are asked to leave the page out."""
        return is_true(page.translated.page.meta.get("noindex")) or page.address in self._unready

    def alternates(self, page: CompiledPage) -> tuple[Alternate, ...]:
        """Return the page's real translations, itself among them; none where it has no other."""
        if not self.site_url or page.address in self._unready:
            return ()
        others = [edition.pages[page.page.id] for edition in self.site.editions.values()]
        real = [other for other in others if other.address not in self._unready]
        if len(real) < 2:
            return ()
        return tuple(Alternate(other.language, self._absolute(other.address)) for other in real)

    def _languages(self, page: CompiledPage) -> tuple[LanguageLink, ...]:
        links = []
        for tag, edition in self.site.editions.items():
            other = edition.pages[page.page.id]
            url = relative_url(other.address, page.address)
            links.append(link_language(tag, url, tag == page.language, other.address not in self._unready))
        return tuple(links)

    def _navigation(self, edition: Edition, page: CompiledPage) -> tuple[NavigationItem, ...]:
        items = []
        for name in self.site.project.site.sections:
            index = edition.pages.get(f"{name}/index")
            if index is None:
                continue
            children: tuple[NavigationItem, ...] = ()
            if page.page.section == name:
                inside = self._inside.get((page.language, name), ())
                children = tuple(_item(other, page) for other in inside)
            items.append(_item(index, page, children))
        return tuple(items)

    def _breadcrumb(self, edition: Edition, page: CompiledPage) -> tuple[Link, ...]:
        if page.page.id == "index":
            return ()
        names = ["index"]
        if page.page.section and not page.page.is_index:
            names.append(f"{page.page.section}/index")
        return tuple(Link(*_titled(edition.pages[name], page)) for name in names if name in edition.pages)

    def _neighbours(self, page: CompiledPage) -> tuple[Link | None, Link | None]:
        if page.page.is_index:
            return None, None
        inside = self._inside[page.language, page.page.section]
        at = next(index for index, other in enumerate(inside) if other is page)
        before = Link(*_titled(inside[at - 1], page)) if at else None
        return before, Link(*_titled(inside[at + 1], page)) if at + 1 < len(inside) else None

    def _notice(self, page: CompiledPage) -> TranslationNotice | None:
        missing, stale = page.shown.foreign(), page.shown.marked()
        if not missing and not stale:
            return None
        source = page.page.language
        other = self.site.editions.get(source)
        url = relative_url(other.pages[page.page.id].address, page.address) if other else ""
        name = language_name(source, page.language)
        return TranslationNotice(missing, stale, page.translated.total, name, url)

    def chooser(self, address: str = "index.html", *, missing: bool = False, language: str = "") -> PageView:
        """Return the view of `/`, which offers the languages, or of a page that says that an address does not exist."""
        config = self.site.project.site
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
        frame = replace(frame, emergency=None, help=None, footer=(), licence_url="")
        url = self.site_url
        return replace(frame, kind="chooser", canonical=url, alternates=tuple(homes), x_default=url, body=body)

    def _help_bar(self, language: str) -> Markup:
        """Return the numbers of the help bar in a language, for a page that has none of its own."""
        emergency, helpline = self._help[language]
        return typeset(
            render_component("help-bar", self.phrases[language], emergency=emergency, help=helpline), language
        )


def _is_unready(page: CompiledPage) -> bool:
    missing = page.translated.count(State.MISSING, State.REFUSED)
    return missing > UNREADY_SHARE * page.translated.total


def _titled(other: CompiledPage, page: CompiledPage) -> tuple[Text, str]:
    """Return a page's short title and its address as seen from another page."""
    return other.short, relative_url(other.address, page.address)


def _item(other: CompiledPage, page: CompiledPage, children: tuple[NavigationItem, ...] = ()) -> NavigationItem:
    """Return a page's entry in the navigation of another."""
    return NavigationItem(*_titled(other, page), other is page, children, draft=other.is_draft)


def _draft(page: CompiledPage) -> str:
    """Return what of a page is a draft, as the theme knows it: "page", "text" or nothing."""
    return ("page" if page.page.is_draft else "text") if page.is_draft else ""


def reviewed_on(page: CompiledPage) -> str:
    """Return the ISO day on which a person last read the page's text, "" when none is known."""
    return str(page.translated.page.meta.get("reviewed", ""))


def _date(iso: str, language: str) -> str:
    from balise.cldr import present_date

    return present_date(iso, language) if iso else ""


def link_language(tag: str, url: str, current: bool, translated: bool) -> LanguageLink:
    """Return an entry of the language switch with the language's own name."""
    name = language_name(tag, tag)
    return LanguageLink(tag, name[:1].upper() + name[1:], url, current, translated)


def sitemap(site: Site, language: str, views: SiteViews) -> str:
    """Return the sitemap of an edition: pages for search engines, each with its real translations."""
    rows = []
    for page in site.editions[language].pages.values():
        if views.is_hidden(page) or not views.site_url:
            continue
        links = "".join(
            f'<xhtml:link rel="alternate" hreflang="{item.language}" href="{escape(item.url)}"/>'
            for item in views.alternates(page)
        )
        reviewed = reviewed_on(page)
        lastmod = f"<lastmod>{reviewed}</lastmod>" if reviewed else ""
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
