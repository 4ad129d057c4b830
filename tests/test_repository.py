"""Promises about the repository itself: sizes, docstrings, imports, generated pages, what the README says."""

from __future__ import annotations

import ast
import importlib.util
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from balise.cli import COMMANDS
from balise.components import THEME

ROOT = Path(__file__).parents[1]
SOURCES = sorted((ROOT / "src").rglob("*.py"))
TESTS = sorted((ROOT / "tests").rglob("*.py"))


def lines(paths: list[Path]) -> int:
    return sum(path.read_text("utf-8").count("\n") for path in paths)


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def test_tests_are_between_1_and_1_8_times_the_code() -> None:
    assert 1.0 <= lines(TESTS) / lines(SOURCES) <= 1.8


def test_no_module_is_longer_than_500_lines() -> None:
    assert [path.name for path in SOURCES if lines([path]) > 500] == []


def test_no_function_is_longer_than_60_lines() -> None:
    long = [
        f"{path.name}:{function.name}"
        for path in SOURCES
        for function in functions(path)
        if (function.end_lineno or 0) - function.lineno + 1 > 60
    ]
    assert long == []


def test_every_module_says_what_lives_there() -> None:
    silent = [path.name for path in SOURCES if not ast.get_docstring(ast.parse(path.read_text("utf-8")))]
    assert silent == []


def test_only_the_host_imports_mkdocs() -> None:
    importers = {
        path.parent.name
        for path in SOURCES
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if (isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "mkdocs")
        or (isinstance(node, ast.Import) and any(alias.name.split(".")[0] == "mkdocs" for alias in node.names))
    }
    assert importers == {"host"}


@pytest.mark.parametrize(
    "word", ["innerHTML", "eval(", "document.cookie", "localStorage", "sessionStorage", "history."]
)
def test_no_script_of_the_theme_does_what_a_page_must_not(word: str) -> None:
    assert [path for path in THEME.rglob("*.js") if word in path.read_text("utf-8")] == []


def test_only_the_search_and_the_worker_ask_for_a_file() -> None:
    own = (path for path in THEME.rglob("*.js") if path.parent.name != "vendor")
    assert sorted(path.name for path in own if "fetch(" in path.read_text("utf-8")) == ["box.js", "worker.js"]


def test_no_template_of_the_theme_turns_escaping_off() -> None:
    assert [
        path for path in THEME.rglob("*.html") if re.search(r"\|\s*safe\b|autoescape", path.read_text("utf-8"))
    ] == []


def test_every_string_of_the_theme_is_translated() -> None:
    from babel.messages.extract import extract_from_dir

    from balise.project import load_theme_catalogues

    found: set[str] = set()
    methods = [
        ("**.py", "python"),
        ("theme/**.html", "jinja2.ext:babel_extract"),
        ("theme/guides/**.md", "jinja2.ext:babel_extract"),
    ]
    for _, _, message, _, _ in extract_from_dir(
        ROOT / "src" / "balise",
        methods,
        {"theme/guides/**.md": {"comment_start_string": "{##", "comment_end_string": "##}"}},
        {"gettext": None, "_": None, "ngettext": (1, 2)},
    ):
        found.add(message if isinstance(message, str) else message[0])
    assert len(found) > 60
    for tag, catalogue in load_theme_catalogues(("fr", "nl")).items():
        known = {
            entry.source
            for entry in catalogue.entries
            if (entry.translation or all(entry.translations)) and not entry.fuzzy
        }
        assert sorted(found - known) == [], tag
        assert sorted(known - found) == [], f"{tag}: nobody asks for these"


def generator() -> ModuleType:
    spec = importlib.util.spec_from_file_location("generate", ROOT / "docs" / "generate.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules["generate"] = module
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("name", ["cli.md", "components.md", "formats.md", "hosting.md", "rules.md"])
def test_the_generated_manual_is_up_to_date(name: str) -> None:
    assert (ROOT / "docs" / name).read_text("utf-8") == generator().PAGES[name]()


def test_every_command_has_examples_in_its_help() -> None:
    import importlib

    for module in COMMANDS.values():
        command = importlib.import_module(module).command
        assert "Examples:" in (command.epilog or ""), module


def test_the_readme_names_files_that_exist() -> None:
    text = (ROOT / "README.md").read_text("utf-8")
    targets = re.findall(r"\]\(([^)#:]+)\)", text)
    assert len(targets) > 6
    assert [target for target in targets if not (ROOT / target).exists()] == []


def test_the_readme_counts_the_pages_right() -> None:
    pages = len([path for path in (ROOT / "content").rglob("*.md") if len(path.suffixes) == 1])
    assert f"{pages} pages" in (ROOT / "README.md").read_text("utf-8")


def test_the_licences_are_there() -> None:
    assert "Apache License" in (ROOT / "LICENSE").read_text("utf-8")
    assert "Creative Commons Attribution 4.0" in (ROOT / "LICENSE-CONTENT").read_text("utf-8")
