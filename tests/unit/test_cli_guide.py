"""`balise guide`: what a person at the terminal gets when they check, walk, print and draw decision guides."""

from __future__ import annotations

import io
import json

import pytest
from selectolax.lexbor import LexborHTMLParser

from balise.project import load_project
from support.commands import Outcome, Terminal
from support.guides import FILES, GUIDE, PATH, changed, translate
from support.projects import SITE

CALM = changed(("    critical: yes\n", ""))
"""The sound guide without a text that every edition must have, so that nothing is left to mend."""
BROKEN = changed(("    critical: yes\n", ""), ("{say: Elsewhere, go: report}", "{say: Elsewhere, go: repotr}"))
ROUTE = 'the answer "Elsewhere" leads to "repotr", which does not exist'
FIX = 'did you mean "report"? nodes: what, where, breathe, report, talk'
FIRST = """\
What has happened?
Take your time. You can talk to somebody first.
  1. I saw a picture
  2. I want to talk
"""
SECOND = """
Where did you see it?
  1. On a page
  2. Elsewhere
"""
REPORT = """\
Report it
  + Close the page.
  + Report it.
  x Never copy it.
  > Somebody reads your report.
  * The line: 116 000
  * Emergency 112: 112
"""
OUTLINE = """\
[1] What has happened?
  I saw a picture → [2] Where did you see it?
    On a page → [3] Take a breath
      [4] Report it ■
    In a chat → [5] Talk to somebody ■
    Elsewhere → [4] Report it ■…
  I want to talk → [5] Talk to somebody ■…
"""
NEW = "content/guides/lost-phone.yml"
SECTION_HINT = "Add guides to `sections` in content/site.yml, and write guides/index.md.\n"


@pytest.fixture
def guided(terminal: Terminal) -> Terminal:
    """A person in the folder of a project with one sound guide."""
    terminal.write({**FILES, PATH: CALM})
    return terminal


def refusal(outcome: Outcome) -> str:
    """Return the last line of a refusal, which tells what to do."""
    assert (outcome.code, outcome.out) == (2, "")
    return outcome.err.splitlines()[-1]


def test_a_sound_guide_is_counted_and_nothing_else_is_said(guided: Terminal) -> None:
    assert guided.balise("guide", "check") == Outcome(0, "", "0 errors in 1 guide.\n")


def test_guides_are_counted(guided: Terminal) -> None:
    guided.write({"content/guides/other.yml": CALM.replace("fr: quoi, nl: wat", "fr: autre, nl: ander")})
    assert guided.balise("guide", "check") == Outcome(0, "", "0 errors in 2 guides.\n")


def test_a_problem_is_told_with_its_place_and_its_fix(guided: Terminal) -> None:
    guided.write({PATH: BROKEN})
    out = f"{PATH}:21:9: error: {ROUTE} [guide-route]\n    fix: {FIX}\n"
    assert guided.balise("guide", "check") == Outcome(1, out, "1 error in 1 guide.\n")


def test_a_problem_is_told_to_a_program(guided: Terminal) -> None:
    guided.write({PATH: BROKEN})
    outcome = guided.balise("guide", "check", "--format", "json")
    problem = {"path": PATH, "line": 21, "column": 9, "severity": "error", "rule": "guide-route", "message": ROUTE}
    assert (outcome.code, outcome.err) == (1, "")
    assert json.loads(outcome.out) == {"problems": [{**problem, "fix": FIX}], "ok": False}


def test_nothing_to_mend_is_told_to_a_program(guided: Terminal) -> None:
    outcome = guided.balise("guide", "check", "--format", "json")
    assert (outcome.code, json.loads(outcome.out), outcome.err) == (0, {"problems": [], "ok": True}, "")


def test_a_problem_is_an_annotation_beside_its_line(guided: Terminal) -> None:
    guided.write({PATH: BROKEN})
    line = f"::error file={PATH},line=21,col=9,title=guide-route::{ROUTE}. {FIX}\n"
    assert guided.balise("guide", "check", "--format", "github") == Outcome(1, line, "")


