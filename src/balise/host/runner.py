"""Running MkDocs' own build for `balise build`: same configuration, same build, same bytes."""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from balise.building.report import BuildReport, check_site_dir
from balise.errors import ProjectError


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
        check_site_dir(Path(config.site_dir), config_file.parent)
        config.plugins.on_startup(command="build", dirty=False)
        target = config.site_dir
        try:
            build(config)
        except Abort:
            pass
        except PluginError as failure:
            if plugin.failure is None:
                raise ProjectError(str(failure)) from None
        finally:
            plugin.quiet = False
            with contextlib.suppress(PluginError):
                config.plugins.on_shutdown()
    if plugin.failure:
        raise plugin.failure
    lines = tuple(line for line in talk.lines if "Nothing was written" not in line)
    return BuildReport(plugin.published, plugin.problems, plugin.summary, target, lines)
