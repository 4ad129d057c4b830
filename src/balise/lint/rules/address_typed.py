"""A web or e-mail address is typed into the text instead of coming from the registry.

What it finds: addresses that readers see in the prose of a page, links to `mailto:`, and links typed in Markdown that
lead to the website of a channel of the registry. Links to other websites pass.

Why it matters: services move, and their old addresses are taken over by others. The record is checked and expires; a
typed address is neither.

Bad: "Signalez-le sur www.exemple.be."

Better: "[Signalez-le]({{ link("be-child-focus-hotline") }})."
"""

from __future__ import annotations

from collections.abc import Iterator

from balise.lint.addresses import channel_hosts
from balise.lint.rule import Finding, Options, Rule
from balise.lint.sheet import Sheet
from balise.lint.typed_facts import typed_facts
from balise.lint.typed_links import typed_links
from balise.problems import Severity
from balise.sources import web_host

RULE = Rule(
    group="facts",
    severity=Severity.WARNING,
    languages=("fr", "nl", "en"),
    yields_to=("id-personal-contact", "address-lookalike"),
)


def check(sheet: Sheet, options: Options) -> Iterator[Finding]:
    """Yield a finding for each typed address."""
    for fact in typed_facts(sheet):
        if fact.kind == "address":
            message = f'the address "{fact.text}" is typed by hand'
            hint = 'write [the name of the service]({{ link("…") }}) with a channel of content/data/channels.yml'
            yield Finding(message, hint, fact.passage, fact.start, fact.end)
    for target, place in typed_links(sheet, "mailto:"):
        yield Finding(f'the link to "{target}" is typed by hand', 'show the channel: {{ channel("…") }}', place=place)
    hosts = channel_hosts(sheet.surroundings)
    for target, place in typed_links(sheet, "http:", "https:"):
        channel = hosts.get(web_host(target))
        if channel:
            message = f'the link to "{target}" is typed by hand; it is the website of "{channel}"'
            yield Finding(message, f'write [text]({{{{ link("{channel}") }}}})', place=place)
