"""Small records and words for the tests of the registries."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from balise.languages import Text
from balise.source import YamlDocument, load_yaml, parse_yaml

ROOT = Path(__file__).parents[1]
DATA = ROOT / "content" / "data"


@dataclass(frozen=True)
class Words:
    """Words of an edition from two plain mappings; what is not in them stays English."""

    language: str = "en"
    theme: Mapping[str, str] = field(default_factory=dict)
    site: Mapping[tuple[str, str], str] = field(default_factory=dict)

    def gettext(self, message: str) -> str:
        """Return the phrase in the edition's language."""
        return self.theme.get(message, message)

    def ngettext(self, one: str, many: str, count: int) -> str:
        """Return the phrase for a count."""
        return self.gettext(one if count == 1 else many)

    def text(self, context: str, source: str) -> Text:
        """Return a string of the data, marked with the language it is in."""
        found = self.site.get((context, source))
        return Text(found, self.language) if found else Text(source, "en")


FRENCH = {
    "day and night, every day": "jour et nuit, tous les jours",
    "every day": "tous les jours",
    "{first} to {last}": "du {first} au {last}",
    "{start} to {end}": "de {start} à {end}",
    "{hour}:00": "{hour} h",
    "{hour}:{minute}": "{hour} h {minute}",
    "{way}: {hours}": "{way} : {hours}",
    "by phone": "par téléphone",
    "by chat": "par chat",
    "more than {value}": "plus de {value}",
    "on {date}": "le {date}",
    "in {date}": "en {date}",
}
DUTCH = {
    "{first} to {last}": "{first} tot {last}",
    "{start} to {end}": "van {start} tot {end} uur",
    "{hour}:00": "{hour}",
    "{hour}:{minute}": "{hour}.{minute}",
}


def real(name: str) -> YamlDocument:
    """Return a registry file of the reference site."""
    return load_yaml(DATA / f"{name}.yml", ROOT)


def document(section: str, *records: Mapping[str, Any]) -> YamlDocument:
    """Return a registry file with one section, its records spelled as YAML flow mappings, one a line from line 2 on."""
    lines = [f"{section}:", *(f"  - {_flow(record)}" for record in records)]
    return parse_yaml("\n".join(lines), f"content/data/{section}.yml")


def _flow(value: Any) -> str:
    if isinstance(value, Mapping):
        return "{" + ", ".join(f'"{key}": {_flow(item)}' for key, item in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(_flow(item) for item in value) + "]"
    return (
        '"'
        + "".join(
            char if char.isascii() and char.isprintable() and char not in '"\\' else _escaped(char) for char in value
        )
        + '"'
    )


def _escaped(char: str) -> str:
    return f"\\U{ord(char):08x}"


CHANNEL: Mapping[str, Any] = {
    "id": "be-listen",
    "name": {"nl": "Luister", "en": "Listen"},
    "operator": "Listen vzw",
    "country": "BE",
    "kind": "helpline",
    "for": ["talk"],
    "audience": ["anyone"],
    "what_happens": ["Someone listens."],
    "status": "active",
    "confidence": "high",
    "assembled": "2026-11-21",
    "expires": "2027-05-21",
    "sources": [{"url": "https://www.listen.example/contact", "dated": "2026-08"}],
}
SOURCE = {"publisher": "Child Focus", "url": "https://childfocus.be/report", "dated": "2024-06-19"}
FIGURE: Mapping[str, Any] = {
    "id": "reports-2023",
    "value": "2421",
    "unit": "report",
    "topic": "reports",
    "status": "current",
    "display": "plain",
    "statement": "In 2023 it received {value} reports.",
    "source": SOURCE,
    "confidence": "high",
    "period": "2023",
    "assembled": "2026-11-21",
}
TERM: Mapping[str, Any] = {
    "id": "plain-words",
    "group": "style",
    "kind": "term",
    "languages": ["fr", "en"],
    "severity": "warn",
    "patterns": {"en": [r"\bshocking\b"]},
    "preferred": {"en": "serious", "fr": "grave"},
    "why": "Shock words frighten.",
}
