"""Publishing as one step: a site is built beside the published folder and exchanged with it once it is good.

Beside a published folder `site` stand, all hidden and all changed only by whoever holds the lock:

- `.site.previous`: the site published before, whole.
- `.site.staging-…`: a build at work, or what a killed one left.
- `.site.replacing-N`: a finished build that takes the place of the folder with inode number N. Once a folder of that
  name has that very number, the exchange is done and it holds the site that was published until then. So a build that
  is killed between the exchange and its next step loses neither site.
"""

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

from balise.building.leftovers import leftovers
from balise.building.signals import Endings
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


def enter(published: Path, wait: Callable[[], None] = lambda: None, endings: Endings | None = None) -> Staging:
    """Return a fresh, empty staging folder, the lock taken first; leftovers of dead builds are removed.

    `wait` is called once when another build holds the lock; waiting heeds `endings`. Raises `UsageError` where the
    folder cannot be exchanged.
    """
    published = published.absolute()
    _check_place(published)
    try:
        published.parent.mkdir(parents=True, exist_ok=True)
    except OSError as failure:
        raise _unwritable(published, failure) from None
    with endings.heeded() if endings else contextlib.nullcontext():
        lock = _take_lock(published, wait)
    try:
        _tidy(published)
        folder = Path(mkdtemp(prefix=f".{published.name}.staging-", dir=published.parent))
        folder.chmod(0o777 & ~_umask())
    except OSError as failure:
        os.close(lock)
        raise _unwritable(published, failure) from None
    return Staging(folder, published, lock)


def _take_lock(published: Path, wait: Callable[[], None]) -> int:
    """Return the descriptor that holds the lock of everything beside a published folder; closing it gives it back."""
    if not os.access(published.parent, os.W_OK | os.X_OK):
        raise UsageError(f'"{published.parent}" cannot be written to; publish into a folder that you may write')
    try:
        lock = os.open(published.parent, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    except OSError as failure:
        raise _unwritable(published, failure) from None
    try:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            wait()
            fcntl.flock(lock, fcntl.LOCK_EX)
    except OSError as failure:
        os.close(lock)
        raise _unwritable(published, failure) from None
    except BaseException:
        os.close(lock)
        raise
    return lock


def _unwritable(published: Path, failure: OSError) -> UsageError:
    return UsageError(f'the site cannot be written beside "{published}": {failure.strerror}')


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


def tidy(published: Path) -> None:
    """Remove what dead builds left, unless a build is at work there, which does so itself."""
    with contextlib.suppress(OSError):
        lock = os.open(published.parent, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            _tidy(published)
        finally:
            os.close(lock)


def publish(staging: Staging) -> None:
    """Make the staged site the published one in one step: written to disk, exchanged, the old one kept as previous.

    Raises `ProjectError` where the file system cannot exchange folders; nothing has changed then.
    """
    _write_out(staging.folder)
    if staging.published.exists():
        number = staging.published.stat().st_ino
        replacing = staging.published.parent / f".{staging.published.name}.replacing-{number}"
        staging.folder.rename(replacing)
        exchange(replacing, staging.published)
        with contextlib.suppress(OSError):
            _keep_replaced(staging.published)
    else:
        staging.folder.rename(staging.published)
    try:
        os.fsync(staging.lock)
    except OSError as failure:
        raise ProjectError(
            f'"{staging.published}" is the new site, but the disk has not confirmed it: {failure.strerror}'
        ) from None


def _write_out(folder: Path) -> None:
    """Return once everything written to a folder's file system is on the disk. Raises `OSError` when it is not."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        code = ctypes.get_errno() if _libc.syncfs(descriptor) != 0 else 0
    finally:
        os.close(descriptor)
    if code in (errno.ENOSYS, errno.EPERM):  # a sandbox does not know the call
        os.sync()
    elif code:
        raise OSError(code, os.strerror(code), str(folder))


def publish_previous(published: Path, wait: Callable[[], None] = lambda: None) -> bool:
    """Exchange the published site with the one published before, in one step: a second call goes forward again.

    Returns whether there was a site to keep. `wait` is called once when a build holds the lock. Raises `UsageError`
    where no other site is kept, or where the folder cannot be exchanged; nothing has changed then. What dead builds
    left is for the next build to remove: with thousands of files that takes longer than the exchange may.
    """
    published = published.absolute()
    _check_place(published)
    if not published.parent.is_dir():
        raise _nothing_kept(published)
    lock = _take_lock(published, wait)
    try:
        _keep_replaced(published)
        previous = previous_folder(published)
        if not _is_site(previous):
            raise _nothing_kept(published)
        if published.exists():
            exchange(previous, published)
        else:
            previous.rename(published)
        os.fsync(lock)
        return _is_site(previous)
    except OSError as failure:
        raise _unwritable(published, failure) from None
    finally:
        os.close(lock)


def _is_site(folder: Path) -> bool:
    """Tell whether a folder, not a link to one, holds anything."""
    return folder.is_dir() and not folder.is_symlink() and any(folder.iterdir())


def _nothing_kept(published: Path) -> UsageError:
    return UsageError(
        f'no other site is kept beside "{published}"; '
        "a build keeps the one that it replaces: build a second time, or name its folder with -d"
    )


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
    with contextlib.suppress(OSError):
        _tidy(staging.published)
    os.close(staging.lock)


def _tidy(published: Path) -> None:
    """Keep the site that a killed build replaced, and remove what else builds left; only for who holds the lock."""
    _keep_replaced(published)
    for path, _ in leftovers(published):
        shutil.rmtree(path, ignore_errors=True)


def _keep_replaced(published: Path) -> None:
    """Make the site that was replaced last the previous one; the one kept until then becomes a leftover."""
    previous = previous_folder(published)
    for path, number in leftovers(published):
        if number == path.lstat().st_ino and _is_site(path):
            with contextlib.suppress(OSError, ProjectError):
                if os.path.lexists(previous):
                    exchange(path, previous)
                else:
                    path.rename(previous)
