"""The gallery: a page for each component and language, whole when opened from the disk, written where nothing is lost."""

from __future__ import annotations

import re
from pathlib import Path
from posixpath import dirname, join, normpath

import pytest
from selectolax.lexbor import LexborHTMLParser

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


def test_sources_of_examples_have_numbers_as_on_a_page() -> None:
    assert [name for name, html in FILES.items() if "@@" in html] == []
    assert re.findall(
        r'href="#source-[a-z-]+"><span class="visually-hidden">Source </span>(\d)</a>', FILES["en/chart/index.html"]
    ) == ["1"]


SAME_WORDS = frozenset(
    "Archives|Contact|E-mail:|France|International|Letters|Luxembourg|Menu|Privacy|Question|Source|Sources|Website:|pages|(pages)"
    "|Français|Nederlands|English|Archives ouvertes|Bibliothèque ouverte|Ligne des livres|Visites".split("|")
)
"""Words that are spelled alike in English, and names, which stay as they are."""
_WORD = re.compile(r"[^\W\d_]{2,}")
_ADDRESS = re.compile(r"\S+\.example\S*|\S+@\S+")


def example_texts(tag: str, name: str) -> set[str]:
    """Return what readers and screen readers get of a component's examples, without what names its own language."""
    tree = LexborHTMLParser(FILES[f"{tag}/{name}/index.html"])
    for frame in tree.css(".gallery-frame"):
        for other in frame.css("[lang]"):
            if other.attributes["lang"] != tag:
                other.decompose()
    nodes = [node for frame in tree.css(".gallery-frame") for node in frame.traverse(include_text=True)]
    texts = [
        node.text(deep=False) if node.tag == "-text" else node.attributes.get("aria-label") or "" for node in nodes
    ]
    return {" ".join(_ADDRESS.sub("", text).split()) for text in texts if _WORD.search(_ADDRESS.sub("", text))}


@pytest.mark.parametrize("tag", ["fr", "nl"])
@pytest.mark.parametrize("name", component_names())
def test_no_example_speaks_english_to_french_and_dutch_readers(tag: str, name: str) -> None:
    english = example_texts("en", name)
    assert english or name in ("search-box", "site-logo")  # in a template until a script takes it; a picture
    assert (example_texts(tag, name) & english) - SAME_WORDS == set()
