"""What a text promises of a service: that it is free, anonymous, open day and night, or confidential."""

from __future__ import annotations

import re
from collections.abc import Mapping

from balise.lint.plain_text import levelled

Words = Mapping[str, tuple[str, str]]


_SOURCES: Mapping[str, Words] = {
    "fr": {
        "free": (
            r"gratuit\w*",
            r"sans frais|ne (?:coûte|paie|payez|paies)\w*|sans payer|gracieusement|numéro vert|coûte rien"
            r"|aucun frais|facturé\w*",
        ),
        "anonymous": (
            r"anonym\w+",
            r"sans (?:donner |dire |laisser |indiquer )?(?:votre|ton|son|leur|le) nom|identité|votre nom"
            r"|ton nom|de nom|pseudonym\w+",
        ),
        "always": (
            r"jour et nuit|nuit et jour|24 ?h(?:eures)? ?(?:/|sur) ?24|24/7|24/24",
            r"toujours|à toute heure|en permanence|à tout moment|nuit|7 jours sur 7|24",
        ),
        "confidential": (
            r"confidentiel\w*|en (?:toute )?confidence",
            r"confiden\w+|secret\w*|discr[eè]t\w*|discrétion|privée?s?|entre nous|anonym\w+|protégée?s?",
        ),
    },
    "nl": {
        "free": (
            r"gratis|kosteloos|kosteloze",
            r"kost\w* (?:u |je )?niets|zonder (?:kosten|te betalen)|betaal\w*|rekening",
        ),
        "anonymous": (
            r"anoniem\w*|anonimiteit",
            r"zonder (?:je|uw|hun|een|de|zijn|haar) naam|naam|identiteit|anonim\w+|pseudoniem\w*",
        ),
        "always": (
            r"dag en nacht|24/7|24/24|24 uur (?:op|per) (?:24|dag)|24 op 24",
            r"altijd|op elk moment|op elk uur|nacht|7 op 7|permanent|24",
        ),
        "confidential": (
            r"vertrouwelijke?",
            r"geheim\w*|discre\w+|vertrouw\w+|privé|beroepsgeheim|onder ons|anoniem\w*|beschermd\w*",
        ),
    },
    "en": {
        "free": (
            r"free of charge|for free|toll-free|freephone"
            r"|(?<!feel )(?<!set )(?<!phone )(?<!line )(?<!hands )(?<!hand )(?<!-)free"
            r"(?!-| (?:to|of|from(?! (?:landline|mobile|a |any|all|your))|time|choice|will|speech|hands?|day"
            r"|days|spirit|flow"
            r"|space|moment|hours?|evening|afternoon|lesson|period|weekend|movement|expression|play)\b)",
            r"free\w*|no charge|no cost|costs? (?:you |them )?nothing|without (?:charge|paying|cost)|pays?|bill",
        ),
        "anonymous": (
            r"anonymous\w*|anonymity",
            r"without (?:giving |saying |leaving )?(?:your|a|their|his|her|the) names?|names?|identity"
            r"|pseudonym\w*|anonymi\w+",
        ),
        "always": (
            r"day and night|night and day|around the clock|round the clock|24/7|24 hours a day",
            r"always|at any (?:time|hour)|night|24|every hour|permanently",
        ),
        "confidential": (
            r"confidential|confidentially|in confidence",
            r"confiden\w+|silence|silent|secre\w+|discre\w+|private\w*|privacy|between us|anonym\w+|trust\w*|protected",
        ),
    },
}
PROMISES: Mapping[str, Mapping[str, tuple[re.Pattern[str], re.Pattern[str]]]] = {
    language: {
        name: (
            re.compile(rf"(?<!\w)(?:{clear})(?!\w)", re.IGNORECASE),
            re.compile(rf"(?<!\w)(?:{clear}|{other})(?!\w)", re.IGNORECASE),
        )
        for name, (clear, other) in table.items()
    }
    for language, table in _SOURCES.items()
}
"""The words of each promise by language: those that make it, and all that may."""
_SIGNS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "fr": {"free": ("gratuit",), "anonymous": ("anonym",), "always": ("nuit", "24"), "confidential": ("confiden",)},
    "nl": {
        "free": ("gratis", "kostelo"),
        "anonymous": ("anoniem", "anonim"),
        "always": ("nacht", "24"),
        "confidential": ("vertrouwelijk",),
    },
    "en": {
        "free": ("free",),
        "anonymous": ("anonym",),
        "always": ("night", "the clock", "24"),
        "confidential": ("confiden",),
    },
}
"""What stands in every text that makes a promise, in small letters."""


def made(text: str, language: str) -> Mapping[str, str]:
    """Return the promises that a text in a language (`fr`, `nl` or `en`) makes for sure, with its words for each."""
    lowered = text.lower()
    found: dict[str, str] = {}
    for name, signs in _SIGNS[language].items():
        if any(sign in lowered for sign in signs):
            match = PROMISES[language][name][0].search(levelled(text))
            if match:
                found[name] = match[0]
    return found


def may_make(text: str, language: str, name: str) -> bool:
    """Tell whether a text has words that may make a promise."""
    return bool(PROMISES[language][name][1].search(levelled(text)))
