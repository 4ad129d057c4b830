"""Reading an author's files: text that is really UTF-8, and YAML whose scalars stay strings and know their place."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from balise.problems import Location, Problem, error

MAX_YAML_BYTES = 1_000_000
"""Largest YAML file read, in bytes."""
MAX_YAML_DEPTH = 32
"""Deepest nesting of YAML collections read."""
MAX_PAGE_BYTES = 512 * 1024
"""Largest content page or catalogue line source read, in bytes."""

Path_ = tuple[str | int, ...]
"""A place inside a YAML document: keys and list indices from the top."""


@dataclass(frozen=True)
class YamlDocument:
    """A YAML file as plain values: dicts, lists and strings only, with the place of every key and value."""

    path: str
    value: Any
    places: Mapping[Path_, Location] = field(repr=False)

    def location(self, *at: str | int) -> Location:
        """Return where the value at these keys stands, or the nearest enclosing value that does."""
        steps = tuple(at)
        while steps not in self.places and steps:
            steps = steps[:-1]
        return self.places.get(steps, Location(self.path))


class SourceProblem(Exception):
    """Carries the one problem that makes a file unreadable up to the loader that collects it."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(str(problem))
        self.problem = problem


def relative_posix(path: Path, root: Path) -> str:
    """Return the path as it is named in messages: from the project's root, with slashes."""
    try:
        return path.relative_to(root).as_posix()
    except ValueError:
        return path.name


def read_text(path: Path, root: Path, limit: int = MAX_PAGE_BYTES) -> str:
    """Return a file's text: UTF-8, without a byte order mark, with LF line ends. Raises `SourceProblem`."""
    name = Location(relative_posix(path, root))
    data = _read_bytes(path, root, name, limit)
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise SourceProblem(error("encoding", "the file is UTF-16", name, "save it as UTF-8"))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as failure:
        before = data[: failure.start]
        line = before.count(b"\n") + 1
        column = len(before[before.rfind(b"\n") + 1 :].decode("utf-8", "replace")) + 1
        raise SourceProblem(
            error(
                "encoding",
                f"byte 0x{data[failure.start]:02x} is not valid UTF-8",
                Location(name.path, line, column),
                "save the file as UTF-8",
            )
        ) from None
    if "\0" in text:
        line = text[: text.index("\0")].count("\n") + 1
        raise SourceProblem(error("encoding", "the file holds a NUL character", Location(name.path, line), "remove it"))
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _read_bytes(path: Path, root: Path, name: Location, limit: int) -> bytes:
    """Return the bytes of a regular file inside the root, without following a link and without blocking on a pipe."""
    check_inside(path, root)
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError as failure:
        hint = "make it a regular file that you may read"
        raise SourceProblem(error("unreadable", f"cannot be read: {failure.strerror}", name, hint)) from None
    with os.fdopen(descriptor, "rb") as handle:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise SourceProblem(error("unreadable", "is not a regular file", name, "put a regular file there"))
        data = handle.read(limit + 1)
    if len(data) > limit:
        raise SourceProblem(error("too-large", f"is larger than {limit:,} bytes", name, "split the file"))
    return data


def check_inside(path: Path, root: Path) -> None:
    """Refuse a path that is a symbolic link, or that passes through one below the root. Raises `SourceProblem`."""
    current = path
    while current not in (root, current.parent):
        if current.is_symlink():
            raise SourceProblem(
                error(
                    "symlink",
                    f'is a symbolic link to "{os.readlink(current)}"',
                    Location(relative_posix(current, root)),
                    "copy the file into the project; links are never followed",
                )
            )
        current = current.parent


def walk_files(folder: Path, root: Path, problems: list[Problem]) -> Iterator[Path]:
    """Yield the regular files below a folder in name order; links are reported and not followed, hidden names skipped."""
    if not folder.is_dir():
        return
    for entry in sorted(os.scandir(folder), key=lambda item: item.name):
        if entry.name.startswith("."):
            continue
        path = Path(entry.path)
        if entry.is_symlink():
            try:
                check_inside(path, root)
            except SourceProblem as refused:
                problems.append(refused.problem)
        elif entry.is_dir(follow_symlinks=False):
            yield from walk_files(path, root, problems)
        elif entry.is_file(follow_symlinks=False):
            yield path
        else:
            name = Location(relative_posix(path, root))
            problems.append(error("unreadable", "is not a regular file", name, "remove it from the project"))


