"""The three guides of the reference site, walked by the links of its pages: every path ends with somebody who helps."""

from __future__ import annotations

import re

import pytest

from balise.cldr import country_name
from balise.guides.model import Kind
from balise.pipeline import edition_phrases
from balise.site import page_address
from support.guide_walks import countries, links, plain, ways
from support.reference import ReferenceSite

LANGUAGES = ("fr", "nl", "en")
SITUATIONS = {
    "found images": "found-web",
    "my child's image is shared": "shared-web",
    "my child is blackmailed": "blackmail-first",
    "an adult contacts my child": "adult-messages",
    "a meeting is planned": "adult-meeting",
    "a child tells me": "told-safe",
    "worried about an adult": "someone-behaviour",
    "worried about my own thoughts": "self-thoughts",
    "made with AI, at school": "ai-school",
    "a child is in danger now": "danger",
}
"""Ten situations, and the outcome of *Something happened* that helps with each."""


def address(site: ReferenceSite, guide: str, node: str, language: str) -> str:
    """Return the address of the page that shows a node."""
    project = site.project
    start = project.guides[guide].start
    name = f"guides/{guide}" if node == start else f"guides/{guide}--{node}"
    return page_address(project, project.pages[name], language)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("guide", ["first-24-hours", "something-happened", "under-18"])
def test_whoever_follows_any_links_comes_to_an_outcome_with_help_in_every_country(
    reference_site: ReferenceSite, guide: str, language: str
) -> None:
    project = reference_site.project
    names = {country_name(code, edition_phrases(project, language)) for code in project.site.countries}
    nodes = {address(reference_site, guide, node, language): node for node in project.guides[guide].nodes}
    waiting = [address(reference_site, guide, project.guides[guide].start, language)]
    seen = set(waiting)
    helpless = []
    for place in waiting:
        page = reference_site.pages[place]
        on = links(page)
        kind = project.guides[guide].nodes[nodes[place]].kind
        if kind is Kind.OUTCOME:
            found = countries(page.tree)
            helpless += [(nodes[place], name) for name in names if not found.get(name)]
        assert bool(on) is (kind is not Kind.OUTCOME), place
        inside = [target for _, target in links(page, "main a") if target in nodes]
        waiting += [target for target in dict.fromkeys(inside) if target not in seen]
        seen.update(inside)
    assert (seen, helpless) == (set(nodes), [])


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_example_walk_ends_where_it_says(reference_site: ReferenceSite, language: str) -> None:
    found = list(ways(reference_site.project, language))
    assert len(found) > 80
    for way in found:
        guide = reference_site.project.guides[way.guide]
        place = address(reference_site, way.guide, guide.start, language)
        for said in way.answers:
            places = dict(links(reference_site.pages[place]))
            assert plain(said) in places, f"{way}: {said}"
            place = places[plain(said)]
        assert place == address(reference_site, way.guide, way.walk.ends, language), way


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("situation", SITUATIONS)
def test_a_parent_is_four_taps_from_the_right_number(
    reference_site: ReferenceSite, situation: str, language: str
) -> None:
    goal = address(reference_site, "something-happened", SITUATIONS[situation], language)
    taps = {f"{language}/index.html": 0}
    waiting = list(taps)
    for place in waiting:
        for _, target in links(reference_site.pages[place], "main a[href]:not([href*=':'])"):
            if target in reference_site.pages and target not in taps:
                taps[target] = taps[place] + 1
                waiting.append(target)
    page = reference_site.pages[goal]
    numbers = page.tree.css(".channel-card a[href^='tel:'], .channel-card a[href^='http']")
    assert numbers
    assert taps[goal] + 1 <= 4


def test_inner_steps_tell_nothing_of_the_answer_outside_their_window(reference_site: ReferenceSite) -> None:
    project = reference_site.project
    for page in project.pages.values():
        if page.step is None or page.step.is_first or page.step.kind in (Kind.SHEET, Kind.CORRIDOR):
            continue
        for language in LANGUAGES:
            place = page_address(project, page, language)
            tree = reference_site.pages[place].tree
            heading = tree.css_first("h1").text(strip=True)
            title = tree.css_first("title").text(strip=True)
            assert heading not in title
            assert re.search(r"/[b-z2-9]{7}/index\.html\Z", place)
            assert tree.css_matches('meta[name="robots"][content*="noindex"]')
