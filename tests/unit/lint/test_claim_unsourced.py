"""Records whose source names nobody."""

from __future__ import annotations

from dataclasses import replace

from balise.sources import Source
from support.gate_cases import reference_project
from support.gate_wholes import problems_of

RULE = "claim-unsourced"


def test_the_records_of_the_reference_site_name_their_sources() -> None:
    assert problems_of(reference_project(), RULE) == []


def test_a_source_that_names_nobody_is_a_finding() -> None:
    project = reference_project()
    name, figure = next(iter(project.registries.figures.items()))
    figures = {**project.registries.figures, name: replace(figure, source=Source(dated="2021"))}
    changed = replace(project, registries=replace(project.registries, figures=figures))
    assert [(one.message, one.hint) for one in problems_of(changed, RULE)] == [
        (f'the source of "{name}" names nobody and nothing', "give its publisher, its document or its address")
    ]
