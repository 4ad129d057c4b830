"""A list nested so deeply that its points cannot be followed.

What it finds: a list in a list in a list (on request).

Why it matters: on a small screen the third level has no room, read aloud nobody knows which point it belongs to, and a
reader in distress follows one list at a time.

Bad: a list of services, under each its hours, under these the exceptions

Better: a heading for each service, and one list below it
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from balise.lint.rule import Finding, Options, Rule
from balise.lint.sheet import Sheet
from balise.markdown import line_and_column, parse_events
from balise.problems import Location, Severity

RULE = Rule(group="structure", severity=Severity.ADVICE, options={"levels": 2})

_INDENTED = re.compile(rb"^ {2,}(?:[-*+]|\d{1,9}[.)])[ \t]", re.MULTILINE)


def check(sheet: Sheet, options: Options) -> Iterator[Finding]:
    """Yield a finding for each list that stands too deep; lists are looked at where they are typed."""
    page = sheet.page
    if page is None or sheet.is_translated or not _INDENTED.search(page.cutting.source):
        return
    levels, depth = int(str(options["levels"])), 0
    for event in parse_events(page.cutting.source):
        if event.name != "List":
            continue
        depth += 1 if event.phase == "start" else -1
        if event.phase == "start" and depth == levels + 1:
            line, column = line_and_column(page.cutting.source, event.start)
            hint = f"keep to {levels} levels: make headings or sentences of the upper ones"
            yield Finding(f"a list on level {depth}", hint, place=Location(page.path, page.line(line), column))
