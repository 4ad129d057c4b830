"""The server behind `balise serve`: one event loop, few threads, strict requests, answers that stay on this machine."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import os
import random
import secrets
import signal
import socket
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from balise.errors import UsageError
from balise.serving.answers import EVENTS, Answer, refusal, render_head
from balise.serving.gate import Gate
from balise.serving.preview import Preview
from balise.serving.requests import RefusedRequest, Request, is_complete, parse_request, read_target
from balise.serving.settings import Address

MAX_CONNECTIONS = 700
"""Most connections kept; the one that has been silent longest makes room for a new one."""
MAX_STREAMS = 32
"""Most pages that listen for a newer version at a time."""
RENDERING_THREADS = 4
IDLE_SECONDS = (10.0, 15.0)
"""How long a connection may take to send its request: between these, so that many opened at once do not end at once."""
SENDING_SECONDS = 30.0
"""How long a reader may take to receive an answer."""
LINGER_SECONDS = 0.5
"""How long the rest of a request is read away, so that its answer is not lost with it."""
PING_SECONDS = 15.0
SWITCH_SECONDS = 0.0005
"""How long Python computes before another thread has its turn: ten times less than usual, for readers come first."""
_NEVER = 2**31 - 1
_EVENTS_PATH = "_balise/events"


class Server:
    """Answers requests on a socket from a preview until it is stopped; `run` belongs to one event loop.

    `announce` and `stop` may be called from any thread once it runs.
    """

    def __init__(self, preview: Preview, gate: Gate, listening: socket.socket, say: Callable[[str], None]) -> None:
        self._preview, self._gate, self._listening, self._say = preview, gate, listening, say
        self._waiting: dict[asyncio.Task[Any], None] = {}
        self._open: set[asyncio.Task[Any]] = set()
        self._streams = 0
        self._pool = ThreadPoolExecutor(RENDERING_THREADS, "balise-render")
        self._loop: asyncio.AbstractEventLoop | None = None
        self._ended = asyncio.Event()
        self._news = asyncio.Event()

    async def run(self) -> None:
        """Answer requests until `stop`; then leave no connection and no task."""
        self._loop = asyncio.get_running_loop()
        server = await asyncio.start_server(self._serve, sock=self._listening, backlog=1024)
        await self._ended.wait()
        server.close()
        for task in self._open:
            task.cancel()
        await asyncio.gather(*self._open, return_exceptions=True)
        self._pool.shutdown(wait=False, cancel_futures=True)

    def stop(self) -> None:
        """End `run`, also one that has not begun."""
        if self._loop is None:
            self._ended.set()
        self._call(self._ended.set)

    def announce(self) -> None:
        """Tell every listening page that there is a newer version."""
        self._call(self._wake)

    def _call(self, what: Callable[[], None]) -> None:
        if self._loop and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(what)

    def _wake(self) -> None:
        self._news.set()
        self._news = asyncio.Event()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer the one request of a connection, whatever comes."""
        task = asyncio.current_task()
        assert task is not None
        self._open.add(task)
        self._make_room()
        writer.transport.set_write_buffer_limits(0)
        try:
            if await self._answer(task, reader, writer):
                await _close(reader, writer)
        except (OSError, TimeoutError, asyncio.CancelledError):
            writer.transport.abort()
        except Exception as bug:  # noqa: BLE001 - one connection never takes the others down
            self._say(f"This is a bug in balise: {type(bug).__name__}: {bug}")
            writer.transport.abort()
        finally:
            self._open.discard(task)
            writer.transport.abort()

    def _make_room(self) -> None:
        if len(self._open) > MAX_CONNECTIONS and self._waiting:
            oldest = next(iter(self._waiting))
            del self._waiting[oldest]
            oldest.cancel()

    async def _answer(
        self, task: asyncio.Task[Any], reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> bool:
        """Answer a request; tell whether there was one."""
        method = ""
        self._waiting[task] = None
        try:
            data = await _read_head(reader)
            self._waiting.pop(task, None)
            if not data:
                return False
            request = parse_request(data)
            method = request.method
            inside, query = self._admit(request)
            if inside == _EVENTS_PATH and method == "GET":
                await self._stream(reader, writer)
                return True
            answer = await self._find(inside, query)
        except RefusedRequest as refused:
            answer = refusal(refused.status, refused.reason)
        finally:
            self._waiting.pop(task, None)
        writer.write(render_head(answer, length=len(answer.body)) + (b"" if method == "HEAD" else answer.body))
        await _sent(writer)
        return True

    def _admit(self, request: Request) -> tuple[str | None, str]:
        """Return the path below the root and the query of a request that may be answered. Raises `RefusedRequest`."""
        self._gate.check(request)
        path, query = read_target(request.target)
        return self._gate.enter(path, query), query

    async def _find(self, inside: str | None, query: str) -> Answer:
        """Return the answer from the preview; it is made in a thread, so that no page keeps the others waiting."""
        if inside is None:
            return Answer(303, "text/plain; charset=utf-8", location=self._preview.mount)
        if inside == _EVENTS_PATH:
            return Answer(200, EVENTS)
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._pool, self._preview.answer, inside, query)

    async def _stream(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Tell a page which version is served, now and after each change, until it goes away."""
        if self._streams >= MAX_STREAMS:
            raise RefusedRequest(503, "too many pages are listening")
        self._streams += 1
        gone = asyncio.ensure_future(reader.read(1))
        try:
            writer.write(render_head(Answer(200, EVENTS), length=None) + b"retry: 1000\n\n")
            told = ""
            while not gone.done():
                revision = self._preview.showing.revision
                news = self._news
                writer.write(f"data: {revision}\n\n".encode() if revision != told else b": still here\n\n")
                told = revision
                await _sent(writer)
                waiting = asyncio.ensure_future(news.wait())
                await asyncio.wait({gone, waiting}, timeout=PING_SECONDS, return_when=asyncio.FIRST_COMPLETED)
                waiting.cancel()
        finally:
            gone.cancel()
            self._streams -= 1


async def _read_head(reader: asyncio.StreamReader) -> bytes:
    """Return the bytes of a request up to the end of its head, or nothing when none came. Raises `RefusedRequest`."""
    data = b""
    try:
        async with asyncio.timeout(random.uniform(*IDLE_SECONDS)):  # noqa: S311 - no secret depends on it
            while not data or not is_complete(data):
                piece = await reader.read(4096)
                if not piece:
                    if data:
                        raise RefusedRequest(400, "the request ends too early")
                    return b""
                data += piece
    except TimeoutError:
        if data:
            raise RefusedRequest(408, "the request did not come") from None
        return b""
    return data


async def _sent(writer: asyncio.StreamWriter) -> None:
    """Wait until everything written has left; `wait_for` would swallow a cancellation that comes just then."""
    async with asyncio.timeout(SENDING_SECONDS):
        await writer.drain()


async def _close(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """End a connection; what the other side still sends is read away, for a reset would take the answer with it."""
    with contextlib.suppress(OSError, TimeoutError, RuntimeError):
        writer.write_eof()
        async with asyncio.timeout(LINGER_SECONDS):
            while await reader.read(65536):
                pass


def listen(address: Address) -> socket.socket:
    """Return a socket that listens on an address. Raises `UsageError`."""
    family = socket.AF_INET6 if ":" in address.host else socket.AF_INET
    try:
        return socket.create_server((address.host, address.port), family=family, backlog=1024)
    except OSError as failure:
        why = os.strerror(failure.errno) if failure.errno and failure.errno > 0 else failure.strerror
        raise UsageError(f"cannot listen on {address}: {why}; choose another --dev-addr") from None


def open_gate(address: Address, listening: socket.socket, *, allow_remote: bool) -> Gate:
    """Return who may see a preview on an address, with a token if other machines can reach it. Raises `UsageError`."""
    real = Address(address.host, listening.getsockname()[1])
    if real.is_local:
        return Gate(real)
    if not allow_remote:
        listening.close()
        raise UsageError(
            f"{address} can be reached from other machines, and the preview shows drafts; "
            "add --allow-remote to let those in who have the token, or listen on 127.0.0.1"
        )
    return Gate(real, secrets.token_urlsafe(24))


@contextlib.contextmanager
def quick_turns() -> Iterator[None]:
    """Let threads take turns quickly, so that a page is sent while the site is built again.

    The whole memory is not searched for garbage meanwhile: on a large site that stops every thread for a tenth of a
    second, and finds next to nothing.
    """
    before, thresholds = sys.getswitchinterval(), gc.get_threshold()
    sys.setswitchinterval(SWITCH_SECONDS)
    gc.set_threshold(*thresholds[:2], _NEVER)
    try:
        yield
    finally:
        sys.setswitchinterval(before)
        gc.set_threshold(*thresholds)


@contextlib.contextmanager
def stopping(stop: Callable[[int], None]) -> Iterator[None]:
    """Call `stop` with the signal's number on Ctrl-C and SIGTERM, where this is the main thread."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = {number: signal.signal(number, lambda got, _: stop(got)) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, action in before.items():
            signal.signal(number, action)
