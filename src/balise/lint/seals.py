"""Seals: a second copy of what readers rely on, field by field, so that no fact changes without somebody seeing it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from balise.problems import Location
from balise.source import YamlDocument, load_yaml, read_text

if TYPE_CHECKING:
    from pathlib import Path

    from balise.channels import Channel
    from balise.figure_records import Claim, Figure, FigureDate, Series
    from balise.project import Project
    from balise.sources import Source

Fields = Mapping[str, str]
"""What is sealed of one fact: field and value, both as text, in the order of the record."""
Facts = Mapping[tuple[str, str], Fields]
"""Sealed fields by section (`channels`, `figures`, `dates`, `claims`, `series`, `site`) and id."""

SECTIONS = ("site", "channels", "figures", "dates", "claims", "series")
NAME = "sealed"
_HEAD = """\
# A second copy of what readers rely on. Written by `balise facts review`; never edit it by hand.
# `balise check` compares it with the facts: a number, an hour or a price that changed is named until it is confirmed.
"""


class Difference(NamedTuple):
    """A fact that is not as it was sealed: `was` and `now` are "" for a field that is not there.

    `field` is "" for a fact that is new (nothing in `was`) or gone (nothing in `now`).
    """

    section: str
    id: str
    field: str
    was: str = ""
    now: str = ""

    @property
    def message(self) -> str:
        """Return in words what changed."""
        if not self.field:
            return f'{_KINDS[self.section]} "{self.id}" {"is gone" if self.was else "is new"}'
        if not self.was:
            change = f'has "{self.now}", and had nothing'
        elif not self.now:
            change = f'was "{self.was}" and is gone'
        else:
            change = f'was "{self.was}" and is "{self.now}"'
        return f'{self.field} of "{self.id}" {change}'


_KINDS = {
    "site": "setting", "channels": "channel", "figures": "figure", "dates": "date", "claims": "claim",
    "series": "series",
}  # fmt: skip


def project_facts(project: Project) -> Facts:
    """Return what there is to seal of a project, as its data say it today."""
    registries, site = project.registries, project.site
    found: dict[tuple[str, str], Fields] = {}
    for name in ("emergency", "help"):
        found["site", name] = dict(getattr(site, name))
    for channel in registries.channels.values():
        found["channels", channel.id] = dict(_channel(channel))
    for figure in registries.figures.values():
        found["figures", figure.id] = dict(_figure(figure))
    for date in registries.dates.values():
        found["dates", date.id] = dict(_date(date))
    for claim in registries.claims.values():
        found["claims", claim.id] = dict(_claim(claim))
    for series in registries.series.values():
        found["series", series.id] = dict(_series(series))
    return found


def _filled(pairs: Sequence[tuple[str, object]]) -> Iterator[tuple[str, str]]:
    """Yield the fields that hold something: a list of words as one text, texts by number, tables by key."""
    for name, value in pairs:
        if isinstance(value, Mapping):
            yield from ((f"{name}.{key}" if key else name, _words(item)) for key, item in value.items())
        elif value not in ("", (), None):
            yield name, _words(value)


def _words(value: object) -> str:
    return " ".join(value) if isinstance(value, tuple) else str(value)


def _numbered(values: Sequence[str]) -> Mapping[str, str]:
    return {str(number): value for number, value in enumerate(values, 1)}


def _source(source: Source) -> str:
    """Return who says it, where and when, in one line."""
    return ", ".join(part for part in (source.publisher, source.document, source.dated, source.url) if part)


def _channel(channel: Channel) -> Iterator[tuple[str, str]]:
    hours = tuple(f"{' '.join(h.days)} {h.start}-{h.end}{f' {h.by}' if h.by else ''}" for h in channel.hours)
    yield from _filled(
        [
            ("name", channel.name),
            ("operator", channel.operator),
            ("country", channel.country),
            ("kind", channel.kind),
            ("for", channel.needs),
            ("audience", channel.audience),
            ("phone", channel.phone),
            ("phone_shown", channel.phone_shown),
            ("phone_abroad", channel.phone_abroad),
            ("phone_abroad_shown", channel.phone_abroad_shown),
            ("sms", channel.sms),
            ("email", channel.email),
            ("url", channel.url),
            ("chat_url", channel.chat_url),
            ("reach", channel.reach),
            ("languages", channel.languages),
            ("interpreters", "yes" if channel.interpreters else ""),
            ("hours", _numbered(hours)),
            ("hours_note", channel.hours_note),
            ("cost", channel.cost),
            ("cost_note", channel.cost_note),
            ("anonymous", channel.anonymous),
            ("what_happens", _numbered(channel.what_happens)),
            ("answers", channel.answers),
            ("limits", _numbered(channel.limits)),
            ("status", channel.status),
            ("confidence", channel.confidence),
            ("expires", channel.expires),
            ("sources", _numbered(tuple(source.url or source.document for source in channel.sources))),
        ]
    )


def _figure(figure: Figure) -> Iterator[tuple[str, str]]:
    yield from _filled(
        [
            ("value", figure.value),
            ("unit", figure.unit),
            ("qualifier", figure.qualifier),
            ("period", figure.period),
            ("as_of", figure.as_of),
            ("period_note", figure.period_note),
            ("geography", figure.geography),
            ("status", figure.status),
            ("display", figure.display),
            ("decimals", str(figure.decimals) if figure.decimals else ""),
            ("words", figure.words),
            ("statement", figure.statement),
            ("superseded_by", figure.superseded_by),
            ("confidence", figure.confidence),
            ("review_after", figure.review_after),
            ("source", _source(figure.source)),
        ]
    )


def _date(date: FigureDate) -> Iterator[tuple[str, str]]:
    yield from _filled(
        [("date", date.date), ("recurs", date.recurs), ("statement", date.statement), ("source", _source(date.source))]
    )


def _claim(claim: Claim) -> Iterator[tuple[str, str]]:
    yield from _filled(
        [
            ("text", claim.text),
            ("as_of", claim.as_of),
            ("attributed_to", claim.attributed_to),
            ("source", _source(claim.source)),
        ]
    )


def _series(series: Series) -> Iterator[tuple[str, str]]:
    yield from _filled(
        [
            ("title", series.title),
            ("unit", series.unit),
            ("figures", series.figures),
            ("remark", series.remark),
            ("notes", series.notes),
        ]
    )


def seal_path(project: Project) -> Path:
    """Return where a project's seals stand."""
    return project.root / project.content / "data" / f"{NAME}.yml"


