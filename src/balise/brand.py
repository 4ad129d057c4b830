"""A site's own colour and logo: what `brand` in site.yml may say, and the style that comes of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from balise.colour import Colour, contrast, lightness_of, mix, nearest_tone, parse_colour
from balise.components import THEME
from balise.fields import Field, check_fields
from balise.pictures import PICTURES, picture_size
from balise.problems import Problem, did_you_mean, error, warning
from balise.source import SourceProblem, read_bytes

if TYPE_CHECKING:
    from balise.source import YamlDocument

BRAND_FIELDS = (
    Field("accent", about='the colour of links, bars and buttons on light pages, in quotes: "#7a1f5c"'),
    Field(
        "accent_dark",
        about="the same on dark pages; a tone of the same hue is chosen where one of the two is not given",
    ),
    Field(
        "logo", about="a PNG, JPEG, WebP or AVIF in content/assets/, at most 100 kB, shown 2.5rem high beside the name"
    ),
    Field("logo_dark", about="the logo on dark pages"),
)
MAX_LOGO_BYTES = 100_000
"""Largest logo, in bytes."""
WASH = 0.12
"""How much of the accent is in `--wash`; the rest is the page's background."""
NEEDED: Mapping[str, float] = {"text": 4.5, "graphics": 3.0}
"""The least contrast of WCAG 2.2: 1.4.3 for text, 1.4.11 for what carries meaning otherwise."""
_TOKEN = re.compile(r"--([\w-]+): (#[0-9a-f]{3,6});")
_PAIR = re.compile(r"^\s*(text|graphics): --([\w-]+) on --([\w-]+): (.+?)(?: \*/)?$", re.MULTILINE)
_ROOT = re.compile(r":root \{(.*?)\}", re.DOTALL)


@dataclass(frozen=True)
class Logo:
    """A picture of content/assets/ (`assets/logo.png`) with its size in pixels."""

    name: str
    width: int
    height: int


@dataclass(frozen=True)
class Brand:
    """A site's own accent on light and on dark pages (both or none, as `#rrggbb`), and its logo for either."""

    accent: str = ""
    accent_dark: str = ""
    logo: Logo | None = None
    logo_dark: Logo | None = None


@dataclass(frozen=True)
class Pair:
    """Two of the theme's colours that must be told apart: `text` or `graphics`, their tokens, and where they meet."""

    kind: str
    front: str
    ground: str
    about: str


@dataclass(frozen=True)
class Scheme:
    """The theme's colours by token on light or on dark pages, and the pairs the accent is seen in."""

    colours: Mapping[str, Colour]
    pairs: tuple[Pair, ...]

    def with_accent(self, accent: Colour) -> Mapping[str, Colour]:
        """Return the colours with another accent, and the wash that goes with it."""
        return {**self.colours, "accent": accent, "wash": mix(accent, self.colours["paper"], WASH)}

    def worst(self, accent: Colour) -> tuple[Pair, Colour, float]:
        """Return the pair in which an accent is furthest from what is needed, the other colour, and their contrast."""
        colours = self.with_accent(accent)
        measured = [(pair, contrast(colours[pair.front], colours[pair.ground])) for pair in self.pairs]
        pair, ratio = min(measured, key=lambda item: item[1] / NEEDED[item[0].kind])
        return pair, colours[pair.ground if pair.front == "accent" else pair.front], ratio

    def passes(self, accent: Colour) -> bool:
        """Tell whether an accent can be told apart from everything it is seen with."""
        pair, _, ratio = self.worst(accent)
        return ratio >= NEEDED[pair.kind]

    def tone_of(self, colour: Colour) -> Colour:
        """Return the tone of a hue that passes and is nearest to the lightness of the theme's own accent."""
        return self.nearest(colour, lightness_of(self.colours["accent"]))

    def nearest(self, colour: Colour, lightness: float) -> Colour:
        """Return the tone of a hue that passes and is nearest to a lightness; the theme's accent where none does."""
        return nearest_tone(colour, lightness, self.passes) or self.colours["accent"]


@cache
def load_schemes(theme_dir: Path = THEME) -> tuple[Scheme, Scheme]:
    """Return the theme's colours on light and on dark pages, as `base.css` has them."""
    text = (theme_dir / "base.css").read_text("utf-8")
    pairs = tuple(Pair(*found) for found in _PAIR.findall(text))
    light, dark, *_ = (
        {name: colour for name, spelled in _TOKEN.findall(block) if (colour := parse_colour(spelled))}
        for block in _ROOT.findall(text)
    )
    return Scheme(light, pairs), Scheme({**light, **dark}, pairs)


def check_brand(document: YamlDocument) -> Iterable[Problem]:
    """Yield what is wrong with `brand` in site.yml beside its pictures."""
    if "brand" not in document.value:
        return
    found = check_fields(document, BRAND_FIELDS, what="brand", at=("brand",))
    yield from (_explain(problem, document) for problem in found)
    if found:
        return
    value: Mapping[str, str] = document.value["brand"]
    for key, scheme, pages in zip(("accent", "accent_dark"), load_schemes(), ("light", "dark"), strict=True):
        if key not in value:
            continue
        place, colour = document.location("brand", key), parse_colour(value[key])
        if colour is None:
            hint = 'write # and three or six hexadecimal digits, in quotes: "#7a1f5c"'
            yield error("brand-colour", f'{key} "{value[key]}" is not a colour', place, hint)
        elif not scheme.passes(colour):
            pair, other, ratio = scheme.worst(colour)
            message = (
                f"{key} {colour} and {other} ({pair.about}, {pages}) have a contrast of {_shown(ratio)}; "
                f"{pair.kind} {'needs' if pair.kind == 'text' else 'need'} {NEEDED[pair.kind]}"
            )
            better = scheme.nearest(colour, lightness_of(colour))
            hint = f'the nearest tone of the same hue that passes is "{better}"'
            yield error("brand-contrast", message, place, hint)


