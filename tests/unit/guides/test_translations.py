"""A guide's catalogue: one file whose texts are filed under their nodes, from which nothing a translator did is lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from balise.catalogues import Entry, parse_catalogue
from balise.extraction import templates, updated_catalogues
from balise.pipeline import Options, compile_site
from balise.project import Project, load_project
from support.catalogue_text import entry, po
from support.guides import GUIDE, PATH, changed, project_of, shown
from support.projects import TODAY

DUTCH = "locales/nl/guides/help.po"
BREATHE = (("breathe/title", "Take a breath", "Adem"), ("breathe/3coaopnc", "Sit down first.", "Ga zitten."))


def update(root: Path) -> dict[str, Entry]:
    """Bring the Dutch catalogues up to date, and return the guide's entries by id."""
    for file in updated_catalogues(load_project(root), ["nl"]):
        file.path.parent.mkdir(parents=True, exist_ok=True)
        file.path.write_text(file.text, "utf-8")
    return entries(root)


def entries(root: Path) -> dict[str, Entry]:
    found, problems = parse_catalogue((root / DUTCH).read_text("utf-8"), DUTCH)
    assert problems == ()
    return {item.id: item for item in found.entries if item.source}


def obsolete(root: Path) -> list[tuple[str, str]]:
    found, _ = parse_catalogue((root / DUTCH).read_text("utf-8"), DUTCH)
    return [(item.source, item.translation) for item in found.obsolete]


def translated(root: Path) -> dict[str, Entry]:
    """Write the small project with a Dutch catalogue in which every text is translated."""
    project_of(root)
    update(root)
    path = root / DUTCH
    lines = path.read_text("utf-8").split("\n")
    for index, line in enumerate(lines):
        if line == 'msgstr ""' and lines[index - 1] != 'msgid ""':
            lines[index] = lines[index - 1].replace('msgid "', 'msgstr "Nl ', 1)
    path.write_text("\n".join(lines), "utf-8")
    return entries(root)


def after(root: Path, *pairs: tuple[str, str]) -> dict[str, Entry]:
    """Return the entries of a translated guide after its file was changed and its catalogue brought up to date."""
    translated(root)
    (root / PATH).write_text(changed(*pairs), "utf-8")
    found = update(root)
    once = (root / DUTCH).read_bytes()
    update(root)
    assert (root / DUTCH).read_bytes() == once, "a second update changes what the first one wrote"
    return found


def test_a_guide_has_one_catalogue_whose_texts_are_filed_under_their_nodes(tmp_path: Path) -> None:
    project = project_of(tmp_path)
    paths = [file.path.relative_to(tmp_path).as_posix() for file in updated_catalogues(project, ["nl"])]
    assert [path for path in paths if "/guides/" in path] == ["locales/nl/pages/guides/index.po", DUTCH]
    assert [(name.partition("/")[0], item.source) for name, item in update(tmp_path).items()] == [
        ("guide", "Something happened"),
        ("guide", "What now"),
        ("guide", "A few questions, and what to do."),
        ("guide", "Take your time. You can [talk to somebody](#talk) first."),
        ("guide", "What has happened?"),
        ("guide", "I saw a picture"),
        ("guide", "I want to *talk*"),
        ("where", "Where did you see it?"),
        ("where", "On a page"),
        ("where", "In a chat"),
        ("where", "Elsewhere"),
        ("breathe", "Take a breath"),
        ("breathe", "Sit down first."),
        ("report", "Report it"),
        ("report", "Close the page."),
        ("report", "Report it."),
        ("report", "Never copy it."),
        ("report", "Somebody reads your report."),
        ("talk", "Talk to somebody"),
        ("talk", "Call."),
        ("talk", "Never wait."),
        ("talk", "Somebody listens."),
    ]


