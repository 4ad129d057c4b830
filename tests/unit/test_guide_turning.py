"""Guides of a site that is started in another language: they read, lead and end as those they come from."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from balise import starter
from balise.catalogues import parse_catalogue
from balise.extraction import updated_catalogues
from balise.guide_check import prove_guides
from balise.guide_edition import guide_in
from balise.guides.model import Guide, Reader
from balise.guides.walk import walk
from balise.project import Project, load_project
from balise.source import load_yaml
from balise.starter import Wishes, write_starter
from support.commands import REPOSITORY
from support.guides import GUIDE, PATH, changed, project_of, translate
from support.projects import TODAY

EVERYWHERE = ("BE", "FR", "NL", "LU", "CA", "US", "GB", "IE", "CH")
NAMES = ("something-happened", "under-18", "first-24-hours")


@pytest.fixture(scope="module")
def reference() -> Project:
    return load_project(REPOSITORY)


@pytest.fixture(scope="module")
def dutch(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A site started in Dutch, with French and English beside it."""
    wishes = Wishes("Veilig online", ("nl", "fr", "en"), "nl", EVERYWHERE)
    return write_starter(tmp_path_factory.mktemp("turned") / "hulp", wishes)


def texts(guide: Guide) -> dict[str, list[str]]:
    """Return the texts of each node."""
    return {name: [" ".join(text.split()) for _, text in node.texts()] for name, node in guide.nodes.items()}


@pytest.mark.parametrize("name", NAMES)
def test_the_file_of_a_guide_is_what_the_dutch_edition_shows(name: str, dutch: Project, reference: Project) -> None:
    shown, turned = guide_in(reference, reference.guides[name], "nl"), dutch.guides[name]
    assert texts(turned) == texts(shown)
    assert (turned.title, turned.short, turned.description) == (shown.title, shown.short, shown.description)


@pytest.mark.parametrize("name", NAMES)
def test_what_no_reader_reads_stays(name: str, dutch: Project, reference: Project) -> None:
    def kept(project: Project) -> object:
        guide = project.guides[name]
        left_out = {"title", "text", "answers", "do", "never", "next", "place", "links"}
        nodes = [
            (
                {key: value for key, value in vars(node).items() if key not in left_out},
                [(item.go, item.when) for item in node.answers],
                [target for target, _ in node.links],
            )
            for node in guide.nodes.values()
        ]
        return guide.audiences, guide.start, guide.slug, guide.fallback, guide.loops, guide.order, nodes

    assert kept(dutch) == kept(reference)


@pytest.mark.parametrize("name", NAMES)
def test_example_walks_are_worded_in_dutch_and_end_where_they_say(
    name: str, dutch: Project, reference: Project
) -> None:
    guide = dutch.guides[name]
    said = {answer for example in reference.guides[name].walks for answer in example.answers}
    assert len(guide.walks) == len(reference.guides[name].walks)
    for example in guide.walks:
        reader = Reader(example.country or "BE", "nl", example.audience)
        assert (example.name, walk(guide, example.answers, reader).id) == (example.name, example.ends)
        assert not said & set(example.answers)


def test_the_turned_guides_are_proved_without_a_problem(dutch: Project) -> None:
    rows, problems = prove_guides(dutch, TODAY)
    assert [str(problem) for problem in problems] == []
    assert {row.violations for row in rows} == {0}
    assert {row.guide for row in rows} == set(NAMES)


def test_the_counts_of_the_proof_are_those_of_the_guides_they_come_from(dutch: Project, reference: Project) -> None:
    def counts(project: Project) -> dict[tuple[str, Reader], tuple[int, ...]]:
        rows, _ = prove_guides(project, TODAY)
        return {(row.guide, row.reader): (row.nodes, row.walks, row.longest, row.outcomes) for row in rows}

    assert counts(dutch) == counts(reference)


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("name", NAMES)
def test_the_catalogue_into_each_other_language_is_complete(
    name: str, language: str, dutch: Project, reference: Project
) -> None:
    path = dutch.guide_catalogue_path(language, name)
    entries = parse_catalogue(path.read_text("utf-8"), str(path))[0].entries
    assert [entry.id for entry in entries if not entry.translation or entry.fuzzy or entry.previous] == []
    assert texts(guide_in(dutch, dutch.guides[name], language)) == texts(
        guide_in(reference, reference.guides[name], language)
    )


def test_the_language_of_the_file_needs_no_catalogue(dutch: Project) -> None:
    assert not list((dutch.root / "locales/nl/guides").glob("*.po"))


def test_an_update_finds_nothing_to_change_in_turned_catalogues(dutch: Project) -> None:
    files = [
        file for file in updated_catalogues(dutch) if file.path.parts[-2] == "guides" and file.path.parts[-3] != "pages"
    ]
    assert len(files) == 6
    assert [file.path.name for file in files if file.path.read_text("utf-8") != file.text] == []


@pytest.mark.parametrize("name", NAMES)
def test_what_is_for_paper_is_in_dutch_too(name: str, dutch: Project, reference: Project) -> None:
    turned, source = dutch.guides[name], reference.guides[name]
    assert (turned.sheet is None, turned.corridor is None) == (source.sheet is None, source.corridor is None)
    if turned.sheet and source.sheet:
        assert not {turned.sheet.title, *turned.sheet.do, *turned.sheet.never} & {
            source.sheet.title,
            *source.sheet.do,
            *source.sheet.never,
        }
    if turned.corridor and source.corridor:
        assert turned.corridor.needs == source.corridor.needs
        assert not set(turned.corridor.say) & set(source.corridor.say)
        assert len(turned.corridor.ask_not) == len(source.corridor.ask_not)
        assert not set(turned.corridor.ask_not) & set(source.corridor.ask_not)


def test_a_guide_of_a_starter_without_its_translation_stays_as_it_was_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = changed(("    advise: Take a breath\n", "    advise: Take a breath # a remark\n"))
    project_of(tmp_path / "starter", text)
    translate(tmp_path / "starter", {"I saw a picture": "Ik zag een beeld"})
    monkeypatch.setattr(starter, "starter_folder", lambda: tmp_path / "starter")
    wishes = Wishes("Hulp", ("nl", "en"), "nl", ("BE", "FR"))
    project = write_starter(tmp_path / "hulp", wishes)
    written = load_yaml(tmp_path / "hulp" / PATH, tmp_path / "hulp").value
    expected = yaml.load(GUIDE.replace("I saw a picture", "Ik zag een beeld"), yaml.BaseLoader)
    assert written == expected
    assert project.guides["help"].walks[0].answers == ("Ik zag een beeld", "On a page")
