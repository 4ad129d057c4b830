"""Checking again: the same verdict as a whole check, from as little reading as will do."""

from __future__ import annotations

import random
import shutil
from pathlib import Path

import pytest

from balise.building import checking
from balise.building.checking import Checked, CheckWish, check_project, shown_channels, shown_figures
from balise.lint.gate import Wanted
from balise.pipeline import Options
from balise.site_config import BrokenProjectError
from support.edited_project import write_edited_project
from support.gate_projects import RULES, TERMS, Files, check, check_again
from support.projects import CHANNELS, FOUND, INDEX, SITE, SITUATION, TODAY, write_project

PAGE = "content/help/found-images.md"
PO = "locales/fr/pages/help/found-images.po"
FRENCH = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\nmsgctxt "d"\nmsgid "This is not your fault."\nmsgstr "{}"\n'
PLUM = FOUND.replace("Close the page.", "Close the ripe plum.")
LOST = FOUND.replace("(index.md)", "(index.md#nowhere)")


class Work:
    """What checks did: whole projects read, and pages read again."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self.wholes, self.pages = 0, 0
        whole, change = checking._whole, checking.change_pages

        def counted_whole(wish):  # type: ignore[no-untyped-def]
            self.wholes += 1
            return whole(wish)

        def counted_change(memory, changed, output):  # type: ignore[no-untyped-def]
            self.pages += 1
            return change(memory, changed, output)

        patch.setattr(checking, "_whole", counted_whole)
        patch.setattr(checking, "change_pages", counted_change)

    def done(self) -> tuple[int, int]:
        """Return how often everything was read and how often some pages, since this was last asked."""
        now = self.wholes, self.pages
        self.wholes = self.pages = 0
        return now


@pytest.fixture
def work(monkeypatch: pytest.MonkeyPatch) -> Work:
    return Work(monkeypatch)


def verdict(checked: Checked) -> object:
    return checked.problems, checked.judgement, checked.memory.summary(), shown_channels(checked.memory)


def test_a_second_check_reads_nothing_again(tmp_path: Path, work: Work) -> None:
    first = check(tmp_path, {PAGE: PLUM})
    second = check_again(tmp_path)

    assert work.done() == (1, 0)
    assert verdict(second) == verdict(first)
    assert [one.rule for one in second.problems] == ["ripe-plum"]


def test_after_an_edit_of_a_text_its_page_alone_is_read(tmp_path: Path, work: Work) -> None:
    check(tmp_path, {PAGE: PLUM})
    work.done()
    write_project(tmp_path, {PAGE: FOUND, "content/data/terms.yml": TERMS})
    (tmp_path / PAGE).write_text(FOUND + "\nA sour cherry.\n")

    assert [one.rule for one in check_again(tmp_path).problems] == ["sour-cherry"]
    assert work.done() == (0, 1)


EDITS: dict[str, Files] = {
    "a text": {PAGE: FOUND.replace("Close", "Shut")},
    "a text with something to mend": {PAGE: PLUM},
    "a title": {PAGE: FOUND.replace("I found images", "A ripe plum")},
    "a heading": {PAGE: FOUND.replace("{#why}", "{#how}")},
    "a lost heading": {PAGE: LOST},
    "an exception": {PAGE: PLUM.replace("needs:", "allow: [{rule: ripe-plum, reason: So.}]\nneeds:")},
    "a needless exception": {PAGE: FOUND.replace("needs:", "allow: [{rule: ripe-plum, reason: So.}]\nneeds:")},
    "a translation": {PO: FRENCH.format("Une prune mûre.")},
    "a broken translation": {PO: FRENCH.format("# Une") + "\nmsgid x\n"},
    "the data": {"content/data/channels.yml": CHANNELS.replace("[Help comes.]", "[A ripe plum comes.]", 1)},
    "the rules on words": {"content/data/terms.yml": TERMS.replace("ripe\\s+plum", "close\\s+the")},
    "the site": {"content/site.yml": SITE + "rules: {sour-cherry: off}\n"},
    "a wrong setting": {"content/site.yml": SITE + "rules: {sour-cherries: off}\n"},
    "a template": {"templates/situation.md": SITUATION.replace("Who can help", "A ripe plum")},
    "a new page": {"content/help/new.md": INDEX.replace("slug: {fr: aide, nl: hulp}\n", "") + "\nA ripe plum.\n"},
    "a page gone": {"content/help/found-images.md": None},
    "a text of its own": {"content/help/found-images.fr.md": FOUND.replace("Close the page.", "Une prune mûre.")},
}


@pytest.mark.parametrize("before", [FOUND, LOST], ids=["sound", "with-a-lost-heading"])
@pytest.mark.parametrize("edit", EDITS)
def test_after_any_edit_the_verdict_is_that_of_a_whole_check(tmp_path: Path, before: str, edit: str) -> None:
    write_project(
        tmp_path, {"content/data/terms.yml": TERMS, "content/help/other.md": before.replace("slug:", "former:")}
    )
    check_again(tmp_path, select=())
    for name, content in EDITS[edit].items():
        if content is None:
            (tmp_path / name).unlink()
        else:
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / name).write_text(str(content), "utf-8")

    told = [verdict(check_again(tmp_path, select=())) for _ in range(2)]
    shutil.rmtree(tmp_path / ".balise")

    assert told == [verdict(check_again(tmp_path, select=()))] * 2


def test_another_question_is_not_answered_from_memory(tmp_path: Path, work: Work) -> None:
    check(tmp_path, {PAGE: PLUM.replace("plum.", "plum, a sour cherry.")})
    work.done()
    config, options = tmp_path / "mkdocs.yml", Options(TODAY)

    asked = [
        CheckWish(config, options, Wanted(RULES, ("ripe-plum",))),
        CheckWish(config, options, Wanted(("ripe-plum",))),
        CheckWish(config, options, Wanted(RULES, advice=True)),
        CheckWish(config, Options("2026-11-23"), Wanted(RULES)),
        CheckWish(config, Options(TODAY, allow_stale=True), Wanted(RULES)),
    ]
    told = [[one.rule for one in check_project(wish).problems] for wish in asked]

    both = ["ripe-plum", "sour-cherry"]
    assert told == [["sour-cherry"], ["ripe-plum"], both, both, both]
    assert work.done() == (5, 0)


def test_a_project_that_cannot_be_written_is_checked_each_time(
    tmp_path: Path, work: Work, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checking, "write_memory", lambda *_: "")
    monkeypatch.setattr(checking, "save_memory", lambda *_, **__: "")
    first = check(tmp_path, {PAGE: PLUM})

    assert verdict(check_again(tmp_path)) == verdict(first)
    assert work.done() == (2, 0)


@pytest.mark.parametrize("damage", [b"", b"nonsense", b"balise memory 1\n"])
def test_a_damaged_memory_is_left_aside(tmp_path: Path, damage: bytes, work: Work) -> None:
    first = check(tmp_path, {PAGE: PLUM})
    for path in (tmp_path / ".balise/cache").iterdir():
        path.write_bytes(damage)

    assert verdict(check_again(tmp_path)) == verdict(first)
    assert work.done() == (2, 0)


def test_two_processes_tell_the_same_in_the_same_order(tmp_path: Path) -> None:
    root = write_edited_project(tmp_path, random.Random(11))
    (root / "content/data/terms.yml").write_text(TERMS.replace("ripe\\s+plum", "\\w+e\\b"), "utf-8")

    alone = check_again(root, select=())
    shutil.rmtree(root / ".balise")
    together = check_again(root, select=(), jobs=2)

    assert verdict(together) == verdict(alone)
    assert len(alone.problems) > 20


def test_the_content_may_stand_in_another_folder(tmp_path: Path) -> None:
    write_project(tmp_path, {"content/data/terms.yml": TERMS, PAGE: PLUM})
    (tmp_path / "content").rename(tmp_path / "texts")
    wish = CheckWish(tmp_path / "mkdocs.yml", Options(TODAY), Wanted(RULES), content="texts", jobs=1)

    told = [[(one.rule, str(one.location)) for one in check_project(wish).problems] for _ in range(2)]

    assert told == [[("ripe-plum", "texts/help/found-images.md:13:14")]] * 2


def test_a_project_that_cannot_be_loaded_is_told_as_a_build_tells_it(tmp_path: Path) -> None:
    with pytest.raises(BrokenProjectError) as broken:
        check(tmp_path, {"content/site.yml": "name: x\n"})

    assert {one.location.path for one in broken.value.problems} == {"content/site.yml"}


def test_what_the_pages_show_is_known_for_a_release(tmp_path: Path) -> None:
    memory = check(tmp_path, {}).memory

    assert (shown_channels(memory), shown_figures(memory)) == (("be-112", "be-line"), ("reports-2023",))
    assert shown_channels(check_again(tmp_path).memory) == ("be-112", "be-line")
