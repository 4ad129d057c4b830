"""A page shows a service of another country than the one it speaks of.

What it finds: calls of a service whose country neither the site lists nor the page names; in a sentence that names one
country of the site, a service of another one; a telephone number of another country than the site's own, on a page that
does not name it; and, as advice, a service named in running text that does not list the language of the edition.

Why it matters: in another country the number rings nowhere, or somewhere else. Numbers of neighbours look alike.

Bad: "In Belgium, call {{ phone("nl-112") }}."

Better: "In Belgium, call {{ phone("be-112") }}."
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from balise.calls import SHARED_COUNTRIES
from balise.channels import speaks
from balise.cldr import country_name, language_name
from balise.lint.rule import Finding, Options, Rule
from balise.lint.sheet import Sheet
from balise.lint.shown_calls import ShownCall, shown_calls
from balise.problems import Severity

if TYPE_CHECKING:
    from balise.channels import Channel

RULE = Rule(group="facts", severity=Severity.ERROR)


def check(sheet: Sheet, options: Options) -> Iterator[Finding]:
    """Yield a finding for each service of another country, and for each that does not speak the reader's language."""
    channels = sheet.surroundings.project.registries.channels
    for call in shown_calls(sheet):
        if call.name in ("channel", "phone", "link") and call.id in channels:
            yield from _checked(call, channels[call.id], sheet)


def _checked(call: ShownCall, channel: Channel, sheet: Sheet) -> Iterator[Finding]:
    site, phrases = sheet.surroundings.project.site, sheet.surroundings.phrases
    end = call.start + 1
    known = {*site.countries, *SHARED_COUNTRIES}
    country = country_name(channel.country, phrases, locale="en_GB")
    if channel.country not in known:
        name = country_name(channel.country, phrases)
        if not sheet.is_translated and name not in sheet.text:
            message = f'"{channel.id}" is a service of {country}, which is no country of this site'
            hint = "show one of a country of the site, or add the country to `countries` in site.yml"
            yield Finding(message, hint, call.passage, call.start, end)
        return
    names = _country_names(sheet)
    start, stop = call.sentence
    sentence = call.passage.text[start:stop]
    named = {code for code, pattern in names.items() if pattern.search(sentence)}
    if len(named) == 1 and channel.country not in (*named, *SHARED_COUNTRIES):
        other = country_name(next(iter(named)), phrases, locale="en_GB")
        message = f'the sentence speaks of {other}, and "{channel.id}" is a service of {country}'
        yield Finding(message, f"show a service of {other}, or name both countries", call.passage, call.start, end)
    elif call.name == "phone" and not named and _is_unsaid(channel, sheet, names):
        message = f'"{channel.id}" is a number of {country}, and nothing on the page says so'
        hint = "name the country beside it, or show the number of the site's own country"
        yield Finding(message, hint, call.passage, call.start, end, severity=Severity.WARNING)
    elif _is_foreign(call, channel, sheet.language):
        language = language_name(sheet.language, "en")
        message = f'"{channel.id}" is shown in running text, and does not list {language} among its languages'
        hint = "say in which languages it answers, or show one that speaks the reader's"
        yield Finding(message, hint, call.passage, call.start, end, severity=Severity.ADVICE)


def _is_unsaid(channel: Channel, sheet: Sheet, names: Mapping[str, re.Pattern[str]]) -> bool:
    """Tell whether a number belongs to another country than the site's own, which the page does not name."""
    project = sheet.surroundings.project
    own = project.site.default_country
    if channel.country in (own, *SHARED_COUNTRIES):
        return False
    if any(other.phone == channel.phone and other.country == own for other in project.registries.channels.values()):
        return False  # 112 rings in the reader's own country
    return not (sheet.page and sheet.page.step) and not names[channel.country].search(sheet.text)


def _is_foreign(call: ShownCall, channel: Channel, language: str) -> bool:
    """Tell whether a service in running text speaks another language than the reader, and the text names none."""
    if speaks(channel, language) is not False or call.is_alone or call.passage.kind not in ("paragraph", "item"):
        return False
    return not any(language_name(tag, language).lower() in call.passage.text.lower() for tag in channel.languages)


def _country_names(sheet: Sheet) -> Mapping[str, re.Pattern[str]]:
    """Return what finds the names of the site's countries in the language of a sheet."""
    store = sheet.surroundings.store
    known = store.get("country_names")
    if isinstance(known, dict):
        return known
    found: dict[str, re.Pattern[str]] = {}
    for code in sheet.surroundings.project.site.countries:
        name = re.escape(country_name(code, sheet.surroundings.phrases))
        found[code] = re.compile(rf"(?<!\w){name}(?!\w)")
    store["country_names"] = found
    return found
