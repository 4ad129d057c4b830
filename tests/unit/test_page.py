"""A page's front matter, its sections, and what its page type asks of both."""

from __future__ import annotations

from typing import Any

import pytest

from balise.fields import Field
from balise.page import (
    AUDIENCES,
    Page,
    PageType,
    SectionRule,
    page_messages,
    parse_page,
    parse_page_type,
    split_front_matter,
)
from balise.problems import Problem
from balise.source import SourceProblem

PATH = "content/help/found-images.md"
TOPIC = PageType("topic", "templates/topic.md", (), (), "{{ lead }}", 3)
SITUATION = PageType(
    "situation",
    "templates/situation.md",
    (Field("needs", "list", required=True, values=("talk", "missing")),),
    (
        SectionRule("lead", required=True, critical=True),
        SectionRule("do", required=True, critical=True),
        SectionRule("why"),
    ),
    "{{ lead }}",
    9,
)
TYPES = {"topic": TOPIC, "situation": SITUATION}
FRONT = "type: topic\ntitle: Hello\ndescription: A page.\n"


def shown(problems: tuple[Problem, ...]) -> list[str]:
    """Return problems as `line:column: severity: message [rule] | fix: …`."""
    return [str(p).removeprefix(f"{PATH}:").replace("\n    fix:", " | fix:") for p in problems]


def faults(front: str = FRONT, body: str = "\nText.\n") -> list[str]:
    return shown(parse_page(f"---\n{front}---\n{body}", PATH, "help/found-images", TYPES, "en")[1])


def page(body: str = "\nText.\n", front: str = FRONT, **changes: Any) -> Page:
    found, problems = parse_page(f"---\n{front}---\n{body}", PATH, changes.get("id", "help/found-images"), TYPES, "en")
    assert found is not None, shown(problems)
    return found


def test_a_page_in_order_has_no_faults() -> None:
    assert faults() == []


def test_a_page_knows_its_folder_and_its_place_in_it() -> None:
    found = page(front=FRONT + "order: 30\n")
    assert (found.section, found.is_index, found.order, found.language) == (
        "help",
        False,
        (30, "help/found-images"),
        "en",
    )


def test_the_first_page_of_a_section_and_of_the_site_are_known() -> None:
    assert [(page(id=name).section, page(id=name).is_index) for name in ("help/index", "index")] == [
        ("help", True),
        ("", True),
    ]


def test_a_page_without_a_place_stands_in_the_middle() -> None:
    assert page().order == (500, "help/found-images")


def test_front_matter_says_another_language_than_the_sites() -> None:
    assert page(front=FRONT + "lang: nl-BE\n").language == "nl-BE"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("---\na: b\n---\nBody\n", ("a: b\n", "Body\n", 4)),
        ("--- \na: b\n---\t\n\nBody", ("a: b\n", "\nBody", 4)),
        ("---\n---\nBody", ("", "Body", 3)),
        ("---\na: b\n---", ("a: b\n", "", 3)),
        ("---\na: b --- c\n---\n\n---\nrule\n", ("a: b --- c\n", "\n---\nrule\n", 4)),
    ],
    ids=["usual", "blanks behind the dashes", "empty", "no body", "a rule in the body"],
)
def test_front_matter_ends_at_the_second_line_of_dashes(text: str, found: tuple[str, str, int]) -> None:
    assert split_front_matter(text, PATH) == found


BEGIN = "begin the file with a line `---`, the keys `type:` and `title:`, and another line `---`"


@pytest.mark.parametrize("text", ["", "# Hello\n", "---\ntype: topic\n", "\n---\na: b\n---\n", "---- \na: b\n---\n"])
def test_a_file_without_front_matter_is_told_how_to_begin(text: str) -> None:
    with pytest.raises(SourceProblem) as refused:
        split_front_matter(text, PATH)
    assert shown((refused.value.problem,)) == [
        f"1:1: error: the page has no front matter [front-matter] | fix: {BEGIN}"
    ]


def test_a_page_without_front_matter_gives_its_problem_and_no_page() -> None:
    found, problems = parse_page("Text.", PATH, "x", TYPES, "en")
    assert (found, shown(problems)) == (
        None,
        [f"1:1: error: the page has no front matter [front-matter] | fix: {BEGIN}"],
    )


