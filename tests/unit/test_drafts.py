"""What counts as a draft, what goes with one, and what is said about problems inside."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from balise.drafts import says_draft
from balise.project import Project, load_project
from balise.site import addresses
from support.projects import FOUND, INDEX, SITE, load, write_project

TOPIC = "---\ntype: topic\ntitle: A plan\ndescription: A page.\n{front}---\n\nText.\n"
DRAFT = TOPIC.format(front="draft: true\n")
OWN = "content/help/found-images.nl.md"
OWN_DRAFT = FOUND.replace("type: situation", "type: situation\ndraft: true")
CATALOGUE = "locales/nl/pages/help/found-images.po"
PO = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n'


def with_drafts(root: Path, files: Mapping[str, str | bytes | None]) -> Project:
    return load_project(write_project(root, files), drafts=True)


def shown(project: Project) -> list[str]:
    return [str(problem).split(" [")[0] for problem in project.problems]


@pytest.mark.parametrize(
    "front, draft",
    [
        ("draft: true\n", True),
        ("draft: yes\n", True),
        ('draft: "true"\n', True),
        ("draft: false\n", False),
        ("draft: no\n", False),
        ("noindex: yes\n", False),
    ],
)
def test_a_page_is_a_draft_when_its_front_matter_says_so(tmp_path: Path, front: str, draft: bool) -> None:
    project = load(tmp_path, {"content/help/plan.md": TOPIC.format(front=front)})
    assert ("help/plan" not in project.pages) is draft
    assert (project.left_out, project.problems) == (frozenset({"help/plan"} if draft else ()), ())


@pytest.mark.parametrize("front", ["draft: True\n", "draft:\n", "draft: on\n", "draft: maybe\n", "Draft: true\n"])
def test_a_page_that_may_have_been_meant_as_a_draft_stops_the_build(tmp_path: Path, front: str) -> None:
    project = load(tmp_path, {"content/help/plan.md": TOPIC.format(front=front)})
    assert "help/plan" not in project.pages
    assert [line.partition(":5:")[0] for line in shown(project)] == ["content/help/plan.md"]
    assert "error" in shown(project)[0]


@pytest.mark.parametrize(
    "text, draft",
    [
        ("---\ndraft: true\ntitle: a: b\n---\n", True),
        ("---\ndraft: 'yes'  # for now\n---\n", True),
        ("---\ndraft: true\ndraft: no\n---\n", False),
        ("---\n  draft: true\n---\n", False),
        ("---\ntitle: draft: true\n---\n", False),
        ("---\ntitle: x\n---\n\ndraft: true\n", False),
        ("draft: true\n", False),
    ],
    ids=["broken YAML", "quoted", "both", "inside something else", "in a title", "in the body", "no front matter"],
)
def test_a_page_that_cannot_be_read_can_still_say_that_it_is_a_draft(text: str, draft: bool) -> None:
    assert says_draft(text) is draft


@pytest.mark.parametrize(
    "text",
    [
        "---\ndraft: true\ntitle: a: b\n---\n",
        "---\ndraft: true\ntype: none\n---\n",
        "---\ndraft: true\ntype: topic\ntitle: Half\n---\n",
        "---\ndraft: true\n---\n",
        DRAFT + "\n# Level one\n\n<div>\n",
        DRAFT.replace("Text.", "TODO"),
    ],
    ids=["broken YAML", "unknown type", "no description", "no type", "faults in the body", "unfinished"],
)
def test_a_half_written_draft_stops_nothing(tmp_path: Path, text: str) -> None:
    project = load(tmp_path, {"content/help/plan.md": text})
    assert (project.problems, project.unread, project.left_out) == ((), frozenset(), frozenset({"help/plan"}))
    problems = with_drafts(tmp_path, {}).problems
    assert {problem.severity.value for problem in problems} <= {"advice"}
    assert bool(problems) is ("TODO" not in text)


def test_a_draft_of_a_languages_own_text_leaves_the_page_to_its_translation(tmp_path: Path) -> None:
    files = {OWN: OWN_DRAFT, CATALOGUE: PO}
    published = load(tmp_path, files)
    assert (dict(published.own), published.left_out, published.problems) == ({}, frozenset(), ())
    assert published.targets(published.pages["help/found-images"]) == ("fr", "nl")
    preview = with_drafts(tmp_path, files)
    assert (list(preview.own), preview.problems) == ([("nl", "help/found-images")], ())
    assert ("nl", "help/found-images") in preview.catalogues


def test_what_stands_beside_a_draft_goes_with_it(tmp_path: Path) -> None:
    files = {
        "content/help/plan.md": DRAFT,
        "content/help/plan.nl.md": TOPIC.format(front="colour: red\n"),
        "content/help/plan.fr.md": TOPIC.format(front=""),
        "locales/nl/pages/help/plan.po": "broken",
    }
    published = load(tmp_path, files)
    assert (dict(published.own), published.problems) == ({}, ())
    preview = with_drafts(tmp_path, files)
    assert list(preview.own) == [("fr", "help/plan")]
    assert [line.split(": ")[1] for line in shown(preview)] == ["advice", "advice"]


def test_problems_outside_drafts_keep_their_weight_in_the_preview(tmp_path: Path) -> None:
    files = {"content/help/plan.md": DRAFT, "content/help/other.md": TOPIC.format(front="colour: red\n")}
    assert with_drafts(tmp_path, files).problems == load(tmp_path, {}).problems != ()


def test_a_section_of_drafts_is_shown_last_until_it_is_listed(tmp_path: Path) -> None:
    files = {"content/new/index.md": DRAFT, "content/a/one.md": DRAFT, "content/help/plan.md": DRAFT}
    preview = with_drafts(tmp_path, files)
    assert (preview.site.sections, preview.problems) == (("help", "a", "new"), ())
    published = load(tmp_path, {})
    assert (published.site.sections, published.problems) == (("help",), ())


def test_a_section_with_a_published_page_still_has_to_be_listed(tmp_path: Path) -> None:
    files = {"content/new/index.md": DRAFT, "content/new/one.md": TOPIC.format(front="")}
    assert shown(with_drafts(tmp_path, files)) == [
        'content/site.yml:6:11: error: folder "new" is not in the navigation'
    ]


def test_a_section_whose_first_page_is_a_draft_is_named(tmp_path: Path) -> None:
    files = {"content/site.yml": SITE, "content/help/index.md": INDEX.replace("slug", "draft: true\nslug")}
    assert [str(problem).replace("\n    fix:", " | fix:") for problem in load(tmp_path, files).problems] == [
        'content/site.yml:6:12: error: page "help/index" is a draft [page-draft] | fix: publish it, or take the section'
        " out of `sections` until it is ready"
    ]


def test_a_draft_that_takes_the_place_of_a_page_has_the_problem(tmp_path: Path) -> None:
    files = {"content/help/a-new.md": TOPIC.format(front="draft: true\nslug: {fr: images-trouvees}\n")}
    _, _, problems = addresses(with_drafts(tmp_path, files))
    assert [(problem.location.path, problem.rule) for problem in problems] == [
        ("content/help/a-new.md", "address-twice")
    ]
