"""After an edit only the pages that change are compiled; whatever else may change leads to a whole build."""

from __future__ import annotations

import os
import random
import shutil
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from support.catalogue_text import HEADER, entry
from support.commands import Outcome, Terminal
from support.edited_project import FILES, write_edited_project
from support.projects import BASE
from support.published import read_tree

ALL = {**BASE, **FILES}
FOUND, REPORT, PHONE_NL = "content/help/found-images.md", "content/help/report.md", "content/help/lost-phone.nl.md"
PO = "locales/fr/pages/help/found-images.po"
TRANSLATION = HEADER + "\n" + entry("I found images", "J’ai vu des images", "meta.title")


@pytest.fixture
def built(terminal: Terminal) -> Terminal:
    """The project with one of everything, built."""
    write_edited_project(terminal.folder, random.Random(1))
    terminal.write({PO: TRANSLATION})
    assert terminal.balise("build").code == 0
    return terminal


def replaced(name: str, old: str, new: str) -> dict[str, str | bytes | None]:
    """Return a file of the project with a text replaced."""
    text = ALL[name]
    assert isinstance(text, str)
    assert old in text
    return {name: text.replace(old, new)}


def compiled(terminal: Terminal, *options: str) -> tuple[Outcome, list[str] | None]:
    """Build, hold all of it against a fresh build, and return which files are new, `None` after a whole build.

    What searches read is left out: it is new whenever a page is.
    """
    site, copy = terminal.folder / "site", terminal.folder.parent / "copy"
    before = read_tree(site)
    outcome = terminal.balise("build", *options)
    numbers = {path.stat().st_ino for path in (terminal.folder / ".site.previous").rglob("*") if path.is_file()}
    new = [name for name in read_tree(site) if (site / name).stat().st_ino not in numbers]
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(terminal.folder, copy, symlinks=True, ignore=without_sites, copy_function=copy_source)
    assert elsewhere(terminal, copy).balise("build", *options) == outcome
    assert read_tree(site) == (read_tree(copy / "site") if outcome.code == 0 else before)
    if len(new) == len(read_tree(site)):
        return outcome, None
    return outcome, [name for name in new if name not in SEARCHED]


def elsewhere(terminal: Terminal, folder: Path) -> Terminal:
    """Return the same person in another folder."""
    return Terminal(folder, terminal._capsys)


def without_sites(folder: str, names: list[str]) -> list[str]:
    return [name for name in names if name in ("site", ".balise", ".site.previous")]


def copy_source(source: str, target: str) -> None:
    """Copy a file; of a pipe, make another one."""
    if stat.S_ISFIFO(os.lstat(source).st_mode):
        os.mkfifo(target)
    else:
        shutil.copyfile(source, target)


def editions(*names: str) -> list[str]:
    """Return the files of a page's three editions."""
    return sorted(f"{name}/index.html" for name in names)


FOUND_PAGES = editions("en/help/found-images", "fr/aide/images-trouvees", "nl/hulp/beelden-gevonden")
REPORT_PAGES = editions("en/help/report", "fr/aide/report", "nl/hulp/report")
PHONE_PAGES = editions("en/help/lost-phone", "fr/aide/perdu", "nl/hulp/kwijt")
SEARCHED = [f"{tag}/a-z/search.txt" for tag in ("en", "fr", "nl")]
"""What searches read: written anew with each page."""
SITEMAPS = ["en/sitemap.xml", "fr/sitemap.xml", "nl/sitemap.xml", "sitemap.xml"]


@pytest.mark.parametrize(
    "files, wanted",
    [
        (replaced(FOUND, "your fault", "your doing"), FOUND_PAGES),
        (replaced(FOUND, "Close", "Leave"), FOUND_PAGES),
        (replaced(FOUND, "title: I found images\n", "title: 'I found images'  # a title\n"), FOUND_PAGES),
        (replaced(FOUND, "(index.md)", "(report.md#how)"), FOUND_PAGES),
        (replaced(FOUND, '{{ phone("be-line") }}', '{{ phone("be-112") }}'), FOUND_PAGES),
        (replaced(PHONE_NL, "jouw schuld", "jouw fout"), PHONE_PAGES),
        ({PO: TRANSLATION + "\n" + entry("This is not your fault.", "Ce n’est pas ta faute.")}, FOUND_PAGES),
        ({PO: TRANSLATION + "\n" + entry("This is not your fault.", "7")}, FOUND_PAGES),
        (
            {**replaced(FOUND, "your fault", "your doing"), **replaced(REPORT, "Stay calm", "Keep calm")},
            sorted([*FOUND_PAGES, *REPORT_PAGES]),
        ),
        (replaced(REPORT, "2026-09-01", "2026-11-01"), sorted([*REPORT_PAGES, *SITEMAPS])),
        (replaced(REPORT, "reviewed: 2026-09-01\n", ""), sorted([*REPORT_PAGES, *SITEMAPS])),
        (replaced(PHONE_NL, "2026-10-01", "2026-11-01"), sorted([*PHONE_PAGES, *SITEMAPS])),
    ],
    ids=[
        "a sentence",
        "a word of the same length",
        "the same title in quotes",
        "a link to a heading",
        "a call",
        "a text of its own",
        "a translation",
        "a translation that is refused",
        "two pages",
        "the day of review",
        "no day of review",
        "the day of review of a text of its own",
    ],
)
def test_what_a_page_shows_by_itself_is_compiled_alone(
    built: Terminal, files: dict[str, str | bytes | None], wanted: list[str]
) -> None:
    built.write(files)
    outcome, found = compiled(built)
    assert (outcome.code, found) == (0, wanted)


