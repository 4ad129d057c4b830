"""Telling, before anything else is imported, that a build would write the same bytes again."""

from __future__ import annotations

import hashlib
import json
import os
import re
import stat
import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from balise import __version__

FORMAT = 1
"""Version of the record; another one is ignored."""
SETTLED = 1_000_000_000
"""How much older than the record a file must be for its time to be trusted, in nanoseconds; else it is hashed."""
SOURCES = ("content", "templates", "locales")
RECORD = Path(".balise") / "cache" / "last-build.json"
_PACKAGE = Path(__file__).parent
_FORBIDDEN = ("!ENV", "INHERIT", "hooks", "custom_dir", "extra_css", "extra_javascript", "extra_templates")


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


_ONLY_BALISE = re.compile(
    r"^plugins:[ \t]*(?:\[[ \t]*balise[ \t]*\]|\n[ \t]*-[ \t]*balise)[ \t]*$(?!\n[ \t]*-)", re.MULTILINE
)
Stamp = list[Any]
"""Size in bytes, time of change in nanoseconds, and a SHA-256 for files too young to be trusted by their time."""


def stamps(folders: Iterable[Path], now: int) -> dict[str, Stamp]:
    """Return a stamp for each file below the folders (or each file named); `now` is the time of the record."""
    found: dict[str, Stamp] = {}
    for path, status in _files(folders):
        young = status.st_mtime_ns > now - SETTLED
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


def _same(known: Mapping[str, Stamp], folders: Iterable[Path]) -> bool:
    """Tell whether the files below the folders are those of the record, by size and time, the young ones by content."""
    seen = 0
    for path, status in _files(folders):
        stamp = known.get(path)
        if stamp is None or stamp[0] != status.st_size:
            return False
        if stamp[2] and _digest(path) != stamp[2]:
            return False
        if not stamp[2] and stamp[1] != status.st_mtime_ns:
            return False
        seen += 1
    return seen == len(known)


def _inputs(request: Request) -> list[Path]:
    return [*(request.root / name for name in SOURCES), request.config, _PACKAGE]


def is_simple(config: Path) -> bool:
    """Tell whether the configuration names nothing but Balise: other plugins and hooks may read what we do not know."""
    text = config.read_text("utf-8", "replace")
    return bool(_ONLY_BALISE.search(text)) and not any(word in text for word in _FORBIDDEN)


def note_build(request: Request, started: int, report: Mapping[str, Any]) -> None:
    """Write what a build that was published read and wrote; `started` is its start in nanoseconds.

    `report` is what the same request may print again. A build whose sources changed while it ran is not noted.
    """
    if not is_simple(request.config):
        return
    now = time.time_ns()
    sources = stamps(_inputs(request), now)
    if any(stamp[1] >= started for stamp in sources.values()):
        return
    site = stamps([Path(report["site_dir"])], now)
    record = {**request.key(), "sources": sources, "site": site, "report": dict(report)}
    path = request.root / RECORD
    if not _is_ours(request.root):
        return
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_suffix(".tmp")
        draft.write_text(json.dumps(record), "utf-8")
        draft.replace(path)
    except OSError:
        return


def _is_ours(root: Path) -> bool:
    """Tell whether the record and its folders are plain ones, or not there yet; links are never followed."""
    path = root / RECORD
    folders = (path.parent.parent, path.parent)
    files = (path, path.with_suffix(".tmp"))
    return not any(item.is_symlink() for item in (*folders, *files)) and not any(
        item.exists() and not item.is_file() for item in files
    )


def recall_build(request: Request) -> Mapping[str, Any] | None:
    """Return what the last build reported when the same request would write the same bytes again, else `None`."""
    try:
        if not _is_ours(request.root):
            return None
        record = json.loads((request.root / RECORD).read_text("utf-8"))
        wanted = request.key()
        if any(record.get(key) != value for key, value in wanted.items()):
            return None
        report = record["report"]
        folders = ((record["sources"], _inputs(request)), (record["site"], [Path(report["site_dir"])]))
        if not all(_same(known, inside) for known, inside in folders):
            return None
    except (OSError, ValueError, KeyError, TypeError, IndexError, AttributeError):
        return None
    return report if isinstance(report, dict) else None
