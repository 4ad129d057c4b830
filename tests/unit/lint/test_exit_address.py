"""Where the exit leads: to an ordinary page, never to one that tells on the reader."""

from __future__ import annotations

from dataclasses import replace

import pytest

from balise.lint.gate import Wanted, make_gate
from balise.lint.whole import Whole
from support.gate_cases import reference_project


def told(address: str) -> list[str]:
    """Return what is said of a site whose exit leads there."""
    base = reference_project()
    project = replace(base, site=replace(base.site, exit={"fr": address}))
    gate = make_gate(project, Wanted(select=("exit-address",)))
    return [problem.message for problem in gate.check_whole(Whole(project, {}, {}, {}, "2026-11-22")).problems]


@pytest.mark.parametrize(
    "address, message",
    [
        (
            "https://www.childfocus.be/fr",
            'the exit leads to childfocus.be, the site of channel "be-child-focus-116000"',
        ),
        ("https://example.org/helpline", 'the exit address says "helpline"'),
    ],
)
def test_an_exit_that_tells_is_named(address: str, message: str) -> None:
    assert told(address) == [message]


def test_an_ordinary_site_is_no_finding() -> None:
    assert told("https://fr.wikipedia.org/") == []
