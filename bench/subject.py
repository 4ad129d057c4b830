"""What is measured: a builder with a corpus laid out for it, and Balise itself as one."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from bench.balise_project import BaliseProject
from bench.corpus import LANGUAGES, Corpus, revision_mark

HOST = "127.0.0.1"
SOURCE_DATE = "1795219200"
"""Midnight UTC of the benchmark's day: no fact expires, and no build depends on the clock."""


class BenchError(Exception):
    """A builder did not do what is measured, so its figure would mean nothing."""


@dataclass(frozen=True)
class Subject:
    """One builder with its corpus in `folder`.

    `words` build. `sources` are the names in `folder` that stay when a build is to be cold. `edit` rewrites the edited
    article in all languages, `edit_source` one file of it, as an author saves. `article` and `home` map a language to a
    page below `folder`. A builder that is `always_full` knows no other build than a cold one. `serve` gives the words
    of its development server at a port, and `served` is the article's address there.
    """

    name: str
    title: str
    version: str
    folder: Path
    words: tuple[str, ...]
    sources: tuple[str, ...]
    write: Callable[[], None]
    edit: Callable[[int], None]
    edit_source: Callable[[int], None]
    article: Callable[[str], str]
    home: Callable[[str], str]
    always_full: bool = False
    serve: Callable[[int], tuple[str, ...]] | None = None
    served: str = ""

    def check(self, revision: int) -> None:
        """Raise `BenchError` unless the article of every language shows a revision (0: is there at all)."""
        for language in LANGUAGES:
            path = self.folder / self.article(language)
            if not path.is_file():
                raise BenchError(f"{self.title}: there is no {self.article(language)}")
            if revision and not shows(path.read_text("utf-8"), language, revision):
                raise BenchError(f"{self.title}: {self.article(language)} does not show revision {revision}")


def shows(html: str, language: str, revision: int) -> bool:
    """Tell whether a page shows a revision of the edited article, whatever kind of space typography chose."""
    word, number = revision_mark(language, revision).split(" ")
    return re.search(rf"{word}(?:\s|&nbsp;|&#160;)*{number}\b", html) is not None


def environment(folder: Path) -> dict[str, str]:
    """Return the bare environment that every builder runs in."""
    kept = {key: os.environ[key] for key in ("PATH", "HOME") if key in os.environ}
    fixed = {"LANG": "C.UTF-8", "SOURCE_DATE_EPOCH": SOURCE_DATE, "NO_COLOR": "1", "NO_MKDOCS_2_WARNING": "1"}
    return {
        **kept,
        **fixed,
        "HUGO_CACHEDIR": str(folder / ".hugo-cache"),
        "XDG_CACHE_HOME": str(folder / ".user-cache"),
    }


def balise_subject(corpus: Corpus, folder: Path) -> Subject:
    """Return Balise, as installed beside the Python that runs this."""
    from balise import __version__

    project = BaliseProject(corpus, folder)
    program = str(Path(sys.executable).with_name("balise"))
    edited = corpus.edited
    return Subject(
        name="balise",
        title="Balise",
        version=__version__,
        folder=folder,
        words=(program, "build"),
        sources=("content", "templates", "locales", "mkdocs.yml"),
        write=project.write,
        edit=lambda revision: project.write_page(edited, revision),
        edit_source=lambda revision: project.write_source(edited, revision),
        article=lambda language: f"site/{project.address(language, edited)}",
        home=lambda language: f"site/{project.address(language, 0)}",
        serve=lambda port: (program, "serve", "--dev-addr", f"{HOST}:{port}"),
        served=project.address("en", edited).removesuffix("index.html"),
    )
