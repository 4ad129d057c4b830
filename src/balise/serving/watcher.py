"""Noticing edits of a project's sources as they are saved."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

QUIET_MS = 20
"""How long nothing may change before a set of changes is handed on, in milliseconds."""
LONGEST_MS = 400
"""How long changes that go on are gathered at most, in milliseconds."""
BREATH_MS = 50
"""How long a watch waits for changes before it says that it is there, in milliseconds."""


class _Either:
    """Set as soon as one of two events is."""

    def __init__(self, first: threading.Event, second: threading.Event) -> None:
        self._events = (first, second)

    def is_set(self) -> bool:
        return any(event.is_set() for event in self._events)


class Watcher:
    """Watches folders of a project, a theme's folder, and single files beside them; hands on what changed.

    `names` are folders of the project, which need not exist yet; `files` names of files in the project's own folder.
    """

    def __init__(
        self,
        root: Path,
        names: Iterable[str],
        files: Iterable[str],
        theme: Path,
        tell: Callable[[frozenset[Path]], None],
    ) -> None:
        self._root, self._names, self._files, self._theme, self._tell = root, tuple(names), tuple(files), theme, tell
        self._ended, self._again = threading.Event(), threading.Event()
        self._ready = (threading.Event(), threading.Event())
        self._threads = [
            threading.Thread(target=target, name=f"balise-{name}", daemon=True)
            for name, target in (("folders", self._watch_folders), ("root", self._watch_root))
        ]

    def start(self) -> None:
        """Watch in threads of its own; return when no edit from now on is missed."""
        for thread, ready in zip(self._threads, self._ready, strict=True):
            thread.start()
            ready.wait()

    def stop(self) -> None:
        """Stop watching; return when nothing is handed on any more."""
        self._ended.set()
        for thread in self._threads:
            thread.join()

    def _watch_folders(self) -> None:
        """Watch the folders with all they hold; begin again when one comes or goes, for what it held was not seen."""
        again = False
        while not self._ended.is_set():
            self._again.clear()
            wanted = (*(self._root / name for name in self._names), self._theme)
            folders = [folder for folder in wanted if folder.is_dir()]
            for paths in _changes(folders, _Either(self._ended, self._again)):
                self._hand_on(paths | frozenset(folders) if again else paths)
                again = False
                self._ready[0].set()
            again = True

    def _watch_root(self) -> None:
        """Watch the project's own folder, not what is below it."""
        tops = {name.split("/")[0] for name in self._names}
        for paths in _changes([self._root], self._ended, below=False):
            if any(path.name in tops for path in paths):
                self._again.set()
            self._hand_on(frozenset(path for path in paths if path.name in (*tops, *self._files)))
            self._ready[1].set()

    def _hand_on(self, paths: frozenset[Path]) -> None:
        if paths:
            self._tell(paths)


def _changes(folders: list[Path], stop: threading.Event | _Either, *, below: bool = True) -> Iterator[frozenset[Path]]:
    """Yield the paths that changed in folders until `stop` is set; the empty set every now and then."""
    from watchfiles import watch

    for changes in watch(
        *folders,
        recursive=below,
        step=QUIET_MS,
        debounce=LONGEST_MS,
        rust_timeout=BREATH_MS,
        yield_on_timeout=True,
        stop_event=stop,
        raise_interrupt=False,
    ):
        yield frozenset(Path(path) for _, path in changes)
