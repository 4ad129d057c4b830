"""Today's texts find the entries they were translated in, through edits, moves and copies, and never a wrong one."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from balise.alignment import SIMILAR_ENOUGH, align_units, likeness
from support.catalogue_text import entries

NOTE = "Write down the address of the page and the time."
OLD = ("What to do", "Close the page now.", NOTE, "Call someone you trust today.", "What to do", "Help")


def paired(old: tuple[str, ...], new: tuple[str, ...]) -> list[str]:
    """Return for each new text the number of its old one, with `=` where the text is equal; `-` where it is new."""
    known = entries(*((text, "x") for text in old))
    return [
        f"{match.entry.id[1:]}{'=' if match.equal else ''}" if match.entry else "-" for match in align_units(known, new)
    ]


@pytest.mark.parametrize(
    "situation, new, expected",
    [
        ("nothing changed", OLD, ["0=", "1=", "2=", "3=", "4=", "5="]),
        (
            "a sentence reworded",
            (*OLD[:1], "Close this page right now.", *OLD[2:]),
            ["0=", "1", "2=", "3=", "4=", "5="],
        ),
        ("a unit taken out", (*OLD[:2], *OLD[3:]), ["0=", "1=", "3=", "4=", "5="]),
        ("a unit put in", (*OLD[:2], "Breathe.", *OLD[2:]), ["0=", "1=", "-", "2=", "3=", "4=", "5="]),
        ("a unit moved up", (NOTE, *OLD[:2], *OLD[3:]), ["2=", "0=", "1=", "3=", "4=", "5="]),
        ("two units swapped", (OLD[0], NOTE, OLD[1], *OLD[3:]), ["0=", "2=", "1=", "3=", "4=", "5="]),
        (
            "moved and reworded at once is new",
            (*OLD[:1], *OLD[2:], "Close the page today."),
            ["0=", "2=", "3=", "4=", "5=", "-"],
        ),
        ("a unit copied", (*OLD, "Help"), ["0=", "1=", "2=", "3=", "4=", "5=", "-"]),
        ("the first of two equal headings taken out", OLD[1:], ["1=", "2=", "3=", "4=", "5="]),
        ("a short heading reworded is new", (*OLD[:5], "Support"), ["0=", "1=", "2=", "3=", "4=", "-"]),
        (
            "a typing mistake mended",
            (*OLD[:3], "Call someone you trust, today.", *OLD[4:]),
            ["0=", "1=", "2=", "3", "4=", "5="],
        ),
        ("two units joined", ("What to do", f"Close the page now. {NOTE}", *OLD[3:]), ["0=", "2", "3=", "4=", "5="]),
        ("everything else", ("Quite another text", "of other words"), ["-", "-"]),
        ("an empty page", (), []),
    ],
)
def test_units_find_their_entries(situation: str, new: tuple[str, ...], expected: list[str]) -> None:
    assert paired(OLD, new) == expected


@pytest.mark.parametrize(
    "one, other, ratio",
    [
        ("a b c d e", "a b x y z", 0.4),
        ("a b c d e f", "a b x y z w", 1 / 3),
        ("a b", "b a", 0.5),
        ("same words here", "same words here", 1.0),
        ("", "", 1.0),
    ],
)
def test_likeness_is_the_share_of_words_in_common_and_in_order(one: str, other: str, ratio: float) -> None:
    assert likeness(one, other) == pytest.approx(ratio)


def test_the_threshold_is_frozen_because_it_gives_old_catalogues_their_meaning() -> None:
    assert SIMILAR_ENOUGH == 0.4
    assert paired(("a b c d e",), ("a b x y z",)) == ["0"]
    assert paired(("a b c d e f",), ("a b x y z w",)) == ["-"]


def test_the_likest_of_several_texts_in_a_gap_gets_the_entry() -> None:
    old = ("one two three four", "five six seven eight")
    assert paired(old, ("five six seven nine", "one two three nine")) == ["1", "0"]
    assert paired(old[:1], ("one two nine ten", "one two three nine")) == ["-", "0"]


def test_likeness_looks_between_the_same_neighbours_only() -> None:
    assert paired(("call them now", "A", "B"), ("A", "B", "call them then")) == ["1=", "2=", "-"]


def test_two_equal_texts_are_told_apart_by_what_stands_beside_them() -> None:
    assert paired(("Open", "the door", "Open", "the file"), ("Open", "the file", "Open", "the door")) == [
        "2=",
        "3=",
        "0=",
        "1=",
    ]


def test_a_catalogue_that_has_nothing_to_do_with_its_page_is_left_in_bounded_steps() -> None:
    old = tuple(f"same words in entry {number}" for number in range(20_000))
    new = tuple(f"other words {number} in each unit" for number in range(200))
    assert len(paired(old, new)) == 200


WORDS = st.sampled_from("call close note page time help trust child image today never always".split())
TEXTS = st.lists(st.lists(WORDS, min_size=1, max_size=6).map(" ".join), max_size=8).map(tuple)


@settings(max_examples=200, deadline=None)
@given(TEXTS, TEXTS)
def test_no_entry_serves_two_units_and_equal_texts_are_called_equal(old: tuple[str, ...], new: tuple[str, ...]) -> None:
    known = entries(*((text, "x") for text in old))
    matches = align_units(known, new)
    used = [match.entry.id for match in matches if match.entry]
    assert len(matches) == len(new)
    assert len(used) == len(set(used))
    for text, match in zip(new, matches, strict=True):
        assert match.equal == (match.entry is not None and match.entry.source == text)


@settings(max_examples=200, deadline=None)
@given(TEXTS, TEXTS)
def test_a_text_that_is_still_there_keeps_an_entry_with_that_text(old: tuple[str, ...], new: tuple[str, ...]) -> None:
    matches = align_units(entries(*((text, "x") for text in old)), new)
    for text in set(old):
        kept = sum(match.equal for match in matches if match.entry and match.entry.source == text)
        assert kept == min(old.count(text), new.count(text))
