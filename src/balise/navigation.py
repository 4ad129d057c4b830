"""The ways from a page to others: the menu beside it, the path above it and its neighbours below it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from markupsafe import Markup, escape

from balise.components import render_component
from balise.languages import Text
from balise.links import relative_url
from balise.theme_view import Link, NavigationItem

if TYPE_CHECKING:
    from balise.catalogues import CataloguePhrases
    from balise.site import Listing, Listings

WHOLE_SECTION = 40
"""Pages of a section that its navigation lists; a larger one is shown in stretches, with a link to all of it."""
STRETCH = 30
"""Pages in a stretch of a large section, at most; all stretches are about equally long."""


class Navigation:
    """The ways through all editions of a site; a menu that the pages of a folder share is drawn once."""

    def __init__(self, sections: tuple[str, ...], listings: Listings, phrases: Mapping[str, CataloguePhrases]) -> None:
        self.sections, self.listings, self.phrases = sections, listings, phrases
        self._inside: dict[tuple[str, str], list[Listing]] = {}
        self._places: dict[tuple[str, str], int] = {}
        for tag, pages in listings.items():
            for page in pages.values():
                if not page.page.is_index and not page.page.is_inner_step:
                    inside = self._inside.setdefault((tag, page.page.section), [])
                    self._places[tag, page.page.id] = len(inside)
                    inside.append(page)
        self._menus: dict[tuple[str, str, str, int], str] = {}

    def navigation(self, page: Listing) -> Markup:
        """Return the page's menu; those of one folder differ in the entry that is the page itself alone."""
        section = page.page.section
        if page.page.is_index or section not in self.sections:
            return self.menu(page.language, section, page.address, page)
        folder = parent_folder(page.address)
        key, beside = (page.language, section, folder, self._stretch(page)[0]), f"{folder}-/index.html"
        if key not in self._menus:
            self._menus[key] = str(self.menu(page.language, section, beside, page))
        entry = f'<a href="{escape(relative_url(page.address, beside))}">'
        current = f'<a href="{escape(relative_url(page.address, page.address))}" aria-current="page">'
        return Markup(self._menus[key].replace(entry, current, 1))  # noqa: S704 - rendered by our own template

    def menu(self, language: str, section: str, address: str, page: Listing | None = None) -> Markup:
        """Return the menu as seen from an address, with the pages of a section."""

        def entry(other: Listing, children: tuple[NavigationItem, ...] = ()) -> NavigationItem:
            current = other.address == address
            return NavigationItem(
                other.short, relative_url(other.address, address), current, children, bool(other.draft)
            )

        items = []
        for name in self.sections:
            index = self.listings[language].get(f"{name}/index")
            if index is None:
                continue
            children: tuple[NavigationItem, ...] = ()
            if page and section == name:
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

    def breadcrumb(self, page: Listing) -> tuple[Link, ...]:
        """Return the way to a page from the home page, without the page itself."""
        if page.page.id == "index":
            return ()
        names = ["index"]
        if page.page.section and not page.page.is_index:
            names.append(f"{page.page.section}/index")
        if page.page.step and page.page.is_inner_step:
            names.append(page.page.step.page(page.page.step.start))
        pages = self.listings[page.language]
        return tuple(Link(*_titled(pages[name], page)) for name in names if name in pages)

    def neighbours(self, page: Listing) -> tuple[Link | None, Link | None]:
        """Return the pages before and after a page in its section; none for the section's own page and for guides."""
        if page.page.is_index or page.page.step:
            return None, None
        inside = self._inside[page.language, page.page.section]
        at = self._places[page.language, page.page.id]
        before = Link(*_titled(inside[at - 1], page)) if at else None
        return before, Link(*_titled(inside[at + 1], page)) if at + 1 < len(inside) else None


def parent_folder(address: str) -> str:
    """Return the folder that a page's own folder stands in, with its slash."""
    return address.rpartition("/")[0].rpartition("/")[0] + "/"


def _titled(other: Listing, page: Listing) -> tuple[Text, str]:
    """Return a page's short title and its address as seen from another page."""
    return other.short, relative_url(other.address, page.address)
