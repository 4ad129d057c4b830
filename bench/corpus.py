"""A multilingual Markdown corpus that is the same bytes for the same number of pages and seed.

A corpus has N pages in each of three languages: a home page, eight section pages and N - 9 articles. An article has
about 700 words: front matter, paragraphs of about 60 words, three levels of headings, lists, a table, an alert and
seven links. The languages share their structure, never their words (`words.json`).

    python -m bench.corpus --flavour balise --pages 300 --out FOLDER
"""

from __future__ import annotations

import argparse
import functools
import json
import os
import random
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

LANGUAGES = ("fr", "nl", "en")
SLUGS = (
    "privacy-settings",
    "screen-time",
    "talking-together",
    "asking-for-help",
    "games-and-chat",
    "school-and-clubs",
    "media-literacy",
    "for-professionals",
)
AUDIENCES = ("parents", "teachers", "teens", "children", "professionals")
FLAVOURS = ("balise", "hugo", "mkdocs")
"""How a corpus is written: a Balise project; `LANG/…` with _index.md for Hugo; `LANG/…` with `!!! note` for MkDocs."""
FIRST_ARTICLE = 9
"""Page 0 is the home page, 1 to 8 open the sections."""
SMALLEST = 12
"""Pages a corpus has at least, in each language."""


@functools.cache
def load_words() -> dict[str, Any]:
    """Return the words and sentence patterns by language, and the syllables of made-up names."""
    loaded: dict[str, Any] = json.loads(Path(__file__).with_name("words.json").read_text("utf-8"))
    return loaded


@dataclass(frozen=True)
class Block:
    """A block of a page: `text` of a paragraph, heading or alert (`label` is its title), else `items` or `rows`."""

    kind: str
    text: str = ""
    label: str = ""
    items: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True)
class CorpusPage:
    """A page in one language; links inside its texts are written `[[label|number of the page]]`."""

    number: int
    title: str
    description: str
    audience: str
    reviewed: str
    blocks: tuple[Block, ...]


