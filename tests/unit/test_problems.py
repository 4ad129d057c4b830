"""A problem names its place, its weight, what is there and the way out."""

from __future__ import annotations

import pytest

from balise.problems import (
    Location,
    Problem,
    Severity,
    did_you_mean,
    error,
    has_errors,
    nearest,
    sorted_problems,
    warning,
)

PAGE = "content/help/found-images.md"


@pytest.mark.parametrize(
    ("place", "shown"),
    [
        (Location(PAGE, 14, 3), f"{PAGE}:14:3"),
        (Location(PAGE, 14), f"{PAGE}:14:1"),
        (Location(PAGE), PAGE),
        (Location(PAGE, 0, 3), PAGE),
    ],
)
def test_a_line_without_a_column_is_named_from_its_first_and_no_line_leaves_the_file(
    place: Location, shown: str
) -> None:
    assert str(place) == shown


def test_a_problem_is_shown_with_its_fix_on_the_second_line() -> None:
    problem = error("figure-unknown", 'figure "cf-2021" does not exist', Location(PAGE, 14, 3), "figures are listed")
    assert str(problem) == (
        f'{PAGE}:14:3: error: figure "cf-2021" does not exist [figure-unknown]\n    fix: figures are listed'
    )


def test_a_problem_without_a_fix_is_one_line() -> None:
    assert (
        str(warning("too-long", "the title is long", Location(PAGE)))
        == f"{PAGE}: warning: the title is long [too-long]"
    )


def test_problems_are_sorted_by_place_and_each_is_told_once() -> None:
    last = error("b", "two", Location("content/b.md", 1))
    ninth = error("a", "one", Location(PAGE, 9, 1))
    tenth = error("a", "one", Location(PAGE, 10, 1))
    soft = warning("a", "one", Location(PAGE, 10, 1))
    assert sorted_problems([soft, tenth, ninth, last, tenth]) == (last, ninth, tenth, soft)


@pytest.mark.parametrize(
    ("severities", "stops"),
    [
        ((), False),
        ((Severity.WARNING, Severity.ADVICE), False),
        ((Severity.WARNING, Severity.ERROR), True),
    ],
)
def test_only_an_error_stops_the_build(severities: tuple[Severity, ...], stops: bool) -> None:
    assert has_errors(Problem(severity, "rule", "what", Location(PAGE)) for severity in severities) is stops


@pytest.mark.parametrize(
    ("typed", "found"),
    [("be-chld-focus", "be-child-focus"), ("fr-3018", "fr-3018"), ("zzz", ""), ("", "")],
)
def test_the_nearest_known_name_is_offered_only_when_it_is_near(typed: str, found: str) -> None:
    assert nearest(typed, ["be-child-focus", "fr-3018"]) == found


def test_the_hint_offers_the_near_name_before_the_list() -> None:
    assert did_you_mean("titel", ["title", "type"], "known keys: title, type") == (
        'did you mean "title"? known keys: title, type'
    )


def test_the_hint_is_the_list_alone_when_no_name_is_near() -> None:
    assert did_you_mean("zzz", ["title"], "known keys: title") == "known keys: title"
