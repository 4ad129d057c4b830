"""The HTML report for editors: whole, harmless, and with the way it went since the last ones."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser, LexborNode

from balise.cli.report.history import KEPT, NAME, Count, count_problems, joined, read_counts, write_counts
from balise.problems import Location, Problem, Severity
from support.commands import Terminal
from support.gate_projects import TERMS
from support.projects import FOUND, HOME, SITE

PAGE = "content/help/found-images.md"
PLUM = FOUND.replace("Close the page.", "Close the ripe plum, a sour cherry.")
FRUIT = ("--select", "ripe-plum,sour-cherry,control-character")
VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())
_TAG = re.compile(r"<(/?)([a-z][a-z0-9]*)(?:\s[^<>]*)?(/?)>")
_ATTRIBUTE = re.compile(r"\s[a-zA-Z-]+(?:=\"[^\"<]*\")?")


@pytest.fixture
def fruit(terminal: Terminal) -> Terminal:
    terminal.write({"content/data/terms.yml": TERMS, PAGE: PLUM})
    return terminal


def report(terminal: Terminal, *more: str) -> LexborHTMLParser:
    """Return the report of a check."""
    outcome = terminal.balise("check", *FRUIT, "--report", "report.html", *more)
    assert "Report written to report.html.\n" in outcome.err
    return LexborHTMLParser((terminal.folder / "report.html").read_text("utf-8"))


def words(node: LexborNode | None) -> str:
    assert node is not None
    return " ".join(node.text().split())


def all_words(tree: LexborHTMLParser, selector: str) -> list[str]:
    return [words(node) for node in tree.css(selector)]


def test_each_finding_stands_under_its_file_with_its_line(fruit: Terminal) -> None:
    tree = report(fruit)

    assert all_words(tree, "section.file > h2 > span") == [PAGE]
    assert all_words(tree, "section.file li > p") == [
        'error line 13 the text says "ripe plum" ripe-plum',
        "write: apple. Plums stain.",
        'warning line 13 the text says "sour cherry" sour-cherry',
        "write: sweet cherry. Sour is sour.",
    ]
    assert all_words(tree, "section.file mark") == ["ripe plum", "sour cherry"]
    assert all_words(tree, ".totals li")[:3] == ["1 errors", "1 warnings", "0 notes"]
    assert words(tree.css_first("h1")) == "What to mend on Test site"


def test_files_with_the_most_to_mend_come_first(fruit: Terminal) -> None:
    fruit.write({"content/help/two.md": FOUND.replace("Close the page.", "A ripe plum. A ripe plum. A ripe plum.").replace("slug: {fr: images-trouvees, nl: beelden-gevonden}\n", "")})  # fmt: skip

    assert all_words(report(fruit), "section.file > h2 > span") == ["content/help/two.md", PAGE]


def test_a_site_with_nothing_to_mend_is_told_so(fruit: Terminal) -> None:
    fruit.write({PAGE: FOUND})
    tree = report(fruit)

    assert words(tree.css_first(".good")) == "Nothing to mend."
    assert (tree.css("form"), tree.css("section.file")) == ([], [])


def test_exceptions_and_reading_scores_are_listed(fruit: Terminal) -> None:
    fruit.write({PAGE: PLUM.replace("needs:", "allow: [{rule: ripe-plum, reason: A name.}]\nneeds:")})
    tree = report(fruit)

    tables = [[words(cell) for cell in table.css("tbody tr td, tbody tr th")] for table in tree.css("table")]
    assert tables[0] == ["ripe-plum", "A name.", f"{PAGE}:6:9", "1"]
    assert tables[1] == [
        *("help/found-images", "–", "–", "104 LIX 4 · 4.0 words"),
        *("help/index", "–", "–", "96 LIX 2 · 2.3 words"),
        *("index", "–", "–", "77 LIX 40 · 2.7 words"),
    ]


def test_the_rules_that_found_something_are_explained_and_led_to(fruit: Terminal) -> None:
    tree = report(fruit)

    assert all_words(tree, "dt") == ["ripe-plum", "sour-cherry"]
    leads = {(node.attributes["href"] or "")[1:] for node in tree.css("a")}
    ids = {node.attributes["id"] for node in tree.css("[id]")}
    assert leads == {"rule-ripe-plum", "rule-sour-cherry"}
    assert leads <= ids


def test_the_page_is_well_formed_and_loads_nothing(fruit: Terminal) -> None:
    report(fruit)
    source = (fruit.folder / "report.html").read_text("utf-8")
    text = re.sub(r"<(script|style)>.*?</\1>", r"<\1></\1>", source.strip(), flags=re.DOTALL)
    opened: list[str] = []

    assert text.startswith("<!doctype html>")
    for match in _TAG.finditer(text):
        closes, name, self_closing = match.groups()
        if closes:
            assert opened.pop() == name, match[0]
        elif name not in VOID and not self_closing:
            opened.append(name)
    ids = re.findall(r'\sid="([^"]*)"', text)
    assert opened == []
    assert len(ids) == len(set(ids))
    assert re.findall(r"\s(?:src|style|on[a-z]+)=", text) == []
    assert [target for target in re.findall(r'href="([^"]*)"', text) if not target.startswith("#")] == []


def test_only_its_own_script_and_style_are_let_through(fruit: Terminal) -> None:
    tree = report(fruit)
    policy = tree.css_first('meta[http-equiv="Content-Security-Policy"]')
    assert policy is not None

    def digest(name: str) -> str:
        (node,) = tree.css(name)
        return "sha256-" + base64.b64encode(hashlib.sha256(node.text().encode()).digest()).decode()

    assert policy.attributes["content"] == (
        f"default-src 'none'; script-src '{digest('script')}'; style-src '{digest('style')}'"
    )


HOSTILE = '<img src=x onerror="document.title=1">&amp;</script><script>document.title=2</script>'


def test_what_authors_typed_is_text(fruit: Terminal) -> None:
    terms = TERMS.replace("Plums stain.", "'</dd><script>x</script>'")
    fruit.write(
        {
            "content/data/terms.yml": terms,
            "content/site.yml": SITE.replace("Test site", "'<b>Test</b> & site'"),
            PAGE: FOUND.replace("Close the page.", "A `</pre><script>x</script>` ripe plum.").replace(
                "needs:", f"allow:\n  - rule: sour-cherry\n    reason: '{HOSTILE}'\nneeds:"
            ),
            'content/help/"><i>x.md': FOUND.replace("Close", "A ripe plum. Close"),
        }
    )
    tree = report(fruit)

    assert len(tree.css("script")) == 1
    assert tree.css("img, i, b") == []
    assert words(tree.css_first("h1")) == "What to mend on <b>Test</b> & site"
    assert "ripe-plum" in all_words(tree, "dt")
    assert HOSTILE in all_words(tree, "tbody td")
    assert words(tree.css_first("pre")) == "1. A `</pre><script>x</script>` ripe plum."


def test_a_report_shows_how_it_went_since_the_last_ones(fruit: Terminal) -> None:
    for day, text in (("2026-11-18", FOUND), ("2026-11-19", PLUM), ("2026-11-20", PLUM.replace("ripe plum, a", ""))):
        fruit.write({PAGE: text})
        tree = report(fruit, "--today", day)

    (whole, by_file) = tree.css("polyline")
    assert whole.attributes["points"] == by_file.attributes["points"] == "2.0,22.0 50.0,2.0 98.0,12.0"
    assert all_words(tree, ".better, .worse, .same") == ["-1", "-1"]
    assert [node.attributes["aria-label"] for node in tree.css("svg")] == [
        "errors and warnings since 2026-11-18",
        "errors and warnings in this file since 2026-11-18",
    ]


def test_a_second_report_of_a_day_takes_the_place_of_the_first(fruit: Terminal) -> None:
    report(fruit)
    fruit.write({PAGE: FOUND})
    tree = report(fruit)

    assert tree.css("polyline") == []
    assert json.loads((fruit.folder / NAME).read_text("utf-8")) == [{"day": "2026-11-21", "files": {}}]


@pytest.mark.parametrize(
    "history",
    [
        "",
        "[",
        "{}",
        "null",
        "[1]",
        '[{"day": "2026-11-01"}]',
        '[{"day": "2026-11-01", "files": {"a": "x"}}]',
        '[{"day": "2026-11-01", "files": {"a": Infinity}}]',
        '[{"day": "2026-11-01", "files": []}]',
        "[" * 100_000,
        "\ud800".encode("utf-8", "surrogatepass"),
        b"\xff\xfe",
    ],
    ids=lambda text: repr(text)[:40],
)
def test_a_broken_history_is_left_aside(tmp_path: Path, history: str | bytes) -> None:
    path = tmp_path / NAME
    path.parent.mkdir()
    path.write_bytes(history if isinstance(history, bytes) else history.encode())

    assert read_counts(tmp_path) == ()


def test_a_history_from_elsewhere_is_text_too(fruit: Terminal) -> None:
    fruit.write({NAME: json.dumps([{"day": '"><script>', "files": {"<b>": 3}}])})
    tree = report(fruit)

    assert len(tree.css("script")) == 1


def test_what_is_counted_is_kept_for_thirty_reports(tmp_path: Path) -> None:
    counts = [Count(f"2026-{month:02}-{day:02}", {"a": day}) for month in (1, 2) for day in range(1, 21)]

    write_counts(tmp_path, counts)

    assert read_counts(tmp_path) == tuple(counts[-KEPT:])


def test_links_are_not_followed_to_the_history(tmp_path: Path) -> None:
    (tmp_path / "other.json").write_text("[]")
    path = tmp_path / NAME
    path.parent.mkdir()
    path.symlink_to(tmp_path / "other.json")

    write_counts(tmp_path, [Count("2026-11-01", {"a": 1})])

    assert (read_counts(tmp_path), (tmp_path / "other.json").read_text()) == ((), "[]")


def test_advice_is_not_counted() -> None:
    def problem(path: str, severity: Severity) -> Problem:
        return Problem(severity, "r", "m", Location(path))

    found = [problem("b", Severity.ERROR), problem("a", Severity.WARNING), problem("b", Severity.ERROR)]

    assert count_problems([*found, problem("c", Severity.ADVICE)], "2026-11-21") == Count(
        "2026-11-21", {"a": 1, "b": 2}
    )


def test_a_report_of_an_earlier_day_forgets_what_came_later() -> None:
    days = [Count(day, {}) for day in ("2026-11-01", "2026-11-05", "2026-11-09")]

    assert joined(days, Count("2026-11-05", {"a": 1})) == (days[0], Count("2026-11-05", {"a": 1}))


def test_a_report_in_a_new_folder_makes_it(fruit: Terminal) -> None:
    fruit.write({"content/index.md": HOME})

    outcome = fruit.balise("check", *FRUIT, "--report", "out/of/report.html")

    assert outcome.err.startswith("Report written to out/of/report.html.\n")
    assert (fruit.folder / "out/of/report.html").is_file()
