"""What is not translated, or not any more, weighs by where it stands: more where readers learn what to do now."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from balise.catalogues import State
from balise.lint.rules import translation_differs, translation_missing, translation_stale
from balise.lint.sheet import Passage
from balise.problems import Location, Severity
from support.passages import paragraph, sheet_of
from support.projects import load
from support.topics import HEAD, PATH

STALE = {"source": "Do not pay.", "previous": "Pay.", "state": State.STALE}


@pytest.mark.parametrize("critical, severity", [(True, Severity.WARNING), (False, Severity.ADVICE)])
def test_a_stale_text_weighs_more_in_a_critical_section(critical: bool, severity: Severity) -> None:
    sheet = sheet_of("nl", paragraph("Betaal.", critical=critical, **STALE))

    (found,) = translation_stale.check(sheet, {})

    assert found.severity is severity
    assert found.message == "the Dutch text is older than its source, which changed: [-Pay.-] {+Do not pay.+}"
    assert found.hint == "mend msgstr, then delete the `#|` lines above it; if it still holds, delete the lines alone"


def test_a_long_change_is_cut() -> None:
    old, new = " ".join(f"one{number}" for number in range(60)), " ".join(f"two{number}" for number in range(60))
    sheet = sheet_of("fr", paragraph("Un.", source=new, previous=old, state=State.STALE))

    (found,) = translation_stale.check(sheet, {})

    assert found.message.endswith("…")
    assert len(found.message) == len("the French text is older than its source, which changed: ") + 160


@pytest.mark.parametrize("critical, severity", [(True, Severity.WARNING), (False, Severity.ADVICE)])
def test_a_missing_text_weighs_more_in_a_critical_section(critical: bool, severity: Severity) -> None:
    missing = paragraph("Call.", critical=critical, state=State.MISSING)

    (found,) = translation_missing.check(sheet_of("fr", "Attendez.", missing=(missing,)), {})

    assert (found.severity, found.message) == (severity, 'there is no French text for "Call."')
    assert found.place == Location("content/a.md", 7)


def test_a_refused_text_is_told_where_it_is_refused_and_not_again() -> None:
    refused = paragraph("Call.", critical=True, state=State.REFUSED)

    assert list(translation_missing.check(sheet_of("fr", "Attendez.", missing=(refused,)), {})) == []


def test_a_page_that_nobody_translated_is_told_once(tmp_path) -> None:  # type: ignore[no-untyped-def]
    page = load(tmp_path, {PATH: HEAD + "One.\n"}).pages["help/note"]
    missing = tuple(Passage(text, "paragraph", PATH, 5, state=State.MISSING) for text in ("One.", "Two."))

    (found,) = translation_missing.check(sheet_of("nl", page=page, missing=missing), {})

    assert found.message == "the page has no Dutch text: 2 are to be translated"
    assert found.severity is Severity.ADVICE
    assert found.hint == "run `balise translate update`, then translate what the catalogue leaves empty"
    assert found.place == Location(PATH, 1)


def test_bold_words_that_a_critical_text_loses_are_missed() -> None:
    lost = paragraph("Fermez la page.", critical=True, source="**Close** the page.")
    kept = paragraph("**Fermez** la page.", critical=True, source="**Close** the page.")
    elsewhere = paragraph("Fermez la page.", source="**Close** the page.")
    page = SimpleNamespace(language="en")

    (found,) = translation_differs.check(sheet_of("fr", lost, kept, elsewhere, page=page), {})

    assert (found.passage, found.message) == (lost, "the source has words in bold, the translation has none")
    assert found.hint == "put the same words between ** and **"


def test_a_stale_translation_is_compared_with_the_text_it_was_made_from() -> None:
    stale = paragraph("Payez.", source="Do not pay.", previous="Pay.", state=State.STALE)

    assert list(translation_differs.check(sheet_of("fr", stale, page=SimpleNamespace(language="en")), {})) == []
