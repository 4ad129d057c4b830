"""A translation says less, or the opposite, of what its source says: a "do not" or a word in bold is lost.

What it finds: a text whose source tells readers not to do something ("Never copy", "N'effacez rien", "Antwoord nooit")
while its translation has fewer negations, and a text of a critical section whose words in bold are bold no more. Calls,
links, numbers and addresses that a translation loses are told by `translation-broken`, and the source text is shown.

Why it matters: "Do not pay" without its "not" is the worst sentence this site can publish, and a reader of one language
alone cannot see it.

Bad: "Payez tout de suite." for "Do not pay at once."

Better: "Ne payez pas tout de suite."
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType

from balise.lint.plain_text import plain_text
from balise.lint.rule import Finding, Options, Rule
from balise.lint.sheet import Passage, Sheet
from balise.problems import Severity

RULE = Rule(group="languages", severity=Severity.WARNING, languages=("fr", "nl", "en"))

_TOLD_NOT: Mapping[str, re.Pattern[str]] = MappingProxyType(
    {
        "en": re.compile(r"(?:\A|(?<=[.!?:…] )|(?<=\" ))(?:do not|don't|never)\b", re.IGNORECASE),
        "fr": re.compile(r"(?:\A|(?<=[.!?:…] ))(?:ne |n')(?!y a-t-il|est-ce)\w+", re.IGNORECASE),
        "nl": re.compile(
            r"(?:\A|(?<=[.!?:…] ))\w+ (?:(?:het|ze|hem|haar|dit|dat|er|u|je) )?(?:nooit|niet|niets|geen)\b",
            re.IGNORECASE,
        ),
    }
)
"""How a sentence begins that tells somebody not to do something."""
_NEGATION: Mapping[str, re.Pattern[str]] = MappingProxyType(
    {
        "fr": re.compile(
            r"\b(?:ne|ni|sans|non|évit\w+|interdi\w+|abst\w+|refus\w+|cess\w+)\b|\bn'"
            r"|(?<!ne )(?<!n')\b(?:jamais|rien|aucune?|personne|pas de|pas d')",
            re.IGNORECASE,
        ),
        "nl": re.compile(
            r"\b(?:niet|niets|niks|geen|nooit|niemand|nergens|zonder|noch|vermijd\w*|verbod\w*|stop\w*|weiger\w*)\b",
            re.IGNORECASE,
        ),
        "en": re.compile(
            r"\b(?:not|cannot|never|nothing|nobody|no|none|nor|without|avoid|stop|refuse|refrain)\b|n't\b",
            re.IGNORECASE,
        ),
    }
)
_SIGNS = ("**", "__")


def check(sheet: Sheet, options: Options) -> Iterator[Finding]:
    """Yield a finding for each translation with fewer negations than it needs, or without the bold of its source."""
    if not sheet.is_translated or sheet.page is None:
        return
    told = _TOLD_NOT.get(sheet.page.language.partition("-")[0])
    negation = _NEGATION[sheet.language.partition("-")[0]]
    for passage in sheet.passages:
        source = passage.previous or passage.source
        if told and told.search(source):
            weight = None if sheet.page.language.partition("-")[0] == "en" else Severity.ADVICE
            yield from _negations(passage, source, told, negation, weight)
        if passage.critical and _is_bold(source) and not _is_bold(passage.raw):
            message = "the source has words in bold, the translation has none"
            yield Finding(message, "put the same words between ** and **", passage, 0, len(passage.text))


def _negations(
    passage: Passage, source: str, told: re.Pattern[str], negation: re.Pattern[str], weight: Severity | None
) -> Iterator[Finding]:
    """Yield a finding for a translation with fewer negations; of English texts alone it is known how sure that is."""
    needed = len(told.findall(plain_text(source, markdown=passage.markdown).text))
    found = len(negation.findall(passage.text))
    if found < needed:
        quoted = told.search(source)
        said = quoted[0] if quoted else ""
        message = f'"{said}" or the like: {needed} in the source, {found} in the translation'
        yield Finding(message, "compare the two texts, word by word", passage, 0, len(passage.text), severity=weight)


def _is_bold(text: str) -> bool:
    return any(text.count(sign) >= 2 for sign in _SIGNS)
