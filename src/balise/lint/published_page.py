"""A page that others have published, as rules read it: its elements, what it loads and where it leads."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from balise.lint.published_html import Element, read_elements, text_of

_SOURCES: Mapping[str, tuple[tuple[str, str], ...]] = {
    "img": (("src", "image"),),
    "script": (("src", "script"),),
    "iframe": (("src", "frame"),),
    "frame": (("src", "frame"),),
    "embed": (("src", "frame"),),
    "object": (("data", "frame"),),
    "video": (("src", "media"), ("poster", "image")),
    "audio": (("src", "media"),),
    "source": (("src", "media"),),
    "track": (("src", "media"),),
    "input": (("src", "image"),),
    "body": (("background", "image"),),
    "image": (("href", "image"), ("xlink:href", "image")),
    "use": (("href", "image"), ("xlink:href", "image")),
    "a": (("href", "link"),),
    "area": (("href", "link"),),
    "form": (("action", "form"),),
    "button": (("formaction", "form"),),
}
_LINKED = {
    "stylesheet": "style",
    "icon": "icon",
    "apple-touch-icon": "icon",
    "mask-icon": "icon",
    "manifest": "manifest",
    "preload": "preload",
    "modulepreload": "preload",
    "prefetch": "preload",
    "prerender": "preload",
    "preconnect": "connection",
    "dns-prefetch": "connection",
}
_CSS_COMMENT = re.compile(r"/\*(?:[^*]++|\*(?!/))*+(?:\*/|\Z)")
_CSS_ADDRESS = re.compile(
    r"\burl\(\s*+(?:\"([^\"\n]{1,4000})\"|'([^'\n]{1,4000})'|([^)\"'\s]{1,4000}))|@import\s++(?:\"([^\"\n]{1,4000})\"|'([^'\n]{1,4000})')",
    re.IGNORECASE,
)
_REFRESH = re.compile(r"[\d.]*\s*[;,]?\s*(?:url\s*=\s*)?[\"']?([^\"']+)", re.IGNORECASE)
_STYLE = re.compile(r"\sstyle\s*=", re.IGNORECASE)
_HANDLER = re.compile(r"\son[a-z]{3,}\s*=", re.IGNORECASE)


class Reference(NamedTuple):
    """An address that a document names: what for, as typed, on which line, and the digest that it must have.

    Anything but `link` and `form` is asked for by the browser without the reader's doing; `connection` is a host that
    it is to connect to early.
    """

    kind: str
    address: str
    line: int
    integrity: str = ""


@dataclass(frozen=True)
class PublishedFile:
    """A file of a published site: its path from the root, its bytes, and the headers it came with (names small).

    `kind` is page, style, script, text or other; `cookies` are the values of its Set-Cookie headers.
    """

    path: str
    content: bytes = field(repr=False)
    kind: str
    headers: Mapping[str, str] | None = None
    cookies: tuple[str, ...] = ()
    size: int = 0


@dataclass(frozen=True)
class PublishedPage:
    """An HTML page: its file, its text, and its base address for what it names."""

    file: PublishedFile
    text: str = field(repr=False)
    url: str

    @property
    def path(self) -> str:
        """Return the path of the page from the site's root."""
        return self.file.path

    @cached_property
    def elements(self) -> Sequence[Element]:
        """Return the elements of the page in order."""
        return read_elements(self.text)

    @cached_property
    def _named(self) -> Mapping[str, list[Element]]:
        found: dict[str, list[Element]] = {}
        for element in self.elements:
            found.setdefault(element.name, []).append(element)
        return found

    def all(self, *names: str) -> Iterator[Element]:
        """Yield the elements with these names, name by name."""
        for name in names:
            yield from self._named.get(name, ())

    def inner_text(self, element: Element) -> str:
        """Return the text in an element."""
        return text_of(self.text, element)

    @cached_property
    def base(self) -> str:
        """Return the address that relative ones count from, as `base` says; it may be relative itself."""
        return next((element.get("href") for element in self.all("base") if element.get("href")), "")

    @cached_property
    def language(self) -> str:
        """Return the language the page says it is in, "" for none."""
        return next((element.get("lang") for element in self.all("html")), "")

    @cached_property
    def meta(self) -> Mapping[str, str]:
        """Return what the head says by name or `http-equiv`, in small letters; the first of equal ones."""
        found: dict[str, str] = {}
        for element in self.all("meta"):
            name = (element.get("name") or element.get("http-equiv")).lower()
            found.setdefault(name, element.get("content"))
        return found

    @cached_property
    def _breaks(self) -> Sequence[int]:
        return [match.start() for match in re.finditer("\n", self.text)]

    def line(self, offset: int) -> int:
        """Return the line (from 1) of a character."""
        return bisect_right(self._breaks, offset - 1) + 1

    @cached_property
    def ids(self) -> Sequence[tuple[str, int]]:
        """Return every id with where its element begins, in order, with repetitions."""
        return [(element.attributes["id"], element.start) for element in self.elements if "id" in element.attributes]

    @cached_property
    def styled(self) -> Sequence[Element]:
        """Return the elements with a style of their own."""
        return [one for one in self.elements if "style" in one.attributes] if _STYLE.search(self.text) else []

    @cached_property
    def handlers(self) -> Sequence[tuple[Element, str]]:
        """Return the elements with script in an attribute such as `onclick`, with the attribute's name."""
        if not _HANDLER.search(self.text):
            return []
        return [
            (element, name) for element in self.elements for name in element.attributes if _HANDLER.match(f" {name}=")
        ]

    @cached_property
    def references(self) -> Sequence[Reference]:
        """Return every address that the page names."""
        return tuple(self._references())

    def _references(self) -> Iterator[Reference]:
        for name, sources in _SOURCES.items():
            for element in self._named.get(name, ()):
                for attribute, kind in sources:
                    typed = element.get(attribute)
                    if typed or (kind == "link" and attribute in element.attributes):
                        yield Reference(kind, typed, self.line(element.start), element.get("integrity"))
        for element in self.all("img", "source"):
            for piece in _candidates(element.get("srcset")):
                yield Reference("image", piece, self.line(element.start))
        for element in self.all("link"):
            if element.get("href"):
                for word in element.get("rel").lower().split():
                    if word in _LINKED:
                        line = self.line(element.start)
                        yield Reference(_LINKED[word], element.get("href"), line, element.get("integrity"))
        if "refresh" in self.meta:
            match = _REFRESH.fullmatch(self.meta["refresh"].strip()[:2000])
            if match and not match[1].replace(".", "").isdigit():
                yield Reference("refresh", match[1].strip(), 0)
        for element in self.all("style"):
            for address in css_addresses(self.text[element.inner : element.end]):
                yield Reference("styled", address, self.line(element.start))
        for element in self.styled:
            for address in css_addresses(element.attributes["style"]):
                yield Reference("styled", address, self.line(element.start))


def _candidates(srcset: str) -> Iterator[str]:
    """Yield the addresses of a `srcset` (HTML standard, section 4.8.4.2.1)."""
    for piece in srcset.split(", ") if ", " in srcset else srcset.split(",") if "data:" not in srcset else ():
        words = piece.split()
        if words:
            yield words[0].rstrip(",")


def css_addresses(css: str) -> Iterator[str]:
    """Yield the addresses that a style sheet loads."""
    if "url(" not in css.lower() and "@import" not in css.lower():
        return
    for match in _CSS_ADDRESS.finditer(_CSS_COMMENT.sub(" ", css)):
        yield next(group for group in match.groups() if group).strip()
