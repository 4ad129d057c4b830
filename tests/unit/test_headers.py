"""The table of response headers, and the same table in each server's words."""

from __future__ import annotations

import re

import pytest

from balise.headers import (
    FEATURES,
    POLICY,
    Hosting,
    cache_control,
    header_table,
    render_apache,
    render_htaccess,
    render_netlify,
    render_nginx,
)

SITE = Hosting(("fr", "nl"))
BUNDLE = "theme/balise-0123456789.css"
ADDRESSES = (
    "",
    "index.html",
    "404.html",
    "fr/",
    "nl/hulp/beelden/",
    "assets/a.png",
    "assets/b/c.pdf",
    "sitemap.xml",
    "worker.js",
    BUNDLE,
    "theme/balise-0123456789.woff2",
)


def read_rules(text: str) -> list[tuple[str, dict[str, str]]]:
    """Return the rules of a `_headers` file: an address pattern, then its indented headers."""
    rules: list[tuple[str, dict[str, str]]] = []
    for line in text.splitlines():
        if line.startswith("/"):
            rules.append((line, {}))
        elif line.startswith("  "):
            name, _, value = line.strip().partition(": ")
            rules[-1][1][name] = value
        else:
            assert line.startswith("#")
    return rules


def answered(text: str, address: str) -> dict[str, str]:
    """Return the headers of a file as Netlify and Cloudflare Pages join them: every rule that fits, commas between."""
    found: dict[str, str] = {}
    for pattern, headers in read_rules(text):
        if re.fullmatch(re.escape(pattern).replace(r"\*", ".*"), f"/{address}"):
            for name, value in headers.items():
                found[name] = f"{found[name]}, {value}" if name in found else value
    return found


@pytest.mark.parametrize("discreet", [False, True])
@pytest.mark.parametrize("address", ADDRESSES)
def test_netlify_gives_each_file_twelve_headers_none_joined_of_two(address: str, discreet: bool) -> None:
    wanted = {item.name: item.value for item in header_table(address, discreet=discreet)}
    assert len(wanted) == 12
    assert answered(render_netlify(Hosting(("fr", "nl"), discreet, worker=True)), address) == wanted


def test_a_site_without_a_worker_has_no_rule_for_one() -> None:
    assert "worker.js" not in render_netlify(SITE)


@pytest.mark.parametrize(
    ("address", "discreet", "wanted"),
    [
        (BUNDLE, False, "public, max-age=31536000, immutable"),
        (BUNDLE, True, "public, max-age=31536000, immutable"),
        ("theme/balise-0123456789.woff2", False, "public, max-age=31536000, immutable"),
        ("worker.js", False, "no-cache"),
        ("fr/", False, "no-cache"),
        ("fr/", True, "no-store"),
        ("assets/sheet.pdf", True, "no-store"),
        ("assets/balise-0123456789.css", False, "no-cache"),
        ("theme/balise-0123456789.css.html", False, "no-cache"),
    ],
)
def test_only_files_whose_name_changes_with_them_are_kept(address: str, discreet: bool, wanted: str) -> None:
    assert cache_control(address, discreet=discreet) == wanted


def test_the_site_is_asked_for_over_https_without_speaking_for_its_neighbours() -> None:
    (value,) = [item.value for item in header_table() if item.name == "Strict-Transport-Security"]
    assert value == "max-age=31536000"


def test_no_feature_of_a_browser_is_allowed_to_anyone() -> None:
    (value,) = [item.value for item in header_table() if item.name == "Permissions-Policy"]
    assert value.split(", ") == [f"{name}=()" for name in FEATURES]
    assert {"camera", "microphone", "geolocation", "payment", "usb"} <= set(FEATURES)


def test_no_value_breaks_out_of_the_quotes_it_is_written_in() -> None:
    assert [item.name for item in header_table() if set(item.value) & set('"\\\n$')] == []
    assert [item.name for item in header_table() if len(item.value) > 2000] == []


def test_a_site_below_the_root_finds_its_own_error_pages() -> None:
    site = Hosting(("fr",), base="/town/")
    nginx, apache = render_nginx(site), render_htaccess(site)
    assert "error_page 403 404 =404 /town/404.html;" in nginx
    assert "location /town/fr/ { error_page 403 404 =404 /town/fr/404.html; }" in nginx
    assert '"^/town/theme/balise-' in nginx
    assert "ErrorDocument 404 /town/404.html" in apache
    assert "m#^/town/fr/#" in apache


def test_apache_is_told_the_same_with_and_without_htaccess() -> None:
    inside = {line.strip() for line in render_htaccess(SITE).splitlines() if not line.startswith("#")}
    assert inside <= {line.strip() for line in render_apache(SITE, "/var/www/site").splitlines()}


def test_every_server_is_told_the_same_policy() -> None:
    for text in (render_nginx(SITE), render_htaccess(SITE), render_netlify(SITE), render_apache(SITE, "/srv")):
        assert text.count(POLICY) == 1
