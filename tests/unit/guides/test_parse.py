"""A guide's file as its author may get it wrong: what is wrong is told with its place, and the good nodes stay."""

from __future__ import annotations

import pytest

from balise.guides.model import ALWAYS, Answer, Condition, Corridor, Guide, Kind, Node, Sheet, Walk
from balise.problems import Location
from support.guides import HEAD, PATH, guide_of, read

END = "  - {id: end, outcome: The end, next: [It ends.]}\n"


def place(line: int, column: int) -> Location:
    return Location(PATH, line, column)


def test_a_guide_holds_what_its_file_says() -> None:
    text = """\
guide:
  title: Something happened
  short: What now
  description: A few questions.
  audience: [parent, child]
  slug: {fr: quoi}
  start: what
  fallback: [be-112]
  order: 3
  reviewed: 2026-01-31
  longest: 4
nodes:
  - id: what
    ask: What has happened?
    text: See [the end](#end).
    answers:
      - {say: This, go: calm}
      - {say: That, go: end, when: {country: [BE], language: [fr, nl], audience: [child]}}
  - {id: calm, advise: Be calm, then: end}
  - id: end
    outcome: The end
    needs: [talk]
    fallback: [fr-112]
    do: [One., 'See [again](#what).']
    never: [Two.]
    next: [Three.]
    urgency: now
    reporting: no
    critical: yes
loops: [{from: end, to: what}]
walks:
  - {name: A child, country: BE, audience: child, answers: [That], ends: end}
  - {name: Anybody, answers: [This], ends: end}
sheet: {title: On paper, do: [Stop.], never: [Go.]}
corridor: {title: In the corridor, say: [A.], ask_not: [B.], note: [C.], after: [D.], needs: [talk]}
"""
    when = Condition(frozenset({"BE"}), frozenset({"fr", "nl"}), frozenset({"child"}))
    what = Node(
        "what",
        Kind.QUESTION,
        "What has happened?",
        place(13, 5),
        text="See [the end](#end).",
        answers=(Answer("This", "calm", ALWAYS, place(17, 9)), Answer("That", "end", when, place(18, 9))),
        links=(("end", place(15, 11)),),
    )
    end = Node(
        "end",
        Kind.OUTCOME,
        "The end",
        place(20, 5),
        do=("One.", "See [again](#what)."),
        never=("Two.",),
        next=("Three.",),
        needs=("talk",),
        fallback=("fr-112",),
        urgency="now",
        reporting=False,
        critical=True,
        links=(("what", place(24, 16)),),
    )
    assert guide_of(text) == Guide(
        id="help",
        path=PATH,
        title="Something happened",
        short="What now",
        description="A few questions.",
        audiences=("parent", "child"),
        start="what",
        nodes={"what": what, "calm": Node("calm", Kind.ADVICE, "Be calm", place(19, 5), then="end"), "end": end},
        slug={"fr": "quoi"},
        fallback=("be-112",),
        loops=frozenset({("end", "what")}),
        walks=(
            Walk("A child", "BE", "child", ("That",), "end", place(32, 5)),
            Walk("Anybody", "", "parent", ("This",), "end", place(33, 5)),
        ),
        reviewed="2026-01-31",
        order=3,
        sheet=Sheet("On paper", ("Stop.",), ("Go.",)),
        corridor=Corridor("In the corridor", ("A.",), ("B.",), ("C.",), ("D.",), ("talk",)),
        longest=4,
        place=place(2, 3),
    )


def test_a_guide_that_says_little_is_called_by_its_title_and_allows_six_steps() -> None:
    guide = guide_of(HEAD + END.replace("end", "a", 1))
    assert (guide.short, guide.longest, guide.order, guide.slug, guide.sheet, guide.corridor) == (
        "Something happened",
        6,
        500,
        {},
        None,
        None,
    )


