"""Drafts: pages that the preview shows and nothing publishes, and what problems inside them weigh."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

from balise.fields import TRUE
from balise.page import Page, find_front_matter
from balise.problems import Problem, Severity

DRAFT_HINT = "publish the page, or remove the link until it is ready"
"""What to do about a link from a published page to a draft."""
_LINE = re.compile(r"^draft:[ \t]*([\"']?)(\w*)\1[ \t]*(?:#.*)?$", re.MULTILINE)
_CATALOGUE = re.compile(r"locales/[^/]+/pages/(.+)\.po")
_OWN_TEXT = re.compile(r"(.+)\.[^/.]+\.md")


def says_draft(text: str) -> bool:
    """Tell whether the text of a page that cannot be read calls itself a draft, and nothing else, on a line of its own.

    A page that can be read says so by `Page.is_draft`.
    """
    said = {match[2] for match in _LINE.finditer(find_front_matter(text))}
    return bool(said) and said <= set(TRUE)


def leave_out(
    pages: Mapping[str, Page], own: Mapping[tuple[str, str], Page], drafts: Collection[str], content: str
) -> tuple[Mapping[str, Page], Mapping[tuple[str, str], Page], frozenset[str]]:
    """Return what is published of pages and of texts that languages have of their own, and the ids of draft pages.

    A text of its own goes with its page; a draft of one leaves its page to the translation.
    """
    left_out = frozenset(path.removeprefix(f"{content}/").removesuffix(".md") for path in drafts)
    kept = {page_id: page for page_id, page in pages.items() if page_id not in left_out}
    kept_own = {key: page for key, page in own.items() if page.path not in drafts and key[1] not in left_out}
    return kept, kept_own, frozenset(name for name in left_out if "." not in name)


def is_in_draft(problem: Problem, drafts: Collection[str], content: str) -> bool:
    """Tell whether a problem stands in a draft, in a text of its own beside one, or in a catalogue of one."""
    path = problem.location.path
    catalogue, own = _CATALOGUE.fullmatch(path), _OWN_TEXT.fullmatch(path)
    base = f"{content}/{catalogue[1]}.md" if catalogue else f"{own[1]}.md" if own else path
    return path in drafts or base in drafts


def as_notes(problems: Iterable[Problem], drafts: Collection[str], content: str) -> tuple[Problem, ...]:
    """Return the problems with those inside drafts as advice, which stops nothing."""
    return tuple(
        replace(problem, severity=Severity.ADVICE) if drafts and is_in_draft(problem, drafts, content) else problem
        for problem in problems
    )


def sections_of_drafts(pages: Iterable[Page], listed: Collection[str]) -> tuple[str, ...]:
    """Return the sections that hold drafts alone and are not in the navigation yet, in order."""
    known = tuple(pages)
    published = {page.section for page in known if not page.is_draft}
    drafted = {page.section for page in known if page.is_draft and page.section and "/" not in page.section}
    return tuple(sorted(drafted - published - set(listed)))
