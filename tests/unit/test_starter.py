"""Starting a site: the reference content in the languages asked for, turned round for another source language."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from balise import starter
from balise.catalogues import Catalogue, Message, State, parse_catalogue, render_catalogue
from balise.errors import ProjectError, UsageError
from balise.extraction import updated_catalogues
from balise.languages import Text
from balise.page import page_messages, parse_page
from balise.pipeline import Options, compile_site, summarise
from balise.project import Project, load_project
from balise.site import Site
from balise.source import parse_yaml
from balise.starter import Wishes, _flow, _yaml, check_wishes, page_in, starter_folder, turned_catalogue, write_starter
from balise.translate import TranslatedPage, own_text, translate_page
from support.projects import TODAY, load, write_project

REPOSITORY = Path(__file__).parents[2]
EVERYWHERE = ("BE", "FR", "NL", "LU", "CA", "US", "GB", "IE", "CH")


def wishes(
    languages: tuple[str, ...] = ("nl", "fr", "en"),
    source: str = "nl",
    countries: tuple[str, ...] = ("BE", "NL"),
    **more: str,
) -> Wishes:
    return Wishes(more.get("name", "Veilig online"), languages, source, countries, more.get("site_url", ""))


@pytest.fixture(scope="module")
def reference() -> Project:
    return load_project(starter_folder())


@pytest.fixture(scope="module")
def reference_site(reference: Project) -> Site:
    return compile_site(reference, Options(TODAY))[0]


@pytest.fixture(scope="module")
def dutch_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("starter") / "hulp"
    write_starter(folder, wishes(countries=EVERYWHERE))
    return folder


@pytest.fixture
def tiny(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make the smallest project the starter; return its folder."""
    root = write_project(tmp_path / "starter")
    (root / "locales").mkdir()
    monkeypatch.setattr(starter, "starter_folder", lambda: root)
    return root


@pytest.fixture(scope="module")
def dutch(dutch_folder: Path) -> Project:
    return load_project(dutch_folder)


def texts(page: TranslatedPage) -> list[Text]:
    """Return every text of a page in one language, front matter first."""
    return [Text(item.text, item.language) for item in (*page.meta.values(), *page.translations)]


def shown(site: Site) -> dict[tuple[str, str], list[Text]]:
    """Return every text of every page in every language."""
    return {
        (tag, page_id): texts(page.translated)
        for tag, edition in site.editions.items()
        for page_id, page in edition.pages.items()
    }


def test_the_starter_of_a_checkout_is_its_own_content() -> None:
    assert starter_folder() == REPOSITORY


def test_the_starter_of_an_installed_package_lies_inside_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "balise/starter").mkdir(parents=True)
    monkeypatch.setattr(starter, "__file__", str(tmp_path / "balise/starter.py"))
    assert starter_folder() == tmp_path / "balise/starter"


def test_an_installation_without_starter_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(starter, "__file__", str(tmp_path / "src/balise/starter.py"))
    message = "^the starter content is missing from this installation; install balise again$"
    with pytest.raises(ProjectError, match=message):
        starter_folder()


