"""Small built sites for the tests of what is read back: a page that is fine, and what is laid over it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from balise.lint.published import check_published
from balise.registries import Registries

POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'"
HEAD = (
    '<meta charset="utf-8"><title>A page</title><meta name="referrer" content="no-referrer">'
    f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'
)
HEADERS = "/*\n  X-Content-Type-Options: nosniff\n"


def page(body: str = "", head: str = HEAD, lang: str = "en") -> str:
    """Return a page on which nothing is wrong but what its body brings; the body is its second line."""
    return f'<!DOCTYPE html><html lang="{lang}"><head>{head}</head><body>\n{body}\n</body></html>\n'


def write_site(folder: Path, files: Mapping[str, str | bytes]) -> Path:
    """Write a built site of these files, with a file of headers; return its folder."""
    for name, content in {"_headers": HEADERS, **files}.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder


def said(folder: Path, files: Mapping[str, str | bytes], facts: Registries | None = None) -> list[str]:
    """Return what is said of a built site of these files, each problem in two lines, paths from its folder."""
    report = check_published(write_site(folder, files), facts)
    return [str(problem).replace(f"{folder.as_posix()}/", "") for problem in report.problems]


def first_lines(folder: Path, files: Mapping[str, str | bytes], facts: Registries | None = None) -> list[str]:
    """Return what is said of a built site, without what to do."""
    return [text.partition("\n")[0] for text in said(folder, files, facts)]
