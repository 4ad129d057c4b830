"""What a translation must keep of the text it was made from: calls, links, code, tags, numbers, placeholders."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from balise.markdown import JINJA_TAG, parse_events

_NUMBER_GAP = re.compile(r"(?<=\d)[\s.,\u202f\u00a0](?=\d{3}(?!\d))")
_NUMBER = re.compile(r"\d+")
_LONG_NUMBER = re.compile(r"\d{3,}")
_PLACEHOLDER = re.compile(r"\{[^{}]*\}|[{}]")
_TAG = re.compile(r"<[^<>]*>|[<>]")
_ADDRESS = re.compile(r"(?:https?://|www\.)[^\s<>\"'()]+|(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_MARKUP = re.compile(r"[\[\]<>&`{}\\@/]|www\.")
"""What only the parser can judge; a text without it holds nothing but words and numbers."""
_DIGITS = "0-9\u0660-\u1fff\ua620-\U0010ffff"
"""Ranges that hold all digits of all scripts; looking for what is in them is twice as fast as looking for digits."""
_ANYTHING = re.compile(r"[\[\]<>&`{}\\@/\n\d]")
_MAYBE = re.compile(rf"[\[\]<>&`{{}}\\@/\n{_DIGITS}]")
"""Found wherever `_ANYTHING` is."""
_DULL = bytes({*range(128)} - {*b"[]<>&`{}\\@/\n0123456789"} | {*range(0x80, 0xD9)} | {*range(0xE2, 0xEA)})
"""The bytes (UTF-8) of all that is not found by `_MAYBE`: what begins a character of its ranges stays."""
_CALL_TAG = r"\{\{[^{}\n]*\}\}"
PLAIN_START = re.compile(rf"[^\W\d_]|[«“„‘(\"'¿]|[*_]{{1,3}}[^\W_]|\[[^\[\]\\]+\]\(|{_CALL_TAG}")
"""How a line begins that can be nothing but a paragraph (CommonMark 0.31.2, sections 4 and 5)."""
_LINK_END = r"[^\[\]<>&`{}\\@/\n\d^]+\]\(([A-Za-z0-9_./#:?=%+-]+|" + _CALL_TAG + r")\)"
_GROUPS = r"\d*(?:[\s.,\u202f\u00a0]\d{3}(?!\d))*"
_MARK = re.compile(
    rf"([\[\]<>&`{{}}\\@/\n{_DIGITS}](?<=[\[\]<>&`{{}}\\@/\n\d]))"
    rf"(?:(?<=\[)(?<!!\[){_LINK_END}|(?<=\{{)(\{{[^{{}}\n]*\}}\}})|(?<=\d)({_GROUPS})|)"
)
"""A mark's first character, and what it begins: a link in words (its target), a call, a number; or nothing plain."""
_SPLIT_NUMBER = re.compile(r"[*_~](?:(?<=\d[*_~])|(?=\d))")
_NOTABLE = re.compile(r"[{}<>@\d]|https?:|www\.")
"""What anything that a string must keep holds."""
_NOTE = re.compile(r"\[\^[^\[\]\s]+\]")
_CALL = "\ue000"
"""Stands for a call while Markdown is parsed: a letter to the parser, and nothing an author types."""
_NAMES = {"Link": "link to", "Image": "image", "Code": "code", "InlineHtml": "tag", "Attribute": "text of a tag"}


def is_bare(text: str) -> bool:
    """Tell whether a text is one line and holds nothing but words: nothing in it has to be kept."""
    mark = _MAYBE.search(text)
    return not (mark and (mark[0].isascii() or _ANYTHING.search(text))) and "www." not in text


def plain_things(text: str) -> Counter[str]:
    """Return what a translation of plain text must keep: numbers, addresses, placeholders and tags, as a multiset."""
    return _numbers_and_addresses(text) + _placeholders(text)


def _numbers_and_addresses(text: str) -> Counter[str]:
    things = Counter(_NUMBER.findall(_NUMBER_GAP.sub("", text)))
    things.update(address.rstrip(".,;:!?") for address in _ADDRESS.findall(text))
    return things


def _placeholders(text: str) -> Counter[str]:
    return Counter([*_PLACEHOLDER.findall(text), *_TAG.findall(text)])


def protected_things(text: str, definitions: str = "") -> Counter[str]:
    """Return what a translation must keep as a multiset: calls, link targets, code, tags, footnote marks, numbers.

    `definitions` are the page's link definitions. A call inside an image's text or a link's title counts as such:
    a component cannot stand there.
    """
    things: Counter[str] = Counter()
    words: list[str] = []
    source = text.encode()
    for tag in JINJA_TAG.findall(source) if "{" in text else ():
        things[b" ".join(tag.split()).decode()] += 1
    if not _MARKUP.search(JINJA_TAG.sub(b"", source).decode() if things else text):
        return things + Counter(_NUMBER.findall(_NUMBER_GAP.sub("", _without_calls(text) if things else text)))
    images = 0
    notes = "".join(f"\n\n{label}: note" for label in dict.fromkeys(_NOTE.findall(text)))
    for event in parse_events(JINJA_TAG.sub(_CALL.encode(), source) + f"\n\n{definitions}{notes}".encode()):
        if event.name == "Image":
            images += {"start": 1, "end": -1}[event.phase]
        if event.phase == "end":
            continue
        if event.name == "Text":
            words.append(event.value)
            things["Attribute:call"] += event.value.count(_CALL) if images else 0
        elif event.name in ("Code", "InlineHtml"):
            things[f"{event.name}:{event.value}"] += 1
        elif event.name == "FootnoteReference":
            things[f"[^{event.value}]"] += 1
        elif event.name in ("Link", "Image"):
            things[f"{event.name}:{event.value['dest_url']}"] += 1
            words.append(event.value["title"])
            things["Attribute:call"] += event.value["title"].count(_CALL)
    prose = " ".join(words)
    things += _numbers_and_addresses(prose)
    things.update(re.findall(r"[{}]", prose))
    return +things