@pytest.mark.parametrize(
    "situation, text, problems",
    [
        (
            "nothing",
            "",
            [
                f'{PATH}: error: a guide lacks "guide" [missing-key]\n    fix: add `guide:`',
                f'{PATH}: error: a guide lacks "nodes" [missing-key]\n    fix: add `nodes:`',
            ],
        ),
        (
            "a list",
            "- guide\n",
            [
                f"{PATH}:1:1: error: a guide must be keys and values [data-invalid]\n    fix: write `key: value` lines",
            ],
        ),
        (
            "a word",
            "guide\n",
            [
                f"{PATH}:1:1: error: a guide must be keys and values [data-invalid]\n    fix: write `key: value` lines",
            ],
        ),
        (
            "an unknown key at the top",
            HEAD + END + "node: []\n",
            [
                f'{PATH}:8:1: error: unknown key "node" in a guide [unknown-key]\n'
                '    fix: did you mean "nodes"? known keys: corridor, guide, loops, nodes, sheet, walks',
            ],
        ),
        (
            "an unknown key in the head",
            HEAD.replace("start: a", "start: a\n  begin: a") + END,
            [
                f'{PATH}:6:3: error: unknown key "begin" in the guide\'s head [unknown-key]\n'
                "    fix: known keys: allow, audience, description, fallback, longest, order, reviewed, short, slug, start, title",
            ],
        ),
        (
            "nobody it is for",
            HEAD.replace("[parent]", "[]") + END,
            [
                f'{PATH}:4:13: error: "audience" names nobody [data-invalid]\n'
                "    fix: allowed: child, parent, educator, adult",
            ],
        ),
        (
            "an audience we do not know",
            HEAD.replace("[parent]", "[parents]") + END,
            [
                f'{PATH}:4:13: error: "audience" is "parents" [data-invalid]\n'
                '    fix: did you mean "parent"? allowed: child, parent, educator, adult',
            ],
        ),
        (
            "nodes that are no list",
            HEAD + "  a: {ask: What?}\n",
            [
                f'{PATH}:7:3: error: "nodes" must be a list of entries with keys and values [data-invalid]\n'
                "    fix: begin each entry with a hyphen",
            ],
        ),
    ],
)
def test_a_file_that_is_no_guide_is_refused(situation: str, text: str, problems: list[str]) -> None:
    assert read(text) == (None, problems)


def bad(line: str) -> tuple[list[str], list[str]]:
    """Return the nodes and the problems of a guide whose second node, on line 8, is this one."""
    guide, problems = read(f"{HEAD}  - {{id: a, advise: Think, then: b}}\n  - {line}\n{END}")
    assert guide
    return list(guide.nodes), problems


