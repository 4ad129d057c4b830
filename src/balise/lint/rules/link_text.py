"""A link does not say where it leads.

What it finds: a link that says only "here", "read more", "this page" or the like, one that shows a bare address, and
links of a page with the same words that lead to different places.

Why it matters: people who listen to a page get its links as a list, and people in haste read nothing but the links
(WCAG 2.2, 2.4.4). "Here" five times is no list.

Bad: "The hotline is [here](where-to-report.md)."

Better: "[Where to report](where-to-report.md) lists the hotlines."
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from balise.links import read_target
from balise.lint.plain_text import CALL
from balise.lint.rule import Finding, Options, Rule
from balise.lint.sheet import Sheet
from balise.problems import Severity

RULE = Rule(group="structure", severity=Severity.WARNING)

_EMPTY = {
    "en": "here|click here|click|this|this link|this page|link|the link|read more|read more here|more|more info|"
    "more information|learn more|find out more|see more|continue reading|go here|see here|read on|website|this website",
    "fr": "ici|cliquez ici|cliquer ici|cliquez|clique ici|ce lien|cette page|lien|le lien|lire la suite|la suite|suite|"
    "en savoir plus|savoir plus|plus|plus d'infos|plus d'informations|voir ici|voir plus|lire plus|par ici|ce site|"
    "cliquez sur ce lien|suivez ce lien",
    "nl": "hier|klik hier|klik|deze link|deze pagina|link|de link|lees meer|lees verder|meer|meer info|"
    "meer informatie|meer lezen|verder lezen|bekijk hier|zie hier|website|deze website|deze site|via deze link",
}
_WORDS = {language: frozenset(words.split("|")) for language, words in _EMPTY.items()}
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+\Z", re.IGNORECASE)
_AROUND = " \t.,:;!?»«\u203a\u2039>→\"'()"


def check(sheet: Sheet, options: Options) -> Iterator[Finding]:
    """Yield a finding for each link whose words do not tell where it leads."""
    if sheet.page is None:
        return
    empty = _WORDS.get(sheet.language.partition("-")[0], frozenset())
    led: dict[str, str] = {}
    for passage in sheet.passages:
        for link in passage.links:
            said = passage.text[link.start : link.end].strip()
            if link.is_image or not said or CALL in said or CALL in link.target:
                continue
            words = " ".join(said.casefold().strip(_AROUND).split())
            target = str(read_target(link.target, sheet.page.id)) if ":" not in link.target else link.target
            hint = "say in the link what is there"
            if words in empty:
                message = f'a link says only "{said}"'
            elif _ADDRESS.match(said):
                message = f'a link shows a bare address: "{said[:60]}"'
            elif led.setdefault(words, target) != target:
                message = f'two links say "{said}" and lead to different places'
                hint = "say in each what is there"
            else:
                continue
            yield Finding(message, hint, passage, link.start, link.end)
