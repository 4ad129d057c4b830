"""Links between pages: from the author's relative path to the address in the reader's edition."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Collection, Mapping
from functools import lru_cache
from html import escape, unescape
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from balise.clean import URL_SCHEMES
from balise.drafts import DRAFT_HINT
from balise.guides.model import FOLDER
from balise.page import Page
from balise.problems import Location, Problem, did_you_mean, error, nearest
from balise.units import LinkMark

_HREF = re.compile(r'(<a\b[^<>"]*(?:"[^"]*"[^<>"]*)*?\bhref=")([^"]*)(")')
_SRC = re.compile(r'(<img\b[^<>"]*(?:"[^"]*"[^<>"]*)*?\bsrc=")([^"]*)(")')
_OUTSIDE_IMAGE = re.compile(r'<img\b[^<>]*\bsrc="(?:[a-zA-Z][\w+.-]*:|//|\\)[^"]*"[^<>]*>')
"""An image that would ask another site: taken out whatever led to it, for `check_links` sees only what is typed."""
_PLAIN_PATH = re.compile(r"((?:\.\./)*)((?:[A-Za-z0-9_-]+/)*[A-Za-z0-9_-]+)\.md(?:#([A-Za-z0-9_-]*))?\Z")
"""The way to another page as nearly all are typed: steps up, path, fragment, and nothing to decode or tidy in them."""
_SHIELDED = "xxxxxx"
"""How the target of a link begins that is a call: the parser sees it overwritten."""
OUTBOUND = ' rel="noreferrer noopener"'


class Target(NamedTuple):
    """Where a link leads: a page of the site, a file in assets/, a place on the same page, or outside.

    `name` is the page's id, the file's path below content/, or the scheme of an address outside ("" for none).
    """

    kind: str
    name: str = ""
    fragment: str = ""


def is_outbound(address: str) -> bool:
    """Tell whether an address leaves the site by the web."""
    return address.lower().startswith(("http://", "https://", "//"))


@lru_cache(maxsize=16384)
def read_target(address: str, page_id: str) -> Target:
    """Return where an address typed on a page leads.

    Page paths are relative to the page, or to content/ when they begin with a slash; that of a guide ends in `.yml`.
    """
    plain = _PLAIN_PATH.match(address)
    if plain:
        above = page_id.split("/")[:-1]
        up = len(plain[1]) // len("../")
        if up <= len(above):
            return Target("page", "/".join([*above[: len(above) - up], plain[2]]), plain[3] or "")
    try:
        parts = urlsplit(address)
    except ValueError:
        return Target("outside")
    fragment = unquote(parts.fragment)
    if parts.scheme or parts.netloc:
        return Target("outside", parts.scheme)
    path = unquote(parts.path)
    if not path:
        return Target("here", fragment=fragment)
    folder = "" if path.startswith("/") else posixpath.dirname(page_id)
    name = posixpath.normpath(posixpath.join(folder, path.lstrip("/")))
    if name.endswith(".md") or (name.startswith(f"{FOLDER}/") and name.endswith(".yml")):
        return Target("page", name.rpartition(".")[0], fragment)
    return Target("asset", name, fragment)


def relative_url(target: str, source: str) -> str:
    """Return the address of one published file as seen from another; both are paths from the site's root.

    Folder addresses end in a slash: `fr/aide/index.html` is linked as `../aide/`.
    """
    here, there = source.split("/")[:-1], target.split("/")
    last = there.pop()
    shared = 0
    for one, other in zip(here, there, strict=False):
        if one != other:
            break
        shared += 1
    steps = [".."] * (len(here) - shared) + there[shared:]
    if last != "index.html":
        return "/".join([*steps, last])
    return "/".join(steps) + "/" if steps else "./"


def rewrite_links(html: str, resolve: Callable[[str], str | None]) -> str:
    """Return cleaned HTML with each address mapped by `resolve` (`None` leaves it), outbound links without referrer."""

    def mapped(typed: str) -> str:
        address = unescape(typed)
        found = resolve(address)
        return escape(address if found is None else found, quote=False).replace('"', "%22")

    def link(match: re.Match[str]) -> str:
        address = mapped(match[2])
        return f"{match[1]}{address}{match[3]}{OUTBOUND if is_outbound(address) else ''}"

    html = _HREF.sub(link, html) if "href=" in html else html
    if "<img" not in html:
        return html
    return _OUTSIDE_IMAGE.sub("", _SRC.sub(lambda match: match[1] + mapped(match[2]) + match[3], html))


def check_links(
    page: Page,
    pages: Collection[str],
    assets: Collection[str],
    place: Callable[[LinkMark], Location],
    *,
    drafts: Collection[str] = (),
) -> tuple[Problem, ...]:
    """Return a problem for each link of a page to a page or file that does not exist, or to an address not allowed.

    `drafts` are the ids of pages that are not published.
    """
    problems: list[Problem] = []
    for mark in page.cutting.links:
        if mark.target.startswith(_SHIELDED):
            continue
        target = read_target(mark.target, page.id)
        if target.kind == "page" and target.name in drafts:
            message = f'link to "{mark.target}": page "{target.name}" is a draft'
            problems.append(error("link-draft", message, place(mark), DRAFT_HINT))
        elif target.kind == "page" and target.name not in pages:
            match = nearest(target.name, sorted(pages))
            path = posixpath.relpath(f"{match}.md", posixpath.dirname(page.id) or ".")
            near = f'did you mean "{path}"?' if match else "write the path from this file to the other .md file"
            message = f'link to "{mark.target}": no such page'
            problems.append(error("link-broken", message, place(mark), near))
        elif target.kind == "asset" and target.name not in assets:
            hint = did_you_mean(
                target.name, sorted(assets), "put the file into content/assets/ and link it by its path"
            )
            problems.append(error("link-broken", f'link to "{mark.target}": no such file', place(mark), hint))
        elif target.kind == "outside" and mark.image:
            hint = "put the file into content/assets/, so that reading the page tells nobody"
            message = f'image "{mark.target[:60]}" comes from another site'
            problems.append(error("image-outside", message, place(mark), hint))
        elif target.kind == "outside" and target.name not in URL_SCHEMES:
            message = f'link to "{mark.target[:60]}" uses an address that is not allowed'
            problems.append(error("link-scheme", message, place(mark), "allowed: https, http, mailto, tel, sms"))
    return tuple(problems)


def check_fragments(
    page: Page, anchors: Mapping[str, frozenset[str]], place: Callable[[LinkMark], Location]
) -> tuple[Problem, ...]:
    """Return a problem for each link to a heading that does not exist; `anchors` are the ids on each finished page."""
    problems: list[Problem] = []
    for mark in page.cutting.links:
        if "#" not in mark.target:
            continue
        target = read_target(mark.target, page.id)
        if page.step and target.kind == "here":
            continue  # a node of the guide, which its proof looks for
        name = page.id if target.kind == "here" else target.name
        if target.kind not in ("page", "here") or not target.fragment or name not in anchors:
            continue
        if target.fragment not in anchors[name]:
            hint = did_you_mean(target.fragment, sorted(anchors[name]), "give the heading that id: `## … {#id}`")
            message = f'link to "{mark.target}": the page has no heading "{target.fragment}"'
            problems.append(error("anchor-broken", message, place(mark), hint))
    return tuple(problems)
