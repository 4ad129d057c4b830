"""Where the nodes of a drawing stand: beside each other and never over each other, whatever the guide looks like."""

from __future__ import annotations

import itertools
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from balise.guides.graph import nearest_ways, onward
from balise.guides.layout import GAP_X, GAP_Y, LETTERS, WIDTH, Box, Drawing, lay_out
from balise.guides.model import Guide
from support.guides import GUIDE, guide_of, nodes, outcome, question, some_guide

COLUMN = WIDTH + GAP_X


def overlap(one: Box, other: Box) -> bool:
    apart_x = one.x + WIDTH <= other.x or other.x + WIDTH <= one.x
    apart_y = one.y + one.height <= other.y or other.y + other.height <= one.y
    return not (apart_x or apart_y)


guides = st.builds(some_guide, st.integers(0, 10**6), st.integers(1, 40), st.integers(1, 30))


@given(guides)
def test_no_box_stands_over_another(guide: Guide) -> None:
    boxes = lay_out(guide).boxes.values()
    assert [(one.node, other.node) for one, other in itertools.combinations(boxes, 2) if overlap(one, other)] == []


@given(guides)
def test_every_node_that_somebody_reaches_is_drawn_once_and_no_other(guide: Guide) -> None:
    assert sorted(lay_out(guide).boxes) == sorted(nearest_ways(guide))


@given(guides)
def test_every_route_is_one_line(guide: Guide) -> None:
    drawing = lay_out(guide)
    routes = [(name, target) for name in nearest_ways(guide) for target in onward(guide, guide.nodes[name], None)]
    assert sorted(drawing.lines + drawing.across) == sorted(routes)


@given(guides)
def test_the_lines_of_the_tree_lead_to_each_node_but_the_first_from_the_column_before(guide: Guide) -> None:
    drawing = lay_out(guide)
    assert sorted(target for _, target in drawing.lines) == sorted(set(drawing.boxes) - {guide.start})
    assert {drawing.boxes[end].x - drawing.boxes[start].x for start, end in drawing.lines} <= {float(COLUMN)}


@given(guides)
def test_everything_drawn_is_inside_the_drawing(guide: Guide) -> None:
    drawing = lay_out(guide)
    for box in drawing.boxes.values():
        assert (box.x >= 0, box.y >= 0) == (True, True)
        assert (box.x + WIDTH <= drawing.width, box.y + box.height <= drawing.height) == (True, True)


def drawn(guide: Guide) -> dict[str, tuple[float, float, float]]:
    """Return the column, top and height of each box."""
    return {name: (box.x / COLUMN, box.y, box.height) for name, box in lay_out(guide).boxes.items()}


def test_a_question_stands_in_the_middle_before_what_it_leads_to() -> None:
    found = drawn(nodes(question("a", "b", "c"), outcome("b"), outcome("c")))
    assert found == {"a": (0, 41.5, 37), "b": (1, 0, 54), "c": (1, 54 + GAP_Y, 54)}


def test_what_two_answers_lead_to_stands_behind_the_nearer_one() -> None:
    guide = nodes(question("a", "b", "c"), question("b", "c", "d"), outcome("c"), outcome("d"))
    drawing = lay_out(guide)
    assert drawing.lines == (("a", "b"), ("a", "c"), ("b", "d"))
    assert drawing.across == (("b", "c"),)


def test_a_box_holds_the_answer_that_leads_to_it_and_its_name() -> None:
    drawing = lay_out(guide_of(GUIDE))
    said = {name: (box.said, box.title) for name, box in drawing.boxes.items()}
    assert said == {
        "what": ((), ("What has happened?",)),
        "where": (("I saw a picture",), ("Where did you see it?",)),
        "breathe": (("On a page",), ("Take a breath",)),
        "report": (("Elsewhere",), ("Report it",)),
        "talk": (("I want to *talk*",), ("Talk to somebody",)),
    }


def test_long_names_run_over_lines_and_make_the_box_higher() -> None:
    name = "What happens to the picture that was sent to all of them"
    box = lay_out(nodes(f"{{id: a, ask: {name}?, answers: [{{say: On, go: b}}]}}", outcome("b"))).boxes["a"]
    assert box.title == ("What happens to the picture that was", "sent to all of them?")
    assert max(map(len, box.title)) <= LETTERS
    assert box.height == 54


def test_a_guide_of_one_node_is_drawn() -> None:
    drawing = lay_out(nodes(outcome("a")))
    assert (drawn(nodes(outcome("a"))), drawing.width, drawing.height) == ({"a": (0, 0, 37)}, WIDTH, 37)


def test_a_guide_whose_start_is_not_there_is_drawn_empty() -> None:
    guide = replace(nodes(outcome("a")), start="gone")
    assert lay_out(guide) == Drawing({}, (), (), WIDTH, 0)
