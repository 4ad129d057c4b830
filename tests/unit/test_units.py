"""Source Markdown is cut into units that go back to the byte, and read the same when each stands on one line."""

from __future__ import annotations

import hashlib
import re

import pytest
from hypothesis import given, settings

from balise.problems import Location, error
from balise.units import Unit, cut_units, replace_units, slugify, unique_id, unit_id
from support.markup import COMMONMARK, commonmark_examples, documents, put_back, rendered, with_own_texts

EXAMPLES = commonmark_examples()
ONE_LINE_READS_OTHERWISE = {
    491: "a line break inside <...> of a link destination: on one line it becomes a destination",
    616: "a tag over two lines, alone in its paragraph: on one line it begins an HTML block",
    642: "the same, with a hard break's spaces in an attribute",
    643: "the same, with a hard break's backslash in an attribute",
}


def texts(body: str) -> list[str]:
    return [unit.text for unit in cut_units(body)[0].units]


def test_the_specification_beside_the_tests_is_the_published_one() -> None:
    about = (COMMONMARK / "README.md").read_text("utf-8")
    hashes = re.findall(r"sha256 of `(.+?)`: `([0-9a-f]{64})`", about)
    assert [name for name, _ in hashes] == ["spec.txt", "LICENSE"]
    for name, promised in hashes:
        assert hashlib.sha256((COMMONMARK / name).read_bytes()).hexdigest() == promised, name
    assert "version 0.31.2" in about
    assert len(EXAMPLES) == 652


@pytest.mark.parametrize("first", range(0, 652, 100))
def test_units_of_the_specification_go_back_to_the_byte(first: int) -> None:
    for source in EXAMPLES[first : first + 100]:
        assert put_back(source) == source.encode()


@pytest.mark.parametrize("first", range(0, 652, 100))
def test_examples_of_the_specification_read_the_same_with_each_unit_on_one_line(first: int) -> None:
    for number, source in enumerate(EXAMPLES[first : first + 100], first + 1):
        if number not in ONE_LINE_READS_OTHERWISE:
            assert rendered(with_own_texts(source)) == rendered(source), number


@pytest.mark.parametrize("number", ONE_LINE_READS_OTHERWISE)
def test_an_example_that_reads_otherwise_on_one_line_is_refused_in_content(number: int) -> None:
    source = EXAMPLES[number - 1]
    assert rendered(with_own_texts(source)) != rendered(source)
    assert [problem.rule for problem in cut_units(source)[1]] == ["html-tag"]


@settings(max_examples=120, deadline=None)
@given(documents())
def test_any_nested_document_goes_back_to_the_byte(body: str) -> None:
    assert put_back(body) == body.encode()


@settings(max_examples=120, deadline=None)
@given(documents())
def test_any_nested_document_reads_the_same_with_each_unit_on_one_line(body: str) -> None:
    assert rendered(with_own_texts(body)) == rendered(body)


@pytest.mark.parametrize(
    "body, expected",
    [
        ("One\ntwo  \nthree\\\nfour\n", ["One two<br>three<br>four"]),
        ("> quoted\n> on\nlazily\n", ["quoted on lazily"]),
        ("> > deep\n> > down\n", ["deep down"]),
        ("- a\n  b\n\n  > c\n  > d\n", ["a b", "c d"]),
        ("1. one\n   - two\n2. three\n", ["one", "two", "three"]),
        ("# Title #\n\nSub\n===\n", ["Title", "Sub"]),
        ('| A | 12 |\n|---|---|\n| *b* | {{ figure("x") }} |\n', ["A", "*b*"]),
        ('| a |\n|---|\n| {{ f("a|b") }} c |\n', ["a", '{{ f("a|b") }} c']),
        ("Term\n: meaning\n  goes on\n", ["Term", "meaning goes on"]),
        ("See[^1].\n\n[^1]: the\n    note\n", ["See[^1].", "the note"]),
        ('![alt *text*](p.png "title") and [link](u)\n', ['![alt *text*](p.png "title") and [link](u)']),
        ("\\# no heading\n", ["\\# no heading"]),
        ("`code` only\n", ["`code` only"]),
        ("```\nno unit\n```\n\n    nor this\n", []),
        ("- [ ] a task\n", ["a task"]),
        ("> [!NOTE]\n> careful\n", ["careful"]),
        ('{{ channel("be-line") }}\n', []),
        ("12 000\n\n***\n", []),
        ('{% if country("BE") %}\nbelgian\n{% endif %}\n', ["belgian"]),
        ('{% if country("BE") %}belgian{% endif %}\n', ['{% if country("BE") %}belgian{% endif %}']),
        ("{## a remark ##}\ntext\n", ["text"]),
        ("[a]: /u 'title'\n\n[a]\n", ["[a]"]),
        ("", []),
    ],
)
def test_a_translator_gets_each_leaf_of_text_as_one_line(body: str, expected: list[str]) -> None:
    assert texts(body) == expected


