"""Three sentences in a row in the passive: nobody in the text does anything.

What it finds: three passives or more in sentences that follow each other in one text. "Is taken", "est examiné" and
"wordt bekeken" are passives; "has taken", "est parti" and "is gegaan" are not.

Why it matters: who does what is the very thing the reader wants to know: who calls, who decides, who sees the name.

Bad: "La demande est examinée. Le dossier est transmis. Une décision sera prise."

Better: "Une personne de l'équipe lit la demande. Elle l'envoie à la police. La police décide."
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType

from balise.lint.rule import Finding, Options, Rule
from balise.lint.sheet import Passage, Sheet
from balise.problems import Severity

RULE = Rule(group="plain", severity=Severity.ADVICE, languages=("fr", "nl", "en"), options={"most": 2})

_MOVES = (
    "allée?s?|venue?s?|partie?s?|arrivée?s?|restée?s?|devenue?s?|née?s?|morte?s?|entrée?s?|sortie?s?|tombée?s?|passée?s?"
    "|retournée?s?|revenue?s?|montée?s?|descendue?s?|gratuite?s?|inquiète?s?|prête?s?"
)
_PARTICIPLES = (
    r"\w{2,}ée?s?|(?:re|trans|per|sou|com|pro|ad|dé)?mise?s?|(?:re|sur|ap|com|entre)?prise?s?|(?:re|dé)?faite?s?|dite?s?"
    r"|(?:in|dé|pre)?s?crite?s?|écrite?s?|(?:pro|con|dé|ré|intro|tra)(?:d|tr)uite?s?|(?:dé|re)?couverte?s?|ouverte?s?|offerte?s?"
    r"|reçue?s?|(?:re|pré)?vue?s?|lue?s?|(?:re)?connue?s?|(?:re|main|ob|sou)?tenue?s?|(?:re|v|att|ent|déf|susp)?endue?s?"
    r"|rendue?s?|perdue?s?|suivie?s?|choisie?s?|avertie?s?|punie?s?|finie?s?|définie?s?|établie?s?|bloquée?s?"
)
_PASSIVE: Mapping[str, re.Pattern[str]] = MappingProxyType(
    {
        "fr": re.compile(
            r"\b(?:est|sont|était|étaient|sera|seront|serait|seraient|être|été|soit|soient)"
            r"(?: (?:pas|plus|jamais|aussi|ensuite|alors|souvent|toujours|bien))?"
            rf"(?! (?:{_MOVES})\b) (?:{_PARTICIPLES})\b",
            re.IGNORECASE,
        ),
        "nl": re.compile(
            r"\b(?:word|wordt|worden|werd|werden)\b[^.!?;:,\n]{0,60}?\b(?:(?:aan|af|be|door|er|ge|her|in|mee|na|om|onder|ont"
            r"|op|over|terug|toe|uit|ver|voor|weg)\w{2,}(?:d|t|en))\b",
            re.IGNORECASE,
        ),
        "en": re.compile(
            r"\b(?:is|are|was|were|be|been|being)(?: (?:not|never|also|often|then|always))? "
            r"(?!(?:need|kind|blind|red|embed|hundred|united)\b)(?:\w{2,}ed|taken|given|shown|seen|known|done|made|told|sent|"
            r"kept|held|put|written|found|shut|hidden|stolen|heard|read|said|brought|paid|understood)\b",
            re.IGNORECASE,
        ),
    }
)


def check(sheet: Sheet, options: Options) -> Iterator[Finding]:
    """Yield a finding for each run of sentences with more passives than one can follow."""
    pattern = _PASSIVE[sheet.language.partition("-")[0]]
    most = int(str(options["most"]))
    for passage in sheet.passages:
        if len(passage.sentences) > 1 or passage.text.count(" ") > 20:
            yield from _chains(passage, pattern, most)


def _chains(passage: Passage, pattern: re.Pattern[str], most: int) -> Iterator[Finding]:
    start = end = count = 0
    for sentence in passage.sentences:
        here = len(pattern.findall(passage.own_words, sentence.start, sentence.end))
        if not here:
            if count > most:
                yield _finding(passage, start, end, count)
            count = 0
            continue
        start, end = (start if count else sentence.start), sentence.end
        count += here
    if count > most:
        yield _finding(passage, start, end, count)


def _finding(passage: Passage, start: int, end: int, count: int) -> Finding:
    message = f"{count} passives in a row"
    return Finding(message, "say who does it, at least in one of the sentences", passage, start, end)
