"""Publishing as one step: the new site takes the old one's place, or nothing changes."""

from __future__ import annotations

import fcntl
import os
import threading
from pathlib import Path

import pytest

from balise.building import staging
from balise.building.staging import enter, exchange, leave, previous_folder, publish, publish_previous
from balise.errors import ProjectError, UsageError

NOTHING_KEPT = (
    'no other site is kept beside "{}"; '
    "a build keeps the one that it replaces: build a second time, or name its folder with -d"
)


class Killed(BaseException):
    """What ends a build in the middle, as SIGKILL does: nothing of it runs any more."""


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def build(published: Path, text: str) -> None:
    place = enter(published)
    (place.folder / "index.html").write_text(text)
    publish(place)
    leave(place)


def sites(published: Path) -> tuple[str, str]:
    """Return what the published and the previous site say."""
    return (published / "index.html").read_text(), (previous_folder(published) / "index.html").read_text()


@pytest.fixture
def published(tmp_path: Path) -> Path:
    folder = tmp_path / "www" / "site"
    folder.mkdir(parents=True)
    (folder / "index.html").write_text("old")
    return folder


def kill_build(published: Path, moment: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Build a site that says "new" and end the build before or after one of its exchanges: `after 1`."""
    when, number = moment.split()
    left = [int(number)]

    def exchange_and_die(one: Path, other: Path) -> None:
        left[0] -= 1
        if left[0] or when == "after":
            exchange(one, other)
        if not left[0]:
            raise Killed

    place = enter(published)
    (place.folder / "index.html").write_text("new")
    with monkeypatch.context() as patch:
        patch.setattr(staging, "exchange", exchange_and_die)
        with pytest.raises(Killed):
            publish(place)
    os.close(place.lock)


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
    build(published, "second")
    build(published, "third")
    assert sites(published) == ("third", "second")
    assert names(published.parent) == [".site.previous", "site"]


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
    others = [".other.staging-alive", ".site.staging-x.previous"]
    for name in others:
        (published.parent / name).mkdir()
    leave(enter(published))
    assert names(published.parent) == [*others, "site"]


def test_leftovers_of_a_site_with_brackets_in_its_name_are_removed(tmp_path: Path) -> None:
    (tmp_path / ".[site].staging-dead").mkdir()
    leave(enter(tmp_path / "[site]"))
    assert names(tmp_path) == []


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


@pytest.mark.parametrize(
    "moment, now, before",
    [
        ("before 1", "second", "old"),
        ("after 1", "new", "second"),
        ("before 2", "new", "second"),
        ("after 2", "new", "second"),
    ],
)
def test_a_build_killed_while_it_publishes_loses_neither_site(
    published: Path, monkeypatch: pytest.MonkeyPatch, moment: str, now: str, before: str
) -> None:
    build(published, "second")
    kill_build(published, moment, monkeypatch)
    assert (published / "index.html").read_text() == now
    publish_previous(published)
    assert sites(published) == (before, now)
    leave(enter(published))
    assert names(published.parent) == [".site.previous", "site"]


def test_the_first_replaced_site_is_kept_when_the_build_is_killed(
    published: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kill_build(published, "after 1", monkeypatch)
    leave(enter(published))
    assert sites(published) == ("new", "old")
    assert names(published.parent) == [".site.previous", "site"]


def test_a_site_that_cannot_be_exchanged_leaves_everything_as_it_was(
    published: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(published, "second")
    place = enter(published)

    def refuse(one: Path, other: Path) -> None:
        raise ProjectError("no")

    with monkeypatch.context() as patch:
        patch.setattr(staging, "exchange", refuse)
        with pytest.raises(ProjectError):
            publish(place)
    leave(place)
    assert sites(published) == ("second", "old")
    assert names(published.parent) == [".site.previous", "site"]


def test_an_empty_folder_is_no_site_to_go_back_to(tmp_path: Path) -> None:
    folder = tmp_path / "site"
    folder.mkdir()
    build(folder, "first")
    assert names(tmp_path) == ["site"]
    with pytest.raises(UsageError) as refused:
        publish_previous(folder)
    assert str(refused.value) == NOTHING_KEPT.format(folder)


def test_going_back_twice_goes_forward_again(published: Path) -> None:
    build(published, "new")
    assert publish_previous(published)
    assert sites(published) == ("old", "new")
    assert publish_previous(published)
    assert sites(published) == ("new", "old")


def test_going_back_never_takes_the_half_site_of_a_killed_build(published: Path) -> None:
    build(published, "new")
    half = published.parent / ".site.staging-dead"
    half.mkdir()
    (half / "index.html").write_text("half")
    publish_previous(published)
    assert sites(published) == ("old", "new")


def test_going_back_mends_a_published_folder_that_is_gone(published: Path) -> None:
    build(published, "new")
    (published / "index.html").unlink()
    published.rmdir()
    assert not publish_previous(published)
    assert (published / "index.html").read_text() == "old"
    assert names(published.parent) == ["site"]


def test_going_back_waits_for_a_build_and_says_so(published: Path) -> None:
    build(published, "second")
    place = enter(published)
    (place.folder / "index.html").write_text("third")
    said = threading.Event()
    thread = threading.Thread(target=publish_previous, args=(published, said.set))
    thread.start()
    assert said.wait(10)
    publish(place)
    leave(place)
    thread.join(10)
    assert sites(published) == ("second", "third")


def test_a_link_in_the_place_of_the_previous_site_is_never_published(published: Path, tmp_path: Path) -> None:
    previous_folder(published).symlink_to(tmp_path)
    with pytest.raises(UsageError) as refused:
        publish_previous(published)
    assert str(refused.value) == NOTHING_KEPT.format(published)
    assert (published / "index.html").read_text() == "old"


def test_going_back_creates_no_folder(tmp_path: Path) -> None:
    with pytest.raises(UsageError):
        publish_previous(tmp_path / "nowhere" / "site")
    assert names(tmp_path) == []


def test_a_folder_whose_neighbours_may_not_be_read_is_refused(published: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: Path, flags: int) -> int:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "open", refuse)
    with pytest.raises(UsageError) as refused:
        publish_previous(published)
    assert str(refused.value) == f'the site cannot be written beside "{published}": Permission denied'
