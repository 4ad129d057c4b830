"""One page body from translated units to finished HTML; the order of the steps is a promise (docs/architecture.md)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from markupsafe import Markup

from balise.catalogues import State
from balise.clean import clean_html, link_footnotes, title_alerts
from balise.expand import Expander, Slots, secret_word
from balise.languages import direction
from balise.links import rewrite_links
from balise.looks import set_looks
from balise.markdown import line_and_column, render_markdown
from balise.page import Page
from balise.problems import Location, Problem, error
from balise.site import Body
from balise.sources import SourceView
from balise.theme_view import Heading
from balise.translate import TranslatedPage, Translation
from balise.typography import set_block, set_typography
from balise.units import replace_units

_HEADING = re.compile(r'<h([23]) id="([^"]+)"[^>]*>(.*?)</h\1>', re.DOTALL)
_ID = re.compile(r'id="(?<=\sid=")([^"]+)"')
"""An anchor where it stands in a tag; the search begins with its letters, for few tags of a page have one."""
_OPEN_TAG = re.compile(r"<[a-z][^<>]*\Z")
_SOURCE = re.compile(r"@@source:([a-z0-9.-]+)@@")
_TAG = re.compile(r"<[^<>\"']*+(?:(?:\"[^\"]*+\"|'[^']*+')[^<>\"']*+)*+>")
_ANCHOR_TAG = re.compile(r"</?a\b[^>]*>")
_SEALED = re.compile(r"<(code|a)\b[^>]*>.*?</\1>", re.DOTALL)
"""What no component may stand in: code shows its letters, and components hold links of their own."""


class Marks:
    """Marks round a unit that is not in the page's language or not up to date; they become spans after cleaning.

    A mark begins and ends with punctuation, so that emphasis at the start of a unit stays emphasis.
    """

    def __init__(self, secret: str) -> None:
        self.secret = secret
        self.pattern = re.compile(rf"⦅{secret}-(stale|end|[a-zA-Z-]+)⦆")

    def wrap(self, text: str, kind: str) -> str:
        """Return the text between marks; `kind` is `stale` or the tag of the language it is in."""
        return f"⦅{self.secret}-{kind}⦆{text}⦅{self.secret}-end⦆"

    def unit(self, item: Translation, language: str) -> str:
        """Return a unit's text between the marks its state asks for on a page in this language."""
        if item.language != language:
            return self.wrap(item.text, item.language)
        return self.wrap(item.text, "stale") if item.state is State.STALE else item.text

    def texts(self, shown: TranslatedPage, language: str) -> Sequence[str]:
        """Return the texts of a page's units, between marks where they need some."""
        if shown.current is not None and shown.language == language:
            return shown.current
        return [self.unit(item, language) for item in shown.translations]

    def to_spans(self, html: str) -> str:
        """Return the HTML with each pair of marks as a span."""

        def span(match: re.Match[str]) -> str:
            kind = match[1]
            if kind == "end":
                return "</span>"
            if kind == "stale":
                return '<span class="stale">'
            return f'<span lang="{kind}" dir="{direction(kind)}">'

        return self.pattern.sub(span, html) if "⦅" in html else html


@dataclass(frozen=True)
class Surroundings:
    """What a body needs of its edition: language, calls, page type skeletons, words and the way to other pages.

    `fill` puts finished sections into the page type's skeleton; `resolve` maps a link target to an address; `marks`
    makes the page's marks from its secret word. A body that nobody will see is not `typeset`.
    """

    language: str
    expander: Expander
    fill: Callable[[Mapping[str, str], Slots, Marks], str]
    resolve: Callable[[str], str | None]
    alert: Callable[[str], str]
    back: str
    sources: Mapping[str, SourceView]
    marks: Callable[[str], Marks] = Marks
    typeset: bool = True


def render_body(shown: TranslatedPage, around: Surroundings) -> tuple[Body, tuple[Problem, ...]]:
    """Return the finished body of a page whose translations are settled, and what stands where it cannot."""
    page = shown.page
    slots, marks = Slots(secret_word()), around.marks(secret_word())
    texts = marks.texts(shown, around.language)
    branches = [True]
    sections = {}
    for section in page.sections():
        text = replace_units(page.cutting, texts, section.start, section.end)
        sections[section.id] = around.expander.expand(text, slots, branches)
    html = clean_html(render_markdown(around.fill(sections, slots, marks)))
    html = set_looks(html, page.type.looks)
    html = title_alerts(link_footnotes(html, around.back), around.alert)
    html = marks.to_spans(rewrite_links(html, around.resolve))
    problems = tuple(_check_slots(html, slots, page))
    return finish_body(_set_body(html, slots, around.language, typeset=around.typeset), around.sources), problems


