"""`make bench`: one table of Balise beside other builders, printed and kept in RESULTS.md.

make bench
make bench BENCH="--sizes 30,100,300,1000,3000 --repeats 3"
make bench BENCH="--sizes 300 --peers hugo"
"""

from __future__ import annotations

import argparse
import contextlib
import datetime
import os
import platform
import shutil
import statistics
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.corpus import Corpus
from bench.measure import Sample, measure_build, measure_saving, median_sample, wipe
from bench.peers import PEERS, install_peer, peer_subject
from bench.report import COLD, EDIT, GATE_AT, OURS, SAME, Figures, render_table, untried_bars, weigh
from bench.subject import BenchError, Subject, balise_subject

HERE = Path(__file__).parent
SLOW = ("material", "zensical")
"""Peers measured fewer times, and not at the largest sizes."""
SAVINGS_AT = 300
"""Pages in each language at which saved to served is measured, or the nearest size of the run."""
_READING = """\
## How to read it

- Each figure is the median of the repeats; builders take turns, in an order that changes from one repeat to the next.
  CPU is user and system time of the build and all its children, start of the program included. Each build is a fresh
  process.
- **Three Hugos, one theme.** Each marks the current page in its navigation; the navigation is what differs.
  *Hugo* lists every section with all its pages on each page, as Material and Zensical do: the ordinary way to write a
  theme. **The bars are against it**, and *ours / Hugo* is the ratio to it. Its pages grow with the site.
  *Hugo, section navigation* lists every section and the pages of the current one: **the same navigation as Balise's**,
  so *ours / Hugo, section* compares like with like; no bar is against it, and it is the harder of the two.
  *Hugo, cached navigation* writes the very bytes of *Hugo* for less: the list is rendered once a language
  (`partialCached`) and the mark put in by replacing text, which a theme has to be written for.
- Every ratio is to a *cold* build by Hugo of the same size, also for an edit and for no change, because a build by Hugo
  is always a whole one and so measured once; that of *saved to served* is to Hugo's server. Hugo and Balise are warmed
  up by one build that does not count.
- *One page edited*: one sentence of one article, in all three languages. After each such build the page is opened in
  each language to see that the sentence is there. *Saved to served*: the English file alone is saved, and the page is
  asked for every 5 ms.
- Peak memory of Balise and Hugo is that of the whole group of processes, shared pages counted once; of the others,
  that of the largest process.
- **Not the same work.** Balise's pages have the same words and links as the others', and five or six calls into the
  registries besides; it checks every translation against its source, and has components. Hugo has a plain theme of
  ours without style sheet and without search, and its pages are written in three languages to begin with.
- Material and Zensical keep their theme and their search. `mkdocs build` is always a whole build. Zensical builds
  three languages one after the other.
"""


