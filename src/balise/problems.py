"""What an author can mend: a problem with its place, its rule and the way out."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum


class Severity(Enum):
    """How much a problem weighs: an error stops the build, a warning is counted under `--strict`."""

    ERROR = "error"
    WARNING = "warning"
    ADVICE = "advice"


@dataclass(frozen=True, order=True)
class Location:
    """A place in a file: POSIX path from the project's root, 1-based line and column (in characters); 0 is unknown."""

    path: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        """Return `path:line:column`; the first column where none is known, the path alone where no line is."""
        if not self.line:
            return self.path
        return f"{self.path}:{self.line}:{self.column or 1}"


@dataclass(frozen=True)
class Problem:
    """One finding: a lower-case message that says what is there, and a hint that says what to do.

    `length` is how many characters of its line are meant, 0 where that is not known; `fix` is what to write instead of
    them, `None` where that is for a person to say.
    """

    severity: Severity
    rule: str
    message: str
    location: Location
    hint: str = ""
    length: int = 0
    fix: str | None = None

    def __str__(self) -> str:
        """Return the finding as the terminal shows it, with its fix on a second line."""
        first = f"{self.location}: {self.severity.value}: {self.message} [{self.rule}]"
        return f"{first}\n    fix: {self.hint}" if self.hint else first


def error(rule: str, message: str, location: Location, hint: str = "") -> Problem:
    """Return a problem that stops the build."""
    return Problem(Severity.ERROR, rule, message, location, hint)


def warning(rule: str, message: str, location: Location, hint: str = "") -> Problem:
    """Return a problem that `--strict` counts."""
    return Problem(Severity.WARNING, rule, message, location, hint)


def sorted_problems(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Return the problems by place, each once."""
    unique = dict.fromkeys(problems)
    return tuple(sorted(unique, key=lambda p: (p.location, p.severity.value, p.rule, p.message, p.hint, p.length)))


def has_errors(problems: Iterable[Problem]) -> bool:
    """Tell whether any of the problems stops the build."""
    return any(problem.severity is Severity.ERROR for problem in problems)


def nearest(name: str, known: Iterable[str]) -> str:
    """Return the known name most like the given one, or an empty string when none is close."""
    matches = difflib.get_close_matches(name, list(known), n=1, cutoff=0.6)
    return matches[0] if matches else ""


def did_you_mean(name: str, known: Iterable[str], otherwise: str) -> str:
    """Return the hint that offers the nearest known name before saying where all names are listed."""
    match = nearest(name, known)
    return f'did you mean "{match}"? {otherwise}' if match else otherwise
