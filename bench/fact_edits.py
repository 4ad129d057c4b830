"""Single edits to the facts of a site: slips in data, pages and catalogues, and facts typed by hand."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from balise.project import Project
from bench.typed_sentences import typed_sentence


class Edit(NamedTuple):
    """A file as it stands after an edit, the kind of edit, and in words what it changed."""

    path: str
    text: str
    kind: str
    what: str
    is_emergency: bool = False


class Change(NamedTuple):
    """A stretch of a text and what replaces it; `near` says of which record it is."""

    start: int
    end: int
    new: str
    near: str = ""


@dataclass(frozen=True)
class Text:
    """A file of the site, and the language of what it says."""

    path: str
    text: str
    language: str

    @cached_property
    def messages(self) -> tuple[tuple[int, int], ...]:
        """Return where the translations of a catalogue stand, between their quotes."""
        return tuple(match.span(1) for match in re.finditer(r'^msgstr "([^"\n].*)"$', self.text, re.MULTILINE))

    @cached_property
    def paragraphs(self) -> tuple[tuple[int, int], ...]:
        """Return where the lines of running text of a page stand."""
        body = self.text.find("\n---\n") + 5
        found = re.finditer(r"^[A-Z][^\n{|<]{40,}$", self.text[body:], re.MULTILINE)
        return tuple((match.start() + body, match.end() + body) for match in found)


Texts = Mapping[str, Text]
Draw = Callable[[Texts, Project, random.Random], tuple[Text, Change] | None]


def read_texts(root: Path) -> Texts:
    """Return the files that edits are made to, by path."""
    found: dict[str, Text] = {}
    for path in sorted([*root.glob("content/**/*.md"), *root.glob("content/**/*.yml"), *root.glob("locales/**/*.po")]):
        name = path.relative_to(root).as_posix()
        if name not in ("content/data/terms.yml", "content/data/search.yml", "content/data/sealed.yml"):
            language = name.split("/")[1] if name.startswith("locales/") else "en"
            found[name] = Text(name, path.read_text("utf-8"), language)
    return found


def draw_edit(texts: Texts, project: Project, rng: random.Random) -> Edit:
    """Return an edit drawn by chance; each kind is as likely as the other."""
    while True:
        kind = rng.choice(tuple(KINDS))
        drawn = KINDS[kind](texts, project, rng)
        if drawn is None:
            continue
        text, change = drawn
        old = text.text[change.start : change.end]
        if old == change.new:
            continue
        whole = text.text[: change.start] + change.new + text.text[change.end :]
        around = text.text[max(0, change.start - 60) : change.end + 20]
        urgent = bool(re.search(r"\b(?:emergency|[a-z]{2}-(?:112|911|999|101|17|113|117))\b", f"{change.near} {old}"))
        urgent = urgent or bool(re.search(r"phone: \"(?:112|911|999)\"", around))
        line = text.text.count("\n", 0, change.start) + 1
        return Edit(
            text.path, whole, kind, f"line {line}, {change.near} {old[:60]!r} became {change.new[:110]!r}", urgent
        )


def _channels(texts: Texts) -> Text:
    return texts["content/data/channels.yml"]


def _record(text: Text, at: int) -> str:
    """Return the id and kind of the record that a place of a data file belongs to."""
    start = text.text.rfind("\n  - id: ", 0, at) + 9
    name = text.text[start : text.text.find("\n", start)]
    kind = re.search(r"\n    kind: (\S+)", text.text[start : start + 1500])
    return f"{name} {kind[1] if kind else ''}"


def _one(text: Text, pattern: str, rng: random.Random, group: int = 1) -> re.Match[str] | None:
    found = list(re.finditer(pattern, text.text, re.MULTILINE))
    return rng.choice(found) if found else None


def _slip(digits: str, rng: random.Random) -> str:
    """Return a text with one digit changed, dropped, or swapped with its neighbour."""
    places = [at for at, sign in enumerate(digits) if sign.isdigit()]
    at = rng.choice(places)
    way = rng.choice(("change", "drop", "swap"))
    behind = [place for place in places if place > at and digits[place] != digits[at]]
    if way == "swap" and behind:
        other = behind[0]
        signs = list(digits)
        signs[at], signs[other] = signs[other], signs[at]
        return "".join(signs)
    if way == "drop" and len(places) > 1:
        return digits[:at] + digits[at + 1 :]
    return digits[:at] + rng.choice([sign for sign in "0123456789" if sign != digits[at]]) + digits[at + 1 :]


def number_of_channel(texts: Texts, project: Project, rng: random.Random) -> tuple[Text, Change] | None:
    """A digit of a telephone number in the data."""
    text = _channels(texts)
    match = _one(text, r'^    (?:phone|phone_shown|phone_abroad|phone_abroad_shown|sms): "?([0-9+][^"\n]*?)"?$', rng)
    return (text, Change(*match.span(1), _slip(match[1], rng), _record(text, match.start()))) if match else None


def number_elsewhere(texts: Texts, project: Project, rng: random.Random) -> tuple[Text, Change] | None:
    """The number of a channel of another country; or another country's channel in site.yml."""
    if rng.random() < 0.3:
        site = texts["content/site.yml"]
        match = _one(site, r"(?<=[A-Z]{2}: )([a-z]{2}-[a-z0-9-]+)", rng)
        others = sorted(name for name in project.registries.channels if match and name[:3] != match[1][:3])
        return (site, Change(*match.span(1), rng.choice(others), "site.yml emergency")) if match else None
    text = _channels(texts)
    found = list(re.finditer(r'^    phone: "([^"]+)"$', text.text, re.MULTILINE))
    one = rng.choice(found)
    other = rng.choice([match for match in found if match[1] != one[1]])
    return text, Change(*one.span(1), other[1], _record(text, one.start()))


