"""One subject of the site: its front matter, its body cut into units, and the page type it follows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from balise.catalogues import Message
from balise.fields import Field, check_fields, is_true
from balise.looks import LOOKS
from balise.page_review import ROLES, check_review
from balise.problems import Location, Problem, did_you_mean, error
from balise.source import SourceProblem, YamlDocument, parse_yaml
from balise.units import Cutting, HeadingMark, Unit, cut_units

if TYPE_CHECKING:
    from balise.guides.model import Step

PAGE_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z")
"""A page's or a section's name in content/."""
AUDIENCES = ("parent", "young", "teacher", "adult", "anyone")
META_UNITS = ("title", "short", "description")
"""Front-matter keys that are translation units, in catalogue order."""
COMMON_FIELDS = (
    Field("type", required=True, about="the page type, a file in templates/"),
    Field("title", required=True, longest=90, about="the page's title, without a full stop"),
    Field("short", longest=40, about="a shorter title for navigation"),
    Field("description", required=True, longest=200, about="one or two sentences for cards and search results"),
    Field("slug", "slug", about="the page's address word per language; the file name by default"),
    Field("former", "slugs", about="addresses the page had before, per language; they redirect"),
    Field("audience", "list", values=AUDIENCES, about="who the page is written for"),
    Field("order", "number", about="place among the pages of its section"),
    Field("reviewed", "date", about="the day a person last read the page through"),
    Field("reviewed_by", values=ROLES, about="in which role that person read it; nobody is named"),
    Field(
        "next_review", "date", about="the day by which to review it again; twelve months after `reviewed` by default"
    ),
    Field("lang", "language", about="the language the page is written in; the site's source language by default"),
    Field("critical", "list", about="ids of sections that never show an outdated translation"),
    Field("noindex", "flag", about="keep the page out of search engines"),
    Field("printed", "flag", about="print a QR code of the page's address on top; its page type's word where left out"),
    Field(
        "allow", "records", about="exceptions from rules of the gate, each with `rule` and `reason`, see docs/rules.md"
    ),
    Field("draft", "flag", about="publish the page nowhere yet; `balise serve` shows it, marked as a draft"),
)
_FRAME_IDS = ("content", "page-sources")
_DIRECTORY = re.compile(r"\{\{\s*directory\(\s*\)\s*\}\}")
_PINNED = re.compile(r"\{#([a-z0-9-]+)\}")
_UNFINISHED = re.compile(r"\bTODO\b")
_FRONT_MATTER = re.compile(r"---[ \t]*\n(.*?)^---[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)


@dataclass(frozen=True)
class SectionRule:
    """What a page type asks of one section, an `##` heading with this id; `look` is how its first list is shown."""

    id: str
    required: bool = False
    critical: bool = False
    look: str = ""


@dataclass(frozen=True)
class PageType:
    """A skeleton in templates/: which fields and sections its pages have, and the Markdown around them."""

    name: str
    path: str
    fields: tuple[Field, ...]
    sections: tuple[SectionRule, ...]
    skeleton: str
    skeleton_line: int
    printed: bool = False

    def all_fields(self) -> tuple[Field, ...]:
        """Return the fields that front matter of this type may hold."""
        return COMMON_FIELDS + self.fields

    @cached_property
    def anchors(self) -> frozenset[str]:
        """Return the ids of the headings that the skeleton itself holds, and those of the directory's countries."""
        countries = ("countries", "countries-name") if self.lists_countries else ()
        return frozenset((*_PINNED.findall(self.skeleton), *countries))

    @cached_property
    def lists_countries(self) -> bool:
        """Tell whether pages of this type hold the directory of all services by country."""
        return bool(_DIRECTORY.search(self.skeleton))

    @cached_property
    def looks(self) -> Mapping[str, str]:
        """Return the looks of sections by id, for those that have one."""
        return {rule.id: rule.look for rule in self.sections if rule.look}


