"""Writing files into the staging folder: never over another one, never through a link."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path
from typing import Protocol


class Sink(Protocol):
    """Where finished files go."""

    def write(self, address: str, content: bytes) -> None:
        """Take a file at an address below the site's root."""


class Output:
    """The files of a site under construction; several processes may write into one folder."""

    def __init__(self, folder: Path) -> None:
        self._root = f"{folder}/"
        self._made = {""}

    def write(self, address: str, content: bytes) -> None:
        """Write a new file at an address below the site's root. Raises `OSError`, also where one is there already."""
        descriptor = os.open(self._place(address), os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o666)
        try:
            left = memoryview(content)
            while left:
                left = left[os.write(descriptor, left) :]
        finally:
            os.close(descriptor)

    def read(self, address: str) -> bytes:
        """Return the bytes of a file that was written, by whichever process."""
        with open(os.open(self._root + address, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC), "rb") as handle:
            return handle.read()

    def link(self, source: str, address: str) -> None:
        """Put a file that nobody will write to at an address, sharing its bytes on disk where that is possible."""
        place = self._place(address)
        try:
            os.link(source, place, follow_symlinks=False)
        except OSError:
            with open(os.open(source, os.O_RDONLY | os.O_NOFOLLOW), "rb") as handle:
                self.write(address, handle.read())

    def _place(self, address: str) -> str:
        folder = address.rpartition("/")[0]
        if folder not in self._made:
            self._make(folder)
        return self._root + address

    def _make(self, folder: str) -> None:
        """Make a folder of the site and those above it, unless they are there."""
        above = folder.rpartition("/")[0]
        if above not in self._made:
            self._make(above)
        with contextlib.suppress(FileExistsError):
            os.mkdir(self._root + folder)  # noqa: PTH102 - one of thousands
        self._made.add(folder)
