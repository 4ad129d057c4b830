"""Authors' files: really UTF-8, never through a link, YAML with every scalar as it was typed and in its place."""

from __future__ import annotations

import errno
import os
import re
import socket
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from balise import source
from balise.errors import ProjectError
from balise.problems import Location, Problem
from balise.source import SourceProblem, load_yaml, parse_yaml, read_text, relative_posix, walk_files

SAVE = "save the file as UTF-8"
REMOVE = "remove it, or put a space or an ordinary line break in its place"
LOOK = "check indentation, colons and quotes on this line and the one before"
COLON = 'a text that holds a colon needs double quotes: title: "Two words: and more"'
QUOTE = "a text that begins with a quote mark must end with one; put double quotes round it"
INDENT = "indent with spaces, not tabs; put a text that begins with a sign into double quotes"
COPY = "copy the file into the project; links are never followed"


def write(folder: Path, data: bytes, name: str = "page.md") -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


def refusal(call: Any, *arguments: Any) -> str:
    """Return the one problem a call is refused with, as the terminal shows it, without the fix's indent."""
    with pytest.raises(SourceProblem) as refused:
        call(*arguments)
    assert str(refused.value) == str(refused.value.problem)
    return str(refused.value.problem).replace("\n    fix:", " | fix:")


def test_ordinary_text_is_read_as_it_stands(tmp_path: Path) -> None:
    text = "# Où signaler ?\n\nBel 116 000 – dag & nacht. 👪\n"
    assert read_text(write(tmp_path, text.encode()), tmp_path) == text


@pytest.mark.parametrize(
    "data",
    [
        b"\xef\xbb\xbfa\nb\n",
        b"a\r\nb\r\n",
        b"a\rb\r",
        b"\xef\xbb\xbfa\r\nb\r",
        b"a\nb\r\n",
    ],
    ids=["byte order mark", "CRLF", "lone CR", "all at once", "mixed"],
)
def test_byte_order_marks_and_line_ends_of_other_systems_give_the_same_text(tmp_path: Path, data: bytes) -> None:
    assert read_text(write(tmp_path, data), tmp_path) == "a\nb\n"


def test_an_empty_file_is_empty_text(tmp_path: Path) -> None:
    assert read_text(write(tmp_path, b""), tmp_path) == ""


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        (b"ok\nna\xefve\n", f":2:3: error: byte 0xef is not valid UTF-8 [encoding] | fix: {SAVE}"),
        (b"\xef\xbb\xbfab\xff", f":1:3: error: byte 0xff is not valid UTF-8 [encoding] | fix: {SAVE}"),
        (b"a\r\nb\rc\xff", f":3:2: error: byte 0xff is not valid UTF-8 [encoding] | fix: {SAVE}"),
        ("où\n".encode() + b"\xc3", f":2:1: error: byte 0xc3 is not valid UTF-8 [encoding] | fix: {SAVE}"),
        ("où ".encode() + b"\xe2\x82", f":1:4: error: byte 0xe2 is not valid UTF-8 [encoding] | fix: {SAVE}"),
        (b"\xed\xa0\x80", f":1:1: error: byte 0xed is not valid UTF-8 [encoding] | fix: {SAVE}"),
        ("a".encode("utf-16"), ":1:1: error: the file is UTF-16 [encoding] | fix: save it as UTF-8"),
        (b"\xfe\xff\0a", ":1:1: error: the file is UTF-16 [encoding] | fix: save it as UTF-8"),
        (
            "ab".encode("utf-16-le"),
            f":1:2: error: the file holds the control character U+0000 [encoding] | fix: {REMOVE}",
        ),
        (b"a\nb\0", f":2:2: error: the file holds the control character U+0000 [encoding] | fix: {REMOVE}"),
        ("a\x85b".encode(), f":1:2: error: the file holds the control character U+0085 [encoding] | fix: {REMOVE}"),
        ("a\u2028b".encode(), f":1:2: error: the file holds the control character U+2028 [encoding] | fix: {REMOVE}"),
        (b"a\x1b[2J", f":1:2: error: the file holds the control character U+001B [encoding] | fix: {REMOVE}"),
    ],
    ids=[
        "Latin-1",
        "after a byte order mark",
        "after CR and CRLF",
        "cut short",
        "cut short in a euro sign",
        "half a surrogate pair",
        "UTF-16 little-endian",
        "UTF-16 big-endian",
        "UTF-16 without mark",
        "NUL",
        "NEL",
        "line separator",
        "terminal escape",
    ],
)
def test_bytes_that_are_not_plain_utf8_are_named_with_their_place(tmp_path: Path, data: bytes, fault: str) -> None:
    assert refusal(read_text, write(tmp_path, data), tmp_path) == f"page.md{fault}"


