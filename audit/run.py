"""`make audit`: the built reference site before independent judges, every page of it.

make audit
make audit AUDIT="--parts axe,html --pages 'fr/*'"

One table is printed and, when all parts and pages were judged, written to audit/RESULTS.md. The exit code is 1 where a
promise was not kept. A part whose judge is not on this machine says so, and counts as neither kept nor broken.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from audit import axe, lighthouse, looks, markup, noscript, traces, weight, xss
from audit.finding import AuditError, Row, finding_lines, table_lines
from audit.report import render_results
from audit.subject import Subject, build_subject

REPOSITORY = Path(__file__).parents[1]

Part = Callable[[Subject, Path, int], Iterator[Row]]
"""What yields the rows of a part for a site; it may leave files in a folder, and draws by a seed."""

PARTS: Mapping[str, Part] = {
    "axe": axe.judge,
    "html": markup.judge,
    "lighthouse": lighthouse.judge,
    "weight": weight.judge,
    "traces": traces.judge,
    "nojs": noscript.judge,
    "xss": xss.judge,
    "looks": looks.judge,
}


@dataclass(frozen=True)
class Wishes:
    """What to do: parts by name, which pages of which project, and where files stand meanwhile."""

    parts: tuple[str, ...]
    pages: str
    project: Path
    scratch: Path
    seed: int

    @property
    def is_whole(self) -> bool:
        """Tell whether everything is judged, so that the result is worth keeping."""
        return self.parts == tuple(PARTS) and self.pages == "*" and self.project == REPOSITORY


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what is wished, print the table, and return 1 where a promise was not kept."""
    wishes = parse_wishes(arguments)
    subject = build_subject(wishes.project, wishes.scratch / "site", wishes.pages)
    rows = []
    for name in wishes.parts:
        folder = wishes.scratch / name
        folder.mkdir(parents=True, exist_ok=True)
        for row in PARTS[name](subject, folder, wishes.seed):
            rows.append(row)
            print(f"{row.part}: {row.what}: {row.skipped or row.result} {row.measured}".rstrip(), flush=True)
            print("".join(f"    {line}\n" for line in finding_lines(row.found)), end="", flush=True)
    print("\n" + "\n".join(table_lines(rows)))
    if wishes.is_whole:
        (Path(__file__).parent / "RESULTS.md").write_text(render_results(subject, rows), "utf-8")
    return 1 if any(row.found for row in rows) else 0


def parse_wishes(arguments: Sequence[str] | None) -> Wishes:
    """Return the options of the command line."""
    parser = argparse.ArgumentParser(prog="make audit", description="Let independent tools judge the built site.")
    parser.add_argument("--parts", default=",".join(PARTS), help="which, with commas (default: %(default)s)")
    parser.add_argument("--pages", default="*", help="only addresses that fit, such as 'fr/*'")
    parser.add_argument("--project", type=Path, default=REPOSITORY, help="whose site (default: this repository's)")
    parser.add_argument("--scratch", type=Path, default=Path(__file__).parent / ".scratch")
    parser.add_argument("--seed", type=int, default=1, help="of the strings that are drawn")
    given = parser.parse_args(arguments)
    parts = tuple(given.parts.split(","))
    unknown = [name for name in parts if name not in PARTS]
    if unknown:
        parser.error(f"{unknown[0]} is none of {', '.join(PARTS)}")
    return Wishes(parts, given.pages, given.project.resolve(), given.scratch.absolute(), given.seed)


if __name__ == "__main__":
    try:
        raise SystemExit(main())
    except AuditError as problem:
        sys.exit(str(problem))
