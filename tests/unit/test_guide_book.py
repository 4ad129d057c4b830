"""The book of all paths: what is proved stands first, then every page and every path; it loads nothing."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser, LexborNode

from balise import guide_book
from balise.calls import Calls
from balise.guide_book import Book
from balise.guide_check import around
from balise.guides.proof import prove
from balise.pipeline import edition_phrases
from balise.project import Project, load_project
from support.commands import REPOSITORY
from support.guides import GUIDE, changed, project_of, translate
from support.projects import TODAY

NAMES = ("something-happened", "under-18", "first-24-hours")
CALM = changed(("    critical: yes\n", ""))


def book_of(project: Project, language: str = "en", name: str = "help") -> Book:
    """Return the book of a guide in a language."""
    calls = Calls(project, language, edition_phrases(project, language), TODAY)
    return Book(project.guides[name], calls)


def tree_of(project: Project, language: str = "en", name: str = "help") -> LexborHTMLParser:
    return LexborHTMLParser(book_of(project, language, name).render())


def words(node: LexborNode | None) -> str:
    assert node is not None
    return " ".join(node.text().split())


def table(tree: LexborHTMLParser) -> list[list[str]]:
    """Return the rows of the proof, cell by cell."""
    found = tree.css("table")[0].css("tbody tr")
    return [[words(cell) for cell in row.css("th, td")] for row in found]


def entry(tree: LexborHTMLParser, number: int) -> LexborNode:
    """Return the section of a node."""
    return next(node for node in tree.css("section.node") if node.css(f"#n{number}"))


@pytest.fixture(scope="module")
def reference() -> Project:
    return load_project(REPOSITORY)


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return project_of(tmp_path, CALM)


def test_the_proof_and_the_signatures_stand_on_the_first_page_before_everything_else(project: Project) -> None:
    tree = tree_of(project)
    headings = [(words(node), "new" in (node.attributes.get("class") or "")) for node in tree.css("h1, h2")]
    assert headings == [
        ("Something happened", False),
        ("What is proved", False),
        ("Read and approved", False),
        ("The whole guide at a glance", True),
        ("Every page", True),
        ("Every path", True),
    ]


def test_the_head_says_whose_book_it_is_in_which_language_and_from_which_day(project: Project) -> None:
    assert (
        words(tree_of(project).css_first("h1 + p")) == "The book of all paths · English · Test site · 21 November 2026"
    )


def test_the_proof_is_a_row_for_each_country_and_audience_of_the_edition(project: Project) -> None:
    assert table(tree_of(project)) == [
        ["Belgium", "parent", "5", "3", "3", "2", "0"],
        ["Belgium", "adult", "5", "3", "3", "2", "0"],
        ["France", "parent", "5", "4", "3", "2", "0"],
        ["France", "adult", "5", "4", "3", "2", "0"],
    ]


@pytest.mark.parametrize("name", NAMES)
def test_the_counts_in_the_books_of_the_reference_site_are_those_of_the_proof(name: str, reference: Project) -> None:
    guide = reference.guides[name]
    rows, problems = prove(guide, around(reference, guide, TODAY))
    assert problems == ()
    assert [row[1:] for row in table(tree_of(reference, "fr", name))] == [
        [row.reader.audience, *map(str, (row.nodes, row.walks, row.longest, row.outcomes, row.violations))]
        for row in rows
        if row.reader.language == "fr"
    ]


def test_a_guide_without_a_problem_says_what_that_means(project: Project) -> None:
    tree = tree_of(project)
    assert words(tree.css_first("p.good")).startswith(
        "No problem is open. For every reader below: each answer leads on"
    )
    assert tree.css("p.bad") == []


def test_open_problems_are_counted_and_listed_with_their_places(tmp_path: Path) -> None:
    tree = tree_of(project_of(tmp_path))
    assert words(tree.css_first("p.bad")) == "2 problems are open."
    assert [words(item) for item in tree.css("p.bad + ul li")] == [
        f'content/guides/help.yml:26:5: critical "report" is not translated into {tag}'
        f" (for BE {tag} parent, BE {tag} adult, FR {tag} parent and 1 more)"
        for tag in ("fr", "nl")
    ]
    assert tree.css("p.good") == []


def test_one_open_problem_is_counted_as_one(tmp_path: Path) -> None:
    text = changed(("Call.", "TODO call."), ("    critical: yes\n", ""))
    assert words(tree_of(project_of(tmp_path, text)).css_first("p.bad")) == "1 problem is open."


def test_many_open_problems_are_cut_short(tmp_path: Path) -> None:
    never = ", ".join(f"TODO {number}" for number in range(14))
    text = changed(("    critical: yes\n", ""), ("[Never copy it.]", f"[{never}]"))
    tree = tree_of(project_of(tmp_path, text))
    assert words(tree.css_first("p.bad")) == "14 problems are open."
    assert [words(item) for item in tree.css("p.bad + ul li")][11:] == [
        'content/guides/help.yml:26:5: "report" is not finished: never-12 holds a note',
        "…",
    ]


def test_a_guide_with_a_route_to_nothing_is_printed_and_says_so(tmp_path: Path) -> None:
    text = changed(
        ("    critical: yes\n", ""),
        ("Elsewhere, go: report", "Elsewhere, go: repotr"),
        ("I want to *talk*, go: talk", "I want to *talk*, go: tlak"),
        ("then: report", "then: nothing"),
    )
    tree = tree_of(project_of(tmp_path, text))
    assert [words(item) for item in entry(tree, 1).css("li")] == ["I saw a picture → 2", "I want to talk → ?"]
    assert [words(item) for item in entry(tree, 2).css("li")] == [
        "On a page → 3",
        "Only in: France In a chat → 5",
        "Elsewhere → ?",
    ]
    assert [words(item) for item in entry(tree, 3).css("li")] == ["→ ?"]
    assert len(tree.css("figure svg")) == 1


def test_each_node_stands_once_with_its_number_in_the_order_of_the_file(project: Project) -> None:
    assert [words(node) for node in tree_of(project).css("section.node h3")] == [
        "1 What has happened?",
        "2 Where did you see it?",
        "3 Take a breath",
        "4 Report it",
        "5 Talk to somebody",
    ]


def test_a_question_names_where_each_answer_leads_and_for_whom_it_is(project: Project) -> None:
    asked = entry(tree_of(project), 2)
    assert [words(item) for item in asked.css("li")] == [
        "On a page → 3",
        "Only in: France In a chat → 5",
        "Elsewhere → 4",
    ]
    assert [link.attributes["href"] for link in asked.css("a")] == ["#n3", "#n5", "#n4"]


def test_marks_in_answers_are_set(project: Project) -> None:
    assert (entry(tree_of(project), 1).css("li")[1].html or "").startswith("<li>I want to <em>talk</em> → ")


def test_a_link_in_a_text_to_a_node_names_its_number(project: Project) -> None:
    text = entry(tree_of(project), 1).css_first("p")
    assert words(text) == "Take your time. You can talk to somebody [5] first."
    assert text is not None
    assert [(link.text(), link.attributes["href"]) for link in text.css("a")] == [("[5]", "#n5")]


@pytest.mark.parametrize(
    "link, shown",
    [
        ("[a page](../help/found-images.md#do)", "Read a page."),
        ("[a node](#gone)", "Read a node."),
        ("![a *dot*](../assets/dot.png)", "Read a dot."),
        ("[a site](https://example.org/)", 'Read <a href="https://example.org/">a site</a>.'),
    ],
)
def test_what_paper_cannot_follow_or_load_is_words(link: str, shown: str, tmp_path: Path) -> None:
    text = changed(("    critical: yes\n", ""), ("text: Sit down first.", f"text: 'Read {link}.'"))
    paragraph = entry(tree_of(project_of(tmp_path, text)), 3).css_first("p")
    assert paragraph is not None
    assert paragraph.inner_html == shown


def test_an_outcome_says_what_to_do_and_who_helps_in_each_country(project: Project) -> None:
    end = entry(tree_of(project), 4)
    assert [words(node) for node in end.css("h4")] == [
        "What to do now",
        "What never to do",
        "What happens next",
        "Who can help",
    ]
    assert [words(node) for node in end.css("ol li, ul li")] == [
        "Close the page.",
        "Report it.",
        "Never copy it.",
        "Somebody reads your report.",
    ]
    assert [[words(cell) for cell in row.css("th, td")] for row in end.css("table tr")] == [
        ["Belgium", "The line (116 000); Emergency 112 (112)"],
        ["France", "Emergency 112 (112)"],
    ]


def test_calls_in_texts_are_filled(tmp_path: Path) -> None:
    text = changed(("    critical: yes\n", ""), ("do: [Call.]", "do: ['Call {{ phone(\"be-line\") }} now.']"))
    assert words(entry(tree_of(project_of(tmp_path, text)), 5).css_first("ol li")) == "Call 116 000 now."


def test_texts_are_in_the_language_of_the_book_and_the_rest_as_it_was_written(tmp_path: Path) -> None:
    project_of(tmp_path, CALM)
    tree = tree_of(translate(tmp_path, {"Elsewhere": "Elders", "Where did you see it?": "Waar zag u het?"}), "nl")
    asked = entry(tree, 2)
    assert words(asked.css_first("h3")) == "2 Waar zag u het?"
    assert [words(item) for item in asked.css("li")] == [
        "On a page → 3",
        "Alleen in: Frankrijk In a chat → 5",
        "Elders → 4",
    ]
    assert [row[0] for row in table(tree)] == ["België", "België", "Frankrijk", "Frankrijk"]
    assert words(entry(tree, 5).css_first("table tr")) == "BelgiëDe lijn (116 000)"


def test_every_path_is_listed_as_its_numbers_and_answers(project: Project) -> None:
    tree = tree_of(project)
    assert [words(item) for item in tree.css("ol.paths > li")] == [
        "1I saw a picture → 2On a page → 3 → 4Report it",
        "1I saw a picture → 2In a chat → 5Talk to somebody",
        "1I saw a picture → 2Elsewhere → 4Report it",
        "1I want to talk → 5Talk to somebody",
    ]
    assert "The first" not in words(tree.css_first("main"))


def test_more_paths_than_a_book_lists_are_said(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guide_book, "MOST_PATHS", 3)
    tree = tree_of(project)
    assert len(tree.css("ol.paths > li")) == 3
    assert "The first 3 paths; the proof counts all of them." in words(tree.css_first("main"))


def test_as_many_paths_as_a_book_lists_are_all(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guide_book, "MOST_PATHS", 4)
    assert "The first" not in words(tree_of(project).css_first("main"))


HOSTILE = '"><img src=x onerror=alert(1)><script>alert(2)</script>'


@pytest.mark.parametrize(
    "old",
    [
        "title: Something happened",
        "ask: What has happened?",
        "say: I saw a picture,",
        "say: In a chat,",
        "advise: Take a breath",
        "outcome: Talk to somebody",
        "text: Sit down first.",
        "do: [Call.]",
        "never: [Never wait.]",
        "next: [Somebody listens.]",
    ],
)
def test_hostile_words_in_a_guide_load_and_run_nothing(old: str, tmp_path: Path) -> None:
    key, _, rest = old.partition(": ")
    said = f"'{HOSTILE} Help'"
    new = f"{key}: [{said}]" if rest.startswith("[") else f"{key}: {said}" + ("," if rest.endswith(",") else "")
    text = CALM.replace(old, new).partition("walks:")[0]
    html = book_of(project_of(tmp_path, text)).render()
    tree = LexborHTMLParser(html)
    assert [node.tag for node in tree.css("script, img, iframe, object, embed, link")] == []
    assert not re.search(r"<[^>]*\son\w+\s*=", html)
    assert "Help" in html


def test_hostile_words_in_a_name_stay_words(tmp_path: Path) -> None:
    text = CALM.replace("outcome: Talk to somebody", f"outcome: '{HOSTILE}'").partition("walks:")[0]
    tree = tree_of(project_of(tmp_path, text))
    assert HOSTILE in words(entry(tree, 5).css_first("h3"))
    assert "alert(2)</script>" in words(tree.css("ol.paths > li")[-1])


@pytest.mark.parametrize("language", ["en", "fr", "nl"])
@pytest.mark.parametrize("name", NAMES)
def test_the_books_of_the_reference_site_load_nothing_and_lead_nowhere_else(
    name: str, language: str, reference: Project
) -> None:
    html = book_of(reference, language, name).render()
    tree = LexborHTMLParser(html)
    assert tree.css("script, img, iframe, link, object, embed, video, audio, source, form") == []
    assert "url(" not in html
    assert "@import" not in html
    assert tree.css("[src], [srcset], [style], use") == []
    ids = [node.attributes["id"] for node in tree.css("[id]")]
    assert len(ids) == len(set(ids))
    targets = {link.attributes["href"] or "" for link in tree.css("a")}
    assert {target for target in targets if not target.startswith("https://")} == {
        f"#n{number}" for number in range(2, len(reference.guides[name].nodes) + 1)
    }


@pytest.mark.parametrize("language", ["en", "fr", "nl"])
@pytest.mark.parametrize("name", NAMES)
def test_the_books_of_the_reference_site_are_complete(name: str, language: str, reference: Project) -> None:
    tree = tree_of(reference, language, name)
    guide = reference.guides[name]
    assert len(tree.css("section.node")) == len(guide.nodes)
    assert len(tree.css("figure svg")) == len(guide.nodes[guide.start].answers)
    assert [words(cell) for cell in tree.css(".helpers td") if not words(cell)] == []


def test_a_book_is_closed_where_it_is_opened(project: Project) -> None:
    html = book_of(project).render()
    for tag in ("main", "table", "ul", "ol", "li", "section", "figure", "svg", "h2", "h3", "p", "pre", "tr", "td"):
        opened = len(re.findall(rf"<{tag}[\s>]", html))
        assert (tag, opened) == (tag, html.count(f"</{tag}>"))


def test_the_same_guide_gives_the_same_bytes(tmp_path: Path) -> None:
    first = book_of(project_of(tmp_path / "one", GUIDE), "fr").render()
    assert first == book_of(project_of(tmp_path / "two", GUIDE), "fr").render()
