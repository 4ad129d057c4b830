"""What a rule on published sites is and finds, and how the rules are found: one file each in `published_rules/`."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache

from balise.lint.published_page import PublishedFile, PublishedPage
from balise.lint.published_site import Found, PublishedSite
from balise.problems import Severity


@dataclass(frozen=True)
class PublishedRule:
    """One rule: how much a finding weighs, and what it reads: pages, other files of text, or the site as a whole.

    Pages and files are read one by one, before all of them are known; the site when all of them are.
    """

    severity: Severity
    id: str = ""
    manual: str = ""
    check_page: Callable[[PublishedPage, PublishedSite], Iterable[Found]] | None = None
    check_file: Callable[[PublishedFile, str, PublishedSite], Iterable[Found]] | None = None
    check_site: Callable[[PublishedSite], Iterable[Found]] | None = None


@cache
def load_published_rules() -> Mapping[str, PublishedRule]:
    """Return every rule on published sites by its id, in the order of the alphabet."""
    package = importlib.import_module("balise.lint.published_rules")
    found: dict[str, PublishedRule] = {}
    for name in sorted(info.name for info in pkgutil.iter_modules(package.__path__)):
        module = importlib.import_module(f"{package.__name__}.{name}")
        rule: PublishedRule = module.RULE
        found[name.replace("_", "-")] = replace(
            rule,
            id=name.replace("_", "-"),
            manual=module.__doc__ or "",
            check_page=getattr(module, "check_page", None),
            check_file=getattr(module, "check_file", None),
            check_site=getattr(module, "check_site", None),
        )
    return found
