"""Part `traces`: a tour of every page: nobody else is asked, nothing is kept, nothing is refused."""

from __future__ import annotations

import json
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any

from audit.finding import Finding, Row, Tally
from audit.judges import HERE, MODULES, ask_json, chromium, missing_means
from audit.reader import UNFOLD, search
from audit.serving import POLICY, headers_of, parse_headers, served
from audit.subject import Page, Subject

KEPT = """async () => ({
  cookies: document.cookie.length, localStorage: localStorage.length, sessionStorage: sessionStorage.length,
  databases: (await indexedDB.databases()).length, caches: (await caches.keys()).length,
  workers: (await navigator.serviceWorker.getRegistrations()).length,
})"""
FOLLOW = """url => {
  const link = [...document.links].find(one => one.href === url);
  if (link) link.click();
  return !!link;
}"""
LISTEN = """addEventListener('securitypolicyviolation', event =>
  console.error('refused-by-policy', event.violatedDirective, event.blockedURI));"""
SEVERITIES = {
    10: "high",
    20: "syntax",
    30: "medium",
    40: "high maybe",
    45: "strict CSP",
    50: "medium maybe",
    60: "info",
}
"""The words of csp_evaluator for its numbers; 10 to 30 and what is maybe high count against a policy."""
AGAINST = (10, 20, 30, 40)


def judge(subject: Subject, folder: Path, seed: int) -> Iterator[Row]:
    """Yield a row for the tour of each language, and one for the policies."""
    yield from judge_tours(subject)
    yield _judge_policies(subject)


def judge_tours(subject: Subject) -> Iterator[Row]:
    """Yield a row for the tour of each language."""
    missing = missing_means("chromium")
    if missing:
        yield Row("traces", "tour", skipped=missing)
        return
    with served(subject.folder) as address, chromium() as browser:
        for language in subject.project.site.languages:
            if subject.edition(language):
                yield _tour(browser, address, subject, language)


def _tour(browser: Any, address: str, subject: Subject, language: str) -> Row:
    """Return what a reader's browser did and kept while every page of a language was read by following links."""
    tally, asked = Tally(), list[str]()
    context = browser.new_context(viewport={"width": 360, "height": 740})
    context.add_init_script(LISTEN)
    tab = context.new_page()
    where = ""

    def hear(message: Any) -> None:
        if "refused-by-policy" in message.text or "Content Security Policy" in message.text:
            tally.found.append(Finding("policy violation", where, seen=message.text[:160]))

    context.on("request", lambda request: asked.append(request.url))
    tab.on("console", hear)
    tab.on("pageerror", lambda error: tally.found.append(Finding("script error", where, seen=str(error)[:160])))
    for page in subject.edition(language):
        where = page.address
        tally.pages += 1
        _visit(tab, address, page)
        kept = tab.evaluate(KEPT)
        for name, number in kept.items():
            tally.expect(not number, name, page.address, seen=str(number))
    outside = [url for url in asked if not url.startswith((address, "data:"))]
    tally.checks += len(asked)
    tally.found += [Finding("request off the origin", "", seen=url[:160]) for url in outside]
    cookies = context.cookies()
    tally.expect(not cookies, "cookies", "", seen=str(cookies))
    context.close()
    return tally.row("traces", f"tour ({language})", f"{len(asked)} requests, {len(outside)} off the origin", "0")


def _visit(tab: Any, address: str, page: Page) -> None:
    """Reach a page by a link where the page before has one; unfold what is folded; use the search."""
    if tab.url == "about:blank":
        tab.goto(address + page.address)
    else:
        reached = tab.evaluate(
            FOLLOW,
            address + page.address,
        )
        if reached:
            tab.wait_for_url(address + page.address)
        else:
            tab.goto(address + page.address)
    tab.evaluate(UNFOLD)
    if page.kind == "a-z":
        search(tab)


def policies(subject: Subject) -> dict[str, str]:
    """Return each different policy of the site by where it stands: the header file, or the first page with it."""
    found = {}
    written = subject.folder / "_headers"
    if written.is_file():
        found["_headers"] = headers_of(parse_headers(written.read_text("utf-8")), "/").get(POLICY, "")
    for page in subject.pages:
        node = page.tree.css_first(f'meta[http-equiv="{POLICY}"]')
        policy = unescape((node.attributes.get("content") or "") if node else "")
        if policy not in found.values():
            found[page.address or "/"] = policy
    return found


def _judge_policies(subject: Subject) -> Row:
    """Return the row of what csp_evaluator holds against the policies of header and pages."""
    missing = missing_means("node", "npm")
    if missing:
        return Row("traces", "policies before csp_evaluator", skipped=missing)
    known, tally = policies(subject), Tally(pages=len(subject.pages))
    said = ask_json(["node", HERE / "policy.cjs", json.dumps(list(known.values()))], NODE_PATH=str(MODULES))
    others = 0
    for (place, policy), notes in zip(known.items(), said, strict=True):
        tally.expect(bool(policy), "no policy", place)
        for note in notes:
            is_against = note["severity"] in AGAINST
            others += not is_against
            severity = SEVERITIES.get(note["severity"], str(note["severity"]))
            tally.expect(not is_against, severity, place, note["directive"], note["description"][:160])
    return tally.row(
        "traces", "policies before csp_evaluator", f"{len(known)} policies, {others} lesser notes", "0 high or medium"
    )
