"""The compiled site: editions, pages at their final addresses, and the addresses that redirect to them."""

from __future__ import annotations

import hashlib
import posixpath
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from markupsafe import Markup

from balise.languages import Text, fallbacks
from balise.page import Page
from balise.problems import Problem, error
from balise.project import Project
from balise.sources import SourceView
from balise.theme_view import Heading
from balise.translate import TranslatedPage


@dataclass(frozen=True)
class Body:
    """A page's finished HTML: safe, linked, set, with its headings, its anchors and the sources it names, in order."""

    html: Markup
    headings: tuple[Heading, ...] = ()
    anchors: frozenset[str] = frozenset()
    sources: tuple[SourceView, ...] = ()


@dataclass(frozen=True)
class Listing:
    """What the rest of the site shows of a page in one edition: where it is published, and what it is called.

    `address` is a path from the site's root; `unready` says that most of the page is not translated; `reviewed` is the
    ISO day on which a person last read its text, "" when none is known; `hidden` keeps it from search engines; `draft`
    is "page" for a page that the preview alone shows, "text" where only this edition's text is not published, else "".
    """

    page: Page
    language: str
    address: str
    title: Text
    short: Text
    description: Text
    unready: bool
    reviewed: str
    hidden: bool
    draft: str


@dataclass(frozen=True)
class CompiledPage(Listing):
    """One page in one edition with all that it shows.

    `translated` is what the catalogue gives; `shown` is what readers get after the policy for critical sections.
    """

    translated: TranslatedPage = field(repr=False)
    shown: TranslatedPage = field(repr=False)
    body: Body = field(repr=False)


Listings = Mapping[str, Mapping[str, Listing]]
"""All pages by language and id, in the order of the navigation."""


@dataclass(frozen=True)
class Edition:
    """The site in one language, with its pages by id in the order of the navigation."""

    language: str
    pages: Mapping[str, CompiledPage]


@dataclass(frozen=True)
class Site:
    """All editions, the redirects (old address to address) and the project they were made from."""

    project: Project
    editions: Mapping[str, Edition]
    redirects: Mapping[str, str]

    @property
    def listings(self) -> Listings:
        """Return what the pages show of each other."""
        return {tag: edition.pages for tag, edition in self.editions.items()}


def page_slug(page: Page, language: str) -> str:
    """Return the last word of a page's address in a language; the file or folder name where none is given."""
    slugs = page.meta.get("slug", {})
    for tag in fallbacks(language):
        if tag in slugs:
            return str(slugs[tag])
    name = page.id.rpartition("/")[2]
    return page.section if name == "index" else name


_SIGNS = "bcdfghjkmnpqrstvwxz23456789"
"""What opaque words are made of: no vowels, so that none can be read, and no signs that look alike."""


def opaque_word(name: str) -> str:
    """Return a short word that tells nothing of a name and is the same for it every time."""
    number = int.from_bytes(hashlib.sha256(name.encode()).digest()[:8])
    signs = []
    for _ in range(7):
        number, place = divmod(number, len(_SIGNS))
        signs.append(_SIGNS[place])
    return "".join(signs)


def asset_address(project: Project, name: str) -> str:
    """Return where a file of content/assets/ is published; on a discreet site its name tells nothing."""
    if not project.site.discreet:
        return name
    return f"assets/{opaque_word(name)}{posixpath.splitext(name)[1].lower()}"


def page_address(project: Project, page: Page, language: str) -> str:
    """Return where a page is published in a language, as a path from the site's root: `fr/aide/chantage/index.html`.

    On a discreet site it tells nothing: `fr/p/k3f9bzt/index.html`.
    """
    if project.site.discreet and page.id != "index":
        return f"{language}/p/{opaque_word(page.id)}/index.html"
    return _named_address(project, page, language)


