"""Taking over one edit gives what compiling everything again gives, or says that it cannot."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from balise.pipeline import Compilation, Options, compile_project
from balise.project import load_project
from balise.serving.edits import apply_edits
from support.projects import FOUND, TODAY, write_project

PAGE = "content/help/found-images.md"
PO = "locales/fr/pages/help/found-images.po"
PO_HEAD = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n'
TITLE = '\nmsgctxt "meta.title"\nmsgid "I found images"\nmsgstr "J’ai trouvé des images"\n'
WHY = '\nmsgctxt "a"\nmsgid "Why it helps"\nmsgstr "Pourquoi"\n'


def whole(root: Path) -> Compilation:
    return compile_project(load_project(root, drafts=True), Options(TODAY))


def seen(compilation: Compilation) -> tuple[object, ...]:
    """Return everything that can be seen of a compilation: each page, each unit's state, each problem."""
    pages = [
        (
            page.address,
            str(page.body.html),
            page.body.anchors,
            page.title,
            page.short,
            page.description,
            page.translated,
        )
        for edition in compilation.site.editions.values()
        for page in edition.pages.values()
    ]
    return pages, compilation.problems(), dict(compilation.site.redirects)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return write_project(tmp_path / "project", {PO: PO_HEAD + TITLE})


@pytest.mark.parametrize(
    "name, content",
    [
        (PAGE, FOUND + "\nOne more paragraph.\n"),
        (PAGE, FOUND.replace("(index.md)", "(gone.md)")),
        (PAGE, FOUND.replace("(index.md)", "(#wy)")),
        (PAGE, FOUND.replace("be-line", "be-lime")),
        (PAGE, FOUND.replace("{#why}", "{#reasons}")),
        (PAGE, FOUND.replace("needs: [image-found]", "needs: [talk]\nreviewed: 2026-11-20")),
        (PO, PO_HEAD + TITLE + WHY),
        (PO, PO_HEAD + TITLE + WHY.replace("Pourquoi", "Pourquoi {{ phone(1) }}")),
    ],
    ids=["text", "a broken link", "a broken anchor", "a wrong call", "another id", "its own fields", "PO", "a bad PO"],
)
def test_an_edit_of_one_page_is_what_compiling_everything_gives(root: Path, name: str, content: str) -> None:
    before = whole(root)
    (root / name).write_text(content, "utf-8")
    after = apply_edits(before, [root / name])
    assert after is not None
    assert after[1] == {"help/found-images"}
    assert seen(after[0]) == seen(whole(root))


def test_a_hundred_edits_in_a_row_are_what_compiling_everything_gives(root: Path) -> None:
    source = random.Random(20261121)
    compilation = whole(root)
    for _ in range(100):
        lines = FOUND.splitlines(keepends=True)
        at = source.randrange(9, len(lines))
        text = "".join(
            [
                *lines[:at],
                source.choice(["\n", "Word.\n", "\n## New\n\n", '{{ phone("x") }}\n', "[a](b.md)\n"]),
                *lines[at:],
            ]
        )
        name, content = source.choice([(PAGE, text), (PO, PO_HEAD + TITLE + source.choice(["", WHY]))])
        (root / name).write_text(content, "utf-8")
        after = apply_edits(compilation, [root / name])
        compilation = after[0] if after else whole(root)
        assert seen(compilation) == seen(whole(root))


def test_an_edit_of_a_draft_is_taken_over_and_its_problems_stay_notes(root: Path) -> None:
    text = FOUND.replace("needs:", "draft: true\nneeds:")
    (root / PAGE).write_text(text, "utf-8")
    before = whole(root)
    (root / PAGE).write_text(text.replace("be-line", "be-lime"), "utf-8")
    after = apply_edits(before, [root / PAGE])
    assert after is not None
    assert [problem.severity.value for problem in after[0].problems()] == ["advice"]
    assert seen(after[0]) == seen(whole(root))


def test_a_text_of_its_own_is_taken_over(root: Path) -> None:
    own = "content/help/found-images.nl.md"
    write_project(root, {PO: PO_HEAD + TITLE, own: FOUND})
    before = whole(root)
    (root / own).write_text(FOUND.replace("Close the page.", "Sluit de pagina."), "utf-8")
    after = apply_edits(before, [root / own])
    assert after is not None
    assert seen(after[0]) == seen(whole(root))


@pytest.mark.parametrize(
    "name, content",
    [
        (PAGE, FOUND.replace("I found images", "Found")),
        (PAGE, FOUND.replace("What to do now.", "Now.")),
        (PAGE, FOUND.replace("beelden-gevonden", "beelden")),
        (PAGE, FOUND.replace("needs:", "noindex: yes\nneeds:")),
        (PAGE, FOUND.replace("needs:", "draft: true\nneeds:")),
        (PAGE, FOUND.replace("type: situation\n", "type: none\n")),
        (PAGE, "no front matter"),
        (PAGE, None),
        (PO, PO_HEAD + TITLE.replace("trouvé", "vu")),
        (PO, "broken"),
        (PO, None),
        ("content/help/new.md", FOUND),
        ("content/help/NEW.md", FOUND),
        ("content/site.yml", "name: x"),
        ("content/data/channels.yml", None),
        ("templates/topic.md", None),
        ("content/assets/new.png", "x"),
        ("locales/fr/LC_MESSAGES/site.po", PO_HEAD),
    ],
)
def test_what_other_pages_can_feel_asks_for_everything(root: Path, name: str, content: str | None) -> None:
    before = whole(root)
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content, "utf-8") if content is not None else path.unlink()
    assert apply_edits(before, [path]) is None


def test_a_file_that_had_a_problem_asks_for_everything(root: Path) -> None:
    (root / PAGE).write_text(FOUND.replace("{#do}", "{#does}"), "utf-8")
    before = whole(root)
    (root / PAGE).write_text(FOUND, "utf-8")
    assert apply_edits(before, [root / PAGE]) is None


def test_a_place_outside_the_project_asks_for_everything(root: Path) -> None:
    assert apply_edits(whole(root), [root.parent / "elsewhere.md"]) is None


@pytest.mark.parametrize("name", ["content/4913", "content/help/.found.md.swp", "content/help/note.txt", "locales/x~"])
@pytest.mark.parametrize("there", [True, False])
def test_an_editors_passing_file_changes_nothing(root: Path, name: str, there: bool) -> None:
    before = whole(root)
    if there:
        (root / name).write_text("x")
    assert apply_edits(before, [root / name]) == (before, frozenset())


def test_a_known_asset_with_other_bytes_changes_no_page(root: Path) -> None:
    write_project(root, {PO: PO_HEAD + TITLE, "content/assets/a.png": "1"})
    before = whole(root)
    (root / "content/assets/a.png").write_text("2")
    assert apply_edits(before, [root / "content/assets/a.png"]) == (before, frozenset())
    (root / "content/assets/a.png").unlink()
    assert apply_edits(before, [root / "content/assets/a.png"]) is None
