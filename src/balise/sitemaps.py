"""What search engines are told of a site: a sitemap per edition, and the index of them."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urljoin

from markupsafe import escape

if TYPE_CHECKING:
    from balise.theme_view import Alternate
    from balise.views import SiteViews


def sitemap(language: str, views: SiteViews) -> str:
    """Return the sitemap of an edition: pages for search engines, each with its real translations."""
    rows = []
    for page in views.listings[language].values():
        if page.hidden or not views.site_url:
            continue
        links = "".join(map(_alternate_link, views.alternates(page)))
        lastmod = f"<lastmod>{page.reviewed}</lastmod>" if page.reviewed else ""
        rows.append(f"<url><loc>{escape(views.canonical(page))}</loc>{lastmod}{links}</url>\n")
    if views.site_url:
        links = "".join(map(_alternate_link, views.index_alternates()))
        address = urljoin(views.site_url, f"{language}/a-z/")
        rows.append(f"<url><loc>{escape(address)}</loc>{links}</url>\n")
    head = '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">\n'
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{head}{"".join(rows)}</urlset>\n'


def _alternate_link(item: Alternate) -> str:
    return f'<xhtml:link rel="alternate" hreflang="{item.language}" href="{escape(item.url)}"/>'


def sitemap_index(languages: tuple[str, ...], site_url: str) -> str:
    """Return the index that names each edition's sitemap."""
    addresses = [escape(urljoin(site_url, f"{tag}/sitemap.xml")) for tag in languages]
    rows = "".join(f"<sitemap><loc>{address}</loc></sitemap>\n" for address in addresses)
    head = '<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{head}{rows}</sitemapindex>\n'