@dataclass(frozen=True)
class Wishes:
    """What to measure: sizes in pages a language, repeats, peers, and where the corpora stand meanwhile."""

    sizes: tuple[int, ...]
    repeats: int
    slow_repeats: int
    slow_limit: int
    saves: int
    peers: tuple[str, ...]
    scratch: Path
    out: Path
    keep: bool


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure, print the table and write it down."""
    wishes = parse_wishes(arguments)
    figures = Figures(wishes.sizes)
    load = os.getloadavg()[0]
    peers = list(_installed(wishes.peers, figures))
    versions: dict[str, str] = {}
    for size in wishes.sizes:
        here = [name for name in peers if name not in SLOW or size <= wishes.slow_limit]
        left_out = [name for name in peers if name not in here]
        if left_out:
            figures.notes.append(f"{' and '.join(left_out)} at 3 × {size} pages: they take too long")
        _measure_size(size, here, wishes, figures, versions)
    table = render_table(figures)
    print(table)
    notes = [*figures.notes, *untried_bars(figures)]
    print("\nNot measured:\n" + "\n".join(f"- {note}" for note in notes or ["nothing was left out"]))
    wishes.out.write_text(render_results(table, notes, versions, wishes, load), "utf-8")
    print(f"\nWritten to {wishes.out.name}.", file=sys.stderr)


def parse_wishes(arguments: Sequence[str] | None) -> Wishes:
    """Return the options of the command line."""
    parser = argparse.ArgumentParser(prog="make bench", description="Measure Balise beside other builders.")
    parser.add_argument("--sizes", default="30,100,300", help="pages in each of three languages, with commas")
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--slow-repeats", type=int, default=1, help=f"repeats of {' and '.join(SLOW)}")
    parser.add_argument("--slow-limit", type=int, default=1000, help=f"largest size for {' and '.join(SLOW)}")
    parser.add_argument("--saves", type=int, default=7, help="edits while a development server runs; 0 for none")
    parser.add_argument("--peers", default=",".join(PEERS), help=f"some of {','.join(PEERS)}, or nothing")
    parser.add_argument("--scratch", type=Path, default=HERE / ".scratch", help="a folder for the corpora")
    parser.add_argument("--out", type=Path, default=HERE / "RESULTS.md")
    parser.add_argument("--keep", action="store_true", help="leave the corpora and what was built of them")
    given = parser.parse_args(arguments)
    peers = tuple(name for name in given.peers.split(",") if name)
    unknown = [name for name in peers if name not in PEERS]
    if unknown:
        parser.error(f"no peer is called {unknown[0]}; there are {', '.join(PEERS)}")
    values = vars(given) | {"sizes": tuple(sorted(map(int, given.sizes.split(",")))), "peers": peers}
    return Wishes(**values)


def _installed(names: Iterable[str], figures: Figures) -> Iterable[str]:
    """Yield the peers that can be installed, and note the others."""
    for name in names:
        try:
            install_peer(name)
        except BenchError as failure:
            figures.notes.append(f"{name}: {failure}")
        else:
            yield name


def _measure_size(size: int, peers: Sequence[str], wishes: Wishes, figures: Figures, versions: dict[str, str]) -> None:
    """Measure every builder at one size, and remove what that left on disk."""
    top = wishes.scratch.absolute() / str(size)
    shutil.rmtree(top, ignore_errors=True)
    corpus = Corpus(size)
    subjects = [balise_subject(corpus, top / OURS), *(peer_subject(name, corpus, top / name) for name in peers)]
    for subject in subjects:
        _say(f"3 × {size}: writing the corpus for {subject.title}")
        subject.folder.mkdir(parents=True)
        subject.write()
        figures.titles[subject.name] = subject.title
        versions[subject.title] = subject.version
    peaks = _warm_up(subjects, figures)
    samples = _take_samples(subjects, wishes, figures)
    subjects = [subject for subject in subjects if (subject.name, COLD) in samples]
    for (name, kind), taken in samples.items():
        middle = median_sample(taken)
        peak = max(peaks.get(name, 0), middle.peak) if kind == COLD else middle.peak
        figures.builds[size, name, kind] = Sample(middle.cpu, middle.wall, peak)
    for subject in subjects:
        figures.weights[size, subject.name] = weigh(subject)
    if size == min(wishes.sizes, key=lambda other: abs(other - GATE_AT)):
        for subject in subjects:
            if subject.name == OURS:
                _measure_gate(size, subject, wishes.repeats, figures)
    if wishes.saves and size == min(wishes.sizes, key=lambda other: abs(other - SAVINGS_AT)):
        _measure_savings(size, subjects, wishes.saves, figures)
    if not wishes.keep:
        shutil.rmtree(top)
        with contextlib.suppress(OSError):  # something else stands in it
            wishes.scratch.rmdir()


def _warm_up(subjects: list[Subject], figures: Figures) -> dict[str, float]:
    """Build once with everyone but the slow, looking at memory; return each one's peak in MiB."""
    peaks = {}
    for subject in list(subjects):
        if subject.name not in SLOW:
            with _dropping(subject, subjects, figures):
                wipe(subject)
                peaks[subject.name] = measure_build(subject, look=True).peak
                subject.check(0)
    return peaks


