"""A plain build: the same bytes by any number of processes, and nothing published that was not asked for."""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from balise.building import build, share, staging, unchanged
from balise.building.crew import Crew
from balise.building.memory import FOLDER
from support.commands import REPOSITORY, Terminal, balise_process, environment
from support.projects import CHANNELS, FOUND, HOME, INDEX, SITE
from support.published import read_tree, tree_hash
from support.reference import ReferenceSite

EDITED = FOUND.replace("your fault", "your doing")
PAGE, OTHER = "content/help/found-images.md", "content/help/index.md"


@pytest.fixture
def built(terminal: Terminal) -> Terminal:
    """A project that was built, and then edited on one page."""
    assert terminal.balise("build").code == 0
    terminal.write({PAGE: EDITED})
    return terminal


def linked(terminal: Terminal) -> bool:
    """Tell whether only what changed was compiled: whether the site shares files with the one before."""
    return (terminal.folder / "site/404.html").stat().st_nlink > 1


def fresh(terminal: Terminal) -> dict[str, bytes]:
    """Return the site that a build without any memory writes."""
    shutil.rmtree(terminal.folder / FOLDER, ignore_errors=True)
    assert terminal.balise("build", "--site-dir", str(terminal.folder.parent / "fresh")).code == 0
    return read_tree(terminal.folder.parent / "fresh")


@pytest.fixture(scope="module")
def copied(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the reference site's sources."""
    folder = tmp_path_factory.mktemp("reference")
    for name in ("content", "templates", "locales"):
        shutil.copytree(REPOSITORY / name, folder / name)
    shutil.copy(REPOSITORY / "mkdocs.yml", folder)
    return folder


@pytest.mark.parametrize("jobs", [1, 2, 8])
def test_any_number_of_processes_writes_what_mkdocs_writes(
    copied: Path, reference_site: ReferenceSite, capsys: pytest.CaptureFixture[str], jobs: int
) -> None:
    shutil.rmtree(copied / ".balise", ignore_errors=True)
    outcome = Terminal(copied, capsys).balise("build", "--strict", "--jobs", str(jobs))
    assert (outcome.code, outcome.out) == (0, "")
    assert read_tree(copied / "site") == read_tree(reference_site.folder)


@pytest.mark.parametrize("jobs, alike", [(1, [[]]), (2, [["en"], ["en"]])])
def test_what_each_process_would_do_alike_is_done_before_they_part(
    copied: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], jobs: int, alike: list[list[str]]
) -> None:
    begun: list[list[str]] = []
    taken_apart: list[bool] = []

    class Watched(Crew):
        def __init__(self, shares: Sequence[share.Share]) -> None:
            begun.extend(list(part.compilers) for part in shares)
            pages = shares[0].plan.project.pages.values()
            taken_apart.append(any("between" in vars(page.cutting) for page in pages))
            super().__init__(shares)

    monkeypatch.setattr(build, "Crew", Watched)
    shutil.rmtree(copied / ".balise", ignore_errors=True)
    assert Terminal(copied, capsys).balise("build", "--jobs", str(jobs)).code == 0
    assert (begun, taken_apart) == (alike, [jobs > 1])


def test_problems_are_the_same_by_any_number_of_processes(terminal: Terminal) -> None:
    terminal.write(
        {
            PAGE: FOUND.replace("be-line", "be-lime").replace("index.md", "nothing.md"),
            OTHER: INDEX.replace("help.", 'help: {{ phone("be-new") }} [here](#nowhere)'),
            "content/help/found-images.nl.md": FOUND.replace("be-line", "be-lime"),
            "locales/fr/pages/index.po": "<<<<<<< ours\n",
            "templates/more.md": "no page type",
        }
    )
    said = [terminal.balise("build", "--jobs", jobs) for jobs in ("1", "2", "8")]
    assert said[0].code == 1
    assert said[0].out.count(": error: ") == 7
    assert said[0] == said[1] == said[2]


@pytest.mark.parametrize("jobs", ["1", "2", "8"])
def test_a_page_built_from_memory_is_that_of_a_whole_build(built: Terminal, jobs: str) -> None:
    assert built.balise("build", "--jobs", jobs).code == 0
    assert linked(built)
    assert read_tree(built.folder / "site") == fresh(built)


@pytest.mark.parametrize("cores, pages, wanted", [(1, 9000, 1), (2, 99, 1), (2, 200, 2), (4, 350, 3), (64, 300, 3)])
def test_processes_are_as_many_as_are_worth_it(
    monkeypatch: pytest.MonkeyPatch, cores: int, pages: int, wanted: int
) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda process: set(range(cores)))
    assert build._processors(pages) == wanted


