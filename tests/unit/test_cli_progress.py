"""A sign of life where a person watches, silence everywhere else."""

from __future__ import annotations

import os
import pty
import subprocess
from pathlib import Path

import pytest

from balise.cli.progress import working
from support.commands import Terminal, balise_process, environment


def test_a_file_or_pipe_gets_no_sign_of_life(capsys: pytest.CaptureFixture[str]) -> None:
    with working("Building"):
        pass
    assert capsys.readouterr() == ("", "")


def on_a_terminal(folder: Path, *arguments: str, **changes: str) -> str:
    """Return what a person sees whose standard error is a terminal."""
    mine, theirs = pty.openpty()
    variables = environment(TERM="xterm", **changes)
    words = balise_process(*arguments)
    done = subprocess.run(words, cwd=folder, env=variables, stdout=subprocess.DEVNULL, stderr=theirs, check=False)
    os.close(theirs)
    assert done.returncode == 0
    seen = b""
    while True:
        try:
            piece = os.read(mine, 4096)
        except OSError:
            break
        if not piece:
            break
        seen += piece
    os.close(mine)
    return seen.decode()


def test_a_person_at_a_terminal_sees_that_work_goes_on(terminal: Terminal) -> None:
    seen = on_a_terminal(terminal.folder, "build")
    assert "Building …" in seen
    assert "0 errors in 9 pages" in seen.rpartition("Building …")[2]


@pytest.mark.parametrize("words", [("build", "--quiet"), ("build", "--format", "json")])
def test_no_sign_of_life_where_it_would_disturb(terminal: Terminal, words: tuple[str, ...]) -> None:
    assert on_a_terminal(terminal.folder, *words) == ""
