"""The plugin inside the host's build: what is published, what is watched, what templates get."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Any

import pytest
from mkdocs.commands.build import build
from mkdocs.exceptions import Abort, PluginError
from mkdocs.structure.files import File, Files

from balise.host.plugin import BalisePlugin
from balise.host.runner import load_host_config, run_build
from support.projects import FOUND, HOME, INDEX, SITE, TODAY, write_project
from support.published import bundle_texts, read_pages, read_tree

BUNDLES = "theme/balise-"
FOR_SERVERS = {"_headers", ".htaccess"}
"""How the names of the theme's style sheet and script begin."""

PAGES = {
    "index.html", "404.html",
    "fr/index.html", "fr/404.html", "fr/aide/index.html", "fr/aide/images-trouvees/index.html",
    "nl/index.html", "nl/404.html", "nl/hulp/index.html", "nl/hulp/beelden-gevonden/index.html",
    "en/index.html", "en/404.html", "en/help/index.html", "en/help/found-images/index.html",
    *(f"{tag}/a-z/{name}" for tag in ("fr", "nl", "en") for name in ("index.html", "search.txt")),
}  # fmt: skip
SITEMAPS = {"sitemap.xml", "fr/sitemap.xml", "nl/sitemap.xml", "en/sitemap.xml"}
WITHOUT_URL = "site_name: Test site\ndocs_dir: content\ntheme: balise\nplugins: [balise]\n"


def published(root: Path) -> dict[str, bytes]:
    """Return the files that a build writes."""
    report = run_build(root / "mkdocs.yml", today=TODAY)
    assert (report.ok, report.problems) == (True, ())
    return read_tree(root / "site")


def without_bundles(files: dict[str, bytes]) -> set[str]:
    return {name for name in files if not name.startswith(BUNDLES)} - FOR_SERVERS


def started(root: Path) -> tuple[BalisePlugin, Any]:
    """Return the plugin after it compiled the project, and the host's configuration."""
    config = load_host_config(root / "mkdocs.yml")
    plugin = config.plugins["balise"]
    assert isinstance(plugin, BalisePlugin)
    plugin.config.today = TODAY
    plugin.on_config(config)
    return plugin, config


def test_pages_style_sheet_script_and_sitemaps_are_published_and_no_source_is(tmp_path: Path) -> None:
    extra = {"content/notes.txt": "private", "content/data/notes.yml": "a: b\n", "content/assets/.hidden": "no"}
    files = published(write_project(tmp_path, extra))
    assert without_bundles(files) == PAGES | SITEMAPS
    assert {content.decode() for name, content in files.items() if name.startswith(BUNDLES)} == bundle_texts(
        ("fr", "nl", "en")
    )
    assert set(files) >= FOR_SERVERS


def test_assets_are_published_as_they_are(tmp_path: Path) -> None:
    files = published(write_project(tmp_path, {"content/assets/papers/sheet.pdf": b"\x00\xff\r\n"}))
    assert files["assets/papers/sheet.pdf"] == b"\x00\xff\r\n"


def test_without_an_address_there_is_no_sitemap_and_no_absolute_link(tmp_path: Path) -> None:
    root = write_project(tmp_path, {"mkdocs.yml": WITHOUT_URL})
    assert without_bundles(published(root)) == PAGES
    for page in read_pages(root / "site").values():
        assert page.tree.css("link[rel=canonical], link[rel=alternate]") == []


def test_a_former_address_leads_to_the_page(tmp_path: Path) -> None:
    moved = FOUND.replace("slug:", "former: {fr: ancienne-page, nl: [oud, ouder]}\nslug:")
    files = published(write_project(tmp_path, {"content/help/found-images.md": moved}))
    assert without_bundles(files) - PAGES - SITEMAPS == {
        "fr/aide/ancienne-page/index.html",
        "nl/hulp/oud/index.html",
        "nl/hulp/ouder/index.html",
    }
    assert (
        b'<meta http-equiv="refresh" content="0; url=../images-trouvees/">' in files["fr/aide/ancienne-page/index.html"]
    )
    assert b'<html lang="nl">' in files["nl/hulp/oud/index.html"]


def test_a_page_in_its_own_words_is_published_in_that_edition_alone(tmp_path: Path) -> None:
    own = FOUND.replace("This is not your fault.", "Het is niet jouw schuld.").replace("I found", "Ik vond")
    files = published(write_project(tmp_path, {"content/help/found-images.nl.md": own}))
    assert b"Het is niet jouw schuld." in files["nl/hulp/beelden-gevonden/index.html"]
    assert b"This is not your fault." in files["fr/aide/images-trouvees/index.html"]


def test_the_root_offers_the_languages_and_each_edition_has_its_own_missing_page(tmp_path: Path) -> None:
    root = write_project(tmp_path)
    published(root)
    pages = read_pages(root / "site")
    offered = pages["index.html"].tree.css("main a[hreflang]")
    assert [(node.attributes["href"], node.text()) for node in offered] == [
        ("./fr/", "Français"),
        ("./nl/", "Nederlands"),
        ("./en/", "English"),
    ]
    assert [pages[f"{tag}/404.html"].edition for tag in ("fr", "nl", "en")] == ["fr", "nl", "en"]
    assert pages["nl/404.html"].tree.css_first("h1").text() == "Deze pagina bestaat niet"


