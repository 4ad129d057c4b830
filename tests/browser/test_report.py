"""The report for editors in a real browser: its filters, and that nothing is loaded or refused."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from support.commands import Terminal
from support.gate_projects import TERMS
from support.projects import FOUND, write_project

pytestmark = pytest.mark.browser

PAGE = "content/help/found-images.md"
PO = "locales/fr/pages/help/found-images.po"
FRENCH = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\nmsgctxt "d"\nmsgid "This is not your fault."\nmsgstr "Une prune mûre."\n'
SHOWN = "[...document.querySelectorAll('li[data-rule]')].filter(e => e.offsetParent).map(e => e.closest('section').dataset.path + ' ' + e.dataset.rule)"


@pytest.fixture
def page(browser: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Iterator[Any]:
    """A report that an editor opened from disk; `page.told` is what the browser complained of."""
    text = FOUND.replace("Close the page.", "Close\u200b the ripe plum, a sour cherry.")
    root = write_project(tmp_path / "project", {"content/data/terms.yml": TERMS, PAGE: text, PO: FRENCH})
    select = ("--select", "ripe-plum,sour-cherry,control-character")
    Terminal(root, capsys).balise("check", *select, "--report", "report.html")
    context = browser.new_context()
    page = context.new_page()
    page.told = []
    page.on("console", lambda message: page.told.append(message.text))
    page.on("pageerror", lambda failure: page.told.append(str(failure)))
    page.goto((root / "report.html").as_uri())
    yield page
    context.close()


def test_filters_show_what_is_asked_for(page: Any) -> None:
    plum, cherry, hidden, french = (
        f"{PAGE} ripe-plum",
        f"{PAGE} sour-cherry",
        f"{PAGE} control-character",
        f"{PO} ripe-plum",
    )

    def shown(**chosen: str) -> tuple[list[str], str]:
        page.evaluate("document.getElementById('filters').reset()")
        for name, value in chosen.items():
            if name == "words":
                page.fill("[name=words]", value)
            else:
                page.select_option(f"[name={name}]", value)
        page.dispatch_event("#filters", "input")
        return sorted(page.evaluate(SHOWN)), page.inner_text("#shown")

    assert shown() == (sorted([hidden, plum, cherry, french]), "4 of 4 shown")
    assert shown(language="fr") == ([french], "1 of 4 shown")
    assert shown(severity="warning") == ([cherry], "1 of 4 shown")
    assert shown(group="bytes") == ([hidden], "1 of 4 shown")
    assert shown(rule="ripe-plum") == (sorted([plum, french]), "2 of 4 shown")
    assert shown(rule="ripe-plum", language="en") == ([plum], "1 of 4 shown")
    assert shown(words="LOCALES/") == ([french], "1 of 4 shown")
    assert shown(words="sweet cherry") == ([cherry], "1 of 4 shown")
    assert shown(words="nowhere") == ([], "0 of 4 shown")
    assert page.evaluate("[...document.querySelectorAll('section.file')].every(e => e.hidden)")
    assert page.told == []
