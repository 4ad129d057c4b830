"""What a reader of a guide can reach: in which order, by how many ways, in how many steps, and what leads back."""

from __future__ import annotations

import pytest

from balise.guides.graph import main_needs, nearest_ways, onward, see
from balise.guides.model import ALWAYS, Answer, Guide, Kind, Node
from balise.problems import Location
from support.guides import BE, FR, GUIDE, advice, guide_of, nodes, outcome, question

LONG = 5000
DIAMOND = (question("a", "b", "c"), advice("b", "d"), advice("c", "d"), outcome("d"))
LOOPED = (question("a", "b", "d"), question("b", "a", "c", "d"), outcome("c"), outcome("d"))
ONE_LOOP = (question("a", "b", "c"), advice("b", "a"), outcome("c"))


@pytest.mark.parametrize(
    "situation, texts, walks, longest",
    [
        ("an outcome alone", [outcome("a")], 1, 0),
        ("advice before an outcome", [advice("a", "b"), outcome("b")], 1, 1),
        ("two ways that meet again", DIAMOND, 2, 2),
        ("the same target twice is one way", [question("a", "b", "b"), outcome("b")], 1, 1),
        ("a short cut", [question("a", "b", "c"), advice("b", "c"), outcome("c")], 2, 2),
        ("a way back leads no further", LOOPED, 3, 2),
        ("a node that leads to itself", [question("a", "a", "b"), outcome("b")], 1, 1),
        ("a dead end is no way", [question("a", "b", "c"), question("b"), outcome("c")], 1, 1),
        ("a route to a node that is not there", [question("a", "b", "x"), outcome("b")], 1, 1),
        ("an outcome whose text leads on", [outcome("a", ", do: ['See [b](#b).']"), outcome("b")], 2, 1),
        ("nothing but a circle", [advice("a", "b"), advice("b", "a")], 0, 1),
    ],
)
def test_ways_to_an_outcome_and_steps_of_the_longest_are_counted(
    situation: str, texts: list[str], walks: int, longest: int
) -> None:
    seen = see(nodes(*texts))
    assert (seen.walks["a"], seen.longest["a"]) == (walks, longest)


def test_each_node_reached_comes_before_those_it_leads_to() -> None:
    order = see(nodes(question("a", "d", "c"), advice("c", "d"), outcome("d"), outcome("e"))).order
    assert order == ("a", "c", "d")


def test_a_route_that_returns_to_a_node_on_the_way_leads_back() -> None:
    assert see(nodes(*LOOPED)).back == (("b", "a"),)
    assert see(nodes(*DIAMOND)).back == ()


def test_a_link_in_a_text_leads_back_as_an_answer_does() -> None:
    guide = nodes("{id: a, ask: Where?, answers: [{say: Here, go: b}]}", outcome("b", ", do: ['See [it](#a).']"))
    assert see(guide).back == (("b", "a"),)


def test_a_node_that_only_leads_back_still_comes_to_an_end() -> None:
    seen = see(nodes(*ONE_LOOP))
    assert (seen.walks["b"], seen.end) == (0, frozenset("abc"))


def test_nobody_comes_to_an_end_in_a_circle() -> None:
    assert see(nodes(question("a", "b", "c"), advice("b", "d"), advice("d", "b"), outcome("c"))).end == frozenset("ac")


def test_each_reader_sees_the_answers_that_are_for_them() -> None:
    guide = guide_of(GUIDE.replace("page, go: breathe}", "page, go: breathe, when: {country: [FR]}}"))
    assert see(guide, BE).order == ("what", "talk", "where", "report")
    assert see(guide, FR).order == ("what", "where", "talk", "breathe", "report")
    assert see(guide).order == see(guide, FR).order


def test_a_page_leads_on_to_each_node_once_in_its_own_order() -> None:
    guide = nodes("{id: a, ask: Where?, text: '[x](#c)', answers: [{say: H, go: b}, {say: T, go: c}]}", *DIAMOND[1:])
    assert onward(guide, guide.nodes["a"], None) == ("b", "c")


def test_a_guide_whose_start_is_not_there_is_seen_empty() -> None:
    guide = Guide("help", "help.yml", "T", "T", "D", ("parent",), "a", {})
    seen = see(guide)
    assert (seen.order, seen.back, seen.walks, seen.longest, nearest_ways(guide)) == ((), (), {}, {}, {})


def test_steps_are_counted_from_one_on_the_shortest_way_and_know_the_node_before() -> None:
    guide = nodes(question("a", "b", "d"), advice("b", "c"), advice("c", "d"), outcome("d"), outcome("e"))
    assert nearest_ways(guide) == {"a": (1, ""), "b": (2, "a"), "d": (2, "a"), "c": (3, "b")}


def test_the_way_to_a_node_that_only_some_readers_reach_is_known_too() -> None:
    assert nearest_ways(guide_of(GUIDE)) == {
        "what": (1, ""),
        "where": (2, "what"),
        "talk": (2, "what"),
        "breathe": (3, "where"),
        "report": (3, "where"),
    }


def chain(length: int) -> Guide:
    """Return a guide of questions in a row, each of which may skip the next; its last node is an outcome."""
    place = Location("help.yml", 1)

    def node(number: int) -> Node:
        targets = [str(target) for target in (number + 1, number + 2) if target < length]
        answers = tuple(Answer(target, target, ALWAYS, place) for target in targets)
        return Node(str(number), Kind.QUESTION if targets else Kind.OUTCOME, "T", place, answers=answers)

    every = {str(number): node(number) for number in range(length)}
    return Guide("help", "help.yml", "T", "T", "D", ("parent",), "0", every)


def test_thousands_of_nodes_in_a_row_are_walked_without_counting_every_way() -> None:
    """The ways are as many as the Fibonacci number of the length, with a thousand digits: nobody walks them one by one."""
    seen, before, ways = see(chain(LONG)), 1, 1
    for _ in range(LONG - 2):
        before, ways = ways, before + ways
    assert (len(seen.order), seen.longest["0"], seen.walks["0"]) == (LONG, LONG - 1, ways)


@pytest.mark.parametrize(
    "situation, texts, needs",
    [
        ("the outcome itself", [outcome("a", ", needs: [talk]")], ("talk",)),
        (
            "the nearest one",
            [
                question("a", "b", "c"),
                advice("b", "d"),
                outcome("c", ", needs: [near]"),
                outcome("d", ", needs: [far]"),
            ],
            ("near",),
        ),
        (
            "the nearest one that is no emergency",
            [
                question("a", "b", "c"),
                outcome("b", ", needs: [danger], urgency: now"),
                advice("c", "d"),
                outcome("d", ", needs: [calm], urgency: today"),
            ],
            ("calm",),
        ),
        (
            "an emergency where there is nothing else",
            [advice("a", "b"), outcome("b", ", needs: [danger], urgency: now")],
            ("danger",),
        ),
        (
            "what an outcome's text leads to is not where the path ends",
            [outcome("a", ", needs: [danger], urgency: now, do: ['See [b](#b).']"), outcome("b", ", needs: [calm]")],
            ("danger",),
        ),
        ("a circle without an end", [question("a", "b"), advice("b", "a")], ()),
        ("a route to nothing", [advice("a", "gone")], ()),
    ],
)
def test_a_paths_needs_are_those_of_the_outcome_that_it_is_likely_to_end_at(
    situation: str, texts: list[str], needs: tuple[str, ...]
) -> None:
    assert main_needs(nodes(*texts), "a") == needs


def test_a_path_that_starts_nowhere_needs_nothing() -> None:
    assert main_needs(nodes(outcome("a", ", needs: [talk]")), "gone") == ()
