"""Our pages as the host sees them: final addresses, finished bodies, nothing parsed."""

from __future__ import annotations

from pathlib import Path

import pytest
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files

from balise.host.pages import SitePage, SitePageFile, TemplatePage
from balise.host.runner import load_host_config
from balise.site import Site
from support.projects import FOUND, compile_project


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("pages")


@pytest.fixture(scope="module")
def site(root: Path) -> Site:
    reviewed = FOUND.replace("type: situation", "type: situation\nreviewed: 2026-03-01")
    compiled, problems = compile_project(root, {"content/help/found-images.md": reviewed})
    assert problems == ()
    return compiled


@pytest.fixture(scope="module")
def config(root: Path, site: Site) -> MkDocsConfig:
    host_config = load_host_config(root / "mkdocs.yml")
    assert isinstance(host_config, MkDocsConfig)
    host_config.plugins._current_plugin = "balise"
    return host_config


@pytest.mark.parametrize(
    "language, address, url",
    [
        ("fr", "fr/aide/images-trouvees/index.html", "fr/aide/images-trouvees/"),
        ("nl", "nl/hulp/beelden-gevonden/index.html", "nl/hulp/beelden-gevonden/"),
        ("en", "en/help/found-images/index.html", "en/help/found-images/"),
    ],
)
def test_a_page_stands_at_its_localised_address(
    site: Site, config: MkDocsConfig, language: str, address: str, url: str
) -> None:
    file = SitePageFile.of(site.editions[language].pages["help/found-images"], config)
    assert (file.src_uri, file.dest_uri, file.url) == (f"{language}/help/found-images.md", address, url)
    assert Path(file.abs_dest_path) == Path(config.site_dir) / address
    assert file.is_documentation_page()


def test_no_two_pages_of_all_editions_share_a_source_or_a_target(site: Site, config: MkDocsConfig) -> None:
    files = [SitePageFile.of(page, config) for edition in site.editions.values() for page in edition.pages.values()]
    assert len(files) == 9
    assert len({file.src_uri for file in files}) == len({file.dest_uri for file in files}) == 9


@pytest.mark.parametrize("address", ["index.html", "404.html", "fr/404.html"])
def test_a_page_that_is_a_template_alone_stands_at_its_address(config: MkDocsConfig, address: str) -> None:
    file = SitePageFile.template(address, config)
    assert (file.dest_uri, file.compiled) == (address, None)


def test_the_finished_body_is_handed_over_as_it_is(site: Site, config: MkDocsConfig) -> None:
    compiled = site.editions["en"].pages["help/found-images"]
    page = SitePage(SitePageFile.of(compiled, config), config)
    page.read_source(config)
    page.render(config, Files([]))
    assert page.markdown == ""
    assert page.content == str(compiled.body.html)
    assert "{{" not in page.content


def test_other_plugins_find_title_description_and_language_in_meta(site: Site, config: MkDocsConfig) -> None:
    page = SitePage(SitePageFile.of(site.editions["nl"].pages["help/found-images"], config), config)
    assert page.meta == {"title": "I found images", "description": "What to do now.", "lang": "nl"}
    assert page.title == "I found images"


def test_the_contents_are_the_headings_with_the_ids_of_the_source_language(site: Site, config: MkDocsConfig) -> None:
    page = SitePage(SitePageFile.of(site.editions["fr"].pages["help/found-images"], config), config)
    page.render(config, Files([]))
    assert [(item.id, item.level) for item in page.toc] == [("do", 2), ("contact", 2), ("why", 2)]


@pytest.mark.parametrize("name, day", [("help/found-images", "2026-03-01"), ("help/index", "1970-01-01")])
def test_the_date_is_the_authors_and_never_the_clocks(site: Site, config: MkDocsConfig, name: str, day: str) -> None:
    page = SitePage(SitePageFile.of(site.editions["en"].pages[name], config), config)
    assert page.update_date == day


def test_a_template_page_has_no_text_of_its_own(config: MkDocsConfig) -> None:
    page = TemplatePage(SitePageFile.template("index.html", config), config)
    page.read_source(config)
    page.render(config, Files([]))
    assert (page.markdown, page.content, list(page.toc), page.update_date) == ("", "", [], "1970-01-01")