def test_problems_are_logged_once_each_for_mkdocs_to_count(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    root = write_project(tmp_path, {"content/help/found-images.md": FOUND.replace("(index.md)", "(#wy)")})
    config = load_host_config(root / "mkdocs.yml")
    config.plugins["balise"].config.today = TODAY
    with pytest.raises(Abort):
        build(config)
    said = [(item.name, item.levelname, item.getMessage().splitlines()[0]) for item in caplog.records]
    message = 'content/help/found-images.md:20:6: error: link to "#wy": the page has no heading "wy" [anchor-broken]'
    assert [item for item in said if item[0] == "mkdocs.plugins.balise"] == [
        ("mkdocs.plugins.balise", "ERROR", message)
    ]


def test_a_warning_is_logged_as_a_warning_and_stops_a_strict_build(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    orphan = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n'
    root = write_project(tmp_path, {"locales/fr/pages/gone.po": orphan})
    started(root)
    assert [item.levelname for item in caplog.records if item.name == "mkdocs.plugins.balise"] == ["WARNING"]
    config = load_host_config(root / "mkdocs.yml", strict=True)
    with pytest.raises(PluginError) as stopped:
        config.plugins["balise"].on_config(config)
    assert str(stopped.value) == "Nothing was written; the published site is unchanged."


def test_an_unusable_project_is_a_plugin_error_that_says_why(tmp_path: Path) -> None:
    root = write_project(tmp_path)
    config = load_host_config(root / "mkdocs.yml")
    (root / "content/site.yml").unlink()
    with pytest.raises(PluginError) as stopped:
        config.plugins["balise"].on_config(config)
    assert str(stopped.value) == "content/site.yml does not exist; `balise init` writes one"


def test_a_broken_site_yml_is_among_the_problems(tmp_path: Path) -> None:
    root = write_project(tmp_path)
    config = load_host_config(root / "mkdocs.yml")
    plugin = config.plugins["balise"]
    write_project(root, {"content/site.yml": SITE + "name: Another\n"})
    with pytest.raises(PluginError):
        plugin.on_config(config)
    assert [item.rule for item in plugin.problems] == ["yaml-duplicate"]
    assert plugin.summary is None


def test_catalogues_and_templates_are_watched_by_the_preview(tmp_path: Path) -> None:
    root = write_project(tmp_path)
    _, config = started(root)
    assert str(root / "templates") in config.watch
    assert str(root / "locales") not in config.watch
    (root / "locales").mkdir()
    assert str(root / "locales") in started(root)[1].watch


def test_another_plugins_files_pass_and_files_of_our_theme_do_not(tmp_path: Path) -> None:
    root = write_project(tmp_path)
    plugin, config = started(root)
    config.plugins._current_plugin = "witness"
    theirs = File.generated(config, "robots.txt", content="User-agent: *")
    source = File("data/channels.yml", config.docs_dir, config.site_dir, use_directory_urls=True)
    ours = File("base.css", config.theme.dirs[0], config.site_dir, use_directory_urls=True)
    kept = {file.src_uri for file in plugin.on_files(Files([theirs, source, ours]), config=config)}
    assert "robots.txt" in kept
    assert not {"data/channels.yml", "base.css"} & kept


def test_the_content_folder_may_have_another_name(tmp_path: Path) -> None:
    files = {
        f"pages/{name}": text
        for name, text in {"index.md": HOME, "help/index.md": INDEX, "help/found-images.md": FOUND}.items()
    }
    root = write_project(tmp_path, files)
    (root / "content").rename(root / "old")
    for name in ("site.yml", "data"):
        (root / "old" / name).rename(root / "pages" / name)
    write_project_config(root, "pages")
    assert without_bundles(published(root)) == PAGES | SITEMAPS


def write_project_config(root: Path, folder: str) -> None:
    path = root / "mkdocs.yml"
    path.write_text(path.read_text("utf-8").replace("docs_dir: content", f"docs_dir: {folder}"), "utf-8")


@pytest.mark.parametrize("nav", ["nav: [index.md]\n", "nav: []\n"])
def test_a_navigation_in_the_hosts_configuration_changes_nothing(tmp_path: Path, nav: str) -> None:
    first = published(write_project(tmp_path / "one"))
    config = (tmp_path / "one/mkdocs.yml").read_text("utf-8")
    assert published(write_project(tmp_path / "two", {"mkdocs.yml": config + nav})) == first


def test_changed_markdown_is_remarked_on_once_a_build(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    root = write_project(tmp_path, {"hook.py": "def on_page_markdown(markdown, **kwargs):\n    return 'x'\n"})
    with (root / "mkdocs.yml").open("a") as config:
        config.write("hooks: [hook.py]\n")
    for _ in range(2):
        caplog.clear()
        report = run_build(root / "mkdocs.yml", today=TODAY)
        assert len(report.talk) == 1
        assert [item.levelno for item in caplog.records if item.name == "mkdocs.plugins.balise"] == [logging.WARNING]
