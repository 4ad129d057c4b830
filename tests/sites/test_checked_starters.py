"""A new site passes the gate as it is, whatever language it is written in and whichever country comes first."""

from __future__ import annotations

from pathlib import Path

import pytest

from support.commands import Terminal


@pytest.mark.parametrize(
    "languages, written, countries", [("nl,fr", "nl", "NL,BE"), ("en,fr", "en", "CA,US")], ids=["Dutch", "Canada"]
)
def test_an_untouched_new_site_has_neither_errors_nor_warnings(
    terminal: Terminal, tmp_path: Path, languages: str, written: str, countries: str
) -> None:
    site = tmp_path / "new"
    options = ("--languages", languages, "--source-language", written, "--countries", countries)
    assert terminal.balise("init", str(site), *options).code == 0
    outcome = terminal.balise("check", "--strict", "-f", str(site / "mkdocs.yml"))
    assert (outcome.code, outcome.out) == (0, "")
