"""What the gate says of a whole site: of each page, of the data's texts, of everything together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from balise.lint.gate import Excused, Gate, Verdict, settings_problems
from balise.lint.settings import Excuse, unused
from balise.lint.sheets import data_sheet
from balise.lint.surroundings import Surroundings
from balise.problems import Problem, sorted_problems

if TYPE_CHECKING:
    from balise.catalogues import Phrases
    from balise.lint.whole import PageNotes, Whole


@dataclass(frozen=True)
class Judgement:
    """What the rules found, by place, and what exceptions cover; `excuses` are all exceptions there are."""

    problems: tuple[Problem, ...] = ()
    excused: tuple[Excused, ...] = ()
    excuses: tuple[Excuse, ...] = ()


def judge_data(gate: Gate, today: str, phrases: Mapping[str, Phrases]) -> tuple[Verdict, ...]:
    """Return what the gate says of the texts outside pages, in each language of the site."""
    project = gate.project
    tags = project.site.languages
    return tuple(gate.check(data_sheet(Surroundings(project, tag, phrases[tag], today))) for tag in tags)


def sum_up(gate: Gate, whole: Whole, data: Iterable[Verdict]) -> Judgement:
    """Return everything the gate says, its own settings and needless exceptions included."""
    found: list[Problem] = [*settings_problems(gate.project, gate.known)]
    excused: list[Excused] = []
    excuses: dict[Excuse, None] = dict.fromkeys(gate.site_excuses)
    verdicts: list[Verdict | PageNotes] = [*whole.notes.values(), *data]
    for verdict in verdicts:
        excuses |= dict.fromkeys(verdict.excuses)
    for verdict in (*verdicts, gate.check_whole(whole, excuses)):
        found += verdict.problems
        excused += verdict.excused
    if gate.wanted.is_everything:
        ran = {one for one in excuses if one.rule in gate.running}
        found += unused(tuple(ran), [one.excuse for one in excused])
    return Judgement(sorted_problems(found), tuple(excused), tuple(excuses))
