"""Figures, claims and charts in the words of an edition."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from balise.cldr import (
    present_compact,
    present_currency,
    present_date,
    present_number,
    present_percent,
    present_period,
)
from balise.figure_records import Claim, Figure, Series
from balise.languages import Text
from balise.sources import SourceView, present_source

if TYPE_CHECKING:
    from balise.catalogues import Phrases


@dataclass(frozen=True)
class FigureView:
    """A figure in the words of an edition; `notice` warns where a newer figure exists or sources disagree."""

    id: str
    statement: Text
    value: str
    period: str
    source: SourceView
    status: str
    notice: str


@dataclass(frozen=True)
class ClaimView:
    """A claim in the words of an edition, with the day it was made and its author."""

    id: str
    statement: Text
    as_of: str
    attributed_to: Text
    source: SourceView


@dataclass(frozen=True)
class ChartPoint:
    """One value of a chart: its period, its number as read and as drawn, and a note or nothing."""

    label: str
    value: str
    amount: float
    note: str


@dataclass(frozen=True)
class ChartView:
    """A series in the words of an edition; `remark` says what to keep in mind when comparing."""

    id: str
    title: Text
    unit: str
    points: tuple[ChartPoint, ...]
    source: tuple[SourceView, ...]
    remark: Text | None = None


def present_figure(figure: Figure, phrases: Phrases, *, locale: str = "") -> FigureView:
    """Return the figure in the words of an edition; its number is written in the language its sentence is really in."""
    sentence = phrases.text(f"figures.{figure.id}.statement", figure.statement)
    own = locale if sentence.language == phrases.language else ""
    value = _value(figure, phrases, sentence.language, own)
    return FigureView(
        id=figure.id,
        statement=Text(sentence.text.replace("{value}", value), sentence.language),
        value=_value(figure, phrases, phrases.language, locale),
        period=_period(figure, phrases, locale),
        source=present_source(figure.source, phrases, locale=locale),
        status=figure.status,
        notice=_notice(figure, phrases),
    )


def _value(figure: Figure, phrases: Phrases, language: str, locale: str) -> str:
    """Return the number alone, or the words that stand for it."""
    if figure.display == "words":
        same = language == phrases.language
        return phrases.text(f"figures.{figure.id}.words", figure.words).text if same else figure.words
    if figure.display == "compact":
        return present_compact(figure.value, language, decimals=figure.decimals, locale=locale)
    if figure.display == "percent":
        return present_percent(figure.value, language, locale=locale)
    if figure.display == "currency":
        return present_currency(figure.value, figure.unit, language, locale=locale)
    return present_number(figure.value, language, decimals=figure.decimals, locale=locale)


def _period(figure: Figure, phrases: Phrases, locale: str) -> str:
    """Return the time the figure is about, or the date it was counted on."""
    text = _when(figure.as_of, phrases, locale) if figure.as_of else _time(figure.period, phrases, locale)
    note = phrases.text("figures.period_note", figure.period_note).text if figure.period_note else ""
    if text and note:
        return f"{text} ({note})"
    return text or note


def _time(period: str, phrases: Phrases, locale: str) -> str:
    start, _, end = period.partition("/")
    if end:
        return present_period(start, end, phrases.language, locale=locale)
    return present_date(start, phrases.language, locale=locale) if start else ""


def _when(iso: str, phrases: Phrases, locale: str) -> str:
    """Return `on` a day, or `in` a month or year."""
    _ = phrases.gettext
    date = present_date(iso, phrases.language, locale=locale)
    return _("on {date}").format(date=date) if len(iso) == len("2021-11-18") else _("in {date}").format(date=date)


def _notice(figure: Figure, phrases: Phrases) -> str:
    _ = phrases.gettext
    if figure.status == "superseded":
        return _("A newer figure exists; this one is kept for its date.")
    return _("Sources disagree on this figure.") if figure.status == "disputed" else ""


def present_claim(claim: Claim, phrases: Phrases, *, locale: str = "") -> ClaimView:
    """Return the claim in the words of an edition."""
    return ClaimView(
        id=claim.id,
        statement=phrases.text(f"claims.{claim.id}.text", claim.text),
        as_of=_when(claim.as_of, phrases, locale),
        attributed_to=phrases.text("claims.attributed_to", claim.attributed_to),
        source=present_source(claim.source, phrases, locale=locale),
    )


def present_chart(series: Series, figures: Mapping[str, Figure], phrases: Phrases, *, locale: str = "") -> ChartView:
    """Return the series in the words of an edition; figures that are missing or of low confidence are left out."""
    kept = [figures[name] for name in series.figures if name in figures and figures[name].confidence != "low"]
    points = tuple(
        ChartPoint(
            label=_label(figure, phrases, locale),
            value=_qualified(figure, phrases, locale),
            amount=float(figure.value),
            note=_series_note(series, figure.id, phrases),
        )
        for figure in kept
    )
    sources = {view.key: view for view in (present_source(figure.source, phrases, locale=locale) for figure in kept)}
    return ChartView(
        id=series.id,
        title=phrases.text(f"series.{series.id}.title", series.title),
        unit=phrases.text(f"series.{series.id}.unit", series.unit).text,
        points=points,
        source=tuple(sources.values()),
        remark=phrases.text(f"series.{series.id}.remark", series.remark) if series.remark else None,
    )


def _label(figure: Figure, phrases: Phrases, locale: str) -> str:
    if figure.as_of:
        return present_date(figure.as_of[:7], phrases.language, locale=locale)
    return _period(figure, phrases, locale)


def _qualified(figure: Figure, phrases: Phrases, locale: str) -> str:
    """Return the number with its qualifier, as a table shows it."""
    _ = phrases.gettext
    pattern = {
        "about": _("about {value}"),
        "more_than": _("more than {value}"),
        "almost": _("almost {value}"),
        "up_to": _("up to {value}"),
    }.get(figure.qualifier, "{value}")
    return pattern.format(value=_value(figure, phrases, phrases.language, locale))


def _series_note(series: Series, figure_id: str, phrases: Phrases) -> str:
    note = series.notes.get(figure_id, "")
    return phrases.text(f"series.{series.id}.notes.{figure_id}", note).text if note else ""
