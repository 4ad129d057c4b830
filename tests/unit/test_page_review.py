"""Reviews of pages: when the next one is due, who is told that it is late, and what may not be claimed."""

from __future__ import annotations

from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from balise.catalogues import phrases_for
from balise.channel_words import role_name
from balise.components import render_component
from balise.page_review import ROLES, is_overdue, review_due
from balise.project import load_theme_catalogues
from balise.theme_view import Review
from support.commands import Outcome, Terminal
from support.projects import FOUND
from support.topics import HEAD, problems_of

PAGE = "content/help/found-images.md"


@pytest.mark.parametrize(
    ("meta", "due"),
    [
        ({}, ""),
        ({"reviewed": "2026-03-01"}, "2027-03-01"),
        ({"reviewed": "2028-02-29"}, "2029-02-28"),
        ({"reviewed": "2026-03-01", "next_review": "2026-09-01"}, "2026-09-01"),
        ({"next_review": "2026-09-01"}, "2026-09-01"),
    ],
)
def test_the_next_review_is_the_pages_own_or_twelve_months_later(meta: dict[str, str], due: str) -> None:
    assert review_due(meta) == due


@pytest.mark.parametrize(("today", "late"), [("2027-02-28", False), ("2027-03-01", False), ("2027-03-02", True)])
def test_a_page_is_late_from_the_day_after(today: str, late: bool) -> None:
    assert is_overdue({"reviewed": "2026-03-01"}, today) is late


def test_a_page_that_nobody_reviewed_is_never_late() -> None:
    assert is_overdue({}, "2999-01-01") is False


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        (
            "reviewed_by: law\n",
            "content/help/note.md:5:1: error: a role is named, and no day on which the page was reviewed [review-date]\n"
            "    fix: add `reviewed:` with the day of that review, or leave the role out",
        ),
        (
            "reviewed: 2026-03-01\nreviewed_by: Marie\n",
            f'content/help/note.md:6:14: error: "reviewed_by" is "Marie" [data-invalid]\n    fix: allowed: {", ".join(ROLES)}',
        ),
        (
            "reviewed: 2026-03-01\nnext_review: 2026-03-01\n",
            "content/help/note.md:6:14: error: the next review is on 2026-03-01, not after the last one on 2026-03-01"
            " [review-date]\n    fix: write a later day",
        ),
    ],
)
def test_front_matter_claims_no_review_that_has_no_date(tmp_path: Path, keys: str, expected: str) -> None:
    files = {"content/help/note.md": HEAD.removesuffix("---\n") + keys + "---\nLead.\n"}
    assert problems_of(tmp_path, "", files) == [expected]


def test_check_advises_on_a_late_review_and_a_build_says_nothing_of_it(terminal: Terminal) -> None:
    terminal.write({PAGE: FOUND.replace("type: situation", "type: situation\nreviewed: 2026-03-01")})
    ending = "0 errors in 9 pages (fr 3, nl 3, en 3).\n"
    late = terminal.balise("check", "--today", "2027-03-02")
    assert late == Outcome(
        0,
        f"{PAGE}:3:11: advice: the page should have been reviewed again by 2027-03-01; readers are told so [review-due]\n"
        "    fix: read it through, then set `reviewed` to that day\n",
        ending,
    )
    assert terminal.balise("check", "--today", "2027-03-01") == Outcome(0, "", ending)
    built = terminal.balise("build", "--today", "2027-03-02")
    assert (built.code, "advice" in built.out + built.err) == (0, False)


def box(review: Review) -> LexborHTMLParser:
    words = phrases_for("fr", "en", load_theme_catalogues(["fr"]), {})
    return LexborHTMLParser(render_component("review-box", words, review=review))


def facts(tree: LexborHTMLParser) -> list[tuple[str, str]]:
    """Return the labels of the box with their values."""
    return list(zip((n.text() for n in tree.css("dt")), (n.text() for n in tree.css("dd")), strict=True))


def test_the_box_says_when_and_in_which_role_and_what_comes_next() -> None:
    tree = box(Review("3 mars 2027", "un ou une juriste", "3 mars 2028"))
    assert facts(tree) == [
        ("Dernière relecture", "3 mars 2027"),
        ("Relue par", "un ou une juriste"),
        ("Prochaine relecture", "3 mars 2028"),
    ]
    assert tree.css(".doubt") == []


def test_readers_are_told_that_a_review_is_late_in_place_of_the_next_one() -> None:
    tree = box(Review("3 mars 2025", "", "3 mars 2026", overdue=True))
    assert facts(tree) == [("Dernière relecture", "3 mars 2025")]
    assert [node.text() for node in tree.css(".doubt")] == [
        "Cette page aurait dû être relue au plus tard le 3 mars 2026. Certaines informations ne sont peut-être plus à jour."
    ]


@pytest.mark.parametrize("role", ROLES)
def test_every_role_has_words_of_its_own(role: str) -> None:
    words = phrases_for("fr", "en", load_theme_catalogues(["fr"]), {})
    assert len(role_name(role, words)) > 8
    assert role_name(role, words) != role
