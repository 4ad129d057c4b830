"""Part `looks`: the keyboard's way through a page; forced colours, no motion, zoom, spacing, right to left.

Screenshots stay in the scratch folder, for eyes; what can be told without eyes is checked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from audit.finding import Row, Tally
from audit.judges import HERE, chromium, missing_means
from audit.reader import UNFOLD
from audit.serving import served
from audit.subject import Page, Subject, is_error

KINDS = ("home", "situation", "directory", "lesson", "figures", "sheet", "a-z", "section")
"""Kinds of page that are looked at, one of each in every language."""
DESK, PHONE = {"width": 1280, "height": 900}, {"width": 320, "height": 640}
ZOOMED = {"width": 320, "height": 225}
"""What 400 % zoom leaves of 1280 × 900 pixels."""
RING, RING_CONTRAST = 2.0, 3.0
"""Least width of the focus ring in pixels, and its least contrast with what is behind it (WCAG 2.4.13)."""
SPARE = 3
"""Presses more than a page has stops, to see a focus that goes round."""
_SOURCE = (HERE / "looks.js").read_text("utf-8")
_START = f"window.looks = {_SOURCE[_SOURCE.index('({') :]}"


@dataclass(frozen=True)
class State:
    """A way to look at a page: the window, what the reader's system asks for, what is done to the page, the checks."""

    window: Mapping[str, int]
    media: Mapping[str, str]
    done: str = ""
    checks: tuple[str, ...] = ("overflow",)


STATES: Mapping[str, State] = {
    "400 % zoom": State(ZOOMED, {}, checks=("overflow", "small")),
    "forced colours": State(PHONE, {"forced_colors": "active"}),
    "reduced motion": State(DESK, {"reduced_motion": "reduce"}, checks=("overflow", "moving")),
    "text spacing": State(PHONE, {}, "space", ("overflow", "cut")),
    "right to left, phone": State(PHONE, {}, "turn"),
    "right to left, desk": State(DESK, {}, "turn"),
}


def judge(subject: Subject, folder: Path, seed: int) -> Iterator[Row]:
    """Yield rows for the keyboard, for every page at 320 pixels, and for each state."""
    missing = missing_means("chromium")
    if missing:
        yield Row("looks", "keyboard, zoom, colours, motion", skipped=missing)
        return
    pages = one_of_each(subject)
    with served(subject.folder) as address, chromium() as browser:
        for name, window in (("desk", DESK), ("phone", PHONE)):
            for colours in ("none", "active"):
                what = f"keyboard, {name}{', forced colours' if colours == 'active' else ''}"
                yield _keyboard(browser, address, pages, what, window, colours)
        yield _state(browser, address, list(subject.pages), "every page at 320 px", STATES["400 % zoom"], None)
        for name, state in STATES.items():
            yield _state(browser, address, pages, name, state, folder)


def one_of_each(subject: Subject) -> list[Page]:
    """Return the first page of each kind in each language."""
    found: dict[tuple[str, str], Page] = {}
    for page in subject.pages:
        if page.kind in KINDS and not is_error(page):
            found.setdefault((page.kind, page.language), page)
    return list(found.values())


def _ask(tab: Any, name: str) -> Any:
    return tab.evaluate(f"() => window.looks.{name}()")


def _keyboard(browser: Any, address: str, pages: list[Page], what: str, window: Mapping[str, int], colours: str) -> Row:
    """Return the row of a tour with the Tab key alone."""
    tally, stops = Tally(), 0
    tab = browser.new_page(viewport=window, forced_colors=colours)
    for page in pages:
        tally.pages += 1
        tab.goto(address + page.address)
        tab.evaluate(_START)
        wanted = _ask(tab, "stops")
        reached = list(_press(tab, len(wanted) + SPARE))
        stops += len(reached)
        _check_order(tally, page, wanted, reached)
        for stop in reached:
            tally.expect(stop["shown"], "focus covered", page.address, stop["place"])
            tally.expect(stop["ring"] >= RING, "no focus ring", page.address, stop["place"], f"{stop['ring']} px")
            seen = f"contrast {stop['contrast']:.1f}"
            tally.expect(
                colours == "active" or stop["contrast"] >= RING_CONTRAST,
                "faint ring",
                page.address,
                stop["place"],
                seen,
            )
    tab.close()
    return tally.row("looks", what, f"{stops} stops", "0")


def _press(tab: Any, most: int) -> Iterator[Any]:
    """Press Tab until the focus leaves the page or is where it began; yield each stop.

    Behind the last stop a browser's own buttons would come; without a window there may be none.
    """
    first = None
    for _ in range(most):
        tab.keyboard.press("Tab")
        stop = _ask(tab, "stop")
        if stop is None or stop["number"] == first:
            return
        first = stop["number"] if first is None else first
        yield stop


def _check_order(tally: Tally, page: Page, wanted: list[str], reached: list[Any]) -> None:
    """Check that the focus goes through all stops in the page's order, the exit first, and gets out at the end."""
    order = [stop["number"] for stop in reached]
    missed = [place for number, place in enumerate(wanted) if number not in order]
    tally.expect(
        not missed, "not reached", page.address, missed[0] if missed else "", f"{len(missed)} of {len(wanted)}"
    )
    back = next((stop["place"] for one, stop in zip(order, reached[1:], strict=False) if stop["number"] <= one), "")
    tally.expect(not back, "order goes back", page.address, back)
    tally.expect(len(reached) <= len(wanted), "trapped", page.address, reached[-1]["place"] if reached else "")
    first = reached[0]["place"] if reached else ""
    tally.expect(first.startswith(".exit-link"), "exit is not first", page.address, first)


def _state(browser: Any, address: str, pages: list[Page], name: str, state: State, folder: Path | None) -> Row:
    """Return the row of a state; with a folder, a screenshot of each page is kept there."""
    tally = Tally()
    tab = browser.new_page(viewport=state.window, **state.media)
    for page in pages:
        tally.pages += 1
        tab.goto(address + page.address)
        tab.evaluate(_START)
        tab.evaluate(UNFOLD)
        if state.done:
            _ask(tab, state.done)
        for check in state.checks:
            CHECKS[check](tally, page, _ask(tab, check))
        if folder:
            words = f"{name}-{page.kind}-{page.language}".replace(" % ", "-").replace(", ", "-").replace(" ", "-")
            tab.screenshot(path=folder / f"{words}.png", full_page=name != "400 % zoom")
    tab.close()
    return tally.row("looks", name, "", "0")


def _overflow(tally: Tally, page: Page, said: Any) -> None:
    wide, out = said
    tally.expect(not wide, "scrolls sideways", page.address, out[0] if out else "")
    tally.expect(not out, "sticks out", page.address, out[0] if out else "")


def _small(tally: Tally, page: Page, said: Any) -> None:
    number, found = said
    tally.checks += max(0, number - len(found))
    for place in found:
        tally.expect(False, "target under 24 px", page.address, place)


def _places(rule: str) -> Callable[[Tally, Page, Any], None]:
    def check(tally: Tally, page: Page, said: Any) -> None:
        tally.expect(not said, rule, page.address, said[0] if said else "")

    return check


CHECKS: Mapping[str, Callable[[Tally, Page, Any], None]] = {
    "overflow": _overflow,
    "small": _small,
    "cut": _places("text cut off"),
    "moving": _places("moves"),
}