def compare_texts(source: str, translation: str, definitions: str = "") -> str:
    """Return in words what a translation in Markdown loses and adds; "" when it keeps everything.

    `definitions` are the page's link definitions, which both texts may use.
    """
    if is_bare(source) and is_bare(translation):
        return ""
    marks = _plain_marks(source, definitions)
    if marks is not None and marks == _plain_marks(translation, definitions):
        return ""
    return compare_things(protected_things(source, definitions), protected_things(translation, definitions))


def _plain_marks(text: str, definitions: str) -> list[tuple[str, ...]] | None:
    """Return the calls, link targets and numbers of a text as typed, sorted; `None` where only the parser can tell.

    Texts with the same marks keep the same things, for then each mark is what it looks like.
    """
    marks = _MARK.findall(text)
    has_links = False
    for first, target, call, _ in marks:
        if target:
            has_links = True
        elif not call and not first.isdecimal():
            return None
    if "www." in text:
        return None
    if has_links and (definitions or "\n" in text or not PLAIN_START.match(text) or _splits_number(text)):
        return None
    return sorted(marks)


def keeps_all(sources: Sequence[str], translations: Sequence[str], definitions: str) -> bool:
    """Tell whether translations in Markdown are plain lines that keep what the texts they were made from hold.

    `False` says that each has to be looked at by itself. `definitions` are the page's link definitions.
    """
    ours, theirs = "\n\n".join(sources), "\n\n".join(translations)
    breaks = 2 * (len(translations) - 1)
    if theirs.count("\n") != breaks or ours.count("\n") != breaks or "www." in ours or "www." in theirs:
        return False
    if not all(map(PLAIN_START.match, translations)):
        return False
    signs = zip(_signs(ours), _signs(theirs), strict=True)
    marked = [index for index, (one, other) in enumerate(signs) if one or other]
    ours, theirs = ("\n\n".join([texts[index] for index in marked]) for texts in (sources, translations))
    marks = _MARK.findall(theirs)
    if marks != _MARK.findall(ours):
        return False
    has_links = False
    for first, target, call, _ in marks:
        if target:
            has_links = True
        elif not call and not first.isdecimal() and first != "\n":
            return False
    if not has_links:
        return True
    linked = [text for texts in (sources, translations) for index in marked if "](" in (text := texts[index])]
    return not definitions and all(map(PLAIN_START.match, linked)) and not any(map(_splits_number, linked))


def _splits_number(text: str) -> bool:
    """Tell whether a digit stands beside a mark of emphasis."""
    return ("*" in text or "_" in text or "~" in text) and bool(_SPLIT_NUMBER.search(text))


def _signs(texts: str) -> list[bytes]:
    """Return of each text, two line breaks apart, the bytes that may belong to a mark; nothing for plain words."""
    return texts.encode().translate(None, _DULL).split(b"\n\n")


def _without_calls(text: str) -> str:
    return JINJA_TAG.sub(_CALL.encode(), text.encode()).decode()


def compare_things(source: Counter[str], translation: Counter[str]) -> str:
    """Return in words what a translation loses and adds; "" when it keeps everything."""
    lost, added = source - translation, translation - source
    parts = []
    if lost:
        parts.append("loses " + ", ".join(_shown(thing) for thing in lost))
    if added:
        parts.append("adds " + ", ".join(_shown(thing) for thing in added))
    return " and ".join(parts)


def _shown(thing: str) -> str:
    kind, _, value = thing.replace(_CALL, "{{ … }}").partition(":")
    if kind == "Attribute" and value:
        return "a call inside an image's text or a link's title"
    return f'{_NAMES[kind]} "{value}"' if kind in _NAMES and value else f'"{kind}:{value}"' if value else f'"{kind}"'


def string_fault(source: str, translation: str) -> str:
    """Return what is wrong with the translation of a string of a template or a data file; "" when nothing is.

    Placeholders, tags, addresses and numbers of three digits or more are kept; shorter numbers may change, because
    languages write hours differently (9:00, 9 h).
    """
    if not _NOTABLE.search(source) and not _NOTABLE.search(translation):
        return ""

    def kept(text: str) -> list[str]:
        addresses = [address.rstrip(".,;:!?") for address in _ADDRESS.findall(text)]
        numbers = _LONG_NUMBER.findall(_NUMBER_GAP.sub("", text))
        return [*_PLACEHOLDER.findall(text), *_TAG.findall(text), *numbers, *addresses]

    ours, theirs = kept(source), kept(translation)
    return "" if ours == theirs else compare_things(Counter(ours), Counter(theirs))
