"""Plugins and hooks of other people beside ours: they see finished pages at their final address, once each."""

from __future__ import annotations

import json

import pytest

from support.commands import Terminal
from support.projects import WITH_HOOK

ADDRESSES = [
    "404.html",
    "en/",
    "en/404.html",
    "en/a-z/",
    "en/help/",
    "en/help/found-images/",
    "fr/",
    "fr/404.html",
    "fr/a-z/",
    "fr/aide/",
    "fr/aide/images-trouvees/",
    "nl/",
    "nl/404.html",
    "nl/a-z/",
    "nl/hulp/",
    "nl/hulp/beelden-gevonden/",
    "",
]
WITNESS = """\
import json
from pathlib import Path

seen = {}

def note(event, url):
    seen.setdefault(event, []).append(url)

def on_nav(nav, config, files):
    for page in nav.pages:
        note("nav", page.url)

def on_page_markdown(markdown, page, config, files):
    note("markdown", page.url)

def on_page_content(html, page, config, files):
    note("content", page.url)
    seen.setdefault("title", {})[page.url] = page.title
    seen.setdefault("headings", {})[page.url] = [item.id for item in page.toc]

def on_post_page(output, page, config):
    note("post", page.url)

def on_post_build(config):
    Path(config.config_file_path).with_name("seen.json").write_text(json.dumps(seen))
"""


def build_with(terminal: Terminal, hook: str) -> None:
    """Build the project with a hook file, without anything to mend."""
    terminal.write({"mkdocs.yml": WITH_HOOK, "hook.py": hook})
    outcome = terminal.balise("build")
    assert (outcome.code, outcome.out) == (0, ""), outcome.terminal


def read(terminal: Terminal, address: str) -> str:
    return (terminal.folder / "site" / address).read_text("utf-8")


@pytest.mark.parametrize("event", ["nav", "markdown", "content", "post"])
def test_a_hook_sees_every_page_once_at_its_final_address(terminal: Terminal, event: str) -> None:
    build_with(terminal, WITNESS)
    seen = json.loads((terminal.folder / "seen.json").read_text("utf-8"))
    assert sorted(seen[event]) == sorted(ADDRESSES)


def test_a_hook_sees_the_title_and_the_headings_of_a_page(terminal: Terminal) -> None:
    build_with(terminal, WITNESS)
    seen = json.loads((terminal.folder / "seen.json").read_text("utf-8"))
    assert seen["title"]["fr/aide/images-trouvees/"] == "I found images"
    assert seen["headings"]["fr/aide/images-trouvees/"] == ["do", "contact", "why"]


def test_html_changed_by_a_hook_is_what_readers_get(terminal: Terminal) -> None:
    build_with(
        terminal,
        "def on_page_content(html, page, config, files):\n    return html.replace('your fault', 'your FAULT')\n",
    )
    assert "This is not your FAULT." in read(terminal, "en/help/found-images/index.html")
    assert "<h1>I found images</h1>" in read(terminal, "en/help/found-images/index.html")
    assert "FAULT" not in read(terminal, "en/help/index.html")


def test_the_finished_page_can_be_changed_by_a_hook(terminal: Terminal) -> None:
    build_with(terminal, "def on_post_page(output, page, config):\n    return output + '<!-- kept -->'\n")
    assert read(terminal, "nl/index.html").endswith("<!-- kept -->")


def test_a_file_added_by_a_hook_is_published(terminal: Terminal) -> None:
    hook = (
        "from mkdocs.structure.files import File\n"
        "def on_files(files, config):\n    files.append(File.generated(config, 'robots.txt', content='User-agent: *'))\n"
    )
    build_with(terminal, hook)
    assert read(terminal, "robots.txt") == "User-agent: *"


def test_markdown_changed_by_a_hook_is_not_used_and_that_is_said_once(terminal: Terminal) -> None:
    hook = "def on_page_markdown(markdown, page, config, files):\n    return '# Something else'\n"
    terminal.write({"mkdocs.yml": WITH_HOOK, "hook.py": hook})
    outcome = terminal.balise("build")
    said = "warning: A plugin or hook changed page.markdown; that is ignored. Change the HTML in on_page_content."
    assert (outcome.code, outcome.err.splitlines()[0], outcome.err.count("warning:")) == (0, said, 1)
    assert "Something else" not in read(terminal, "en/help/found-images/index.html")


def test_two_builds_in_one_process_forget_each_other(terminal: Terminal) -> None:
    build_with(terminal, "def on_page_content(html, page, config, files):\n    return html + '<p>added</p>'\n")
    terminal.write({"hook.py": "", "content/site.yml": "name: [broken\n"})
    broken = terminal.balise("build")
    assert (broken.code, broken.err) == (1, "1 error. Nothing was written; the published site is unchanged.\n")
    assert "<p>added</p>" in read(terminal, "en/index.html")
