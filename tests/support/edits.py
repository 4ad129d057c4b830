"""What people do to a project between two builds, drawn by chance: each edit changes files, rightly or wrongly."""

from __future__ import annotations

import os
import random
import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from support.edited_project import topic

SOURCES = ("content", "templates", "locales", "mkdocs.yml")
WORDS = ("river", "stone", "cloud", "light", "paper", "field", "water", "bread")


@dataclass(frozen=True)
class Hand:
    """Somebody who edits the project in a folder; `rng` draws what."""

    root: Path
    rng: random.Random

    def pages(self, *, own: bool | None = None) -> list[Path]:
        """Return the content pages; texts of one language's own alone, or without them."""
        found = sorted((self.root / "content").rglob("*.md"))
        return [path for path in found if own is None or (len(path.suffixes) == 2) is own]

    def catalogues(self) -> list[Path]:
        """Return the catalogues of pages."""
        return sorted((self.root / "locales").rglob("pages/**/*.po"))

    def read(self, path: Path) -> str:
        """Return a file's text; bytes that are no text stay what they are."""
        return path.read_bytes().decode("utf-8", "surrogateescape")

    def write(self, path: Path, text: str) -> None:
        """Write a file, in folders made for it."""
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode("utf-8", "surrogateescape"))

    def page(self) -> Path:
        """Return a page."""
        return self.rng.choice(self.pages())

    def word(self) -> str:
        """Return a word of five letters."""
        return self.rng.choice(WORDS)

    def change(self, path: Path, pattern: str, new: str | Callable[[re.Match[str]], str]) -> None:
        """Replace one match of a pattern, drawn by chance; without a match nothing changes."""
        if not path.exists():
            return
        text = self.read(path)
        found = list(re.finditer(pattern, text, re.MULTILINE))
        if found:
            match = self.rng.choice(found)
            put = new if isinstance(new, str) else new(match)
            self.write(path, text[: match.start()] + put + text[match.end() :])

    def front(self, path: Path, key: str, value: str) -> None:
        """Give a key of a page's front matter a value; "" takes it out."""
        text = self.read(path)
        kept = re.sub(rf"^{key}: .*\n", "", text, count=1, flags=re.MULTILINE)
        line = f"{key}: {value}\n" if value else ""
        self.write(path, kept.replace("---\n", f"---\n{line}", 1))

    def append(self, path: Path, text: str) -> None:
        """Add a text at the end of a file."""
        self.write(path, self.read(path) + text)


Edit = Callable[[Hand], None]


def sentence(hand: Hand) -> None:
    hand.append(hand.page(), f"\nOne more {hand.word()}.\n")


def word_of_the_same_length(hand: Hand) -> None:
    hand.change(hand.page(), r"\b(?:page|help|line|kwijt|Close|again|Peopl)\b", lambda m: m[0].swapcase())


def sentence_back(hand: Hand) -> None:
    hand.change(hand.page(), r"\nOne more \w+\.\n", "")


def heading(hand: Hand) -> None:
    hand.change(hand.page(), r"^## [A-Z]\w*", lambda m: f"## {hand.word().title()}")


def pinned_anchor(hand: Hand) -> None:
    hand.change(hand.page(), r"\{#(?:why|how)\}", lambda m: hand.rng.choice(["{#why}", "{#how}", ""]))


def new_heading(hand: Hand) -> None:
    hand.append(hand.page(), f"\n## The {hand.word()}\n\nIt is {hand.word()}.\n")


def title(hand: Hand) -> None:
    hand.front(hand.page(), "title", f"The {hand.word()} and the {hand.word()}")


def description(hand: Hand) -> None:
    hand.front(hand.page(), "description", f"What a {hand.word()} is.")


def short(hand: Hand) -> None:
    hand.front(hand.page(), "short", hand.rng.choice(["", hand.word().title()]))


def reviewed(hand: Hand) -> None:
    hand.front(hand.page(), "reviewed", hand.rng.choice(["", "2026-10-10", "2026-11-02", "2025-01-01", "soon"]))


def slug(hand: Hand) -> None:
    word = hand.word()
    hand.front(hand.page(), "slug", hand.rng.choice(["", f"{{fr: {word}}}", f"{{fr: a-{word}, nl: b-{word}}}"]))


def order(hand: Hand) -> None:
    hand.front(hand.page(), "order", hand.rng.choice(["", "1", "6", "80"]))


def noindex(hand: Hand) -> None:
    hand.front(hand.page(), "noindex", hand.rng.choice(["", '"yes"', '"no"']))


def printed(hand: Hand) -> None:
    hand.front(hand.page(), "printed", hand.rng.choice(["", '"yes"', '"no"']))


def draft(hand: Hand) -> None:
    hand.front(hand.page(), "draft", hand.rng.choice(["", "", '"yes"', "true"]))


def former(hand: Hand) -> None:
    hand.front(hand.page(), "former", hand.rng.choice(["", f"{{en: {hand.word()}}}", f"{{fr: [{hand.word()}]}}"]))


def critical(hand: Hand) -> None:
    hand.front(hand.page(), "critical", hand.rng.choice(["", "[lead]", "[why]"]))


