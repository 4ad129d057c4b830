"""Two fields of one record say different things.

What it finds: a number that is shown otherwise than it is dialled; a number with the country code of another country
than the record's; hours that the note on hours contradicts; an emergency or help number of `site.yml` that belongs to
another country than the one it is given for.

Why it matters: whoever dials what they read reaches somebody else than whoever taps the link.

Bad: `phone: "+3222345678"` beside `phone_shown: 02 234 56 87`

Better: the same digits in both.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from types import MappingProxyType
from typing import TYPE_CHECKING

from balise.calls import SHARED_COUNTRIES
from balise.lint.records import field_place
from balise.lint.rule import Finding, Options, Rule
from balise.lint.whole import Whole
from balise.problems import Severity

if TYPE_CHECKING:
    from balise.channels import Channel

RULE = Rule(group="facts", severity=Severity.ERROR)

_CODES = (
    "BE 32, FR 33, NL 31, LU 352, CA 1, US 1, GB 44, IE 353, CH 41, DE 49, AT 43, ES 34, PT 351, IT 39, DK 45, SE 46,"
    " NO 47, FI 358, PL 48"
)
PREFIXES = MappingProxyType(dict(pair.split() for pair in _CODES.split(",")))
"""Country codes for dialling (ITU-T E.164) of the countries that are looked at."""
_KEYS = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "22233344455566677778889999")
"""The letters on telephone keys (ITU-T E.161)."""
_TIME = re.compile(r"\b([01]?[0-9]|2[0-4])[:.h]([0-5][0-9])\b")
_BRACKET = re.compile(r"\([^()]*[A-Za-z][^()]*\)")


def check_whole(whole: Whole, options: Options) -> Iterator[Finding]:
    """Yield a finding for each record that contradicts itself, and for each country that is given another's number."""
    for channel in whole.project.registries.channels.values():
        for field, message, hint in _faults(channel):
            yield Finding(message, hint, place=field_place(whole.project, "channels", channel.id, field))
    yield from _site(whole)


def _faults(channel: Channel) -> Iterator[tuple[str, str, str]]:
    """Yield field, message and hint of each contradiction in a record."""
    pairs = (
        ("phone", channel.phone, channel.phone_shown),
        ("phone_abroad", channel.phone_abroad, channel.phone_abroad_shown),
    )
    for field, number, shown in pairs:
        prefix = PREFIXES.get(channel.country, "")
        if shown and number and not _spells(shown, number, prefix):
            message = f'{field}_shown of "{channel.id}" is "{shown}", and {field} is "{number}"'
            yield f"{field}_shown", message, "dial both, and give the same digits in both"
        if (
            prefix
            and number.startswith("+")
            and not number.startswith(f"+{prefix}")
            and channel.cost != "international"
        ):
            message = f'{field} of "{channel.id}" is "{number}", and numbers of {channel.country} begin with +{prefix}'
            yield field, message, "put the number or the country right; a call abroad has `cost: international`"
    times = {f"{int(hour)}:{minute}" for hour, minute in _TIME.findall(channel.hours_note)}
    hours = {f"{int(time[:2])}{time[2:]}" for slot in channel.hours for time in (slot.start, slot.end)}
    if times and hours and not times & hours:
        message = f'hours_note of "{channel.id}" speaks of {", ".join(sorted(times))}, and hours have none of them'
        yield "hours_note", message, "keep the hours that the service gives itself, and say the rest in words"


def _spells(shown: str, number: str, prefix: str) -> bool:
    """Tell whether a number that is shown dials the same, with its country code, with a zero, or without either."""
    digits = re.sub(r"[^0-9]", "", _BRACKET.sub("", shown).upper().translate(_KEYS))
    full = number.removeprefix("+")
    home = full.removeprefix(prefix) if number.startswith("+") else full
    return digits in (full, f"00{full}", home, f"0{home}", f"{prefix}0{home}")


def _site(whole: Whole) -> Iterator[Finding]:
    site, channels = whole.project.site, whole.project.registries.channels
    for key in ("emergency", "help"):
        for country, name in getattr(site, key).items():
            channel = channels.get(name)
            if channel and channel.country not in (country, *SHARED_COUNTRIES):
                message = f'{key} of {country} is "{name}", a service of {channel.country}'
                place = site.document.location(key, country)
                yield Finding(message, f"name a channel of {country}", place=place)
