"""Each unit shows its translation, or its source where the translation is missing, unsure or harmful."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from balise.catalogues import Entry, State, catalogue, merge_units
from balise.languages import Text
from balise.markdown import block_skeleton
from balise.page import page_messages
from balise.problems import Location, warning
from balise.protected import keeps_all
from balise.translate import check_translation, own_text, settle, translate_page
from balise.units import cut_units, replace_units
from support.catalogue_text import entry, page, po, quoted, read, translated
from support.markup import pairs

KEEP = "keep calls, links, code, tags and numbers as they are in msgid; the page shows the source text until then"
PLAIN = "begin and end the translation with plain words; the page shows the source text until then"
SOURCE = 'Call {{ phone("be-112") }} or [write](https://line.example/), 24 hours a day.'


def shown(body: str, *pairs: tuple[str, str]) -> list[tuple[State, str, str]]:
    """Return state, text and language of each unit as readers get it."""
    result = settle(translated(body, *pairs)[0])
    return [(item.state, item.text, item.language) for item in result.translations]


@pytest.mark.parametrize(
    "situation, before, source, expected",
    [
        ("the source is the one translated", "", "Close it.", (State.CURRENT, "Fermez.", "fr")),
        ("the source was reworded", "", "Close it now.", (State.STALE, "Fermez.", "fr")),
        ("update has noted the older text", '#| msgid "Shut it."\n', "Close it.", (State.STALE, "Fermez.", "fr")),
        ("nobody looked at the offer yet", "#, fuzzy\n", "Close it.", (State.MISSING, "Close it.", "en")),
        ("the catalogue knows other texts only", "", "Talk to a friend.", (State.MISSING, "Talk to a friend.", "en")),
    ],
)
def test_a_unit_is_current_stale_or_missing(
    situation: str, before: str, source: str, expected: tuple[State, str, str]
) -> None:
    known = read(po(entry("Close it.", "Fermez.", "e0", before)))
    result, problems = translate_page(page(f"{source}\n"), known, "fr")
    item = settle(result).translations[0]
    assert problems == ()
    assert (item.state, item.text, item.language) == expected


def test_a_stale_unit_knows_what_it_was_made_from() -> None:
    result, _ = translated("Close it now.\n", ("Close it.", "Fermez."))
    assert result.translations[0].previous == "Close it."
    twin, _ = translated("A b c d\n\nE f g h\n", ("A b c", "Lire"), ("E f g", "Lire"))
    assert [item.previous for item in twin.translations] == ["A b c", "E f g"]


def test_a_unit_stands_at_its_line_of_the_authors_file() -> None:
    result, _ = translated("One.\n\nTwo.\n", ("One.", "Un."))
    assert [item.place for item in result.translations] == [Location("content/a.md", 6), Location("content/a.md", 8)]


@pytest.mark.parametrize(
    "attack, translation, fault",
    [
        ("call lost", "Appelez ou [écrivez](https://line.example/), 24 heures.", 'loses "{{ phone("be-112") }}"'),
        (
            "number typed instead of the call",
            "Appelez le 112 ou [écrivez](https://line.example/), 24 heures.",
            'loses "{{ phone("be-112") }}" and adds "112"',
        ),
        (
            "call renamed",
            '{{ phone("be-113") }} [écrivez](https://line.example/), 24 heures.',
            'loses "{{ phone("be-112") }}" and adds "{{ phone("be-113") }}"',
        ),
        (
            "call doubled",
            '{{ phone("be-112") }} {{ phone("be-112") }} [é](https://line.example/) 24',
            'adds "{{ phone("be-112") }}"',
        ),
        (
            "reaching into the program",
            '{{ phone("be-112").__class__ }} [é](https://line.example/) 24',
            'loses "{{ phone("be-112") }}" and adds "{{ phone("be-112").__class__ }}"',
        ),
        ("tag added", '{{ phone("be-112") }} <b>[é](https://line.example/)</b> 24', 'adds tag "<b>", tag "</b>"'),
        ("script added", '{{ phone("be-112") }} [é](https://line.example/) 24 <script>', 'adds tag "<script>"'),
        ("comment added", '{{ phone("be-112") }} [é](https://line.example/) 24 <!-- x -->', 'adds tag "<!-- x -->"'),
        (
            "Jinja added",
            '{{ phone("be-112") }} [é](https://line.example/) 24 {% include "x" %}',
            'adds "{% include "x" %}"',
        ),
        ("Jinja left open", '{{ phone("be-112") }} [é](https://line.example/) 24 {{', 'adds "{"'),
        (
            "address changed",
            '{{ phone("be-112") }} [é](https://1ine.example/) 24',
            'loses link to "https://line.example/" and adds link to "https://1ine.example/"',
        ),
        ("picture added", '{{ phone("be-112") }} [é](https://line.example/) 24 ![](x.png)', 'adds image "x.png"'),
        ("hours changed", '{{ phone("be-112") }} [é](https://line.example/), 12 h', 'loses "24" and adds "12"'),
        ("footnote added", '{{ phone("be-112") }} [é](https://line.example/) 24 [^x]', 'adds "[^x]"'),
        ("call in code", '`{{ phone("be-112") }}` [é](https://line.example/) 24', 'adds code "{{ … }}"'),
        (
            "call in a link's title",
            '[é](https://line.example/ "{{ phone("be-112") }}") 24',
            "adds a call inside an image's text or a link's title",
        ),
        ("two lines", '{{ phone("be-112") }}\n[é](https://line.example/) 24', "runs over several lines"),
    ],
)
def test_a_translation_that_breaks_what_it_must_keep_is_refused_alone(
    attack: str, translation: str, fault: str
) -> None:
    body = f"Before.\n\n{SOURCE}\n"
    result, problems = translated(body, ("Before.", "Avant."), (SOURCE, translation))
    line = 9
    assert list(problems) == [warning("translation-broken", f"the translation {fault}", Location("fr.po", line), KEEP)]
    states = [(item.state, item.text, item.language) for item in settle(result).translations]
    assert states == [(State.CURRENT, "Avant.", "fr"), (State.REFUSED, SOURCE, "en")]


def test_a_phone_number_in_prose_may_not_change_a_digit() -> None:
    assert shown("Call 0800 30 030.\n", ("Call 0800 30 030.", "Appelez le 0800 30 031."))[0][0] is State.REFUSED


def test_thousands_may_be_grouped_as_the_language_does() -> None:
    assert (
        shown("In all 12,345 reports.\n", ("In all 12,345 reports.", "En tout 12 345 signalements."))[0][0]
        is State.CURRENT
    )


def test_a_link_by_reference_keeps_its_target() -> None:
    body = "See [the page][p].\n\n[p]: ../b.md\n"
    assert shown(body, ("See [the page][p].", "Voyez [la page][p]."))[0][0] is State.CURRENT
    assert shown(body, ("See [the page][p].", "Voyez la page."))[0][0] is State.REFUSED


@pytest.mark.parametrize(
    "translation",
    ["- d'abord", "1. x", "# x", "> x", "```", "[^1]: x", "[r]: u", "<div>", "    x", " ", "***", "<!-- x", "x\\\n---"],
)
def test_a_translation_that_opens_a_block_of_its_own_is_refused(translation: str) -> None:
    assert shown("Word.\n", ("Word.", translation))[0] == (State.REFUSED, "Word.", "en")


@pytest.mark.parametrize("translation", ["x {#id}", "x {.class}", "[ ] x", "[x] y", "[!NOTE] x", ": x"])
def test_marks_that_one_paragraph_alone_does_not_betray_are_refused(translation: str) -> None:
    _, problems = translated("## Word\n", ("Word", translation))
    message = "the translation adds a mark that changes the block it stands in"
    assert list(problems) == [warning("translation-broken", message, Location("fr.po", 5), KEEP)]


def test_a_translation_that_is_several_blocks_is_named_so() -> None:
    _, problems = translated("Word.\n", ("Word.", "# Mot"))
    message = "the translation is not one plain paragraph"
    assert list(problems) == [warning("translation-broken", message, Location("fr.po", 5), KEEP)]


@pytest.mark.parametrize(
    "body, source, translation",
    [("- one\n- two\n", "two", "[x]"), ("- one\n\n  more\n", "more", ":-: plus"), ("Term\n\nmore\n", "more", ":plus")],
)
def test_a_translation_that_changes_the_page_only_in_its_place_is_refused_alone(
    body: str, source: str, translation: str
) -> None:
    result, problems = translated(body, (source, translation))
    message = "the translation changes the page's structure"
    assert list(problems) == [warning("translation-broken", message, Location("fr.po", 5), PLAIN)]
    assert [item.state for item in result.translations] == [State.MISSING, State.REFUSED]


def test_words_with_bars_stay_in_their_cell() -> None:
    body = "| a | b |\n|---|---|\n| c | d |\n"
    assert shown(body, ("a", "un | deux"), ("c", "`x"), ("d", "y` | z"))[0] == (State.CURRENT, "un | deux", "fr")


MARKS = st.sampled_from(
    "mot # - * _ ` ``` > | \\ : ; [ ] ( ) ! [x] [^1] {#a} {.b} <br> <div> 1. --- === ~~ ~ & &amp; {{ }} {% %} é".split()
)
TRANSLATION = st.lists(MARKS, max_size=5).map(" ".join)
BODY = (
    "## Head\n\nText here.\n\n- one\n- two\n\n  more\n\n> quote\n\n| a | b |\n|---|---|\n| c | d |\n\nTerm\n: sense\n"
)


@settings(max_examples=300, deadline=None)
@given(st.lists(TRANSLATION, min_size=12, max_size=12))
def test_no_translation_whatever_changes_the_blocks_of_its_page(texts: list[str]) -> None:
    source = page(BODY)
    units = [unit.text for unit in source.cutting.units]
    assert len(units) == 12
    result, _ = translate_page(
        source, read(po(*(entry(a, b, f"e{n}") for n, (a, b) in enumerate(zip(units, texts, strict=True))))), "fr"
    )
    rebuilt = replace_units(source.cutting, [item.text for item in settle(result).translations])
    assert block_skeleton(rebuilt.encode()) == block_skeleton(source.cutting.source)


@pytest.mark.parametrize(
    "translation, state, fault",
    [
        ("Le 5 mai", State.CURRENT, ""),
        ("Le 6 mai", State.REFUSED, 'the translation loses "5" and adds "6"'),
        ("Le 5 mai <b>", State.REFUSED, 'the translation adds "<b>"'),
        ("Le 5 {{ x }}", State.REFUSED, 'the translation adds "{", "{ x }", "}"'),
        ("Le 5\nmai", State.REFUSED, "the translation runs over several lines"),
    ],
)
def test_a_title_is_plain_text_and_keeps_its_numbers(translation: str, state: State, fault: str) -> None:
    result, problems = translate_page(page("", "5 May"), read(po(entry("5 May", translation, "meta.title"))), "fr")
    assert result.meta["title"].state is state
    assert [problem.message for problem in problems] == ([fault] if fault else [])
    assert settle(result).text("title") == (Text(translation, "fr") if not fault else Text("5 May", "en"))


def test_a_changed_title_is_stale_and_never_looked_for_in_the_body() -> None:
    known = read(po(entry("Old title", "Vieux titre", "meta.title"), entry("New title", "Corps", "e0")))
    result, _ = translate_page(page("", "New title"), known, "fr")
    assert (result.meta["title"].state, result.text("title")) == (State.STALE, Text("Vieux titre", "fr"))


NOW = 'Call {{ phone("be-112") }} or [write](https://line.example/) within 24 hours.'
KEPT = 'Appelez {{ phone("be-112") }} ou [écrivez](https://line.example/) avant 24 heures.'


@pytest.mark.parametrize(
    "situation, before, old, translation",
    [
        (
            "a number typed in, under an older text made up to match",
            f"#| msgid {quoted('Call 112 or [write](https://line.example/) within 24 hours.')}\n",
            NOW,
            "Appelez le 112 ou [écrivez](https://line.example/) avant 24 heures.",
        ),
        ("another channel is called today", "", NOW.replace("be-112", "be-new"), KEPT.replace("be-112", "be-new")),
        ("the address is another today", "", NOW.replace("line.", "old."), KEPT.replace("line.", "old.")),
        ("the number is another today", "", NOW.replace("24", "48"), KEPT.replace("24", "48")),
    ],
)
def test_a_stale_translation_that_does_not_keep_todays_facts_gives_way_to_the_source(
    situation: str, before: str, old: str, translation: str
) -> None:
    result, problems = translate_page(page(f"{NOW}\n"), read(po(entry(old, translation, "e0", before))), "fr")
    assert (problems, result.translations[0].state, result.translations[0].usable) == ((), State.STALE, False)
    item = settle(result).translations[0]
    assert (item.state, item.text, item.language) == (State.STALE, NOW, "en")


def test_a_stale_translation_of_a_harmless_rewording_is_still_shown() -> None:
    result, problems = translated(f"{NOW}\n", (NOW.replace("within", "in"), KEPT))
    assert (problems, result.translations[0].usable) == ((), True)
    item = settle(result).translations[0]
    assert (item.state, item.text, item.language) == (State.STALE, KEPT, "fr")


def test_a_stale_link_by_reference_is_shown_only_where_it_still_leads_to_the_same_address() -> None:
    pair = ("For more help see [the page][p].", "Pour de l’aide, voyez [la page][p].")
    definitions = "\n\n[p]: ../b.md\n[q]: ../c.md\n"
    reworded, moved = "For some help see [the page][p].", "For more help see [the page][q]."
    assert shown(reworded + definitions, pair) == [(State.STALE, pair[1], "fr")]
    assert shown(moved + definitions, pair) == [(State.STALE, moved, "en")]


@pytest.mark.parametrize(
    "title, expected",
    [("What is new in 2023", Text("Du neuf en 2023", "fr")), ("News of 2024", Text("News of 2024", "en"))],
)
def test_a_stale_title_is_shown_only_with_todays_numbers(title: str, expected: Text) -> None:
    known = read(po(entry("News of 2023", "Du neuf en 2023", "meta.title")))
    result, problems = translate_page(page("", title), known, "fr")
    assert (problems, result.meta["title"].state) == ((), State.STALE)
    assert settle(result).text("title") == expected


CRITICAL = "Lead.\n\n## What {#do}\n\nFirst step.\n\nSecond step.\n\n## Why {#why}\n\nReasons.\n"
ALL = [
    ("Lead.", "Début."),
    ("What", "Quoi"),
    ("First step.", "Un."),
    ("Second step.", "Deux."),
    ("Why", "Pourquoi"),
    ("Reasons.", "Car."),
]


@pytest.mark.parametrize(
    "situation, body, languages",
    [
        ("all current", CRITICAL, ["fr"] * 6),
        ("a step reworded", CRITICAL.replace("Second step.", "Second step now."), ["fr", "en", "en", "en", "fr", "fr"]),
        (
            "a step added",
            CRITICAL.replace("Second", "Extra words.\n\nSecond"),
            ["fr", "en", "en", "en", "en", "fr", "fr"],
        ),
        ("a reason reworded", CRITICAL.replace("Reasons.", "Reasons. Reasons."), ["fr"] * 6),
    ],
)
def test_a_critical_section_is_shown_whole_in_one_language(situation: str, body: str, languages: list[str]) -> None:
    assert [language for _, _, language in shown(body, *ALL)] == languages


def test_the_states_of_a_page_are_counted_with_its_front_matter() -> None:
    result, _ = translated(
        "One.\n\nTwo words.\n\nThree.\n", ("One.", "Un."), ("Two words here.", "Deux."), ("Three.", "3.")
    )
    counts = [result.count(state) for state in (State.CURRENT, State.STALE, State.MISSING, State.REFUSED)]
    assert (counts, result.total) == ([1, 1, 2, 1], 5)
    assert result.count(State.STALE, State.MISSING) == 3


def test_a_page_in_its_own_language_is_current_throughout() -> None:
    result = own_text(page("One.\n", "Title"))
    assert (result.language, result.total, result.count(State.CURRENT)) == ("en", 3, 3)
    assert result.text("short") == Text("Title", "en")


@settings(max_examples=300, deadline=None)
@given(st.lists(pairs(), min_size=1, max_size=4), st.sampled_from(["", "[r]: /ref"]))
def test_texts_that_pass_together_pass_one_by_one(texts: list[tuple[str, str]], definitions: str) -> None:
    sources, translations = zip(*texts, strict=True)
    if keeps_all(sources, translations, definitions):
        assert [check_translation(Entry("e", *both), definitions) for both in texts] == [""] * len(texts)


SOURCE_LINES = st.sampled_from(
    [
        *("", "word", "- a", "  - b", "  more", "1. x", "2. y", "> q", "> [!NOTE]", "***", "---", "===", "tail  "),
        *("## T", "### T {#a}", "## H #", "| a |", "|---|", "| a | b |", "--- | ---", "Term", ": sense", "- [ ] t"),
        *("[r]: u", "[^1]: n", "*b* c", "~~d~~", "12 steps", "    code", "```", "x [l](u) y", "{{ f() }} z"),
    ]
)
LINES_THAT_BEGIN_PLAINLY = st.sampled_from(
    [
        "Mots.",
        "*mot* b",
        '"mot"',
        "'a'",
        "« m »",
        "(a) b",
        "a) b",
        "i. b",
        "m #",
        "m =",
        "m ---",
        "a: b",
        "m -",
        "m | b",
    ]
)


@settings(max_examples=300, deadline=None)
@given(st.lists(SOURCE_LINES, min_size=1, max_size=7), st.data())
def test_texts_that_are_shown_unseen_leave_every_block_as_it_is(lines: list[str], data: st.DataObject) -> None:
    cutting, _ = cut_units("\n".join([*lines, "", "Word.", ""]))
    source = replace(page("Word.\n"), cutting=cutting)
    texts = [data.draw(LINES_THAT_BEGIN_PLAINLY) if text.isalpha() else f"Mot {text}" for text in cutting.texts]
    known = catalogue("fr.po", [Entry(f"e{n}", *both) for n, both in enumerate(zip(cutting.texts, texts, strict=True))])
    result, _ = translate_page(source, known, "fr")
    if result.current is not None:
        assert block_skeleton(replace_units(cutting, texts).encode()) == cutting.skeleton


@pytest.mark.parametrize("body", ["[r]: /u\nword\n", "[\nr\n]: /u\nword\n"])
def test_a_text_that_would_be_the_title_of_the_link_above_it_is_refused(body: str) -> None:
    result, problems = translated(body, ("word", '"mot"'))
    assert result.current is None
    assert [problem.message for problem in problems] == ["the translation changes the page's structure"]


def test_ordinary_translations_pass_together() -> None:
    sources = ("12 steps", 'Call {{ phone("be-112") }}, or [read on](../a.md#b).', "Close it.")
    kept = ("Les 12 pas", 'Appelez le {{ phone("be-112") }} ou [lisez](../a.md#b).', "Fermez.")
    assert keeps_all(sources, kept, "")
    for index, wrong in ((0, "Les 13 pas"), (0, "12 pas"), (2, "Fermez 112."), (2, "- Fermez."), (2, "Fermez\nle.")):
        assert not keeps_all(sources, (*kept[:index], wrong, *kept[index + 1 :]), "")


WORDS = st.lists(st.sampled_from("close the page call now help time write".split()), min_size=1, max_size=6).map(
    " ".join
)
BODIES = st.lists(WORDS, min_size=1, max_size=6)


@settings(max_examples=150, deadline=None)
@given(BODIES, BODIES)
def test_update_never_changes_what_readers_see(before: list[str], after: list[str]) -> None:
    old, new = page("\n\n".join(before) + "\n"), page("\n\n".join(after) + "\n")
    empty = merge_units(catalogue("fr.po", ()), page_messages(old), {})
    known = read(
        po(
            *(
                entry(item.source, f"mot {n} {item.id}", item.id)
                for n, item in enumerate(empty.entries)
                if "-" not in item.id
            )
        )
    )
    updated = merge_units(known, page_messages(new), {})
    first, second = (translate_page(new, item, "fr")[0] for item in (known, updated))
    assert [(item.text, item.state) for item in first.translations] == [
        (item.text, item.state) for item in second.translations
    ]
