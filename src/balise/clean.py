"""Making a rendered body safe and whole: the allow-list sanitiser, footnotes with ways back, localised alert titles."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from typing import Any

from markupsafe import escape

from balise.units import slugify, unique_id

_INLINE = {"a", "abbr", "b", "bdi", "br", "cite", "code", "del", "em", "i", "kbd", "mark", "q", "s", "small", "span"}
_INLINE |= {"strong", "sub", "sup", "wbr", "img"}
_BLOCK = {"p", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "dl", "dt", "dd", "blockquote", "pre", "hr", "div"}
_BLOCK |= {"table", "thead", "tbody", "tr", "th", "td"}
ALLOWED_TAGS = frozenset(_INLINE | _BLOCK)
"""Every element a contributor's text can lead to."""
ALLOWED_ATTRIBUTES: dict[str, set[str]] = {
    "*": {"lang", "dir"},
    "a": {"href", "title"},
    "img": {"src", "alt", "title"},
    "abbr": {"title"},
    "ol": {"start"},
    **{f"h{level}": {"id"} for level in range(2, 7)},
    "div": {"id"},
}
_CLASSES = {
    "blockquote": {f"markdown-alert-{kind}" for kind in ("note", "tip", "important", "warning", "caution")},
    "div": {"footnote-definition"},
    "sup": {"footnote-reference", "footnote-definition-label"},
    "th": {"align-left", "align-center", "align-right"},
    "td": {"align-left", "align-center", "align-right"},
    "span": {"task"},
}
URL_SCHEMES = frozenset({"http", "https", "mailto", "tel", "sms"})
"""What a contributor's link may start with; relative addresses pass and are checked as links."""

_ROUNDS = 6
"""How often a text is cleaned until it stays as it is: a parser may rearrange broken nesting more than once."""
_ALIGN = re.compile(r'<(t[hd]) style="text-align: (left|center|right)">')
_TASK = re.compile(r'<input disabled="" type="checkbox"(?: checked="")?/>\s*')
_ALERT = re.compile(r'<blockquote class="markdown-alert-(\w+)">')
_REFERENCE = re.compile(r'<sup class="footnote-reference"><a href="#([^"]*)">[^<]*</a></sup>')
_DEFINITION = re.compile(
    r'<div class="footnote-definition" id="([^"]*)"><sup class="footnote-definition-label">[^<]*</sup>(.*?)</div>',
    re.DOTALL,
)


@cache
def _cleaner() -> Any:
    import nh3

    return nh3.Cleaner(
        tags=set(ALLOWED_TAGS),
        attributes=ALLOWED_ATTRIBUTES,
        allowed_classes=_CLASSES,
        url_schemes=set(URL_SCHEMES),
        link_rel=None,
        strip_comments=True,
    )


def clean_html(html: str) -> str:
    """Return the HTML with only allowed elements, attributes and addresses; cleaning twice changes nothing."""
    if ' style="' in html:
        html = _ALIGN.sub(r'<\1 class="align-\2">', html)
    if "<input" in html:
        html = _TASK.sub(lambda match: f'<span class="task">{"☑" if " checked" in match[0] else "☐"}</span> ', html)
    for _ in range(_ROUNDS):
        before, html = html, str(_cleaner().clean(html))
        if html == before:
            return html
    return _text_only(html)


def _text_only(html: str) -> str:
    """Return the text of HTML that reads differently each time it is parsed, which only an attack does for long."""
    import nh3

    return str(nh3.clean(html, tags=set()))


def title_alerts(html: str, titles: Callable[[str], str]) -> str:
    """Return cleaned HTML with each alert given its localised title; `titles` maps `note`, `warning` … to HTML."""
    if "markdown-alert-" not in html:
        return html
    return _ALERT.sub(lambda match: f'<blockquote class="alert alert-{match[1]}">\n{titles(match[1])}', html)


def link_footnotes(html: str, back: str) -> str:
    """Return cleaned HTML with footnotes numbered in order of reference, prefixed ids, and a way back.

    `back` is the accessible name of the link that leads back to the text.
    """
    if "footnote-" not in html:
        return html
    numbers: dict[str, int] = {}
    seen: dict[str, int] = {}
    names: dict[str, str] = {}

    def name_of(label: str) -> str:
        if label not in names:
            names[label] = unique_id(slugify(label), names.values())
        return names[label]

    def refer(match: re.Match[str]) -> str:
        label = match[1]
        number = numbers.setdefault(label, len(numbers) + 1)
        seen[label] = seen.get(label, 0) + 1
        again = f"-{seen[label]}" if seen[label] > 1 else ""
        name = name_of(label)
        return f'<sup class="footnote-mark" id="fnref-{name}{again}"><a href="#fn-{name}">{number}</a></sup>'

    def define(match: re.Match[str]) -> str:
        label, body = match[1], match[2].strip()
        name = name_of(label)
        number = numbers.get(label, 0)
        way = f' <a class="footnote-back" href="#fnref-{name}" aria-label="{escape(back)}">↩</a>' if number else ""
        head, last, tail = body.rpartition("</p>")
        body = f"{head}{way}{last}{tail}" if last else body + way
        return f'<div class="footnote" id="fn-{name}"><span class="footnote-number">{number or "*"}</span> {body}</div>'

    return _DEFINITION.sub(define, _REFERENCE.sub(refer, html))