def during(monkeypatch: pytest.MonkeyPatch, act: Callable[[], object], method: str = "finish") -> None:
    """Let something happen once while pages are compiled."""
    real = getattr(share.Share, method)
    waiting = [act]

    def hooked(self: share.Share, *given: object) -> object:
        if waiting:
            waiting.pop()()
        return real(self, *given)

    monkeypatch.setattr(share.Share, method, hooked)


@pytest.mark.parametrize("options", [(), ("--today", "2026-11-22")], ids=["one page", "everything"])
@pytest.mark.parametrize(
    "files, said",
    [
        ({PAGE: EDITED.replace("Close", "Leave")}, PAGE),
        ({OTHER: INDEX.replace("help.", "help you.")}, OTHER),
        ({"content/help/new.md": EDITED, "locales/fr/pages/index.po": ""}, "content/help/new.md and 1 more"),
        ({"mkdocs.yml": "site_name: Other\n"}, "mkdocs.yml"),
        ({"templates/situation.md": None}, "templates/situation.md"),
    ],
    ids=["the page", "another page", "two new files", "the configuration", "a file gone"],
)
def test_sources_that_change_meanwhile_are_not_published(
    built: Terminal,
    monkeypatch: pytest.MonkeyPatch,
    options: tuple[str, ...],
    files: dict[str, str | bytes | None],
    said: str,
) -> None:
    before, record = tree_hash(built.folder / "site"), tree_hash(built.folder / FOLDER)
    during(monkeypatch, lambda: built.write(files))
    outcome = built.balise("build", *options)
    message = (
        f"error: sources changed during the build: {said}. Nothing was published; build again when they are ready.\n"
    )
    assert (outcome.code, outcome.out, outcome.err) == (2, "", message)
    assert (tree_hash(built.folder / "site"), tree_hash(built.folder / FOLDER)) == (before, record)
    assert [*built.folder.glob(".site.*")] == []


