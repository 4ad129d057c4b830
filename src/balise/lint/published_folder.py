"""A published site in a folder: its files, none of them behind a link of the disk, and where it is published."""

from __future__ import annotations

import base64
import hashlib
import os
import re
import stat
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

from balise.headers import WRITTEN
from balise.lint.published_addresses import FOLDER_ROOT, Addresses
from balise.lint.published_page import PublishedFile
from balise.lint.published_reading import LARGEST, kind_of, named_root
from balise.lint.published_site import Found, PublishedSite
from balise.registries import Registries

_UNOPENED = frozenset({".git", ".svn", ".hg", "node_modules"})
"""Folders that are told of and not read."""
_SAYS = r"(?im)^[^#\n]*\b{}\b[\s:]{{1,9}}\"?([^\"\n]{{1,4000}})"
_SAMPLE = 40
"""Pages that are asked where the site is published."""


def open_folder(folder: Path, facts: Registries | None) -> PublishedSite:
    """Return the site in a folder, its pages not yet read."""
    trouble: list[Found] = []
    files = dict.fromkeys(sorted(_walk(folder, "", trouble)), 200)
    told = {name: _server_file(folder, name) for name in WRITTEN if name in files}
    texts = "\n".join(told.values())
    root = _published_at(folder, files)
    return PublishedSite(
        addresses=Addresses(root),
        files=files,
        is_served=False,
        policy=_said(texts, "Content-Security-Policy"),
        referrer=_said(texts, "Referrer-Policy"),
        sends_headers=bool(told),
        facts=facts,
        trouble=trouble,
        digest=_digester(folder),
    )


def read_files(folder: Path, site: PublishedSite) -> Iterator[PublishedFile]:
    """Yield the files of the site that rules read, one by one."""
    for path in site.files:
        kind = kind_of(path)
        if kind == "other" or path in WRITTEN:
            continue
        content = _read(folder, path)
        if content is None:
            site.trouble.append(Found("the file cannot be read", "let it be read", 0, path))
        elif len(content) > LARGEST:
            message = f"the file has more than {LARGEST // 1_000_000} MB and was not read"
            site.trouble.append(Found(message, "split it", 0, path))
        else:
            yield PublishedFile(path, content, kind, size=len(content))


def _walk(folder: Path, inside: str, trouble: list[Found]) -> Iterator[str]:
    """Yield the files below a folder as paths from the site's root; links of the disk are told of and not followed."""
    try:
        entries = sorted(os.scandir(folder / inside), key=lambda entry: entry.name)
    except OSError:
        trouble.append(Found("the folder cannot be read", "let it be read", 0, inside))
        return
    for entry in entries:
        path = f"{inside}/{entry.name}" if inside else entry.name
        if entry.is_symlink():
            hint = "put the file itself there"
            trouble.append(Found(f'"{entry.name}" is a link of the disk and was not followed', hint, 0, path))
        elif entry.is_dir(follow_symlinks=False):
            if entry.name in _UNOPENED:
                yield path
            else:
                yield from _walk(folder, path, trouble)
        elif entry.is_file(follow_symlinks=False):
            yield path
        else:
            trouble.append(Found(f'"{entry.name}" is neither a file nor a folder', "leave it out", 0, path))


def _read(folder: Path, path: str) -> bytes | None:
    """Return the bytes of a file, no more than tell that it is too large; `None` for one that cannot be read."""
    try:
        handle = os.open(folder / path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))
    except OSError:
        return None
    with os.fdopen(handle, "rb") as file:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            return None
        return file.read(LARGEST + 1)


def _digester(folder: Path) -> Callable[[str, str], str]:
    """Return what tells the digest of a file in base64, each asked for once."""

    @cache
    def digest(path: str, kind: str) -> str:
        content = _read(folder, path)
        if content is None or len(content) > LARGEST:
            return ""
        return base64.b64encode(hashlib.new(kind, content).digest()).decode()

    return digest


def _server_file(folder: Path, name: str) -> str:
    return (_read(folder, name) or b"").decode("utf-8", "replace")


def _said(text: str, header: str) -> str:
    match = re.search(_SAYS.format(header), text)
    return match[1].strip() if match else ""


def _published_at(folder: Path, files: dict[str, int]) -> str:
    """Return the address of the site's root as most of some pages name it, or one that stands for none."""
    votes: dict[str, int] = {}
    pages = sorted((path for path in files if path.endswith("index.html")), key=lambda path: path.count("/"))
    for path in pages[:_SAMPLE]:
        root = named_root((_read(folder, path) or b"")[:20_000].decode("utf-8", "replace"), path)
        if root:
            votes[root] = votes.get(root, 0) + 1
    return max(votes, key=lambda root: votes[root]) if votes else FOLDER_ROOT
