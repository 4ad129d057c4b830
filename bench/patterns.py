"""Every pattern of the gate on 100 kB of its own worst strings: how long a search takes, and what a tool says of it."""

from __future__ import annotations

import importlib
import pkgutil
import re
import signal
import sys
import time
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from types import FrameType
from typing import Any, NamedTuple

from markupsafe import escape

from balise.lint.fragments import DIGIT, needed
from balise.lint.rule import Rule, load_rules
from balise.lint.sheet import Passage, Sheet
from balise.lint.surroundings import Surroundings
from balise.pipeline import site_phrases
from balise.project import load_project
from balise.registries import load_registries

ROOT = Path(__file__).parents[1]
SIZE = 100_000
LIMIT = 0.1
"""Seconds that a pattern may take on its own worst string."""
WORST_STARS = 2
"""Repeats inside each other that a tool may see: more would be cubic or exponential time."""
_GIVE_UP = 5


class Pattern(NamedTuple):
    """A pattern, where it comes from, and its flags."""

    name: str
    source: str
    flags: int


def all_patterns() -> Iterator[Pattern]:
    """Yield the patterns of `terms.yml`."""
    registry = load_registries(ROOT / "content" / "data", ROOT)[0].wording
    for name, term in registry.rules.items():
        flags = 0 if term.case_sensitive else re.IGNORECASE
        tables: list[Mapping[str, Any]] = [
            term.patterns,
            term.when,
            term.needs,
            term.unless_sentence_has,
            term.silent_after,
        ]
        for table in tables:
            for language, found in table.items():
                for source in (found,) if isinstance(found, str) else found:
                    yield Pattern(f"{name} {language}", source, flags)
    for name, sets in registry.exception_sets.items():
        for language, sources in sets.items():
            yield from (Pattern(f"exceptions {name} {language}", source, re.IGNORECASE) for source in sources)
    for language, negation in registry.negation.items():
        for source in (negation.before, negation.after):
            if source:
                yield Pattern(f"negation {language}", source, re.IGNORECASE)


def _of_modules() -> Iterator[Pattern]:
    package = importlib.import_module("balise.lint.rules")
    for info in pkgutil.iter_modules(package.__path__, "balise.lint.rules."):
        module = importlib.import_module(info.name)
        for key, value in vars(module).items():
            for pattern in _inside(value):
                if isinstance(pattern.pattern, str):
                    yield Pattern(f"{info.name.removeprefix('balise.lint.')} {key}", pattern.pattern, pattern.flags)


def _inside(value: object) -> Iterator[re.Pattern[Any]]:
    """Yield the compiled patterns in a value of a module."""
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, Mapping):
        for item in value.values():
            yield from _inside(item)
    elif isinstance(value, tuple | list):
        for item in value:
            yield from _inside(item)


def stars(pattern: Pattern) -> tuple[int, str]:
    """Return how deep repeats stand in each other, as regexploit sees it, and a string that shows it; 0 for none."""
    from regexploit.ast.sre import SreOpParser
    from regexploit.redos import find

    try:
        found = list(find(SreOpParser().parse_sre(pattern.source, pattern.flags & ~re.UNICODE)))
    except Exception:  # noqa: BLE001 - what the tool cannot read (possessive repeats), it says nothing of
        return 0, ""
    worst = max(found, key=lambda one: one.starriness, default=None)
    return (worst.starriness, str(worst.example())) if worst else (0, "")


def worst_strings(pattern: Pattern, shown: str) -> Iterator[str]:
    """Yield strings of 100 kB that are likely to be bad for a pattern: repeats of what it looks for, and the tool's."""
    words = [word for sets in needed(pattern.source) for word in sets if word != DIGIT][:6]
    words += re.findall(r"[^\W\d_]{2,}", re.sub(r"\\.", " ", pattern.source))[:6]
    for word in dict.fromkeys(words):
        for gap in ("", " ", "a", " a ", ". "):
            yield _filled(word + gap)
    for piece in ("a", "a ", " ", "1", "1 ", "a-", "a.", "«", "é", "A", "1.", "(", "\n", '"', "'", "@a", "/", "a@"):
        yield _filled(piece)
    if shown:
        yield shown[:SIZE]


