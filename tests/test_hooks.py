"""What other programs take from the repository: hooks of pre-commit, and an action of GitHub."""

import re
import shlex
import subprocess
from pathlib import Path

import pytest
import yaml

from balise.cli.check import command

ROOT = Path(__file__).parents[1]
HOOKS = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
ACTION = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))
OPTIONS = {name for option in command.params for name in option.opts}


def options_in(text: str) -> set[str]:
    """Return the options of `balise check` that a text names."""
    return {
        word
        for line in re.findall(r"balise check\b([^\n`#|]*)", text)
        for word in re.findall(r"(?<![\w-])--[a-z-]+", line)
    }


def test_the_hooks_run_commands_that_exist_on_the_sources_of_a_site():
    assert [hook["id"] for hook in HOOKS] == ["balise-check", "balise-fix"]
    for hook in HOOKS:
        assert shlex.split(hook["entry"])[:2] == ["balise", "check"]
        assert options_in(hook["entry"]) <= OPTIONS
        assert (hook["language"], hook["pass_filenames"]) == ("python", False)
        wanted = re.compile(hook["files"])
        assert all(wanted.search(name) for name in ("content/help/young.md", "locales/nl/pages/index.po", "mkdocs.yml"))
        assert not any(wanted.search(name) for name in ("src/content/x.py", "docs/mkdocs.yml", "README.md"))


def test_the_action_uses_nobody_elses_and_names_options_that_exist():
    steps = ACTION["runs"]["steps"]
    text = "\n".join(step["run"] for step in steps)

    assert ACTION["runs"]["using"] == "composite"
    assert not any("uses" in step for step in steps)
    assert options_in(text) == {"--format", "--output", "--published"}
    assert options_in(text) <= OPTIONS


def test_the_action_takes_inputs_through_the_environment_alone():
    steps = ACTION["runs"]["steps"]
    named = {
        name
        for step in steps
        for value in (*step["env"].values(), step.get("if", ""))
        for name in re.findall(r"inputs\.([a-z-]+)", value)
    }
    assert named == set(ACTION["inputs"])
    assert not any("${{" in step["run"] for step in steps)


@pytest.mark.parametrize("step", ACTION["runs"]["steps"], ids=lambda step: step["name"])
def test_every_step_of_the_action_is_a_script_that_bash_can_read(step):
    read = subprocess.run(["bash", "-n"], input=step["run"], text=True, capture_output=True, check=False)

    assert (read.returncode, read.stderr) == (0, "")


@pytest.mark.parametrize(
    ("arguments", "answer", "ends"), [("--strict --advice", 1, 1), ("", 0, 0), ("--ignore facts", 2, 2)]
)
def test_the_action_hands_its_arguments_on_word_by_word(tmp_path, arguments, answer, ends):
    said = tmp_path / "said"
    fake = tmp_path / "bin" / "balise"
    fake.parent.mkdir()
    fake.write_text(f'#!/bin/sh\nprintf "<%s>" "$@" >> {said}\necho >> {said}\nexit {answer}\n', "utf-8")
    fake.chmod(0o755)
    environment = {"PATH": f"{fake.parent}:/usr/bin:/bin", "ARGUMENTS": arguments, "SARIF": "a b.sarif", "FOLDER": "."}
    run = {step["name"]: step["run"] for step in ACTION["runs"]["steps"]}
    words = "".join(f"<{word}>" for word in arguments.split())

    codes = [
        subprocess.run(["bash", "-e", "-c", run[name]], env=environment, cwd=tmp_path, check=False).returncode
        for name in ("Write the findings for code scanning", "Check the sources")
    ]
    assert said.read_text("utf-8").splitlines() == [
        f"<check>{words}<--format><sarif><--output><a b.sarif>",
        f"<check>{words}<--format><github>",
    ]
    assert codes == [0 if ends == 1 else ends, ends]


def test_the_manual_of_the_gate_names_options_and_hooks_that_exist():
    manual = (ROOT / "docs" / "gate.md").read_text("utf-8")

    assert options_in(manual) <= OPTIONS
    assert {
        "--select",
        "--advice",
        "--strict",
        "--release",
        "--fix",
        "--report",
        "--published",
        "--format",
        "--output",
    } <= options_in(manual)
    assert re.findall(r"- id: ([a-z-]+)", manual) == ["balise-fix", "balise-check"]
    assert set(re.findall(r"^\| `([a-z-]+)` \|", manual, re.MULTILINE)) == set(ACTION["inputs"])
