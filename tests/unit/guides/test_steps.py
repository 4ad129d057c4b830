"""The pages of a guide: one for each node, its texts cut into units that know their line in the guide's file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from balise.guides.model import ALWAYS, Condition, Kind, Step, step_page
from balise.guides.steps import guide_pages, load_guide_types
from balise.page import Page, page_messages
from balise.project import load_project
from support.guides import GUIDE, HEAD, PATH, changed, document_of, guide_of, project_of, shown

TYPES = load_guide_types()


def pages_of(text: str = GUIDE) -> dict[str, Page]:
    """Return the pages of a guide by the id of their node."""
    pages, problems = guide_pages(guide_of(text), document_of(text), TYPES, "en", ("BE", "FR"))
    assert problems == ()
    return {page.step.node: page for page in pages if page.step}


def test_the_theme_has_a_type_for_the_first_page_and_one_for_each_kind() -> None:
    kinds = ["advice", "corridor", "outcome", "question", "sheet", "start"]
    assert sorted(TYPES) == [f"guide-{kind}" for kind in kinds]


def test_the_first_page_is_the_guides_own_and_stands_first() -> None:
    later = HEAD + "  - {id: b, outcome: The end, next: [It ends.]}\n  - {id: a, ask: Which?, answers: []}\n"
    assert [page.id for page in pages_of(later).values()] == ["guides/help", "guides/help--b"]
    assert (step_page("help", "b", "a"), step_page("help", "a", "a")) == ("guides/help--b", "guides/help")


def test_each_node_is_a_page_of_its_type_in_the_order_of_the_file() -> None:
    assert [(page.id, page.type.name, page.key) for page in pages_of().values()] == [
        ("guides/help", "guide-start", f"{PATH}#what"),
        ("guides/help--where", "guide-question", f"{PATH}#where"),
        ("guides/help--breathe", "guide-advice", f"{PATH}#breathe"),
        ("guides/help--report", "guide-outcome", f"{PATH}#report"),
        ("guides/help--talk", "guide-outcome", f"{PATH}#talk"),
    ]


def test_a_page_knows_its_place_in_the_guide() -> None:
    shared: dict[str, Any] = {
        "guide": "help",
        "start": "what",
        "audiences": ("parent", "adult"),
        "fallback": ((), ("be-112", "fr-112")),
    }
    french = Condition(frozenset({"FR"}))
    assert [page.step for page in pages_of().values()] == [
        Step(node="what", kind=Kind.QUESTION, answers=(("where", ALWAYS), ("talk", ALWAYS)), left=3, **shared),
        Step(
            node="where",
            kind=Kind.QUESTION,
            answers=(("breathe", ALWAYS), ("talk", french), ("report", ALWAYS)),
            back="what",
            number=2,
            left=2,
            **shared,
        ),
        Step(node="breathe", kind=Kind.ADVICE, then="report", back="where", number=3, left=1, **shared),
        Step(node="report", kind=Kind.OUTCOME, back="where", number=3, **shared),
        Step(node="talk", kind=Kind.OUTCOME, back="what", number=2, **shared),
    ]


def test_a_nodes_own_fallback_comes_before_the_guides() -> None:
    step = pages_of(changed(("    needs: [talk]", "    fallback: [be-line]\n    needs: [talk]")))["talk"].step
    assert step
    assert step.fallback == (("be-line",), ("be-112", "fr-112"))


def test_the_first_page_has_the_guides_name_and_the_others_their_own() -> None:
    text = changed(("  start: what", "  start: what\n  order: 3\n  reviewed: 2026-01-31"))
    pages = pages_of(text)
    assert pages["what"].meta == {
        "type": "guide-start",
        "needs": (),
        "noindex": "no",
        "reviewed": "2026-01-31",
        "title": "Something happened",
        "short": "What now",
        "description": "A few questions, and what to do.",
        "slug": {"fr": "quoi", "nl": "wat"},
        "order": "3",
    }
    assert pages["talk"].meta == {
        "type": "guide-outcome",
        "needs": ("talk",),
        "noindex": "yes",
        "reviewed": "2026-01-31",
        "title": "Talk to somebody",
    }


@pytest.mark.parametrize(
    "node, texts",
    [
        (
            "what",
            [
                ("Something happened", 2, "front matter: title"),
                ("What now", 3, "front matter: short"),
                ("A few questions, and what to do.", 4, "front matter: description"),
                ("Take your time. You can [talk to somebody](#talk) first.", 12, "paragraph, lead"),
                ("What has happened?", 11, "heading, section answers"),
                ("I saw a picture", 14, "item, section answers"),
                ("I want to *talk*", 15, "item, section answers"),
            ],
        ),
        (
            "where",
            [
                ("Where did you see it?", 17, "front matter: title"),
                ("On a page", 19, "item, section answers"),
                ("In a chat", 20, "item, section answers"),
                ("Elsewhere", 21, "item, section answers"),
            ],
        ),
        (
            "breathe",
            [("Take a breath", 23, "front matter: title"), ("Sit down first.", 24, "paragraph, lead")],
        ),
        (
            "report",
            [
                ("Report it", 27, "front matter: title"),
                ("Close the page.", 29, "item, section do, critical"),
                ("Report it.", 29, "item, section do, critical"),
                ("Never copy it.", 30, "item, section never, critical"),
                ("Somebody reads your report.", 31, "item, section next, critical"),
            ],
        ),
    ],
)
def test_translators_get_every_text_of_a_node_with_its_line(node: str, texts: list[tuple[str, int, str]]) -> None:
    found = [(message.text, message.place.line, message.note) for message in page_messages(pages_of()[node])]
    assert found == texts


def test_a_text_folded_over_lines_is_one_line_for_translators() -> None:
    text = changed(("    text: Sit down first.", '    text: "Sit down\n      first."'))
    assert pages_of(text)["breathe"].cutting.texts == ("Sit down first.",)


@pytest.mark.parametrize("mark", ["- ", "1. ", "# ", "> ", "* ", "```", "[^1]: "])
def test_a_text_that_begins_like_another_block_is_told_and_kept_a_plain_one(mark: str) -> None:
    text = changed(("say: On a page", f'say: "{mark}On a page"'))
    pages, problems = guide_pages(guide_of(text), document_of(text), TYPES, "en", ("BE", "FR"))
    assert shown(problems) == [
        f'{PATH}:19:9: error: the text "{mark}On a page" begins like a list, a heading or another block [guide-text]\n'
        "    fix: begin it with a word"
    ]
    assert len(pages[1].cutting.units) == 3


@pytest.mark.parametrize("words", ["12 pictures", "*Now*", "« Ici »", "+32 is typed", "a - b", "(yes)", "#talk"])
def test_a_text_may_begin_with_a_number_or_a_sign(words: str) -> None:
    assert pages_of(changed(("say: On a page", f'say: "{words}"')))["where"].cutting.texts[0] == words


@pytest.mark.parametrize("name", ["Help.yml", "help.yaml", "inner/help.yml"])
def test_a_file_that_no_address_can_be_made_of_is_told(name: str, tmp_path: Path) -> None:
    project = project_of(tmp_path)
    (tmp_path / "content/guides" / name).parent.mkdir(exist_ok=True)
    (tmp_path / PATH).rename(tmp_path / "content/guides" / name)
    assert shown(load_project(project.root).problems) == [
        f'content/guides/{name}: error: "{name.rpartition("/")[2]}" is not the name of a guide [file-name]\n'
        "    fix: use lower-case letters, digits and hyphens, as in content/guides/first-help.yml"
    ]


def test_a_guide_that_starts_without_a_question_is_refused() -> None:
    text = changed(("  start: what\n", "  start: talk\n"))
    _, problems = guide_pages(guide_of(text), document_of(text), TYPES, "en", ("BE",))
    assert [str(problem) for problem in problems] == [
        'content/guides/help.yml:7:10: error: the guide starts at "talk", which asks nothing [guide-start]\n'
        "    fix: start at a node with `ask:`"
    ]
