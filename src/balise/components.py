"""Rendering the theme's components: one folder each, with a contract that every call is checked against."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from markupsafe import Markup, escape

from balise.errors import BaliseError
from balise.languages import Text, direction, fallbacks
from balise.problems import did_you_mean

if TYPE_CHECKING:
    from jinja2 import Environment, Template
    from jinja2.runtime import Context

    from balise.theme_view import Heading, PageView

THEME = Path(__file__).parent / "theme"
"""The folder of the base theme."""

CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; media-src 'self'; "
    "font-src 'self'; connect-src 'self'; form-action 'none'; base-uri 'none'; require-trusted-types-for 'script'"
)
"""The policy in each page's head; `frame-ancestors` works in a header only, so `balise.headers` adds it."""


class Words(Protocol):
    """What a template needs of an edition's phrases: its language, and the theme's fixed strings translated."""

    @property
    def language(self) -> str:
        """Return the language tag of the edition."""

    def gettext(self, message: str, /) -> str:
        """Return the translation of a fixed string."""

    def ngettext(self, one: str, many: str, count: int, /) -> str:
        """Return the translation of a fixed string that depends on a count."""


class ComponentError(BaliseError):
    """A component does not exist, or was called with a parameter missing or too many."""


@dataclass(frozen=True)
class Parameter:
    """One parameter of a component; `type` is the name of a view class, `tuple[...]` of one, or a plain Python type."""

    name: str
    type: str
    required: bool
    description: str


@dataclass(frozen=True)
class Contract:
    """What `component.yml` promises: where the component may stand (`block`, `inline` or `page`) and what it takes.

    `examples` are (name, parameters as YAML values); `component_examples.load_examples` turns them into views.
    """

    name: str
    description: str
    placement: str
    parameters: tuple[Parameter, ...]
    examples: tuple[tuple[str, Mapping[str, Any]], ...]
    accessibility: tuple[str, ...]


def component_names(theme_dir: Path = THEME) -> tuple[str, ...]:
    """Return the names of the theme's components in order."""
    return tuple(sorted(path.parent.name for path in (theme_dir / "components").glob("*/component.yml")))


@cache
def load_contract(name: str, theme_dir: Path = THEME) -> Contract:
    """Return the contract of a component, read once per process. Raises `ComponentError` when there is none."""
    from balise.source import load_yaml

    if name not in component_names(theme_dir):
        known = component_names(theme_dir)
        hint = did_you_mean(name, known, f"the theme has {', '.join(known)}")
        raise ComponentError(f'component "{name}" does not exist; {hint}')
    value = load_yaml(theme_dir / "components" / name / "component.yml", theme_dir).value
    return Contract(
        name=value["name"],
        description=value["description"],
        placement=value["placement"],
        parameters=tuple(
            Parameter(item["name"], item["type"], item["required"] == "true", item["description"])
            for item in value["parameters"]
        ),
        examples=tuple((item["name"], item["parameters"]) for item in value["examples"]),
        accessibility=tuple(value["accessibility"]),
    )


def check_parameters(contract: Contract, given: Mapping[str, object]) -> dict[str, object]:
    """Return the parameters with `None` for each optional one left out. Raises `ComponentError` naming it."""
    complete: dict[str, object] = {parameter.name: given.get(parameter.name) for parameter in contract.parameters}
    for name in given:
        if name not in complete:
            hint = did_you_mean(name, complete, f"it takes {', '.join(complete) or 'none'}")
            raise ComponentError(f'component "{contract.name}" has no parameter "{name}"; {hint}')
    for parameter in contract.parameters:
        if parameter.required and complete[parameter.name] is None:
            raise ComponentError(f'component "{contract.name}" needs the parameter "{parameter.name}"')
    return complete


def marked_text(text: Text | str, page_language: str) -> Markup:
    """Return the text escaped, in a span that names its language when that is not the page's."""
    if isinstance(text, str):
        return escape(text)
    if text.language == page_language or fallbacks(text.language)[-1] == fallbacks(page_language)[-1]:
        return escape(text.text)
    opening = Markup('<span lang="{}" dir="{}">').format(text.language, direction(text.language))
    return opening + escape(text.text) + Markup("</span>")


