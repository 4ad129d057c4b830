"""Real web servers on loopback with our configuration: nginx and Apache, each ended by its own handle."""

from __future__ import annotations

import http.client
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from balise.headers import Hosting, render_apache, render_nginx

MODULES = Path("/usr/lib/apache2/modules")
WANTED = "mpm_event authz_core dir mime headers autoindex".split()
PATIENCE = 30
"""How long a server may take to answer, in seconds; it never takes as long unless it fails."""


@dataclass(frozen=True)
class Answer:
    """What came back: status, headers as (name, value) in order, and the body."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes

    def values(self, name: str) -> list[str]:
        """Return every value of a header."""
        return [value for key, value in self.headers if key.lower() == name.lower()]


@dataclass(frozen=True)
class Server:
    """A running server: its port on loopback."""

    port: int

    @property
    def address(self) -> str:
        """Return the address of the site's root."""
        return f"http://127.0.0.1:{self.port}/"

    def get(self, path: str) -> Answer:
        """Return the answer to a request, redirects not followed."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            connection.request("GET", path)
            response = connection.getresponse()
            return Answer(response.status, tuple(response.getheaders()), response.read())
        finally:
            connection.close()


def free_port() -> int:
    """Return a port of loopback that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def find_server(name: str, path: str) -> str:
    """Return the program of a server; the test is skipped where it is not installed."""
    program = shutil.which(name) or (path if Path(path).is_file() else "")
    if not program:
        pytest.skip(f"{name} is not installed on this machine")
    return program


@contextmanager
def nginx(folder: Path, site: Hosting, work: Path) -> Iterator[Server]:
    """Run nginx with the file that `balise headers nginx` prints."""
    program = find_server("nginx", "/usr/sbin/nginx")
    port = free_port()
    (work / "balise.conf").write_text(render_nginx(site), "utf-8")
    (work / "nginx.conf").write_text(
        f"daemon off; master_process off; pid {work}/pid; error_log {work}/error.log;\n"
        "events { worker_connections 64; }\n"
        f"http {{ include /etc/nginx/mime.types; access_log off; client_body_temp_path {work}/body;\n"
        f"proxy_temp_path {work}/proxy; fastcgi_temp_path {work}/fastcgi; uwsgi_temp_path {work}/uwsgi;\n"
        f"scgi_temp_path {work}/scgi;\n"
        f"server {{ listen 127.0.0.1:{port}; root {folder}; include {work}/balise.conf; }} }}\n",
        "utf-8",
    )
    with _running([program, "-p", str(work), "-c", f"{work}/nginx.conf"], port):
        yield Server(port)


@contextmanager
def apache(folder: Path, site: Hosting, work: Path, *, htaccess: bool) -> Iterator[Server]:
    """Run Apache: with the site's own `.htaccess`, or with the file that `balise headers apache` prints."""
    program = find_server("apache2", "/usr/sbin/apache2")
    port = free_port()
    lines = [f"LoadModule {name}_module {MODULES}/mod_{name}.so" for name in WANTED]
    lines += [f"ServerRoot {work}", f"PidFile {work}/apache.pid", f"ErrorLog {work}/apache.log", "ServerName localhost"]
    lines += [f"Listen 127.0.0.1:{port}", f"DocumentRoot {folder}", "TypesConfig /etc/mime.types", "User www-data"]
    lines += ["Group www-data", "Options +Indexes +FollowSymLinks", "DirectoryIndex index.html"]
    lines += ['<FilesMatch "^\\.ht">', "Require all denied", "</FilesMatch>"]  # as every distribution has it
    if htaccess:
        lines += [f"<Directory {folder}>", "AllowOverride All", "</Directory>"]
    else:
        lines.append(render_apache(site, str(folder)))
    (work / "apache.conf").write_text("\n".join(lines) + "\n", "utf-8")
    with _running([program, "-X", "-f", f"{work}/apache.conf"], port):
        yield Server(port)


@contextmanager
def _running(words: list[str], port: int) -> Iterator[None]:
    process = subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    try:
        _wait(process, port)
        yield
    finally:
        process.terminate()
        process.communicate(timeout=PATIENCE)


def _wait(process: subprocess.Popen[bytes], port: int) -> None:
    """Return when the server answers."""
    ends = time.monotonic() + PATIENCE
    while time.monotonic() < ends:
        if process.poll() is not None:
            said = process.communicate()[0].decode()
            raise AssertionError(f"the server ended: {said}")
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise AssertionError("the server does not answer")
