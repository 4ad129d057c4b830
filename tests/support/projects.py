"""Small projects for tests: the smallest that builds, and files laid over it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from balise.pipeline import Options, compile_site
from balise.problems import Problem
from balise.project import Project, load_project
from balise.site import Site

TODAY = "2026-11-21"

SITE = """\
name: Test site
source_language: en
languages: [fr, nl, en]
countries: [BE, FR]
default_country: BE
sections: [help]
exit: {fr: "https://fr.example/", nl: "https://nl.example/", en: "https://en.example/"}
emergency: {BE: be-112, FR: fr-112}
help: {BE: be-line}
"""

CHANNELS = """\
channels:
  - id: be-112
    name: {fr: Urgences 112, nl: Noodnummer 112, en: Emergency 112}
    operator: Emergency services
    country: BE
    kind: emergency
    for: [immediate-danger]
    audience: [anyone]
    phone: "112"
    short: "yes"
    hours: always
    cost: free
    what_happens: [Help comes.]
    status: active
    confidence: high
    assembled: "2026-11-21"
    expires: "2027-05-21"
    sources: [{url: "https://example.org/112", says: the number}]
  - id: fr-112
    name: {fr: Urgences 112, en: Emergency 112}
    operator: Emergency services
    country: FR
    kind: emergency
    for: [immediate-danger]
    audience: [anyone]
    phone: "112"
    short: "yes"
    what_happens: [Help comes.]
    status: active
    confidence: high
    assembled: "2026-11-21"
    expires: "2027-05-21"
    sources: [{url: "https://example.org/112", says: the number}]
  - id: be-line
    name: {fr: La ligne, nl: De lijn, en: The line}
    operator: The line
    country: BE
    kind: helpline
    for: [talk, image-found]
    audience: [anyone]
    phone: "116000"
    short: "yes"
    phone_shown: 116 000
    url: https://line.example/
    languages: [fr, nl]
    what_happens: [Someone listens.]
    status: active
    confidence: high
    assembled: "2026-11-21"
    expires: "2027-05-21"
    sources: [{url: "https://example.org/line", says: the number}]
  - id: be-new
    name: {en: The new line}
    operator: The line
    country: BE
    kind: helpline
    for: [talk]
    audience: [anyone]
    phone: "142"
    short: "yes"
    what_happens: [Nobody knows yet.]
    status: unconfirmed
    confidence: low
    assembled: "2026-11-21"
    expires: "2027-05-21"
    sources: [{url: "https://example.org/new", says: planned}]
"""

FORM = """\
  - id: be-web
    name: {en: The form}
    operator: The line
    country: BE
    kind: hotline
    for: [image-found]
    audience: [anyone]
    url: https://form.example/
    what_happens: [Someone reads it.]
    status: active
    confidence: high
    assembled: "2026-11-21"
    expires: "2027-05-21"
    sources: [{url: "https://example.org/form", says: the form}]
"""

FIGURES = """\
figures:
  - id: reports-2023
    value: "2421"
    unit: report
    topic: reports
    period: "2023"
    status: current
    display: plain
    statement: In 2023 the line received {value} reports.
    source: {publisher: The line, url: "https://line.example/2023", dated: "2024-05"}
    confidence: high
    assembled: "2026-11-21"
"""

TOPIC = """\
---
label: Topic
sections:
  lead: {required: "yes"}
---
{{ lead }}

{{ rest() }}
"""

SITUATION = """\
---
label: Situation
fields:
  needs: {kind: list, required: "yes", of: need}
sections:
  lead: {required: "yes", critical: "yes"}
  do: {required: "yes", critical: "yes"}
---
{{ lead }}

{{ section("do") }}

## {{ _("Who can help") }} {#contact}

{{ channels() }}

{{ rest() }}
"""

HOME = """\
---
type: topic
title: Welcome
description: The first page.
---

Someone listens on {{ phone("be-line") }}.
"""

INDEX = """\
---
type: topic
title: Help
description: The help pages.
slug: {fr: aide, nl: hulp}
---

These pages help.
"""

FOUND = """\
---
type: situation
title: I found images
description: What to do now.
slug: {fr: images-trouvees, nl: beelden-gevonden}
needs: [image-found]
---

This is not your fault.

## What to do now {#do}

1. Close the page.
2. Call {{ phone("be-line") }}.

## Why it helps {#why}

In short: {{ figure("reports-2023") }}

Read [the help page](index.md) again.
"""

BASE: Mapping[str, str] = {
    "mkdocs.yml": "site_name: Test site\nsite_url: https://example.org/\n"
    "docs_dir: content\ntheme: balise\nplugins: [balise]\n",
    "content/site.yml": SITE,
    "content/data/channels.yml": CHANNELS,
    "content/data/figures.yml": FIGURES,
    "content/index.md": HOME,
    "content/help/index.md": INDEX,
    "content/help/found-images.md": FOUND,
    "templates/topic.md": TOPIC,
    "templates/situation.md": SITUATION,
}


WITH_HOOK = BASE["mkdocs.yml"] + "hooks: [hook.py]\n"
"""The configuration of the smallest project with a hook beside our plugin."""


def write_project(root: Path, files: Mapping[str, str | bytes | None] | None = None) -> Path:
    """Write the smallest project with these files over it (`None` leaves one out); return its folder."""
    for name, content in {**BASE, **(files or {})}.items():
        if content is None:
            continue
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return root


def load(root: Path, files: Mapping[str, str | bytes | None] | None = None) -> Project:
    """Return the smallest project with these files over it, loaded."""
    return load_project(write_project(root, files))


def compile_project(
    root: Path, files: Mapping[str, str | bytes | None] | None = None
) -> tuple[Site, tuple[Problem, ...]]:
    """Return the compiled site of the smallest project with these files over it, and all problems."""
    return compile_site(load(root, files), Options(TODAY))
