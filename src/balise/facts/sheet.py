"""The sheet to sign: every fact with its source, its last check and where it appears, as HTML for paper or as CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from balise.cldr import locale_for
from balise.components import theme_components

if TYPE_CHECKING:
    from balise.facts.ledger import Fact
    from balise.project import Project

_SECTIONS = {"figures": "Figures", "dates": "Dates", "claims": "Claims"}
_LABELS = {
    "phone_shown": "Shown as", "phone": "Number", "phone_abroad": "From abroad", "sms": "Text message",
    "email": "E-mail",
    "url": "Website", "chat_url": "Chat", "languages": "Languages", "hours": "Hours", "hours_note": "Note on hours",
    "cost": "Cost", "cost_note": "Note on cost", "anonymous": "Anonymous", "status": "Status", "reach": "Reached by",
    "value": "Value", "unit": "Unit", "qualifier": "Qualifier", "period": "Period", "as_of": "As of", "date": "Date",
    "display": "Shown", "attributed_to": "Said by", "audience": "For whom", "for": "What for", "words": "In words",
}  # fmt: skip
_COLUMNS = (
    "section",
    "id",
    "what",
    "values",
    "sources",
    "last check",
    "due",
    "pages",
    "reason",
    "confirmed",
    "role",
    "date",
)
_MOST_PAGES = 6


class Group(NamedTuple):
    """The facts of a country or of a section, with their heading."""

    heading: str
    facts: tuple[Row, ...]


class Row(NamedTuple):
    """A fact as the sheet shows it."""

    fact: Fact
    values: tuple[tuple[str, str], ...]
    reasons: tuple[str, ...]
    pages: str


def render_sheet(project: Project, facts: Sequence[Fact], today: str) -> str:
    """Return the sheet as one HTML file that loads nothing and needs no script."""
    values = {
        "site": project.site.name,
        "today": today,
        "groups": tuple(_groups(facts, today)),
        "count": len(facts),
        "due": sum(bool(fact.reasons(today)) for fact in facts),
    }
    return theme_components().draw("facts/sheet.html", values) + "\n"


def render_csv(facts: Sequence[Fact], today: str) -> str:
    """Return the sheet as CSV (RFC 4180), one fact a line; no cell of it is a formula."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(_COLUMNS)
    for fact in facts:
        values = "; ".join(f"{label}: {value}" for label, value in _values(fact))
        checked = f"{fact.checked_on} {fact.checked_by}".strip()
        pages, reasons = " ".join(fact.pages), ", ".join(fact.reasons(today))
        row = (fact.section, fact.id, fact.title, values, " | ".join(fact.sources), checked, fact.due, pages, reasons)
        writer.writerow([*map(_harmless, row), "", "", ""])
    return out.getvalue()


def _harmless(value: str) -> str:
    """Return a cell that no program takes for a formula."""
    return f"'{value}" if value.startswith(("=", "+", "-", "@")) else value


def _groups(facts: Sequence[Fact], today: str) -> Iterator[Group]:
    for heading, inside in groupby(facts, key=_heading):
        yield Group(heading, tuple(_row(fact, today) for fact in inside))


def _heading(fact: Fact) -> str:
    if fact.section != "channels":
        return _SECTIONS[fact.section]
    code = fact.fields["country"]
    return "All countries" if code == "INT" else str(locale_for("en").territories.get(code, code))


def _row(fact: Fact, today: str) -> Row:
    more = len(fact.pages) - _MOST_PAGES
    pages = ", ".join(fact.pages[:_MOST_PAGES]) + (f" and {more} more" if more > 0 else "")
    return Row(fact, tuple(_values(fact)), fact.reasons(today), pages or "no page")


def _values(fact: Fact) -> Iterator[tuple[str, str]]:
    """Yield what has to be compared with the source: numbers, addresses, hours, cost; the value and its time."""
    for field, value in fact.fields.items():
        key, _, part = field.partition(".")
        if key in _LABELS and not (key == "phone" and "phone_shown" in fact.fields):
            yield f"{_LABELS[key]} ({part})" if part and not part.isdecimal() else _LABELS[key], value
