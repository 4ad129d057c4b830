"""Typography of French, Dutch and English pages, set on rendered text and never asked of authors.

A page is split into tokens (tags, entities, addresses) and the texts between them. The texts are joined to one line of
prose in which each token is a single control character, so that a quotation or a space split by `<em>` or `<a>` is seen
whole; the marks in that line are set, and the texts go back between tokens that nobody has touched.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, lru_cache
from typing import NamedTuple

from balise.punctuation import (
    BLOCK,
    BREAK,
    CONVENTIONS,
    FOREIGN,
    INLINE,
    KEPT_SPACE,
    OBJECT,
    OPENERS,
    UNITS,
    notable_marks,
    set_marks,
)

_TAG = (
    r"""<(?:/?(?![sS])[A-Za-z][^>"']*+(?:(?:"[^"]*+"|'[^']*+')[^>"']*+)*+>"""  # nearly all; those below are the rest
    r"|!--[\s\S]*?-->"
    r"|(?i:script|style)\b[\s\S]*?</(?i:script|style)\s*>"
    r"""|(?!(?i:script|style)\b)[/!]?[A-Za-z](?:[^>"']++|"[^"]*+"|'[^']*+')*+>"""
    r"|(?=[A-Za-z/!])[\s\S]*)"  # an open end hides the rest, as in a browser; it also keeps the scan linear
)
_ENTITY = r"&(?!(?:quot|apos|#0*3[49]|#[xX]0*2[27]);)(?:#\w{1,8}|\w{1,32});"
_END = r";:!?.,'’)…"
_STOP = r"""\s<>&"«»“”\x00-\x04"""
_ADDRESS = rf"(?:[^{_STOP}{_END}]|&amp;|[{_END}]++(?=[^{_STOP}]|&amp;))++"
_SCHEMES = ("https?://", "ftps?://", r"www\.", "mailto:", "tel:")
_URL = "|".join(start + _ADDRESS for start in _SCHEMES)
_EMAIL = r"(?<![\w.+'’-])(?<!39;)(?<!27;)(?<!apos;)[\w.+'-]++@[\w-]++(?:\.[\w-]++)++"
_CONTROL = r"\x00|\x01|\x02|\x03|\x04"  # not a class: each alternative begins with a letter to search for

_EDGE = (
    r"</?(?:p|li|ul|ol|dl|dt|dd|div|h[1-6]|hr|t(?:able|body|head|r|d|h)|article|blockquote|figure)"
    r"""(?: (?:class|data-channel|id|scope|start)="[^"]*+")*+>"""
)
_INLINE_TAG = r'</?(?:a|em|span|strong|sup)(?: (?:class|data-channel|href|hreflang|rel)="[^"<>]*+")*+>'
_NUMBER = rf"[0-9]++(?:(?=[\w,)@-]|\.(?!\.)|</t[dh]>)| (?![\s<&]|{UNITS}(?:{'|'.join(_SCHEMES)}|(?![\w'’-]))))"
"""Digits that nothing is set behind: no unit, also before an address, and no tag but the end of a cell."""


@cache
def _runs(marks: str) -> re.Pattern[str]:
    """Return the pattern of what is a token to a language that sets these marks, and of addresses none.

    Its second group takes part in a run: edges of blocks with nothing to set between them, a whole page at best. Such
    texts need not be looked at again, for no mark depends on what is beyond the edge of its block. Without marks, edges
    that stand beside each other are a run.
    """
    dull = f"[^<&0-9\\x00-\\x04{re.escape(marks)}]*+"
    between = f"{dull}(?:(?:{_INLINE_TAG}|{_NUMBER}){dull})*+" if marks else "\\n?"
    return re.compile(f"({_EDGE}(?:{between}{_EDGE})*+()|{_TAG}|{_ENTITY}|{_CONTROL})")


@cache
def _tokens(*, emails: bool) -> re.Pattern[str]:
    """Return the pattern of tags, entities and addresses, those of mailboxes too where that is asked for."""
    return re.compile(f"({_TAG}|{_ENTITY}|{_URL}|{_CONTROL}{'|' + _EMAIL if emails else ''})")


@cache
def _plain_tokens() -> re.Pattern[str]:
    """Return the pattern of what is a token in a text that is not HTML."""
    return re.compile(f"({_URL}|{_CONTROL}|{_EMAIL})")


MARKED_EMAIL = re.compile(r"'[\w.+-]*@")
"""The only e-mail addresses with something to set in them; looking for all of them costs three times as much."""

_OPENING = re.compile(r"<([A-Za-z][^\s/>]*)[\s>]")
_CLOSING = re.compile(r"</([A-Za-z][^\s/>]*)>\Z")
NAME = re.compile(r"</?([A-Za-z][^\s/>]*)")
ATTRIBUTE = re.compile(r"""([^\s=>/"']+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>"']+)))?""")
QUOTE_ENTITY = re.compile(r"&(?:(quot|#0*34|#[xX]0*22)|apos|#0*39|#[xX]0*27);")
NO_BREAKS = frozenset(("&nbsp;", "&#160;", "&#xa0;", "&#xA0;", "&#8239;", "&#x202f;", "&#x202F;"))

CODE = "code"
"""Owner of the texts in elements that are skipped; a language without conventions is the owner ""."""

SKIPPED = frozenset(("code", "kbd", "math", "pre", "samp", "svg", "textarea"))
VOID = frozenset(("area", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"))
PROSE = frozenset(
    "a abbr b bdi bdo cite code data del dfn em i ins kbd label mark q s samp small span strong time u var wbr".split()
)
"""Elements within a sentence, like those with a hyphen in their name; any other but `br` is the edge of a block."""

OBJECTS = frozenset(("img", "input", "math", "script", "style", "sub", "sup", "svg", "textarea"))
"""Elements read as a word; `sup` is one, so that the number of a note does not hide the end of a sentence."""


def set_typography(html: str, language: str) -> str:
    """Return sanitised HTML with its text set as the language wants; tags, code and addresses stay as they are.

    An element's own `lang` decides for what is in it; a language without conventions here is left alone.
    Setting twice is setting once. The time taken is linear in the length.
    """
    page = conventions_key(language)
    if not page and "lang" not in html.lower():
        return html
    whole = _set_whole(html, page) if page and ' lang="' not in html and "<code" not in html else None
    if whole is not None:
        return whole
    parts = _tokens(emails=bool(MARKED_EMAIL.search(html))).split(html)
    texts, tokens = parts[::2], parts[1::2]
    marks, owners = _read_tokens(tokens, page)
    for owner in sorted(CONVENTIONS.keys() & set(owners)):
        pieces = _split_line(_set_line(_interleave(_seen_by(owner, texts, owners), marks), owner))
        texts = [piece if own == owner else text for piece, text, own in zip(pieces, texts, owners, strict=True)]
    return _interleave(texts, tokens)


@lru_cache(maxsize=512)
def set_block(html: str, language: str) -> str | None:
    """Return the HTML of a block as it is set on any page in the language; `None` for HTML that is not surely one.

    No mark depends on what is beyond the edge of its block, so what many pages show is set once.
    """
    first, last = _OPENING.match(html), _CLOSING.search(html)
    if not first or not last or _mark_of(first[1].lower()) != BLOCK or _mark_of(last[1].lower()) != BLOCK:
        return None
    return set_typography(str(html), language)


@lru_cache(maxsize=4096)
def plain_typography(text: str, language: str) -> str:
    """Return a string that is not HTML, such as a title or the text of an attribute, set as the language wants."""
    key = conventions_key(language)
    if not key:
        return text
    if "@" not in text and text.isprintable() and not _holds_address(text):
        return set_marks(text, key)
    parts = _plain_tokens().split(text)
    line = _interleave(parts[::2], [OBJECT] * (len(parts) // 2))
    return _interleave(_split_line(set_marks(line, key)), parts[1::2])


@lru_cache(maxsize=64)
def conventions_key(language: str) -> str:
    """Return the key of the conventions for a language tag in any case, or an empty string when there are none."""
    base, _, region = language.partition("-")
    keys = (f"{base.lower()}-{region.upper()}", base.lower())
    return next((key for key in keys if key in CONVENTIONS), "")


def _set_whole(html: str, owner: str) -> str | None:
    """Return HTML set by the conventions of one owner; `None` where a part of it has another one or is code."""
    if MARKED_EMAIL.search(html):
        tokens, marks, line = _read(html, emails=True)
    else:
        tokens, marks, line = _read_runs(html, owner)
        if _holds_address(line):
            tokens, marks, line = _read(html, emails=False)
    if "" in marks:
        return None
    after = _set_line(line, owner)
    return html if after == line else _interleave(_split_line(after), tokens)


def _read_runs(html: str, owner: str) -> tuple[list[str], list[str], str]:
    """Return the runs and other tokens, what stands for each, and the line they make with the texts between them."""
    notable = notable_marks(owner)
    parts = _runs(notable + "." if notable and "..." in html else notable).split(html)
    tokens = parts[1::3]
    marks = [_mark(token) if run is None else BLOCK for token, run in zip(tokens, parts[2::3], strict=True)]
    return tokens, marks, _interleave(parts[::3], marks)


def _read(html: str, *, emails: bool) -> tuple[list[str], list[str], str]:
    """Return the tokens, what stands for each, and the line they make with the texts between them."""
    parts = _tokens(emails=emails).split(html)
    tokens = parts[1::2]
    marks = list(map(_mark, tokens))
    return tokens, marks, _interleave(parts[::2], marks)


def _holds_address(text: str) -> bool:
    """Tell whether a text may hold an address, other than that of a mailbox."""
    return "://" in text or "www." in text or "mailto:" in text or "tel:" in text


def _set_line(line: str, owner: str) -> str:
    if "&" in line:
        line = QUOTE_ENTITY.sub(lambda match: '"' if match[1] else "'", line)
    return set_marks(line, owner)


def _split_line(line: str) -> list[str]:
    """Return the texts between the characters that stand for tokens."""
    for mark in (OBJECT, INLINE, BREAK, KEPT_SPACE):
        line = line.replace(mark, BLOCK)
    return line.split(BLOCK)


def _interleave(texts: list[str], between: Iterable[str]) -> str:
    whole = [""] * (2 * len(texts) - 1)
    whole[::2] = texts
    whole[1::2] = between
    return "".join(whole)


class _Tag(NamedTuple):
    name: str
    mark: str  # what stands for it in the line
    closes: bool
    language: str | None  # of its `lang`; None without one


@lru_cache(maxsize=4096)
def _mark(token: str) -> str:
    """Return what stands for a token in the line; nothing for a tag that gives the texts in it another owner."""
    if token[0] != "<":
        return KEPT_SPACE if token in NO_BREAKS else OBJECT
    found = NAME.match(token)
    name = found[1].lower() if found else ""
    if name in SKIPPED or ("lang" in token.lower() and _parse_tag(token).language is not None):
        return ""
    return _mark_of(name)


def _mark_of(name: str) -> str:
    """Return what stands for an element's tags; an inline one for what is no element."""
    if name == "br":
        return BREAK
    if name in OBJECTS:
        return OBJECT
    return INLINE if not name or name in PROSE or "-" in name else BLOCK


@lru_cache(maxsize=1024)
def _parse_tag(token: str) -> _Tag:
    found = NAME.match(token)
    if not found:
        return _Tag("", INLINE, closes=False, language=None)
    name = found[1].lower()
    language = None
    if "lang" in token.lower() and name not in VOID:
        attributes = ATTRIBUTE.finditer(token, found.end())
        values = (match[2] or match[3] or match[4] or "" for match in attributes if match[1].lower() == "lang")
        language = next(values, None)
    return _Tag(name, _mark_of(name), token.startswith("</"), language)


def _read_tokens(tokens: list[str], page: str) -> tuple[list[str], list[str]]:
    """Return what stands for each token, and whose conventions each text follows."""
    marks, owners, owner = [], [page], page
    outer: list[tuple[str, str]] = []  # open elements that matter: name, owner around them
    for token in tokens:
        mark = _mark(token)
        if mark and (not outer or token[0] != "<"):
            marks.append(mark)
            owners.append(owner)
            continue
        tag = _parse_tag(token)
        marks.append(tag.mark)
        inmost = outer[-1][0] if outer else ""
        if tag.closes:
            owner = outer.pop()[1] if outer and inmost == tag.name else owner
        elif tag.language is not None or tag.name in SKIPPED or (outer and inmost == tag.name):
            outer.append((tag.name, owner))
            if owner == CODE or tag.name in SKIPPED:
                owner = CODE
            elif tag.language is not None:
                owner = conventions_key(tag.language)
        owners.append(owner)
    return marks, owners


def _seen_by(owner: str, texts: list[str], owners: list[str]) -> list[str]:
    """Return the texts as one owner sees them: those of others are one character that reads as a word."""
    both = zip(texts, owners, strict=True)
    return [text if own == owner or not text else _stand_in(text, own) for text, own in both]


def _stand_in(text: str, owner: str) -> str:
    """Return what others see of a text: a word, and at its ends what tells whether a quotation can begin there."""
    if owner == CODE:
        return FOREIGN
    first = " " if text[0].isspace() else ""
    last = " " if text[-1].isspace() else "(" if text[-1] in OPENERS or text[-1] in "'’" else ""
    return f"{first}{FOREIGN}{last}"
