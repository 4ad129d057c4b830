"""The gallery: a page for each component and language, whole when opened from the disk, written where nothing is lost."""

from __future__ import annotations

import re
from pathlib import Path
from posixpath import dirname, join, normpath

import pytest

from balise.components import component_names, load_contract
from balise.errors import UsageError
from balise.gallery import LANGUAGES, gallery, write_gallery
from support.commands import Terminal

FILES = gallery()


def test_every_component_has_a_page_in_every_language_with_each_of_its_examples() -> None:
    for tag in LANGUAGES:
        for name in component_names():
            page = FILES[f"{tag}/{name}/index.html"]
            assert f'<html lang="{tag}"' in page
            assert re.findall(r'<h2 id="example-\d+" lang="en">', page).__len__() == len(load_contract(name).examples)


def test_examples_are_drawn_in_the_words_of_the_language() -> None:
    found = [FILES[f"{tag}/contents/index.html"].count(word) for tag, word in
             (("fr", "Sur cette page"), ("nl", "Op deze pagina"), ("en", "On this page"))]  # fmt: skip
    assert all(count >= 2 for count in found)


def test_every_link_of_the_gallery_leads_to_one_of_its_files() -> None:
    pages = {address: text for address, text in FILES.items() if address.endswith("index.html")}
    frames = {
        address: re.sub(r'<section class="gallery-example">.*</section>', "", text, flags=re.DOTALL)
        for address, text in pages.items()
    }
    links = [
        (address, link)
        for address, text in frames.items()
        for link in re.findall(r'(?:href|src)="(?!https:|data:|#)([^"]+)"', text)
    ]
    assert len(links) > 1000
    for address, link in links:
        assert normpath(join(dirname(address), link.partition("#")[0])) in FILES, (address, link)


def test_a_gallery_takes_the_place_of_an_earlier_one(terminal: Terminal) -> None:
    folder = terminal.folder / "gallery"
    assert terminal.balise("theme", "gallery").code == 0
    (folder / "fr" / "gone").mkdir()
    outcome = terminal.balise("theme", "gallery")
    count = sum(address.endswith(".html") for address in FILES)
    said = f"{count} pages written to gallery; open gallery/index.html\n"
    assert (outcome.code, outcome.out, outcome.err) == (0, said, "")
    found = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert found == set(FILES)
    assert not (folder / "fr" / "gone").exists()


@pytest.mark.parametrize("name", ["notes.txt", "index.html"])
def test_a_folder_with_anything_else_is_left_alone(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("mine", "utf-8")
    with pytest.raises(UsageError, match="holds something else than a gallery; choose a new folder"):
        write_gallery(tmp_path, FILES)
    assert [path.name for path in tmp_path.iterdir()] == [name]
