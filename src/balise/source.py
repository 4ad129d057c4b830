"""Reading an author's files: text that is really UTF-8, and YAML whose scalars stay strings and know their place."""

from __future__ import annotations

import errno
import os
import re
import stat
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from balise.errors import ProjectError
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
_PLAIN = bytes((9, 10, *range(32, 127)))
"""What most of a file is made of, and no control character: without it, there is little left to look at."""

Path_ = tuple[str | int, ...]
"""A place inside a YAML document: keys and list indices from the top."""


@dataclass(frozen=True)
class YamlDocument:
    """A YAML file as plain values: dicts, lists and strings only.

    `places` and `keys` hold the 1-based line and column of every value and of every key.
    """

    path: str
    value: Any
    places: Mapping[Path_, tuple[int, int]] = field(repr=False)
    keys: Mapping[Path_, tuple[int, int]] = field(repr=False, default_factory=dict)

    def location(self, *at: str | int) -> Location:
        """Return where the value at these keys stands, or the nearest enclosing value that does."""
        while at not in self.places and at:
            at = at[:-1]
        return Location(self.path, *self.places.get(at, ()))

    def key_location(self, *at: str | int) -> Location:
        """Return where the last of these keys itself stands."""
        return Location(self.path, *self.keys[at]) if at in self.keys else self.location(*at)


class SourceProblem(Exception):  # noqa: N818 - it carries a Problem, the word authors read
    """Carries the one problem that makes a file unreadable up to the loader that collects it."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(str(problem))
        self.problem = problem


def relative_posix(path: Path, root: Path) -> str:
    """Return the path as messages name it: from the project's root, with slashes, unprintable characters escaped."""
    name, top = str(path), f"{root}/"
    if name.startswith(top):
        name = name[len(top) :]
    else:
        name = path.relative_to(root).as_posix() if path.is_relative_to(root) else path.name
    return "".join(_escape(char) if _is_hidden(char) else char for char in name) if _has_hidden(name) else name


def _has_hidden(text: str) -> bool:
    """Tell whether a text holds a character that nobody sees."""
    return not text.isprintable() and any(map(_is_hidden, text))


def _is_hidden(char: str) -> bool:
    """Tell whether a character is a control or format character, or a byte that is not UTF-8; none is printable."""
    return unicodedata.category(char) in ("Cc", "Cf", "Cs", "Zl", "Zp")


def _escape(char: str) -> str:
    return char.encode("unicode_escape").decode()


def read_text(path: Path, root: Path, limit: int = MAX_PAGE_BYTES) -> str:
    """Return a file's text: UTF-8, without a byte order mark, with LF line ends. Raises `SourceProblem`."""
    data = read_bytes(path, root, limit)
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        place = Location(relative_posix(path, root), 1)
        raise SourceProblem(error("encoding", "the file is UTF-16", place, "save it as UTF-8"))
    data = data.removeprefix(b"\xef\xbb\xbf")
    if b"\r" in data:
        data = data.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as failure:
        place = _place_after(data[: failure.start].decode("utf-8"), relative_posix(path, root))
        message = f"byte 0x{data[failure.start]:02x} is not valid UTF-8"
        raise SourceProblem(error("encoding", message, place, "save the file as UTF-8")) from None
    rest = data.translate(None, _PLAIN).decode()
    control = _CONTROL.search(text) if _CONTROL.search(rest) else None
    if control:
        place = _place_after(text[: control.start()], relative_posix(path, root))
        message = f"the file holds the control character U+{ord(control[0]):04X}"
        hint = "remove it, or put a space or an ordinary line break in its place"
        raise SourceProblem(error("encoding", message, place, hint))
    return text


def _place_after(before: str, path: str) -> Location:
    """Return the place of the character that follows this text."""
    return Location(path, before.count("\n") + 1, len(before) - before.rfind("\n"))


