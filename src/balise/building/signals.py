"""The two signals that end a build, and work that they may not cut in two."""

from __future__ import annotations

import contextlib
import signal
import threading
from collections.abc import Iterator
from types import FrameType

ENDING = (signal.SIGINT, signal.SIGTERM)


class Endings:
    """SIGINT and SIGTERM from `taken` on: they wait, and are raised where they are `heeded`, at the latest at the end.

    SIGINT is raised as `KeyboardInterrupt`, SIGTERM as an exit with code 143. Blocking them for a thread would not do:
    another thread of the process may get them.
    """

    def __init__(self) -> None:
        self._came, self._is_heeded = 0, False

    @contextlib.contextmanager
    def taken(self) -> Iterator[None]:
        """Let both signals wait until they are heeded, unless whoever started the process has them ignored (nohup).

        Outside the main thread, where none arrive, do nothing.
        """
        if threading.current_thread() is not threading.main_thread():
            yield
            return
        wanted = [number for number in ENDING if signal.getsignal(number) is not signal.SIG_IGN]
        before = {number: signal.signal(number, self._note) for number in wanted}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)
            self._raise()

    @contextlib.contextmanager
    def heeded(self) -> Iterator[None]:
        """Let a signal that came, or comes meanwhile, end the work inside."""
        self._is_heeded = True
        try:
            self._raise()
            yield
        finally:
            self._is_heeded = False

    def _note(self, number: int, frame: FrameType | None) -> None:
        self._came = number
        if self._is_heeded:
            self._raise()

    def _raise(self) -> None:
        number, self._came, self._is_heeded = self._came, 0, self._is_heeded and not self._came
        if number == signal.SIGINT:
            raise KeyboardInterrupt
        if number:
            raise SystemExit(128 + number)
