"""Templates kept compiled: used again while their text is the same, made again whenever anything is not as it was."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from jinja2 import Environment, FileSystemLoader, pass_context
from jinja2.runtime import Context
from markupsafe import Markup, escape

from balise.template_code import PlainCalls, TemplateCode, quick_escapes


@pytest.fixture(autouse=True)
def _python_keeps_code(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    monkeypatch.setattr(sys, "pycache_prefix", None)


def draw(folder: Path) -> str:
    loader = FileSystemLoader(folder)
    return Environment(loader=loader, bytecode_cache=TemplateCode(folder)).get_template("page.html").render(name="x")


def kept(folder: Path) -> list[Path]:
    return sorted((folder / "__pycache__").iterdir())


def test_a_template_is_compiled_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "page.html").write_text("Hello {{ name }}", "utf-8")
    assert draw(tmp_path) == "Hello x"
    assert len(kept(tmp_path)) == 1

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("compiled again")

    monkeypatch.setattr(Environment, "compile", refuse)
    assert draw(tmp_path) == "Hello x"


def test_an_edited_template_is_compiled_again_in_the_place_of_the_old_one(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text("Hello {{ name }}", "utf-8")
    draw(tmp_path)
    page.write_text("Good night {{ name }}", "utf-8")
    assert draw(tmp_path) == "Good night x"
    assert len(kept(tmp_path)) == 1


@pytest.mark.parametrize("size", [0, 3, 30, 120])
def test_a_damaged_file_is_made_again(tmp_path: Path, size: int) -> None:
    (tmp_path / "page.html").write_text("Hello {{ name }}", "utf-8")
    draw(tmp_path)
    (path,) = kept(tmp_path)
    whole = path.read_bytes()
    path.write_bytes(whole[:size])
    assert draw(tmp_path) == "Hello x"
    assert path.read_bytes() == whole


def test_nothing_is_kept_where_python_keeps_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    (tmp_path / "page.html").write_text("Hello {{ name }}", "utf-8")
    assert draw(tmp_path) == "Hello x"
    assert not (tmp_path / "__pycache__").exists()


def test_a_folder_that_cannot_hold_it_is_no_fault(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text("Hello {{ name }}", "utf-8")
    (tmp_path / "__pycache__").write_text("in the way", "utf-8")
    assert draw(tmp_path) == "Hello x"


def test_python_s_own_place_for_compiled_code_is_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "pycache_prefix", str(tmp_path / "elsewhere"))
    folder = tmp_path / "theme"
    folder.mkdir()
    (folder / "page.html").write_text("Hello {{ name }}", "utf-8")
    TemplateCode(folder).folder.mkdir(parents=True)
    assert draw(folder) == "Hello x"
    assert not (folder / "__pycache__").exists()
    assert len(list((tmp_path / "elsewhere").rglob("*.pyc"))) == 1


def test_what_is_called_plainly_is_called_as_jinja_would() -> None:
    @pass_context
    def seen(context: Context, word: str) -> str:
        return f"{word}:{context.get('item', 'none')}"

    class Callable:
        def __call__(self, word: str) -> str:
            return f"<{word}>"

    words = {
        "seen": seen,
        "plain": lambda *given, **named: f"{given}{named}",
        "bound": "abc".upper,
        "method": Callable().__call__,
        "object": Callable(),
        "kind": int,
    }
    text = (
        "{% macro twice(word) %}{{ word }}{{ word }}{% endmacro %}"
        "{% for item in (1, 2) %}{{ seen('a') }}{{ plain(item, key=2) }}{{ bound() }}{{ method('m') }}{{ object('o') }}"
        "{{ kind('7') }}{{ twice(item) }}{{ caller is defined }}{% endfor %}"
        "{% block inner %}{{ seen('b') }}{{ plain(1) }}{% endblock %}"
    )
    usual, ours = Environment(), Environment()
    ours.context_class = PlainCalls
    assert ours.from_string(text).render(words) == usual.from_string(text).render(words)
    assert "a:none(2,){'key': 2}ABC<m><o>722" in ours.from_string(text).render(words)


@pytest.mark.parametrize("value", ["plain é", "a & b", "<i> \"q\" 'a'", Markup("<b>&amp;</b>"), 3, None, ["<i>"]])
def test_what_a_template_puts_down_is_what_markupsafe_makes_of_it(value: object) -> None:
    environment = Environment(autoescape=True)
    template = quick_escapes(environment.from_string("{{ value }}|{% set x %}{{ value }}{% endset %}{{ x }}"))
    assert template.render(value=value) == f"{escape(value)}|{escape(value)}"


def test_html_that_only_claims_to_be_text_is_asked_for_its_own_form() -> None:
    class Page:
        def __html__(self) -> str:
            return "<p>"

    class Word(str):
        """A text of a kind of its own."""

    environment = Environment(autoescape=True)
    template = quick_escapes(environment.from_string("{{ page }}{{ word }}"))
    assert template.render(page=Page(), word=Word("<i>")) == "<p>&lt;i&gt;"
