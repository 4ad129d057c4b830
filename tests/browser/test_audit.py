"""The audit's own checks in a browser find planted faults: a dead control, a trap, a hidden ring, a page too wide."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from audit import looks, noscript, traces
from audit.finding import Finding, Row
from audit.judges import find_chromium
from audit.subject import Subject
from support.projects import write_project

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not find_chromium(), reason="there is no Chromium on this machine"),
]

FAULTY = """\
<!doctype html><html lang="en"><title>x</title><body class="kind-home">
<a href="https://en.example/" style="outline: none">exit</a>
<main><button type="button">dead</button>
<input type="search"><input type="text"><details><summary>fold</summary><p>x</p></details>
<a href="a" style="display: inline-block; inline-size: 9px; block-size: 9px; overflow: hidden">a</a>
<a href="b" style="display: inline-block; inline-size: 9px; block-size: 9px; overflow: hidden">b</a>
<p tabindex="1">out of order</p>
<div style="inline-size: 500px">wide</div><p style="transition: color 1s">moves</p></main>
<script>document.cookie = "a=b"; localStorage.setItem("a", "b");
fetch("http://elsewhere.example/").catch(() => 0)</script></body></html>
"""


@pytest.fixture(scope="module")
def rows(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[Row]]:
    root = tmp_path_factory.mktemp("faulty")
    page = root / "site" / "en" / "x" / "index.html"
    page.parent.mkdir(parents=True)
    page.write_text(FAULTY, "utf-8")
    subject = Subject(write_project(root / "project"), root / "site")
    # The parts start browsers of their own, which a thread that has one already cannot.
    with ThreadPoolExecutor(1) as another:
        return another.submit(judged, subject, root).result()


def judged(subject: Subject, root: Path) -> dict[str, list[Row]]:
    return {
        "looks": list(looks.judge(subject, root, 1)),
        "nojs": list(noscript.judge(subject, root, 1)),
        "traces": list(traces.judge_tours(subject)),
    }


def found(rows: dict[str, list[Row]], part: str, what: str) -> list[Finding]:
    return [item for row in rows[part] if row.what.startswith(what) for item in row.found]


def test_a_control_that_needs_scripts_is_found_and_a_field_to_fill_is_none(rows: dict[str, list[Row]]) -> None:
    dead = found(rows, "nojs", "visible controls")
    assert [item.place for item in dead] == ["button[type=button]", "input[type=search]"]


def test_what_a_page_keeps_asks_or_is_refused_is_found(rows: dict[str, list[Row]]) -> None:
    rules = {item.rule for item in found(rows, "traces", "tour")}
    assert rules == {"cookies", "localStorage", "request off the origin"}


def test_a_missing_ring_and_an_order_of_its_own_are_found(rows: dict[str, list[Row]]) -> None:
    said = {item.rule for item in found(rows, "looks", "keyboard, desk")}
    assert {"no focus ring", "order goes back", "exit is not first"} <= said


def test_small_targets_width_and_motion_are_found(rows: dict[str, list[Row]]) -> None:
    assert {item.rule for item in found(rows, "looks", "400 % zoom")} == {
        "scrolls sideways",
        "sticks out",
        "target under 24 px",
    }
    assert [item.rule for item in found(rows, "looks", "reduced motion")] == ["moves"]


def test_screenshots_are_left_for_eyes(rows: dict[str, list[Row]], tmp_path_factory: pytest.TempPathFactory) -> None:
    assert rows["looks"]
    kept = {path.name for path in Path(tmp_path_factory.getbasetemp()).rglob("*-home-en.png")}
    assert "right-to-left-phone-home-en.png" in kept
