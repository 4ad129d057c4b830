"""A published site as rules on it as a whole read it: what is there, and what is remembered of each page."""

from __future__ import annotations

import posixpath
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from balise.lint.published_addresses import Address, Addresses
from balise.lint.published_page import PublishedPage, Reference
from balise.problems import Severity

if TYPE_CHECKING:
    from balise.registries import Registries


MOST_REDIRECTS = 5
"""How many redirects in a row an address may lead through."""


class Found(NamedTuple):
    """What a rule finds: a message in lower case, what to do, and where: line, and path where it is another file's.

    `severity` is the rule's where left out.
    """

    message: str
    hint: str
    line: int = 0
    path: str = ""
    severity: Severity | None = None


class Alternate(NamedTuple):
    """The address of a page in another language, as its head names it."""

    language: str
    address: str
    line: int


class Summary(NamedTuple):
    """What is remembered of a page or a style sheet: base address, language, ids, addresses, other languages."""

    base: str
    language: str
    ids: frozenset[str]
    references: tuple[Reference, ...]
    alternates: tuple[Alternate, ...]
    canonical: str


@dataclass(frozen=True)
class PublishedSite:
    """A published site: where it stands, its files by path, what is remembered of its pages and style sheets.

    `is_served` tells whether it was asked for over HTTP; `files` then hold the status of each answer by the path that
    was asked for, and `redirects` where some lead, otherwise every file of the folder (200). `policy` and `referrer`
    are what the folder's files for servers say, `sends_headers` whether there is such a file. `trouble` is what stood
    in the way of reading, `store` what rules keep for themselves. `digest` returns a digest of a file (`sha256`,
    `sha384`, `sha512`) in base64, "" for none.
    """

    addresses: Addresses
    files: dict[str, int]
    is_served: bool
    policy: str = ""
    referrer: str = ""
    sends_headers: bool = False
    facts: Registries | None = field(default=None, repr=False)
    documents: dict[str, Summary] = field(default_factory=dict, repr=False)
    redirects: dict[str, str] = field(default_factory=dict, repr=False)
    store: dict[str, tuple[Found, ...]] = field(default_factory=dict, repr=False)
    trouble: list[Found] = field(default_factory=list, repr=False)
    digest: Callable[[str, str], str] = field(default=lambda _path, _kind: "", repr=False)

    def resolve(self, page: PublishedPage, typed: str) -> Address:
        """Return where an address on a page leads."""
        return self.addresses.resolve(self.base(page), typed)

    def base(self, page: PublishedPage) -> str:
        """Return the address that those on a page count from."""
        return self.addresses.resolve(page.url, page.base).url if page.base else page.url

    @cached_property
    def _folded(self) -> Mapping[str, str]:
        return {_fold(path): path for path in self.files}

    def find(self, path: str) -> str | None:
        """Return the path of the file that an address inside the site is answered with, `None` for none."""
        if self.is_served:
            for _ in range(MOST_REDIRECTS):
                path = self.redirects.get(path, path)
            return path if 0 < self.files.get(path, 0) < 400 else None
        path = path.removeprefix("./")
        names = [f"{path}index.html", f"{path}index.htm"] if path == "" or path.endswith("/") else []
        names = names or [path, f"{path}/index.html", f"{path}.html"]
        return next((name for name in names if name in self.files), None)

    def almost(self, path: str) -> str:
        """Return a file that an address misses only by capitals or by the form of its accents, "" for none."""
        wanted = posixpath.join(path, "index.html") if path == "" or path.endswith("/") else path
        return self._folded.get(_fold(wanted), "") or self._folded.get(_fold(f"{path}/index.html"), "")

    def was_asked(self, path: str) -> bool:
        """Tell whether it is known if an address is answered."""
        return not self.is_served or path in self.files or path in self.redirects


def _fold(path: str) -> str:
    return unicodedata.normalize("NFC", path).casefold()


def summarise(page: PublishedPage, base: str) -> Summary:
    """Return what is to be remembered of a page."""
    names = (element.attributes["name"] for element in page.all("a") if "name" in element.attributes)
    alternates: list[Alternate] = []
    canonical = ""
    for element in page.all("link"):
        rels = element.get("rel").lower().split()
        if "alternate" in rels and element.get("hreflang"):
            alternates.append(Alternate(element.get("hreflang"), element.get("href"), page.line(element.start)))
        elif "canonical" in rels:
            canonical = canonical or element.get("href")
    ids = frozenset([*(name for name, _ in page.ids), *names])
    return Summary(base, page.language, ids, tuple(page.references), tuple(alternates), canonical)


def summarise_style(references: Iterable[str], base: str) -> Summary:
    """Return what is to be remembered of a style sheet that names these addresses."""
    return Summary(base, "", frozenset(), tuple(Reference("styled", one, 0) for one in references), (), "")
