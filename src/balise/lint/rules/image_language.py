"""A picture with words in it exists in some languages of the site only.

What it finds: a file of content/assets/ named for a language (`form.fr.png`) that another language of the site lacks.
`form.png` beside it counts as the one of the language the site is written in.

Why it matters: a picture with words in another language says nothing to its readers, and the words in it reach no
translation.

Bad: assets/form.png and assets/form.fr.png on a site in English, French and Dutch

Better: assets/form.nl.png too, or one drawing without words
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from balise.lint.rule import Finding, Options, Rule
from balise.lint.whole import Whole
from balise.problems import Location, Severity

RULE = Rule(group="structure", severity=Severity.WARNING)


def check_whole(whole: Whole, options: Options) -> Iterator[Finding]:
    """Yield a finding for each file in a language that others lack."""
    project = whole.project
    languages, files = project.site.languages, frozenset(project.assets)
    found: dict[tuple[str, str], set[str]] = {}
    for name in project.assets:
        stem, suffix = posixpath.splitext(name)
        base, _, tag = stem.rpartition(".")
        if base and tag in languages:
            found.setdefault((base, suffix), set()).add(tag)
    for (base, suffix), there in sorted(found.items()):
        if f"{base}{suffix}" in files:
            there.add(project.site.source_language)
        missing = [tag for tag in languages if tag not in there]
        if missing:
            first = next(f"{base}.{tag}{suffix}" for tag in languages if f"{base}.{tag}{suffix}" in files)
            lacking = " and ".join(f"{posixpath.basename(base)}.{tag}{suffix}" for tag in missing)
            yield Finding(f"there is no {lacking}", "add it", place=Location(f"{project.content}/{first}"))
