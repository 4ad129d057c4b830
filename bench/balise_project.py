"""A corpus as a complete Balise project: pages with calls, templates, registries, and whole catalogues."""

from __future__ import annotations

import functools
import os
import re
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from balise.catalogues import Entry, catalogue, render_catalogue
from balise.page import AUDIENCES, Page, PageType, page_messages, parse_page, parse_page_type
from balise.registries import Registries, load_registries
from balise.units import unit_id
from bench.corpus import FIRST_ARTICLE, SLUGS, Block, Corpus, load_words, quoted, render_block

REPOSITORY = Path(__file__).parents[1]
SOURCE_LANGUAGE = "en"
TARGETS = ("fr", "nl")
DAY = "2026-11-21"
"""The day that expiries count from in every build of the benchmark."""
_READERS = {
    "parents": "parent",
    "teachers": "teacher",
    "teens": "young",
    "children": "young",
    "professionals": "adult",
}
_GUIDE = {"fr": "fiche", "nl": "gids"}
"""The first word of an article's address, by language."""


@dataclass(frozen=True)
class Facts:
    """Ids of the repository's registries that pages may show: channels, those with a number, figures."""

    channels: tuple[str, ...]
    phones: tuple[str, ...]
    figures: tuple[str, ...]


def usable_facts(registries: Registries) -> Facts:
    """Return the ids of records that a page may show on the benchmark's day."""
    channels = [
        channel
        for channel in registries.channels.values()
        if channel.status == "active" and channel.confidence != "low" and channel.expires >= DAY
    ]
    figures = [
        figure.id
        for figure in registries.figures.values()
        if figure.status in ("", "current") and figure.confidence != "low" and not figure.superseded_by
    ]
    phones = tuple(channel.id for channel in channels if channel.phone)
    return Facts(tuple(channel.id for channel in channels), phones, tuple(figures))


