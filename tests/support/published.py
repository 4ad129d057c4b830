"""Reading a built site back: its files, its pages as trees, and the texts of a page with the language they are in."""

from __future__ import annotations

import hashlib
import posixpath
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from urllib.parse import unquote, urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

from balise.components import EVERYTHING, bundle_scripts, bundle_styles, bundles_apart
from balise.search import bundle_search

SPOKEN_ATTRIBUTES = ("alt", "title", "aria-label", "aria-description", "placeholder", "content")
"""Attributes whose value a reader sees or hears."""


def read_tree(folder: Path) -> dict[str, bytes]:
    """Return every file below a folder: path from the folder to bytes; a link is named, not followed."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.is_symlink()
    }


def tree_hash(folder: Path) -> str:
    """Return one digest of all names and bytes below a folder."""
    digest = hashlib.sha256()
    for name, content in read_tree(folder).items():
        digest.update(f"{name}\0{len(content)}\0".encode() + content)
    return digest.hexdigest()


@dataclass(frozen=True)
class ShownText:
    """A text that readers get, with the language that the page declares for it."""

    text: str
    language: str


@dataclass(frozen=True)
class PublishedPage:
    """One HTML page of a built site; `address` is its path from the site's root."""

    address: str
    html: str

    @cached_property
    def tree(self) -> LexborHTMLParser:
        """Return the page as a tree."""
        return LexborHTMLParser(self.html)

    @property
    def edition(self) -> str:
        """Return the language of the page."""
        root = self.tree.css_first("html")
        return (root.attributes.get("lang") or "") if root else ""

    @cached_property
    def ids(self) -> tuple[str, ...]:
        """Return every id of the page, in order, with repetitions."""
        return tuple(node.attributes["id"] or "" for node in self.tree.css("[id]"))

    def texts(self) -> Iterator[ShownText]:
        """Yield the text nodes and spoken attributes of the page, white space made single."""
        root = self.tree.css_first("html")
        assert root is not None
        yield from _texts(root, "")

    def links(self) -> Iterator[str]:
        """Yield the address of every link, in order."""
        for node in self.tree.css("a[href]"):
            yield node.attributes["href"] or ""

    def resolve(self, link: str) -> tuple[str, str]:
        """Return the file that a link inside the site leads to, as a path from the root, and its fragment."""
        parts = urlsplit(link)
        if not parts.path:
            return self.address, unquote(parts.fragment)
        base = "/" if parts.path.startswith("/") else "/" + posixpath.dirname(self.address)
        path = posixpath.normpath(posixpath.join(base, unquote(parts.path).lstrip("/") if base == "/" else parts.path))
        name = path.lstrip("/")
        if parts.path.endswith("/") or not posixpath.splitext(name)[1]:
            name = posixpath.join(name, "index.html")
        return name, unquote(parts.fragment)


def _texts(node: LexborNode, language: str) -> Iterator[ShownText]:
    if node.tag in ("style", "script", "_comment"):
        return
    language = node.attributes.get("lang") or language
    for name in SPOKEN_ATTRIBUTES:
        value = node.attributes.get(name)
        if value and not (name == "content" and node.attributes.get("name") != "description"):
            yield ShownText(_single_spaces(value), language)
    for child in node.iter(include_text=True):
        if child.tag == "-text":
            text = _single_spaces(child.text(deep=False))
            if text:
                yield ShownText(text, language)
        else:
            yield from _texts(child, language)


def _single_spaces(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


def read_pages(folder: Path) -> dict[str, PublishedPage]:
    """Return the HTML pages of a built site by address."""
    return {
        name: PublishedPage(name, content.decode("utf-8"))
        for name, content in read_tree(folder).items()
        if name.endswith(".html")
    }


def bundle_texts(languages: Iterable[str]) -> set[str]:
    """Return the style sheets and scripts that a site without a brand of its own publishes."""
    every = ("", *bundles_apart(), EVERYTHING)
    texts = {bundle_styles(of=of, without=("site-logo",)) for of in every} | {bundle_scripts(of=of) for of in every}
    return texts | {bundle_search(tag) for tag in languages}
