"""What is wrong in a registry file is told with its place, in plain words, and never as an exception."""

from __future__ import annotations

import re
import warnings
from typing import Any, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from balise import schemas
from balise.channel_words import KINDS, NEEDS
from balise.channels import channel_schema, parse_channels
from balise.figure_records import figure_schema, parse_figures
from balise.schema_values import Expression
from balise.source import parse_yaml
from balise.terms import parse_terms, term_schema
from registry_records import CHANNEL, FIGURE, TERM, document


def faults(**changes: Any) -> list[str]:
    """Return what is said about a channel with some keys changed; None takes a key away."""
    record = {key: value for key, value in {**CHANNEL, **changes}.items() if value is not None}
    return [str(problem).split(": error: ", 1)[1] for problem in parse_channels(document("channels", record))[1]]


def test_a_record_in_order_has_no_faults() -> None:
    assert faults() == []


def test_a_misspelled_key_is_named_with_the_key_that_was_meant() -> None:
    [fault] = faults(fone="102")
    assert fault.startswith('unknown key "fone" [data-invalid]\n    fix: did you mean "phone"? known keys: id, name,')


def test_a_misspelled_key_of_a_source_is_compared_with_the_keys_of_a_source() -> None:
    assert faults(sources=[{"ulr": "https://a.example/"}]) == [
        'unknown key "ulr" [data-invalid]\n    fix: did you mean "url"? known keys:'
        " publisher, document, url, dated, dated_inferred, tier, read_as, says"
    ]


def test_the_key_for_is_known_by_the_name_it_has_in_the_file() -> None:
    assert (
        faults(**{"for": None, "needs": ["talk"]})[0] == 'the key "for" is missing [data-invalid]\n    fix: add `for:`'
    )


def test_a_value_outside_the_list_is_shown_with_the_nearest() -> None:
    assert faults(kind="help-line") == [
        '"kind" cannot be "help-line" [data-invalid]\n    fix: did you mean "helpline"? use one of: emergency, hotline,'
        " helpline, removal, police, advice, perpetrator-prevention"
    ]


def test_a_wrong_item_of_a_list_is_found_at_its_own_place() -> None:
    text = "channels:\n  - id: be-listen\n    for:\n      - talk\n      - tolk\n"
    problems = parse_channels(parse_yaml(text, "content/data/channels.yml"))[1]
    assert [str(p.location) for p in problems if "tolk" in p.message] == ["content/data/channels.yml:5:9"]


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"operator": ""}, '"operator": is empty [data-invalid]\n    fix: write something, or leave the key out'),
        ({"operator": " VZW"}, '"operator": begins or ends with a space [data-invalid]\n    fix: remove the space'),
        ({"operator": ["a"]}, '"operator" must be text [data-invalid]\n    fix: write one line of text'),
        (
            {"what_happens": "talk"},
            '"what_happens" must be a list [data-invalid]\n    fix: write one item per line, each after -',
        ),
        ({"what_happens": []}, '"what_happens" is empty [data-invalid]\n    fix: write at least one item'),
        ({"name": "Awel"}, '"name" must be keys and values [data-invalid]\n    fix: write `key: value` lines'),
        (
            {"name": {"xx": "Awel"}},
            '"xx": "xx" is not a language [data-invalid]\n    fix: use a code such as fr, nl or en',
        ),
        (
            {"kind": ["police"]},
            '"kind" must be one word [data-invalid]\n    fix: use one of: emergency, hotline, helpline, removal, police, advice, perpetrator-prevention',
        ),
        (
            {"id": "Be Listen"},
            '"id": "Be Listen" is not a usable name [data-invalid]\n    fix: use lower-case letters a to z, digits and single hyphens',
        ),
        (
            {"country": "be"},
            '"country": "be" is not a country [data-invalid]\n    fix: use a code of ISO 3166 such as BE, or EU or INT',
        ),
        (
            {"expires": "2027-05"},
            '"expires": "2027-05" is not a full date [data-invalid]\n    fix: write it as YYYY-MM-DD',
        ),
        (
            {"expires": "2027-02-30"},
            '"expires": "2027-02-30" is not in the calendar [data-invalid]\n    fix: write it as YYYY, YYYY-MM or YYYY-MM-DD',
        ),
        (
            {"assembled": "21/11/2026"},
            '"assembled": "21/11/2026" is not a date [data-invalid]\n    fix: write it as YYYY, YYYY-MM or YYYY-MM-DD',
        ),
        (
            {"email": "hello@"},
            '"email": "hello@" is not an e-mail address [data-invalid]\n    fix: write it as name@example.org',
        ),
        (
            {"hours": "nine to five"},
            '"hours": "nine to five" is not opening hours [data-invalid]\n    fix: write `always`, a list of days and times, or use `hours_note`',
        ),
        (
            {"hours": [{"days": ["mon"], "from": "9:00", "to": "18:00"}]},
            '"from": "9:00" is not a time [data-invalid]\n    fix: write it as 09:00, from 00:00 to 24:00',
        ),
        (
            {"hours": [{"days": ["mon"], "from": "18:00", "to": "09:00"}]},
            '"to": "09:00" is not after "18:00" [data-invalid]\n    fix: write the later time after `to`',
        ),
    ],
)
def test_each_fault_has_its_own_words(changes: dict[str, Any], fault: str) -> None:
    assert faults(**changes) == [fault]


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "//evil.example",
        "https://",
        "http://localhost",
        "https://user@evil.example/",
        "https://a.example/ b",
    ],
)
def test_only_a_whole_web_address_is_a_web_address(address: str) -> None:
    assert faults(url=address) == [
        f'"url": "{address}" is not a web address [data-invalid]\n    fix: write it in full, with https:// in front'
    ]


