"""The proof finds what keeps a reader from help, names it with its place and the way out, and finds nothing else."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from balise.guides.model import Answer, Condition, Guide, Kind, Node, Reader
from balise.guides.proof import Row, prove
from balise.guides.walk import offered
from balise.problems import Location
from support.guides import GUIDE, PATH, advice, around, changed, faults, guide_of, nodes, outcome, question

END = outcome("end")


def test_a_sound_guide_has_a_row_for_each_reader_and_no_problem() -> None:
    rows, problems = prove(guide_of(GUIDE), around(["BE", "FR"], ["fr"]))
    assert problems == ()
    assert rows == (
        Row("help", Reader("BE", "fr", "parent"), nodes=5, walks=3, longest=3, outcomes=2, violations=0),
        Row("help", Reader("BE", "fr", "adult"), nodes=5, walks=3, longest=3, outcomes=2, violations=0),
        Row("help", Reader("FR", "fr", "parent"), nodes=5, walks=4, longest=3, outcomes=2, violations=0),
        Row("help", Reader("FR", "fr", "adult"), nodes=5, walks=4, longest=3, outcomes=2, violations=0),
    )


@pytest.mark.parametrize(
    "situation, texts, problem",
    [
        (
            "advice that leads nowhere",
            [question("a", "b", "end"), "{id: b, advise: Think}", END],
            f'{PATH}:8:5: error: advice "b" leads nowhere [guide-dead-end]\n'
            "    fix: add `then:` with the node that it leads on to",
        ),
        (
            "a question without answers",
            [question("a", "b", "end"), question("b"), END],
            f'{PATH}:8:5: error: "b" offers no answer [guide-answers]\n    fix: add an answer without a condition',
        ),
        (
            "an answer to a node that is not there",
            [question("a", "end", "ende"), END],
            f'{PATH}:7:69: error: the answer "Answer 2" leads to "ende", which does not exist [guide-route]\n'
            '    fix: did you mean "end"? nodes: a, end',
        ),
        (
            "a link in a text to a node that is not there",
            ["{id: a, ask: Which?, text: 'See [x](#missing).', answers: [{say: This, go: end}]}", END],
            f'{PATH}:7:32: error: a text of "a" links to "missing", which does not exist [guide-route]\n'
            "    fix: nodes: a, end",
        ),
        (
            "a node that nothing leads to",
            [question("a", "end"), outcome("alone"), END],
            f'{PATH}:8:5: error: nobody reaches "alone" [guide-orphan]\n'
            "    fix: let an answer or a text lead to it, or remove it",
        ),
        (
            "a way back that nobody declared",
            [question("a", "b", "end"), question("b", "a", "end"), END],
            f'{PATH}:8:5: error: "b" leads back to "a" [guide-loop]\n'
            "    fix: declare it: loops: [{from: b, to: a}], or lead on",
        ),
        (
            "a way back in a text",
            [question("a", "end"), outcome("end", ", do: ['Look [again](#a).']")],
            f'{PATH}:8:5: error: "end" leads back to "a" [guide-loop]\n'
            "    fix: declare it: loops: [{from: end, to: a}], or lead on",
        ),
        (
            "the same words twice but for case, spaces and the full stop",
            [
                "{id: a, ask: Which?, answers: [{say: I saw it, go: end}, {say: 'I  SAW it. ', go: talk}]}",
                END,
                outcome("talk"),
            ],
            f'{PATH}:7:62: error: the answer "I  SAW it. " of "a" says the same as: line 7 [guide-answer-twice]\n'
            "    fix: keep one of the two",
        ),
        (
            "two answers that lead to the same node",
            [question("a", "end", "end"), END],
            f'{PATH}:7:69: error: the answer "Answer 2" of "a" leads where the other one leads: line 7'
            " [guide-answer-twice]\n    fix: keep one of the two",
        ),
        (
            "an outcome without what happens next",
            [question("a", "end"), "{id: end, outcome: The end, reporting: no}"],
            f'{PATH}:8:5: error: outcome "end" does not say what happens next [guide-outcome]\n'
            "    fix: add `next:` with what the reader may expect",
        ),
        (
            "a text that is not finished",
            [question("a", "end"), outcome("end", ", never: [Never wait., 'TODO ask them']")],
            f'{PATH}:8:5: error: "end" is not finished: never-2 holds a note [guide-unfinished]\n    fix: finish it',
        ),
        (
            "a need we do not know",
            [question("a", "end"), outcome("end", ", needs: [tlk]")],
            f'{PATH}:8:5: error: need "tlk" does not exist [need-unknown]\n'
            '    fix: did you mean "talk"? needs: image-found, talk',
        ),
        (
            "a channel we do not know",
            [question("a", "end"), outcome("end", ", fallback: [be-113]")],
            f'{PATH}:8:5: error: channel "be-113" does not exist [channel-unknown]\n'
            '    fix: did you mean "be-112"? channels: be-112, be-line, fr-112',
        ),
        (
            "nothing but reports",
            [question("a", "end"), END.replace("reporting: no", "reporting: yes")],
            f"{PATH}:2:3: error: no path ends without a report [guide-way-out]\n"
            "    fix: add an outcome with `reporting: no` for those who do not want to report",
        ),
    ],
)
def test_a_planted_fault_is_found_alone(situation: str, texts: list[str], problem: str) -> None:
    assert faults(nodes(*texts)) == [problem]


def test_nodes_from_which_nobody_gets_out_are_each_named() -> None:
    guide = replace(
        nodes(question("a", "b", "end"), advice("b", "c"), advice("c", "b"), END), loops=frozenset({("c", "b")})
    )
    assert faults(guide) == [
        f'{PATH}:8:5: error: no path from "b" ends in an outcome [guide-dead-end]\n    fix: lead it on',
        f'{PATH}:9:5: error: no path from "c" ends in an outcome [guide-dead-end]\n    fix: lead it on',
    ]


def test_a_way_back_that_is_declared_is_no_fault_and_no_dead_end() -> None:
    guide = nodes(question("a", "b", "end"), advice("b", "a"), END)
    assert faults(replace(guide, loops=frozenset({("b", "a")}))) == []


def test_a_loop_that_names_no_node_is_told() -> None:
    guide = replace(nodes(question("a", "end"), END), loops=frozenset({("end", "what")}))
    assert faults(guide) == [
        f'{PATH}:2:3: error: a loop names "what", which does not exist [guide-route]\n    fix: nodes: a, end'
    ]


def test_a_node_that_only_a_link_in_a_text_leads_to_is_reached() -> None:
    assert faults(nodes("{id: a, advise: Think, text: 'Or [talk](#talk).', then: end}", END, outcome("talk"))) == []


def test_a_path_of_more_steps_than_allowed_is_too_long() -> None:
    row = [advice(name, after) for name, after in zip("abcdefg", [*"bcdefg", "end"], strict=True)]
    assert faults(nodes(*row, END)) == [
        f"{PATH}:2:3: error: the longest path has 7 steps, and 6 are allowed [guide-long]\n"
        "    fix: shorten it: ask what decides first"
    ]
    assert faults(replace(nodes(*row, END), longest=7)) == []


@pytest.mark.parametrize("word", ["TODO", "TBD", "FIXME", "XXX"])
@pytest.mark.parametrize("part", ["title", "text", "answer-1"])
def test_a_note_to_oneself_is_found_in_every_text(part: str, word: str) -> None:
    texts = {name: f"{word} later" if name == part else "Fine" for name in ("title", "text", "answer-1")}
    line = f"{{id: a, ask: {texts['title']}, text: {texts['text']}, answers: [{{say: {texts['answer-1']}, go: end}}]}}"
    assert faults(nodes(line, END)) == [
        f'{PATH}:7:5: error: "a" is not finished: {part} holds a note [guide-unfinished]\n    fix: finish it'
    ]


def test_a_word_that_only_looks_like_a_note_is_left_alone() -> None:
    assert faults(nodes("{id: a, ask: Todos? Todo or TODOS?, answers: [{say: XXXL, go: end}]}", END)) == []


def conditional(when: str) -> Guide:
    """Return a guide whose second answer is for some readers only."""
    answers = f"{{say: This, go: end}}, {{say: That, go: talk, when: {{{when}}}}}"
    return nodes(f"{{id: a, ask: Which?, text: '[x](#talk)', answers: [{answers}]}}", END, outcome("talk"))


@pytest.mark.parametrize(
    "situation, when, problem",
    [
        ("a country of the site", "country: [FR]", ""),
        ("a country of the site and another", "country: [FR, DE]", ""),
        ("a country that is not of the site", "country: [DE]", "country DE#country: BE, FR"),
        ("a language that the site does not have", "language: [de, it]", "language de, it#language: fr, nl"),
        ("readers whom the guide is not for", "audience: [child]", "audience child#audience: parent"),
    ],
)
def test_a_condition_that_nobody_meets_is_told(situation: str, when: str, problem: str) -> None:
    what, _, known = problem.partition("#")
    expected = (
        f'{PATH}:7:78: error: the answer "That" is offered to nobody: {what} [guide-condition]\n'
        f"    fix: this guide is read with {known}"
    )
    assert faults(conditional(when), around(["BE", "FR"], ["fr", "nl"])) == ([expected] if problem else [])


def test_conditions_that_leave_a_country_no_answer_are_told_with_that_country() -> None:
    belgian = "{id: b, ask: Which?, answers: [{say: This, go: end, when: {country: [BE]}}]}"
    assert faults(nodes(question("a", "b", "end"), belgian, END), around(["BE", "FR"])) == [
        f'{PATH}:8:5: error: "b" offers no answer (for FR fr parent) [guide-answers]\n'
        "    fix: add an answer without a condition",
        f'{PATH}:8:5: error: no path from "b" ends in an outcome (for FR fr parent) [guide-dead-end]\n'
        "    fix: lead it on",
    ]


def test_the_same_answer_for_different_readers_is_no_repetition() -> None:
    answers = "{say: This, go: end, when: {country: [BE]}}, {say: This, go: end, when: {country: [FR]}}"
    assert faults(nodes(f"{{id: a, ask: Which?, answers: [{answers}]}}", END), around(["BE", "FR"])) == []


def test_a_country_without_an_emergency_number_is_named_with_its_readers() -> None:
    site = replace(around(["BE", "FR"]), has_emergency=lambda country: country == "BE")
    assert faults(nodes(question("a", "end"), END), site) == [
        f"{PATH}:2:3: error: no emergency number of FR stands on every page (for FR fr parent) [guide-emergency]\n"
        "    fix: add `FR` to `emergency` in site.yml"
    ]


@pytest.mark.parametrize(
    "languages, readers",
    [
        (["fr", "nl"], "BE nl parent"),
        (["fr", "nl", "en", "de"], "BE nl parent, BE en parent, BE de parent"),
        (["fr", "nl", "en", "de", "it"], "BE nl parent, BE en parent, BE de parent and 1 more"),
    ],
)
def test_an_outcome_without_a_channel_in_some_languages_names_the_first_readers(
    languages: list[str], readers: str
) -> None:
    site = replace(around(["BE"], languages), can_help=lambda node, reader: reader.language == "fr")
    assert faults(nodes(question("a", "end"), END), site) == [
        f'{PATH}:8:5: error: outcome "end" has no channel to use (for {readers}) [guide-channel]\n'
        "    fix: name another need, or declare a `fallback:` of channels"
    ]


def test_a_critical_node_that_an_edition_lacks_is_named_and_another_is_not() -> None:
    site = replace(around(["BE"], ["fr", "nl"]), untranslated={"nl": ("end", "talk")})
    guide = nodes(question("a", "end", "talk"), outcome("end", ", critical: yes"), outcome("talk"))
    assert faults(guide, site) == [
        f'{PATH}:8:5: error: critical "end" is not translated into nl (for BE nl parent) [guide-untranslated]\n'
        "    fix: translate all of its texts"
    ]


def test_a_critical_text_that_is_still_to_be_written_waits_for_no_translation() -> None:
    site = replace(around(["BE"], ["fr", "nl"]), untranslated={"nl": ("end",)})
    guide = nodes(question("a", "end"), outcome("end", ", critical: yes, do: [TODO call]"))
    assert faults(guide, site) == [
        f'{PATH}:8:5: error: "end" is not finished: do-1 holds a note [guide-unfinished]\n    fix: finish it'
    ]


def test_faults_are_counted_for_the_readers_who_meet_them() -> None:
    guide = nodes(question("a", "end"), END, outcome("alone"))
    site = replace(around(["BE", "FR"]), has_emergency=lambda country: country == "BE")
    assert [row.violations for row in prove(guide, site)[0]] == [1, 2]


@pytest.mark.parametrize(
    "situation, walk, problem",
    [
        ("as it goes", "answers: [I saw a picture, Elsewhere], ends: report", ""),
        (
            "another end",
            "answers: [I saw a picture, Elsewhere], ends: talk",
            'ends at "report" and not at "talk" (for BE fr parent)',
        ),
        (
            "an answer only some are offered, walked by all",
            "answers: [I saw a picture, In a chat], ends: talk",
            'stops: "where" does not offer "In a chat" to BE fr parent; it offers: On a page · Elsewhere',
        ),
        ("and walked by those", "country: FR, answers: [I saw a picture, In a chat], ends: talk", ""),
        (
            "too many answers",
            "audience: adult, answers: ['2', '1'], ends: talk",
            'stops: "1" is one answer too many: the walk has ended at "talk"',
        ),
    ],
)
def test_example_walks_are_walked(situation: str, walk: str, problem: str) -> None:
    guide = guide_of(changed(("answers: [I saw a picture, On a page], ends: report", walk)))
    hint = "mend the answers, or what the walk expects" if "ends at" in problem else "mend one of the two"
    expected = f'{PATH}:41:5: error: the walk "A parent" {problem} [guide-walk]\n    fix: {hint}'
    assert faults(guide, around(["BE", "FR"])) == ([expected] if problem else [])


def test_a_walk_over_a_route_to_nowhere_is_told_by_the_route_alone() -> None:
    guide = guide_of(changed(("(#talk)", "(#breathe)"), ("page, go: breathe", "page, go: breath")))
    assert [problem.rule for problem in prove(guide, around(["BE", "FR"]))[1]] == ["guide-route"]


PLACE = Location(PATH, 1)
READERS = (Reader("BE", "fr", "parent"), Reader("FR", "fr", "parent"))
CONDITIONS = (*[Condition()] * 8, Condition(frozenset({"BE"})), Condition(frozenset({"FR"})))
OF_PATHS = {"guide-answers", "guide-dead-end", "guide-route", "guide-loop", "guide-orphan"}


@st.composite
def guides(draw: st.DrawFn) -> Guide:
    """Return a strategy for guides that lead on from node to node, and now and then back, nowhere or past a node."""
    size = draw(st.integers(1, 7))
    targets: list[list[int]] = [[] for _ in range(size)]
    for number in range(1, size):
        parent = draw(st.sampled_from([*range(number)] * 3 + [number]))
        targets[parent].append(number)
    for start, end in draw(st.lists(st.tuples(st.integers(0, size - 1), st.integers(0, size)), max_size=2)):
        targets[start].append(draw(st.sampled_from([end, end, max(end, min(start + 1, size - 1))])))
    every = [draw(nodes_to(f"n{number}", [f"n{to}" for to in on])) for number, on in enumerate(targets)]
    return Guide("help", PATH, "T", "T", "D", ("parent",), "n0", {node.id: node for node in every}, longest=99)


@st.composite
def nodes_to(draw: st.DrawFn, name: str, targets: list[str]) -> Node:
    """Return a strategy for nodes that lead to others by answers, by the text or as advice; an end where they do not."""
    answers: list[Answer] = []
    links: list[tuple[str, Location]] = []
    chance = draw(st.integers(0, 11))
    if chance == 0 or (not targets and chance > 1):
        return Node(
            name, Kind.OUTCOME, "T", PLACE, next=("N",), reporting=False, links=tuple((to, PLACE) for to in targets)
        )
    if len(targets) == 1 and chance < 5:
        return Node(name, Kind.ADVICE, "T", PLACE, then=targets[0])
    for to in targets:
        if answers and draw(st.integers(0, 2)) == 0:
            links.append((to, PLACE))
        else:
            when = draw(st.sampled_from(CONDITIONS))
            answers.append(Answer(str(len(answers)), to, when, PLACE))
    return Node(name, Kind.QUESTION, "T", PLACE, answers=tuple(answers), links=tuple(links))


def is_sound(guide: Guide) -> bool:
    """Tell by walking every way of every reader, one by one, whether each ends in an outcome and none is left out."""
    reached: set[str] = set()

    def leads_to_ends(way: tuple[str, ...], reader: Reader) -> bool:
        node = guide.nodes.get(way[-1])
        if node is None or node.id in way[:-1]:
            return False
        reached.add(node.id)
        on = [answer.go for answer in offered(node, reader)] + [node.then] * (node.kind is Kind.ADVICE)
        if node.kind is not Kind.OUTCOME and not on:
            return False
        return all(leads_to_ends((*way, target), reader) for target in (*on, *(to for to, _ in node.links)))

    walks = [leads_to_ends((guide.start,), reader) for reader in READERS]
    everything = [node.id for node in guide.nodes.values()]
    known = all(target in guide.nodes for node in guide.nodes.values() for target in node.routes())
    return all(walks) and known and reached == set(everything)


@settings(max_examples=300)
@given(guides())
def test_the_proof_finds_a_fault_of_the_paths_exactly_where_walking_all_of_them_does(guide: Guide) -> None:
    _, problems = prove(guide, around(["BE", "FR"]))
    assert ({problem.rule for problem in problems} & OF_PATHS == set()) == is_sound(guide)


@settings(max_examples=200)
@given(guides(), st.lists(st.integers(0, 5), min_size=8, max_size=8))
def test_whoever_walks_a_proved_guide_at_random_comes_to_an_outcome(guide: Guide, choices: list[int]) -> None:
    _, problems = prove(guide, around(["BE", "FR"]))
    if OF_PATHS & {problem.rule for problem in problems}:
        return
    for reader in READERS:
        node = guide.nodes[guide.start]
        for choice in choices:
            on = tuple(node.routes(reader))
            node = guide.nodes[on[choice % len(on)]] if on else node
        assert node.kind is Kind.OUTCOME
