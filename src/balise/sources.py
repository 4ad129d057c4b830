"""Where a fact comes from, and how a page says so."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from balise.catalogues import Phrases

Message = tuple[str, str]
"""A string of the data that is translated: its context and its source text."""


@dataclass(frozen=True)
class Source:
    """A page or document that was really read; `dated` only where it shows a date, `dated_inferred` where we guess."""

    publisher: str = ""
    document: str = ""
    url: str = ""
    dated: str = ""
    dated_inferred: str = ""
    tier: str = ""
    read_as: str = ""
    says: str = ""


@dataclass(frozen=True)
class SourceView:
    """A source ready for a page: `key` is stable and fit for an anchor; an empty string stands for what is unknown."""

    key: str
    publisher: str
    title: str
    url: str
    dated: str
    note: str


def present_source(source: Source, phrases: Phrases, *, locale: str = "") -> SourceView:
    """Return the source in the words of an edition; a source without a publisher is named by its website."""
    from balise.cldr import present_date

    publisher = phrases.text("sources.publisher", source.publisher).text if source.publisher else web_host(source.url)
    title = phrases.text("sources.document", source.document).text if source.document else ""
    dated = present_date(source.dated, phrases.language, locale=locale) if source.dated else ""
    return SourceView(
        source_key(source), publisher or title, title if publisher else "", source.url, dated, _note(source, phrases)
    )


def _note(source: Source, phrases: Phrases) -> str:
    _ = phrases.gettext
    if source.tier == "secondary":
        return _("reported by others, not by the organisation itself")
    return "" if source.dated else _("no date shown")


@lru_cache(maxsize=4096)
def source_key(source: Source) -> str:
    """Return a name for the source made of `[a-z0-9-]`, the same in every language and every build."""
    identity = "\n".join((source.url, source.document, source.publisher if not source.url else ""))
    digest = hashlib.sha256(identity.encode()).hexdigest()[:8]
    name = source.publisher or web_host(source.url) or source.document
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:32].strip("-")
    return f"{slug}-{digest}" if slug else digest


@lru_cache(maxsize=4096)
def web_host(url: str) -> str:
    """Return the host of a web address without `www.`, as a reader would say it."""
    return (urlsplit(url).hostname or "").removeprefix("www.")


def source_messages(source: Source) -> Iterator[Message]:
    """Yield what a source needs translated."""
    if source.publisher:
        yield "sources.publisher", source.publisher
    if source.document:
        yield "sources.document", source.document