def test_a_file_over_the_limit_is_refused_with_the_limit(tmp_path: Path) -> None:
    path = write(tmp_path, b"x" * (source.MAX_PAGE_BYTES + 1))
    assert refusal(read_text, path, tmp_path) == (
        "page.md: error: is larger than 524,288 bytes [too-large] | fix: split the file"
    )


def test_a_file_at_the_limit_is_read(tmp_path: Path) -> None:
    assert len(read_text(write(tmp_path, b"x" * source.MAX_PAGE_BYTES), tmp_path)) == 524_288


@pytest.mark.parametrize("target", ["real.md", "/etc/hostname", "/proc/self/environ", "nowhere.md", "page.md", ".."])
def test_a_link_is_refused_by_name_wherever_it_leads(tmp_path: Path, target: str) -> None:
    write(tmp_path, b"secret", "real.md")
    (tmp_path / "page.md").symlink_to(target)
    assert refusal(read_text, tmp_path / "page.md", tmp_path) == (
        f'page.md: error: is a symbolic link to "{target}" [symlink] | fix: {COPY}'
    )


def test_a_file_below_a_linked_folder_is_refused_by_the_links_name(tmp_path: Path) -> None:
    write(tmp_path / "outside", b"secret")
    root = tmp_path / "site"
    root.mkdir()
    (root / "content").symlink_to(tmp_path / "outside")
    assert refusal(read_text, root / "content" / "page.md", root) == (
        f'content: error: is a symbolic link to "{tmp_path / "outside"}" [symlink] | fix: {COPY}'
    )


def test_a_project_may_itself_stand_below_a_link(tmp_path: Path) -> None:
    write(tmp_path / "real", b"text")
    (tmp_path / "home").symlink_to(tmp_path / "real")
    assert read_text(tmp_path / "home" / "page.md", tmp_path / "home") == "text"


def make_pipe(path: Path) -> None:
    os.mkfifo(path)


def make_folder(path: Path) -> None:
    path.mkdir()


def make_socket(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(os.path.relpath(path))


@pytest.mark.parametrize(
    ("make", "fault"),
    [
        (make_pipe, "is not a regular file [unreadable] | fix: put a regular file there"),
        (make_folder, "is not a regular file [unreadable] | fix: put a regular file there"),
        (
            make_socket,
            "cannot be read: No such device or address [unreadable] | fix: make it a regular file that you may read",
        ),
        (
            lambda path: None,
            "cannot be read: No such file or directory [unreadable] | fix: make it a regular file that you may read",
        ),
    ],
    ids=["a pipe, without waiting for a writer", "a folder", "a socket", "nothing"],
)
def test_what_is_no_file_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, make: Any, fault: str) -> None:
    monkeypatch.chdir(tmp_path)
    make(tmp_path / "page.md")
    assert refusal(read_text, tmp_path / "page.md", tmp_path) == f"page.md: error: {fault}"


def test_a_refused_folder_leaves_no_descriptor_open(tmp_path: Path) -> None:
    before = len(os.listdir("/proc/self/fd"))
    refusal(read_text, tmp_path, tmp_path)
    assert len(os.listdir("/proc/self/fd")) == before


