"""Publishing as one step: a site is built beside the published folder and exchanged with it once it is good."""

from __future__ import annotations

import contextlib
import ctypes
import errno
import fcntl
import os
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkdtemp

from balise.errors import ProjectError, UsageError

_EXCHANGE = 2
_AT_FDCWD = -100
_libc = ctypes.CDLL(None, use_errno=True)


@dataclass(frozen=True)
class Staging:
    """A build's own folder beside the published one; `lock` is held by the open descriptor until `leave`."""

    folder: Path
    published: Path
    lock: int


def previous_folder(published: Path) -> Path:
    """Return where the site published before stands: hidden beside the published one."""
    return published.parent / f".{published.name}.previous"


def enter(published: Path, wait: Callable[[], None] = lambda: None) -> Staging:
    """Return a fresh, empty staging folder, the lock taken first; leftovers of dead builds are removed.

    `wait` is called once when another build holds the lock. Raises `UsageError` where the folder cannot be exchanged.
    """
    published = published.absolute()
    _check_place(published)
    lock = os.open(published.parent, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        _take(lock, wait)
        for name in published.parent.glob(f".{published.name}.staging-*"):
            shutil.rmtree(name, ignore_errors=True)
        folder = Path(mkdtemp(prefix=f".{published.name}.staging-", dir=published.parent))
        folder.chmod(0o777 & ~_umask())
    except OSError as failure:
        os.close(lock)
        raise UsageError(f'the site cannot be written beside "{published}": {failure.strerror}') from None
    except BaseException:
        os.close(lock)
        raise
    return Staging(folder, published, lock)


def _take(lock: int, wait: Callable[[], None]) -> None:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        wait()
        fcntl.flock(lock, fcntl.LOCK_EX)


def _umask() -> int:
    mask = os.umask(0o022)
    os.umask(mask)
    return mask


def _check_place(published: Path) -> None:
    """Refuse before building where a folder cannot be exchanged with its neighbour."""
    if published.is_symlink() or (published.exists() and not published.is_dir()):
        raise UsageError(f'"{published}" is not a folder; publish into a folder of its own')
    if published.is_dir() and os.path.ismount(published):
        raise UsageError(
            f'"{published}" is a mount point and cannot be exchanged; publish below it: -d {published}/www'
        )
    published.parent.mkdir(parents=True, exist_ok=True)
    if not os.access(published.parent, os.W_OK | os.X_OK):
        raise UsageError(f'"{published.parent}" cannot be written to; publish into a folder that you may write')


def publish(staging: Staging) -> None:
    """Make the staged site the published one in one step: written to disk, exchanged, the old one kept as previous.

    Raises `ProjectError` where the file system cannot exchange folders; nothing has changed then.
    """
    descriptor = os.open(staging.folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        if _libc.syncfs(descriptor) != 0:
            os.fsync(descriptor)
    finally:
        os.close(descriptor)
    if staging.published.exists():
        exchange(staging.folder, staging.published)
        previous = previous_folder(staging.published)
        shutil.rmtree(previous, ignore_errors=True)
        with contextlib.suppress(OSError):
            staging.folder.rename(previous)
    else:
        staging.folder.rename(staging.published)
    os.fsync(staging.lock)


def exchange(one: Path, other: Path) -> None:
    """Exchange two folders of one file system in one step (renameat2(2), RENAME_EXCHANGE). Raises `ProjectError`."""
    if sys.platform != "linux":
        raise ProjectError("publishing in one step needs Linux; build into a new folder with -d and move it yourself")
    done = _libc.renameat2(_AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), _EXCHANGE)
    if done != 0:
        code = ctypes.get_errno()
        name = errno.errorcode.get(code, str(code))
        raise ProjectError(f'"{other}" cannot be exchanged ({name}); publish into a folder below it: -d {other}/www')


def leave(staging: Staging) -> None:
    """Remove what is left of the staging folder and give the lock back."""
    shutil.rmtree(staging.folder, ignore_errors=True)
    os.close(staging.lock)
