"""The benchmark's table: which Hugo each ratio is to, and when a bar is met."""

from __future__ import annotations

import re

import pytest

from bench.measure import Sample
from bench.peers import NAVIGATIONS, PEERS
from bench.report import BARS, COLD, EDIT, GROWTH_BAR, RATIOS, SAVE_BAR, Figures, Row, Weight, render_table, table_rows
from support.commands import REPOSITORY

TITLES = {"balise": "Balise", "hugo": "Hugo", "hugo-section": "Hugo, section navigation"}


def figures(size: int = 300, **cold: float) -> Figures:
    """Return figures of cold builds whose processor time, wall time and peak are all this number."""
    names = {name.replace("_", "-"): number for name, number in cold.items()}
    found = Figures((size,), {name: TITLES[name] for name in names})
    for name, number in names.items():
        found.builds[size, name, COLD] = Sample(number, number, number)
    return found


def row(found: Figures, label: str) -> Row:
    return next(row for row in table_rows(found) if row.label == label)


def test_the_bars_are_those_agreed() -> None:
    assert BARS == {
        ("cold", "cpu"): {300: 0.8, 1000: 0.6, 3000: 0.4},
        ("cold", "wall"): {300: 1.0, 1000: 0.6, 3000: 0.4},
        ("cold", "peak"): {300: 0.6, 3000: 0.25},
        ("edit", "cpu"): {300: 0.2, 1000: 0.08},
        ("same", "cpu"): {300: 0.06, 1000: 0.02},
    }
    assert (SAVE_BAR, GROWTH_BAR) == (0.25, 1.05)


def test_a_build_is_divided_by_hugo_with_the_whole_navigation_and_with_ours() -> None:
    found = row(figures(balise=3, hugo=4, hugo_section=2), "cold build, CPU s")
    assert found.ratios == {"hugo": "0.75 ×", "hugo-section": "1.50 ×"}
    assert (found.bar, found.met) == ("≤ 0.8 ×", "yes")


@pytest.mark.parametrize("ours, met", [(3.2, "yes"), (3.3, "**no**")])
def test_a_bar_is_held_against_the_whole_navigation_alone(ours: float, met: str) -> None:
    assert row(figures(balise=ours, hugo=4, hugo_section=0.1), "cold build, CPU s").met == met


def test_an_edit_is_divided_by_a_cold_build() -> None:
    found = figures(balise=3, hugo=4)
    found.builds[300, "balise", EDIT] = Sample(1, 1, 1)
    assert row(found, "one page edited, CPU s").ratios == {"hugo": "0.25 ×"}


def test_without_the_whole_navigation_no_bar_is_held() -> None:
    found = row(figures(balise=3, hugo_section=2), "cold build, CPU s")
    assert (found.ratios, found.met) == ({"hugo-section": "1.50 ×"}, "not measured")


@pytest.mark.parametrize("ours, hugo, met", [(0.2, 0.3, "yes"), (0.26, 0.3, "**no**"), (0.2, 0.2, "**no**")])
def test_a_saved_page_is_served_in_time_and_before_hugo(ours: float, hugo: float, met: str) -> None:
    found = figures(balise=1, hugo=1)
    found.savings |= {(300, "balise"): ours, (300, "hugo"): hugo}
    assert row(found, "saved to served, s").met == met


@pytest.mark.parametrize("large, met", [(10.4, "yes"), (12.0, "**no**")])
def test_growth_is_the_exponent_from_300_pages_on(large: float, met: str) -> None:
    found = figures(balise=1)
    found.sizes = (300, 3000)
    found.builds[3000, "balise", COLD] = Sample(large, large, 1)
    assert row(found, "growth exponent of cold CPU").met == met


def test_an_article_is_weighed_alone() -> None:
    found = figures(balise=1)
    found.weights[300, "balise"] = (Weight(20_001, 5_000), Weight(9_000, 3_000))
    assert row(found, "article, bytes of HTML").met == "**no**"


def test_the_table_names_both_ratios() -> None:
    head, _, first, *_ = render_table(figures(balise=3, hugo=4, hugo_section=2)).splitlines()
    assert [cell.strip() for cell in head.split("|")[3:-1]] == [*TITLES.values(), *RATIOS.values(), "bar", "met"]
    assert [cell.strip() for cell in first.split("|")[3:-1]] == [
        *("3.00", "4.00", "2.00"),
        *("0.75 ×", "1.50 ×", "≤ 0.8 ×", "yes"),
    ]


def test_every_hugo_is_a_peer_and_its_navigation_one_that_the_theme_knows() -> None:
    assert [name for name in PEERS if name.startswith("hugo")] == list(NAVIGATIONS)
    partial = (REPOSITORY / "bench/hugo-theme/layouts/_partials/nav.html").read_text("utf-8")
    assert set(re.findall(r'navigation "(\w+)"', partial)) == {"whole", "cached"}
    assert [parameter for _, parameter in NAVIGATIONS.values()] == ["whole", "section", "cached"]
