"""Builds on disks that are full, that must not be written to, or that report errors; and the order of publishing."""

from __future__ import annotations

import contextlib
import os
import random
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from bench.fault_kills import trace_words
from bench.fault_site import BUILDERS, Ended, Row, Site, read_tree, run

ERRORS = (
    ("write", "EIO", 40),
    ("write", "ENOSPC", 20),
    ("mkdir", "EIO", 8),
    ("linkat,link", "EIO", 6),
    ("rename,renameat", "EIO", 3),
    ("renameat2", "EIO", 2),
    ("renameat2", "EINVAL", 2),
    ("fsync", "EIO", 2),
    ("syncfs", "EIO", 1),
    ("flock", "ENOLCK", 2),
    ("unlinkat,unlink", "EIO", 6),
    ("rmdir", "EBUSY", 4),
    ("openat", "EMFILE", 30),
    ("getdents64", "EIO", 8),
)
"""System calls, the error they give, and how many moments of it are tried."""
_DEEPEST = {"write": 160, "mkdir": 50, "linkat,link": 110, "unlinkat,unlink": 110, "rmdir": 40, "openat": 900}
"""How often a build makes a call, about; 3 where it is not said."""
DESCRIPTORS = (64, 32, 24, 16, 12, 10, 8, 7, 6)
FULL_STEPS = 20
_NO_RIGHTS = ("setpriv", "--bounding-set=-dac_override,-dac_read_search", "--inh-caps=-all")


@contextlib.contextmanager
def small_disk(size: int) -> Iterator[Path]:
    """Give the folder of a file system in memory with so many bytes."""
    with tempfile.TemporaryDirectory() as name:
        _mount("-t", "tmpfs", "-o", f"size={size}", "balise-faults", name)
        try:
            yield Path(name)
        finally:
            subprocess.run(("umount", name), check=True)


def _mount(*words: str) -> None:
    subprocess.run(("mount", *words), check=True)


