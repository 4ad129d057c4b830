"""What a rule of the gate is, what it finds, and how the rules are found: one file each in `rules/`."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from types import ModuleType
from typing import TYPE_CHECKING, NamedTuple

from balise.problems import Location, Severity

if TYPE_CHECKING:
    from balise.lint.sheet import Passage, Sheet
    from balise.lint.whole import Whole

Value = int | str | tuple[str, ...]
"""A value of an option: a whole number, a word, or words."""
Options = Mapping[str, Value]
"""The options of a rule by name, as a site has set them."""

GROUPS = ("facts", "wording", "safety", "plain", "languages", "structure", "bytes", "review")
"""What rules are about, in the order of the manual."""


class Finding(NamedTuple):
    """What a rule finds: a message in lower case, where it stands, and what to do.

    It stands in a passage from `start` to `end` (offsets in characters into `Passage.text`), or at a `place` of its
    own. `fix` is the text to write instead, only where nothing else can be meant. `severity` is the rule's where left
    out.
    """

    message: str
    hint: str
    passage: Passage | None = None
    start: int = 0
    end: int = 0
    place: Location | None = None
    fix: str | None = None
    severity: Severity | None = None


@dataclass(frozen=True)
class Rule:
    """One rule: what it is about, how much a finding weighs, and whom and which languages it concerns (all when empty).

    `on` names the kinds of sheets it reads: `page` for a page in a language, `data` for the texts of the data files,
    of site.yml and of templates in a language. `extra` is the package it needs, as in `lint`; without it the rule
    is left out and says so. One that is `by_request` runs only where it is selected by its id or set in site.yml.
    `options` are its options with their values where a site sets none. `replaces` are rules of `terms.yml` that it does
    better: they do not read the sheets it reads. `yields_to` are rules whose finding on the same characters says more:
    this one is then silent.
    """

    group: str
    severity: Severity
    languages: tuple[str, ...] = ()
    audiences: tuple[str, ...] = ()
    on: tuple[str, ...] = ("page",)
    options: Options = field(default_factory=dict)
    fixes: bool = False
    extra: str = ""
    by_request: bool = False
    replaces: tuple[str, ...] = ()
    yields_to: tuple[str, ...] = ()
    id: str = ""
    manual: str = ""
    check: Callable[[Sheet, Options], Iterable[Finding]] | None = None
    check_whole: Callable[[Whole, Options], Iterable[Finding]] | None = None

    def concerns(self, sheet: Sheet) -> bool:
        """Tell whether the rule reads a sheet: of this kind, in this language, for these readers."""
        if sheet.kind not in self.on:
            return False
        if self.languages and sheet.language.partition("-")[0] not in self.languages:
            return False
        return not self.audiences or bool(sheet.audiences & set(self.audiences))


@cache
def load_rules() -> Mapping[str, Rule]:
    """Return every rule by its id, in the order of the alphabet: the modules of `balise.lint.rules`."""
    package = importlib.import_module("balise.lint.rules")
    names = sorted(info.name for info in pkgutil.iter_modules(package.__path__))
    rules = [_read(importlib.import_module(f"{package.__name__}.{name}")) for name in names]
    return {rule.id: rule for rule in rules}


def _read(module: ModuleType) -> Rule:
    """Return the rule a module holds, with its name and its manual page."""
    rule: Rule = module.RULE
    return replace(
        rule,
        id=module.__name__.rpartition(".")[2].replace("_", "-"),
        manual=module.__doc__ or "",
        check=getattr(module, "check", None),
        check_whole=getattr(module, "check_whole", None),
    )
