"""Loading a project: every file read once, every problem with its place, and one fault never told twice."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

import pytest

from balise.errors import ProjectError
from balise.project import load_project, load_theme_catalogues
from balise.root import find_root
from balise.site_config import BrokenProjectError
from support.projects import FOUND, HOME, INDEX, SITE, load, write_project

Files = Mapping[str, str | bytes | None]
PAGE = "---\ntype: topic\ntitle: More\ndescription: A page.\n---\n\nText.\n"
PO = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\nmsgctxt "aaaaaaaa"\nmsgid "Text."\nmsgstr "Texte."\n'
LINK = "copy the file into the project; links are never followed"


def shown(problems: object) -> list[str]:
    assert isinstance(problems, tuple)
    return [str(problem).replace("\n    fix:", " | fix:") for problem in problems]


def faults(root: Path, files: Files) -> list[str]:
    """Return the problems of the smallest project with these files over it, each on one line."""
    return shown(load(root, files).problems)


def site_faults(root: Path, old: str, new: str) -> list[str]:
    """Return what is wrong with site.yml when one piece of it is another."""
    assert old in SITE
    write_project(root, {"content/site.yml": SITE.replace(old, new)})
    with pytest.raises(BrokenProjectError) as broken:
        load_project(root)
    assert broken.value.exit_code == 1
    return [line.removeprefix("content/site.yml:") for line in shown(broken.value.problems)]


def test_a_project_in_order_is_loaded_without_problems(tmp_path: Path) -> None:
    project = load(tmp_path, {"content/assets/logo.png": "<svg/>", "locales/fr/pages/index.po": PO})
    assert (
        list(project.pages),
        list(project.types),
        project.assets,
        project.problems,
        {key for key, catalogue in project.catalogues.items() if catalogue.entries},
    ) == (
        ["help/found-images", "help/index", "index"],
        ["situation", "topic"],
        ("assets/logo.png",),
        (),
        {("fr", "index")},
    )


def test_a_page_is_translated_into_every_other_language(tmp_path: Path) -> None:
    project = load(tmp_path)
    assert project.targets(project.pages["index"]) == ("fr", "nl")


def test_a_page_in_another_language_is_translated_from_it(tmp_path: Path) -> None:
    project = load(tmp_path, {"content/help/more.md": PAGE.replace("---\n\n", "lang: nl\n---\n\n")})
    assert project.targets(project.pages["help/more"]) == ("fr", "en")


def test_the_catalogue_of_a_page_stands_below_its_language(tmp_path: Path) -> None:
    project = load(tmp_path)
    assert project.catalogue_path("fr", "help/index") == tmp_path / "locales/fr/pages/help/index.po"


@pytest.mark.parametrize(
    ("language", "address"),
    [("nl", "https://nl.example/"), ("fr-BE", "https://fr.example/"), ("de", "https://en.example/")],
)
def test_the_exit_leads_to_a_page_in_the_readers_language(tmp_path: Path, language: str, address: str) -> None:
    assert load(tmp_path).site.exit_address(language) == address


def test_the_data_is_in_the_source_language_unless_site_yml_says_otherwise(tmp_path: Path) -> None:
    assert load(tmp_path / "a").site.data_language == "en"
    assert load(tmp_path / "b", {"content/site.yml": SITE + "data_language: nl\n"}).site.data_language == "nl"


def test_the_project_is_found_from_a_folder_inside_it(tmp_path: Path) -> None:
    write_project(tmp_path)
    assert find_root(tmp_path / "content" / "help") == tmp_path


def test_a_folder_that_is_no_project_is_told_how_to_start_one(tmp_path: Path) -> None:
    with pytest.raises(ProjectError) as refused:
        find_root(tmp_path)
    assert str(refused.value) == (
        f'"{tmp_path}" is not a Balise project: it has no mkdocs.yml beside a content/site.yml; '
        "run `balise init FOLDER` to start one"
    )


def test_a_project_without_site_yml_is_told_where_one_comes_from(tmp_path: Path) -> None:
    write_project(tmp_path, {"content/site.yml": None})
    with pytest.raises(ProjectError, match=r"^content/site.yml does not exist; `balise init` writes one$"):
        load_project(tmp_path)


EXIT = 'exit: {fr: "https://fr.example/", nl: "https://nl.example/", en: "https://en.example/"}'


@pytest.mark.parametrize(
    ("old", "new", "wrong"),
    [
        ("name: Test site\n", "", "1:1: error: site.yml lacks \"name\" [missing-key] | fix: add `name:` (the site's name, in its source language)"),
        (
            "source_language: en\n",
            "",
            '1:1: error: site.yml lacks "source_language" [missing-key] | fix: add `source_language:`'
            " (the language most pages are written in)",
        ),
        (
            "source_language: en",
            "source_language: de",
            "2:18: error: the source language is not among the languages [data-invalid] | fix: add it to `languages`",
        ),
        ("[fr, nl, en]", "[fr, ../etc, en]", '3:17: error: languages holds "../etc" [data-invalid] | fix: write codes such as fr, nl, en'),
        ("[fr, nl, en]", "[fr, en, fr]", '3:21: error: languages holds "fr" twice [data-invalid] | fix: keep one of the two'),
        ("[fr, nl, en]", "fr", '3:12: error: "languages" must be a list of words [data-invalid] | fix: write [one, two]'),
        ("[BE, FR]", "[BE, France]", '4:17: error: countries holds "France" [data-invalid] | fix: write ISO codes such as BE, FR, NL'),
        (
            "default_country: BE",
            "default_country: FR2",
            "5:18: error: the default country is not among the countries [data-invalid] | fix: add it to `countries`",
        ),
        ("[help]", "[help, Aide]", '6:18: error: sections holds "Aide" [data-invalid] | fix: write the names of folders in content/'),
        (EXIT, "exit: {}", "7:7: error: there is no exit address [data-invalid] | fix: write one per language, as in {fr: https://…}"),
        (
            "https://nl.example/",
            "javascript:alert(1)",
            '7:39: error: exit address "javascript:alert(1)" is not https [data-invalid] | fix: write https://…',
        ),
        ("https://nl.example/", "https://", '7:39: error: exit address "https://" is not https [data-invalid] | fix: write https://…'),
        (
            "{BE: be-112, FR: fr-112}",
            "{FR: fr-112}",
            "8:12: error: emergency names no channel for BE, the default country [data-invalid] | fix: add the id of a"
            " channel of content/data/channels.yml",
        ),
        ("name: Test site", "name: Test: site", "1:11: error: the YAML is broken: mapping values are not allowed in this context"
         ' [yaml-syntax] | fix: a text that holds a colon needs double quotes: title: "Two words: and more"'),
        ("name: Test site", f"name: {'x' * 61}", '1:7: error: "name" is 61 characters long [data-invalid] | fix: at most 60 fit'),
    ],
)  # fmt: skip
def test_a_fault_of_site_yml_is_one_problem_with_its_place(tmp_path: Path, old: str, new: str, wrong: str) -> None:
    found = site_faults(tmp_path, old, new)
    assert found[:1] == [wrong]
    assert len(found) == 1 or "the default country" in wrong


def test_a_site_yml_without_keys_is_one_problem(tmp_path: Path) -> None:
    assert site_faults(tmp_path, SITE, "hello\n") == [
        "1:1: error: site.yml must be keys and values [data-invalid] | fix: write `key: value` lines"
    ]


def test_a_linked_site_yml_is_refused(tmp_path: Path) -> None:
    write_project(tmp_path)
    (tmp_path / "content/site.yml").unlink()
    (tmp_path / "content/site.yml").symlink_to("/etc/hostname")
    with pytest.raises(BrokenProjectError) as broken:
        load_project(tmp_path)
    assert (
        str(broken.value)
        == f'content/site.yml: error: is a symbolic link to "/etc/hostname" [symlink]\n    fix: {LINK}'
    )


@pytest.mark.parametrize(
    ("files", "wrong"),
    [
        (
            {"content/index.md": "Hello"},
            "content/index.md:1:1: error: the page has no front matter [front-matter] | fix: begin the file with a line"
            " `---`, the keys `type:` and `title:`, and another line `---`",
        ),
        (
            {"content/index.md": None},
            'content/site.yml:1:1: error: page "index" does not exist [page-missing] | fix: did you mean "help/index"?'
            " write content/index.md",
        ),
        (
            {"content/site.yml": SITE + "footer: [help/found-image]\n"},
            'content/site.yml:10:10: error: page "help/found-image" does not exist [page-missing] | fix: did you mean'
            ' "help/found-images"? write content/help/found-image.md',
        ),
        (
            {"content/site.yml": SITE.replace("[help]", "[help, talk]")},
            'content/site.yml:6:18: error: page "talk/index" does not exist [page-missing] | fix: did you mean "help/index"?'
            " write content/talk/index.md",
        ),
        (
            {"content/talk/index.md": PAGE},
            'content/site.yml:6:11: error: folder "talk" is not in the navigation [section-unlisted] | fix: add talk to `sections`',
        ),
        (
            {"content/help/deep/index.md": PAGE},
            'content/site.yml:6:11: error: folder "help/deep" is not in the navigation [section-unlisted] | fix: move its'
            " pages up: sections hold no folders",
        ),
        (
            {"content/site.yml": SITE.replace("be-line", "be-lin")},
            'content/site.yml:9:12: error: help of BE: channel "be-lin" does not exist [channel-unknown] | fix: did you mean'
            ' "be-line"? channels are listed in content/data/channels.yml',
        ),
        (
            {"content/data/channels.yml": "channels: [\n"},
            "content/data/channels.yml:1:12: error: the YAML is broken: did not find expected node content [yaml-syntax]"
            " | fix: check indentation, colons and quotes on this line and the one before",
        ),
        (
            {"templates/topic.md": "{{ lead }}\n"},
            "templates/topic.md:1:1: error: the template has no front matter [front-matter] | fix: begin the file with a"
            " line `---`, the key `label:`, and another line `---`",
        ),
        (
            {"templates/topic.md": b"\xff"},
            "templates/topic.md:1:1: error: byte 0xff is not valid UTF-8 [encoding] | fix: save the file as UTF-8",
        ),
        (
            {"content/help/more.md": PAGE.encode("utf-16")},
            "content/help/more.md:1:1: error: the file is UTF-16 [encoding] | fix: save it as UTF-8",
        ),
        (
            {"locales/fr/pages/index.po": b'msgid "\xe9'},
            "locales/fr/pages/index.po:1:8: error: byte 0xe9 is not valid UTF-8 [encoding] | fix: save the file as UTF-8",
        ),
        (
            {"locales/fr/LC_MESSAGES/site.po": b"msgid \xe9"},
            "locales/fr/LC_MESSAGES/site.po:1:7: error: byte 0xe9 is not valid UTF-8 [encoding] | fix: save the file as UTF-8",
        ),
        (
            {"locales/fr/pages/gone.po": PO},
            'locales/fr/pages/gone.po: warning: there is no page "gone" to translate [catalogue-orphan] | fix:'
            " move it to its page's new name, or delete it",
        ),
        (
            {"locales/fr/pages/help/found-image.po": PO},
            'locales/fr/pages/help/found-image.po: warning: there is no page "help/found-image" to translate'
            " [catalogue-orphan] | fix: move it to its page's new name, or delete it",
        ),
        (
            {"content/help/index.nl.md": INDEX, "locales/nl/pages/help/index.po": PO},
            'locales/nl/pages/help/index.po: warning: page "help/index" is not translated into nl: it has a text in it'
            " [catalogue-orphan] | fix: delete the catalogue",
        ),
    ],
    ids=[
        "a home without front matter",
        "no home",
        "a footer page that is gone",
        "a section without a first page",
        "a folder outside the navigation",
        "a folder in a folder",
        "an unknown channel",
        "broken channels",
        "a template without front matter",
        "a template in Latin-1",
        "a page in UTF-16",
        "a catalogue in Latin-1",
        "the site's catalogue in Latin-1",
        "a catalogue without a page",
        "a catalogue of a renamed page",
        "a catalogue of a page with a text of its own",
    ],
)
def test_one_fault_is_one_problem_and_no_echo(tmp_path: Path, files: Files, wrong: str) -> None:
    assert faults(tmp_path, files) == [wrong]


def test_a_faulty_string_of_the_sites_catalogue_is_a_warning_where_it_stands(tmp_path: Path) -> None:
    site_po = (
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
        'msgctxt "figures.reports-2023.statement"\n'
        'msgid "In 2023 the line received {value} reports."\n'
        'msgstr "En 2023, la ligne a reçu 2421 signalements."\n'
    )
    assert faults(tmp_path, {"locales/fr/LC_MESSAGES/site.po": site_po}) == [
        'locales/fr/LC_MESSAGES/site.po:4:1: warning: the translation loses "{value}" and adds "2421"'
        " [translation-broken] | fix: keep placeholders, tags, addresses and numbers as in msgid; the source text is"
        " shown until then"
    ]


def test_the_catalogue_of_a_broken_page_is_no_orphan(tmp_path: Path) -> None:
    found = faults(tmp_path, {"content/help/index.md": "Hello", "locales/fr/pages/help/index.po": PO})
    assert [line.split(":")[0] for line in found] == ["content/help/index.md"]


def test_a_page_in_a_language_the_site_does_not_have_is_told_which_ones_it_has(tmp_path: Path) -> None:
    assert faults(tmp_path, {"content/help/more.md": PAGE.replace("---\n\n", "lang: de\n---\n\n")}) == [
        'content/help/more.md:5:7: error: the page is written in "de", which is no language of this site'
        " [page-language] | fix: write one of fr, nl, en, or add it to `languages` in site.yml"
    ]


def test_a_page_that_cannot_be_read_is_known_to_be_there(tmp_path: Path) -> None:
    files = {"content/help/more.md": "Hello", "content/help/latin.md": b"\xe9", "content/help/index.nl.md": "Hallo"}
    assert load(tmp_path, files).unread == {"help/more", "help/latin"}


def test_a_channel_with_a_fault_of_its_own_is_not_called_missing_too(tmp_path: Path) -> None:
    write_project(tmp_path)
    path = tmp_path / "content/data/channels.yml"
    text = path.read_text().replace("kind: helpline", "kind: help-line", 1)
    line = text.count("\n", 0, text.index("help-line")) + 1
    path.write_text(text)
    assert [line.split(" [")[0] for line in shown(load_project(tmp_path).problems)] == [
        f'content/data/channels.yml:{line}:11: error: "kind" cannot be "help-line"'
    ]


def test_a_project_without_page_types_is_told_to_add_one(tmp_path: Path) -> None:
    files = {"templates/topic.md": None, "templates/situation.md": None}
    assert faults(tmp_path, files)[0] == (
        "templates: error: there are no page types [types-missing] | fix: add templates/topic.md"
    )


@pytest.mark.parametrize(
    "name",
    [
        "Found.md",
        "found_images.md",
        "found images.md",
        "-x.md",
        "found--x.md",
        "étape.md",
        "found.de.md",
        "found.nl.x.md",
        "a.b.c.md",
    ],
)
def test_a_file_name_that_cannot_be_an_address_is_refused(tmp_path: Path, name: str) -> None:
    assert faults(tmp_path, {f"content/help/{name}": PAGE}) == [
        f'content/help/{name}: error: "help/{name}" is not a page name [file-name] | fix: use lower-case letters, digits'
        " and hyphens, as in found-images.md or found-images.nl.md"
    ]


@pytest.mark.parametrize("name", ["data/notes.md", "help/.draft.md", "help/notes.txt"])
def test_notes_beside_the_pages_are_no_pages(tmp_path: Path, name: str) -> None:
    project = load(tmp_path, {f"content/{name}": "Just notes."})
    assert (len(project.pages), project.problems) == (3, ())


def test_windows_files_give_the_same_pages_as_unix_files(tmp_path: Path) -> None:
    unix = load(tmp_path / "unix")
    windows = load(
        tmp_path / "windows", {"content/help/found-images.md": b"\xef\xbb\xbf" + FOUND.replace("\n", "\r\n").encode()}
    )
    assert windows.pages == unix.pages


@pytest.mark.parametrize(
    "place", ["content/help/x.md", "content/assets/x.png", "templates/x.md", "locales/fr/pages/x.po"]
)
def test_a_link_out_of_the_project_is_refused_by_name(tmp_path: Path, place: str) -> None:
    write_project(tmp_path)
    (tmp_path / place).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / place).symlink_to("/etc/hostname")
    project = load_project(tmp_path)
    assert set(shown(project.problems)) == {
        f'{place}: error: is a symbolic link to "/etc/hostname" [symlink] | fix: {LINK}'
    }
    assert project.assets == ()


def test_a_linked_assets_folder_gives_no_files(tmp_path: Path) -> None:
    write_project(tmp_path)
    (tmp_path / "content/assets").symlink_to("/etc/apt")
    project = load_project(tmp_path)
    assert (project.assets, {problem.location.path for problem in project.problems}) == ((), {"content/assets"})


def test_a_pipe_among_the_pages_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    write_project(tmp_path)
    os.mkfifo(tmp_path / "content/help/pipe.md")
    assert shown(load_project(tmp_path).problems) == [
        "content/help/pipe.md: error: is not a regular file [unreadable] | fix: remove it from the project"
    ]


def test_a_language_can_say_something_of_its_own(tmp_path: Path) -> None:
    project = load(
        tmp_path, {"content/help/index.nl.md": INDEX.replace("These pages help.", "Deze bladzijden helpen.")}
    )
    own = project.own["nl", "help/index"]
    assert (
        own.language,
        own.id,
        own.cutting.units[0].text,
        project.targets(project.pages["help/index"]),
        project.problems,
    ) == (
        "nl",
        "help/index",
        "Deze bladzijden helpen.",
        ("fr",),
        (),
    )


@pytest.mark.parametrize(
    ("files", "wrong"),
    [
        (
            {"content/help/more.nl.md": PAGE},
            "content/help/more.nl.md: error: this text of its own has no page it belongs to [own-text-alone] | fix: add"
            " content/help/more.md, or name this file without .nl and set `lang: nl`",
        ),
        (
            {"content/index.nl.md": HOME.replace("title:", "lang: fr\ntitle:")},
            "content/index.nl.md:3:7: error: the file name says nl, `lang` says fr [own-text-language] | fix: remove `lang`",
        ),
        (
            {"content/index.en.md": HOME},
            "content/index.en.md: error: content/index.md is in en already [own-text-double] | fix: put what it says into"
            " content/index.md and delete it",
        ),
        (
            {"content/help/index.nl.md": INDEX.replace("These pages help.", "")},
            'content/help/index.nl.md:7:1: error: a page of type topic needs the section "lead" [section-missing] | fix: write a'
            " short paragraph before the first heading",
        ),
    ],
    ids=["without a page", "in another language", "beside a page in that language", "without its sections"],
)
def test_a_text_of_its_own_belongs_to_a_page_in_another_language(tmp_path: Path, files: Files, wrong: str) -> None:
    assert faults(tmp_path, files) == [wrong]


def test_a_text_of_its_own_beside_a_broken_page_is_not_called_alone(tmp_path: Path) -> None:
    found = faults(tmp_path, {"content/help/more.md": "Hello", "content/help/more.nl.md": PAGE})
    assert [line.split(":")[0] for line in found] == ["content/help/more.md"]


def test_the_themes_words_are_read_for_a_region_from_its_language() -> None:
    found = load_theme_catalogues(("fr-BE", "nl", "xx"))
    assert list(found) == ["fr-BE", "nl"]
    assert all(catalogue.entries for catalogue in found.values())
