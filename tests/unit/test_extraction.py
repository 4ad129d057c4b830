"""Every text of a project reaches translators, and what is out of date is named by file and line."""

from __future__ import annotations

from pathlib import Path

import pytest

from balise.catalogues import Entry, Message, State, catalogue
from balise.extraction import merge_site, site_messages, templates, translation_status, updated_catalogues
from balise.problems import Location, warning
from balise.project import Project, load_project
from support.catalogue_text import entry, po, read
from support.projects import FOUND, load, write_project


def update(root: Path, *languages: str) -> Project:
    """Write the catalogues that are out of date, and return the project read again."""
    for file in updated_catalogues(load_project(root), languages):
        file.path.parent.mkdir(parents=True, exist_ok=True)
        file.path.write_text(file.text, "utf-8")
    return load_project(root)


def translate_all(root: Path) -> None:
    """Fill every open translation with its source, which keeps what must be kept."""
    update(root)
    for path in (root / "locales").rglob("*.po"):
        lines = path.read_text("utf-8").split("\n")
        for index, line in enumerate(lines):
            if line == 'msgstr ""' and lines[index - 1] != 'msgid ""':
                lines[index] = lines[index - 1].replace("msgid", "msgstr", 1)
        path.write_text("\n".join(lines), "utf-8")


def test_the_site_gives_its_name_its_templates_and_its_data_each_text_once(tmp_path: Path) -> None:
    found = [(item.context, item.text, str(item.place)) for item in site_messages(load(tmp_path))]
    assert found[:2] == [
        ("site.name", "Test site", "content/site.yml"),
        ("", "Who can help", "templates/situation.md:13:1"),
    ]
    statement = "In 2023 the line received {value} reports."
    assert ("figures.reports-2023.statement", statement, "content/data/figures.yml:2:5") in found
    assert len(found) == len(set(found)) == len({(context, text) for context, text, _ in found})


def test_templates_hold_every_page_for_tools_outside(tmp_path: Path) -> None:
    files = {file.path.relative_to(tmp_path).as_posix(): file.text for file in templates(load(tmp_path))}
    assert sorted(files) == [
        "locales/templates/pages/help/found-images.pot",
        "locales/templates/pages/help/index.pot",
        "locales/templates/pages/index.pot",
        "locales/templates/site.pot",
    ]
    assert (
        '#. item, section do, critical\n#: content/help/found-images.md:13\nmsgctxt "'
        in files["locales/templates/pages/help/found-images.pot"]
    )
    assert '"Language: \\n"' in files["locales/templates/site.pot"]


def test_update_writes_a_catalogue_for_each_page_and_language_and_then_nothing_more(tmp_path: Path) -> None:
    write_project(tmp_path)
    paths = sorted(file.path.relative_to(tmp_path).as_posix() for file in updated_catalogues(load_project(tmp_path)))
    assert paths == [
        f"locales/{language}/{name}"
        for language in ("fr", "nl")
        for name in ("LC_MESSAGES/site.po", "pages/help/found-images.po", "pages/help/index.po", "pages/index.po")
    ]
    again = update(tmp_path)
    assert again.problems == ()
    assert all(file.path.read_text("utf-8") == file.text for file in updated_catalogues(again))


def test_update_of_one_language_leaves_the_others_alone(tmp_path: Path) -> None:
    write_project(tmp_path)
    assert {
        file.path.relative_to(tmp_path).parts[1] for file in updated_catalogues(load_project(tmp_path), ["nl"])
    } == {"nl"}


def test_a_text_of_its_own_in_one_language_needs_no_catalogue(tmp_path: Path) -> None:
    own = "---\ntype: topic\ntitle: Hulp\ndescription: Over hulp.\n---\n\nTekst.\n"
    project = load(tmp_path, {"content/help/index.nl.md": own})
    paths = [file.path.relative_to(tmp_path / "locales").as_posix() for file in updated_catalogues(project)]
    assert "fr/pages/help/index.po" in paths
    assert "nl/pages/help/index.po" not in paths


def test_a_text_translated_on_one_page_is_offered_on_another_as_fuzzy_unless_translators_disagree(
    tmp_path: Path,
) -> None:
    pages = {
        f"content/help/p{n}.md": f"---\ntype: topic\ntitle: P{n}\ndescription: D{n}.\n---\n\nSame.\n\nSplit.\n"
        for n in "123"
    }
    write_project(tmp_path, pages)
    folder = tmp_path / "locales/fr/pages/help"
    folder.mkdir(parents=True)
    (folder / "p1.po").write_text(po(entry("Same.", "Pareil.", "a"), entry("Split.", "Un.", "b")))
    (folder / "p2.po").write_text(po(entry("Same.", "Pareil.", "a"), entry("Split.", "Deux.", "b")))
    offered = update(tmp_path).catalogues["fr", "help/p3"].entries
    assert [(item.translation, item.fuzzy) for item in offered if item.source in ("Same.", "Split.")] == [
        ("Pareil.", True),
        ("", False),
    ]