@pytest.mark.parametrize(
    "situation, line, problem",
    [
        (
            "an unknown key",
            "{id: b, ask: Which?, answer: []}",
            f'{PATH}:8:26: error: unknown key "answer" in a node [unknown-key]\n'
            '    fix: did you mean "answers"? known keys: advise, answers, ask, critical, do, fallback, id, needs,'
            " never, next, outcome, reporting, text, then, urgency",
        ),
        (
            "two kinds at once",
            "{id: b, ask: Which?, outcome: The end}",
            f'{PATH}:8:5: error: node "b" is ask and outcome [guide-node]\n'
            "    fix: write one of ask, advise and outcome",
        ),
        (
            "no kind at all",
            "{id: b, text: Something.}",
            f'{PATH}:8:5: error: node "b" is nothing [guide-node]\n    fix: write one of ask, advise and outcome',
        ),
        (
            "no id",
            "{ask: Which?}",
            f'{PATH}:8:5: error: a node lacks "id" [missing-key]\n    fix: add `id:` (the same in every language)',
        ),
        (
            "an id that is no name",
            "{id: B b, ask: Which?}",
            f'{PATH}:8:10: error: "id" must be a name [data-invalid]\n'
            "    fix: use lower-case letters, digits and hyphens",
        ),
        (
            "an id that another node has",
            "{id: a, ask: Which?}",
            f'{PATH}:8:10: error: node "a" stands twice [guide-id]\n'
            "    fix: give each node its own id; the first is on line 7",
        ),
        (
            "the id of the guide's own texts",
            "{id: guide, ask: Which?}",
            f'{PATH}:8:10: error: no node can be called "guide" [guide-id]\n'
            "    fix: choose another id; the guide's own texts are filed under this one",
        ),
        (
            "the id of the card",
            "{id: corridor, ask: Which?}",
            f'{PATH}:8:10: error: no node can be called "corridor" [guide-id]\n'
            "    fix: choose another id; the guide's own texts are filed under this one",
        ),
        (
            "the id of a sheet of paper",
            "{id: sheet-be, ask: Which?}",
            f'{PATH}:8:10: error: no node can be called "sheet-be" [guide-id]\n'
            "    fix: choose another id; the guide's own texts are filed under this one",
        ),
        (
            "answers that are no list",
            "{id: b, ask: Which?, answers: {say: This, go: end}}",
            f'{PATH}:8:35: error: "answers" must be a list of entries with keys and values [data-invalid]\n'
            "    fix: begin each entry with a hyphen",
        ),
        (
            "answers that are words",
            "{id: b, ask: Which?, answers: [This, That]}",
            f'{PATH}:8:35: error: "answers" must be a list of entries with keys and values [data-invalid]\n'
            "    fix: begin each entry with a hyphen",
        ),
        (
            "an urgency we do not know",
            "{id: b, outcome: Go, urgency: soo}",
            f'{PATH}:8:35: error: "urgency" is "soo" [data-invalid]\n'
            '    fix: did you mean "soon"? allowed: now, today, soon',
        ),
        (
            "perhaps critical",
            "{id: b, outcome: Go, critical: perhaps}",
            f'{PATH}:8:36: error: "critical" must be yes or no [data-invalid]\n    fix: write `yes` or `no`',
        ),
        (
            "what to do as one text",
            "{id: b, outcome: Go, do: Go.}",
            f'{PATH}:8:30: error: "do" must be a list of words [data-invalid]\n    fix: write [one, two]',
        ),
    ],
)
def test_a_bad_node_is_left_out_and_the_good_ones_stay(situation: str, line: str, problem: str) -> None:
    assert bad(line) == (["a", "end"], [problem])


@pytest.mark.parametrize(
    "situation, line, problem",
    [
        (
            "a question that leads on like advice",
            "{id: b, ask: Which?, then: end}",
            f'{PATH}:8:32: error: "then" belongs to advice, and node "b" is question [guide-node]\n'
            "    fix: remove it, or write the node as advice",
        ),
        (
            "advice with answers",
            "{id: b, advise: Think, then: end, answers: []}",
            f'{PATH}:8:48: error: "answers" belongs to question, and node "b" is advice [guide-node]\n'
            "    fix: remove it, or write the node as question",
        ),
        (
            "a question with needs",
            "{id: b, ask: Which?, needs: [talk]}",
            f'{PATH}:8:33: error: "needs" belongs to outcome, and node "b" is question [guide-node]\n'
            "    fix: remove it, or write the node as outcome",
        ),
        (
            "an answer that leads nowhere",
            "{id: b, ask: Which?, answers: [{say: This}]}",
            f'{PATH}:8:36: error: an answer lacks "go" [missing-key]\n    fix: add `go:` (the id of a node)',
        ),
        (
            "an answer longer than a button",
            f"{{id: b, ask: Which?, answers: [{{say: {'x' * 121}, go: end}}]}}",
            f'{PATH}:8:42: error: "say" is 121 characters long [data-invalid]\n    fix: at most 120 fit',
        ),
        (
            "an answer that holds a link",
            "{id: b, ask: Which?, answers: [{say: '[This](#end)', go: end}]}",
            f'{PATH}:8:42: error: the answer "[This](#end)" holds a link, and is one itself [guide-node]\n'
            "    fix: move the link into the node's `text`",
        ),
        (
            "a condition on something else",
            "{id: b, ask: Which?, answers: [{say: This, go: end, when: {age: [9]}}]}",
            f'{PATH}:8:64: error: unknown key "age" in a condition [unknown-key]\n'
            "    fix: known keys: audience, country, language",
        ),
        (
            "a condition that is one word",
            "{id: b, ask: Which?, answers: [{say: This, go: end, when: {country: BE}}]}",
            f'{PATH}:8:73: error: "country" must be a list of words [data-invalid]\n    fix: write [one, two]',
        ),
    ],
)
def test_a_fault_inside_a_node_is_told_and_the_node_stays(situation: str, line: str, problem: str) -> None:
    assert bad(line) == (["a", "b", "end"], [problem])


