"""Writing fixes into authors' files: each exactly where it was found, and nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from balise.lint.placing import unescaped
from balise.page import find_body, find_front_matter
from balise.source import SourceProblem, parse_yaml
from balise.units import cut_units

if TYPE_CHECKING:
    from balise.problems import Problem

_ESCAPED = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t"})
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|\Z)")
_GIVEN = re.compile(r"""\b_\(\s*(["'])((?:(?!\1).)*)\1""")
"""A text that a template gives to translators."""
_MARK = "\ufeff"
"""What some editors put at the beginning of a file; no column counts it."""


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


def write_fixes(root: Path, problems: Iterable[Problem], content: str = "content") -> Fixed:
    """Write the fixes of problems into the files they stand in; of two that overlap, the first one alone.

    A fix in a text that is translated is written into the source texts of its catalogues too (`msgid`): what it says is
    the same, so its translations stay current. Line endings and everything else in a file stay as they are. `content`
    is the folder of the sources. Raises `OSError` for a file that cannot be written.
    """
    by_path: dict[str, list[Problem]] = {}
    for problem in fixable(problems):
        by_path.setdefault(problem.location.path, []).append(problem)
    count = 0
    changed: dict[str, None] = {}
    for path, found in sorted(by_path.items()):
        before = (root / path).read_bytes().decode()
        after, done = _mended(before, found, escaped=path.endswith(".po"))
        pairs = _changed_texts(path, before, after)
        if after == before or pairs is None:
            continue
        (root / path).write_bytes(after.encode())
        changed[path] = None
        count += done
        for catalogue in _catalogues(root, path, content) if pairs else ():
            if _follow(catalogue, pairs):
                changed[catalogue.relative_to(root).as_posix()] = None
    return Fixed(count, tuple(changed))


def _mended(text: str, problems: Iterable[Problem], *, escaped: bool) -> tuple[str, int]:
    """Return a text with fixes written, and how many were."""
    mark, lines = text[: text.startswith(_MARK)], _LINE.findall(text.removeprefix(_MARK))
    free: dict[int, int] = {}
    chosen: list[Problem] = []
    for problem in sorted(set(problems), key=lambda one: (one.location, -one.length)):
        at, start = problem.location.line - 1, problem.location.column - 1
        end = start + problem.length
        if at < len(lines) and end <= len(lines[at].rstrip("\r\n")) and start >= free.get(at, 0):
            free[at] = end
            chosen.append(problem)
    for problem in reversed(chosen):
        at, start = problem.location.line - 1, problem.location.column - 1
        fix = problem.fix or ""
        line = lines[at]
        lines[at] = line[:start] + (fix.translate(_ESCAPED) if escaped else fix) + line[start + problem.length :]
    return mark + "".join(lines), len(chosen)


def _catalogues(root: Path, path: str, content: str) -> Iterator[Path]:
    """Yield the catalogues that a file's texts are translated in."""
    name = path.removeprefix(f"{content}/")
    if path.endswith(".md") and name != path:
        inside = f"pages/{name.removesuffix('.md')}.po"
    elif name.startswith("guides/") and name != path:
        inside = f"{name.removesuffix('.yml')}.po"
    else:
        inside = "LC_MESSAGES/site.po"
    yield from sorted(one / inside for one in (root / "locales").glob("*") if (one / inside).is_file())


def _follow(catalogue: Path, pairs: Mapping[str, str]) -> bool:
    """Write changed texts, old to new, into the `msgid`s of a catalogue; tell whether it held one."""
    before = catalogue.read_bytes().decode()
    lines: list[str] = []
    entry: list[str] = []
    for line in [*_LINE.findall(before), ""]:
        if entry and line.startswith('"'):
            entry.append(line)
            continue
        lines += _followed(entry, pairs) if entry else ()
        entry = [line] if line.startswith('msgid "') else []
        if not entry:
            lines.append(line)
    after = "".join(lines)
    if after != before:
        catalogue.write_bytes(after.encode())
    return after != before


def _followed(lines: Sequence[str], pairs: Mapping[str, str]) -> Sequence[str]:
    """Return the lines of a `msgid`, those with the new text where they say an old one."""
    written = "".join([line.rstrip().removeprefix("msgid ")[1:-1] for line in lines])
    new = pairs.get(unescaped(written))
    if new is None:
        return lines
    last = lines[-1]
    return [f'msgid "{new.translate(_ESCAPED)}"{last[len(last.rstrip()) :]}']


def _changed_texts(path: str, before: str, after: str) -> Mapping[str, str] | None:
    """Return the texts of a source file that changed, old to new; `None` where the file would no longer be sound."""
    if path.endswith(".po"):
        return {}
    try:
        old, new = _texts(path, before), _texts(path, after)
    except SourceProblem:
        return None
    pairs = zip(old, new, strict=True) if len(old) == len(new) else ()
    return {one: two for one, two in pairs if one != two}


def _texts(path: str, text: str) -> list[str]:
    """Return what translators may get of a file: the values of YAML, the units of Markdown. Raises `SourceProblem`."""
    text = text.removeprefix(_MARK).replace("\r\n", "\n").replace("\r", "\n")
    if not path.endswith(".md"):
        return list(_values(parse_yaml(text, path).value))
    head = list(_values(parse_yaml(find_front_matter(text), path).value))
    return [*head, *cut_units(find_body(text))[0].texts, *(match[2] for match in _GIVEN.finditer(text))]


def _values(value: Any) -> Iterator[str]:
    """Yield every text of a YAML value; one of several paragraphs with these apart too."""
    if isinstance(value, str):
        yield value
        yield from cut_units(value)[0].texts if value else ()
        return
    for item in value.values() if isinstance(value, dict) else value:
        yield from _values(item)
