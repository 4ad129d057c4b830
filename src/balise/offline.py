"""Pages that stay on readers' devices where a site asks for it: which ones, and the service worker that keeps them."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Mapping
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from balise.components import THEME, lean

if TYPE_CHECKING:
    from balise.page import Page
    from balise.site import Listings
    from balise.site_config import SiteConfig

_BUNDLE = re.compile(rb"theme/balise-[0-9a-f]{10}\.(?:css|js)")
"""The style sheet or script of a page, as `views.make_bundle` names it."""
Read = Callable[[str], bytes]
"""What returns the bytes of a page of the site that is being built, by its address from the root (`fr/index.html`)."""


def is_kept(page: Page, config: SiteConfig) -> bool:
    """Tell whether a page stays on the device: the home page, and those that `offline_pages` names."""
    return page.id == "index" or page.id in config.offline_pages or page.section in config.offline_pages


def worker_behaviour(config: SiteConfig, theme_dir: Path = THEME) -> str:
    """Return the part of the pages' script that asks for the worker; nothing where the site never kept a page."""
    name = {"yes": "register.js", "remove": "update.js"}.get(config.offline)
    return f"{{\n{lean((theme_dir / 'offline' / name).read_text('utf-8'))}}}\n" if name else ""


def render_worker(config: SiteConfig, listings: Listings, read: Read, theme_dir: Path = THEME) -> str:
    """Return the service worker at the site's root; "" where there is none.

    The name of the cache is a digest of everything in it, so that a browser keeps the new pages as soon as one of them
    is another.
    """
    if config.offline == "no":
        return ""
    if config.offline == "remove":
        return lean((theme_dir / "offline" / "remove.js").read_text("utf-8"))
    code = lean((theme_dir / "offline" / "worker.js").read_text("utf-8"))
    addresses = {
        tag: [page.address for page in listing.values() if is_kept(page.page, config)]
        for tag, listing in listings.items()
    }
    pages = [read(address) for address in ("index.html", *chain(*addresses.values()))]
    files = sorted({match.decode() for page in pages for match in _BUNDLE.findall(page)})
    shown = {tag: [address.removesuffix("index.html") for address in found] for tag, found in addresses.items()}
    named = f"const PAGES = {_spelled(shown)};\nconst FILES = {_spelled(files)};\n"
    digest = hashlib.sha256((named + code).encode())
    for page in pages:
        digest.update(hashlib.sha256(page).digest())
    return f'const DIGEST = "{digest.hexdigest()[:16]}";\n{named}{code}'


def _spelled(value: Mapping[str, list[str]] | list[str]) -> str:
    return json.dumps(value, separators=(",", ":"))
