"""What a hostile or careless contributor sends is refused or made harmless, in bounded time."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from balise.project import load_project
from support.commands import Terminal
from support.projects import HOME, compile_project, write_project

PO = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'


@pytest.mark.parametrize(
    "body, what",
    [
        ("## a\n" * 9000, "more than 8,000 blocks"),
        ("w\n\n" * 9000, "more than 8,000 blocks"),
        ("[^a]: x\n\n" * 9000, "more than 8,000 blocks"),
        ("> " * 41 + "a", "blocks nested deeper than 40 levels"),
        ("- " * 50_000 + "a", "blocks nested deeper than 40 levels"),
        ('{{ phone("be-line") }} ' * 501, "more than 500 calls"),
    ],
    ids=["headings", "paragraphs", "footnotes", "quotes", "lists", "calls"],
)
def test_a_page_beyond_what_people_read_is_refused(tmp_path: Path, body: str, what: str) -> None:
    _, problems = compile_project(tmp_path, {"content/index.md": f"{HOME}\n{body}\n"})
    assert [str(problem) for problem in problems] == [
        f"content/index.md:6:1: error: the page has {what} [too-large]\n    fix: split the page"
    ]


@pytest.mark.parametrize(
    "text, sign",
    [("{%" + " " * 100_000, "{%"), ("{{ " * 50_000, "{{"), ("{{ a\n" * 50_000, "{{"), ("{## " * 50_000, "{##")],
)
def test_open_braces_are_found_at_once(tmp_path: Path, text: str, sign: str) -> None:
    _, problems = compile_project(tmp_path, {"content/index.md": f"{HOME}\n{text}\n"})
    assert [(problem.rule, problem.message) for problem in problems] == [
        ("jinja-open", f'"{sign}" has no counterpart on its line')
    ]


@pytest.mark.parametrize(
    "message, payload",
    [
        ("Call {number}", "{number.join.__globals__[string]}"),
        ("Need to talk? {name}", "{name:>1500000000}"),
        ("Need to talk? {name}", "{0}"),
        ("{count} passage of {total} is still in {language}.", "{count.__class__}"),
    ],
)
def test_a_plural_that_a_catalogue_brings_itself_opens_no_door(tmp_path: Path, message: str, payload: str) -> None:
    entry = f'msgid "{message}"\nmsgid_plural "{payload}"\nmsgstr "{payload}"\n'
    forms = f'msgid "{message}"\nmsgid_plural "{payload}"\nmsgstr[0] "{payload}"\nmsgstr[1] "{payload}"\n'
    for text in (entry, forms):
        site, problems = compile_project(tmp_path, {"locales/fr/LC_MESSAGES/site.po": PO + text})
        assert {problem.rule for problem in problems} == {"translation-broken"}
        published = "".join(str(page.body.html) for page in site.editions["fr"].pages.values())
        assert payload not in published


def test_a_plural_of_our_own_is_judged_by_the_message_it_belongs_to(tmp_path: Path) -> None:
    text = 'msgctxt "figures.reports-2023.statement"\nmsgid "In 2023 the line received {value} reports."\n'
    text += 'msgid_plural "En 1999 {value}"\nmsgstr[0] "En 1999 {value}"\nmsgstr[1] "En 1999 {value}"\n'
    site, problems = compile_project(tmp_path, {"locales/fr/LC_MESSAGES/site.po": PO + text})
    assert [problem.rule for problem in problems] == ["translation-broken"]
    assert "1999" not in str(site.editions["fr"].pages["help/found-images"].body.html)


def test_an_image_from_another_site_never_reaches_a_page(tmp_path: Path) -> None:
    body = '![x]({{ link("be-line") }})\n\n![y][r]\n\n[r]: {{ link("be-line") }}\n'
    site, _ = compile_project(tmp_path, {"content/index.md": f"{HOME}\n{body}"})
    assert [page for page in site.editions["en"].pages.values() if "<img" in str(page.body.html)] == []


@pytest.mark.parametrize("name", ["evil.svg", "page.html", "code.js", "readme.md", "run.php", "noending"])
def test_what_a_browser_runs_is_no_asset(tmp_path: Path, name: str) -> None:
    project = load_project(write_project(tmp_path, {f"content/assets/{name}": "x", "content/assets/ok.png": "x"}))
    assert project.assets == ("assets/ok.png",)
    assert [(problem.rule, str(problem.location)) for problem in project.problems] == [
        ("asset-type", f"content/assets/{name}")
    ]


@pytest.mark.parametrize("address", ["javascript:alert(1)", "data:text/html,x", "//evil.example", "https://[x"])
def test_a_licence_that_is_no_https_address_is_refused(terminal: Terminal, address: str) -> None:
    site = (terminal.folder / "content/site.yml").read_text()
    terminal.write({"content/site.yml": f'{site}licence: "{address}"\n'})
    outcome = terminal.balise("build")
    assert outcome.code == 1
    assert f'licence address "{address}" is not https [data-invalid]' in outcome.out


def test_text_that_turns_the_reading_direction_is_refused(tmp_path: Path) -> None:
    _, problems = compile_project(tmp_path, {"content/index.md": f"{HOME}\nturn \u202eround\n"})
    assert [str(problem).splitlines()[0] for problem in problems] == [
        "content/index.md:9:6: error: the file holds the control character U+202E [encoding]"
    ]


def test_a_pipe_and_a_linked_cache_neither_block_nor_lead_outside(terminal: Terminal, tmp_path: Path) -> None:
    os.mkfifo(terminal.folder / "content" / ".hidden")
    outside = tmp_path / "outside"
    outside.mkdir()
    (terminal.folder / ".balise").symlink_to(outside)
    assert terminal.balise("build").code == 0
    assert list(outside.iterdir()) == []


def test_catalogues_behind_a_link_are_refused_before_anything_is_written(terminal: Terminal, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (terminal.folder / "locales").symlink_to(outside)
    outcome = terminal.balise("translate", "update")
    assert outcome.code == 1
    assert "[symlink]" in outcome.out
    assert list(outside.iterdir()) == []


def test_a_chart_without_a_figure_that_may_be_shown_is_a_problem_of_the_page(tmp_path: Path) -> None:
    from support.projects import FIGURES

    figures = FIGURES.replace("confidence: high", "confidence: low")
    series = "series:\n  - id: yearly\n    title: By year\n    unit: reports\n    figures: [reports-2023]\n"
    files = {
        "content/data/figures.yml": figures + series,
        "content/index.md": f'{HOME}\n{{{{ chart("yearly") }}}}\n',
        "content/help/found-images.md": None,
    }
    _, problems = compile_project(tmp_path, files)
    assert [problem.rule for problem in problems] == ["series-empty"]
