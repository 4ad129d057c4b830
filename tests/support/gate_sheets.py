"""Sheets for tests of the gate: a page's body as the rules read it, and registries of a rule or two."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from balise.lint.gate import Gate, Verdict, Wanted
from balise.lint.sheet import Passage, Sheet
from balise.lint.surroundings import Surroundings
from balise.page import Page, parse_page
from balise.pipeline import EditionCompiler, Options, site_phrases
from balise.project import Project
from balise.site import addresses
from balise.skeleton import Skeletons
from balise.terms import Negation, Term, TermRegistry
from support.gate_cases import reference_project
from support.projects import TODAY

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>&|!#~^])")
FRONT = "---\ntype: topic\ntitle: {title}\ndescription: {title}\naudience: [{audience}]\n---\n\n"
TITLES = {"fr": "Une page", "nl": "Een pagina", "en": "A page"}


def escaped(text: str) -> str:
    """Return a text as Markdown that reads the same."""
    return _SPECIAL.sub(r"\\\1", text)


def page_in(language: str, body: str, audience: str = "anyone") -> Page:
    """Return a page written in a language."""
    text = FRONT.format(title=TITLES[language[:2]], audience=audience) + body + "\n"
    page, problems = parse_page(text, "content/help/case.md", "help/case", reference_project().types, language[:2])
    assert page, problems
    return page


def sheet_of(language: str, body: str, audience: str = "anyone", project: Project | None = None) -> Sheet:
    """Return a page of the reference project as the gate reads it in its own language."""
    base = project or reference_project()
    page = page_in(language, body, audience)
    project = replace(base, pages={**base.pages, page.id: page})
    seen: list[Sheet] = []

    class Watching(Gate):
        """Notes what it is given to read."""

        def check(self, sheet: Sheet) -> Verdict:
            seen.append(sheet)
            return Verdict()

    table, _, _ = addresses(project)
    compiler = EditionCompiler(
        project,
        language,
        Options(TODAY),
        table,
        Skeletons(project.page_types),
        phrases=_phrases(base)[language],
        gate=Watching(project, Wanted()),
    )
    compiler.translate(page, None)
    compiler.page(page.id)
    return seen[0]


_KNOWN: dict[int, Mapping[str, Any]] = {}


def _phrases(project: Project) -> Mapping[str, Any]:
    if id(project) not in _KNOWN:
        _KNOWN[id(project)] = site_phrases(project)
    return _KNOWN[id(project)]


def passages(*texts: str, language: str = "en", markdown: bool = False, **more: Any) -> Sheet:
    """Return a sheet of these texts, each a passage by itself."""
    found = tuple(Passage(text, "paragraph", "content/x.md", markdown=markdown) for text in texts)
    project = reference_project()
    return Sheet("page", language, found, Surroundings(project, language, None, TODAY), **more)  # type: ignore[arg-type]


def term(name: str, *patterns: str, language: str = "en", **more: Any) -> Term:
    """Return a rule on words in one language, an error unless it says otherwise."""
    values: dict[str, Any] = {
        "kind": "term",
        "group": "words",
        "severity": "error",
        "preferred": {},
        "why": "It hurts.",
        "languages": (language,),
        "patterns": {language: patterns} if patterns else {},
    }
    return Term(name, **{**values, **more})


def registry(*rules: Term, negation: Negation | None = None, **sets: Iterable[str]) -> TermRegistry:
    """Return a registry of these rules; `sets` are exception sets for all languages."""
    return TermRegistry(
        rules={rule.id: rule for rule in rules},
        exception_sets={name: {"all": tuple(texts)} for name, texts in sets.items()},
        negation={"en": negation} if negation else {},
    )


TERMS_HEAD = 'version: 1\nupdated: "2026-11-21"\n'


def terms_file(root: Path) -> Path:
    """Return where a project's rules on words stand."""
    return root / "content/data/terms.yml"
