"""Pages and files as MkDocs knows them, carrying our compiled text so that Python-Markdown never starts."""

from __future__ import annotations

from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import AnchorLink, TableOfContents

from balise.site import CompiledPage


class SitePageFile(File):
    """A page at its final address; `compiled` is `None` for pages that are a template alone (`/`, 404)."""

    compiled: CompiledPage | None = None

    @classmethod
    def of(cls, page: CompiledPage, config: MkDocsConfig) -> SitePageFile:
        """Return the file of a compiled page; its source path names the language first, so that no two are the same."""
        file = cls._made(f"{page.language}/{page.page.id}.md", page.address, config)
        file.compiled = page
        return file

    @classmethod
    def template(cls, address: str, config: MkDocsConfig) -> SitePageFile:
        """Return the file of a page that has no source."""
        return cls._made(address.removesuffix(".html") + ".md", address, config)

    @classmethod
    def _made(cls, source: str, address: str, config: MkDocsConfig) -> SitePageFile:
        file: Any = cls.generated(config, source, content="", inclusion=InclusionLevel.INCLUDED)
        file.dest_uri = address
        assert isinstance(file, SitePageFile)
        return file


class TemplatePage(Page):
    """A page that is a template alone."""

    def __init__(self, file: SitePageFile, config: MkDocsConfig, title: str = "") -> None:
        super().__init__(title or "-", file, config)
        self.update_date = "1970-01-01"
        self.own_content = ""

    def read_source(self, config: MkDocsConfig) -> None:
        """Give the host a text to hand to other plugins."""
        self.markdown = ""

    def render(self, config: MkDocsConfig, files: Files) -> None:
        """Give the host the finished body; nothing is parsed."""
        self.content = self.own_content
        self.toc = TableOfContents([])


class SitePage(TemplatePage):
    """A compiled page of an edition."""

    def __init__(self, file: SitePageFile, config: MkDocsConfig) -> None:
        assert file.compiled is not None
        super().__init__(file, config, file.compiled.title.text)
        compiled = file.compiled
        self.compiled = compiled
        self.meta = {"title": compiled.title.text, "description": compiled.description.text, "lang": compiled.language}
        self.update_date = str(compiled.page.meta.get("reviewed", "1970-01-01"))
        self.own_content = str(compiled.body.html)

    def render(self, config: MkDocsConfig, files: Files) -> None:
        """Give the host the finished body and its headings."""
        super().render(config, files)
        headings = self.compiled.body.headings
        self.toc = TableOfContents([AnchorLink(item.text.striptags(), item.id, item.level) for item in headings])
