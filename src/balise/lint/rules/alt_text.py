"""A picture says nothing, or nothing that helps, to those who do not see it.

What it finds: a picture without a description, one described by the name of its file, one that begins by saying that it
is a picture, and one that repeats the words it stands beside. A picture that only decorates is declared in site.yml:
`rules: {alt-text: {decorative: [assets/wave.png]}}`.

Why it matters: a description is all that a screen reader, a search and a slow line have of a picture (WCAG 2.2, 1.1.1).
"Picture of" is said by the screen reader already, and a file's name is spelled out letter by letter.

Bad: `![IMG_2041.png](assets/report.png)`

Better: `![The form of the hotline: only the address of the page is asked for](assets/report.png)`
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from balise.links import read_target
from balise.lint.inline_links import InlineLink
from balise.lint.rule import Finding, Options, Rule
from balise.lint.sheet import Passage, Sheet
from balise.problems import Severity

RULE = Rule(group="structure", severity=Severity.ERROR, options={"decorative": ()})

_FILE = re.compile(
    r"[\w.-]{1,200}\.(?:png|jpe?g|gif|webp|avif|svg|bmp|tiff?)|(?:img|dsc|dscn|pict|image|photo|foto|screenshot)[_-]?\d+",
    re.IGNORECASE,
)
_OPENING = re.compile(
    r"(?:(?:an? |the )?(?:image|picture|photo|photograph|graphic) (?:of|showing)\b"
    r"|(?:une? |l'|la )?(?:image|photo|photographie|illustration) (?:de |d'|du |des |montrant\b|représentant\b)"
    r"|(?:een |de )?(?:afbeelding|foto|plaatje|beeld) (?:van|met|waarop)\b)",
    re.IGNORECASE,
)


def check(sheet: Sheet, options: Options) -> Iterator[Finding]:
    """Yield a finding for each picture that is described badly or not at all."""
    if sheet.page and not any(mark.image for mark in sheet.page.cutting.links):
        return
    for index, passage in enumerate(sheet.passages):
        for link in passage.links:
            if link.is_image:
                yield from _faults(sheet, index, link, options)


def _faults(sheet: Sheet, index: int, link: InlineLink, options: Options) -> Iterator[Finding]:
    passage = sheet.passages[index]
    text = passage.text[link.start : link.end].strip()
    decorative = options["decorative"]
    if not text:
        name = read_target(link.target, sheet.page.id).name if sheet.page else link.target
        if not isinstance(decorative, tuple) or name not in decorative:
            hint = "say between the brackets what it shows, or name it in `decorative` of this rule in site.yml"
            yield Finding(f'the picture "{link.target}" has no description', hint, passage, link.start, link.start)
        return
    message = ""
    opening = _OPENING.match(text)
    if _FILE.fullmatch(text):
        message, hint = f'the picture is described by the name of a file: "{text}"', "say what it shows"
    elif opening:
        message = f'the description begins with "{opening[0].strip()}"'
        hint = "begin with what it shows: that it is a picture is said already"
    elif _same(text) in _beside(sheet, index, link):
        message = f'the description repeats the words beside the picture: "{text}"'
        hint = "say what the words beside it do not, or name it in `decorative` of this rule in site.yml"
    if message:
        yield Finding(message, hint, passage, link.start, link.end, severity=Severity.WARNING)


def _beside(sheet: Sheet, index: int, link: InlineLink) -> set[str]:
    """Return the texts beside a picture: the rest of its own, and those of the same section before and after it."""
    passage = sheet.passages[index]
    rest = f"{passage.text[: link.start]} {passage.text[link.end :]}"
    around: list[Passage] = [*sheet.passages[max(index - 1, 0) : index], *sheet.passages[index + 1 : index + 2]]
    return {_same(rest), *(_same(other.text) for other in around if other.section == passage.section)}


def _same(text: str) -> str:
    return " ".join(text.casefold().split()).rstrip(".:!?")
