"""Golden cases of the gate's rules: `tests/rules/<rule>/<language>.txt`, read and run on the reference project.

A file holds cases, each begun by a line `=== hit: what it shows` or `=== silent: what it shows`. Lines of the form
`key: value` may follow, then an empty line, then a page's body. What a rule has to find stands between ⟦ and ⟧; a hit
without marks is one that has no place in the text. Keys:

    message   the whole message of the first finding
    fix       what `--fix` writes instead of the first finding
    audience  the page's audience, as in `parent, young` (`anyone` without it)
    type      its page type (`topic`), and `title`, `short`, `description` and any other key of front matter
    today     the day that counts (2026-11-22)
    help      the id of the channel in the bar on top of the page, instead of the site's own

A line `>>>` parts a text in English (in French where the file is English) from its translation into the language of
the file, unit by unit; marks then stand in the translation. A unit of the translation that is `(missing)` has none. A
line `<<<` in front of the text parts it from the one that the translation was made from, unit by unit. `\\u202e` and the
like stand for characters that nobody sees.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from balise.catalogues import Entry, catalogue
from balise.lint.gate import Gate, Wanted, make_gate
from balise.lint.plain_text import CALL
from balise.page import META_UNITS, Page, parse_page
from balise.pipeline import EditionCompiler, Options, site_phrases
from balise.problems import Problem
from balise.project import Project, load_sources
from balise.site import addresses
from balise.skeleton import Skeletons

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "tests" / "rules"
_CASE = re.compile(r"^=== (hit|silent): (.+)$", re.MULTILINE)
_KEY = re.compile(r"([a-z_]+): (.*)")
_MARK = re.compile(r"⟦(.*?)⟧", re.DOTALL)
_CALL = re.compile(r"\{\{.*?\}\}")
_CODE = re.compile(r"\\u([0-9a-f]{4})")


@dataclass(frozen=True)
class Case:
    """One text and what a rule has to find in it."""

    rule: str
    language: str
    name: str
    is_hit: bool
    keys: dict[str, str]
    body: str
    translation: str
    former: str = ""

    @property
    def written(self) -> str:
        """Return the language that the text is written in."""
        if not self.translation:
            return self.language
        return "fr" if self.language == "en" else "en"

    @property
    def marked(self) -> str:
        return self.translation or self.body

    @property
    def expected(self) -> list[str]:
        """Return the texts between marks, in order."""
        texts = " ".join([*(self.keys.get(key, "") for key in META_UNITS), self.marked])
        return [" ".join(_CALL.sub(CALL, found).split()) for found in _MARK.findall(texts)]


def read_cases(path: Path) -> Iterator[Case]:
    """Yield the cases of a file."""
    text = _CODE.sub(lambda match: chr(int(match[1], 16)), path.read_text("utf-8"))
    pieces = _CASE.split(text)
    for kind, name, rest in zip(pieces[1::3], pieces[2::3], pieces[3::3], strict=True):
        lines = rest.strip("\n").split("\n")
        keys = {}
        while lines and (match := _KEY.fullmatch(lines[0])):
            keys[match[1]] = match[2]
            lines = lines[1:]
        former, _, text = "\n".join(lines).strip("\n").rpartition("\n<<<\n")
        body, _, translation = (part.strip("\n") for part in text.partition("\n>>>\n"))
        yield Case(path.parent.name, path.stem, name, kind == "hit", keys, body, translation, former.strip("\n"))


def all_cases() -> list[Case]:
    """Return every case of every rule."""
    return [case for path in sorted(FOLDER.glob("*/*.txt")) for case in read_cases(path)]


@cache
def reference_project() -> Project:
    """Return the reference project, read once; its catalogues of pages are not."""
    return load_sources(ROOT)


@cache
def _phrases() -> object:
    return site_phrases(reference_project())


def _front_matter(case: Case, title: str) -> str:
    keys = {"type": "topic", "title": title, "description": title, "audience": "anyone"}
    keys |= {key: value for key, value in case.keys.items() if key not in ("message", "fix", "today", "help")}
    lines = [f"{key}: {_MARK.sub(lambda m: m[1], value)}" for key, value in keys.items() if key != "audience"]
    return "\n".join(["---", *lines, f"audience: [{keys['audience']}]", "---", ""])


_TITLES = {"fr": "Une page", "nl": "Een pagina", "en": "A page"}


def _page(case: Case, body: str, language: str) -> Page:
    text = _front_matter(case, _TITLES[language]) + "\n" + _MARK.sub(lambda match: match[1], body) + "\n"
    page, problems = parse_page(text, "content/help/case.md", "help/case", reference_project().types, language)
    assert page, problems
    return page


def run_case(case: Case, gate: Gate | None = None) -> list[tuple[Problem, str]]:
    """Return what the rule finds in a case: the problem, and the text it stands in ("" without a place)."""
    page = _page(case, case.body, case.written)
    base = reference_project()
    project = replace(base, pages={**base.pages, page.id: page})
    if "help" in case.keys:
        project = replace(project, site=replace(base.site, help={base.site.default_country: case.keys["help"]}))
    entries = None
    if case.translation:
        other = _page(case, case.translation, case.language)
        former = _page(case, case.former or case.body, case.written)
        counts = {len(one.cutting.units) for one in (page, other, former)}
        assert len(counts) == 1, "the texts have different units"
        meta = [
            Entry(f"meta.{key}", page.meta[key], other.meta[key] if key in case.keys else _TITLES[case.language])
            for key in META_UNITS
            if key in page.meta
        ]
        texts = zip(page.cutting.texts, other.cutting.texts, former.cutting.texts, strict=True)
        units = [_entry(f"unit{number}", *three) for number, three in enumerate(texts)]
        entries = catalogue("locales/x/pages/help/case.po", (*meta, *units))
    return list(_findings(case, project, page, entries))


def _entry(name: str, source: str, translation: str, former: str) -> Entry:
    text = "" if translation == "(missing)" else translation
    return Entry(name, source, text, former if former != source else "")


def _findings(case: Case, project: Project, page: Page, entries: object) -> Iterator[tuple[Problem, str]]:
    gate = make_gate(project, Wanted(select=(case.rule,), advice=True))
    table, _, _ = addresses(project)
    options = Options(case.keys.get("today", "2026-11-22"))
    phrases = _phrases()[case.language]  # type: ignore[index]
    found: list[tuple[Problem, str]] = []

    class Watching(Gate):
        """Notes the text each finding stands in."""

        def _problem(self, name, finding, severity, sheet):  # type: ignore[no-untyped-def]
            text = finding.passage.text[finding.start : finding.end] if finding.passage else ""
            found.append((super()._problem(name, finding, severity, sheet), " ".join(text.split())))
            return found[-1][0]

    watching = Watching(gate.project, gate.wanted, gate.settings)
    compiler = EditionCompiler(
        project, case.language, options, table, Skeletons(project.page_types), phrases=phrases, gate=watching
    )
    compiler.translate(page, entries)  # type: ignore[arg-type]
    compiler.page(page.id)
    return iter([one for one in found if one[0].rule == case.rule])


def rules_told(body: str, language: str, wanted: Wanted) -> list[str]:
    """Return the rules that a run of the gate names on a page with this body, in the order of their findings."""
    page = _page(Case("", language, "", is_hit=True, keys={}, body=body, translation=""), body, language)
    base = reference_project()
    project = replace(base, pages={**base.pages, page.id: page})
    table, _, _ = addresses(project)
    skeletons, phrases = Skeletons(project.page_types), _phrases()[language]  # type: ignore[index]
    gate = make_gate(project, wanted)
    compiler = EditionCompiler(project, language, Options("2026-11-22"), table, skeletons, phrases=phrases, gate=gate)
    compiler.translate(page, None)
    compiler.page(page.id)
    return [problem.rule for problem in compiler.notes[page.id].problems]
