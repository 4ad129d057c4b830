"""A character that nobody sees turns the direction of a text, or hides in a word.

What it finds: bidirectional controls and isolates (Unicode Standard Annex #9), zero-width and other format characters
(general category Cf), private-use and unassigned characters, and tag characters. Soft hyphens and the joiners that
scripts need are left alone.

Why it matters: a hidden character can make an address read otherwise than it leads, or keep a search and a screen
reader from a word. Nobody who proofreads sees it.

Bad: "bel 116<U+202E>000"

Better: "bel 116 000", typed again without what was pasted with it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from balise.lint.rule import Finding, Options, Rule
from balise.lint.sheet import Sheet
from balise.problems import Severity

RULE = Rule(group="bytes", severity=Severity.ERROR, on=("page", "data"), fixes=True)

_SUSPECT = re.compile(
    "[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\ue000-\uf8ff\ufff0-\ufffb"
    "\U000e0000-\U000e0fff\U000f0000-\U0010ffff]"
)
_JOINERS = frozenset("\u200c\u200d")
"""Needed in Persian, in Indic scripts and in emoji: between letters of these they are no fault."""


def check(sheet: Sheet, options: Options) -> Iterator[Finding]:
    """Yield a finding for each hidden character of a text."""
    for passage in sheet.passages:
        for match in _SUSPECT.finditer(passage.text) if not passage.text.isascii() else ():
            if match[0] in _JOINERS and _joins(passage.text, match.start()):
                continue
            name = unicodedata.name(match[0], "without a name")
            message = f"a hidden character: U+{ord(match[0]):04X} ({name.lower()})"
            yield Finding(message, "type the word again without it", passage, match.start(), match.end(), fix="")


def _joins(text: str, at: int) -> bool:
    """Tell whether a joiner stands between two characters that are not Latin letters, digits or marks."""
    around = text[max(at - 1, 0) : at] + text[at + 1 : at + 2]
    return len(around) == 2 and all(ord(letter) > 0x5FF for letter in around)