def steps(points: int) -> list[int]:
    """Return so many of the 20 steps, the last one always."""
    return sorted({FULL_STEPS * number // points for number in range(1, points + 1)})


def _taken(folder: Path) -> int:
    status = os.statvfs(folder)
    return (status.f_blocks - status.f_bfree) * status.f_frsize


def note_end(site: Site, row: Row, where: str, ended: Ended, goal: str, words: str = "") -> None:
    """Note what is wrong with a disturbed build: it publishes the goal, or leaves all as it was and says why."""
    before = site.holds
    faults = [site.damage()]
    if ended.code == 0 and site.holds != goal:
        faults.append("it ended well and published nothing")
    if ended.code and site.holds != before and "has not confirmed it" not in ended.said:
        faults.append(f"it ended with {ended.code} and published: {ended.said[-200:]}")
    if ended.code:
        faults += ended.refusal_faults()
        if words and not re.search(words, ended.said):
            faults.append(f"the reason is not told: {ended.said[-300:]}")
    row.rounds += 1
    row.faults += [f"{where}: {fault}" for fault in faults if fault]


def fill_disk(site: Site, points: int, *, inside: bool) -> Row:
    """Build with an old site published and up to 20 steps of room left; `inside`: the project is on that disk too."""
    step = 16_384 if site.builder is BUILDERS["page"] else _size(site) // 10
    row = Row(f"disk full{', project on it' if inside else ''}: {site.builder.title}")
    failed = 0
    for number in steps(points):
        with small_disk(1 << 27) as disk:
            small = site.moved(disk, inside=inside)
            small.publish("b")
            small.publish("a")
            _mount("-o", f"remount,size={_taken(disk) + number * step}", str(disk))
            small.switch("b")
            ended = run(small.words, small.folder)
            failed += ended.code != 0
            note_end(small, row, f"step {number}", ended, "b", r"disk is full \([0-9,]+ bytes are free|No space left")
            if ended.code and str(small.published) not in ended.said:
                row.faults.append(f"step {number}: the folder is not named: {ended.said[-200:]}")
            row.faults += [f"step {number}: left: {name}" for name in small.leftovers()]
            _mount("-o", "remount,size=256m", str(disk))
            row.faults += [f"step {number}: {fault}" for fault in small.recover()]
    row.notes.append(f"{failed} refused, {row.rounds - failed} published")
    return row


def fill_empty_disk(site: Site, points: int) -> Row:
    """Build for the first time on disks of up to 20 tenths of the site."""
    row, failed, size = Row(f"disk full, nothing published: {site.builder.title}"), 0, _size(site)
    for number in steps(points):
        with small_disk(number * size // 10) as disk:
            small = site.moved(disk, inside=False)
            small.switch("b")
            ended = run(small.words, small.folder)
            now = read_tree(small.published)
            row.rounds += 1
            failed += ended.code != 0
            if now != ({} if ended.code else small.trees["b"]):
                row.faults.append(f"{number} tenths: ended with {ended.code} and published {len(now)} files")
            if ended.code:
                row.faults += [f"{number} tenths: {fault}" for fault in ended.refusal_faults()]
            row.faults += [f"{number} tenths: left: {name}" for name in small.leftovers()]
    row.notes.append(f"{failed} refused, {row.rounds - failed} published")
    return row


def _size(site: Site) -> int:
    site.publish("a")
    return sum(path.lstat().st_blocks * 512 for path in site.published.rglob("*"))


def refuse_writing(site: Site, draw: random.Random) -> Row:
    """Build where the folder beside the site, or the whole project, must not be written to."""
    row = Row(f"read-only: {site.builder.title}")
    with tempfile.TemporaryDirectory() as name:
        place = Path(name) / "www"
        place.mkdir()
        away = site.moved(place, inside=False)
        away.publish("a")
        away.switch("b")
        place.chmod(0o555)
        wanted = "cannot be written"
        note_end(away, row, "no right to write", run((*_NO_RIGHTS, *away.words), away.folder), "b", wanted)
        deep = (*_NO_RIGHTS, *away.builder.words, "-d", str(place / "new" / "site"))
        note_end(away, row, "no right to make the folder", run(deep, away.folder), "b", wanted)
        place.chmod(0o755)
        with read_only(place):
            note_end(away, row, "read-only disk", run(away.words, away.folder), "b", wanted)
        with read_only(away.folder):
            ended = run(away.words, away.folder)
            note_end(away, row, "read-only project", ended, "b")
            if ended.code:
                row.faults.append(f"a read-only project is not built: {ended.said[-300:]}")
    return row


@contextlib.contextmanager
def read_only(folder: Path) -> Iterator[None]:
    """Make a folder one of a read-only file system for a while."""
    _mount("--bind", str(folder), str(folder))
    try:
        _mount("-o", "remount,ro,bind", str(folder))
        yield
    finally:
        subprocess.run(("umount", str(folder)), check=True)


def allow_few_files(site: Site, draw: random.Random) -> Row:
    """Build with few open files allowed: 64 are enough, fewer may stop it."""
    row, enough = Row(f"few open files: {site.builder.title}"), []
    site.publish("a")
    for most in DESCRIPTORS:
        site.switch(site.other)
        goal = site.other
        ended = run(("/bin/sh", "-c", f'ulimit -n {most}; exec "$@"', "sh", *site.words), site.folder)
        enough += [most] if ended.code == 0 else []
        row.rounds += 1
        faults = [site.damage(), *(ended.refusal_faults() if ended.code and most >= 32 else ())]
        row.faults += [f"{most}: {fault}" for fault in faults if fault]
        if ended.code == 0 and site.holds != goal:
            row.faults.append(f"{most}: it ended well and published nothing")
        row.faults += [f"{most}: {fault}" for fault in site.recover()]
    if 64 not in enough:
        row.faults.append("64 are not enough")
    row.notes.append(f"{min(enough, default=0)} are enough")
    return row


def fail_calls(site: Site, share: float, draw: random.Random) -> Row:
    """Let single system calls of builds fail."""
    row, refused = Row(f"failing system calls: {site.builder.title}"), 0
    site.publish("a")
    for calls, error, moments in ERRORS:
        deepest = _DEEPEST.get(calls, 3)
        for number in sorted(draw.sample(range(1, deepest + 1), min(deepest, max(1, round(moments * share))))):
            site.switch(site.other)
            goal, where = site.other, f"{calls} {number}: {error}"
            inject = f"inject={calls}:error={error}:when={number}"
            ended = run((*trace_words(calls, inject), *site.words), site.folder)
            refused += ended.code != 0
            if ended.code and _is_elsewhere(ended.said):
                row.rounds += 1
                row.faults += [f"{where}: {site.damage()}"] if site.damage() else []
            else:
                note_end(site, row, where, ended, goal)
            row.faults += [f"{where}: {fault}" for fault in site.recover()]
    row.notes.append(f"{refused} refused, {row.rounds - refused} built all the same")
    return row


def _is_elsewhere(said: str) -> bool:
    """Tell whether Python itself got the error, at its start or an import, or MkDocs before ours, or the terminal."""
    if "Traceback" not in said:
        words = ("Fatal Python error", "No module named", "Failed to load extension")
        return not said.strip() or any(word in said for word in words)
    frames = [line for line in said.splitlines() if line.lstrip().startswith("File ")]
    if not any("/balise/" in frame for frame in frames):
        return True
    return any("importlib" in frame for frame in frames[-4:]) or "click/utils.py" in frames[-1]


def look_at_order(site: Site, draw: random.Random) -> Row:
    """Look whether everything is on the disk before the exchange, and the exchange before the build ends."""
    row = Row(f"order of writing: {site.builder.title}", rounds=1)
    site.publish("a")
    site.switch("b")
    with tempfile.NamedTemporaryFile("r") as note:
        calls = "openat,write,mkdir,link,linkat,syncfs,fsync,rename,renameat2"
        run((*trace_words(calls, out=note.name), *site.words), site.folder)
        lines = [line.split(None, 1)[1] for line in note]
    site.damage()
    staged = [n for n, line in enumerate(lines) if ".site.staging-" in line and not line.startswith(("rename", "sync"))]
    found = {
        "the last file": max((n for n in staged if "O_RDONLY" not in lines[n]), default=-1),
        "syncfs": _first(lines, r"syncfs\(\d+<[^>]*/\.site\.staging-\w+>\) *= 0"),
        "exchange": _first(lines, r'renameat2\(.*"[^"]*/site", RENAME_EXCHANGE\) *= 0'),
        "fsync": _first(lines, rf"fsync\(\d+<{re.escape(str(site.folder))}>\) *= 0"),
    }
    row.notes.append(" < ".join(f"{name} ({number})" for name, number in found.items()))
    if list(found.values()) != sorted(found.values()) or -1 in found.values():
        row.faults.append("the order is not kept")
    return row


def _first(lines: Sequence[str], pattern: str) -> int:
    return next((number for number, line in enumerate(lines) if re.search(pattern, line)), -1)


def missing_means() -> str:
    """Return what this machine lacks for these parts, "" for nothing."""
    if os.geteuid() != 0:
        return "mounting needs root"
    lacking = [name for name in ("mount", "setpriv", "strace") if not shutil.which(name)]
    return f"{', '.join(lacking)} not found" if lacking else ""
