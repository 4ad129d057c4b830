"""The finished page shows a number or an address that no record has.

What it finds: in the HTML that would be published, links to `tel:`, `sms:` and `mailto:` that belong to no channel, or
to another one than that whose card they stand in; links of a card that are neither in its record nor among its sources;
links whose visible number is another one than they dial; and numbers that look like telephone numbers and are in no
record.

Why it matters: data and templates can both be right and the page still wrong: through an override of a component, a
translation of the data, or a fault of ours. What is read back cannot.

Bad: `<a data-channel="be-112" href="tel:112">113</a>`

Better: `<a data-channel="be-112" href="tel:112">112</a>`, as the registry has it.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple

from balise.lint.rule import Finding, Options, Rule
from balise.lint.sheet import Sheet
from balise.lint.typed_patterns import PHONE
from balise.problems import Severity

if TYPE_CHECKING:
    from balise.channels import Channel

RULE = Rule(group="facts", severity=Severity.ERROR)

_PIECE = re.compile(r"<(?:article|a) [^<>]*>|</article>")
_RUN = re.compile(r"[0-9+][0-9 \u00a0\u202f./()-]{4,40}[0-9]")
_HREF = re.compile(r"\bhref=\"((?:tel|sms|mailto|https?):[^\"]*)\"")
_OWNER = re.compile(r"\bdata-channel=\"([a-z0-9-]+)\"")
_TAG = re.compile(r"<[^<>]*>")
_SPACES = str.maketrans("\u00a0\u202f", "  ")
_MARKS = re.compile(r"[^0-9A-Z]")
_HINT = "compare the record with the component that shows it, and with the translations of the data"


class _Link(NamedTuple):
    """A link of the finished page: its target, its text, and the channel it belongs to ("" for none)."""

    href: str
    text: str
    owner: str


def check(sheet: Sheet, options: Options) -> Iterator[Finding]:
    """Yield a finding for each number and address of the finished page that no record has."""
    channels = sheet.surroundings.project.registries.channels
    typed = {mark.target for mark in sheet.page.cutting.links} if sheet.page else set()
    known = sheet.surroundings.store.setdefault("facts_read_back", {})
    faults: dict[_Link, str] = known if isinstance(known, dict) else {}
    for link in dict.fromkeys(_links(str(sheet.html))):
        if link.href not in typed:
            if link not in faults:
                faults[link] = _fault(link, channels)
            if faults[link]:
                yield Finding(faults[link], _HINT)
    yield from _strays(sheet)


def _strays(sheet: Sheet) -> Iterator[Finding]:
    """Yield a finding for each number that readers see, that looks like one to dial, and that no record has."""
    numbers, body = sheet.surroundings.numbers, str(sheet.html)
    told: set[str] = set()
    for run in _RUN.finditer(body) if numbers else ():
        match = PHONE.search(run[0].translate(_SPACES))
        number = match[0] if match else ""
        if not match or number in told or body.rfind("<", 0, run.start()) > body.rfind(">", 0, run.start()):
            continue
        told.add(number)
        if re.sub(r"[^0-9]", "", number) not in numbers and number not in sheet.text:
            yield Finding(f'the finished page shows "{number}", which is the number of no channel', _HINT)


def _links(body: str) -> Iterator[_Link]:
    """Yield the links of a page that lead out of it by telephone or mail, and those of channels to the web."""
    card = ""
    for match in _PIECE.finditer(body):
        piece = match[0]
        if piece[1] == "/":
            card = ""
            continue
        owner = _OWNER.search(piece) if "data-channel" in piece else None
        if piece[:9] == "<article ":
            card = owner[1] if owner else card
            continue
        name = owner[1] if owner else card
        if name or 'href="tel:' in piece or 'href="sms:' in piece or 'href="mailto:' in piece:
            target = _HREF.search(piece)
            if target:
                inside = body[match.end() : body.find("</a>", match.end())]
                yield _Link(html.unescape(target[1]), html.unescape(_TAG.sub("", inside)), name)


def _fault(link: _Link, channels: Mapping[str, Channel]) -> str:
    """Return what is wrong with a link of the finished page; "" when its record has it."""
    if link.owner and link.owner not in channels:
        return f'the finished page names the channel "{link.owner}", which the registry does not have'
    candidates = [channels[link.owner]] if link.owner else channels.values()
    scheme, _, value = link.href.partition(":")
    whose = f'of "{link.owner}"' if link.owner else "of any channel"
    if scheme in ("tel", "sms"):
        shown = [spelling for channel in candidates for spelling in _spellings(channel, scheme, value)]
        if not shown:
            return f'the finished page links to "{link.href}", which is no number {whose}'
        text = _plain(link.text)
        if any(sign.isdigit() for sign in text) and not any(_plain(spelling) in text for spelling in shown):
            return f'the finished page shows "{" ".join(link.text.split())}" and dials "{value}"'
        return ""
    known = {address for channel in candidates for address in _addresses(channel, scheme)}
    return (
        ""
        if (value if scheme == "mailto" else link.href) in known
        else (f'the finished page links to "{link.href}", which is no address {whose}')
    )


def _spellings(channel: Channel, scheme: str, value: str) -> Iterator[str]:
    """Yield how a channel spells the number that is dialled, nothing where it is not one of its numbers."""
    if scheme == "sms" and value == channel.sms:
        yield channel.sms
    if scheme == "tel" and value == channel.phone:
        yield channel.phone_shown or channel.phone
    if scheme == "tel" and value == channel.phone_abroad:
        yield channel.phone_abroad_shown or channel.phone_abroad


def _addresses(channel: Channel, scheme: str) -> Iterator[str]:
    if scheme == "mailto":
        yield channel.email
    else:
        yield from (*channel.url.values(), channel.chat_url, *(source.url for source in channel.sources))


def _plain(text: str) -> str:
    """Return the digits and letters of a number as they are dialled."""
    return _MARKS.sub("", text.upper())
