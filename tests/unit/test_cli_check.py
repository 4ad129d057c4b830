"""`balise check`: everything an author has to mend, and nothing written."""

from __future__ import annotations

import json

from support.commands import Outcome, Terminal
from support.projects import FOUND, SITE
from support.published import read_tree

ORPHAN = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n'
PAGE = "content/help/found-images.md"


def test_nothing_to_mend_is_said_in_one_line_and_nothing_is_written(terminal: Terminal) -> None:
    def sources() -> dict[str, bytes]:
        return {name: text for name, text in read_tree(terminal.folder).items() if not name.startswith(".balise/")}

    before = sources()
    assert terminal.balise("check") == Outcome(0, "", "0 errors in 9 pages (fr 3, nl 3, en 3).\n")
    assert sources() == before


def test_a_problem_is_printed_with_its_fix(terminal: Terminal) -> None:
    terminal.write({PAGE: FOUND.replace('phone("be-line")', 'phone("be-lin")')})
    assert terminal.balise("check") == Outcome(
        1,
        f'{PAGE}:14:9: error: channel "be-lin" does not exist [channel-unknown]\n'
        '    fix: did you mean "be-line"? channels are listed in content/data/channels.yml\n',
        "1 error in 9 pages (fr 3, nl 3, en 3).\n",
    )


def test_a_warning_fails_only_when_asked(terminal: Terminal) -> None:
    terminal.write({"locales/nl/pages/gone.po": ORPHAN})
    ending = "0 errors, 1 warning in 9 pages (fr 3, nl 3, en 3).\n"
    relaxed, strict = terminal.balise("check"), terminal.balise("check", "--strict")
    assert (relaxed.code, relaxed.err) == (0, ending)
    assert (strict.code, strict.err) == (1, ending)
    assert relaxed.out == strict.out


def test_json_tells_a_machine_the_same(terminal: Terminal) -> None:
    terminal.write({"content/site.yml": SITE.replace("[fr, nl, en]", "[fr, nl, english]")})
    outcome = terminal.balise("check", "--format", "json")
    record = json.loads(outcome.out)
    assert (outcome.code, outcome.err, record["ok"]) == (1, "", False)
    assert [(item["path"], item["line"], item["column"], item["message"]) for item in record["problems"]] == [
        ("content/site.yml", 2, 18, "the source language is not among the languages"),
        ("content/site.yml", 3, 21, 'languages holds "english"'),
    ]


def test_annotations_for_a_pull_request(terminal: Terminal) -> None:
    terminal.write({PAGE: FOUND.replace("(index.md)", "(#wy)")})
    assert terminal.balise("check", "--format", "github") == Outcome(
        1,
        f'::error file={PAGE},line=20,col=6,title=anchor-broken::link to "#wy": the page has no heading "wy". '
        'did you mean "why"? give the heading that id: `## … {#id}`\n',
        "",
    )


def test_a_broken_site_yml_is_counted_without_pages(terminal: Terminal) -> None:
    terminal.write({"content/site.yml": SITE + "colour: red\n"})
    outcome = terminal.balise("check")
    assert (outcome.code, outcome.err) == (1, "1 error.\n")
    assert outcome.out.startswith("content/site.yml:10:")


def test_release_names_each_shown_channel_that_nobody_confirmed(terminal: Terminal) -> None:
    outcome = terminal.balise("check", "--release")
    hint = 'dial the number and open the page, then add `checked: {on: "YYYY-MM-DD", by: "…"}`'
    assert outcome == Outcome(
        1,
        f'content/data/channels.yml:2:5: error: channel "be-112" was never confirmed [channel-unchecked]\n    fix: {hint}\n'
        f'content/data/channels.yml:34:5: error: channel "be-line" was never confirmed [channel-unchecked]\n    fix: {hint}\n',
        "2 errors in 9 pages (fr 3, nl 3, en 3).\n",
    )


def test_facts_past_their_day_pass_only_when_that_is_allowed(terminal: Terminal) -> None:
    assert terminal.balise("check", "--today", "2027-06-01").code == 1
    assert terminal.balise("check", "--today", "2027-06-01", "--allow-stale").code == 0
