"""Reading a built site back, whoever built it: `check_published` names what is wrong with it.

The site is a folder, or stands on a server of this machine; nothing else is ever asked.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from balise.errors import UsageError
from balise.lint.published_crawl import LONGEST, crawl, make_served_site
from balise.lint.published_folder import open_folder, read_files
from balise.lint.published_page import PublishedFile, PublishedPage, css_addresses
from balise.lint.published_reading import decode
from balise.lint.published_rule import PublishedRule, load_published_rules
from balise.lint.published_site import Found, PublishedSite, Summary, summarise, summarise_style
from balise.problems import Location, Problem, Severity, sorted_problems

if TYPE_CHECKING:
    from balise.registries import Registries


@dataclass(frozen=True)
class PublishedReport:
    """What reading a site back has found: problems, pages and bytes read."""

    problems: tuple[Problem, ...]
    pages: int
    bytes: int


@dataclass(frozen=True)
class _Note:
    """A finding of a rule in a document."""

    rule: PublishedRule
    path: str
    found: Found


class _Reader:
    """Reads the files of a site one by one, lets the rules read them, and remembers what the last rules need."""

    def __init__(self, site: PublishedSite) -> None:
        self.site = site
        self.rules = tuple(load_published_rules().values())
        self.notes: list[_Note] = []
        self.pages = self.bytes = 0
        self.digests: dict[tuple[str, str], str] = {}

    def read(self, file: PublishedFile) -> Summary | None:
        """Let the rules read a file; return what is remembered of it, `None` for one that names nothing."""
        self.bytes += file.size
        if self.site.is_served and file.kind in ("script", "style"):
            for kind in ("sha256", "sha384", "sha512"):
                digest = base64.b64encode(hashlib.new(kind, file.content).digest()).decode()
                self.digests[file.path, kind] = digest
        text, wrong = decode(file) if file.kind != "other" else ("", None)
        if wrong:
            self.site.trouble.append(wrong)
        if file.kind == "page":
            return self._read_page(PublishedPage(file, text, self.site.addresses.of_page(file.path)))
        for rule in self.rules:
            if rule.check_file:
                self.notes += [_Note(rule, file.path, found) for found in rule.check_file(file, text, self.site)]
        if file.kind != "style":
            return None
        summary = summarise_style(css_addresses(text), self.site.addresses.of_page(file.path))
        self.site.documents[file.path] = summary
        return summary

    def _read_page(self, page: PublishedPage) -> Summary:
        self.pages += 1
        for rule in self.rules:
            if rule.check_page:
                self.notes += [_Note(rule, page.path, found) for found in rule.check_page(page, self.site)]
        summary = summarise(page, self.site.base(page))
        self.site.documents[page.path] = summary
        return summary

    def names(self, file: PublishedFile) -> Iterator[str]:
        """Read a file of a served site; yield the paths inside the site that it names and that can be asked for."""
        summary = self.read(file)
        if summary is None:
            return
        typed = [one.address for one in summary.references if one.kind not in ("form", "connection")]
        for address in (*typed, *(one.address for one in summary.alternates)):
            target = self.site.addresses.resolve(summary.base, address)
            if target.kind == "inside":
                yield target.path

    def finish(self) -> None:
        """Let the rules on the whole site read what is remembered."""
        for rule in self.rules:
            if rule.check_site:
                self.notes += [_Note(rule, found.path, found) for found in rule.check_site(self.site)]


def check_published(
    target: str | Path, facts: Registries | None = None, *, longest: float = LONGEST
) -> PublishedReport:
    """Return what is wrong with a built site: a folder, or an address of this machine (`http://127.0.0.1:8000/`).

    With the registries of a project, its telephone numbers are held against them. `longest` is how many seconds a
    server is asked. Raises `UsageError` for a folder that is none and for any other address.
    """
    text = str(target)
    if "://" in text:
        site, start = make_served_site(text, facts)
        reader = _Reader(site)
        reader.site = replace(site, digest=lambda path, kind: reader.digests.get((path, kind), ""))
        crawl(text, reader.site, start, reader.names, longest=longest)
        prefix = site.addresses.root
    else:
        folder = Path(target).resolve()
        if not folder.is_dir():
            raise UsageError(f'"{text}" is no folder; give the folder of a built site, or http://127.0.0.1:8000/')
        reader = _Reader(open_folder(folder, facts))
        for file in read_files(folder, reader.site):
            reader.read(file)
        prefix = f"{Path(target).as_posix().rstrip('/')}/"
    reader.finish()
    return PublishedReport(_problems(reader.notes, prefix), reader.pages, reader.bytes)


def _problems(notes: Iterable[_Note], prefix: str) -> tuple[Problem, ...]:
    """Return the findings as problems; what stands on many pages is told once, with their number."""
    same: dict[tuple[str, Severity, str], list[_Note]] = {}
    for note in notes:
        severity = note.found.severity or note.rule.severity
        same.setdefault((note.rule.id, severity, note.found.message), []).append(note)
    problems: list[Problem] = []
    for (rule, severity, message), found in same.items():
        first = min(found, key=lambda note: (note.path.count("/"), note.path, note.found.line))
        others = len({note.path for note in found}) - 1
        if others:
            message = f"{message} ({others} more like it)"
        place = Location(prefix + first.path, first.found.line)
        problems.append(Problem(severity, rule, message, place, first.found.hint))
    return sorted_problems(problems)