def load_yaml(path: Path, root: Path) -> YamlDocument:
    """Return a YAML file with every scalar as the author typed it. Raises `SourceProblem`."""
    return parse_yaml(read_text(path, root, MAX_YAML_BYTES), relative_posix(path, root))


def parse_yaml(text: str, path: str, first_line: int = 1) -> YamlDocument:
    """Return YAML text with every scalar a string; anchors, aliases, tags, merge keys and duplicate keys are refused.

    `first_line` is the line of the file on which the text begins. Raises `SourceProblem`.
    """
    import yaml

    loader: type[Any] = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
    if len(text) > MAX_YAML_BYTES:
        hint = "split the file"
        raise SourceProblem(error("too-large", f"is larger than {MAX_YAML_BYTES:,} bytes", Location(path), hint))
    try:
        _refuse_events(yaml.parse(text, Loader=loader), path, first_line)
        node = yaml.compose(text, Loader=loader)
    except yaml.MarkedYAMLError as failure:
        mark = failure.problem_mark or failure.context_mark
        place = Location(path, mark.line + first_line, mark.column + 1) if mark else Location(path)
        what = failure.problem or "cannot be read"
        hint = "check indentation, colons and quotes on this line and the one before"
        raise SourceProblem(error("yaml-syntax", f"the YAML is broken: {what}", place, hint)) from None
    except yaml.YAMLError as failure:
        what = str(failure).splitlines()[0]
        raise SourceProblem(error("yaml-syntax", f"the YAML is broken: {what}", Location(path), "remove it")) from None
    places: dict[Path_, Location] = {}
    value = _plain(node, (), places, path, first_line)
    return YamlDocument(path, value, places)


def _refuse_events(events: Iterator[Any], path: str, first_line: int) -> None:
    """Stop at the first event that contributed YAML may not hold, before any node is built."""
    depth = 0
    for event in events:
        kind = event.__class__.__name__
        where = Location(path, event.start_mark.line + first_line, event.start_mark.column + 1)
        if kind.endswith("EndEvent"):
            depth -= 1
        elif kind in ("MappingStartEvent", "SequenceStartEvent"):
            depth += 1
        if depth > MAX_YAML_DEPTH + 2:
            hint = "flatten it"
            raise SourceProblem(error("yaml-depth", f"is nested deeper than {MAX_YAML_DEPTH} levels", where, hint))
        if kind == "AliasEvent":
            raise SourceProblem(error("yaml-alias", f"alias *{event.anchor} is not allowed", where, "write the value out"))
        if getattr(event, "anchor", None):
            raise SourceProblem(error("yaml-alias", f"anchor &{event.anchor} is not allowed", where, "remove it"))
        if getattr(event, "tag", None):
            raise SourceProblem(error("yaml-tag", f"tag {event.tag} is not allowed", where, "remove it"))
        if kind == "DocumentStartEvent":
            depth = 0


def _plain(node: Any, at: Path_, places: dict[Path_, Location], path: str, first_line: int) -> Any:
    """Return the node as dicts, lists and strings, noting where each value stands."""
    if node is None:
        return {}
    places[at] = Location(path, node.start_mark.line + first_line, node.start_mark.column + 1)
    if node.id == "scalar":
        return node.value
    if node.id == "sequence":
        return [_plain(item, (*at, index), places, path, first_line) for index, item in enumerate(node.value)]
    mapping: dict[str, Any] = {}
    lines: dict[str, int] = {}
    for key_node, value_node in node.value:
        where = Location(path, key_node.start_mark.line + first_line, key_node.start_mark.column + 1)
        if key_node.id != "scalar":
            raise SourceProblem(error("yaml-key", "a key must be plain text", where, "write a word before the colon"))
        key = key_node.value
        if key == "<<":
            raise SourceProblem(error("yaml-alias", "merge key << is not allowed", where, "write the values out"))
        if key in mapping:
            hint = f"keep one of the two; the first is on line {lines[key]}"
            raise SourceProblem(error("yaml-duplicate", f'key "{key}" stands twice', where, hint))
        lines[key] = where.line
        mapping[key] = _plain(value_node, (*at, key), places, path, first_line)
    return mapping