@pytest.mark.parametrize(
    ("wanted", "refusal"),
    [
        (wishes(languages=()), "choose at least one language, as in --languages fr,nl"),
        (wishes(languages=("nl", "FR")), '"FR" is not a language; write codes such as fr, nl, en'),
        (wishes(languages=("nl", "../x")), '"../x" is not a language; write codes such as fr, nl, en'),
        (wishes(source="de"), 'the source language "de" is not among the languages; add it'),
        (
            wishes(languages=("de", "nl"), source="de"),
            "the starter is written in fr, nl, en; choose one of these as source language",
        ),
        (wishes(countries=()), "choose at least one country, as in --countries BE,FR"),
        (
            wishes(countries=("BE", "XX")),
            'the starter has no channels for "XX"; it has BE, FR, NL, LU, CA, US, GB, IE, CH',
        ),
        (
            wishes(site_url="http://example.org/"),
            '"http://example.org/" is not an https address; write one such as https://example.org/',
        ),
        (wishes(site_url="https://"), '"https://" is not an https address; write one such as https://example.org/'),
        (
            wishes(site_url="https://a.example/\nplugins: []"),
            '"https://a.example/\nplugins: []" is not an https address; write one such as https://example.org/',
        ),
        (wishes(name=""), "the site's name is empty; write a text, or leave the key out"),
        (wishes(name="x" * 61), "the site's name is 61 characters long; at most 60 fit"),
        (wishes(name="a\nplugins: []"), "the site's name runs over several lines; write it on one line"),
    ],
)
def test_a_wish_the_starter_cannot_grant_is_refused_with_the_way_out(
    reference: Project, wanted: Wishes, refusal: str
) -> None:
    with pytest.raises(UsageError) as refused:
        check_wishes(wanted, reference)
    assert str(refused.value) == refusal


def test_a_refused_wish_leaves_no_folder(tmp_path: Path) -> None:
    with pytest.raises(UsageError):
        write_starter(tmp_path / "demo", wishes(countries=("XX",)))
    assert list(tmp_path.iterdir()) == []


def test_a_folder_with_something_in_it_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    with pytest.raises(UsageError) as refused:
        write_starter(tmp_path, wishes())
    assert str(refused.value) == f'"{tmp_path}" is not empty; choose a new folder'
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]


def test_a_file_in_the_place_of_the_folder_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "demo").write_text("mine")
    with pytest.raises(UsageError) as refused:
        write_starter(tmp_path / "demo", wishes())
    assert str(refused.value) == f'"{tmp_path / "demo"}" is not empty; choose a new folder'
    assert (tmp_path / "demo").read_text() == "mine"


