"""A walk folds answers over a guide, for one reader, and says at once which answer is not offered."""

from __future__ import annotations

import pytest

from balise.guides.model import Reader
from balise.guides.walk import WalkError, begin, offered, rest, step, walk
from support.guides import BE, FR, GUIDE, advice, guide_of, nodes, outcome, question

GUIDE_READ = guide_of(GUIDE)


@pytest.mark.parametrize(
    "situation, answers, end",
    [
        ("nothing said yet", [], "what"),
        ("by the words", ["I saw a picture"], "where"),
        ("by the number", ["1"], "where"),
        ("past advice to what comes behind it", ["I saw a picture", "On a page"], "report"),
        ("words and numbers in turn", ["1", "Elsewhere"], "report"),
    ],
)
def test_answers_lead_from_the_start_to_a_node(situation: str, answers: list[str], end: str) -> None:
    assert walk(GUIDE_READ, answers, BE).id == end


def test_numbers_count_what_this_reader_is_offered() -> None:
    assert walk(GUIDE_READ, ["1", "2"], FR).id == "talk"
    assert walk(GUIDE_READ, ["1", "2"], BE).id == "report"


def test_a_walk_begins_at_the_start() -> None:
    assert begin(GUIDE_READ) == GUIDE_READ.nodes["what"]


def test_a_reader_elsewhere_is_offered_fewer_answers() -> None:
    where = GUIDE_READ.nodes["where"]
    assert [answer.say for answer in offered(where, FR)] == ["On a page", "In a chat", "Elsewhere"]
    assert [answer.say for answer in offered(where, BE)] == ["On a page", "Elsewhere"]


@pytest.mark.parametrize(
    "when, readers",
    [
        ("{}", ["BE fr parent", "BE nl child", "FR fr child"]),
        ("{country: [FR]}", ["FR fr child"]),
        ("{language: [nl, de]}", ["BE nl child"]),
        ("{audience: [child]}", ["BE nl child", "FR fr child"]),
        ("{country: [BE], audience: [child]}", ["BE nl child"]),
        ("{country: [FR], language: [nl]}", []),
    ],
)
def test_a_condition_holds_for_readers_who_meet_all_of_its_parts(when: str, readers: list[str]) -> None:
    guide = nodes(f"{{id: a, ask: Which?, answers: [{{say: This, go: b, when: {when}}}]}}", outcome("b"))
    everybody = [Reader("BE", "fr", "parent"), Reader("BE", "nl", "child"), Reader("FR", "fr", "child")]
    assert [str(reader) for reader in everybody if offered(guide.nodes["a"], reader)] == readers


def test_words_win_over_numbers() -> None:
    guide = nodes(
        "{id: a, ask: How many?, answers: [{say: '2', go: two}, {say: '1', go: one}]}", outcome("one"), outcome("two")
    )
    assert walk(guide, ["1"], BE).id == "one"


def test_advice_that_leads_round_in_a_circle_is_left_after_one_round() -> None:
    guide = nodes(advice("a", "b"), advice("b", "a"))
    assert rest(guide, begin(guide)).id == "a"


def refusal(*answers: str) -> str:
    with pytest.raises(WalkError) as refused:
        walk(GUIDE_READ, answers, BE)
    return str(refused.value)


def test_an_answer_offered_to_other_readers_only_is_refused() -> None:
    assert refusal("I saw a picture", "In a chat") == (
        '"where" does not offer "In a chat" to BE fr parent; it offers: On a page · Elsewhere'
    )


def test_a_slip_of_the_pen_is_answered_with_the_nearest_words() -> None:
    assert refusal("I saw a pitcure") == (
        '"what" does not offer "I saw a pitcure" to BE fr parent; did you mean "I saw a picture"?'
        " it offers: I saw a picture · I want to *talk*"
    )


@pytest.mark.parametrize("number", ["0", "3", "-1", "²", "1.0"])
def test_a_number_that_no_answer_has_is_refused(number: str) -> None:
    assert refusal("I saw a picture", number) == (
        f'"where" does not offer "{number}" to BE fr parent; it offers: On a page · Elsewhere'
    )


def test_an_answer_behind_the_end_is_refused() -> None:
    assert refusal("2", "And now?") == '"And now?" is one answer too many: the walk has ended at "talk"'


def test_a_step_from_advice_is_one_from_the_question_behind_it() -> None:
    guide = nodes(advice("a", "b"), question("b", "c", "d"), outcome("c"), outcome("d"))
    assert step(guide, guide.nodes["a"], "Answer 2", BE).id == "d"
