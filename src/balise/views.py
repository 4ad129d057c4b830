"""What each page's template is given, put together from the compiled site; pure, without MkDocs."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from markupsafe import Markup

from balise.calls import Calls
from balise.catalogues import Phrases, State
from balise.components import bundle_styles, render_component
from balise.expand import CallError
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

UNREADY_SHARE = 0.5
"""Share of missing units above which an edition's page is not offered to search engines as a translation."""


@dataclass(frozen=True)
class StyleSheet:
    """The site's one style sheet: where it is published, its bytes and its digest."""

    address: str
    content: str
    integrity: str


def style_sheet() -> StyleSheet:
    """Return the theme's style sheet under a name that changes with its content."""
    content = bundle_styles()
    digest = hashlib.sha384(content.encode()).digest()
    name = hashlib.sha256(content.encode()).hexdigest()[:10]
    return StyleSheet(f"assets/balise-{name}.css", content, "sha384-" + base64.b64encode(digest).decode())


def language_name(tag: str, shown_in: str) -> str:
    """Return a language's name in another language, as CLDR has it."""
    from balise.cldr import language_name as cldr_name

    return cldr_name(tag, shown_in)


class SiteViews:
    """The views of one compiled site: everything that pages of an edition share is made once."""

    def __init__(self, site: Site, options: Options, site_url: str) -> None:
        self.site, self.options = site, options
        self.site_url = site_url if not site_url or site_url.endswith("/") else site_url + "/"
        self.sheet = style_sheet()
        self.phrases: Mapping[str, Phrases] = {
            tag: edition_phrases(site.project, tag) for tag in site.project.site.languages
        }
        self._help = {tag: self._help_channels(tag) for tag in self.phrases}

    def _help_channels(self, tag: str) -> tuple[object, object]:
        config = self.site.project.site
        calls = Calls(self.site.project, tag, self.phrases[tag], self.options.today, self.options.allow_stale)
        found: list[object] = []
        for table in (config.emergency, config.help):
            name = table.get(config.default_country)
            try:
                found.append(calls.view(name) if name else None)
            except CallError:
                found.append(None)
        return found[0], found[1]

    def page(self, page: CompiledPage) -> PageView:
        """Return the view of one page in one edition."""
        edition = self.site.editions[page.language]
        shared = self._shared(page.language, page.address)
        previous, following = self._neighbours(edition, page)
        return PageView(
            **shared,
            kind=page.page.type.name,
            title=page.title,
            description=page.description,
            head_title=self._head_title(page),
            canonical=self._canonical(page),
            noindex="noindex" in page.page.meta or self._mostly_missing(page),
            alternates=self._alternates(page),
            x_default=self.site_url if self.site_url and page.page.id == "index" else "",
            languages=self._languages(page),
            navigation=self._navigation(edition, page),
            breadcrumb=self._breadcrumb(edition, page),
            body=page.body.html,
            contents=page.body.headings if len(page.body.headings) > 3 and page.page.type.name != "home" else (),
            notice=self._notice(page),
            sources=page.body.sources,
            reviewed=self._date(page.page.meta.get("reviewed", ""), page.language),
            assembled=self._date(self.site.project.site.assembled, page.language),
            previous=previous,
            next=following,
        )

    def _shared(self, language: str, address: str, base: str | None = None) -> dict[str, object]:
        config = self.site.project.site
        emergency, help_channel = self._help[language]
        root = base if base is not None else "../" * address.count("/")
        return {
            "language": language,
            "direction": direction(language),
            "site_name": self._site_name(language),
            "stylesheet": Asset(root + self.sheet.address, self.sheet.integrity),
            "base": root,
            "home_url": (root or "./") + language + "/",
            "exit_url": config.exit_address(language),
            "emergency": emergency,
            "help": help_channel,
            "footer": self._footer(language, address, base),
            "licence_url": config.licence,
        }

    def _site_name(self, language: str) -> Text:
        return set_text(self.phrases[language].text("site.name", self.site.project.site.name))

    def _head_title(self, page: CompiledPage) -> str:
        name = self._site_name(page.language).text
        return name if page.page.id == "index" else f"{page.title.text} – {name}"

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

    def _canonical(self, page: CompiledPage) -> str:
        """Return the page's own address, or that of its source text where most of it is not translated."""
        if self._mostly_missing(page) and page.page.language in self.site.editions:
            return self._absolute(self.site.editions[page.page.language].pages[page.page.id].address)
        return self._absolute(page.address)

    def _mostly_missing(self, page: CompiledPage) -> bool:
        missing = page.translated.count(State.MISSING, State.REFUSED)
        return missing > UNREADY_SHARE * page.translated.total

    def _alternates(self, page: CompiledPage) -> tuple[Alternate, ...]:
        if not self.site_url:
            return ()
        real = [
            edition.pages[page.page.id]
            for edition in self.site.editions.values()
            if not self._mostly_missing(edition.pages[page.page.id])
        ]
        if page not in real or len(real) < 2:
            return ()
        return tuple(Alternate(other.language, self._absolute(other.address)) for other in real)

    def _languages(self, page: CompiledPage) -> tuple[LanguageLink, ...]:
        links = []
        for tag, edition in self.site.editions.items():
            other = edition.pages[page.page.id]
            url = relative_url(other.address, page.address)
            translated = not self._mostly_missing(other)
            links.append(link_language(tag, url, tag == page.language, translated))
        return tuple(links)

    def _navigation(self, edition: Edition, page: CompiledPage) -> tuple[NavigationItem, ...]:
        items = []
        for name in self.site.project.site.sections:
            index = edition.pages.get(f"{name}/index")
            if index is None:
                continue
            children: tuple[NavigationItem, ...] = ()
            if page.page.section == name:
                inside = [other for other in edition.pages.values() if other.page.section == name]
                children = tuple(self._item(other, page) for other in inside if not other.page.is_index)
            url = relative_url(index.address, page.address)
            items.append(NavigationItem(index.short, url, index is page, children))
        return tuple(items)

    def _item(self, other: CompiledPage, page: CompiledPage) -> NavigationItem:
        return NavigationItem(other.short, relative_url(other.address, page.address), other is page)

    def _breadcrumb(self, edition: Edition, page: CompiledPage) -> tuple[Link, ...]:
        if page.page.id == "index":
            return ()
        names = ["index"]
        if page.page.section and not page.page.is_index:
            names.append(f"{page.page.section}/index")
        found = [edition.pages[name] for name in names if name in edition.pages]
        return tuple(Link(other.short, relative_url(other.address, page.address)) for other in found)

    def _neighbours(self, edition: Edition, page: CompiledPage) -> tuple[Link | None, Link | None]:
        if page.page.is_index:
            return None, None
        inside = [other for other in edition.pages.values() if other.page.section == page.page.section]
        inside = [other for other in inside if not other.page.is_index]
        at = inside.index(page)
        near = [inside[step] if 0 <= step < len(inside) else None for step in (at - 1, at + 1)]
        links = [Link(other.short, relative_url(other.address, page.address)) if other else None for other in near]
        return links[0], links[1]

    def _notice(self, page: CompiledPage) -> TranslationNotice | None:
        missing = page.translated.count(State.MISSING, State.REFUSED)
        stale = page.translated.count(State.STALE)
        if not missing and not stale:
            return None
        source = page.page.language
        other = self.site.editions.get(source)
        url = relative_url(other.pages[page.page.id].address, page.address) if other else ""
        name = language_name(source, page.language)
        return TranslationNotice(missing, stale, page.translated.total, name, url)

    def _date(self, iso: str, language: str) -> str:
        if not iso:
            return ""
        from balise.cldr import present_date

        return present_date(iso, language)

    def chooser(self, address: str = "index.html", *, missing: bool = False, language: str = "") -> PageView:
        """Return the view of `/`, which offers the languages, or of a page that says that an address does not exist."""
        config = self.site.project.site
        language = language or config.languages[0]
        absolute = urlsplit(self.site_url).path if missing else None
        base = (absolute or "/") if missing else ""
        shared = self._shared(language, address, base if missing else None)
        words = self.phrases[language]
        links = tuple(
            link_language(tag, f"{base or './'}{tag}/", False, True)
            for tag in ([language] if missing and address.count("/") else config.languages)
        )
        component = "not-found" if missing else "language-chooser"
        title = Text(words.gettext("This page does not exist"), language) if missing else self._site_name(language)
        return PageView(
            **shared,
            kind="missing" if missing else "chooser",
            title=title,
            description=Text("", language),
            head_title=title.text if not missing else f"{title.text} – {self._site_name(language).text}",
            canonical="" if missing else self.site_url,
            noindex=missing,
            alternates=()
            if missing or not self.site_url
            else tuple(Alternate(tag, urljoin(self.site_url, f"{tag}/")) for tag in config.languages),
            x_default="" if missing else self.site_url,
            body=Markup(render_component(component, words, languages=links)),
        )


