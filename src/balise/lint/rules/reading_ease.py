"""A page is harder to read than its readers can be expected to manage.

What it finds: a page of ten sentences or more whose reading ease is below 75 for young readers, 65 for parents and 55
for everybody else, by the formula of its language: Kandel–Moles for French, Flesch–Douma for Dutch, Flesch for English.

Why it matters: many adults read less easily than the people who write public texts. A formula sees only the
length of words and of sentences, so that it is advice: it says where to read the page aloud, and not that it is bad.

Bad: "L'identification préalable des interlocuteurs institutionnels compétents conditionne l'efficacité du signalement."

Better: "Trouvez d'abord le bon service. Votre signalement ira plus vite."
"""

from __future__ import annotations

from collections.abc import Iterator

from balise.lint.readability import ease_formula, reading_scores
from balise.lint.rule import Finding, Options, Rule
from balise.lint.rules.sentence_length import READ
from balise.lint.sheet import Sheet
from balise.problems import Location, Severity

RULE = Rule(
    group="plain",
    severity=Severity.ADVICE,
    languages=("fr", "nl", "en"),
    options={"young": 75, "parent": 65, "other": 55},
)

_ENOUGH = 10


def check(sheet: Sheet, options: Options) -> Iterator[Finding]:
    """Yield a finding for a page that is harder than its readers can manage."""
    sentences = [sentence for passage in sheet.passages if passage.kind in READ for sentence in passage.sentences]
    if len(sentences) < _ENOUGH or sheet.page is None:
        return
    reader = next((name for name in ("young", "parent") if name in sheet.audiences), "other")
    formula = ease_formula(sheet.language)
    score, least = reading_scores(sentences, sheet.language)[formula], int(str(options[reader]))
    if score < least:
        message = f"the reading ease in {sheet.language} is {score:.0f} ({formula}), at least {least} for these readers"
        hint = "read it aloud: shorter sentences, everyday words, verbs instead of nouns"
        yield Finding(message, hint, place=Location(sheet.page.path, 1))
