"""Filling the calls of content: read by Jinja, held to an allow-list, called once per expression and language."""

from __future__ import annotations

import inspect
import re
import secrets
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from balise.problems import Location, Problem, did_you_mean, error

if TYPE_CHECKING:
    from jinja2 import Environment

LONGEST_EXPRESSION = 300
"""Longest call an author may write, in characters."""
ARGUMENT = re.compile(r"[A-Za-z0-9/._-]+\Z")
"""String arguments are ids, never prose: prose would escape translation."""
TAG = re.compile(r"\{\{((?:(?!\{\{|\}\})[^\n])*)\}\}|\{%((?:(?!\{%|%\})[^\n])*)%\}|\{##(?:(?!\{##|##\})[^\n])*##\}")
"""A call, a tag or a comment on one line; none holds its own opening mark, which keeps the search linear."""
_PLAIN_CALL = re.compile(r"""([a-z]+)\( *(?:"([A-Za-z0-9/._-]+)"|'([A-Za-z0-9/._-]+)') *\)\Z""")
"""A call with one id, which nearly all are: its name and its argument are what Jinja's syntax tree would hold."""
_PUNCTUATION = re.compile(r"([!-/:-@\[-`{-~])")
_IF_LINE = re.compile(
    r"^[ \t]*+(\{%(?:(?!\{%|%\})[^\n])*%\}|\{##(?:(?!\{##|##\})[^\n])*##\})[ \t]*+(?:\n|\Z)", re.MULTILINE
)


class CallError(Exception):
    """A call in content names something that does not exist; becomes a problem at the call's place.

    An `echo` only repeats what is reported already: the file that should hold the thing has problems of its own.
    """

    def __init__(self, rule: str, message: str, hint: str, *, echo: bool = False) -> None:
        super().__init__(message)
        self.rule, self.message, self.hint, self.echo = rule, message, hint, echo


@dataclass(frozen=True)
class Component:
    """What a call shows: HTML for a paragraph of its own, and HTML inside a sentence; either may be missing.

    Either may be given as a function that draws it: most calls are shown in one of the two ways only, or are checked
    and not shown.
    """

    paragraph: Markup | Callable[[], Markup] | None
    sentence: Markup | Callable[[], Markup] | None = None

    @cached_property
    def block(self) -> Markup | None:
        """Return the HTML for a paragraph of its own, drawn once."""
        return self.paragraph() if callable(self.paragraph) else self.paragraph

    @cached_property
    def inline(self) -> Markup | None:
        """Return the HTML inside a sentence, drawn once."""
        return self.sentence() if callable(self.sentence) else self.sentence


Value = Component | str | bool


@dataclass
class Slots:
    """The components of one page body, each behind a word that cannot be guessed and is never published."""

    prefix: str
    components: dict[str, tuple[Component, str]] = field(default_factory=dict)

    def add(self, component: Component, expression: str) -> str:
        """Return the word that stands for a component until the page is clean; a template's has no expression."""
        word = f"{self.prefix}x{len(self.components)}z"
        self.components[word] = (component, expression)
        return word

    @property
    def pattern(self) -> re.Pattern[str]:
        """Return the pattern of this page's words."""
        return re.compile(rf"{self.prefix}x\d+z")


@cache
def secret_word() -> str:
    """Return a word of ASCII letters and digits that no content can hold: drawn once a process, never published."""
    return "b" + secrets.token_hex(8)


def escape_markdown(text: str) -> str:
    """Return plain text with every ASCII punctuation mark escaped, so that data cannot be Markdown."""
    return _PUNCTUATION.sub(r"\\\1", text)