def figure_value(texts: Texts, project: Project, rng: random.Random) -> tuple[Text, Change] | None:
    """A digit of a figure, of a date or of a period."""
    text = texts["content/data/figures.yml"]
    match = _one(text, r'^    (?:value|date|period|as_of): "?([0-9][^"\n]*?)"?$', rng)
    return (text, Change(*match.span(1), _slip(match[1], rng), _record(text, match.start()))) if match else None


def figure_words(texts: Texts, project: Project, rng: random.Random) -> tuple[Text, Change] | None:
    """The status or the qualifier of a figure."""
    text = texts["content/data/figures.yml"]
    match = _one(text, r"^    (status|qualifier): (\S+)$", rng)
    if not match:
        return None
    words = {"status": ("current", "historical"), "qualifier": ("exact", "about", "more_than", "almost", "up_to")}[
        match[1]
    ]
    new = rng.choice([word for word in words if word != match[2]])
    return text, Change(*match.span(2), new, _record(text, match.start()))


def hours_of_channel(texts: Texts, project: Project, rng: random.Random) -> tuple[Text, Change] | None:
    """Opening hours an hour off, in the data or in a note."""
    text = _channels(texts)
    pattern = r'(?:from: |to: |^    hours_note: .*?)"?\b([0-2]?[0-9])(?=:[0-5][0-9])'
    match = _one(text, pattern, rng)
    if not match:
        return None
    hour = int(match[1]) + rng.choice((-1, 1))
    new = f"{hour % 24:02}" if len(match[1]) == 2 else str(hour % 24)
    return text, Change(*match.span(1), new, _record(text, match.start()))


def language_dropped(texts: Texts, project: Project, rng: random.Random) -> tuple[Text, Change] | None:
    """A language of a channel, or the address or name for one."""
    text = _channels(texts)
    if rng.random() < 0.5:
        match = _one(text, r"^    languages: \[([a-z]{2}(?:, [a-z]{2})+)\]$", rng)
        if not match:
            return None
        kept = match[1].split(", ")
        kept.pop(rng.randrange(len(kept)))
        return text, Change(*match.span(1), ", ".join(kept), _record(text, match.start()))
    match = _one(text, r"^(      (?:fr|nl|en): .*\n)(?=      (?:fr|nl|en): )", rng)
    return (text, Change(*match.span(1), "", _record(text, match.start()))) if match else None


