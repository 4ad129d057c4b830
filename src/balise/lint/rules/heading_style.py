"""A title or a heading ends like a sentence, or is as long as one.

What it finds: a title or a heading that ends with a full stop (an abbreviation's and the last of several sentences'
are left alone), and one of more than 80 characters.

Why it matters: a heading is read at a glance, in lists of headings and in search results. A full stop there reads like
the end of the text, and a long heading is cut off or skipped.

Bad: "What you can do in the first hours after somebody has told you that a picture of them is being passed on."

Better: "A picture is being passed on: the first hours"
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from balise.lint.rule import Finding, Options, Rule
from balise.lint.sheet import Sheet
from balise.problems import Severity

RULE = Rule(group="structure", severity=Severity.WARNING, options={"longest": 80}, fixes=True)

_SHORTENED = re.compile(
    r"(?:\b(?:etc|enz|env|e\.a|al|vol|no|nr|cf|inc|ltd|bv|nv|sa|asbl|vzw|jr|sr)|\b\w(?:\.\w)*|\.)\.\Z", re.I
)


def check(sheet: Sheet, options: Options) -> Iterator[Finding]:
    """Yield a finding for each title and heading that ends with a full stop or is too long."""
    longest = int(str(options["longest"]))
    for passage in sheet.passages:
        if not passage.level and passage.kind not in ("title", "short"):
            continue
        text = passage.text.rstrip()
        name = "heading" if passage.level else "title"
        if text.endswith(".") and len(passage.sentences) == 1 and not _SHORTENED.search(text[-12:]):
            message = f'the {name} "{text[-40:].lstrip()}" ends with a full stop'
            yield Finding(message, "leave the full stop out", passage, len(text) - 1, len(text), fix="")
        if len(text) > longest:
            message = f"the {name} has {len(text)} characters"
            yield Finding(message, f"say it in {longest} at most, and the rest below it", passage, 0, len(text))
