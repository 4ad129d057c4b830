"""What the audit makes of a site: its own parts, on small sites with planted faults, without a judge from elsewhere."""

from __future__ import annotations

from itertools import islice
from pathlib import Path

import pytest

from audit import lighthouse, noscript, weight
from audit.finding import Finding, Row, Tally, finding_lines, table_lines
from audit.hostile import SINKS
from audit.run import PARTS, main, parse_wishes
from audit.serving import headers_of, parse_headers
from audit.subject import Page, Subject
from audit.traces import policies
from audit.vectors import own_vectors
from audit.xss import draw_strings, sink_of
from support.projects import write_project

HEADERS = """\
# For hosts.
/*
  Content-Security-Policy: default-src 'none'; script-src 'self'
  Referrer-Policy: no-referrer
/fr/*
  Cache-Control: no-cache
"""


def pages(root: Path, **htmls: str) -> Subject:
    """Return a site with these pages; a name's `_` stands for a folder."""
    for name, html in htmls.items():
        path = root / "site" / name.replace("_", "/") / "index.html"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(html, "utf-8")
    return Subject(write_project(root / "project"), root / "site")


def test_headers_of_an_address_are_those_of_every_rule_that_fits() -> None:
    rules = parse_headers(HEADERS)
    everywhere = {"Content-Security-Policy": "default-src 'none'; script-src 'self'", "Referrer-Policy": "no-referrer"}
    assert headers_of(rules, "/nl/x/") == everywhere
    assert headers_of(rules, "/fr/x/") == {**everywhere, "Cache-Control": "no-cache"}


@pytest.mark.parametrize(
    "link, goal",
    [
        ("../nl/", "fr/nl/"),
        ("../../nl/#a", "nl/#a"),
        ("./", "fr/aide/"),
        ("#do", "fr/aide/#do"),
        ("../../", ""),
        ("../../assets/a.pdf", "assets/a.pdf"),
        ("https://example.org/x/", "https://example.org/x/"),
        ("tel:112", "tel:112"),
    ],
)
def test_links_are_read_as_a_browser_reads_them(link: str, goal: str) -> None:
    assert Page("fr/aide/", Path()).resolve(link) == goal


def test_pages_are_told_apart_by_what_they_are(tmp_path: Path) -> None:
    subject = pages(
        tmp_path,
        en_home='<body class="kind-home">',
        en_sheet='<body class="kind-topic"><section class="report-sheet">',
        en_list='<body class="kind-index"><template class="search-source"></template>',
        en_old='<meta http-equiv="refresh" content="0">',
    )
    assert {page.address: page.kind for page in subject.pages} == {
        "en/home/": "home",
        "en/sheet/": "sheet",
        "en/list/": "a-z",
    }


def test_a_fold_costs_a_click_and_the_nearest_way_counts(tmp_path: Path) -> None:
    subject = pages(
        tmp_path,
        en_a='<main><a href="../b/">b</a><details><summary>m</summary><a href="../c/">c</a></details></main>',
        en_b='<main><details><summary>m</summary><a data-channel="x" href="tel:1">x</a></details></main>',
        en_c='<main><article data-channel="x">x</article></main>',
        en_d="<main>no way out</main>",
    )
    graph = noscript.link_graph(subject)
    shown = {page.address: noscript.shown_on(page) for page in subject.pages}
    ends = {address: found["x"] for address, found in shown.items() if "x" in found}
    assert graph["en/a/"] == {"en/b/": 1, "en/c/": 2}
    assert ends == {"en/b/": 1, "en/c/": 0}
    assert noscript.clicks_to(graph, ends) == {"en/a/": 2, "en/b/": 1, "en/c/": 0}


