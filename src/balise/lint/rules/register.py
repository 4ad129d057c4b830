"""A text says "tu" where the page says "vous", or the other way round; in Dutch, "je" and "u".

What it finds: on pages for young readers alone a polite form, on pages for adults alone a familiar one, and on all
other pages and in the data both in one text. French says "vous" to adults and "tu" to young readers, Dutch "u" and
"je"; the options `fr` and `nl` change what adults are told. Imperatives count ("Appelle-les", "N'envoyez rien").
Quotations are left alone: parents are told what to say to a child. So is "vous" where it is several people, and a text
that turns to a young reader in so many words ("Tu as moins de 18 ans ?").

Why it matters: whoever is spoken to in two ways does not know whether the page is for them. A child who reads "vous"
believes it is for parents, and leaves.

Bad: "Tu peux appeler. Vous pouvez aussi écrire."

Better: "Tu peux appeler ou écrire."
"""

from __future__ import annotations

from collections.abc import Iterator

from balise.lint.address import EITHER_DUTCH, FAMILIAR, PLURAL, POLITE, YOUNG_READER, Forms
from balise.lint.rule import Finding, Options, Rule
from balise.lint.sheet import Passage, Sheet
from balise.problems import Severity

RULE = Rule(
    group="languages",
    severity=Severity.WARNING,
    languages=("fr", "nl"),
    on=("page", "data"),
    options={"fr": "vous", "nl": "u"},
)

_YOUNG = frozenset({"young"})
_ADULTS = frozenset({"parent", "teacher", "adult", "survivor"})


def check(sheet: Sheet, options: Options) -> Iterator[Finding]:
    """Yield a finding for each text that speaks to its reader in another way than its page."""
    language = sheet.language.partition("-")[0]
    familiar, polite = FAMILIAR[language], POLITE[language]
    adults = familiar if options[language] == familiar.name else polite
    if sheet.kind == "page" and sheet.audiences == _YOUNG:
        yield from _strays(sheet, polite, familiar)
    elif sheet.kind == "page" and sheet.audiences <= _ADULTS:
        yield from _strays(sheet, familiar if adults is polite else polite, adults)
    elif _may_have(familiar, sheet) and _may_have(polite, sheet):
        yield from _mixed(sheet, familiar, polite)


def _strays(sheet: Sheet, wrong: Forms, right: Forms) -> Iterator[Finding]:
    """Yield a finding for the first sentence of each text that has the wrong form, and not the right one as well."""
    if not _may_have(wrong, sheet):
        return
    for passage in sheet.passages:
        found = _first(passage, wrong, right) if _may_have(wrong, passage) else None
        if found and not (wrong.name in ("tu", "je") and YOUNG_READER.search(passage.text)):
            start, end = found
            said = passage.text[start:end].strip(" \u201c\"«'")
            message = f'"{said}" where readers are addressed with "{right.name}"'
            yield Finding(message, _HINTS[wrong.name], passage, end - len(said), end)


def _may_have(forms: Forms, text: Sheet | Passage) -> bool:
    lowered = text.lowered if isinstance(text, Sheet) else text.text.lower()
    return forms.may_be_in(lowered, text.vocabulary if isinstance(text, Sheet) else frozenset(lowered.split()))


def _first(passage: Passage, wrong: Forms, right: Forms) -> tuple[int, int] | None:
    """Return where a text first has the wrong form, `None` where it has none that is sure."""
    for sentence in passage.sentences:
        text = passage.own_words[sentence.start : sentence.end]
        match = wrong.pattern.search(text)
        if not match or (wrong.name == "vous" and (PLURAL.search(text) or right.pattern.search(text))):
            continue
        return sentence.start + match.start(), sentence.start + match.end()
    return None


def _mixed(sheet: Sheet, familiar: Forms, polite: Forms) -> Iterator[Finding]:
    """Yield a finding for each text that has both forms."""
    for passage in sheet.passages:
        if not (_may_have(familiar, passage) and _may_have(polite, passage)) or YOUNG_READER.search(passage.text):
            continue
        formal = _first(passage, polite, familiar)
        warm = _first(passage, familiar, polite)
        if formal and not warm and familiar.name == "je":
            match = EITHER_DUTCH.search(passage.own_words)
            warm = match.span() if match else None
        if formal and warm:
            message = f'"{familiar.name}" and "{polite.name}" in one text'
            yield Finding(message, "speak to one reader; put what others are told in quotation marks", passage, *warm)


_POLITELY = "speak to adults politely; put what a child is told between quotation marks"
_WARMLY = "speak to young readers as a friend would"
_HINTS = {"tu": _POLITELY, "je": _POLITELY, "vous": _WARMLY, "u": _WARMLY}
