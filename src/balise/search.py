"""What the search of an edition knows: one line of plain text for each page and service, indexed by the browser.

The fields of a line are separated by tabs: the address from the site's root, what a hit on it weighs, words that are
never shown, then passages, the title and the description first. A passage begins with `=` (text) or `#` (heading), the
tag of its language where that is not the edition's, and a space.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from balise.components import THEME, lean
from balise.languages import Text, fallbacks
from balise.typography import plain_typography

if TYPE_CHECKING:
    from balise.channels import Channel, ChannelView
    from balise.search_words import SearchWords
    from balise.site import CompiledPage

ROOM = 360_000
"""Characters of an edition's pages, shared by all of them, so that 300 pages still arrive quickly (150 kB, packed)."""
SCRIPTS = ("words", "index", "box")
"""Our own files of the search, in the order in which they need each other."""
LEAST, MOST = 500, 40_000
"""Characters that a page always has room for, and never goes beyond."""

_LEFT_OUT = (
    ('<article class="channel-card"', "</article>"),
    ('<div class="channel-line"', "</div>"),
    ('<div class="elsewhere"', "</div>"),
    ("<svg", "</svg>"),
    ("<nav", "</nav>"),
    ("<sup class=", "</sup>"),
    ('<a class="footnote-back"', "</a>"),
)
"""What has lines of its own (services), is drawn, or only leads elsewhere on the page; each by its start and end."""
_HEADING = re.compile(r"<h[1-6]\b[^>]*>")
_EDGE = re.compile(
    r"</?(?:p|li|dt|dd|h[1-6]|t(?:able|r|h|d)|[uod]l|div|section|article|figcaption|summary|blockquote|br|hr)\b[^>]*>"
)
_FOREIGN = re.compile(r'<span lang="([A-Za-z-]+)"[^>]*>')
_TAG = re.compile(r"<[^>]*>")
_SPACE = re.compile(r"[\s\x1c-\x1f\x85\u2028\u2029](?<![\u00a0\u202f])(?:\s(?<![\u00a0\u202f]))*")
_MARK = re.compile("\x02([A-Za-z-]+)\x03")


def page_room(pages: int) -> int:
    """Return how many characters of a page the search knows, where an edition has so many pages."""
    return max(LEAST, min(MOST, ROOM // max(1, pages)))


def line_name(address: str) -> str:
    """Return the first field of a page's line: its address as it is linked."""
    return address.removesuffix("index.html")


def page_line(page: CompiledPage, words: SearchWords | None, room: int) -> str:
    """Return the line of a finished page: title, description and headings, and running text as far as there is room."""
    understood = words.understood(page.language) if words else ()
    parts = [_passage(page.title, page.language), _passage(page.description, page.language)]
    if page.short.text != page.title.text:
        understood = (page.short.text, *understood)
    passages = list(_passages(str(page.body.html)))
    room -= sum(map(len, parts)) + sum(len(text) for heading, _, text in passages if heading)
    for heading, language, text in passages:
        marked = f"{'#' if heading else '='}{language if language != page.language else ''} {text}"
        if heading:
            parts.append(marked)
        elif room > 0:
            parts.append(marked)
            room -= len(text)
    return _line(line_name(page.address), "1", understood, parts)


def service_line(
    view: ChannelView, channel: Channel, words: SearchWords | None, address: str, language: str, *, near: bool
) -> str:
    """Return the line of a service; its numbers, other names and web address are understood and not shown.

    Those of the site's own country are `near`, and come before the others.
    """
    weight = ".8" if near else ".4"
    understood = [view.operator, *channel.aliases, view.url_shown, *(words.understood(language) if words else ())]
    understood += [number for number in (view.phone_shown, view.phone_abroad_shown, view.sms_shown) if number]
    about = Text(f"{view.kind_name} · {view.country_name}", language)
    purposes = Text(", ".join(view.purposes), language)
    parts = [_passage(_set(text), language) for text in (view.name, about, purposes, *view.what_happens)]
    return _line(address, weight, understood, parts)


def _set(text: Text) -> Text:
    return Text(plain_typography(text.text, text.language), text.language)


def _line(address: str, weight: str, words: Iterable[str], parts: Sequence[str]) -> str:
    fields = (address, weight, " · ".join(words), *parts)
    return "\t".join(_SPACE.sub(" ", field).strip(" ") for field in fields) + "\n"


def _passage(text: Text, language: str) -> str:
    foreign = fallbacks(text.language)[-1] != fallbacks(language)[-1]
    return f"={text.language if foreign else ''} {text.text}"


def _passages(body: str) -> Iterable[tuple[bool, str, str]]:
    """Yield each block of a body: whether it is a heading, the language it is marked with or "", and its text."""
    body = body.replace("\n", " ")
    for start, end in _LEFT_OUT:
        first, *others = body.split(start)
        body = first + "".join(other.partition(end)[2] for other in others)
    body = _FOREIGN.sub("\x02\\1\x03", _EDGE.sub("\n", _HEADING.sub("\n\x01", body)))
    for block in html.unescape(_TAG.sub("", body)).split("\n"):
        text = block.strip()
        heading, text = text.startswith("\x01"), text.removeprefix("\x01")
        language = ""
        if "\x02" in text:
            mark = _MARK.match(text)
            language = mark[1] if mark else ""
            text = _MARK.sub("", text)
        if text:
            yield heading, language, text


def bundle_search(language: str) -> str:
    """Return the script that searches an edition: MiniSearch, the stemmer of the language, and ours."""
    stemmer = THEME / "vendor" / f"snowball-{fallbacks(language)[-1]}.js"
    found = [THEME / "vendor" / "minisearch.js", *([stemmer] if stemmer.is_file() else [])]
    found += [THEME / "search" / f"{name}.js" for name in SCRIPTS]
    return "(() => {\n" + "".join(lean(path.read_text("utf-8")) for path in found) + "})();\n"
