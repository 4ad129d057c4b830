"""The same sources give the same site: by either command, at any place, in any surroundings."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

import pytest

from support.commands import balise_process, run
from support.pictures import png
from support.projects import FOUND, SITE, write_project
from support.published import read_tree

MKDOCS = (sys.executable, "-m", "mkdocs", "build", "--strict")
CATALOGUE = """\
msgid ""
msgstr "Content-Type: text/plain; charset=UTF-8\\n"

msgctxt "meta.title"
msgid "I found images"
msgstr "J’ai vu des images"
"""
FILES = {
    "locales/fr/pages/help/found-images.po": CATALOGUE,
    "content/assets/sheet.txt": "A sheet.\n",
    "content/assets/words/é.txt": "Words.\n",
    "content/help/lost-phone.md": FOUND.replace("images-trouvees", "perdu").replace("beelden-gevonden", "kwijt"),
    "content/help/lost-phone.nl.md": FOUND.replace("beelden-gevonden", "kwijt").replace("your fault", "jouw schuld"),
}

LOOK = 'brand: {accent: "#7a1f5c", logo: logo.png}\nfont: atkinson\noffline: yes\n'
TALK = "---\ntype: topic\ntitle: A talk\ndescription: A page.\n---\n\nText.\n"


def write_looks(root: Path) -> Path:
    """Write the smallest project with another section, and with a look and kept pages of its own."""
    site = SITE.replace("[help]", "[help, talk]") + LOOK
    files = {"content/site.yml": site, "content/talk/index.md": TALK, "content/assets/logo.png": png(80, 40)}
    return write_project(root, {**FILES, **files})


def published(root: Path, words: tuple[str, ...] | list[str], folder: Path, **changes: str) -> dict[str, bytes]:
    """Return the site that a command writes into a folder."""
    outcome = run([*words, "--site-dir", str(folder)], root, **changes)
    assert outcome.code == 0, outcome.terminal
    return read_tree(folder)


def test_mkdocs_and_balise_write_the_same_bytes(tmp_path: Path) -> None:
    root = write_project(tmp_path / "project", FILES)
    by_mkdocs = published(root, MKDOCS, tmp_path / "one", PYTHONWARNINGS="error")
    by_balise = published(root, balise_process("build", "--strict"), tmp_path / "two", PYTHONWARNINGS="error")
    assert len(by_balise) > 20
    assert by_mkdocs == by_balise


def test_a_brand_a_typeface_and_kept_pages_are_the_same_bytes_too(tmp_path: Path) -> None:
    root = write_looks(tmp_path / "project")
    by_mkdocs = published(root, MKDOCS, tmp_path / "one", PYTHONWARNINGS="error")
    by_balise = published(root, balise_process("build", "--strict"), tmp_path / "two", PYTHONWARNINGS="error")
    assert {"worker.js", "assets/logo.png"} <= set(by_balise)
    assert len([name for name in by_balise if name.endswith(".woff2")]) == 6
    assert by_mkdocs == by_balise


@pytest.mark.parametrize(
    ("name", "before", "after", "again"),
    [
        ("content/help/found-images.md", "Close the page.", "Close the page at once.", {"worker.js"}),
        ("content/talk/index.md", "Text.", "Other text.", set()),
    ],
)
def test_a_sentence_of_a_kept_page_changes_the_worker_and_no_other_does(
    tmp_path: Path, name: str, before: str, after: str, again: set[str]
) -> None:
    root = write_looks(tmp_path / "project")
    first = published(root, balise_process("build"), root / "site")
    path = root / name
    path.write_text(path.read_text("utf-8").replace(before, after), "utf-8")
    changed = published(root, balise_process("build"), root / "site")
    assert {at for at in changed if changed[at] != first[at] and at.endswith(".js")} == again
    assert changed == published(root, balise_process("build"), tmp_path / "whole")


def test_another_accent_and_another_logo_are_there_after_the_next_build(tmp_path: Path) -> None:
    root = write_looks(tmp_path / "project")
    first = published(root, balise_process("build"), root / "site")
    (root / "content" / "assets" / "logo.png").write_bytes(png(90, 30))
    site = root / "content" / "site.yml"
    site.write_text(site.read_text("utf-8").replace("#7a1f5c", "#1a5c2f"), "utf-8")
    second = published(root, balise_process("build"), root / "site")
    assert b'width="80"' in first["fr/index.html"]
    assert b'width="90"' in second["fr/index.html"]
    sheets = [text for at, text in second.items() if at.endswith(".css")]
    assert len(sheets) > 1
    assert all(b"--accent:#1a5c2f" in sheet for sheet in sheets)
    assert second == published(root, balise_process("build"), tmp_path / "whole")


def test_neither_clock_nor_place_nor_locale_nor_hash_seed_shows_in_the_site(tmp_path: Path) -> None:
    here = write_project(tmp_path / "project", FILES)
    there = write_project(tmp_path / "another place" / "ünder", dict(reversed(FILES.items())))
    command = balise_process("build", "--today", "2026-11-21")
    first = published(here, command, tmp_path / "one", TZ="Pacific/Kiritimati", LC_ALL="C", PYTHONHASHSEED="0")
    second = published(
        there,
        command,
        there / "out",
        TZ="America/Los_Angeles",
        LC_ALL="C.UTF-8",
        LANG="tr_TR.UTF-8",
        PYTHONHASHSEED="4711",
        SOURCE_DATE_EPOCH="1",
        USER="someone",
    )
    assert first == second


def test_building_twice_leaves_the_same_site_and_nothing_of_the_old_one(tmp_path: Path) -> None:
    root = write_project(tmp_path / "project", FILES)
    first = published(root, balise_process("build"), root / "site")
    (root / "site" / "left-over.html").write_text("old", "utf-8")
    assert published(root, balise_process("build"), root / "site") == first


@pytest.mark.properdocs
@pytest.mark.skipif(
    importlib.util.find_spec("properdocs") is None, reason="ProperDocs is not installed: pip install balise[properdocs]"
)
def test_properdocs_writes_the_same_bytes(tmp_path: Path) -> None:
    root = write_project(tmp_path / "project", FILES)
    command = (sys.executable, "-m", "properdocs", "build", "--strict", "--config-file", "mkdocs.yml")
    by_properdocs = published(root, command, tmp_path / "one")
    assert by_properdocs == published(root, balise_process("build"), tmp_path / "two")


@pytest.mark.parametrize(
    ("name", "before", "after"),
    [
        ("content/help/found-images.md", "Close the page.", "Close the page at once."),
        ("content/help/lost-phone.nl.md", "jouw schuld", "uw schuld"),
        ("locales/fr/pages/help/found-images.po", "J’ai vu des images", "J’ai trouvé des images"),
    ],
)
def test_a_changed_sentence_is_found_as_after_a_whole_build(tmp_path: Path, name: str, before: str, after: str) -> None:
    root = write_project(tmp_path / "project", FILES)
    published(root, balise_process("build"), root / "site")
    path = root / name
    path.write_text(path.read_text("utf-8").replace(before, after), "utf-8")
    changed = published(root, balise_process("build"), root / "site")
    whole = published(root, balise_process("build", "--jobs", "2"), tmp_path / "whole")
    assert any(after.encode() in content for at, content in changed.items() if at.endswith("/search.txt"))
    assert changed == whole
