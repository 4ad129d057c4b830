"""The manual of the rules: what each finds, why it matters, a bad and a better text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from balise.lint.published_rule import load_published_rules
from balise.lint.rule import GROUPS, Options, Rule, load_rules
from balise.problems import Severity

if TYPE_CHECKING:
    from balise.terms import Term, TermRegistry

_PARTS = ("What it finds", "Why it matters", "Bad", "Better")
_PART = re.compile(rf"^({'|'.join(_PARTS)}): *", re.MULTILINE)
_LANGUAGES = {"fr": "French", "nl": "Dutch", "en": "English"}


class RuleText(NamedTuple):
    """The manual page of a rule."""

    id: str
    group: str
    severity: Severity
    title: str
    finds: str
    why: str
    bad: str = ""
    better: str = ""
    languages: tuple[str, ...] = ()
    audiences: tuple[str, ...] = ()
    options: Options = MappingProxyType({})
    fixes: bool = False
    extra: str = ""


def rule_manual(registry: TermRegistry | None = None) -> Mapping[str, RuleText]:
    """Return the manual pages of all rules by id, by group and then by name; with a registry, those on words too."""
    pages = [_of_rule(rule) for rule in load_rules().values()]
    if registry:
        pages += [_of_term(term) for term in registry.rules.values()]
    return {page.id: page for page in sorted(pages, key=lambda page: (GROUPS.index(page.group), page.id))}


def published_manual() -> Mapping[str, RuleText]:
    """Return the manual pages of the rules on built sites by id, by name."""
    return {
        rule.id: _page(rule.id, "published", rule.severity, rule.manual) for rule in load_published_rules().values()
    }


def _page(name: str, group: str, severity: Severity, manual: str) -> RuleText:
    """Return the manual page that a docstring holds."""
    title, _, rest = manual.partition("\n\n")
    pieces = _PART.split(rest)
    parts = {part: _joined(text) for part, text in zip(pieces[1::2], pieces[2::2], strict=True)}
    finds, why, bad, better = (parts.get(part, "") for part in _PARTS)
    return RuleText(name, group, severity, _joined(title).rstrip("."), finds, why, bad, better)


def _of_rule(rule: Rule) -> RuleText:
    return _page(rule.id, rule.group, rule.severity, rule.manual)._replace(
        languages=rule.languages,
        audiences=rule.audiences,
        options=rule.options,
        fixes=rule.fixes,
        extra=rule.extra,
    )


def _joined(text: str) -> str:
    """Return the paragraphs of a docstring, each on one line."""
    paragraphs = (" ".join(paragraph.split()) for paragraph in text.strip().split("\n\n"))
    return "\n\n".join(paragraph for paragraph in paragraphs if paragraph)


def _of_term(term: Term) -> RuleText:
    """Return the page of a rule on words; the words to avoid stand in the registry alone, and are not repeated."""
    where = "on a whole page" if term.kind != "term" else "in a text"
    better = "; ".join(
        f"{_LANGUAGES.get(tag, tag)}: {term.preferred[tag]}" for tag in _LANGUAGES if term.preferred.get(tag)
    )
    left = [_LEFT_ALONE[name] for name in term.exceptions if name in _LEFT_ALONE]
    left += ["advice against it"] if term.negation_allowed else []
    left += ["the word in brackets behind its explanation"] if term.brackets_allowed else []
    left += ["sentences that say something else with it"] if term.unless_sentence_has else []
    manual = " There is no pattern; a reviewer signs it off." if term.kind == "manual" else ""
    manual += f" Left alone: {', '.join(left)}." if left else ""
    manual += " Between quotation marks it is advice." if "quotation" in term.exceptions else ""
    return RuleText(
        term.id,
        "wording",
        term.weight,
        f"Words: {term.id.replace('-', ' ')}",
        f"What `data/terms.yml` says to avoid {where} under this name.{manual}",
        term.why,
        better=better,
        languages=term.languages,
        audiences=term.audience,
    )


def render_manual(pages: Iterable[RuleText], *, anchors: bool = False) -> str:
    """Return the manual as Markdown, one heading a rule; with `anchors`, each heading has the rule's name as its id."""
    lines: list[str] = []
    group = ""
    for page in pages:
        if page.group != group:
            group = page.group
            lines += [f"## {_GROUP_TITLES[group]}", ""]
        anchor = f" {{#{page.id}}}" if anchors else ""
        lines += [f"### {page.id}{anchor}", "", f"*{page.title}.* {_facts(page)}", ""]
        for name, text in zip(_PARTS, (page.finds, page.why, page.bad, page.better), strict=True):
            if text:
                lines += [f"**{name}.** {text[:1].upper()}{text[1:]}", ""]
        if page.options:
            shown = ", ".join(f"`{name}` ({_value(value)})" for name, value in page.options.items())
            lines += [f"**Options.** {shown}", ""]
    return "\n".join(lines)


_LEFT_ALONE = {
    "domains": "addresses",
    "legal_names": "names of laws",
    "org_names": "names of organisations",
    "phone_numbers": "telephone numbers",
    "generic_addresses": "addresses of organisations",
}
_GROUP_TITLES = {
    "facts": "Facts",
    "wording": "Wording",
    "safety": "Safe messaging",
    "plain": "Plain language",
    "languages": "Languages",
    "structure": "Structure",
    "bytes": "Hidden and look-alike characters",
    "review": "Review",
    "published": "Built sites, read with `--published`",
}


def _facts(page: RuleText) -> str:
    parts = [f"Severity: {page.severity.value}"]
    if page.languages and set(page.languages) != set(_LANGUAGES):
        parts.append(f"languages: {', '.join(page.languages)}")
    if page.audiences:
        parts.append(f"audiences: {', '.join(page.audiences)}")
    if page.fixes:
        parts.append("`--fix` mends it")
    if page.extra:
        parts.append(f"needs `balise[{page.extra}]`")
    return "; ".join(parts) + "."


def _value(value: object) -> str:
    return (", ".join(map(str, value)) or "none") if isinstance(value, tuple) else str(value)
