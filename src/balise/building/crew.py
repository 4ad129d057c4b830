"""Several processes that do the same work on their own shares: this one and copies of it (fork(2))."""

from __future__ import annotations

import contextlib
import ctypes
import gc
import os
import pickle
import select
import signal
import sys
import traceback
from collections.abc import Iterable, Sequence
from typing import Any, NoReturn

from balise.building.signals import Endings
from balise.errors import ProjectError

_PR_SET_PDEATHSIG = 1
_SIZE = 8
"""Bytes that say how long the message after them is."""


class Crew:
    """Shares worked on at once: the first by this process, each other one by a copy of it that ends with it."""

    def __init__(self, shares: Sequence[Any]) -> None:
        self._own = shares[0]
        self._members: list[_Member] = []
        try:
            for share in shares[1:]:
                self._members.append(_hire(share))
        except BaseException:
            self.close()
            raise

    def each(self, method: str, *arguments: Any) -> list[Any]:
        """Call a method of every share with the same arguments, and return what each gave, in the order of the shares.

        An exception of a share is raised here. Raises `ProjectError` when a process has ended.
        """
        message = pickle.dumps((method, arguments), pickle.HIGHEST_PROTOCOL)
        for member in self._members:
            member.send(message)
        results = {0: getattr(self._own, method)(*arguments)}
        awaited = {member.receiving: number for number, member in enumerate(self._members, 1)}
        while awaited:
            for descriptor in select.select(list(awaited), [], [])[0]:
                number = awaited.pop(descriptor)
                results[number] = self._members[number - 1].receive()
        return [results[number] for number in sorted(results)]

    def close(self) -> None:
        """End the copies, whatever they are doing."""
        for member in self._members:
            member.end()
        self._members = []


class _Member:
    """A copy of this process, and the pipes to it and from it."""

    def __init__(self, process: int, sending: int, receiving: int) -> None:
        self.process, self.sending, self.receiving = process, sending, receiving

    def send(self, message: bytes) -> None:
        """Send a message. Raises `ProjectError` when the process has ended."""
        try:
            _write(self.sending, message)
        except BrokenPipeError:
            raise self._lost() from None

    def receive(self) -> Any:
        """Return the answer, or raise the exception that stands for it."""
        try:
            good, answer = pickle.loads(_read(self.receiving))  # noqa: S301 - written by a copy of this process
        except EOFError:
            raise self._lost() from None
        if good:
            return answer
        raise answer

    def _lost(self) -> ProjectError:
        _, status = os.waitpid(self.process, 0)
        self.process = 0
        code = os.waitstatus_to_exitcode(status)
        how = f"signal {-code}" if code < 0 else f"exit code {code}"
        return ProjectError(f"a process of the build ended early ({how}). The published site is unchanged.")

    def end(self) -> None:
        """End the process and wait until it is gone."""
        for descriptor in (self.sending, self.receiving):
            os.close(descriptor)
        if self.process:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.process, signal.SIGKILL)
            os.waitpid(self.process, 0)


def _hire(share: Any) -> _Member:
    """Return a copy of this process that answers calls to a share's methods.

    No signal is handled between the copying and the moment when the copy has its own ways of ending.
    """
    command_read, command_write = os.pipe()
    answer_read, answer_write = os.pipe()
    parent = os.getpid()
    sys.stdout.flush()
    sys.stderr.flush()
    try:
        with Endings().taken():
            process = os.fork()
            if process == 0:
                _serve(share, command_read, answer_write, parent, {command_write, answer_read})
    except OSError:
        os.close(command_write)
        os.close(answer_read)
        raise
    finally:
        os.close(command_read)
        os.close(answer_write)
    return _Member(process, command_write, answer_read)


def _serve(share: Any, commands: int, answers: int, parent: int, others: Iterable[int]) -> NoReturn:
    """Answer calls until there are none, closing the parent's ends (`others`); end at once when the parent is gone."""
    try:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        for descriptor in others:
            os.close(descriptor)
        if sys.platform == "linux":
            ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != parent:
            os._exit(1)
        gc.disable()
        while True:
            method, arguments = pickle.loads(_read(commands))  # noqa: S301 - written by the process this is a copy of
            _write(answers, _answer(share, method, arguments))
    except (EOFError, BrokenPipeError):
        os._exit(0)
    finally:
        os._exit(1)


def _answer(share: Any, method: str, arguments: tuple[Any, ...]) -> bytes:
    """Return the packed result of a call, or the exception it raised."""
    try:
        return pickle.dumps((True, getattr(share, method)(*arguments)), pickle.HIGHEST_PROTOCOL)
    except Exception as failure:  # noqa: BLE001 - raised again where the call was made
        failure.add_note(traceback.format_exc())
        with contextlib.suppress(Exception):
            packed = pickle.dumps((False, failure), pickle.HIGHEST_PROTOCOL)
            pickle.loads(packed)  # noqa: S301 - made a line above
            return packed
        return pickle.dumps((False, RuntimeError(f"{type(failure).__name__}: {failure}")))


def _write(descriptor: int, message: bytes) -> None:
    left = memoryview(len(message).to_bytes(_SIZE, "big") + message)
    while left:
        left = left[os.write(descriptor, left) :]


def _read(descriptor: int) -> bytes:
    """Return the next message. Raises `EOFError` when there will be none."""
    size = int.from_bytes(_read_exactly(descriptor, _SIZE), "big")
    return _read_exactly(descriptor, size)


def _read_exactly(descriptor: int, size: int) -> bytes:
    pieces = []
    while size:
        piece = os.read(descriptor, min(size, 1 << 20))
        if not piece:
            raise EOFError
        pieces.append(piece)
        size -= len(piece)
    return b"".join(pieces)
