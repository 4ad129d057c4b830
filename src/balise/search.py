"""What the search of an edition knows: one line of plain text for each page and service, indexed by the browser.

The fields of a line are separated by tabs: the address from the site's root, what a hit on it weighs, words that are
never shown, then passages, the title and the description first. A passage begins with `=` (text) or `#` (heading), the
tag of its language where that is not the edition's, and a space.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from html import unescape
from typing import TYPE_CHECKING, NamedTuple

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
_ODD = r"\t-\r\x1c-\x1f\x85\u1680\u2000-\u200a\u2028\u2029\u205f\u3000"
"""White space but the plain space and those that forbid a line break (U+00A0, U+202F)."""
_SPACE = re.compile(rf"  [ {_ODD}]*| ?[{_ODD}][ {_ODD}]*")
"""White space that is not one plain space."""
_ODD_SPACE = re.compile(f"[{_ODD}]")
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
    stretches = list(_stretches(str(page.body.html)))
    room -= sum(map(len, parts)) + sum(len(heading.text) for heading, _ in stretches)
    for heading, below in stretches:
        if heading.text:
            parts.append(heading.field("#", page.language))
        for passage in _passages(below) if room > 0 else ():
            parts.append(passage.field("=", page.language))
            room -= len(passage.text)
            if room <= 0:
                break
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
    line = "\0".join((address, weight, " · ".join(words), *parts))
    if "  " in line or _ODD_SPACE.search(line):  # looking for either alone is many times as fast as for both
        line = _SPACE.sub(" ", line)
    return "\t".join([field.strip(" ") for field in line.split("\0")]) + "\n"


def _passage(text: Text, language: str) -> str:
    foreign = fallbacks(text.language)[-1] != fallbacks(language)[-1]
    return f"={text.language if foreign else ''} {text.text}"


class _Passage(NamedTuple):
    """A block of a body: the language it is marked with or "", and its text."""

    language: str
    text: str

    def field(self, sign: str, language: str) -> str:
        """Return the passage as it stands in the line of a page in a language, behind the sign of its kind."""
        return f"{sign}{self.language if self.language != language else ''} {self.text}"


def _stretches(body: str) -> Iterator[tuple[_Passage, str]]:
    """Yield each heading of a body, none before the first, and the HTML from there to the next one.

    Most pages hold more text than there is room for, so what is below a heading is left to those who still want it.
    """
    body = body.replace("\n", " ")
    for start, end in _LEFT_OUT:
        first, *others = body.split(start)
        body = first + "".join(other.partition(end)[2] for other in others)
    above, *stretches = _HEADING.split(body)
    yield _Passage("", ""), above
    for stretch in stretches:
        heading, *below = _EDGE.split(stretch, maxsplit=1)
        yield _passage_of(_plain(heading).rstrip()), "".join(below)


def _passages(html: str) -> Iterator[_Passage]:
    """Yield the blocks of HTML that hold any text."""
    for text in filter(None, map(str.strip, _plain(_EDGE.sub("\n", html)).split("\n"))):
        passage = _passage_of(text)
        if passage.text:
            yield passage


def _plain(html: str) -> str:
    """Return the text of HTML, with what stands for the beginning of words in another language left in."""
    return unescape(_TAG.sub("", _FOREIGN.sub("\x02\\1\x03", html)))


def _passage_of(text: str) -> _Passage:
    if "\x02" not in text:
        return _Passage("", text)
    mark = _MARK.match(text)
    return _Passage(mark[1] if mark else "", _MARK.sub("", text))


def bundle_search(language: str) -> str:
    """Return the script that searches an edition: MiniSearch, the stemmer of the language, and ours."""
    stemmer = THEME / "vendor" / f"snowball-{fallbacks(language)[-1]}.js"
    found = [THEME / "vendor" / "minisearch.js", *([stemmer] if stemmer.is_file() else [])]
    found += [THEME / "search" / f"{name}.js" for name in SCRIPTS]
    return "(() => {\n" + "".join(lean(path.read_text("utf-8")) for path in found) + "})();\n"