@dataclass(frozen=True)
class Section:
    """A stretch of a body, from one `##` heading to the next; the lead before the first has the id ""."""

    id: str
    start: int
    end: int
    critical: bool = False


@dataclass(frozen=True)
class Page:
    """A page in the language it was written in; `id` is its path below content/ without suffix, in all languages.

    A page that shows a node of a guide is a `step`; its `parts` are its sections, its `lines` the lines of the guide's
    file that the lines of its body come from.
    """

    id: str
    path: str
    language: str
    type: PageType
    meta: Mapping[str, Any]
    cutting: Cutting
    body_line: int
    document: YamlDocument = field(repr=False)
    step: Step | None = None
    parts: tuple[Section, ...] = ()
    lines: tuple[int, ...] = ()

    @property
    def key(self) -> str:
        """Return what tells this text from all others: its path, with its node where a file holds many."""
        return f"{self.path}#{self.step.node}" if self.step else self.path

    @property
    def is_inner_step(self) -> bool:
        """Tell whether the page is a step of a guide behind its first one: nothing leads to it but the guide."""
        return self.step is not None and not self.step.is_first

    def line(self, line: int) -> int:
        """Return the line of the author's file that a line of the body (from 1) stands on."""
        return self.lines[line - 1] if 0 < line <= len(self.lines) else line + self.body_line - 1

    @property
    def section(self) -> str:
        """Return the folder the page stands in, "" for the site's top."""
        return self.id.rpartition("/")[0]

    @property
    def is_index(self) -> bool:
        """Tell whether the page opens its section."""
        return self.id.rpartition("/")[2] == "index"

    @property
    def is_draft(self) -> bool:
        """Tell whether the page is not to be published yet."""
        return is_true(self.meta.get("draft"))

    @property
    def is_printed(self) -> bool:
        """Tell whether the page is made for paper: its address then stands on top as a QR code too."""
        return is_true(self.meta["printed"]) if "printed" in self.meta else self.type.printed

    @property
    def order(self) -> tuple[int, str]:
        """Return the sorting key of the page among those of its section."""
        return int(self.meta.get("order", "500")), self.id

    def place(self, unit: Unit) -> Location:
        """Return the place of a unit in the author's file."""
        return Location(self.path, self.line(unit.line))

    def sections(self) -> tuple[Section, ...]:
        """Return the stretches of the body, the lead first, marked critical where an old translation is dangerous."""
        return self._sections

    @cached_property
    def _sections(self) -> tuple[Section, ...]:
        if self.parts:
            return self.parts
        tops = [mark for mark in self.cutting.headings if mark.level == 2 and not mark.inside]
        critical = {rule.id for rule in self.type.sections if rule.critical} | set(self.meta.get("critical", ()))
        ends = [*(mark.start for mark in tops[1:]), len(self.cutting.source)][: len(tops)]
        lead_end = tops[0].start if tops else len(self.cutting.source)
        lead = Section("", 0, lead_end, "lead" in critical)
        return (
            lead,
            *(Section(mark.id, mark.start, end, mark.id in critical) for mark, end in zip(tops, ends, strict=True)),
        )


