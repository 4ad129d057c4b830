"""Each expected failure has an exit code of its own class, so that scripts can tell it from our bugs."""

from __future__ import annotations

import pytest

from balise.errors import BaliseError, ExportError, ProjectError, UsageError


@pytest.mark.parametrize("kind", [BaliseError, UsageError, ProjectError, ExportError])
def test_an_expected_failure_says_what_happened_and_leaves_with_two(kind: type[BaliseError]) -> None:
    failure = kind("the folder is not empty")
    assert (str(failure), failure.exit_code, isinstance(failure, BaliseError)) == ("the folder is not empty", 2, True)
