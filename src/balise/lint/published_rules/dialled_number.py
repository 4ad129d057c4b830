"""A telephone link dials another number than it shows.

What it finds: links (`tel:`, `sms:`) whose number is not the one in their words or in their `aria-label`, in any usual
spelling (+32 (0)2, 0032 2, 02); and, where the registry of a project is at hand, numbers that it does not know and
names of services with the number of another.

Why it matters: somebody who calls for help taps the link and never sees what is dialled.

Bad: `<a href="tel:+3225550100">02 555 01 01</a>`

Better: `<a href="tel:+3225550101">02 555 01 01</a>`, both from one record of the registry
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from urllib.parse import unquote

from balise.channels import Channel
from balise.lint.published_page import PublishedPage
from balise.lint.published_rule import PublishedRule
from balise.lint.published_site import Found, PublishedSite
from balise.problems import Severity
from balise.registries import Registries

RULE = PublishedRule(Severity.ERROR)

_SHOWN = re.compile(r"(?:\+|\b)\d[\d\s.()/\u00b7\u2010\u2011\u2013-]{0,40}\d\b|\b\d{3,}\b")
_LETTERS = re.compile(r"\+?\d[0-9A-Z ().-]{3,40}")
_TRUNK = re.compile(r"\(\s?0\s?\)")
_KEYS = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "22233344455566677778889999")
_PLAIN = str.maketrans({"\u2010": "-", "\u2011": "-", "\u00a0": " ", "\u202f": " ", "\u2009": " "})
_LEAST = 3
"""Digits of the shortest number that somebody is called by."""
_COUNTRY_CODE = 3
"""Digits of the longest country calling code (ITU-T E.164)."""


def check_page(page: PublishedPage, site: PublishedSite) -> Iterator[Found]:
    """Yield a finding for each link that dials something else than it says, or what the registry does not know."""
    for element in page.all("a", "area"):
        scheme, _, rest = element.get("href").partition(":")
        if scheme.lower() not in ("tel", "sms"):
            continue
        line = page.line(element.start)
        dialled = digits_of(unquote(rest.partition(";")[0].partition("?")[0])) if rest else ""
        label, text = element.get("aria-label"), page.inner_text(element)
        if not dialled:
            yield Found(f'a link dials nothing: "{element.get("href")[:60]}"', "write its number", line)
            continue
        for said in (text, label):
            other = _differs(dialled, said)
            if other:
                message = f'a link shows "{other}" and dials {rest.strip()[:40]}'
                yield Found(message, "write the same number in both, from the registry", line)
                break
        if site.facts:
            key = f"dialled-number:{dialled}:{text} {label}"
            if key not in site.store:
                site.store[key] = tuple(_unknown(dialled, f"{text} {label}", site.facts))
            yield from (one._replace(line=line) for one in site.store[key])


def digits_of(number: str) -> str:
    """Return the digits of a number as they are dialled, with the country's code where one is written."""
    plain = _TRUNK.sub("", number) if "+" in number or number.strip().startswith("00") else number
    digits = re.sub(r"\D", "", plain)
    return digits.removeprefix("00") if "+" not in number else digits


def same_number(one: str, other: str) -> bool:
    """Tell whether two numbers in digits are the same, one perhaps with its country's code and one without."""
    if one == other:
        return True
    long, short = sorted((one, other), key=len, reverse=True)
    national = short[1:] if short.startswith("0") else short
    rest = len(long) - len(national)
    return len(national) >= 7 and long.endswith(national) and 0 < rest <= _COUNTRY_CODE


@lru_cache(maxsize=4096)
def _differs(dialled: str, said: str) -> str:
    """Return the number that a text shows instead of the dialled one, "" where it shows that one or none."""
    if not any(letter.isdigit() for letter in said):
        return ""
    said = said.translate(_PLAIN)
    shown = [match[0] for match in _SHOWN.finditer(said)]
    letters = [match[0].translate(_KEYS) for match in _LETTERS.finditer(said.upper())]
    numbers = [digits_of(text) for text in (*shown, *letters)]
    if any(same_number(dialled, one) or one.endswith(dialled) or one.startswith(dialled) for one in numbers):
        return ""
    return next((text for text, one in zip(shown, numbers, strict=False) if len(one) >= _LEAST), "")


def _numbers(channel: Channel) -> Sequence[str]:
    every = (channel.phone, channel.phone_shown, channel.phone_abroad, channel.phone_abroad_shown, channel.sms)
    return [digits_of(number) for number in every if number]


def _unknown(dialled: str, label: str, facts: Registries) -> Iterator[Found]:
    """Yield what the registry says against a number: nobody's, or not that of the service that is named."""
    channels = facts.channels.values()
    if not any(same_number(dialled, number) for channel in channels for number in _numbers(channel)):
        message = f"no service of the registry has the number {dialled}"
        yield Found(message, "take numbers from the registry", severity=Severity.WARNING)
        return
    lowered = label.casefold()
    named = [one for one in channels if any(len(name) > 4 and name.casefold() in lowered for name in one.name.values())]
    if named and not any(same_number(dialled, number) for one in named for number in _numbers(one)):
        name = next(iter(named[0].name.values()))
        message = f'a link calls "{name}" by {dialled}, the registry has {named[0].phone_shown or named[0].phone}'
        yield Found(message, "take the number from the registry")
