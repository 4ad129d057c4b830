"""The doors of the home page: where each leads, and what is wrong with one that leads nowhere."""

from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from balise.catalogues import phrases_for
from balise.components import render_component
from balise.project import load_theme_catalogues
from balise.site_config import DOORS, BrokenProjectError
from balise.theme_view import Door
from support.projects import SITE, compile_project
from support.topics import HEAD, PATH

HOME = '---\nlabel: Home\nsections:\n  lead: {required: "yes"}\n---\n{{ lead }}\n\n{{ doors() }}\n\n{{ rest() }}\n'
WITH_HOME = {
    "templates/home.md": HOME,
    "content/index.md": "---\ntype: home\ntitle: Home\ndescription: First.\n---\nLead.\n\n## More {#more}\n\nWords.\n",
}
TWO = "doors: {young: help/found-images, parent: help/index}\n"


def home(root: Path, doors: str, language: str, files: dict[str, str] | None = None) -> LexborHTMLParser:
    """Return the body of a home page whose site.yml names these doors."""
    site, problems = compile_project(root, {**WITH_HOME, "content/site.yml": SITE + doors, **(files or {})})
    assert [str(problem) for problem in problems] == []
    return LexborHTMLParser(site.editions[language].pages["index"].body.html)


@pytest.mark.parametrize(
    ("language", "urls"),
    [("en", ["help/", "help/found-images/"]), ("fr", ["aide/", "aide/images-trouvees/"])],
)
def test_doors_stand_after_the_lead_in_one_order_and_lead_to_the_edition(
    tmp_path: Path, language: str, urls: list[str]
) -> None:
    tree = home(tmp_path, TWO, language)
    assert [node.attributes["href"] for node in tree.css(".doors a")] == urls
    assert tree.body
    assert [node.tag for node in tree.body.iter()] == ["p", "nav", "h2", "p"]


def test_a_site_that_names_no_door_has_none(tmp_path: Path) -> None:
    tree = home(tmp_path, "", "en")
    assert tree.body
    assert [node.tag for node in tree.body.iter()] == ["p", "h2", "p"]


def test_each_door_says_whom_it_is_for_in_words_that_are_translated() -> None:
    words = phrases_for("fr", "en", load_theme_catalogues(["fr"]), {})
    html = render_component("audience-doors", words, doors=tuple(Door(name, "x/") for name in DOORS))
    doors = [" ".join(node.text().split()) for node in LexborHTMLParser(html).css("a")]
    assert doors == [
        "Je suis un parent ou un proche Il est arrivé quelque chose à un enfant, ou je m’inquiète.",
        "J’ai moins de 18 ans Il s’est passé quelque chose et je veux savoir quoi faire.",
        "Je travaille avec des enfants À l’école, dans un club, dans l’aide à la jeunesse.",
        "C’est de moi qu’il s’agit Cela m’est arrivé, maintenant ou il y a longtemps.",
    ]


@pytest.mark.parametrize(
    ("doors", "files", "expected"),
    [
        (
            "doors: {young: help/jung}\n",
            {},
            'content/site.yml:10:16: error: page "help/jung" does not exist [page-missing]\n'
            '    fix: did you mean "help/index"? write content/help/jung.md',
        ),
        (
            "doors: {me: help/note}\n",
            {PATH: HEAD.replace("type: topic", "type: topic\ndraft: true") + "Lead.\n"},
            'content/site.yml:10:13: error: page "help/note" is a draft [page-draft]\n'
            "    fix: publish it, or take it out of `doors` until it is ready",
        ),
    ],
)
def test_a_door_to_a_page_that_is_not_there_is_a_problem(
    tmp_path: Path, doors: str, files: dict[str, str], expected: str
) -> None:
    _, problems = compile_project(tmp_path, {**WITH_HOME, "content/site.yml": SITE + doors, **files})
    assert [str(problem) for problem in problems] == [expected]


def test_a_door_that_does_not_exist_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BrokenProjectError) as refused:
        compile_project(tmp_path, {"content/site.yml": SITE + "doors: {yung: help/index}\n"})
    assert str(refused.value) == (
        'content/site.yml:10:9: error: there is no door "yung" [data-invalid]\n'
        '    fix: did you mean "young"? doors are parent, young, teacher, me'
    )
