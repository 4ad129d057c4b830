"""The wheel alone starts and builds a site, without the checkout and without the network."""

from __future__ import annotations

import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

from support.commands import REPOSITORY, Outcome
from support.published import read_pages

pytestmark = pytest.mark.wheel


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built as a release is, with the build tools that are installed here."""
    pytest.importorskip("build", reason="the build front end is not installed")
    pytest.importorskip("hatchling", reason="the build back end is not installed")
    folder = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(REPOSITORY)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return next(folder.glob("balise-*.whl"))


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The `balise` of a fresh environment that holds the wheel; what it needs is borrowed from this one."""
    folder = tmp_path_factory.mktemp("fresh") / "venv"
    venv.create(folder, with_pip=False, symlinks=True)
    site_packages = Path(sysconfig.get_path("purelib", "venv", vars={"base": str(folder), "platbase": str(folder)}))
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(site_packages)
    (site_packages / "borrowed.pth").write_text(sysconfig.get_path("purelib") + "\n", "utf-8")
    return folder / "bin" / "python"


def balise(python: Path, folder: Path, *arguments: str) -> Outcome:
    """Return what the installed command did in a folder, seeing nothing of the checkout."""
    words = [str(python), "-c", "from balise.cli import main; main()", *arguments]
    variables = {"PATH": "/usr/bin:/bin", "SOURCE_DATE_EPOCH": "1795219200"}
    done = subprocess.run(words, cwd=folder, env=variables, capture_output=True, text=True, check=False)
    return Outcome(done.returncode, done.stdout, done.stderr)


def test_the_wheel_carries_the_starter_the_theme_and_the_licences(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    starter = {name.removeprefix("balise/starter/") for name in names if name.startswith("balise/starter/")}
    for part in ("content", "templates", "locales"):
        here = {path.relative_to(REPOSITORY).as_posix() for path in (REPOSITORY / part).rglob("*") if path.is_file()}
        assert {name for name in starter if name.startswith(part + "/")} == here
    assert "mkdocs.yml" in starter
    assert {"balise/theme/main.html", "balise/theme/base.css", "balise/theme/locales/fr/LC_MESSAGES/balise.po"} <= names
    assert {name.rpartition("/")[2] for name in names if "/licenses/" in name} == {"LICENSE", "LICENSE-CONTENT"}
    assert not [name for name in names if name.startswith(("tests", "site/", "docs"))]


def test_the_code_that_runs_is_the_wheels(installed: Path, tmp_path: Path) -> None:
    words = [str(installed), "-c", "import balise; print(balise.__file__)"]
    done = subprocess.run(
        words, cwd=tmp_path, env={"PATH": "/usr/bin:/bin"}, capture_output=True, text=True, check=True
    )
    assert Path(done.stdout.strip()).is_relative_to(installed.parents[1])


def test_init_and_build_work_from_the_wheel_alone(installed: Path, tmp_path: Path) -> None:
    begun = balise(installed, tmp_path, "init", "demo", "--site-url", "https://demo.example/")
    assert (begun.code, begun.out) == (0, ""), begun.terminal
    built = balise(installed, tmp_path / "demo", "build", "--strict")
    assert (built.code, built.out) == (0, ""), built.terminal
    assert built.err.startswith("0 errors in ")
    pages = read_pages(tmp_path / "demo" / "site")
    assert {"index.html", "fr/index.html", "nl/index.html", "en/index.html"} <= set(pages)
    assert len(pages) >= 3 * 24