def test_a_unit_knows_its_bytes_its_line_and_what_it_is() -> None:
    cutting, problems = cut_units("## Été {#ete}\n\n- un\n\n| a |\n|---|\n\nMot\n: sens\n")
    assert problems == ()
    assert cutting.units == (
        Unit("Été", 3, 8, 1, "heading"),
        Unit("un", 19, 21, 3, "item"),
        Unit("a", 25, 26, 5, "cell"),
        Unit("Mot", 36, 39, 8, "term"),
        Unit("sens", 42, 46, 9, "paragraph"),
    )


@pytest.mark.parametrize(
    "body, line, column, rule, message, hint",
    [
        (
            "Text.\n\n<div>hidden</div>\n",
            12,
            1,
            "html-block",
            "raw HTML blocks are not allowed in content",
            "write it in Markdown, or use a component such as {{ channel(…) }}",
        ),
        (
            "Été <span>x\n",
            10,
            5,
            "html-tag",
            "<span> is not allowed in content",
            "use Markdown; allowed: abbr, bdi, br, cite, kbd, mark, q, small, sub, sup, wbr",
        ),
        (
            "a[^1] b[^2]\n\n[^1]: - [^2]: y\n",
            12,
            9,
            "nested-footnote",
            "a footnote stands inside a footnote",
            "move it out",
        ),
        (
            "## A {#x}\n\n## B {#x}\n",
            12,
            1,
            "duplicate-id",
            'heading id "x" stands twice',
            "give each heading its own id",
        ),
        (
            'Call {{ phone(\n"x") }} now\n',
            10,
            6,
            "jinja-open",
            '"{{" has no counterpart on its line',
            "write each call on one line, as {{ name(…) }}; for the plain characters use a code span without braces",
        ),
        (
            "> [!NOTE] Own title\n> text\n",
            10,
            1,
            "alert-title",
            "an alert cannot have a title of its own",
            "put the text on the next line",
        ),
    ],
)
def test_what_cannot_be_translated_is_named_with_its_place(
    body: str, line: int, column: int, rule: str, message: str, hint: str
) -> None:
    _, problems = cut_units(body, "content/a.md", 10)
    assert list(problems) == [error(rule, message, Location("content/a.md", line, column), hint)]


def test_tags_of_the_short_list_may_stand_in_a_line() -> None:
    assert cut_units("H<sub>2</sub>O<br>and <abbr title='x'>y</abbr>\n")[1] == ()


