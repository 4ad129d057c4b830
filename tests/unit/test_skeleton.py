"""Page types at work: skeletons filled, refused, checked alone, and read for translators."""

import re
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markupsafe import Markup

from balise.catalogues import Message
from balise.expand import Component, Slots
from balise.page import PageType, SectionRule
from balise.problems import Location
from balise.skeleton import Plain, Sections, SkeletonError, Skeletons, check_skeleton, skeleton_messages

HINT = "a template may use lead, section(…), rest(), cards(), doors(), channels(), directory(), page.… and _(…)"


def page_type(skeleton: str) -> PageType:
    return PageType("topic", "templates/topic.md", (), (), skeleton, 5)


def fill(skeleton: str, slots: Slots | None = None, **values: Any) -> str:
    return Skeletons({"topic": page_type(skeleton)}).fill("topic", values, slots or Slots("bsecret"))


def fill_sections(skeleton: str) -> str:
    texts = {"": "Lead.", "do": "## Do {#do}", "why": "## Why {#why}", "more": "## More {#more}"}
    return fill(skeleton, **Sections(texts).functions())


@pytest.mark.parametrize(
    ("skeleton", "expected"),
    [
        ("{{ lead }}", "Lead."),
        ("{{ lead }}|{{ rest() }}", "Lead.|## Do {#do}\n## Why {#why}\n## More {#more}"),
        ('{{ section("why") }}|{{ rest() }}', "## Why {#why}|## Do {#do}\n## More {#more}"),
        ('{{ section("why") }}|{{ section("why") }}', "## Why {#why}|"),
        ('{{ section("never") }}|', "|"),
        ("## Title {#title}\n\n{## a remark ##}{{ lead }}", "## Title {#title}\n\nLead."),
    ],
)
def test_each_section_is_put_down_once_where_the_template_wants_it(skeleton: str, expected: str) -> None:
    assert fill_sections(skeleton) == expected


PIECES = (
    '{{ lead }}|{{section("do")}}|{{ section( "why" ) }}|{{ rest() }}|{{ rest( ) }}|\n|\n\n| |- |## A {#a}|{|}|}}|%}'
    "|{{ section('more') }}|{{- lead }}|{{|{% if lead %}x{% endif %}|é"
).split("|")


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(PIECES)).map("".join))
def test_a_skeleton_of_sections_alone_is_filled_as_jinja_fills_any_other(skeleton: str) -> None:
    def filled(skeleton: str) -> str:
        try:
            return fill_sections(skeleton)
        except SkeletonError as refused:
            return refused.problem.rule

    assert filled(f".{skeleton}") == filled(f"{{## a remark ##}}.{skeleton}")


def test_texts_are_escaped_finished_markdown_is_not_and_html_becomes_a_word() -> None:
    slots = Slots("bsecret")
    card = Component(Markup("<article></article>"))
    values = {"age": "10-12 *", "lead": Plain("*calm*"), "card": card, "html": Markup("<b>x</b>")}
    assert (
        fill("{{ age }} {{ lead }} {{ card }} {{ html }}", slots, **values)
        == "10\\-12 \\* *calm* bsecretx0z bsecretx1z"
    )
    assert slots.components == {
        "bsecretx0z": (card, ""),
        "bsecretx1z": (Component(Markup("<b>x</b>"), Markup("<b>x</b>")), ""),
    }


def test_the_tag_of_a_block_takes_its_line_with_it() -> None:
    assert fill("{% if more %}\na\n  {% else %}\nb\n{% endif %}\nc", more=False) == "b\nc"


