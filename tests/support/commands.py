"""Running the command: inside this process for speed, in one of its own where the process itself is looked at."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from balise.cli import main

SOURCES = Path(__file__).parents[2] / "src"
REPOSITORY = Path(__file__).parents[2]


@dataclass(frozen=True)
class Outcome:
    """What a person at the terminal gets: the exit code, standard output, standard error."""

    code: int
    out: str
    err: str

    @property
    def terminal(self) -> str:
        """Return both streams, results first."""
        return self.out + self.err


class Terminal:
    """A person in the folder of a project, typing `balise …`; the day is fixed, so that no fact expires."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder, self._capsys = folder, capsys

    def balise(self, *arguments: str) -> Outcome:
        """Return what the command did, run in this process."""
        self._capsys.readouterr()
        with pytest.MonkeyPatch.context() as patch:
            patch.chdir(self.folder)
            patch.setenv("SOURCE_DATE_EPOCH", "1795219200")
            with pytest.raises(SystemExit) as leaving:
                main(arguments)
        said = self._capsys.readouterr()
        assert isinstance(leaving.value.code, int)
        return Outcome(leaving.value.code, said.out, said.err)

    def write(self, files: dict[str, str | bytes | None]) -> None:
        """Write files of the project, or remove those that are `None`."""
        for name, content in files.items():
            path = self.folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            if content is None:
                path.unlink()
            else:
                path.write_bytes(content if isinstance(content, bytes) else content.encode())


def environment(**changes: str) -> dict[str, str]:
    """Return a bare environment in which `balise` and `mkdocs` of this checkout run on a fixed day."""
    kept = {key: os.environ[key] for key in ("PATH", "HOME", "LANG") if key in os.environ}
    return {**kept, "PYTHONPATH": str(SOURCES), "SOURCE_DATE_EPOCH": "1795219200", **changes}


def balise_process(*arguments: str) -> list[str]:
    """Return the words that start `balise` in a process of its own."""
    return [sys.executable, "-c", "from balise.cli import main; main()", *arguments]


def run(words: Sequence[str], folder: Path, **changes: str) -> Outcome:
    """Run a command to its end in a folder, with a bare environment and these changes to it."""
    done = subprocess.run(
        words, cwd=folder, env=environment(**changes), capture_output=True, text=True, check=False, timeout=120
    )
    return Outcome(done.returncode, done.stdout, done.stderr)