def walk(folder: Path) -> tuple[list[str], list[str]]:
    """Return the files found below a folder and the problems met, as text."""
    problems: list[Problem] = []
    found = [path.relative_to(folder).as_posix() for path in walk_files(folder, folder, problems)]
    return found, [str(problem).replace("\n    fix:", " | fix:") for problem in problems]


def test_files_are_found_in_name_order_and_hidden_ones_left_out(tmp_path: Path) -> None:
    for name in ("b.md", "a/z.md", "a/.git/config", ".DS_Store", "a/b.md"):
        write(tmp_path, b"", name)
    assert walk(tmp_path) == (["a/b.md", "a/z.md", "b.md"], [])


def test_a_folder_that_is_not_there_holds_nothing(tmp_path: Path) -> None:
    assert list(walk_files(tmp_path / "assets", tmp_path, [])) == []


def test_links_and_pipes_in_a_folder_are_reported_and_the_rest_is_found(tmp_path: Path) -> None:
    write(tmp_path, b"", "real.md")
    (tmp_path / "dangling.md").symlink_to("nowhere")
    (tmp_path / "etc").symlink_to("/etc")
    (tmp_path / "loop").symlink_to(".")
    os.mkfifo(tmp_path / "pipe.md")
    assert walk(tmp_path) == (
        ["real.md"],
        [
            f'dangling.md: error: is a symbolic link to "nowhere" [symlink] | fix: {COPY}',
            f'etc: error: is a symbolic link to "/etc" [symlink] | fix: {COPY}',
            f'loop: error: is a symbolic link to "." [symlink] | fix: {COPY}',
            "pipe.md: error: is not a regular file [unreadable] | fix: remove it from the project",
        ],
    )


def test_a_walk_that_starts_at_a_link_finds_nothing(tmp_path: Path) -> None:
    (tmp_path / "assets").symlink_to("/etc")
    problems: list[Problem] = []
    assert list(walk_files(tmp_path / "assets", tmp_path, problems)) == []
    assert [problem.message for problem in problems] == ['is a symbolic link to "/etc"']


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        (b"caf\xe9.md", r"caf\udce9.md"),
        (b"a\nb.md", r"a\nb.md"),
        ("a\u202egpj.md".encode(), r"a\u202egpj.md"),
        (b"\x1b[31m.md", r"\x1b[31m.md"),
    ],
    ids=["Latin-1", "line break", "right-to-left override", "terminal escape"],
)
def test_a_name_that_cannot_be_shown_is_refused_and_shown_escaped(tmp_path: Path, name: bytes, shown: str) -> None:
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/" + name)).write_bytes(b"")
    assert walk(tmp_path) == (
        [],
        [f"{shown}: error: the name holds a character that cannot be shown [file-name] | fix: rename the file"],
    )


