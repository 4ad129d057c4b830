"""Every sentence that tells readers what is or is not kept of them is bound to a test that would fail if it were false."""

from __future__ import annotations

import ast
import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from balise.page import page_messages
from balise.project import load_project
from support.commands import REPOSITORY

TESTS = REPOSITORY / "tests"
TOUR = "browser/test_reader.py::test_a_tour_of_all_that_looks_different_asks_no_other_site_and_leaves_nothing_behind"
FIRST_STOP = "browser/test_reader.py::test_the_exit_link_is_the_first_stop_of_the_keyboard_and_leads_away"
IN_SIGHT = "browser/test_exit.py::test_the_way_out_is_in_sight_wherever_the_reader_is"
BLANK = "browser/test_exit.py::test_the_page_is_blank_while_the_other_one_does_not_answer"
BACK = "browser/test_exit.py::test_usually_the_page_just_read_is_not_behind_back"
WITHOUT_SCRIPTS = "browser/test_exit.py::test_without_scripts_it_is_a_link_and_the_words_beside_it_are_true"
NOT_ERASED = "browser/test_exit.py::test_with_scripts_the_words_beside_it_are_true_too"
LISTENING = "browser/test_exit.py::test_those_who_listen_hear_how_far_they_are"
NO_FORM = "sites/test_reference_site.py::test_no_page_has_an_inline_style_a_form_a_frame_or_code_in_an_attribute"
STAYS = (
    "browser/test_kept_pages.py::test_only_the_pages_named_are_kept_in_the_languages_opened_and_never_a_query",
    "browser/test_kept_pages.py::test_a_page_of_help_opens_when_the_site_does_not_answer",
)
CLEARED = "browser/test_kept_pages.py::test_what_a_reader_clears_comes_back_at_the_next_visit"
PRIVATE = "browser/test_kept_pages.py::test_a_private_window_keeps_pages_until_it_is_closed"
WALKED = "browser/test_guides_reading.py::test_example_walks_are_clicked_to_their_end_where_each_country_has_help"
ADVICE = ""
"""For sentences about the reader's own device, the law or other people: there is nothing in our pages to test."""

PROMISES: Mapping[str, str | tuple[str, ...]] = {
    # The theme, on every page.
    "Quick exit": IN_SIGHT,
    "Leave this site quickly": (BACK, IN_SIGHT, WITHOUT_SCRIPTS),
    "Your history is not erased": (NOT_ERASED, WITHOUT_SCRIPTS),
    "Press Shift 2 more times to leave.": LISTENING,
    "Press Shift 1 more time to leave.": LISTENING,
    "Licence of the texts": ADVICE,
    "This site uses no cookies and loads nothing from other sites.": TOUR,
    "Some of its pages stay on this device, so that they open without a connection.": STAYS,
    # content/about/privacy.md
    "What your visit leaves behind": ADVICE,
    "This site keeps nothing about you. Your device and your phone bill can still show traces. Here is what you can do."
    "": TOUR,
    "You may be afraid that someone sees your visit. That is understandable. The pages of this site keep nothing about"
    " you, but your device may.": TOUR,
    "Use the exit link that stays in view on each page. It opens a neutral website.": (IN_SIGHT, FIRST_STOP),
    "With a keyboard, it is the first link that the Tab key reaches.": FIRST_STOP,
    "In most browsers, you can also press the Shift key three times in a row.": BACK,
    "Or close the tab yourself.": ADVICE,
    "Leaving hides the page from the screen. It does not clear the history of your browser.": (BLANK, NOT_ERASED),
    "No cookies. So no cookie notice covers the page.": (TOUR, IN_SIGHT),
    "No visitor counter, no advertising, no map or video from another company.": TOUR,
    "No account, and nothing stored in your browser by our pages.": TOUR,
    "No account. Your browser stores some of our pages, [so that they open without a connection](#behind), and nothing"
    " else.": (*STAYS, "browser/test_kept_pages.py::test_a_tour_with_kept_pages_leaves_nothing_but_these"),
    "**Kept pages.** Some pages of this site stay on your device, those about help and reporting among them. Someone who"
    " uses it can open them without a connection.": STAYS,
    "**To remove the kept pages,** delete the data of this website in the settings of your browser. They come back at"
    " your next visit. A private window keeps them only until you close it.": (CLEARED, PRIVATE),
    "Your choice of country or language is not remembered.": TOUR,
    "The computer that serves the pages may still record each visit, as most do. It can note an internet address and a"
    " time. The publisher must state here who runs that computer, what it records, and for how long.": ADVICE,
    "When you follow a link to a service, its own rules apply. Read its privacy page if you can.": ADVICE,
    "**History.** The browser lists the pages you opened. You can remove single lines. A history that is completely"
    " empty may raise questions.": ADVICE,
    "**Back button.** It may show a page of this site that you opened before the last one.": BACK,
    "**Closed tabs.** The browser can open a tab again after you close it.": ADVICE,
    "**Synchronised devices.** A shared account can show your history on another phone, tablet or computer.": ADVICE,
    "A private window does not keep the history after you close it. It does not hide the visit from your school, your"
    " employer or your internet provider.": ADVICE,
    "Some people install software that shows what you do on your phone or computer. No website can see that, or protect"
    " you from it. A private window does not help either.": ADVICE,
    # Other pages.
    "Does someone watch your screen? Read [what your visit leaves behind](../about/privacy.md). Are you under 18? There"
    " is [a page for you](young.md).": ADVICE,
    "What this site keeps": ADVICE,
    "Many images are not stored in the country of the person who reports them. Hotlines therefore work together in a"
    " network called INHOPE. Members pass reports to each other, so that someone can act in the right country."
    ' {{ figure("inhope-hotlines-2024") }}': ADVICE,
    "This site brings worried people to the services that can help. It never takes in images, and it is not a hotline"
    " itself. Read [what this site is and is not](about/index.md), and [what your visit leaves behind]"
    "(about/privacy.md).": NO_FORM,
    # Guides.
    "Answer a few questions. At the end stands what you can do now, and who can help. Nothing you choose is"
    " remembered.": (TOUR, WALKED),
    "Does someone look at your device? Read [what your visit leaves behind](../about/privacy.md#watched).": ADVICE,
    "Your phone remembers the call. Read [what your visit leaves behind](../about/privacy.md).": ADVICE,
    "**No JavaScript.** Menus, help cards and the exit link work when scripts are switched off.": (
        WITHOUT_SCRIPTS,
        "browser/test_reader.py::test_without_scripts_channels_of_another_country_unfold",
        "browser/test_reader.py::test_without_scripts_a_parent_gets_from_the_first_page_to_the_number_in_two_taps",
    ),
}
SPEAKS_OF_TRACES = re.compile(
    r"\b(cookies?|histor(y|ies)|your visit|exit link|private window|no trace|anonymous\w*|javascript|scripts?|track\w*)\b"
    r"|\b(nothing|not|no) (is |are |you choose is )?(stored|kept|remembered|recorded|saved)\b|\bkeeps? nothing\b|\bthis site (keeps|uses|loads|stores)\b",
    re.IGNORECASE,
)
"""What makes a sentence one that this register must know, wherever it stands."""
WHOLE_SECTIONS = {"about/privacy": ("leave", "site")}
"""Sections in which every text is about what our pages do."""
EVERY_WORD_OF = ("exit-link", "page-footer")
"""Components whose every string is known here."""
_STRING = re.compile(r"_\(\"((?:[^\"\\]|\\.)*)\"\)")


