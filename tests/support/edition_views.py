"""What templates are given of a small site: one note among the pages of the test site, translated into French."""

from collections.abc import Mapping
from pathlib import Path

from selectolax.lexbor import LexborHTMLParser

from balise.pipeline import Options, compile_site
from balise.site import CompiledPage
from balise.views import SiteViews
from support.projects import TODAY, load
from support.topics import HEAD, PAGE, PATH, catalogue

URL = "https://example.org/site"
META = {"title": ("A note", "Une note"), "description": ("What to note.", "Que noter.")}
FRENCH = {"locales/fr/pages/help/note.po": catalogue(("One.", "Un."), ("Two.", "Deux."), meta=META)}
TALK = "---\ntype: topic\ntitle: Talk\nshort: Talking\ndescription: Talk.\nslug: {fr: parler}\n---\nText.\n"


def views_of(root: Path, files: Mapping[str, str] | None = None, url: str = URL, today: str = TODAY) -> SiteViews:
    """Return the views of the site with these files added or replaced."""
    base = {PATH: HEAD + "One.\n\nTwo.\n", **FRENCH}
    options = Options(today)
    site, _ = compile_site(load(root, {**base, **(files or {})}), options)
    return SiteViews(site.project, site.listings, options, url)


def page_of(views: SiteViews, language: str, name: str = PAGE) -> CompiledPage:
    """Return a page of an edition, the note unless told otherwise."""
    page = views.listings[language][name]
    assert isinstance(page, CompiledPage)
    return page


def links_of(html: str) -> list[tuple[str, str, str | None]]:
    """Return the words, address and mark of each link."""
    found = LexborHTMLParser(str(html)).css("a")
    return [(link.text(), str(link.attributes["href"]), link.attributes.get("aria-current")) for link in found]
