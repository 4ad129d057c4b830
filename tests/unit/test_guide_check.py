"""A guide against its project: registry, site.yml and catalogues have a say in whether it is sound."""

from __future__ import annotations

from pathlib import Path

import pytest

from balise.extraction import updated_catalogues
from balise.guide_check import prove_guides
from balise.pipeline import Options, compile_site
from balise.project import Project, load_project
from support.catalogue_text import entry, po
from support.guides import FILES, PATH, changed, project_of, shown
from support.projects import CHANNELS, TODAY

SITE = FILES["content/site.yml"]
ALONE = changed(("  fallback: [be-112, fr-112]\n", ""), ("when: {country: [FR]}", "when: {language: [fr]}"))
"""The guide for sites of one country, without channels that stand in for others."""
BELGIAN = SITE.replace("languages: [fr, nl, en]", "languages: [en, fr]").replace(
    "countries: [BE, FR]", "countries: [BE]"
)
ENGLISH = CHANNELS.replace("languages: [fr, nl]", "languages: [fr, en]")
"""Channels of which the line speaks every language of the Belgian site."""


def faults(project: Project, today: str = TODAY, *, translated: bool = False) -> list[str]:
    return shown(prove_guides(project, today, translated=translated)[1])


def no_channel(line: int, node: str, readers: str = "") -> str:
    return (
        f'{PATH}:{line}:5: error: outcome "{node}" has no channel to use{readers} [guide-channel]\n'
        "    fix: name another need, or declare a `fallback:` of channels"
    )


def test_a_sound_guide_is_proved_for_every_country_language_and_audience(tmp_path: Path) -> None:
    rows, problems = prove_guides(project_of(tmp_path), TODAY, translated=False)
    assert problems == ()
    assert [str(row.reader) for row in rows] == [
        f"{country} {language} {audience}"
        for country in ("BE", "FR")
        for language in ("fr", "nl", "en")
        for audience in ("parent", "adult")
    ]


def test_an_outcome_without_a_channel_in_one_language_names_that_language(tmp_path: Path) -> None:
    site = SITE.replace("countries: [BE, FR]", "countries: [BE]")
    readers = " (for BE en parent, BE en adult)"
    assert faults(project_of(tmp_path, ALONE, site=site)) == [
        no_channel(25, "report", readers),
        no_channel(32, "talk", readers),
    ]


def test_an_outcome_that_loses_its_only_channel_on_the_day_after_it_expires(tmp_path: Path) -> None:
    line = ENGLISH.index("  - id: be-line")
    expired = ENGLISH[:line] + ENGLISH[line:].replace('expires: "2027-05-21"', 'expires: "2026-11-20"', 1)
    project = project_of(tmp_path, ALONE, site=BELGIAN, channels=expired)
    assert faults(project, "2026-11-20") == []
    assert faults(project, "2026-11-21") == [no_channel(25, "report"), no_channel(32, "talk")]


def test_a_channel_that_nobody_has_confirmed_helps_nobody(tmp_path: Path) -> None:
    unconfirmed = ENGLISH.replace(
        "what_happens: [Someone listens.]\n    status: active",
        "what_happens: [Someone listens.]\n    status: unconfirmed",
    )
    project = project_of(tmp_path, ALONE, site=BELGIAN, channels=unconfirmed)
    assert faults(project) == [no_channel(25, "report"), no_channel(32, "talk")]


@pytest.mark.parametrize(
    "situation, site, channels",
    [
        ("not in site.yml", SITE.replace(", FR: fr-112", ""), CHANNELS),
        ("not confirmed", SITE, CHANNELS.replace("id: fr-112", "id: fr-000").replace("id: be-new", "id: fr-112")),
    ],
)
def test_a_country_without_an_emergency_number_is_named(
    situation: str, site: str, channels: str, tmp_path: Path
) -> None:
    text = changed(("[be-112, fr-112]", "[be-112, fr-000, fr-112]"))
    found = faults(project_of(tmp_path, text, site=site, channels=channels))
    assert [fault for fault in found if "guide-emergency" in fault] == [
        f"{PATH}:2:3: error: no emergency number of FR stands on every page"
        " (for FR fr parent, FR fr adult, FR nl parent and 3 more) [guide-emergency]\n"
        "    fix: add `FR` to `emergency` in site.yml"
    ]


def test_an_emergency_number_that_is_out_of_date_counts_as_none(tmp_path: Path) -> None:
    found = [fault for fault in faults(project_of(tmp_path), "2027-05-22") if "guide-emergency" in fault]
    assert [fault.partition(" stands")[0] for fault in found] == [
        f"{PATH}:2:3: error: no emergency number of BE",
        f"{PATH}:2:3: error: no emergency number of FR",
    ]