@pytest.mark.parametrize(
    "situation, text, problem",
    [
        (
            "a walk that does not say where it ends",
            "walks: [{name: A parent, answers: [This]}]",
            f'{PATH}:8:9: error: a walk lacks "ends" [missing-key]\n    fix: add `ends:` (the outcome they lead to)',
        ),
        (
            "walks that are words",
            "walks: [This]",
            f'{PATH}:8:8: error: "walks" must be a list of entries with keys and values [data-invalid]\n'
            "    fix: begin each entry with a hyphen",
        ),
        (
            "a loop that leads nowhere",
            "loops: [{from: a}]",
            f'{PATH}:8:9: error: a loop lacks "to" [missing-key]\n    fix: add `to:` (the node it leads back to)',
        ),
        (
            "a sheet without its title",
            "sheet: {do: [Stop.], never: [Go.]}",
            f'{PATH}:8:8: error: the sheet lacks "title" [missing-key]\n'
            "    fix: add `title:` (what the sheet of paper is called)",
        ),
        (
            "a card without what to note",
            "corridor: {title: T, say: [A.], ask_not: [B.], after: [D.], needs: [talk]}",
            f'{PATH}:8:11: error: the corridor card lacks "note" [missing-key]\n'
            "    fix: add `note:` (what to write down)",
        ),
    ],
)
def test_what_stands_beside_the_nodes_is_checked_too(situation: str, text: str, problem: str) -> None:
    _, problems = read(HEAD + END.replace("end", "a", 1) + text + "\n")
    assert problems == [problem]


def test_what_is_wrong_beside_the_nodes_is_left_out() -> None:
    guide, _ = read(HEAD + END.replace("end", "a", 1) + "walks: [{name: A}]\nloops: [{}]\nsheet: {}\ncorridor: {}\n")
    assert guide
    assert (guide.walks, guide.loops, guide.sheet, guide.corridor) == ((), frozenset(), None, None)


def test_a_start_that_no_node_is_called_is_told_at_its_word() -> None:
    assert read(HEAD.replace("start: a", "start: ende") + END)[1] == [
        f'{PATH}:5:10: error: the guide starts at "ende", which does not exist [guide-route]\n'
        '    fix: did you mean "end"? nodes: end'
    ]


def test_a_start_that_is_left_out_for_its_own_fault_is_told_once() -> None:
    assert read(HEAD + "  - {id: a, text: T.}\n" + END)[1] == [
        f'{PATH}:7:5: error: node "a" is nothing [guide-node]\n    fix: write one of ask, advise and outcome'
    ]


@pytest.mark.parametrize("link", ["[x](#end)", "[x]( #end)", '[x](#end "T")', "[x](<#end>)", "**[x](#end)**"])
def test_a_link_to_a_node_is_found_however_it_is_written(link: str) -> None:
    guide = guide_of(f"{HEAD}  - {{id: a, advise: Think, text: 'See {link}.', then: end}}\n{END}")
    assert guide.nodes["a"].links == (("end", place(7, 34)),)