def _letter_off(host: str, rng: random.Random) -> str:
    places = [at for at, sign in enumerate(host) if sign.isalpha()]
    at = rng.choice(places)
    looks = {"l": "1", "o": "0", "e": "3", "i": "l", "m": "rn", "a": "\u0430"}
    way = rng.choice(("drop", "double", "other", "look"))
    if way == "look" and host[at] in looks:
        return host[:at] + looks[host[at]] + host[at + 1 :]
    if way == "drop":
        return host[:at] + host[at + 1 :]
    if way == "double":
        return host[:at] + host[at] + host[at:]
    return host[:at] + rng.choice([sign for sign in "abcdefghijklmnopqrstuvwxyz" if sign != host[at]]) + host[at + 1 :]


def host_of_record(texts: Texts, project: Project, rng: random.Random) -> tuple[Text, Change] | None:
    """The host of a link in the data one letter off, that of a source too."""
    text = texts[rng.choice(("content/data/channels.yml", "content/data/channels.yml", "content/data/figures.yml"))]
    match = _one(text, r"^ *(?:- )?[a-z_]+: https?://(?:www\.)?([a-z][a-z0-9.-]+\.[a-z]{2,})", rng)
    return (text, Change(*match.span(1), _letter_off(match[1], rng), _record(text, match.start()))) if match else None


def promise_of_record(texts: Texts, project: Project, rng: random.Random) -> tuple[Text, Change] | None:
    """What a channel costs, or whether it is anonymous."""
    text = _channels(texts)
    match = _one(
        text, r'^    (?:cost: (free|free-not-on-bill|normal-call)|anonymous: "(yes|no)"|status: (active))$', rng
    )
    if not match:
        return None
    group = next(number for number in (1, 2, 3) if match[number])
    new = {"free": "normal-call", "free-not-on-bill": "normal-call", "normal-call": "free", "yes": "no", "no": "yes"}
    return text, Change(*match.span(group), new.get(match[group], "closed"), _record(text, match.start()))


_PROMISES = {
    "fr": r" ?\b(gratuite?s?|gratuitement|anonymes?|jour et nuit|confidentielle?s?)\b",
    "nl": r" ?\b(gratis|anoniem|dag en nacht|vertrouwelijk)\b",
    "en": r" ?\b(anonymous(?:ly)?|day and night|confidential|free of charge)\b",
}


def promise_in_text(texts: Texts, project: Project, rng: random.Random) -> tuple[Text, Change] | None:
    """The word that says a service is free, anonymous, open day and night: in data, in a page, in a translation."""
    for _ in range(60):
        text = texts[rng.choice(list(texts))]
        spots = [match for match in re.finditer(_PROMISES[text.language], text.text) if _is_shown(text, match.start())]
        if spots:
            match = rng.choice(spots)
            return text, Change(*match.span(), "", _record(text, match.start()) if "/data/" in text.path else "")
    return None


def _is_shown(text: Text, at: int) -> bool:
    """Tell whether a place of a file is a text that readers see."""
    start = text.text.rfind("\n", 0, at) + 1
    line = text.text[start : text.text.find("\n", at)]
    if text.path.endswith(".po"):
        before = text.text[max(0, start - 700) : start]
        return line.startswith("msgstr ") and "sources." not in before.rpartition("msgctxt")[2]
    if "/data/" in text.path:
        before = text.text[:start]
        key = re.findall(r"^    ([a-z_]+):", before[-4000:] + line + "\n", re.MULTILINE)
        return bool(key) and key[-1] in ("what_happens", "limits", "hours_note", "cost_note", "statement", "text")
    return text.path.endswith(".md") and start > text.text.find("\n---\n")


def digit_of_translation(texts: Texts, project: Project, rng: random.Random) -> tuple[Text, Change] | None:
    """A digit of a translation, in its words or in its calls."""
    for _ in range(60):
        text = texts[rng.choice([name for name in texts if name.endswith(".po")])]
        start, end = rng.choice(text.messages) if text.messages else (0, 0)
        spots = list(re.finditer(r"[0-9]+", text.text[start:end]))
        if spots and _is_shown(text, start):
            match = rng.choice(spots)
            return text, Change(start + match.start(), start + match.end(), _slip(match[0], rng))
    return None


