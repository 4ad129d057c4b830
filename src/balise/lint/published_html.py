"""Reading HTML that others have written: its elements with their attributes, however broken, in linear time.

It follows the tokenizer of the HTML standard (section 13.2.5) as far as elements and attributes go. The parser of the
standard library is not used: an unclosed comment or tag makes it read the rest of a page again and again.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import unescape

_TAG = re.compile(r"<(?:([a-zA-Z][^\s/>]*+)|/([a-zA-Z][^\s/>]*+)|!--|[!?/])")
_PLAIN = re.compile(r"((?:\s++[^\s\"'<>/=&]++(?:=\"[^\"&]*+\")?+)*+)\s*+/?>")
"""The attributes of most tags: names with values between double quotes, no character references."""
_PAIR = re.compile(r"([^\s\"'<>/=&]++)(?:=\"([^\"&]*+)\")?+")
_ATTRIBUTE = re.compile(
    r"[\s/]*+(?:(>)|([^\s/>][^\s/>=]*+)(?:\s*+=\s*+(?:\"([^\"]*+)(\"?)|'([^']*+)('?)|([^\s>]*+)))?+)"
)
_RAW = frozenset({"script", "style", "title", "textarea", "xmp", "iframe", "noembed", "noframes"})
"""Elements whose content is text up to their end tag."""
_PAIRED = frozenset({"a", "form"})
"""Elements whose end is wanted."""
_ALWAYS = frozenset({"html", "title", "script", "style", "img", "form", "input", "textarea"})
"""Elements that are wanted even without attributes."""
_MARKUP = re.compile(r"<[^<>]*+>")


class Element:
    """An element: its name and attributes in small letters (the first of equal ones), where it begins in the page.

    `inner` and `end` are where its content begins and ends, -1 where that is not known.
    """

    __slots__ = ("attributes", "end", "inner", "name", "start")

    def __init__(self, name: str, attributes: Mapping[str, str], start: int, inner: int) -> None:
        self.name, self.attributes, self.start, self.inner, self.end = name, attributes, start, inner, -1

    def get(self, name: str) -> str:
        """Return the value of an attribute without spaces around it, "" where it is not there."""
        return self.attributes.get(name, "").strip()


def read_elements(html: str) -> list[Element]:
    """Return the elements of a page in order: those with attributes, and the few that matter without."""
    found: list[Element] = []
    opened: dict[str, Element] = {}
    at, size = 0, len(html)
    while match := _TAG.search(html, at):
        name, closed = match[1], match[2]
        if name:
            lowered = name.lower()
            attributes, at = _attributes(html, match.end())
            if at < 0:
                break
            wanted = bool(attributes) or lowered in _ALWAYS
            if wanted:
                element = Element(lowered, attributes, match.start(), at)
                found.append(element)
                if lowered in _PAIRED:
                    opened[lowered] = element
            if lowered in _RAW:
                end = _raw_end(html, lowered, at)
                if wanted:
                    element.end = end
                at = end
        elif closed:
            lowered = closed.lower()
            if lowered in opened:
                opened.pop(lowered).end = match.start()
            at = html.find(">", match.end()) + 1 or size
        elif match[0] == "<!--":
            at = html.find("-->", match.end() - 2) + 3
            at = size if at == 2 else at
        else:
            at = html.find(">", match.end()) + 1 or size
    return found


def _attributes(html: str, at: int) -> tuple[dict[str, str], int]:
    """Return the attributes of a tag, and where the text goes on behind it; -1 for a tag that never ends."""
    plain = _PLAIN.match(html, at)
    if plain:
        if not plain[1]:
            return {}, plain.end()
        pairs = _PAIR.findall(plain[1])
        found: dict[str, str] = {}
        for name, value in pairs:
            found.setdefault(name if name.islower() else name.lower(), value)
        return found, plain.end()
    return _odd_attributes(html, at)


def _odd_attributes(html: str, at: int) -> tuple[dict[str, str], int]:
    found: dict[str, str] = {}
    while match := _ATTRIBUTE.match(html, at):
        if match[1]:
            return found, match.end()
        if (match[3] is not None and not match[4]) or (match[5] is not None and not match[6]):
            return found, -1
        value = next((text for text in (match[3], match[5], match[7]) if text is not None), "")
        found.setdefault(match[2].lower(), unescape(value))
        at = match.end()
    return found, -1


def _raw_end(html: str, name: str, at: int) -> int:
    """Return where the content of an element of text ends: at its end tag, or with the page."""
    match = re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE).search(html, at)
    return match.start() if match else len(html)


def text_of(html: str, element: Element) -> str:
    """Return the text in an element whose end is known, spaces made single."""
    if element.end < 0:
        return ""
    return " ".join(unescape(_MARKUP.sub(" ", html[element.inner : element.end])).split())
