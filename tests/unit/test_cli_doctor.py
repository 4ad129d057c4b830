"""`balise doctor`: what this machine has, and what is missing."""

from __future__ import annotations

import importlib.metadata
import platform
from pathlib import Path

import pytest
import yaml

from balise import __version__
from balise.cli.doctor import PACKAGES, Finding, machine, project_finding
from support.commands import REPOSITORY, Terminal


def test_a_sound_machine_in_a_project_is_told_so(terminal: Terminal) -> None:
    outcome = terminal.balise("doctor")
    lines = outcome.out.splitlines()
    assert (outcome.code, outcome.err) == (0, "")
    assert lines[0] == f"ok  balise      {__version__}"
    assert lines[1] == f"ok  python      {platform.python_version()}"
    assert lines[2] == f"ok  mkdocs      {importlib.metadata.version('mkdocs')}"
    assert lines[-1] == f"ok  project     {terminal.folder}"


def test_outside_a_project_the_last_line_says_what_is_missing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    outcome = Terminal(tmp_path, capsys).balise("doctor")
    assert outcome.code == 1
    assert outcome.out.splitlines()[-1] == (
        f'no  project     "{tmp_path}" is not a Balise project: it has no mkdocs.yml beside a content/site.yml; '
        "run `balise init FOLDER` to start one"
    )


def test_a_package_that_is_not_installed_is_named_with_the_command(monkeypatch: pytest.MonkeyPatch) -> None:
    def version(name: str) -> str:
        if name == "polib":
            raise importlib.metadata.PackageNotFoundError(name)
        return "1.0"

    monkeypatch.setattr(importlib.metadata, "version", version)
    found = {item.name: item for item in machine()}
    assert found["polib"] == Finding("polib", False, "not installed; run pip install polib")
    assert found["babel"] == Finding("babel", True, "1.0")


def test_slow_yaml_is_pointed_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(yaml, "__with_libyaml__", False)
    found = {item.name: item for item in machine()}
    assert found["libyaml"] == Finding("libyaml", False, "missing: YAML is read about ten times slower")


@pytest.mark.parametrize(
    "place, detail",
    [
        ("/usr/bin/msgfmt", "/usr/bin/msgfmt"),
        (None, "msgfmt is not here; only needed to check catalogues with another tool"),
    ],
)
def test_gettext_is_welcome_and_not_needed(monkeypatch: pytest.MonkeyPatch, place: str | None, detail: str) -> None:
    monkeypatch.setattr("shutil.which", lambda name: place)
    assert {item.name: item for item in machine()}["gettext"] == Finding("gettext", True, detail)


def test_the_project_is_found_from_a_folder_inside_it() -> None:
    assert project_finding(REPOSITORY / "content" / "help") == Finding("project", True, str(REPOSITORY))


def test_the_packages_looked_at_are_those_the_wheel_asks_for() -> None:
    import tomllib

    asked = tomllib.loads((REPOSITORY / "pyproject.toml").read_text("utf-8"))["project"]["dependencies"]
    assert {item.split(">")[0].split("=")[0] for item in asked} == set(PACKAGES)
