"""The benchmark's corpus for Balise: the same bytes each time, and a project without a problem."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from support.commands import REPOSITORY, SOURCES, balise_process, run

PAGES = 12
ARTICLES = (
    "content/privacy-settings/guide-00009.md",
    "content/school-and-clubs/guide-00011.md",
    "content/talking-together/guide-00010.md",
)
EDIT = """
from pathlib import Path
from bench.balise_project import BaliseProject
from bench.corpus import Corpus
corpus = Corpus(12)
BaliseProject(corpus, Path(".")).write_page(corpus.edited, revision=3)
"""


def write_corpus(folder: Path, *options: str, **changes: str) -> Path:
    words = [sys.executable, "-m", "bench.corpus", "--pages", str(PAGES), "--out", str(folder), *options]
    done = run(words, REPOSITORY, **changes)
    assert (done.code, done.terminal) == (0, "")
    return folder


def files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def without_places(found: dict[str, bytes]) -> dict[str, bytes]:
    """Return files whose site.po, copied from the repository, names no lines: those move with any template edited."""
    return {
        name: b"\n".join(line for line in content.split(b"\n") if not line.startswith(b"#: "))
        if name.endswith("/site.po")
        else content
        for name, content in found.items()
    }


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return write_corpus(tmp_path / "project")


def test_the_same_corpus_is_written_each_time(project: Path, tmp_path: Path) -> None:
    again = write_corpus(tmp_path / "again", PYTHONHASHSEED="7", LC_ALL="C", TZ="Asia/Tokyo")
    assert files(again) == files(project)


def test_another_seed_gives_another_corpus(project: Path, tmp_path: Path) -> None:
    other = files(write_corpus(tmp_path / "other", "--seed", "2"))
    assert other.keys() == files(project).keys()
    assert other[ARTICLES[0]] != files(project)[ARTICLES[0]]


def test_it_builds_without_a_problem_and_with_every_translation(project: Path) -> None:
    built = run(balise_process("build", "--strict", "--format", "json"), project)
    report = json.loads(built.out)
    assert (built.code, report["ok"], report["problems"]) == (0, True, [])
    assert report["pages"] == {"fr": PAGES, "nl": PAGES, "en": PAGES}
    for counts in report["units"].values():
        assert [state for state, count in counts.items() if count] == ["current"]


def test_its_catalogues_are_as_balise_writes_them(project: Path) -> None:
    before = without_places(files(project))
    assert run(balise_process("translate", "update"), project).code == 0
    assert without_places(files(project)) == before


def test_each_article_makes_five_or_six_calls(project: Path) -> None:
    assert [(project / name).read_text("utf-8").count("{{") for name in ARTICLES] == [6, 6, 5]


def test_an_edit_changes_a_page_and_its_two_catalogues(project: Path) -> None:
    before = files(project)
    done = run([sys.executable, "-c", EDIT], project, PYTHONPATH=f"{SOURCES}:{REPOSITORY}")
    assert (done.code, done.terminal) == (0, "")
    after = files(project)
    page = "talking-together/guide-00010"
    changed = {name for name in after if after[name] != before.get(name)}
    assert changed == {f"content/{page}.md", f"locales/fr/pages/{page}.po", f"locales/nl/pages/{page}.po"}
    assert json.loads(run(balise_process("build", "--format", "json"), project).out)["problems"] == []
