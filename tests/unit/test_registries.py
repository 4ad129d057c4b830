"""The registries of facts: read together, each fault with its place, each text for translators with its record."""

from __future__ import annotations

from pathlib import Path

import pytest

from balise.problems import Location
from balise.registries import FILES, Registries, data_schemas, load_registries
from support.projects import CHANNELS, FIGURES, write_project


def load(root: Path, channels: str | bytes | None = CHANNELS) -> tuple[Registries, list[str]]:
    write_project(root, {"content/data/channels.yml": channels})
    found, problems = load_registries(root / "content" / "data", root)
    return found, [str(problem).replace("\n    fix:", " | fix:") for problem in problems]


def test_every_record_is_found_by_its_id(tmp_path: Path) -> None:
    found, problems = load(tmp_path)
    assert (list(found.channels), list(found.figures), list(found.terms), problems) == (
        ["be-112", "fr-112", "be-line", "be-new"],
        ["reports-2023"],
        [],
        [],
    )


def test_every_record_knows_its_place(tmp_path: Path) -> None:
    found, _ = load(tmp_path)
    line = CHANNELS.count("\n", 0, CHANNELS.index("- id: be-line")) + 1
    assert found.place("be-line") == Location("content/data/channels.yml", line, 5)


def test_an_unknown_record_is_placed_in_its_file() -> None:
    assert Registries().place("be-line") == Location("content/data/channels.yml")


def test_a_text_for_translators_stands_where_its_record_stands(tmp_path: Path) -> None:
    found, _ = load(tmp_path)
    statement = FIGURES.count("\n", 0, FIGURES.index("- id")) + 1
    assert [(m.context, str(m.place)) for m in found.messages if m.text.startswith("In 2023")] == [
        ("figures.reports-2023.statement", f"content/data/figures.yml:{statement}:5")
    ]


def test_a_missing_file_is_an_empty_registry(tmp_path: Path) -> None:
    found, problems = load(tmp_path, None)
    assert (dict(found.channels), list(found.figures), problems) == ({}, ["reports-2023"], [])


@pytest.mark.parametrize(
    ("channels", "wrong"),
    [
        (
            "- id: be-112\n",
            "content/data/channels.yml: error: the file must be keys and values [data-invalid] | fix: begin with `channels:`",
        ),
        (
            b"channels: \xff",
            "content/data/channels.yml:1:11: error: byte 0xff is not valid UTF-8 [encoding] | fix: save the file as UTF-8",
        ),
        (
            "channels:\n  - id: &a be-112\n",
            "content/data/channels.yml:2:9: error: anchor &a is not allowed [yaml-alias] | fix: remove it",
        ),
        (
            "channels:\n  - {id: a, id: b}\n",
            'content/data/channels.yml:2:13: error: key "id" stands twice [yaml-duplicate] | fix: keep one of the two;'
            " the first is on line 2",
        ),
    ],
    ids=["a list", "not UTF-8", "an anchor", "a key twice"],
)
def test_a_file_that_cannot_be_read_leaves_the_others_in_place(
    tmp_path: Path, channels: str | bytes, wrong: str
) -> None:
    found, problems = load(tmp_path, channels)
    assert (problems, dict(found.channels), list(found.figures)) == ([wrong], {}, ["reports-2023"])


@pytest.mark.parametrize("kind", ["link", "folder", "dangling link"])
def test_a_data_file_that_is_no_file_is_a_problem(tmp_path: Path, kind: str) -> None:
    root = write_project(tmp_path, {"content/data/channels.yml": None})
    path = root / "content/data/channels.yml"
    if kind == "folder":
        path.mkdir()
    else:
        path.symlink_to("figures.yml" if kind == "link" else "nowhere")
    _, [problem] = load_registries(root / "content/data", root)
    assert (str(problem.location), problem.rule) == (
        "content/data/channels.yml",
        "unreadable" if kind == "folder" else "symlink",
    )


def test_an_unquoted_telephone_number_keeps_its_noughts(tmp_path: Path) -> None:
    before, mark, after = CHANNELS.partition("  - id: be-line\n")
    after = after.replace('phone: "116000"', "phone: +32471234567", 1).replace('    short: "yes"\n', "", 1)
    found, problems = load(tmp_path, before + mark + after.replace("116 000", "0471234567", 1))
    shown = found.channels["be-line"]
    assert (problems, shown.phone, shown.phone_shown) == ([], "+32471234567", "0471234567")


def test_every_data_file_has_a_schema_for_editors() -> None:
    assert [(name, schema["type"]) for name, schema in data_schemas().items()] == [(name, "object") for name in FILES]
