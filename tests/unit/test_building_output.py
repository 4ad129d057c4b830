"""Files of a site under construction: new ones only, whole or not at all, and none through a link."""

from __future__ import annotations

import errno
import os
import re
from pathlib import Path
from typing import Any

import pytest

from balise.building import output
from balise.building.build import divide
from balise.building.output import Output
from support.commands import Terminal
from support.projects import FOUND
from support.published import read_tree


def test_a_file_is_written_with_the_folders_above_it(tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    site = Output(tmp_path / "site")
    site.write("index.html", b"one")
    site.write("fr/aide/images/index.html", b"two")
    site.write("fr/aide/index.html", b"")
    assert read_tree(tmp_path / "site") == {
        "index.html": b"one",
        "fr/aide/images/index.html": b"two",
        "fr/aide/index.html": b"",
    }


def test_two_outputs_write_into_one_folder(tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    Output(tmp_path / "site").write("fr/a.html", b"one")
    Output(tmp_path / "site").write("fr/b.html", b"two")
    assert read_tree(tmp_path / "site") == {"fr/a.html": b"one", "fr/b.html": b"two"}


@pytest.mark.parametrize("link", [False, True], ids=["a file", "a link"])
def test_what_stands_at_an_address_is_never_written_over(tmp_path: Path, link: bool) -> None:
    outside = tmp_path / "outside"
    outside.write_text("mine")
    if link:
        (tmp_path / "index.html").symlink_to(outside)
    else:
        (tmp_path / "index.html").write_text("mine")
    with pytest.raises(FileExistsError):
        Output(tmp_path).write("index.html", b"other")
    with pytest.raises(FileExistsError):
        Output(tmp_path).link(str(outside), "index.html")
    assert (tmp_path / "index.html").read_text() == outside.read_text() == "mine"


def test_a_disk_that_takes_a_few_bytes_at_a_time_gets_all_of_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, taken = os.write, []

    def write(descriptor: int, content: memoryview) -> int:
        taken.append(len(content))
        return real(descriptor, content[:3])

    monkeypatch.setattr(output.os, "write", write)
    Output(tmp_path).write("index.html", b"ten bytes.")
    assert (tmp_path / "index.html").read_bytes() == b"ten bytes."
    assert taken == [10, 7, 4, 1]


def test_a_linked_file_shares_its_bytes_with_the_published_one(tmp_path: Path) -> None:
    (tmp_path / "old.html").write_text("old")
    (tmp_path / "new").mkdir()
    Output(tmp_path / "new").link(str(tmp_path / "old.html"), "fr/index.html")
    assert (tmp_path / "new/fr/index.html").samefile(tmp_path / "old.html")


def test_a_file_that_cannot_be_linked_is_copied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*given: Any, **options: Any) -> None:
        raise OSError(errno.EMLINK, "Too many links")

    monkeypatch.setattr(os, "link", refuse)
    (tmp_path / "old.html").write_text("old")
    (tmp_path / "new").mkdir()
    Output(tmp_path / "new").link(str(tmp_path / "old.html"), "fr/index.html")
    assert read_tree(tmp_path / "new") == {"fr/index.html": b"old"}
    assert not (tmp_path / "new/fr/index.html").samefile(tmp_path / "old.html")
    (tmp_path / "link.html").symlink_to("old.html")
    with pytest.raises(OSError, match="symbolic links"):
        Output(tmp_path / "new").link(str(tmp_path / "link.html"), "fr/link.html")


@pytest.mark.parametrize("jobs", ["1", "2"])
@pytest.mark.parametrize("warm", [False, True], ids=["everything", "one page"])
def test_a_full_disk_stops_the_build_with_words_and_leaves_the_site(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch, jobs: str, warm: bool
) -> None:
    assert terminal.balise("build").code == 0
    before = read_tree(terminal.folder / "site")
    real = Output.write

    def write(self: Output, address: str, content: bytes) -> None:
        if address == "en/help/found-images/index.html":
            raise OSError(errno.ENOSPC, "No space left on device", address)
        real(self, address, content)

    monkeypatch.setattr(Output, "write", write)
    terminal.write({"content/help/found-images.md": FOUND.replace("your fault", "your doing")})
    outcome = terminal.balise("build", "--jobs", jobs, *(() if warm else ("--today", "2026-11-22")))
    assert (outcome.code, outcome.out) == (2, "")
    place = re.escape(str(terminal.folder / "site"))
    said = rf'error: the site cannot be written beside "{place}": the disk is full '
    sizes = r"\([0-9,]+ bytes are free; the site takes [0-9,]+\)\. The published site is unchanged\.\n"
    assert re.search(f"{said}{sizes}", outcome.err)
    assert read_tree(terminal.folder / "site") == before
    assert [path.name for path in terminal.folder.glob(".site.*")] == []


@pytest.mark.parametrize(
    "jobs, parts, wanted",
    [
        (0, 1, [0]),
        (0, 4, [0]),
        (1, 4, [1]),
        (5, 1, [5]),
        (5, 2, [3, 2]),
        (5, 4, [2, 2, 1]),
        (5, 64, [1, 1, 1, 1, 1]),
        (900, 2, [450, 450]),
    ],
)
def test_jobs_are_divided_in_order_into_parts_of_about_the_same_length(
    jobs: int, parts: int, wanted: list[int]
) -> None:
    given = [("fr", str(number)) for number in range(jobs)]
    found = divide(given, parts)
    assert [len(part) for part in found] == wanted
    assert [job for part in found for job in part] == given
