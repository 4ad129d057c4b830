"""The command as a whole: what it offers, how it leaves, and that it is quick to answer."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import click
import pytest

from balise import __version__
from balise.cli import COMMANDS, SUMMARIES, LazyGroup, command, main
from support.commands import Outcome, Terminal, balise_process, environment, run
from support.projects import SITE

HELP = """\
Usage: balise [OPTIONS] COMMAND [ARGS]...

  Build multilingual prevention and reporting-guidance sites from templated
  content.

Options:
  --version   Show the version and exit.
  -h, --help  Show this message and exit.

Commands:
  init       Start a new site in a folder.
  build      Build the site.
  publish    Go back to the site published before.
  headers    Print what a server has to say beside each file.
  serve      Preview the site on this machine while you write.
  check      Find what has to be mended, without building.
  facts      Confirm the facts, and print the sheet on which that is signed.
  new        Add a page or a lesson.
  guide      Check, prove, walk, print and draw decision guides.
  translate  Extract texts, update catalogues, see what is out of date.
  schema     Write JSON Schemas, so that editors check YAML as you type.
  theme      Look at what the theme is made of.
  doctor     Tell what this machine has and what is missing.

  Examples:
    balise init demo --languages fr,nl --source-language nl
    balise build
    balise check --format json
    balise translate status

  Shell completion: eval "$(_BALISE_COMPLETE=bash_source balise)"
