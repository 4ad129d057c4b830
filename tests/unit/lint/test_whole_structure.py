"""The rules on structure that look at the whole site: titles, ways to pages, headings of own texts, pictures."""

import posixpath
from pathlib import Path

from balise.lint.gate import Wanted, make_gate
from balise.pipeline import Options, compile_project
from balise.problems import Severity
from support.pictures import png
from support.projects import TODAY, load

LEAD = "---\ntype: topic\ntitle: {title}\ndescription: The description.\n---\n\nRead on.\n"


def found(tmp_path: Path, rule: str, files: dict[str, str | bytes | None]) -> list[str]:
    """Return what a rule on the whole site says of the smallest project with these files over it."""
    project = load(tmp_path, files)
    gate = make_gate(project, Wanted(select=(rule,)))
    judgement = compile_project(project, Options(TODAY), gate).judge()
    wanted = (one for one in judgement.problems if one.rule == rule and one.severity is not Severity.ADVICE)
    return [str(problem) for problem in wanted]


def test_two_pages_with_the_same_title_are_told_once(tmp_path):
    files = {
        "content/help/one.md": LEAD.format(title="One page"),
        "content/help/two.md": LEAD.format(title="one  Page"),
    }

    assert found(tmp_path, "title-length", files) == [
        'content/help/two.md:3:8: warning: the title "one  Page" (fr, nl, en) is that of content/help/one.md too'
        " [title-length]\n    fix: give each page a title of its own"
    ]


def test_a_page_at_the_top_that_nothing_names_is_an_orphan(tmp_path):
    assert found(tmp_path, "orphan-page", {"content/thanks.md": LEAD.format(title="Thanks")}) == [
        "content/thanks.md:1:1: warning: nothing leads to this page [orphan-page]\n"
        "    fix: link it from a page where readers need it, name it in `footer`, or delete it"
    ]


def test_a_link_to_itself_does_not_help_an_orphan(tmp_path):
    text = LEAD.format(title="Thanks") + "\n[Again](thanks.md)\n"

    assert len(found(tmp_path, "orphan-page", {"content/thanks.md": text})) == 1


def test_a_link_leads_to_a_page_and_so_does_the_menu_of_a_section(tmp_path):
    index = LEAD.format(title="Welcome") + "\n[Thanks](thanks.md)\n"
    files = {
        "content/index.md": index,
        "content/thanks.md": LEAD.format(title="Thanks"),
        "content/help/more.md": LEAD.format(title="More"),
    }

    assert found(tmp_path, "orphan-page", files) == []


def test_a_heading_that_an_own_text_lacks_is_told_where_the_link_is(tmp_path):
    files = {
        "content/help/one.md": LEAD.format(title="One") + "\n## Who helps {#contact}\n\nSomebody.\n",
        "content/help/one.fr.md": LEAD.format(title="Un") + "\n## Qui aide {#aide}\n\nQuelqu'un.\n",
        "content/help/two.md": LEAD.format(title="Two") + "\nSee [who helps](one.md#contact), [one](one.md).\n",
    }

    assert found(tmp_path, "dead-anchor", files) == [
        'content/help/two.md:9:5: error: link to "one.md#contact": content/help/one.fr.md has no heading "contact"'
        " [dead-anchor]\n    fix: give the heading in content/help/one.fr.md the id `{#contact}`"
    ]


def test_an_own_text_with_the_same_headings_is_fine(tmp_path):
    files = {
        "content/help/one.md": LEAD.format(title="One") + "\n## Who helps {#contact}\n\nSomebody.\n",
        "content/help/one.fr.md": LEAD.format(title="Un") + "\n## Qui aide {#contact}\n\nQuelqu'un.\n",
        "content/help/two.md": LEAD.format(title="Two") + "\nSee [who helps](one.md#contact).\n",
    }

    assert found(tmp_path, "dead-anchor", files) == []


def test_a_picture_in_one_language_is_wanted_in_all(tmp_path):
    names = ("form.png", "form.fr.png", "map.nl.png", "map.fr.png", "map.en.png", "logo.png", "v1.2.png")
    files = {posixpath.join("content/assets", name): png(4, 4) for name in names}

    assert found(tmp_path, "image-language", files) == [
        "content/assets/form.fr.png: warning: there is no form.nl.png [image-language]\n    fix: add it"
    ]
