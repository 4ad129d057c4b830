"""`balise serve`: preview the site on this machine."""

from __future__ import annotations

import gc
import os
import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from balise.cli.build import find_config
from balise.cli.output import colour_wanted, count_words, page_words, render_problem
from balise.problems import Problem, Severity

if TYPE_CHECKING:
    from balise.serving.preview import Report

EPILOG = """\b
Examples:
  balise serve
  balise serve --dev-addr 127.0.0.1:8001
  balise serve --dev-addr 0.0.0.0:8000 --allow-remote
"""


@click.command(epilog=EPILOG)
@click.option("-f", "--config-file", type=click.Path(path_type=Path), help="The mkdocs.yml to use.")
@click.option("-a", "--dev-addr", metavar="IP:PORT", help="Where to listen; 127.0.0.1:8000 by default.")
@click.option("--allow-remote", is_flag=True, help="Let other machines in that have the token printed at the start.")
@click.option("-s", "--strict", is_flag=True, help="Let warnings stop the build.")
def command(config_file: Path | None, dev_addr: str | None, allow_remote: bool, strict: bool) -> None:
    """Preview the site while you write.

    Pages reload when a file changes. Problems are shown here and on the page, over its last good version. Add
    ?show=units to a page's address to see the state of each unit's translation. Nothing is written and nothing is
    published. Stop with Ctrl-C.
    """
    from balise.serving.session import Session, Talk

    gc.enable()
    terminal = Terminal()
    config = find_config(config_file)
    talk = Talk(terminal.report, terminal.say)
    session = Session(config, talk, address=dev_addr, strict=strict, allow_remote=allow_remote)
    for name in session.preview.settings.others:
        terminal.say(f"note: the plugin {name} does not run in this preview; `mkdocs serve` runs it")
    if session.gate.token:
        terminal.say(
            "warning: other machines can reach this preview and read its drafts; give the address to nobody else"
        )
    terminal.say(f"Serving on {session.url} (Ctrl-C stops)")
    _leave(session.run(), in_time=not session.is_building)


def _leave(number: int, *, in_time: bool) -> None:
    """Leave with the code of the signal; a build that still runs is cut off, for it holds nothing but memory."""
    if not in_time:
        if number == signal.SIGINT:
            click.echo("\ninterrupted", err=True)
        sys.stderr.flush()
        os._exit(128 + number)
    if number == signal.SIGINT:
        raise KeyboardInterrupt
    raise click.exceptions.Exit(128 + number if number else 0)


class Terminal:
    """What the person at the keyboard reads: each build in a line, each problem once while it lasts."""

    def __init__(self) -> None:
        self._known: frozenset[Problem] = frozenset()

    def say(self, words: str) -> None:
        """Print a line."""
        click.echo(words, err=True)

    def report(self, report: Report) -> None:
        """Print what a build came to; a warning that was there before is only counted."""
        colour = colour_wanted()
        for problem in report.problems:
            if problem.severity is Severity.ERROR or problem not in self._known:
                click.echo(render_problem(problem, colour=colour), err=True, color=colour)
        self._known = frozenset(report.problems)
        if report.trace:
            self.say(report.trace)
        words = count_words(report.problems)
        if report.failed:
            ending = "The last good version is still shown." if report.pages else "Nothing can be shown yet."
            self.say(f"{words}. {ending}")
            return
        edited = (
            f" after {', '.join(report.edited[:3])}{' …' if len(report.edited) > 3 else ''}" if report.edited else ""
        )
        self.say(f"{words} in {page_words(report.pages)}, {report.seconds:.2f} s{edited}")
