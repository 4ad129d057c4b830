"""Pages that stay on readers' devices where a site asks for it: which ones, and the service worker that keeps them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from balise.components import THEME, lean

if TYPE_CHECKING:
    from balise.page import Page
    from balise.project import SiteConfig
    from balise.site import Listings

Read = Callable[[str], bytes]
"""What returns the bytes of a page of the site that is being built, by its address from the root (`fr/index.html`)."""


def is_kept(page: Page, config: SiteConfig) -> bool:
    """Tell whether a page stays on the device: the home page, and those that `offline_pages` names."""
    return page.id == "index" or page.id in config.offline_pages or page.section in config.offline_pages


def worker_behaviour(config: SiteConfig, theme_dir: Path = THEME) -> str:
    """Return the part of the pages' script that asks for the worker; nothing where the site never kept a page."""
    name = {"yes": "register.js", "remove": "update.js"}.get(config.offline)
    return f"{{\n{lean((theme_dir / 'offline' / name).read_text('utf-8'))}}}\n" if name else ""


def render_worker(
    config: SiteConfig, listings: Listings, files: Iterable[str], read: Read, theme_dir: Path = THEME
) -> str:
    """Return the service worker at the site's root; "" where there is none.

    `files` are the addresses of the style sheet and the script. The name of the cache is a digest of everything in it,
    so that a browser keeps the new pages as soon as one of them is another.
    """
    if config.offline == "no":
        return ""
    if config.offline == "remove":
        return lean((theme_dir / "offline" / "remove.js").read_text("utf-8"))
    code = lean((theme_dir / "offline" / "worker.js").read_text("utf-8"))
    pages = {
        tag: [page.address for page in listing.values() if is_kept(page.page, config)]
        for tag, listing in listings.items()
    }
    shown = {tag: [address.removesuffix("index.html") for address in found] for tag, found in pages.items()}
    named = f"const PAGES = {_spelled(shown)};\nconst FILES = {_spelled(list(files))};\n"
    digest = hashlib.sha256((named + code).encode())
    for address in ("index.html", *(address for found in pages.values() for address in found)):
        digest.update(hashlib.sha256(read(address)).digest())
    return f'const DIGEST = "{digest.hexdigest()[:16]}";\n{named}{code}'


def _spelled(value: Mapping[str, list[str]] | list[str]) -> str:
    return json.dumps(value, separators=(",", ":"))
