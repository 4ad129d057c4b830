"""A text says what the law of a country is, and the registry knows nothing of it.

What it finds: a sentence on what is punishable, illegal or an offence that names a country which `legal` of
`data/terms.yml` has no entry for.

Why it matters: what may be looked at, kept or passed on differs by country. Advice that holds in one can lead a reader
in another into an offence. A lawyer of that country has to confirm the sentence, and the registry is where that is
kept.

Bad: "In Ireland it is an offence to keep such an image." (nothing under `legal` for IE)

Better: the same sentence, once `legal` holds Ireland with its reference; or no statement on the law of that country
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from balise.cldr import country_name
from balise.lint.rule import Finding, Options, Rule
from balise.lint.sheet import Sheet
from balise.problems import Severity

RULE = Rule(group="safety", severity=Severity.WARNING)

_LAW = {
    "fr": re.compile(r"\b(?:la loi|code pénal|punissable|passible|illéga|interdite? par|infraction)", re.IGNORECASE),
    "nl": re.compile(r"\b(?:de wet\b|strafbaar|strafwet|illegaal|verboden bij wet|misdrijf)", re.IGNORECASE),
    "en": re.compile(r"\b(?:the law\b|by law\b|offence|illegal|punishable|a crime\b)", re.IGNORECASE),
}

_HINTS = (
    "loi",
    "pénal",
    "puni",
    "passi",
    "illég",
    "infrac",
    "wet",
    "straf",
    "illeg",
    "misdr",
    "law",
    "offence",
    "crime",
)
"""What every match holds, in small letters."""


def check(sheet: Sheet, options: Options) -> Iterator[Finding]:
    """Yield a finding for each sentence on the law of a country that the registry does not know."""
    pattern = _LAW.get(sheet.language.partition("-")[0])
    if not pattern or not any(word in sheet.lowered for word in _HINTS):
        return
    known = {law.country for law in sheet.surroundings.project.registries.wording.law}
    countries = (code for code in sheet.surroundings.project.site.countries if code not in known)
    every = {country_name(code, sheet.surroundings.phrases): code for code in countries}
    names = {name: code for name, code in every.items() if name in sheet.text}
    for passage in sheet.passages if names else ():
        if not pattern.search(passage.text):
            continue
        for sentence in passage.sentences:
            text = passage.text[sentence.start : sentence.end]
            if not pattern.search(text):
                continue
            for name, code in names.items():
                match = re.search(rf"\b{re.escape(name)}\b", text)
                if match:
                    start = sentence.start + match.start()
                    message = f"the text speaks of the law of {name}, of which the registry holds nothing"
                    hint = (
                        f"have it confirmed there, then add {code} under `legal` in data/terms.yml with its reference"
                    )
                    yield Finding(message, hint, passage, start, start + len(match[0]))