def test_a_guide_that_is_named_is_checked_alone(guided: Terminal) -> None:
    guided.write({"content/guides/other.yml": BROKEN.replace("fr: quoi, nl: wat", "fr: autre, nl: ander")})
    assert guided.balise("guide", "check", "help") == Outcome(0, "", "0 errors in 1 guide.\n")
    assert guided.balise("guide", "check", "other").out.startswith("content/guides/other.yml:21:9: error: ")


def test_a_file_that_cannot_be_read_as_a_guide_is_a_problem_of_all_guides_and_of_no_other(guided: Terminal) -> None:
    guided.write({"content/guides/other.yml": "guide: {title: Only a title}\nnodes: []\n"})
    assert {line.partition(":")[0] for line in guided.balise("guide", "check").out.splitlines() if "error" in line} == {
        "content/guides/other.yml"
    }
    assert guided.balise("guide", "check", "help").code == 0


@pytest.mark.parametrize(
    "arguments",
    [("check", "hlep"), ("proof", "hlep"), ("walk", "hlep"), ("book", "hlep"), ("draw", "hlep")],
    ids=lambda words: str(words[0]),
)
def test_a_guide_that_does_not_exist_gets_the_nearest_name(guided: Terminal, arguments: tuple[str, str]) -> None:
    message = 'Error: guide "hlep" does not exist; did you mean "help"? there are: help'
    assert refusal(guided.balise("guide", *arguments)) == message


def test_a_project_without_guides_has_nothing_to_mend(terminal: Terminal) -> None:
    assert terminal.balise("guide", "check") == Outcome(0, "", "0 errors in 0 guides.\n")
    message = 'Error: guide "help" does not exist; there are: none'
    assert refusal(terminal.balise("guide", "walk", "help")) == message


def test_a_project_that_cannot_be_used_says_why(terminal: Terminal) -> None:
    terminal.write({"content/site.yml": SITE.replace("default_country: BE\n", "")})
    outcome = terminal.balise("guide", "check")
    assert (outcome.code, outcome.out.partition(" [")[0]) == (
        1,
        'content/site.yml:1:1: error: site.yml lacks "default_country"',
    )


def test_a_day_that_is_none_is_refused(guided: Terminal) -> None:
    message = 'Error: "tomorrow" is no day; write YYYY-MM-DD'
    assert refusal(guided.balise("guide", "check", "--today", "tomorrow")) == message


def test_what_has_expired_on_a_day_to_come_is_told_today(guided: Terminal) -> None:
    outcome = guided.balise("guide", "check", "--today", "2028-01-01")
    assert outcome.code == 1
    assert "no emergency number of BE stands on every page" in outcome.out


PROOF = """\
guide                 reader             pages   paths  longest  ends  violations
help                  BE fr parent           5       3        3     2           0
help                  BE fr adult            5       3        3     2           0
help                  BE nl parent           5       3        3     2           0
help                  BE nl adult            5       3        3     2           0
help                  BE en parent           5       3        3     2           0
help                  BE en adult            5       3        3     2           0
help                  FR fr parent           5       4        3     2           0
help                  FR fr adult            5       4        3     2           0
help                  FR nl parent           5       4        3     2           0
help                  FR nl adult            5       4        3     2           0
help                  FR en parent           5       4        3     2           0
help                  FR en adult            5       4        3     2           0
"""


def test_what_is_proved_is_a_line_for_each_country_language_and_audience(guided: Terminal) -> None:
    assert guided.balise("guide", "proof") == Outcome(0, PROOF, "12 readers, 0 violations, 0 errors.\n")


def test_what_is_proved_is_told_to_a_program(guided: Terminal) -> None:
    outcome = guided.balise("guide", "proof", "help", "--format", "json")
    told = json.loads(outcome.out)
    counts = {"pages": 5, "paths": 3, "longest": 3, "ends": 2, "violations": 0}
    assert (outcome.code, outcome.err, told["ok"], told["problems"], len(told["rows"])) == (0, "", True, [], 12)
    assert told["rows"][1] == {"guide": "help", "country": "BE", "language": "fr", "audience": "adult", **counts}


