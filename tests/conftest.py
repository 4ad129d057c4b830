"""What several parts of the suite share: a person at a terminal, and the reference site, built once."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from support.commands import Terminal
from support.projects import write_project
from support.reference import ReferenceSite, build_discreet_site, build_reference_site

# A suite started in the background may have been told to ignore Ctrl-C; what it starts must not inherit that.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

# The same examples each time, so that the suite gives the same verdict; a search with new seeds is a task of its own.
settings.register_profile("same-each-time", derandomize=True, deadline=None)
settings.load_profile("same-each-time")


@pytest.fixture(scope="session", autouse=True)
def users_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """A folder for what belongs to the user, so that the suite leaves the real one alone."""
    before = os.environ.get("XDG_CACHE_HOME")
    os.environ["XDG_CACHE_HOME"] = str(tmp_path_factory.mktemp("cache"))
    yield
    if before is None:
        del os.environ["XDG_CACHE_HOME"]
    else:
        os.environ["XDG_CACHE_HOME"] = before


@pytest.fixture(scope="session")
def reference_site(tmp_path_factory: pytest.TempPathFactory) -> ReferenceSite:
    """The repository's own content, templates and locales, built once."""
    return build_reference_site(tmp_path_factory.mktemp("reference") / "site")


@pytest.fixture(scope="session")
def discreet_site(tmp_path_factory: pytest.TempPathFactory) -> ReferenceSite:
    """The reference site in discreet mode, built once."""
    return build_discreet_site(tmp_path_factory.mktemp("discreet"))


@pytest.fixture
def terminal(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Terminal:
    """A person in the folder of the smallest project."""
    return Terminal(write_project(tmp_path / "project"), capsys)
