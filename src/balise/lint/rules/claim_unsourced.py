"""A text leans on research or experts and names none.

What it finds: "studies show", "research says", "according to experts" and their like in French, Dutch and English, in a
paragraph without a claim, a figure, a footnote or a link; and records of figures, dates and claims whose source names
neither a publisher nor a document nor an address.

Why it matters: a reader who doubts cannot check, and a journalist who checks finds nothing. "Studies show" is also how
those write who have something to sell.

Bad: "Des études montrent que les enfants n'en parlent pas."

Better: "{{ figure("thorn-told-nobody-2023") }}", which shows its source.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from balise.languages import fallbacks
from balise.lint.records import field_place
from balise.lint.rule import Finding, Options, Rule
from balise.lint.sheet import Passage, Sheet
from balise.lint.whole import Whole
from balise.problems import Severity

RULE = Rule(group="review", severity=Severity.WARNING, languages=("fr", "nl", "en"))

_WORDS = (
    "stud", "research", "expert", "scien", "survey", "statisti", "figures", "étude", "recherche",
    "spécialiste", "prouvé",
    "démontré", "chiffres",
    "onderzoek", "deskundige", "wetenschap", "bewezen", "aangetoond", "cijfers", "enquête",
)  # fmt: skip
_PATTERNS = {
    tag: re.compile(rf"(?<!\w)(?:{source})(?!\w)", re.IGNORECASE)
    for tag, source in {
        "en": r"(?:studies|surveys|research|experts?|scientists|researchers|statistics|the figures|(?:a|one|another)"
        r" (?:recent |new |large )?(?:study|survey)) (?:has |have )?(?:\w+ly )?(?:show|say|suggest|find|found"
        r"|indicate|prove"
        r"|agree|reveal|tell)"
        r"(?:s|ed|n)?(?: us)?|according to (?:(?:many|some|most|several|recent|a|the) ){0,2}(?:experts?"
        r"|research(?:ers)?|stud(?:y|ies)"
        r"|surveys?|scientists|specialists)|it (?:has been|is) (?:scientifically )?prove[nd]|scientifically proven",
        "fr": r"(?:des|les|plusieurs|de nombreuses|certaines|une|la|l'|d'autres|toutes les) ?(?:récentes? )?"
        r"(?:études?|recherches?|enquêtes?|experts?|spécialistes|scientifiques|chercheurs|statistiques|chiffres)"
        r" (?:récentes? |scientifiques? )?(?:montr|démontr|indiqu|révèl|prouv|dis|dit|suggèr|affirm|estim"
        r"|s'accord|conclu)\w*"
        r"|(?:selon|d'après) (?:des|les|certains|certaines|plusieurs|de nombreux|de nombreuses|une|un|la) (?:récente )?"
        r"(?:experts?|spécialistes?|études?|chercheurs|recherches?|scientifiques|enquêtes?)"
        r"|il est (?:scientifiquement )?(?:prouvé|démontré)|scientifiquement prouvée?s?",
        "nl": r"(?:uit )?(?:recent |wetenschappelijk )?onderzoek (?:toont|blijkt|leert|wijst|zegt|laat zien|weten we)"
        r"|(?:studies|onderzoeken|onderzoekers|experts|deskundigen|wetenschappers|specialisten|statistieken|de cijfers)"
        r" (?:tonen|wijzen|laten zien|zeggen|zijn het eens|bewijzen|vinden|suggereren)"
        r"|een (?:recente )?(?:studie|enquête)"
        r" (?:toont|wijst|zegt|laat zien|bewijst)|volgens (?:(?:veel|de|sommige|recent|recente|een"
        r"|de meeste) )?(?:experts?|deskundigen"
        r"|onderzoek(?:ers)?|studies|studie|specialisten|wetenschappers)|(?:het is"
        r"|is) (?:wetenschappelijk )?(?:bewezen|aangetoond)"
        r"|wetenschappelijk (?:bewezen|aangetoond)",
    }.items()
}
_SOURCED = re.compile(r"\{\{[ ]*(?:claim|figure|number|chart)\(|\[\^|\]\(|\]\[")


def check(sheet: Sheet, options: Options) -> Iterator[Finding]:
    """Yield a finding for each paragraph that leans on research it does not name."""
    if not any(word in sheet.lowered for word in _WORDS):
        return
    pattern = next((_PATTERNS[tag] for tag in sheet.tags if tag in _PATTERNS), None)
    for passage in sheet.passages if pattern else ():
        matches = list(pattern.finditer(passage.text)) if pattern else []
        if not matches or _SOURCED.search(passage.raw) or _told_already(sheet, passage):
            continue
        for match in matches:
            message = f'the text says "{match[0]}" and names no source'
            hint = "show the claim or figure with its source, link to it, or leave the appeal out"
            yield Finding(message, hint, passage, match.start(), match.end())


def _told_already(sheet: Sheet, passage: Passage) -> bool:
    """Tell whether the text a translation was made from is reported already."""
    written = sheet.page.language if sheet.page else ""
    pattern = next((_PATTERNS[tag] for tag in fallbacks(written) if tag in _PATTERNS), None) if passage.source else None
    return bool(pattern and pattern.search(passage.source))


def check_whole(whole: Whole, options: Options) -> Iterator[Finding]:
    """Yield a finding for each record whose source says nothing of where it comes from."""
    registries = whole.project.registries
    for section, table in (("figures", registries.figures), ("dates", registries.dates), ("claims", registries.claims)):
        for record in table.values():
            source = record.source
            if not (source.publisher or source.document or source.url):
                place = field_place(whole.project, section, record.id, "source")
                hint = "give its publisher, its document or its address"
                yield Finding(f'the source of "{record.id}" names nobody and nothing', hint, place=place)
