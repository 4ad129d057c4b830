"""`balise serve` over real sockets: who is answered, what is never answered, and how an edit reaches the page."""

from __future__ import annotations

import contextlib
import os
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from balise.errors import UsageError
from balise.pipeline import Options, compile_site
from balise.project import load_project
from balise.serving.session import Session, Talk
from support.projects import CHANNELS, FOUND, SITE, TODAY, write_project
from support.published import tree_hash
from support.serving import Served, parse_response, read_all, serving

PAGE = "/en/help/found-images/"
CATALOGUE = "locales/fr/pages/help/found-images.po"
PO_HEAD = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n'
SECRET = "not for readers"


@pytest.fixture(autouse=True)
def fixed_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795219200")


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A preview that no test edits."""
    base = tmp_path_factory.mktemp("served")
    root = write_project(base / "project", {"content/assets/leaf.webp": "<svg/>", "content/assets/a/b.txt": "inside"})
    (base / "secret.txt").write_text(SECRET)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", "1795219200")
        with serving(root) as running:
            yield running


@pytest.fixture
def editable(tmp_path: Path) -> Iterator[Served]:
    """A preview of a project of its own."""
    with serving(write_project(tmp_path / "project")) as running:
        yield running


@pytest.mark.parametrize(
    "target, type_, text",
    [
        ("/", "text/html; charset=utf-8", "Français"),
        (PAGE, "text/html; charset=utf-8", "<h1>I found images</h1>"),
        (PAGE + "index.html", "text/html; charset=utf-8", "<h1>I found images</h1>"),
        ("/fr/aide/images-trouvees/", "text/html; charset=utf-8", '<html lang="fr"'),
        ("/sitemap.xml", "application/xml", "https://example.org/fr/sitemap.xml"),
        ("/en/sitemap.xml", "application/xml", "https://example.org/en/help/"),
        ("/assets/leaf.webp", "image/webp", "<svg/>"),
        ("/assets/a/b.txt", "text/plain; charset=utf-8", "inside"),
        ("/_balise/live.js", "text/javascript; charset=utf-8", "EventSource"),
        ("/_balise/preview.css", "text/css; charset=utf-8", ".balise-unit"),
    ],
)
def test_what_is_published_is_shown(served: Served, target: str, type_: str, text: str) -> None:
    answer = served.ask(target)
    assert (answer.status, answer.headers["content-type"]) == (200, type_)
    assert text in answer.body


def test_a_page_loads_its_style_sheet_and_script(served: Served) -> None:
    import re

    page = served.ask(PAGE).body
    for address in re.findall(r'(?:href|src)="(?:\.\./)+(assets/[^"]+)"', page):
        assert served.ask(f"/{address}").status == 200


def test_a_page_keeps_its_bytes_but_for_what_the_preview_adds(served: Served) -> None:
    from balise.components import render_page
    from balise.views import SiteViews

    options = Options(TODAY)
    site, _ = compile_site(load_project(served.folder), options)
    views = SiteViews(site.project, site.listings, options, "https://example.org/")
    page = site.editions["en"].pages["help/found-images"]
    shown = [line for line in served.ask(PAGE).body.splitlines() if "/_balise/" not in line]
    assert shown == render_page(views.page(page), views.phrases["en"]).splitlines()


@pytest.mark.parametrize("target", ["/nothing/", "/fr/nothing/", "/en/help/found-images/more", "/404.html"])
def test_an_address_that_does_not_exist_gets_the_sites_own_page(served: Served, target: str) -> None:
    answer = served.ask(target)
    assert answer.status == 404
    assert 'class="kind-missing"' in answer.body


def test_a_folder_without_its_slash_leads_to_the_page(served: Served) -> None:
    answer = served.ask(PAGE.rstrip("/"))
    assert (answer.status, answer.headers["location"]) == (302, PAGE)


def test_every_answer_forbids_caching_sniffing_framing_and_says_no_version(served: Served) -> None:
    for target in (PAGE, "/nothing", "/assets/leaf.webp", "/_balise/live.js", "/../x"):
        headers = served.ask(target).headers
        assert headers["cache-control"] == "no-store"
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["content-security-policy"].startswith("default-src 'none'")
        assert headers["connection"] == "close"
        assert "server" not in headers


def test_an_svg_opened_by_itself_runs_nothing(served: Served) -> None:
    policy = served.ask("/assets/leaf.webp").headers["content-security-policy"]
    assert policy == "default-src 'none'; style-src 'unsafe-inline'; sandbox"


def test_head_is_get_without_the_body(served: Served) -> None:
    get, head = served.ask(PAGE), served.ask(PAGE, method="HEAD")
    assert (head.status, head.body) == (200, "")
    assert head.headers == get.headers


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "evil.example:{port}",
        "127.0.0.1",
        "127.0.0.1:1",
        "localhost.evil.example:{port}",
        "127.0.0.1.evil.example:{port}",
        "192.168.1.7:{port}",
        "0.0.0.0:{port}",
        "localhost.:{port}",
        "user@127.0.0.1:{port}",
        "127.0.0.1:{port}.evil.example",
        "[::2]:{port}",
        "",
    ],
)
def test_a_foreign_host_is_refused(served: Served, host: str) -> None:
    assert served.ask(PAGE, Host=host.format(port=served.port)).status == 403


@pytest.mark.parametrize("host", ["127.0.0.1:{port}", "localhost:{port}", "LOCALHOST:{port}", "[::1]:{port}"])
def test_the_names_of_this_machine_are_answered(served: Served, host: str) -> None:
    assert served.ask(PAGE, Host=host.format(port=served.port)).status == 200


@pytest.mark.parametrize(
    "origin",
    ["https://evil.example", "null", "http://localhost:1", "https://127.0.0.1:{port}", "http://127.0.0.1:{port}.x", ""],
)
@pytest.mark.parametrize("target", [PAGE, "/_balise/events"])
def test_a_foreign_origin_is_refused(served: Served, origin: str, target: str) -> None:
    assert served.ask(target, Origin=origin.format(port=served.port)).status == 403


def test_its_own_origin_is_answered(served: Served) -> None:
    assert served.ask(PAGE, Origin=f"http://127.0.0.1:{served.port}").status == 200


@pytest.mark.parametrize(
    "site, status", [("cross-site", 403), ("same-site", 403), ("same-origin", 200), ("none", 200), ("else", 403)]
)
def test_pages_of_other_sites_get_no_answer(served: Served, site: str, status: int) -> None:
    assert served.ask(PAGE, Sec_Fetch_Site=site).status == status


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "TRACE", "OPTIONS", "CONNECT", "PATCH", "PROPFIND", "X"])
def test_every_other_method_is_refused(served: Served, method: str) -> None:
    answer = served.ask(PAGE, method=method)
    assert (answer.status, answer.headers["allow"]) == (405, "GET, HEAD")


def test_the_answer_to_a_post_with_a_body_is_not_lost(served: Served) -> None:
    assert served.ask(PAGE, method="POST", Content_Length="300000", X="y").status == 405
    head = f"POST / HTTP/1.1\r\nHost: 127.0.0.1:{served.port}\r\nContent-Length: 300000\r\n\r\n".encode()
    assert parse_response(served.send(head + b"a" * 300_000)).status == 405


CLIMBS = ("..", "%2e%2e", "%2E%2E", ".%2e", "%2e.", "%252e%252e", "%c0%ae%c0%ae", "....", "..;", "..%00", "..%5c")
TRICKS = [
    *(f"/{climb}/secret.txt" for climb in CLIMBS),
    *(f"/assets/{climb}/{climb}/{climb}/secret.txt" for climb in CLIMBS),
    *(f"/assets/a/{climb}/../../../secret.txt" for climb in CLIMBS[:6]),
    *(
        f"/en{slash}..{slash}..{slash}secret.txt"
        for slash in ("\\", "%5c", "%5C", "%2f", "%2F", "%255c", "%252f", "//")
    ),
    *(f"//{name}" for name in ("secret.txt", "evil.example/x", "..", "en/help/")),
    *("/assets//a/b.txt", "/assets/./a/b.txt", "/assets/%2e/a/b.txt", "/./en/help/", "/en/./help/", "/en//help/"),
    *(
        "/assets/a%2fb.txt",
        "/assets/a%5cb.txt",
        "/assets/a/b.txt%00",
        "/assets/a/b.txt%00.html",
        "/%00",
        "/%0a",
        "/%0d%0aX:y",
    ),
    *("/.git/config", "/.env", "/content/site.yml", "/mkdocs.yml", "/content/index.md", "/locales/fr/pages/index.po"),
    *(
        "/etc/passwd",
        "/proc/self/environ",
        "/c:/windows/win.ini",
        "/assets/a",
        "/assets/",
        "/assets",
        "/file:///etc/passwd",
    ),
    *(
        "/~root",
        "/%ff",
        "/%",
        "/%zz",
        "/%u002e",
        "/..%c0%af..%c0%afsecret.txt",
        "/en/help/?/../../secret.txt#x",
        "/#/en/help/",
    ),
    *(
        "/_balise/../mkdocs.yml",
        "/_balise/server.py",
        "/_balise/",
        "/_balise",
        "/_balise/live.js/",
        "/_balise/%6civ%65.js%20",
    ),
    *("/assets/a/b.txt/", "/assets/a/b.txt/..", "/assets/A/B.TXT", "/assets/a/b.txt.", "/assets/a/b.txt::$DATA"),
]


def test_the_table_of_tricks_is_long_enough() -> None:
    assert len(TRICKS) == len(set(TRICKS)) >= 60


@pytest.mark.parametrize("target", TRICKS)
def test_no_trick_with_a_path_is_answered(served: Served, target: str) -> None:
    answer = served.ask(target)
    assert answer.status == 404
    assert SECRET not in answer.body


@pytest.mark.parametrize("kind", ["file", "folder", "loop", "pipe"])
def test_a_link_or_a_pipe_in_the_place_of_an_asset_is_not_followed(tmp_path: Path, kind: str) -> None:
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside" / "b.txt").write_text(SECRET)
    with serving(write_project(tmp_path / "project", {"content/assets/a/b.txt": "inside"})) as served:
        folder = served.folder / "content/assets/a"
        (folder / "b.txt").unlink()
        if kind == "file":
            (folder / "b.txt").symlink_to(tmp_path / "outside/b.txt")
        elif kind == "folder":
            folder.rmdir()
            folder.symlink_to(tmp_path / "outside")
        elif kind == "loop":
            (folder / "b.txt").symlink_to(folder / "b.txt")
        else:
            os.mkfifo(folder / "b.txt")
        answer = served.ask("/assets/a/b.txt")
    assert answer.status == 404
    assert SECRET not in answer.body


HOST = b"Host: 127.0.0.1:%d\r\n"
MALFORMED = [
    b"\r\n\r\n",
    b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
    b"\x00",
    b"GET\r\n\r\n",
    b"GET /\r\n\r\n",
    b"GET / HTTP/2.0\r\n" + HOST + b"\r\n",
    b"GET / HTTP/1.2\r\n" + HOST + b"\r\n",
    b"GET / http/1.1\r\n" + HOST + b"\r\n",
    b"get / HTTP/1.1\r\n" + HOST + b"\r\n",
    b"GET  / HTTP/1.1\r\n" + HOST + b"\r\n",
    b"GET / HTTP/1.1 \r\n" + HOST + b"\r\n",
    b" GET / HTTP/1.1\r\n" + HOST + b"\r\n",
    b"GET /\x00 HTTP/1.1\r\n" + HOST + b"\r\n",
    b"GET /\xc3\xa9 HTTP/1.1\r\n" + HOST + b"\r\n",
    b"GET / x HTTP/1.1\r\n" + HOST + b"\r\n",
    b"GET en/ HTTP/1.1\r\n" + HOST + b"\r\n",
    b"GET * HTTP/1.1\r\n" + HOST + b"\r\n",
    b"GET http://127.0.0.1/ HTTP/1.1\r\n" + HOST + b"\r\n",
    b"GET / HTTP/1.1\n" + HOST.replace(b"\r", b"") + b"\n",
    b"GET / HTTP/1.1\r\n" + HOST + b"\n",
    b"GET / HTTP/1.1\r" + HOST + b"\r\n\r\n",
    b"GET / HTTP/1.1\r\n\r\n",
    b"GET / HTTP/1.1\r\n" + HOST + HOST + b"\r\n",
    b"GET / HTTP/1.1\r\n" + HOST + b" folded\r\n\r\n",
    b"GET / HTTP/1.1\r\n" + HOST + b"no colon\r\n\r\n",
    b"GET / HTTP/1.1\r\n" + HOST + b"Space : x\r\n\r\n",
    b"GET / HTTP/1.1\r\n" + HOST + b": x\r\n\r\n",
    b"GET / HTTP/1.1\r\n" + HOST + b"X: a\x00b\r\n\r\n",
    b"GET / HTTP/1.1\r\n" + HOST + b"X: a\rb\r\n\r\n",
    b"GET / HTTP/1.1\r\n" + HOST + b"Content-Length: -1\r\n\r\n",
    b"GET / HTTP/1.1\r\n" + HOST + b"Content-Length: 1, 2\r\n\r\n",
    b"GET / HTTP/1.1\r\n" + HOST + b"Content-Length: 1\r\nContent-Length: 2\r\n\r\n",
    b"GET / HTTP/1.1\r\n" + HOST + b"Content-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n",
    b"GET / HTTP/1.1\r\n" + HOST + b"X: y\r\n" * 200 + b"\r\n",
    b"GET /" + b"a" * 5000 + b" HTTP/1.1\r\n" + HOST + b"\r\n",
    b"GET / HTTP/1.1\r\n" + HOST,
    b"GET / HT",
]


@pytest.mark.parametrize("number", range(len(MALFORMED)))
def test_a_malformed_request_gets_400_and_no_traceback(served: Served, number: int) -> None:
    answer = parse_response(served.send(MALFORMED[number].replace(b"%d", str(served.port).encode())))
    assert answer.status == 400
    assert "Traceback" not in answer.body
    assert served.said == []


def test_an_endless_header_is_cut_off(served: Served) -> None:
    assert parse_response(served.send(b"GET / HTTP/1.1\r\nX: " + b"a" * 40_000)).status == 431


def test_silence_gets_nothing(served: Served) -> None:
    assert served.send(b"") == b""


def test_idle_connections_do_not_hinder_others(served: Served) -> None:
    idle = [served.connect() for _ in range(200)]
    threads = threading.active_count()
    try:
        assert [served.ask(PAGE).status for _ in range(5)] == [200] * 5
        assert threading.active_count() - threads <= 4
    finally:
        for connection in idle:
            connection.close()


def test_a_connection_that_stays_silent_is_ended_without_a_word(
    served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("balise.serving.server.IDLE_SECONDS", (0.05, 0.1))
    with served.connect() as connection, contextlib.suppress(ConnectionResetError):
        assert connection.recv(1) == b""
    assert served.ask(PAGE).status == 200


def test_a_request_that_is_never_finished_is_told_so(served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("balise.serving.server.IDLE_SECONDS", (0.05, 0.1))
    with served.connect() as connection:
        connection.sendall(b"GET / HT")
        assert parse_response(read_all(connection)).status == 408


def test_the_longest_silent_connection_makes_room(served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("balise.serving.server.MAX_CONNECTIONS", 5)
    idle = [served.connect() for _ in range(8)]
    try:
        assert served.ask(PAGE).status == 200
        assert idle[0].recv(1) == b""
    except ConnectionResetError:
        pass
    finally:
        for connection in idle:
            connection.close()


def test_an_edit_is_served_and_nothing_is_written(editable: Served) -> None:
    before = tree_hash(editable.folder)
    text = FOUND.replace("Close the page.", "Close the window.")
    report = editable.edit("content/help/found-images.md", text)
    assert (report.failed, report.edited) == (False, ("content/help/found-images.md",))
    assert "Close the window." in editable.ask(PAGE).body
    assert "Close the window." in editable.ask("/fr/aide/images-trouvees/").body
    (editable.folder / "content/help/found-images.md").write_text(FOUND)
    editable.report()
    assert tree_hash(editable.folder) == before


@pytest.mark.parametrize(
    "name, content, target, text",
    [
        ("content/help/index.md", None, "/en/help/", "Another title"),
        ("content/site.yml", SITE.replace("Test site", "Other site"), PAGE, "Other site"),
        ("content/data/channels.yml", CHANNELS.replace("116 000", "116-000"), "/en/", "116\u2011000"),
        (CATALOGUE, PO_HEAD + '\nmsgctxt "a"\nmsgid "Why it helps"\nmsgstr "Pourquoi"\n', "/fr/aide/images-trouvees/", "Pourquoi"),
        ("content/assets/new.txt", "new", "/assets/new.txt", "new"),
        ("content/help/found-images.nl.md", FOUND.replace("Close the page.", "Sluit de pagina."), "/nl/hulp/beelden-gevonden/", "Sluit"),
        ("mkdocs.yml", "site_url: https://other.example/\ndocs_dir: content\nplugins: [balise]\n", PAGE, "https://other.example/en/"),
    ],
    ids=["a title", "the site's name", "data", "a catalogue in a new folder", "an asset", "a text of its own", "mkdocs.yml"],
)  # fmt: skip
def test_every_kind_of_edit_is_served(editable: Served, name: str, content: str | None, target: str, text: str) -> None:
    original = (editable.folder / name).read_text("utf-8") if content is None else content
    editable.edit(name, original.replace("title: Help", "title: Another title"))
    while text not in editable.ask(target).body:
        editable.report()


def test_an_error_is_shown_over_the_last_good_page_and_goes_when_mended(editable: Served) -> None:
    broken = FOUND.replace("Close the page.", 'Call {{ phone("be-lime") }} <b>.')
    report = editable.edit("content/help/found-images.md", broken)
    assert report.failed
    page = editable.ask(PAGE).body
    assert "Close the page." in page
    assert "content/help/found-images.md:13:9" in page
    assert "channel &#34;be-lime&#34; does not exist" in page
    assert "fix: did you mean &#34;be-line&#34;?" in page
    assert "This is the last good version." in page
    assert "&lt;b&gt; is not allowed" in page
    assert not editable.edit("content/help/found-images.md", FOUND).failed
    assert "balise-problems" not in editable.ask(PAGE).body


@pytest.mark.parametrize("text", ["name: [", "name: x\nname: y\n"])
def test_a_broken_site_yml_is_shown_like_any_other_problem(editable: Served, text: str) -> None:
    assert editable.edit("content/site.yml", text).failed
    page = editable.ask(PAGE).body
    assert "<h1>I found images</h1>" in page
    assert "content/site.yml:" in page
    assert not editable.edit("content/site.yml", SITE).failed


def test_a_project_that_was_never_good_shows_its_problems_alone(tmp_path: Path) -> None:
    root = write_project(tmp_path / "project", {"content/site.yml": SITE + "name: Another\n"})
    with serving(root) as served:
        answer = served.ask(PAGE)
        assert answer.status == 503
        assert "content/site.yml:10:1" in answer.body
        assert "/_balise/live.js" in answer.body
        assert not served.edit("content/site.yml", SITE).failed
        assert served.ask(PAGE).status == 200


def test_a_listening_page_is_told_of_each_version(editable: Served) -> None:
    with editable.connect() as connection:
        connection.sendall(f"GET /_balise/events HTTP/1.1\r\nHost: localhost:{editable.port}\r\n\r\n".encode())
        stream = connection.makefile("r", encoding="utf-8", newline="\n")
        first = next(line for line in stream if line.startswith("data: "))
        page = editable.ask(PAGE).body
        assert f'data-revision="{first.removeprefix("data: ").strip()}"' in page
        editable.edit("content/help/found-images.md", FOUND + "\nMore.\n")
        second = next(line for line in stream if line.startswith("data: "))
        stream.close()
    assert second != first


def test_an_event_stream_ends_with_the_preview(tmp_path: Path) -> None:
    with serving(write_project(tmp_path / "project")) as served:
        connection = served.connect()
        connection.sendall(f"GET /_balise/events HTTP/1.1\r\nHost: localhost:{served.port}\r\n\r\n".encode())
        assert connection.recv(4096).startswith(b"HTTP/1.1 200 OK\r\n")
    with connection:
        try:
            while connection.recv(4096):
                pass
        except ConnectionResetError:
            pass


def test_units_are_outlined_with_their_state(tmp_path: Path) -> None:
    entries = (
        '\nmsgctxt "a"\nmsgid "Close the page."\nmsgstr "Ferme la page."\n'
        '\nmsgctxt "b"\n#| msgid "This is not yours."\nmsgid "This is not your fault."\nmsgstr "Ce n’est pas à toi."\n'
        '\nmsgctxt "c"\nmsgid "Read [the help page](index.md) again."\nmsgstr "Relis."\n'
    )
    with serving(write_project(tmp_path / "project", {CATALOGUE: PO_HEAD + entries})) as served:
        page = served.ask("/fr/aide/images-trouvees/?show=units").body
        plain = served.ask("/fr/aide/images-trouvees/").body
    for state in ("current", "stale", "missing", "refused"):
        assert f'<span class="balise-unit balise-{state}">' in page
    assert '<aside class="balise-preview balise-legend"' in page
    assert "Units of content/help/found-images.md in fr" in page
    assert '<span class="balise-unit balise-refused"><span lang="en" dir="ltr">Read' in page
    assert "balise-unit" not in plain


def test_a_site_below_a_path_is_served_below_it(tmp_path: Path) -> None:
    config = (
        "site_name: x\nsite_url: https://example.org/prevention/\ndocs_dir: content\ntheme: balise\nplugins: [balise]\n"
    )
    with serving(write_project(tmp_path / "project", {"mkdocs.yml": config})) as served:
        assert served.ask("/").headers["location"] == "/prevention/"
        assert served.ask("/prevention" + PAGE).status == 200
        assert served.ask(PAGE).status == 404
        assert 'href="/prevention/' in served.ask("/prevention/nothing").body


def test_another_machine_needs_the_flag(tmp_path: Path) -> None:
    root = write_project(tmp_path / "project")
    with pytest.raises(UsageError) as refused:
        Session(root / "mkdocs.yml", Talk(print, print), address="0.0.0.0:0")
    assert str(refused.value) == (
        "0.0.0.0:0 can be reached from other machines, and the preview shows drafts; "
        "add --allow-remote to let those in who have the token, or listen on 127.0.0.1"
    )


def test_another_machine_needs_the_token(tmp_path: Path) -> None:
    root = write_project(tmp_path / "project")
    with serving(root, address="0.0.0.0:0", allow_remote=True) as served:
        token = served.session.gate.token
        assert served.session.url == f"http://0.0.0.0:{served.port}/?token={token}"
        assert [served.ask(at).status for at in ("/", PAGE, "/?token=x", "/_balise/live.js")] == [403] * 4
        entered = served.ask(f"/?token={token}", Host=f"192.168.1.7:{served.port}")
        assert (entered.status, entered.headers["location"]) == (303, f"/{token}/")
        page = served.ask(f"/{token}{PAGE}").body
        assert f'src="/{token}/_balise/live.js"' in page
        assert served.ask(f"/{token}/_balise/live.js").status == 200
        assert served.ask(f"/{token}{PAGE}", Host=f"evil.example:{served.port}").status == 403
        assert f'href="/{token}/' in served.ask(f"/{token}/nothing").body
