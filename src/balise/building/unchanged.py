"""Telling, before anything else is imported, what has changed since the last build."""

from __future__ import annotations

import hashlib
import json
import os
import stat
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from balise import __version__
from balise.building.memory import read_memory, write_memory
from balise.errors import ProjectError

FORMAT = 2
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
        """Return the request as plain values, with the version of the program that answers it."""
        values = [str(self.root), str(self.config), self.site_dir, self.today, self.strict, self.allow_stale]
        return {
            "format": FORMAT,
            "version": __version__,
            "request": values,
            "epoch": os.environ.get("SOURCE_DATE_EPOCH"),
        }


Stamp = Sequence[Any]
"""Size in bytes, time of change in nanoseconds, and a SHA-256 for sources too young to be trusted by their time."""
Stamps = Mapping[str, Stamp]


@dataclass(frozen=True)
class Recalled:
    """The last build: what it reported, the sources that are different now, and the files of the site it published."""

    report: Mapping[str, Any]
    changed: frozenset[str]
    site: tuple[str, ...]


def source_folders(root: Path, content: str | Path, config: Path) -> tuple[Path, ...]:
    """Return the folders and files that a build reads."""
    return (root / content, root / "templates", root / "locales", config, PACKAGE)


def stamps(folders: Iterable[Path], now: int | None = None) -> dict[str, Stamp]:
    """Return a stamp for each file below the folders (or each file named).

    `now` is the time of the record in nanoseconds; without it every file is trusted by its time.
    """
    found: dict[str, Stamp] = {}
    for path, status in _files(folders):
        young = now is not None and status.st_mtime_ns > now - SETTLED
        found[path] = [status.st_size, status.st_mtime_ns, _digest(path) if young else ""]
    return found


def _files(folders: Iterable[Path]) -> Iterator[tuple[str, os.stat_result]]:
    waiting = [str(folder) for folder in folders]
    while waiting:
        path = waiting.pop()
        try:
            with os.scandir(path) as entries:
                for entry in entries:
                    if entry.is_dir(follow_symlinks=False):
                        if entry.name != "__pycache__":
                            waiting.append(entry.path)
                    else:
                        yield entry.path, entry.stat(follow_symlinks=False)
        except NotADirectoryError:
            yield path, Path(path).lstat()
        except FileNotFoundError:
            continue


def _digest(path: str) -> str:
    try:
        if not stat.S_ISREG(os.lstat(path).st_mode):
            return "no file"
        with open(path, "rb") as handle:
            return hashlib.file_digest(handle, "sha256").hexdigest()
    except OSError:
        return "unreadable"


def changed_files(known: Stamps, folders: Iterable[Path]) -> frozenset[str]:
    """Return the files below the folders that are not as they were: changed, added or gone."""
    changed = set()
    seen = set()
    for path, status in _files(folders):
        seen.add(path)
        stamp = known.get(path)
        if (
            stamp is None
            or stamp[0] != status.st_size
            or (_digest(path) != stamp[2] if stamp[2] else stamp[1] != status.st_mtime_ns)
        ):
            changed.add(path)
    return frozenset(changed | (known.keys() - seen))


def check_sources(known: Stamps, folders: Iterable[Path], root: Path) -> None:
    """Refuse to publish what was read half before and half after an edit. Raises `ProjectError`."""
    changed = sorted(changed_files(known, folders))
    if changed:
        first = os.path.relpath(changed[0], root)
        more = f" and {len(changed) - 1} more" if len(changed) > 1 else ""
        raise ProjectError(
            f"sources changed during the build: {first}{more}. Nothing was published; build again when they are ready."
        )


def _fits(stamp: Stamp, path: str, status: os.stat_result) -> bool:
    size, changed, digest = stamp
    return bool(size == status.st_size and (_digest(path) == digest if digest else changed == status.st_mtime_ns))


def note_build(request: Request, sources: Stamps, folders: Iterable[Path], report: Mapping[str, Any]) -> None:
    """Write down a build that was published: the stamps of what it read, and of what it wrote.

    `report` is what the same request may print again.
    """
    site = stamps([Path(report["site_dir"])])
    record = {
        **request.key(),
        "folders": [str(folder) for folder in folders],
        "sources": sources,
        "site": {path: stamp[:2] for path, stamp in site.items()},
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
    site = {path: [*stamp, ""] for path, stamp in record["site"].items()}
    if changed_files(site, [Path(record["report"]["site_dir"])]):
        return None
    changed = changed_files(record["sources"], [Path(folder) for folder in record["folders"]])
    return Recalled(record["report"], changed, tuple(site))