def test_a_folder_nobody_may_read_is_a_problem(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(folder: Path) -> Any:
        raise PermissionError(13, "Permission denied")

    (tmp_path / "content").mkdir()
    monkeypatch.setattr(os, "scandir", refuse)
    problems: list[Problem] = []
    assert list(walk_files(tmp_path / "content", tmp_path, problems)) == []
    assert [str(problem) for problem in problems] == [
        "content: error: cannot be read: Permission denied [unreadable]\n    fix: make it a folder that you may read"
    ]


@pytest.mark.parametrize("code", [errno.EMFILE, errno.ENFILE, errno.ENOMEM])
def test_a_system_that_opens_nothing_more_stops_the_reading(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    def refuse(*_: object, **__: object) -> Any:
        raise OSError(code, os.strerror(code))

    page = write(tmp_path, b"text", "content/page.md")
    monkeypatch.setattr(os, "scandir", refuse)
    monkeypatch.setattr(os, "open", refuse)
    advice = f"cannot be read: {os.strerror(code)}. End other programs, or raise the limit."
    with pytest.raises(ProjectError, match=re.escape(f"content {advice}")):
        list(walk_files(tmp_path / "content", tmp_path, []))
    with pytest.raises(ProjectError, match=re.escape(f"content/page.md {advice}")):
        read_text(page, tmp_path)


def test_a_path_is_named_from_the_root_with_slashes() -> None:
    assert relative_posix(Path("/a/site/content/x.md"), Path("/a/site")) == "content/x.md"


def test_a_path_outside_the_root_shows_nothing_of_the_machine() -> None:
    assert relative_posix(Path("/home/anna/secret/x.md"), Path("/a/site")) == "x.md"


CONTACTS = (
    "0471234567",
    "0032471234567",
    "116000",
    "116 000",
    "1_1_6",
    "112.",
    "+32 2 475 44 99",
    "0x1F",
    "0o17",
    "1e3",
    "017",
    "17:30",
    "24:00",
    "1:2:3",
    "NO",
    "no",
    "yes",
    "on",
    "~",
    "null",
    "2026-11-21",
    "2026-11-21T10:00:00Z",
    ".5",
    "1,000",
    "=",
)


def test_there_are_twenty_five_contact_strings_of_the_bar() -> None:
    assert len(set(CONTACTS)) == 25


@pytest.mark.parametrize("text", CONTACTS)
def test_a_contact_comes_back_byte_for_byte(text: str) -> None:
    assert parse_yaml(f"phone: {text}\nlist: [{text.replace(',', '')}]\n", "data.yml").value == {
        "phone": text,
        "list": [text.replace(",", "")],
    }


@pytest.mark.parametrize("text", CONTACTS)
def test_a_contact_used_as_a_key_stays_text(text: str) -> None:
    assert parse_yaml(f"{text}: x\n", "data.yml").value == {text: "x"}


def bomb(levels: int) -> str:
    lines = ["l0: &l0 [x, x, x, x, x, x, x, x, x]"]
    for level in range(1, levels):
        lines.append(f"l{level}: &l{level} [{', '.join([f'*l{level - 1}'] * 9)}]")
    return "\n".join(lines)


DEEP = "is nested deeper than 32 levels [yaml-depth] | fix: flatten it"
BOMBS = {
    "nine levels of nine aliases": (bomb(9), ":1:5: error: anchor &l0 is not allowed [yaml-alias] | fix: remove it"),
    "an alias to nothing": ("a: *b", ":1:4: error: alias *b is not allowed [yaml-alias] | fix: write the value out"),
    "an alias to itself": ("a: &a [*a]", ":1:4: error: anchor &a is not allowed [yaml-alias] | fix: remove it"),
    "an anchor on a key": ("&k a: b", ":1:1: error: anchor &k is not allowed [yaml-alias] | fix: remove it"),
    "a chain of merge keys": (
        "a: {x: y}\nb:\n  <<: {a: b}\n",
        ":3:3: error: merge key << is not allowed [yaml-alias] | fix: write the values out",
    ),
    "a merge key in quotes": (
        '"<<": {a: b}',
        ":1:1: error: merge key << is not allowed [yaml-alias] | fix: write the values out",
    ),
    "twenty thousand brackets": ("[" * 20_000, f":1:33: error: {DEEP}"),
    "twenty thousand braces": ("{a: " * 20_000, f":1:129: error: {DEEP}"),
    "twenty thousand dashes": ("- " * 20_000, f":1:65: error: {DEEP}"),
    "twenty thousand question marks": ("? " * 20_000, f":1:65: error: {DEEP}"),
    "a number of a million digits": (
        "a: 0x" + "f" * 1_000_000,
        ": error: is larger than 1,000,000 bytes [too-large] | fix: split the file",
    ),
    "five megabytes, flat": (
        "- a\n" * 1_250_000,
        ": error: is larger than 1,000,000 bytes [too-large] | fix: split the file",
    ),
    "a tag that runs code": (
        "a: !!python/object/apply:os.system [id]",
        ":1:4: error: tag tag:yaml.org,2002:python/object/apply:os.system is not allowed [yaml-tag] | fix: remove it",
    ),
    "a tag that makes a number": (
        "a: !!int 0471",
        ":1:4: error: tag tag:yaml.org,2002:int is not allowed [yaml-tag] | fix: remove it",
    ),
    "a tag of one's own": ("a: !env HOME", ":1:4: error: tag !env is not allowed [yaml-tag] | fix: remove it"),
}


@pytest.mark.parametrize(("text", "fault"), BOMBS.values(), ids=BOMBS)
def test_a_yaml_bomb_is_refused_before_it_is_built(text: str, fault: str) -> None:
    assert refusal(parse_yaml, text, "data.yml") == f"data.yml{fault}"


def test_a_large_yaml_file_is_refused_before_it_is_read_whole(tmp_path: Path) -> None:
    path = write(tmp_path, b"- a\n" * 300_000, "data.yml")
    assert refusal(load_yaml, path, tmp_path) == (
        "data.yml: error: is larger than 1,000,000 bytes [too-large] | fix: split the file"
    )


def test_thirty_two_levels_are_read() -> None:
    value = parse_yaml("[" * 32 + "]" * 32, "data.yml").value
    for _ in range(31):
        [value] = value
    assert value == []


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (
            "a: b\nc: d\na: e\n",
            ':3:1: error: key "a" stands twice [yaml-duplicate] | fix: keep one of the two; the first is on line 1',
        ),
        (
            "x:\n  - {a: b, 'a': c}\n",
            ':2:12: error: key "a" stands twice [yaml-duplicate] | fix: keep one of the two; the first is on line 2',
        ),
        ("? [a]\n: b", ":1:3: error: a key must be plain text [yaml-key] | fix: write a word before the colon"),
        (
            "? {a: b, a: c}\n: b\n? ",
            ":1:3: error: a key must be plain text [yaml-key] | fix: write a word before the colon",
        ),
        (
            "a: b\na: c\nd: [e\n",
            f":3:4: error: the YAML is broken: did not find expected ',' or ']' [yaml-syntax] | fix: {LOOK}",
        ),
        ("a: b\na: &c d\n", ":2:4: error: anchor &c is not allowed [yaml-alias] | fix: remove it"),
        ("a: b\n---\nc: &d e\n", ":3:4: error: anchor &d is not allowed [yaml-alias] | fix: remove it"),
        ("[" * 32 + "&a []", ":1:33: error: is nested deeper than 32 levels [yaml-depth] | fix: flatten it"),
        (
            "a: où: b",
            f":1:6: error: the YAML is broken: mapping values are not allowed in this context [yaml-syntax] | fix: {COLON}",
        ),
        (
            "a: 'b\nc: d\n",
            f":1:4: error: the YAML is broken: found unexpected end of stream [yaml-syntax] | fix: {QUOTE}",
        ),
        (
            "a:\n\tb: c\n",
            ":2:1: error: the YAML is broken: found character that cannot start any token [yaml-syntax]"
            f" | fix: {INDENT}",
        ),
        (
            "a: @b\n",
            ":1:4: error: the YAML is broken: found character that cannot start any token [yaml-syntax]"
            f" | fix: {INDENT}",
        ),
        (
            "a: b\n\tc: d\n",
            f":2:1: error: the YAML is broken: found a tab character that violates indentation [yaml-syntax] | fix: {LOOK}",
        ),
        (
            "a: [b, c\n",
            f":1:4: error: the YAML is broken: did not find expected ',' or ']' [yaml-syntax] | fix: {LOOK}",
        ),
        (
            "a:\n  - [\n\n",
            f":2:6: error: the YAML is broken: did not find expected node content [yaml-syntax] | fix: {LOOK}",
        ),
        (
            "a: 1\n---\nb: 2\n",
            ":2:1: error: the YAML is broken: expected a single document in the stream, but found another document"
            f" [yaml-syntax] | fix: {LOOK}",
        ),
        (
            "a: \x01",
            ":1:1: error: the YAML is broken: unacceptable character #x0001: control characters are not allowed"
            " [yaml-syntax] | fix: remove it",
        ),
    ],
    ids=[
        "a key twice",
        "a key twice on one line",
        "a list as key",
        "a mapping with its own faults as key",
        "broken syntax below a key twice",
        "an anchor below a key twice",
        "an anchor in a second document",
        "an anchor one level too deep",
        "two colons",
        "an open quote",
        "a tab as indentation",
        "a text that begins with a sign",
        "a tab after a text",
        "a bracket left open",
        "a bracket before the end",
        "two documents",
        "a control character",
    ],
)
def test_broken_yaml_is_named_with_its_place(text: str, fault: str) -> None:
    assert refusal(parse_yaml, text, "data.yml") == f"data.yml{fault}"