def test_a_violation_stands_with_the_readers_it_is_of(guided: Terminal) -> None:
    guided.write({PATH: GUIDE})
    outcome = guided.balise("guide", "proof")
    assert (outcome.code, outcome.err) == (1, "12 readers, 8 violations, 2 errors.\n")
    assert [line[-1] for line in outcome.out.splitlines()[1:13]] == [*"111100111100"]
    assert outcome.out.splitlines()[13:] == [
        line
        for tag in ("fr", "nl")
        for line in (
            f'{PATH}:26:5: error: critical "report" is not translated into {tag}'
            f" (for BE {tag} parent, BE {tag} adult, FR {tag} parent and 1 more) [guide-untranslated]",
            "    fix: translate all of its texts",
        )
    ]


def test_a_violation_is_told_to_a_program(guided: Terminal) -> None:
    guided.write({PATH: GUIDE})
    told = json.loads(guided.balise("guide", "proof", "--format", "json").out)
    assert (told["ok"], [item["rule"] for item in told["problems"]]) == (False, ["guide-untranslated"] * 2)
    assert sum(row["violations"] for row in told["rows"]) == 8


def test_a_walk_shows_each_page_and_ends_with_who_helps(guided: Terminal) -> None:
    out = f"{FIRST}> 1\n{SECOND}> 1\n\nTake a breath\nSit down first.\n{REPORT}"
    assert guided.balise("guide", "walk", "help", "--answers", "1, 1") == Outcome(0, out, "")


def test_answers_are_numbers_or_words(guided: Terminal) -> None:
    out = f"{FIRST}> I saw a picture\n{SECOND}> Elsewhere\n\n{REPORT}"
    assert guided.balise("guide", "walk", "help", "--answers", "I saw a picture,Elsewhere") == Outcome(0, out, "")


def test_too_few_answers_end_where_the_next_one_is_missing(guided: Terminal) -> None:
    outcome = guided.balise("guide", "walk", "help", "--answers", "1")
    assert outcome == Outcome(1, f"{FIRST}> 1\n{SECOND}", 'The answers end here, at "where".\n')


def test_an_answer_too_many_is_named(guided: Terminal) -> None:
    outcome = guided.balise("guide", "walk", "help", "--answers", "1,2,5,6")
    message = 'Error: "5" is one answer too many: the walk has ended at "report"'
    assert (outcome.code, outcome.err.splitlines()[-1]) == (2, message)


@pytest.mark.parametrize(
    "said, hint",
    [
        ("3", "it offers: On a page · Elsewhere"),
        ("On a pag", 'did you mean "On a page"? it offers: On a page · Elsewhere'),
        ("0", "it offers: On a page · Elsewhere"),
    ],
)
def test_an_answer_that_is_not_offered_is_refused_with_those_that_are(guided: Terminal, said: str, hint: str) -> None:
    outcome = guided.balise("guide", "walk", "help", "--answers", f"1,{said}")
    message = f'Error: "where" does not offer "{said}" to BE en parent; {hint}'
    assert (outcome.code, outcome.err.splitlines()[-1]) == (2, message)


def test_another_country_has_answers_and_channels_of_its_own(guided: Terminal) -> None:
    outcome = guided.balise("guide", "walk", "help", "--country", "fr", "--answers", "1,2")
    talk = "Talk to somebody\n  + Call.\n  x Never wait.\n  > Somebody listens.\n  * Emergency 112: 112\n"
    offered = SECOND.replace("  2. Elsewhere", "  2. In a chat\n  3. Elsewhere")
    assert outcome == Outcome(0, f"{FIRST}> 1\n{offered}> 2\n\n{talk}", "")


def test_another_audience_has_answers_of_its_own(guided: Terminal) -> None:
    guided.write({PATH: CALM.replace("when: {country: [FR]}", "when: {audience: [adult]}")})
    words = ("guide", "walk", "help", "--answers", "1")
    assert guided.balise(*words).out == f"{FIRST}> 1\n{SECOND}"
    assert "  2. In a chat\n" in guided.balise(*words, "--audience", "adult").out


def test_another_language_has_its_own_words_and_names(guided: Terminal) -> None:
    translate(guided.folder, {"I want to *talk*": "Je veux *parler*", "Call.": "Appelez."}, "fr")
    outcome = guided.balise("guide", "walk", "help", "-l", "fr", "--answers", "Je veux *parler*")
    assert outcome == Outcome(
        0,
        FIRST.replace("I want to talk", "Je veux parler")
        + "> Je veux *parler*\n\nTalk to somebody\n  + Appelez.\n  x Never wait.\n  > Somebody listens.\n"
        + "  * La ligne: 116 000\n",
        "",
    )


