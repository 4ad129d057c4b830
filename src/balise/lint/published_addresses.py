"""Where the addresses on a published page lead: inside the site, beside it on the same host, or to others."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple
from urllib.parse import SplitResult, unquote, urljoin, urlsplit

FOLDER_ROOT = "https://folder.invalid/"
"""The root of a site in a folder that does not say where it is published (a name of RFC 2606)."""
_PLAIN = re.compile(r"((?:\.\./)*)((?:[\w~-][\w.~-]*/)*(?:[\w~-][\w.~-]*)?|\./)(?:#([\w-]*))?\Z", re.ASCII)
_WHOLE = re.compile(r"[a-z][a-z0-9+.-]*:(?!//?[^/])|[a-z][a-z0-9+.-]*://", re.IGNORECASE)
"""How an address begins that leads to the same place from everywhere."""
_IGNORED = str.maketrans("", "", "\t\n\r")
"""What browsers take out of an address (URL standard, section 4.1)."""


class Address(NamedTuple):
    """Where an address leads.

    `kind` is `inside` (then `path` is that of the file from the site's root, as asked for), `beside` (the same host
    outside the site), `outside` (another origin) or `scheme` (no web address); `url` is the whole address without its
    fragment, `origin` scheme, host and port of one on the web.
    """

    kind: str
    path: str = ""
    fragment: str = ""
    url: str = ""
    origin: str = ""


@dataclass(frozen=True)
class Addresses:
    """Reads the addresses of a site that stands at `root`, an address that ends in a slash.

    `others` are addresses that stand for the same site: where it is published, when it is read elsewhere.
    `keeps_query` says that paths inside the site hold their query, for it may be another page.
    """

    root: str
    others: tuple[str, ...] = ()
    keeps_query: bool = False
    _cache: dict[tuple[str, str], Address] = field(default_factory=dict, repr=False, compare=False)

    @cached_property
    def _homes(self) -> Sequence[tuple[str, str]]:
        """Return the origin and the folder of each address that stands for the site."""
        parts = [urlsplit(root) for root in (self.root, *self.others)]
        return [(_origin(one), one.path) for one in parts]

    def of_page(self, path: str) -> str:
        """Return the whole address of a file of the site."""
        return self.root + (path[: -len("index.html")] if path.endswith("index.html") else path)

    def resolve(self, base: str, typed: str) -> Address:
        """Return where an address leads that is typed in a document with this base address."""
        typed = typed.strip().translate(_IGNORED)
        plain = _PLAIN.match(typed)
        if plain and base.startswith(self.root):
            folder = posixpath.dirname(base[len(self.root) :]).split("/") if "/" in base[len(self.root) :] else []
            up = len(plain[1]) // 3
            if up <= len(folder):
                path = "/".join([*folder[: len(folder) - up], plain[2].removeprefix("./")])
                if not plain[1] and not plain[2]:
                    path = base[len(self.root) :]
                return Address("inside", path, plain[3] or "", self.root + path, "")
        key = ("" if _WHOLE.match(typed) else base, typed)
        if key not in self._cache:
            self._cache[key] = self._resolve(base, typed)
        return self._cache[key]

    def _resolve(self, base: str, typed: str) -> Address:
        try:
            url = urljoin(base, typed.replace("\\", "/") if not typed.lower().startswith("data:") else typed)
            parts = urlsplit(url)
            origin = _origin(parts)
        except ValueError:
            return Address("scheme", url=typed)
        if parts.scheme not in ("http", "https", "ws", "wss"):
            return Address("scheme", url=url)
        bare = url.partition("#")[0]
        for home, folder in self._homes:
            if home == origin:
                if not parts.path.startswith(folder) and f"{parts.path}/" != folder:
                    return Address("beside", url=bare, origin=origin)
                path = unquote(parts.path)[len(folder) :]
                path += f"?{parts.query}" if parts.query and self.keeps_query else ""
                return Address("inside", path, unquote(parts.fragment), bare, origin)
        return Address("outside", parts.path, unquote(parts.fragment), bare, origin)


def _origin(parts: SplitResult) -> str:
    """Return scheme, host and port of an address; the usual port of its scheme is left out."""
    usual = {"http": 80, "https": 443, "ws": 80, "wss": 443}.get(parts.scheme)
    port = f":{parts.port}" if parts.port and parts.port != usual else ""
    return f"{parts.scheme}://{(parts.hostname or '').rstrip('.')}{port}"
