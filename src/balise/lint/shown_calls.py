"""The calls in the texts of a page: which facts and channels they show, and where."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from balise.lint.plain_text import CALL

if TYPE_CHECKING:
    from balise.lint.sheet import Passage, Sheet

_CALL = re.compile(r"\{\{[ ]*(channel|phone|link|figure|number|claim|date|chart)\([ ]*[\"']([a-zA-Z0-9.-]+)[\"']")


class ShownCall(NamedTuple):
    """A call of a passage: its name, the id it is given, and where it stands in the passage's plain text."""

    passage: Passage
    name: str
    id: str
    start: int

    @property
    def is_alone(self) -> bool:
        """Tell whether the passage holds nothing but calls."""
        return not self.passage.text.replace(CALL, "").strip(" .")

    @property
    def sentence(self) -> tuple[int, int]:
        """Return where the sentence begins and ends that the call stands in."""
        sentences = self.passage.sentences
        found = next((one for one in sentences if one.start <= self.start < one.end), None)
        return (found.start, found.end) if found else (0, len(self.passage.text))


def shown_calls(sheet: Sheet) -> list[ShownCall]:
    """Return the calls of a page's texts with one id, in order."""
    found = sheet.memory.get("shown_calls")
    if not isinstance(found, list):
        found = sheet.memory["shown_calls"] = [one for passage in sheet.passages for one in _calls(passage)]
    return found


def _calls(passage: Passage) -> Iterator[ShownCall]:
    if "{{" not in passage.raw:
        return
    plain = passage.plain
    for match in _CALL.finditer(passage.raw):
        at = plain.text.find(CALL)
        while at >= 0 and plain.origin(at) != match.start():
            at = plain.text.find(CALL, at + 1)
        yield ShownCall(passage, match[1], match[2], max(at, 0))
