"""`balise serve`: a preview that leaves no trace and ends with Ctrl-C."""

from __future__ import annotations

import re
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from balise.cli.serve import Terminal as ServeTerminal
from balise.problems import Location, error, warning
from balise.serving.preview import Report
from support.commands import Outcome, Terminal, balise_process, environment, run
from support.projects import FOUND
from support.published import tree_hash


@contextmanager
def serving(folder: Path, *words: str) -> Iterator[tuple[subprocess.Popen[str], list[str]]]:
    """Run the preview; inside, its first build is done, and this is what it has said."""
    command = balise_process("serve", "--dev-addr", "127.0.0.1:0", *words)
    with subprocess.Popen(command, cwd=folder, env=environment(), stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        said = []
        for line in process.stderr:
            said.append(line)
            if re.match(r"\d+ errors?", line):
                break
        try:
            yield process, said
        finally:
            process.kill()


def address_of(said: list[str]) -> str:
    return next(line for line in said if "Serving on" in line).split()[2]


def read(address: str) -> str:
    with urllib.request.urlopen(address, timeout=60) as answer:
        return str(answer.read().decode())


@pytest.mark.parametrize("number, code, last", [(signal.SIGINT, 130, "\ninterrupted\n"), (signal.SIGTERM, 143, "")])
def test_a_signal_ends_the_preview_and_nothing_was_written(
    terminal: Terminal, number: signal.Signals, code: int, last: str
) -> None:
    before = tree_hash(terminal.folder)
    with serving(terminal.folder) as (process, _):
        process.send_signal(number)
        assert process.stderr is not None
        assert process.stderr.read() == last
        assert process.wait() == code
    assert tree_hash(terminal.folder) == before
    assert not (terminal.folder / "site").exists()


def test_the_preview_says_where_it_is_and_leaves_the_published_site_alone(terminal: Terminal) -> None:
    terminal.balise("build")
    before = tree_hash(terminal.folder / "site")
    with serving(terminal.folder) as (_, said):
        page = read(f"{address_of(said)}en/help/found-images/")
    assert re.fullmatch(r"Serving on http://127\.0\.0\.1:\d+/ \(Ctrl-C stops\)\n", said[0])
    assert re.fullmatch(r"0 errors in 9 pages \(fr 3, nl 3, en 3\), \d+\.\d\d s\n", said[1])
    assert "<h1>I found images</h1>" in page
    assert tree_hash(terminal.folder / "site") == before


def test_a_preview_does_not_load_mkdocs(terminal: Terminal) -> None:
    script = (
        "import sys, pathlib\nfrom balise.cli import serve\nfrom balise.serving.session import Session, Talk\n"
        "session = Session(pathlib.Path('mkdocs.yml').absolute(), Talk(lambda report: session.stop(), print),"
        " address='127.0.0.1:0')\nsession.run()\nprint([name for name in sys.modules if name.startswith('mkdocs')])"
    )
    assert run([sys.executable, "-c", script], terminal.folder) == Outcome(0, "[]\n", "")


def test_an_address_in_use_is_a_usage_error(terminal: Terminal) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        address = f"127.0.0.1:{taken.getsockname()[1]}"
        outcome = terminal.balise("serve", "-a", address)
    message = f"error: cannot listen on {address}: Address already in use; choose another --dev-addr\n"
    assert outcome == Outcome(2, "", message)


def test_an_address_that_is_none_is_quoted(terminal: Terminal) -> None:
    message = 'error: "nonsense" is no address to listen on; write IP:PORT, as in 127.0.0.1:8000\n'
    assert terminal.balise("serve", "-a", "nonsense") == Outcome(2, "", message)


def test_an_address_for_other_machines_needs_a_flag(terminal: Terminal) -> None:
    outcome = terminal.balise("serve", "-a", "0.0.0.0:0")
    assert (outcome.code, outcome.err[:53]) == (2, "error: 0.0.0.0:0 can be reached from other machines, ")


def test_other_machines_are_warned_of_and_other_plugins_named(terminal: Terminal) -> None:
    config = (terminal.folder / "mkdocs.yml").read_text()
    terminal.write({"mkdocs.yml": config.replace("[balise]", "[search, balise]")})
    with serving(terminal.folder, "-a", "0.0.0.0:0", "--allow-remote") as (_, said):
        pass
    assert said[0] == "note: the plugin search does not run in this preview; `mkdocs serve` runs it\n"
    assert said[1].startswith("warning: other machines can reach this preview and read its drafts; ")
    assert re.fullmatch(r"Serving on http://0\.0\.0\.0:\d+/\?token=[\w-]{32} \(Ctrl-C stops\)\n", said[2])


def test_a_project_with_a_mistake_is_served_with_the_mistake_on_top(terminal: Terminal) -> None:
    terminal.write({"content/help/found-images.md": FOUND.replace("(index.md)", "(#wy)")})
    with serving(terminal.folder) as (_, said):
        pass
    assert said[1:] == [
        'content/help/found-images.md:20:6: error: link to "#wy": the page has no heading "wy" [anchor-broken]\n',
        '    fix: did you mean "why"? give the heading that id: `## … {#id}`\n',
        "1 error. Nothing can be shown yet.\n",
    ]


def test_a_warning_is_printed_once_and_an_error_each_time(capsys: pytest.CaptureFixture[str]) -> None:
    problems = (warning("w", "old", Location("a.md", 1)), error("e", "bad", Location("b.md", 2)))
    terminal = ServeTerminal()
    terminal.report(Report(problems, True, {"en": 1}, 0.5))
    terminal.report(Report(problems, True, {"en": 1}, 0.5))
    terminal.report(Report(problems[:1], False, {"en": 1}, 0.5, ("b.md", "c.md", "d.md", "e.md")))
    terminal.report(Report((), True, {}, 0.5, (), "Traceback"))
    first = "a.md:1:1: warning: old [w]\nb.md:2:1: error: bad [e]\n1 error, 1 warning. The last good version is still shown.\n"
    assert capsys.readouterr().err == (
        first
        + first.partition("\n")[2]
        + "0 errors, 1 warning in 1 pages (en 1), 0.50 s after b.md, c.md, d.md …\n"
        + "Traceback\n0 errors. Nothing can be shown yet.\n"
    )
