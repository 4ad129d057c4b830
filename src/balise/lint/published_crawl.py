"""A published site on a server of this machine: its pages are asked for one after the other, from link to link."""

from __future__ import annotations

import http.client
import ipaddress
import socket
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from urllib.parse import quote, urlsplit

from balise.errors import UsageError
from balise.lint.published_addresses import Addresses
from balise.lint.published_page import PublishedFile
from balise.lint.published_reading import LARGEST, kind_of, named_root
from balise.lint.published_site import Found, PublishedSite
from balise.problems import Severity
from balise.registries import Registries

MOST_REQUESTS = 20_000
"""Requests to a site, at most."""
LONGEST = 30.0
"""Seconds that a site is read, at most."""
PATIENCE = 2.0
"""Seconds that one request may take."""
_ONLY_ASKED = tuple(
    ".png .jpg .jpeg .gif .webp .avif .ico .woff .woff2 .ttf .otf .pdf .mp3 .ogg .m4a .mp4 .webm .zip .gz .epub .docx"
    " .odt .xlsx .ods".split()
)
"""Endings of files that are asked whether they are there, and not read."""
_SAFE = "/~!$&'()*+,;=:@-._"


@dataclass(frozen=True)
class Answer:
    """What a server answers: status, headers (names small), cookies, and the body as far as it is read."""

    status: int
    headers: dict[str, str] = field(default_factory=dict)
    cookies: tuple[str, ...] = ()
    content: bytes = b""


def read_address(url: str) -> tuple[str, int, str]:
    """Return the host, the port and the root path of a site on this machine.

    Raises `UsageError` for any other address, so that nobody's server is asked by mistake.
    """
    try:
        parts = urlsplit(url)
        port = parts.port or 80
    except ValueError as wrong:
        raise UsageError(f'"{url}" is no address') from wrong
    host = parts.hostname or ""
    if parts.scheme != "http" or not _is_loopback(host):
        raise UsageError(
            f'"{url}" is not read: only http on this machine is, as in http://127.0.0.1:8000/; read a copy in a folder'
        )
    folder = parts.path[: parts.path.rfind("/") + 1] or "/"
    return host, port, folder


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