def parse_page_type(
    text: str, path: str, name: str, values: Mapping[str, tuple[str, ...]]
) -> tuple[PageType | None, tuple[Problem, ...]]:
    """Return the page type a skeleton file describes, or nothing and what to mend.

    `values` holds the known words a field may be limited to (`of: need`).
    """
    try:
        front, body, line = split_front_matter(text, path, what="template")
        document = parse_yaml(front, path, 2)
    except SourceProblem as refused:
        return None, (refused.problem,)
    problems = check_fields(document, _TYPE_FIELDS, what="the page type")
    if problems:
        return None, problems
    field_rules, section_rules = document.value.get("fields", {}), document.value.get("sections", {})
    for key in field_rules:
        problems += check_fields(document, _FIELD_FIELDS, what="the field", at=("fields", key))
    for key in section_rules:
        problems += check_fields(document, _SECTION_FIELDS, what="the section", at=("sections", key))
    if not problems and "look" in section_rules.get("lead", {}):
        place = document.key_location("sections", "lead", "look")
        hint = "begin a section with a heading, and give it the look"
        problems = (error("data-invalid", "the lead has no heading, so it takes no look", place, hint),)
    if problems:
        return None, problems
    fields = tuple(_field(key, rule, values) for key, rule in field_rules.items())
    sections = tuple(
        SectionRule(key, is_true(rule.get("required")), is_true(rule.get("critical")), rule.get("look", ""))
        for key, rule in section_rules.items()
    )
    return PageType(name, path, fields, sections, body, line, is_true(document.value.get("printed"))), ()


def _field(key: str, rule: Mapping[str, str], values: Mapping[str, tuple[str, ...]]) -> Field:
    known = values.get(rule.get("of", ""), ())
    return Field(key, rule.get("kind", "text"), is_true(rule.get("required")), known, about=rule.get("about", ""))


_TYPE_FIELDS = (
    Field("label"),
    Field("about"),
    Field("printed", "flag"),
    Field("fields", "fields"),
    Field("sections", "fields"),
)
_FIELD_FIELDS = (
    Field("kind", values=("text", "list", "number", "flag", "date")),
    Field("required", "flag"),
    Field("of", values=("need", "audience")),
    Field("about"),
)
_SECTION_FIELDS = (
    Field("required", "flag"),
    Field("critical", "flag"),
    Field("look", values=LOOKS),
    Field("about"),
)


def split_front_matter(text: str, path: str, *, what: str = "page") -> tuple[str, str, int]:
    """Return front matter, body and the 1-based line on which the body begins. Raises `SourceProblem`."""
    match = _FRONT_MATTER.match(text)
    if not match:
        keys = "keys `type:` and `title:`" if what == "page" else "key `label:`"
        hint = f"begin the file with a line `---`, the {keys}, and another line `---`"
        raise SourceProblem(error("front-matter", f"the {what} has no front matter", Location(path, 1), hint))
    return match[1], text[match.end() :], text[: match.end()].count("\n") + 1


def find_front_matter(text: str) -> str:
    """Return the front matter of a file as written, "" where it has none."""
    match = _FRONT_MATTER.match(text)
    return match[1] if match else ""


def find_body(text: str) -> str:
    """Return what stands behind the front matter of a file, all of it where it has none."""
    match = _FRONT_MATTER.match(text)
    return text[match.end() :] if match else text


def parse_page(
    text: str, path: str, page_id: str, types: Mapping[str, PageType], language: str
) -> tuple[Page | None, tuple[Problem, ...]]:
    """Return a page from its text, with every problem that can be seen in the file alone.

    `language` is the one it is written in unless its front matter says otherwise.
    """
    try:
        front, body, line = split_front_matter(text, path)
        document = parse_yaml(front, path, 2)
    except SourceProblem as refused:
        return None, (refused.problem,)
    meta = document.value if isinstance(document.value, dict) else {}
    name = meta.get("type")
    if not isinstance(name, str):
        every = {field.name: field for kind in types.values() for field in kind.all_fields()}
        return None, check_fields(document, (*COMMON_FIELDS, *_optional(every)), what="front matter")
    if name not in types:
        hint = did_you_mean(name, types, f"page types: {', '.join(sorted(types))}")
        where = document.location("type")
        return None, (error("unknown-type", f'page type "{name}" does not exist', where, hint),)
    kind = types[name]
    problems = list(check_fields(document, kind.all_fields(), what="front matter"))
    cutting, cut_problems = cut_units(body, path, line)
    if problems or any(problem.rule == "too-large" for problem in cut_problems):
        return None, (*problems, *cut_problems)
    page = Page(page_id, path, meta.get("lang", language), kind, meta, cutting, line, document)
    return page, (
        *cut_problems,
        *check_review(meta, document),
        *_check_sections(page),
        *_check_ids(page),
        *_check_finished(page),
    )