def read_bytes(path: Path, root: Path, limit: int) -> bytes:
    """Return a regular file's bytes; follows no link, waits for no pipe. Raises `SourceProblem`."""
    check_inside(path, root)
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError as failure:
        raise SourceProblem(_unreadable(failure, path, root, "make it a regular file that you may read")) from None
    try:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            name = Location(relative_posix(path, root))
            raise SourceProblem(error("unreadable", "is not a regular file", name, "put a regular file there"))
        data = _read_all(descriptor, min(status.st_size, limit) + 1, limit)
    finally:
        os.close(descriptor)
    if len(data) > limit:
        name = Location(relative_posix(path, root))
        raise SourceProblem(error("too-large", f"is larger than {limit:,} bytes", name, "split the file"))
    return data


def _unreadable(failure: OSError, path: Path, root: Path, hint: str) -> Problem:
    """Return why a file or folder cannot be read. Raises `ProjectError` where the system could open no other either."""
    name = relative_posix(path, root)
    if failure.errno in (errno.EMFILE, errno.ENFILE, errno.ENOMEM):
        raise ProjectError(f"{name} cannot be read: {failure.strerror}. End other programs, or raise the limit.")
    return error("unreadable", f"cannot be read: {failure.strerror}", Location(name), hint)


def _read_all(descriptor: int, expected: int, limit: int) -> bytes:
    """Return the bytes of an open file, at most one more than the limit; it is read in pieces of the expected size.

    Room for the largest file there may be would cost more than reading one of ordinary size.
    """
    data = b""
    while len(data) <= limit and (piece := os.read(descriptor, min(expected, limit + 1 - len(data)))):
        data += piece
    return data


def check_inside(path: Path, root: Path) -> None:
    """Refuse a path that is a symbolic link, or that passes through one below the root. Raises `SourceProblem`."""
    current, top = str(path), str(root)
    while current != top and (parent := os.path.dirname(current)) != current:
        if os.path.islink(current):  # noqa: PTH114 - called for every folder above every file
            place = Location(relative_posix(Path(current), root))
            message = f'is a symbolic link to "{Path(current).readlink()}"'
            hint = "copy the file into the project; links are never followed"
            raise SourceProblem(error("symlink", message, place, hint))
        current = parent


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
        problems.append(_unreadable(failure, folder, root, "make it a folder that you may read"))
        return
    for entry in entries:
        if entry.name.startswith("."):
            continue
        path = folder / entry.name
        problem = _entry_problem(entry, path, root)
        if problem:
            problems.append(problem)
        elif entry.is_dir(follow_symlinks=False):
            yield from walk_files(path, root, problems)
        else:
            yield path


def _entry_problem(entry: os.DirEntry[str], path: Path, root: Path) -> Problem | None:
    """Return why an entry of a folder cannot be a source: a link, a special file, or a name nobody can read."""
    try:
        if entry.is_symlink():
            check_inside(path, root)
    except SourceProblem as refused:
        return refused.problem
    if _has_hidden(entry.name):
        place = Location(relative_posix(path, root))
        return error("file-name", "the name holds a character that cannot be shown", place, "rename the file")
    if not entry.is_dir(follow_symlinks=False) and not entry.is_file(follow_symlinks=False):
        place = Location(relative_posix(path, root))
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
        composer = _Composer(loader(text), path, first_line)
        value = composer.compose()
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
    return YamlDocument(path, value, composer.places, composer.keys)


def _fault_place(failure: yaml.MarkedYAMLError, text: str, path: str, first_line: int) -> Location:
    """Return where broken YAML has to be mended: where the fault shows, or at the end, what was never closed."""
    lines = text.rstrip("\n").split("\n")
    for mark in (failure.problem_mark, failure.context_mark):
        if mark and mark.line < len(lines):
            return Location(path, mark.line + first_line, mark.column + 1)
    return Location(path, len(lines) + first_line - 1, len(lines[-1]) + 1)