def test_channels_out_of_reach_dead_links_and_missing_ways_are_found(tmp_path: Path) -> None:
    head = '<html lang="en"><body>'
    subject = pages(
        tmp_path,
        en_a=f'{head}<a href="https://en.example/">exit</a><main><a href="../nowhere/">x</a><a href="#no">x</a></main>',
        en_b=f'{head}<main><a href="../a/">first</a></main>',
    )
    reach, links, switches = islice(noscript.judge(subject, tmp_path, 1), 3)
    assert {(item.page, item.place) for item in reach.found} == {
        (page, name) for page in ("en/a/", "en/b/") for name in ("be-112", "fr-112", "be-line")
    }
    assert [str(item) for item in links.found] == [
        "leads nowhere · en/a/ · en/nowhere/",
        "no such heading · en/a/ · en/a/#no",
    ]
    assert [item.rule for item in switches.found] == [
        *["no way to the language"] * 3,
        "exit is not the first link",
        *["no way to the language"] * 3,
    ]


def test_each_policy_of_a_site_is_judged_once(tmp_path: Path) -> None:
    meta = '<meta http-equiv="Content-Security-Policy" content="default-src &#39;none&#39;">'
    subject = pages(tmp_path, en_a=meta, en_b=meta, en_c="<p>none</p>")
    (subject.folder / "_headers").write_text(HEADERS, "utf-8")
    assert policies(subject) == {
        "_headers": "default-src 'none'; script-src 'self'",
        "en/a/": "default-src 'none'",
        "en/c/": "",
    }


def test_a_skipped_row_is_neither_kept_nor_broken() -> None:
    tally = Tally(pages=2)
    tally.expect(True, "rule", "en/a/")
    tally.expect(False, "rule", "en/b/", "main", "seen")
    rows = [tally.row("nojs", "links", "1 dead", "0"), Row("axe", "light", skipped="not on this machine: Java")]
    assert list(table_lines(rows)) == [
        "| part | what  | pages | checks | measured | limit | violations |",
        "| ---- | ----- | ----- | ------ | -------- | ----- | ---------- |",
        "| nojs | links | 2     | 2      | 1 dead   | 0     | 1          |",
        "| axe  | light | –     | –      |          |       | skipped    |",
    ]


def test_findings_are_told_by_rule_with_pages_and_places() -> None:
    found = [
        Finding("a", "en/x/", "p"),
        Finding("a", "en/y/", "p"),
        Finding("b", "en/x/"),
        Finding("a", "en/z/", "q", "s"),
    ]
    assert list(finding_lines(found, examples=1, pages=2)) == [
        "3 × a: en/x/, en/y/ and 1 more",
        "    p",
        "    and 1 more places",
        "1 × b: en/x/",
    ]


def test_hostile_strings_are_many_different_and_call_what_is_hooked() -> None:
    known = list(own_vectors())
    assert len(known) >= 300
    assert len(known) == len(set(known))
    assert [text for text in known if "1" not in text or not ("lert" in text or "alert" in text)] == []


def test_each_sink_gets_strings_that_it_takes_the_same_for_the_same_seed() -> None:
    strings = draw_strings(3, drawn=20)
    assert strings == draw_strings(3, drawn=20) != draw_strings(4, drawn=20)
    assert {name: len(texts) for name, texts in strings.items() if name != "body"} == dict.fromkeys(
        set(SINKS) - {"body"}, 20
    )
    assert set(own_vectors()) <= set(strings["body"])
    assert sink_of("en/s/html-block-12/") == "html-block"


def test_a_part_that_does_not_exist_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--parts", "axe,looking"])
    assert f"looking is none of {', '.join(PARTS)}" in capsys.readouterr().err
    assert parse_wishes([]).is_whole
    assert not parse_wishes(["--pages", "fr/*"]).is_whole


def test_a_judge_that_is_not_here_is_said_and_not_counted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    subject = pages(tmp_path, en_a="<p>x</p>")
    for part in (PARTS["axe"], weight.judge, lighthouse.judge, PARTS["html"], PARTS["xss"], PARTS["looks"]):
        rows = list(part(subject, tmp_path, 1))
        assert [row.skipped.partition(":")[0] for row in rows] == ["not on this machine"] * len(rows)
        assert not any(row.found or row.checks for row in rows)
