"""Reading an author's files: text that is really UTF-8, and YAML whose scalars stay strings and know their place."""

from __future__ import annotations

import os
import re
import stat
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from balise.problems import Location, Problem, error

if TYPE_CHECKING:
    import yaml

MAX_YAML_BYTES = 1_000_000
"""Largest YAML file read, in bytes."""
MAX_YAML_DEPTH = 32
"""Deepest nesting of YAML collections read."""
_YAML_WAYS = (
    ("mapping values are not allowed", 'a text that holds a colon needs double quotes: title: "Two words: and more"'),
    ("unexpected end of stream", "a text that begins with a quote mark must end with one; put double quotes round it"),
    ("cannot start any token", "indent with spaces, not tabs; put a text that begins with a sign into double quotes"),
    ("", "check indentation, colons and quotes on this line and the one before"),
)
"""What YAML's parser says, and the way out in an author's words; the last fits all."""
MAX_PAGE_BYTES = 512 * 1024
"""Largest content page or template read, in bytes."""
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\U000e0000-\U000e007f]")
"""Characters no editor shows, or that turn the reading direction.

YAML and PO readers take some of them for line breaks, so that places would shift.
"""

Path_ = tuple[str | int, ...]
"""A place inside a YAML document: keys and list indices from the top."""


@dataclass(frozen=True)
class YamlDocument:
    """A YAML file as plain values: dicts, lists and strings only, with the place of every value and of every key."""

    path: str
    value: Any
    places: Mapping[Path_, Location] = field(repr=False)
    keys: Mapping[Path_, Location] = field(repr=False, default_factory=dict)

    def location(self, *at: str | int) -> Location:
        """Return where the value at these keys stands, or the nearest enclosing value that does."""
        steps = tuple(at)
        while steps not in self.places and steps:
            steps = steps[:-1]
        return self.places.get(steps, Location(self.path))

    def key_location(self, *at: str | int) -> Location:
        """Return where the last of these keys itself stands."""
        return self.keys.get(at, self.location(*at))


class SourceProblem(Exception):  # noqa: N818 - it carries a Problem, the word authors read
    """Carries the one problem that makes a file unreadable up to the loader that collects it."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(str(problem))
        self.problem = problem


def relative_posix(path: Path, root: Path) -> str:
    """Return the path as messages name it: from the project's root, with slashes, unprintable characters escaped."""
    name = path.relative_to(root).as_posix() if path.is_relative_to(root) else path.name
    return "".join(_escape(char) if _is_hidden(char) else char for char in name)


def _is_hidden(char: str) -> bool:
    """Tell whether a character is a control or format character, or a byte that is not UTF-8."""
    return unicodedata.category(char) in ("Cc", "Cf", "Cs", "Zl", "Zp")


def _escape(char: str) -> str:
    return char.encode("unicode_escape").decode()


def read_text(path: Path, root: Path, limit: int = MAX_PAGE_BYTES) -> str:
    """Return a file's text: UTF-8, without a byte order mark, with LF line ends. Raises `SourceProblem`."""
    name = Location(relative_posix(path, root))
    data = read_bytes(path, root, limit)
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise SourceProblem(error("encoding", "the file is UTF-16", Location(name.path, 1), "save it as UTF-8"))
    data = data.removeprefix(b"\xef\xbb\xbf").replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as failure:
        place = _place_after(data[: failure.start].decode("utf-8"), name.path)
        message = f"byte 0x{data[failure.start]:02x} is not valid UTF-8"
        raise SourceProblem(error("encoding", message, place, "save the file as UTF-8")) from None
    control = _CONTROL.search(text)
    if control:
        place = _place_after(text[: control.start()], name.path)
        message = f"the file holds the control character U+{ord(control[0]):04X}"
        hint = "remove it, or put a space or an ordinary line break in its place"
        raise SourceProblem(error("encoding", message, place, hint))
    return text


def _place_after(before: str, path: str) -> Location:
    """Return the place of the character that follows this text."""
    return Location(path, before.count("\n") + 1, len(before) - before.rfind("\n"))


def read_bytes(path: Path, root: Path, limit: int) -> bytes:
    """Return a regular file's bytes; follows no link, waits for no pipe. Raises `SourceProblem`."""
    name = Location(relative_posix(path, root))
    check_inside(path, root)
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError as failure:
        hint = "make it a regular file that you may read"
        raise SourceProblem(error("unreadable", f"cannot be read: {failure.strerror}", name, hint)) from None
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise SourceProblem(error("unreadable", "is not a regular file", name, "put a regular file there"))
    with os.fdopen(descriptor, "rb") as handle:
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
                    f'is a symbolic link to "{current.readlink()}"',
                    Location(relative_posix(current, root)),
                    "copy the file into the project; links are never followed",
                )
            )
        current = current.parent


