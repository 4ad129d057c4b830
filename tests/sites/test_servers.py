"""The header files against the servers that read them: every kind of file, error pages, both modes."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from balise.components import CONTENT_SECURITY_POLICY
from balise.headers import POLICY, Hosting, header_table
from balise.host.runner import run_build
from balise.lint.published import check_published
from support.projects import SITE, TODAY, write_project
from support.published import read_pages
from support.reference import ReferenceSite
from support.servers import Answer, Server, apache, nginx

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489"
    "0000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
)
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>\n"
SERVERS = ("nginx", "htaccess", "apache")
TWELVE = 12


@dataclass(frozen=True)
class Built:
    """A small site on disk that any user may read: its folder, what its server has to know, and its files by kind."""

    folder: Path
    site: Hosting
    bundle: str
    font: str
    picture: str
    document: str
    work: Path


@contextmanager
def building(discreet: bool) -> Iterator[Built]:
    top = Path(tempfile.mkdtemp(prefix="balise-server-"))
    try:
        files: dict[str, str | bytes | None] = {"content/assets/dot.png": PNG, "content/assets/sheet.pdf": PDF}
        site_yml = SITE + "font: atkinson\noffline: remove\n"
        files["content/site.yml"] = site_yml + ("discreet: yes\n" if discreet else "")
        root = write_project(top / "project", files)
        report = run_build(root / "mkdocs.yml", site_dir=str(top / "site"), today=TODAY)
        assert report.ok, report.problems
        work = top / "work"
        work.mkdir()
        for place in (top, top / "site"):
            place.chmod(0o755)

        def one(pattern: str) -> str:
            found = min((top / "site").glob(pattern))
            return found.relative_to(top / "site").as_posix()

        site = Hosting(("fr", "nl", "en"), discreet, worker=True)
        font = sorted((top / "site").glob("theme/*.woff2"))[0].relative_to(top / "site").as_posix()
        yield Built(top / "site", site, one("theme/*.css"), font, one("assets/*.png"), one("assets/*.pdf"), work)
    finally:
        shutil.rmtree(top)


@pytest.fixture(scope="module", params=[False, True], ids=["usual", "discreet"])
def built(request: pytest.FixtureRequest) -> Iterator[Built]:
    with building(request.param) as site:
        yield site


@pytest.fixture(scope="module", params=SERVERS)
def server(request: pytest.FixtureRequest, built: Built) -> Iterator[Server]:
    if request.param == "nginx":
        running = nginx(built.folder, built.site, built.work)
    else:
        running = apache(built.folder, built.site, built.work, htaccess=request.param == "htaccess")
    with running as answering:
        yield answering


def wrong(answer: Answer, address: str, discreet: bool) -> list[str]:
    """Return what is not as the table says: each header must be there once, with its value."""
    table = header_table(address, discreet=discreet)
    assert len(table) == TWELVE
    return [f"{item.name}: {answer.values(item.name)}" for item in table if answer.values(item.name) != [item.value]]


def test_every_kind_of_file_has_all_twelve_headers(server: Server, built: Built) -> None:
    addresses = ["", "fr/", "404.html", "sitemap.xml", "fr/sitemap.xml", built.bundle, built.picture, built.document]
    addresses += [built.font, "worker.js"]
    faults = {}
    for address in addresses:
        answer = server.get(f"/{address}")
        faults[address] = [*wrong(answer, address, built.site.discreet), *([] if answer.status == 200 else ["status"])]
    assert faults == {address: [] for address in addresses}


def test_pages_that_do_not_exist_have_them_too_and_speak_the_readers_language(server: Server, built: Built) -> None:
    said = {}
    for address, language in {
        "nothing/": "fr",
        "nl/nothing/": "nl",
        "en/a/b.html": "en",
        "theme/balise-0.css": "fr",
    }.items():
        answer = server.get(f"/{address}")
        assert wrong(answer, "404.html", built.site.discreet) == []
        said[address] = (answer.status, f'<html lang="{language}"'.encode() in answer.body)
    assert said == dict.fromkeys(said, (404, True))


def test_a_bundle_of_an_older_site_is_not_kept_as_missing(server: Server, built: Built) -> None:
    answer = server.get("/theme/balise-0123456789.css")
    assert (answer.status, wrong(answer, "404.html", built.site.discreet)) == (404, [])


@pytest.mark.parametrize("folder", ["assets/", "theme/", "fr/help/"])
def test_no_folder_lists_its_files(server: Server, built: Built, folder: str) -> None:
    answer = server.get(f"/{folder}")
    assert answer.status in (403, 404)
    assert wrong(answer, "404.html", built.site.discreet) == []
    assert b"Index of" not in answer.body
    assert b"<html lang=" in answer.body


def test_a_folder_without_its_slash_leads_on_to_it(server: Server, built: Built) -> None:
    answer = server.get("/fr")
    assert (answer.status, wrong(answer, "", built.site.discreet)) == (301, [])
    assert answer.values("Location")[0].endswith("/fr/")


def test_the_server_does_not_tell_its_version(server: Server, request: pytest.FixtureRequest) -> None:
    if "htaccess" in request.node.name:
        pytest.skip("a .htaccess file cannot keep Apache from naming its version; ServerTokens of the server can")
    for path in ("/", "/nothing/", "/fr"):
        assert server.get(path).values("Server") in (["nginx"], ["Apache"])


def test_files_for_servers_are_not_shown_to_readers(server: Server, request: pytest.FixtureRequest) -> None:
    names = ["/.htaccess"] if "htaccess" in request.node.name else ["/.htaccess", "/_headers"]
    assert {server.get(name).status for name in names} <= {403, 404}


def test_every_page_says_in_its_head_what_the_header_says(reference_site: ReferenceSite) -> None:
    said = set()
    for page in read_pages(reference_site.folder).values():
        policies = page.tree.css('meta[http-equiv="Content-Security-Policy"]')
        said.add(tuple(node.attributes["content"] for node in policies))
    only_in_headers = "; frame-ancestors 'none'"
    assert said == {(CONTENT_SECURITY_POLICY,)}
    assert POLICY.replace(only_in_headers, "") == CONTENT_SECURITY_POLICY


def test_no_policy_allows_unsafe_anything() -> None:
    assert "unsafe" not in POLICY
    assert "*" not in POLICY


def test_an_evaluator_finds_no_high_or_medium_fault_in_the_policy(tmp_path: Path) -> None:
    folder = os.environ.get("CSP_EVALUATOR", "")
    node = shutil.which("node")
    if not node or not (Path(folder) / "node_modules" / "csp_evaluator").is_dir() or not folder:
        pytest.skip("csp_evaluator is not here: npm install csp_evaluator in a folder, and name it in CSP_EVALUATOR")
    script = (
        "const {CspEvaluator} = require('csp_evaluator/dist/evaluator.js');"
        "const {CspParser} = require('csp_evaluator/dist/parser.js');"
        "const parsed = new CspParser(process.argv[1]).csp;"
        "console.log(JSON.stringify(new CspEvaluator(parsed).evaluate().map(f => [f.severity, f.description])));"
    )
    done = subprocess.run(
        [node, "-e", script, POLICY], cwd=folder, capture_output=True, text=True, check=True, timeout=60
    )
    high, medium = 10, 30
    assert [text for severity, text in json.loads(done.stdout) if severity in range(high, medium + 1)] == []


def test_the_site_read_back_from_nginx_has_nothing_to_mend(built: Built) -> None:
    with nginx(built.folder, built.site, built.work) as server:
        report = check_published(server.address)

    assert [str(problem) for problem in report.problems if problem.severity.value != "advice"] == []
    assert report.pages > len(built.site.languages)