def test_an_entry_tells_where_its_text_stands_and_what_it_is(tmp_path: Path) -> None:
    project_of(tmp_path)
    update(tmp_path)
    assert (
        "#. item, section do, critical, node report\n"
        "#: content/guides/help.yml:29\n"
        'msgctxt "report/stugyiwh"\n'
        'msgid "Close the page."\n'
        'msgstr ""\n'
    ) in (tmp_path / DUTCH).read_text("utf-8")


def test_tools_outside_get_a_template_of_the_guide(tmp_path: Path) -> None:
    files = {file.path.relative_to(tmp_path).as_posix(): file.text for file in templates(project_of(tmp_path))}
    assert 'msgctxt "breathe/title"\nmsgid "Take a breath"\nmsgstr ""\n' in files["locales/templates/guides/help.pot"]
    assert not [path for path in files if "pages/guides/help" in path]


def test_a_second_update_changes_nothing(tmp_path: Path) -> None:
    before = translated(tmp_path)
    written = (tmp_path / DUTCH).read_bytes()
    assert update(tmp_path) == before
    assert (tmp_path / DUTCH).read_bytes() == written


def test_a_node_with_a_new_id_keeps_its_translations(tmp_path: Path) -> None:
    found = after(tmp_path, ("page, go: breathe", "page, go: inhale"), ("id: breathe", "id: inhale"))
    assert [(item.id, item.translation, item.fuzzy) for item in found.values() if "inhale/" in item.id] == [
        ("inhale/title", "Nl Take a breath", False),
        ("inhale/3coaopnc", "Nl Sit down first.", False),
    ]
    assert obsolete(tmp_path) == []


def test_a_node_that_moves_in_the_file_keeps_its_translations(tmp_path: Path) -> None:
    node = GUIDE[GUIDE.index("  - id: breathe") : GUIDE.index("  - id: report")]
    found = after(tmp_path, (node, ""), ("walks:", f"{node}walks:"))
    assert {name: item.translation for name, item in found.items()} == {
        name: f"Nl {item.source}" for name, item in found.items()
    }
    assert list(found)[-2:] == ["breathe/title", "breathe/3coaopnc"]


def test_another_start_keeps_the_translations_of_both_nodes(tmp_path: Path) -> None:
    found = after(tmp_path, ("start: what", "start: where"), ("Elsewhere, go: report", "Elsewhere, go: what"))
    assert {name: item.translation for name, item in found.items()} == {
        name: f"Nl {item.source}" for name, item in found.items()
    }


def test_a_text_that_moves_to_another_node_takes_its_translation_along(tmp_path: Path) -> None:
    found = after(tmp_path, ("    text: Sit down first.\n", ""), ("do: [Call.]", "do: [Sit down first., Call.]"))
    moved = [item for item in found.values() if item.source == "Sit down first."]
    assert [(item.id.partition("/")[0], item.translation, item.fuzzy) for item in moved] == [
        ("talk", "Nl Sit down first.", False)
    ]


def test_a_changed_text_keeps_its_translation_and_the_words_it_was_made_from(tmp_path: Path) -> None:
    found = after(tmp_path, ("Never copy it.", "Never copy it or send it on."))
    item = next(item for item in found.values() if item.source == "Never copy it or send it on.")
    assert (item.id, item.translation, item.previous) == ("report/tioqmncf", "Nl Never copy it.", "Never copy it.")


def test_a_changed_title_of_a_node_is_stale_too(tmp_path: Path) -> None:
    found = after(tmp_path, ("advise: Take a breath", "advise: Breathe"))
    item = found["breathe/title"]
    assert (item.source, item.translation, item.previous) == ("Breathe", "Nl Take a breath", "Take a breath")


def test_translations_of_a_node_that_is_gone_are_kept_at_the_end(tmp_path: Path) -> None:
    node = GUIDE[GUIDE.index("  - id: breathe") : GUIDE.index("  - id: report")]
    after(tmp_path, (node, ""), ("page, go: breathe", "page, go: report"))
    assert obsolete(tmp_path) == [("Take a breath", "Nl Take a breath"), ("Sit down first.", "Nl Sit down first.")]