@pytest.mark.parametrize(
    ("front", "wrong"),
    [
        (
            FRONT + "titel: x\n",
            [
                '5:1: error: unknown key "titel" in front matter [unknown-key] | fix: did you mean "title"? known keys: allow, audience,'
                " critical, description, draft, former, lang, next_review, noindex, order, printed, reviewed, reviewed_by, short, slug, title, type"
            ],
        ),
        (
            FRONT + "title: Again\n",
            [
                '5:1: error: key "title" stands twice [yaml-duplicate] | fix: keep one of the two; the first is on line 3'
            ],
        ),
        (
            "type: topc\ntitle: Hello\n",
            [
                '2:7: error: page type "topc" does not exist [unknown-type] | fix: did you mean "topic"? page types: situation, topic'
            ],
        ),
        (
            "type: [topic]\ntitle: Hello\ndescription: x\n",
            [
                '2:7: error: "type" must be one text [data-invalid] | fix: write it on one line, in quotes when it holds a colon'
            ],
        ),
        (
            "title: Hello\ndescription: x\nneeds: [talk]\n",
            [
                '2:1: error: front matter lacks "type" [missing-key] | fix: add `type:` (the page type, a file in templates/)'
            ],
        ),
        (
            "- type: topic\n",
            ["2:1: error: front matter must be keys and values [data-invalid] | fix: write `key: value` lines"],
        ),
        (
            FRONT + "order: first\nreviewed: 2026-02-30\n",
            [
                '5:8: error: "order" must be a whole number [data-invalid] | fix: write digits only',
                '6:11: error: "reviewed" must be a date [data-invalid] | fix: write it as YYYY-MM-DD',
            ],
        ),
        (
            "type: situation\ntitle: Hello\ndescription: x\n",
            ['2:1: error: front matter lacks "needs" [missing-key] | fix: add `needs:`'],
        ),
        (
            FRONT + "audience: [parents]\n",
            [
                '5:11: error: "audience" is "parents" [data-invalid] | fix: did you mean "parent"?'
                " allowed: parent, young, teacher, adult, anyone"
            ],
        ),
        (
            f"type: topic\ndescription: x\ntitle: {'x' * 91}\n",
            ['4:8: error: "title" is 91 characters long [data-invalid] | fix: at most 90 fit'],
        ),
    ],
    ids=[
        "unknown key",
        "key twice",
        "unknown type",
        "type is a list",
        "no type",
        "a list",
        "two faults",
        "no needs",
        "unknown audience",
        "too long",
    ],
)
def test_a_fault_of_the_front_matter_is_named_with_its_place(front: str, wrong: list[str]) -> None:
    assert faults(front) == wrong


NEEDY = "type: situation\ntitle: Hello\ndescription: x\nneeds: [talk]\n"


def test_faults_of_the_body_are_told_beside_those_of_the_front_matter() -> None:
    assert faults(FRONT + "x: y\n", "\n<div>\n")[1:] == [
        "8:1: error: raw HTML blocks are not allowed in content [html-block] | fix: write it in Markdown, or use a"
        " component such as {{ channel(…) }}"
    ]


@pytest.mark.parametrize(
    ("body", "wrong"),
    [
        ("\nHelp is near.\n\n## Do {#do}\n\nCall.\n", []),
        (
            "\nHelp is near.\n",
            [
                '7:1: error: a page of type situation needs the section "do" [section-missing] | fix: add a heading such as `## … {#do}`'
            ],
        ),
        (
            "\n\n## Do {#do}\n\nCall.\n",
            [
                '7:1: error: a page of type situation needs the section "lead" [section-missing] | fix: write a short paragraph'
                " before the first heading"
            ],
        ),
        (
            "\nHelp is near.\n\n## First\n\n### Do {#do}\n\nCall.\n",
            [
                '7:1: error: a page of type situation needs the section "do" [section-missing] | fix: add a heading such as `## … {#do}`'
            ],
        ),
        (
            "\nHelp is near.\n\n## Do {#do}\n\nCall.\n\n# Big\n",
            ["14:1: error: the title is the only heading of level 1 [heading-level] | fix: use ## or ###"],
        ),
        (
            "\nHelp is near.\n\n## Do {#do}\n\nCall.\n\n## Again {#do}\n",
            ['14:1: error: heading id "do" stands twice [duplicate-id] | fix: give each heading its own id'],
        ),
    ],
    ids=["in order", "no steps", "no lead", "the heading is one level too low", "a second title", "an id twice"],
)
def test_a_page_holds_the_sections_its_type_asks_for(body: str, wrong: list[str]) -> None:
    assert faults(NEEDY, body) == wrong


