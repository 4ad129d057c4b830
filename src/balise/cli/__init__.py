"""The `balise` command: one module per subcommand, imported only when it is called."""

from __future__ import annotations

import atexit
import contextlib
import gc
import importlib
import os
import sys
import threading
import traceback
from collections.abc import Sequence
from typing import NoReturn

import click

from balise import __version__
from balise.errors import BaliseError

COMMANDS = {
    "init": "balise.cli.init",
    "build": "balise.cli.build",
    "publish": "balise.cli.publish",
    "headers": "balise.cli.headers",
    "serve": "balise.cli.serve",
    "check": "balise.cli.check",
    "facts": "balise.cli.facts",
    "new": "balise.cli.new",
    "guide": "balise.cli.guide",
    "translate": "balise.cli.translate",
    "schema": "balise.cli.schema",
    "theme": "balise.cli.theme",
    "doctor": "balise.cli.doctor",
}
OUR_BUG = 3
INTERRUPTED = 130


class LazyGroup(click.Group):
    """A group whose commands are imported when they are asked for, so that `--help` is quick."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the commands in the order of a person's work."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a command, its module imported now; `None` for an unknown name."""
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = importlib.import_module(COMMANDS[cmd_name]).command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command, offering the nearest name for an unknown one."""
        from balise.problems import nearest

        name = args[0] if args else ""
        match = nearest(name, COMMANDS) if name and not name.startswith("-") and name not in COMMANDS else ""
        if match:
            ctx.fail(f'no such command "{name}"; did you mean "{match}"?')
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the commands with their one-line descriptions, without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, SUMMARIES[name]) for name in COMMANDS])


SUMMARIES = {
    "init": "Start a new site in a folder.",
    "build": "Build the site.",
    "publish": "Go back to the site published before.",
    "headers": "Print what a server has to say beside each file.",
    "serve": "Preview the site on this machine while you write.",
    "check": "Find what has to be mended, without building.",
    "facts": "Confirm the facts, and print the sheet on which that is signed.",
    "new": "Add a page or a lesson.",
    "guide": "Check, prove, walk, print and draw decision guides.",
    "translate": "Extract texts, update catalogues, see what is out of date.",
    "schema": "Write JSON Schemas, so that editors check YAML as you type.",
    "theme": "Look at what the theme is made of.",
    "doctor": "Tell what this machine has and what is missing.",
}
EPILOG = """\b
Examples:
  balise init demo --languages fr,nl --source-language nl
  balise build
  balise check --format json
  balise translate status

Shell completion: eval "$(_BALISE_COMPLETE=bash_source balise)"
"""


@click.group(cls=LazyGroup, epilog=EPILOG, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="balise")
def command() -> None:
    """Build multilingual prevention and reporting-guidance sites from templated content."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command and leave with its exit code.

    0 is clean, 1 problems, 2 usage or project, 3 our bug, 130 interrupted. Without arguments they are those of this
    process, which has nothing else to do.
    """
    if arguments is None:
        gc.disable()  # a command makes little garbage and ends soon; what stays longer turns it on again
        atexit.register(gc.freeze)  # nor is what is left searched at the end
    try:
        code = command.main(args=list(arguments) if arguments is not None else None, standalone_mode=False)
    except click.ClickException as wrong:
        wrong.show()
        code = 2
    except (KeyboardInterrupt, click.Abort):
        click.echo("interrupted", err=True)
        code = INTERRUPTED
    except BaliseError as failure:
        click.echo(str(failure) if hasattr(failure, "problems") else f"error: {failure}", err=True)
        code = failure.exit_code
    except Exception:  # noqa: BLE001 - the last resort tells the person what to send us
        traceback.print_exc()
        click.echo(f"\nThis is a bug in balise {__version__}. Please send us the lines above.", err=True)
        code = OUR_BUG
    _leave(code if isinstance(code, int) else 0, at_once=arguments is None)


def _leave(code: int, *, at_once: bool) -> NoReturn:
    """End the process with this code; `at_once` without taking objects apart, which takes longer than some builds."""
    if at_once and threading.active_count() == 1:
        with contextlib.suppress(Exception):
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(code)
    sys.exit(code)
