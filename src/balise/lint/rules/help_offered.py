"""A page speaks of abuse and offers nobody to talk to.

What it finds: a page that speaks of sexual abuse, of blackmail with pictures or of grooming, and shows no helpline:
neither in its text nor in the bar on top, whose channel (`help` in site.yml) is then a hotline for content, is not
answered in the language of the page, or may not be shown. Steps of guides are proved by `balise guide proof`. The
number for emergencies stands in the same bar on every page.

Why it matters: the words can touch someone who lives it. A way to talk to a person belongs on the same page, in the
same language. A hotline takes reports of content; it is not where a child is listened to.

Bad: a page on grooming whose only service is a form for web addresses

Better: {{ channel("be-child-focus-116000") }} on the page, or a helpline in `help` of site.yml
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from balise.lint.rule import Finding, Options, Rule
from balise.lint.sheet import Sheet
from balise.problems import Severity
from balise.review import is_publishable

RULE = Rule(
    group="safety",
    severity=Severity.ERROR,
    options={"kinds": ("helpline", "advice")},
    replaces=("page-help-channel", "page-emergency"),
)

_ABUSE = {
    "fr": re.compile(
        r"\b(?:abus(?:e|é)? sexuel|violences? sexuelle|exploitation sexuelle|agression sexuelle|sextorsion|"
        r"p[ée]docrimin|manipul\w+ [^.]{0,40}fins sexuelles|grooming)",
        re.IGNORECASE,
    ),
    "nl": re.compile(
        r"\b(?:seksueel misbruik|misbruikbeeld|kindermisbruik|seksuele uitbuiting|seksueel geweld|sextortion|grooming)",
        re.IGNORECASE,
    ),
    "en": re.compile(
        r"\b(?:sexual(?:ly)? abus|sexual exploitation|sexual violence|sextortion|abuse (?:images?|material)|grooming)",
        re.IGNORECASE,
    ),
}
_HINTS = ("sex", "seks", "docrimin", "grooming", "manipul", "misbruik", "abuse")
"""Of what every match holds some, in small letters."""
_SHOWN = re.compile(r'data-channel="([a-z0-9-]+)"')


def check(sheet: Sheet, options: Options) -> Iterator[Finding]:
    """Yield a finding at the first words that speak of abuse on a page without a helpline."""
    pattern = _ABUSE.get(sheet.language.partition("-")[0])
    may_find = pattern and any(word in sheet.lowered for word in _HINTS)
    match = pattern.search(sheet.text) if pattern and may_find else None
    if not match or (sheet.page and sheet.page.step) or _is_offered(sheet, options):
        return
    hit = sheet.hit(match.start(), match.end())
    message = f'the page says "{match[0]}" and offers no helpline'
    hint = 'show one, as in {{ channel("…") }}, or name a helpline under `help` in site.yml'
    yield Finding(message, hint, hit.passage, hit.start, hit.end)


def _is_offered(sheet: Sheet, options: Options) -> bool:
    """Tell whether a helpline that may be shown stands in the page or in the bar on top of it."""
    project, today = sheet.surroundings.project, sheet.surroundings.today
    kinds = options["kinds"]
    language = sheet.language.partition("-")[0]
    bar = project.site.help.get(project.site.default_country, "")
    for name in (bar, *_SHOWN.findall(sheet.html)):
        channel = project.registries.channels.get(name)
        if channel is None or not is_publishable(channel, today):
            continue
        if isinstance(kinds, tuple) and channel.kind in kinds and (name != bar or _speaks(channel.languages, language)):
            return True
    return False


def _speaks(languages: tuple[str, ...], language: str) -> bool:
    """Tell whether a channel is answered in a language, or does not say in which."""
    return not languages or language in {tag.partition("-")[0] for tag in languages}
