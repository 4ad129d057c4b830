"""What a server says beside each file: one table of response headers, and the same table as each server reads it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from balise.components import CONTENT_SECURITY_POLICY

BUNDLES = "theme"
"""The folder of the style sheet, the scripts and the typeface; their names change with their content."""
_NAMED = r"balise-[0-9a-f]{10}\.(css|js|woff2)"
IS_BUNDLE = re.compile(rf"{BUNDLES}/{_NAMED}\Z")
WORKER = "worker.js"
"""The service worker of a site that keeps pages on readers' devices, or once did; never kept without asking again."""
WRITTEN = ("_headers", ".htaccess")
"""The files in a built site that are for its server."""

POLICY = f"{CONTENT_SECURITY_POLICY}; frame-ancestors 'none'"
"""The policy of the header: that of the pages' heads, with the one directive that works in a header alone."""
KEPT = "public, max-age=31536000, immutable"
ASKED_AGAIN = "no-cache"
NEVER_KEPT = "no-store"

FEATURES = (
    "accelerometer autoplay bluetooth browsing-topics camera clipboard-read clipboard-write compute-pressure"
    " cross-origin-isolated display-capture encrypted-media fullscreen gamepad geolocation gyroscope hid"
    " identity-credentials-get idle-detection keyboard-map local-fonts magnetometer microphone midi otp-credentials"
    " payment picture-in-picture publickey-credentials-create publickey-credentials-get screen-wake-lock serial"
    " storage-access sync-xhr unload usb web-share window-management xr-spatial-tracking"
).split()
"""What a page could ask a browser for; ours ask for nothing."""


@dataclass(frozen=True)
class Header:
    """A response header: its name, its value, and what it is for in a sentence for people who run a site."""

    name: str
    value: str
    about: str


@dataclass(frozen=True)
class Hosting:
    """What a server has to know of a site: its editions, whether it is discreet, and the path it stands at (`/`).

    `worker` says whether there is a service worker.
    """

    languages: tuple[str, ...]
    discreet: bool = False
    base: str = "/"
    worker: bool = False


def header_table(address: str = "", *, discreet: bool = False) -> tuple[Header, ...]:
    """Return the headers of a file at an address below the site's root, in the order they are written."""
    off = ", ".join(f"{name}=()" for name in FEATURES)
    return (
        Header("Content-Security-Policy", POLICY, "nothing runs or loads that is not the site's own file"),
        Header("X-Content-Type-Options", "nosniff", "a file is what its type says"),
        Header("Referrer-Policy", "no-referrer", "no other site learns where a reader came from"),
        Header("Strict-Transport-Security", "max-age=31536000", "the site is asked for over https alone, for a year"),
        Header("Cross-Origin-Opener-Policy", "same-origin", "a page that opened ours cannot watch or move it"),
        Header("Cross-Origin-Resource-Policy", "same-origin", "no other site can show our files as its own"),
        Header("Cross-Origin-Embedder-Policy", "require-corp", "no file of another site gets into a page"),
        Header("Permissions-Policy", off, "camera, microphone, place and all the rest are off"),
        Header("Cache-Control", cache_control(address, discreet=discreet), "see the note on keeping below"),
        Header("X-Frame-Options", "DENY", "no page of ours in a frame of another, for old browsers"),
        Header("X-Permitted-Cross-Domain-Policies", "none", "old document readers load nothing through us"),
        Header("Origin-Agent-Cluster", "?1", "the site shares no process with its neighbours where that is possible"),
    )


def cache_control(address: str, *, discreet: bool = False) -> str:
    """Return how long a browser may keep a file.

    Bundles for ever, for their names change; anything else is asked for again, or never kept on a discreet site.
    """
    if IS_BUNDLE.match(address):
        return KEPT
    return NEVER_KEPT if discreet else ASKED_AGAIN