def _filled(piece: str) -> str:
    return (piece * (SIZE // len(piece) + 1))[:SIZE]


def slowest(pattern: Pattern, strings: Iterable[str]) -> tuple[float, str]:
    """Return the longest search of a pattern through the strings, in seconds, and how that string begins."""
    compiled = re.compile(pattern.source, pattern.flags)
    worst = (0.0, "")
    for text in strings:
        begun = time.perf_counter()
        try:
            signal.setitimer(signal.ITIMER_REAL, _GIVE_UP)
            for _ in compiled.finditer(text):
                pass
        except TimeoutError:
            pass
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
        worst = max(worst, (time.perf_counter() - begun, text[:24]))
    return worst


def measured(pattern: Pattern, strings: Iterable[str]) -> tuple[float, str]:
    """Return the longest search of a pattern; one that seems too long is tried twice more."""
    found = slowest(pattern, kept := list(strings))
    for _ in range(2):
        if found[0] > LIMIT:
            found = min(found, slowest(pattern, kept))
    return found


def _too_long(number: int, frame: FrameType | None) -> None:
    raise TimeoutError


def rule_times() -> Iterator[tuple[float, str, str]]:
    """Yield for each rule of our own its longest look at a page of one such string: seconds, rule, how it begins.

    The page is cut into passages and sentences before, as it is once for all rules.
    """
    project = load_project(ROOT)
    page = project.pages["help/sextortion"]
    phrases = site_phrases(project)
    patterns: dict[str, list[Pattern]] = {}
    for pattern in _of_modules():
        patterns.setdefault(pattern.name.partition(" ")[0].removeprefix("rules."), []).append(pattern)
    for name, rule in load_rules().items():
        if not rule.check:
            continue
        own = patterns.get(name.replace("-", "_"), [])
        strings = dict.fromkeys(text for pattern in (*own, Pattern("", "", 0)) for text in worst_strings(pattern, ""))
        worst = (0.0, "", "")
        for tag in rule.languages or project.site.languages:
            around = Surroundings(project, tag, phrases[tag], "2026-11-22")
            for text in strings:
                passage = Passage(text, "paragraph", page.path, 20, markdown=False)
                readers = frozenset(rule.audiences) or frozenset({"parent", "young"})
                sheet = Sheet("page", tag, (passage,), around, page, readers, html=escape(text))
                _ = sheet.lowered, passage.sentences
                worst = max(worst, (min(_look(rule, sheet) for _ in range(2)), name, text[:24]))
        yield worst


def _look(rule: Rule, sheet: Sheet) -> float:
    begun = time.perf_counter()
    try:
        signal.setitimer(signal.ITIMER_REAL, _GIVE_UP)
        for _ in rule.check(sheet, rule.options) if rule.check else ():
            pass
    except TimeoutError:
        pass
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
    return time.perf_counter() - begun


def main() -> int:
    """Print the slowest patterns and rules, and every one that breaks a promise; return 1 when there is one."""
    signal.signal(signal.SIGALRM, _too_long)
    rows = []
    broken = 0
    patterns = list(dict.fromkeys(all_patterns()))
    for pattern in patterns:
        depth, shown = stars(pattern)
        seconds, text = measured(pattern, worst_strings(pattern, shown))
        rows.append((seconds, depth, pattern, text))
    for seconds, depth, pattern, text in sorted(rows, reverse=True, key=lambda row: row[:2]):
        bad = seconds > LIMIT or depth > WORST_STARS
        broken += bad
        if bad or (seconds, depth, pattern, text) in sorted(rows, reverse=True, key=lambda row: row[0])[:10]:
            mark = "too slow" if bad else "ok"
            print(
                f"{seconds:6.3f} s  {depth} stars  {mark:8}  {pattern.name}  {text!r}\n          {pattern.source[:140]}"
            )
    print(
        f"{len(patterns)} patterns, {broken} over {LIMIT} s on {SIZE // 1000} kB or with more than {WORST_STARS} stars"
    )
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