def _optional(fields: Mapping[str, Field]) -> tuple[Field, ...]:
    """Return the fields of page types, none required: which ones a page needs shows only when its type is known."""
    common = {field.name for field in COMMON_FIELDS}
    return tuple(replace(field, required=False) for name, field in fields.items() if name not in common)


def _check_ids(page: Page) -> Iterable[Problem]:
    """Yield a problem for each heading id that the page's frame or its template uses itself."""
    for mark in page.cutting.headings:
        if mark.id in _FRAME_IDS or mark.id in page.type.anchors:
            message = f'heading id "{mark.id}" is used by the template'
            yield error("duplicate-id", message, _place(page, mark), "choose another id")


def _check_finished(page: Page) -> Iterable[Problem]:
    """Yield a problem for each unfinished text of a page that is no draft."""
    hint = "write the text, or add `draft: true` to the front matter until it is ready"
    for message in unfinished(page) if not page.is_draft else ():
        yield error("unfinished", "the text is unfinished: it holds TODO", message.place, hint)


def unfinished(page: Page) -> tuple[Message, ...]:
    """Return the texts that still hold the mark of an unfinished one: TODO in capitals."""
    texts = [page.meta[key] for key in META_UNITS if key in page.meta]
    if b"TODO" not in page.cutting.source and not any("TODO" in text for text in texts):
        return ()
    return tuple(message for message in page_messages(page) if _UNFINISHED.search(message.text))


def _check_sections(page: Page) -> tuple[Problem, ...]:
    """Return what the page lacks of its type's sections, and what stands above them."""
    found = tuple(mark.id for mark in page.cutting.headings if mark.level == 2 and not mark.inside)
    problems: list[Problem] = []
    for rule in page.type.sections:
        present = bool(_lead_text(page)) if rule.id == "lead" else rule.id in found
        if rule.required and not present:
            hint = (
                "write a short paragraph before the first heading"
                if rule.id == "lead"
                else f"add a heading such as `## … {{#{rule.id}}}`"
            )
            message = f'a page of type {page.type.name} needs the section "{rule.id}"'
            problems.append(error("section-missing", message, Location(page.path, page.body_line), hint))
    for index, name in enumerate(page.meta.get("critical", ())):
        if name != "lead" and name not in found:
            hint = did_you_mean(name, found, f"sections are headings such as `## … {{#{name}}}`")
            place = page.document.location("critical", index)
            problems.append(error("section-unknown", f'critical section "{name}" does not exist', place, hint))
    problems.extend(
        error("heading-level", "the title is the only heading of level 1", _place(page, mark), "use ## or ###")
        for mark in page.cutting.headings
        if mark.level == 1
    )
    return tuple(problems)


def _lead_text(page: Page) -> bytes:
    return page.cutting.source[: page.sections()[0].end].strip()


def _place(page: Page, mark: HeadingMark) -> Location:
    line = page.cutting.source.count(b"\n", 0, mark.start)
    return Location(page.path, page.line(line + 1), 1)


def page_messages(page: Page) -> tuple[Message, ...]:
    """Return what translators get of a page: front-matter texts by fixed id, then the units in order."""
    sections = page.sections()
    messages = [
        Message(f"meta.{key}", page.meta[key], page.document.location(key), f"front matter: {key}")
        for key in META_UNITS
        if key in page.meta
    ]
    for unit in page.cutting.units:
        home = next(item for item in sections if item.start <= unit.start < item.end or item is sections[-1])
        note = unit.kind + (f", section {home.id}" if home.id else ", lead") + (", critical" if home.critical else "")
        messages.append(Message("", unit.text, page.place(unit), note))
    return tuple(messages)
