"""Publishing as one step: the new site takes the old one's place, or nothing changes."""

from __future__ import annotations

import fcntl
import os
import threading
from pathlib import Path

import pytest

from balise.building import staging
from balise.building.staging import enter, exchange, leave, previous_folder, publish
from balise.errors import ProjectError, UsageError


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@pytest.fixture
def published(tmp_path: Path) -> Path:
    folder = tmp_path / "www" / "site"
    folder.mkdir(parents=True)
    (folder / "index.html").write_text("old")
    return folder


def test_the_first_site_is_published_where_nothing_was(tmp_path: Path) -> None:
    place = enter(tmp_path / "new" / "site")
    (place.folder / "index.html").write_text("first")
    publish(place)
    leave(place)
    assert (tmp_path / "new" / "site" / "index.html").read_text() == "first"
    assert names(tmp_path / "new") == ["site"]


def test_a_new_site_takes_the_place_of_the_old_one_which_is_kept(published: Path) -> None:
    place = enter(published)
    (place.folder / "index.html").write_text("new")
    assert (published / "index.html").read_text() == "old"
    publish(place)
    leave(place)
    assert (published / "index.html").read_text() == "new"
    assert (previous_folder(published) / "index.html").read_text() == "old"
    assert names(published.parent) == [".site.previous", "site"]


def test_only_one_previous_site_is_kept(published: Path) -> None:
    for text in ("second", "third"):
        place = enter(published)
        (place.folder / "index.html").write_text(text)
        publish(place)
        leave(place)
    assert (previous_folder(published) / "index.html").read_text() == "second"


def test_a_build_that_is_given_up_leaves_no_trace(published: Path) -> None:
    place = enter(published)
    (place.folder / "index.html").write_text("half")
    leave(place)
    assert (published / "index.html").read_text() == "old"
    assert names(published.parent) == ["site"]


def test_what_a_killed_build_left_is_removed_by_the_next(published: Path) -> None:
    dead = published.parent / ".site.staging-dead"
    dead.mkdir()
    (dead / "half.html").write_text("half")
    leave(enter(published))
    assert names(published.parent) == ["site"]


def test_leftovers_of_another_site_in_the_same_folder_are_left_alone(published: Path) -> None:
    other = published.parent / ".other.staging-alive"
    other.mkdir()
    leave(enter(published))
    assert names(published.parent) == [".other.staging-alive", "site"]


def test_a_second_build_waits_for_the_first_and_says_so(published: Path) -> None:
    first = enter(published)
    said = threading.Event()
    second: list[staging.Staging] = []
    thread = threading.Thread(target=lambda: second.append(enter(published, said.set)))
    thread.start()
    assert said.wait(10)
    assert second == []
    leave(first)
    thread.join(10)
    assert second[0].folder.is_dir()
    leave(second[0])


def test_the_lock_of_a_build_that_ended_never_blocks(published: Path) -> None:
    leave(enter(published))
    descriptor = os.open(published.parent, os.O_RDONLY)
    fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    os.close(descriptor)


def test_the_published_folder_has_the_rights_that_the_umask_gives(tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        place = enter(tmp_path / "site")
        publish(place)
        leave(place)
    finally:
        os.umask(before)
    assert (tmp_path / "site").stat().st_mode & 0o777 == 0o750


def test_a_link_or_a_file_is_refused_as_a_target(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    (tmp_path / "link").symlink_to(tmp_path)
    for name in ("file", "link"):
        with pytest.raises(UsageError) as refused:
            enter(tmp_path / name)
        assert str(refused.value) == f'"{tmp_path / name}" is not a folder; publish into a folder of its own'


def test_a_mount_point_is_refused_before_building_with_the_way_out(
    published: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os.path, "ismount", lambda path: Path(path) == published)
    with pytest.raises(UsageError) as refused:
        enter(published)
    assert str(refused.value) == (
        f'"{published}" is a mount point and cannot be exchanged; publish below it: -d {published}/www'
    )


def test_a_folder_that_may_not_be_written_is_refused(published: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "access", lambda path, mode: False)
    with pytest.raises(UsageError) as refused:
        enter(published)
    parent = published.parent
    assert str(refused.value) == f'"{parent}" cannot be written to; publish into a folder that you may write'


def test_folders_that_cannot_be_exchanged_stay_as_they_are(tmp_path: Path) -> None:
    (tmp_path / "one").mkdir()
    with pytest.raises(ProjectError) as refused:
        exchange(tmp_path / "one", tmp_path / "missing")
    missing = tmp_path / "missing"
    assert str(refused.value) == (
        f'"{missing}" cannot be exchanged (ENOENT); publish into a folder below it: -d {missing}/www'
    )
    assert names(tmp_path) == ["one"]