@pytest.mark.parametrize("address", ["https://www.1712.be/", "http://116000.nl", "https://a.example/é?x=1#y"])
def test_web_addresses_of_real_services_pass(address: str) -> None:
    assert faults(url=address) == []


@pytest.mark.parametrize("hidden", ["\u200b", "\u202e", "\u2066", "\ufeff", "\u00ad", "\u0000"])
def test_a_character_nobody_sees_is_refused(hidden: str) -> None:
    assert f"holds the invisible character U+{ord(hidden):04X}" in faults(operator=f"Child{hidden}Focus")[0]


@pytest.mark.parametrize(
    ("short", "phone", "fault"),
    [
        ("no", "0471234567", '"0471234567" is not an international phone number'),
        ("no", "116000", '"116000" is a short number'),
        ("no", "+32 471 23 45 67", '"+32 471 23 45 67" is not an international phone number'),
        ("no", "+0471234567", '"+0471234567" is not an international phone number'),
        ("yes", "0800123456", '"0800123456" is not a short number'),
        ("yes", "1 1 2", '"1 1 2" is not a short number'),
        ("yes", "١١٢", '"١١٢" is not a short number'),
        ("yes", "１１２", '"１１２" is not a short number'),
        ("yes", "11\u20602", "holds the invisible character U+2060"),
        ("no", "+３2471234567", '"+３2471234567" is not an international phone number'),
    ],
)
def test_a_number_that_cannot_be_dialled_is_refused(short: str, phone: str, fault: str) -> None:
    [message] = faults(short=short, phone=phone)
    assert message.startswith(f'"phone": {fault} [data-invalid]')


def test_the_number_shown_spells_the_number_dialled() -> None:
    assert faults(short="yes", phone="116000", phone_shown="116 000") == []
    assert faults(short="yes", phone="116000", phone_shown="116 111")[0].startswith(
        '"phone_shown": "116 111" does not spell "116000"'
    )


def test_two_records_of_one_name_are_told_with_both_lines() -> None:
    records, problems = parse_channels(document("channels", CHANNEL, {**CHANNEL, "operator": "Other"}))
    assert [str(problem) for problem in problems] == [
        'content/data/channels.yml:3:12: error: id "be-listen" is used twice [data-duplicate-id]\n'
        "    fix: give one of them another id; the other stands on line 2"
    ]
    assert records["be-listen"].operator == "Listen vzw"


def test_every_fault_of_every_record_is_told_at_once() -> None:
    broken = {**CHANNEL, "id": "be-b", "kind": "shop", "country": "Belgium"}
    records, problems = parse_channels(document("channels", {**CHANNEL, "status": "open"}, broken))
    assert records == {}
    assert [problem.location.line for problem in problems] == [2, 3, 3]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("- a", "the file holds no keys"),
        ("just text", "the file holds no keys"),
        ("channels: x", '"channels" must be a list'),
        ("channels: [x]", "the record must be keys and values"),
        ("chanels: []", 'unknown key "chanels"'),
    ],
)
def test_a_file_of_another_shape_is_told_once(text: str, fault: str) -> None:
    [problem] = parse_channels(parse_yaml(text, "content/data/channels.yml"))[1]
    assert (problem.rule, problem.message) == ("data-invalid", fault)


