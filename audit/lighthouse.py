"""Part `lighthouse`: Lighthouse's four scores on a slow phone, for a page of each kind, each in another language."""

from __future__ import annotations

import statistics
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from audit.finding import AuditError, Finding, Row
from audit.judges import MODULES, ask_json, find_chromium, missing_means
from audit.serving import served
from audit.subject import Page, Subject

ROUNDS = 3
TRIES = 4
_AGAIN = "Please run Lighthouse again"
"""What Lighthouse says when its recording of the browser failed, which is no finding about the page."""
LIMITS: Mapping[str, int] = {"performance": 100, "accessibility": 100, "best-practices": 100, "seo": 100}
"""The least median of each score."""
KINDS = (("home", "fr"), ("situation", "nl"), ("directory", "en"), ("lesson", "fr"))
"""The kinds of page that are judged, and the language of each."""


def judge(subject: Subject, folder: Path, seed: int) -> Iterator[Row]:
    """Yield a row for each kind of page."""
    missing = missing_means("chromium", "node", "npm")
    if missing:
        yield Row("lighthouse", "phone defaults", skipped=missing)
        return
    with served(subject.folder) as address:
        for kind, language in KINDS:
            page = next((page for page in subject.edition(language) if page.kind == kind), None)
            if page:
                yield _judge_page(page, address)


def _judge_page(page: Page, address: str) -> Row:
    """Return the medians of some rounds, and every audit that Lighthouse holds against the page."""
    reports = [_ask(address + page.address) for _ in range(ROUNDS)]
    scores = {
        name: statistics.median(report["categories"][name]["score"] * 100 for report in reports) for name in LIMITS
    }
    found = [
        Finding(name, page.address, _against(reports[-1], name), f"{score:.0f}, limit {LIMITS[name]}")
        for name, score in scores.items()
        if score < LIMITS[name]
    ]
    measured = "/".join(f"{score:.0f}" for score in scores.values())
    limit = "/".join(map(str, LIMITS.values()))
    what = f"{page.kind} ({page.language}), performance/accessibility/best practices/SEO"
    return Row("lighthouse", what, 1, ROUNDS * len(LIMITS), measured, limit, tuple(found))


def _ask(url: str) -> Any:
    command: list[str | Path] = ["node", MODULES / "lighthouse" / "cli" / "index.js", url, "--quiet", "--output=json"]
    flags = "--chrome-flags=--headless=new --no-sandbox --disable-gpu --disable-background-networking"
    for attempt in range(TRIES):
        try:
            return ask_json([*command, flags], CHROME_PATH=find_chromium())
        except AuditError as failure:
            if _AGAIN not in str(failure) or attempt == TRIES - 1:
                raise
    raise AssertionError("unreachable")


def _against(report: Any, category: str) -> str:
    """Return the audits of a category that a page does not pass, by name."""
    audits = report["audits"]
    weighted = [item["id"] for item in report["categories"][category]["auditRefs"] if item["weight"]]
    return ", ".join(
        name for name in weighted if (audits[name]["score"] or 0) < 0.9 and audits[name]["score"] is not None
    )