def link_language(tag: str, url: str, current: bool, translated: bool) -> LanguageLink:
    """Return an entry of the language switch with the language's own name."""
    name = language_name(tag, tag)
    return LanguageLink(tag, name[:1].upper() + name[1:], url, current, translated)


def sitemap(site: Site, language: str, views: SiteViews) -> str:
    """Return the sitemap of an edition: pages for search engines, each with its real translations."""
    rows = []
    for page in site.editions[language].pages.values():
        view = views.page(page)
        if view.noindex or not view.canonical:
            continue
        links = "".join(
            f'<xhtml:link rel="alternate" hreflang="{item.language}" href="{item.url}"/>' for item in view.alternates
        )
        reviewed = page.page.meta.get("reviewed", "")
        lastmod = f"<lastmod>{reviewed}</lastmod>" if reviewed else ""
        rows.append(f"<url><loc>{view.canonical}</loc>{lastmod}{links}</url>\n")
    head = '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">\n'
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{head}{"".join(rows)}</urlset>\n'


def sitemap_index(languages: tuple[str, ...], site_url: str) -> str:
    """Return the index that names each edition's sitemap."""
    rows = "".join(f"<sitemap><loc>{urljoin(site_url, f'{tag}/sitemap.xml')}</loc></sitemap>\n" for tag in languages)
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
