"""What the gate says of public guidance by other organisations, counted by hand: nine of ten findings have to be right."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import Any

import pytest
import yaml

from balise.lint.gate import Wanted, make_gate
from balise.page import parse_page
from balise.pipeline import EditionCompiler, Options, site_phrases
from balise.site import addresses
from balise.skeleton import Skeletons
from support.gate_cases import ROOT, reference_project

FRAMES = {
    "fr": ("Une page", "Une page de conseils."),
    "nl": ("Een pagina", "Een pagina met advies."),
    "en": ("A page", "A page of advice."),
}
PRECISION = 0.9


@cache
def paragraphs(language: str) -> list[dict[str, Any]]:
    """Return the paragraphs in a language with what the gate finds in each."""
    return yaml.safe_load((ROOT / "tests" / "data" / "guidance" / f"{language}.yml").read_text("utf-8"))


@cache
def _words() -> Any:
    return site_phrases(reference_project())


def found(language: str, entry: dict[str, Any]) -> list[tuple[str, str]]:
    """Return what the gate finds on a page that holds this paragraph alone: rule and message."""
    base = reference_project()
    title, description = FRAMES[language]
    front = f"type: topic\ntitle: {title}\ndescription: {description}\naudience: [{entry['audience']}]\n"
    source = f'---\n{front}reviewed: "2026-11-01"\nreviewed_by: editor\n---\n\n{entry["text"]}\n'
    page, problems = parse_page(source, "content/help/case.md", "help/case", base.types, language)
    assert page, problems
    project = replace(base, pages={**base.pages, page.id: page})
    table, skeletons = addresses(project)[0], Skeletons(project.page_types)
    compiler = EditionCompiler(
        project,
        language,
        Options("2026-11-22"),
        table,
        skeletons,
        phrases=_words()[language],
        gate=make_gate(project, Wanted()),
    )
    compiler.translate(page, None)
    compiler.page(page.id)
    return [(problem.rule, problem.message) for problem in compiler.notes[page.id].problems]


@pytest.mark.parametrize("language", FRAMES)
def test_the_gate_finds_in_each_paragraph_what_was_counted(language: str) -> None:
    entries = paragraphs(language)
    assert len(entries) == 20
    for entry in entries:
        counted = [(one["rule"], one["message"]) for one in entry["findings"]]
        assert found(language, entry) == counted, entry["organisation"]


def test_nine_findings_of_ten_are_right() -> None:
    findings = [one for language in FRAMES for entry in paragraphs(language) for one in entry["findings"]]
    wrong = [one for one in findings if "wrong" in one]

    assert len(findings) > 100
    assert 1 - len(wrong) / len(findings) >= PRECISION
