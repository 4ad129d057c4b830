"""One page laid over the smallest project, compiled; and a catalogue for it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from balise.catalogues import State
from balise.problems import Problem
from balise.site import CompiledPage, Site
from support.projects import compile_project

PATH = "content/help/note.md"
PAGE = "help/note"
HEAD = "---\ntype: topic\ntitle: A note\ndescription: What to note.\n---\n"
"""The front matter of the page; its body begins on line 6."""


def compile_topic(
    root: Path, body: str, files: Mapping[str, str | bytes | None] | None = None, *, head: str = HEAD
) -> tuple[Site, tuple[Problem, ...]]:
    """Return the site whose page help/note has this body, and the problems."""
    return compile_project(root, {PATH: head + body, **(files or {})})


def topic(site: Site, language: str = "en") -> CompiledPage:
    """Return the page help/note in a language."""
    return site.editions[language].pages[PAGE]


def html_of(root: Path, body: str, language: str = "en", files: Mapping[str, str | bytes | None] | None = None) -> str:
    """Return the finished body of help/note in a language, without a problem."""
    site, problems = compile_topic(root, body, files)
    assert [str(problem) for problem in problems] == []
    return str(topic(site, language).body.html).strip()


def problems_of(root: Path, body: str, files: Mapping[str, str | bytes | None] | None = None) -> list[str]:
    """Return the problems of a project whose page help/note has this body, as the terminal shows them."""
    return [str(problem) for problem in compile_topic(root, body, files)[1]]


def catalogue(*pairs: tuple[str, str] | tuple[str, str, str], meta: Mapping[str, tuple[str, str]] | None = None) -> str:
    """Return a PO file: (source, translation), or (source, translation, previous source) for a stale one."""
    texts = ['msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n']
    for key, (source, translation) in (meta or {}).items():
        texts.append(f'msgctxt "meta.{key}"\nmsgid "{source}"\nmsgstr "{translation}"\n')
    for number, (source, translation, *previous) in enumerate(pairs):
        before = f'#| msgid "{previous[0]}"\n' if previous else ""
        texts.append(f'{before}msgctxt "unit{number:04}"\nmsgid "{source}"\nmsgstr "{translation}"\n')
    return "\n".join(texts)


def states(page: CompiledPage) -> dict[str, int]:
    """Return how many units of a page, front matter included, are in each state."""
    return {state.value: page.translated.count(state) for state in State if page.translated.count(state)}
