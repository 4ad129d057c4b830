"""The typefaces a site may choose: the rules that name their files, and the files at the addresses they get."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from balise.components import THEME, lean
from balise.headers import BUNDLES

_FILE = re.compile(r'url\("([a-z-]+\.woff2)"\)')


@dataclass(frozen=True)
class Font:
    """A typeface: the style that brings it into use, and its files by address from the site's root."""

    style: str = ""
    files: Mapping[str, bytes] = field(default_factory=dict)


@cache
def load_font(name: str, theme_dir: Path = THEME) -> Font:
    """Return a typeface of the theme; without a name, one that has no style and no files.

    The style stands in the same folder as the files. Each of these has a name that changes with its content.
    """
    if not name:
        return Font()
    files: dict[str, bytes] = {}

    def published(found: re.Match[str]) -> str:
        content = (theme_dir / "vendor" / found[1]).read_bytes()
        address = f"balise-{hashlib.sha256(content).hexdigest()[:10]}.woff2"
        files[f"{BUNDLES}/{address}"] = content
        return f'url("{address}")'

    style = _FILE.sub(published, (theme_dir / "fonts" / f"{name}.css").read_text("utf-8"))
    return Font(lean(style), files)