class Connection:
    """Asks one server of this machine, each request in a given time even when the answer comes byte by byte."""

    def __init__(self, host: str, port: int) -> None:
        self.host, self.port = host, port
        self._open: http.client.HTTPConnection | None = None
        self._ends = float("inf")
        self._stopped = threading.Event()
        self._watch = threading.Thread(target=self._cut, daemon=True)
        self._watch.start()

    def _cut(self) -> None:
        """Cut off an answer that takes too long: a time-out of the socket counts from the last byte."""
        while not self._stopped.wait(0.1):
            asked = self._open
            if time.monotonic() > self._ends and asked and asked.sock:
                try:
                    asked.sock.shutdown(socket.SHUT_RDWR)
                except OSError:
                    continue

    def ask(self, path: str) -> Answer | None:
        """Return the answer to a request for a path on the server, `None` where there is none in time."""
        for attempt in (1, 2):
            fresh = self._open is None
            try:
                self._ends = time.monotonic() + PATIENCE
                return self._ask(path)
            except (OSError, http.client.HTTPException):
                late = time.monotonic() > self._ends - 0.2
                self.drop()
                if fresh or late or attempt == 2:
                    return None
            finally:
                self._ends = float("inf")
        return None

    def _ask(self, path: str) -> Answer:
        if self._open is None:
            self._open = http.client.HTTPConnection(self._resolved(), self.port, timeout=PATIENCE)
        method = "HEAD" if path.partition("?")[0].lower().endswith(_ONLY_ASKED) else "GET"
        self._open.request(method, path, headers={"Host": self._host_header(), "User-Agent": "balise-check"})
        response = self._open.getresponse()
        content = response.read(LARGEST + 1)
        headers = {name.lower(): value for name, value in response.getheaders()}
        cookies = tuple(response.headers.get_all("Set-Cookie") or ())
        if len(content) > LARGEST or response.will_close:
            self.drop()
        return Answer(response.status, headers, cookies, content)

    def _host_header(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == 80 else f"{host}:{self.port}"

    def _resolved(self) -> str:
        """Return the address to connect to: a name such as localhost must not lead elsewhere."""
        return "127.0.0.1" if self.host == "localhost" else self.host

    def drop(self) -> None:
        """Close the connection; the next request opens another."""
        if self._open:
            self._open.close()
        self._open = None

    def stop(self) -> None:
        """Close the connection for good."""
        self._stopped.set()
        self._watch.join()
        self.drop()


Read = Callable[[PublishedFile], Iterable[str]]
"""What reads a file and returns the paths inside the site that it names."""


def make_served_site(url: str, facts: Registries | None) -> tuple[PublishedSite, str]:
    """Return the site at an address of this machine, none of it read yet, and the path to begin with.

    Raises `UsageError` where nobody answers.
    """
    host, port, folder = read_address(url)
    name = f"[{host}]" if ":" in host else host
    root = f"http://{name}{'' if port == 80 else f':{port}'}{folder}"
    start = urlsplit(url).path[len(folder) :]
    connection = Connection(host, port)
    try:
        first = connection.ask(folder + quote(start, safe=_SAFE))
    finally:
        connection.stop()
    if first is None:
        raise UsageError(f'"{url}" does not answer')
    named = named_root(first.content[:20_000].decode("utf-8", "replace"), start)
    addresses = Addresses(root, (named,) if named else (), keeps_query=True)
    return PublishedSite(addresses, {}, is_served=True, facts=facts), start


def crawl(url: str, site: PublishedSite, start: str, read: Read, *, longest: float = LONGEST) -> None:
    """Ask for every file of a site that its pages lead to, breadth first, and let `read` read each."""
    host, port, folder = read_address(url)
    connection = Connection(host, port)
    queue, known = deque([start]), {start}
    ends = time.monotonic() + longest
    try:
        while queue:
            if time.monotonic() > ends or len(site.files) >= MOST_REQUESTS:
                why = f"{longest:g} seconds" if time.monotonic() > ends else f"{MOST_REQUESTS} requests"
                message = f"reading stopped after {why}: {len(queue)} addresses were not asked for"
                site.trouble.append(Found(message, "read the site's folder instead", 0, ""))
                return
            path = queue.popleft()
            bare, mark, query = path.partition("?")
            answer = connection.ask(folder + quote(bare, safe=_SAFE) + mark + query)
            for found in _take(site, path, answer, read):
                if found not in known:
                    known.add(found)
                    queue.append(found)
    finally:
        connection.stop()


def _take(site: PublishedSite, path: str, answer: Answer | None, read: Read) -> Iterable[str]:
    """Note an answer, let its file be read, and return the paths that it leads to."""
    if answer is None:
        site.files[path] = 599
        message = f"no answer in {PATIENCE:g} seconds"
        site.trouble.append(Found(message, "look at the server", 0, path, Severity.ERROR))
        return ()
    site.files[path] = answer.status
    if 300 <= answer.status < 400 and "location" in answer.headers:
        target = site.addresses.resolve(site.addresses.root + quote(path, safe=_SAFE + "?"), answer.headers["location"])
        if target.kind != "inside":
            where = target.origin or target.url
            site.trouble.append(Found(f"a redirect leads out of the site, to {where}", "link it itself", 0, path))
            return ()
        site.redirects[path] = target.path
        return (target.path,)
    if answer.status != 200:
        return ()
    kind = kind_of(path, answer.headers.get("content-type", ""))
    if len(answer.content) > LARGEST:
        if kind != "other":
            message = f"the file has more than {LARGEST // 1_000_000} MB and was not read"
            site.trouble.append(Found(message, "split it", 0, path))
        return ()
    return read(PublishedFile(path, answer.content, kind, answer.headers, answer.cookies, len(answer.content)))
