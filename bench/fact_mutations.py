"""`python -m bench.fact_mutations`: single edits to facts, drawn by chance; each must be named by the check.

python -m bench.fact_mutations --rounds 300 --seed 1
python -m bench.fact_mutations --rounds 300 --seed 7 --root ../another-site

Each round changes one fact in a copy of the site, in its data, its pages or its catalogues, as a slip or a bad edit
would. Caught is what gives an error or a warning of the whole check that the untouched site does not have, or leaves a
translation behind its text, which `balise translate status` counts. The copy is read anew from disk each time; only
the page that changed is compiled again.
"""

from __future__ import annotations

import argparse
import random
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from balise.catalogues import State
from balise.lint.gate import Wanted, make_gate
from balise.lint.judgement import judge_data
from balise.lint.whole import Whole
from balise.pipeline import Compilation, Options, check_source, compile_project, site_phrases
from balise.problems import Problem, Severity
from balise.project import Project, load_project
from bench.fact_edits import Edit, Text, draw_edit, read_texts

TODAY = "2026-11-22"


class Outcome(NamedTuple):
    """What became of an edit: the first new problem that names it, "" where none does."""

    edit: Edit
    found: str


@dataclass(frozen=True)
class Site:
    """A copy of a site on disk, and everything the check says of it untouched."""

    root: Path
    compilation: Compilation
    known: Counter[str]
    texts: Mapping[str, Text]

    @property
    def project(self) -> Project:
        """Return the untouched project."""
        return self.compilation.site.project


def _name(problem: Problem) -> str:
    """Return a problem without its line, which an edit above it moves."""
    return f"{problem.location.path}: {problem.severity.value}: {problem.message} [{problem.rule}]"


def _weighty(problems: Iterable[Problem]) -> list[str]:
    return [_name(problem) for problem in problems if problem.severity is not Severity.ADVICE]


def open_site(root: Path, scratch: Path) -> Site:
    """Return a copy of a site in a folder, read and checked."""
    for name in ("content", "locales", "templates"):
        if (root / name).is_dir():
            shutil.copytree(root / name, scratch / name, symlinks=True)
    project = load_project(scratch)
    compilation = compile_project(project, Options(TODAY), make_gate(project, Wanted()))
    known = Counter(_weighty([*compilation.problems(), *compilation.judge().problems]))
    return Site(scratch, compilation, known, read_texts(scratch))


def try_edit(site: Site, edit: Edit) -> Outcome:
    """Make an edit, look for what is new, and take it back."""
    path = site.root / edit.path
    path.write_text(edit.text, "utf-8")
    try:
        found = next(_new_problems(site, edit), "")
    finally:
        path.write_text(site.texts[edit.path].text, "utf-8")
    return Outcome(edit, found)


def _new_problems(site: Site, edit: Edit) -> Iterator[str]:
    """Yield what the check says of an edited site and not of the untouched one, the quickest to find first."""
    try:
        project = load_project(site.root)
    except Exception as broken:  # noqa: BLE001 - a site that cannot be read is named, whatever the words
        yield f"cannot be read: {broken}"
        return
    yield from _beyond(site, _weighty(project.problems))
    changed = _changed_pages(site, edit, project)
    for language, compiler in site.compilation.editions.items():
        for page_id in changed:
            one = compiler.with_page(project, page_id)
            one.notes = {}
            one.page(page_id)
            notes = one.notes[page_id].problems if page_id in one.notes else ()
            yield from _beyond(site, _weighty([*one.problems[page_id], *notes]))
            before = compiler.translated[page_id]
            behind = (State.STALE, State.MISSING, State.REFUSED)
            if one.translated[page_id].count(*behind) > before.count(*behind):
                yield f"{language}: a translation of {page_id} is behind its text [translate status]"
    for page_id in changed:
        page = project.pages[page_id]
        yield from _beyond(site, _weighty(check_source(page, project, site.compilation.expanders[page.language])))
    yield from _beyond(site, _of_the_whole(site, project))


