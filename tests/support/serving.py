"""A preview of a small project on a loopback socket, in this process, stopped by its own handle."""

from __future__ import annotations

import queue
import socket
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from balise.serving.preview import Report
from balise.serving.session import Session, Talk

PATIENCE = 60
"""How long a test waits for what must come, in seconds; it never takes as long unless it fails."""


@dataclass(frozen=True)
class Response:
    """An answer as it came over the wire."""

    status: int
    headers: Mapping[str, str]
    body: str


class Served:
    """A running preview: its folder, what it reported, and raw requests to it."""

    def __init__(self, folder: Path, *, address: str = "127.0.0.1:0", allow_remote: bool = False) -> None:
        self.folder = folder
        self.reports: queue.Queue[Report] = queue.Queue()
        self.said: list[str] = []
        self.first: Report | None = None
        talk = Talk(self.reports.put, self.said.append)
        self.session = Session(folder / "mkdocs.yml", talk, address=address, allow_remote=allow_remote)
        self.port = self.session.gate.address.port
        self._thread = threading.Thread(target=self.session.run)
        self._thread.start()

    def stop(self) -> None:
        """End the preview and wait until it is gone."""
        self.session.stop()
        self._thread.join()

    def report(self) -> Report:
        """Return the report of the next build."""
        return self.reports.get(timeout=PATIENCE)

    def connect(self) -> socket.socket:
        """Return a connection that has sent nothing."""
        return socket.create_connection(("127.0.0.1", self.port), timeout=PATIENCE)

    def send(self, data: bytes) -> bytes:
        """Return every byte that comes back for these."""
        with self.connect() as connection:
            connection.sendall(data)
            connection.shutdown(socket.SHUT_WR)
            return read_all(connection)

    def ask(self, target: str, *, method: str = "GET", **fields: str) -> Response:
        """Return the answer to a request as a browser on this machine sends it; `fields` change its header."""
        header = {"Host": f"127.0.0.1:{self.port}", **{name.replace("_", "-"): value for name, value in fields.items()}}
        lines = [f"{method} {target} HTTP/1.1", *(f"{name}: {value}" for name, value in header.items())]
        return parse_response(self.send("\r\n".join((*lines, "", "")).encode("latin-1")))

    def edit(self, name: str, content: str) -> Report:
        """Save a file of the project; return the report of the build that follows."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, "utf-8")
        return self.report()


def read_all(connection: socket.socket) -> bytes:
    """Return every byte until the other side ends."""
    pieces = []
    while piece := connection.recv(65536):
        pieces.append(piece)
    return b"".join(pieces)


def parse_response(data: bytes) -> Response:
    """Return an answer from its bytes."""
    head, _, body = data.partition(b"\r\n\r\n")
    first, *lines = head.decode("ascii").split("\r\n")
    headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in lines)}
    return Response(int(first.split()[1]), headers, body.decode("utf-8"))


@contextmanager
def serving(folder: Path, *, address: str = "127.0.0.1:0", allow_remote: bool = False) -> Iterator[Served]:
    """Run a preview of a project; inside, its first build is done."""
    served = Served(folder, address=address, allow_remote=allow_remote)
    try:
        served.first = served.report()
        yield served
    finally:
        served.stop()
