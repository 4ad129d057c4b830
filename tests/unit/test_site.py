"""Addresses: slugs, clashes, redirects; and the order of the navigation."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from balise.project import Project
from balise.site import addresses, ordered_pages
from support.projects import INDEX, SITE, load


def page(title: str, front: str = "") -> str:
    return f"---\ntype: topic\ntitle: {title}\ndescription: About it.\n{front}---\nText.\n"


def load_with(root: Path, files: Mapping[str, str]) -> Project:
    project = load(root, files)
    assert project.problems == ()
    return project


def with_meta(project: Project, page_id: str, **meta: Any) -> Project:
    changed = replace(project.pages[page_id], meta={**project.pages[page_id].meta, **meta})
    return replace(project, pages={**project.pages, page_id: changed})


def problems_of(project: Project) -> list[str]:
    return [str(problem).replace("\n    fix: ", " | ") for problem in addresses(project)[2]]


def test_pages_stand_under_their_language_section_and_slug(tmp_path: Path) -> None:
    files = {"content/about.md": page("About", "slug: {fr: a-propos}\n"), "content/help/plain.md": page("Plain")}
    table, redirects, problems = addresses(load_with(tmp_path, files))
    assert (redirects, problems) == ({}, ())
    assert {f"{tag} {name}": address for (tag, name), address in table.items()} == {
        "fr index": "fr/index.html",
        "fr about": "fr/a-propos/index.html",
        "fr help/index": "fr/aide/index.html",
        "fr help/found-images": "fr/aide/images-trouvees/index.html",
        "fr help/plain": "fr/aide/plain/index.html",
        "nl index": "nl/index.html",
        "nl about": "nl/about/index.html",
        "nl help/index": "nl/hulp/index.html",
        "nl help/found-images": "nl/hulp/beelden-gevonden/index.html",
        "nl help/plain": "nl/hulp/plain/index.html",
        "en index": "en/index.html",
        "en about": "en/about/index.html",
        "en help/index": "en/help/index.html",
        "en help/found-images": "en/help/found-images/index.html",
        "en help/plain": "en/help/plain/index.html",
    }


def test_a_regional_edition_takes_the_slug_of_its_language(tmp_path: Path) -> None:
    files = {"content/site.yml": SITE.replace("[fr, nl, en]", "[fr-BE, en]")}
    table = addresses(load_with(tmp_path, files))[0]
    assert table["fr-BE", "help/found-images"] == "fr-BE/aide/images-trouvees/index.html"


def test_a_text_of_its_own_may_have_a_slug_of_its_own(tmp_path: Path) -> None:
    project = load_with(tmp_path, {"content/help/index.nl.md": page("Hulp", "slug: {nl: helpen}\n")})
    table = addresses(project)[0]
    assert (table["nl", "help/index"], table["fr", "help/index"]) == ("nl/helpen/index.html", "fr/aide/index.html")


def test_two_pages_with_one_slug_are_a_problem_of_the_later_one(tmp_path: Path) -> None:
    project = load_with(tmp_path, {"content/help/pictures.md": page("Pictures", "slug: {fr: images-trouvees}\n")})
    assert problems_of(project) == [
        'content/help/pictures.md:5:7: error: address "/fr/aide/images-trouvees/" is taken by content/help/found-images.md'
        " [address-twice] | give one of the two pages another slug for fr"
    ]


def test_a_file_name_may_clash_with_a_slug(tmp_path: Path) -> None:
    project = load_with(tmp_path, {"content/hulp.md": page("Hulp")})
    assert problems_of(project) == [
        'content/hulp.md:3:8: error: address "/nl/hulp/" is taken by content/help/index.md'
        " [address-twice] | give one of the two pages another slug for nl"
    ]


def test_a_clash_made_by_a_text_of_its_own_is_named_there(tmp_path: Path) -> None:
    files = {
        "content/help/pictures.md": page("Pictures"),
        "content/help/pictures.nl.md": page("Beelden", "slug: {nl: beelden-gevonden}\n"),
    }
    assert problems_of(load_with(tmp_path, files)) == [
        'content/help/pictures.nl.md:5:7: error: address "/nl/hulp/beelden-gevonden/" is taken by'
        " content/help/found-images.md [address-twice] | give one of the two pages another slug for nl"
    ]


@pytest.mark.parametrize(
    ("one", "other"), [("Images", "images"), ("\u00e9t\u00e9", "e\u0301te\u0301"), ("STRASSE", "stra\u00dfe")]
)
def test_addresses_that_a_disk_may_take_for_one_clash(tmp_path: Path, one: str, other: str) -> None:
    project = load_with(tmp_path, {"content/help/pictures.md": page("Pictures")})
    project = with_meta(project, "help/found-images", slug={"fr": one})
    project = with_meta(project, "help/pictures", slug={"fr": other})
    assert [problem.rule for problem in addresses(project)[2]] == ["address-twice"]


def test_former_addresses_redirect_to_the_page(tmp_path: Path) -> None:
    files = {
        "content/about.md": page("About", "former: {en: who, fr: [qui, info/nous]}\n"),
        "content/index.md": page("Welcome", "former: {en: start}\n"),
        "content/help/index.md": INDEX.replace("slug:", "former: {fr: secours}\nslug:"),
        "content/help/plain.md": page("Plain", "former: {fr: [simple, secours/plain]}\n"),
    }
    _, redirects, problems = addresses(load_with(tmp_path, files))
    assert problems == ()
    assert redirects == {
        "en/who/index.html": "en/about/index.html",
        "fr/qui/index.html": "fr/about/index.html",
        "fr/info/nous/index.html": "fr/about/index.html",
        "en/start/index.html": "en/index.html",
        "fr/secours/index.html": "fr/aide/index.html",
        "fr/aide/simple/index.html": "fr/aide/plain/index.html",
        "fr/secours/plain/index.html": "fr/aide/plain/index.html",
    }


def test_a_former_address_of_a_language_without_an_edition_is_left_out(tmp_path: Path) -> None:
    project = load_with(tmp_path, {"content/about.md": page("About", "former: {de: wir}\n")})
    assert addresses(project)[1:] == ({}, ())


def test_a_former_address_that_is_a_page_is_a_problem(tmp_path: Path) -> None:
    project = load_with(tmp_path, {"content/help/plain.md": page("Plain", "former: {fr: images-trouvees}\n")})
    assert problems_of(project) == [
        'content/help/plain.md:5:14: error: former address "/fr/aide/images-trouvees/" belongs to'
        " content/help/found-images.md [address-twice] | remove it from `former`"
    ]


def test_a_former_address_of_two_pages_is_a_problem_of_the_later_one(tmp_path: Path) -> None:
    files = {
        "content/help/plain.md": page("Plain", "former: {en: old}\n"),
        "content/help/quick.md": page("Quick", "former: {en: old}\n"),
    }
    project = load_with(tmp_path, files)
    assert addresses(project)[1] == {"en/help/old/index.html": "en/help/plain/index.html"}
    assert problems_of(project) == [
        'content/help/quick.md:5:14: error: former address "/en/help/old/" belongs to content/help/plain.md'
        " [address-twice] | remove it from `former`"
    ]


def test_pages_come_in_the_order_of_the_navigation(tmp_path: Path) -> None:
    files = {
        "content/site.yml": SITE.replace("[help]", "[talk, help]"),
        "content/about.md": page("About"),
        "content/talk/index.md": page("Talk"),
        "content/talk/b.md": page("B", "order: 20\n"),
        "content/talk/c.md": page("C", "order: 3\n"),
        "content/talk/a.md": page("A"),
    }
    assert [item.id for item in ordered_pages(load_with(tmp_path, files))] == [
        "index",
        "about",
        "talk/index",
        "talk/c",
        "talk/b",
        "talk/a",
        "help/index",
        "help/found-images",
    ]
