"""Words to avoid: every example of the registry, and each way in which a rule on words keeps silent."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from balise.lint.plain_text import plain_text
from balise.lint.wording import Wording, without
from balise.problems import Severity
from balise.terms import Negation, Term
from support.gate_cases import reference_project
from support.gate_sheets import escaped, passages, registry, sheet_of, term

Example = tuple[Term, str, str, str]
"""A rule, a language, `bad` or `good`, and a text."""
LANGUAGES = ("fr", "nl", "en")
_WORDINGS: dict[str, Wording] = {}


def wording(tag: str) -> Wording:
    """Return the rules of the reference project in a language, compiled once."""
    if tag not in _WORDINGS:
        _WORDINGS[tag] = Wording(reference_project().registries.wording, tag)
    return _WORDINGS[tag]


def examples() -> Iterator[Example]:
    for rule in reference_project().registries.terms.values():
        for tag in rule.languages:
            for kind, table in (("bad", rule.bad), ("good", rule.good)):
                if tag in table:
                    yield rule, tag, kind, table[tag]


def found_by(rule: Term, tag: str, text: str) -> bool:
    plain = plain_text(text, markdown=False).text
    locale = rule.enabled_for[0] if rule.enabled_for else tag
    return any(hit[0] == rule.id for hit in wording(locale).read(plain, frozenset(rule.audience), as_page=True))


def hits(wording: Wording, text: str, *audiences: str) -> list[tuple[str, str, Severity]]:
    """Return what is found in a text that is a page by itself: rule, the words, weight."""
    found = wording.read(text, frozenset(audiences), as_page=True)
    return [(name, text[start:end], severity) for name, start, end, severity in found]


def test_each_example_of_the_registry_is_judged_as_it_says() -> None:
    every = list(examples())

    wrong = [(rule.id, tag, kind) for rule, tag, kind, text in every if found_by(rule, tag, text) != (kind == "bad")]

    assert wrong == []
    assert len(every) > 500


def test_no_rule_finds_anything_in_the_harmless_sentences() -> None:
    told = [
        (one.text, hit[0])
        for one in reference_project().registries.wording.benign
        for hit in wording(one.language).read(plain_text(one.text, markdown=False).text)
    ]

    assert told == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_on_one_page_with_all_examples_each_paragraph_is_judged_by_itself(language: str) -> None:
    told = [
        (rule, kind, plain_text(text, markdown=False).text)
        for rule, tag, kind, text in examples()
        if tag == language
        and rule.kind == "term"
        and not (rule.silent_after or rule.audience or rule.enabled_for or rule.bad.get(tag) == rule.good.get(tag))
    ]
    sheet = sheet_of(language, "\n\n".join(escaped(text) for _, _, text in told))
    found = {(name, finding.passage.text) for name, finding in wording(language).findings(sheet) if finding.passage}

    wrong = [(rule.id, kind, text) for rule, kind, text in told if ((rule.id, text) in found) != (kind == "bad")]

    assert wrong == []
    assert len(told) > 100


def test_a_phrase_over_two_paragraphs_is_none() -> None:
    rules = Wording(registry(term("close", r"abuse[^.]{0,40}victim")), "en")

    assert list(rules.findings(passages("The abuse", "of a victim"))) == []
    assert [(name, one.start, one.end) for name, one in rules.findings(passages("The abuse of a victim"))] == [
        ("close", 4, 21)
    ]


def test_a_phrase_without_letters_of_its_own_never_crosses_paragraphs() -> None:
    rules = Wording(registry(term("any", r"\bx[^y]*y\b")), "en")

    assert list(rules.findings(passages("An x", "a y"))) == []
    assert len(list(rules.findings(passages("An x, a y")))) == 1


def test_the_name_of_a_law_is_no_finding_where_an_exception_covers_it() -> None:
    rules = Wording(registry(term("old", r"old word", exceptions=("names",)), names=[r"Act on the old word"]), "en")

    assert hits(rules, "The Act on the old word of 1999 names an old word.") == [
        ("old", "old word", Severity.ERROR),
    ]


@pytest.mark.parametrize("around", ["{}", "Somebody said so. {} That was it."])
def test_in_a_quotation_a_finding_is_only_advice(around: str) -> None:
    rules = Wording(registry(term("old", "old word", exceptions=("quotation",)), quotation=["“[^”]{1,600}”"]), "en")

    assert hits(rules, around.format("“An old word”, she said.")) == [("old", "old word", Severity.ADVICE)]
    assert hits(rules, around.format("“No,” she said, old word.")) == [("old", "old word", Severity.ERROR)]


def test_a_quotation_on_a_page_says_nothing_of_the_page() -> None:
    page = term("mix", kind="page_mix", when={"en": r"\bthou\b"}, needs={"en": r"\byou\b"}, exceptions=("quotation",))
    rules = Wording(registry(page, quotation=["“[^”]{1,600}”"]), "en")

    assert hits(rules, "You read. “Thou art”, he wrote.") == []
    assert hits(rules, "“You”, she said. Thou art.") == []
    assert hits(rules, "You read. Thou art.") == [("mix", "Thou", Severity.ERROR)]


NEGATION = Negation(before=r"\b(?:do not|never)\b[^.!?:;\n]*$", after=r"^[^.!?:;\n]*\bis forbidden\b")


@pytest.mark.parametrize(
    "text, found",
    [
        ("Copy it.", True),
        ("Do not copy it.", False),
        ("Do not wait. Copy it.", True),
        ("Do not wait: copy it.", True),
        ("To copy it is forbidden.", False),
        ("Copy it. That is forbidden.", True),
    ],
)
def test_advice_against_something_may_name_it(text: str, found: bool) -> None:
    rules = Wording(registry(term("copy", "copy it", negation_allowed=True), negation=NEGATION), "en")

    assert bool(hits(rules, text)) is found


@pytest.mark.parametrize(
    "text, found",
    [
        ("It causes harm.", True),
        ("It causes harm, a study found.", False),
        ("A study says: it causes harm.", False),
        ("It causes harm. A study found it.", True),
    ],
)
def test_a_word_in_the_same_sentence_may_make_it_right(text: str, found: bool) -> None:
    rules = Wording(registry(term("cause", "causes", unless_sentence_has={"en": r"\bstudy\b"})), "en")

    assert bool(hits(rules, text)) is found


def test_once_a_page_has_said_a_word_in_full_it_may_be_short() -> None:
    rules = Wording(
        registry(term("full", r"(?<!sexual )\babuse images\b", silent_after={"en": r"\bsexual abuse images\b"})), "en"
    )

    first = list(rules.findings(passages("Of abuse images.", "The sexual abuse images.", "These abuse images.")))

    assert [(one.passage.text, one.start) for _, one in first if one.passage] == [("Of abuse images.", 3)]


@pytest.mark.parametrize(
    "places, text, found",
    [
        (("before",), "Material (CSAM) is reported.", False),
        (("before",), "CSAM (material) is reported.", True),
        (("after",), "CSAM (material) is reported.", False),
        (("after",), "CSAM is what it is called, and only much, much later (in brackets) explained.", True),
        (("after",), "CSAM is reported.", True),
    ],
)
def test_a_short_form_beside_brackets_is_explained(places: tuple[str, ...], text: str, found: bool) -> None:
    rules = Wording(registry(term("short", r"\bCSAM\b", brackets_allowed=places)), "en")

    assert bool(hits(rules, text)) is found


def test_a_rule_of_one_country_reads_its_edition_alone() -> None:
    rule = term("old", "vieux mot", language="fr", enabled_for=("fr-BE",))

    told = {tag: bool(hits(Wording(registry(rule), tag), "Un vieux mot.")) for tag in ("fr", "fr-BE", "fr-FR")}

    assert told == {"fr": False, "fr-BE": True, "fr-FR": False}


@pytest.mark.parametrize(
    "declared, found",
    [({"young"}, True), ({"survivor"}, False), ({"parent"}, False), ({"anyone"}, False), ({"parent", "young"}, True)],
)
def test_a_rule_for_children_reads_pages_for_young_people(declared: set[str], found: bool) -> None:
    rules = Wording(registry(term("word", "minor", audience=("children", "teens"))), "en")

    assert bool(list(rules.findings(passages("A minor.", audiences=frozenset(declared))))) is found


def test_a_rule_in_another_language_keeps_silent() -> None:
    assert hits(Wording(registry(term("mot", "minor", language="fr")), "en"), "A minor.") == []


def test_capitals_count_only_where_the_rule_says_so() -> None:
    strict, loose = term("strict", "ECPAT", case_sensitive=True), term("loose", "ECPAT")

    assert [name for name, *_ in hits(Wording(registry(strict, loose), "en"), "Ecpat.")] == ["loose"]


def test_two_patterns_of_a_rule_tell_the_same_words_once() -> None:
    rules = Wording(registry(term("twice", "child porn", "porn"), term("other", "porn")), "en")

    assert hits(rules, "child porn, porn") == [
        ("twice", "child porn", Severity.ERROR),
        ("twice", "porn", Severity.ERROR),
        ("other", "porn", Severity.ERROR),
        ("other", "porn", Severity.ERROR),
    ]


def test_a_page_that_lacks_something_is_told_so_once() -> None:
    rule = term("fault", kind="page", when={"en": r"\bvictim\b"}, needs={"en": "not your fault"})
    rules = Wording(registry(rule), "en")

    told = [
        (one.message, one.passage.text if one.passage else "")
        for _, one in rules.findings(sheet_of("en", "A victim.\n\nAnother victim."))
    ]

    assert told == [('the page says "victim" and lacks what has to stand beside it', "A victim.")]
    assert list(rules.findings(sheet_of("en", "A victim.\n\nIt is *not* your fault."))) == []


def test_a_text_outside_pages_is_no_page() -> None:
    rule = term("fault", kind="page", when={"en": "victim"}, needs={"en": "not your fault"})

    assert list(Wording(registry(rule), "en").findings(passages("A victim."))) == []


def test_a_text_on_why_a_word_is_avoided_may_name_it() -> None:
    sheet = passages("An old word.")
    told = [passage.__class__(**{**vars(passage), "section": "terms.old.why"}) for passage in sheet.passages]

    assert list(Wording(registry(term("old", "old word")), "en").findings(sheet.__class__("data", "en", tuple(told), sheet.surroundings))) == []  # fmt: skip


def test_the_hint_says_what_to_write_and_why() -> None:
    rule = term("old", r"old\s+words?", preferred={"en": "new word; fresh word."}, severity="warn")

    (told,) = [one for _, one in Wording(registry(rule), "en").findings(passages("Some old\u00a0 words here."))]

    assert (told.message, told.hint, told.start, told.end, told.severity) == (
        'the text says "old words"',
        "write: new word; fresh word. It hurts.",
        5,
        15,
        Severity.WARNING,
    )


def test_a_registry_without_some_rules() -> None:
    assert list(without(registry(term("one", "a"), term("two", "b")), ["one"]).rules) == ["two"]
