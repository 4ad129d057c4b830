"""Part `nojs`: with scripts off, help is three clicks away at most, links lead somewhere, no control is dead."""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from selectolax.lexbor import LexborNode

from audit.finding import Row, Tally
from audit.judges import chromium, missing_means
from audit.serving import served
from audit.subject import Page, Subject, is_error

CLICKS = 3
CONTROLS = """() => [...document.querySelectorAll('button, input, select, textarea, summary, [role=button], [onclick]')]
  .filter(one => one.checkVisibility())
  .map(one => ({
    place: one.tagName.toLowerCase() + (one.id ? '#' + one.id : one.type ? `[type=${one.type}]` : ''),
    form: !!one.closest('form[action]'),
    fills: one.matches('textarea, input:not([type=search], [type=submit], [type=button], [type=reset], [type=image])')
      && !one.readOnly && !one.disabled,
    native: one.matches('details > summary:first-of-type, [popovertarget], [commandfor]'),
  }))"""
"""Visible controls. Those that fold, fill in or send do what they say without scripts; all others need one."""

Graph = Mapping[str, Mapping[str, int]]


def judge(subject: Subject, folder: Path, seed: int) -> Iterator[Row]:
    """Yield the rows: channels in reach, links that lead somewhere, languages and exit, controls."""
    yield _judge_reach(subject)
    yield _judge_links(subject)
    yield _judge_switches(subject)
    missing = missing_means("chromium")
    if missing:
        yield Row("nojs", "controls that do nothing", skipped=missing)
    else:
        yield _judge_controls(subject)


def link_graph(subject: Subject) -> dict[str, dict[str, int]]:
    """Return the clicks from each page to each page it links to: one, and one more for each fold the link is in.

    Links to another language are left out, but for pages that belong to none.
    """
    known, graph = subject.by_address, {}
    for page in subject.every_page:
        steps: dict[str, int] = {}
        for node in page.tree.css("a[href]"):
            goal = page.resolve(node.attributes.get("href") or "").partition("#")[0]
            edition = page.address.split("/")[0] if "/" in page.address else ""
            if goal in known and (not edition or goal.startswith(f"{edition}/")):
                steps[goal] = min(steps.get(goal, 99), 1 + _folds(node))
        graph[page.address] = steps
    return graph


def _folds(node: LexborNode) -> int:
    """Return how many closed folds a node is in, itself and its summary left out."""
    number = 0
    parent: LexborNode | None = node.parent
    child: LexborNode = node
    while parent is not None:
        closed = parent.tag == "details" and "open" not in parent.attributes
        number += closed and child.tag != "summary"
        child, parent = parent, parent.parent
    return number


def shown_on(page: Page) -> dict[str, int]:
    """Return the channels whose card, line or link a page shows, each with the folds around it."""
    found: dict[str, int] = {}
    for node in page.tree.css("main [data-channel]"):
        name = node.attributes["data-channel"] or ""
        found[name] = min(found.get(name, 99), _folds(node))
    return found


def clicks_to(graph: Graph, ends: Mapping[str, int]) -> dict[str, int]:
    """Return the fewest clicks from each page to the nearest end; `ends` maps pages to the clicks still needed."""
    back: dict[str, list[tuple[str, int]]] = {}
    for start, steps in graph.items():
        for goal, clicks in steps.items():
            back.setdefault(goal, []).append((start, clicks))
    best: dict[str, int] = {}
    queue = [(clicks, page) for page, clicks in ends.items()]
    heapq.heapify(queue)
    while queue:
        clicks, page = heapq.heappop(queue)
        if page in best:
            continue
        best[page] = clicks
        for start, more in back.get(page, ()):
            if start not in best:
                heapq.heappush(queue, (clicks + more, start))
    return best


def _judge_reach(subject: Subject) -> Row:
    """Return the row of channels in reach, the registry's own list of what may be shown taken as the measure."""
    tally, graph, most = Tally(pages=len(subject.pages)), link_graph(subject), 0
    places = {page.address: shown_on(page) for page in subject.every_page}
    for name in subject.shown_channels():
        ends = {address: found[name] for address, found in places.items() if name in found}
        clicks = clicks_to(graph, ends)
        for page in subject.pages:
            if page.address == "404.html":
                continue
            needed = clicks.get(page.address, 99)
            most = max(most, needed)
            tally.expect(needed <= CLICKS, "out of reach", page.address, name, f"{needed} clicks")
    what = f"{len(subject.shown_channels())} channels from every page"
    return tally.row("nojs", what, f"≤ {most} clicks", f"{CLICKS} clicks")


def _judge_links(subject: Subject) -> Row:
    """Return the row of links inside the site: the page and the heading they name are there."""
    tally, known = Tally(pages=len(subject.pages)), subject.by_address
    for page in subject.pages:
        for link in page.links():
            if ":" in link.partition("/")[0]:
                continue
            goal, _, fragment = link.partition("#")
            there = known.get(goal)
            file = (subject.folder / goal).is_file()
            tally.expect(bool(there) or file, "leads nowhere", page.address, link)
            if there and fragment:
                ids = {node.attributes.get("id") for node in there.tree.css("[id]")}
                tally.expect(unquote(fragment) in ids, "no such heading", page.address, link)
    return tally.row("nojs", "links inside the site", "", "0")


def _judge_switches(subject: Subject) -> Row:
    """Return the row of what every page of an edition has as plain links: the exit first, then the other languages."""
    tally, site = Tally(), subject.project.site
    for page in subject.pages:
        if page.language not in site.languages or "/" not in page.address:
            continue
        tally.pages += 1
        first = page.tree.css_first("body a[href]")
        away = (first.attributes.get("href") or "") if first else ""
        tally.expect(away == site.exit[page.language], "exit is not the first link", page.address, seen=away)
        if is_error(page):
            continue
        links = {
            node.attributes.get("hreflang"): node.attributes.get("href") for node in page.tree.css("nav a[hreflang]")
        }
        for language in site.languages:
            goal = page.resolve(links.get(language) or "https:").partition("#")[0]
            tally.expect(goal in subject.by_address, "no way to the language", page.address, language, goal)
    return tally.row("nojs", "exit and language links", "", "0")


def _judge_controls(subject: Subject) -> Row:
    """Return the row of visible controls in a browser without scripts."""
    tally, fields = Tally(pages=len(subject.pages)), 0
    with served(subject.folder) as address, chromium() as browser:
        tab: Any = browser.new_page(java_script_enabled=False, viewport={"width": 360, "height": 740})
        for page in subject.pages:
            tab.goto(address + page.address)
            for control in tab.evaluate(CONTROLS):
                fields += control["fills"]
                works = control["form"] or control["fills"] or control["native"]
                tally.expect(works, "does nothing", page.address, control["place"])
    return tally.row("nojs", "visible controls", f"{fields} fields to fill in", "0 that do nothing")
