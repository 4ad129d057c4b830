"""`balise serve`: a preview that leaves no trace and ends with Ctrl-C."""

from __future__ import annotations

import re
import signal
import socket
import subprocess
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from support.commands import Outcome, Terminal, balise_process, environment, run
from support.projects import FOUND, SITE
from support.published import tree_hash


@contextmanager
def serving(folder: Path, address: str) -> Iterator[subprocess.Popen[str]]:
    """Run the preview; inside, it answers at the address."""
    words = balise_process("serve", "--dev-addr", address)
    with subprocess.Popen(words, cwd=folder, env=environment(), stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        for line in process.stderr:
            if "Serving on" in line:
                break
        try:
            yield process
        finally:
            process.kill()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def test_ctrl_c_ends_the_preview_with_130_and_nothing_was_written(terminal: Terminal) -> None:
    before = tree_hash(terminal.folder)
    with serving(terminal.folder, "127.0.0.1:0") as process:
        process.send_signal(signal.SIGINT)
        assert process.stderr is not None
        said = process.stderr.read()
        assert process.wait() == 130
    assert re.fullmatch(r"(\[.*\] )?Shutting down\.\.\.\s+interrupted\n", said), said
    assert tree_hash(terminal.folder) == before
    assert not (terminal.folder / "site").exists()


def test_the_preview_shows_the_pages_and_leaves_the_published_site_alone(terminal: Terminal) -> None:
    terminal.balise("build")
    before = tree_hash(terminal.folder / "site")
    port = free_port()
    address = f"http://127.0.0.1:{port}/en/help/found-images/"
    with serving(terminal.folder, f"127.0.0.1:{port}"), urllib.request.urlopen(address, timeout=10) as answer:
        page = answer.read().decode()
    assert "<h1>I found images</h1>" in page
    assert tree_hash(terminal.folder / "site") == before


def test_an_address_in_use_is_a_usage_error(terminal: Terminal) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        address = f"127.0.0.1:{taken.getsockname()[1]}"
        outcome = terminal.balise("serve", "-a", address)
    message = f"error: cannot listen on {address}: Address already in use; choose another --dev-addr"
    assert (outcome.code, outcome.err.splitlines()[-1]) == (2, message)


def test_an_address_that_is_none_is_quoted(terminal: Terminal) -> None:
    message = "mkdocs.yml: Config value 'dev_addr': Must be a string of format 'IP:PORT'"
    assert terminal.balise("serve", "-a", "nonsense") == Outcome(2, "", f"error: {message}\n")


@pytest.mark.parametrize(
    "files, problem, fix",
    [
        (
            {"content/help/found-images.md": FOUND.replace("(index.md)", "(#wy)")},
            'content/help/found-images.md:20:6: error: link to "#wy": the page has no heading "wy" [anchor-broken]',
            'did you mean "why"? give the heading that id: `## … {#id}`',
        ),
        (
            {"content/site.yml": SITE + "name: Another\n"},
            'content/site.yml:10:1: error: key "name" stands twice [yaml-duplicate]',
            "keep one of the two; the first is on line 1",
        ),
    ],
    ids=["a broken link", "a broken site.yml"],
)
def test_a_project_with_a_mistake_is_not_served(
    terminal: Terminal, files: dict[str, str | bytes | None], problem: str, fix: str
) -> None:
    terminal.write(files)
    before = tree_hash(terminal.folder)
    outcome = run(balise_process("serve", "-a", "127.0.0.1:0"), terminal.folder)
    ending = "Nothing was written; the published site is unchanged."
    assert outcome == Outcome(1, "", f"Building documentation...\n{problem}\n    fix: {fix}\n{ending}\n")
    assert tree_hash(terminal.folder) == before
