"""Letters of other scripts and digits that are not 0 to 9, as in words that mix Latin with Cyrillic."""

from __future__ import annotations

import re
import unicodedata

OTHER_SCRIPTS = re.compile(
    "[\u0370-\u03ff\u0400-\u052f\u0530-\u058f\u10a0-\u10ff\u13a0-\u13ff\u1c80-\u1c8f\uff21-\uff3a\uff41-\uff5a]"
)
"""Letters that look like Latin ones: Greek, Cyrillic, Armenian, Georgian, Cherokee, and Latin ones of full width."""
OTHER_DIGITS = re.compile(
    "[\u0660-\u0669\u06f0-\u06f9\u0966-\u096f\u09e6-\u09ef\u0e50-\u0e59\uff10-\uff19\U0001d7ce-\U0001d7ff]"
)
"""Digits of other scripts, of full width, and mathematical ones."""


def named(character: str) -> str:
    """Return a character as messages name it: U+0430 (cyrillic small letter a)."""
    return f"U+{ord(character):04X} ({unicodedata.name(character, 'without a name').lower()})"


def strange_letter(text: str) -> str:
    """Return the first letter of a text that is not ASCII, as messages name it; "" for none."""
    return next((named(sign) for sign in text if not sign.isascii() and not sign.isdecimal()), "")


def strange_digit(text: str) -> str:
    """Return the first digit of a text that is not 0 to 9, as messages name it; "" for none."""
    return next((named(sign) for sign in text if sign.isdecimal() and not sign.isascii()), "")