def language(hand: Hand) -> None:
    hand.front(hand.page(), "lang", hand.rng.choice(["", "", "fr", "de"]))


def link(hand: Hand) -> None:
    target = hand.rng.choice(hand.pages(own=False)).relative_to(hand.root / "content").as_posix()
    place = hand.rng.choice(["", "#why", "#how", "#content", "#who-we-are", "#nowhere"])
    hand.append(hand.page(), f"\nSee [that](/{target}{place}).\n")


def wrong_link(hand: Hand) -> None:
    hand.append(hand.page(), "\nSee [that](/help/nothing.md).\n")


def call(hand: Hand) -> None:
    calls = (
        'phone("be-line")',
        'channel("be-112")',
        'figure("reports-2024")',
        'channels(country="FR")',
        'link("about")',
        'compare_channels("be-line", "be-112")',
        "report_sheet()",
    )
    hand.append(hand.page(), f"\n{{{{ {hand.rng.choice(calls)} }}}}\n")


def wrong_call(hand: Hand) -> None:
    hand.append(hand.page(), '\nCall {{ phone("be-lime") }} or {{ phone("be-new") }}.\n')


def unfinished(hand: Hand) -> None:
    hand.append(hand.page(), "\nTODO\n")


def broken_front_matter(hand: Hand) -> None:
    hand.change(hand.page(), r"^type: \w+", hand.rng.choice(["type: topik", "type: [", "kind: topic"]))


def bytes_of_another_encoding(hand: Hand) -> None:
    path = hand.page()
    path.write_bytes(path.read_bytes() + b"\xe9\n")


def line_ends(hand: Hand) -> None:
    path = hand.page()
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\r", b"").replace(b"\n", b"\r\n"))


def page_becomes_a_link(hand: Hand) -> None:
    path = hand.rng.choice([*hand.pages(), *hand.catalogues()])
    if not path.is_symlink():
        path.rename(hand.root / f"moved-{path.name}")
        path.symlink_to(hand.root / f"moved-{path.name}")


def add_page(hand: Hand) -> None:
    folder, word = hand.rng.choice(["help", "learn", "other"]), hand.word()
    path = hand.root / "content" / folder / f"{word}.md"
    hand.write(path, topic(word.title(), f"A {word} is read.\n\n## More\n\nAnd [home](../index.md).\n"))


def delete_page(hand: Hand) -> None:
    hand.page().unlink()


def rename_page(hand: Hand) -> None:
    path = hand.page()
    path.rename(path.with_name(f"new-{hand.word()}{''.join(path.suffixes)}"))


def add_own_text(hand: Hand) -> None:
    path, tag = hand.rng.choice(hand.pages(own=False)), hand.rng.choice(["nl", "fr", "en"])
    text = hand.read(path)
    hand.write(path.with_suffix(f".{tag}.md"), re.sub(r"^(?:slug|former): .*\n", "", text, flags=re.MULTILINE))


def remove_own_text(hand: Hand) -> None:
    for path in hand.pages(own=True)[:1]:
        path.unlink()


def edit_own_text(hand: Hand) -> None:
    for path in hand.pages(own=True)[:1]:
        hand.append(path, f"\nNog een {hand.word()}.\n")


def channels(hand: Hand) -> None:
    path = hand.root / "content/data/channels.yml"
    hand.change(path, r"The line|116 000|status: \w+|en: Emergency \d+", lambda m: _another(hand, m[0]))


def _another(hand: Hand, text: str) -> str:
    if text.startswith("status"):
        return hand.rng.choice(["status: active", "status: unconfirmed"])
    return text.replace("116 000", "11 60 00").replace("The line", f"The {hand.word()}").replace("112", "1-1-2")


def figures(hand: Hand) -> None:
    hand.change(
        hand.root / "content/data/figures.yml", r'value: "\d+"', lambda m: f'value: "{hand.rng.randint(10, 9999)}"'
    )


def translation(hand: Hand) -> None:
    for path in hand.catalogues()[:1] and [hand.rng.choice(hand.catalogues())]:
        hand.change(path, r'^msgstr "Ici', lambda m: f'msgstr "{hand.word().title()}')


def translation_of_a_title(hand: Hand) -> None:
    for path in hand.catalogues()[:1] and [hand.rng.choice(hand.catalogues())]:
        hand.change(path, r'(^msgctxt "meta.\w+"\nmsgid ".*"\nmsgstr )".*"', lambda m: f'{m[1]}"Le {hand.word()}"')


def translation_that_breaks_something(hand: Hand) -> None:
    for path in hand.catalogues()[:1] and [hand.rng.choice(hand.catalogues())]:
        hand.change(
            path, r'^msgstr "Ici .*"', lambda m: hand.rng.choice(['msgstr "- 7"', 'msgstr "# Un"', 'msgstr "a 3"'])
        )


def fuzzy(hand: Hand) -> None:
    for path in hand.catalogues()[:1] and [hand.rng.choice(hand.catalogues())]:
        hand.change(path, r"^(?:#, fuzzy\n)?(?=msgctxt|msgid \"[A-Z])", lambda m: "" if m[0] else "#, fuzzy\n")


