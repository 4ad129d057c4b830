"""A guide as a drawing for the eye, and as an outline for everyone else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from markupsafe import Markup

from balise.guides.graph import nearest_ways
from balise.guides.layout import LINE, PADDING, WIDTH, Box, Drawing, lay_out
from balise.guides.model import Guide, Kind

if TYPE_CHECKING:
    from balise.components import Words

_MARKDOWN = re.compile(r"\[([^\]]*)\]\([^)]*\)|[*_`]")
_LOOKS = {
    Kind.QUESTION: ("#ffffff", "#0b5557"),
    Kind.ADVICE: ("#f4eee3", "#5a544b"),
    Kind.OUTCOME: ("#e3efec", "#0b5557"),
}
"""Fill and edge of the boxes; the edge of an outcome is thicker, so that colour alone tells nothing."""


def draw_guide(guide: Guide, words: Words, name: str = "drawing") -> Markup:
    """Return a guide as inline SVG with a title and a description; `name` is what their ids begin with.

    It loads nothing and holds no script; `outline` says the same in words.
    """
    drawing = lay_out(guide)
    outcomes = sum(box.kind is Kind.OUTCOME for box in drawing.boxes.values())
    about = words.gettext(
        "A tree of {nodes} boxes from left to right, of which {outcomes} are ends. The list says the same."
    )
    head = Markup(
        '<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-labelledby="{}-title {}-about" lang="{}"'
        ' viewBox="-8 -8 {:g} {:g}" width="{:g}" font-family="system-ui, sans-serif" font-size="13">\n'
        '<title id="{}-title">{}</title>\n<desc id="{}-about">{}</desc>\n'
        '<rect x="-8" y="-8" width="100%" height="100%" fill="#fdfbf7"/>\n'
    ).format(
        name,
        name,
        words.language,
        drawing.width + 16,
        drawing.height + 16,
        drawing.width + 16,
        name,
        guide.title,
        name,
        about.format(nodes=len(drawing.boxes), outcomes=outcomes),
    )
    return head + Markup("").join((*_lines(drawing), *map(_box, drawing.boxes.values()), Markup("</svg>\n")))


def _lines(drawing: Drawing) -> Iterator[Markup]:
    """Yield the lines between boxes; those across the tree are dashed."""
    for routes, dash in ((drawing.lines, ""), (drawing.across, ' stroke-dasharray="4 4" opacity=".45"')):
        for start, end in routes:
            one, other = drawing.boxes[start], drawing.boxes[end]
            x1, y1 = one.x + WIDTH, one.y + one.height / 2
            x2, y2 = other.x, other.y + other.height / 2
            bend = (x1 + x2) / 2 if x2 > x1 else x1 + 40
            path = f"M{x1:g} {y1:g}C{bend:g} {y1:g} {min(bend, x2 - 20):g} {y2:g} {x2:g} {y2:g}"
            yield Markup(f'<path d="{path}" fill="none" stroke="#5a544b"{dash}/>\n')  # noqa: S704 - numbers


def _box(box: Box) -> Markup:
    fill, edge = _LOOKS[box.kind]
    thick = 2.5 if box.kind is Kind.OUTCOME else 1
    pieces = [
        Markup(
            '<g><rect x="{:g}" y="{:g}" width="{}" height="{:g}" rx="8" fill="{}" stroke="{}" stroke-width="{:g}"/>\n'
        ).format(box.x, box.y, WIDTH, box.height, fill, edge, thick)
    ]
    y = box.y + PADDING - 4
    for lines, look in (
        (box.said, 'fill="#5a544b" font-style="italic"'),
        (box.title, 'fill="#23201c" font-weight="600"'),
    ):
        for line in lines:
            y += LINE
            pieces.append(
                Markup('<text x="{:g}" y="{:g}" {}>{}</text>\n').format(box.x + PADDING, y, Markup(look), plain(line))  # noqa: S704
            )
    return Markup("").join((*pieces, Markup("</g>\n")))


def plain(text: str) -> str:
    """Return an inline Markdown text without its marks and the targets of its links."""
    return _MARKDOWN.sub(lambda match: match[1] or "", text)


def outline(guide: Guide) -> list[str]:
    """Return a guide as lines of plain text, each node once, indented by its steps; others name it by its number.

    A node that only links in texts lead to begins a line of its own.
    """
    numbers = {name: number for number, name in enumerate(guide.nodes, 1)}
    lines: list[str] = []
    waiting: list[tuple[str, int, str]] = []
    seen: set[str] = set()
    reached = iter(nearest_ways(guide))
    while waiting or (first := next((name for name in reached if name not in seen), "")):
        name, depth, said = waiting.pop() if waiting else (first, 0, "")
        node = guide.nodes[name]
        lead = f"{plain(said)} → " if said else ""
        again = name in seen
        end = " ■" if node.kind is Kind.OUTCOME else ""
        mark = "…" if again else ""
        lines.append(f"{'  ' * depth}{lead}[{numbers[name]}] {plain(node.title)}{end}{mark}")
        if again:
            continue
        seen.add(name)
        on = [(answer.go, answer.say) for answer in node.answers] + ([(node.then, "")] if node.then else [])
        waiting += [(target, depth + 1, words) for target, words in reversed(on) if target in guide.nodes]
    return lines
