"""Whom a sentence speaks to: one adult it says "vous" or "u" to, or a child it says "tu" or "je" to."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

_AGREES = r"(?:-(?:moi|toi|le|la|les|lui|leur|en|y|nous))"
_TU_VERBS = (
    "accepte|accompagne|aide|appelle|arrête|attends|bloque|bois|cherche|choisis|clique|commence|coupe|dis|dors|écoute|"
    "écris|efface|envoie|essaie|fais|ferme|garde|lis|mange|mets|montre|note|ouvre|paie|parle|pars|pense|pose|prends|"
    "prépare|préviens|promets|raconte|regarde|réponds|respire|reste|reviens|signale|sois|sors|supprime|tiens|trouve|va|"
    "viens"
)
_TU_ONLY = (
    "attends|bois|choisis|dis|dors|écris|fais|lis|mets|pars|prends|préviens|promets|réponds|reviens|sois|sors|tiens|"
    "viens"
)


@dataclass(frozen=True)
class Forms:
    """How a language shows whom it speaks to.

    A text with such a form nearly always has one of the `words` (in small letters, a mark behind them or not) or one
    of the `parts`; `pattern` finds the form in a sentence.
    """

    name: str
    pattern: re.Pattern[str]
    words: frozenset[str]
    parts: tuple[str, ...] = ()

    def may_be_in(self, lowered: str, vocabulary: frozenset[str]) -> bool:
        """Tell whether a text in small letters, with these words between its spaces, may have the form."""
        return not self.words.isdisjoint(vocabulary) or any(part in lowered for part in self.parts)


def _words(text: str) -> frozenset[str]:
    return frozenset(word + mark for word in text.split() for mark in ("", ".", ",", "?", "!", ":", ";", ")"))


_FRENCH_TU = re.compile(
    r"\b(?:(?<!est )tu|toi|te|ta|tes|(?<!\bun )(?<!\ble )(?<!\bce )(?<!\bdu )(?<!même )(?<!\bbon )(?<!quel )ton"
    r"|t'(?=[aeéèêiouyh])\w+|les? tiens?|la tienne|les tiennes)\b"
    rf"|\A\W*(?:{_TU_VERBS}){_AGREES}\b|\A\W*(?:{_TU_ONLY})\b(?! donc)"
    rf"|\A\W*(?:ne |n')(?:l'|les? |la |lui |leur |y |en )?(?:{_TU_VERBS}) (?:pas|plus|rien|jamais|personne)\b"
    r"|\A\W*appelle (?:le|au) [\ufffc\d]",
    re.IGNORECASE,
)
_FRENCH_VOUS = re.compile(
    r"\b(?:(?<!rendez-)vous(?:-mêmes?)?|votre|vos|vôtres?)\b"
    r"|\A\W*(?:(?:ne |n')(?:l'|les? |la |lui |leur |y |en )?)?"
    r"(?!(?:assez|chez|nez|rez|rendez)\b)(?:\w{2,}ez|dites|faites)\b",
    re.IGNORECASE,
)
PLURAL = re.compile(
    r"\b(?:ensemble|entre vous|vous deux|vous tous|vous toutes|chacun|chacune|l'un|l'une|les uns|les autres|vous-mêmes"
    r"|vous voir|vous êtes vus|à plusieurs|en groupe)\b",
    re.IGNORECASE,
)
"""What shows that "vous" is several people."""
YOUNG_READER = re.compile(
    r"\b(?:moins de (?:18|dix-huit) ans|tu es (?:mineure?|jeune)|(?:jonger dan|onder de) (?:18|achttien)"
    r"|je (?:minderjarig|jong))\b",
    re.IGNORECASE,
)
"""What a text says that turns to a young reader on a page for adults."""

FAMILIAR: Mapping[str, Forms] = MappingProxyType(
    {
        "fr": Forms(
            "tu",
            _FRENCH_TU,
            _words(f"tu toi te ta tes ton {_TU_VERBS.replace('|', ' ')}"),
            parts=(" t'", "\nt'", "-toi", "-moi", "-le", "-la", "-lui"),
        ),
        "nl": Forms(
            "je",
            re.compile(
                r"\b(?:jij|jou|jouw|jezelf)\b"
                r"|\A\W*(?:je|als je|(?:ben|heb|kun|kan|wil|mag|moet|denk|voel|weet|zit|zie) je)\b",
                re.IGNORECASE,
            ),
            _words("je jij jou jouw jezelf"),
        ),
    }
)
"""How children are spoken to. In Dutch "je" also means anybody: it counts where a sentence begins with it."""
POLITE: Mapping[str, Forms] = MappingProxyType(
    {
        "fr": Forms("vous", _FRENCH_VOUS, _words("vous votre vos vôtre vôtres dites faites"), parts=("ez",)),
        "nl": Forms("u", re.compile(r"\b(?:u|uw|uzelf)\b(?!-)", re.IGNORECASE), _words("u uw uzelf")),
    }
)
"""How adults are spoken to."""
EITHER_DUTCH = re.compile(r"\b(?:je|jij|jou|jouw|jezelf)\b", re.IGNORECASE)
"""Every form of "je", for sentences that say "u" as well."""
