"""A sign of life on long work: a line on a terminal, nothing anywhere else."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterator

_CLEAR = "\r\x1b[2K"
"""Back to the start of the line, and empty it (ECMA-48)."""


@contextlib.contextmanager
def working(what: str, *, quiet: bool = False) -> Iterator[None]:
    """Show on standard error that work goes on, when a person is watching; the line is gone when it ends."""
    if quiet or not sys.stderr.isatty():
        yield
        return
    print(f"{what} …", end="", file=sys.stderr, flush=True)
    try:
        yield
    finally:
        print(_CLEAR, end="", file=sys.stderr, flush=True)
