"""A page does not say in which language it is, or says another one than its address.

What it finds: pages without `lang`, with a `lang` that is no language tag, or with another language than their address
(`/nl/…`) or than the `hreflang` by which they name themselves.

Why it matters: a screen reader speaks a text by the rules of the language that the page declares (WCAG 2.2, 3.1.1).
Dutch read with English sounds is noise.

Bad: `<html lang="en">` on /nl/hulp/

Better: `<html lang="nl">`
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from balise.lint.published_page import PublishedPage
from balise.lint.published_rule import PublishedRule
from balise.lint.published_site import Found, PublishedSite
from balise.problems import Severity

RULE = PublishedRule(Severity.ERROR)

_TAG = re.compile(
    r"[a-z]{2,3}(?:-[a-z]{4})?(?:-(?:[a-z]{2}|\d{3}))?(?:-[a-z0-9]{4,8}){0,3}(?:-[a-wyz]-[a-z0-9-]+)?\Z", re.I
)
_TWO = frozenset(
    "aa ab ae af ak am an ar as av ay az ba be bg bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee el en eo"
    " es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it iu ja jv ka"
    " kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng"
    " nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st su"
    " sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu".split()
)
"""Languages with two letters (ISO 639-1)."""


def check_page(page: PublishedPage, site: PublishedSite) -> Iterator[Found]:
    """Yield what is wrong with the language that a page declares."""
    tag = page.language
    line = next((page.line(element.start) for element in page.all("html")), 1)
    if not tag:
        yield Found("the page does not say in which language it is", "write `<html lang=…>`", line)
        return
    main = tag.partition("-")[0].lower()
    if not _TAG.match(tag) or (len(main) == 2 and main not in _TWO):
        yield Found(f'"{tag}" is no language', "write a tag such as fr, nl-BE or en", line)


def check_site(site: PublishedSite) -> Iterator[Found]:
    """Yield a finding for each page whose address or whose other languages contradict its own."""
    spoken = {page.language.partition("-")[0].lower() for page in site.documents.values()} & _TWO
    hint = "say the language that the text is in"
    for path, page in site.documents.items():
        main = page.language.partition("-")[0].lower()
        if main not in _TWO:
            continue
        first = path.partition("/")[0].lower()
        folder = first.partition("-")[0] if "/" in path and len(first) in (2, 5) else ""
        if folder in spoken and folder != main:
            yield Found(f'the page says "{page.language}" and stands in /{first}/', hint, 1, path)
            continue
        for one in page.alternates:
            named = one.language.partition("-")[0].lower()
            if named in ("x", main):
                continue
            address = site.addresses.resolve(page.base, one.address)
            if address.kind == "inside" and site.find(address.path) == path:
                message = f'the page says "{page.language}" and calls itself "{one.language}" in hreflang'
                yield Found(message, hint, one.line, path)
                break
