"""Drafts: in the preview and nowhere else, whatever route a site is published by."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from support.commands import Terminal, run
from support.projects import FOUND, INDEX, SITE, write_project
from support.published import read_tree
from support.serving import serving

SECRET = "a plan nobody may read yet"
DRAFT = f"""\
---
type: topic
title: The plan
description: What {SECRET} says.
slug: {{fr: le-projet, nl: het-plan}}
former: {{en: old-plan}}
draft: true
---

TODO This is {SECRET}. Go [back](index.md) or to [another](second.md).
"""
DUTCH = FOUND.replace("type: situation", "type: situation\ndraft: yes").replace("Close the page.", "Sluit de pagina.")
DRAFTS: dict[str, str | bytes | None] = {
    "content/help/plan.md": DRAFT,
    "content/help/plan.nl.md": DRAFT.replace("draft: true\n", "").replace("TODO ", ""),
    "content/help/second.md": DRAFT.replace("plan", "second").replace("projet", "second").replace("another", "again"),
    "content/help/found-images.nl.md": DUTCH,
    "content/help/broken.md": f"---\ntype: topic\ndraft: true\ntitle: {SECRET}: x\n---\n",
    "content/help/faulty.md": DRAFT.replace("TODO", '{{ phone("nope") }}').replace("plan", "fault").replace("projet", "f"),
    "content/new/index.md": DRAFT.replace("plan", "new").replace("projet", "neuf").replace("second.md", "../index.md"),
    "locales/fr/pages/help/plan.po": f'msgid ""\nmsgstr ""\n\nmsgctxt "a"\nmsgid "x"\nmsgstr "{SECRET} broken',
}  # fmt: skip
ROUTES = {
    "balise build": [sys.executable, "-m", "balise", "build", "--strict"],
    "mkdocs build": [sys.executable, "-m", "mkdocs", "build", "--quiet", "--strict"],
}


@pytest.fixture(autouse=True)
def fixed_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795219200")


@pytest.mark.parametrize("words", ROUTES.values(), ids=ROUTES)
def test_a_site_is_the_same_bytes_as_if_its_drafts_were_not_there(tmp_path: Path, words: list[str]) -> None:
    for name, files in (("with", DRAFTS), ("without", {})):
        outcome = run(words, write_project(tmp_path / name, files))
        assert outcome.code == 0, outcome.terminal
    assert read_tree(tmp_path / "with/site") == read_tree(tmp_path / "without/site")


def test_a_page_that_becomes_a_draft_is_gone_after_the_next_build_and_the_one_after(terminal: Terminal) -> None:
    terminal.write(
        {"content/help/plan.md": DRAFT.replace("draft: true\n", "").replace("TODO ", "").replace("second", "index")}
    )
    page = terminal.folder / "site/fr/aide/le-projet/index.html"
    assert terminal.balise("build").code == 0
    assert page.exists()
    terminal.write({"content/help/plan.md": DRAFT})
    for _ in range(2):
        assert terminal.balise("build").code == 0
        assert not page.exists()
    assert not any(SECRET.encode() in content for content in read_tree(terminal.folder / "site").values())


def test_a_build_counts_what_it_left_out(terminal: Terminal) -> None:
    terminal.write({"content/help/plan.md": DRAFT})
    ending = "0 errors in 9 pages (fr 3, nl 3, en 3), 1 draft left out."
    assert terminal.balise("build", "--quiet").terminal == ""
    assert terminal.balise("build").err.startswith(f"{ending} site is up to date.\n")
    assert terminal.balise("check").err == f"{ending}\n"
    assert '"drafts": 1' in terminal.balise("build", "--format", "json").out


def test_links_from_published_pages_to_a_draft_stop_a_build(terminal: Terminal) -> None:
    text = FOUND.replace("[the help page](index.md)", '[it](plan.md) and [it]({{ link("help/plan") }})')
    terminal.write({"content/help/plan.md": DRAFT, "content/help/found-images.md": text})
    outcome = terminal.balise("build")
    fix = "\n    fix: publish the page, or remove the link until it is ready\n"
    assert (outcome.code, outcome.out) == (
        1,
        'content/help/found-images.md:20:6: error: link to "plan.md": page "help/plan" is a draft [link-draft]' + fix
        + 'content/help/found-images.md:20:29: error: page "help/plan" is a draft [link-draft]' + fix,
    )  # fmt: skip
    with serving(terminal.folder) as served:
        assert served.first is not None
        assert not served.first.failed
        assert '<a href="../plan/">it</a> and <a href="../plan/">it</a>' in served.ask("/en/help/found-images/").body


def test_a_draft_that_the_navigation_needs_stops_a_build(terminal: Terminal) -> None:
    site = SITE.replace("[help]", "[help, new]") + "footer: [help/plan]\n"
    files = {**DRAFTS, "content/site.yml": site, "content/index.md": INDEX.replace("slug", "draft: true\nslug")}
    terminal.write(files)
    assert terminal.balise("build").out == (
        'content/site.yml:1:1: error: page "index" is a draft [page-draft]\n    fix: publish it\n'
        'content/site.yml:6:18: error: page "new/index" is a draft [page-draft]\n'
        "    fix: publish it, or take the section out of `sections` until it is ready\n"
        'content/site.yml:10:10: error: page "help/plan" is a draft [page-draft]\n'
        "    fix: publish it, or take it out of `footer` until it is ready\n"
    )


def test_check_notes_what_is_wrong_inside_drafts_and_ends_well(terminal: Terminal) -> None:
    terminal.write(DRAFTS)
    outcome = terminal.balise("check", "--strict")
    assert (outcome.code, [line.split(" [")[0] for line in outcome.out.splitlines() if ": advice: " in line]) == (
        0,
        [
            "content/help/broken.md:4:34: advice: the YAML is broken: mapping values are not allowed in this context",
            'content/help/faulty.md:10:1: advice: channel "nope" does not exist',
            "locales/fr/pages/help/plan.po:6:1: advice: the PO file is broken",
        ],
    )
    assert ": error: " not in outcome.out


@pytest.mark.parametrize(
    "target, said, mark",
    [
        ("/en/help/plan/", "This page is not published yet: only this preview shows it.", "(draft)"),
        ("/fr/aide/le-projet/", "Cette page n’est pas encore publiée\u00a0: seul cet aperçu la montre.", "(brouillon)"),
        ("/nl/hulp/het-plan/", "Deze pagina is nog niet gepubliceerd en is alleen in deze voorbeeldweergave te zien.", "(concept)"),
        ("/nl/hulp/beelden-gevonden/", "Deze tekst is nog niet gepubliceerd: op de site staat de vertaling.", "(concept)"),
    ],
    ids=["English", "French", "Dutch", "a Dutch text of its own"],
)  # fmt: skip
def test_the_preview_marks_drafts_on_the_page_and_in_the_navigation(
    tmp_path: Path, target: str, said: str, mark: str
) -> None:
    with serving(write_project(tmp_path / "project", DRAFTS)) as served:
        page = served.ask(target)
    assert page.status == 200
    assert said in page.body
    here = next(line for line in page.body.splitlines() if 'aria-current="page"' in line)
    assert f'<span class="draft-mark">{mark}</span>' in here


def test_the_preview_says_nothing_of_drafts_on_a_published_page(tmp_path: Path) -> None:
    with serving(write_project(tmp_path / "project", {"content/help/found-images.nl.md": DUTCH})) as served:
        page = served.ask("/en/help/found-images/").body
    assert "draft" not in page


def test_the_preview_shows_a_section_of_drafts_that_is_not_listed_yet(tmp_path: Path) -> None:
    with serving(write_project(tmp_path / "project", DRAFTS)) as served:
        page = served.ask("/en/help/").body
        assert '<a href="../new/">The new <span class="draft-mark">(draft)</span></a>' in page
        assert served.ask("/en/new/").status == 200


def test_problems_of_a_draft_are_notes_on_its_own_page_or_where_it_should_be(tmp_path: Path) -> None:
    with serving(write_project(tmp_path / "project", DRAFTS)) as served:
        assert served.first is not None
        assert not served.first.failed
        faulty, missing = served.ask("/en/help/faulty/"), served.ask("/en/help/broken/")
        published = served.ask("/en/help/found-images/").body
    assert (faulty.status, missing.status) == (200, 404)
    assert "<summary>1 note. </summary>" in faulty.body
    assert "channel &#34;nope&#34; does not exist" in faulty.body
    assert "content/help/broken.md:4:34" in missing.body
    assert "balise-problems" not in published


def test_publishing_a_draft_while_it_is_previewed_takes_the_mark_away(tmp_path: Path) -> None:
    text = DRAFT.replace("TODO ", "").replace("(second.md)", "(index.md)")
    with serving(write_project(tmp_path / "project", {"content/help/plan.md": text})) as served:
        assert "draft-notice" in served.ask("/en/help/plan/").body
        served.edit("content/help/plan.md", text.replace("draft: true", "draft: no"))
        assert "draft" not in served.ask("/en/help/plan/").body
