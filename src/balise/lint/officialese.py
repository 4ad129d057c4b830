"""Words of offices and of trades with the plain words for them, in French, Dutch and English.

From the practice of plain language: what public services advise their writers to replace. Forms are words in small
letters; `*` at the end stands for any ending. Those in `STIFF` are found in letters from offices and nowhere else.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

_Pairs = Mapping[str, str]

STIFF: Mapping[str, _Pairs] = MappingProxyType(
    {
        "fr": MappingProxyType(
            {
                "au cas où il s'avérerait": "si",
                "dans les meilleurs délais": "vite, ou un délai précis",
                "eu égard à": "vu, pour",
                "nonobstant": "malgré",
                "le cas échéant": "si c'est le cas",
                "à l'encontre de": "contre",
                "afférent*": "qui concerne",
                "susmentionné*": "ce, cette",
                "ci-après dénommé*": "appelé ici",
                "il convient de": "il faut, ou l'impératif",
                "il y a lieu de": "il faut, ou l'impératif",
                "procéder à": "faire",
                "procédez à": "faites",
                "en date du": "le",
                "sous réserve de": "si",
                "par le biais de": "par",
                "de nature à": "qui peut",
                "veuillez agréer": "une formule simple",
            }
        ),
        "nl": MappingProxyType(
            {
                "teneinde": "om",
                "inzake": "over",
                "aangaande": "over",
                "met betrekking tot": "over",
                "ten gevolge van": "door",
                "in het kader van": "voor, bij",
                "desgevallend": "als dat nodig is",
                "desgewenst": "als u dat wilt",
                "dienaangaande": "daarover",
                "derhalve": "daarom",
                "gelieve": "de gebiedende wijs: bel, schrijf",
                "hieromtrent": "hierover",
                "ingevolge": "door, volgens",
                "middels": "met, door",
                "nopens": "over",
                "onverwijld": "meteen",
                "overeenkomstig": "volgens",
                "te allen tijde": "altijd",
                "uit hoofde van": "door, wegens",
                "voornoemd*": "die, dat",
                "zulks": "dat",
                "dient u te": "moet u",
                "u dient": "u moet",
            }
        ),
        "en": MappingProxyType(
            {
                "aforementioned": "this, that",
                "at your earliest convenience": "soon, or a date",
                "forthwith": "at once",
                "hereafter": "from now on",
                "herein": "here",
                "hereto": "to this",
                "in respect of": "about, for",
                "in the event that": "if",
                "notwithstanding": "despite",
                "prior to": "before",
                "pursuant to": "under, by",
                "subsequent to": "after",
                "thereof": "of it",
                "with regard to": "about",
                "with respect to": "about",
                "commence*": "begin",
                "ascertain*": "find out",
                "endeavour*": "try",
            }
        ),
    }
)
"""Words that no reader says aloud."""

HEAVY: Mapping[str, _Pairs] = MappingProxyType(
    {
        "fr": MappingProxyType(
            {
                "à ce titre": "donc",
                "en vertu de": "selon",
                "dans le cadre de": "pour, pendant",
                "au regard de": "selon",
                "afin de": "pour",
                "afin que": "pour que",
                "effectuer": "faire",
                "effectuez": "faites",
                "au préalable": "d'abord",
                "préalablement": "d'abord",
                "ultérieurement": "plus tard",
                "antérieurement": "avant",
                "concernant": "sur, à propos de",
                "relatif à": "sur",
                "relative à": "sur",
                "notamment": "par exemple, surtout",
                "solliciter": "demander",
                "sollicitez": "demandez",
                "bénéficier de": "avoir, recevoir",
                "disposer de": "avoir",
                "être en mesure de": "pouvoir",
                "la mise en place": "créer, organiser",
                "mettre en œuvre": "appliquer, faire",
                "problématique*": "problème",
                "dispositif*": "service, aide",
                "interlocuteur*": "personne, service",
                "impacter": "toucher",
            }
        ),
        "nl": MappingProxyType(
            {
                "ter zake": "daarover",
                "mits": "als",
                "alsmede": "en ook",
                "alvorens": "voor",
                "betreffende": "over",
                "conform": "volgens",
                "doch": "maar",
                "echter": "maar",
                "eveneens": "ook",
                "gedurende": "tijdens",
                "geschieden": "gebeuren",
                "indien": "als",
                "kenbaar maken": "zeggen",
                "problematiek": "probleem",
                "reeds": "al",
                "slechts": "maar, alleen",
                "tevens": "ook",
                "thans": "nu",
                "trachten": "proberen",
                "verschaffen": "geven",
                "verstrekken": "geven",
                "wegens": "door",
                "zich wenden tot": "gaan naar, bellen",
                "contacteren": "bellen, schrijven",
            }
        ),
        "en": MappingProxyType(
            {
                "in accordance with": "following, by",
                "in the event of": "if",
                "whilst": "while",
                "in order to": "to",
                "additional": "more",
                "approximately": "about",
                "assist": "help",
                "assistance": "help",
                "concerning": "about",
                "consequently": "so",
                "facilitate*": "help",
                "furthermore": "also",
                "however": "but",
                "implement": "carry out",
                "in addition": "also",
                "inform": "tell",
                "moreover": "also",
                "necessitate*": "need",
                "numerous": "many",
                "obtain": "get",
                "provided that": "if",
                "regarding": "about",
                "require": "need",
                "stakeholder*": "those who take part",
                "subsequently": "later",
                "sufficient": "enough",
                "utilise*": "use",
                "utilize*": "use",
            }
        ),
    }
)
"""Words that have a lighter one in most sentences."""
