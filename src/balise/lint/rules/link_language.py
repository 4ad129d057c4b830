"""A link leads readers to another language than theirs, although there is an address in theirs.

What it finds: a typed address of a service's site in another language (`…/nl/…` on a French page), where the registry
has the address for the reader's language. A link whose words name the language it leads to is left alone.

Why it matters: somebody who has found the courage to ask for help, and lands on a page in a language they do not read,
closes it.

Bad: "[the hotline](https://www.example.org/nl/melden)" on a page in French

Better: `{{ link("example-hotline") }}`, which takes the address for the reader's language from the registry
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from urllib.parse import urlsplit

from balise.links import is_outbound
from balise.lint.rule import Finding, Options, Rule
from balise.lint.sheet import Sheet
from balise.problems import Severity

RULE = Rule(group="structure", severity=Severity.WARNING)

_TAG = re.compile(r"(?:\A|[/.=_])(fr|nl|en|de|es|it|pt)(?:[-_][a-z]{2})?(?=[/.&?#]|\Z)", re.IGNORECASE)
_NAMED = re.compile(
    r"\b(?:français|frans|french|néerlandais|nederlands|dutch|anglais|engels|english|allemand|duits|german"
    r"|franstalig|nederlandstalig|engelstalig|duitstalig|francophone|néerlandophone)|\((?:fr|nl|en|de)\)",
    re.IGNORECASE,
)


def check(sheet: Sheet, options: Options) -> Iterator[Finding]:
    """Yield a finding for each typed address in another language than the reader's."""
    for passage in sheet.passages:
        for link in passage.links if "://" in passage.raw else ():
            if not is_outbound(link.target):
                continue
            written, better = _better(link.target, sheet)
            said = passage.text[link.start : link.end + 30]
            if better and not _NAMED.search(said):
                message = f'a link leads to "{link.target[:80]}", which is for readers of {written}'
                hint = f"the registry has {better} for readers of {sheet.language}"
                yield Finding(message, hint, passage, link.start, link.end)


@lru_cache(maxsize=4096)
def _language(address: str) -> str:
    """Return the language that an address names in its path, its host or its query, "" for none."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    for text in (parts.path, parts.netloc.partition(".")[0], parts.query):
        match = _TAG.search(text)
        if match:
            return match[1].lower()
    return ""


def _better(address: str, sheet: Sheet) -> tuple[str, str]:
    """Return the language of an address and the registry's for the reader's, empty where the address may stay."""
    own = address.rstrip("/")
    for urls in _by_host(sheet).get(_host(address), ()):
        reader = next((urls[tag] for tag in sheet.tags if tag in urls), "")
        if not reader or reader.rstrip("/") == own or _language(reader) not in ("", *sheet.tags):
            continue
        exact = next((tag for tag, url in urls.items() if url.rstrip("/") == own), "")
        written = exact or _language(address)
        if written and written not in sheet.tags and any(tag.partition("-")[0] == written for tag in urls):
            return written, reader
    return "", ""


def _by_host(sheet: Sheet) -> Mapping[str, list[Mapping[str, str]]]:
    """Return the addresses by language of the registry's services, by the hosts they are on."""
    store = sheet.surroundings.store
    if "link-language" not in store:
        found: dict[str, list[Mapping[str, str]]] = {}
        for channel in sheet.surroundings.project.registries.channels.values():
            if len(channel.url) > 1:
                for host in {_host(address) for address in channel.url.values()}:
                    found.setdefault(host, []).append(channel.url)
        store["link-language"] = found
    hosts: Mapping[str, list[Mapping[str, str]]] = store["link-language"]  # type: ignore[assignment]
    return hosts


def _host(address: str) -> str:
    try:
        return (urlsplit(address).hostname or "").removeprefix("www.")
    except ValueError:
        return ""
