"""What a site says of the rules: which are off, how much they weigh, their options; and what a page is excused from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from balise.lint.rule import Options, Rule, Value, load_rules
from balise.problems import Location, Problem, Severity, did_you_mean, error, warning

if TYPE_CHECKING:
    from balise.project import Project
    from balise.source import YamlDocument

OFF = "off"
_WORDS = {"error": Severity.ERROR, "warning": Severity.WARNING, "advice": Severity.ADVICE}
_EXCEPTION_KEYS = frozenset({"rule", "reason", "text", "language", "file"})


@dataclass(frozen=True)
class Setting:
    """A rule as a site wants it: its weight (`None` for the rule's own) and its options."""

    severity: Severity | None = None
    options: Options = field(default_factory=dict)
    is_off: bool = False


@dataclass(frozen=True)
class Excuse:
    """An exception an author makes: the rule, why, and for what: this text, this language, this file ("" for all)."""

    rule: str
    reason: str
    place: Location
    text: str = ""
    language: str = ""
    file: str = ""

    def covers(self, rule: str, language: str, found: str) -> bool:
        """Tell whether a finding of a rule is meant, with the text it found."""
        if rule != self.rule or (self.language and language.partition("-")[0] != self.language.partition("-")[0]):
            return False
        return not self.text or _same(self.text) in _same(found) or (bool(found) and _same(found) in _same(self.text))


def _same(text: str) -> str:
    return " ".join(text.replace("\u2019", "'").lower().split())


def known_rules(project: Project) -> Mapping[str, Severity]:
    """Return the ids of every rule with its severity: those of Balise, and those of the project's `terms.yml`."""
    known = {name: rule.severity for name, rule in load_rules().items()}
    return known | {name: term.weight for name, term in project.registries.terms.items()}


def read_settings(project: Project) -> tuple[Mapping[str, Setting], tuple[Problem, ...]]:
    """Return what site.yml says of rules by id, and what is wrong with it."""
    document = project.site.document
    table: Mapping[str, Any] = document.value.get("rules", {}) if isinstance(document.value, dict) else {}
    known = known_rules(project) if table else {}
    settings: dict[str, Setting] = {}
    problems: list[Problem] = []
    for name, value in table.items():
        if name not in known:
            hint = did_you_mean(name, known, "docs/rules.md lists the rules")
            problems.append(
                error("rule-unknown", f'rule "{name}" does not exist', document.key_location("rules", name), hint)
            )
            continue
        setting, found = _setting(document, name, value)
        settings[name] = setting
        problems += found
    return settings, tuple(problems)


def _setting(document: YamlDocument, name: str, value: object) -> tuple[Setting, tuple[Problem, ...]]:
    """Return one rule's setting, which is a word or a table."""
    rule = load_rules().get(name)
    is_word = isinstance(value, str)
    if is_word:
        value = {"severity": value}
    if not isinstance(value, dict):
        where = document.location("rules", name)
        return Setting(), (
            error(
                "data-invalid",
                f'"{name}" must be a word or a table',
                where,
                "write off, error, warning, advice, or options",
            ),
        )
    problems: list[Problem] = []
    options: dict[str, Value] = {}
    severity: Severity | None = None
    is_off = False
    for key, item in value.items():
        at = document.location("rules", name) if is_word else document.location("rules", name, key)
        if key == "severity":
            is_off = item == OFF
            severity = _WORDS.get(str(item))
            if severity is None and not is_off:
                hint = did_you_mean(str(item), (*_WORDS, OFF), "write off, error, warning or advice")
                problems.append(error("data-invalid", f'rule "{name}" is set to "{item}"', at, hint))
        elif rule is None or key not in rule.options:
            names = ", ".join(sorted(rule.options)) if rule and rule.options else "none"
            hint = did_you_mean(key, rule.options if rule else (), f"its options: {names}")
            problems.append(error("rule-option", f'rule "{name}" has no option "{key}"', at, hint))
        else:
            read = _read_value(item, rule.options[key])
            if read is None:
                kind = "a whole number" if isinstance(rule.options[key], int) else "words"
                problems.append(
                    error(
                        "rule-option",
                        f'option "{key}" of rule "{name}" must be {kind}',
                        at,
                        f"it is {_shown(rule.options[key])} by default",
                    )
                )
            else:
                options[key] = read
    return Setting(severity, options, is_off), tuple(problems)


def _read_value(item: object, default: Value) -> Value | None:
    """Return the value of an option, read like its default; `None` for one of another kind."""
    if isinstance(default, int):
        return int(item) if isinstance(item, str) and item.isascii() and item.isdigit() else None
    if isinstance(default, str):
        return item if isinstance(item, str) else None
    return tuple(item) if isinstance(item, list) and all(isinstance(word, str) for word in item) else None


def _shown(value: Value) -> str:
    return ", ".join(value) if isinstance(value, tuple) else str(value)


def options_of(rule: Rule, settings: Mapping[str, Setting]) -> Options:
    """Return a rule's options as a site has set them."""
    setting = settings.get(rule.id)
    return {**rule.options, **setting.options} if setting else rule.options


def read_excuses(document: YamlDocument, known: Iterable[str]) -> tuple[tuple[Excuse, ...], tuple[Problem, ...]]:
    """Return the exceptions that a file makes in `allow` (a guide's under `guide`), and what is wrong with them."""
    excuses: list[Excuse] = []
    problems: list[Problem] = []
    for at in (("allow",), ("guide", "allow")):
        value: Any = document.value
        for step in at:
            value = value.get(step) if isinstance(value, dict) else None
        for index, item in enumerate(value if isinstance(value, list) else ()):
            found = tuple(_faults(item, document, (*at, index), known))
            problems += found
            if not found:
                excuses.append(Excuse(place=document.location(*at, index), **item))
    return tuple(excuses), tuple(problems)


def _faults(item: Any, document: YamlDocument, at: tuple[str | int, ...], known: Iterable[str]) -> Iterator[Problem]:
    """Yield what is wrong with one exception."""
    place = document.location(*at)
    if not isinstance(item, dict) or not all(isinstance(value, str) for value in item.values()):
        yield error("data-invalid", "an exception is a table of texts", place, "write {rule: …, reason: …}")
        return
    for name in sorted(item.keys() - _EXCEPTION_KEYS):
        hint = did_you_mean(name, _EXCEPTION_KEYS, f"known keys: {', '.join(sorted(_EXCEPTION_KEYS))}")
        yield error("unknown-key", f'unknown key "{name}" in an exception', document.key_location(*at, name), hint)
    if not item.get("reason", "").strip():
        hint = "add `reason:` with why the text is right as it is"
        yield error("exception-reason", "an exception gives no reason", place, hint)
    rule = item.get("rule", "")
    if not rule:
        hint = "add `rule:`; docs/rules.md lists the rules"
        yield error("rule-unknown", "an exception names no rule", place, hint)
    elif rule not in set(known):
        hint = did_you_mean(rule, known, "docs/rules.md lists the rules")
        yield error("rule-unknown", f'rule "{rule}" does not exist', place, hint)


def unused(excuses: Sequence[Excuse], used: Iterable[Excuse]) -> Iterator[Problem]:
    """Yield a warning for each exception that excuses nothing any more."""
    needed = set(used)
    for excuse in excuses:
        if excuse not in needed:
            message = f'the exception from "{excuse.rule}" excuses nothing'
            yield warning("exception-unused", message, excuse.place, "remove it")


def weighed(problem: Problem, severity: Severity | None) -> Problem:
    """Return a problem with another severity, the same one for `None`."""
    return problem if severity is None else replace(problem, severity=severity)
