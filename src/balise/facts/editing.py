"""Writing into a data file who confirmed a record, and until when: nothing else in the file changes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from balise.errors import ProjectError
from balise.source import YamlDocument, load_yaml, parse_yaml

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|\Z)")
_SCALAR = re.compile(r"\"(?:[^\"\\]|\\.)*\"|'(?:[^']|'')*'|[^\s,}\]#][^,}\]\r\n]*?(?=[ \t]*(?:[,}\]]|\s#|[\r\n]|\Z))")
_KINDS = {"channels": "channels", "figures": "figures", "dates": "figures", "claims": "figures"}


@dataclass(frozen=True)
class Confirmation:
    """Who confirmed a record in which role, on which day, and the new values of its `expires` or `review_after`."""

    section: str
    id: str
    on: str
    by: str
    dates: Mapping[str, str]


@dataclass(frozen=True)
class _Edit:
    """Characters of a text, from `start` to `end`, that become others."""

    start: int
    end: int
    new: str


def write_confirmations(folder: Path, root: Path, found: Iterable[Confirmation]) -> tuple[str, ...]:
    """Write confirmations into the data files of a folder, and return the paths of those that changed.

    Comments, line ends, a byte order mark, quotation marks and the order of keys stay. Raises `ProjectError` for a
    record that cannot be written so that only this changes.
    """
    files: dict[str, list[Confirmation]] = {}
    for one in found:
        files.setdefault(_KINDS[one.section], []).append(one)
    changed = []
    for name, confirmations in files.items():
        path = folder / f"{name}.yml"
        raw = path.read_bytes().decode()
        mark, text = ("\ufeff", raw[1:]) if raw.startswith("\ufeff") else ("", raw)
        after = confirm_text(text, load_yaml(path, root), confirmations)
        if after != text:
            draft = path.with_name(f".{path.name}.new")
            draft.write_bytes((mark + after).encode())
            draft.replace(path)
            changed.append(path.relative_to(root).as_posix())
    return tuple(changed)


def confirm_text(text: str, document: YamlDocument, confirmations: Iterable[Confirmation]) -> str:
    """Return the text of a data file with confirmations written into its records. Raises `ProjectError`."""
    lines = _LINE.findall(text)
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line))
    wanted = list(confirmations)
    edits = [edit for one in wanted for edit in _edits(text, starts, document, one)]
    for edit in sorted(edits, key=lambda edit: (edit.start, edit.end), reverse=True):
        text = text[: edit.start] + edit.new + text[edit.end :]
    _prove(text, document, wanted)
    return text


def _index(document: YamlDocument, one: Confirmation) -> int:
    items = document.value.get(one.section, [])
    found = [at for at, item in enumerate(items) if isinstance(item, dict) and item.get("id") == one.id]
    if not found:
        raise ProjectError(f'{document.path} has no record "{one.id}" in {one.section}')
    return found[0]


def _edits(text: str, starts: list[int], document: YamlDocument, one: Confirmation) -> Iterable[_Edit]:
    """Yield the edits that one confirmation makes."""
    at = (one.section, _index(document, one))
    record = document.value[one.section][at[1]]
    values = {"checked": f'{{on: "{one.on}", by: {one.by}}}', **{key: f'"{day}"' for key, day in one.dates.items()}}
    fresh = {}
    for key, value in values.items():
        if key not in record:
            fresh[key] = value
        elif key == "checked":
            yield from _checked_again(text, starts, document, (*at, key), one)
        else:
            start = _offset(starts, document.places[*at, key])
            yield _Edit(start, _end_of_scalar(text, start, document.path), value)
    if fresh:
        yield _added(text, starts, document, at, fresh)


def _checked_again(
    text: str, starts: list[int], document: YamlDocument, at: tuple[str | int, ...], one: Confirmation
) -> Iterable[_Edit]:
    """Yield the edits of the day and the role in a `checked` that is there, however it is written."""
    for key, value in (("on", f'"{one.on}"'), ("by", one.by)):
        start = _offset(starts, document.places[*at, key])
        yield _Edit(start, _end_of_scalar(text, start, document.path), value)


def _added(
    text: str, starts: list[int], document: YamlDocument, at: tuple[str | int, ...], values: Mapping[str, str]
) -> _Edit:
    """Return the edit that adds keys to a record, before `assembled`, which each record has."""
    line, column = document.keys[*at, "assembled"]
    start = _offset(starts, (line, column))
    before = text[starts[line - 1] : start]
    if before.strip(" "):  # behind the dash of the record, or in a record in braces
        if before.strip() == "-":
            first = text[start : starts[line]].rstrip("\r\n")
            ending = text[start + len(first) : starts[line]] or "\n"
            rows = "".join(f"{ending}{' ' * (column - 1)}{key}: {value}" for key, value in values.items())
            return _Edit(start + len(first), start + len(first), rows)
        return _Edit(start, start, "".join(f"{key}: {value}, " for key, value in values.items()))
    row = text[starts[line - 1] : starts[line]]
    ending = row[len(row.rstrip("\r\n")) :] or "\n"
    rows = "".join(f"{key}: {value}{ending}{before}" for key, value in values.items())
    return _Edit(start, start, rows)


def _offset(starts: list[int], place: tuple[int, int]) -> int:
    return starts[place[0] - 1] + place[1] - 1


def _end_of_scalar(text: str, start: int, path: str) -> int:
    match = _SCALAR.match(text, start)
    if match is None:
        raise ProjectError(f"{path}: a date or role there cannot be changed; write it on one line")
    return match.end()


def _prove(text: str, document: YamlDocument, wanted: Iterable[Confirmation]) -> None:
    """Make sure that the new text says what the old one said, and the confirmations. Raises `ProjectError`."""
    after = parse_yaml(re.sub(r"\r\n?", "\n", text), document.path).value
    expected = {key: list(item) if isinstance(item, list) else item for key, item in document.value.items()}
    for one in wanted:
        index = _index(document, one)
        record = {**expected[one.section][index], **one.dates, "checked": {"on": one.on, "by": one.by}}
        expected[one.section][index] = record
    if after != expected:
        raise ProjectError(f"{document.path} cannot be edited safely; write `checked` into it by hand")
