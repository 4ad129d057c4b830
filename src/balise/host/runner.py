"""Running MkDocs' own build for `balise build`: same configuration, same build, same bytes."""

from __future__ import annotations

import contextlib
import logging
import signal
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from balise.errors import ProjectError, UsageError
from balise.pipeline import Summary
from balise.problems import Problem


@dataclass(frozen=True)
class BuildReport:
    """What a build came to: the problems, the counts (`None` when it stopped early), and what the host itself said."""

    ok: bool
    problems: tuple[Problem, ...]
    summary: Summary | None
    site_dir: str
    talk: tuple[str, ...]


class _Talk(logging.Handler):
    """Keeps what MkDocs and other plugins say from a level on; our own problems are reported apart."""

    def __init__(self, level: int) -> None:
        super().__init__(level)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep a record's text."""
        self.lines.append(f"{record.levelname.lower()}: {record.getMessage()}")


@contextlib.contextmanager
def _listening(level: int) -> Iterator[_Talk]:
    logger = logging.getLogger("mkdocs")
    talk, before = _Talk(level), logger.level
    logger.addHandler(talk)
    logger.setLevel(min(level, logging.WARNING))
    try:
        yield talk
    finally:
        logger.removeHandler(talk)
        logger.setLevel(before)


def load_host_config(config_file: Path, **values: Any) -> Any:
    """Return MkDocs' configuration of a project with our plugin in it. Raises `ProjectError`."""
    from mkdocs.config import load_config
    from mkdocs.exceptions import MkDocsException

    given = {key: value for key, value in values.items() if value is not None}
    with _listening(logging.WARNING) as talk:
        try:
            config = load_config(config_file=str(config_file), **given)
        except MkDocsException as failure:
            said = "; ".join(line.partition(": ")[2] for line in talk.lines if line.startswith("error"))
            raise ProjectError(f"{config_file.name}: {said or failure}") from None
    if "balise" not in config.plugins:
        raise ProjectError(
            f"{config_file.name} does not name the plugin; write `plugins: [balise]` and `theme: balise`"
        )
    return config


def run_build(
    config_file: Path, *, site_dir: str | None = None, strict: bool = False, verbose: bool = False, **options: Any
) -> BuildReport:
    """Build the project through MkDocs. Raises `ProjectError` or `UsageError` when it cannot be tried.

    `options` are the plugin's: `today` (ISO date) and `allow_stale`.
    """
    from mkdocs.commands.build import build
    from mkdocs.exceptions import Abort, PluginError

    level = logging.INFO if verbose else logging.WARNING
    with _listening(level) as talk:
        config = load_host_config(config_file, site_dir=site_dir, strict=strict or None)
        plugin = config.plugins["balise"]
        plugin.quiet = True
        for key, value in options.items():
            if value:
                plugin.config[key] = value
        _check_site_dir(Path(config.site_dir), config_file.parent)
        config.plugins.on_startup(command="build", dirty=False)
        target = config.site_dir
        try:
            with ended_by_sigterm():
                build(config)
        except Abort:
            pass
        except OSError as failure:
            raise ProjectError(_disk_message(failure, target)) from None
        finally:
            plugin.quiet = False
            with contextlib.suppress(PluginError):
                config.plugins.on_shutdown()
    if plugin.failure:
        raise plugin.failure
    lines = tuple(line for line in talk.lines if "Nothing was written" not in line)
    return BuildReport(plugin.published, plugin.problems, plugin.summary, target, lines)


def _disk_message(failure: OSError, target: str) -> str:
    """Return what stopped the writing, where, and that the published site is as it was."""
    import errno
    import shutil

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


def _check_site_dir(site_dir: Path, root: Path) -> None:
    """Refuse to publish over the sources: MkDocs empties its target."""
    target, source = site_dir.resolve(), root.resolve()
    if source == target or source.is_relative_to(target):
        raise UsageError(f'the site cannot be written to "{site_dir}": the project stands in it; choose another folder')
    for name in ("content", "templates", "locales", "src"):
        if target == source / name or target.is_relative_to(source / name):
            raise UsageError(f'the site cannot be written to "{site_dir}": it holds sources; choose another folder')
