"""The style sheets and scripts of a site: named after their bytes, so that browsers may keep them for good."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Collection
from dataclasses import dataclass

from balise.components import bundle_scripts, bundle_styles
from balise.headers import BUNDLES


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
    return Bundle(f"{BUNDLES}/balise-{name}.{suffix}", content, f"sha384-{digest}")


def theme_bundles(
    of: str, styles: str = "", script: str = "", *, without: Collection[str] = ()
) -> tuple[Bundle, Bundle]:
    """Return a style sheet and a script of the theme, by what `bundle_for` tells of the pages that load them.

    `styles` and `script` are the site's own and stand last; `without` are components that no page of it has.
    """
    return make_bundle(bundle_styles(of=of, without=without) + styles, "css"), make_bundle(
        bundle_scripts(of=of) + script, "js"
    )