def theme_strings() -> dict[str, str]:
    """Return each string of the theme's templates with the component it stands in."""
    found = {}
    for path in (REPOSITORY / "src" / "balise" / "theme").rglob("*.html"):
        for text in _STRING.findall(path.read_text("utf-8")):
            found[text] = path.parent.name
    return found


def promised() -> set[str]:
    """Return every source text that promises something about traces, from the theme and from all pages."""
    strings = theme_strings()
    found = {text for text, name in strings.items() if name in EVERY_WORD_OF or SPEAKS_OF_TRACES.search(text)}
    for page in load_project(REPOSITORY).pages.values():
        for message in page_messages(page):
            sections = WHOLE_SECTIONS.get(page.id, ())
            stands = any(message.note.startswith(kind) for kind in ("paragraph", "item"))
            inside = stands and any(f"section {name}" in message.note for name in sections)
            if inside or SPEAKS_OF_TRACES.search(message.text):
                found.add(message.text)
    return found


def claims() -> list[tuple[str, str]]:
    """Return each sentence with each test that is said to prove it."""
    found = []
    for sentence, tests in PROMISES.items():
        names = (tests,) if isinstance(tests, str) else tests
        found += [(sentence, name) for name in names if name != ADVICE]
    return found


def test_every_sentence_about_traces_is_known_here() -> None:
    assert sorted(promised() - set(PROMISES)) == []


def test_nothing_is_promised_here_that_no_page_says() -> None:
    texts = {message.text for page in load_project(REPOSITORY).pages.values() for message in page_messages(page)}
    assert sorted(set(PROMISES) - texts - set(theme_strings())) == []


@pytest.mark.parametrize("name", sorted({name for _, name in claims()}))
def test_the_test_that_proves_a_sentence_exists(name: str) -> None:
    file, _, function = name.partition("::")
    tree = ast.parse((TESTS / Path(file)).read_text("utf-8"))
    assert function in {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}


@pytest.mark.parametrize(
    "sentence",
    [
        "We keep nothing of what you type.",
        "This site stores your answers for an hour.",
        "Leaving clears your history.",
        "Your answers are not saved.",
        "The page is anonymous.",
    ],
)
def test_a_new_sentence_about_traces_would_be_found(sentence: str) -> None:
    assert SPEAKS_OF_TRACES.search(sentence)