def all_translations_gone(hand: Hand) -> None:
    for path in hand.catalogues()[:1] and [hand.rng.choice(hand.catalogues())]:
        hand.write(path, re.sub(r'^msgstr "(?=\w).*"', 'msgstr ""', hand.read(path), flags=re.MULTILINE))


def remove_catalogue(hand: Hand) -> None:
    for path in hand.catalogues()[:1] and [hand.rng.choice(hand.catalogues())]:
        path.unlink()


def conflict(hand: Hand) -> None:
    for path in hand.catalogues()[:1] and [hand.rng.choice(hand.catalogues())]:
        hand.append(path, "\n<<<<<<< ours\n")


def orphan_catalogue(hand: Hand) -> None:
    path = hand.root / f"locales/{hand.rng.choice(['fr', 'nl', 'en'])}/pages/help/{hand.word()}.po"
    hand.write(path, "")


def site_words(hand: Hand) -> None:
    path = hand.root / "locales/fr/LC_MESSAGES/site.po"
    hand.change(path, r'^msgstr "Qui.*"', f'msgstr "Qui {hand.word()}"')


def template(hand: Hand) -> None:
    path = hand.rng.choice(sorted((hand.root / "templates").glob("*.md")))
    hand.append(path, f'\n{{{{ _("The {hand.word()}") }}}}\n')


def site_config(hand: Hand) -> None:
    hand.change(
        hand.root / "content/site.yml",
        r"^(?:name|footer|sections|assembled): .*",
        lambda m: hand.rng.choice(
            [
                "name: New name",
                "footer: [about]",
                "sections: [learn, help]",
                "assembled: 2026-11-02",
                "footer: [nobody]",
            ]
        ),
    )


def host_config(hand: Hand) -> None:
    urls = ("https://example.org/", "https://example.org/a/b", "http://localhost:8000")
    hand.change(hand.root / "mkdocs.yml", r"^site_(?:url|name): .*", lambda m: _host_line(hand, m[0], urls))


def _host_line(hand: Hand, line: str, urls: tuple[str, ...]) -> str:
    return f"site_url: {hand.rng.choice(urls)}" if line.startswith("site_url") else f"site_name: {hand.word()}"


def asset(hand: Hand) -> None:
    path = hand.root / "content/assets" / hand.rng.choice(["sheet.txt", "dot.png", "new.txt", "deep/er.txt"])
    hand.write(path, hand.word())


def remove_asset(hand: Hand) -> None:
    (hand.root / "content/assets" / hand.rng.choice(["sheet.txt", "dot.png", "new.txt"])).unlink(missing_ok=True)


def asset_of_a_wrong_type(hand: Hand) -> None:
    hand.write(hand.root / "content/assets/page.html", "<p>")


def touch(hand: Hand) -> None:
    for path in [hand.page(), *hand.catalogues()[:1], hand.root / "mkdocs.yml"]:
        os.utime(path)


def file_that_is_no_source(hand: Hand) -> None:
    name = hand.rng.choice([".found-images.md.swp", "help/.#index.md", "about.md~", "notes.txt"])
    hand.write(hand.root / "content" / name, hand.word())


def published_file_changed(hand: Hand) -> None:
    path = hand.root / "site" / hand.rng.choice(["404.html", "extra.html", "fr/index.html"])
    if path.parent.is_dir():
        path.unlink(missing_ok=True)
        hand.write(path, hand.word())


def memory_gone(hand: Hand) -> None:
    shutil.rmtree(hand.root / ".balise", ignore_errors=True)


def nothing(hand: Hand) -> None:
    """Leave everything as it is."""


PAGES: tuple[Edit, ...] = (
    sentence, word_of_the_same_length, sentence_back, edit_own_text, translation, fuzzy, reviewed, link, call,
    translation_that_breaks_something, remove_catalogue, all_translations_gone, line_ends, touch,
)  # fmt: skip
"""Edits that change pages by themselves, for the most part."""
OTHERS: tuple[Edit, ...] = (
    heading, pinned_anchor, new_heading, title, description, short, slug, order, noindex, printed, draft, former, critical, language,
    add_page, delete_page, rename_page, add_own_text, remove_own_text, channels, figures, translation_of_a_title,
    orphan_catalogue, site_words, template, site_config, host_config, asset, remove_asset, file_that_is_no_source,
    published_file_changed, memory_gone, nothing,
)  # fmt: skip
"""Edits that other pages, or the whole site, may show."""
MISTAKES: tuple[Edit, ...] = (
    wrong_link, wrong_call, unfinished, broken_front_matter, bytes_of_another_encoding, page_becomes_a_link, conflict,
    asset_of_a_wrong_type,
)  # fmt: skip
"""Edits after which nothing may be published."""


def draw_edits(rng: random.Random) -> list[Edit]:
    """Return what is done before the next build: mostly one edit, sometimes several at once."""
    kinds = rng.choices((PAGES, OTHERS, MISTAKES), (75, 18, 7), k=rng.choice((1, 1, 1, 1, 2, 3)))
    return [rng.choice(kind) for kind in kinds]