def test_one_changed_sentence_is_named_in_every_language_by_its_file_and_line(tmp_path: Path) -> None:
    write_project(tmp_path)
    translate_all(tmp_path)
    assert [item.units for item in translation_status(load_project(tmp_path))[0]] == [(), ()]
    page = tmp_path / "content/help/found-images.md"
    page.write_text(FOUND.replace("1. Close the page.", "1. Close the page now."))
    found, problems = translation_status(load_project(tmp_path))
    assert problems == ()
    assert [
        (item.language, unit.page, str(unit.place), unit.state, unit.text, unit.previous)
        for item in found
        for unit in item.units
    ] == [
        (
            tag,
            "help/found-images",
            "content/help/found-images.md:13:1",
            State.STALE,
            "Close the page now.",
            "Close the page.",
        )
        for tag in ("fr", "nl")
    ]
    assert {item.language: (item.strings_missing, item.counts[State.STALE]) for item in found} == {
        "fr": (0, 1),
        "nl": (0, 1),
    }


def test_status_says_the_same_before_and_after_update(tmp_path: Path) -> None:
    write_project(tmp_path)
    translate_all(tmp_path)
    page = tmp_path / "content/help/found-images.md"
    page.write_text(FOUND.replace("This is not your fault.", "None of this is your fault."))
    before = translation_status(load_project(tmp_path))
    assert translation_status(update(tmp_path)) == before


def test_a_refused_translation_is_reported_and_counted(tmp_path: Path) -> None:
    write_project(tmp_path)
    translate_all(tmp_path)
    path = tmp_path / "locales/fr/pages/help/found-images.po"
    path.write_text(
        path.read_text().replace('msgstr "Call {{ phone(\\"be-line\\") }}."', 'msgstr "Appelez le 116001."')
    )
    found, problems = translation_status(load_project(tmp_path))
    assert [(problem.rule, problem.message) for problem in problems] == [
        ("translation-broken", 'the translation loses "{{ phone("be-line") }}" and adds "116001"')
    ]
    assert [(unit.state, str(unit.place)) for unit in found[0].units] == [
        (State.REFUSED, "content/help/found-images.md:14:1")
    ]


@pytest.mark.parametrize(
    "situation, old, new",
    [
        ("open", 'msgstr "Who can help"', 'msgstr ""'),
        ("a placeholder lost", 'msgstr "In 2023 the line received {value} reports."', 'msgstr "En 2023, beaucoup."'),
        ("fuzzy", 'msgid "Who can help"', '#, fuzzy\nmsgid "Who can help"'),
    ],
)
def test_a_string_that_cannot_be_shown_counts_as_missing(tmp_path: Path, situation: str, old: str, new: str) -> None:
    write_project(tmp_path)
    translate_all(tmp_path)
    path = tmp_path / "locales/fr/LC_MESSAGES/site.po"
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))
    assert [item.strings_missing for item in translation_status(load_project(tmp_path))[0]] == [1, 0]


def test_a_faulty_string_is_a_warning_of_status(tmp_path: Path) -> None:
    write_project(tmp_path, {"locales/fr/LC_MESSAGES/site.po": po(entry("{value} a", "a", "x.y"))})
    hint = "keep placeholders, tags, addresses and numbers as in msgid; the source text is shown until then"
    place = Location("locales/fr/LC_MESSAGES/site.po", 5)
    assert translation_status(load_project(tmp_path))[1] == (
        warning("translation-broken", 'the translation loses "{value}"', place, hint),
    )


def test_a_changed_string_of_the_data_waits_as_fuzzy_beside_the_text_it_was_made_from(tmp_path: Path) -> None:
    messages = site_messages(load(tmp_path))
    name = messages[0]
    once = merge_site(read(po(entry("Old name", "Vieux nom", "site.name"))), messages)
    assert (once.entries[0].source, once.entries[0].translation, once.entries[0].previous, once.entries[0].fuzzy) == (
        name.text,
        "Vieux nom",
        "Old name",
        True,
    )
    assert [(item.source, item.translation) for item in once.obsolete] == [("Old name", "Vieux nom")]
    twice = merge_site(once, [type(name)(name.context, "Third name", name.place)])
    assert (twice.entries[0].previous, twice.entries[0].fuzzy) == ("Old name", True)
    back = merge_site(twice, [type(name)(name.context, "Old name", name.place)])
    assert (back.entries[0].translation, back.entries[0].fuzzy, back.obsolete) == ("Vieux nom", False, ())


def test_an_empty_catalogue_of_strings_stays_in_source_order(tmp_path: Path) -> None:
    messages = site_messages(load(tmp_path))
    merged = merge_site(catalogue("", ()), messages)
    assert [(item.id, item.source, item.translation) for item in merged.entries] == [
        (message.context, message.text, "") for message in messages
    ]


def test_a_context_that_many_texts_share_offers_only_a_like_translation() -> None:
    old = catalogue(
        "site.po",
        [
            Entry("sources.document", "press release in French, 2021", "communiqué de presse en français, 2021"),
            Entry("sources.document", "undated news item", "article non daté"),
        ],
    )
    place = Location("content/data/figures.yml", 3)
    texts = ("press release in French", "blog post")
    merged = merge_site(old, [Message("sources.document", text, place) for text in texts])
    assert [(item.source, item.translation, item.fuzzy) for item in merged.entries] == [
        ("press release in French", "communiqué de presse en français, 2021", True),
        ("blog post", "", False),
    ]