class Corpus:
    """A number of pages in each language, numbered from 0."""

    def __init__(self, pages: int, seed: int = 1) -> None:
        if pages < SMALLEST:
            raise ValueError(f"a corpus has at least {SMALLEST} pages")
        self.pages, self.seed = pages, seed
        self.articles = range(FIRST_ARTICLE, pages)

    @property
    def edited(self) -> int:
        """Return the number of the article that a benchmark edits."""
        return self.articles[len(self.articles) // 2]

    def section(self, number: int) -> int:
        """Return the section (0 to 7) of a page; the home page has none and counts as -1."""
        if number < FIRST_ARTICLE:
            return number - 1
        return (number - FIRST_ARTICLE) * 8 // len(self.articles)

    def members(self, section: int) -> range:
        """Return the articles of a section."""
        count = len(self.articles)
        return range(FIRST_ARTICLE - (-section * count // 8), FIRST_ARTICLE - (-(section + 1) * count // 8))

    def path(self, number: int) -> str:
        """Return the page's path without language and suffix: `index`, `section/index`, `section/guide-00012`."""
        if number == 0:
            return "index"
        folder = SLUGS[self.section(number)]
        return f"{folder}/index" if number < FIRST_ARTICLE else f"{folder}/guide-{number:05d}"

    def title(self, language: str, number: int) -> str:
        """Return a page's title."""
        words = load_words()[language]
        if number == 0:
            return str(words["home"])
        if number < FIRST_ARTICLE:
            return str(words["sections"][number - 1])
        return _short(random.Random(f"{self.seed}:t:{language}:{number}"), language, "title")

    def page(self, language: str, number: int, revision: int = 0) -> CorpusPage:
        """Return a page; a revision above 0 adds one sentence with its number to the first paragraph."""
        words = load_words()[language]
        shape = random.Random(f"{self.seed}:shape:{number}")  # shared by the languages
        reviewed = f"20{shape.randint(24, 26):02d}-{shape.randint(1, 12):02d}-{shape.randint(1, 28):02d}"
        audience = AUDIENCES[shape.randrange(5)]
        own = random.Random(f"{self.seed}:{language}:{number}")
        title = self.title(language, number)
        if number < FIRST_ARTICLE:
            description, blocks = words["intro"], self._overview(own, language, number)
        else:
            description = _paragraph(own, language, 18)
            blocks = self._article(own, shape, language, number)
        if revision:
            first = blocks[0]
            blocks = (Block("paragraph", f"{first.text} {revision_mark(language, revision)}."), *blocks[1:])
        return CorpusPage(number, title, description, audience, reviewed, blocks)

    def _overview(self, own: random.Random, language: str, number: int) -> tuple[Block, ...]:
        words = load_words()[language]
        children = range(1, FIRST_ARTICLE) if number == 0 else self.members(number - 1)[:20]
        return (
            Block("paragraph", words["intro"]),
            Block("paragraph", _paragraph(own, language)),
            Block("list", items=tuple(self._link(language, child) for child in children)),
            Block("alert", _paragraph(own, language, 35), words["alert"][0]),
        )

    def _article(self, own: random.Random, shape: random.Random, language: str, number: int) -> tuple[Block, ...]:
        words = load_words()[language]
        blocks = [Block("paragraph", _paragraph(own, language))]
        links = [shape.choice(self.articles) for _ in range(4)]
        for part in range(3):
            blocks.append(Block("h2", _short(own, language, "heading")))
            text = _paragraph(own, language)
            blocks.append(Block("paragraph", f"{text} ({words['read']}: {self._link(language, links[part])})"))
            if part == 0:
                blocks.append(Block("list", items=_sentences(own, language)))
            elif part == 1:
                blocks += _table_part(own, language)
            else:
                label = words["alert"][shape.randrange(len(words["alert"]))]
                blocks.append(Block("alert", _paragraph(own, language, 40), label))
                blocks.append(Block("numbered", items=_sentences(own, language)))
        near = self.members(self.section(number))
        others = (shape.choice(near), shape.choice(near), links[3], self.section(number) + 1)
        blocks.append(Block("h2", words["see_also"]))
        blocks.append(Block("list", items=tuple(self._link(language, other) for other in others)))
        return tuple(blocks)

    def _link(self, language: str, number: int) -> str:
        return f"[[{self.title(language, number)}|{number}]]"


def revision_mark(language: str, revision: int) -> str:
    """Return the words that a revision adds, as they can be looked for in the built page."""
    return f"{load_words()[language]['revision']} {revision}"


def _fill(rng: random.Random, language: str, pattern: str) -> str:
    words = load_words()[language]
    slots = {key: rng.choice(words[key]) for key in ("who", "child", "thing", "act", "when", "why", "adj", "noun")}
    slots["act2"] = rng.choice(words["act"])
    slots["name"] = f"{rng.choice(words['names'])} {_name(rng)}"
    slots["town"] = _name(rng)
    return pattern.format(**slots)


def _name(rng: random.Random) -> str:
    return "".join(rng.choice(load_words()["syllables"]) for _ in range(rng.randint(2, 3))).capitalize()


def _short(rng: random.Random, language: str, key: str) -> str:
    text = _fill(rng, language, rng.choice(load_words()[language][key]))
    return text[0].upper() + text[1:]


def _sentences(rng: random.Random, language: str) -> tuple[str, ...]:
    return tuple(_short(rng, language, "sentence") for _ in range(4))


def _paragraph(rng: random.Random, language: str, words: int = 60) -> str:
    sentences: list[str] = []
    count = 0
    while count < words - 6:
        sentences.append(_short(rng, language, "sentence"))
        count += len(sentences[-1].split())
    return " ".join(sentences)


def _table_part(rng: random.Random, language: str) -> Iterable[Block]:
    """Yield a section with a table, and one after it."""
    yield Block("h3", _short(rng, language, "heading"))
    yield Block("paragraph", _paragraph(rng, language))
    rows = tuple(
        (*(_short(rng, language, key) for key in ("thing", "act", "who")), str(rng.randint(1, 12) * 5))
        for _ in range(5)
    )
    yield Block("table", items=tuple(load_words()[language]["columns"]), rows=rows)
    yield Block("h3", _short(rng, language, "heading"))
    yield Block("paragraph", _paragraph(rng, language))


def render_text(text: str, link_to: Callable[[int], str]) -> str:
    """Return a text with its links in Markdown; `link_to` gives the target of a page's number."""
    first, *rest = text.split("[[")
    pieces = [first]
    for piece in rest:
        inside, _, after = piece.partition("]]")
        label, _, number = inside.rpartition("|")
        pieces.append(f"[{label}]({link_to(int(number))}){after}")
    return "".join(pieces)


def render_block(block: Block, link_to: Callable[[int], str]) -> list[str]:
    """Return the lines of a block that all flavours write alike, a blank line last."""
    if block.kind in ("h2", "h3"):
        return [f"{'#' * int(block.kind[1])} {block.text}", ""]
    if block.kind == "list":
        return [*(f"- {render_text(item, link_to)}" for item in block.items), ""]
    if block.kind == "numbered":
        return [*(f"{place}. {render_text(item, link_to)}" for place, item in enumerate(block.items, 1)), ""]
    if block.kind == "table":
        lines = [f"| {' | '.join(block.items)} |", "|" + " --- |" * len(block.items)]
        return [*lines, *(f"| {' | '.join(row)} |" for row in block.rows), ""]
    return [render_text(block.text, link_to), ""]


def quoted(text: str) -> str:
    """Return a text as a double-quoted YAML scalar."""
    return '"{}"'.format(text.replace('"', "'"))


@dataclass(frozen=True)
class PlainCorpus:
    """A corpus for Hugo or MkDocs: `LANG/SECTION/SLUG.md`, or `SECTION/SLUG.LANG.md` with `suffix`."""

    corpus: Corpus
    folder: Path
    flavour: str
    suffix: bool = False

    def name(self, number: int) -> str:
        """Return a page's path without language and suffix, as this flavour calls it."""
        path = self.corpus.path(number)
        return f"{path[:-5]}_index" if self.flavour == "hugo" and path.endswith("index") else path

    def file(self, language: str, number: int) -> Path:
        """Return where a page stands."""
        name = self.name(number)
        return self.folder / (f"{name}.{language}.md" if self.suffix else f"{language}/{name}.md")

    def markdown(self, language: str, number: int, revision: int = 0) -> str:
        """Return a page's text."""
        page = self.corpus.page(language, number, revision)
        folder = os.path.dirname(self.name(number)) or "."

        def link_to(target: int) -> str:
            return os.path.relpath(f"{self.name(target)}.md", folder)

        lines = ["---", f"title: {quoted(page.title)}", f"description: {quoted(page.description)}"]
        lines += [f"audience: {page.audience}", f"reviewed: {page.reviewed}"]
        lines += [f"weight: {number + 1}", "---", ""] if self.flavour == "hugo" else ["---", "", f"# {page.title}", ""]
        for block in page.blocks:
            if block.kind != "alert":
                lines += render_block(block, link_to)
            elif self.flavour == "hugo":
                lines += [f"> [!NOTE] {block.label}", f"> {block.text}", ""]
            else:
                lines += [f'!!! note "{block.label}"', "", f"    {block.text}", ""]
        return "\n".join(lines)

    def write_page(self, language: str, number: int, revision: int = 0) -> None:
        """Write one page."""
        path = self.file(language, number)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(self.markdown(language, number, revision).encode())

    def write(self) -> None:
        """Write every page in every language."""
        for language in LANGUAGES:
            for number in range(self.corpus.pages):
                self.write_page(language, number)


def main(arguments: Sequence[str] | None = None) -> None:
    """Write a corpus."""
    from bench.balise_project import BaliseProject

    parser = argparse.ArgumentParser(prog="python -m bench.corpus", description="Write a corpus.")
    parser.add_argument("--pages", type=int, default=300, help="pages in each language")
    parser.add_argument("--flavour", choices=FLAVOURS, default="balise")
    parser.add_argument("--suffix", action="store_true", help="SECTION/SLUG.LANG.md in place of LANG/SECTION/SLUG.md")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path, required=True)
    given = parser.parse_args(arguments)
    corpus = Corpus(given.pages, given.seed)
    if given.flavour == "balise":
        BaliseProject(corpus, given.out).write()
    else:
        PlainCorpus(corpus, given.out, given.flavour, given.suffix).write()


if __name__ == "__main__":
    main()
