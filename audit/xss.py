"""Part `xss`: hostile strings in every place for text, with each wall alone: the sanitiser, and the policy.

Dialogs are hooked before a page loads, and every element that could run something is used as a reader might.
"""

from __future__ import annotations

import random
import shutil
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from audit.finding import Finding, Row
from audit.hostile import SINKS, build_hostile, write_hostile
from audit.judges import HERE, chromium, missing_means
from audit.serving import served
from audit.subject import Subject
from audit.vectors import naughty_strings, own_vectors

Strings = Mapping[str, Sequence[str]]
"""Strings by the sink they stand in."""
WALLS = ("sanitiser", "policy")
DRAWN = 100
"""Strings in each sink but the body, which gets all."""
BITES = 250
"""Executions that the body must show when both walls are down; else the test would prove nothing."""
HOOK = """for (const name of ['alert', 'prompt', 'confirm', 'print']) {
  Object.defineProperty(window, name, {value: () => window.executed && window.executed(name), writable: false});
}"""
ATTACK = (HERE / "attack.js").read_text("utf-8")
ATTACK = ATTACK[ATTACK.index("() =>") :]
SETTLE = 40
"""Milliseconds a page gets after it was used."""


@dataclass
class Visits:
    """What came of a tour of hostile pages: those that ran a dialog, and what was left of foreign markup, by sink."""

    pages: dict[str, int] = field(default_factory=dict)
    executed: dict[str, list[str]] = field(default_factory=dict)
    odd: dict[str, list[tuple[str, str]]] = field(default_factory=dict)


