"""Guides of a new site that is written in another language than the one they come in."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from balise.catalogues import META, Catalogue, Entry, Message, catalogue
from balise.guides.parse import parse_guide
from balise.guides.steps import guide_pages, load_guide_types, one_line
from balise.page import Page, page_messages
from balise.source import load_yaml, parse_yaml

if TYPE_CHECKING:
    from balise.guides.model import Guide
    from balise.project import Project
    from balise.translate import TranslatedPage

Versions = Callable[[Page], Mapping[str, "TranslatedPage"]]
"""What returns a page as it stands in each language of the new site."""
_TEXTS = frozenset("title short description ask advise outcome text say do never next ask_not note after".split())
"""The keys of a guide's file that hold texts; everything else is the same in all languages."""


def turned_guide(starter: Project, guide: Guide, language: str, versions: Versions) -> str:
    """Return the file of a guide with its texts in another language; comments are lost."""
    import yaml

    texts: dict[str, dict[str, str]] = {}
    for page in starter.guide_pages(guide.id):
        version, name = versions(page)[language], page.step.file if page.step else ""
        found = texts.setdefault(name, {})
        found |= {item.source: item.text for item in (*version.meta.values(), *version.translations)}
    value = load_yaml(starter.root / guide.path, starter.root).value
    for name in ("guide", "sheet", "corridor"):
        if name in value:
            value[name] = _turned(value[name], texts[name], "")
    for node in value["nodes"]:
        node |= _turned(node, texts["guide" if node["id"] == guide.start else node["id"]], "")
    for example in value.get("walks", ()):
        example["answers"] = list(_turned_walk(example["answers"], guide, texts))
    return str(yaml.safe_dump(value, allow_unicode=True, sort_keys=False, width=120))


def _turned_walk(answers: Iterable[str], guide: Guide, texts: Mapping[str, Mapping[str, str]]) -> Iterator[str]:
    """Yield the answers of an example walk as they are worded in the other language."""
    name = guide.start
    for said in answers:
        while guide.nodes[name].then:
            name = guide.nodes[name].then
        known = texts["guide" if name == guide.start else name]
        yield known.get(one_line(said), said)
        name = next((answer.go for answer in guide.nodes[name].answers if answer.say == said), name)


def _turned(value: Any, texts: Mapping[str, str], key: str) -> Any:
    """Return a value of the file with each text in the other language; ids, words and numbers stay."""
    if isinstance(value, dict):
        return {name: _turned(item, texts, name) for name, item in value.items()}
    if isinstance(value, list):
        return [_turned(item, texts, key) for item in value]
    return texts.get(one_line(value), value) if key in _TEXTS else value


def turned_guide_catalogues(
    text: str, starter: Project, guide: Guide, language: str, versions: Versions, turn: Callable[..., Catalogue]
) -> Mapping[str, tuple[Catalogue, tuple[Message, ...]]]:
    """Return the catalogue from a turned guide into each other language, with the texts it translates.

    `turn` returns the catalogue of one page from its texts and a version of it.
    """
    document = parse_yaml(text, guide.path)
    turned, problems = parse_guide(document, guide.id)
    if turned is None:
        raise ValueError(str(problems[0]))
    pages, _ = guide_pages(turned, document, load_guide_types(), language, starter.site.countries[:1])
    entries: dict[str, list[Entry]] = {}
    messages: list[Message] = []
    for page in pages:
        found = page_messages(page)
        file = page.step.file if page.step else ""
        messages += [replace(message, note=f"{message.note}, node {file}") for message in found]
        for tag, version in versions(starter.pages[_origin(page, starter)]).items():
            entries.setdefault(tag, []).extend(
                entry._replace(id=f"{file}/{entry.id.removeprefix(META)}") for entry in turn(found, version).entries
            )
    return {tag: (catalogue("", found), tuple(messages)) for tag, found in entries.items() if tag != language}


def _origin(page: Page, starter: Project) -> str:
    """Return the id of the starter's page that a turned page comes from: sheets are alike for all countries."""
    if page.id in starter.pages or page.step is None:
        return page.id
    others = starter.guide_pages(page.step.guide)
    return next(other.id for other in others if other.step and other.step.file == page.step.file)
