"""Reading a file of content/assets/ for the preview without following a link anywhere on its way."""

from __future__ import annotations

import contextlib
import os
import stat
from pathlib import Path

_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC
_FILE = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
MAX_ASSET_BYTES = 64 * 1024 * 1024
"""Largest file shown, in bytes."""


def load_asset(folder: Path, name: str) -> bytes | None:
    """Return the bytes of a regular file below a folder, or nothing when there is none or a link leads to it.

    Each step of the way is opened from the one before, so that no folder can be exchanged for a link meanwhile.
    """
    path = folder / name
    parts = path.relative_to(folder).parts if path.is_relative_to(folder) else ()
    if not parts or ".." in parts:
        return None
    try:
        with contextlib.ExitStack() as opened:
            at = _opened(opened, os.open(folder, _FOLDER))
            for part in parts[:-1]:
                at = _opened(opened, os.open(part, _FOLDER, dir_fd=at))
            file = _opened(opened, os.open(parts[-1], _FILE, dir_fd=at))
            status = os.fstat(file)
            if not stat.S_ISREG(status.st_mode) or status.st_size > MAX_ASSET_BYTES:
                return None
            with os.fdopen(os.dup(file), "rb") as handle:
                return handle.read(MAX_ASSET_BYTES)
    except (OSError, ValueError):
        return None


def _opened(stack: contextlib.ExitStack, descriptor: int) -> int:
    stack.callback(os.close, descriptor)
    return descriptor
