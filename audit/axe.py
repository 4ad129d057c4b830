"""Part `axe`: axe-core on every page, light and dark, on a small phone and on a desk, all answers unfolded."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from audit.finding import Finding, Row
from audit.judges import MODULES, chromium, missing_means
from audit.reader import UNFOLD, search
from audit.serving import served
from audit.subject import Page, Subject

WIDTHS = (320, 1280)
SCHEMES = ("light", "dark")
TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice")
"""WCAG 2.0 to 2.2, levels A and AA, and what axe itself advises."""
RUN = """async (tags) => {
  const said = await axe.run({runOnly: tags, resultTypes: ['violations']});
  const found = said.violations.flatMap(rule => rule.nodes.map(
    node => [rule.id, node.target.flat().join(' '), (node.any[0] || node.all[0] || node.none[0] || {}).message || '']));
  return [said.violations.length + said.passes.length + said.incomplete.length, found];
}"""


def judge(subject: Subject, folder: Path, seed: int) -> Iterator[Row]:
    """Yield a row for each width and colour scheme."""
    missing = missing_means("chromium", "node", "npm")
    if missing:
        yield Row("axe", "WCAG 2.0–2.2 A/AA and best practice", skipped=missing)
        return
    source = (MODULES / "axe-core" / "axe.min.js").read_text("utf-8")
    states = [(width, scheme) for width in WIDTHS for scheme in SCHEMES]
    found: dict[tuple[int, str], list[Finding]] = {state: [] for state in states}
    rules = dict.fromkeys(states, 0)
    with served(subject.folder) as address, chromium() as browser:
        tab = browser.new_page()
        for page in subject.pages:
            _open(tab, address, page)
            tab.evaluate(source)
            for state in states:
                number, said = _run(tab, *state)
                rules[state] += number
                found[state] += [Finding(rule, page.address, place, text) for rule, place, text in said]
    for width, scheme in states:
        faults = found[width, scheme]
        measured = f"{len({item.rule for item in faults})} rules broken"
        yield Row(
            "axe", f"{scheme}, {width} px", len(subject.pages), rules[width, scheme], measured, "0", tuple(faults)
        )


def _open(tab: Any, address: str, page: Page) -> None:
    """Open a page, all its answers unfolded, and its search used where it has one."""
    tab.goto(address + page.address)
    tab.evaluate(UNFOLD)
    if page.kind == "a-z":
        search(tab)


def _run(tab: Any, width: int, scheme: str) -> tuple[int, list[list[str]]]:
    """Return the number of rules that applied, and each violation: rule, selector, message."""
    tab.set_viewport_size({"width": width, "height": 800})
    tab.emulate_media(color_scheme=scheme)
    number, faults = tab.evaluate(RUN, list(TAGS))
    return int(number), list(faults)
