"""Writing confirmations into data files: only these lines change, whatever the file looks like."""

from __future__ import annotations

from pathlib import Path

import pytest

from balise.errors import ProjectError
from balise.facts.editing import Confirmation, confirm_text, write_confirmations
from balise.source import parse_yaml

PLAIN = """\
# Places. Keep this line.
channels:
  - id: one   # the first
    name: 'It''s "one": a {brace}'
    expires: "2027-05-21"  # half a year
    assembled: "2026-11-21"
    # what was read
    sources: [{url: "https://example.org/a#b"}]

  - id: two
    checked: {on: "2026-01-01", by: editor}   # by phone
    expires: 2027-05-21
    assembled: "2026-11-21"
"""


def confirmed(text: str, *found: Confirmation) -> str:
    return confirm_text(text, parse_yaml(text.replace("\r\n", "\n").replace("\r", "\n"), "channels.yml"), found)


def one(name: str = "one", **dates: str) -> Confirmation:
    return Confirmation("channels", name, "2027-03-03", "police-liaison", dates)


def test_a_record_gets_its_check_before_the_day_it_was_assembled() -> None:
    after = confirmed(PLAIN, one())
    line = '    checked: {on: "2027-03-03", by: police-liaison}\n'
    assert after == PLAIN.replace(
        '    assembled: "2026-11-21"\n    # what', line + '    assembled: "2026-11-21"\n    # what'
    )


def test_a_check_that_is_there_is_renewed_and_its_comment_stays() -> None:
    after = confirmed(PLAIN, one("two", expires="2027-09-03"))
    assert '    checked: {on: "2027-03-03", by: police-liaison}   # by phone\n    expires: "2027-09-03"\n' in after
    assert after.count("2027-05-21") == 1


def test_a_comment_behind_a_date_stays() -> None:
    assert '    expires: "2027-09-03"  # half a year\n' in confirmed(PLAIN, one(expires="2027-09-03"))


def test_several_records_are_written_at_once() -> None:
    after = confirmed(PLAIN, one(), one("two"))
    assert after.count('{on: "2027-03-03", by: police-liaison}') == 2


@pytest.mark.parametrize("end", ["\r\n", "\r"])
def test_line_ends_stay(end: str) -> None:
    after = confirmed(PLAIN.replace("\n", end), one(expires="2027-09-03"), one("two"))
    assert after == confirmed(PLAIN, one(expires="2027-09-03"), one("two")).replace("\n", end)


@pytest.mark.parametrize(
    "text",
    [
        'channels:\n  - assembled: "2026-11-21"\n    id: one\n    expires: "2027-05-21"\n',
        'channels: [{id: one, expires: "2027-05-21", assembled: "2026-11-21"}]\n',
        'channels:\n- id: one\n  checked:\n    on: "2026-01-01"\n    by: editor # role\n  expires: 2027-05-21\n  assembled: 2026-11-21',
    ],
    ids=["behind the dash", "in braces", "check in block style, no line end"],
)  # fmt: skip
def test_other_layouts_are_written_too(text: str) -> None:
    value = parse_yaml(confirmed(text, one(expires="2027-09-03")), "channels.yml").value
    record = value["channels"][0]
    assert record == {
        "id": "one",
        "checked": {"on": "2027-03-03", "by": "police-liaison"},
        "expires": "2027-09-03",
        "assembled": "2026-11-21",
    }


def test_a_record_that_is_not_there_is_refused() -> None:
    with pytest.raises(ProjectError, match=r'channels\.yml has no record "three" in channels'):
        confirmed(PLAIN, one("three"))


def test_a_byte_order_mark_stays_and_no_other_file_is_left(tmp_path: Path) -> None:
    data = tmp_path / "data"
    data.mkdir()
    (data / "channels.yml").write_bytes(b"\xef\xbb\xbf" + PLAIN.replace("\n", "\r\n").encode())
    assert write_confirmations(data, tmp_path, [one()]) == ("data/channels.yml",)
    written = (data / "channels.yml").read_bytes()
    assert written == b"\xef\xbb\xbf" + confirmed(PLAIN, one()).replace("\n", "\r\n").encode()
    assert [path.name for path in data.iterdir()] == ["channels.yml"]
