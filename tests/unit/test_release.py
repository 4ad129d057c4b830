"""Before a release: every channel that the pages show was dialled or opened by a person."""

from __future__ import annotations

from pathlib import Path

from balise.building.checking import Checked, CheckWish, check_project, shown_channels
from balise.lint.gate import Wanted
from balise.pipeline import Options
from balise.problems import Problem
from balise.release import check_release
from support.projects import CHANNELS, HOME, SITE, TODAY, write_project

CHECKED = '    checked: {on: "2026-11-20", by: Anna}\n    status: active\n'


def confirmed(text: str, name: str) -> str:
    """Return the channels with one of them confirmed by a person."""
    before, mark, after = text.partition(f"  - id: {name}\n")
    return before + mark + after.replace("    status: active\n", CHECKED, 1)


def checked(root: Path, files: dict[str, str] | None = None) -> Checked:
    """Return what a check finds in a small project with these files changed."""
    write_project(root, files or {})
    return check_project(CheckWish(root / "mkdocs.yml", Options(TODAY), Wanted(), jobs=1))


def pending(found: Checked) -> list[Problem]:
    """Return what stands in the way of a release."""
    return list(check_release(found.memory.plan.project, shown_channels(found.memory), (), TODAY))


def test_channels_on_pages_and_in_the_help_bar_are_shown_ones(tmp_path: Path) -> None:
    assert shown_channels(checked(tmp_path).memory) == ("be-112", "be-line")


def test_a_channel_that_only_the_help_bar_shows_counts(tmp_path: Path) -> None:
    found = checked(tmp_path, {"content/site.yml": SITE.replace("be-112, FR", "fr-112, FR")})
    assert "fr-112" in shown_channels(found.memory)


def test_a_channel_shown_on_a_page_counts(tmp_path: Path) -> None:
    home = HOME.replace('{{ phone("be-line") }}', 'the line.\n\n{{ channel("fr-112") }}\n\nSo it is')
    found = checked(tmp_path, {"content/index.md": home})
    assert (shown_channels(found.memory), found.compiling) == (("be-112", "fr-112", "be-line"), ())


def test_a_channel_nobody_confirmed_is_named_where_its_record_stands(tmp_path: Path) -> None:
    text = confirmed(CHANNELS, "be-112")
    line = text.count("\n", 0, text.index("- id: be-line")) + 1
    found = checked(tmp_path, {"content/data/channels.yml": text})
    assert [str(problem) for problem in pending(found)] == [
        f'content/data/channels.yml:{line}:5: error: channel "be-line" was never confirmed [channel-unchecked]\n'
        '    fix: dial the number and open the page, then add `checked: {on: "YYYY-MM-DD", by: "…"}`'
    ]


def test_a_site_whose_channels_are_all_confirmed_can_go_out(tmp_path: Path) -> None:
    text = confirmed(confirmed(CHANNELS, "be-112"), "be-line")
    found = checked(tmp_path, {"content/data/channels.yml": text})
    assert (pending(found), found.compiling) == ([], ())
