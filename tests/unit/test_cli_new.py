"""`balise new`: a page that is ready to be filled; `check` names each text that is still to be written, and no more."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from balise.cli.new import page_text
from balise.fields import Field
from balise.page import PageType, SectionRule, parse_page
from balise.problems import Problem
from support.commands import REPOSITORY, Outcome, Terminal
from support.projects import SITE, TOPIC

SITUATION_PAGE = """\
---
type: situation
title: Someone pretends to be me
description: TODO one sentence that says what this page gives
needs: [immediate-danger]
---

TODO one or two short sentences: first what helps, then why.

## Do {#do}

TODO write this section.
"""
LESSON = '---\nlabel: Lesson\nfields:\n  minutes: {kind: number, required: "yes"}\nsections:\n  goal: {required: "yes"}\n---\n{{ lead }}\n\n{{ rest() }}\n'


UNFINISHED = (
    "error: the text is unfinished: it holds TODO [unfinished]\n"
    "    fix: write the text, or add `draft: true` to the front matter until it is ready\n"
)


def read(terminal: Terminal, name: str) -> str:
    return (terminal.folder / name).read_text("utf-8")


def write_texts(terminal: Terminal, *names: str) -> None:
    """Put words in the place of every mark of an unfinished text."""
    terminal.write({name: read(terminal, name).replace("TODO", "Here is") for name in names})


def faults_of_a_new_page(
    page_type: PageType, name: str, title: str = ""
) -> tuple[tuple[Problem, ...], tuple[Problem, ...]]:
    """Return the problems of a page as it is written, and those once words stand in the place of each TODO."""
    text = page_text(page_type, name, title)
    types = {page_type.name: page_type}
    new = parse_page(text, f"content/{name}.md", name, types, "en")[1]
    return new, parse_page(text.replace("TODO", "Here is"), f"content/{name}.md", name, types, "en")[1]


def test_a_page_gets_the_fields_and_sections_of_its_type(terminal: Terminal) -> None:
    title = "Someone pretends to be me"
    outcome = terminal.balise("new", "page", "help/impersonation", "--type", "situation", "--title", title)
    assert outcome == Outcome(0, "content/help/impersonation.md\n", "")
    assert read(terminal, "content/help/impersonation.md") == SITUATION_PAGE


def test_a_new_page_has_nothing_to_mend_but_the_texts_to_be_written(terminal: Terminal) -> None:
    page = "content/help/lost-phone.md"
    terminal.balise("new", "page", "help/lost-phone")
    assert "title: Lost phone\n" in read(terminal, page)
    outcome = terminal.balise("check")
    assert (outcome.code, outcome.out) == (1, f"{page}:4:14: {UNFINISHED}{page}:7:1: {UNFINISHED}")
    write_texts(terminal, page)
    outcome = terminal.balise("check")
    assert (outcome.code, outcome.out) == (0, "")


def test_an_unfinished_page_is_never_published(terminal: Terminal) -> None:
    terminal.balise("new", "page", "help/lost-phone")
    assert terminal.balise("build").code == 1
    assert not (terminal.folder / "site").exists()


def test_a_lesson_has_the_type_lesson(terminal: Terminal) -> None:
    terminal.write({"templates/lesson.md": LESSON})
    assert terminal.balise("new", "lesson", "help/trust").code == 0
    assert read(terminal, "content/help/trust.md").splitlines()[1:6] == [
        "type: lesson",
        "title: Trust",
        "description: TODO one sentence that says what this page gives",
        "minutes: 50",
        "---",
    ]
    write_texts(terminal, "content/help/trust.md")
    assert terminal.balise("check").code == 0


def test_a_page_type_that_does_not_exist_gets_the_nearest(terminal: Terminal) -> None:
    outcome = terminal.balise("new", "page", "help/a", "--type", "topik")
    message = 'Error: page type "topik" does not exist; did you mean "topic"? page types: situation, topic'
    assert (outcome.code, outcome.err.splitlines()[-1]) == (2, message)


def test_a_page_that_is_there_is_never_overwritten(terminal: Terminal) -> None:
    before = read(terminal, "content/help/index.md")
    outcome = terminal.balise("new", "page", "help/index")
    assert (outcome.code, outcome.err.splitlines()[-1]) == (2, 'Error: "content/help/index.md" exists already')
    assert read(terminal, "content/help/index.md") == before


@pytest.mark.parametrize(
    "name",
    [
        "Help/Lost",
        "help/lost phone",
        "../outside",
        "/etc/passwd",
        "help//a",
        "help/a/b",
        "data/a",
        "assets/a",
        "a.nl",
        "",
    ],
)
def test_a_name_that_no_page_can_have_is_refused(terminal: Terminal, name: str) -> None:
    outcome = terminal.balise("new", "page", name)
    hint = "use lower-case letters, digits and hyphens, and one folder at most, as in help/lost-phone"
    assert (outcome.code, outcome.err.splitlines()[-1]) == (2, f'Error: "{name}" is not a page name; {hint}')


def test_the_path_may_be_typed_as_it_stands_on_disk(terminal: Terminal) -> None:
    assert terminal.balise("new", "page", "content/help/lost.md").out == "content/help/lost.md\n"


def test_a_new_folder_is_named_in_the_next_step(terminal: Terminal) -> None:
    outcome = terminal.balise("new", "page", "play/games")
    assert outcome == Outcome(
        0, "content/play/games.md\n", "Add play to `sections` in content/site.yml, and write play/index.md.\n"
    )
    terminal.balise("new", "page", "play/index")
    terminal.write({"content/site.yml": SITE.replace("[help]", "[help, play]")})
    write_texts(terminal, "content/play/games.md", "content/play/index.md")
    assert terminal.balise("check").code == 0


@pytest.fixture(scope="module")
def topic() -> PageType:
    return PageType("topic", "templates/topic.md", (), (SectionRule("lead", required=True),), TOPIC, 1)


@given(
    title=st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]) | st.just(" "), min_size=1, max_size=90)
)
@settings(max_examples=150, deadline=None)
@pytest.mark.parametrize("_", [None])
def test_any_title_survives_as_it_was_typed(_: None, topic: PageType, title: str) -> None:
    text = page_text(topic, "help/a", title)
    page, problems = parse_page(text, "content/help/a.md", "help/a", {"topic": topic}, "en")
    assert {problem.rule for problem in problems} == {"unfinished"}
    assert page is not None
    assert page.meta["title"] == (title.strip() or "A")


@pytest.mark.parametrize(
    "title", ['He said "no"', "Yes: no", "- a list", "# no heading", "'", "a #b", "what?", "null", "@x", "1: 2"]
)
def test_a_title_that_yaml_would_misread_is_quoted(topic: PageType, title: str) -> None:
    page, _ = parse_page(page_text(topic, "a", title), "content/a.md", "a", {"topic": topic}, "en")
    assert page is not None
    assert page.meta["title"] == title


@pytest.mark.parametrize("kind", ["text", "list", "number", "flag", "date"])
def test_every_kind_of_required_field_begins_with_a_value_that_passes(kind: str) -> None:
    page_type = PageType("t", "templates/t.md", (Field("extra", kind, required=True),), (), "", 1)
    new, written = faults_of_a_new_page(page_type, "a")
    assert ([problem.rule for problem in new], written) == (["unfinished", "unfinished"], ())


def test_each_page_type_of_the_reference_site_gives_a_page_that_lacks_only_its_texts() -> None:
    from balise.project import load_project

    types = load_project(REPOSITORY).types
    assert len(types) >= 7
    for page_type in types.values():
        new, written = faults_of_a_new_page(page_type, "help/new")
        assert (page_type.name, {problem.rule for problem in new}, written) == (page_type.name, {"unfinished"}, ())
