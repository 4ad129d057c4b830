"""Words as people list them, `*` for any ending, made into patterns."""

from __future__ import annotations

import re
from typing import NamedTuple


class Forms(NamedTuple):
    """Some forms as a pattern, and of each a stretch that every text with it holds."""

    pattern: re.Pattern[str]
    stems: tuple[str, ...]

    def may_be_in(self, lowered: str) -> bool:
        """Tell whether a text in small letters may hold one of the forms."""
        return any(stem in lowered for stem in self.stems)


def compile_forms(forms: tuple[str, ...]) -> Forms:
    """Return the pattern of some forms, for text in small letters."""
    lowered = [form.lower().replace("\u2019", "'") for form in forms]
    sources = [r"\s+".join(re.escape(word).replace(r"\*", r"\w*") for word in form.split()) for form in lowered]
    stems = [max(re.split(r"[*\s]+", form), key=len) for form in lowered]
    return Forms(re.compile(rf"(?<!\w)(?:{'|'.join(sources)})(?!\w|\.\w)"), tuple(stems))