def _take_samples(subjects: list[Subject], wishes: Wishes, figures: Figures) -> dict[tuple[str, str], list[Sample]]:
    """Return every build measured, by builder and kind; a builder that fails is dropped from `subjects`."""
    samples: dict[tuple[str, str], list[Sample]] = {}
    for repeat in range(wishes.repeats):
        _say(f"repeat {repeat + 1} of {wishes.repeats}")
        turn = repeat % len(subjects)
        order = [s for s in (*subjects[turn:], *subjects[:turn]) if s.name not in SLOW or repeat < wishes.slow_repeats]
        for kind in (COLD, SAME, EDIT):
            for subject in order:
                if subject in subjects and (kind == COLD or not subject.always_full):
                    with _dropping(subject, subjects, figures):
                        samples.setdefault((subject.name, kind), []).append(_build(subject, kind, repeat + 1))
    names = [subject.name for subject in subjects]
    return {key: taken for key, taken in samples.items() if key[0] in names}


@contextlib.contextmanager
def _dropping(subject: Subject, subjects: list[Subject], figures: Figures) -> Iterator[None]:
    """Drop a peer that fails from the builders of this size, and note it; without Balise there is nothing to tell."""
    try:
        yield
    except BenchError as failure:
        if subject.name == OURS:
            raise
        subjects.remove(subject)
        figures.notes.append(str(failure))


def _build(subject: Subject, kind: str, revision: int) -> Sample:
    """Return one build of a kind, checked for what it should have made."""
    if kind == COLD:
        wipe(subject)
    elif kind == EDIT:
        subject.edit(revision)
    sample = measure_build(subject)
    subject.check(revision if kind == EDIT else 0)
    return sample


def _measure_gate(size: int, subject: Subject, repeats: int, figures: Figures) -> None:
    """Measure `balise check` without a memory, after an edit of one page, and with nothing changed."""
    _say(f"3 × {size}: the gate reads the corpus")
    words = tuple("check" if word == "build" else word for word in subject.words)
    taken: dict[str, list[Sample]] = {COLD: [], EDIT: [], SAME: []}
    peak = 0.0
    for repeat in range(repeats + 1):
        shutil.rmtree(subject.folder / ".balise", ignore_errors=True)
        for kind in taken:
            if kind == EDIT:
                subject.edit(1000 + repeat)
            sample = measure_build(subject, words=words, codes=(0, 1), look=repeat == 0)
            if repeat == 0:
                peak = max(peak, sample.peak)
            else:
                taken[kind].append(sample)
    for kind, samples in taken.items():
        middle = median_sample(samples)
        figures.gates[size, kind] = Sample(
            middle.cpu, middle.wall, max(peak, middle.peak) if kind == COLD else middle.peak
        )


def _measure_savings(size: int, subjects: Iterable[Subject], saves: int, figures: Figures) -> None:
    """Measure saved to served with each development server there is; one that does not work is noted."""
    for subject in subjects:
        if subject.serve:
            _say(f"3 × {size}: saving pages while {subject.title} serves them")
            try:
                figures.savings[size, subject.name] = statistics.median(measure_saving(subject, saves))
            except BenchError as failure:
                figures.notes.append(f"saved to served: {failure}")


def render_results(table: str, notes: Sequence[str], versions: dict[str, str], wishes: Wishes, load: float) -> str:
    """Return what is kept of a run."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    today = datetime.datetime.now(datetime.UTC).date().isoformat()
    counts = f"{wishes.repeats} repeats; {' and '.join(SLOW)} {wishes.slow_repeats}"
    built_with = "; ".join(f"{title} {version}" for title, version in versions.items())
    lines = [
        "# Balise beside other builders",
        "",
        f"Written by `make bench` on {today}. {len(os.sched_getaffinity(0))} cores, {memory:.0f} GiB of memory,",
        f"{platform.system()}, Python {platform.python_version()}; {counts}.",
        f"Load of the machine before the run: {load:.1f}. Above 0.3 other work ran beside it, and times are too long.",
        "",
        f"{built_with}.",
        "",
        table,
        "",
        "## Not measured in this run",
        "",
        *(f"- {note}" for note in notes or ["Nothing was left out."]),
        "",
        _READING,
    ]
    return "\n".join(lines)


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    try:
        main()
    except BenchError as problem:
        sys.exit(str(problem))