def unbroken(number: str) -> str:
    """Return a telephone number's spelling with no-break spaces and hyphens, so that it stays on one line."""
    return number.replace(" ", "\u00a0").replace("-", "\u2011")


def of_level(headings: Iterable[Heading], level: int) -> list[Heading]:
    """Return the headings of one level."""
    return [heading for heading in headings if heading.level == level]


def typeset(html: Markup, language: str) -> Markup:
    """Return a component's HTML with the typography of the page's language."""
    from balise.typography import set_typography

    return Markup(set_typography(str(html), language))  # noqa: S704 - typography changes text between tags only


def template_context(words: Words) -> dict[str, object]:
    """Return the names every template of the theme finds beside its parameters: `_`, `ngettext` and `language`."""
    return {"_": words.gettext, "ngettext": words.ngettext, "language": words.language}


_WORDS = ("_", "ngettext", "language")
"""The names of what `template_context` returns."""


class Components:
    """The components of a theme folder as one Jinja environment draws them, each template looked up once.

    `environment` is an overlay of the one given, with the settings and globals the theme's templates rely on. The
    globals are `t` (a `Text` in its own language), `component` (another component, its call checked) and `csp`; the
    filters are `unbroken`, for telephone numbers, `typeset`, for HTML that the page's body does not bring, and
    `of_level`, for headings.
    """

    def __init__(self, base: Environment, theme_dir: Path = THEME) -> None:
        from jinja2 import StrictUndefined, pass_context

        from balise.template_code import PlainCalls, quick_escapes

        @pass_context
        def component(context: Context, name: str, **parameters: object) -> Markup:
            return self.render(name, parameters, {key: context[key] for key in _WORDS})

        environment = base.overlay(
            autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, optimized=False
        )
        environment.context_class = PlainCalls
        environment.globals.update(t=marked_text, component=component, csp=CONTENT_SECURITY_POLICY)
        environment.filters.update(unbroken=unbroken, typeset=typeset, of_level=of_level)
        self.environment, self.theme_dir, self._prepare = environment, theme_dir, quick_escapes
        self._templates: dict[str, Template] = {}

    def render(self, name: str, parameters: Mapping[str, object], words: Mapping[str, object]) -> Markup:
        """Return a component's HTML. Raises `ComponentError` for a wrong call."""
        values = check_parameters(load_contract(name, self.theme_dir), parameters)
        html = self.draw(f"components/{name}/template.html", {**words, **values})
        return Markup(html.strip())  # noqa: S704 - the template has escaped every value

    def draw(self, name: str, values: Mapping[str, object]) -> str:
        """Return what a template makes of these values, as `Template.render` does with fewer copies of the globals."""
        environment = self.environment
        template = self._templates.get(name)
        if template is None:
            template = self._templates[name] = self._prepare(environment.get_template(name))

        def component(name: str, **parameters: object) -> Markup:  # without a context to look words up in
            return self.render(name, parameters, {key: values[key] for key in _WORDS})

        everything = {**environment.globals, "component": component, **values}
        context = environment.context_class(
            environment, everything, template.name, template.blocks, environment.globals
        )
        try:
            return environment.concat(template.root_render_func(context))
        except Exception:  # noqa: BLE001 - raised again with the template's own lines
            environment.handle_exception()


def prepare_environment(base: Environment, theme_dir: Path = THEME) -> Environment:
    """Return the environment that draws the theme's components, as an overlay of `base`."""
    return Components(base, theme_dir).environment


@cache
def theme_components(theme_dir: Path = THEME) -> Components:
    """Return the components of a theme folder in an environment of our own, made once per process."""
    from jinja2 import Environment, FileSystemLoader

    from balise.template_code import TemplateCode

    loader, code = FileSystemLoader(theme_dir), TemplateCode(theme_dir)
    return Components(Environment(loader=loader, auto_reload=False, autoescape=True, bytecode_cache=code), theme_dir)