def test_a_node_that_comes_back_finds_its_translations_again(tmp_path: Path) -> None:
    node = GUIDE[GUIDE.index("  - id: breathe") : GUIDE.index("  - id: report")]
    before = translated(tmp_path)
    (tmp_path / PATH).write_text(changed((node, ""), ("page, go: breathe", "page, go: report")), "utf-8")
    update(tmp_path)
    (tmp_path / PATH).write_text(GUIDE, "utf-8")
    found = update(tmp_path)
    assert {name: item.translation for name, item in found.items()} == {
        name: item.translation for name, item in before.items()
    }
    assert obsolete(tmp_path) == []


def test_two_translations_of_the_same_words_are_both_kept_when_their_nodes_go(tmp_path: Path) -> None:
    same = po(entry("Go.", "Ga.", "one/aaaaaaaa"), entry("Go.", "Vertrek.", "two/bbbbbbbb"))
    project_of(tmp_path, nl=same)
    update(tmp_path)
    assert obsolete(tmp_path) == [("Go.", "Ga."), ("Go.", "Vertrek.")]


def test_a_node_that_only_the_catalogue_knows_is_told_once_with_its_line(tmp_path: Path) -> None:
    known = [entry(source, text, name) for name, source, text in BREATHE]
    lost = [entry(source, text, name.replace("breathe", "breath")) for name, source, text in BREATHE]
    project = project_of(tmp_path, nl=po(*known, *lost))
    assert shown(project.problems) == [
        f'{DUTCH}:13:1: error: the guide has no node "breath" [guide-id]\n'
        '    fix: did you mean "breathe"? give the node its old id again, or run `balise translate update`'
    ]


def test_update_mends_a_catalogue_with_nodes_that_are_gone(tmp_path: Path) -> None:
    project_of(tmp_path, nl=po(entry("Sit down first.", "Ga zitten.", "breath/3coaopnc")))
    update(tmp_path)
    project = load_project(tmp_path)
    assert project.problems == ()
    assert entries(tmp_path)["breathe/3coaopnc"].translation == "Ga zitten."


def dutch_titles(project: Project) -> dict[str, list[tuple[str, str]]]:
    """Return the texts of each node's Dutch page with their language."""
    site, _ = compile_site(project, Options(TODAY))
    return {
        page.page.step.node: [
            (item.text, item.language) for item in (*page.shown.meta.values(), *page.shown.translations)
        ]
        for page in site.editions["nl"].pages.values()
        if page.page.step
    }


@pytest.mark.parametrize(
    "situation, pair",
    [
        ("a stale text", ("Never copy it.", "Never copy it or send it on.")),
        ("a stale title", ("outcome: Report it", "outcome: Report it now")),
        ("a text that is not translated", ("do: [Close the page.", "do: [Wash your hands., Close the page.")),
    ],
)
def test_a_critical_node_is_shown_whole_in_its_own_language_where_one_text_is_not_current(
    situation: str, pair: tuple[str, str], tmp_path: Path
) -> None:
    after(tmp_path, pair)
    texts = dutch_titles(load_project(tmp_path))["report"]
    assert {language for _, language in texts} == {"en"}
    assert not [text for text, _ in texts if text.startswith("Nl")]


def test_a_node_that_is_not_critical_shows_what_it_has(tmp_path: Path) -> None:
    after(tmp_path, ("do: [Call.]", "do: [Call., Ask.]"))
    found = dutch_titles(load_project(tmp_path))
    assert found["talk"] == [
        ("Nl Talk to somebody", "nl"),
        ("Nl Call.", "nl"),
        ("Ask.", "en"),
        ("Nl Never wait.", "nl"),
        ("Nl Somebody listens.", "nl"),
    ]
    assert {language for _, language in found["report"]} == {"nl"}
