"""A figure is told with its words, its date and its source, and a doubtful one with its doubt."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest

from balise.cldr import present_date
from balise.figure_records import Figure, FigureRegistry, figure_messages, needs_review, parse_figures
from balise.figures import ChartPoint, FigureView, present_chart, present_claim, present_figure
from balise.languages import Text
from balise.review import is_publishable
from balise.source import parse_yaml
from registry_records import FIGURE, FRENCH, SOURCE, Words, document, real

NARROW = "\N{NARROW NO-BREAK SPACE}"
NO_BREAK = "\N{NO-BREAK SPACE}"


def registry(section: str, *records: dict[str, Any]) -> FigureRegistry:
    """Return a registry with one section."""
    result, problems = parse_figures(document(section, *records))
    assert [str(problem) for problem in problems] == []
    return result


def figure(**changes: Any) -> Figure:
    """Return a figure with some keys changed; None takes a key away."""
    record = {key: value for key, value in {**FIGURE, **changes}.items() if value is not None}
    return registry("figures", record).figures["reports-2023"]


def view(phrases: Words | None = None, **changes: Any) -> FigureView:
    """Return how a figure is shown, in English unless words of another edition are given."""
    return present_figure(figure(**changes), phrases or Words())


def french(statement: str, **extra: str) -> Words:
    """Return French words with the statement of the figure translated."""
    site = {("figures.reports-2023.statement", FIGURE["statement"]): statement}
    return Words("fr", FRENCH, {**site, **{("figures.reports-2023.words", key): text for key, text in extra.items()}})


@pytest.fixture(scope="module")
def real_figures() -> FigureRegistry:
    result, problems = parse_figures(real("figures"))
    assert [str(problem) for problem in problems] == []
    return result


def test_the_whole_registry_of_the_reference_site_is_read(real_figures: FigureRegistry) -> None:
    counts = {field.name: len(getattr(real_figures, field.name)) for field in dataclasses.fields(real_figures)}
    assert counts == {"figures": 76, "dates": 7, "claims": 35, "series": 6, "conflicts": 16}


def test_figures_of_low_confidence_are_kept_and_never_publishable(real_figures: FigureRegistry) -> None:
    low = {name for name, item in real_figures.figures.items() if not is_publishable(item, "2026-11-21")}
    assert low == {"arachnid-images-removed-2022-05", "cybertip-children-protected-2017", "ncmec-reports-2025"}
    assert {item.confidence for name, item in real_figures.figures.items() if name not in low} == {"high", "medium"}


def test_every_superseded_figure_names_the_one_that_followed_or_explains_itself(real_figures: FigureRegistry) -> None:
    for item in real_figures.figures.values():
        assert item.status != "superseded" or item.superseded_by or item.remarks, item.id


def test_no_chart_of_the_reference_site_shows_a_figure_of_low_confidence(real_figures: FigureRegistry) -> None:
    shown = {name for series in real_figures.series.values() for name in series.figures}
    assert {real_figures.figures[name].confidence for name in shown} == {"high", "medium"}


def test_the_reports_of_child_focus_cover_every_full_year(real_figures: FigureRegistry) -> None:
    chart = present_chart(real_figures.series["childfocus-reports"], real_figures.figures, Words("nl"))
    assert [(point.label, point.value, point.amount) for point in chart.points] == [
        ("2017", "746", 746.0),
        ("2018", "1.728", 1728.0),
        ("2019", "1.414", 1414.0),
        ("2020", "2.056", 2056.0),
        ("2021", "2.147", 2147.0),
        ("2022", "1.832", 1832.0),
        ("2023", "2.421", 2421.0),
    ]


def test_every_record_can_be_shown_in_every_language(real_figures: FigureRegistry) -> None:
    for words in (Words("fr"), Words("nl"), Words("en")):
        for item in real_figures.figures.values():
            shown = present_figure(item, words)
            assert "{" not in shown.statement.text, item.id
            assert shown.period, item.id
        for claim in real_figures.claims.values():
            assert present_claim(claim, words).as_of
        for series in real_figures.series.values():
            assert len(present_chart(series, real_figures.figures, words).points) == len(series.figures)
        for date in real_figures.dates.values():
            assert present_date(date, words.language)


def test_nobody_who_spoke_for_an_organisation_is_named() -> None:
    text = str(real("figures").value) + str(real("channels").value)
    assert not [name for name in ("Torres", "De Pauw", "Thakkar", "seed") if name in text]


@pytest.mark.parametrize(
    ("changes", "value"),
    [
        ({}, f"2{NARROW}421"),
        ({"value": "2.5", "decimals": "1"}, "2,5"),
        ({"value": "131000000000", "display": "compact"}, f"131{NO_BREAK}milliards"),
        ({"value": "42700000", "display": "compact", "decimals": "1"}, f"42,7{NO_BREAK}millions"),
        ({"value": "82", "display": "percent"}, f"82{NO_BREAK}%"),
        ({"value": "186000", "display": "currency", "unit": "EUR"}, f"186{NARROW}000{NO_BREAK}€"),
        ({"display": "words", "words": "about ten"}, "une dizaine de"),
    ],
)
def test_the_number_is_written_as_its_display_says(changes: dict[str, Any], value: str) -> None:
    words = french("En 2023, {value}.", **{"about ten": "une dizaine de"})
    shown = view(words, **changes)
    assert (shown.value, shown.statement) == (value, Text(f"En 2023, {value}.", "fr"))


def test_a_sentence_without_translation_keeps_english_numbers() -> None:
    shown = view(Words("fr"))
    assert shown.statement == Text("In 2023 it received 2,421 reports.", "en")
    assert shown.value == f"2{NARROW}421"


def test_words_of_an_untranslated_sentence_stay_english_too() -> None:
    words = Words("fr", site={("figures.reports-2023.words", "about ten"): "une dizaine de"})
    shown = view(words, display="words", words="about ten")
    assert shown.statement == Text("In 2023 it received about ten reports.", "en")


def test_a_changed_english_sentence_makes_the_translation_missing() -> None:
    shown = view(french("En 2023, {value} signalements."), statement="In 2023 {value} reports came in.")
    assert shown.statement == Text("In 2023 2,421 reports came in.", "en")


@pytest.mark.parametrize(
    ("changes", "period"),
    [
        ({"period": "2023"}, "2023"),
        ({"period": "2021-11"}, "novembre 2021"),
        ({"period": "2019/2021"}, "2019–2021"),
        ({"period": None, "as_of": "2021-11-18"}, "le 18 novembre 2021"),
        ({"period": None, "as_of": "2022-05"}, "en mai 2022"),
        ({"period": "2020", "period_note": "lockdown weeks only"}, "2020 (lockdown weeks only)"),
        ({"period": None, "period_note": "2022 or 2023"}, "2022 or 2023"),
        ({"period": None}, ""),
    ],
)
def test_the_time_of_a_figure_is_told(changes: dict[str, Any], period: str) -> None:
    assert view(Words("fr", FRENCH), **changes).period == period


@pytest.mark.parametrize(
    ("status", "notice"),
    [
        ("current", ""),
        ("historical", ""),
        ("superseded", "A newer figure exists; this one is kept for its date."),
        ("disputed", "Sources disagree on this figure."),
    ],
)
def test_a_doubtful_figure_carries_its_doubt(status: str, notice: str) -> None:
    shown = view(status=status)
    assert (shown.status, shown.notice) == (status, notice)


def test_a_figure_is_due_for_review_the_day_after_its_date() -> None:
    item = figure(review_after="2026-06-30")
    assert [needs_review(item, day) for day in ("2026-06-30", "2026-07-01")] == [False, True]
    assert needs_review(figure(), "2999-01-01") is False
    assert is_publishable(item, "2026-07-01") is True


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"value": "2 421"}, '"value": "2 421" is not a number'),
        ({"value": "2,421"}, '"value": "2,421" is not a number'),
        ({"value": "-3"}, '"value": "-3" is not a number'),
        ({"value": "1e9"}, '"value": "1e9" is not a number'),
        ({"value": "NaN"}, '"value": "NaN" is not a number'),
        ({"value": "２４"}, '"value": "２４" is not a number'),
        ({"statement": "No number."}, '"statement": must hold {value} exactly once'),
        ({"statement": "{value} and {value}"}, '"statement": must hold {value} exactly once'),
        ({"statement": "{value} {value.__class__}"}, '"statement": must hold {value} exactly once'),
        ({"display": "Percent"}, '"display" cannot be "Percent"'),
        ({"words": "about ten"}, '"words": stands beside a number'),
        ({"period": "2023/2021"}, '"period": "2023/2021" is not a period'),
        ({"period": "2021/2022-03"}, '"period": "2021/2022-03" is not a period'),
        ({"superseded_by": ["reports-2034"]}, 'figure "reports-2034" does not exist'),
    ],
)
def test_each_fault_has_its_own_words(changes: dict[str, Any], fault: str) -> None:
    [problem] = parse_figures(document("figures", {**FIGURE, **changes}))[1]
    assert (problem.rule, problem.message) == ("data-invalid", fault)


def test_an_unknown_figure_is_found_where_it_is_named() -> None:
    text = "figures: []\nseries:\n  - {id: reports, title: Reports, unit: reports, figures: [cf-2021]}"
    [problem] = parse_figures(parse_yaml(text, "content/data/figures.yml"))[1]
    assert str(problem) == (
        'content/data/figures.yml:3:60: error: figure "cf-2021" does not exist [data-invalid]\n'
        "    fix: name a figure of this file"
    )


def test_an_unknown_figure_is_answered_with_the_nearest() -> None:
    [problem] = parse_figures(document("figures", {**FIGURE, "supersedes": ["reports-203"]}))[1]
    assert problem.hint == 'did you mean "reports-2023"? name a figure of this file'


def test_a_broken_figure_is_told_once_and_not_again_by_the_series_that_holds_it() -> None:
    text = document("figures", {**FIGURE, "unit": ""})
    whole = {**text.value, "series": [{"id": "s", "title": "T", "unit": "u", "figures": ["reports-2023"]}]}
    problems = parse_figures(dataclasses.replace(text, value=whole))[1]
    assert [problem.message for problem in problems] == ['"unit": is empty']


CLAIM = {
    "id": "asks-more",
    "topic": "asks",
    "text": "It asks for more.",
    "as_of": "2020-02",
    "attributed_to": "NCA",
    "source": SOURCE,
    "assembled": "2026-11-21",
}


def test_a_claim_is_told_with_its_day_and_its_author() -> None:
    words = Words(
        "fr",
        FRENCH,
        {
            ("claims.asks-more.text", "It asks for more."): "Elle demande plus.",
            ("claims.attributed_to", "NCA"): "la NCA",
        },
    )
    shown = present_claim(registry("claims", CLAIM).claims["asks-more"], words)
    assert (shown.statement, shown.as_of) == (Text("Elle demande plus.", "fr"), "en février 2020")
    assert (shown.attributed_to, shown.source.publisher) == (Text("la NCA", "fr"), "Child Focus")


def test_a_date_of_the_registry_is_told_in_the_language() -> None:
    record = {
        "id": "day",
        "date": "11-18",
        "recurs": "yearly",
        "statement": "{date} is the day.",
        "source": SOURCE,
        "assembled": "2026-11-21",
    }
    dates = registry("dates", record).dates
    assert [present_date(dates["day"], language) for language in ("fr", "nl", "en")] == [
        "18 novembre",
        "18 november",
        "18 November",
    ]


def test_a_chart_shows_qualifiers_notes_and_each_source_once() -> None:
    first = {
        **FIGURE,
        "id": "a",
        "period": "",
        "as_of": "2021-11-18",
        "qualifier": "more_than",
        "display": "compact",
        "value": "9000000",
    }
    records = [
        {key: value for key, value in first.items() if value},
        {**FIGURE, "id": "b"},
        {**FIGURE, "id": "c", "confidence": "low"},
    ]
    figures = registry("figures", *records).figures
    document_ = parse_yaml(
        "series: [{id: s, title: Notices, unit: notices, figures: [a, b, c], notes: {b: the unit changes}, remark: Compare with care.}]",
        "f.yml",
    )
    series = parse_figures(document_)[0].series["s"]
    chart = present_chart(series, figures, Words("fr", FRENCH))
    assert chart.points == (
        ChartPoint("novembre 2021", f"plus de 9{NO_BREAK}millions", 9_000_000.0, ""),
        ChartPoint("2023", f"2{NARROW}421", 2421.0, "the unit changes"),
    )
    assert (chart.title, chart.unit, len(chart.source)) == (Text("Notices", "en"), "notices", 1)
    assert chart.remark == Text("Compare with care.", "en")


def test_translators_get_every_text_of_the_registry() -> None:
    result = registry("figures", {**FIGURE, "display": "words", "words": "many", "period_note": "part of it"})
    assert list(figure_messages(result)) == [
        ("figures.reports-2023.statement", "In 2023 it received {value} reports."),
        ("figures.reports-2023.words", "many"),
        ("figures.period_note", "part of it"),
        ("sources.publisher", "Child Focus"),
    ]