@dataclass(frozen=True)
class BaliseProject:
    """A corpus as a Balise project in a folder; English is the source language."""

    corpus: Corpus
    folder: Path

    @functools.cached_property
    def registries(self) -> Registries:
        """Return the repository's registries. Raises `ValueError` when they have problems."""
        registries, problems = load_registries(REPOSITORY / "content" / "data", REPOSITORY)
        if problems:
            raise ValueError(f"the registries have problems; the first: {problems[0]}")
        return registries

    @functools.cached_property
    def facts(self) -> Facts:
        """Return what pages may show."""
        return usable_facts(self.registries)

    @functools.cached_property
    def types(self) -> Mapping[str, PageType]:
        """Return the repository's page types by name."""
        values = {"need": self.registries.needs, "audience": AUDIENCES}
        found: dict[str, PageType] = {}
        for path in sorted((REPOSITORY / "templates").glob("*.md")):
            page_type, _ = parse_page_type(path.read_text("utf-8"), path.name, path.stem, values)
            if page_type:
                found[path.stem] = page_type
        return found

    def write(self) -> None:
        """Write the whole project."""
        for name in ("templates", "content/data"):
            shutil.copytree(REPOSITORY / name, self.folder / name, dirs_exist_ok=True)
        (self.folder / "content" / "data" / "search.yml").unlink()  # its words lead to the reference site's pages
        for language in TARGETS:
            strings = Path("locales", language, "LC_MESSAGES", "site.po")
            (self.folder / strings).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(REPOSITORY / strings, self.folder / strings)
        shutil.copyfile(REPOSITORY / "mkdocs.yml", self.folder / "mkdocs.yml")
        (self.folder / "content" / "site.yml").write_text(self._site(), "utf-8")
        for number in range(self.corpus.pages):
            self.write_page(number)

    def _site(self) -> str:
        """Return the repository's site.yml with the corpus's sections and foot, and no doors."""
        text = (REPOSITORY / "content" / "site.yml").read_text("utf-8")
        text = re.sub(r"(?m)^sections: .*$", f"sections: [{', '.join(SLUGS)}]", text)
        text = re.sub(r"(?m)^doors: .*\n", "", text)
        return re.sub(r"(?m)^footer: .*$", f"footer: [{SLUGS[-1]}/index]", text)

    def source(self, number: int) -> Path:
        """Return where a page's source stands."""
        return self.folder / "content" / f"{self.corpus.path(number)}.md"

    def write_source(self, number: int, revision: int = 0) -> None:
        """Write a page's source alone; its catalogues stay as they are."""
        path = self.source(number)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(self.markdown(SOURCE_LANGUAGE, number, revision), "utf-8")

    def write_page(self, number: int, revision: int = 0) -> None:
        """Write a page's source and both its catalogues."""
        self.write_source(number, revision)
        source = self._parsed(SOURCE_LANGUAGE, number, revision)
        messages = page_messages(source)
        for language in TARGETS:
            taken: set[str] = set()
            entries = []
            texts = page_messages(self._parsed(language, number, revision))
            for message, translation in zip(messages, texts, strict=True):
                identifier = message.context or unit_id(message.text, taken)
                taken.add(identifier)
                entries.append(Entry(identifier, message.text, translation.text))
            path = self.folder / "locales" / language / "pages" / f"{source.id}.po"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(render_catalogue(catalogue("", entries), language, messages), "utf-8")

    def _parsed(self, language: str, number: int, revision: int) -> Page:
        """Return a page as Balise reads it; the one of another language gives the translations, unit by unit."""
        path = self.corpus.path(number)
        text = self.markdown(language, number, revision)
        page, problems = parse_page(text, f"content/{path}.md", path, self.types, language)
        if page is None or problems:
            raise ValueError(f"page {path} has problems; the first: {problems[0]}")
        return page

    def address(self, language: str, number: int) -> str:
        """Return where a page stands below the built site, as a path to its index.html."""
        folder, _, _ = self.corpus.path(number).rpartition("/")
        if number < FIRST_ARTICLE:
            return "/".join(part for part in (language, folder, "index.html") if part)
        return f"{language}/{folder}/{_slug(language, number)}/index.html"

    def markdown(self, language: str, number: int, revision: int = 0) -> str:
        """Return a page's text in a language; every language has the same front matter, blocks and calls."""
        page = self.corpus.page(language, number, revision)
        kind = "topic" if number >= FIRST_ARTICLE else "section" if number else "home"
        reviewed = page.reviewed.replace("2026-", "2025-")
        description = page.description.partition(". ")[0].rstrip(".") + "."
        lines = ["---", f"type: {kind}", f"title: {quoted(page.title)}", f"description: {quoted(description)}"]
        if number >= FIRST_ARTICLE:
            lines.append(f"slug: {{{', '.join(f'{tag}: {_slug(tag, number)}' for tag in TARGETS)}}}")
        lines += [f"audience: [{_READERS[page.audience]}]", f"order: {number}", f'reviewed: "{reviewed}"', "---", ""]
        headings = 0
        for place, block in enumerate(page.blocks):
            headings += block.kind == "h2"
            lines += self._block(self._with_calls(block, place, language, number), number, headings)
            if block.kind == "paragraph" and place == 1 and number == 0:
                lines += [f"## {load_words()[language]['see_also']} {{#now}}", ""]
            lines += self._own_paragraph(place, number)
        return "\n".join(lines)

    def _block(self, block: Block, number: int, headings: int) -> list[str]:
        """Return a block's lines; every other page pins the ids of its headings."""
        if block.kind == "alert":
            return ["> [!NOTE]", f"> {render_block(Block('paragraph', block.text), self._link(number))[0]}", ""]
        if block.kind == "h2" and number % 2:
            return [f"## {block.text} {{#part-{headings}}}", ""]
        return render_block(block, self._link(number))

    def _link(self, number: int) -> _Links:
        return _Links(self.corpus, os.path.dirname(self.corpus.path(number)) or ".")

    def _with_calls(self, block: Block, place: int, language: str, number: int) -> Block:
        """Return the block with the calls that stand inside its sentences."""
        words = load_words()[language]
        if number < FIRST_ARTICLE or block.kind != "paragraph":
            return block
        if place == 0:
            phone = self.facts.phones[number % len(self.facts.phones)]
            return Block("paragraph", f'{block.text} {words["call"]} {{{{ phone("{phone}") }}}}.')
        if place == 5:
            figure = self.facts.figures[number % len(self.facts.figures)]
            seen = f"2025-{number % 12 + 1:02d}-{number % 28 + 1:02d}"
            calls = f'{words["figure"]} {{{{ number("{figure}") }}}} ({words["dated"]} {{{{ date("{seen}") }}}}).'
            return Block("paragraph", f"{block.text} {calls}")
        return block

    def _own_paragraph(self, place: int, number: int) -> list[str]:
        """Return the call that stands in a paragraph of its own after a block: a channel, a figure, another channel."""
        if number < FIRST_ARTICLE:
            return []
        channels, figures = self.facts.channels, self.facts.figures
        if place == 3:
            return [f'{{{{ channel("{channels[number % len(channels)]}") }}}}', ""]
        if place == 9:
            return [f'{{{{ figure("{figures[(number + 7) % len(figures)]}") }}}}', ""]
        if place == 13 and number % 2:
            return [f'{{{{ channel("{channels[(number + 5) % len(channels)]}") }}}}', ""]
        return []


@dataclass(frozen=True)
class _Links:
    """Gives the relative target of a page's number, from a folder below content/."""

    corpus: Corpus
    folder: str

    def __call__(self, number: int) -> str:
        return os.path.relpath(f"{self.corpus.path(number)}.md", self.folder)


def _slug(language: str, number: int) -> str:
    return f"{_GUIDE.get(language, 'guide')}-{number:05d}"
