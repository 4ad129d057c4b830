"""The calls of content: what each shows, in each edition, and what each refuses."""

from dataclasses import replace
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from balise.calls import Calls
from balise.components import render_component
from balise.expand import CallError, Component
from balise.pipeline import edition_phrases
from balise.project import Project
from support.projects import CHANNELS, FIGURES, FORM, TODAY, load

CHANNELS_FILE = "channels are listed in content/data/channels.yml"
FIGURES_FILE = "figures are listed in content/data/figures.yml"
EXTRA_FIGURES = (
    FIGURES
    + """\
  - id: reports-2022
    value: "2013"
    unit: report
    topic: reports
    period: "2022"
    status: current
    display: plain
    statement: In 2022 the line received {value} reports.
    source: {publisher: The line, url: "https://line.example/2022", dated: "2023-05"}
    confidence: high
    assembled: "2026-11-21"
  - id: rumour
    value: "9999"
    unit: report
    topic: reports
    period: "2022"
    status: current
    display: plain
    statement: Someone says {value}.
    source: {publisher: Someone, url: "https://someone.example/", dated: "2023-05"}
    confidence: low
    assembled: "2026-11-21"
"""
)
CLAIM = """\
claims:
  - id: asks-more
    topic: asks
    text: It asks for more.
    as_of: "2020-02"
    attributed_to: NCA
    source: {publisher: NCA, url: "https://nca.example/", dated: "2020-02"}
    assembled: "2026-11-21"
"""


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    files = {"content/data/figures.yml": EXTRA_FIGURES, "content/data/channels.yml": CHANNELS + FORM}
    loaded = load(tmp_path_factory.mktemp("project"), files)
    assert loaded.problems == ()
    return loaded


def calls_of(project: Project, language: str = "en", *, today: str = TODAY, allow_stale: bool = False) -> Calls:
    return Calls(project, language, edition_phrases(project, language), today, allow_stale)


def refusal(calls: Calls, name: str, *args: object, **words: str) -> tuple[str, str, str]:
    with pytest.raises(CallError) as caught:
        calls.functions()[name](*args, **words)
    return caught.value.rule, caught.value.message, caught.value.hint


def texts(component: Component, selector: str) -> list[str]:
    return [node.text(strip=True) for node in LexborHTMLParser(str(component.block or component.inline)).css(selector)]


def test_a_channel_is_a_card_alone_and_a_link_in_a_sentence(project: Project) -> None:
    calls = calls_of(project, "fr")
    shown, view = calls.channel("be-line"), calls.view("be-line")
    assert shown.block == render_component("channel-card", calls.phrases, channel=view)
    assert shown.inline == render_component("channel-inline", calls.phrases, channel=view)
    assert texts(shown, "h3") == ["La ligne"]


def test_a_phone_number_is_a_link_with_the_owners_spelling(project: Project) -> None:
    shown = calls_of(project).phone("be-line")
    link = LexborHTMLParser(str(shown.inline)).css_first("a")
    assert (shown.block, link.attributes["href"], link.text()) == (None, "tel:116000", "116\xa0000")


def test_channels_for_a_need_come_by_country_the_sites_own_first(project: Project) -> None:
    groups = calls_of(project).groups(("immediate-danger",))
    assert [
        (group.country, group.name, group.is_default, [view.id for view in group.channels]) for group in groups
    ] == [
        ("BE", "Belgium", True, ["be-112"]),
        ("FR", "France", False, ["fr-112"]),
    ]


def test_a_channel_for_two_needs_is_shown_once(project: Project) -> None:
    groups = calls_of(project).groups(("talk", "image-found"))
    assert [view.id for view in groups[0].channels] == ["be-line", "be-web"]


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ({"for": "talk"}, ["The line"]),
        ({"country": "FR"}, ["Emergency 112"]),
        ({"kind": "hotline"}, ["The form"]),
        ({"country": "BE", "kind": "helpline"}, ["The line"]),
        ({"for": "image-found", "country": "BE"}, ["The form", "The line"]),
    ],
)
def test_channels_are_chosen_by_need_country_and_kind(
    project: Project, words: dict[str, str], names: list[str]
) -> None:
    assert texts(calls_of(project).functions()["channels"](**words), "h3") == names


