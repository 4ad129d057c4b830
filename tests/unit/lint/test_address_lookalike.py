"""Addresses of records that could be taken for others, and what counts as near."""

from __future__ import annotations

from pathlib import Path

import pytest

from balise.lint.addresses import near_host, odd_address
from support.gate_cases import reference_project
from support.gate_wholes import problems_of, whole_problems
from support.projects import write_project

RULE = "address-lookalike"
KNOWN = ("childfocus.be", "1712.be", "projectarachnid.ca")


@pytest.mark.parametrize(
    "name, near",
    [
        ("childfocus.be", ""),
        ("childfocu.be", "childfocus.be"),
        ("childfocuss.be", "childfocus.be"),
        ("childfoucs.be", "childfocus.be"),
        ("chi1dfocus.be", "childfocus.be"),
        ("childf0cus.be", "childfocus.be"),
        ("childfocus.bf", "childfocus.be"),
        ("112.be", ""),
        ("wikipedia.org", ""),
    ],
)
def test_one_letter_off_is_near(name: str, near: str) -> None:
    assert near_host(name, KNOWN) == near


@pytest.mark.parametrize(
    "address, words",
    [
        ("https://example.org/é", ""),
        ("info@example.org", ""),
        ("https://a@example.org/", 'hides its real host, "example.org", behind an @'),
        ("https://exam\u0440le.org/", "has U+0440 (cyrillic small letter er) in its host"),
        ("https://xn--exmple-cua.org/", "has a coded host (xn--)"),
        ("info@xn--exmple-cua.org", "has a coded host (xn--)"),
        ("inf\u043e@example.org", "holds U+043E (cyrillic small letter o)"),
    ],
)
def test_what_is_odd_about_an_address(address: str, words: str) -> None:
    assert odd_address(address) == words


def test_a_records_host_is_held_against_its_sources(tmp_path: Path) -> None:
    write_project(tmp_path)
    path = tmp_path / "content/data/channels.yml"
    text = path.read_text("utf-8").replace("https://line.example/", "https://listenlime.example/")
    path.write_text(text.replace("https://example.org/line", "https://listenline.example/about"), "utf-8")
    found = whole_problems(tmp_path, RULE)
    message = 'the host "listenlime.example" of "be-line" is almost "listenline.example", which other records name'
    assert [one.message for one in found] == [message]


def test_the_hosts_of_the_reference_site_are_well_apart() -> None:
    assert problems_of(reference_project(), RULE) == []
