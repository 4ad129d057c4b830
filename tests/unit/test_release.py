"""Before a release: every channel that the pages show was dialled or opened by a person."""

from __future__ import annotations

from pathlib import Path

from balise.release import check_release, shown_channels
from support.projects import CHANNELS, HOME, SITE, compile_project

CHECKED = '    checked: {on: "2026-11-20", by: Anna}\n    status: active\n'


def confirmed(text: str, name: str) -> str:
    """Return the channels with one of them confirmed by a person."""
    before, mark, after = text.partition(f"  - id: {name}\n")
    return before + mark + after.replace("    status: active\n", CHECKED, 1)


def test_channels_on_pages_and_in_the_help_bar_are_shown_ones(tmp_path: Path) -> None:
    site, _ = compile_project(tmp_path)
    assert shown_channels(site) == ("be-112", "be-line")


def test_a_channel_that_only_the_help_bar_shows_counts(tmp_path: Path) -> None:
    site, _ = compile_project(tmp_path, {"content/site.yml": SITE.replace("be-112, FR", "fr-112, FR")})
    assert "fr-112" in shown_channels(site)


def test_a_channel_shown_on_a_page_counts(tmp_path: Path) -> None:
    home = HOME.replace('{{ phone("be-line") }}', 'the line.\n\n{{ channel("fr-112") }}\n\nSo it is')
    site, problems = compile_project(tmp_path, {"content/index.md": home})
    assert (shown_channels(site), problems) == (("be-112", "fr-112", "be-line"), ())


def test_a_channel_nobody_confirmed_is_named_where_its_record_stands(tmp_path: Path) -> None:
    text = confirmed(CHANNELS, "be-112")
    line = text.count("\n", 0, text.index("- id: be-line")) + 1
    site, _ = compile_project(tmp_path, {"content/data/channels.yml": text})
    assert [str(problem) for problem in check_release(site)] == [
        f'content/data/channels.yml:{line}:5: error: channel "be-line" was never confirmed [channel-unchecked]\n'
        '    fix: dial the number and open the page, then add `checked: {on: "YYYY-MM-DD", by: "…"}`'
    ]


def test_a_site_whose_channels_are_all_confirmed_can_go_out(tmp_path: Path) -> None:
    text = confirmed(confirmed(CHANNELS, "be-112"), "be-line")
    site, problems = compile_project(tmp_path, {"content/data/channels.yml": text})
    assert (list(check_release(site)), problems) == ([], ())
