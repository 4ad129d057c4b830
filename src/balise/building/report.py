"""What a build came to, and what stops one."""

from __future__ import annotations

import contextlib
import errno
import shutil
import signal
import threading
from collections.abc import Iterator
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


def disk_message(failure: OSError, target: str) -> str:
    """Return what stopped the writing, where, and that the published site is as it was."""
    where = Path(target).parent
    what = failure.strerror or str(failure)
    if failure.errno == errno.ENOSPC:
        free = shutil.disk_usage(where).free
        what = f"the disk is full ({free:,} bytes left)"
    return f'the site cannot be written beside "{target}": {what}. The published site is unchanged.'


@contextlib.contextmanager
def ended_by_sigterm() -> Iterator[None]:
    """Let SIGTERM end the work inside as an exit with code 143, so that everything is cleaned up on the way out."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def end(number: int, frame: object) -> None:
        raise SystemExit(128 + number)

    before = signal.signal(signal.SIGTERM, end)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def check_site_dir(site_dir: Path, root: Path, content: str = "content") -> None:
    """Refuse to publish over the sources."""
    target, source = site_dir.resolve(), root.resolve()
    if source == target or source.is_relative_to(target):
        raise UsageError(f'the site cannot be written to "{site_dir}": the project stands in it; choose another folder')
    for name in (content, "templates", "locales", "src"):
        if target == source / name or target.is_relative_to(source / name):
            raise UsageError(f'the site cannot be written to "{site_dir}": it holds sources; choose another folder')
