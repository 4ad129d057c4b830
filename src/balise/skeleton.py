"""Page types at work: the Markdown skeleton of templates/ filled with finished sections and components."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

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
_PUT_DOWN = re.compile(r"(?<!\{)\{\{ *(?:(lead)|section\( *\"([a-z0-9-]*)\" *\)|(rest)\( *\)) *\}\}")
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


class _PlainSkeleton(NamedTuple):
    """A skeleton that only puts sections down, as most do: the texts around its calls, one more than there are calls.

    A call is a name and what it is called with: `lead`, `rest`, or `section` with an id. One without calls is no plain
    skeleton.
    """

    texts: tuple[str, ...]
    calls: tuple[tuple[str, tuple[str, ...] | None], ...]

    def fill(self, values: Mapping[str, Any], slots: Slots) -> str:
        """Return the Markdown with what its calls give, made in order."""
        pieces = [self.texts[0]]
        for (name, given), text in zip(self.calls, self.texts[1:], strict=True):
            pieces += (_put_down(values[name] if given is None else values[name](*given), slots), text)
        return "".join(pieces)


def _read_plain(skeleton: str) -> _PlainSkeleton:
    """Return a skeleton as Jinja would have it filled, without calls where only Jinja can tell."""
    parts = _PUT_DOWN.split(skeleton.removesuffix("\n"))
    texts = tuple(parts[::4])
    if any(mark in text for text in texts for mark in ("{{", "{%", "{##")):
        return _PlainSkeleton((), ())
    found = zip(parts[1::4], parts[2::4], parts[3::4], strict=True)
    calls = tuple(
        ("lead", None) if lead else ("rest", ()) if rest else ("section", (name,)) for lead, name, rest in found
    )
    return _PlainSkeleton(texts, calls)


class Skeletons:
    """The page types of one project, compiled once; filling one is pure."""

    def __init__(self, types: Mapping[str, PageType]) -> None:
        self.types = types
        self._environment: Environment | None = None
        self._templates: dict[str, Template] = {}
        self._plain: dict[str, _PlainSkeleton] = {}

    def fill(self, name: str, values: Mapping[str, Any], slots: Slots) -> str:
        """Return the Markdown of a page of this type. Raises `SkeletonError`.

        Components become slots, `Plain` Markdown is put down as it is, and every other text is escaped.
        """
        plain = self._plain.get(name) or self._plain.setdefault(name, _read_plain(self.types[name].skeleton))
        if plain.calls:
            return plain.fill(values, slots)
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
        hint = "a template may use lead, section(…), rest(), cards(), doors(), channels(), directory(), page.… and _(…)"
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
    return _put_down(value, context["__slots"])


def _put_down(value: Any, slots: Slots) -> str:
    """Return what a skeleton's expression puts into the Markdown."""
    if isinstance(value, Component):
        return slots.add(value, "")
    if isinstance(value, Plain):
        return str(value)
    if isinstance(value, Markup):
        return slots.add(Component(value, value), "")
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
