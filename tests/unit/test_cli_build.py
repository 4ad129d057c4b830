"""`balise build`: what it says, where it writes, and what it refuses to overwrite."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from support.commands import Outcome, Terminal
from support.projects import WITH_HOOK
from support.published import read_tree, tree_hash

WRITTEN = (
    "0 errors in 9 pages (fr 3, nl 3, en 3). Written to site.\n"
    "  fr: 15 units: 15 missing\n"
    "  nl: 15 units: 15 missing\n"
    "  en: 15 units: 15 current\n"
)
HOOKED = "site_name: Test site\ndocs_dir: content\ntheme: balise\nplugins: [balise]\nhooks: [hook.py]\n"


def test_a_build_says_how_many_pages_and_units_there_are(terminal: Terminal) -> None:
    assert terminal.balise("build") == Outcome(0, "", WRITTEN)
    assert (terminal.folder / "site/fr/aide/images-trouvees/index.html").is_file()


def test_quiet_says_nothing_when_all_is_well(terminal: Terminal) -> None:
    assert terminal.balise("build", "--quiet") == Outcome(0, "", "")


def test_verbose_passes_on_what_mkdocs_says(terminal: Terminal) -> None:
    terminal.write({"mkdocs.yml": WITH_HOOK, "hook.py": "def on_config(config):\n    return config\n"})
    said = terminal.balise("build", "--verbose").err.splitlines()
    assert said[0] == "info: Cleaning site directory"
    assert said[2].startswith("info: Documentation built in ")
    assert said[3:] == WRITTEN.splitlines()


def test_json_is_one_document_and_nothing_else(terminal: Terminal) -> None:
    outcome = terminal.balise("build", "--format", "json")
    states = {"current": 0, "stale": 0, "missing": 15, "refused": 0}
    assert (outcome.code, outcome.err) == (0, "")
    assert json.loads(outcome.out) == {
        "problems": [],
        "ok": True,
        "pages": {"fr": 3, "nl": 3, "en": 3},
        "units": {"fr": states, "nl": states, "en": {**states, "current": 15, "missing": 0}},
    }


def test_the_site_goes_where_it_is_asked_to(terminal: Terminal, tmp_path: Path) -> None:
    outcome = terminal.balise("build", "-d", str(tmp_path / "www"))
    assert outcome.err.splitlines()[0] == f"0 errors in 9 pages (fr 3, nl 3, en 3). Written to {tmp_path / 'www'}."
    assert (tmp_path / "www/index.html").is_file()
    assert not (terminal.folder / "site").exists()


def test_another_configuration_file_is_used(terminal: Terminal) -> None:
    text = (terminal.folder / "mkdocs.yml").read_text("utf-8").replace("https://example.org/", "https://other.example/")
    terminal.write({"other.yml": text})
    assert terminal.balise("build", "-q", "-f", "other.yml").code == 0
    assert b"https://other.example/en/" in read_tree(terminal.folder / "site")["en/index.html"]


def test_a_configuration_file_that_is_not_there_is_a_usage_error(terminal: Terminal) -> None:
    outcome = terminal.balise("build", "-f", "nowhere.yml")
    assert (outcome.code, outcome.err.splitlines()[-1]) == (2, 'Error: configuration file "nowhere.yml" does not exist')


@pytest.mark.parametrize("day", ["tomorrow", "2026-13-01", "21/11/2026"])
def test_a_day_that_is_no_day_is_a_usage_error(terminal: Terminal, day: str) -> None:
    outcome = terminal.balise("build", "--today", day)
    assert (outcome.code, outcome.err.splitlines()[-1]) == (2, f'Error: "{day}" is no day; write YYYY-MM-DD')


def test_an_expired_contact_stops_the_build_unless_it_may_be_shown(terminal: Terminal) -> None:
    late = terminal.balise("build", "--today", "2027-06-01")
    message = 'content/index.md:7:20: error: channel "be-line" expired on 2027-05-21 [channel-expired]'
    assert (late.code, message in late.out.splitlines()) == (1, True)
    assert terminal.balise("build", "--today", "2027-06-01", "--allow-stale").code == 0
    shown = read_tree(terminal.folder / "site")["en/help/found-images/index.html"].decode()
    assert "Nobody has checked this contact lately. It may have changed." in shown


def test_the_day_may_stand_in_the_configuration(terminal: Terminal) -> None:
    text = (terminal.folder / "mkdocs.yml").read_text("utf-8")
    terminal.write({"mkdocs.yml": text.replace("[balise]", '[balise: {today: "2027-06-01", allow_stale: true}]')})
    assert terminal.balise("build", "-q") == Outcome(0, "", "")
    assert (
        b"Nobody has checked this contact lately"
        in read_tree(terminal.folder / "site")["en/help/found-images/index.html"]
    )


@pytest.mark.parametrize("target", ["templates", "locales/site", "src/site"])
def test_a_site_is_never_written_over_sources(terminal: Terminal, target: str) -> None:
    before = tree_hash(terminal.folder)
    assert terminal.balise("build", "-d", target) == Outcome(
        2,
        "",
        f'error: the site cannot be written to "{terminal.folder / target}": it holds sources; choose another folder\n',
    )
    assert tree_hash(terminal.folder) == before


@pytest.mark.parametrize("target", [".", "..", "content"])
def test_a_site_is_never_written_over_the_project(terminal: Terminal, target: str) -> None:
    before = tree_hash(terminal.folder)
    outcome = terminal.balise("build", "-d", target)
    assert (outcome.code, outcome.out) == (2, "")
    assert tree_hash(terminal.folder) == before


@pytest.mark.parametrize(
    "text, message",
    [
        (
            "site_name: x\ndocs_dir: content\ntheme: balise\nplugins: [blog]\n",
            "Config value 'plugins': The \"blog\" plugin is not installed",
        ),
        (
            "site_name: x\ndocs_dir: content\ntheme: blise\nplugins: [balise]\n",
            "Config value 'theme': Unrecognised theme name: 'blise'. The available installed themes are: ",
        ),
        (
            "site_name: x\ndocs_dir: content\ntheme: balise\nplugins: [balise: {today: 1}]\n",
            "Config value 'plugins': Plugin 'balise' option 'today': Expected type: <class 'str'> but received: <class 'int'>",
        ),
    ],
)
def test_a_configuration_that_mkdocs_refuses_is_quoted(terminal: Terminal, text: str, message: str) -> None:
    terminal.write({"mkdocs.yml": text})
    outcome = terminal.balise("build")
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err.startswith(f"error: mkdocs.yml: {message}")


def test_a_configuration_without_the_plugin_is_told_the_two_lines(terminal: Terminal) -> None:
    terminal.write({"mkdocs.yml": "site_name: x\ndocs_dir: content\nplugins: []\n"})
    message = "mkdocs.yml does not name the plugin; write `plugins: [balise]` and `theme: balise`"
    assert terminal.balise("build") == Outcome(2, "", f"error: {message}\n")


def test_a_folder_without_site_yml_is_no_project(terminal: Terminal) -> None:
    (terminal.folder / "content/site.yml").unlink()
    message = "content/site.yml does not exist; `balise init` writes one"
    assert terminal.balise("build", "-f", "mkdocs.yml") == Outcome(2, "", f"error: {message}\n")


def test_a_plugin_that_stops_the_build_early_leaves_the_published_site(terminal: Terminal) -> None:
    terminal.balise("build")
    before = tree_hash(terminal.folder / "site")
    hook = "from mkdocs.exceptions import PluginError\ndef on_pre_build(config):\n    raise PluginError('no token')\n"
    terminal.write({"mkdocs.yml": HOOKED, "hook.py": hook})
    outcome = terminal.balise("build")
    assert outcome == Outcome(
        1, "", "error: no token\nThe build stopped. Nothing was written; the published site is unchanged.\n"
    )
    assert tree_hash(terminal.folder / "site") == before
