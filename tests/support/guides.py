"""A small guide that is sound, ways to break it, and what a proof knows of the site around it."""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping
from pathlib import Path

from balise.extraction import updated_catalogues
from balise.guides.model import ALWAYS, Answer, Guide, Kind, Node, Reader
from balise.guides.parse import parse_guide
from balise.guides.proof import Around, prove
from balise.pipeline import Options, compile_site
from balise.problems import Location, Problem
from balise.project import Project, load_project
from balise.source import YamlDocument, parse_yaml
from balise.views import SiteViews
from support.projects import SITE, TODAY, load

PATH = "content/guides/help.yml"
GUIDE = """\
guide:
  title: Something happened
  short: What now
  description: A few questions, and what to do.
  slug: {fr: quoi, nl: wat}
  audience: [parent, adult]
  start: what
  fallback: [be-112, fr-112]
nodes:
  - id: what
    ask: What has happened?
    text: Take your time. You can [talk to somebody](#talk) first.
    answers:
      - {say: I saw a picture, go: where}
      - {say: I want to *talk*, go: talk}
  - id: where
    ask: Where did you see it?
    answers:
      - {say: On a page, go: breathe}
      - {say: In a chat, go: talk, when: {country: [FR]}}
      - {say: Elsewhere, go: report}
  - id: breathe
    advise: Take a breath
    text: Sit down first.
    then: report
  - id: report
    outcome: Report it
    needs: [image-found]
    do: [Close the page., Report it.]
    never: [Never copy it.]
    next: [Somebody reads your report.]
    critical: yes
  - id: talk
    outcome: Talk to somebody
    reporting: no
    needs: [talk]
    do: [Call.]
    never: [Never wait.]
    next: [Somebody listens.]
walks:
  - {name: A parent, answers: [I saw a picture, On a page], ends: report}
"""
HEAD = """\
guide:
  title: Something happened
  description: A few questions, and what to do.
  audience: [parent]
  start: a
nodes:
"""
"""The head of a guide whose first node is a, up to line 6."""
INDEX = """\
---
type: topic
title: Guides
description: A few questions.
slug: {fr: guides, nl: wegwijzers}
---

Answer a few questions.
"""
FILES = {
    "content/site.yml": SITE.replace("sections: [help]", "sections: [help, guides]"),
    "content/guides/index.md": INDEX,
}
BE = Reader("BE", "fr", "parent")
FR = Reader("FR", "fr", "parent")
_HERE = Location(PATH)


def read(text: str) -> tuple[Guide | None, list[str]]:
    """Return the guide of a YAML text, and what is wrong with it as the terminal shows it, by place."""
    guide, problems = parse_guide(parse_yaml(text, PATH), "help")
    return guide, shown(problems)


def guide_of(text: str) -> Guide:
    """Return the guide of a YAML text that has no problem."""
    guide, problems = read(text)
    assert problems == []
    assert guide
    return guide


def document_of(text: str) -> YamlDocument:
    """Return a guide's file as it is read."""
    return parse_yaml(text, PATH)


def nodes(*texts: str) -> Guide:
    """Return the guide of nodes in YAML's short form, one a line; the first stands on line 7."""
    return guide_of(HEAD + "".join(f"  - {text}\n" for text in texts))


def question(name: str, *targets: str) -> str:
    """Return a question that leads to these nodes; the answers are numbered words."""
    answers = ", ".join(f"{{say: Answer {number}, go: {target}}}" for number, target in enumerate(targets, 1))
    return f"{{id: {name}, ask: What about {name}?, answers: [{answers}]}}"


def advice(name: str, then: str) -> str:
    """Return advice that leads on to a node."""
    return f"{{id: {name}, advise: Think of {name}, then: {then}}}"


def outcome(name: str, more: str = "") -> str:
    """Return an outcome that is not to report anything, so that it stands for the way out too."""
    return f"{{id: {name}, outcome: Do {name}, reporting: no, next: [Somebody answers.]{more}}}"


def around(countries: Iterable[str] = ("BE",), languages: Iterable[str] = ("fr",)) -> Around:
    """Return a site in which every outcome helps and every country has an emergency number."""
    return Around(
        countries=tuple(countries),
        languages=tuple(languages),
        can_help=lambda node, reader: True,
        has_emergency=lambda country: True,
        needs=("image-found", "talk"),
        channels=("be-112", "fr-112", "be-line"),
    )


def faults(guide: Guide, site: Around | None = None) -> list[str]:
    """Return what stands in the way of a guide's proof, as the terminal shows it, by place."""
    return shown(prove(guide, site or around())[1])


def shown(problems: Iterable[Problem]) -> list[str]:
    """Return problems as the terminal shows them, by place."""
    return [str(item) for item in sorted(problems, key=lambda item: (item.location, item.rule, item.message))]


def changed(*pairs: tuple[str, str], text: str = GUIDE) -> str:
    """Return the sound guide with these words replaced, each of which it holds once."""
    for old, new in pairs:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return text


def project_of(root: Path, text: str = GUIDE, **files: str) -> Project:
    """Return the smallest project with a guide; `nl` and `fr` are its catalogues, `channels` and `site` data files."""
    names = {"channels": "content/data/channels.yml", "site": "content/site.yml"}
    more = {names.get(name, f"locales/{name}/guides/help.po"): content for name, content in files.items()}
    return load(root, {**FILES, PATH: text, **more})


def views_of(project: Project) -> SiteViews:
    """Return the views of a project with a guide that has no problem."""
    options = Options(TODAY)
    site, problems = compile_site(project, options)
    assert [str(item) for item in problems] == []
    return SiteViews(site.project, site.listings, options, "https://example.org/")


def translate(root: Path, texts: Mapping[str, str], language: str = "nl") -> Project:
    """Write these translations into the guide's catalogue, beside those it has; return the project loaded again."""
    for file in updated_catalogues(load_project(root), [language]):
        content = file.text
        for source, said in texts.items():
            content = content.replace(f'msgid "{source}"\nmsgstr ""', f'msgid "{source}"\nmsgstr "{said}"')
        file.path.parent.mkdir(parents=True, exist_ok=True)
        file.path.write_text(content, "utf-8")
    return load_project(root)


def some_guide(seed: int, size: int, longest: int) -> Guide:
    """Return a guide of so many nodes with routes on and across, and a few back; the last nodes are outcomes."""
    rng = random.Random(seed)
    names = [f"n{number}" for number in range(size)]
    found: dict[str, Node] = {}
    for place, name in enumerate(names):
        title = "word " * rng.randint(1, longest)
        later = names[place + 1 :]
        if not later or rng.random() < 0.3:
            found[name] = Node(name, Kind.OUTCOME, title, _HERE)
        elif rng.random() < 0.2:
            found[name] = Node(name, Kind.ADVICE, title, _HERE, then=rng.choice(later))
        else:
            targets = rng.sample(later, min(len(later), rng.randint(1, 5))) + rng.sample(names, rng.random() < 0.2)
            answers = tuple(Answer("said " * rng.randint(1, longest), target, ALWAYS, _HERE) for target in targets)
            found[name] = Node(name, Kind.QUESTION, title, _HERE, answers=answers)
    return Guide("g", PATH, "A guide", "", "", ("adult",), names[0], found)