class Expander:
    """The calls of one edition: each distinct expression is checked and evaluated once."""

    def __init__(self, functions: Mapping[str, Callable[..., Value]]) -> None:
        self.functions = functions
        self._values: dict[str, Value | CallError] = {}
        self._signatures: dict[str, inspect.Signature] = {}
        self._take_one_word: set[str] = set()
        self._environment: Environment | None = None

    def evaluate(self, expression: str) -> Value:
        """Return what a call gives. Raises `CallError`, the same one each time."""
        expression = expression.strip()
        if expression not in self._values:
            try:
                self._values[expression] = self._call(expression)
            except CallError as refused:
                self._values[expression] = refused
        value = self._values[expression]
        if isinstance(value, CallError):
            raise value
        return value

    def _call(self, expression: str) -> Value:
        name, args, kwargs = self._parse(expression)
        function = self.functions.get(name)
        if function is None:
            hint = did_you_mean(name, self.functions, f"calls: {', '.join(sorted(self.functions))}")
            raise CallError("call-unknown", f'call "{name}" does not exist', hint)
        one_word = not kwargs and len(args) == 1 and isinstance(args[0], str)
        if one_word and name in self._take_one_word:
            return function(*args)
        signature = self._signatures.get(name) or self._signatures.setdefault(name, inspect.signature(function))
        try:
            bound = signature.bind(*args, **kwargs)
        except TypeError as failure:
            takes = ", ".join(signature.parameters)
            raise CallError("call-arguments", f"{name}(): {failure}", f"it takes: {takes}") from None
        _check_words(name, bound)
        if one_word:
            self._take_one_word.add(name)
        return function(*args, **kwargs)

    def _parse(self, expression: str) -> tuple[str, list[Any], dict[str, Any]]:
        """Return the name and literal arguments of a call; all but the plainest are read from Jinja's syntax tree."""
        hint = 'write a call with plain arguments, such as {{ figure("cf-reports-2023") }}'
        if len(expression) > LONGEST_EXPRESSION:
            raise CallError("jinja-expression", f"the expression is longer than {LONGEST_EXPRESSION} characters", hint)
        plain = _PLAIN_CALL.match(expression)
        if plain and plain[1] in self.functions:
            return plain[1], [plain[2] or plain[3]], {}
        return self._read_tree(expression, hint)

    def _read_tree(self, expression: str, hint: str) -> tuple[str, list[Any], dict[str, Any]]:
        from jinja2 import TemplateSyntaxError, nodes

        try:
            tree = self._parser().parse("{{" + expression + "}}")
        except TemplateSyntaxError as failure:
            raise CallError("jinja-syntax", f"the expression cannot be read: {failure}", hint) from None
        except RecursionError:
            raise CallError("jinja-syntax", "the expression has too many brackets inside each other", hint) from None
        output = tree.body[0] if len(tree.body) == 1 else None
        call = output.nodes[0] if isinstance(output, nodes.Output) and len(output.nodes) == 1 else None
        plain = isinstance(call, nodes.Call) and isinstance(call.node, nodes.Name)
        if not isinstance(call, nodes.Call) or not plain or call.dyn_args or call.dyn_kwargs:
            raise CallError("jinja-expression", "only calls are allowed in content", hint)
        arguments = [*call.args, *(keyword.value for keyword in call.kwargs)]
        for node in arguments:
            self._check_argument(node, hint)
        assert isinstance(call.node, nodes.Name)
        keywords = {keyword.key: keyword.value.as_const() for keyword in call.kwargs}
        if len(keywords) < len(call.kwargs):
            raise CallError("jinja-expression", "an argument is given twice", hint)
        return call.node.name, [node.as_const() for node in call.args], keywords

    def _check_argument(self, node: Any, hint: str) -> None:
        from jinja2 import nodes

        if not isinstance(node, nodes.Const) or type(node.value) not in (str, int):
            raise CallError("jinja-expression", "arguments must be plain words or whole numbers", hint)
        if isinstance(node.value, str) and not ARGUMENT.match(node.value):
            hint = "arguments are ids; texts belong in the page, where they are translated"
            raise CallError("jinja-expression", f'argument "{node.value[:40]}" is not an id', hint)
        if isinstance(node.value, int) and abs(node.value) > 10**15:
            raise CallError("jinja-expression", "the number is too large", hint)

    def _parser(self) -> Environment:
        if self._environment is None:
            from jinja2.sandbox import ImmutableSandboxedEnvironment

            self._environment = ImmutableSandboxedEnvironment(comment_start_string="{##", comment_end_string="##}")
        return self._environment

    def expand(self, text: str, slots: Slots, shown: list[bool] | None = None) -> str:
        """Return Markdown with its calls filled and its `{% if %}` lines decided; faulty calls leave a gap.

        `shown` tells for each open `{% if %}`, outermost first, whether its text is shown; hand the same list on, begun
        as `[True]`, from one section of a page to the next, since an `{% if %}` may hold several.
        """
        shown = [True] if shown is None else shown
        if "{" not in text:
            return text if shown[-1] else ""
        if "{%" in text or "{##" in text:
            text = self._decide(text, shown)
        elif not shown[-1]:
            return ""

        def fill(match: re.Match[str]) -> str:
            if match[1] is None:
                return ""
            try:
                value = self.evaluate(match[1])
            except CallError:
                return ""
            if isinstance(value, Component):
                return slots.add(value, _written(match[1]))
            return "" if isinstance(value, bool) else escape_markdown(value)

        return TAG.sub(fill, text)

    def components(self, text: str) -> Iterator[tuple[Component, bool]]:
        """Yield what the calls of a text show, and whether each has its line for itself; faulty calls show nothing."""
        for match in TAG.finditer(text):
            try:
                value = self.evaluate(match[1]) if match[1] is not None else ""
            except CallError:
                continue
            if isinstance(value, Component):
                around = text[max(0, match.start() - 1) : match.start()] + text[match.end() : match.end() + 1]
                yield value, not around.strip("\n")

    def _decide(self, text: str, shown: list[bool]) -> str:
        """Return the text without `{% if %}` lines and without the branches that do not hold."""
        pieces: list[str] = []
        at = 0
        for match in _IF_LINE.finditer(text):
            if shown[-1]:
                pieces.append(text[at : match.start()])
            at = match.end()
            inner = match[1].strip("{%#} \t-")
            if match[1].startswith("{##"):
                continue
            word, _, rest = inner.partition(" ")
            if word == "if":
                shown.append(shown[-1] and self._holds(rest))
            elif word == "else" and len(shown) > 1:
                shown[-1] = shown[-2] and not shown[-1]
            elif word == "endif" and len(shown) > 1:
                shown.pop()
        if shown[-1]:
            pieces.append(text[at:])
        return "".join(pieces)

    def _holds(self, condition: str) -> bool:
        negated = condition.startswith("not ")
        try:
            return self.evaluate(condition.removeprefix("not ")) is not negated
        except CallError:
            return False