def call_of_text(texts: Texts, project: Project, rng: random.Random) -> tuple[Text, Change] | None:
    """Another channel in a call of a page or of a translation: mostly one of another country."""
    for _ in range(60):
        text = texts[rng.choice([name for name in texts if name.endswith((".po", ".md"))])]
        spots = list(re.finditer(r'\{\{ ?(?:phone|channel)\(\\?"([a-z0-9-]+)', text.text))
        spots = [one for one in spots if text.path.endswith(".md") or _is_shown(text, one.start())]
        if spots:
            match = rng.choice(spots)
            phones = [one.id for one in project.registries.channels.values() if one.phone and one.status == "active"]
            others = [name for name in phones if name[:3] != match[1][:3]]
            return text, Change(*match.span(1), rng.choice(others), match[1])
    return None


def translation_emptied(texts: Texts, project: Project, rng: random.Random) -> tuple[Text, Change] | None:
    """A translation of a page or guide that is gone."""
    text = texts[rng.choice([name for name in texts if name.endswith(".po") and "LC_MESSAGES" not in name])]
    if not text.messages:
        return None
    return text, Change(*rng.choice(text.messages), "")


def digit_of_page(texts: Texts, project: Project, rng: random.Random) -> tuple[Text, Change] | None:
    """A digit in the prose of a page."""
    for _ in range(60):
        text = texts[rng.choice([name for name in texts if name.endswith(".md")])]
        body = text.text.find("\n---\n") + 5
        spots = list(re.finditer(r"(?<=[a-z] )[0-9]+(?![\w)}\"-])", text.text[body:]))
        if spots:
            match = rng.choice(spots)
            return text, Change(body + match.start(), body + match.end(), _slip(match[0], rng))
    return None


def typed_into_page(texts: Texts, project: Project, rng: random.Random) -> tuple[Text, Change] | None:
    """A fact typed by hand into the running text of a page."""
    text = texts[rng.choice([name for name in texts if name.endswith(".md")])]
    if not text.paragraphs:
        return None
    _, end = rng.choice(text.paragraphs)
    return text, Change(end, end, " " + typed_sentence(text.language, project, rng))


def typed_into_translation(texts: Texts, project: Project, rng: random.Random) -> tuple[Text, Change] | None:
    """A fact typed by hand into a translation."""
    text = texts[rng.choice([name for name in texts if name.endswith(".po") and "LC_MESSAGES" not in name])]
    long = [(start, end) for start, end in text.messages if end - start > 60]
    if not long:
        return None
    _, end = rng.choice(long)
    return text, Change(end, end, " " + typed_sentence(text.language, project, rng).replace('"', '\\"'))


def link_typed(texts: Texts, project: Project, rng: random.Random) -> tuple[Text, Change] | None:
    """A link typed into a page, its host one letter off that of a service."""
    text = texts[rng.choice([name for name in texts if name.endswith(".md")])]
    if not text.paragraphs:
        return None
    _, end = rng.choice(text.paragraphs)
    hosts = sorted(
        {
            re.sub(r"https?://(?:www\.)?([^/]+).*", r"\1", url)
            for one in project.registries.channels.values()
            for url in one.url.values()
        }
    )
    host = rng.choice([name for name in hosts if sum(map(str.isalpha, name)) > 9])
    return text, Change(end, end, f" [The service](https://www.{_letter_off(host, rng)}/) helps too.")


KINDS: Mapping[str, Draw] = {
    "data: telephone number": number_of_channel,
    "data: number of another country": number_elsewhere,
    "data: figure or date": figure_value,
    "data: status or qualifier of a figure": figure_words,
    "data: hours": hours_of_channel,
    "data: language dropped": language_dropped,
    "data: host one letter off": host_of_record,
    "data: cost, anonymity, status": promise_of_record,
    "all: free, anonymous, day and night": promise_in_text,
    "catalogue: digit": digit_of_translation,
    "catalogue: translation emptied": translation_emptied,
    "catalogue: fact typed by hand": typed_into_translation,
    "page, catalogue: another channel": call_of_text,
    "page: digit": digit_of_page,
    "page: fact typed by hand": typed_into_page,
    "page: link one letter off": link_typed,
}
"""What draws each kind of edit."""


def all_kinds() -> Iterator[str]:
    """Yield the names of the kinds of edits."""
    yield from KINDS