def render_netlify(site: Hosting) -> str:
    """Return the `_headers` file of Netlify and Cloudflare Pages.

    These hosts join the values of every rule that fits, so rules on keeping share no address.
    """
    rules = ["# Response headers, for Netlify and Cloudflare Pages. Written by Balise.", "/*"]
    table = header_table(discreet=site.discreet)
    rules += [f"  {item.name}: {item.value}" for item in table if item.name != "Cache-Control"]
    pages = ["/", "/index.html", "/404.html", "/sitemap.xml", *(f"/{tag}/*" for tag in site.languages), "/assets/*"]
    pages += [f"/{WORKER}"] if site.worker else []
    for pattern in pages:
        rules += [pattern, f"  Cache-Control: {cache_control('', discreet=site.discreet)}"]
    rules += [f"/{BUNDLES}/*", f"  Cache-Control: {KEPT}"]
    return _lines(rules)


def render_htaccess(site: Hosting) -> str:
    """Return the `.htaccess` file of Apache."""
    note = "# Response headers and error pages, for Apache with `AllowOverride All`. Written by Balise."
    return _lines([note, *_apache(site)])


def render_apache(site: Hosting, folder: str) -> str:
    """Return a configuration of Apache for a site in a folder: what `.htaccess` says, and what only the server may."""
    inside = [f"  {line}" for line in _apache(site)]
    return _lines(
        [
            "# For /etc/apache2/conf-enabled/: the whole server, not one virtual host. Needs the module headers.",
            "ServerTokens Prod",
            "ServerSignature Off",
            "TraceEnable Off",
            f'<Directory "{folder}">',
            "  AllowOverride None",
            "  DirectoryIndex index.html",
            '  <FilesMatch "^(_headers$|\\.ht)">',
            "    Require all denied",
            "  </FilesMatch>",
            *inside,
            "</Directory>",
        ]
    )


def _apache(site: Hosting) -> Iterable[str]:
    """Yield the directives that may stand in `.htaccess` as well as in a server's `<Directory>`."""
    yield from ("<IfModule mod_autoindex.c>", "  Options -Indexes", "</IfModule>", "AddDefaultCharset utf-8")
    yield from _apache_errors(site.base)
    for tag in site.languages:
        yield f'<If "%{{REQUEST_URI}} =~ m#^{re.escape(site.base)}{tag}/#">'
        yield from (f"  {line}" for line in _apache_errors(f"{site.base}{tag}/"))
        yield "</If>"
    yield "<IfModule mod_headers.c>"
    for item in header_table(discreet=site.discreet):
        yield f'  Header always set {item.name} "{item.value}"'
    yield f'  <FilesMatch "^{_NAMED}$">'
    yield f'    Header always set Cache-Control "{KEPT}"'
    yield from ("  </FilesMatch>", "</IfModule>")


def _apache_errors(folder: str) -> Iterable[str]:
    return (f"ErrorDocument {status} {folder}404.html" for status in (403, 404))


def render_nginx(site: Hosting) -> str:
    """Return a file to include in a `server` block of nginx.

    No location adds a header of its own, for it would lose all of the server's; `always` is for error pages.
    """
    base = site.base
    rules = [
        "# For a `server` block that names its `root`: include snippets/balise.conf;",
        "# A location with an `add_header` of its own loses all of these; put yours here instead.",
        "server_tokens off;",
        "absolute_redirect off;",
        "autoindex off;",
        "index index.html;",
        "charset utf-8;",
        f"error_page 403 404 =404 {base}404.html;",
        "",
        f'set $balise_cache "{cache_control("", discreet=site.discreet)}";',
        f'if ($uri ~ "^{re.escape(base)}{BUNDLES}/{_NAMED}$") {{',
        f'  set $balise_cache "{KEPT}";',
        "}",
        "",
    ]
    for item in header_table(discreet=site.discreet):
        value = "$balise_cache" if item.name == "Cache-Control" else f'"{item.value}"'
        rules.append(f"add_header {item.name} {value} always;")
    rules.append("")
    rules += [f"location {base}{tag}/ {{ error_page 403 404 =404 {base}{tag}/404.html; }}" for tag in site.languages]
    rules.append(f'location ~ "/({"|".join(re.escape(name) for name in WRITTEN)})$" {{ return 404; }}')
    return _lines(rules)


def _lines(lines: Iterable[str]) -> str:
    return "".join(f"{line}\n" for line in lines)
