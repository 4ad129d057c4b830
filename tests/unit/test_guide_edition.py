"""A guide in one language: what is translated, what stays as it was written, and every way through it."""

from __future__ import annotations

from pathlib import Path

import pytest

from balise.extraction import updated_catalogues
from balise.guide_edition import guide_in, paths
from balise.guides.graph import see
from balise.guides.model import Guide
from balise.project import Project, load_project
from support.guides import GUIDE, advice, changed, guide_of, nodes, outcome, project_of, question, translate

PLACES = {"Where did you see it?": "Waar zag u het?", "On a page": "Op een pagina", "Elsewhere": "Elders"}
REPORT = {
    "Report it": "Meld het",
    "Close the page.": "Sluit de pagina.",
    "Report it.": "Meld het.",
    "Never copy it.": "Kopieer het nooit.",
    "Somebody reads your report.": "Iemand leest uw melding.",
}


def translated(root: Path, texts: dict[str, str], text: str = GUIDE) -> Project:
    """Return a project whose guide has these texts in Dutch."""
    project_of(root, text)
    return translate(root, texts)


def dutch(project: Project) -> Guide:
    return guide_in(project, project.guides["help"], "nl")


def test_a_guide_in_its_own_language_is_the_guide_itself(tmp_path: Path) -> None:
    project = project_of(tmp_path)
    assert guide_in(project, project.guides["help"], "en") == project.guides["help"]


def test_a_guide_without_translations_is_as_it_was_written(tmp_path: Path) -> None:
    project = project_of(tmp_path)
    assert dutch(project) == project.guides["help"]


def test_texts_are_translated_and_what_is_missing_stays_as_it_was_written(tmp_path: Path) -> None:
    found = dutch(translated(tmp_path, PLACES)).nodes["where"]
    assert found.title == "Waar zag u het?"
    assert [(answer.say, answer.go) for answer in found.answers] == [
        ("Op een pagina", "breathe"),
        ("In a chat", "talk"),
        ("Elders", "report"),
    ]


def test_the_name_of_the_guide_and_the_question_of_its_first_page_are_apart(tmp_path: Path) -> None:
    texts = {"Something happened": "Er is iets gebeurd", "What now": "Wat nu", "What has happened?": "Wat is er?"}
    found = dutch(translated(tmp_path, texts))
    assert (found.title, found.short, found.description) == (
        "Er is iets gebeurd",
        "Wat nu",
        "A few questions, and what to do.",
    )
    assert (found.nodes["what"].title, found.nodes["what"].text[:15]) == ("Wat is er?", "Take your time.")


def test_a_guide_without_a_short_name_has_none_in_other_languages(tmp_path: Path) -> None:
    texts = {"Something happened": "Er is iets gebeurd"}
    found = dutch(translated(tmp_path, texts, changed(("  short: What now\n", ""))))
    assert (found.title, found.short) == ("Er is iets gebeurd", "Er is iets gebeurd")


def test_a_critical_node_that_is_whole_is_translated(tmp_path: Path) -> None:
    found = dutch(translated(tmp_path, REPORT)).nodes["report"]
    assert (found.title, *found.do, *found.never, *found.next) == tuple(REPORT.values())


@pytest.mark.parametrize("missing", REPORT)
def test_a_critical_node_that_lacks_one_text_is_whole_in_the_language_it_was_written_in(
    missing: str, tmp_path: Path
) -> None:
    texts = {source: words for source, words in REPORT.items() if source != missing}
    found = dutch(translated(tmp_path, texts)).nodes["report"]
    assert (found.title, *found.do, *found.never, *found.next) == tuple(REPORT)


def test_a_critical_node_with_one_stale_text_is_whole_in_the_language_it_was_written_in(tmp_path: Path) -> None:
    translated(tmp_path, REPORT)
    path = tmp_path / "content/guides/help.yml"
    path.write_text(path.read_text("utf-8").replace("Never copy it.", "Never copy or show it."), "utf-8")
    for file in updated_catalogues(load_project(tmp_path), ["nl"]):
        file.path.write_text(file.text, "utf-8")
    assert "Kopieer het nooit." in (tmp_path / "locales/nl/guides/help.po").read_text("utf-8")
    found = dutch(load_project(tmp_path)).nodes["report"]
    assert (found.title, found.do) == ("Report it", ("Close the page.", "Report it."))
    assert found.never == ("Never copy or show it.",)


def test_texts_that_hold_nothing_to_translate_stay_in_their_place(tmp_path: Path) -> None:
    text = changed(
        ("say: On a page", 'say: "116 000"'), (", On a page]", ', "116 000"]'), ("[Call.]", "['112', Call., '{{ phone(\"be-line\") }}', Go.]")
    )  # fmt: skip
    found = dutch(translated(tmp_path, {"Elsewhere": "Elders", "Call.": "Bel.", "Go.": "Ga."}, text))
    assert [answer.say for answer in found.nodes["where"].answers] == ["116 000", "In a chat", "Elders"]
    assert found.nodes["talk"].do == ("112", "Bel.", '{{ phone("be-line") }}', "Ga.")


def test_a_text_over_several_lines_is_translated(tmp_path: Path) -> None:
    text = changed(("text: Sit down first.", "text: Sit down\n      first."))
    assert dutch(translated(tmp_path, {"Sit down first.": "Ga eerst zitten."}, text)).nodes["breathe"].text == (
        "Ga eerst zitten."
    )


def test_every_way_to_an_outcome_stands_once_in_the_order_of_the_answers() -> None:
    assert list(paths(guide_of(GUIDE), 100)) == [
        ("what", "where", "breathe", "report"),
        ("what", "where", "talk"),
        ("what", "where", "report"),
        ("what", "talk"),
    ]


@pytest.mark.parametrize("limit", [-1, 0, 1, 3, 4, 5])
def test_no_more_ways_are_given_than_asked_for(limit: int) -> None:
    found = list(paths(guide_of(GUIDE), limit))
    assert found == list(paths(guide_of(GUIDE), 100))[: max(0, limit)]


def test_a_way_back_is_not_followed() -> None:
    guide = nodes(question("a", "b"), question("b", "a", "c"), advice("c", "b"), outcome("d"))
    assert list(paths(guide, 100)) == []
    guide = nodes(question("a", "b"), question("b", "a", "c", "d"), advice("c", "b"), outcome("d"))
    assert list(paths(guide, 100)) == [("a", "b", "d")]


def test_a_guide_with_more_ways_than_anyone_could_list_gives_the_first_ones() -> None:
    rows = [question(f"n{number}", f"n{number + 1}", f"m{number}") for number in range(60)]
    sides = [advice(f"m{number}", f"n{number + 1}") for number in range(60)]
    guide = nodes(question("a", "n0"), *rows, *sides, outcome("n60"))
    assert see(guide).walks["a"] == 2**60
    found = list(paths(guide, 500))
    assert (len(found), len(set(found))) == (500, 500)


def test_a_guide_whose_start_is_not_there_has_no_ways() -> None:
    guide = guide_of(GUIDE)
    assert list(paths(Guide(**{**vars(guide), "start": "gone"}), 10)) == []
