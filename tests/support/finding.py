"""A small site with services and words to look for, and its views."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from balise.pipeline import Options, compile_site
from balise.views import SiteViews
from support.projects import TODAY, load

DIRECTORY = '---\nlabel: Directory\nsections:\n  lead: {required: "yes"}\n---\n{{ lead }}\n\n{{ directory() }}\n'
WHERE = (
    "---\ntype: directory\ntitle: Where to report\ndescription: Every service.\nslug: {fr: ou}\n---\nHere they are.\n"
)
WORDS = """\
words:
  - id: help/note
    listed: {fr: [Carnet], en: [Notebook]}
    typed: {fr: [griffonner]}
  - id: be-line
    listed: {fr: [Ligne d'écoute]}
    typed: {fr: [parler, causer]}
"""
NOTE = {"content/help/note.md": "---\ntype: topic\ntitle: A note\ndescription: What to note.\n---\nOne.\n"}
SERVICES = {
    "templates/directory.md": DIRECTORY,
    "content/help/where.md": WHERE,
    "content/data/search.yml": WORDS,
    **NOTE,
}


def views_of(root: Path, files: Mapping[str, str | bytes | None], options: Options | None = None) -> SiteViews:
    """Return the views of the smallest project with these files over it."""
    chosen = options or Options(TODAY)
    site, _ = compile_site(load(root, files), chosen)
    return SiteViews(site.project, site.listings, chosen, "https://example.org/")
