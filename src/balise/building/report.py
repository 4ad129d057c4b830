"""What a build came to, and what stops one."""

from __future__ import annotations

import errno
import shutil
from dataclasses import dataclass
from pathlib import Path

from balise.errors import UsageError
from balise.pipeline import Summary
from balise.problems import Problem


@dataclass(frozen=True)
class BuildReport:
    """What a build came to: the problems, the counts (`None` when it stopped early), and what the host itself said."""

    ok: bool
    problems: tuple[Problem, ...]
    summary: Summary | None
    site_dir: str
    talk: tuple[str, ...] = ()


def disk_message(failure: OSError, target: Path, staged: Path) -> str:
    """Return what stopped the writing of a site, where, and that the published one is as it was.

    `staged` is the folder that was written to; it is removed, so what it holds counts as free.
    """
    what = failure.strerror or str(failure)
    if failure.errno in (errno.ENOSPC, errno.EDQUOT):
        whole, free = _bytes_on_disk(target), shutil.disk_usage(target.parent).free + _bytes_on_disk(staged)
        what = f"the disk is full ({free:,} bytes are free; the site takes {f'{whole:,}' if whole else 'more'})"
    return f'the site cannot be written beside "{target}": {what}. The published site is unchanged.'


def _bytes_on_disk(folder: Path) -> int:
    """Return the bytes that the files and folders of a folder take on the disk, 0 where there is none."""
    statuses = [path.lstat() for path in folder.rglob("*")]
    return sum({status.st_ino: status.st_blocks * 512 for status in statuses}.values())


def check_site_dir(site_dir: Path, root: Path, content: str = "content") -> None:
    """Refuse to publish over the sources."""
    target, source = site_dir.resolve(), root.resolve()
    if source == target or source.is_relative_to(target):
        raise UsageError(f'the site cannot be written to "{site_dir}": the project stands in it; choose another folder')
    for name in (content, "templates", "locales", "src"):
        if target == source / name or target.is_relative_to(source / name):
            raise UsageError(f'the site cannot be written to "{site_dir}": it holds sources; choose another folder')
