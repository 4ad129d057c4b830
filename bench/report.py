"""Putting figures beside Hugo's and beside the bar, as one table."""

from __future__ import annotations

import gzip
import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bench.measure import Sample
from bench.subject import Subject

OURS, RIVAL = "balise", "hugo"
RATIOS: Mapping[str, str] = {RIVAL: "ours / Hugo", "hugo-section": "ours / Hugo, section"}
"""The builders that ours is divided by, with the heads of their columns; the bars are against the first."""
COLD, EDIT, SAME = "cold", "edit", "same"
BARS: Mapping[tuple[str, str], Mapping[int, float]] = {
    (COLD, "cpu"): {300: 0.8, 1000: 0.6, 3000: 0.4},
    (COLD, "wall"): {300: 1.0, 1000: 0.6, 3000: 0.4},
    (COLD, "peak"): {300: 0.6, 3000: 0.25},
    (EDIT, "cpu"): {300: 0.2, 1000: 0.08},
    (SAME, "cpu"): {300: 0.06, 1000: 0.02},
}
"""At most this many times the cold build of Hugo with its whole navigation, by pages in each language."""
SAVE_BAR = 0.25
"""Seconds from a saved file to the page served, at most; and less than Hugo's server takes."""
GROWTH_BAR = 1.05
"""Largest exponent of cold CPU time over pages, from 300 pages a language on."""
GROWTH_FROM = 300
GATE_AT = 300
"""Pages in each language for which the gate's bars hold."""
GATE_BARS: Mapping[tuple[str, str], float] = {(COLD, "cpu"): 6.0, (EDIT, "cpu"): 1.0, (COLD, "peak"): 286.0}
"""Most that `balise check` may take: seconds of processor time, and MiB of memory (300 MB)."""
ARTICLE_BAR = 20_000
"""Largest article, in bytes of HTML."""
_ROWS = (
    (COLD, "cpu", "cold build, CPU s"),
    (COLD, "wall", "cold build, wall s"),
    (COLD, "peak", "cold build, peak memory MiB"),
    (EDIT, "cpu", "one page edited, CPU s"),
    (EDIT, "wall", "one page edited, wall s"),
    (SAME, "cpu", "nothing changed, CPU s"),
    (SAME, "wall", "nothing changed, wall s"),
)
_ASSET = re.compile(r"<link\b[^>]*\bstylesheet\b[^>]*>|<script\b[^>]*\bsrc=[^>]*>")
_TARGET = re.compile(r"\b(?:href|src)=\"?([^\s\"'>]+)")


@dataclass(frozen=True)
class Weight:
    """What one page makes a reader fetch: bytes of HTML, and gzipped bytes of HTML, style sheets and scripts."""

    html: int
    gzipped: int


@dataclass
class Figures:
    """Everything one run measured; keys are pages in each language, the builder, and what was measured."""

    sizes: tuple[int, ...]
    titles: dict[str, str] = field(default_factory=dict)
    builds: dict[tuple[int, str, str], Sample] = field(default_factory=dict)
    savings: dict[tuple[int, str], float] = field(default_factory=dict)
    weights: dict[tuple[int, str], tuple[Weight, Weight]] = field(default_factory=dict)
    gates: dict[tuple[int, str], Sample] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Row:
    """A line of the table: a figure by builder, ours as a multiple of each of `RATIOS`, the bar, whether it is met."""

    label: str
    size: str
    values: Mapping[str, str]
    ratios: Mapping[str, str] = field(default_factory=dict)
    bar: str = ""
    met: str = ""


def weigh(subject: Subject) -> tuple[Weight, Weight]:
    """Return the weight of the edited article and of the home page in English, as built."""
    return _weigh(subject, subject.article("en")), _weigh(subject, subject.home("en"))


def _weigh(subject: Subject, name: str) -> Weight:
    path = subject.folder / name
    html = path.read_text("utf-8")
    top = subject.folder / Path(name).parts[0]
    files = [path, *(file for file in (_local(target, path, top) for target in _assets(html)) if file)]
    packed = sum(len(gzip.compress(file.read_bytes(), 9, mtime=0)) for file in dict.fromkeys(files))
    return Weight(len(path.read_bytes()), packed)


def _assets(html: str) -> Iterable[str]:
    """Yield the targets of a page's style sheets and scripts."""
    for tag in _ASSET.findall(html):
        found = _TARGET.search(tag)
        if found:
            yield found[1].partition("?")[0]