def test_a_catalogue_that_comes_or_goes_is_a_matter_of_its_page(built: Terminal) -> None:
    path = "locales/nl/pages/help/found-images.po"
    built.write({path: HEADER + "\n" + entry("Close the page.", "Sluit de pagina.")})
    compiled(built)
    built.write({path: None})
    assert compiled(built)[1] == FOUND_PAGES


def test_many_edits_one_after_the_other_are_each_a_matter_of_their_page(built: Terminal) -> None:
    for number in range(5):
        built.write(replaced(FOUND, "your fault", f"your fault {number}"))
        assert compiled(built)[1] == FOUND_PAGES
        built.write(replaced(REPORT, "Stay calm", f"Stay calm {number}"))
        assert compiled(built)[1] == REPORT_PAGES


def test_a_file_saved_without_a_change_is_no_edit(built: Terminal) -> None:
    built.write({FOUND: ALL[FOUND]})
    assert "site is up to date." in built.balise("build").err


def test_what_editors_keep_beside_a_page_is_no_source(built: Terminal) -> None:
    built.write({"content/help/.found-images.md.swp": "x", "locales/.#x": "x"})
    (built.folder / "content/.#index.md").symlink_to("somebody@somewhere:1")
    assert "site is up to date." in built.balise("build").err


@pytest.mark.parametrize(
    "files",
    [
        replaced(FOUND, "I found images", "I have found images"),
        replaced(FOUND, "What to do now.", "What to do."),
        replaced(FOUND, "needs:", "short: Images\nneeds:"),
        replaced(FOUND, "images-trouvees", "images"),
        replaced(FOUND, "needs:", "order: 9\nneeds:"),
        replaced(FOUND, "needs:", 'noindex: "yes"\nneeds:'),
        replaced(FOUND, "needs:", "former: {en: seen}\nneeds:"),
        replaced(FOUND, "needs: [image-found]", "needs: [talk]"),
        replaced(FOUND, "{#why}", "{#because}") | replaced(REPORT, "#why", "#because"),
        replaced(FOUND, "Read [", "## More\n\nRead ["),
        replaced(PHONE_NL, "title: I found images", "title: Beelden"),
        {PO: HEADER + "\n" + entry("I found images", "Des images", "meta.title")},
        {"content/help/new.md": ALL["content/help/sheet.md"]},
        {"content/help/sheet.md": None, "content/data/figures.yml": ALL["content/data/figures.yml"]},
        {PHONE_NL: None},
        {"content/help/report.fr.md": "---\ntype: topic\ntitle: Dire\ndescription: Le dire.\n---\n\nDire.\n\n## A {#how}\n"},
        replaced("content/data/channels.yml", "116 000", "11 60 00"),
        replaced("content/data/figures.yml", "2866", "2867"),
        replaced("content/site.yml", "Test site", "Other site"),
        replaced("content/site.yml", "[about, help/report]", "[about]"),
        replaced("templates/topic.md", "{{ lead }}", '{{ lead }}\n\n{{ _("And more") }}'),
        replaced("mkdocs.yml", "https://example.org/", "https://example.org/a/"),
        replaced("locales/fr/LC_MESSAGES/site.po", "Qui peut aider", "Qui aide"),
        {"content/assets/sheet.txt": "Another sheet.\n"},
        {"content/assets/other.txt": "Another sheet.\n"},
        {"locales/fr/pages/help/gone.po": ""},
        {"locales/nl/pages/help/lost-phone.po": ""},
        {"content/notes.txt": "for us"},
        replaced("content/learn/later.md", "TODO", "TODO soon"),
        {"content/learn/later.md": ALL["content/about.md"]},
        replaced(FOUND, "needs:", 'draft: "yes"\nneeds:') | replaced(REPORT, "[the line](/help/found-images.md#why)", "us"),
    ],
    ids=[
        "title", "description", "short title", "address", "order", "search engines", "former address", "needs",
        "an anchor", "a heading", "the title of a text of its own", "the translation of a title", "a new page",
        "a page gone", "a text of its own gone", "a text of its own", "channels", "figures", "the site's name",
        "the footer", "a template", "the configuration", "words of templates", "an asset", "a new asset",
        "a catalogue without a page", "a catalogue of a text of its own", "a file that is no page",
        "a draft", "a draft published", "a page made a draft",
    ],
)  # fmt: skip
def test_what_other_pages_may_show_leads_to_a_whole_build(
    built: Terminal, files: dict[str, str | bytes | None]
) -> None:
    built.write(files)
    outcome, found = compiled(built)
    assert (outcome.code, found) == (0, None)


