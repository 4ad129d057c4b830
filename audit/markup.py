"""Part `html`: the Nu Html Checker and html-validate on every page as it is written."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from audit.finding import AuditError, Finding, Row
from audit.judges import MODULES, ask, missing_means
from audit.subject import Page, Subject

VALIDATE = {
    "root": True,
    "extends": ["html-validate:recommended", "html-validate:a11y"],
    "rules": {"doctype-style": "off"},
}
"""How html-validate judges; `<!DOCTYPE html>` is spelled as the standard shows it."""


def judge(subject: Subject, folder: Path, seed: int) -> Iterator[Row]:
    """Yield a row for each checker."""
    yield _row(subject, "Nu Html Checker, errors", missing_means("java", "npm"), _ask_nu)
    yield _row(
        subject, "html-validate, errors", missing_means("node", "npm"), lambda pages: _ask_validate(pages, folder)
    )


def _row(subject: Subject, what: str, missing: str, asked: Any) -> Row:
    if missing:
        return Row("html", what, skipped=missing)
    found = tuple(asked(subject.pages))
    pages = len(subject.pages)
    broken = len({item.page for item in found})
    return Row("html", what, pages, pages, f"{broken} pages with errors", "0", found)


def _ask_nu(pages: Sequence[Page]) -> Iterator[Finding]:
    jar = MODULES / "vnu-jar" / "build" / "dist" / "vnu.jar"
    names = {page.path.as_uri(): page.address for page in pages}
    done = ask(["java", "-Xss1m", "-jar", jar, "--errors-only", "--format", "json", *(page.path for page in pages)])
    try:
        said = json.loads(done.stderr)["messages"]
    except (json.JSONDecodeError, KeyError):
        raise AuditError(f"the Nu Html Checker failed: {done.stderr.strip()[-200:]}") from None
    for item in said:
        # Java writes `file:/…` where others write `file:///…`.
        url = (
            str(item.get("url", "")).replace("file:/", "file:///", 1)
            if "///" not in item.get("url", "")
            else item["url"]
        )
        yield Finding(item["message"], names.get(url, url), f"line {item.get('lastLine', '?')}")


def _ask_validate(pages: Sequence[Page], folder: Path) -> Iterator[Finding]:
    config = folder / ".htmlvalidate.json"
    config.write_text(json.dumps(VALIDATE), "utf-8")
    script = MODULES / "html-validate" / "bin" / "html-validate.mjs"
    names = {str(page.path): page.address for page in pages}
    files = [page.path for page in pages]
    # Its standard output is cut where a pipe is full, so it writes to a file.
    written = folder / "said.json"
    written.unlink(missing_ok=True)
    done = ask(["node", script, "--config", config, "--formatter", f"json={written}", *files])
    if not written.is_file():
        raise AuditError(f"html-validate failed: {done.stderr.strip()[-200:]}")
    for item in json.loads(written.read_text("utf-8")):
        address = names.get(item["filePath"], item["filePath"])
        for message in item["messages"]:
            if message["severity"] == 2:
                place = message.get("selector") or f"line {message['line']}"
                yield Finding(message["ruleId"], address, place, message["message"])
