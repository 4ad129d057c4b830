"""Slips of the keyboard that can only be set right in one way, as patterns with what to write instead, by language."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True)
class Slip:
    """One kind of slip: what it is called, how it is found, and what to write for what was found.

    A text without any of the `signs` has none of them. `advice` is for what browsers do not show.
    """

    name: str
    signs: tuple[str, ...]
    pattern: re.Pattern[str]
    write: Callable[[re.Match[str]], str]
    advice: bool = False


def _always(text: str) -> Callable[[re.Match[str]], str]:
    return lambda match: text


_LIGATURES = (
    "coeur coeurs soeur soeurs oeil oeuf oeufs oeuvre oeuvres voeu voeux boeuf boeufs noeud noeuds moeurs choeur "
    "choeurs rancoeur manoeuvre manoeuvres foetus"
)
_ACCENTED: Mapping[str, str] = MappingProxyType(
    {
        bare: accented
        for accented in (
            "À Ça Écarte Écartez Échange Échanges École Écoles Écoute Écoutez Écran Écris Écrire Écrit Écrivez "
            "Également Élève Élèves Émotions Énergie Épargnez Éteins Éteignez Étape Étapes État États Étant Était "
            "Êtes Être Étude Études Évite Évitez Événement Événements Évidemment Éducation Égalité Équipe Équipes "
            "Éditeur"
        ).split()
        for bare in [accented.translate(str.maketrans("ÀÇÉÊ", "ACEE"))]
        if bare not in ("A", "Ca")
    }
)
_A = (
    "partir propos votre ton vos tes chaque quel quelle quels quelles qui quoi savoir noter lire faire distance "
    "domicile cause côté l'école l'aide l'inverse l'étranger l'avenir nouveau bientôt ce cet cette ces"
)
_CA = "se va ne reste fait peut arrive me te vous nous dépend veut marche suffit aide commence"
_PLURALS = (
    "foto video auto baby camera thema schema programma risico collega logo memo dilemma drama firma hobby opa oma "
    "mama papa agenda pagina gsm euro accu"
)


def _without_space(match: re.Match[str]) -> str:
    return match[0].replace(" ", "")


def _ligature(match: re.Match[str]) -> str:
    found = match[0]
    at = found.lower().index("oe")
    return found[:at] + ("œ" if found[at] == "o" else "Œ") + found[at + 2 :]


def _words(text: str) -> str:
    return "|".join(text.split())


ALL: tuple[Slip, ...] = (
    Slip(
        "an accent or a prime for an apostrophe",
        ("\u00b4", "`", "\u2032"),
        re.compile(r"(?<=[^\W\d_])[\u00b4`\u2032](?=[^\W\d_])"),
        _always("'"),
    ),
    Slip("two hyphens for a dash", (" -- ",), re.compile(r"(?<= )--(?= )"), _always("–")),
    Slip("a space before a comma or a full stop", (" ,", " ."), re.compile(r"[\w)] [,.](?=\s|\Z)"), _without_space),
    Slip("a space inside a bracket", ("( ", " )"), re.compile(r"\( (?=\w)|\w \)"), _without_space),
    Slip("no space after a comma", (",",), re.compile(r",(?<=[^\W\d_]{2},)(?=[^\W\d_]{2})"), _always(", ")),
    Slip(
        "no space after a mark",
        ("?", "!", ";"),
        re.compile(r"[?!;](?<=[a-zà-ÿ]{2}[?!;])(?=[A-ZÀ-Ý][a-zà-ÿ])"),
        lambda match: match[0] + " ",
    ),
    Slip("a doubled space", ("  ",), re.compile(r"\S {2,9}(?=\S)"), lambda match: match[0].rstrip() + " ", advice=True),
)
"""Slips in every language."""

OWN: Mapping[str, tuple[Slip, ...]] = MappingProxyType(
    {
        "fr": (
            Slip(
                "oe for œ",
                ("oe", "Oe", "OE"),
                re.compile(rf"(?<![^\W_])(?:{_words(_LIGATURES)})(?![^\W_])", re.IGNORECASE),
                _ligature,
            ),
            Slip(
                "a capital without its accent",
                tuple(sorted({bare[:2] for bare in _ACCENTED})),
                re.compile(rf"(?<![\w.@/-])(?:{'|'.join(_ACCENTED)})(?![\w@/])"),
                lambda match: _ACCENTED[match[0]],
            ),
            Slip(
                "a capital without its accent",
                ("A ",),
                re.compile(rf"(?:(?<![^\n])|(?<=[.!?…] ))A(?= (?:{_words(_A)})\b)"),
                _always("À"),
            ),
            Slip(
                "a capital without its cedilla",
                ("Ca ",),
                re.compile(rf"(?<!\w)Ca(?= (?:{_words(_CA)})\b)"),
                _always("Ça"),
            ),
        ),
        "nl": (
            Slip(
                "the ligature of i and j",
                ("ĳ", "Ĳ"),
                re.compile("[ĳĲ]"),
                lambda match: "ij" if match[0] == "ĳ" else "IJ",
            ),
            Slip("half a capital IJ", ("Ij",), re.compile(r"(?<!\w)Ij(?=[a-zë])"), _always("IJ")),
            Slip(
                "a plural without its apostrophe",
                tuple(f"{word[1:]}s" for word in _PLURALS.split()),
                re.compile(
                    rf"(?<![\w'-])(?:{_words(_PLURALS)})s(?![\w'])"
                    rf"|(?:(?<![^\n])|(?<=[.!?…] ))(?:{_words(_PLURALS.title())})s(?![\w'])"
                ),
                lambda match: f"{match[0][:-1]}'s",
            ),
        ),
        "en": (),
    }
)
"""Slips of one language."""