def with_dutch(root: Path, leave_out: str) -> Project:
    """Return a project whose guide is translated into Dutch and French but for one text that Dutch lacks."""
    project_of(root)
    for file in updated_catalogues(load_project(root)):
        file.path.parent.mkdir(parents=True, exist_ok=True)
        lines = file.text.split("\n")
        for index, line in enumerate(lines):
            source = lines[index - 1]
            is_left_out = source == f'msgid "{leave_out}"' and "/nl/" in str(file.path)
            if line == 'msgstr ""' and source != 'msgid ""' and not is_left_out:
                lines[index] = source.replace("msgid", "msgstr", 1)
        file.path.write_text("\n".join(lines), "utf-8")
    return load_project(root)


@pytest.mark.parametrize(
    "situation, text, found",
    [
        ("all is there", "", False),
        ("a text of a critical node is missing", "Never copy it.", True),
        ("its title is missing", "Report it", True),
        ("a text of another node is missing", "Never wait.", False),
    ],
)
def test_a_critical_text_that_an_edition_lacks_is_told(situation: str, text: str, found: bool, tmp_path: Path) -> None:
    expected = (
        f'{PATH}:26:5: error: critical "report" is not translated into nl (for BE nl parent, BE nl adult,'
        " FR nl parent and 1 more) [guide-untranslated]\n    fix: translate all of its texts"
    )
    project = with_dutch(tmp_path, text)
    assert faults(project, translated=True) == ([expected] if found else [])
    assert faults(project, translated=False) == []


def test_a_build_refuses_a_guide_that_is_not_proved(tmp_path: Path) -> None:
    project = project_of(tmp_path, changed(("(#talk)", "(#missing)")))
    assert shown(compile_site(project, Options(TODAY))[1]) == [
        f'{PATH}:12:11: error: a text of "what" links to "missing", which does not exist [guide-route]\n'
        "    fix: nodes: what, where, breathe, report, talk"
    ]


@pytest.mark.parametrize(
    "situation, pair, problem",
    [
        (
            "a start that is not there",
            ("start: what", "start: wat"),
            f'{PATH}:7:10: error: the guide starts at "wat", which does not exist [guide-route]\n'
            '    fix: did you mean "what"? nodes: what, where, breathe, report, talk',
        ),
        (
            "an answer to a node that is not there",
            ("Elsewhere, go: report", "Elsewhere, go: repotr"),
            f'{PATH}:21:9: error: the answer "Elsewhere" leads to "repotr", which does not exist [guide-route]\n'
            '    fix: did you mean "report"? nodes: what, where, breathe, report, talk',
        ),
        (
            "a question without answers",
            (
                "    advise: Take a breath\n    text: Sit down first.\n    then: report\n",
                "    ask: Are you well?\n    text: See [the end](#report).\n",
            ),
            f'{PATH}:22:5: error: "breathe" offers no answer [guide-answers]\n'
            "    fix: add an answer without a condition",
        ),
        (
            "advice that leads nowhere",
            ("    then: report\n", ""),
            f'{PATH}:22:5: error: advice "breathe" leads nowhere [guide-dead-end]\n'
            "    fix: add `then:` with the node that it leads on to",
        ),
        (
            "an answer that begins like a list",
            ("say: In a chat", "say: 1. In a chat"),
            f'{PATH}:20:9: error: the text "1. In a chat" begins like a list, a heading or another block [guide-text]\n'
            "    fix: begin it with a word",
        ),
    ],
)
def test_a_build_tells_a_broken_guide_and_does_not_break(
    situation: str, pair: tuple[str, str], problem: str, tmp_path: Path
) -> None:
    text = changed(pair)
    walk = text.index("walks:")
    assert shown(compile_site(project_of(tmp_path, text[:walk]), Options(TODAY))[1]) == [problem]


def test_a_catalogue_that_knows_another_node_stops_the_build(tmp_path: Path) -> None:
    project = project_of(tmp_path, nl=po(entry("Go.", "Ga.", "gone/aaaaaaaa")))
    assert shown(compile_site(project, Options(TODAY))[1]) == [
        'locales/nl/guides/help.po:5:1: error: the guide has no node "gone" [guide-id]\n'
        "    fix: give the node its old id again, or run `balise translate update`"
    ]


def test_a_project_without_guides_has_nothing_to_prove(tmp_path: Path) -> None:
    project_of(tmp_path)
    (tmp_path / PATH).unlink()
    assert prove_guides(load_project(tmp_path), TODAY) == ((), ())
