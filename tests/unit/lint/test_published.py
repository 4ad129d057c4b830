"""Reading a built site back: folders and servers, letters and limits, and what is refused."""

import http.server
import os
import re
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from balise.errors import UsageError
from balise.headers import header_table
from balise.lint.published import check_published
from balise.lint.published_html import read_elements, text_of
from support.published_folders import HEAD, page, said, write_site

FULL = {item.name: item.value for item in header_table()}


class Server(http.server.BaseHTTPRequestHandler):
    """Answers with what a test lays out: by path, status, headers and body."""

    pages: dict[str, tuple[int, dict[str, str], bytes]]
    asked: list[str]

    def do_GET(self) -> None:
        self.asked.append(f"{self.command} {self.path}")
        status, headers, body = self.pages.get(self.path, (404, {}, b"not here"))
        self.send_response(status)
        for name, value in {"Content-Length": str(len(body)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(body)

    do_HEAD = do_GET  # noqa: N815

    def version_string(self) -> str:
        return "Server"

    def log_message(self, format: str, *args: object) -> None:
        """Keep the terminal for the tests."""


@contextmanager
def served(pages: dict[str, tuple[int, dict[str, str], bytes]]) -> Iterator[tuple[str, list[str]]]:
    """Serve answers on loopback; inside, the address of the root and what has been asked for."""
    asked: list[str] = []
    handler = type("Handler", (Server,), {"pages": pages, "asked": asked})
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/", asked
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def html(body: str = "", head: str = HEAD, **headers: str) -> tuple[int, dict[str, str], bytes]:
    return 200, {**FULL, "Content-Type": "text/html; charset=utf-8", **headers}, page(body, head).encode()


def told(url: str) -> list[str]:
    """Return what is said of a served site, without what to do, addresses from its root."""
    return [str(problem).partition("\n")[0].replace(url, "/") for problem in check_published(url).problems]


def test_a_report_counts_pages_and_bytes(tmp_path):
    files = {"index.html": page(), "a.css": "b{}", "photo.jpg": b"\xff" * 1000}
    report = check_published(str(write_site(tmp_path, files)))

    assert (report.problems, report.pages, report.bytes) == ((), 1, len(page()) + 3)


def test_a_folder_that_is_none_is_refused(tmp_path):
    with pytest.raises(
        UsageError, match=re.escape("is no folder; give the folder of a built site, or http://127.0.0.1")
    ):
        check_published(tmp_path / "gone")


@pytest.mark.parametrize(
    "url",
    [
        "https://127.0.0.1/",
        "http://example.org/",
        "http://127.0.0.1.example.org/",
        "http://10.0.0.1/",
        "http://0.0.0.0/",
        "http://127.0.0.1@example.org/",
        "ftp://localhost/",
    ],
)
def test_no_other_machine_is_ever_asked(url):
    with pytest.raises(UsageError) as refused:
        check_published(url)

    assert str(refused.value) == (
        f'"{url}" is not read: only http on this machine is, as in http://127.0.0.1:8000/; read a copy in a folder'
    )


def test_a_server_that_does_not_answer_is_told():
    with served({}) as (url, _):
        pass
    with pytest.raises(UsageError) as refused:
        check_published(url)

    assert str(refused.value) == f'"{url}" does not answer'


def test_a_site_is_read_from_link_to_link():
    pages = {
        "/": html(
            '<a href="a/">1</a> <a href="/b?x=1#y">2</a> <img src="p.png" alt=""> <a href="http://other.example/">3</a>'
        ),
        "/a/": html('<a href="../gone/">1</a><link rel="stylesheet" href="/s.css">'),
        "/b?x=1": html('<p id="y">'),
        "/p.png": (200, FULL, b""),
        "/s.css": (200, {"Content-Type": "text/css"}, b"b{background:url(https://pics.example/a)}"),
    }
    with served(pages) as (url, asked):
        said_of_it = told(url)
        report = check_published(url)

    assert said_of_it == [
        "/:2:1: advice: a link leads to http://other.example without encryption [plain-http]",
        '/a/:2:1: error: a link leads to "/gone/", which is not there [dead-link]',
        "/s.css: error: the page asks https://pics.example for a file of the style [third-party]",
    ]
    assert report.pages == 3
    assert sorted(set(asked)) == ["GET /", "GET /a/", "GET /b?x=1", "GET /gone/", "GET /s.css", "HEAD /p.png"]


def test_redirects_are_followed_inside_the_site_alone():
    pages = {
        "/": html('<a href="/old#part">1</a> <a href="/out">2</a> <a href="/loop">3</a>'),
        "/old": (301, {"Location": "new/"}, b""),
        "/new/": html('<p id="other">'),
        "/out": (302, {"Location": "http://example.org/x"}, b""),
        "/loop": (302, {"Location": "/loop2"}, b""),
        "/loop2": (302, {"Location": "/loop"}, b""),
    }
    with served(pages) as (url, _):
        assert told(url) == [
            '/:2:1: warning: a link leads to "/old#part", and that page has no such id [lost-anchor]',
            "/out: warning: a redirect leads out of the site, to http://example.org [unreadable-file]",
        ]


def test_headers_that_are_missing_and_cookies_that_are_set_are_told():
    few = {"Content-Type": "text/html; charset=utf-8", "Server": "nginx/1.18.0", "Set-Cookie": "id=7; Path=/"}
    pages = {"/": (200, {**few, "X-Content-Type-Options": "sniff"}, page().encode())}
    with served(pages) as (url, _):
        problems = check_published(url).problems

    missing = [problem.message for problem in problems if problem.message.startswith("the server sends no ")]
    assert sorted(missing) == [
        f"the server sends no {name}" for name in sorted(FULL) if name != "X-Content-Type-Options"
    ]
    assert [f"{one.severity.value}: {one.message}" for one in problems if one.message not in missing] == [
        'advice: the server names its version: "nginx/1.18.0"',
        'warning: the server sets the cookie "id"',
        'warning: the server sends X-Content-Type-Options: "sniff"',
    ]


def test_a_served_site_knows_its_public_address():
    link = '<link rel="canonical" href="https://www.example.org/"><link rel="alternate" hreflang="fr" href="https://www.example.org/fr/">'
    with served({"/": html('<a href="https://www.example.org/gone">1</a>', HEAD + link)}) as (url, _):
        assert told(url) == [
            '/:1:1: warning: the page names "https://www.example.org/fr/" as its text in fr, which is not there'
            " [language-links]",
            '/:2:1: error: a link leads to "/gone", which is not there [dead-link]',
        ]


def test_a_site_without_end_is_left_when_the_time_is_over():
    class Endless(dict):  # type: ignore[type-arg]
        def get(self, path, default=None):
            time.sleep(0.005)
            return html(f'<a href="{path}a/">on</a>')

    with served(Endless()) as (url, _):
        report = check_published(url, longest=0.2)

    last = [problem.message for problem in report.problems]
    assert last == ["reading stopped after 0.2 seconds: 1 addresses were not asked for"]


def test_a_page_that_never_comes_is_cut_off(monkeypatch):
    monkeypatch.setattr("balise.lint.published_crawl.PATIENCE", 0.3)

    class Slow(dict):  # type: ignore[type-arg]
        def get(self, path, default=None):
            if path != "/":
                time.sleep(0.8)
            return html('<a href="/slow">1</a>')

    with served(Slow()) as (url, _):
        assert told(url)[-1] == "/slow: error: no answer in 0.3 seconds [unreadable-file]"


def test_letters_are_read_as_they_are_declared(tmp_path):
    def bare(meta: str) -> str:
        return page('<a href="tel:112">112 é</a>', HEAD.replace('<meta charset="utf-8">', meta))

    latin = '<META content="text/html; charset=ISO-8859-1" http-equiv=content-type>'
    files = {
        "a.html": bare(latin).encode("cp1252"),
        "b.html": bare('<meta charset="utf-8">').encode("cp1252"),
        "c.html": bare("").encode(),
        "d.html": bare("").encode("cp1252"),
        "e.html": bare("").encode("utf-16"),
        "f.html": bare('<meta charset="klingon">').encode(),
    }
    assert [text.partition("\n")[0] for text in said(tmp_path, files)] == [
        'b.html: warning: the file says that it is "utf-8" and is not [unreadable-file]',
        "c.html: advice: the page does not say how its letters are encoded [unreadable-file]",
        "d.html: warning: the page does not say how its letters are encoded [unreadable-file]",
        'f.html: warning: the file says that it is "klingon" and is not [unreadable-file]',
    ]


def test_a_file_that_is_too_large_is_told_and_not_read(tmp_path):
    assert said(tmp_path, {"index.html": page("x" * 2_000_000)}) == [
        "index.html: warning: the file has more than 2 MB and was not read [unreadable-file]\n    fix: split it"
    ]


def test_links_of_the_disk_and_pipes_are_told_and_never_followed(tmp_path):
    secret = tmp_path / "secret.html"
    secret.write_text("<p>", "utf-8")
    site = write_site(tmp_path / "site", {"index.html": page('<a href="out.html">1</a>')})
    (site / "out.html").symlink_to(secret)
    (site / "up").symlink_to(tmp_path)
    os.mkfifo(site / "pipe.html")

    assert said(site, {}) == [
        'index.html:2:1: error: a link leads to "/out.html", which is not there [dead-link]\n    fix: mend or remove it',
        'out.html: warning: "out.html" is a link of the disk and was not followed [unreadable-file]\n'
        "    fix: put the file itself there",
        'pipe.html: warning: "pipe.html" is neither a file nor a folder [unreadable-file]\n    fix: leave it out',
        'up: warning: "up" is a link of the disk and was not followed [unreadable-file]\n    fix: put the file itself there',
    ]


@pytest.mark.parametrize(
    ("text", "elements"),
    [
        ("<A HREF=x.html Title=it's>Go<b></b> on</A>", [("a", {"href": "x.html", "title": "it's"}, "Go on")]),
        ('<p class="a"id="b">', [("p", {"class": "a", "id": "b"}, "")]),
        ('<a href="x&amp;y" href=z>1</a>', [("a", {"href": "x&y"}, "1")]),
        ('<script>if(a<b){"<p id=x>"}</SCRIPT ><i id=q>', [("script", {}, "if(a"), ("i", {"id": "q"}, "")]),
        ("<!-- <p id=a> --><!--><i id=b><!x><?y?></ z><u id=c>", [("i", {"id": "b"}, ""), ("u", {"id": "c"}, "")]),
        ('<i id="a"><a href="never closed>', [("i", {"id": "a"}, "")]),
        ("<title>One &amp; <b>two", [("title", {}, "One &")]),
        ("a < b <3 <i id=x/>", [("i", {"id": "x/"}, "")]),
    ],
)
def test_broken_html_is_read_as_browsers_read_it(text, elements):
    found = [(one.name, dict(one.attributes), text_of(text, one)) for one in read_elements(text)]

    assert [one[:2] for one in found] == [one[:2] for one in elements]
    assert all(mine[2].startswith(theirs[2]) for mine, theirs in zip(found, elements, strict=True))


@pytest.mark.parametrize(
    "piece", ["<!--", '<a "', '<a x="', "<a x='y ", "</a", "<a ", "<script>", "<style>", "<!", "url('"]
)
def test_the_worst_pages_are_read_to_their_end(piece, tmp_path):
    text = piece * (400_000 // len(piece))

    assert len(read_elements(text)) <= 1
    assert check_published(write_site(tmp_path, {"index.html": text, "a.css": text, "a.js": text})).pages == 1


def test_the_reference_site_is_clean(reference_site):
    report = check_published(reference_site.folder, reference_site.project.registries)

    assert [str(problem) for problem in report.problems if problem.severity.value != "advice"] == []
    assert report.pages == len(reference_site.pages)
