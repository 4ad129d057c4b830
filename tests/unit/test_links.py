"""Links: where an address leads, what it becomes in an edition, and what is wrong with it."""

import pytest
from balise.links import Target, is_outbound, read_target, relative_url, rewrite_links
from hypothesis import given
from hypothesis import strategies as st


@pytest.mark.parametrize(
    ("address", "target"),
    [
        ("other.md", Target("page", "help/other")),
        ("./other.md", Target("page", "help/other")),
        ("../index.md", Target("page", "index")),
        ("/talk/index.md", Target("page", "talk/index")),
        ("../talk/index.md#say", Target("page", "talk/index", "say")),
        ("../../outside.md", Target("page", "../outside")),
        ("other.md#caf%C3%A9", Target("page", "help/other", "café")),
        ("#here", Target("here", "", "here")),
        ("", Target("here")),
        ("../assets/a%20b.pdf", Target("asset", "assets/a b.pdf")),
        ("/assets/a.pdf#page=2", Target("asset", "assets/a.pdf", "page=2")),
        ("https://example.org/a.md", Target("outside", "https")),
        ("HTTPS://example.org/", Target("outside", "https")),
        ("//example.org/", Target("outside", "")),
        ("mailto:a@example.org", Target("outside", "mailto")),
        ("tel:116000", Target("outside", "tel")),
        ("javascript:alert(1)", Target("outside", "javascript")),
        ("data:text/html,x", Target("outside", "data")),
        ("http://[broken", Target("outside", "")),
    ],
)
def test_an_address_typed_on_a_page_leads_somewhere(address: str, target: Target) -> None:
    assert read_target(address, "help/found-images") == target


@given(st.text(max_size=40))
def test_every_address_leads_somewhere(address: str) -> None:
    assert read_target(address, "help/found-images").kind in ("page", "here", "asset", "outside")


@pytest.mark.parametrize(
    ("target", "source", "url"),
    [
        ("fr/aide/images/index.html", "fr/aide/chantage/index.html", "../images/"),
        ("fr/aide/index.html", "fr/aide/chantage/index.html", "../"),
        ("fr/index.html", "fr/aide/chantage/index.html", "../../"),
        ("fr/index.html", "fr/index.html", "./"),
        ("nl/hulp/index.html", "fr/aide/index.html", "../../nl/hulp/"),
        ("fr/aide/index.html", "index.html", "fr/aide/"),
        ("assets/a.pdf", "fr/aide/index.html", "../../assets/a.pdf"),
    ],
)
def test_one_published_file_as_seen_from_another(target: str, source: str, url: str) -> None:
    assert relative_url(target, source) == url


@pytest.mark.parametrize(
    ("address", "outbound"),
    [
        ("https://example.org", True),
        ("http://example.org", True),
        ("HTTPS://example.org", True),
        ("//example.org", True),
        ("../a/", False),
        ("mailto:a@example.org", False),
        ("#a", False),
    ],
)
def test_only_web_addresses_leave_the_site(address: str, outbound: bool) -> None:
    assert is_outbound(address) is outbound


OUT = 'rel="noreferrer noopener"'


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ('<a href="a.md">x</a>', '<a href="../a/">x</a>'),
        ('<a title="href=&quot;a.md&quot;" href="a.md">x</a>', '<a title="href=&quot;a.md&quot;" href="../a/">x</a>'),
        ('<a title="x > y" href="a.md">x</a>', '<a title="x > y" href="../a/">x</a>'),
        ('<a href="a.md" title="t">x</a><a href="a.md">y</a>', '<a href="../a/" title="t">x</a><a href="../a/">y</a>'),
        ('<a href="b.md">x</a>', '<a href="b.md">x</a>'),
        ('<a href="https://e.org/?a=1&amp;b=2">x</a>', f'<a href="https://e.org/?a=1&amp;b=2" {OUT}>x</a>'),
        ('<a href="https://e.org/&lt;">x</a>', f'<a href="https://e.org/&lt;" {OUT}>x</a>'),
        ('<a href="away.md" title="t">x</a>', f'<a href="https://away.example/" {OUT} title="t">x</a>'),
        ('<img src="i.png" alt="a">', '<img src="../../i.png" alt="a">'),
        ('<img alt="src=x" src="https://e.org/i.png">', '<img alt="src=x" src="https://e.org/i.png">'),
        ("<p>no link, href= is a word</p>", "<p>no link, href= is a word</p>"),
        ('<a href="quote.md">x</a>', '<a href="../%22a%22/&lt;b&gt;">x</a>'),
    ],
)
def test_addresses_become_those_of_the_edition(html: str, expected: str) -> None:
    places = {"a.md": "../a/", "i.png": "../../i.png", "away.md": "https://away.example/", "quote.md": '../"a"/<b>'}
    assert rewrite_links(html, places.get) == expected
