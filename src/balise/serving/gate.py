"""Who may see the preview: it shows drafts, so no other web page and no other machine gets an answer unasked."""

from __future__ import annotations

import hmac
import ipaddress
import re
from dataclasses import dataclass
from urllib.parse import parse_qs

from balise.serving.requests import RefusedRequest, Request
from balise.serving.settings import Address

METHODS = ("GET", "HEAD")
_HOST = re.compile(r"(\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9.-]+)(?::([0-9]{1,5}))?")
_LOCAL = ("localhost", "127.0.0.1", "::1")
_FRIENDLY_SITES = ("", "same-origin", "none")


@dataclass(frozen=True)
class Gate:
    """The address the preview listens on, and the token that requests from other machines carry ("" for none)."""

    address: Address
    token: str = ""

    @property
    def root(self) -> str:
        """Return the path everything is served below: `/`, or one that holds the token."""
        return f"/{self.token}/" if self.token else "/"

    def check(self, request: Request) -> None:
        """Refuse a request for another host, from another site, or with another method. Raises `RefusedRequest`."""
        host = request.fields.get("host", "")
        if not self._is_ours(host):
            raise RefusedRequest(403, "this preview answers to its own address only")
        origin = request.fields.get("origin")
        if origin is not None and origin.lower() != f"http://{host.lower()}":
            raise RefusedRequest(403, "this preview answers to no other site")
        if request.fields.get("sec-fetch-site", "").lower() not in _FRIENDLY_SITES:
            raise RefusedRequest(403, "this preview is opened from its own pages or the address bar")
        if request.method not in METHODS:
            raise RefusedRequest(405, "this preview only shows pages")

    def _is_ours(self, host: str) -> bool:
        """Tell whether a Host names this preview; with a token also by a bare IP address, which nobody can rebind."""
        match = _HOST.fullmatch(host)
        if not match or int(match[2] or 80) != self.address.port:
            return False
        name = match[1].strip("[]").lower()
        if name in (*_LOCAL, self.address.host.lower()):
            return True
        return bool(self.token) and _is_ip(name)

    def enter(self, path: str, query: str) -> str | None:
        """Return the path below the root, or `None` when the query carries the token and is sent to the root.

        Raises `RefusedRequest` without the token.
        """
        if not self.token:
            return path.removeprefix("/")
        if hmac.compare_digest(path[: len(self.root)].encode(), self.root.encode()):
            return path[len(self.root) :]
        given = parse_qs(query).get("token", [""])[0]
        if path == "/" and hmac.compare_digest(given.encode(), self.token.encode()):
            return None
        raise RefusedRequest(403, "this preview needs its token; open the address that the terminal shows")


def _is_ip(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True