def test_an_empty_file_is_an_empty_registry() -> None:
    assert parse_channels(parse_yaml("", "content/data/channels.yml")) == ({}, ())
    assert parse_figures(parse_yaml("", "content/data/figures.yml"))[1] == ()
    assert parse_terms(parse_yaml("", "content/data/terms.yml"))[1] == ()


@pytest.mark.parametrize("schema", [channel_schema(), figure_schema(), term_schema()])
def test_editors_get_a_schema_that_refuses_unknown_keys(schema: dict[str, Any]) -> None:
    assert schema["additionalProperties"] is False
    assert all(model["additionalProperties"] is False for model in schema["$defs"].values())


def test_the_schema_for_editors_spells_keys_as_the_file_does() -> None:
    channel = channel_schema()["$defs"]["ChannelModel"]["properties"]
    assert "for" in channel
    assert "needs" not in channel
    assert {"const": "always"} in channel["hours"]["anyOf"]


def test_the_words_for_needs_and_kinds_cover_the_schema() -> None:
    assert set(NEEDS) == set(get_args(schemas.Need))
    assert set(KINDS) == set(get_args(schemas.Kind))


ANYTHING = st.recursive(
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["id", "fr", "a"]), inner, max_size=2),
    max_leaves=6,
)


@given(st.sampled_from(sorted(CHANNEL)), ANYTHING)
def test_no_value_in_a_channel_raises(key: str, value: Any) -> None:
    parse_channels(document("channels", {**CHANNEL, key: value}))


@given(st.sampled_from(sorted({*FIGURE, "superseded_by", "supersedes"})), ANYTHING)
def test_no_value_in_a_figure_raises(key: str, value: Any) -> None:
    parse_figures(document("figures", {**FIGURE, key: value}))


@given(st.sampled_from(sorted({*TERM, "exceptions", "sources"})), ANYTHING)
def test_no_value_in_a_term_raises(key: str, value: Any) -> None:
    parse_terms(document("rules", {**TERM, key: value}))


PARTS = (
    "a",
    "z",
    "-",
    "é",
    "7",
    ".",
    " ",
    "^",
    "$",
    "|",
    "*",
    "+",
    "?",
    "{2}",
    "{1,3}",
    "{0,2}",
    "{3,1}",
    "{",
    "}",
    "[",
    "]",
)
GROUPS = (
    "(",
    "(?:",
    "(?!",
    "(?=",
    "(?<!",
    ")",
    "\\b",
    "\\s",
    "\\",
    "\\.",
    "\\1",
    "[a-z]",
    "[z-a]",
    "[^x]",
    "[\\s-]",
    "[]a]",
)


def accepted(expression: str) -> bool:
    try:
        TypeAdapter(Expression).validate_python(expression)
    except ValidationError:
        return False
    return True


def compiles(expression: str) -> bool:
    try:
        re.compile(expression)
    except re.error:
        return False
    return True


@settings(deadline=None)
@given(st.lists(st.sampled_from(PARTS + GROUPS), max_size=12).map("".join))
def test_an_expression_is_accepted_exactly_when_python_compiles_it(expression: str) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", FutureWarning)
        assert accepted(expression) is compiles(expression)


@pytest.mark.parametrize(
    "expression", ["(?:a", "a)", "*a", "(?:|+)", "a{3,1}", "[z-a]", "a**", "(?<=a*)b", "[a", "\\", "\\q"]
)
def test_an_expression_that_python_does_not_compile_is_refused(expression: str) -> None:
    assert not accepted(expression)


@pytest.mark.parametrize(
    "expression", ["", r"\b(?:a|b\s+(?:c|d(?:e)?)){1,3}?(?!f)$", "[^.!?:;\n]*", "(?<!a)b", "(?:(?:(?:(?:a))))"]
)
def test_an_expression_that_python_compiles_is_accepted(expression: str) -> None:
    assert accepted(expression)
