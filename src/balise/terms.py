"""Words that respect children: which to write, which to avoid and why, as the registry records them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from balise.languages import Text, pick
from balise.problems import Problem, Severity, did_you_mean, error
from balise.record_shapes import TERM, TERMS_FILE
from balise.records import parse_records, parse_sections, parse_value
from balise.review import Checked
from balise.sources import Message

if TYPE_CHECKING:
    from balise.catalogues import Phrases
    from balise.record_shapes import Record
    from balise.schemas import TermModel
    from balise.source import YamlDocument

PerLanguage = Mapping[str, str]
"""One text or regular expression per language."""


@dataclass(frozen=True)
class Term:
    """A rule on words; `preferred` and `examples` are per language, patterns are regular expressions of Python's `re`.

    A `term` rule reports `patterns`, a `page` rule `when` without `needs`, a `page_mix` rule `when` with `needs`.
    """

    id: str
    group: str
    kind: str
    languages: tuple[str, ...]
    severity: str
    preferred: PerLanguage
    why: str
    case_sensitive: bool = False
    negation_allowed: bool = False
    patterns: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    when: PerLanguage = field(default_factory=dict)
    needs: PerLanguage = field(default_factory=dict)
    unless_sentence_has: PerLanguage = field(default_factory=dict)
    silent_after: PerLanguage = field(default_factory=dict)
    brackets_allowed: tuple[str, ...] = ()
    enabled_for: tuple[str, ...] = ()
    audience: tuple[str, ...] = ()
    exceptions: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    bad: PerLanguage = field(default_factory=dict)
    good: PerLanguage = field(default_factory=dict)
    remarks: tuple[str, ...] = ()
    checked: Checked | None = None

    @property
    def weight(self) -> Severity:
        """Return the severity as problems have it."""
        return Severity.WARNING if self.severity == "warn" else Severity(self.severity)


@dataclass(frozen=True)
class Negation:
    """Expressions before and after a match that turn it into advice against it; empty where a language has none."""

    before: str = ""
    after: str = ""


@dataclass(frozen=True)
class TermSource:
    """A publication the rules rest on, and which part of it was read."""

    title: str
    url: str = ""
    seen: str = ""


@dataclass(frozen=True)
class Benign:
    """A sentence in which no rule may find anything."""

    language: str
    text: str


@dataclass(frozen=True)
class CountryLaw:
    """What viewing, keeping and passing on mean in the law of a country, for a lawyer to confirm; never shown."""

    country: str
    term_in_law: PerLanguage
    rule: str
    reference: str
    seen: str = ""
    check: str = ""


@dataclass(frozen=True)
class TermRegistry:
    """Everything `terms.yml` holds; `exception_sets` map a name and a language (or `all`) to regular expressions."""

    rules: Mapping[str, Term] = field(default_factory=dict)
    exception_sets: Mapping[str, Mapping[str, tuple[str, ...]]] = field(default_factory=dict)
    negation: Mapping[str, Negation] = field(default_factory=dict)
    sources: Mapping[str, TermSource] = field(default_factory=dict)
    safe_line: PerLanguage = field(default_factory=dict)
    law: tuple[CountryLaw, ...] = ()
    benign: tuple[Benign, ...] = ()


@dataclass(frozen=True)
class TermView:
    """The words to write in the language of an edition, and why."""

    id: str
    preferred: Text
    why: Text


def parse_terms(document: YamlDocument) -> tuple[TermRegistry, tuple[Problem, ...]]:
    """Return the valid rules of the registry file with the sets they use, and what is wrong with the others."""
    sections, problems = parse_sections(document, TERMS_FILE)
    models, faults = parse_records(document, "rules", TERM) if "rules" in sections else ({}, ())
    others = {key: value for key, value in sections.items() if key != "rules"}
    frame, found = parse_value(document, (), others, TERMS_FILE)
    rules = {name: _term(model) for name, model in models.items()}
    if frame is None:
        return TermRegistry(rules), (*problems, *faults, *found)
    registry = TermRegistry(
        rules=rules,
        exception_sets=frame.exception_sets,
        negation={tag: Negation(item.before, item.after) for tag, item in frame.negation.items()},
        sources={name: TermSource(item.title, item.url, item.seen) for name, item in frame.sources.items()},
        safe_line=frame.legal.safe_line,
        law=tuple(CountryLaw(**dict(item)) for item in frame.legal.countries),
        benign=tuple(Benign(item.language, item.text) for item in frame.benign),
    )
    broken = tuple(_broken_references(document, registry))
    return registry, (*problems, *faults, *broken)


def _term(model: TermModel | Record) -> Term:
    values = dict(model)
    examples = values.pop("examples")
    values |= {"bad": examples.bad, "good": examples.good}
    for name in ("case_sensitive", "negation_allowed"):
        values[name] = values[name] == "yes"
    values["checked"] = Checked(model.checked.on, model.checked.by) if model.checked else None
    return Term(**values)


def _broken_references(document: YamlDocument, registry: TermRegistry) -> Iterator[Problem]:
    """Yield a problem for each exception set or source a rule names and the file does not hold."""
    kinds = (("exceptions", "exception set", registry.exception_sets), ("sources", "source", registry.sources))
    for index, item in enumerate(document.value["rules"] if registry.rules else ()):
        rule = registry.rules.get(str(item.get("id"))) if isinstance(item, dict) else None
        for key, what, known in kinds if rule else ():
            for position, name in enumerate(getattr(rule, key)):
                if name not in known:
                    place = document.location("rules", index, key, position)
                    hint = did_you_mean(name, known, f"known: {', '.join(known)}")
                    yield error("data-invalid", f'{what} "{name}" does not exist', place, hint)


def term_schema() -> dict[str, Any]:
    """Return the JSON Schema of `terms.yml`, for editors."""
    from balise.schemas import TermsFile

    return TermsFile.model_json_schema(by_alias=True)


def present_term(term: Term, phrases: Phrases) -> TermView:
    """Return the words to write in the language of an edition, and why; never the words to avoid."""
    preferred = Text(*pick(term.preferred, phrases.language, "en"))
    return TermView(term.id, preferred, phrases.text(f"terms.{term.id}.why", term.why))


def term_messages(registry: TermRegistry) -> Iterator[Message]:
    """Yield every text of the registry that is translated; the preferred words are per language already."""
    for term in registry.rules.values():
        yield f"terms.{term.id}.why", term.why
