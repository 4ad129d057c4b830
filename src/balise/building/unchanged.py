"""Telling, before anything else is imported, what has changed since the last build."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import stat
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from balise import __version__
from balise.building.memory import read_memory, write_memory
from balise.errors import ProjectError

FORMAT = 3
"""Version of the record; another one is ignored."""
SETTLED = 1_000_000_000
"""How much older than the record a source must be for its time to be trusted, in nanoseconds; else it is hashed."""
RECORD = "last-build.json"
PACKAGE = Path(__file__).parents[1]


@dataclass(frozen=True)
class Request:
    """What a build was asked: the project, its configuration, where to publish, and the options that change bytes."""

    root: Path
    config: Path
    site_dir: str
    today: str
    strict: bool = False
    allow_stale: bool = False

    def key(self) -> dict[str, Any]:
        """Return the request as plain values, with the versions of all that answers it."""
        values = [str(self.root), str(self.config), self.site_dir, self.today, self.strict, self.allow_stale]
        return {
            "format": FORMAT,
            "version": __version__,
            "surroundings": _surroundings(),
            "request": values,
            "epoch": os.environ.get("SOURCE_DATE_EPOCH"),
        }


def _surroundings() -> str:
    """Return a digest of Python's version and of the names and versions of all packages installed beside it."""
    found = {sys.version}
    for folder in sys.path:
        with contextlib.suppress(OSError):
            found |= {name for name in os.listdir(folder or ".") if name.endswith((".dist-info", ".egg-info"))}
    return hashlib.sha256("\n".join(sorted(found)).encode()).hexdigest()


Stamp = Sequence[Any]
"""Size in bytes, time of change in nanoseconds, a SHA-256 for sources too young to be trusted by their time, and for
sources the time at which anything about them changed (ctime)."""
Stamps = Mapping[str, Stamp]


@dataclass(frozen=True)
class Recalled:
    """The last build: what it reported, the sources that are different now, and the files of the site it published.

    `sources` are their stamps then; `memory` is the signature of what it kept of its pages; `record` and `number`
    (the published folder's) tell whether it is still the last one.
    """

    report: Mapping[str, Any]
    changed: frozenset[str]
    site: tuple[str, ...]
    sources: Stamps
    memory: str
    record: bytes
    number: int


def source_folders(root: Path, content: str | Path, config: Path) -> tuple[Path, ...]:
    """Return the folders and files that a build reads."""
    return (root / content, root / "templates", root / "locales", config, PACKAGE)


def stamps(folders: Iterable[Path], now: int | None = None) -> dict[str, Stamp]:
    """Return a stamp for each source below the folders (or each file named); hidden files are none.

    `now` is the time of the record in nanoseconds; without it every file is trusted by its time.
    """
    found: dict[str, Stamp] = {}
    for path, status in _files(folders, _is_source):
        young = now is not None and status.st_mtime_ns > now - SETTLED
        found[path] = [status.st_size, status.st_mtime_ns, _digest(path) if young else "", status.st_ctime_ns]
    return found


def site_stamps(folder: Path, target: Path) -> dict[str, Stamp]:
    """Return the stamps of all files of a site in a folder, by their paths once it is published."""
    start = len(str(folder))
    return {f"{target}{path[start:]}": [status.st_size, status.st_mtime_ns, ""] for path, status in _files([folder])}


def _is_source(name: str) -> bool:
    """Tell whether an entry of a folder may be read by a build; editors keep hidden files beside the open one."""
    return not name.startswith(".") and name != "__pycache__"


def _files(
    folders: Iterable[Path], wanted: Callable[[str], bool] = lambda name: True
) -> Iterator[tuple[str, os.stat_result]]:
    """Yield the files below the folders; what cannot be read is left out, and is as good as gone."""
    waiting = [str(folder) for folder in folders]
    while waiting:
        path = waiting.pop()
        try:
            with os.scandir(path) as entries:
                for entry in entries:
                    if not wanted(entry.name):
                        continue
                    if entry.is_dir(follow_symlinks=False):
                        waiting.append(entry.path)
                    else:
                        yield entry.path, entry.stat(follow_symlinks=False)
        except NotADirectoryError:
            yield path, os.lstat(path)
        except OSError:
            continue


