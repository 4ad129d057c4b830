"""What front matter and site.yml may hold: one table checks the values and writes the editors' schema."""

from __future__ import annotations

from typing import Any

import pytest

from balise.fields import KINDS, Field, check_fields, is_day, is_true, schema_of
from balise.source import parse_yaml


def faults(text: str, *fields: Field) -> list[str]:
    """Return what is wrong with front matter, as `line:column: message [rule] | fix: …`."""
    found = check_fields(parse_yaml(text, "page.md"), fields, what="front matter")
    return [str(problem).removeprefix("page.md:").replace("\n    fix:", " | fix:") for problem in found]


def fault(value: str, field: Field) -> str:
    """Return what is wrong with one value, without its place and rule; an empty string when nothing is."""
    found = " ".join(faults(f"{field.name}: {value}\n", field))
    return found.partition(f': error: "{field.name}" ')[2].replace(" [data-invalid]", "")


TITLE = Field("title", required=True, about="the page's title")
ORDER = Field("order", "number")


def test_front_matter_in_order_has_no_faults() -> None:
    assert faults("title: Hello\norder: 10\n", TITLE, ORDER) == []


def test_an_unknown_key_is_named_with_the_nearest() -> None:
    assert faults("title: Hello\nordr: 10\n", TITLE, ORDER) == [
        '2:1: error: unknown key "ordr" in front matter [unknown-key] | fix: did you mean "order"? known keys: order, title'
    ]


def test_a_missing_key_is_named_with_what_it_is_for() -> None:
    assert faults("order: 10\n", TITLE, ORDER) == [
        '1:1: error: front matter lacks "title" [missing-key] | fix: add `title:` (the page\'s title)'
    ]


def test_a_missing_key_without_explanation_is_named_alone() -> None:
    assert faults("{}", Field("on", required=True)) == [
        '1:1: error: front matter lacks "on" [missing-key] | fix: add `on:`'
    ]


@pytest.mark.parametrize("text", ["- a\n", "hello\n"])
def test_a_list_or_a_sentence_is_no_front_matter(text: str) -> None:
    assert faults(text, TITLE) == [
        "1:1: error: front matter must be keys and values [data-invalid] | fix: write `key: value` lines"
    ]


def test_all_faults_are_told_at_once() -> None:
    assert [line.split(" error: ")[1].split(" [")[0] for line in faults("x: y\norder: ten\n", TITLE, ORDER)] == [
        'unknown key "x" in front matter',
        '"order" must be a whole number',
        'front matter lacks "title"',
    ]


def test_a_mapping_inside_the_document_is_checked_at_its_own_place() -> None:
    document = parse_yaml("fields:\n  needs:\n    knd: list\n", "topic.md")
    [problem] = check_fields(document, [Field("kind")], what="the field", at=("fields", "needs"))
    assert str(problem) == (
        'topic.md:3:5: error: unknown key "knd" in the field [unknown-key]\n'
        '    fix: did you mean "kind"? known keys: kind'
    )


ONE_LINE = "write it on one line, in quotes when it holds a colon"
DIGITS = "must be a whole number | fix: write digits only"
DAY = "must be a date | fix: write it as YYYY-MM-DD"
LANGUAGE = "must be a language | fix: write a code such as fr, nl or fr-BE"
NAME = "must be a name | fix: use lower-case letters, digits and hyphens"
WORD = "use lower-case ASCII letters, digits and single hyphens"
MAP = "must be keys with one text each | fix: write {key: value}"
LIST = "must be a list of words | fix: write [one, two]"


