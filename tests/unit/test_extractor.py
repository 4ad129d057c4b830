"""Babel's own extraction reads our pages, page types and data files."""

from __future__ import annotations

import io
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from babel.messages.extract import extract, extract_from_dir

from balise.extraction import site_messages
from balise.page import page_messages
from balise.project import load_project
from support.projects import write_project

METHOD = "balise.extractor:extract_balise"
REPOSITORY = Path(__file__).parents[2]


class Named(io.BytesIO):
    """Bytes of a file with this name."""

    def __init__(self, name: str, data: bytes) -> None:
        super().__init__(data)
        self.name = name


def extracted(name: str, data: str | bytes) -> list[tuple[int, str | None, str, list[str]]]:
    """Return line, context, text and comments that Babel gets of a file."""
    raw = data if isinstance(data, bytes) else data.encode()
    return [(line, context, text, notes) for line, text, notes, context in extract(METHOD, Named(name, raw))]  # type: ignore[misc]


def test_a_page_gives_its_front_matter_and_its_units() -> None:
    page = "---\ntype: topic\ntitle: Été\nshort: E\nslug: {fr: x}\ndescription: About.\n---\n\nSame.\n\n- Same.\n\n`{{ x() }}`\n"
    assert extracted("content/a.md", page) == [
        (3, "meta.title", "Été", ["front matter: title"]),
        (4, "meta.short", "E", ["front matter: short"]),
        (6, "meta.description", "About.", ["front matter: description"]),
        (9, "gc2qmh4u", "Same.", ["paragraph"]),
        (11, "gc2qmh4u-2", "Same.", ["item"]),
    ]


def test_a_mark_at_the_start_and_windows_line_ends_change_nothing() -> None:
    page = "---\ntype: topic\ntitle: A\n---\nText.\n"
    assert extracted("a.md", b"\xef\xbb\xbf" + page.replace("\n", "\r\n").encode()) == extracted("a.md", page)


def test_a_page_type_gives_the_literals_of_its_calls() -> None:
    skeleton = '---\nlabel: Topic\nabout: Not for readers.\n---\n{{ lead }}\n\n## {{ _("Who helps") }} {#who}\n\n{{ rest() }}\n'
    assert extracted("templates/topic.md", skeleton) == [(7, None, "Who helps", [])]


@pytest.mark.parametrize(
    "name, data, expected",
    [
        ("content/site.yml", "# head\nname: Balise\n", [(2, "site.name", "Balise", [])]),
        (
            "content/data/terms.yml",
            "rules:\n- id: w\n  group: style\n  kind: term\n  languages: [en]\n  severity: warn\n  why: Words hurt.\n"
            '  preferred: {en: x}\n  patterns: {en: ["y"]}\n',
            [(7, "terms.w.why", "Words hurt.", [])],
        ),
        ("content/data/other.yml", "things: [a]\n", []),
        ("content/data/empty.yml", "", []),
    ],
)
def test_a_data_file_gives_its_texts_with_their_lines(
    name: str, data: str, expected: list[tuple[int, str | None, str, list[str]]]
) -> None:
    assert extracted(name, data) == expected


@pytest.mark.parametrize(
    "name, data, message",
    [
        ("a.md", "no front matter", "a.md:1:1: error: the page has no front matter"),
        ("a.md", "---\ntitle: [\n---\n", "a.md:2:9: error: the YAML is broken"),
        ("a.yml", "a: 1\na: 2\n", 'a.yml:2:1: error: key "a" stands twice'),
        ("a.md", b"---\n\xff", "a.md: the file is not UTF-8"),
    ],
)
def test_a_file_that_cannot_be_read_stops_with_its_place(name: str, data: str | bytes, message: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(message)}"):
        extracted(name, data)


def test_babel_gets_from_a_whole_project_what_balise_itself_gives_translators(tmp_path: Path) -> None:
    project = load_project(write_project(tmp_path))
    methods = [("content/**.md", METHOD), ("templates/**.md", METHOD), ("content/**.yml", METHOD)]
    found = {(context or "", text) for _, _, text, _, context in extract_from_dir(tmp_path, methods)}
    pages = [message for page in project.pages.values() for message in page_messages(page)]
    assert {text for _, text in found} == {message.text for message in (*pages, *site_messages(project))}
    named = {(message.context, message.text) for message in (*pages, *site_messages(project)) if message.context}
    assert named <= found


def test_pybabel_extract_writes_a_template_with_places(tmp_path: Path) -> None:
    write_project(tmp_path)
    (tmp_path / "babel.cfg").write_text(
        f"[extractors]\nours = {METHOD}\n[ours: content/**.md]\n[ours: templates/**.md]\n"
    )
    command = [sys.executable, "-m", "babel.messages.frontend", "extract", "-F", "babel.cfg", "-o", "out.pot", "."]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    text = (tmp_path / "out.pot").read_text("utf-8")
    assert (
        '#. front matter: title\n#: content/help/found-images.md:3\nmsgctxt "meta.title"\nmsgid "I found images"\n'
        in text
    )
    assert '#: templates/situation.md:13\nmsgid "Who can help"\n' in text


def test_the_package_names_the_extractor_for_babel() -> None:
    settings = tomllib.loads((REPOSITORY / "pyproject.toml").read_text("utf-8"))
    assert settings["project"]["entry-points"]["babel.extractors"] == {"balise": METHOD}
