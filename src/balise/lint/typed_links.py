"""The links that an author typed into a page, with their places."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from balise.markdown import line_and_column
from balise.problems import Location

if TYPE_CHECKING:
    from balise.lint.sheet import Sheet


def typed_links(sheet: Sheet, *schemes: str) -> Iterator[tuple[str, Location]]:
    """Yield the targets of a page's links that begin with a scheme, each with its place.

    A translation has the links of its source, or it is refused: links are read once, in the language of the page.
    """
    page = sheet.page
    if page is None or sheet.is_translated:
        return
    for mark in page.cutting.links:
        target = mark.target
        if target.lower().startswith(schemes) and "{{" not in target:
            line, column = line_and_column(page.cutting.source, mark.start)
            yield target, Location(page.path, page.line(line), column)
