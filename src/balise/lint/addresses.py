"""The hosts of a project's records, and what makes an address look like another one."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from balise.lint.scripts import strange_digit, strange_letter
from balise.sources import web_host

if TYPE_CHECKING:
    from balise.channels import Channel
    from balise.lint.surroundings import Surroundings
    from balise.registries import Registries

_SHORTEST = 8
"""Hosts shorter than this, in letters, are never compared: 112.be and 1712.be are one letter apart, and both right."""
_SHAPES = (("0", "o"), ("1", "l"), ("3", "e"), ("5", "s"), ("rn", "m"), ("vv", "w"), ("i", "l"))


def addresses_of(channel: Channel) -> Iterator[tuple[str, str]]:
    """Yield the web addresses of a channel with the fields they stand in."""
    for language, url in channel.url.items():
        yield f"url.{language}" if language else "url", url
    if channel.chat_url:
        yield "chat_url", channel.chat_url


def host(url: str) -> str:
    """Return the host of an address without `www.` and the dot that may end it."""
    try:
        return web_host(url).rstrip(".")
    except ValueError:
        return ""


def channel_hosts(surroundings: Surroundings) -> Mapping[str, str]:
    """Return the channels by the hosts of their websites; the first of a host."""
    known = surroundings.store.get("channel_hosts")
    if isinstance(known, dict):
        return known
    found: dict[str, str] = {}
    for channel in surroundings.project.registries.channels.values():
        for _, url in addresses_of(channel):
            found.setdefault(host(url), channel.id)
    surroundings.store["channel_hosts"] = found
    return found


def source_hosts(registries: Registries) -> frozenset[str]:
    """Return the hosts of the sources of all records."""
    sources = [source for channel in registries.channels.values() for source in channel.sources]
    for table in (registries.figures, registries.dates, registries.claims):
        sources += [record.source for record in table.values()]
    return frozenset(host(source.url) for source in sources if source.url)


def near_host(name: str, known: Collection[str]) -> str:
    """Return a known host that this one could be taken for: one letter off, or with a sign like it; "" for none."""
    if not name or name in known or sum(map(str.isalpha, name)) < _SHORTEST:
        return ""
    shape = _shape(name)
    return next((other for other in known if _one_off(name, other) or (shape == _shape(other) and other)), "")


def _shape(name: str) -> str:
    for sign, letter in _SHAPES:
        name = name.replace(sign, letter)
    return name


def _one_off(one: str, other: str) -> bool:
    """Tell whether one letter more, less or other, or two letters swapped, make one name the other."""
    if one == other or abs(len(one) - len(other)) > 1:
        return False
    at = next(
        (place for place, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other))
    )
    mine, theirs = one[at:], other[at:]
    swapped = mine[:2] == theirs[1::-1] and mine[2:] == theirs[2:] and len(mine) > 1
    return swapped or mine[1:] == theirs[1:] or mine[1:] == theirs or mine == theirs[1:]


def odd_address(url: str) -> str:
    """Return in words what is odd about the letters of a web or e-mail address; "" where nothing is."""
    if "@" in url and not url.lower().startswith(("http:", "https:")):
        name = url.rpartition("@")[2]
        odd = strange_letter(url) or strange_digit(url)
        return f"holds {odd}" if odd else "has a coded host (xn--)" if "xn--" in name.lower() else ""
    try:
        parts = urlsplit(url)
    except ValueError:
        return "cannot be read"
    if "@" in parts.netloc:
        return f'hides its real host, "{parts.netloc.rpartition("@")[2]}", behind an @'
    odd = strange_letter(parts.netloc) or strange_digit(parts.netloc)
    if odd:
        return f"has {odd} in its host"
    return "has a coded host (xn--)" if re.search(r"(?:\A|\.)xn--", parts.netloc.lower()) else ""
