"""Examples of contracts become the views that templates get."""

from __future__ import annotations

from pathlib import Path

import pytest

from balise.component_examples import build_value, load_examples, view_types
from balise.components import ComponentError
from balise.languages import Text
from balise.theme_view import Card, Link, TranslationNotice

KNOWN = view_types()


def theme_with(tmp_path: Path, kind: str, parameters: str) -> Path:
    """Return a theme whose one component `thing` takes `item` of this type and has one example."""
    folder = tmp_path / "components" / "thing"
    folder.mkdir(parents=True)
    (folder / "component.yml").write_text(
        "name: thing\ndescription: d\nplacement: block\naccessibility: []\n"
        f"parameters: [{{name: item, type: '{kind}', required: true, description: d}}]\n"
        f"examples: [{{name: One, parameters: {parameters}}}]\n"
    )
    return tmp_path


def test_a_plain_string_becomes_an_english_text() -> None:
    assert build_value(Link, {"title": "About", "url": "a/"}, KNOWN) == Link(Text("About", "en"), "a/")


def test_a_text_may_name_its_language() -> None:
    value = build_value(Link, {"title": {"text": "Ici", "language": "fr"}, "url": "i/"}, KNOWN)
    assert value == Link(Text("Ici", "fr"), "i/")


def test_fields_left_out_are_empty() -> None:
    assert build_value(Card, {"title": "About"}, KNOWN) == Card(Text("About", "en"), Text("", "en"), "")


def test_numbers_and_flags_are_read_from_their_words() -> None:
    notice = build_value(TranslationNotice, {"missing": "3", "total": "40"}, KNOWN)
    assert notice == TranslationNotice(3, 0, 40, "", "")
    assert [build_value(bool, word, KNOWN) for word in ("true", "false")] == [True, False]


def test_a_channel_without_facts_has_none() -> None:
    channel = build_value(KNOWN["ChannelView"], {"name": "Line"}, KNOWN)
    assert (channel.name, channel.cost, channel.speaks_reader, channel.hours, channel.expired) == (
        Text("Line", "en"), None, None, (), False
    )  # fmt: skip


def test_a_misspelt_field_is_named() -> None:
    with pytest.raises(ComponentError) as refused:
        build_value(Link, {"titel": "About"}, KNOWN)
    assert str(refused.value) == 'Link has no field "titel"'


def test_a_list_of_views_keeps_its_order(tmp_path: Path) -> None:
    theme = theme_with(tmp_path, "tuple[Link]", "{item: [{title: A, url: a}, {title: B, url: b}]}")
    (example,) = load_examples("thing", theme)
    assert example.parameters == {"item": (Link(Text("A", "en"), "a"), Link(Text("B", "en"), "b"))}


def test_an_example_with_an_unknown_parameter_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ComponentError) as refused:
        load_examples("thing", theme_with(tmp_path, "str", "{itme: x}"))
    assert str(refused.value) == 'component "thing", example "One": no parameter "itme"'


def test_a_type_that_does_not_exist_is_named(tmp_path: Path) -> None:
    with pytest.raises(ComponentError) as refused:
        load_examples("thing", theme_with(tmp_path, "Lnik", "{item: x}"))
    assert str(refused.value) == 'a contract names the type "Lnik", which does not exist'