def _explain(problem: Problem, document: YamlDocument) -> Problem:
    """Return the problem of a colour without quotes, which YAML takes for a comment, in an author's words."""
    is_colour = problem.message in ('"accent" is empty', '"accent_dark" is empty')
    hint = 'put the colour in quotes, as in "#7a1f5c": without them, # begins a comment'
    return replace(problem, hint=hint) if is_colour else problem


def _shown(ratio: float) -> str:
    """Return a ratio cut, not rounded, so that one that is too low never reads as enough."""
    return f"{int(ratio * 100) / 100:.2f}"


def parse_brand(document: YamlDocument) -> Brand:
    """Return the accent of a checked site.yml on light and dark pages; one that is not given is a tone of the other.

    The lightness of that tone is the one nearest to the theme's own accent that passes; hue and chroma are the same,
    as far as a screen can show them.
    """
    value: Mapping[str, str] = document.value.get("brand", {})
    light, dark = (parse_colour(value.get(key, "")) for key in ("accent", "accent_dark"))
    on_light, on_dark = load_schemes() if light or dark else (None, None)
    if on_light is None or on_dark is None:
        return Brand()
    light, dark = (
        light or (on_light.tone_of(dark) if dark else None),
        dark or (on_dark.tone_of(light) if light else None),
    )
    return Brand(str(light), str(dark))


def check_discreet(document: YamlDocument) -> Iterable[Problem]:
    """Yield a warning where a discreet site has a brand, which it does not show."""
    if "brand" in document.value:
        message = "a discreet site shows no logo and no colour of its own"
        yield warning("brand-discreet", message, document.key_location("brand"), "remove `brand`, or `discreet`")


def logo_address(name: str) -> str:
    """Return where the logo that site.yml names stands below content/: `assets/logo.png` for `logo.png`."""
    return f"assets/{name.removeprefix('assets/')}"


def is_logo(document: YamlDocument, address: str) -> bool:
    """Tell whether site.yml names the asset at this address below content/ as a logo."""
    brand = document.value.get("brand", {})
    return any(logo_address(brand[key]) == address for key in ("logo", "logo_dark") if key in brand)


def load_logos(
    brand: Brand, document: YamlDocument, folder: Path, root: Path, assets: Iterable[str]
) -> tuple[Brand, tuple[Problem, ...]]:
    """Return the brand with its logos, read from the assets below `folder`, and what is wrong with them."""
    problems: list[Problem] = []
    for key in ("logo", "logo_dark"):
        name = document.value.get("brand", {}).get(key)
        if name is not None:
            found = _load_logo(name, folder, root, assets)
            if isinstance(found, Logo):
                brand = replace(brand, logo=found) if key == "logo" else replace(brand, logo_dark=found)
            else:
                problems.append(error("brand-logo", found[0], document.location("brand", key), found[1]))
    if brand.logo_dark and "logo" not in document.value["brand"]:
        place = document.key_location("brand", "logo_dark")
        problems.append(error("brand-logo", "there is a logo for dark pages alone", place, "add `logo`"))
    return brand, tuple(problems)


def _load_logo(name: str, folder: Path, root: Path, assets: Iterable[str]) -> Logo | tuple[str, str]:
    """Return a logo, or what is wrong with it and what to do."""
    if not name.lower().endswith(PICTURES):
        return f'logo "{name}" is no PNG, JPEG, WebP or AVIF', "export it as PNG or WebP"
    address = logo_address(name)
    if address not in assets:
        known = [asset.removeprefix("assets/") for asset in assets if asset.endswith(PICTURES)]
        return f'logo "{name}" does not exist', did_you_mean(name, known, f"put it into {folder.name}/assets/")
    try:
        content = read_bytes(folder / address, root, MAX_LOGO_BYTES)
    except SourceProblem as refused:
        hint = "make it smaller: 120 pixels of height are enough" if refused.problem.rule == "too-large" else ""
        return f'logo "{name}" {refused.problem.message}', hint or refused.problem.hint
    size = picture_size(content)
    if size is None:
        return f'logo "{name}" does not hold a picture as its name says', "export it as PNG or WebP again"
    return Logo(address, *size)


def brand_style(brand: Brand, theme_dir: Path = THEME) -> str:
    """Return the rules that put a brand's accent in the place of the theme's; nothing without one.

    They stand in the theme's own layer, so that paper stays black and a site's own style sheet wins.
    """
    if not brand.accent:
        return ""
    light, dark = load_schemes(theme_dir)
    return (
        f"@layer base{{:root{{{_tokens(light, brand.accent)}}}"
        f"@media (prefers-color-scheme:dark){{:root{{{_tokens(dark, brand.accent_dark)}}}}}}}\n"
    )


def _tokens(scheme: Scheme, accent: str) -> str:
    colour = parse_colour(accent)
    if colour is None:
        raise ValueError(f"{accent!r} is no colour")
    colours = scheme.with_accent(colour)
    return f"--accent:{colours['accent']};--wash:{colours['wash']}"