@pytest.mark.parametrize("token", ["{{", "{%", "{{ }", "{##", "> ", "[!", "a\\\n", "{#"])
def test_a_page_of_one_repeated_mark_is_read_in_a_number_of_steps_that_grows_with_it(token: str) -> None:
    cutting, _ = cut_units(token * (200_000 // len(token)))
    assert len(cutting.source) > 190_000


def test_headings_keep_their_ids_whatever_their_translation() -> None:
    cutting, _ = cut_units("# Help now #\n\n## Help now\n\n## Fixed {#own}\n\nSetext\n---\n")
    assert [(mark.level, mark.id, mark.pinned) for mark in cutting.headings] == [
        (1, "help-now", False),
        (2, "help-now-2", False),
        (2, "own", True),
        (2, "setext", False),
    ]
    assert replace_units(cutting, ["Aide", "Aide", "Fixe", "Souligné"]) == (
        "# Aide {#help-now}\n\n## Aide {#help-now-2}\n\n## Fixe {#own}\n\nSouligné {#setext}\n---\n"
    )


def test_headings_of_one_name_are_numbered_past_the_ids_that_authors_pinned() -> None:
    cutting, _ = cut_units("## A\n\n## Fixed {#a-2}\n\n## A\n\n## A\n\n## A 3\n\n## A\n")
    assert [mark.id for mark in cutting.headings] == ["a", "a-2", "a-3", "a-4", "a-3-2", "a-5"]


def test_a_heading_without_letters_still_has_an_id_and_no_text_of_its_neighbour() -> None:
    cutting, _ = cut_units("Before.\n\n##\n\n## 2021\n")
    assert [(mark.id, mark.text_start == mark.text_end) for mark in cutting.headings] == [
        ("section", True),
        ("2021", False),
    ]


def test_part_of_a_page_can_be_put_together_alone() -> None:
    cutting, _ = cut_units("lead\n\n## Do\n\nsteps\n\n## Why\n\nreasons\n")
    second, third = (mark.start for mark in cutting.headings)
    assert replace_units(cutting, ["l", "D", "s", "W", "r"], second, third) == "## D {#do}\n\ns\n\n"


def test_as_many_texts_as_units_are_wanted() -> None:
    with pytest.raises(ValueError, match="1 texts for 2 units"):
        replace_units(cut_units("one\n\ntwo\n")[0], ["un"])


def test_a_bar_in_a_cells_translation_does_not_open_a_column() -> None:
    cutting, _ = cut_units("| a |\n|---|\n| b |\n")
    assert replace_units(cutting, ["x|y", "z\\|w"]) == "| x\\|y |\n|---|\n| z\\|w |\n"


def test_links_images_and_footnotes_are_noted_as_typed() -> None:
    cutting, _ = cut_units("[a](../b.md#c) ![d](e.png) <https://f.example/>[^n]\n\n[^n]: g\n")
    assert [(link.target, link.start, link.image) for link in cutting.links] == [
        ("../b.md#c", 0, False),
        ("e.png", 15, True),
        ("https://f.example/", 27, False),
    ]
    assert cutting.footnotes == ("n",)


@pytest.mark.parametrize(
    "heading, anchor",
    [
        ("What to do now", "what-to-do-now"),
        ("Élève & école", "eleve-ecole"),
        ("See [the page](../secret/path.md)", "see-the-page"),
        ('Call {{ phone("be-112") }} now', "call-now"),
        ("Помощь", "section"),
    ],
)
def test_an_anchor_is_plain_ascii(heading: str, anchor: str) -> None:
    assert slugify(heading) == anchor


def test_equal_names_are_numbered() -> None:
    assert [unique_id("a", taken) for taken in ((), ("a",), ("a", "a-2"))] == ["a", "a-2", "a-3"]


def test_the_id_of_a_new_unit_depends_on_its_text_alone() -> None:
    assert unit_id("This is not your fault.", ()) == "y6mgvhxl"
    assert unit_id("same", {unit_id("same", ())}) == unit_id("same", ()) + "-2"


def test_a_footnote_defined_twice_is_named_at_its_second_place() -> None:
    _, problems = cut_units("a[^x]\n\n[^x]: one\n\n[^x]: two\n", "content/page.md", 10)
    assert [str(problem) for problem in problems] == [
        'content/page.md:14:1: error: footnote "[^x]" is defined twice [duplicate-footnote]\n'
        "    fix: give each footnote its own mark"
    ]


def test_a_heading_in_a_quote_or_a_list_opens_no_section() -> None:
    cutting, _ = cut_units("## A {#a}\n\n> ## B {#b}\n\n- ## C {#c}\n\n## D {#d}\n")
    assert [(mark.id, mark.inside) for mark in cutting.headings] == [
        ("a", False),
        ("b", True),
        ("c", True),
        ("d", False),
    ]
