"""What several parts of the suite share: a person at a terminal, and the reference site, built once."""

from __future__ import annotations

from pathlib import Path

import pytest

from support.commands import Terminal
from support.projects import write_project
from support.reference import ReferenceSite, build_reference_site


@pytest.fixture(scope="session")
def reference_site(tmp_path_factory: pytest.TempPathFactory) -> ReferenceSite:
    """The repository's own content, templates and locales, built once."""
    return build_reference_site(tmp_path_factory.mktemp("reference") / "site")


@pytest.fixture
def terminal(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Terminal:
    """A person in the folder of the smallest project."""
    return Terminal(write_project(tmp_path / "project"), capsys)