def _check_slots(html: str, slots: Slots, page: Page) -> Iterable[Problem]:
    """Yield a problem for each component in a tag, in code, in a link, or not alone where it needs a paragraph."""
    if not slots.components:
        return
    misplaced: set[str] = set()
    pairs = [(mark, end) for mark, end in (('="', '"'), ("<a", "</a>"), ("<code", "</code>")) if mark in html]
    if any(_may_be_sealed(html, word, pairs) for word in slots.components):
        sealed = [*_TAG.findall(html), *(match[0] for match in _SEALED.finditer(html))]
        misplaced = {word for piece in sealed if slots.prefix in piece for word in slots.pattern.findall(piece)}
    for word, (component, expression) in slots.components.items():
        if word in misplaced:
            hint = "put the call into running text, or into a paragraph of its own"
            message = f"{_named(expression)} stands in code, in a link or in an attribute"
            yield error("call-place", message, _place(page, expression), hint)
        elif component.sentence is None and not _may_stand(html, word):
            hint = "leave an empty line before and after it"
            yield error("call-place", f"{_named(expression)} shares its paragraph", _place(page, expression), hint)


def _named(expression: str) -> str:
    return f"{{{{ {expression} }}}}" if expression else "a component of the template"


def _may_be_sealed(html: str, word: str, pairs: Sequence[tuple[str, str]]) -> bool:
    """Tell whether a word may stand between one of these marks and its end: in an attribute, in a link, in code.

    In clean HTML, the value of an attribute stands in double quotes and holds none.
    """
    at = html.find(word)
    while at >= 0:
        for mark, end in pairs:
            opened = html.rfind(mark, 0, at)
            if opened >= 0 and html.find(end, opened + len(mark), at) < 0:
                return True
        at = html.find(word, at + 1)
    return False


def _may_stand(html: str, word: str) -> bool:
    """Tell whether a word is not there, or somewhere has a paragraph, a list item or a description for itself."""
    first = at = html.find(word)
    while at >= 0:
        if html.startswith("</", at + len(word)) and html.endswith(("<p>", "<li>", "<dd>"), 0, at):
            return True
        at = html.find(word, at + 1)
    return first < 0


def _place(page: Page, expression: str) -> Location:
    """Return where a page first makes a call; its template's place for a component that the template puts down."""
    source = page.cutting.source
    at = source.find(expression.encode()) if expression else -1
    if at < 0:
        return Location(page.type.path, page.type.skeleton_line)
    line, column = line_and_column(source, source.rfind(b"{{", 0, at))
    return Location(page.path, page.line(line), column)


def _set_body(html: str, slots: Slots, language: str, *, typeset: bool) -> str:
    """Return the HTML with its typography, and with every word replaced by its component's trusted HTML.

    A block in a paragraph of its own is set apart, once for all pages, unless the page has passages in other languages:
    one may hold it. Everything else is set where it stands.
    """
    if not slots.components:
        return set_typography(html, language) if typeset else html
    has_passages = "lang=" in html
    apart: list[str] = []
    first, *others = html.split(slots.prefix)
    pieces = [first]
    for other in others:
        number, _, behind = other.partition("z")
        component, _ = slots.components[f"{slots.prefix}{number}z"]
        tag = _alone_in(pieces[-1], behind) if component.block is not None else ""
        if not tag:
            pieces += (str(component.inline if component.inline is not None else component.block), behind)
            continue
        done = None if has_passages or not typeset else set_block(component.block, language)
        whole = str(component.block) if done is None else done
        whole = whole if tag == "p" else f"<{tag}>{whole}</{tag}>"
        if done is not None:
            apart.append(whole)
            whole = f"<p>{slots.prefix}y</p>"
        pieces[-1] = pieces[-1].removesuffix(f"<{tag}>")
        pieces += (whole, behind.removeprefix(f"</{tag}>"))
    html = "".join(pieces)
    html = set_typography(html, language) if typeset else html
    if not apart:
        return html
    first, *others = html.split(f"<p>{slots.prefix}y</p>")
    return first + "".join(chain.from_iterable(zip(apart, others, strict=True)))


def _alone_in(before: str, behind: str) -> str:
    """Return the element that holds nothing but what stands between two texts: `p`, `li` or `dd`; "" for none."""
    return next(
        (tag for tag in ("p", "li", "dd") if before.endswith(f"<{tag}>") and behind.startswith(f"</{tag}>")), ""
    )


def finish_body(html: str, sources: Mapping[str, SourceView]) -> Body:
    """Return the body with its sources numbered in order of appearance, its headings and its anchors."""
    order: dict[str, int] = {}

    def number(match: re.Match[str]) -> str:
        return str(order.setdefault(match[1], len(order) + 1)) if match[1] in sources else match[0]

    html = _SOURCE.sub(number, html)
    headings = tuple(
        Heading(match[2], Markup(_ANCHOR_TAG.sub("", match[3]) if "<" in match[3] else match[3]), int(match[1]))  # noqa: S704 - cleaned above
        for match in _HEADING.finditer(html)
    )
    return Body(Markup(html), headings, _anchors(html), tuple(sources[key] for key in order))  # noqa: S704 - cleaned above


def _anchors(html: str) -> frozenset[str]:
    """Return the ids of the elements, and that of the page's frame; what looks like one in a text is none."""
    found = {"content"}
    for match in _ID.finditer(html):
        if _OPEN_TAG.match(html, html.rfind("<", 0, match.start()), match.start()):
            found.add(match[1])
    return frozenset(found)
