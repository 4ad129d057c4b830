"""Which pages stay on readers' devices, and the worker that keeps them."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from balise.offline import render_worker, worker_behaviour
from balise.pipeline import Options, compile_site
from balise.project import Project, load_project
from balise.site_config import BrokenProjectError
from support.projects import SITE, TODAY, load, write_project

MORE = "---\ntype: topic\ntitle: A talk\ndescription: A page.\n---\n\nText.\n"
FILES = ("theme/balise-0123456789.css", "theme/balise-abcdef0123.js")


def project_with(root: Path, lines: str) -> Project:
    site = SITE.replace("[help]", "[help, talk]") + lines
    return load(root, {"content/site.yml": site, "content/talk/index.md": MORE, "content/talk/more.md": MORE})


def worker(project: Project, said: str = "") -> str:
    site, problems = compile_site(project, Options(TODAY))
    assert problems == ()
    loads = "".join(f'<link href="../{name}">' for name in FILES)
    return render_worker(project.site, site.listings, lambda address: f"{address} {said} {loads}".encode())


def kept(text: str) -> dict[str, list[str]]:
    (found,) = re.findall(r"^const PAGES = (.*);$", text, re.MULTILINE)
    pages = json.loads(found)
    assert isinstance(pages, dict)
    return pages


@pytest.mark.parametrize("lines", ["", "offline: no\n"])
def test_a_site_that_never_kept_a_page_has_no_worker_and_asks_for_none(tmp_path: Path, lines: str) -> None:
    project = project_with(tmp_path, lines)
    assert (worker(project), worker_behaviour(project.site)) == ("", "")


def test_home_help_and_reporting_are_kept_in_each_language(tmp_path: Path) -> None:
    text = worker(project_with(tmp_path, "offline: yes\n"))
    assert kept(text) == {
        "fr": ["fr/", "fr/aide/", "fr/aide/images-trouvees/"],
        "nl": ["nl/", "nl/hulp/", "nl/hulp/beelden-gevonden/"],
        "en": ["en/", "en/help/", "en/help/found-images/"],
    }
    assert f"const FILES = {json.dumps(FILES, separators=(',', ':'))};" in text


def test_a_site_names_other_pages_and_sections(tmp_path: Path) -> None:
    text = worker(project_with(tmp_path, "offline: yes\noffline_pages: [talk, help/found-images]\n"))
    assert kept(text)["en"] == ["en/", "en/help/found-images/", "en/talk/", "en/talk/more/"]


def test_the_cache_has_another_name_when_a_page_is_another(tmp_path: Path) -> None:
    project = project_with(tmp_path, "offline: yes\n")
    first, again, other = worker(project), worker(project), worker(project, "corrected")
    assert first == again
    assert first.partition("\n")[0] != other.partition("\n")[0]
    assert first.partition("\n")[2] == other.partition("\n")[2]


def test_what_takes_everything_back_names_no_page(tmp_path: Path) -> None:
    project = project_with(tmp_path, "offline: remove\n")
    text = worker(project)
    assert "registration.unregister()" in text
    assert "PAGES" not in text
    assert "register(" not in worker_behaviour(project.site)


@pytest.mark.parametrize(
    ("lines", "wrong"),
    [
        (
            "discreet: yes\noffline: yes\n",
            "content/site.yml:11:10: error: a discreet site keeps no pages on readers' devices [data-invalid]"
            " | fix: write `offline: remove` if it once did, or remove `offline`",
        ),
        (
            "offline: maybe\n",
            'content/site.yml:10:10: error: "offline" is "maybe" [data-invalid] | fix: allowed: yes, no, remove',
        ),
    ],
)
def test_what_contradicts_it_is_refused(tmp_path: Path, lines: str, wrong: str) -> None:
    write_project(tmp_path, {"content/site.yml": SITE + lines})
    with pytest.raises(BrokenProjectError) as broken:
        load_project(tmp_path)
    assert [str(problem).replace("\n    fix:", " | fix:") for problem in broken.value.problems] == [wrong]


def test_a_site_that_became_discreet_may_take_back_what_it_kept(tmp_path: Path) -> None:
    assert load(tmp_path, {"content/site.yml": SITE + "discreet: yes\noffline: remove\n"}).problems == ()


def test_a_page_that_does_not_exist_cannot_be_kept(tmp_path: Path) -> None:
    project = load(tmp_path, {"content/site.yml": SITE + "offline: yes\noffline_pages: [help, help/found]\n"})
    (problem,) = project.problems
    assert str(problem.location) == "content/site.yml:11:23"
    assert problem.message == '"help/found" is neither a section nor a page'
