"""Running MkDocs' own build for `balise build`: same configuration, same build, same bytes."""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from balise.errors import ProjectError, UsageError
from balise.pipeline import Summary
from balise.problems import Problem


@dataclass(frozen=True)
class BuildReport:
    """What a build came to: the problems, the counts (`None` when it stopped early), and what the host itself said.

    `untouched` is true when a failed build left the published site as it was.
    """

    ok: bool
    untouched: bool
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
    from mkdocs.exceptions import Abort

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
        try:
            build(config)
            ok = True
        except Abort:
            ok = False
        finally:
            plugin.quiet = False
            config.plugins.on_shutdown()
    if plugin.failure:
        raise plugin.failure
    lines = tuple(line for line in talk.lines if "Nothing was written" not in line)
    return BuildReport(ok, not plugin.writing, plugin.problems, plugin.summary, config.site_dir, lines)


def _check_site_dir(site_dir: Path, root: Path) -> None:
    """Refuse to publish over the sources: MkDocs empties its target."""
    target, source = site_dir.resolve(), root.resolve()
    if source == target or source.is_relative_to(target):
        raise UsageError(f'the site cannot be written to "{site_dir}": the project stands in it; choose another folder')
    for name in ("content", "templates", "locales", "src"):
        if target == source / name or target.is_relative_to(source / name):
            raise UsageError(f'the site cannot be written to "{site_dir}": it holds sources; choose another folder')


def run_serve(config_file: Path, *, address: str | None, strict: bool = False) -> bool:
    """Serve the project through MkDocs' own development server; tell whether it ran until interrupted.

    Nothing is written to the site's folder: the preview stands in a folder of its own. Raises `ProjectError`, and
    `UsageError` when the address cannot be listened on.
    """
    from mkdocs.commands.serve import serve
    from mkdocs.exceptions import Abort

    config = load_host_config(config_file, dev_addr=address, strict=strict or None)
    logging.basicConfig(format="%(message)s", level=logging.INFO)
    try:
        serve(config_file=str(config_file), dev_addr=address, strict=strict or None, livereload=True)
    except Abort:
        return False
    except OSError as failure:
        host, port = config.dev_addr
        raise UsageError(f"cannot listen on {host}:{port}: {failure.strerror}; choose another --dev-addr") from None
    return True
