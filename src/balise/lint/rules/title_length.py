"""A title or a description that search results cut off, or a title that two pages share.

What it finds: a title of more than 60 characters, a description of fewer than 50 or more than 160 (both on request,
steps of guides left out), and two pages of an edition with the same title.

Why it matters: search results, tabs and bookmarks show about so much. Two entries with the same title cannot be told
apart, least of all by somebody in haste.

Bad: `title: What can be done by parents, teachers and others when intimate pictures are passed on at school`

Better: `title: A picture is going round at school`
"""

from __future__ import annotations

from collections.abc import Iterator

from balise.lint.rule import Finding, Options, Rule
from balise.lint.sheet import Passage, Sheet
from balise.lint.whole import Whole
from balise.problems import Location, Severity

RULE = Rule(
    group="structure",
    severity=Severity.WARNING,
    options={"title": 60, "shortest_description": 50, "longest_description": 160},
)


def check(sheet: Sheet, options: Options) -> Iterator[Finding]:
    """Yield a finding for a title or a description of another length than results show."""
    if sheet.page is None or sheet.page.is_inner_step:
        return
    title, least, most = (int(str(options[name])) for name in ("title", "shortest_description", "longest_description"))
    for passage in sheet.passages[:3]:
        size = len(passage.text)
        if passage.kind == "title" and size > title:
            yield _found(passage, f"the title has {size} characters", f"search results show {title}")
        elif passage.kind == "description" and size < least:
            yield _found(passage, f"the description has {size} characters", f"results have room for {most}")
        elif passage.kind == "description" and size > most:
            yield _found(passage, f"the description has {size} characters", f"search results show {most}")


def _found(passage: Passage, message: str, hint: str) -> Finding:
    return Finding(message, hint, passage, 0, len(passage.text), severity=Severity.ADVICE)


def check_whole(whole: Whole, options: Options) -> Iterator[Finding]:
    """Yield a finding for each page that has the title of another page of its edition."""
    first: dict[tuple[str, str], str] = {}
    twins: dict[tuple[str, str, str], list[str]] = {}
    for (language, page_id), title in whole.titles.items():
        page = whole.project.pages.get(page_id)
        if page is None or page.is_inner_step or page.is_draft:
            continue
        other = first.setdefault((language, " ".join(title.casefold().split())), page_id)
        if other != page_id:
            own = whole.project.own.get((language, page_id), page)
            twins.setdefault((page_id, other, own.path), []).append(language)
    for (page_id, other, path), languages in twins.items():
        notes = whole.notes.get((languages[0], page_id))
        title = whole.titles[languages[0], page_id]
        message = f'the title "{title}" ({", ".join(languages)}) is that of {whole.project.pages[other].path} too'
        place = notes.title if notes and notes.title.path == path else Location(path, 1)
        yield Finding(message, "give each page a title of its own", place=place)