@pytest.mark.parametrize("name", ["content", "page-sources", "contact"])
def test_a_heading_takes_no_id_that_the_template_or_the_frame_uses(name: str) -> None:
    skeleton = '{{ lead }}\n\n## {{ _("Who can help") }} {#contact}\n\n{{ rest() }}\n'
    kind = PageType("topic", "templates/topic.md", (), (), skeleton, 3)
    text = f"---\n{FRONT}---\n\nText.\n\n## Mine {{#{name}}}\n\nMore.\n\n### Other {{#{name}-2}}\n"
    assert shown(parse_page(text, PATH, "help/found-images", {"topic": kind}, "en")[1]) == [
        f'9:1: error: heading id "{name}" is used by the template [duplicate-id] | fix: choose another id'
    ]


@pytest.mark.parametrize(
    ("front", "body", "places"),
    [
        (FRONT, "\nText. TODO\n\n## TODO {#a}\n\n- One\n- TODO: two\n", ["7:1", "9:1", "12:1"]),
        (FRONT.replace("Hello", "TODO"), "\nText.\n", ["3:8"]),
        (FRONT, "\nA todo list; TODOS; mastodon.\n", []),
    ],
    ids=["in the body", "in the title", "other words"],
)
def test_each_text_that_holds_the_word_todo_in_capitals_is_unfinished(front: str, body: str, places: list[str]) -> None:
    fix = "write the text, or add `draft: true` to the front matter until it is ready"
    assert faults(front, body) == [
        f"{place}: error: the text is unfinished: it holds TODO [unfinished] | fix: {fix}" for place in places
    ]


@pytest.mark.parametrize(
    ("named", "wrong"),
    [
        ("[steps]", []),
        ("[lead, steps]", []),
        (
            "[steps, stps]",
            [
                '5:19: error: critical section "stps" does not exist [section-unknown] | fix: did you mean "steps"?'
                " sections are headings such as `## … {#stps}`"
            ],
        ),
        (
            "[below]",
            [
                '5:12: error: critical section "below" does not exist [section-unknown] | fix: sections are headings such as'
                " `## … {#below}`"
            ],
        ),
    ],
    ids=["a section", "the lead", "misspelled", "a heading inside a section"],
)
def test_a_critical_section_exists_on_the_page(named: str, wrong: list[str]) -> None:
    assert faults(f"{FRONT}critical: {named}\n", "\nText.\n\n## Steps {#steps}\n\n### Below {#below}\n") == wrong


def test_sections_run_from_heading_to_heading_after_the_lead() -> None:
    found = page("\nLead.\n\n## Do {#do}\n\nOne.\n\n### Sub\n\nTwo.\n\n## Why {#why}\n\nThree.\n", NEEDY)
    source = found.cutting.source.decode()
    assert [(item.id, source[item.start : item.end], item.critical) for item in found.sections()] == [
        ("", "\nLead.\n\n", True),
        ("do", "## Do {#do}\n\nOne.\n\n### Sub\n\nTwo.\n\n", True),
        ("why", "## Why {#why}\n\nThree.\n", False),
    ]


def test_a_page_without_headings_is_all_lead() -> None:
    [lead] = page("\nOnly this.\n").sections()
    assert (lead.id, lead.start, lead.end, lead.critical) == ("", 0, 12, False)


def test_a_page_names_its_own_critical_sections() -> None:
    found = page("\nText.\n\n## Steps {#steps}\n\nCall.\n", FRONT + "critical: [steps]\n")
    assert [(item.id, item.critical) for item in found.sections()] == [("", False), ("steps", True)]


def test_translators_get_titles_and_units_with_place_and_note() -> None:
    front = "type: situation\nshort: Hi\ntitle: Hello\ndescription: A page.\nneeds: [talk]\n"
    found = page("\nLead.\n\n## Do {#do}\n\n1. Call.\n\n## Why\n\n| a | b |\n|---|---|\n| c | 1 |\n", front)
    assert [
        (item.context, item.text, str(item.place).removeprefix(f"{PATH}:"), item.note) for item in page_messages(found)
    ] == [
        ("meta.title", "Hello", "4:8", "front matter: title"),
        ("meta.short", "Hi", "3:8", "front matter: short"),
        ("meta.description", "A page.", "5:14", "front matter: description"),
        ("", "Lead.", "9:1", "paragraph, lead, critical"),
        ("", "Do", "11:1", "heading, section do, critical"),
        ("", "Call.", "13:1", "item, section do, critical"),
        ("", "Why", "15:1", "heading, section why"),
        ("", "a", "17:1", "cell, section why"),
        ("", "b", "17:1", "cell, section why"),
        ("", "c", "19:1", "cell, section why"),
    ]