def walk_files(folder: Path, root: Path, problems: list[Problem]) -> Iterator[Path]:
    """Yield the regular files below a folder in name order; links are reported, not followed, hidden names skipped."""
    if not folder.is_dir():
        return
    try:
        check_inside(folder, root)
        entries = sorted(os.scandir(folder), key=lambda item: item.name)
    except SourceProblem as refused:
        problems.append(refused.problem)
        return
    except OSError as failure:
        place, hint = Location(relative_posix(folder, root)), "make it a folder that you may read"
        problems.append(error("unreadable", f"cannot be read: {failure.strerror}", place, hint))
        return
    for entry in entries:
        if entry.name.startswith("."):
            continue
        path = Path(entry.path)
        problem = _entry_problem(entry, root)
        if problem:
            problems.append(problem)
        elif entry.is_dir(follow_symlinks=False):
            yield from walk_files(path, root, problems)
        else:
            yield path


def _entry_problem(entry: os.DirEntry[str], root: Path) -> Problem | None:
    """Return why an entry of a folder cannot be a source: a link, a special file, or a name nobody can read."""
    path = Path(entry.path)
    place = Location(relative_posix(path, root))
    try:
        check_inside(path, root)
    except SourceProblem as refused:
        return refused.problem
    if any(_is_hidden(char) for char in entry.name):
        return error("file-name", "the name holds a character that cannot be shown", place, "rename the file")
    if not entry.is_dir(follow_symlinks=False) and not entry.is_file(follow_symlinks=False):
        return error("unreadable", "is not a regular file", place, "remove it from the project")
    return None


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
        place = _fault_place(failure, text, path, first_line)
        what = failure.problem or "cannot be read"
        what = f"{failure.context}, {what}" if what.startswith("but ") else what
        hint = next((way for sign, way in _YAML_WAYS if sign in what), _YAML_WAYS[-1][1])
        raise SourceProblem(error("yaml-syntax", f"the YAML is broken: {what}", place, hint)) from None
    except yaml.YAMLError as failure:
        what = str(failure).splitlines()[0]
        place = Location(path, first_line)
        raise SourceProblem(error("yaml-syntax", f"the YAML is broken: {what}", place, "remove it")) from None
    walk = _Walk(path, first_line, {}, {})
    value = _plain(node, (), walk)
    return YamlDocument(path, value, walk.places, walk.keys)


@dataclass(frozen=True)
class _Walk:
    """What a walk over YAML nodes notes on its way: where values and keys stand."""

    path: str
    first_line: int
    places: dict[Path_, Location]
    keys: dict[Path_, Location]

    def at(self, node: Any) -> Location:
        return Location(self.path, node.start_mark.line + self.first_line, node.start_mark.column + 1)


def _fault_place(failure: yaml.MarkedYAMLError, text: str, path: str, first_line: int) -> Location:
    """Return where broken YAML has to be mended: where the fault shows, or at the end, what was never closed."""
    lines = text.rstrip("\n").split("\n")
    for mark in (failure.problem_mark, failure.context_mark):
        if mark and mark.line < len(lines):
            return Location(path, mark.line + first_line, mark.column + 1)
    return Location(path, len(lines) + first_line - 1, len(lines[-1]) + 1)


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
        if depth > MAX_YAML_DEPTH:
            hint = "flatten it"
            raise SourceProblem(error("yaml-depth", f"is nested deeper than {MAX_YAML_DEPTH} levels", where, hint))
        if kind == "AliasEvent":
            hint = "write the value out"
            raise SourceProblem(error("yaml-alias", f"alias *{event.anchor} is not allowed", where, hint))
        if getattr(event, "anchor", None):
            raise SourceProblem(error("yaml-alias", f"anchor &{event.anchor} is not allowed", where, "remove it"))
        if getattr(event, "tag", None):
            raise SourceProblem(error("yaml-tag", f"tag {event.tag} is not allowed", where, "remove it"))
        if kind == "DocumentStartEvent":
            depth = 0


def _plain(node: Any, at: Path_, walk: _Walk) -> Any:
    """Return the node as dicts, lists and strings, noting where each value stands."""
    if node is None:
        return {}
    walk.places[at] = walk.at(node)
    if node.id == "scalar":
        return node.value
    if node.id == "sequence":
        return [_plain(item, (*at, index), walk) for index, item in enumerate(node.value)]
    mapping: dict[str, Any] = {}
    for key_node, value_node in node.value:
        where = walk.at(key_node)
        if key_node.id != "scalar":
            raise SourceProblem(error("yaml-key", "a key must be plain text", where, "write a word before the colon"))
        key = key_node.value
        if key == "<<":
            raise SourceProblem(error("yaml-alias", "merge key << is not allowed", where, "write the values out"))
        if key in mapping:
            hint = f"keep one of the two; the first is on line {walk.keys[(*at, key)].line}"
            raise SourceProblem(error("yaml-duplicate", f'key "{key}" stands twice', where, hint))
        walk.keys[(*at, key)] = where
        mapping[key] = _plain(value_node, (*at, key), walk)
    return mapping