class _Composer:
    """Folds the events of a YAML text into dicts, lists and strings; one use, for one text.

    What no contributed YAML may hold stops it at once. A fault in the keys waits until the whole text is read: broken
    syntax below it is named first.
    """

    def __init__(self, parser: Any, path: str, first_line: int) -> None:
        from yaml import AliasEvent, MappingEndEvent, MappingStartEvent, ScalarEvent, SequenceEndEvent

        self.next_event: Callable[[], Any] = parser.get_event
        self.path, self.first_line = path, first_line
        self.alias: Any = AliasEvent
        self.scalar: Any = ScalarEvent
        self.mapping_start, self.mapping_end = MappingStartEvent, MappingEndEvent
        self.sequence_end = SequenceEndEvent
        self.places: dict[Path_, tuple[int, int]] = {}
        self.keys: dict[Path_, tuple[int, int]] = {}
        self.depth = 0
        self.fault: Problem | None = None

    def compose(self) -> Any:
        """Return the value of the only document, an empty mapping for none."""
        from yaml import DocumentStartEvent, MarkedYAMLError, StreamEndEvent

        value: Any = {}
        first: Any = None
        second: Any = None
        while (event := self.next_event()).__class__ is not StreamEndEvent:
            if event.__class__ is DocumentStartEvent and first is None:
                first = self.next_event()
                value = self._node(first, ())
            elif event.__class__ is DocumentStartEvent:
                second = second or event
                self._node(self.next_event(), ())
        if second:
            context = "expected a single document in the stream"
            raise MarkedYAMLError(context, first.start_mark, "but found another document", second.start_mark)
        if self.fault:
            raise SourceProblem(self.fault)
        return value

    def _node(self, event: Any, at: Path_) -> Any:
        """Return the value that begins with this event, and note where it stands."""
        kind = event.__class__
        if kind is not self.scalar and kind is not self.alias:
            self.depth += 1
        if self.depth > MAX_YAML_DEPTH or kind is self.alias or event.anchor or event.tag:
            self._refuse(event)
        mark = event.start_mark
        self.places[at] = (mark.line + self.first_line, mark.column + 1)
        if kind is self.scalar:
            return event.value
        value = self._mapping(at) if kind is self.mapping_start else self._sequence(at)
        self.depth -= 1
        return value

    def _sequence(self, at: Path_) -> list[Any]:
        items: list[Any] = []
        while (event := self.next_event()).__class__ is not self.sequence_end:
            items.append(self._node(event, (*at, len(items))))
        return items

    def _mapping(self, at: Path_) -> dict[str, Any]:
        mapping: dict[str, Any] = {}
        while (event := self.next_event()).__class__ is not self.mapping_end:
            key = self._key(event, at, mapping)
            mapping[key] = self._node(self.next_event(), (*at, key))
        return mapping

    def _key(self, event: Any, at: Path_, mapping: Mapping[str, Any]) -> Any:
        """Return the text of the key that begins with this event; note where it stands and what is wrong with it."""
        if event.__class__ is not self.scalar:
            self._note(event, "yaml-key", "a key must be plain text", "write a word before the colon")
            self._node(event, at)
            return ""
        if event.anchor or event.tag:
            self._refuse(event)
        key, mark = event.value, event.start_mark
        if key == "<<":
            self._note(event, "yaml-alias", "merge key << is not allowed", "write the values out")
        elif key in mapping and not self.fault:
            hint = f"keep one of the two; the first is on line {self.keys[(*at, key)][0]}"
            self._note(event, "yaml-duplicate", f'key "{key}" stands twice', hint)
        self.keys[(*at, key)] = (mark.line + self.first_line, mark.column + 1)
        return key

    def _note(self, event: Any, rule: str, message: str, hint: str) -> None:
        """Keep the first fault of the text's keys."""
        self.fault = self.fault or error(rule, message, self._place(event), hint)

    def _refuse(self, event: Any) -> NoReturn:
        """Stop at an event that contributed YAML may not hold. Raises `SourceProblem`."""
        where = self._place(event)
        if self.depth > MAX_YAML_DEPTH:
            hint = "flatten it"
            raise SourceProblem(error("yaml-depth", f"is nested deeper than {MAX_YAML_DEPTH} levels", where, hint))
        if event.__class__ is self.alias:
            hint = "write the value out"
            raise SourceProblem(error("yaml-alias", f"alias *{event.anchor} is not allowed", where, hint))
        if event.anchor:
            raise SourceProblem(error("yaml-alias", f"anchor &{event.anchor} is not allowed", where, "remove it"))
        raise SourceProblem(error("yaml-tag", f"tag {event.tag} is not allowed", where, "remove it"))

    def _place(self, event: Any) -> Location:
        return Location(self.path, event.start_mark.line + self.first_line, event.start_mark.column + 1)