def test_what_an_editor_keeps_beside_a_source_does_not_stop_a_build(
    built: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    during(monkeypatch, lambda: built.write({"content/help/.found-images.md.swp": "x"}))
    assert built.balise("build").code == 0


def before_the_lock(monkeypatch: pytest.MonkeyPatch, act: Callable[[], object]) -> None:
    """Let something happen after a build has looked at its sources, and before it holds the lock."""
    real = staging._take_lock
    waiting = [act]

    def hooked(published: Path, wait: Callable[[], None]) -> int:
        if waiting:
            waiting.pop()()
        return real(published, wait)

    monkeypatch.setattr(staging, "_take_lock", hooked)


def test_a_page_saved_between_the_first_look_and_the_build_is_built_too(
    built: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    before_the_lock(monkeypatch, lambda: built.write({"content/index.md": HOME.replace("Someone", "Somebody")}))
    assert built.balise("build").code == 0
    assert (linked(built), "up to date" in built.balise("build").err) == (True, True)
    site = read_tree(built.folder / "site")
    assert b"Somebody" in site["en/index.html"]
    assert site == fresh(built)


def test_a_build_that_ended_between_the_first_look_and_the_build_is_not_undone(
    built: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    def other_build() -> None:
        built.write({"content/site.yml": SITE.replace("Test site", "Other site")})
        assert built.balise("build").code == 0

    before_the_lock(monkeypatch, other_build)
    assert built.balise("build").code == 0
    site = read_tree(built.folder / "site")
    assert b"Other site" in site["en/index.html"]
    assert site == fresh(built)


def test_a_site_put_back_between_the_first_look_and_the_build_is_not_linked_to(
    built: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    built.write({"content/site.yml": SITE.replace("Test site", "Other site")})
    assert built.balise("build").code == 0
    built.write({PAGE: FOUND})
    before_the_lock(monkeypatch, lambda: built.balise("publish", "--previous"))
    assert built.balise("build").code == 0
    assert not linked(built)
    assert read_tree(built.folder / "site") == fresh(built)


def test_a_file_somebody_puts_into_the_site_just_after_a_build_is_not_taken_for_ours(
    built: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    def publish_and_add(staged: staging.Staging) -> None:
        staging.publish(staged)
        (staged.published / "extra.html").write_text("foreign")

    monkeypatch.setattr(build, "publish", publish_and_add)
    assert built.balise("build").code == 0
    monkeypatch.undo()
    assert "Written to site." in built.balise("build").err
    assert not (built.folder / "site/extra.html").exists()


def test_another_version_of_a_package_leads_to_a_whole_build(
    built: Terminal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "packages" / "babel-99.0.dist-info").mkdir(parents=True)
    assert built.balise("build").code == 0
    monkeypatch.syspath_prepend(str(tmp_path / "packages"))
    assert "Written to site." in built.balise("build").err
    assert not linked(built)
    assert "up to date" in built.balise("build").err


def test_a_folder_that_cannot_be_read_is_no_reason_to_stop_before_the_build(
    built: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = os.scandir

    def scandir(path: str) -> object:
        if str(path).endswith("content/help") and sys._getframe(1).f_code.co_filename == unchanged.__file__:
            raise PermissionError(13, "Permission denied")
        return real(path)

    monkeypatch.setattr(os, "scandir", scandir)
    assert built.balise("build").code == 0


def test_pages_with_the_same_address_are_a_mistake_and_nothing_is_written(
    built: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, written = read_tree(built.folder / "site"), []
    real = build.Output.write
    monkeypatch.setattr(build.Output, "write", lambda self, *given: written.append(given[0]) or real(self, *given))
    built.write({"content/help/lost-phone.md": FOUND})
    for jobs in ("1", "2"):
        outcome = built.balise("build", "--jobs", jobs)
        assert (outcome.code, outcome.out.count("[address-twice]")) == (1, 2)
    assert (written, read_tree(built.folder / "site")) == ([], before)


def test_a_site_file_that_cannot_be_used_is_reported_and_nothing_is_written(built: Terminal) -> None:
    before = read_tree(built.folder / "site")
    built.write({"content/site.yml": SITE.replace("languages: [fr, nl, en]", "languages: [fr, nl]")})
    outcome = built.balise("build")
    problem = "content/site.yml:2:18: error: the source language is not among the languages [data-invalid]\n"
    ending = "1 error. Nothing was written; the published site is unchanged.\n"
    assert (outcome.code, outcome.out.startswith(problem), outcome.err) == (1, True, ending)
    assert read_tree(built.folder / "site") == before
    assert [*built.folder.glob(".site.*")] == []


def test_an_asset_that_is_too_large_stops_the_build(built: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(build, "MAX_ASSET_BYTES", 10)
    built.write({"content/assets/sheet.txt": "eleven chars"})
    outcome = built.balise("build")
    assert (outcome.code, "content/assets/sheet.txt: error: is larger than 10 bytes" in outcome.err) == (2, True)


def test_a_build_that_has_to_wait_for_another_says_so_and_then_builds(built: Terminal) -> None:
    lock = os.open(built.folder, os.O_RDONLY)
    fcntl.flock(lock, fcntl.LOCK_EX)
    process = subprocess.Popen(
        balise_process("build"), cwd=built.folder, env=environment(), stderr=subprocess.PIPE, text=True
    )
    assert process.stderr
    assert process.stderr.readline() == "Another build publishes into the same folder; waiting for it to end.\n"
    os.close(lock)
    _, said = process.communicate(timeout=60)
    assert (process.returncode, said.splitlines()[0]) == (
        0,
        "0 errors in 9 pages (fr 3, nl 3, en 3). Written to site.",
    )


def test_two_builds_at_once_both_end_well(built: Terminal) -> None:
    commands = [[*balise_process("build"), "--jobs", "2"], balise_process("build")]
    processes = [
        subprocess.Popen(command, cwd=built.folder, env=environment(), stderr=subprocess.DEVNULL)
        for command in commands
    ]
    assert [process.wait(60) for process in processes] == [0, 0]
    assert read_tree(built.folder / "site") == fresh(built)


def test_an_expired_fact_is_seen_although_no_source_changed(terminal: Terminal) -> None:
    terminal.write({"content/data/channels.yml": CHANNELS.replace('expires: "2027-05-21"', 'expires: "2026-11-22"')})
    codes = [terminal.balise("build", "--today", f"2026-11-{day}").code for day in (21, 21, 22, 23, 22)]
    assert codes == [0, 0, 0, 1, 0]
    stale = terminal.balise("build", "--today", "2026-11-23", "--allow-stale")
    assert stale.code == 0
    before = read_tree(terminal.folder / "site")
    terminal.write({PAGE: EDITED})
    assert terminal.balise("build", "--today", "2026-11-23", "--allow-stale").code == 0
    assert linked(terminal)
    changed = {name for name, content in read_tree(terminal.folder / "site").items() if content != before[name]}
    assert changed == {
        "en/help/found-images/index.html",
        "fr/aide/images-trouvees/index.html",
        "nl/hulp/beelden-gevonden/index.html",
        *(f"{tag}/a-z/search.txt" for tag in ("fr", "nl", "en")),
    }


def test_the_collector_of_garbage_runs_again_after_a_build_and_after_one_that_could_not_begin(
    built: Terminal,
) -> None:
    import gc

    for options in ((), ("--site-dir", "mkdocs.yml")):
        built.balise("build", *options)
        assert gc.isenabled()