def _digest(path: str) -> str:
    try:
        if not stat.S_ISREG(os.lstat(path).st_mode):
            return "no file"
        with open(path, "rb") as handle:
            return hashlib.file_digest(handle, "sha256").hexdigest()
    except OSError:
        return "unreadable"


def changed_files(known: Stamps, found: Stamps) -> frozenset[str]:
    """Return the files that are not as they were known: changed, added or gone."""
    changed = {path for path, stamp in found.items() if path not in known or not _fits(known[path], path, stamp)}
    return frozenset(changed | (known.keys() - found.keys()))


def check_sources(known: Stamps, folders: Iterable[Path], root: Path) -> None:
    """Refuse to publish what was read half before and half after an edit, be it undone since. Raises `ProjectError`."""
    found = stamps(folders)
    touched = {path for path in known.keys() & found.keys() if known[path][3] != found[path][3]}
    changed = sorted(touched | changed_files(known, found))
    if changed:
        raise sources_changed(changed, root)


def sources_changed(paths: Sequence[str], root: Path) -> ProjectError:
    """Return the refusal to build from files that change meanwhile."""
    first = os.path.relpath(paths[0], root)
    more = f" and {len(paths) - 1} more" if len(paths) > 1 else ""
    return ProjectError(
        f"sources changed during the build: {first}{more}. Nothing was published; build again when they are ready."
    )


def _fits(known: Stamp, path: str, found: Stamp) -> bool:
    """Tell whether a file is as it was: by its content where it was too young then for its time to be trusted."""
    size, changed, digest = known[:3]
    return bool(size == found[0] and (_digest(path) == digest if digest else changed == found[1]))


def note_build(
    request: Request, sources: Stamps, site: Stamps, folders: Iterable[Path], memory: str, report: Mapping[str, Any]
) -> None:
    """Write down a build that was published: the stamps of what it read, and of what it wrote.

    `memory` is the signature of what it kept of its pages; `report` is what the same request may print again.
    """
    record = {
        **request.key(),
        "folders": [str(folder) for folder in folders],
        "sources": sources,
        "site": site,
        "memory": memory,
        "report": dict(report),
    }
    write_memory(request.root, RECORD, json.dumps(record).encode())


def recall_build(request: Request) -> Recalled | None:
    """Return the last build when it was asked the same and its site is as it left it, else `None`."""
    text = read_memory(request.root, RECORD)
    if text is None:
        return None
    record = json.loads(text)
    wanted = request.key()
    if any(record.get(key) != value for key, value in wanted.items()):
        return None
    target, site = Path(record["report"]["site_dir"]), record["site"]
    number = _number(target)
    if changed_files(site, site_stamps(target, target)):
        return None
    sources = record["sources"]
    changed = changed_files(sources, stamps(Path(folder) for folder in record["folders"]))
    return Recalled(record["report"], changed, tuple(site), sources, record["memory"], text, number)


def recall_again(last: Recalled | None, request: Request, sources: Stamps) -> Recalled | None:
    """Return the last build with the sources that differ from these stamps, `None` when it is no longer the last.

    For whoever holds the lock: until then another build may have published, and sources may have changed.
    """
    if last is None or read_memory(request.root, RECORD) != last.record:
        return None
    if _number(Path(last.report["site_dir"])) != last.number:
        return None
    return replace(last, changed=changed_files(last.sources, sources))


def _number(folder: Path) -> int:
    """Return a folder's inode number, 0 where it is not there."""
    try:
        return folder.lstat().st_ino
    except OSError:
        return 0