def _check_words(name: str, bound: inspect.BoundArguments) -> None:
    """Refuse a number where a call takes a word. Raises `CallError`."""
    for key, value in bound.arguments.items():
        takes = bound.signature.parameters[key].annotation
        given = value if isinstance(value, dict) else {key: value}
        if bound.signature.parameters[key].kind is inspect.Parameter.VAR_POSITIONAL:
            given = {f"{key}, word {place}": item for place, item in enumerate(value, 1)}
        wrong = [word for word, item in given.items() if not isinstance(item, str)]
        if wrong and takes in (str, "str"):
            hint = f'write {name}({wrong[0]}="…")'
            raise CallError("call-arguments", f"{name}(): {wrong[0]} must be a word in quotes", hint)


def _written(expression: str) -> str:
    """Return an expression without the blanks and the white-space signs at its ends."""
    return expression.strip().strip("-+").strip()


def check_calls(source: str, place: Callable[[int], Location], expander: Expander) -> Iterable[Problem]:
    """Yield a problem for each faulty call or tag of a source text; `place` turns a character offset into a place."""
    depth: list[tuple[int, bool]] = []
    for match in TAG.finditer(source):
        if match[1] is not None:
            yield from _try(expander, match[1], match.start(), place, condition=False)
        elif match[2] is not None:
            yield from _check_tag(match, depth, source, place, expander)
    for start, _ in depth:
        yield error("jinja-open", "{% if %} is never closed", place(start), "add a line {% endif %}")


def _check_tag(
    match: re.Match[str],
    depth: list[tuple[int, bool]],
    source: str,
    place: Callable[[int], Location],
    expander: Expander,
) -> Iterable[Problem]:
    """Yield what is wrong with one `{% … %}` tag; `depth` holds each open if: its start, whether it had its else."""
    where = place(match.start())
    line_start = source.rfind("\n", 0, match.start()) + 1
    line_end = source.find("\n", match.end())
    line = source[line_start : line_end if line_end >= 0 else len(source)]
    word, _, rest = match[2].strip("- \t").partition(" ")
    if word not in ("if", "else", "endif"):
        yield error("jinja-tag", f'tag "{word}" is not allowed in content', where, "allowed: if, else, endif")
    elif line.strip() != match[0]:
        yield error("jinja-tag", f'tag "{word}" shares its line', where, "put the tag on a line of its own")
    elif word == "if":
        depth.append((match.start(), False))
        yield from _try(expander, rest.removeprefix("not "), match.start(), place, condition=True)
    elif not depth:
        yield error("jinja-tag", f'"{word}" without an if before it', where, "remove it, or add {% if … %} above")
    elif word == "endif":
        depth.pop()
    elif depth[-1][1]:
        yield error("jinja-tag", '"else" stands twice in one if', where, "remove one of the two")
    else:
        depth[-1] = (depth[-1][0], True)


def _try(
    expander: Expander, expression: str, at: int, place: Callable[[int], Location], *, condition: bool
) -> Iterable[Problem]:
    """Yield what is wrong with a call, or that it answers yes or no in the wrong place."""
    try:
        value = expander.evaluate(expression)
    except CallError as refused:
        if not refused.echo:
            yield error(refused.rule, refused.message, place(at), refused.hint)
        return
    shown = _written(expression)
    if condition and not isinstance(value, bool):
        yield error(
            "call-place",
            f"{shown} does not answer yes or no",
            place(at),
            'ask edition("fr"), country("BE") or offline()',
        )
    elif not condition and isinstance(value, bool):
        yield error("call-place", f"{shown} answers yes or no and is no text", place(at), "use it as {% if … %}")