def forget_theme() -> None:
    """Read contracts and templates again from now on, as after an edit of the theme."""
    load_contract.cache_clear()
    bundles_apart.cache_clear()
    _component_files.cache_clear()
    _lean_file.cache_clear()
    theme_components.cache_clear()


def render_component(name: str, words: Words, /, *, theme_dir: Path = THEME, **parameters: object) -> Markup:
    """Return the component's HTML in the edition's language. Raises `ComponentError` for a wrong call."""
    return theme_components(theme_dir).render(name, parameters, template_context(words))


def render_page(view: PageView, words: Words, theme_dir: Path = THEME) -> str:
    """Return a whole page through `main.html`, as MkDocs renders it."""
    return theme_components(theme_dir).draw("main.html", {**template_context(words), "view": view})


EVERYTHING = "*"
"""The name of the bundles that hold the styles and behaviour of all components."""


@cache
def bundles_apart(theme_dir: Path = THEME) -> Mapping[str, tuple[str, ...]]:
    """Return the components that not every page shows, by the name of the bundles that hold them.

    The styles of such a component are in `apart.css`, its behaviour in `apart.js`, and the bundles have its name; in
    `apart-help.css` they share the bundles of that name. Its HTML has an element whose first class is its name.
    """
    found: dict[str, tuple[str, ...]] = {}
    for path in _component_files(theme_dir):
        component = path.parent.name
        if not (path.name.startswith("apart") and path.suffix == ".css"):
            continue
        name = path.stem.removeprefix("apart").removeprefix("-") or component
        found[name] = (*found.get(name, ()), component)
    return found


def bundle_for(html: str, theme_dir: Path = THEME) -> str:
    """Return which bundles a page needs: "" for the common ones, the name of others, `EVERYTHING` for several."""
    html = str(html)  # `Markup` would split itself into more of its kind
    starts = {piece[:4] for piece in html.split('class="')}  # most of these components begin like nothing on a page

    def is_there(component: str) -> bool:
        return component[:4] in starts and f'class="{component}' in html

    shown = [name for name, components in bundles_apart(theme_dir).items() if any(map(is_there, components))]
    return EVERYTHING if len(shown) > 1 else "".join(shown)


def bundle_styles(theme_dir: Path = THEME, *, of: str = EVERYTHING, without: Collection[str] = ()) -> str:
    """Return a style sheet of the theme: `base.css`, then the components' in name order in `@layer components`.

    `of` is what `bundle_for` tells, `without` are components that no page of the site has.
    """
    paths = [path for path in _files(theme_dir, "style.css", "css", of) if path.parent.name not in without]
    parts = [_lean_file(path) for path in paths]
    base = _lean_file(theme_dir / "base.css")
    return f"{base}@layer components{{\n{''.join(parts)}}}\n"


def bundle_scripts(theme_dir: Path = THEME, *, of: str = EVERYTHING) -> str:
    """Return a script of the theme: each component's behaviour in name order, in a scope of its own.

    `of` is what `bundle_for` tells.
    """
    paths = _files(theme_dir, "behaviour.js", "js", of)
    return "".join(f"{{\n{_lean_file(path)}}}\n" for path in paths)


def _files(theme_dir: Path, common: str, suffix: str, of: str) -> list[Path]:
    """Return the components' files of a bundle, in the order of the components."""
    components = bundles_apart(theme_dir).get(of, ())

    def is_wanted(path: Path) -> bool:
        is_apart = path.name.startswith("apart") and path.suffix == f".{suffix}"
        return path.name == common or (is_apart and (of == EVERYTHING or path.parent.name in components))

    return [path for path in _component_files(theme_dir) if is_wanted(path)]


@cache
def _component_files(theme_dir: Path) -> tuple[Path, ...]:
    """Return the files of all components, in the order of the components and of their names."""
    return tuple(sorted((theme_dir / "components").glob("*/*.*")))


@cache
def _lean_file(path: Path) -> str:
    return lean(path.read_text("utf-8"))


def lean(text: str) -> str:
    """Return a style or script without block comments, indentation and empty lines; no line is changed inside."""
    lines = re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL).splitlines()
    return "".join(f"{line.strip()}\n" for line in lines if line.strip())
