"""Links: where an address leads, what it becomes in an edition, and what is wrong with it."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from balise.links import Target, is_outbound, read_target, relative_url, rewrite_links
from support.topics import compile_topic, problems_of, topic


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


@given(
    st.from_regex(r"(\.\./){0,3}([a-z0-9_-]+/){0,2}[a-z_-]+(\.md)?(#[a-z-]*)?", fullmatch=True),
    st.sampled_from(["a", "a/b", "a/b/c"]),
)
def test_a_path_leads_where_it_leads_with_the_folder_it_starts_from_written_out(address: str, page_id: str) -> None:
    assert read_target(address, page_id) == read_target(f"./{address}", page_id)


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
        ('<img alt="src=x" src="https://e.org/i.png">', ""),
        ("<p>no link, href= is a word</p>", "<p>no link, href= is a word</p>"),
        ('<a href="quote.md">x</a>', '<a href="../%22a%22/&lt;b&gt;">x</a>'),
    ],
)
def test_addresses_become_those_of_the_edition(html: str, expected: str) -> None:
    places = {"a.md": "../a/", "i.png": "../../i.png", "away.md": "https://away.example/", "quote.md": '../"a"/<b>'}
    assert rewrite_links(html, places.get) == expected


ASSETS = {"content/assets/form.pdf": b"x", "content/assets/a b#1.png": b"x"}
GOOD = """\
[a](index.md) [b](found-images.md#do) [c](/index.md) [d](../assets/form.pdf) [e](#here) [f][ref]
[g]({{ link("help/index") }}) [h]({{ link("be-line") }}) [i](mailto:a@b.example) [j](tel:116000)
![k](../assets/a%20b%231.png)

[ref]: found-images.md

## Here {#here}
"""


def test_links_become_addresses_of_the_edition_with_its_own_slugs(tmp_path: Path) -> None:
    site, problems = compile_topic(tmp_path, GOOD, ASSETS)
    assert problems == ()
    shown = {tag: LexborHTMLParser(topic(site, tag).body.html).css("a, img") for tag in ("en", "fr", "nl")}
    addresses = {
        tag: [node.attributes.get("href") or node.attributes.get("src") for node in nodes]
        for tag, nodes in shown.items()
    }
    outside = ["https://line.example/", "mailto:a@b.example", "tel:116000", "../../../assets/a%20b%231.png"]
    found = {"en": "../found-images/", "fr": "../images-trouvees/", "nl": "../beelden-gevonden/"}
    for tag in ("en", "fr", "nl"):
        inside = ["../", f"{found[tag]}#do", "../../", "../../../assets/form.pdf", "#here", found[tag], "../"]
        assert addresses[tag] == inside + outside
        assert [node.attributes.get("rel") for node in shown[tag]].count("noreferrer noopener") == 1


def test_a_link_to_a_page_that_cannot_be_read_is_no_second_problem(tmp_path: Path) -> None:
    files = {"content/help/broken.md": "Hello", "content/help/latin.md": b"\xe9"}
    found = problems_of(tmp_path, "[a](broken.md) and [b](latin.md).\n", files)
    assert [problem.split(":")[0] for problem in found] == ["content/help/broken.md", "content/help/latin.md"]


FROM_HERE = "write the path from this file to the other .md file"
HEADING = "give the heading that id: `## … {#id}`"
SCHEMES = "allowed: https, http, mailto, tel, sms"


@pytest.mark.parametrize(
    ("link", "expected"),
    [
        ("[x](fond-images.md)", 'link to "fond-images.md": no such page [link-broken] | did you mean "found-images.md"?'),
        ("[x](../indx.md)", 'link to "../indx.md": no such page [link-broken] | did you mean "../index.md"?'),
        ("[x](../../secret.md)", f'link to "../../secret.md": no such page [link-broken] | {FROM_HERE}'),
        ("[x](../assets/from.pdf)", 'link to "../assets/from.pdf": no such file [link-broken] | did you mean "assets/form.pdf"? put the file into content/assets/ and link it by its path'),
        ("[x](../site.yml)", 'link to "../site.yml": no such file [link-broken] | put the file into content/assets/ and link it by its path'),
        ("[x](found-images.md#dos)", f'link to "found-images.md#dos": the page has no heading "dos" [anchor-broken] | did you mean "do"? {HEADING}'),
        ("[x](#zzz)", f'link to "#zzz": the page has no heading "zzz" [anchor-broken] | {HEADING}'),
        ("[x](javascript:alert)", f'link to "javascript:alert" uses an address that is not allowed [link-scheme] | {SCHEMES}'),
        ("[x](//example.org/)", f'link to "//example.org/" uses an address that is not allowed [link-scheme] | {SCHEMES}'),
        ("[x](<http://[bad>)", f'link to "http://[bad" uses an address that is not allowed [link-scheme] | {SCHEMES}'),
        ("![x](https://example.org/x.png)", 'image "https://example.org/x.png" comes from another site [image-outside] | put the file into content/assets/, so that reading the page tells nobody'),
    ],
)  # fmt: skip
def test_a_link_that_leads_nowhere_is_named_where_it_stands(tmp_path: Path, link: str, expected: str) -> None:
    found = problems_of(tmp_path, f"Lead.\n\nÉté, {link}.\n", ASSETS)
    assert [problem.replace("\n    fix: ", " | ") for problem in found] == [
        f"content/help/note.md:8:6: error: {expected}"
    ]


OWN = "---\ntype: topic\ntitle: Iets anders\ndescription: Anders.\n---\nTekst met [link](note.md#eigen) en [fout](note.md#pin).\n\n## Eigen {#eigen}\n"


def test_a_text_of_its_own_is_held_to_the_headings_of_its_own_edition(tmp_path: Path) -> None:
    other = "---\ntype: topic\ntitle: Ander\ndescription: Ander.\n---\nZie [eigen](note.md#eigen).\n"
    files = {"content/help/note.nl.md": OWN, "content/help/found-images.nl.md": other}
    assert problems_of(tmp_path, "Lead.\n\n## Pin {#pin}\n", files) == [
        'content/help/note.nl.md:6:36: error: link to "note.md#pin": the page has no heading "pin" [anchor-broken]\n'
        f"    fix: {HEADING}"
    ]
