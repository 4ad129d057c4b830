"""Channels side by side: answers come from the registry, and what it does not know is said."""

from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from balise.calls import Calls
from balise.expand import CallError, Expander
from balise.pipeline import edition_phrases
from support.projects import CHANNELS, FORM, TODAY, load

ANSWERING = (
    FORM.replace("    status: active\n", '    hours: always\n    anonymous: "yes"\n    status: active\n')
    .replace("[Someone reads it.]", "[Someone reads it., You get a number., You can take it back.]")
    .replace(
        "    status:", '    answers: {hears: ["2"], stops: ["3"]}\n    limits: [It takes addresses only.]\n    status:'
    )
)
UNKNOWN = "Not known to us. Ask them."


@pytest.fixture
def calls(tmp_path: Path) -> Calls:
    project = load(tmp_path, {"content/data/channels.yml": CHANNELS + ANSWERING})
    assert project.problems == ()
    return Calls(project, "en", edition_phrases(project, "en"), TODAY)


def rows(calls: Calls, *ids: str) -> dict[str, list[str]]:
    """Return the answers by question, the name that narrow screens repeat left out."""
    tree = LexborHTMLParser(str(calls.compare_channels(*ids).block))
    for name in tree.css(".of"):
        name.decompose()
    return {
        row.css_first("th").text(strip=True): [" ".join(cell.text().split()) for cell in row.css("td")]
        for row in tree.css("tbody tr")
    }


def test_each_question_is_answered_by_the_registry_or_not_at_all(calls: Calls) -> None:
    found = rows(calls, "be-web", "be-line")
    sure = found.pop("How sure is this?")
    assert found == {
        "Who takes it, and what happens?": ["Someone reads it.", "Someone listens."],
        "When are they there?": ["day and night, every day", UNKNOWN],
        "Must I give my name?": ["You do not have to give your name.", UNKNOWN],
        "Will I hear what came of it?": ["You get a number.", UNKNOWN],
        "Can I stop, or take it back?": ["You can take it back.", UNKNOWN],
        "What are the limits?": ["It takes addresses only.", UNKNOWN],
        "What if it becomes urgent?": ["Emergency number 112", "Emergency number 112"],
    }
    assert all(text.startswith("Not yet confirmed by the publisher of this site;") for text in sure)


def test_every_source_of_a_compared_channel_is_marked_and_listed(calls: Calls) -> None:
    html = str(calls.compare_channels("be-web", "be-line").block)
    assert len(calls.sources) == 2
    assert all(f"@@source:{key}@@" in html for key in calls.sources)


def test_every_cell_has_its_headers_and_repeats_the_name_of_its_service(calls: Calls) -> None:
    tree = LexborHTMLParser(str(calls.compare_channels("be-web", "be-line", "be-112").block))
    assert len(tree.css("thead th[scope=col]")) == 4
    assert len(tree.css("tbody th[scope=row]")) == len(tree.css("tbody tr")) == 8
    names = [node.text(strip=True) for node in tree.css("tbody tr:first-child .of")]
    assert names == ["The form", "The line", "Emergency 112"]


@pytest.mark.parametrize("ids", [(), ("be-web",), ("be-web", "be-web"), ("a", "b", "c", "d", "e")])
def test_a_comparison_takes_two_to_four_different_channels(calls: Calls, ids: tuple[str, ...]) -> None:
    with pytest.raises(CallError) as refused:
        calls.compare_channels(*ids)
    assert refused.value.message == "compare_channels() takes two to four different channels"


def test_a_comparison_with_a_channel_that_is_not_confirmed_is_refused(calls: Calls) -> None:
    with pytest.raises(CallError, match='channel "be-new" is'):
        calls.compare_channels("be-web", "be-new")


def test_content_names_the_channels_one_after_the_other(calls: Calls) -> None:
    expander = Expander(calls.functions())
    assert expander.evaluate('compare_channels("be-web", "be-line")')
    with pytest.raises(CallError) as refused:
        expander.evaluate('compare_channels("be-web", 2)')
    assert refused.value.message == "compare_channels(): ids, word 2 must be a word in quotes"


def test_an_answer_points_to_a_sentence_that_is_there(tmp_path: Path) -> None:
    wrong = ANSWERING.replace('hears: ["2"]', 'hears: ["4"]')
    problems = [str(item) for item in load(tmp_path, {"content/data/channels.yml": CHANNELS + wrong}).problems]
    assert len(problems) == 1
    assert '"4" is no sentence of `what_happens`' in problems[0]
    assert "write a number from 1 to 3" in problems[0]
