"""`balise doctor`: what this machine and this project have, and what is missing."""

from __future__ import annotations

import importlib.metadata
import platform
import shutil
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import click

from balise import __version__
from balise.errors import BaliseError
from balise.root import find_root

EPILOG = """\b
Examples:
  balise doctor
"""
PACKAGES = (
    "mkdocs",
    "jinja2",
    "babel",
    "click",
    "pyyaml",
    "pyromark",
    "nh3",
    "pydantic",
    "segno",
    "polib",
    "rich",
    "watchfiles",
    "imagesize",
)


@dataclass(frozen=True)
class Finding:
    """One line of the report: what was looked at, whether it is well, and what it is."""

    name: str
    well: bool
    detail: str


@click.command(epilog=EPILOG)
def command() -> None:
    """Tell which versions are at work, whether YAML is read fast, and whether this folder is a project."""
    findings = [*machine(), project_finding(Path.cwd())]
    width = max(len(item.name) for item in findings)
    for item in findings:
        sign = "ok " if item.well else "no "
        click.echo(f"{sign} {item.name.ljust(width)}  {item.detail}")
    raise click.exceptions.Exit(0 if all(item.well for item in findings) else 1)


def machine() -> Iterable[Finding]:
    """Yield what the machine has of what Balise needs."""
    yield Finding("balise", True, __version__)
    yield Finding("python", sys.version_info >= (3, 11), platform.python_version())
    for name in PACKAGES:
        try:
            yield Finding(name, True, importlib.metadata.version(name))
        except importlib.metadata.PackageNotFoundError:
            yield Finding(name, False, f"not installed; run pip install {name}")
    import yaml

    fast = bool(getattr(yaml, "__with_libyaml__", False))
    yield Finding(
        "libyaml", fast, "YAML is read at C speed" if fast else "missing: YAML is read about ten times slower"
    )
    tool = shutil.which("msgfmt")
    yield Finding("gettext", True, tool or "msgfmt is not here; only needed to check catalogues with another tool")


def project_finding(folder: Path) -> Finding:
    """Return whether a folder is a project, and which."""
    try:
        return Finding("project", True, str(find_root(folder)))
    except BaliseError as failure:
        return Finding("project", False, str(failure))
