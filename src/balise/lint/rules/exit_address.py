"""The exit leads to a place that tells on the reader.

What it finds: an exit address in site.yml that leads to a service of the registry, to the site itself, or to an address
that names its subject.

Why it matters: whoever looks over the reader's shoulder, or at the list of pages visited, must see an ordinary page. An
exit to a helpline's site says what the reader had open.

Bad: exit: {nl: https://childfocus.be/}

Better: exit: {nl: https://nl.wikipedia.org/}
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from balise.lint.rule import Finding, Options, Rule
from balise.lint.whole import Whole
from balise.problems import Severity

RULE = Rule(group="safety", severity=Severity.ERROR)

_TELLING = re.compile(
    r"abus|misbruik|help(?:line|desk|wanted)|hulplijn|slachtoffer|victim|sext|hotline|meldpunt|signal|"
    r"police|polici|politie|childline|enfance|kinder",
    re.IGNORECASE,
)


def check_whole(whole: Whole, options: Options) -> Iterator[Finding]:
    """Yield a finding for each exit address that tells on the reader."""
    site = whole.project.site
    hosts: dict[str, str] = {}
    for channel in whole.project.registries.channels.values():
        for address in (*channel.url.values(), channel.chat_url):
            host = _host(address)
            if host:
                hosts.setdefault(host, channel.id)
    for tag, address in site.exit.items():
        host = _host(address)
        place = site.document.location("exit", tag)
        hint = "choose a large, ordinary site that shows nothing personal, such as an encyclopedia or the weather"
        if host in hosts:
            message = f'the exit leads to {host}, the site of channel "{hosts[host]}"'
            yield Finding(message, hint, place=place)
        elif match := _TELLING.search(address):
            yield Finding(f'the exit address says "{match[0]}"', hint, place=place)


def _host(address: str) -> str:
    """Return the host of an address without `www.`; "" for none."""
    return (urlsplit(address).hostname or "").removeprefix("www.")