def _named_address(project: Project, page: Page, language: str) -> str:
    """Return the address that a page's slug, folder and file name make."""
    slug_page = _slug_page(project, page, language)
    if page.id == "index":
        return f"{language}/index.html"
    if page.step and page.is_inner_step:
        first = _named_address(project, project.pages[page.step.page(page.step.start)], language)
        return f"{first.removesuffix('index.html')}{opaque_word(page.id)}/index.html"
    if page.is_index or not page.section:
        return f"{language}/{page_slug(slug_page, language)}/index.html"
    index = project.pages.get(f"{page.section}/index")
    folder = page_slug(index, language) if index else page.section
    return f"{language}/{folder}/{page_slug(slug_page, language)}/index.html"


def index_address(language: str) -> str:
    """Return where the A–Z page of an edition is published: the same word in every language, telling nothing."""
    return f"{language}/a-z/index.html"


def search_address(language: str) -> str:
    """Return where the text that the search of an edition reads is published: beside its A–Z page."""
    return f"{language}/a-z/search.txt"


def _slug_page(project: Project, page: Page, language: str) -> Page:
    """Return the file that names a page's address in a language: its own text there, or the page itself."""
    own = project.own.get((language, page.id), page)
    return own if "slug" in own.meta else page


def _same(address: str) -> str:
    """Return what two addresses have in common that a disk or a server may take for one."""
    return unicodedata.normalize("NFC", address).casefold()


def addresses(project: Project) -> tuple[Mapping[tuple[str, str], str], Mapping[str, str], tuple[Problem, ...]]:
    """Return each page's address by language and id, the redirects, and a problem for each address used twice.

    Drafts come last, so that one that takes the place of a published page has the problem.
    """
    pages = sorted(project.pages.values(), key=lambda page: page.is_draft)
    table: dict[tuple[str, str], str] = {}
    taken: dict[str, Page] = {}
    problems: list[Problem] = []
    for tag in project.site.languages:
        for page in pages:
            address = page_address(project, page, tag)
            key = _same(address)
            if key in taken or address == index_address(tag):
                named = _slug_page(project, page, tag)
                where = named.document.location("slug" if "slug" in named.meta else "title")
                other = taken[key].path if key in taken else "the A–Z page"
                message = f'address "/{address.removesuffix("index.html")}" is taken by {other}'
                name = "file name" if project.site.discreet else f"slug for {tag}"
                hint = f"give {'one of the two pages' if key in taken else 'this page'} another {name}"
                problems.append(error("address-twice", message, where, hint))
            taken.setdefault(key, page)
            table[tag, page.id] = address
    redirects, found = _redirects(project, table, taken)
    return table, redirects, (*problems, *found)


def _redirects(
    project: Project, table: Mapping[tuple[str, str], str], taken: Mapping[str, Page]
) -> tuple[Mapping[str, str], Iterable[Problem]]:
    """Return former addresses with today's; one that is a page, or was another page too, is a problem."""
    redirects: dict[str, str] = {}
    claimed = dict(taken)
    problems: list[Problem] = []
    for page in project.pages.values():
        for tag, words in page.meta.get("former", {}).items():
            if (tag, page.id) not in table:
                continue
            address = table[tag, page.id]
            folder = posixpath.dirname(posixpath.dirname(_named_address(project, page, tag))) or tag
            for word in words if isinstance(words, list) else [words]:
                old = f"{tag}/{word}/index.html" if "/" in word else f"{folder}/{word}/index.html"
                other = claimed.setdefault(_same(old), page)
                reserved = old == index_address(tag)
                if other is not page or _same(old) in taken or reserved:
                    where = page.document.location("former", tag)
                    owner = "the A–Z page" if reserved else other.path
                    message = f'former address "/{old.removesuffix("index.html")}" belongs to {owner}'
                    problems.append(error("address-twice", message, where, "remove it from `former`"))
                else:
                    redirects[old] = address
    return redirects, problems


def ordered_pages(project: Project) -> tuple[Page, ...]:
    """Return the pages in the order of the navigation: home, then each section's first page and its pages."""
    places = {name: index + 1 for index, name in enumerate(project.site.sections)}
    return tuple(
        sorted(
            project.pages.values(),
            key=lambda page: (places.get(page.section, 0 if not page.section else 999), not page.is_index, page.order),
        )
    )
