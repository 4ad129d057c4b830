"""Writing fixes into authors' files: each exactly where it was found, and nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from balise.source import read_text

if TYPE_CHECKING:
    from balise.problems import Problem

_ESCAPED = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t"})


@dataclass(frozen=True)
class Fixed:
    """What was mended: how many problems in which files."""

    count: int
    paths: tuple[str, ...]


def fixable(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Return the problems that a fix is known for, and where exactly it goes."""
    return tuple(
        problem
        for problem in problems
        if problem.fix is not None and problem.length and problem.location.line and problem.location.column
    )


def write_fixes(root: Path, problems: Iterable[Problem]) -> Fixed:
    """Write the fixes of problems into the files they stand in; of two that overlap, the first one alone.

    A fix in a page's source is written into the source texts of its catalogues too (`msgid`): what it says is the same,
    so its translations stay current. Line endings and everything else in a file stay as they are.
    """
    by_path: dict[str, list[Problem]] = {}
    for problem in fixable(problems):
        by_path.setdefault(problem.location.path, []).append(problem)
    count = 0
    changed: dict[str, None] = {}
    for path, found in sorted(by_path.items()):
        before = (root / path).read_bytes().decode()
        after, done = _mended(before, found, escaped=path.endswith(".po"))
        if after != before:
            (root / path).write_bytes(after.encode())
            changed[path] = None
            count += done
            for name in _follow(root, path, before, after):
                changed[name] = None
    return Fixed(count, tuple(changed))


def _mended(text: str, problems: Sequence[Problem], *, escaped: bool) -> tuple[str, int]:
    """Return a text with fixes written, from its end on, and how many were."""
    lines = text.splitlines(keepends=True)
    ordered = sorted(set(problems), key=lambda problem: problem.location, reverse=True)
    taken: dict[int, int] = {}
    done = 0
    for problem in ordered:
        at, start = problem.location.line - 1, problem.location.column - 1
        end = start + problem.length
        if at >= len(lines) or end > len(lines[at].rstrip("\r\n")) or end > taken.get(at, end):
            continue
        fix = problem.fix or ""
        line = lines[at]
        lines[at] = line[:start] + (fix.translate(_ESCAPED) if escaped else fix) + line[end:]
        taken[at] = start
        done += 1
    return "".join(lines), done


def _follow(root: Path, path: str, before: str, after: str) -> Iterator[str]:
    """Write a page's changed texts into the `msgid`s of its catalogues, and yield the catalogues that changed."""
    pairs = _changed_texts(path, before, after)
    if not pairs:
        return
    for catalogue in sorted((root / "locales").glob("*/**/*.po")):
        text = read_text(catalogue, root)
        if not any(old in text for old in pairs):
            continue
        lines = [_followed(line, pairs) for line in text.split("\n")]
        if lines != text.split("\n"):
            catalogue.write_bytes("\n".join(lines).encode())
            yield catalogue.relative_to(root).as_posix()


def _followed(line: str, pairs: Mapping[str, str]) -> str:
    """Return a line of a catalogue with the new text where it is the `msgid` of an old one."""
    if not line.startswith('msgid "') or not line.endswith('"'):
        return line
    new = pairs.get(line[7:-1])
    return f'msgid "{new}"' if new is not None else line


def _changed_texts(path: str, before: str, after: str) -> Mapping[str, str]:
    """Return the units of a page (or the values of a guide) that changed, old to new, as catalogues write them."""
    if not path.endswith(".md"):
        return {}
    from balise.page import find_front_matter
    from balise.units import cut_units

    def texts(text: str) -> list[str]:
        front = find_front_matter(text)
        head = [line.partition(":")[2].strip() for line in front.splitlines() if ":" in line]
        body = text[text.find(front) + len(front) :] if front else text
        return [*head, *cut_units(body.partition("---")[2] if front else body)[0].texts]

    old, new = texts(before), texts(after)
    if len(old) != len(new):
        return {}
    return {one.translate(_ESCAPED): two.translate(_ESCAPED) for one, two in zip(old, new, strict=True) if one != two}