def skeleton(front: str) -> tuple[PageType | None, list[str]]:
    known = {"need": ("talk", "missing"), "audience": AUDIENCES}
    found, problems = parse_page_type(f"---\n{front}---\n{{{{ lead }}}}\n", "templates/topic.md", "topic", known)
    return found, [str(p).removeprefix("templates/topic.md:").replace("\n    fix:", " | fix:") for p in problems]


def test_a_skeleton_says_which_fields_and_sections_its_pages_have() -> None:
    found, problems = skeleton(
        "label: Topic\nfields:\n  needs: {kind: list, required: yes, of: need, about: what it is for}\n  age: {kind: number}\n"
        "sections:\n  lead: {required: true, critical: yes}\n  why: {about: reasons}\n"
    )
    assert (found, problems) == (
        PageType(
            "topic",
            "templates/topic.md",
            (
                Field("needs", "list", required=True, values=("talk", "missing"), about="what it is for"),
                Field("age", "number"),
            ),
            (SectionRule("lead", required=True, critical=True), SectionRule("why")),
            "{{ lead }}\n",
            10,
        ),
        [],
    )


ONE_TEXT = "must be one text [data-invalid] | fix: write it on one line, in quotes when it holds a colon"


@pytest.mark.parametrize(
    ("front", "wrong"),
    [
        ("- a\n", ["2:1: error: the page type must be keys and values [data-invalid] | fix: write `key: value` lines"]),
        (
            "fields: x\n",
            ['2:9: error: "fields" must be keys and values [data-invalid] | fix: write `key: value` lines'],
        ),
        (
            "sections: [a]\n",
            ['2:11: error: "sections" must be keys and values [data-invalid] | fix: write `key: value` lines'],
        ),
        (
            "fields:\n  x: text\n",
            ["3:6: error: the field must be keys and values [data-invalid] | fix: write `key: value` lines"],
        ),
        ("fields:\n  x: {of: [need]}\n", [f'3:11: error: "of" {ONE_TEXT}']),
        (
            "fields:\n  x: {kind: txt}\nsections:\n  do: {requird: yes}\n",
            [
                '3:13: error: "kind" is "txt" [data-invalid] | fix: did you mean "text"? allowed: text, list, number, flag, date',
                '5:8: error: unknown key "requird" in the section [unknown-key] | fix: did you mean "required"?'
                " known keys: about, critical, look, required",
            ],
        ),
        (
            "a: [\n",
            [
                "2:5: error: the YAML is broken: did not find expected node content [yaml-syntax] | fix: check"
                " indentation, colons and quotes on this line and the one before"
            ],
        ),
    ],
    ids=[
        "a list",
        "fields are text",
        "sections are a list",
        "a field is text",
        "a list of words",
        "two faults",
        "broken",
    ],
)
def test_a_fault_of_a_skeleton_is_named_with_its_place(front: str, wrong: list[str]) -> None:
    assert skeleton(front) == (None, wrong)


def test_a_skeleton_without_front_matter_is_told_how_to_begin() -> None:
    found, [problem] = parse_page_type("{{ lead }}\n", "templates/topic.md", "topic", {})
    assert (found, str(problem)) == (
        None,
        "templates/topic.md:1:1: error: the template has no front matter [front-matter]\n"
        "    fix: begin the file with a line `---`, the key `label:`, and another line `---`",
    )


@pytest.mark.parametrize(
    ("of_type", "own", "printed"), [(False, "", False), (True, "", True), (True, "no", False), (False, "yes", True)]
)
def test_a_page_is_made_for_paper_when_it_or_its_type_says_so(of_type: bool, own: str, printed: bool) -> None:
    front = f"printed: {'yes' if of_type else 'no'}\n"
    kind, _ = parse_page_type(f"---\nlabel: Topic\n{front}---\n{{{{ lead }}}}\n", "templates/topic.md", "topic", {})
    assert kind is not None
    text = f"---\n{FRONT}{f'printed: {own}' if own else ''}\n---\nText.\n"
    found, problems = parse_page(text, PATH, "help/found-images", {"topic": kind}, "en")
    assert found is not None, shown(problems)
    assert found.is_printed is printed
