"""An address looks like that of a service, and leads elsewhere.

What it finds: web and e-mail addresses in pages and in channel records whose host has letters that are not ASCII or is
coded (`xn--`), hides behind an `@`, or is one letter off a host of the registry. An address in pages that begins with
`http:` is reported too.

Why it matters: whoever wants to trap people who ask for help registers the address next door. One letter is enough, and
no reader looks twice.

Bad: "[Child Focus](https://chi1dfocus.be)"

Better: "[Child Focus]({{ link("be-child-focus-116000") }})"
"""

from __future__ import annotations

from collections.abc import Iterator

from balise.lint.addresses import addresses_of, channel_hosts, host, near_host, odd_address, source_hosts
from balise.lint.records import field_place
from balise.lint.rule import Finding, Options, Rule
from balise.lint.sheet import Sheet
from balise.lint.typed_facts import typed_facts
from balise.lint.typed_links import typed_links
from balise.lint.whole import Whole
from balise.problems import Location, Severity

RULE = Rule(group="bytes", severity=Severity.ERROR)

_HINT = "open the service's own website, and copy its address from there"


def check(sheet: Sheet, options: Options) -> Iterator[Finding]:
    """Yield a finding for each address of a page that could be taken for another."""
    hosts = channel_hosts(sheet.surroundings)
    for fact in typed_facts(sheet):
        if fact.kind == "address":
            url = fact.text if "://" in fact.text or "@" in fact.text else f"https://{fact.text}"
            for message in _faults(url, hosts):
                yield Finding(message, _HINT, fact.passage, fact.start, fact.end)
    for target, place in typed_links(sheet, "http:", "https:", "mailto:"):
        url = target.partition(":")[2].partition("?")[0] if target.lower().startswith("mailto:") else target
        for message in _faults(url, hosts):
            yield Finding(message, _HINT, place=place)
        if target.lower().startswith("http:"):
            message = f'the address "{target}" is not encrypted'
            yield Finding(message, "write https:// in front", place=place, severity=Severity.WARNING)


def _faults(url: str, hosts: dict[str, str] | object) -> Iterator[str]:
    odd = odd_address(url)
    if odd:
        yield f'the address "{url}" {odd}'
        return
    name = url.rpartition("@")[2].lower() if "://" not in url else host(url)
    near = near_host(name, hosts) if isinstance(hosts, dict) else ""
    if near:
        yield f'the host "{name}" is almost "{near}", which is that of a service'


def check_whole(whole: Whole, options: Options) -> Iterator[Finding]:
    """Yield a finding for each address of a channel record that could be taken for another of the registry."""
    channels = whole.project.registries.channels
    owners: dict[str, set[str]] = {}
    for channel in channels.values():
        for _, url in addresses_of(channel):
            owners.setdefault(host(url), set()).add(channel.id)
    sources = source_hosts(whole.project.registries)
    for channel in channels.values():
        for field, url in (*addresses_of(channel), ("email", channel.email)):
            message = _record_fault(url, channel.id, owners, sources) if url else ""
            if message:
                yield Finding(message, _HINT, place=_place(whole, channel.id, field))


def _record_fault(url: str, name: str, owners: dict[str, set[str]], sources: frozenset[str]) -> str:
    """Return what is wrong with an address of a record: its letters, or a host one letter off a better known one."""
    odd = odd_address(url)
    if odd:
        return f'the address "{url}" of "{name}" {odd}'
    own = url.rpartition("@")[2].lower() if "://" not in url else host(url)
    known = sources | {other for other, names in owners.items() if names - {name} or len(names) > 1}
    near = "" if own in known else near_host(own, known)
    return f'the host "{own}" of "{name}" is almost "{near}", which other records name' if near else ""


def _place(whole: Whole, name: str, field: str) -> Location:
    return field_place(whole.project, "channels", name, field)