"""


@pytest.mark.parametrize("word", ["--help", "-h"])
def test_help_names_every_command_with_examples(terminal: Terminal, word: str) -> None:
    outcome = terminal.balise(word)
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out.replace("Usage: pytest", "Usage: balise").split("\n", 1)[1] == HELP.split("\n", 1)[1]


def test_every_command_has_a_summary() -> None:
    assert list(SUMMARIES) == list(COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_commands_help_begins_with_examples_of_its_own(terminal: Terminal, name: str) -> None:
    outcome = terminal.balise(name, "--help")
    assert outcome.code == 0
    assert f"  Examples:\n    balise {name}" in outcome.out


def test_the_version_is_the_packages(terminal: Terminal) -> None:
    assert terminal.balise("--version") == Outcome(0, f"balise, version {__version__}\n", "")


def test_help_imports_neither_the_host_nor_any_reader_of_files() -> None:
    heavy = "{'mkdocs', 'yaml', 'pydantic', 'babel', 'polib', 'jinja2', 'rich', 'balise.pipeline'}"
    script = (
        "import sys\nfrom balise.cli import main\ntry:\n    main(['--help'])\nexcept SystemExit:\n    pass\n"
        f"print(sorted({heavy} & set(sys.modules)), file=sys.stderr)"
    )
    assert run([sys.executable, "-c", script], Path.cwd()).err == "[]\n"


def test_a_misspelt_command_gets_the_nearest_one(terminal: Terminal) -> None:
    outcome = terminal.balise("biuld")
    assert (outcome.code, outcome.err.splitlines()[-1]) == (2, 'Error: no such command "biuld"; did you mean "build"?')


def test_a_command_like_no_other_is_a_usage_error(terminal: Terminal) -> None:
    outcome = terminal.balise("xyzzy")
    assert (outcome.code, outcome.err.splitlines()[-1]) == (2, "Error: No such command 'xyzzy'.")


@pytest.mark.parametrize("stream", ["stdout", "stderr"])
def test_a_command_of_its_own_process_leaves_at_once_with_all_it_has_said(stream: str) -> None:
    script = (
        f"import atexit, sys\nfrom balise.cli import main\nsys.argv = ['balise', '--version']\n"
        f"sys.{stream}.write('held back')\natexit.register(print, 'taken apart')\nmain()"
    )
    outcome = run([sys.executable, "-c", script], Path.cwd())
    assert (outcome.code, (outcome.out + outcome.err).count("held back")) == (0, 1)
    assert "taken apart" not in outcome.out


def test_a_command_beside_other_threads_leaves_as_python_does() -> None:
    script = (
        "import atexit, sys, threading, time\nfrom balise.cli import main\nsys.argv = ['balise', '--version']\n"
        "threading.Thread(target=time.sleep, args=(0.2,)).start()\natexit.register(print, 'taken apart')\nmain()"
    )
    outcome = run([sys.executable, "-c", script], Path.cwd())
    assert (outcome.code, outcome.out.splitlines()[-1]) == (0, "taken apart")


def test_completion_offers_the_commands() -> None:
    words = {"_BALISE_COMPLETE": "bash_complete", "COMP_WORDS": "balise ", "COMP_CWORD": "1"}
    script = "import sys; sys.argv[0] = 'balise'; from balise.cli import main; main()"
    outcome = run([sys.executable, "-c", script], Path.cwd(), **words)
    assert [line.partition(",")[2] for line in outcome.out.splitlines()] == list(COMMANDS)


def test_outside_a_project_the_way_in_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert Terminal(tmp_path, capsys).balise("build") == Outcome(
        2,
        "",
        f'error: "{tmp_path}" is not a Balise project: it has no mkdocs.yml beside a content/site.yml; '
        "run `balise init FOLDER` to start one\n",
    )


def test_a_command_works_from_any_folder_of_the_project(terminal: Terminal, capsys: pytest.CaptureFixture[str]) -> None:
    inside = Terminal(terminal.folder / "content" / "help", capsys)
    assert inside.balise("check") == Outcome(0, "", "0 errors in 9 pages (fr 3, nl 3, en 3).\n")


@pytest.mark.parametrize("words", [("new", "page", "help/other"), ("schema",), ("translate", "status")])
def test_a_broken_site_yml_is_a_problem_for_every_command(terminal: Terminal, words: tuple[str, ...]) -> None:
    terminal.write({"content/site.yml": SITE.replace("name: Test site", "name: ''")})
    problem = 'content/site.yml:1:7: error: "name" is empty [data-invalid]'
    outcome = terminal.balise(*words)
    assert (outcome.code, outcome.out, outcome.err.splitlines()[0]) == (1, "", problem)


@pytest.fixture
def _failing(monkeypatch: pytest.MonkeyPatch) -> None:
    """A command that fails as no command should."""

    @click.command()
    @click.argument("kind")
    def fail(kind: str) -> None:
        raise {"bug": ZeroDivisionError("one by nought"), "ctrl-c": KeyboardInterrupt(), "abort": click.Abort()}[kind]

    monkeypatch.setattr(LazyGroup, "get_command", lambda self, ctx, name: fail)


@pytest.mark.usefixtures("_failing")
def test_a_fault_of_ours_says_what_to_send(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as leaving:
        main(["build", "bug"])
    said = capsys.readouterr().err
    assert leaving.value.code == 3
    assert said.startswith("Traceback (most recent call last):\n")
    ending = (
        f"ZeroDivisionError: one by nought\n\nThis is a bug in balise {__version__}. Please send us the lines above.\n"
    )
    assert said.endswith(ending)


@pytest.mark.usefixtures("_failing")
@pytest.mark.parametrize("kind", ["ctrl-c", "abort"])
def test_an_interrupted_command_leaves_with_130(capsys: pytest.CaptureFixture[str], kind: str) -> None:
    with pytest.raises(SystemExit) as leaving:
        main(["build", kind])
    assert (leaving.value.code, capsys.readouterr().err.strip()) == (130, "interrupted")


def test_a_reader_that_stops_reading_is_no_bug(terminal: Terminal) -> None:
    words = balise_process("check", "--format", "json")
    with subprocess.Popen(
        words, cwd=terminal.folder, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as reading:
        assert reading.stdout is not None
        assert reading.stderr is not None
        reading.stdout.close()
        assert reading.stderr.read() == b""
    assert reading.returncode == 1


def test_commands_are_listed_in_the_order_of_the_work() -> None:
    assert command.list_commands(click.Context(command)) == list(COMMANDS)
