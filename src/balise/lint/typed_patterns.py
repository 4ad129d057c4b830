"""The patterns of typed facts: what is a telephone number, an address, a date, an hour; and numbers that are no fact.

Each is linear: no repeat inside a repeat, every repeat of words bounded.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

PHONE = re.compile(
    r"(?<![\w+/.,-])(?:"
    r"\+[0-9](?:[ ./()-]{0,2}[0-9]){6,14}"
    r"|(?![0-9]{1,2}([/.-])[0-9]{1,2}\1[0-9]{2,4}(?![0-9]))0[0-9](?:[ ./-]?[0-9]){6,10}"
    r"|1?[ -]?\(?8[0-9]{2}\)?[ .-][0-9]{3}[ .-][0-9]{4}"
    r"|116[ .]?(?:000|006|111|117|123)"
    r")(?![\w%]|[.,][0-9])"
)
"""What is dialled: with a country code, with a zero in front, free of charge in North America, or European 116."""

_MAIL = r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,6}"
_TLD = r"(?:be|ca|org|com|net|nl|fr|eu|uk|gov|int|info|brussels|lu|de|ie|ch|us|help|chat)"
ADDRESS = re.compile(
    rf"https?://[^\s\ufffc]{{1,300}}|\bwww\.[^\s\ufffc]{{1,300}}|{_MAIL}"
    rf"|(?<![\w.@-])[a-z0-9-]{{2,63}}(?:\.[a-z0-9-]{{2,63}}){{0,3}}\.{_TLD}\b(?!\.\w)(?:/[^\s\ufffc]{{0,300}})?"
)
"""Web and e-mail addresses; a host without `www.` only in small letters."""

_MONTHS = (
    r"(?:janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre"
    r"|januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december"
    r"|January|February|March|April|May|June|July|August|September|October|November|December)"
)
_YEAR = r"(?:19|20)[0-9]{2}"
DATE = re.compile(
    rf"\b[0-9]{{1,2}}(?:er|ère|e|st|nd|rd|th)?(?: of)? {_MONTHS}\b(?:,? {_YEAR}\b)?"
    rf"|\b{_MONTHS} (?:[0-9]{{1,2}}(?:st|nd|rd|th)?\b(?![.,]?[0-9%])(?:,? {_YEAR}\b)?|{_YEAR}\b)"
    rf"|(?<![\w/.-])[0-9]{{1,2}}[/.-][0-9]{{1,2}}[/.-](?:{_YEAR}|[0-9]{{2}})(?![\w/-])"
    rf"|(?<![\w/.-]){_YEAR}-[0-9]{{2}}(?:-[0-9]{{2}})?(?![\w/-])"
    rf"|(?<![\w/.,-]){_YEAR}(?:[-/–]{_YEAR})?(?![\w/%]|[.,][0-9]| ?%)"
)
"""Days, months and years."""

_CLOCK = r"(?:[01]?[0-9]|2[0-4])"
HOUR = re.compile(
    rf"(?<![\w:.,]){_CLOCK}:[0-5][0-9]\b(?::[0-5][0-9])?"
    rf"|(?<![\w:.,]){_CLOCK}[.][0-5][0-9] ?(?:uur|u|h)\b"
    rf"|(?<![\w:.,]){_CLOCK} ?[hu] ?[0-5][0-9]\b"
    rf"|(?<![\w:.,])(?:1[0-2]|[1-9])(?:[.:][0-5][0-9])? ?(?:am|pm|a\.m\.|p\.m\.|o'clock)(?!\w)"
    rf"|\b(?:à|dès|jusqu'à|avant|vers|entre|om|tot|van|vanaf|tussen|rond) {_CLOCK}(?: ?[hu]\b(?! ?[0-5][0-9]\b)"
    rf"| (?:heures?|uur)\b)"
    rf"(?! sur | op )(?: (?:à|et|tot|en) {_CLOCK}(?: ?[hu]\b| (?:heures?|uur)\b))?"
    rf"|\b(?:de|van|tussen|entre|from|between) {_CLOCK}(?: ?h)? (?:à|tot|et|en|to|and) {_CLOCK} ?(?:heures?|h|u|uur)\b"
    rf"|(?<![\w:.,])[6-9](?: ?h)? ?(?:-|–|à|tot|to) ?(?:1[0-9]|2[0-4]) ?(?:heures?|h|u|uur)\b",
    re.IGNORECASE,
)
"""Times of day; "24 heures" and "24 uur" by themselves are a while."""

NUMBER = re.compile(
    r"(?:[€$£] ?)?(?<![\w])[0-9]+(?:[ .,][0-9]{3}(?![0-9]))*(?:[.,][0-9]+)?"
    r"(?: ?(?:%|‰|€|\$|£)|"
    r" (?:pour cent|per cent|percent|procent|millions?|milliards?|miljoen|miljard|billions?|euros?|dollars?"
    r"|pounds?)\b)?",
    re.IGNORECASE,
)
"""A number of digits, with its sign of money, of a hundred, or its word for a million."""

_FEW = (
    r"un|une|deux|trois|quatre|cinq|sept|huit|neuf|een|[eé]én|twee|drie|vier|vijf|zes|zeven|acht|negen|one|two|three|four|five"
    r"|six|seven|eight|nine"
)
SHARE = re.compile(
    rf"(?<![\w.,])(?:[0-9]{{1,2}}|{_FEW}) (?:[^\W\d]{{3,15}} )?(?:sur|op(?: de)?|in(?: every)?|out of"
    rf"|van de)(?: les)? [0-9]{{1,4}}"
    r"(?![\w%]|[.,:/][0-9])",
    re.IGNORECASE,
)
"""Shares such as "un enfant sur 5", "3 op de 10", "1 in 5"."""

_SCALE = MappingProxyType(
    {
        "fr": (
            r"un|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|quinze|vingt|trente|quarante|cinquante|soixante|"
            r"quatre-vingts?|cent|demi",
            r"millions?|milliards?|pour cent",
        ),
        "nl": (
            r"een|één|twee|drie|vier|vijf|zes|zeven|acht|negen|tien|elf|twaalf|vijftien|twintig|dertig|veertig|vijftig|"
            r"zestig|zeventig|tachtig|negentig|honderd|half",
            r"miljoen|miljard|procent",
        ),
        "en": (
            r"one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty|sixty|"
            r"seventy|eighty|ninety|a hundred|half a",
            r"million|billion|per cent|percent",
        ),
    }
)
WORDS: Mapping[str, re.Pattern[str]] = {
    tag: re.compile(rf"(?<![\w-])(?:{numbers})[ -](?:{scales})\b", re.IGNORECASE)
    for tag, (numbers, scales) in _SCALE.items()
}
"""Numbers in words with a word for a million or a hundredth, by language."""
SCALES = ("million", "milliard", "miljoen", "miljard", "billion", "pour cent", "per cent", "percent", "procent")
"""What every match of `WORDS` holds one of, in small letters."""

_AGE = r"(?:[0-9]|1[0-9]|2[0-5])"
_N = r"[0-9]{1,3}"
_RANGE = rf"{_N}(?:(?: ?[-–/] ?| (?:à|a|et|ou|tot|en|of|t\.e\.m\.|to|and|or) ){_N})?"
_TIMES = (
    r"ans?|années?|mois|semaines?|jours?|heures?|minutes?|min|secondes?|"
    r"jaar|jaren|maand(?:en)?|we(?:ek|ken)|dag(?:en)?|u(?:ur|ren)?|minuten?|minuut|seconden?|"
    r"years?|months?|weeks?|days?|hours?|minutes?|seconds?"
)
_THINGS = (
    r"étapes?|conseils?|questions?|règles?|gestes?|choses?|points?|phrases?|cartes?|idées?|signes?|leçons?|activités?|"
    r"exercices?|fiches?|lignes?|élèves?|groupes?|pages?|mots?|fois|temps|raisons?|réflexes?|personnes de confiance|"
    r"stappen|stap|tips?|vragen|vraag|regels?|dingen|zinnen|kaart(?:en|jes)?|ideeën|signalen|lessen|les|activiteiten|"
    r"oefeningen|fiches|leerlingen|groep(?:en|jes)?|pagina's|woorden|keer|redenen|punten|"
    r"steps?|tips?|questions?|rules?|things?|sentences?|cards?|ideas?|signs?|lessons?|activities|exercises?|sheets?|"
    r"pupils?|students?|groups?|pages?|words?|times|reasons?|points?|parts?|slips?"
)
_LABELS = (
    r"n°|n[or]\.|nos?\.|"
    r"étapes?|questions?|règles?|phrases?|cartes?|idées?|leçons?|séances?|activités?|exercices?|fiches?|pages?|p\.|"
    r"points?|parties?|chapitres?|niveaux?|niveau|groupes?|tableaux?|figures?|annexes?|minutes?|"
    r"stap(?:pen)?|vra(?:ag|gen)|regels?|zin(?:nen)?|kaart(?:en)?|les(?:sen)?|activiteit(?:en)?|oefening(?:en)?|"
    r"pagina|bladzijden?|blz\.|deel|delen|hoofdstuk|groep|niveau|tabel|bijlage|minuut|minuten|klas|graad|"
    r"steps?|rules?|sentences?|cards?|lessons?|activity|activities|exercises?|sheets?|parts?|chapters?|levels?|"
    r"groups?|tables?|year|grade|key stage|appendix"
)
_LAW = (
    r"lois?|décrets?|arrêtés?|codes?|directives?|règlements?|conventions?|protocoles?|circulaires?|"
    r"wet|wetten|decreet|decreten|besluit|wetboek|richtlijn|verordening|verdrag|omzendbrief|"
    r"acts?|laws?|regulations?|decrees?|convention|treaty"
)
_ARTICLE = r"art\.|arts\.|articles?|artikel(?:en)?|sections?|paragraphes?|paragraaf|paragraphs?|alinéas?|lid|leden"
_LIST = r"(?:, ?[0-9]{1,3}){0,6}(?: (?:et|ou|en|of|and|or|à|tot|to) [0-9]{1,3})?"
_UNION = r"\(?(?:UE|EU|CE|EG|EC)\)?"
LAW = re.compile(
    rf"(?:\b(?:{_ARTICLE})|§+) ?[0-9][0-9./:-]{{0,14}}(?:[a-z]{{1,6}}\b)?{_LIST}"
    rf"|(?:\b(?:{_LAW}) )?(?:{_UNION} )?\b(?:n°|nr\.?|no\.?)? ?(?:19|20)[0-9]{{2}}/[0-9]{{1,4}}(?:/(?:UE|EU|CE"
    rf"|EG|EC))?\b"
    rf"|\b(?:{_LAW}) (?:{_UNION} )?(?:n°|nr\.?|no\.?)? ?[0-9]{{2,4}}/[0-9]{{1,4}}(?:/(?:UE|EU|CE|EG|EC))?\b"
    rf"|\b(?:{_LAW})\b[^.;:!?0-9\ufffc\n]{{0,60}}(?:[0-9]{{1,2}}(?:er)? {_MONTHS} )?(?:19|20)[0-9]{{2}}\b(?!/)",
    re.IGNORECASE,
)
"""Articles and paragraphs of a law, its number, and the year or day in its name."""
NO_FACT = re.compile(
    # a while, an age, a count of things to do, an ordinal
    rf"(?<![\w.,+])(?=[0-9])(?:24 ?(?:h|u|heures|uur)?(?: ?/ ?| sur | op )(?:24|7)\b"
    rf"|7 ?(?:j|jours|d|dagen|days)?(?: ?/ ?| sur | op )7\b|{_RANGE}[ -](?:{_TIMES})\b|[0-9]{{1,3}}(?:"
    rf"-?jarigen?\b|-?plus(?:sers?)?\b|\+(?!\d)|(?:er|re|ère|e|è|ème|nde?|de|ste|st|rd|th)s?\b"
    rf"|(?<!\d\d\d) (?:(?:premi[eè]re?s|prochaine?s|derni[eè]re?s|eerste|volgende|laatste) (?:{_TIMES})|{_THINGS}"
    rf"|(?:ou|of|or) (?:plus|moins|ouder|jonger|meer|older|over|younger|under|later))\b))"
    # ages in words, labels
    rf"|\b(?=[^\W\d])(?:(?:moins|plus) de {_AGE}(?= ans)"
    rf"|(?:onder|jonger(?: bent| was| is)?|ouder(?: bent| was| is)?|boven|voor|vóór|tot|iemand|van|was|ben|bent|is|"
    rf"worden?|wordt|werd|leeftijd(?: van)?)(?: dan)?(?: de)? {_AGE}\b"
    rf"(?! ?%|[.,][0-9]| [a-zë]{{3,20}}(?:en|s)\b(?<!tussen))(?: tot {_AGE}\b)?"
    rf"|(?:under|over|below|above|until|before|after|at|turning|turns?|turned|aged?|ages|age of|from|is|am|are"
    rf"|were|was)"
    rf"(?: the age of)? {_AGE}\b(?! ?%|[.,][0-9]| (?:per\b|million|billion|in [0-9]|out of)"
    rf"| (?!always\b|has\b|is\b|was\b|does\b)[a-z]{{2,20}}s\b)(?: (?:to|and|or) {_AGE}\b)?"
    rf"|(?:de|dès|entre|van|tussen|from|between) {_AGE} (?:à|et|tot|en|to|and) {_AGE}\b"
    rf"(?! ?%|[.,][0-9]| ?[hu]\b| (?:heures|uur))"
    rf"|(?:{_LABELS}) ?{_RANGE}{_LIST}(?![\w%]|[.,][0-9])|(?:numéro|nummer|number) [0-9]\b(?![.,]?[0-9])"
    rf"|(?:groupes?|groepjes?|groups?) (?:de|van|of) {_RANGE}"
    rf"|(?:version|versie|v\.?) ?[0-9]{{1,3}}(?:\.[0-9]{{1,3}}){{0,3}}\b)"
    rf"|\A[0-9]{{1,3}}[.)](?= )|\([0-9]{{1,2}}\)|#[0-9]{{1,3}}\b",
    re.IGNORECASE,
)
"""Numbers that are no fact: whiles, ages, small counts of things to do, labels, ordinals, versions."""

NAME = re.compile(
    r"\b(?=[0-9]{0,20}[A-Za-z])(?=[A-Za-z]{0,20}[0-9])[A-Za-z0-9]{2,20}\b(?<![0-9][hu])"
    r"|\b[A-Z][A-Za-z]{0,15}[A-Z][A-Za-z]{0,15}(?:[ -][0-9]{1,3}){1,2}(?:\.[0-9]{1,2}){0,2}(?![\w%]|[., ][0-9]{3})"
    r"|\b[A-Z][A-Za-z]{2,20} [0-9]\.[0-9](?![0-9%])"
    r"|\b(?:Windows|Android|Office|Word|iPhone|Galaxy|PlayStation|Xbox|Web"
    r"|Creative Commons) [0-9]{1,3}(?:\.[0-9])?(?![0-9%])"
)
"""Names that hold digits: C3P, A4, 5G, WCAG 2.2, CC BY 4.0, PEGI 12, Web 2.0, Android 14."""
