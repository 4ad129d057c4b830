"""How the first list of a section is shown where its page type says so: as steps, as do or never, as a timeline."""

from __future__ import annotations

import re
from collections.abc import Mapping

LOOKS = ("steps", "do", "never", "timeline")
"""What `look:` of a page type's section may say; the theme's component `section-list` has the styles."""
_TAG = re.compile(r"<(/?)([a-z0-9]+)[^<>\"']*+(?:(?:\"[^\"]*+\"|'[^']*+')[^<>\"']*+)*+>")
"""A whole tag with its attributes, so that no value of one is taken for a tag."""
_NESTING = frozenset({"ol", "ul", "dl", "blockquote", "table", "div"})


def set_looks(html: str, looks: Mapping[str, str]) -> str:
    """Return cleaned HTML in which the first list of each of these sections has the class of its look.

    `looks` maps the id of a section's heading to a look. Lists inside others, or inside quotes and tables, stay as they
    are; a section that has no list, or is not there, stays too.
    """
    for name, look in looks.items():
        heading = f'<h2 id="{name}">'
        at = html.find(heading)
        place = _first_list(html, at + len(heading)) if at >= 0 else -1
        if place >= 0:
            # Browsers take a list without marks of its own for none, unless it says that it is one.
            html = f'{html[:place]} class="look-{look}"{html[place:]}'
    return html


def _first_list(html: str, start: int) -> int:
    """Return where the attributes of the first list begin that stands in nothing else; -1 where none does."""
    depth = 0
    for tag in _TAG.finditer(html, start):
        closes, name = tag[1], tag[2]
        if name == "h2" and not closes:
            return -1
        if name not in _NESTING:
            continue
        if closes:
            depth -= 1
        elif depth == 0 and name in ("ol", "ul"):
            return tag.end(2)
        else:
            depth += 1
        if depth < 0:
            return -1
    return -1
