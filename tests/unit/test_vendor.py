"""The code and the typeface of others are as they were published, and come with their licences."""

from __future__ import annotations

import hashlib

import pytest

from balise.components import THEME

VENDORED = {
    "atkinson-latin-ext-italic.woff2": "c0c8da569118e5b2c17032c4f1d0e293271e478fb50d869aefd08fcffdf2042b",
    "atkinson-latin-ext.woff2": "7dae0c6c66af1aec82e096186aeb1f0e6fa36ab8061ed65422f2b7daf4dd93f3",
    "atkinson-latin-italic.woff2": "4a5037bfaf6680f40147407407ec09fa42925774bde809a579283d27f9f08106",
    "atkinson-latin.woff2": "18b2a1a39a2fa298b0ba5390aca68462669826c90925656f1c1f6796e0e1bbaf",
    "atkinson-spaces-italic.woff2": "bcf7e29b1670aac5b9e28a31699e61a9232dcb715ba02b54192d9a5f0722acf6",
    "atkinson-spaces.woff2": "8aba47928861417dbe58754610f4924332130dcdf0eae1a8b9384c1343882a9a",
    "minisearch.js": "91595152f24044371438926442dff64cc257ef207d36b51dafc62b771f334ad5",
    "snowball-en.js": "68cf3fafc66c4d360f6fe59f4d128fb99f1aa22fcead73c562771486fee321a5",
    "snowball-fr.js": "f534fa1afb5939c9378cf8e9e41ebd39bccef4d0790608f1b9ac0ac007373add",
    "snowball-nl.js": "265f0062f521030c0a81204445a7ae382b3ff5e90d571e14ce2b023a97efb511",
}
LICENCES = {"README.md", "atkinson.LICENSE", "minisearch.LICENSE", "snowball.LICENSE"}


@pytest.mark.parametrize(("name", "digest"), VENDORED.items(), ids=VENDORED)
def test_the_work_of_others_is_as_it_was_published(name: str, digest: str) -> None:
    assert hashlib.sha256((THEME / "vendor" / name).read_bytes()).hexdigest() == digest


def test_all_work_of_others_is_known_and_comes_with_its_licence() -> None:
    assert {path.name for path in (THEME / "vendor").iterdir()} == {*VENDORED, *LICENCES}


def test_the_typeface_names_its_authors_and_its_licence() -> None:
    text = (THEME / "vendor" / "atkinson.LICENSE").read_text("utf-8")
    assert "The Atkinson Hyperlegible Next Project Authors" in text
    assert "SIL OPEN FONT LICENSE Version 1.1" in text
    assert "Reserved Font Name" not in text.split("PREAMBLE")[0]
