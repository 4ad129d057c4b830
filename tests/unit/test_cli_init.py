"""`balise init` at the keyboard: flags, questions on a terminal, and what it says afterwards."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from balise.cli import main
from balise.cli.init import ALL_COUNTRIES, command
from balise.project import load_project
from balise.starter import starter_folder


class Keyboard(BytesIO):
    """Standard input that says it is a terminal, with the answers typed beforehand."""

    def isatty(self) -> bool:
        return True


def init(folder: Path, *flags: str, answers: bytes | None = None) -> Result:
    typed = Keyboard(answers) if answers is not None else None
    return CliRunner().invoke(command, [str(folder), *flags], input=typed, catch_exceptions=False)


def site(folder: Path) -> tuple[object, ...]:
    found = load_project(folder).site
    return found.name, found.languages, found.source_language, found.countries


def test_without_a_terminal_the_defaults_are_taken_and_the_next_step_is_told(tmp_path: Path) -> None:
    done = init(tmp_path / "demo")
    assert (done.exit_code, done.stdout, done.stderr) == (
        0,
        "",
        f"{tmp_path / 'demo'}: 38 pages and 3 guides in fr, nl, en.\nNext: cd {tmp_path / 'demo'} && balise build\n",
    )
    assert site(tmp_path / "demo") == ("Balise", ("fr", "nl", "en"), "en", tuple(ALL_COUNTRIES.split(",")))


def test_the_countries_offered_are_those_of_the_starter() -> None:
    assert tuple(ALL_COUNTRIES.split(",")) == load_project(starter_folder()).site.countries


def test_flags_are_taken_in_order_whatever_their_blanks_case_and_repeats(tmp_path: Path) -> None:
    init(
        tmp_path / "demo",
        *("--name", " Veilig online ", "--languages", " nl, fr,nl,", "--countries", "be, NL,BE"),
        *("--source-language", "nl", "--site-url", "https://example.be/"),
    )
    assert site(tmp_path / "demo") == ("Veilig online", ("nl", "fr"), "nl", ("BE", "NL"))
    assert "site_url: https://example.be/\n" in (tmp_path / "demo/mkdocs.yml").read_text()


def test_without_english_the_first_language_is_the_one_written_in(tmp_path: Path) -> None:
    init(tmp_path / "demo", "--languages", "fr,nl", "--countries", "FR")
    assert site(tmp_path / "demo")[2] == "fr"


def test_on_a_terminal_each_thing_is_asked_and_enter_takes_the_default(tmp_path: Path) -> None:
    done = init(tmp_path / "demo", answers=b"fr,en\nMon site\n\nFR,BE\n")
    questions = (
        "Languages, the ones your readers speak [fr,nl,en]:",
        "Name of the site [Balise]:",
        "Language you write in [en]:",
        "Countries, your own first [BE,FR,NL,LU,CA,US,GB,IE,CH]:",
    )
    assert [question for question in questions if question not in done.stderr] == []
    assert site(tmp_path / "demo") == ("Mon site", ("fr", "en"), "en", ("FR", "BE"))


def test_on_a_terminal_what_is_given_is_not_asked(tmp_path: Path) -> None:
    flags = ("--name", "x", "--languages", "en", "--source-language", "en", "--countries", "GB")
    done = init(tmp_path / "demo", *flags, answers=b"")
    assert (done.exit_code, "[" in done.stderr) == (0, False)


@pytest.mark.parametrize(
    ("flags", "refusal"),
    [
        (("--languages", ","), "choose at least one language, as in --languages fr,nl"),
        (("--languages", "fr,xx"), '"xx" is not a language; write codes such as fr, nl, en'),
        (
            ("--languages", "fr", "--source-language", "nl"),
            'the source language "nl" is not among the languages; add it',
        ),
        (("--countries", "be,zz"), 'the starter has no channels for "ZZ"; it has BE, FR, NL, LU, CA, US, GB, IE, CH'),
        (("--countries", ""), "choose at least one country, as in --countries BE,FR"),
        (
            ("--site-url", "example.org"),
            '"example.org" is not an https address; write one such as https://example.org/',
        ),
        (("--name", " "), "the site's name is empty; write a text, or leave the key out"),
    ],
)
def test_a_refusal_is_one_line_with_exit_code_two_and_writes_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], flags: tuple[str, ...], refusal: str
) -> None:
    with pytest.raises(SystemExit) as leaving:
        main(["init", str(tmp_path / "demo"), *flags])
    assert (leaving.value.code, capsys.readouterr()) == (2, ("", f"error: {refusal}\n"))
    assert list(tmp_path.iterdir()) == []


def test_a_second_start_in_the_same_folder_changes_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    init(tmp_path / "demo", "--languages", "en")
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    with pytest.raises(SystemExit) as leaving:
        main(["init", str(tmp_path / "demo"), "--languages", "fr"])
    assert (leaving.value.code, capsys.readouterr().err) == (
        2,
        f'error: "{tmp_path / "demo"}" is not empty; choose a new folder\n',
    )
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before


def test_the_help_shows_examples_and_what_is_taken_when_left_out() -> None:
    shown = CliRunner().invoke(command, ["--help"]).stdout
    assert "  balise init demo\n" in shown
    assert "when left out, English or else" in " ".join(shown.split())
