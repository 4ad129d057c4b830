"""A link, a picture or a file of a page leads nowhere.

What it finds: addresses inside the site that no file answers: links, pictures, scripts, styles, fonts, frames and
forms, in pages and style sheets. Capitals count, as they do on most servers; a folder is answered by its index.html.

Why it matters: a reader who follows a link to help and gets an error rarely looks for another way.

Bad: `<a href="/Help/">` where the folder is called help

Better: `<a href="/help/">`
"""

from __future__ import annotations

from collections.abc import Iterator

from balise.lint.published_rule import PublishedRule
from balise.lint.published_site import Found, PublishedSite
from balise.problems import Severity

RULE = PublishedRule(Severity.ERROR)

_NAMES = {
    "link": "a link leads to",
    "form": "a form sends to",
    "image": "a page shows",
    "frame": "a page shows",
    "script": "a page runs",
    "style": "a page takes its style from",
    "refresh": "a page leads on to",
    "styled": "a style loads",
}


def check_site(site: PublishedSite) -> Iterator[Found]:
    """Yield a finding for each address inside the site that nothing answers."""
    answered: dict[str, bool] = {}
    for path, page in site.documents.items():
        for one in page.references:
            if one.kind == "connection":
                continue
            address = site.addresses.resolve(page.base, one.address)
            if address.kind != "inside":
                continue
            if address.path not in answered:
                answered[address.path] = site.find(address.path) is not None or not site.was_asked(address.path)
            if not answered[address.path]:
                message = f'{_NAMES.get(one.kind, "a page loads")} "/{address.path[:120]}", which is not there'
                near = site.almost(address.path)
                hint = f"the file is called {near}: capitals and accents count" if near else "mend or remove it"
                yield Found(message, hint, one.line, path)
