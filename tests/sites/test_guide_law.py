"""A law: a guide's proof is clean exactly where whoever follows the links of its rendered pages finds help."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from balise.components import render_page
from balise.guide_check import prove_guides
from balise.guides.model import Kind
from balise.pipeline import Options, compile_site
from balise.project import Project
from balise.views import SiteViews
from support.guide_walks import countries, links
from support.projects import SITE, TODAY, load
from support.published import PublishedPage

HEAD = """\
guide:
  title: Help
  description: What to do.
  audience: [parent]
  start: n0
  longest: 99
nodes:
"""
SITE_OF_GUIDES = SITE.replace("sections: [help]", "sections: [help, guides]").replace("[fr, nl, en]", "[nl, en]")
INDEX = "---\ntype: topic\ntitle: Guides\ndescription: All guides.\n---\n\nChoose one.\n"


def random_guide(draw: random.Random) -> str:
    """Return a guide of three to eight nodes; its routes may loop, leave nodes alone, and end without help."""
    size = draw.randint(3, 8)
    nodes = []
    for number in range(size):
        ahead = range(number + 1, size) if draw.random() < 0.8 else range(size)
        targets = draw.sample([target for target in ahead if target != number] or [size - 1], k=1) + [
            target for target in ahead if target != number and draw.random() < 0.5
        ]
        targets = list(dict.fromkeys(targets))
        kind = draw.choice(["ask", "ask", "outcome", "advise"]) if number else "ask"
        if number == size - 1 or (kind == "outcome" and number):
            needs = "[talk], fallback: [be-line]" if draw.random() < 0.9 else "[missing]"
            nodes.append(f"{{id: n{number}, outcome: End {number}, reporting: no, needs: {needs}, next: [Wait.]}}")
        elif kind == "advise":
            nodes.append(f"{{id: n{number}, advise: Stop {number}, then: n{targets[0]}}}")
        else:
            answers = ", ".join(f"{{say: To {target}, go: n{target}}}" for target in targets)
            nodes.append(f"{{id: n{number}, ask: Question {number}, answers: [{answers}]}}")
    return HEAD + "".join(f"  - {node}\n" for node in nodes)


def rendered(project: Project) -> dict[str, PublishedPage]:
    """Return the pages of the Dutch edition's guide by their address."""
    options = Options(TODAY)
    site, _ = compile_site(project, options)
    views = SiteViews(project, site.listings, options, "https://example.org/")
    found = {}
    for page in site.editions["nl"].pages.values():
        if page.page.step:
            html = render_page(views.page(page), views.phrases["nl"])
            found[page.address] = PublishedPage(page.address, html)
    return found


def everyone_finds_help(project: Project) -> bool:
    """Tell whether all ways by the links end at an outcome with a channel of Belgium, and reach every page."""
    pages = rendered(project)
    site, _ = compile_site(project, Options(TODAY))
    steps = {page.address: page.page.step for page in site.editions["nl"].pages.values() if page.page.step}
    first = next(address for address, step in steps.items() if step.is_first)
    seen: set[str] = set()

    def ends_well(address: str, way: tuple[str, ...]) -> bool:
        if address in way:
            return False
        seen.add(address)
        step = steps[address]
        if step.kind is Kind.OUTCOME:
            return any(countries(pages[address].tree).values())
        on = links(pages[address])
        return bool(on) and all(ends_well(target, (*way, address)) for _, target in on)

    return ends_well(first, ()) and seen == set(steps)


@pytest.mark.parametrize("seed", range(40))
def test_the_proof_says_what_walking_the_pages_shows(tmp_path: Path, seed: int) -> None:
    text = random_guide(random.Random(seed))
    files = {
        "content/guides/help.yml": text,
        "content/guides/index.md": INDEX,
        "content/site.yml": SITE_OF_GUIDES.replace("countries: [BE, FR]", "countries: [BE]"),
    }
    project = load(tmp_path, files)
    _, problems = prove_guides(project, TODAY, translated=False)
    assert everyone_finds_help(project) is (problems == ()), (text, problems)


def test_both_kinds_of_guides_are_among_them(tmp_path: Path) -> None:
    kinds = set()
    for seed in range(40):
        files = {
            "content/guides/help.yml": random_guide(random.Random(seed)),
            "content/guides/index.md": INDEX,
            "content/site.yml": SITE_OF_GUIDES.replace("countries: [BE, FR]", "countries: [BE]"),
        }
        project = load(tmp_path / str(seed), files)
        kinds.add(prove_guides(project, TODAY, translated=False)[1] == ())
    assert kinds == {True, False}