@pytest.mark.parametrize(
    "option, message",
    [
        (("--language", "de"), 'the site has no edition "de"; it has: fr, nl, en'),
        (("--country", "lu"), 'the site has no country "LU"; it has: BE, FR'),
        (("--audience", "child"), 'the guide is not for "child"; it is for: parent, adult'),
    ],
)
def test_a_reader_whom_the_site_does_not_have_is_refused(
    guided: Terminal, option: tuple[str, str], message: str
) -> None:
    assert refusal(guided.balise("guide", "walk", "help", *option)) == f"Error: {message}"


def test_somebody_answers_question_after_question(guided: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("1\n9\n2\n"))
    outcome = guided.balise("guide", "walk", "help")
    refused = "Error: 9 is not in the range 1<=x<=2.\n"
    assert outcome == Outcome(0, f"{FIRST}> {SECOND}> {refused}> \n{REPORT}", "")


def test_somebody_who_stops_answering_leaves_the_walk(guided: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("1\n"))
    outcome = guided.balise("guide", "walk", "help")
    assert (outcome.code, outcome.err) == (130, "interrupted\n")


@pytest.mark.parametrize(
    "situation, old, new, message",
    [
        ("an answer to nothing", "Elsewhere, go: report", "Elsewhere, go: later", '"where" leads to "later", which does not exist'),
        ("advice to nothing", "then: report", "then: later", '"breathe" leads to "later", which does not exist'),
        ("advice to itself", "then: report", "then: breathe", '"breathe" leads back to itself'),
    ],
)  # fmt: skip
def test_a_walk_through_an_unfinished_guide_tells_where_it_stops(
    guided: Terminal, situation: str, old: str, new: str, message: str
) -> None:
    guided.write({PATH: CALM.replace(old, new)})
    answers = "1,2" if old.startswith("Elsewhere") else "1,1"
    outcome = guided.balise("guide", "walk", "help", "--answers", answers)
    assert (outcome.code, outcome.err.splitlines()[-1]) == (2, f"Error: {message}")


def test_a_question_without_an_answer_for_the_reader_asks_nothing(guided: Terminal) -> None:
    only = "    ask: Where did you see it?\n    answers:\n      - {say: In a chat, go: talk, when: {country: [FR]}}\n"
    start, end = CALM.index("    ask: Where"), CALM.index("  - id: breathe")
    guided.write({PATH: CALM[:start] + only + CALM[end:]})
    outcome = guided.balise("guide", "walk", "help", "--answers", "1,1")
    assert (outcome.code, outcome.err.splitlines()[-1]) == (2, 'Error: "where" offers BE en parent no answer')


def test_a_book_goes_to_the_terminal(guided: Terminal) -> None:
    outcome = guided.balise("guide", "book", "help", "--language", "nl")
    tree = LexborHTMLParser(outcome.out)
    assert (outcome.code, outcome.err, outcome.out[-8:]) == (0, "", "</html>\n")
    assert [node.attributes["lang"] for node in tree.css("html")] == ["nl"]
    assert [node.text() for node in tree.css("h1")] == ["Something happened"]


def test_a_book_goes_to_a_file_with_the_same_bytes(guided: Terminal) -> None:
    outcome = guided.balise("guide", "book", "help", "-o", "book.html")
    assert outcome == Outcome(0, "", "book.html written\n")
    assert (guided.folder / "book.html").read_text("utf-8") == guided.balise("guide", "book", "help").out


def test_a_guide_for_other_programs_is_json(guided: Terminal) -> None:
    outcome = guided.balise("guide", "book", "help", "--format", "json", "-l", "fr")
    record = json.loads(outcome.out)
    assert (outcome.code, outcome.err, outcome.out[-2:]) == (0, "", "}\n")
    assert (record["id"], record["language"], len(record["nodes"])) == ("help", "fr", 5)