def test_front_matter_counts_lines_from_its_place_in_the_file() -> None:
    assert refusal(parse_yaml, "a: b\na: c\n", "page.md", 2) == (
        'page.md:3:1: error: key "a" stands twice [yaml-duplicate] | fix: keep one of the two; the first is on line 2'
    )


@pytest.mark.parametrize("text", ["", "\n", "# only a comment\n", "---\n"])
def test_yaml_that_says_nothing_has_no_keys_or_one_empty_text(text: str) -> None:
    assert parse_yaml(text, "data.yml").value in ({}, "")


def test_every_value_knows_its_line_and_column_in_characters() -> None:
    document = parse_yaml('où: {é: x, "ç": [a, "bé", c]}\nnext:\n  - id: one\n', "data.yml", 5)
    assert [str(document.location(*at)) for at in [("où",), ("où", "ç", 2), ("next", 0, "id"), ()]] == [
        "data.yml:5:5",
        "data.yml:5:27",
        "data.yml:7:9",
        "data.yml:5:1",
    ]


def test_every_key_knows_its_own_line_and_column_beside_its_values() -> None:
    document = parse_yaml("page: {où: [x], shrt: Found}\nlist:\n  - id:\n      one\n", "data.yml", 5)
    assert [
        (document.key_location(*at), document.location(*at)) for at in [("page", "shrt"), ("list",), ("list", 0, "id")]
    ] == [
        (Location("data.yml", 5, 17), Location("data.yml", 5, 23)),
        (Location("data.yml", 6, 1), Location("data.yml", 7, 3)),
        (Location("data.yml", 7, 5), Location("data.yml", 8, 7)),
    ]


