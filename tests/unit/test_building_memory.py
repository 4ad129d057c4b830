"""What a build remembers is believed only where this user's own builds wrote it; every doubt leads to a whole build."""

from __future__ import annotations

import os
import pickle
import shutil
from pathlib import Path

import pytest

from balise.building import memory
from balise.building.changes import NAME, load_memory
from balise.building.memory import FOLDER, read_memory, write_memory
from balise.building.unchanged import RECORD
from support.commands import Terminal
from support.projects import FOUND
from support.published import read_tree

EDITED = FOUND.replace("your fault", "your doing")


class Bomb:
    """Writes a file when it is unpickled."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self) -> tuple[object, ...]:
        return (Path.touch, (self.path,))


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache of the user's own for each test."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache"


def key(cache: Path) -> Path:
    return cache / "balise" / "key"


@pytest.fixture
def built(terminal: Terminal) -> Terminal:
    """A project that was built, and then edited on one page."""
    assert terminal.balise("build").code == 0
    terminal.write({"content/help/found-images.md": EDITED})
    return terminal


def linked(terminal: Terminal) -> bool:
    """Tell whether the site shares files with the one before: whether only what changed was compiled."""
    return (terminal.folder / "site/404.html").stat().st_nlink > 1


def build_again(terminal: Terminal) -> bool:
    """Build, hold the site against a fresh one, and tell whether only what changed was compiled."""
    outcome = terminal.balise("build")
    assert (outcome.code, "Written to site." in outcome.err) == (0, True), outcome.terminal
    found, pages_alone = read_tree(terminal.folder / "site"), linked(terminal)
    assert terminal.balise("build", "--site-dir", str(terminal.folder.parent / "fresh")).code == 0
    assert found == read_tree(terminal.folder.parent / "fresh")
    assert b"your doing" in found["en/help/found-images/index.html"]
    return pages_alone


def test_what_is_kept_is_read_again_and_found_by_its_signature(tmp_path: Path) -> None:
    signature = write_memory(tmp_path, "one", b"content")
    assert len(signature) == 128
    assert read_memory(tmp_path, "one") == read_memory(tmp_path, "one", signature) == b"content"
    assert read_memory(tmp_path, "one", "another") is read_memory(tmp_path, "one", "") is None
    assert read_memory(tmp_path, "two") is None
    assert [path.name for path in (tmp_path / FOLDER).iterdir()] == ["one"]


def test_the_key_is_for_its_owner_alone(tmp_path: Path, cache: Path) -> None:
    write_memory(tmp_path, "one", b"content")
    assert (key(cache).stat().st_mode & 0o777, key(cache).stat().st_size) == (0o600, 32)
    assert [path.name for path in key(cache).parent.iterdir()] == ["key"]


def test_of_two_processes_that_make_the_key_both_use_the_first(tmp_path: Path, cache: Path) -> None:
    write_memory(tmp_path, "one", b"content")
    first = key(cache).read_bytes()
    assert memory._new_key(key(cache)) == first


@pytest.mark.parametrize("at", [0, 5, 20, 90, -1], ids=["mark", "mark", "signature", "content", "end"])
def test_a_file_with_one_other_bit_is_not_believed(tmp_path: Path, at: int) -> None:
    write_memory(tmp_path, "one", b"content" * 10)
    path = tmp_path / FOLDER / "one"
    text = bytearray(path.read_bytes())
    text[at] ^= 1
    path.write_bytes(text)
    assert read_memory(tmp_path, "one") is None


@pytest.mark.parametrize("left", [0, 8, 16, 40, 80, 100])
def test_a_file_cut_short_is_not_believed(tmp_path: Path, left: int) -> None:
    write_memory(tmp_path, "one", b"content" * 10)
    path = tmp_path / FOLDER / "one"
    path.write_bytes(path.read_bytes()[:left])
    assert read_memory(tmp_path, "one") is None


def test_a_file_of_another_name_place_or_user_is_not_believed(tmp_path: Path, cache: Path) -> None:
    write_memory(tmp_path / "here", "one", b"content")
    shutil.copytree(tmp_path / "here", tmp_path / "there")
    shutil.copy(tmp_path / "here" / FOLDER / "one", tmp_path / "here" / FOLDER / "two")
    assert read_memory(tmp_path / "there", "one") is read_memory(tmp_path / "here", "two") is None
    key(cache).write_bytes(b"k" * 32)
    assert read_memory(tmp_path / "here", "one") is None


@pytest.mark.parametrize("harm", ["readable by others", "too short", "a link", "a folder", "somebody else's"])
def test_a_key_that_others_may_know_is_not_used(
    tmp_path: Path, cache: Path, monkeypatch: pytest.MonkeyPatch, harm: str
) -> None:
    write_memory(tmp_path, "one", b"content")
    if harm == "readable by others":
        key(cache).chmod(0o640)
    elif harm == "too short":
        key(cache).write_bytes(b"k" * 31)
    elif harm == "a link":
        key(cache).rename(cache / "elsewhere")
        key(cache).symlink_to(cache / "elsewhere")
    elif harm == "a folder":
        key(cache).unlink()
        key(cache).mkdir()
    else:
        monkeypatch.setattr(os, "getuid", lambda: 4711)
    assert read_memory(tmp_path, "one") is None
    assert write_memory(tmp_path, "two", b"content") == ""
    assert not (tmp_path / FOLDER / "two").exists()


@pytest.mark.parametrize("harm", ["relative", "no home", "a file in the way"])
def test_without_a_place_for_the_key_nothing_is_kept(
    terminal: Terminal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, harm: str
) -> None:
    if harm == "relative":
        monkeypatch.setenv("XDG_CACHE_HOME", "cache")
    elif harm == "no home":
        monkeypatch.delenv("XDG_CACHE_HOME")
        monkeypatch.setattr(Path, "home", lambda: (_ for _ in ()).throw(RuntimeError("nobody's home")))
    else:
        (tmp_path / "cache").write_text("")
    for _ in range(2):
        assert "Written to site." in terminal.balise("build").err
    assert not (terminal.folder / ".balise").exists()


def test_the_key_stands_in_the_home_folder_by_default(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("XDG_CACHE_HOME")
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    write_memory(tmp_path, "one", b"content")
    assert (tmp_path / "home/.cache/balise/key").is_file()


@pytest.mark.parametrize("name", [".balise", ".balise/cache", f".balise/cache/{NAME}", f".balise/cache/{RECORD}"])
def test_links_in_the_project_are_not_followed(built: Terminal, name: str) -> None:
    place, outside = built.folder / name, built.folder.parent / "outside"
    place.rename(outside)
    place.symlink_to(outside)
    before = read_tree(outside) if outside.is_dir() else outside.read_bytes()
    assert build_again(built) is False
    assert (read_tree(outside) if outside.is_dir() else outside.read_bytes()) == before


@pytest.mark.parametrize("name", [".balise", ".balise/cache"])
def test_a_file_where_the_memory_should_stand_is_left_alone(built: Terminal, name: str) -> None:
    shutil.rmtree(built.folder / name)
    (built.folder / name).write_text("mine")
    assert build_again(built) is False
    assert (built.folder / name).read_text() == "mine"


def test_a_folder_where_the_memory_should_stand_is_left_alone(built: Terminal) -> None:
    path = built.folder / FOLDER / NAME
    path.unlink()
    (path / "mine").mkdir(parents=True)
    assert build_again(built) is False
    assert (path / "mine").is_dir()


def test_a_draft_is_never_written_through_a_link(tmp_path: Path) -> None:
    (tmp_path / "precious").write_text("mine")
    (tmp_path / FOLDER).mkdir(parents=True)
    (tmp_path / FOLDER / "one.tmp").symlink_to(tmp_path / "precious")
    assert write_memory(tmp_path, "one", b"content") != ""
    assert (tmp_path / "precious").read_text() == "mine"


def test_a_draft_that_a_killed_build_left_goes_with_the_next(tmp_path: Path) -> None:
    (tmp_path / FOLDER).mkdir(parents=True)
    (tmp_path / FOLDER / "one.tmp").write_text("half of it")
    write_memory(tmp_path, "one", b"content")
    assert [path.name for path in (tmp_path / FOLDER).iterdir()] == ["one"]
    assert read_memory(tmp_path, "one") == b"content"


@pytest.mark.parametrize("call", ["mkdir", "replace", "lstat"])
def test_a_project_that_cannot_be_written_to_is_built_all_the_same(
    built: Terminal, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    real = getattr(Path, call)

    def refuse(path: Path, *arguments: object, **options: object) -> object:
        if ".balise" in path.parts:
            raise PermissionError(13, "Permission denied")
        return real(path, *arguments, **options)

    monkeypatch.setattr(Path, call, refuse)
    assert "Written to site." in built.balise("build").err
    assert sorted(path.name for path in (built.folder / FOLDER).iterdir()) == [RECORD, NAME]


def test_an_edit_of_one_page_is_built_from_memory(built: Terminal) -> None:
    assert build_again(built) is True


@pytest.mark.parametrize("name", [NAME, RECORD])
def test_a_memory_that_was_tampered_with_leads_to_a_whole_build(built: Terminal, name: str) -> None:
    path = built.folder / FOLDER / name
    text = path.read_bytes()
    path.write_bytes(text[:-1] + bytes([text[-1] ^ 1]))
    assert build_again(built) is False


def test_what_a_project_from_elsewhere_brings_is_never_unpickled(built: Terminal, cache: Path) -> None:
    path, trace = built.folder / FOLDER / NAME, built.folder.parent / "exploded"
    ours = path.read_bytes()
    bomb = pickle.dumps(Bomb(trace))
    for text in (bomb, ours[:80] + bomb, b"balise memory 1\n" + bytes(64) + bomb):
        path.write_bytes(text)
        assert load_memory(built.folder, "") is None
        assert "Written to site." in built.balise("build").err
        assert not trace.exists()
        built.write({"content/help/found-images.md": FOUND if b"doing" in read_page(built) else EDITED})
    mine = key(cache).read_bytes()
    key(cache).write_bytes(b"k" * 32)
    signature = write_memory(built.folder, NAME, bomb)
    key(cache).write_bytes(mine)
    assert load_memory(built.folder, signature) is None
    assert not trace.exists()
    pickle.loads(bomb)
    assert trace.exists()


def read_page(terminal: Terminal) -> bytes:
    return (terminal.folder / "content/help/found-images.md").read_bytes()


@pytest.mark.parametrize("content", [b"no pickle", pickle.dumps("no memory"), b"cbalise.gone\nMemory\n."])
def test_a_memory_of_another_make_leads_to_a_whole_build(built: Terminal, content: bytes) -> None:
    signature = write_memory(built.folder, NAME, content)
    assert load_memory(built.folder, signature) is None
    assert build_again(built) is False


def test_a_memory_of_another_build_than_the_last_recorded_one_is_not_used(built: Terminal) -> None:
    record = (built.folder / FOLDER / RECORD).read_bytes()
    assert built.balise("build", "--site-dir", "elsewhere", "--today", "2026-12-24").code == 0
    (built.folder / FOLDER / RECORD).write_bytes(record)
    assert build_again(built) is False