def _local(target: str, page: Path, top: Path) -> Path | None:
    """Return the file a page's target names; nothing for one on another host."""
    if "//" in target:
        return None
    path = top / target.lstrip("/") if target.startswith("/") else page.parent / target
    return path.resolve() if path.is_file() else None


def growth(figures: Figures, name: str) -> tuple[float, tuple[int, ...]] | None:
    """Return the exponent by which cold CPU time grows with pages, and the sizes it was taken from; at least two.

    Sizes from `GROWTH_FROM` on count; all of them where fewer than two are that large.
    """
    have = [size for size in figures.sizes if (size, name, COLD) in figures.builds]
    large = [size for size in have if size >= GROWTH_FROM]
    used = large if len(large) > 1 else have
    if len(used) < 2:
        return None
    points = [(math.log(size), math.log(figures.builds[size, name, COLD].cpu)) for size in used]
    middle_x = sum(x for x, _ in points) / len(points)
    middle_y = sum(y for _, y in points) / len(points)
    slope = sum((x - middle_x) * (y - middle_y) for x, y in points) / sum((x - middle_x) ** 2 for x, _ in points)
    return slope, tuple(used)


def table_rows(figures: Figures) -> list[Row]:
    """Return the table's lines."""
    rows = [
        row
        for measure, quantity, label in _ROWS
        for size in figures.sizes
        for row in (_build_row(figures, size, measure, quantity, label),)
        if row.values
    ]
    rows[len(figures.sizes) * 2 : len(figures.sizes) * 2] = [_rate_row(figures, size) for size in figures.sizes]
    return [
        *rows,
        *_gate_rows(figures),
        *_saving_rows(figures),
        *_growth_rows(figures),
        *_weight_rows(figures),
    ]


def _build_row(figures: Figures, size: int, measure: str, quantity: str, label: str) -> Row:
    digits = 0 if quantity == "peak" else 2
    values = {}
    for name in figures.titles:
        sample = figures.builds.get((size, name, measure))
        if sample:
            values[name] = f"{getattr(sample, quantity):.{digits}f}"
    ratios = {}
    ours = figures.builds.get((size, OURS, measure))
    for name in RATIOS:
        rival = figures.builds.get((size, name, COLD))
        if ours and rival:
            ratios[name] = getattr(ours, quantity) / getattr(rival, quantity)
    limit = BARS.get((measure, quantity), {}).get(size)
    if not limit:
        return Row(label, str(size), values, _multiples(ratios))
    met = _met(ratios[RIVAL] <= limit) if RIVAL in ratios else "not measured"
    return Row(label, str(size), values, _multiples(ratios), f"≤ {limit:g} ×", met)


def _met(is_met: bool) -> str:
    return "yes" if is_met else "**no**"


def _multiples(ratios: Mapping[str, float]) -> Mapping[str, str]:
    return {name: f"{ratio:.2f} ×" for name, ratio in ratios.items()}


def _divided(found: Mapping[str, float]) -> Mapping[str, str]:
    """Return our figure as a multiple of each rival's that was measured."""
    if OURS not in found:
        return {}
    return _multiples({name: found[OURS] / found[name] for name in RATIOS if name in found})


def _rate_row(figures: Figures, size: int) -> Row:
    rates = {
        name: size * 3 / figures.builds[size, name, COLD].wall
        for name in figures.titles
        if (size, name, COLD) in figures.builds
    }
    values = {name: f"{rate:.0f}" for name, rate in rates.items()}
    return Row("cold build, pages/s", str(size), values, _divided(rates))


def _gate_rows(figures: Figures) -> Iterable[Row]:
    """Yield what the gate takes, which no peer has: `balise check` cold, after an edit, and when nothing changed."""
    labels = {COLD: "gate, whole", EDIT: "gate, one page edited", SAME: "gate, nothing changed"}
    for kind, label in labels.items():
        for size in figures.sizes:
            sample = figures.gates.get((size, kind))
            for quantity, unit in (("cpu", "CPU s"), ("peak", "peak memory MiB")) if sample else ():
                value = getattr(sample, quantity)
                limit = GATE_BARS.get((kind, quantity)) if size == GATE_AT else None
                shown = {OURS: f"{value:.{0 if quantity == 'peak' else 2}f}"}
                bar, met = (f"≤ {limit:g}", _met(value <= limit)) if limit else ("", "")
                yield Row(f"{label}, {unit}", str(size), shown, {}, bar, met)