@pytest.mark.parametrize("command", ["book", "draw"])
def test_a_file_that_cannot_be_written_is_named(guided: Terminal, command: str) -> None:
    message = 'Error: "nowhere/out" cannot be written: No such file or directory'
    assert refusal(guided.balise("guide", command, "help", "-o", "nowhere/out")) == message


@pytest.mark.parametrize("command", ["book", "draw"])
def test_an_edition_that_the_site_does_not_have_is_refused(guided: Terminal, command: str) -> None:
    message = 'Error: the site has no edition "de"; it has: fr, nl, en'
    assert refusal(guided.balise("guide", command, "help", "-l", "de")) == message


def test_a_guide_is_drawn_as_svg(guided: Terminal) -> None:
    outcome = guided.balise("guide", "draw", "help")
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out.startswith('<svg xmlns="http://www.w3.org/2000/svg" role="img" ')
    assert outcome.out.endswith("</svg>\n")
    assert guided.balise("guide", "draw", "help", "-o", "a.svg") == Outcome(0, "", "a.svg written\n")
    assert (guided.folder / "a.svg").read_text("utf-8") == outcome.out


def test_a_guide_is_written_as_an_outline(guided: Terminal) -> None:
    assert guided.balise("guide", "draw", "help", "--format", "text") == Outcome(0, OUTLINE, "")


def test_a_new_guide_lacks_nothing_but_its_texts(guided: Terminal) -> None:
    assert guided.balise("guide", "new", "lost-phone") == Outcome(0, f"{NEW}\n", "")
    outcome = guided.balise("guide", "check", "lost-phone")
    assert (outcome.code, outcome.err) == (1, "6 errors in 1 guide.\n")
    assert [line for line in outcome.out.splitlines() if not line.startswith("    fix:")] == [
        f'{NEW}:{line}:5: error: {what} is not finished: {part} holds a note [guide-unfinished]'
        for line, what, parts in (
            (10, '"what"', ("answer-1", "text")),
            (18, '"first-steps"', ("do-1", "never-1", "next-1", "title")),
        )
        for part in parts
    ]  # fmt: skip


def test_a_new_guide_whose_texts_are_written_only_waits_for_its_translations(guided: Terminal) -> None:
    guided.balise("guide", "new", "lost-phone")
    guided.write({NEW: (guided.folder / NEW).read_text("utf-8").replace("TODO", "Here is")})
    told = json.loads(guided.balise("guide", "check", "lost-phone", "--format", "json").out)
    assert [problem["rule"] for problem in told["problems"]] == ["guide-untranslated"] * 2
    assert guided.balise("build").code == 0


def test_a_new_guide_can_be_walked_at_once(guided: Terminal) -> None:
    guided.balise("guide", "new", "lost-phone")
    outcome = guided.balise("guide", "walk", "lost-phone", "--answers", "2")
    assert (outcome.code, outcome.out.splitlines()[-1]) == (0, "  * The line: 116 000")


@pytest.mark.parametrize(
    "title, written",
    [("", "Lost phone"), ('A "phone": gone', 'A "phone": gone'), ("Téléphone # perdu", "Téléphone # perdu")],
)
def test_a_new_guide_has_the_title_asked_for(guided: Terminal, title: str, written: str) -> None:
    guided.balise("guide", "new", "lost-phone", "--title", title)
    assert load_project(guided.folder).guides["lost-phone"].title == written


def test_a_project_without_guides_is_told_what_the_first_one_needs(terminal: Terminal) -> None:
    assert terminal.balise("guide", "new", "lost-phone") == Outcome(0, f"{NEW}\n", SECTION_HINT)


@pytest.mark.parametrize("name", ["Lost", "lost phone", "../lost", "lost/phone", "lost.yml", ""])
def test_a_name_that_no_guide_can_have_is_refused(guided: Terminal, name: str) -> None:
    hint = "use lower-case letters, digits and hyphens, as in lost-phone"
    assert refusal(guided.balise("guide", "new", name)) == f'Error: "{name}" is not the name of a guide; {hint}'


def test_a_guide_that_is_there_is_never_overwritten(guided: Terminal) -> None:
    assert refusal(guided.balise("guide", "new", "help")) == f'Error: "{PATH}" exists already'
    assert (guided.folder / PATH).read_text("utf-8") == CALM
