"""Pairing today's source texts with the entries of a catalogue, by order, equality and likeness."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from difflib import SequenceMatcher
from itertools import repeat
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from balise.catalogues import Entry

SIMILAR_ENOUGH = 0.4
"""Share of words in common above which a unit and an entry in one gap are a pair; frozen by a golden test."""
MAX_STEPS = 5_000_000
"""Steps spent on pairing one catalogue by likeness; what is left then is new. A normal page takes under 100,000."""


class Match(NamedTuple):
    """How one unit of today's source meets the catalogue: its entry if there is one, and whether the text is equal."""

    entry: Entry | None
    equal: bool


def align_units(entries: Sequence[Entry], texts: Sequence[str]) -> tuple[Match, ...]:
    """Return for each source text its entry: by order and equal text, then moved text, then likeness within one gap.

    Pure, and the one way texts meet entries, for the build and for `update` alike.
    """
    sources = [entry.source for entry in entries]
    if sources == list(texts):
        return tuple(map(Match, entries, repeat(True)))
    pairs: dict[int, int] = {}
    blocks = SequenceMatcher(None, sources, list(texts), autojunk=False).get_matching_blocks()
    for block in blocks:
        pairs.update({block.b + step: block.a + step for step in range(block.size)})
    _pair_moved(pairs, sources, texts)
    _pair_similar(pairs, sources, texts)
    return tuple(
        Match(entries[pairs[index]], sources[pairs[index]] == text) if index in pairs else Match(None, False)
        for index, text in enumerate(texts)
    )


def _pair_moved(pairs: dict[int, int], sources: Sequence[str], texts: Sequence[str]) -> None:
    """Pair equal texts that stand elsewhere, in order."""
    free: dict[str, list[int]] = {}
    used = set(pairs.values())
    for index, source in enumerate(sources):
        if index not in used:
            free.setdefault(source, []).append(index)
    for index, text in enumerate(texts):
        if index not in pairs and free.get(text):
            pairs[index] = free[text].pop(0)


def _pair_similar(pairs: dict[int, int], sources: Sequence[str], texts: Sequence[str]) -> None:
    """Pair what is left between the same neighbours by the words in common, the likest first."""
    used = set(pairs.values())
    candidates: list[tuple[float, int, int]] = []
    words = [Counter(source.split()) for source in sources]
    steps = 0
    for index in [index for index in range(len(texts)) if index not in pairs]:
        low, high = _gap(pairs, index, len(texts), len(sources))
        mine = Counter(texts[index].split())
        for entry in range(low, high):
            if entry in used or steps > MAX_STEPS:
                continue
            size = words[entry].total() + mine.total()
            steps += 10
            if 2 * (words[entry] & mine).total() >= SIMILAR_ENOUGH * size:
                steps += words[entry].total() * mine.total()
                ratio = likeness(sources[entry], texts[index])
                if ratio >= SIMILAR_ENOUGH:
                    candidates.append((-ratio, index, entry))
    for _, index, entry in sorted(candidates):
        if index not in pairs and entry not in used:
            pairs[index] = entry
            used.add(entry)


def _gap(pairs: Mapping[int, int], index: int, length: int, entries: int) -> tuple[int, int]:
    """Return the range of entries between the neighbours that already have a partner."""
    low = next((pairs[step] + 1 for step in range(index - 1, -1, -1) if step in pairs), 0)
    high = next((pairs[step] for step in range(index + 1, length) if step in pairs), entries)
    return (low, high) if low <= high else (0, entries)


def likeness(one: str, other: str) -> float:
    """Return the share of words two texts have in common, in order: 0 to 1."""
    return SequenceMatcher(None, one.split(), other.split(), autojunk=False).ratio()


def word_difference(old: str, new: str) -> str:
    """Return what changed from one text to another, word by word: `[-lost-]` and `{+added+}` among what was kept."""
    before, after = old.split(), new.split()
    words: list[str] = []
    for kind, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind == "equal":
            kept = before[a:b]
            words += kept if len(kept) <= 6 else [*kept[:3], "…", *kept[-3:]]
            continue
        words += [f"[-{' '.join(before[a:b])}-]"] if b > a else []
        words += [f"{{+{' '.join(after[c:d])}+}}"] if d > c else []
    return " ".join(words)
