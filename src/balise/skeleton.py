"""Page types at work: the Markdown skeleton of templates/ filled with finished sections and components."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from balise.catalogues import Message
from balise.expand import Component, Slots, escape_markdown
from balise.page import PageType
from balise.problems import Location, Problem, did_you_mean, error

if TYPE_CHECKING:
    from jinja2 import Environment, Template

_TAGS = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{##.*?##\}|\{#[\w-]+\}", re.DOTALL)
_LETTER = re.compile(r"[^\W\d_]")
_BLANK = re.compile(r"[^\n]")
_COMMENTS = {"comment_start_string": "{##", "comment_end_string": "##}"}
"""The delimiters of comments: Jinja's own `{#` would begin one at every `{#heading-id}`."""
_SECTION = re.compile(r"\bsection\(\s*[\"']([^\"']*)[\"']\s*\)")
_HEADING = re.compile(r"^#{1,6}[^\n]*$", re.MULTILINE)


@dataclass(frozen=True)
class Sections:
    """The finished Markdown of one page's sections; `take` gives each once, `rest` what is left, in order."""

    texts: Mapping[str, str]

    def functions(self) -> Mapping[str, Any]:
        """Return what a skeleton can call to place sections."""
        left = dict(self.texts)
        lead = left.pop("", "")

        def section(name: str) -> Plain:
            return Plain(left.pop(name, ""))

        def rest() -> Plain:
            return Plain("\n".join(left.values()))

        return {"lead": Plain(lead), "section": section, "rest": rest}


class Plain(str):
    """Finished Markdown, which a skeleton puts down as it is."""


class SkeletonError(Exception):
    """A skeleton cannot be filled; carries the problem to report."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(str(problem))
        self.problem = problem


class Skeletons:
    """The page types of one project, compiled once; filling one is pure."""

    def __init__(self, types: Mapping[str, PageType]) -> None:
        self.types = types
        self._environment: Environment | None = None
        self._templates: dict[str, Template] = {}

    def fill(self, name: str, values: Mapping[str, Any], slots: Slots) -> str:
        """Return the Markdown of a page of this type. Raises `SkeletonError`.

        Components become slots, `Plain` Markdown is put down as it is, and every other text is escaped.
        """
        from jinja2 import TemplateError

        try:
            if name not in self._templates:
                self._templates[name] = self._load().from_string(self.types[name].skeleton)
            return self._templates[name].render({**values, "__slots": slots})
        except (TemplateError, TypeError, ValueError, ArithmeticError, RecursionError) as failure:
            raise SkeletonError(self._problem(self.types[name], failure)) from None

    def _problem(self, page_type: PageType, failure: Exception) -> Problem:
        line = getattr(failure, "lineno", None) or _line_of(failure)
        where = Location(page_type.path, line + page_type.skeleton_line - 1)
        hint = "a template may use lead, section(…), rest(), cards(), channels(), directory(), page.… and _(…)"
        return error("template-error", f"the template cannot be filled: {failure}", where, hint)

    def _load(self) -> Environment:
        if self._environment is None:
            from jinja2 import StrictUndefined, pass_context
            from jinja2.sandbox import ImmutableSandboxedEnvironment

            environment = ImmutableSandboxedEnvironment(
                undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, autoescape=False, **_COMMENTS
            )
            environment.intercepted_binops = frozenset(_ENDLESS)
            environment.binop_table = {**environment.binop_table, **dict.fromkeys(_ENDLESS, _refuse)}
            environment.globals.clear()
            environment.filters = {key: environment.filters[key] for key in ("length", "first", "last", "join", "sort")}
            environment.finalize = pass_context(_finalize)
            self._environment = environment
        return self._environment


_ENDLESS = ("*", "**", "%")
"""Operators that can fill the memory or never end."""


def _refuse(left: Any, right: Any) -> Any:
    raise ArithmeticError("a template does not calculate")


def _finalize(context: Any, value: Any) -> str:
    """Return what a skeleton's expression puts into the Markdown."""
    if isinstance(value, Component):
        return str(context["__slots"].add(value, ""))
    if isinstance(value, Plain):
        return str(value)
    if isinstance(value, Markup):
        return str(context["__slots"].add(Component(value, value), ""))
    return escape_markdown(str(value))


def _line_of(failure: Exception) -> int:
    """Return the line of the template an exception passed through; 1 when it did not."""
    line, trace = 1, failure.__traceback__
    while trace:
        if trace.tb_frame.f_code.co_filename in ("<template>", "<unknown>"):
            line = trace.tb_lineno
        trace = trace.tb_next
    return line


def check_skeleton(page_type: PageType) -> Iterable[Problem]:
    """Yield problems of a skeleton alone: prose outside `_()`, headings without a pinned id."""
    prose = _TAGS.sub(lambda match: _BLANK.sub(" ", match[0]), page_type.skeleton)
    match = _LETTER.search(prose)
    if match:
        words = " ".join(prose[match.start() :].split("\n")[0].split())[:40]
        line = prose[: match.start()].count("\n") + page_type.skeleton_line
        message = f'prose "{words}" would stay in one language'
        yield error("template-prose", message, Location(page_type.path, line), 'write {{ _("…") }}')
    declared = [rule.id for rule in page_type.sections]
    for call in _SECTION.finditer(page_type.skeleton):
        if call[1] not in declared:
            line = page_type.skeleton[: call.start()].count("\n") + page_type.skeleton_line
            hint = did_you_mean(
                call[1], declared, f"declare it under `sections:` above; declared: {', '.join(declared)}"
            )
            message = f'section "{call[1]}" is not one of this page type'
            yield error("template-section", message, Location(page_type.path, line), hint)
    for heading in _HEADING.finditer(page_type.skeleton):
        if not re.search(r"\{#[a-z0-9-]+\}\s*$", heading[0]):
            line = page_type.skeleton[: heading.start()].count("\n") + page_type.skeleton_line
            where = Location(page_type.path, line)
            yield error("template-heading", "the heading has no id", where, "end it with {#a-short-word}")


def skeleton_messages(page_type: PageType) -> tuple[Message, ...]:
    """Return the texts of a skeleton that translators get: the literal arguments of `_()`; none of a broken one."""
    from jinja2 import Environment, TemplateSyntaxError

    options: dict[str, Any] = {"extensions": ["jinja2.ext.i18n"], "autoescape": True, **_COMMENTS}
    environment: Any = Environment(**options)  # noqa: S701 - it reads the template and renders nothing
    try:
        found = environment.extract_translations(page_type.skeleton)
    except TemplateSyntaxError:
        return ()
    return tuple(
        Message("", text, Location(page_type.path, line + page_type.skeleton_line - 1))
        for line, _, text in found
        if isinstance(text, str)
    )
