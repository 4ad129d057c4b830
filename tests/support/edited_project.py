"""A small project that has one of everything, for tests of what an edit leads to."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

from balise.catalogues import Message
from balise.page import page_messages
from balise.project import load_project
from support.catalogue_text import HEADER, quoted
from support.projects import FIGURES, FOUND, SITE, write_project

CANONICAL = (
    '#\nmsgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n'
    '"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n\n'
)


def topic(title: str, body: str, *front: str) -> str:
    """Return a page of type topic."""
    lines = "".join(f"{line}\n" for line in front)
    return f"---\ntype: topic\ntitle: {title}\ndescription: About {title.lower()}.\n{lines}---\n\n{body}"


def _kind(label: str, call: str) -> str:
    return f'---\nlabel: {label}\nsections:\n  lead: {{required: "yes"}}\n---\n{{{{ lead }}}}\n\n{call}\n\n{{{{ rest() }}}}\n'


FILES = {
    "content/site.yml": SITE.replace("[help]", "[help, learn]")
    + "footer: [about, help/report]\nlicence: https://licence.example/\nassembled: 2026-11-01\n",
    "content/data/figures.yml": FIGURES
    + FIGURES.removeprefix("figures:\n").replace("2023", "2024").replace("2421", "2866"),
    "templates/section.md": _kind("Section", "{{ cards() }}"),
    "templates/directory.md": _kind("Directory", "{{ directory() }}"),
    "content/about.md": topic("About us", "We write this.\n\n## Who we are\n\nPeople.\n", "short: About"),
    "content/help/index.md": topic("Help", "These pages help.\n", "slug: {fr: aide, nl: hulp}").replace(
        "type: topic", "type: section"
    ),
    "content/help/lost-phone.md": FOUND.replace("images-trouvees", "perdu").replace("beelden-gevonden", "kwijt"),
    "content/help/lost-phone.nl.md": FOUND.replace("your fault", "jouw schuld").replace(
        "slug: {fr: images-trouvees, nl: beelden-gevonden}\n", "reviewed: 2026-10-01\n"
    ),
    "content/help/report.md": topic(
        "Report it",
        "Tell [the line](/help/found-images.md#why) of it, or [here](#how).\n\n## How {#how}\n\n"
        '{{ channel("be-line") }}\n\n1. First.\n2. Then.\n\n> [!NOTE]\n> Stay calm.\n',
        "order: 5",
        "reviewed: 2026-09-01",
        "former: {en: tell-us, fr: [dire, parler]}",
    ),
    "content/help/sheet.md": topic(
        "A sheet", "Take [the sheet](/assets/sheet.txt).\n\n![A dot](/assets/dot.png)\n", "order: 7"
    ),
    "content/learn/index.md": topic("Learn", "Read on.\n").replace("type: topic", "type: section"),
    "content/learn/directory.md": topic("All channels", "Everyone who helps.\n", "order: 90").replace(
        "type: topic", "type: directory"
    ),
    "content/learn/figures.md": topic(
        "Figures",
        'In short {{ number("reports-2024") }} of {{ number(1000) }}, since {{ date("2024-05") }}.\n\n'
        '{{ figure("reports-2023") }}\n\n## More of them\n\nSee [help](../help/index.md) and '
        '[that]({{ link("help/report") }}).[^1]\n\n[^1]: Counted by hand.\n\n'
        '{% if edition("fr") %}\n\nFor readers of French alone.\n\n{% endif %}\n',
        "critical: [more-of-them]",
    ),
    "content/learn/notes.md": topic(
        "Notes",
        'Note what you saw.\n\n{{ report_sheet() }}\n\n## Who takes them\n\n{{ compare_channels("be-line", "be-112") }}\n',
        'printed: "yes"',
        "order: 30",
    ),
    "content/learn/words.md": topic("Words", "| Say | Not |\n| --- | --- |\n| this | that |\n", 'noindex: "yes"'),
    "content/learn/later.md": topic("Later", "TODO [x](/nowhere.md).\n", 'draft: "yes"'),
    "content/help/sheet.fr.md": topic("Une feuille", "TODO\n", 'draft: "yes"'),
    "content/assets/sheet.txt": "A sheet.\n",
    "content/assets/dot.png": "\x89PNG",
    "locales/fr/LC_MESSAGES/site.po": f'{HEADER}\nmsgid "Who can help"\nmsgstr "Qui peut aider"\n',
}


def write_edited_project(root: Path, rng: random.Random) -> Path:
    """Write the project with translations of every state, and return its folder."""
    write_project(root, FILES)
    project = load_project(root)
    assert not [problem for problem in project.problems if problem.severity.value == "error"], project.problems
    for page in project.pages.values():
        for tag in project.targets(page):
            if rng.random() < 0.85:
                path = project.catalogue_path(tag, page.id)
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(_catalogue(page_messages(page), rng), "utf-8")
    return root


def _catalogue(messages: tuple[Message, ...], rng: random.Random) -> str:
    """Return PO text: half of the files in the form that Balise writes, the others with outdated and fuzzy entries."""
    if rng.random() < 0.5:
        return CANONICAL + "\n".join(_entries(messages, rng, ("current", "missing")))
    return HEADER + "\n" + "\n".join(_entries(messages, rng, ("current", "current", "missing", "stale", "fuzzy")))


def _entries(messages: tuple[Message, ...], rng: random.Random, states: tuple[str, ...]) -> Iterator[str]:
    for message in messages:
        state = rng.choice((*states, "current", "current", "absent"))
        if state == "absent":
            continue
        name, text = message.context, message.text
        yield (
            ("#, fuzzy\n" if state == "fuzzy" else "")
            + (f"#| msgid {quoted(f'Once {text}')}\n" if state == "stale" else "")
            + (f"msgctxt {quoted(name)}\n" if name else "")
            + f"msgid {quoted(text)}\nmsgstr {quoted('' if state == 'missing' else f'Ici {text}')}\n"
        )
