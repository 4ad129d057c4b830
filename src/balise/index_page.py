"""The A–Z page of an edition, and the services it leads to: what there is to find without a search."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from balise.alphabet import by_letter
from balise.languages import Text
from balise.links import relative_url
from balise.search import service_line
from balise.theme_view import IndexEntry, LetterGroup

if TYPE_CHECKING:
    from balise.calls import Calls
    from balise.channels import ChannelView
    from balise.project import Project
    from balise.site import Listing

_DIRECTORY = re.compile(r"\bdirectory\(\s*\)")


def index_groups(project: Project, pages: Mapping[str, Listing], calls: Calls, source: str) -> tuple[LetterGroup, ...]:
    """Return all pages, services and words of an edition by letter, with addresses as seen from `source`."""
    entries = []
    for page_id, page in pages.items():
        if page.draft == "page" or page.page.is_inner_step:
            continue
        url = relative_url(page.address, source)
        entries.append(IndexEntry(page.title, url))
        entries += _words(project, page_id, page.short, url, calls)
    for view, address in services(project, pages, calls):
        url = relative_url(address, source) if address else view.url or view.phone_href
        if url:
            elsewhere = None if view.country_name in view.name.text else Text(view.country_name, calls.language)
            entries.append(IndexEntry(view.name, url, elsewhere))
            entries += _words(project, view.id, view.name, url, calls)
    return by_letter(entries)


def _words(project: Project, name: str, leads_to: Text, url: str, calls: Calls) -> Iterator[IndexEntry]:
    """Yield the words that the registry lists for a page or a service."""
    words = project.registries.search.get(name)
    for word in words.shown(calls.language) if words else ():
        yield IndexEntry(Text(word, calls.language), url, leads_to)


def services(project: Project, pages: Mapping[str, Listing], calls: Calls) -> Iterator[tuple[ChannelView, str]]:
    """Yield each service of the site's countries with its address on the directory; "" where no page lists them all.

    On a discreet site that is the directory's own address: a service's name in it would tell.
    """
    directory = next((page for page in pages.values() if _DIRECTORY.search(page.page.type.skeleton)), None)
    folder = directory.address.removesuffix("index.html") if directory and not directory.draft else ""
    for group in calls.services(allow_expired=calls.allow_stale):
        for view in group.channels:
            yield view, folder if project.site.discreet or not folder else f"{folder}#{view.id}"


def service_lines(project: Project, pages: Mapping[str, Listing], calls: Calls) -> str:
    """Return what the search of an edition knows of its services; nothing where no page lists them all."""
    registries = project.registries
    return "".join(
        service_line(
            view,
            registries.channels[view.id],
            registries.search.get(view.id),
            address,
            calls.language,
            near=view.country == project.site.default_country,
        )
        for view, address in services(project, pages, calls)
        if address
    )
