"""PO files as text, pages from Markdown, and the two brought together."""

from __future__ import annotations

from balise.catalogues import Catalogue, Entry, parse_catalogue
from balise.page import Page, PageType, SectionRule, parse_page
from balise.problems import Problem
from balise.translate import TranslatedPage, translate_page

HEADER = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n'
TOPIC = PageType("topic", "templates/topic.md", (), (SectionRule("do", critical=True),), "{{ lead }}", 4)


def quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'


def po(*entries: str, header: str = HEADER) -> str:
    """Return PO text of these entries behind a header of three lines; the first entry begins on line 5."""
    return "\n".join([header, *entries])


def entry(source: str, translation: str, name: str = "", before: str = "") -> str:
    """Return one entry of PO text; `before` are lines above it, such as `#, fuzzy`."""
    context = f"msgctxt {quoted(name)}\n" if name else ""
    return f"{before}{context}msgid {quoted(source)}\nmsgstr {quoted(translation)}\n"


def read(text: str) -> Catalogue:
    """Return a catalogue of PO text that has no problem."""
    found, problems = parse_catalogue(text, "fr.po")
    assert [str(problem) for problem in problems] == []
    return found


def entries(*pairs: tuple[str, str]) -> tuple[Entry, ...]:
    """Return entries with ids e0, e1 … from pairs of source and translation."""
    return tuple(Entry(f"e{number}", source, translation) for number, (source, translation) in enumerate(pairs))


def page(body: str, title: str = "A title") -> Page:
    """Return a page of type topic; its body begins on line 6 of content/a.md."""
    text = f"---\ntype: topic\ntitle: {title}\ndescription: About it.\n---\n{body}"
    found, problems = parse_page(text, "content/a.md", "a", {"topic": TOPIC}, "en")
    assert [str(problem) for problem in problems] == []
    assert found
    return found


def translated(body: str, *pairs: tuple[str, str]) -> tuple[TranslatedPage, tuple[Problem, ...]]:
    """Return a page in French from pairs of source text and translation, and what was refused."""
    source = page(body)
    text = po(*(entry(one, other, f"e{number}") for number, (one, other) in enumerate(pairs)))
    return translate_page(source, read(text), "fr")
