"""`make edits`: chains of edits drawn by chance; after each the build must equal one of a fresh copy of the sources.

make edits
make edits EDITS="--sequences 50 --steps 12 --seed 7"
"""

from __future__ import annotations

import argparse
import contextlib
import io
import os
import random
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from balise.cli import main as balise
from balise.cli.output import render_problem
from balise.host.runner import run_build
from support.edited_project import write_edited_project
from support.edits import SOURCES, Hand, draw_edits
from support.projects import TODAY
from support.published import read_tree

NO_DATE = "1795219200"
"""SOURCE_DATE_EPOCH of all builds: the day that facts of the project expire after."""
MEMORY = "/dev/shm"  # noqa: S108 - only to make a folder with a name of its own
WITH_HOST = 4
"""Every so many chains, the last build is held against MkDocs' own, which takes as long as ten edits."""
HOUR = 3600 * 10**9
LATER = ("--today", "2028-01-01")
OPTIONS = (*[()] * 20, ("--strict",), LATER, (*LATER, "--allow-stale"))


@dataclass(frozen=True)
class Built:
    """What a build came to: exit code, everything printed, and the published site."""

    code: int
    said: str
    site: dict[str, bytes]


class Difference(Exception):  # noqa: N818 - it is what was looked for
    """A build after an edit that is not what a build of a fresh copy is; `what` are the edits and where it differs."""

    def __init__(self, what: str) -> None:
        super().__init__(what)
        self.what = what


def run_sequence(seed: int, steps: int, scratch: Path) -> Counter[str]:
    """Make a chain of edits in a folder, and return how many builds were of which kind. Raises `Difference`."""
    rng = random.Random(seed)
    root, copy = scratch / "project", scratch / "copy"
    write_edited_project(root, rng)
    age(root)
    kinds: Counter[str] = Counter()
    good = sources(root)
    build(root)
    done: list[str] = []
    for _ in range(steps):
        edits = draw_edits(rng)
        if sources(root) != good and rng.random() < 0.9:
            restore(root, good)
            done.append("mended")
        for edit in edits:
            edit(Hand(root, rng))
        options = rng.choice(OPTIONS)
        done.append(f"{'+'.join(edit.__name__ for edit in edits)} {' '.join(options)}".strip())
        before, published = stamp(root), read_tree(root / "site")
        after, fresh = build(root, *options, "--jobs", str(rng.randint(1, 2))), build_fresh(root, copy, *options)
        compare(after, fresh, published, " > ".join(done))
        kinds[kind(root, after, before)] += 1
        if after.code == 0:
            good = sources(root)
    if after.code == 0 and not options and seed % WITH_HOST == 0:
        compare_with_host(copy, after, " > ".join(done))
        kinds["host"] += 1
    return kinds


def age(root: Path) -> None:
    """Make every file an hour old, so that its time is trusted."""
    for path in root.rglob("*"):
        if path.is_file():
            os.utime(path, ns=(path.stat().st_atime_ns, path.stat().st_mtime_ns - HOUR))


def sources(root: Path) -> dict[str, bytes]:
    """Return the project's sources."""
    return {name: content for name, content in read_tree(root).items() if name.startswith(SOURCES)}


def restore(root: Path, good: dict[str, bytes]) -> None:
    """Put the sources back as they were; only files that differ are written."""
    for name in SOURCES:
        for path in [root / name, *(root / name).rglob("*")]:
            known = path.relative_to(root).as_posix() in good
            if path.is_symlink() or (path.is_file() and not known):
                path.unlink()
    for name, content in good.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists() or path.read_bytes() != content:
            path.write_bytes(content)


def stamp(root: Path) -> int:
    """Return the number of the published folder: another one after every publication."""
    return (root / "site").stat().st_ino if (root / "site").exists() else 0


def kind(root: Path, built: Built, before: int) -> str:
    """Tell what a build did: nothing, some pages, everything, or stop."""
    if built.code:
        return "stopped"
    if stamp(root) == before:
        return "unchanged"
    return "pages" if (root / "site" / "index.html").stat().st_nlink > 1 else "everything"