def test_a_folder_that_cannot_be_made_is_told_why(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(UsageError) as refused:
        write_starter(tmp_path / "file" / "demo", wishes())
    assert (
        str(refused.value) == f'"{tmp_path / "file" / "demo"}" cannot be made: Not a directory; choose another folder'
    )


def test_a_link_to_nothing_is_told_why(tmp_path: Path) -> None:
    (tmp_path / "demo").symlink_to("nowhere")
    with pytest.raises(UsageError) as refused:
        write_starter(tmp_path / "demo", wishes())
    assert str(refused.value) == f'"{tmp_path / "demo"}" cannot be made: File exists; choose another folder'


def test_a_site_is_not_started_inside_the_content_it_is_copied_from() -> None:
    target = REPOSITORY / "content" / "demo"
    with pytest.raises(UsageError) as refused:
        write_starter(target, wishes())
    assert (str(refused.value), target.exists()) == (
        f'"{target}" lies inside the content that is copied; choose a folder elsewhere',
        False,
    )


def test_an_english_start_in_three_languages_is_the_reference_itself(tmp_path: Path, reference: Project) -> None:
    project = write_starter(tmp_path / "demo", wishes(("fr", "nl", "en"), "en", reference.site.countries))
    assert (project.pages, project.catalogues, project.problems) == (reference.pages, reference.catalogues, ())


def test_the_wishes_are_written_and_the_comments_stay(dutch_folder: Path) -> None:
    lines = (dutch_folder / "content/site.yml").read_text("utf-8").split("\n")
    assert lines[:9] == [
        "# yaml-language-server: $schema=../.balise/schemas/site.json",
        "# Everything the site owns that MkDocs does not. Editors check this file as you type; `balise schema` writes what they need.",
        "name: Veilig online",
        "source_language: nl",
        "# The language of the texts in data/ and templates/.",
        "data_language: en",
        "languages: [nl, fr, en]",
        "countries: [BE, FR, NL, LU, CA, US, GB, IE, CH]",
        "default_country: BE",
    ]
    assert "# Where the exit link leads: an ordinary page that shows nothing personal." in lines


def test_mkdocs_gets_the_name_and_no_address_until_there_is_one(dutch_folder: Path) -> None:
    assert (dutch_folder / "mkdocs.yml").read_text() == (
        "site_name: Veilig online\ndocs_dir: content\ntheme: balise\nplugins: [balise]\n"
    )


def test_mkdocs_gets_the_address_when_there_is_one(tmp_path: Path, tiny: Path) -> None:
    write_starter(tmp_path / "demo", wishes(("en",), "en", ("BE",), site_url="https://example.be/help/"))
    assert "\nsite_url: https://example.be/help/\n" in (tmp_path / "demo/mkdocs.yml").read_text()


def test_the_first_country_is_the_one_shown_first(tmp_path: Path, tiny: Path) -> None:
    text = tiny / "content/site.yml"
    text.write_text(text.read_text().replace("{BE: be-line}", "{BE: be-line, FR: fr-112}"))
    project = write_starter(tmp_path / "demo", wishes(("en",), "en", ("FR", "BE")))
    assert (project.site.countries, project.site.default_country) == (("FR", "BE"), "FR")


@pytest.mark.parametrize("name", ["116", "no", "2026-11-21", "Aide : ici", 'Say "no"', "#1", "1e3", "À l’abri", "null"])
def test_mkdocs_and_we_read_the_name_that_was_given(tmp_path: Path, tiny: Path, name: str) -> None:
    project = write_starter(tmp_path / "demo", wishes(("en",), "en", ("BE",), name=name))
    read = yaml.safe_load((tmp_path / "demo/mkdocs.yml").read_text())
    assert (project.site.name, read["site_name"]) == (name, name)


def test_a_site_in_one_language_has_no_catalogues(tmp_path: Path) -> None:
    project = write_starter(tmp_path, wishes(("en",), "en", ("GB",)))
    assert (list((tmp_path / "locales").rglob("*.po")), project.problems) == ([], ())


def test_hidden_files_and_extraction_templates_are_not_copied(dutch_folder: Path) -> None:
    hidden = [path for path in dutch_folder.rglob("*") if path.name.startswith(".") or path.suffix == ".pot"]
    assert hidden == [dutch_folder / ".gitignore"]


def test_git_is_told_what_balise_writes(dutch_folder: Path) -> None:
    lines = (dutch_folder / ".gitignore").read_text("utf-8").splitlines()
    assert [line for line in lines if not line.startswith("#")] == ["/site/", "/.site.*/", "/.balise/"]


def test_a_start_in_another_language_has_no_problems(dutch: Project) -> None:
    assert compile_site(dutch, Options(TODAY))[1] == ()


def test_every_unit_is_current_in_every_language_after_the_turn(dutch: Project, reference_site: Site) -> None:
    site, _ = compile_site(dutch, Options(TODAY))
    assert {tag: (states[State.CURRENT], sum(states.values())) for tag, states in summarise(site).units.items()} == {
        tag: (sum(states.values()), sum(states.values())) for tag, states in summarise(reference_site).units.items()
    }


def test_every_edition_says_the_same_after_the_turn(dutch: Project, reference_site: Site) -> None:
    assert shown(compile_site(dutch, Options(TODAY))[0]) == shown(reference_site)


def test_every_edition_shows_the_same_html_after_the_turn(dutch: Project, reference_site: Site) -> None:
    site, _ = compile_site(dutch, Options(TODAY))
    differing = [
        (tag, page_id)
        for tag, edition in site.editions.items()
        for page_id, page in edition.pages.items()
        if page.body != reference_site.editions[tag].pages[page_id].body
    ]
    assert differing == []


def test_the_new_source_language_needs_no_page_catalogues(dutch_folder: Path) -> None:
    assert list((dutch_folder / "locales/nl/pages").rglob("*.po")) == []
    assert (dutch_folder / "locales/nl/LC_MESSAGES/site.po").is_file()


def test_turned_pages_and_reference_pages_have_the_same_units_one_to_one(dutch: Project, reference: Project) -> None:
    assert {page_id: [unit.kind for unit in page.cutting.units] for page_id, page in dutch.pages.items()} == {
        page_id: [unit.kind for unit in page.cutting.units] for page_id, page in reference.pages.items()
    }


def test_turned_pages_keep_their_headings_ids_and_front_matter(dutch: Project, reference: Project) -> None:
    def kept(project: Project) -> dict[str, object]:
        return {
            page_id: (
                [(mark.level, mark.id) for mark in page.cutting.headings],
                {key: value for key, value in page.meta.items() if key not in ("title", "short", "description")},
            )
            for page_id, page in project.pages.items()
        }

    assert kept(dutch) == kept(reference)


def test_turning_back_gives_the_first_texts_again(dutch: Project, reference: Project) -> None:
    for page_id, page in dutch.pages.items():
        english, problems = translate_page(page, dutch.catalogues["en", page_id], "en")
        assert ([item.text for item in texts(english)], problems) == (
            [item.text for item in texts(own_text(reference.pages[page_id]))],
            (),
        )


def test_an_update_finds_nothing_to_change_in_turned_catalogues(dutch_folder: Path, dutch: Project) -> None:
    changed = [
        file.path.relative_to(dutch_folder).as_posix()
        for file in updated_catalogues(dutch)
        if not file.path.exists() or file.path.read_text("utf-8") != file.text
    ]
    assert changed == []


def test_the_name_is_the_same_in_every_language(dutch: Project) -> None:
    found = {tag: [e.translation for e in c.entries if e.id == "site.name"] for tag, c in dutch.site_catalogues.items()}
    assert found == {"nl": ["Veilig online"], "fr": ["Veilig online"], "en": []}


def test_a_language_without_starter_texts_begins_untranslated(tmp_path: Path) -> None:
    project = write_starter(tmp_path, wishes(("de", "en"), "en", ("GB",)))
    site, problems = compile_site(project, Options(TODAY))
    units = summarise(site).units["de"]
    assert (problems, units[State.MISSING] == sum(units.values())) == ((), True)


SMALL_PO = """\
msgid ""
msgstr "Content-Type: text/plain; charset=UTF-8\\n"

msgctxt "meta.title"
msgid "Lists"
msgstr "Lijsten: zo"

msgctxt "meta.description"
msgid "A page."
msgstr "Een pagina."

msgctxt "a"
msgid "Lead."
msgstr "Inleiding."

msgctxt "b"
msgid "Do"
msgstr "Doen"

msgctxt "c"
msgid "One"
msgstr "Een"

msgctxt "d"
msgid "One"
msgstr "Eén | twee"
"""
SMALL = """\
---
# why this page is here
type: topic
title: Lists
slug: {fr: listes, nl: lijsten}
former: {nl: [oud, "2024"]}
description: A page.
audience:
  - parent
order: 0471
reviewed: "2026-11-21"
lang: en
noindex: "no"
---

Lead.

## Do

- One

| One | 1 |
|-----|---|
"""


def small(tmp_path: Path) -> tuple[TranslatedPage, TranslatedPage]:
    """Return a small page in English and in Dutch."""
    project = load(tmp_path, {"content/help/lists.md": SMALL, "locales/nl/pages/help/lists.po": SMALL_PO})
    page = project.pages["help/lists"]
    return own_text(page), translate_page(page, project.catalogues["nl", "help/lists"], "nl")[0]


def test_a_page_is_written_in_another_language_with_its_other_keys_kept(tmp_path: Path) -> None:
    english, dutch = small(tmp_path)
    assert page_in(english.page, dutch) == (
        "---\n"
        "type: topic\n"
        'title: "Lijsten: zo"\n'
        "slug: {fr: listes, nl: lijsten}\n"
        "former: {nl: [oud, 2024]}\n"
        "description: Een pagina.\n"
        "audience: [parent]\n"
        "order: 0471\n"
        'reviewed: "2026-11-21"\n'
        'noindex: "no"\n'
        "---\n\n"
        "Inleiding.\n\n"
        "## Doen {#do}\n\n"
        "- Een\n\n"
        "| Eén \\| twee | 1 |\n"
        "|-----|---|\n"
    )


def turn(english: TranslatedPage, dutch: TranslatedPage) -> tuple[Catalogue, tuple[Message, ...]]:
    """Return the catalogue from the Dutch page to the English one, and its messages."""
    types = {english.page.type.name: english.page.type}
    page, _ = parse_page(page_in(english.page, dutch), english.page.path, english.page.id, types, "nl")
    assert page
    messages = page_messages(page)
    return turned_catalogue(messages, english), messages


def test_a_catalogue_turned_round_translates_from_the_new_source(tmp_path: Path) -> None:
    english, dutch = small(tmp_path)
    turned, messages = turn(english, dutch)
    assert [(entry.source, entry.translation) for entry in turned.entries] == [
        ("Lijsten: zo", "Lists"),
        ("Een pagina.", "A page."),
        ("Inleiding.", "Lead."),
        ("Doen", "Do"),
        ("Een", "One"),
        ("Eén \\| twee", "One"),
    ]
    assert [message.text for message in messages] == [entry.source for entry in turned.entries]
    ids = [entry.id for entry in turned.entries]
    assert (ids[:2], len(set(ids))) == (["meta.title", "meta.description"], 6)


def test_a_turned_catalogue_survives_being_written_and_read(tmp_path: Path) -> None:
    english, dutch = small(tmp_path)
    turned, messages = turn(english, dutch)
    read, problems = parse_catalogue(render_catalogue(turned, "en", messages), "lists.po")
    assert ([(e.id, e.source, e.translation) for e in read.entries], problems) == (
        [(e.id, e.source, e.translation) for e in turned.entries],
        (),
    )


@given(st.text(st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"]), min_size=1))
@settings(max_examples=150)
def test_any_text_on_one_line_is_the_same_for_yaml_and_for_us(text: str) -> None:
    line = f"site_name: {_yaml(text)}\n"
    if yaml.reader.Reader.NON_PRINTABLE.search(text):
        return
    assert (parse_yaml(line, "mkdocs.yml").value, yaml.safe_load(line)) == ({"site_name": text}, {"site_name": text})


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("parent", "parent"),
        ("no", '"no"'),
        ("30", "30"),
        ("2026-11-21", '"2026-11-21"'),
        (["talk", "image-found"], "[talk, image-found]"),
        ({"fr": ["a", "b c"], "nl": "d"}, '{fr: [a, "b c"], nl: d}'),
        ('Say "no", please', json.dumps('Say "no", please')),
    ],
)
def test_other_front_matter_is_written_on_one_line(value: object, written: str) -> None:
    assert _flow(value) == written
    assert parse_yaml(f"k: {written}\n", "page.md").value == {"k": value}


def test_a_page_already_in_the_new_language_is_not_turned(tmp_path: Path, tiny: Path) -> None:
    text = SMALL.replace("lang: en", "lang: nl")
    (tiny / "content/help/lists.md").write_text(text)
    write_starter(tmp_path / "demo", wishes(("nl", "en"), "nl", ("BE",)))
    assert (tmp_path / "demo/content/help/lists.md").read_text() == text


def test_a_text_not_yet_translated_is_written_in_the_first_language(tmp_path: Path, tiny: Path) -> None:
    project = write_starter(tmp_path / "demo", wishes(("nl", "en"), "nl", ("BE",)))
    assert (project.pages["index"].language, project.pages["index"].meta["title"]) == ("nl", "Welcome")
