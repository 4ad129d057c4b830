"""Which configurations are built without MkDocs, and that nobody can tell by the result."""

from __future__ import annotations

from pathlib import Path

import pytest

from balise.building.plain import PlainConfig, read_plain
from balise.cli.output import render_problem
from balise.host.runner import run_build
from support.commands import Terminal
from support.projects import BASE, TODAY, WITH_HOOK
from support.published import read_tree

NAMED = "site_name: Test\ntheme: balise\n"
PLAIN = f"{NAMED}docs_dir: content\nplugins: [balise]\n"


def read(folder: Path, text: str | bytes) -> PlainConfig | None:
    for name in ("content", "docs", "pages", "locales"):
        (folder / name).mkdir(exist_ok=True)
    path = folder / "mkdocs.yml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_plain(path)


@pytest.mark.parametrize(
    "text, wanted",
    [
        (PLAIN, PlainConfig("content", "site", "", False, "", False)),
        (f"{NAMED}plugins: [balise]\n", PlainConfig("docs", "site", "", False, "", False)),
        (f"{NAMED}plugins: {{balise: }}\n", PlainConfig("docs", "site", "", False, "", False)),
        (
            f"{NAMED}docs_dir: pages\nsite_dir: www\nstrict: true\nsite_url: http://localhost:8000\n"
            "plugins:\n  - balise: {today: '2026-11-21', allow_stale: true}\n",
            PlainConfig("pages", "www", "http://localhost:8000", True, "2026-11-21", True),
        ),
        (
            PLAIN + "site_url: https://example.org/a/b\n",
            PlainConfig("content", "site", "https://example.org/a/b", False, "", False),
        ),
    ],
    ids=["smallest", "default folders", "as a map", "everything", "an address with a path"],
)
def test_a_configuration_that_names_balise_alone_is_plain(tmp_path: Path, text: str, wanted: PlainConfig) -> None:
    assert read(tmp_path, text) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "",
        "- a list\n",
        "site_name: [\n",
        b"site_name: \xe9\n",
        PLAIN.replace("site_name: Test\n", ""),
        PLAIN.replace("Test", "''"),
        PLAIN.replace("Test", "12"),
        PLAIN.replace("Test", "!ENV NAME"),
        PLAIN.replace("theme: balise", "theme: mkdocs"),
        PLAIN.replace("theme: balise", "theme: {name: balise, custom_dir: own}"),
        PLAIN.replace("theme: balise\n", ""),
        PLAIN.replace("plugins: [balise]\n", ""),
        PLAIN.replace("[balise]", "[]"),
        PLAIN.replace("[balise]", "[search]"),
        PLAIN.replace("[balise]", "[balise, search]"),
        PLAIN.replace("[balise]", "{balise: {}, search: {}}"),
        PLAIN.replace("[balise]", "{balise: {enabled: false}}"),
        PLAIN.replace("[balise]", "{balise: {today: 2026-11-21}}"),
        PLAIN.replace("[balise]", "{balise: {allow_stale: 1}}"),
        PLAIN.replace("[balise]", "{balise: on}"),
        PLAIN.replace("docs_dir: content", "docs_dir: ../content"),
        PLAIN.replace("docs_dir: content", "docs_dir: nowhere"),
        PLAIN.replace("docs_dir: content", "docs_dir: locales"),
        PLAIN + "site_dir: content\n",
        PLAIN + "site_dir: www/site\n",
        PLAIN + "site_dir: /var/www\n",
        PLAIN + "strict: 'yes'\n",
        PLAIN + "site_url:\n",
        PLAIN + "site_url: example.org\n",
        PLAIN + "site_url: HTTPS://example.org/\n",
        PLAIN + "site_url: 'https://[::1/'\n",
        PLAIN + "site_url: https://example.org/?a=b\n",
        PLAIN + "site_url: https://example.org/#a\n",
        PLAIN + "site_url: https://exämple.org/\n",
        PLAIN + "hooks: [hook.py]\n",
        PLAIN + "nav: []\n",
        PLAIN + "use_directory_urls: true\n",
        PLAIN + "extra_css: [own.css]\n",
        PLAIN + "INHERIT: base.yml\n",
        PLAIN + "exclude_docs: '*.txt'\n",
    ],
)
def test_every_other_configuration_is_left_to_mkdocs(tmp_path: Path, text: str | bytes) -> None:
    assert read(tmp_path, text) is None


