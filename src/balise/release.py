"""What a publisher has to confirm before a site goes out: what is shown that nobody has dialled, opened or read."""

from __future__ import annotations

from collections.abc import Iterable

from balise.page_review import is_overdue, review_due
from balise.problems import Location, Problem, error
from balise.project import Project


def check_release(project: Project, channels: Iterable[str], figures: Iterable[str], today: str) -> Iterable[Problem]:
    """Yield a problem for each channel and figure shown that needs a person, and for each page due for review.

    `channels` and `figures` are the ids of those that the published pages show; `today` is YYYY-MM-DD.
    """
    registries = project.registries
    for name in channels:
        if not registries.channels[name].checked:
            hint = 'dial the number and open the page, then add `checked: {on: "YYYY-MM-DD", by: "…"}`'
            yield error("channel-unchecked", f'channel "{name}" was never confirmed', registries.place(name), hint)
    for name in figures:
        figure = registries.figures.get(name)
        if figure and figure.review_after and figure.review_after < today:
            place = registries.places.get(f"figures.{name}", Location(f"{project.content}/data/figures.yml"))
            message = f'figure "{name}" should have been looked up again by {figure.review_after}'
            yield error("figure-review", message, place, "open its source; then write the new figure, or a later day")
    for page in (*project.pages.values(), *project.own.values()):
        if is_overdue(page.meta, today):
            message = f"the page should have been reviewed again by {review_due(page.meta)}"
            place = page.document.location("next_review" if "next_review" in page.meta else "reviewed")
            yield error("review-due", message, place, "read it through, then set `reviewed` to that day")