@pytest.mark.parametrize(
    ("skeleton", "line", "message"),
    [
        ("a\n\n{{ nothing }}", 7, "'nothing' is undefined"),
        ("{{ page.missing }}", 5, "'dict object' has no attribute 'missing'"),
        ("a\n{% for x in %}", 6, "Expected an expression, got 'end of statement block'"),
        ("{{ page|upper }}", 5, "No filter named 'upper'."),
        ("{{ range(9) }}", 5, "'range' is undefined"),
        ("a\n{{ page.__class__ }}", 6, "access to attribute '__class__' of 'dict' object is unsafe."),
        ("{{ page.update({}) }}", 5, "access to attribute 'update' of 'dict' object is unsafe."),
        ("a\n{{ 10 ** 10 ** 8 }}", 6, "a template does not calculate"),
        ("{{ 'a' * 10 ** 9 }}", 5, "a template does not calculate"),
        ("{{ '%999999999d' % 1 }}", 5, "a template does not calculate"),
        ("{{ number() }}", 5, "division by zero"),
        ("{{ number(1) }}", 5, "test_a_template_that_cannot_be_filled_says_where.<locals>.number() takes 0 positional arguments but 1 was given"),
        ('{% include "/etc/passwd" %}', 5, "no loader for this environment specified"),
    ],
)  # fmt: skip
def test_a_template_that_cannot_be_filled_says_where(skeleton: str, line: int, message: str) -> None:
    def number() -> float:
        return 1 / 0

    with pytest.raises(SkeletonError) as caught:
        fill(skeleton, page={"age": "9"}, number=number)
    problem = caught.value.problem
    first = f"templates/topic.md:{line}:1: error: the template cannot be filled: {message} [template-error]"
    assert str(problem) == f"{first}\n    fix: {HINT}"


def test_a_macro_that_never_ends_is_refused() -> None:
    with pytest.raises(SkeletonError) as caught:
        fill("{% macro again() %}{{ again() }}{% endmacro %}{{ again() }}")
    assert caught.value.problem.rule == "template-error"


@pytest.mark.parametrize(
    ("skeleton", "expected"),
    [
        ('{{ lead }}\n\n## {{ _("Who can help") }} {#contact}\n\n- **{{ page.age }}**\n', []),
        (
            '{{ lead }}\n\nCall {{ phone }} now\n\n## {{ _("Help") }} {#help}\n',
            ['templates/topic.md:7:1: error: prose "Call now" would stay in one language [template-prose] | write {{ _("…") }}'],
        ),
        (
            "{{ lead }}\n\n### {{ title }}\n",
            ["templates/topic.md:7:1: error: the heading has no id [template-heading] | end it with {#a-short-word}"],
        ),
        (
            "<p>{{ lead }}</p>",
            ['templates/topic.md:5:1: error: prose "p> </p>" would stay in one language [template-prose] | write {{ _("…") }}'],
        ),
    ],
)  # fmt: skip
def test_a_template_holds_no_prose_and_pins_its_headings(skeleton: str, expected: list[str]) -> None:
    found = check_skeleton(page_type(skeleton))
    assert [str(problem).replace("\n    fix: ", " | ") for problem in found] == expected


@pytest.mark.parametrize(
    ("call", "fix"),
    [
        ('section("do")', []),
        ("section('why')", []),
        ('section("whi")', ['did you mean "why"? declare it under `sections:` above; declared: lead, do, why']),
        ("section( 'zzzzzz' )", ["declare it under `sections:` above; declared: lead, do, why"]),
    ],
)
def test_a_template_asks_only_for_sections_its_page_type_declares(call: str, fix: list[str]) -> None:
    rules = (SectionRule("lead"), SectionRule("do"), SectionRule("why"))
    kind = PageType("topic", "templates/topic.md", (), rules, f"{{{{ lead }}}}\n\n{{{{ {call} }}}}\n", 5)
    name = re.split("[\"']", call)[1]
    first = f'templates/topic.md:7:1: error: section "{name}" is not one of this page type [template-section]'
    assert [str(problem) for problem in check_skeleton(kind)] == [f"{first}\n    fix: {hint}" for hint in fix]


def test_translators_get_the_texts_of_a_template_with_their_lines() -> None:
    skeleton = (
        '{{ lead }}\n\n## {{ _("Who can help") }} {#contact}\n{## _("not this") ##}\n{{ _("More") }} {{ _(lead) }}\n'
    )
    assert skeleton_messages(page_type(skeleton)) == (
        Message("", "Who can help", Location("templates/topic.md", 7)),
        Message("", "More", Location("templates/topic.md", 9)),
    )


def test_a_broken_template_has_no_texts_for_translators() -> None:
    assert skeleton_messages(page_type('{{ _("More") }}{% if %}')) == ()
