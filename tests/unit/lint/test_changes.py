"""A change of a source text is cosmetic, minor or substantive by what it says, not by how many letters it has."""

from __future__ import annotations

import pytest

from balise.lint.changes import Change, classify_change

CASES = {
    "markup": ("Note the address.", "Note the **address**.", Change.COSMETIC),
    "a link's target": ("See [this](a.md).", "See [this](b.md).", Change.COSMETIC),
    "a link added": ("See this page.", "See [this page](b.md).", Change.COSMETIC),
    "a comma": ("First call then wait.", "First call, then wait.", Change.COSMETIC),
    "capitals": ("The Police come.", "The police come.", Change.COSMETIC),
    "dashes and dots": ("Wait - then call...", "Wait – then call…", Change.COSMETIC),
    "an accent": ("Etat", "État", Change.COSMETIC),
    "a word": ("Tell an adult you trust.", "Tell an adult you know.", Change.MINOR),
    "a typing error": ("Tell an aduld you trust.", "Tell an adult you trust.", Change.MINOR),
    "two words of many": ("It may take a few days to hear.", "It will take some days to hear.", Change.SUBSTANTIVE),
    "one word of two": ("Call now.", "Wait now.", Change.SUBSTANTIVE),
    "a negation": ("You have to pay for this today.", "You do not have to pay for this today.", Change.SUBSTANTIVE),
    "only": ("You can tell your school about it.", "You can only tell your school about it.", Change.SUBSTANTIVE),
    "a number": ("Wait 24 hours for an answer.", "Wait 48 hours for an answer.", Change.SUBSTANTIVE),
    "a call": ('Call {{ phone("a") }} at once.', 'Call {{ phone("b") }} at once.', Change.SUBSTANTIVE),
    "a call's spaces": ('Call {{ phone("a") }} at once.', 'Call {{phone("a")}} at once.', Change.COSMETIC),
    "a new sentence": ("Close the page.", "Close the page. Note the address.", Change.SUBSTANTIVE),
    "a French negation": ("Réponds au message.", "Ne réponds pas au message.", Change.SUBSTANTIVE),
}


@pytest.mark.parametrize("before, after, change", CASES.values(), ids=CASES)
def test_a_change_is_classified(before: str, after: str, change: Change) -> None:
    assert classify_change(before, after) is change
