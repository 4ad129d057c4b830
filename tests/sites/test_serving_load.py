"""`balise serve` in a process of its own while many connect and someone edits: whole pages, few threads, a clean end."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from bench.balise_project import BaliseProject
from bench.corpus import Corpus
from bench.serve_load import Wishes, broken_promises, find_fault, press

WISHES = Wishes(pages=12, seconds=6, idle=200, rate=30)
HEAD = b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n"
PAGE = b"<html><p>Revision 1.</p></html>\n"


def test_a_busy_preview_serves_whole_pages_to_its_own_site_alone_and_ends_on_ctrl_c(tmp_path: Path) -> None:
    project = BaliseProject(Corpus(WISHES.pages), tmp_path / "project")
    project.write()
    with ThreadPoolExecutor(1) as apart:  # the browser of other tests may keep its event loop in this thread
        outcome = apart.submit(press, project, WISHES).result()
    assert list(broken_promises(outcome, timed=False)) == []
    assert len(outcome.latencies) == WISHES.seconds * WISHES.rate


def test_what_is_no_whole_page_is_seen() -> None:
    assert find_fault(HEAD % len(PAGE) + PAGE) == ""
    assert find_fault(b"") == "it begins b''"
    assert find_fault(b"HTTP/1.1 503 Service Unavailable\r\n\r\n").startswith("it begins b'HTTP/1.1 503")
    assert find_fault(HEAD % len(PAGE) + PAGE[:-9]).startswith("the page is not whole")
    assert find_fault(HEAD % len(PAGE[:-9]) + PAGE[:-9]).startswith("the page is not whole")
    assert find_fault(HEAD % len(PAGE) + PAGE, "nl") == ""
    assert find_fault(HEAD % len(PAGE) + PAGE.replace(b"1", b"3"), "nl") == "the page shows neither revision"
