"""Whatever is edited, a build from memory equals one of a fresh copy; `make edits` draws hundreds of such chains."""

from __future__ import annotations

from collections import Counter

import pytest

from bench.edit_sequences import Built, Difference, compare, main, run_sequence, users_surroundings

PAGE = Built(0, "0 errors", {"index.html": b"one"})


@pytest.mark.parametrize("first", [1, 4, 7])
def test_chains_of_edits_end_where_fresh_builds_do(first: int) -> None:
    kinds: Counter[str] = Counter()
    for seed in range(first, first + 3):
        with users_surroundings() as scratch:
            kinds += run_sequence(seed, 5, scratch)
    assert kinds["pages"] > 0
    assert sum(kinds.values()) - kinds["host"] == 15


@pytest.mark.parametrize(
    "after, words",
    [
        (Built(0, "0 errors", {"index.html": b"two"}), "these files differ: index.html"),
        (Built(0, "0 errors", {"index.html": b"one", "extra.html": b""}), "these files differ: extra.html"),
        (Built(0, "1 warning", PAGE.site), "said 0: 1 warning"),
        (Built(1, "0 errors", PAGE.site), "said 1: 0 errors"),
    ],
    ids=["other bytes", "a file more", "other words", "another exit code"],
)
def test_a_difference_is_told(after: Built, words: str) -> None:
    with pytest.raises(Difference) as found:
        compare(after, PAGE, PAGE.site, "an edit")
    assert found.value.what.startswith("an edit\n")
    assert words in found.value.what


def test_a_build_that_stops_leaves_the_site_that_was_there() -> None:
    stopped = Built(1, "1 error", {})
    compare(Built(1, "1 error", PAGE.site), stopped, PAGE.site, "a mistake")
    with pytest.raises(Difference, match=r"index\.html"):
        compare(stopped, stopped, PAGE.site, "a mistake")


def test_a_fault_of_the_program_is_a_difference_even_where_both_builds_have_it() -> None:
    fault = Built(3, "Traceback", {})
    with pytest.raises(Difference, match="stopped 3: Traceback"):
        compare(fault, fault, {}, "an edit")


def test_the_chains_are_counted(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as leaving:
        main(["--sequences", "1", "--steps", "1", "--seed", "2"])
    assert leaving.value.code == 0
    assert capsys.readouterr().out.startswith("1 of 1 sequences agree; builds: ")