def are_sealed(project: Project, facts: Facts) -> bool:
    """Tell whether the seals are those of these facts, letter by letter. Raises `SourceProblem`."""
    path = seal_path(project)
    return path.is_file() and read_text(path, project.root) == render_seals(facts)


def load_seals(project: Project) -> tuple[Facts, YamlDocument] | None:
    """Return the seals of a project, and the file they stand in; `None` without one. Raises `SourceProblem`."""
    path = seal_path(project)
    if not path.exists() and not path.is_symlink():
        return None
    document = load_yaml(path, project.root)
    found: dict[tuple[str, str], Fields] = {}
    for section in SECTIONS:
        table = document.value.get(section, {}) if isinstance(document.value, dict) else {}
        for name, fields in table.items() if isinstance(table, dict) else ():
            if isinstance(fields, dict):
                found[section, name] = {key: value for key, value in fields.items() if isinstance(value, str)}
    return found, document


def render_seals(facts: Facts) -> str:
    """Return the text of `sealed.yml`: sections, facts and fields in the order of the data."""
    lines = [_HEAD.rstrip("\n")]
    for section in SECTIONS:
        inside = [(name, fields) for (kind, name), fields in facts.items() if kind == section]
        if inside:
            lines += ["", f"{section}:"]
        for name, fields in inside:
            lines.append(f"  {name}:")
            lines += [f"    {key}: {json.dumps(value, ensure_ascii=False)}" for key, value in fields.items()]
    return "\n".join(lines) + "\n"


def differences(sealed: Facts, facts: Facts, *, known: Mapping[str, Location] | None = None) -> Iterator[Difference]:
    """Yield what differs between the seals and the facts, in the order of the facts, what is gone last.

    `known` are the places of records by section and id: one that is there and cannot be read is not gone.
    """
    for (section, name), fields in facts.items():
        before = sealed.get((section, name))
        if before is None:
            if fields:
                yield Difference(section, name, "", now="new")
            continue
        for field in dict.fromkeys((*fields, *before)):
            was, now = before.get(field, ""), fields.get(field, "")
            if was != now:
                yield Difference(section, name, field, was, now)
    for section, name in sealed:
        if (section, name) not in facts and f"{section}.{name}" not in (known or {}):
            yield Difference(section, name, "", was="sealed")
