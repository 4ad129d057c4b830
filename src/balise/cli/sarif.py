"""Problems as SARIF 2.1.0 (OASIS, 2020), which code-scanning services and editors read."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import quote

from balise import __version__
from balise.lint.manual import RuleText
from balise.problems import Problem, Severity

_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.ADVICE: "note"}
_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


def sarif_log(problems: Iterable[Problem], manual: Mapping[str, RuleText]) -> dict[str, Any]:
    """Return a SARIF log of one run; `manual` holds what there is to say of rules by id."""
    found = list(problems)
    ids = list(dict.fromkeys(problem.rule for problem in found))
    driver = {
        "name": "balise",
        "semanticVersion": __version__,
        "rules": [_rule(name, manual.get(name)) for name in ids],
    }
    return {
        "$schema": _SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {"driver": driver},
                "columnKind": "unicodeCodePoints",
                "originalUriBaseIds": {"ROOT": {"description": {"text": "the folder of mkdocs.yml"}}},
                "results": [_result(problem, ids.index(problem.rule)) for problem in found],
            }
        ],
    }


def _rule(name: str, text: RuleText | None) -> dict[str, Any]:
    rule: dict[str, Any] = {"id": name}
    if text:
        rule["shortDescription"] = {"text": text.title}
        rule["fullDescription"] = {"text": text.finds}
        rule["help"] = {"text": "\n\n".join(part for part in (text.finds, text.why, text.bad, text.better) if part)}
        rule["defaultConfiguration"] = {"level": _LEVELS[text.severity]}
        rule["properties"] = {"tags": [text.group]}
    return rule


def _result(problem: Problem, index: int) -> dict[str, Any]:
    where = problem.location
    artifact = {"uri": quote(where.path), "uriBaseId": "ROOT"}
    place: dict[str, Any] = {"artifactLocation": artifact}
    region: dict[str, Any] = {}
    if where.line:
        region = {"startLine": where.line} | ({"startColumn": where.column} if where.column else {})
        if problem.length and where.column:
            region |= {"endLine": where.line, "endColumn": where.column + problem.length}
        place["region"] = region
    text = f"{problem.message}. {problem.hint}".strip()
    digest = hashlib.sha256(f"{problem.rule}\0{where.path}\0{problem.message}".encode()).hexdigest()[:32]
    result: dict[str, Any] = {
        "ruleId": problem.rule,
        "ruleIndex": index,
        "level": _LEVELS[problem.severity],
        "message": {"text": text},
        "locations": [{"physicalLocation": place}],
        "partialFingerprints": {"balise/v1": digest},
    }
    if problem.fix is not None and "endColumn" in region:
        change = {"deletedRegion": region, "insertedContent": {"text": problem.fix}}
        result["fixes"] = [
            {
                "description": {"text": f'write "{problem.fix}"'},
                "artifactChanges": [{"artifactLocation": artifact, "replacements": [change]}],
            }
        ]
    return result
