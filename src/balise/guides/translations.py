"""A guide's catalogue: one file for all its pages, in which each text is filed under its node."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from balise.catalogues import META, Catalogue, Entry, Message, catalogue, merge_units, retired
from balise.page import META_UNITS, Page, page_messages
from balise.problems import Location, Problem, did_you_mean, error


def split_catalogue(whole: Catalogue, pages: Iterable[Page]) -> tuple[Mapping[str, Catalogue], tuple[Problem, ...]]:
    """Return the catalogue of each page of a guide by the page's id, and a problem for each text filed elsewhere."""
    files = {page.id: page.step.file for page in pages if page.step}
    names = dict.fromkeys(files.values())
    entries: dict[str, list[Entry]] = {name: [] for name in names}
    problems: dict[str, Problem] = {}
    for entry in whole.entries:
        name, _, rest = entry.id.partition("/")
        if name in names:
            entries[name].append(entry._replace(id=_inner_id(rest)))
        elif entry.source and name not in problems:
            hint = did_you_mean(name, names, "give the node its old id again, or run `balise translate update`")
            place = Location(whole.path, entry.line)
            problems[name] = error("guide-id", f'the guide has no node "{name}"', place, hint)
    parts = {name: catalogue(whole.path, found, whole.obsolete) for name, found in entries.items()}
    return {page_id: parts[name] for page_id, name in files.items()}, tuple(problems.values())


def merge_guide(
    whole: Catalogue, pages: Sequence[Page], memory: Mapping[str, str]
) -> tuple[Catalogue, tuple[Message, ...]]:
    """Return a guide's catalogue for today's texts, and these texts in its order (see `merge_units`)."""
    parts, _ = split_catalogue(whole, pages)
    own = [page for page in pages if page.step and not page.step.is_copy]
    lost = _lost(whole, parts, own)
    entries: list[Entry] = []
    messages: list[Message] = []
    for page in own:
        name, found = file_of(page), page_messages(page)
        merged = merge_units(replace(parts[page.id], obsolete=lost), found, memory)
        entries += [entry._replace(id=f"{name}/{entry.id.removeprefix(META)}") for entry in merged.entries]
        messages += [replace(message, note=f"{message.note}, node {name}") for message in found]
    known = {(entry.previous or entry.source, entry.translation) for entry in entries}
    kept = tuple(entry for entry in lost if (entry.source, entry.translation) not in known)
    return catalogue(whole.path, entries, kept), tuple(messages)


def _lost(whole: Catalogue, parts: Mapping[str, Catalogue], pages: Sequence[Page]) -> tuple[Entry, ...]:
    """Return the translations whose text no longer stands in its node, the obsolete ones first, each once.

    They serve a text that has moved to another node, or whose node has another id now.
    """
    names = {file_of(page) for page in pages}
    gone = [entry for entry in whole.entries if entry.id.partition("/")[0] not in names]
    for page in pages:
        gone += merge_units(replace(parts[page.id], obsolete=()), page_messages(page), {}).obsolete
    kept = [retired(entry) for entry in (*whole.obsolete, *gone) if entry.source and entry.translation]
    return tuple({(entry.source, entry.translation): entry for entry in kept}.values())


def file_of(page: Page) -> str:
    """Return what the texts of a guide's page are filed under in its catalogue."""
    return page.step.file if page.step else ""


def _inner_id(name: str) -> str:
    """Return the id of a text inside its node: front matter has fixed ids, units the ones they were given."""
    return f"{META}{name}" if name in META_UNITS else name
