"""Markdown for the laws of units: the examples of the CommonMark specification, and nested documents made up."""

from __future__ import annotations

import re
from pathlib import Path

from hypothesis import strategies as st

from balise.markdown import render_markdown
from balise.units import cut_units, replace_units

COMMONMARK = Path(__file__).parents[1] / "data" / "commonmark"
_EXAMPLE = re.compile(r"^`{32} example\n(.*?)^\.\n(.*?)^`{32}$", re.MULTILINE | re.DOTALL)


def commonmark_examples() -> tuple[str, ...]:
    """Return the Markdown of the specification's examples, in order; number 1 stands at index 0."""
    text = (COMMONMARK / "spec.txt").read_text("utf-8")
    return tuple(source.replace("→", "\t") for source, _ in _EXAMPLE.findall(text))


def rendered(markdown: str) -> str:
    """Return the HTML with runs of white space as one space, without the ids that headings get."""
    html = re.sub(r'(<h[1-6]) id="[^"]*"', r"\1", render_markdown(markdown))
    html = re.sub(r"\s*<br ?/?>\s*", "<br>", html)
    return re.sub(r"\s+", " ", html).replace(" </", "</").strip()


def put_back(body: str) -> bytes:
    """Return the body from its units' own bytes and the bytes between them."""
    cutting, _ = cut_units(body)
    pieces, at = [], 0
    for unit in cutting.units:
        assert at <= unit.start < unit.end, "units overlap"
        pieces += [cutting.source[at : unit.start], cutting.source[unit.start : unit.end]]
        at = unit.end
    return b"".join([*pieces, cutting.source[at:]])


def with_own_texts(body: str) -> str:
    """Return the body with each unit replaced by its one-line text."""
    cutting, _ = cut_units(body)
    return replace_units(cutting, [unit.text for unit in cutting.units])


_WORDS = st.sampled_from(
    [
        "stop",
        "*now*",
        "**call**",
        "été",
        "`code`",
        "[help](a.md)",
        "![a photo](p.png)",
        '{{ phone("be-line") }}',
        "\\# no",
        "a_b",
        "H<sub>2</sub>O",
        "100 %",
        "<https://a.example/>",
        "~~gone~~",
        "it's",
        "\\*star",
        "&amp;",
        "two  spaces",
    ]
)
_LINE = st.lists(_WORDS, min_size=1, max_size=5).map(" ".join)
_INLINE = st.lists(_LINE, min_size=1, max_size=3).flatmap(
    lambda lines: st.lists(
        st.sampled_from(["\n", "  \n", "\\\n"]), min_size=len(lines) - 1, max_size=len(lines) - 1
    ).map(lambda breaks: "".join(a + b for a, b in zip(lines, [*breaks, ""], strict=True)))
)


def _indent(text: str, mark: str) -> str:
    """Return a block behind a list mark or a definition mark, its further lines indented."""
    first, *rest = text.split("\n")
    return "\n".join([mark + first, *(" " * len(mark) + line if line else "" for line in rest)])


def _quoted(text: str) -> str:
    return "\n".join(f"> {line}" if line else ">" for line in text.split("\n"))


def _listed(items: list[str], mark: str) -> str:
    return "\n".join(_indent(item, mark) for item in items)


def _table(rows: list[tuple[str, str]]) -> str:
    lines = ["| A | B |", "|---|:-:|", *(f"| {one} | {other} |" for one, other in rows)]
    return "\n".join(lines)


_CELL = _LINE.map(lambda text: text.replace("|", "\\|"))
_LEAF = st.one_of(
    _INLINE,
    st.builds(lambda level, text: "#" * level + " " + text, st.integers(2, 4), _LINE),
    st.builds(lambda text: f"{text}\n---", _LINE),
    st.just("```\n- code, no list\n```"),
    st.just("***"),
    st.lists(st.tuples(_CELL, _CELL), min_size=1, max_size=3).map(_table),
    st.builds(lambda term, text: f"{term}\n{_indent(text, ': ')}", _LINE, _LINE),
)


def _nest(blocks: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    some = st.lists(blocks, min_size=1, max_size=2).map("\n\n".join)
    return st.one_of(
        some.map(_quoted),
        some.map(lambda text: f"> [!NOTE]\n{_quoted(text)}"),
        st.lists(some, min_size=1, max_size=3).map(lambda items: _listed(items, "- ")),
        st.lists(some, min_size=1, max_size=3).map(lambda items: _listed(items, "1. ")),
    )


_BLOCKS = st.recursive(_LEAF, _nest, max_leaves=6)
_NOTES = st.lists(_INLINE, max_size=2).map(
    lambda texts: "".join(f"\n\nSee[^{n}].\n\n" + _indent(text, f"[^{n}]: ") for n, text in enumerate(texts, 1))
)


def documents() -> st.SearchStrategy[str]:
    """Return a strategy for nested documents with everything the recipe knows, footnotes at their end."""
    blocks = st.lists(_BLOCKS, min_size=1, max_size=5).map("\n\n".join)
    return st.builds(lambda text, notes: f"{text}{notes}\n", blocks, _NOTES)


_MARKS = st.sampled_from(
    [
        *(
            "12",
            "12 000",
            "000",
            "\u0665",
            "[x](u)",
            "[b c](../v.md#w)",
            "[l]({{ f(1) }})",
            '{{ g("](x") }}',
            "{{ f(1) }}",
        ),
        *(
            "*",
            "**",
            "_",
            "~~",
            "!",
            "[",
            "](u)",
            "[r]",
            "[^1]",
            "![",
            "{",
            "}}",
            "<b>",
            "&",
            "`",
            "\\",
            "@",
            "/",
            "www.",
        ),
    ]
)
_AROUND = st.sampled_from(["mot ", " ", "", ".", ",", "é", " (", "a_b", "- ", "1. ", "« "])


@st.composite
def pairs(draw: st.DrawFn) -> tuple[str, str]:
    """Return two texts that hold nearly the same marks, in any order among words."""
    marks = draw(st.lists(_MARKS, max_size=4))
    orders = (draw(st.permutations(marks)), draw(st.permutations(draw(st.sampled_from([marks, marks[1:]])))))
    one, other = ("".join(draw(_AROUND) + mark + draw(_AROUND) for mark in order) for order in orders)
    return one, other
