"""What the theme's templates are given: one page in one language, with every word ready to be shown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from markupsafe import Markup

    from balise.channels import ChannelView
    from balise.languages import Text


@dataclass(frozen=True)
class Asset:
    """A file the page loads: its address and its digest for subresource integrity (`sha384-…`, empty for none)."""

    url: str
    integrity: str = ""


@dataclass(frozen=True)
class Alternate:
    """The absolute address of a real translation of the page."""

    language: str
    url: str


@dataclass(frozen=True)
class LanguageLink:
    """One entry of the language switch; `name` is in its own language, `url` stays on the same page.

    `translated` is false when that edition shows the page in its source language.
    """

    language: str
    name: str
    url: str
    current: bool
    translated: bool


@dataclass(frozen=True)
class Link:
    """A titled link inside the site."""

    title: Text
    url: str


@dataclass(frozen=True)
class NavigationItem:
    """A section or page of the navigation; the current section has its pages as `children`.

    A `draft` is in the preview alone.
    """

    title: Text
    url: str
    current: bool
    children: tuple[NavigationItem, ...] = ()
    draft: bool = False


@dataclass(frozen=True)
class Code:
    """A QR code: its size in modules, and its dark modules as an SVG path of strokes one unit wide."""

    size: int
    path: str


@dataclass(frozen=True)
class LogoView:
    """A site's logo: its address and size in pixels, and those of the one on dark pages where there is another."""

    url: str
    width: int
    height: int
    dark_url: str = ""
    dark_width: int = 0
    dark_height: int = 0


@dataclass(frozen=True)
class Heading:
    """A heading of the body: its anchor, its inline HTML and its level (2 or 3)."""

    id: str
    text: Markup
    level: int


@dataclass(frozen=True)
class TranslationNotice:
    """How many of a page's `total` units are not translated (`missing`) or translate an older text (`stale`)."""

    missing: int
    stale: int
    total: int
    source_language_name: str
    source_url: str


@dataclass(frozen=True)
class IndexEntry:
    """A line of the A–Z page; `note` says what a word leads to, or where a service is unless its name says so."""

    title: Text
    url: str
    note: Text | None = None


@dataclass(frozen=True)
class LetterGroup:
    """The entries of the A–Z page under one letter; `id` is that of its heading."""

    letter: str
    id: str
    entries: tuple[IndexEntry, ...]


@dataclass(frozen=True)
class SearchSource:
    """What the search of an edition loads when it is first used; `base` leads from the page to the site's root."""

    script: Asset
    text_url: str
    base: str


@dataclass(frozen=True)
class Review:
    """When a page was last reviewed and in which role, by when it is to be reviewed again, and whether that has passed.

    All are in words; each is "" where none is known.
    """

    on: str = ""
    role: str = ""
    due: str = ""
    overdue: bool = False


@dataclass(frozen=True)
class Card:
    """A link with a sentence about what is behind it."""

    title: Text
    text: Text
    url: str


@dataclass(frozen=True)
class Door:
    """A way into the site for one kind of reader: `parent`, `young`, `teacher`, or `me` who it happened to."""

    reader: str
    url: str


@dataclass(frozen=True)
class AnswerLink:
    """An answer of a guide's question: its finished words, where it leads, and the countries it is for, "" for all."""

    text: Markup
    url: str
    only: str = ""


@dataclass(frozen=True)
class SheetRow:
    """A line of a guide's sheet of paper: what happened, in finished words, and who helps with that."""

    text: Markup
    channels: tuple[ChannelView, ...]


@dataclass(frozen=True)
class CountryGroup:
    """The channels of one country (ISO 3166 code, `EU` or `INT`); `is_default` marks the site's own country."""

    country: str
    name: str
    is_default: bool
    channels: tuple[ChannelView, ...]


@dataclass(frozen=True, kw_only=True)
class PageView:
    """One page in one language: `str` values are text, `Markup` values trusted HTML, addresses ready to use.

    `exit`, `help_bar`, `navigation`, `breadcrumb`, `sources` and `footer` are finished, for many pages share them.
    `canonical`, `x_default`, `printed_address`, `sources` and `assembled` are empty where there is nothing
    to show. `index_url` is that of the A–Z page, and "./" on it. `draft` is "page" where the page is one, "text" where
    only this language's text is, and empty on published pages. A `discreet` page tells nothing of itself outside its
    window.
    """

    language: str
    direction: str
    kind: str
    title: Text
    description: Text
    site_name: Text
    head_title: str
    discreet: bool = False
    canonical: str = ""
    noindex: bool = False
    alternates: tuple[Alternate, ...] = ()
    x_default: str = ""
    stylesheet: Asset
    script: Asset | None = None
    base: str
    home_url: str
    logo: LogoView | None = None
    index_url: str = ""
    exit: Markup
    help_bar: Markup
    navigation: Markup
    languages: tuple[LanguageLink, ...] = ()
    breadcrumb: Markup | str = ""
    printed_address: str = ""
    printed_code: Code | None = None
    body: Markup
    contents: tuple[Heading, ...] = ()
    notice: TranslationNotice | None = None
    draft: str = ""
    sources: Markup | str = ""
    review: Review | None = None
    assembled: str = ""
    next: Link | None = None
    previous: Link | None = None
    footer: Markup

    def filled(self, **values: Any) -> PageView:
        """Return the page with these values, as `dataclasses.replace` does in ten times as long."""
        page = object.__new__(PageView)
        vars(page).update(vars(self), **values)
        return page
