"""When a page was read through, in which role, and by which day it has to be read again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from balise.problems import Location, Problem, Severity, error

if TYPE_CHECKING:
    from balise.page import Page
    from balise.project import Project
    from balise.source import YamlDocument

ROLES = ("editor", "child-protection", "health", "law", "police-liaison", "teacher", "survivor-panel", "youth-panel")
"""In which role a page can be reviewed; the theme has words for each, and no person is named."""


def review_due(meta: Mapping[str, Any]) -> str:
    """Return the day (YYYY-MM-DD) by which a page has to be reviewed again; "" for one that was never reviewed.

    It is the page's own `next_review`, or twelve months after `reviewed`.
    """
    own, reviewed = str(meta.get("next_review", "")), str(meta.get("reviewed", ""))
    if own or not reviewed:
        return own
    day = f"{int(reviewed[:4]) + 1:04}{reviewed[4:]}"
    return f"{day[:4]}-02-28" if day.endswith("-02-29") else day


def is_overdue(meta: Mapping[str, Any], today: str) -> bool:
    """Tell whether the day of a page's next review has passed; on the day itself it has not."""
    due = review_due(meta)
    return bool(due) and due < today


def check_review(meta: Mapping[str, Any], document: YamlDocument) -> Iterable[Problem]:
    """Yield a problem for a role or a next review that the date of no review stands behind."""
    reviewed = meta.get("reviewed", "")
    if "reviewed_by" in meta and not reviewed:
        place = document.key_location("reviewed_by")
        hint = "add `reviewed:` with the day of that review, or leave the role out"
        yield error("review-date", "a role is named, and no day on which the page was reviewed", place, hint)
    if "next_review" in meta and meta["next_review"] <= reviewed:
        place = document.location("next_review")
        message = f"the next review is on {meta['next_review']}, not after the last one on {reviewed}"
        yield error("review-date", message, place, "write a later day")


def overdue_reviews(project: Project, today: str) -> Iterable[Problem]:
    """Yield advice for each page, and each text of its own, whose next review should have been before this day."""
    for page in (*project.pages.values(), *project.own.values()):
        if is_overdue(page.meta, today):
            message = f"the page should have been reviewed again by {review_due(page.meta)}; readers are told so"
            hint = "read it through, then set `reviewed` to that day"
            yield Problem(Severity.ADVICE, "review-due", message, _place(page), hint)


def _place(page: Page) -> Location:
    """Return the place of the key that says when the page was or is to be reviewed."""
    return page.document.location("next_review" if "next_review" in page.meta else "reviewed")
