"""How many problems earlier reports counted, by file, so that a report can show where it gets better."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from balise.problems import Problem, Severity

NAME = ".balise/reports.json"
"""Where the counts stand, beside what builds remember; they may be deleted at any time."""
KEPT = 30
"""Reports that are remembered."""
_LARGEST = 5_000_000


@dataclass(frozen=True)
class Count:
    """What one report counted: its day (ISO), and errors and warnings by file."""

    day: str
    files: Mapping[str, int]

    @property
    def total(self) -> int:
        """Return all errors and warnings."""
        return sum(self.files.values())


def count_problems(problems: Sequence[Problem], day: str) -> Count:
    """Return the errors and warnings of a check by file; advice is not counted."""
    found = Counter(problem.location.path for problem in problems if problem.severity is not Severity.ADVICE)
    return Count(day, dict(sorted(found.items())))


def read_counts(root: Path) -> tuple[Count, ...]:
    """Return what earlier reports counted, oldest first; nothing where that cannot be read."""
    path = root / NAME
    try:
        if path.is_symlink() or path.stat().st_size > _LARGEST:
            return ()
        records = json.loads(path.read_text("utf-8"))
        return tuple(
            Count(str(one["day"])[:10], {str(name): int(number) for name, number in one["files"].items()})
            for one in records[-KEPT:]
        )
    except (OSError, ValueError, TypeError, KeyError, AttributeError, OverflowError, RecursionError):
        return ()


def write_counts(root: Path, counts: Sequence[Count]) -> None:
    """Keep the counts for the next report; where nothing can be written, the next one shows no trend."""
    path = root / NAME
    records = [{"day": one.day, "files": dict(one.files)} for one in counts[-KEPT:]]
    try:
        if path.parent.is_symlink() or path.is_symlink():
            return
        path.parent.mkdir(exist_ok=True)
        path.write_text(json.dumps(records, ensure_ascii=False), "utf-8")
    except OSError:
        return


def joined(before: Sequence[Count], now: Count) -> tuple[Count, ...]:
    """Return the counts with today's: it takes the place of another one of the same day."""
    return (*(one for one in before if one.day < now.day), now)
