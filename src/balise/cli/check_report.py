"""`balise check --report`: an HTML report beside what the terminal shows."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from balise.cli.report.history import count_problems, joined, read_counts, write_counts
from balise.cli.report.page import render_report
from balise.problems import Problem

if TYPE_CHECKING:
    from balise.building.checking import Checked, CheckWish


def write_report(path: Path, wish: CheckWish, checked: Checked, problems: Sequence[Problem]) -> None:
    """Write the report of a check, and count what it found for the trend of the next one."""
    counts = joined(read_counts(wish.root), count_problems(problems, wish.options.today))
    text = render_report(checked, problems, counts, wish.root)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    except OSError as failure:
        raise click.UsageError(f'"{path}" cannot be written: {failure.strerror}') from None
    write_counts(wish.root, counts)
    click.echo(f"Report written to {path}.", err=True)