def build(root: Path, *options: str) -> Built:
    """Build in this process, in the project's folder."""
    said = io.StringIO()
    with contextlib.chdir(root), contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
        try:
            balise(["build", *options])
        except SystemExit as ended:
            code = int(ended.code or 0)
    text = said.getvalue().replace("site is up to date.", "Written to site.")
    return Built(code, text, read_tree(root / "site"))


def build_fresh(root: Path, copy: Path, *options: str) -> Built:
    """Build a copy of the sources that has no memory and no site."""
    shutil.rmtree(copy, ignore_errors=True)
    for name in SOURCES:
        if (root / name).is_dir():
            shutil.copytree(root / name, copy / name, symlinks=True)
    shutil.copyfile(root / "mkdocs.yml", copy / "mkdocs.yml")
    return build(copy, *options, "--jobs", "1")


def compare(after: Built, fresh: Built, published: dict[str, bytes], done: str) -> None:
    """Hold a build against one of a fresh copy. Raises `Difference`."""
    if (after.code, after.said) != (fresh.code, fresh.said):
        raise Difference(f"{done}\nsaid {after.code}: {after.said}\nnot  {fresh.code}: {fresh.said}")
    if after.code == 0:
        compare_sites(after.site, fresh.site, done)
    elif after.code == 1:
        compare_sites(after.site, published, done)
    else:
        raise Difference(f"{done}\nstopped {after.code}: {after.said}")


def compare_sites(found: dict[str, bytes], wanted: dict[str, bytes], done: str) -> None:
    """Hold one site against another. Raises `Difference`."""
    different = sorted(name for name in {*found, *wanted} if found.get(name) != wanted.get(name))
    if different:
        raise Difference(f"{done}\nthese files differ: {', '.join(different)}")


def compare_with_host(copy: Path, after: Built, done: str) -> None:
    """Hold a build against MkDocs' own of the same sources. Raises `Difference`."""
    report = run_build(copy / "mkdocs.yml", site_dir=str(copy / "by-host"), today=TODAY)
    said = "".join(f"{render_problem(problem, colour=False)}\n" for problem in report.problems)
    if not report.ok or not after.said.startswith(said):
        raise Difference(f"{done}\nMkDocs says: {said}")
    compare_sites(after.site, read_tree(copy / "by-host"), f"{done} by MkDocs")


@contextlib.contextmanager
def users_surroundings() -> Iterator[Path]:
    """Set a fixed day and a cache of its own; yield a folder to work in, in memory where there is such a place."""
    with tempfile.TemporaryDirectory(dir=MEMORY if os.access(MEMORY, os.W_OK) else None) as folder:
        kept = {key: os.environ.get(key) for key in ("XDG_CACHE_HOME", "SOURCE_DATE_EPOCH")}
        os.environ |= {"XDG_CACHE_HOME": f"{folder}/cache", "SOURCE_DATE_EPOCH": NO_DATE}
        try:
            yield Path(folder)
        finally:
            for key, value in kept.items():
                os.environ.pop(key)
                if value is not None:
                    os.environ[key] = value


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the chains, print the seeds of those that fail, and leave with 1 when one does."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sequences", type=int, default=300, help="how many chains of edits")
    parser.add_argument("--seed", type=int, default=1, help="the first one's seed; the others' follow")
    parser.add_argument("--steps", type=int, default=8, help="builds in each chain")
    wishes = parser.parse_args(arguments)
    kinds: Counter[str] = Counter()
    failed = []
    for seed in range(wishes.seed, wishes.seed + wishes.sequences):
        with users_surroundings() as scratch:
            try:
                kinds += run_sequence(seed, wishes.steps, scratch)
            except Difference as difference:
                failed.append(seed)
                print(f"seed {seed}: {difference.what}\n", flush=True)
    counts = ", ".join(f"{number} {name}" for name, number in sorted(kinds.items()))
    print(f"{wishes.sequences - len(failed)} of {wishes.sequences} sequences agree; builds: {counts}")
    if failed:
        print(f"seeds that fail: {failed}")
    sys.exit(bool(failed))


if __name__ == "__main__":
    main()
