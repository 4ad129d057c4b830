"""Running the host's own build: what it came to, what it said, and what stays as it was."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest

from balise.errors import ProjectError, UsageError
from balise.host.runner import load_host_config, run_build
from balise.problems import Severity
from support.projects import FOUND, TODAY, write_project
from support.published import tree_hash

CONFIG = "site_name: Test site\nsite_url: https://example.org/\ndocs_dir: content\ntheme: balise\nplugins: [balise]\n"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return write_project(tmp_path / "project")


def test_a_good_build_reports_counts_and_no_talk(root: Path) -> None:
    report = run_build(root / "mkdocs.yml", today=TODAY)
    assert (report.ok, report.problems, report.talk) == (True, (), ())
    assert report.summary is not None
    assert report.summary.pages == {"fr": 3, "nl": 3, "en": 3}
    assert report.site_dir == str(root / "site")


def test_a_build_with_a_mistake_says_that_nothing_was_touched(root: Path) -> None:
    write_project(root, {"content/help/found-images.md": FOUND.replace("(index.md)", "(#wy)")})
    report = run_build(root / "mkdocs.yml", today=TODAY)
    assert (report.ok, report.talk) == (False, ())
    assert [(item.severity, item.rule) for item in report.problems] == [(Severity.ERROR, "anchor-broken")]
    assert not (root / "site").exists()


@pytest.mark.parametrize(
    "event, said",
    [
        ("on_files(files, config)", ("error: no token",)),
        (
            "on_page_content(html, page, config, files)",
            ("error: Error reading page 'fr/index.md':", "error: no token"),
        ),
    ],
)
def test_a_plugin_that_fails_in_the_middle_is_quoted(root: Path, event: str, said: tuple[str, ...]) -> None:
    run_build(root / "mkdocs.yml", today=TODAY)
    hook = f"from mkdocs.exceptions import PluginError\ndef {event}:\n    raise PluginError('no token')\n"
    write_project(root, {"mkdocs.yml": CONFIG + "hooks: [hook.py]\n", "hook.py": hook})
    report = run_build(root / "mkdocs.yml", today=TODAY)
    assert (report.ok, report.problems, report.talk) == (False, (), said)


def test_what_other_plugins_warn_of_is_passed_on_and_counts_under_strict(root: Path) -> None:
    hook = "import logging\ndef on_env(env, config, files):\n    logging.getLogger('mkdocs.hooks').warning('old key')\n"
    write_project(root, {"mkdocs.yml": CONFIG + "hooks: [hook.py]\n", "hook.py": hook})
    relaxed = run_build(root / "mkdocs.yml", today=TODAY)
    strict = run_build(root / "mkdocs.yml", today=TODAY, strict=True)
    assert (relaxed.ok, relaxed.talk) == (True, ("warning: old key",))
    assert (strict.ok, strict.talk) == (False, ("warning: old key",))


def test_a_fault_in_another_plugin_is_not_hidden(root: Path) -> None:
    write_project(
        root, {"mkdocs.yml": CONFIG + "hooks: [hook.py]\n", "hook.py": "def on_env(env, config, files):\n    1 / 0\n"}
    )
    with pytest.raises(ZeroDivisionError):
        run_build(root / "mkdocs.yml", today=TODAY)


def test_the_options_reach_the_plugin(root: Path) -> None:
    assert run_build(root / "mkdocs.yml", today="2027-06-01").ok is False
    assert run_build(root / "mkdocs.yml", today="2027-06-01", allow_stale=True).ok is True


def test_a_build_leaves_the_hosts_logger_as_it_was(root: Path) -> None:
    logger = logging.getLogger("mkdocs")
    before = (logger.level, tuple(logger.handlers))
    run_build(root / "mkdocs.yml", today=TODAY, verbose=True)
    assert (logger.level, tuple(logger.handlers)) == before


@pytest.mark.parametrize("target", [".", ".."])
def test_the_project_is_never_emptied(root: Path, target: str) -> None:
    before = tree_hash(root)
    with pytest.raises((UsageError, ProjectError)):
        run_build(root / "mkdocs.yml", site_dir=str(root / target), today=TODAY)
    assert tree_hash(root) == before


@pytest.mark.parametrize("name", ["templates", "locales", "src", "templates/deep/down"])
def test_a_folder_of_sources_is_never_emptied(root: Path, name: str) -> None:
    with pytest.raises(UsageError) as refused:
        run_build(root / "mkdocs.yml", site_dir=str(root / name), today=TODAY)
    assert str(refused.value) == (
        f'the site cannot be written to "{root / name}": it holds sources; choose another folder'
    )


def test_a_link_that_leads_to_the_sources_is_seen_through(root: Path, tmp_path: Path) -> None:
    (tmp_path / "www").symlink_to(root / "templates")
    with pytest.raises(UsageError):
        run_build(root / "mkdocs.yml", site_dir=str(tmp_path / "www"), today=TODAY)
    assert (root / "templates/topic.md").is_file()


def test_values_given_win_over_the_file_and_none_leaves_them(root: Path) -> None:
    config = load_host_config(root / "mkdocs.yml", site_dir=str(root / "www"), strict=None)
    assert (config.site_dir, config.strict) == (str(root / "www"), False)