def test_a_page_whose_translation_falls_below_half_is_no_longer_offered_by_the_others(built: Terminal) -> None:
    units = ("This is not your fault.", "What to do now", "Close the page.", "Why it helps")
    half = [entry(unit, f"Ici {unit}") for unit in units]
    meta = [
        entry(text, f"Ici {text}", f"meta.{key}")
        for key, text in (("title", "I found images"), ("description", "What to do now."))
    ]
    built.write({PO: "\n".join([HEADER, *meta, *half])})
    compiled(built)
    english = built.folder / "site/en/help/found-images/index.html"
    assert 'rel="alternate" hreflang="fr"' in english.read_text("utf-8")
    built.write({PO: "\n".join([HEADER, *meta])})
    assert compiled(built)[1] is None
    assert 'rel="alternate" hreflang="fr"' not in english.read_text("utf-8")


@pytest.mark.parametrize(
    "files, rule",
    [
        (replaced(FOUND, "be-line", "be-lime"), "channel-unknown"),
        (replaced(FOUND, "(index.md)", "(nothing.md)"), "link-broken"),
        (replaced(FOUND, "(index.md)", "(report.md#nowhere)"), "anchor-broken"),
        (replaced(FOUND, "{#why}", "{#because}"), "anchor-broken"),
        (replaced(FOUND, "This is", "TODO"), "unfinished"),
        (replaced(FOUND, "type: situation", "type: ["), "yaml-syntax"),
        ({FOUND: b"\xff\xfe"}, "encoding"),
        ({FOUND: None}, "link-broken"),
        ({PO: TRANSLATION + "<<<<<<< ours\n"}, "po-syntax"),
        (replaced("content/data/channels.yml", "id: be-line", "id: be-lime"), "channel-unknown"),
    ],
)
def test_a_mistake_is_reported_as_by_a_whole_build_and_the_mended_page_is_published(
    built: Terminal, files: dict[str, str | bytes | None], rule: str
) -> None:
    built.write(files)
    outcome, _ = compiled(built)
    assert (outcome.code, f"[{rule}]" in outcome.out) == (1, True), outcome.out
    name = next(iter(files))
    built.write({name: TRANSLATION if name == PO else ALL[name]})
    assert built.balise("build").code == 0


def test_a_warning_of_another_page_is_said_again_and_one_that_is_mended_is_not(built: Terminal) -> None:
    broken = TRANSLATION + "\n" + entry("This is not your fault.", "- 7")
    built.write({PO: broken})
    assert "[translation-broken]" in compiled(built)[0].out
    built.write(replaced(REPORT, "Stay calm", "Keep calm"))
    outcome, found = compiled(built)
    assert ("[translation-broken]" in outcome.out, found) == (True, REPORT_PAGES)
    built.write({PO: TRANSLATION})
    outcome, found = compiled(built)
    assert ("[translation-broken]" in outcome.out, found) == (False, FOUND_PAGES)


def test_under_strict_a_warning_of_one_page_publishes_nothing(built: Terminal) -> None:
    built.write({PO: TRANSLATION + "\n" + entry("This is not your fault.", "7")})
    assert compiled(built, "--strict")[0].code == 1


def as_link(path: Path) -> None:
    """Put a link in the place of a file, to a hidden one."""
    path.rename(path.with_name(f".{path.name}"))
    path.symlink_to(path.with_name(f".{path.name}"))


def as_pipe(path: Path) -> None:
    """Put a named pipe in the place of a file."""
    path.unlink()
    os.mkfifo(path)


@pytest.mark.parametrize("name", [FOUND, PO, PHONE_NL])
@pytest.mark.parametrize("becomes", [as_link, as_pipe])
def test_a_source_that_is_no_longer_a_file_is_reported_as_by_a_whole_build(
    built: Terminal, name: str, becomes: Callable[[Path], None]
) -> None:
    becomes(built.folder / name)
    outcome, _ = compiled(built)
    assert (outcome.code, f"{name}: error: " in outcome.out) == (1, True), outcome.out