def _saving_rows(figures: Figures) -> Iterable[Row]:
    """Yield the time from saved to served, for the sizes it was measured at."""
    for size in sorted({size for size, _ in figures.savings}):
        found = {name: figures.savings[size, name] for name in figures.titles if (size, name) in figures.savings}
        ours, rival = found.get(OURS), found.get(RIVAL)
        met = "not measured"
        if ours is not None and rival is not None:
            met = _met(ours <= SAVE_BAR and ours < rival)
        values = {name: f"{seconds:.3f}" for name, seconds in found.items()}
        yield Row("saved to served, s", str(size), values, _divided(found), f"≤ {SAVE_BAR} s, < Hugo", met)


def _growth_rows(figures: Figures) -> Iterable[Row]:
    """Yield the growth exponent."""
    found = {name: result for name in figures.titles if (result := growth(figures, name))}
    if not found:
        return
    sizes = found[OURS][1] if OURS in found else ()
    counts = sizes and sizes[0] >= GROWTH_FROM
    met = _met(found[OURS][0] <= GROWTH_BAR) if counts else "sizes too small"
    span = f"{sizes[0]}-{sizes[-1]}" if sizes else ""
    values = {
        name: f"{slope:.2f}" + ("" if used == sizes else f" ({used[0]}-{used[-1]})")
        for name, (slope, used) in found.items()
    }
    yield Row("growth exponent of cold CPU", span, values, {}, f"≤ {GROWTH_BAR}", met)


def _weight_rows(figures: Figures) -> Iterable[Row]:
    """Yield what readers fetch: HTML of an article, and an article and the home page whole, gzipped."""
    for size in figures.sizes:
        weights = {name: figures.weights[size, name] for name in figures.titles if (size, name) in figures.weights}
        if not weights:
            continue
        html = {name: f"{article.html}" for name, (article, _) in weights.items()}
        met = _met(weights[OURS][0].html <= ARTICLE_BAR) if OURS in weights else "not measured"
        yield Row("article, bytes of HTML", str(size), html, {}, f"≤ {ARTICLE_BAR}", met)
        for label, place in (("article, bytes gzipped with CSS and JS", 0), ("home, bytes gzipped with CSS and JS", 1)):
            yield Row(label, str(size), {name: f"{pair[place].gzipped}" for name, pair in weights.items()})


def untried_bars(figures: Figures) -> list[str]:
    """Return the bars that this run has no size for."""
    labels = {(measure, quantity): label for measure, quantity, label in _ROWS}
    missing = [
        f"{labels[key].rpartition(' ')[0]} at 3 × {size} pages (bar: ≤ {limit:g} ×)"
        for key, limits in BARS.items()
        for size, limit in limits.items()
        if size not in figures.sizes
    ]
    if not any(size > GROWTH_FROM for size in figures.sizes):
        missing.append(f"growth exponent of cold CPU from {GROWTH_FROM} pages on (bar: ≤ {GROWTH_BAR})")
    return missing


def render_table(figures: Figures) -> str:
    """Return the table in Markdown, padded so that it can be read as it is."""
    head = ["", "pages × 3", *figures.titles.values(), *RATIOS.values(), "bar", "met"]
    lines = [
        [
            *(row.label, row.size),
            *(row.values.get(name, "–") for name in figures.titles),
            *(row.ratios.get(name, "") for name in RATIOS),
            *(row.bar, row.met),
        ]
        for row in table_rows(figures)
    ]
    widths = [max(len(line[place]) for line in (head, *lines)) for place in range(len(head))]
    left = (0, len(head) - 2, len(head) - 1)
    rule = ["-" * width if place in left else "-" * (width - 1) + ":" for place, width in enumerate(widths)]
    return "\n".join(_line(line, widths, left) for line in (head, rule, *lines))


def _line(cells: Sequence[str], widths: Sequence[int], left: Sequence[int]) -> str:
    padded = [
        cell.ljust(width) if place in left else cell.rjust(width)
        for place, (cell, width) in enumerate(zip(cells, widths, strict=True))
    ]
    return f"| {' | '.join(padded)} |"