def test_a_configuration_that_is_not_there_is_not_plain(tmp_path: Path) -> None:
    assert read_plain(tmp_path / "mkdocs.yml") is None


HOST = "site_name: Test site\ndocs_dir: content\ntheme: balise\n"
CONFIGURATIONS = {
    "no address": f"{HOST}plugins: [balise]\n",
    "an address with a path": f"{HOST}site_url: https://example.org/a/b\nplugins: [balise]\n",
    "an odd path": f"{HOST}site_url: 'https://example.org//a;b/%20=&x'\nplugins: [balise]\n",
    "a day on which everything is expired": f"{HOST}plugins: {{balise: {{today: '2028-01-01'}}}}\n",
    "expired facts shown": f"{HOST}plugins: {{balise: {{today: '2028-01-01', allow_stale: true}}}}\n",
    "a day that is none": f"{HOST}plugins: {{balise: {{today: never}}}}\n",
    "strict": f"{HOST}strict: true\nplugins: [balise]\n",
    "options that are empty": f"{HOST}plugins: [{{balise: }}]\n",
    "a byte order mark": f"\ufeff{HOST}plugins: [balise]\n",
}
BY_ANOTHER_NAME = {name.replace("content/", "pages/"): text for name, text in BASE.items()} | {
    "content/site.yml": BASE["content/site.yml"],
    "mkdocs.yml": BASE["mkdocs.yml"].replace("docs_dir: content", "docs_dir: pages") + "site_dir: www\n",
}


def by_both(terminal: Terminal, folder: Path) -> tuple[int, str, dict[str, bytes]]:
    """Return what a plain build came to, after holding it against MkDocs' own of the same sources."""
    assert read_plain(terminal.folder / "mkdocs.yml") is not None
    ours = terminal.balise("build", "--site-dir", str(folder / "ours"))
    report = run_build(terminal.folder / "mkdocs.yml", site_dir=str(folder / "theirs"), today="")
    assert (ours.code == 0) is report.ok
    assert ours.out == "".join(f"{render_problem(problem, colour=False)}\n" for problem in report.problems)
    site = read_tree(folder / "ours")
    assert site == read_tree(folder / "theirs")
    return ours.code, ours.out, site


@pytest.mark.parametrize("name", CONFIGURATIONS)
def test_both_ways_of_building_come_to_the_same(
    terminal: Terminal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795219200")
    terminal.write({"mkdocs.yml": CONFIGURATIONS[name], "locales/fr/pages/help/gone.po": ""})
    code, said, site = by_both(terminal, tmp_path)
    stopped = name in ("a day on which everything is expired", "a day that is none", "strict")
    assert (code, "catalogue-orphan" in said, len(site) > 10) == (int(stopped), True, not stopped)


def test_both_ways_read_pages_from_a_folder_of_another_name(
    terminal: Terminal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795219200")
    terminal.write({name: None for name in BASE if name not in (*BY_ANOTHER_NAME, "mkdocs.yml")})
    terminal.write(dict(BY_ANOTHER_NAME))
    code, _, site = by_both(terminal, tmp_path)
    assert (code, "fr/aide/images-trouvees/index.html" in site) == (0, True)


def test_no_site_is_written_into_a_folder_of_sources_of_another_name(terminal: Terminal) -> None:
    terminal.write(dict(BY_ANOTHER_NAME))
    outcome = terminal.balise("build", "--site-dir", "pages/out")
    assert (outcome.code, "it holds sources; choose another folder" in outcome.err) == (2, True)


def test_a_plain_project_is_built_without_mkdocs_and_another_one_with_it(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    called = []
    monkeypatch.setattr("balise.host.runner.run_build", lambda *given, **options: called.append(given) or 1 / 0)
    assert terminal.balise("build").code == 0
    terminal.write({"mkdocs.yml": WITH_HOOK, "hook.py": ""})
    assert terminal.balise("build").code == 3
    assert called == [(terminal.folder / "mkdocs.yml",)]


def test_the_day_of_the_command_line_goes_before_that_of_the_configuration(terminal: Terminal) -> None:
    terminal.write({"mkdocs.yml": CONFIGURATIONS["a day on which everything is expired"]})
    assert [terminal.balise("build", *day).code for day in ((), ("--today", TODAY))] == [1, 0]