def draw_strings(seed: int, drawn: int = DRAWN) -> Strings:
    """Return the strings of each sink: all in the body, as many drawn by the seed elsewhere."""
    own, others = list(own_vectors()), list(naughty_strings())
    draw = random.Random(seed)
    strings: dict[str, list[str]] = {}
    for name, sink in SINKS.items():
        fit, naughty = [text for text in own if sink.takes(text)], [text for text in others if sink.takes(text)]
        most = min(drawn // 10, len(naughty))
        strings[name] = (
            [*own, *others] if name == "body" else draw.sample(fit, drawn - most) + draw.sample(naughty, most)
        )
    return strings


def judge(subject: Subject, folder: Path, seed: int) -> Iterator[Row]:
    """Yield a row for each sink and wall, and one for the self-test."""
    missing = missing_means("chromium")
    missing_means("npm")
    if missing:
        yield Row("xss", "hostile strings", skipped=missing)
        return
    shutil.rmtree(folder, ignore_errors=True)
    strings = draw_strings(seed)
    write_hostile(folder / "project", strings)
    # Builds are told to lower a wall for the whole process, so both stand before anything runs side by side.
    sites = [(wall, _build(folder, wall)) for wall in WALLS]
    with ThreadPoolExecutor(len(WALLS)) as crew:
        for rows in crew.map(lambda pair: _judge_wall(folder, strings, *pair), sites):
            yield from rows


def _build(folder: Path, wall: str) -> list[str]:
    """Return the pages of the site that has this wall alone; of two languages with one text, one is opened."""
    names = build_hostile(folder / "project", folder / wall, sanitiser=wall == "sanitiser")
    return [name for name in names if name.startswith("fr/") == ("/msgstr-" in name)]


def _judge_wall(folder: Path, strings: Strings, wall: str, names: Sequence[str]) -> list[Row]:
    """Return the rows of one wall alone: each sink, the search, and with the policy's the self-test."""
    site = folder / wall
    with chromium() as browser:
        with served(site, with_policy=wall == "policy") as address:
            visits = visit(browser, address, names)
            rows = [_row(visits, sink, wall) for sink in SINKS]
            rows.append(search_row(browser, address, strings, wall))
        if wall == "policy":
            rows.append(_bite(browser, site, [f"en/s/body-{n}/" for n in range(len(tuple(own_vectors())))]))
    return rows


def _row(visits: Visits, sink: str, wall: str) -> Row:
    executed, pages = visits.executed.get(sink, []), visits.pages.get(sink, 0)
    found = [Finding("executed", page, sink) for page in executed]
    if wall == "sanitiser":
        found += [Finding("foreign markup", page, sink, seen) for page, seen in visits.odd.get(sink, ())]
    return Row("xss", f"{sink}, {wall} alone", pages, pages, f"{len(executed)} executed", "0", tuple(found))


def visit(browser: Any, address: str, names: Sequence[str]) -> Visits:
    """Open each page in a browser that hooks dialogs, use what is on it, and note what ran."""
    visits, ran = Visits(), list[str]()
    context, tab = hooked(browser, ran)
    for name in names:
        sink = sink_of(name)
        ran.clear()
        odd = attack(tab, address + name)
        visits.pages[sink] = visits.pages.get(sink, 0) + 1
        if ran:
            visits.executed.setdefault(sink, []).append(name)
        if odd:
            visits.odd.setdefault(sink, []).append((name, " ".join(odd[:3])))
    context.close()
    return visits


def sink_of(address: str) -> str:
    """Return the sink that a page's address names."""
    return address.rstrip("/").rpartition("/")[2].rpartition("-")[0]


def hooked(browser: Any, ran: list[str]) -> tuple[Any, Any]:
    """Return a context and its tab, in which every dialog is noted instead of shown."""
    context = browser.new_context()
    context.expose_binding("executed", lambda source, name: ran.append(name))
    context.add_init_script(HOOK)
    tab = context.new_page()
    tab.set_default_timeout(10_000)

    def dismiss(dialog: Any) -> None:
        ran.append("dialog")
        dialog.dismiss()

    tab.on("dialog", dismiss)
    return context, tab


def attack(tab: Any, url: str) -> list[str]:
    """Open a page, use everything on it, and return what contributors may not write."""
    from playwright.sync_api import Error

    for _ in range(2):
        try:
            tab.goto(url, wait_until="load")
            odd = list(tab.evaluate(ATTACK))
            tab.wait_for_timeout(SETTLE)
            return odd
        except Error:
            # A string led the tab elsewhere meanwhile, which is no execution by itself.
            tab.goto("about:blank")
    return []


def search_row(browser: Any, address: str, strings: Strings, wall: str) -> Row:
    """Return the row of the search: hostile pages found by a plain word, and each string typed as a query."""
    ran: list[str] = []
    context, tab = hooked(browser, ran)
    attack(tab, f"{address}en/a-z/")
    shown = [Finding("executed", "en/a-z/", "search-words")] if ran else []
    needles = [f"needle{n}" for n in range(len(strings["title"]))]
    found, odd = shown, 0
    for query in (*needles, *strings["search-words"], *strings["title"]):
        ran.clear()
        tab.fill("#search-words", query.replace("\n", " ")[:200])
        tab.wait_for_timeout(160)
        odd = max(odd, tab.locator(".search-box li").count())
        tab.evaluate(ATTACK)
        if ran:
            found.append(Finding("executed", "en/a-z/", "search", query[:60]))
    context.close()
    queries = len(needles) + len(strings["search-words"]) + len(strings["title"])
    if not odd:
        found.append(Finding("search found nothing", "en/a-z/", "search"))
    return Row(
        "xss", f"search, {wall} alone", 1, queries, f"{len(found)} executed; {odd} results at most", "0", tuple(found)
    )


def _bite(browser: Any, site: Path, names: Sequence[str]) -> Row:
    """Return the row of the self-test: both walls down, the body must show many executions."""
    with served(site, with_policy=False) as address:
        executed = len(visit(browser, address, names).executed.get("body", ()))
    found = () if executed > BITES else (Finding("self-test", "", "body", f"only {executed} executed"),)
    what = "self-test: body, both walls down"
    return Row("xss", what, len(names), len(names), f"{executed} executed", f"> {BITES}", found)