def _beyond(site: Site, names: Sequence[str]) -> Iterator[str]:
    """Yield the names that the untouched site does not have so often."""
    counted = Counter(names)
    return (name for name in counted if counted[name] > site.known[name])


def _of_the_whole(site: Site, project: Project) -> list[str]:
    """Return what the gate says of the data and of the site as a whole."""
    gate = make_gate(project, Wanted())
    notes = {(tag, name): one for tag, made in site.compilation.editions.items() for name, one in made.notes.items()}
    table = next(iter(site.compilation.editions.values())).table
    found = _weighty(gate.check_whole(Whole(project, table, notes, {}, TODAY)).problems)
    for verdict in judge_data(gate, TODAY, site_phrases(project)):
        found += _weighty(verdict.problems)
    return found


def _changed_pages(site: Site, edit: Edit, project: Project) -> list[str]:
    """Return the ids of the pages whose text or catalogue is other than before; none for data."""
    if "/data/" in edit.path or "LC_MESSAGES" in edit.path or edit.path.endswith("site.yml"):
        return []
    old = site.project

    def differs(page_id: str) -> bool:
        one, other = project.pages[page_id], old.pages[page_id]
        if one.cutting.source != other.cutting.source or one.meta != other.meta:
            return True
        return any(
            project.catalogues.get((tag, page_id)) != old.catalogues.get((tag, page_id)) for tag in old.site.languages
        )

    return [page_id for page_id in project.pages if page_id in old.pages and differs(page_id)]


def run_rounds(root: Path, rounds: int, seed: int, scratch: Path) -> Iterator[tuple[int, Outcome]]:
    """Yield what becomes of each edit, with the number that draws it again."""
    site = open_site(root, scratch)
    for number in range(seed * 1000, seed * 1000 + rounds):
        yield number, try_edit(site, draw_edit(site.texts, site.project, random.Random(number)))


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the rounds, print what was caught by kind, and each miss with its number."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--root", type=Path, default=Path(__file__).parents[1])
    parser.add_argument("--verbose", action="store_true", help="print every edit and what names it")
    options = parser.parse_args(arguments)
    caught: Counter[str] = Counter()
    missed: Counter[str] = Counter()
    by: Counter[str] = Counter()
    lost: list[tuple[int, Outcome]] = []
    with tempfile.TemporaryDirectory() as scratch:
        for number, outcome in run_rounds(options.root, options.rounds, options.seed, Path(scratch)):
            (caught if outcome.found else missed)[outcome.edit.kind] += 1
            by[outcome.found.rpartition("[")[2].rstrip("]")] += 1
            if not outcome.found:
                lost.append((number, outcome))
            if options.verbose:
                print(f"{number} {outcome.edit.kind}: {outcome.edit.what}\n    {outcome.found or 'MISSED'}")
    _report(options.rounds, caught, missed, by, lost)


def _report(
    rounds: int, caught: Counter[str], missed: Counter[str], by: Counter[str], lost: Sequence[tuple[int, Outcome]]
) -> None:
    print(f"{'edit':<40}{'caught':>8}{'missed':>8}")
    for kind in sorted({*caught, *missed}):
        print(f"{kind:<40}{caught[kind]:>8}{missed[kind]:>8}")
    print("\nnamed by: " + ", ".join(f"{name or 'nothing'} {count}" for name, count in by.most_common()))
    for number, outcome in lost:
        urgent = "EMERGENCY NUMBER " if outcome.edit.is_emergency else ""
        print(f"missed {number}: {urgent}{outcome.edit.kind}: {outcome.edit.path}: {outcome.edit.what}")
    urgent_ones = sum(outcome.edit.is_emergency for _, outcome in lost)
    print(f"{rounds - len(lost)} of {rounds} caught; {urgent_ones} misses in an emergency number")
    sys.exit(1 if urgent_ones or len(lost) * 60 > rounds else 0)


if __name__ == "__main__":
    main()
