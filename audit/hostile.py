"""A project that strangers wrote: hostile strings in each place that a contributor's text can stand in."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

from balise.host.runner import run_build

SITE = """\
name: Hostile
source_language: en
languages: [en, fr]
countries: [BE]
default_country: BE
sections: [s]
exit: {en: "https://en.example/", fr: "https://fr.example/"}
emergency: {BE: be-112}
help: {BE: be-112}
"""
CONFIG = "site_name: Hostile\nsite_url: https://example.org/\ndocs_dir: content\ntheme: balise\nplugins: [balise]\n"
TYPE = "---\nlabel: Topic\nsections:\n  lead: {required: 'yes'}\n---\n{{ lead }}\n\n{{ rest() }}\n"
PLAIN = "---\ntype: topic\ntitle: Plain\ndescription: Plain.\n---\n\nPlain.\n"


def _channel(name: str, title: str, phone: str = "116000") -> dict[str, object]:
    return {
        "id": name,
        "name": {"en": title},
        "operator": title,
        "country": "BE",
        "kind": "helpline",
        "for": ["talk"],
        "audience": ["anyone"],
        "phone": phone,
        "short": "yes",
        "what_happens": [title],
        "limits": [title],
        "status": "active",
        "confidence": "high",
        "assembled": "2026-11-21",
        "expires": "2099-05-21",
        "sources": [{"url": "https://example.org/", "says": title}],
    }


def _figure(name: str, text: str) -> dict[str, object]:
    source = {"publisher": text, "url": "https://example.org/", "dated": "2024-05"}
    return {
        **{"id": name, "value": "7", "unit": "x", "topic": "x", "status": "current", "display": "plain"},
        **{"statement": f"{text} {{value}}", "source": source, "confidence": "high", "assembled": "2026-11-21"},
    }


@dataclass(frozen=True)
class Sink:
    """A place for strangers' text: how a page holds it, and what the registries or a catalogue hold beside.

    In `body` and `title`, `@text` stands for the string and `@n` for its number. A `line` has no control character.
    """

    body: str = "@text"
    title: str = "T@n"
    channel: bool = False
    figure: bool = False
    translation: bool = False
    listed: bool = False
    line: bool = False

    def takes(self, text: str) -> bool:
        """Tell whether the sink's own schema lets a string in at all; titles have a length."""
        return not self.line or (text.isprintable() and 0 < len(text.strip()) <= LONGEST)


LONGEST = 90
"""Letters of a title."""
SINKS: Mapping[str, Sink] = {
    "body": Sink("@text"),
    "html-block": Sink("x\n\n<div>\n@text\n</div>"),
    "title": Sink("x", title="@text", line=True),
    "link-title": Sink('[x](https://example.org/ "@text")'),
    "image-alt": Sink("![@text](x.png)"),
    "heading-id": Sink("x\n\n## Heading {#@text}"),
    "table-cell": Sink("x\n\n| a | b |\n|---|---|\n| @text | b |"),
    "alert": Sink("x\n\n> [!NOTE]\n> @text\n\n> [!WARNING] @text\n> x"),
    "fence-info": Sink("x\n\n```@text\ncode\n```"),
    "channel": Sink('x\n\n{{ channel("s-@n") }}', channel=True, line=True),
    "figure": Sink('x\n\n{{ figure("s-@n") }}', figure=True, line=True),
    "msgstr": Sink("Source @n @text", translation=True, line=True),
    "search-words": Sink("x", listed=True, line=True),
}
"""Every place for text; `search-words` are shown on the page from A to Z alone, by whose search they are understood."""


def write_hostile(root: Path, strings: Mapping[str, Sequence[str]]) -> None:
    """Write a project that holds these strings, by sink; page `<sink>-<n>` holds the n-th."""
    channels: list[object] = [{**_channel("be-112", "Emergency", "112"), "kind": "emergency"}]
    figures: list[object] = []
    words: list[object] = []
    files = {"mkdocs.yml": CONFIG, "content/site.yml": SITE, "templates/topic.md": TYPE}
    files |= {"content/index.md": PLAIN, "content/s/index.md": PLAIN}
    for name, texts in strings.items():
        sink = SINKS[name]
        for n, text in enumerate(texts):
            page = f"{name}-{n}"
            files[f"content/s/{page}.md"] = _page(sink, n, text)
            channels += [_channel(f"s-{n}", text)] if sink.channel else []
            figures += [_figure(f"s-{n}", text)] if sink.figure else []
            words += [{"id": f"s/{page}", "listed": {"en": [text]}, "typed": {"en": [text]}}] if sink.listed else []
            if sink.translation:
                files[f"locales/fr/pages/s/{page}.po"] = _catalogue(n, text)
    # JSON is YAML: what the registry's own reader makes of it is what an author's quotes would give.
    for name, records in (("channels", channels), ("figures", figures), ("search", words)):
        key = "words" if name == "search" else name
        files[f"content/data/{name}.yml"] = json.dumps({key: records}, ensure_ascii=False)
    for path, content in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(content, "utf-8", errors="replace")


def _page(sink: Sink, n: int, text: str) -> str:
    """Return a page; a word of its own, `needle<n>`, stands in front, for the search to find it by."""
    title = json.dumps(sink.title.replace("@n", str(n)).replace("@text", text), ensure_ascii=False)
    body = sink.body.replace("@n", str(n)).replace("@text", text)
    return f"---\ntype: topic\ntitle: {title}\ndescription: {title}\n---\n\nneedle{n}\n\n{body}\n"


def _catalogue(n: int, text: str) -> str:
    """Return a French catalogue that keeps the markup of its source, as the check of translations asks."""
    pairs = {f"needle{n}": f"needle{n}", f"Source {n} {text}": f"Traduit {n} {text}"}
    entries = ['msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n']
    for source, translation in pairs.items():
        entries.append(f"msgid {_quoted(source)}\nmsgstr {_quoted(translation)}\n")
    return "\n".join(entries)


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


@contextmanager
def without_walls(*, sanitiser: bool) -> Iterator[None]:
    """Let builds publish what authors are told to mend; without the sanitiser, HTML is taken as it comes.

    The refusal of HTML blocks and unknown links is a wall of its own, and would hide what the others are worth.
    """
    with ExitStack() as stack:
        stack.enter_context(patch("balise.host.plugin.has_errors", lambda problems: False))
        if not sanitiser:
            stack.enter_context(patch("balise.body.clean_html", lambda html: html))
        yield


def build_hostile(root: Path, folder: Path, *, sanitiser: bool) -> tuple[str, ...]:
    """Build the project into a folder; return the addresses of its pages."""
    with without_walls(sanitiser=sanitiser):
        run_build(root / "mkdocs.yml", site_dir=str(folder))
    return tuple(path.parent.relative_to(folder).as_posix() + "/" for path in sorted(folder.glob("*/s/*/index.html")))
