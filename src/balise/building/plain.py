"""Telling whether a mkdocs.yml asks for nothing that Balise does not do itself."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_SITE_URL = re.compile(r"https?://[A-Za-z0-9.-]+(?::[0-9]{1,5})?(?:/[\w.~!$&'()*+,;=:@%/-]*)?\Z", re.ASCII)
_KNOWN = frozenset({"site_name", "site_url", "docs_dir", "site_dir", "theme", "plugins", "strict"})


@dataclass(frozen=True)
class PlainConfig:
    """What a configuration says to a build: where the sources are, where the site goes, and the plugin's options."""

    content: str
    site_dir: str
    site_url: str
    strict: bool
    today: str
    allow_stale: bool


def read_plain(config_file: Path) -> PlainConfig | None:
    """Return a configuration that names nothing but Balise, in forms that MkDocs takes without a word.

    `None` for every other one: another theme, plugin, hook or option, a tag, a path or a value MkDocs may have words
    about. Those builds are MkDocs' own.
    """
    import yaml

    try:
        value = yaml.safe_load(config_file.read_text("utf-8"))
    except (OSError, ValueError, yaml.YAMLError):
        return None
    if not isinstance(value, dict) or not value.keys() <= _KNOWN:
        return None
    own = _own_options(value.get("plugins"))
    content, site_dir = value.get("docs_dir", "docs"), value.get("site_dir", "site")
    site_url = value.get("site_url", "")
    named = isinstance(value.get("site_name"), str) and value["site_name"] and value.get("theme") == "balise"
    if own is None or not named or not _is_folder(content) or not _is_folder(site_dir):
        return None
    if not isinstance(site_url, str) or (site_url and not _SITE_URL.match(site_url)):
        return None
    strict, today, stale = value.get("strict", False), own.get("today", ""), own.get("allow_stale", False)
    if not isinstance(strict, bool) or not isinstance(stale, bool) or not isinstance(today, str):
        return None
    if content in (site_dir, "locales", "templates") or not (config_file.parent / content).is_dir():
        return None
    return PlainConfig(content, site_dir, site_url, strict, today, stale)


def _is_folder(name: object) -> bool:
    """Tell whether a value is the plain name of a folder beside mkdocs.yml."""
    return isinstance(name, str) and re.fullmatch(r"[A-Za-z0-9_][A-Za-z0-9._-]*", name) is not None


def _own_options(plugins: object) -> Mapping[str, Any] | None:
    """Return our plugin's options where it is the only one, else `None`."""
    if isinstance(plugins, list) and len(plugins) == 1:
        plugins = {"balise": {}} if plugins[0] == "balise" else plugins[0]
    if not isinstance(plugins, dict) or plugins.keys() != {"balise"}:
        return None
    own = plugins["balise"] or {}
    return own if isinstance(own, dict) and own.keys() <= {"today", "allow_stale"} else None
