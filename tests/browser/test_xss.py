"""A seeded share of `make audit`'s hostile strings: nothing runs with either wall alone, and much would with none."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from audit.hostile import SINKS, build_hostile, write_hostile
from audit.serving import served
from audit.vectors import own_vectors
from audit.xss import search_row, visit

pytestmark = pytest.mark.browser

IN_BODY, ELSEWHERE = 24, 2


@pytest.fixture(scope="module")
def strings() -> dict[str, list[str]]:
    draw, known = random.Random(7), list(own_vectors())
    return {
        name: draw.sample([text for text in known if sink.takes(text)], IN_BODY if name == "body" else ELSEWHERE)
        for name, sink in SINKS.items()
    }


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory, strings: dict[str, list[str]]) -> Path:
    root = tmp_path_factory.mktemp("hostile")
    write_hostile(root / "project", strings)
    return root


@pytest.fixture(scope="module")
def without_sanitiser(project: Path) -> tuple[Path, tuple[str, ...]]:
    folder = project / "raw"
    return folder, build_hostile(project / "project", folder, sanitiser=False)


@pytest.fixture(scope="module")
def without_policy(project: Path) -> Iterator[tuple[str, tuple[str, ...]]]:
    folder = project / "clean"
    names = build_hostile(project / "project", folder, sanitiser=True)
    with served(folder, with_policy=False) as address:
        yield address, names


def test_every_string_stands_on_a_page_of_both_sites(
    strings: dict[str, list[str]],
    without_sanitiser: tuple[Path, tuple[str, ...]],
    without_policy: tuple[str, tuple[str, ...]],
) -> None:
    wanted = {
        f"{tag}/s/{name}-{n}/" for tag in ("en", "fr") for name, texts in strings.items() for n in range(len(texts))
    }
    assert set(without_sanitiser[1]) == set(without_policy[1]) == wanted


def test_the_sanitiser_alone_lets_nothing_run_and_leaves_no_foreign_markup(
    browser: Any, without_policy: tuple[str, tuple[str, ...]]
) -> None:
    address, names = without_policy
    visits = visit(browser, address, english_and_translated(names))
    assert visits.executed == {}
    assert visits.odd == {}


def test_the_policy_alone_lets_nothing_run(browser: Any, without_sanitiser: tuple[Path, tuple[str, ...]]) -> None:
    folder, names = without_sanitiser
    with served(folder) as address:
        visits = visit(browser, address, english_and_translated(names))
    assert visits.executed == {}


def test_without_both_walls_most_strings_of_the_body_run(
    browser: Any, without_sanitiser: tuple[Path, tuple[str, ...]]
) -> None:
    folder, names = without_sanitiser
    with served(folder, with_policy=False) as address:
        visits = visit(browser, address, [name for name in names if name.startswith("en/s/body-")])
    assert len(visits.executed["body"]) > IN_BODY / 2


def test_the_search_runs_nothing_of_what_it_shows_or_is_asked(
    browser: Any, without_policy: tuple[str, tuple[str, ...]], strings: dict[str, list[str]]
) -> None:
    assert search_row(browser, without_policy[0], strings, "sanitiser").found == ()


def english_and_translated(names: tuple[str, ...]) -> list[str]:
    """Return the English pages, and the French ones whose text is a translation."""
    return [name for name in names if name.startswith("fr/") == ("/msgstr-" in name)]