@pytest.mark.parametrize(
    ("field", "value", "wrong"),
    [
        (Field("k"), "Où signaler ?", ""),
        (Field("k"), "0471234567", ""),
        (Field("k"), "[a]", f"must be one text | fix: {ONE_LINE}"),
        (Field("k"), "{a: b}", f"must be one text | fix: {ONE_LINE}"),
        (Field("k"), "' '", "is empty | fix: write a text, or leave the key out"),
        (Field("k"), "", "is empty | fix: write a text, or leave the key out"),
        (Field("k", longest=5), "abcde", ""),
        (Field("k", longest=5), "abcdef", "is 6 characters long | fix: at most 5 fit"),
        (Field("k"), '"a\\nb"', "runs over several lines | fix: write it on one line"),
        (Field("k"), '"a\\Lb"', "runs over several lines | fix: write it on one line"),
        (Field("k"), '"a\\0b"', "holds a control character | fix: remove it"),
        (Field("k", values=("need", "audience")), "need", ""),
        (
            Field("k", values=("need", "audience")),
            "needs",
            'is "needs" | fix: did you mean "need"? allowed: need, audience',
        ),
        (Field("k", "list"), "[a, b]", ""),
        (Field("k", "list"), "[]", ""),
        (Field("k", "list"), "a", LIST),
        (Field("k", "list"), "[a, [b]]", LIST),
        (
            Field("k", "list", values=("parent", "young")),
            "[parent, yung]",
            'is "yung" | fix: did you mean "young"? allowed: parent, young',
        ),
        (Field("k", "number"), "007", ""),
        (Field("k", "number"), "ten", DIGITS),
        (Field("k", "number"), "-1", DIGITS),
        (Field("k", "number"), "1234567", DIGITS),
        (Field("k", "number"), "٣", DIGITS),
        (Field("k", "number"), "[1]", DIGITS),
        (Field("k", "flag"), "yes", ""),
        (Field("k", "flag"), "false", ""),
        (Field("k", "flag"), "on", "must be yes or no | fix: write `yes` or `no`"),
        (Field("k", "flag"), "[yes]", "must be yes or no | fix: write `yes` or `no`"),
        (Field("k", "date"), "2026-11-21", ""),
        (Field("k", "date"), "2024-02-29", ""),
        (Field("k", "date"), "2026-02-29", DAY),
        (Field("k", "date"), "2026-13-01", DAY),
        (Field("k", "date"), "0000-01-01", DAY),
        (Field("k", "date"), "21/11/2026", DAY),
        (Field("k", "date"), "٢٠٢٦-11-21", DAY),
        (Field("k", "date"), "[2026-11-21]", DAY),
        (Field("k", "language"), "nl-BE", ""),
        (Field("k", "language"), "dutch", LANGUAGE),
        (Field("k", "language"), "[nl]", LANGUAGE),
        (Field("k", "identifier"), "be-112.a_b", ""),
        (Field("k", "identifier"), "BE 112", NAME),
        (Field("k", "identifier"), "{a: b}", NAME),
        (Field("k", "slug"), "{fr: aide, nl: hulp-2}", ""),
        (
            Field("k", "slug"),
            "{fr: [a, b]}",
            "must give one address word per language | fix: write {fr: mot, nl: woord}",
        ),
        (Field("k", "slug"), "aide", "must give an address word per language | fix: write {fr: mot, nl: woord}"),
        (Field("k", "slug"), "{fr: Où}", f'gives the address "Où" | fix: {WORD}'),
        (Field("k", "slug"), "{fr: a--b}", f'gives the address "a--b" | fix: {WORD}'),
        (Field("k", "slug"), "{fr: ../../etc}", f'gives the address "../../etc" | fix: {WORD}'),
        (Field("k", "slug"), "{fr: /etc}", f'gives the address "/etc" | fix: {WORD}'),
        (Field("k", "slug"), "{fr: ''}", f'gives the address "" | fix: {WORD}'),
        (Field("k", "slug"), "{xx: a}", 'names "xx", which is no language | fix: write a code such as fr, nl or fr-BE'),
        (Field("k", "slugs"), "{fr: [vieux, tres-vieux], nl: oud}", ""),
        (Field("k", "slugs"), "{fr: [vieux, Très]}", f'gives the address "Très" | fix: {WORD}'),
        (Field("k", "slugs"), "{fr: [[a]]}", f"gives the address \"['a']\" | fix: {WORD}"),
        (Field("k", "map"), "{BE: be-112}", ""),
        (Field("k", "map"), "{BE: [be-112]}", MAP),
        (Field("k", "map"), "be-112", MAP),
        (Field("k", "fields"), "{a: {b: c}}", ""),
        (Field("k", "fields"), "[a]", "must be keys and values | fix: write `key: value` lines"),
    ],
)
def test_each_kind_of_value_is_checked(field: Field, value: str, wrong: str) -> None:
    assert fault(value, field) == wrong


@pytest.mark.parametrize("kind", KINDS)
def test_a_mapping_of_lists_never_crashes_a_kind(kind: str) -> None:
    assert fault("{a: [b, {c: d}]}", Field("k", kind)) != "" or kind == "fields"


@pytest.mark.parametrize(
    ("text", "day"), [("2026-11-21", True), ("2026-02-30", False), ("", False), ("2026-11-21\n", False)]
)
def test_a_day_is_one_of_the_calendar(text: str, day: bool) -> None:
    assert is_day(text) is day


@pytest.mark.parametrize(
    ("value", "flag"), [("yes", True), ("true", True), ("no", False), ("", False), (None, False), ([], False)]
)
def test_a_flag_is_set_by_yes_or_true(value: Any, flag: bool) -> None:
    assert is_true(value) is flag


def test_the_schema_tells_editors_what_the_check_asks() -> None:
    fields = (
        TITLE,
        Field("short", longest=40),
        Field("audience", "list", values=("parent", "young"), about="who it is for"),
        Field("of", values=("need", "audience")),
        ORDER,
    )
    assert schema_of(fields, "A page") == {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A page",
        "type": "object",
        "properties": {
            "title": {"type": "string", "minLength": 1, "description": "the page's title"},
            "short": {"type": "string", "minLength": 1, "maxLength": 40},
            "audience": {"type": "array", "items": {"enum": ["parent", "young"]}, "description": "who it is for"},
            "of": {"enum": ["need", "audience"]},
            "order": {"type": ["string", "integer"], "pattern": "^[0-9]{1,6}$"},
        },
        "required": ["title"],
        "additionalProperties": False,
    }


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_has_a_schema(kind: str) -> None:
    assert schema_of([Field("k", kind)], "t")["properties"]["k"]
