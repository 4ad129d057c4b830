"""Where a project begins on disk; imports nothing heavy, for commands that end early."""

from __future__ import annotations

from pathlib import Path

from balise.errors import ProjectError


def find_root(start: Path) -> Path:
    """Return the project folder: the given one or the nearest above it that holds mkdocs.yml and content/site.yml."""
    for folder in (start, *start.parents):
        if (folder / "mkdocs.yml").is_file() and (folder / "content" / "site.yml").is_file():
            return folder
    raise ProjectError(
        f'"{start}" is not a Balise project: it has no mkdocs.yml beside a content/site.yml; '
        "run `balise init FOLDER` to start one"
    )