def test_the_directory_shows_every_channel_that_may_be_shown_and_no_other(project: Project) -> None:
    html = str(calls_of(project).directory().block)
    assert [name in html for name in ("Emergency 112", "The line", "The form", "The new line")] == [
        True,
        True,
        True,
        False,
    ]


def test_a_link_leads_to_a_page_or_a_channels_website(project: Project) -> None:
    calls = calls_of(project)
    assert (calls.link("help/index"), calls.link("be-line")) == ("/help/index.md", "https://line.example/")


def test_a_figure_brings_its_source_along(project: Project) -> None:
    calls = calls_of(project)
    shown = calls.figure("reports-2023")
    assert [(source.publisher, source.dated) for source in calls.sources.values()] == [("The line", "May 2024")]
    key = next(iter(calls.sources))
    assert f"@@source:{key}@@" in str(shown.inline)
    assert str(shown.inline).startswith("In 2023 the line received 2,421 reports.")


def test_a_claim_is_a_paragraph_alone_and_words_in_a_sentence(tmp_path: Path) -> None:
    calls = calls_of(load(tmp_path, {"content/data/figures.yml": FIGURES + CLAIM}))
    shown = calls.claim("asks-more")
    assert str(shown.block) == f"<p>{shown.inline}</p>"
    assert not str(shown.inline).startswith("<p")
    assert "It asks for more." in str(shown.inline)


@pytest.mark.parametrize(("language", "number"), [("en", "2,421"), ("fr", "2\u202f421"), ("nl", "2.421")])
def test_a_number_is_spelled_as_the_language_does(project: Project, language: str, number: str) -> None:
    calls = calls_of(project, language)
    assert str(calls.number("reports-2023").inline).startswith(f"{number}<sup")  # type: ignore[union-attr]
    assert calls.number(2421) == number


@pytest.mark.parametrize(
    ("language", "day", "month"),
    [
        ("en", "1 March 2024", "May 2024"),
        ("fr", "1er mars 2024", "mai 2024"),
        ("nl", "1 maart 2024", "mei 2024"),
    ],
)
def test_a_date_is_spelled_as_the_language_does(project: Project, language: str, day: str, month: str) -> None:
    calls = calls_of(project, language)
    assert [calls.date("2024-03-01"), calls.date("2024-05"), calls.date("2024")] == [day, month, "2024"]


def test_conditions_ask_for_the_edition_and_the_country(project: Project) -> None:
    calls = calls_of(project, "fr")
    assert [calls.edition("fr"), calls.edition("nl"), calls.country("BE"), calls.country("FR")] == [
        True,
        False,
        True,
        False,
    ]


@pytest.mark.parametrize(
    ("name", "argument", "expected"),
    [
        ("channel", "be-lin", ("channel-unknown", 'channel "be-lin" does not exist', f'did you mean "be-line"? {CHANNELS_FILE}')),
        ("channel", "zz", ("channel-unknown", 'channel "zz" does not exist', CHANNELS_FILE)),
        ("phone", "be-new", (
            "channel-unconfirmed",
            'channel "be-new" is unconfirmed and never shown',
            "confirm it by dialling or opening it, and note that in the registry; or use another channel",
        )),
        ("phone", "be-web", ("channel-no-phone", 'channel "be-web" has no phone number', "use channel(…) or link(…)")),
        ("link", "be-112", ("channel-no-url", 'channel "be-112" has no web address', "use channel(…) or phone(…)")),
        ("link", "help/indexx", (
            "link-unknown",
            '"help/indexx" is neither a page nor a channel',
            'did you mean "help/index"? give a page such as help/sextortion, or a channel of the registry',
        )),
        ("figure", "reports-2025", ("figure-unknown", 'figure "reports-2025" does not exist', f'did you mean "reports-2023"? {FIGURES_FILE}')),
        ("number", "rumour", ("figure-low", 'figure "rumour" is of low confidence and never shown', "find a better source, or use another figure")),
        ("claim", "x", ("claim-unknown", 'claim "x" does not exist', "claims are listed in content/data/figures.yml")),
        ("chart", "x", ("series-unknown", 'series "x" does not exist', "series are listed in content/data/figures.yml")),
        ("term", "x", ("term-unknown", 'term "x" does not exist', "terms are listed in content/data/terms.yml")),
        ("date", "eu-day", ("date-unknown", 'date "eu-day" does not exist', "dates are listed in content/data/figures.yml; or write YYYY-MM-DD")),
        ("date", "2023-02-30", ("date-invalid", '"2023-02-30" is no day of the calendar', "write YYYY-MM-DD")),
        ("date", "2023-13", ("date-invalid", '"2023-13" is no day of the calendar', "write YYYY-MM-DD")),
        ("edition", "french", ("call-arguments", '"french" is no language', "write a code such as fr, nl or fr-BE")),
        ("country", "be", ("call-arguments", '"be" is no country', "write an ISO code such as BE, FR or NL")),
    ],
)  # fmt: skip
def test_what_does_not_exist_or_may_not_be_shown_is_refused(
    project: Project, name: str, argument: str, expected: tuple[str, str, str]
) -> None:
    assert refusal(calls_of(project), name, argument) == expected


