"""The site tells of the machine and the people that built it.

What it finds: files that are no part of a site (`.git`, `.env`, `.DS_Store`, copies of editors, source maps), paths of
a builder's disk (`/home/…`, `C:\\Users\\…`), and addresses of a preview (`localhost`).

Why it matters: the people behind such a site are threatened too. A name of an account is the beginning of a search,
and a `.git` folder holds everything that was ever written.

Bad: `<!-- rendered from /home/maria/site/index.md -->`

Better: a folder that is built from nothing, on a machine that nobody lives on
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator

from balise.lint.published_page import PublishedFile, PublishedPage
from balise.lint.published_rule import PublishedRule
from balise.lint.published_site import Found, PublishedSite
from balise.problems import Severity

RULE = PublishedRule(Severity.WARNING)

_GRAVE = frozenset({".git", ".svn", ".hg", ".env", ".htpasswd", "id_rsa", ".ssh"})
_NAMES = frozenset(
    {
        ".DS_Store",
        "Thumbs.db",
        "desktop.ini",
        ".idea",
        ".vscode",
        "node_modules",
        "__pycache__",
        ".gitignore",
        ".gitattributes",
    }
)
_ENDINGS = (".map", ".bak", ".orig", ".swp", ".pyc", "~", ".rej", ".sql", ".log")
_PATH = re.compile(
    r"(?<![\w./:-])(?<!=[\"'])(?:/(?:home|Users)/[\w.-]{1,64}/[\w.-]|[A-Za-z]:\\{1,2}Users\\{1,2}[\w.-])[^\s\"'<>)]{0,80}"
    r"|\bfile:///[\w/][^\s\"'<>)]{0,80}"
)
_PREVIEW = re.compile(r"\bhttps?://(?:localhost|127\.0\.0\.1|0\.0\.0\.0)(?::\d{1,5})?(?=[/\"'\s<)]|\Z)")


def check_page(page: PublishedPage, site: PublishedSite) -> Iterator[Found]:
    """Yield the traces in a page."""
    yield from _traces(page.text, site)


def check_file(file: PublishedFile, text: str, site: PublishedSite) -> Iterator[Found]:
    """Yield the traces in another file of text."""
    yield from _traces(text, site)


def _traces(text: str, site: PublishedSite) -> Iterator[Found]:
    if "/home/" in text or "Users" in text or "file:///" in text:
        match = _PATH.search(text)
        if match:
            message = f'a path of the builder\'s disk: "{match[0][:80]}"'
            yield Found(message, "build without it", text.count("\n", 0, match.start()) + 1)
    if not site.is_served and ("localhost" in text or "127.0.0.1" in text or "0.0.0.0" in text):  # noqa: S104
        match = _PREVIEW.search(text)
        if match:
            message = f'the address of a preview: "{match[0]}"'
            yield Found(
                message, "write the address that the site is published at", text.count("\n", 0, match.start()) + 1
            )
    at = text.rfind("sourceMappingURL=")
    if at >= 0:
        line = text.count("\n", 0, at) + 1
        yield Found("a file names its source map", "build without source maps", line, severity=Severity.ADVICE)


def check_site(site: PublishedSite) -> Iterator[Found]:
    """Yield the files that are no part of a site; of a folder, the folder once."""
    told: set[str] = set()
    for path, status in site.files.items():
        if status >= 400:
            continue
        parts = path.split("/")
        for number, part in enumerate(parts, 1):
            if part in _GRAVE or part in _NAMES:
                name = "/".join(parts[:number])
                if name not in told:
                    told.add(name)
                    weight = Severity.ERROR if part in _GRAVE else None
                    yield Found(f'"{part}" is published', "leave it out", 0, name, weight)
                break
        else:
            if posixpath.basename(path).endswith(_ENDINGS):
                yield Found(f'"{posixpath.basename(path)}" is published', "leave it out", 0, path)
