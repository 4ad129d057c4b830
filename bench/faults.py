"""`make faults`: whether builds keep their promises when they are killed, refused a disk, or not alone.

make faults
make faults BENCH="--share 0.1"
make faults BENCH="--parts kills,disks --builders page"

Each part works on copies of the reference site in two versions, and compares what is published with clean builds, byte
for byte. One table is printed; the exit code is 1 where a promise was not kept.
"""

from __future__ import annotations

import argparse
import random
import shutil
import signal
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench import fault_disks, fault_kills, fault_races
from bench.fault_site import BUILDERS, Row, Site
from bench.subject import BenchError


@dataclass(frozen=True)
class Wishes:
    """What to do: parts and builders by name, the share of the full rounds, and where the copies stand meanwhile."""

    parts: tuple[str, ...]
    builders: tuple[str, ...]
    share: float
    seed: int
    scratch: Path

    def rounds(self, full: int) -> int:
        """Return so many rounds as are wished of a full number, at least one."""
        return max(1, round(full * self.share))


Part = Callable[[Wishes, str, random.Random], Iterator[Row]]
"""What yields the rows of a part for a builder."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what is wished, print the table as it grows, and return 1 where a promise was not kept."""
    wishes, rows = parse_wishes(arguments), []
    signal.signal(
        signal.SIGINT, signal.default_int_handler
    )  # a shell's background job has it ignored, and so its builds
    print(f"{'what':<58}{'rounds':>6}   result", flush=True)
    for part in wishes.parts:
        for name in wishes.builders:
            try:
                for row in PARTS[part](wishes, name, random.Random(wishes.seed)):
                    rows.append(row)
                    print("\n".join((str(row), *(f"    {fault}" for fault in row.faults[:12]))), flush=True)
            finally:
                shutil.rmtree(wishes.scratch, ignore_errors=True)
    return 1 if any(row.faults for row in rows) else 0


def _site(wishes: Wishes, builder: str, name: str = "project") -> Site:
    folder = wishes.scratch / name
    folder.mkdir(parents=True)
    return Site(folder, BUILDERS[builder]).learn()


def _kills(wishes: Wishes, builder: str, draw: random.Random) -> Iterator[Row]:
    site = _site(wishes, builder)
    for victim, full in (("group", 200), ("leader", 50), ("child", 50)):
        if victim != "child" or builder == "everything":
            yield fault_kills.kill_at_random(site, victim, wishes.rounds(full), draw)


def _calls(wishes: Wishes, builder: str, draw: random.Random) -> Iterator[Row]:
    if not shutil.which("strace"):
        yield Row("killed at changes of a folder", notes=["strace not found"])
        return
    yield fault_kills.kill_at_changes(_site(wishes, builder), wishes.rounds(500), draw)


def _signals(wishes: Wishes, builder: str, draw: random.Random) -> Iterator[Row]:
    site = _site(wishes, builder)
    for number in (signal.SIGTERM, signal.SIGINT):
        yield fault_kills.ask_to_end(site, number, wishes.rounds(20), draw)


def _disks(wishes: Wishes, builder: str, draw: random.Random) -> Iterator[Row]:
    if fault_disks.missing_means():
        yield Row("full and read-only disks, failing calls", notes=[fault_disks.missing_means()])
        return
    site = _site(wishes, builder)
    yield fault_disks.look_at_order(site, draw)
    yield fault_disks.refuse_writing(site, draw)
    yield fault_disks.allow_few_files(site, draw)
    yield fault_disks.fill_disk(site, wishes.rounds(20), inside=False)
    yield fault_disks.fill_disk(site, wishes.rounds(20), inside=True)
    yield fault_disks.fill_empty_disk(site, wishes.rounds(20))
    yield fault_disks.fail_calls(site, wishes.share, draw)


def _pairs(wishes: Wishes, builder: str, draw: random.Random) -> Iterator[Row]:
    site, rounds = _site(wishes, builder), wishes.rounds(50)
    yield fault_races.build_the_same_twice(site, rounds, draw)
    yield fault_races.build_and_step_back(site, rounds, draw)
    if builder != "page":
        yield fault_races.build_two(site, _site(wishes, "everything", "other"), rounds, draw)


def _edits(wishes: Wishes, builder: str, draw: random.Random) -> Iterator[Row]:
    yield fault_races.change_sources(_site(wishes, builder), wishes.rounds(50), draw)


def _previous(wishes: Wishes, builder: str, draw: random.Random) -> Iterator[Row]:
    yield fault_races.step_back(_site(wishes, builder), wishes.rounds(20), draw)


PARTS: Mapping[str, Part] = {
    "kills": _kills,
    "calls": _calls,
    "signals": _signals,
    "disks": _disks,
    "pairs": _pairs,
    "edits": _edits,
    "previous": _previous,
}


def parse_wishes(arguments: Sequence[str] | None) -> Wishes:
    """Return the options of the command line."""
    parser = argparse.ArgumentParser(prog="make faults", description="Break builds and look what is published.")
    parser.add_argument("--parts", default=",".join(PARTS), help="which, with commas (default: %(default)s)")
    parser.add_argument("--builders", default=",".join(BUILDERS), help="which, with commas (default: %(default)s)")
    parser.add_argument("--share", type=float, default=1.0, help="of the full number of rounds")
    parser.add_argument("--seed", type=int, default=1, help="of the random moments")
    parser.add_argument("--scratch", type=Path, default=Path(__file__).parent / ".scratch" / "faults")
    given = parser.parse_args(arguments)
    parts, builders = tuple(given.parts.split(",")), tuple(given.builders.split(","))
    for names, known in ((parts, PARTS), (builders, BUILDERS)):
        unknown = [name for name in names if name not in known]
        if unknown:
            parser.error(f"{unknown[0]} is none of {', '.join(known)}")
    return Wishes(parts, builders, given.share, given.seed, given.scratch.absolute())


if __name__ == "__main__":
    try:
        raise SystemExit(main())
    except BenchError as problem:
        sys.exit(str(problem))
