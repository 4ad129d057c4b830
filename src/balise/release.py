"""What a publisher has to confirm before a site goes out: every channel shown that nobody has dialled or opened yet."""

from __future__ import annotations

import re
from collections.abc import Iterable

from balise.problems import Problem, error
from balise.site import Site


def shown_channels(site: Site) -> tuple[str, ...]:
    """Return the ids of the channels that the published pages show, in registry order."""
    html = "\n".join(str(page.body.html) for edition in site.editions.values() for page in edition.pages.values())
    named = set(re.findall(r'data-channel="([a-z0-9-]+)"', html))
    config = site.project.site
    tables = (config.emergency, config.help)
    named |= {table[config.default_country] for table in tables if config.default_country in table}
    return tuple(name for name in site.project.registries.channels if name in named)


def check_release(site: Site) -> Iterable[Problem]:
    """Yield a problem for each shown channel without a record of who confirmed it, and when."""
    registries = site.project.registries
    for name in shown_channels(site):
        if not registries.channels[name].checked:
            hint = 'dial the number and open the page, then add `checked: {on: "YYYY-MM-DD", by: "…"}`'
            yield error("channel-unchecked", f'channel "{name}" was never confirmed', registries.place(name), hint)
