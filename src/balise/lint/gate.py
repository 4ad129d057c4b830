"""The gate: every wanted rule on every sheet, minus what authors except with a reason."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from balise.lint.placing import Places
from balise.lint.rule import Finding, Rule, load_rules
from balise.lint.settings import Excuse, Setting, options_of, read_excuses, read_settings
from balise.lint.wording import REPLACED, Wording
from balise.problems import Location, Problem, Severity

if TYPE_CHECKING:
    from balise.lint.sheet import Sheet
    from balise.lint.whole import Whole
    from balise.project import Project


@dataclass(frozen=True)
class Wanted:
    """Which rules a run asks for: by id or group (all when empty), which not, and whether advice is wanted too.

    `scores` asks for the reading scores of each page, for a report.
    """

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    advice: bool = False
    scores: bool = False

    @property
    def is_everything(self) -> bool:
        """Tell whether no rule that can find an error or a warning is left out."""
        return not self.select and not self.ignore

    def takes(self, rule: str, group: str) -> bool:
        """Tell whether a rule of a group is asked for."""
        names = {rule, group}
        return (not self.select or bool(names & set(self.select))) and not names & set(self.ignore)

    def shows(self, severity: Severity) -> bool:
        """Tell whether findings of a severity are asked for."""
        return severity is not Severity.ADVICE or self.advice


class Excused(NamedTuple):
    """A finding that an exception covers."""

    excuse: Excuse
    problem: Problem
    language: str


class Verdict(NamedTuple):
    """What the gate says of a sheet; `excuses` are the exceptions its own file makes."""

    problems: tuple[Problem, ...] = ()
    excused: tuple[Excused, ...] = ()
    excuses: tuple[Excuse, ...] = ()


@dataclass(frozen=True)
class Gate:
    """The rules of a project as one run wants them."""

    project: Project = field(repr=False)
    wanted: Wanted
    settings: Mapping[str, Setting] = field(default_factory=dict)
    _wordings: dict[str, Wording] = field(default_factory=dict, repr=False)

    @cached_property
    def rules(self) -> tuple[Rule, ...]:
        """Return the rules that are wanted and not off."""
        running = (rule for rule in load_rules().values() if self._runs(rule.id, rule.group, rule.severity))
        asked = {*self.wanted.select, *self.settings}
        return tuple(rule for rule in running if not rule.by_request or rule.id in asked)

    @cached_property
    def terms(self) -> frozenset[str]:
        """Return the ids of the rules on words that are wanted and not off."""
        terms = self.project.registries.terms.values()
        wanted = (term.id for term in terms if self._runs(term.id, "wording", term.weight))
        return frozenset(wanted) - REPLACED

    def _runs(self, name: str, group: str, severity: Severity) -> bool:
        setting = self.settings.get(name, Setting())
        wanted = self.wanted.takes(name, group) and not setting.is_off
        return wanted and (self.wanted.shows(setting.severity or severity) or name in self.wanted.select)

    @cached_property
    def running(self) -> frozenset[str]:
        """Return the ids of the rules that are wanted and not off."""
        return self.terms.union(rule.id for rule in self.rules)

    @cached_property
    def known(self) -> frozenset[str]:
        """Return the ids of all rules, whether they are wanted or not."""
        return frozenset((*load_rules(), *self.project.registries.terms))

    @cached_property
    def places(self) -> Places:
        """Return what finds places in the project's files."""
        return Places(self.project.root)

    def wording(self, language: str) -> Wording:
        """Return the rules on words of a language."""
        if language not in self._wordings:
            self._wordings[language] = Wording(self.project.registries.wording, language)
        return self._wordings[language]

    def check(self, sheet: Sheet) -> Verdict:
        """Return what the rules find on a sheet, and what its exceptions cover."""
        found = self._without_echoes([*self._wording_findings(sheet), *self._rule_findings(sheet)])
        own, faults = read_excuses(sheet.page.document, self.known) if sheet.page else ((), ())
        excuses = (*own, *self.site_excuses)
        problems = [*faults]
        excused: list[Excused] = []
        for name, finding, severity in found:
            weight = self._weight(name, finding, severity)
            is_shown = self.wanted.shows(weight) or name in self.wanted.select
            if not is_shown and not excuses:
                continue
            problem = self._problem(name, finding, weight, sheet)
            quoted = finding.passage.text[finding.start : finding.end] if finding.passage else ""
            where = problem.location.path
            cover = next(
                (one for one in excuses if one.covers(name, sheet.language, quoted) and one.file in ("", where)), None
            )
            if cover:
                excused.append(Excused(cover, problem, sheet.language))
            elif is_shown:
                problems.append(problem)
        return Verdict(tuple(problems), tuple(excused), own)

    def check_whole(self, whole: Whole, excuses: Iterable[Excuse] = ()) -> Verdict:
        """Return what the rules find that look at the whole site, and what exceptions of the files named cover."""
        problems: list[Problem] = []
        excused: list[Excused] = []
        every = tuple(excuses)
        for rule in self.rules:
            for finding in rule.check_whole(whole, options_of(rule, self.settings)) if rule.check_whole else ():
                weight = self._weight(rule.id, finding, finding.severity or rule.severity)
                if finding.place is None or not (self.wanted.shows(weight) or rule.id in self.wanted.select):
                    continue
                problem = Problem(weight, rule.id, finding.message, finding.place, finding.hint, fix=finding.fix)
                path = finding.place.path
                cover = next((one for one in every if one.rule == rule.id and path in (one.place.path, one.file)), None)
                if cover:
                    excused.append(Excused(cover, problem, ""))
                else:
                    problems.append(problem)
        return Verdict(tuple(problems), tuple(excused))

    def _wording_findings(self, sheet: Sheet) -> Iterator[tuple[str, Finding, Severity]]:
        terms = self.terms.difference(*[rule.replaces for rule in self.rules if rule.replaces and rule.concerns(sheet)])
        if terms:
            for name, finding in self.wording(sheet.language).findings(sheet, terms):
                yield name, finding, finding.severity or Severity.ERROR

    def _rule_findings(self, sheet: Sheet) -> Iterator[tuple[str, Finding, Severity]]:
        for rule in self.rules:
            if rule.check and rule.concerns(sheet):
                for finding in rule.check(sheet, options_of(rule, self.settings)):
                    yield rule.id, finding, finding.severity or rule.severity

    def _without_echoes(
        self, found: Sequence[tuple[str, Finding, Severity]]
    ) -> Iterator[tuple[str, Finding, Severity]]:
        """Yield the findings without those whose characters another one that says more stands on."""
        rules = load_rules()
        for name, finding, severity in found:
            heeded = rules[name].yields_to if name in rules else ()
            if not heeded or not any(other in heeded and _overlap(finding, one) for other, one, _ in found):
                yield name, finding, severity

    def _weight(self, name: str, finding: Finding, severity: Severity) -> Severity:
        """Return how much a finding weighs: as the site says, unless the rule itself lowered it to advice."""
        own = self.settings.get(name, Setting()).severity
        if own is None or finding.severity is Severity.ADVICE:
            return severity
        return own

    def _problem(self, name: str, finding: Finding, severity: Severity, sheet: Sheet) -> Problem:
        if not finding.passage:
            return Problem(severity, name, finding.message, finding.place or _of(sheet), finding.hint, fix=finding.fix)
        place = self.places.find(finding.passage, finding.start, finding.end)
        fix = finding.fix if place.is_whole or not place.length else None
        return Problem(severity, name, finding.message, place.location, finding.hint, place.length, fix)

    @cached_property
    def site_excuses(self) -> tuple[Excuse, ...]:
        """Return the exceptions that site.yml makes."""
        return read_excuses(self.project.site.document, self.known)[0]


def _overlap(one: Finding, other: Finding) -> bool:
    """Tell whether two findings stand on the same characters."""
    return one.passage is other.passage is not None and one.start < other.end and other.start < one.end


def _of(sheet: Sheet) -> Location:
    """Return the place of a sheet as a whole."""
    return Location(sheet.page.path, 1) if sheet.page else Location(f"{sheet.surroundings.project.content}/site.yml", 1)


def make_gate(project: Project, wanted: Wanted) -> Gate:
    """Return the gate of a project, its rules set as site.yml says."""
    return Gate(project, wanted, read_settings(project)[0])


def settings_problems(project: Project, known: frozenset[str]) -> Iterator[Problem]:
    """Yield what is wrong with what site.yml says of rules and of exceptions."""
    yield from read_settings(project)[1]
    yield from read_excuses(project.site.document, known)[1]
