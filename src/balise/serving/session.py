"""One run of `balise serve` from its first build to its last signal: server, watcher and builder together."""

from __future__ import annotations

import asyncio
import gc
import queue
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from balise.components import THEME
from balise.serving.preview import Preview, Report
from balise.serving.server import Server, listen, open_gate, quick_turns, stopping
from balise.serving.settings import parse_address
from balise.serving.watcher import Watcher

LAST_WORD_SECONDS = 0.5
"""How long the end waits for a build that is under way."""


@dataclass(frozen=True)
class Talk:
    """How a session speaks: `report` after each build, `say` for everything else."""

    report: Callable[[Report], None]
    say: Callable[[str], None]


class Session:
    """A preview, its server and its watcher; `run` returns the number of the signal that ended it."""

    def __init__(
        self,
        config_file: Path,
        talk: Talk,
        *,
        address: str | None = None,
        strict: bool = False,
        allow_remote: bool = False,
    ) -> None:
        self.preview = Preview(config_file, strict=strict)
        self._talk = talk
        wanted = parse_address(address or self.preview.settings.address)
        listening = listen(wanted)
        self.gate = open_gate(wanted, listening, allow_remote=allow_remote)
        self.preview.root = self.gate.root
        self._server = Server(self.preview, self.gate, listening, talk.say)
        settings = self.preview.settings
        self._watcher = Watcher(
            settings.root, (settings.content, "templates", "locales"), (config_file.name,), THEME, self.edited
        )
        self._edits: queue.SimpleQueue[frozenset[Path] | None] = queue.SimpleQueue()
        self._builder = threading.Thread(target=self._build_on_edits, name="balise-build", daemon=True)
        self._signal = 0

    @property
    def url(self) -> str:
        """Return the address to open, with the token where one is needed."""
        query = f"?token={self.gate.token}" if self.gate.token else ""
        return f"http://{self.gate.address}/{query or self.preview.mount.removeprefix('/')}"

    def run(self) -> int:
        """Build, serve and watch until a signal or `stop`, and return the signal's number; 0 when it was `stop`."""
        with quick_turns(), stopping(self.stop):
            self._watcher.start()
            self._edits.put(frozenset())
            self._builder.start()
            asyncio.run(self._server.run())
            self._watcher.stop()
            self._edits.put(None)
            self._builder.join(LAST_WORD_SECONDS)
        return self._signal

    @property
    def is_building(self) -> bool:
        """Tell whether a build is still under way, after the end too."""
        return self._builder.is_alive()

    def stop(self, number: int = 0) -> None:
        """End `run`; any thread may ask for it."""
        self._signal = number
        self._server.stop()

    def edited(self, paths: frozenset[Path]) -> None:
        """Note that files changed; they are taken over together as soon as no build is under way."""
        self._edits.put(paths)

    def _build_on_edits(self) -> None:
        first = True
        while True:
            gathered = self._gather()
            if gathered is None:
                return
            self._talk.report(self.preview.rebuild(None if first else gathered))
            first = False
            self._server.announce()
            gc.freeze()  # what stays is not searched for garbage: on a large site that would hold readers up

    def _gather(self) -> frozenset[Path] | None:
        """Return all edits noted so far, once there is one; nothing when the session ends."""
        paths: set[Path] = set()
        item = self._edits.get()
        while item is not None:
            paths |= item
            if self._edits.empty():
                return frozenset(paths)
            item = self._edits.get()
        return None
