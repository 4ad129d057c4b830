"""`balise headers`: what it prints for each server."""

from __future__ import annotations

import pytest

from balise.headers import Hosting, render_apache, render_netlify, render_nginx
from support.commands import Terminal
from support.projects import SITE

USUAL = Hosting(("fr", "nl", "en"))


def test_it_prints_what_nginx_includes(terminal: Terminal) -> None:
    outcome = terminal.balise("headers", "nginx")
    assert (outcome.code, outcome.out, outcome.err) == (0, render_nginx(USUAL), "")


def test_it_prints_what_netlify_reads_as_a_build_writes_it(terminal: Terminal) -> None:
    outcome = terminal.balise("headers", "netlify")
    assert terminal.balise("build").code == 0
    assert outcome.out == render_netlify(USUAL) == (terminal.folder / "site" / "_headers").read_text("utf-8")


def test_apache_is_told_the_folder(terminal: Terminal) -> None:
    outcome = terminal.balise("headers", "apache", "--root", "/srv/help")
    assert outcome.out == render_apache(USUAL, "/srv/help")
    assert '<Directory "/srv/help">' in outcome.out


@pytest.mark.parametrize("folder", ["help", '/srv/"x', "/srv/a b", "/srv/$x"])
def test_a_folder_that_would_break_the_file_is_refused(terminal: Terminal, folder: str) -> None:
    outcome = terminal.balise("headers", "apache", "--root", folder)
    message = f'Error: "{folder}" is not the path of a folder; write one such as /var/www/site'
    assert (outcome.code, outcome.out, outcome.err.splitlines()[-1]) == (2, "", message)


def test_the_sites_address_and_mode_are_read_from_the_project(terminal: Terminal) -> None:
    config = (terminal.folder / "mkdocs.yml").read_text("utf-8")
    changed = config.replace("https://example.org/", "https://example.org/help%22/")
    terminal.write({"mkdocs.yml": changed, "content/site.yml": SITE + "discreet: yes\n"})
    outcome = terminal.balise("headers", "nginx")
    assert outcome.out == render_nginx(Hosting(("fr", "nl", "en"), discreet=True, base="/help%22/"))
    assert 'set $balise_cache "no-store";' in outcome.out
