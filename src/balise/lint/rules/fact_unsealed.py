"""A fact is not as it was when somebody last confirmed it.

What it finds: fields of channels, figures, dates, claims and series, and the emergency and help numbers of `site.yml`,
that differ from their seals in `content/data/sealed.yml`; facts without a seal; seals whose fact is gone.

Why it matters: a slip of the finger in a data file changes a telephone number on every page in every language, and a
comparison of two long files hides it. A seal is a second copy that only `balise facts review` writes, so that each
change is seen and confirmed by somebody.

Bad: `phone: "116001"` in the record, `phone: "116000"` in its seal.

Better: the number put right; or the change confirmed with `balise facts review`.
"""

from __future__ import annotations

from collections.abc import Iterator

from balise.lint.records import field_place
from balise.lint.rule import Finding, Options, Rule
from balise.lint.seals import Difference, are_sealed, differences, load_seals, project_facts
from balise.lint.whole import Whole
from balise.problems import Location, Severity
from balise.source import SourceProblem, YamlDocument

RULE = Rule(group="facts", severity=Severity.ERROR)

_HINT = "put it back, or confirm the change with `balise facts review`"


def check_whole(whole: Whole, options: Options) -> Iterator[Finding]:
    """Yield a finding for each difference between a project's facts and their seals."""
    project = whole.project
    facts = project_facts(project)
    try:
        if are_sealed(project, facts):
            return
        loaded = load_seals(project)
    except SourceProblem as refused:
        problem = refused.problem
        yield Finding(f"the seals cannot be read: {problem.message}", problem.hint, place=problem.location)
        return
    if loaded is None:
        if any(section != "site" for section, _ in facts):
            place = Location(f"{project.content}/data/channels.yml")
            hint = "look through the facts with `balise facts sheet`, then run `balise facts review --seal`"
            yield Finding("no seals yet: facts can change unseen", hint, place=place, severity=Severity.ADVICE)
        return
    sealed, document = loaded
    for found in differences(sealed, facts, known=project.registries.places):
        yield Finding(found.message, _HINT, place=_place(whole, found, document))


def _place(whole: Whole, found: Difference, seals: YamlDocument) -> Location:
    """Return where a difference stands: in the record, or in the seals for a fact that is gone."""
    if found.section == "site":
        return whole.project.site.document.location(found.id, found.field)
    if not found.field and found.was:
        return seals.key_location(found.section, found.id)
    return field_place(whole.project, found.section, found.id, found.field)
