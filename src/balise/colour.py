"""Colours: reading `#rrggbb`, the contrast of two (WCAG 2.2), and tones of one hue (OKLCH)."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from dataclasses import dataclass

_HEX = re.compile(r"#(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6})\Z")
_STEPS = 500
"""How many lightnesses are tried between black and white."""


@dataclass(frozen=True)
class Colour:
    """An opaque sRGB colour: red, green and blue from 0 to 255."""

    red: int
    green: int
    blue: int

    def __str__(self) -> str:
        return f"#{self.red:02x}{self.green:02x}{self.blue:02x}"


def parse_colour(text: str) -> Colour | None:
    """Return the colour that `#rgb` or `#rrggbb` names, and nothing for any other spelling."""
    if not _HEX.match(text):
        return None
    digits = text[1:] if len(text) == 7 else "".join(sign * 2 for sign in text[1:])
    return Colour(*(int(digits[at : at + 2], 16) for at in (0, 2, 4)))


def contrast(one: Colour, other: Colour) -> float:
    """Return the contrast ratio of two colours, from 1 to 21 (WCAG 2.2, definition of contrast ratio)."""
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: Colour) -> float:
    """Return the relative luminance as WCAG 2.2 defines it, from 0 to 1."""
    red, green, blue = (_linear(value / 255) for value in (colour.red, colour.green, colour.blue))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def mix(colour: Colour, ground: Colour, share: float) -> Colour:
    """Return a colour thinned with another: `share` (0 to 1) of the first in OKLab."""
    both = zip(_oklab(colour), _oklab(ground), strict=True)
    lightness, green_red, blue_yellow = (one * share + other * (1 - share) for one, other in both)
    return _fitting(lightness, math.hypot(green_red, blue_yellow), math.atan2(blue_yellow, green_red))


def lightness_of(colour: Colour) -> float:
    """Return a colour's lightness in OKLCH, from 0 to 1."""
    return _oklab(colour)[0]


def tone(colour: Colour, lightness: float) -> Colour:
    """Return the colour of the same hue with this lightness; as much chroma as it has and a screen can show."""
    _, green_red, blue_yellow = _oklab(colour)
    return _fitting(lightness, math.hypot(green_red, blue_yellow), math.atan2(blue_yellow, green_red))


def nearest_tone(colour: Colour, lightness: float, passes: Callable[[Colour], bool]) -> Colour | None:
    """Return the tone of a colour's hue that passes and is nearest to a lightness; `None` where none does."""
    for step in range(_STEPS + 1):
        for at in (lightness - step / _STEPS, lightness + step / _STEPS):
            if 0 <= at <= 1 and passes(found := tone(colour, at)):
                return found
    return None


def _linear(value: float) -> float:
    return value / 12.92 if value <= 0.04045 else float(((value + 0.055) / 1.055) ** 2.4)


def _gamma(value: float) -> float:
    return value * 12.92 if value <= 0.0031308 else float(1.055 * value ** (1 / 2.4) - 0.055)


def _oklab(colour: Colour) -> tuple[float, float, float]:
    """Return lightness and the two opponent values (B. Ottosson, "A perceptual color space", 2020)."""
    red, green, blue = (_linear(value / 255) for value in (colour.red, colour.green, colour.blue))
    long = math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue)
    middle = math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue)
    short = math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue)
    return (
        0.2104542553 * long + 0.7936177850 * middle - 0.0040720468 * short,
        1.9779984951 * long - 2.4285922050 * middle + 0.4505937099 * short,
        0.0259040371 * long + 0.7827717662 * middle - 0.8086757660 * short,
    )


def _fitting(lightness: float, chroma: float, hue: float) -> Colour:
    """Return the colour with this lightness and hue (radians), with less chroma where a screen cannot show it."""
    low, high = 0.0, chroma
    if _is_shown(_srgb(lightness, chroma, hue)):
        low = chroma
    for _ in range(24 if low < high else 0):
        half = (low + high) / 2
        low, high = (half, high) if _is_shown(_srgb(lightness, half, hue)) else (low, half)
    red, green, blue = (round(min(1.0, max(0.0, value)) * 255) for value in _srgb(lightness, low, hue))
    return Colour(red, green, blue)


def _is_shown(values: tuple[float, float, float]) -> bool:
    return all(-0.0005 <= value <= 1.0005 for value in values)


def _srgb(lightness: float, chroma: float, hue: float) -> tuple[float, float, float]:
    """Return red, green and blue, beyond 0 to 1 where a screen cannot show the colour."""
    green_red, blue_yellow = chroma * math.cos(hue), chroma * math.sin(hue)
    long = (lightness + 0.3963377774 * green_red + 0.2158037573 * blue_yellow) ** 3
    middle = (lightness - 0.1055613458 * green_red - 0.0638541728 * blue_yellow) ** 3
    short = (lightness - 0.0894841775 * green_red - 1.2914855480 * blue_yellow) ** 3
    return (
        _gamma(4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short),
        _gamma(-1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short),
        _gamma(-0.0041960863 * long - 0.7034186147 * middle + 1.7076147010 * short),
    )