def test_channels_refuses_unknown_words_and_needs_and_an_empty_answer(project: Project) -> None:
    calls = calls_of(project)
    needs = ", ".join(project.registries.needs)
    assert refusal(calls, "channels", where="BE", who="me") == (
        "call-arguments",
        "channels() does not take where, who",
        "it takes: for, country, kind",
    )
    assert refusal(calls, "channels", **{"for": "tlk"}) == (
        "need-unknown",
        'need "tlk" does not exist',
        f'did you mean "talk"? needs: {needs}',
    )
    assert refusal(calls, "channels", country="NL") == (
        "channels-none",
        "no channel may be shown for this call",
        "widen the call, or add a channel to the registry",
    )


def test_an_expired_channel_is_refused_unless_old_facts_are_allowed(project: Project) -> None:
    assert refusal(calls_of(project, today="2027-05-22"), "phone", "be-line") == (
        "channel-expired",
        'channel "be-line" expired on 2027-05-21',
        "check the channel, then set `checked` and `expires` in the registry; or build with --allow-stale",
    )
    assert calls_of(project, today="2027-05-21").view("be-line").expired is False
    assert calls_of(project, today="2027-05-22", allow_stale=True).view("be-line").expired is True


def test_every_call_of_the_calls_has_a_docstring_for_the_authors_reference(project: Project) -> None:
    functions = calls_of(project).functions()
    assert [name for name, function in functions.items() if not function.__doc__] == []
    assert sorted(functions) == sorted(
        "channel channels phone link figure number claim date chart term edition country compare_channels report_sheet offline".split()
    )


ECHOES = {
    "channels": [("channel", ("zz",)), ("phone", ("zz",)), ("channels", ()), ("link", ("zz",))],
    "figures": [(name, ("zz",)) for name in ("figure", "number", "claim", "chart", "date")],
    "terms": [("term", ("zz",))],
}


@pytest.mark.parametrize(
    ("file", "name", "arguments"),
    [(file, name, arguments) for file, calls in ECHOES.items() for name, arguments in calls],
)
def test_what_is_missing_from_a_file_with_problems_is_an_echo_and_of_another_file_is_not(
    project: Project, file: str, name: str, arguments: tuple[str, ...]
) -> None:
    def echo(*faulty: str) -> bool:
        registries = replace(project.registries, channels={}, faulty=frozenset(faulty))
        with pytest.raises(CallError) as caught:
            calls_of(replace(project, registries=registries)).functions()[name](*arguments)
        return caught.value.echo

    assert (echo(), echo(file), echo(*(ECHOES.keys() - {file}))) == (False, True, False)


def test_what_may_not_be_shown_is_no_echo_whatever_the_file_is_like(project: Project) -> None:
    registries = replace(project.registries, faulty=frozenset(["channels", "figures", "terms"]))
    calls = calls_of(replace(project, registries=registries))
    for name, argument in (("phone", "be-new"), ("phone", "be-web"), ("number", "rumour"), ("date", "2023-13")):
        with pytest.raises(CallError) as caught:
            calls.functions()[name](argument)
        assert not caught.value.echo


def test_hints_name_the_content_folder_as_the_project_does(project: Project) -> None:
    calls = calls_of(replace(project, content="texts"))
    assert refusal(calls, "figure", "zz")[2] == "figures are listed in texts/data/figures.yml"
