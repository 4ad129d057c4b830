"""The judges from elsewhere: which are on this machine, how they are installed, and how they are asked."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from audit.finding import AuditError

HERE = Path(__file__).parent
TOOLS = HERE / ".tools"
"""Where npm puts the judges that `package.json` pins; not in the repository."""
MODULES = TOOLS / "node_modules"
CHROMIUM = (
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-gpu",
    "--no-first-run",
)
"""How Chromium is started wherever it judges."""
FLAGS = (*CHROMIUM, "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1")
"""How it is started for hostile pages: it finds no other machine, so that a tour of them leaves this one alone."""
_MEANS = {
    "chromium": "Chromium (Debian: chromium)",
    "node": "Node.js (Debian: nodejs)",
    "npm": "npm (Debian: npm)",
    "java": "Java (Debian: default-jre-headless)",
}


def missing_means(*names: str) -> str:
    """Return which of these a machine lacks, as a sentence; empty where nothing is missing."""
    missing = [_MEANS[name] for name in names if not (find_chromium() if name == "chromium" else shutil.which(name))]
    if not missing and "npm" in names:
        return _install()
    return f"not on this machine: {', '.join(missing)}" if missing else ""


def find_chromium() -> str:
    """Return the path of Debian's Chromium, or an empty string."""
    return shutil.which("chromium") or shutil.which("chromium-browser") or ""


def pinned() -> dict[str, str]:
    """Return the npm judges and their versions."""
    return dict(json.loads((HERE / "package.json").read_text("utf-8"))["dependencies"])


def _install() -> str:
    """Install the pinned judges where they are not yet; return what npm says when it cannot."""
    if all(_installed(name) == version for name, version in pinned().items()):
        return ""
    TOOLS.mkdir(exist_ok=True)
    shutil.copy(HERE / "package.json", TOOLS)
    options = ["--no-package-lock", "--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error"]
    done = subprocess.run(["npm", "install", *options], cwd=TOOLS, capture_output=True, text=True, check=False)
    lines = done.stderr.strip().splitlines()
    return f"npm cannot install the judges: {lines[-1] if lines else done.returncode}" if done.returncode else ""


def _installed(name: str) -> str:
    path = MODULES / name / "package.json"
    return str(json.loads(path.read_text("utf-8"))["version"]) if path.is_file() else ""


def ask(command: Sequence[str | Path], **variables: str) -> subprocess.CompletedProcess[str]:
    """Run a judge and return what it said; its exit code is for the caller to read."""
    return subprocess.run(
        [str(part) for part in command],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, **variables},
    )


def ask_json(command: Sequence[str | Path], **variables: str) -> Any:
    """Run a judge that writes JSON to its standard output. Raises `AuditError` where it wrote something else."""
    done = ask(command, **variables)
    try:
        return json.loads(done.stdout)
    except json.JSONDecodeError:
        said = (done.stderr or done.stdout).strip().splitlines()
        raise AuditError(f"{command[0]} {command[1]}: {said[-1][-200:] if said else 'said nothing'}") from None


@contextmanager
def chromium(**options: Any) -> Iterator[Any]:
    """Start a Chromium; inside, Playwright's browser."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=find_chromium(), args=list(FLAGS), **options)
        yield browser
        browser.close()


def versions() -> Iterator[str]:
    """Yield each judge that is here, with its version."""
    for name, command in (("Chromium", [find_chromium(), "--version"]), ("Node.js", ["node", "--version"])):
        if command[0] and shutil.which(command[0]):
            said = ask(command).stdout.split()
            yield f"{name} {next((word.lstrip('v') for word in said if word.lstrip('v')[:1].isdigit()), '?')}"
    yield from (f"{name} {version}" for name in pinned() if (version := _installed(name)))