def test_what_has_no_key_is_placed_by_its_value() -> None:
    document = parse_yaml("list:\n  - a\n  - b\n", "data.yml")
    assert document.key_location("list", 1) == document.location("list", 1) == Location("data.yml", 3, 5)
    assert document.key_location("gone") == Location("data.yml", 1, 1)


def test_a_value_that_is_not_there_is_placed_where_it_would_stand() -> None:
    document = parse_yaml("a:\n  b: c\n", "data.yml")
    assert document.location("a", "x", 0) == Location("data.yml", 2, 3)


def test_the_pure_reader_gives_what_the_quick_one_gives(monkeypatch: pytest.MonkeyPatch) -> None:
    import yaml

    text = "phone: 0471234567\nhours: {start: 17:30}\nlist:\n  - NO\n"
    quick = parse_yaml(text, "data.yml")
    monkeypatch.delattr(yaml, "CBaseLoader")
    assert parse_yaml(text, "data.yml") == quick


@given(
    st.dictionaries(st.text("abcé-", min_size=1), st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"])))
)
@settings(max_examples=60)
def test_any_text_in_single_quotes_comes_back_as_it_was(pairs: dict[str, str]) -> None:
    quoted = "".join(f"'{key}': '{value.replace(chr(39), chr(39) * 2)}'\n" for key, value in pairs.items())
    assert parse_yaml(quoted, "data.yml").value == pairs


@given(st.text(st.sampled_from("ab:-[]{}&*!|>'\"#%@`?,~ \n\t\\é"), max_size=60))
@settings(max_examples=150)
def test_any_text_is_read_or_refused_with_a_place_and_never_crashes(text: str) -> None:
    line = 1
    try:
        parse_yaml(text, "data.yml")
    except SourceProblem as refused:
        line = refused.problem.location.line
    assert line in range(1, text.count("\n") + 2)
