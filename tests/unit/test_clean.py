"""The sanitiser, against a table of attacks and as a law; alert titles; footnotes."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from balise.clean import ALLOWED_ATTRIBUTES, ALLOWED_TAGS, URL_SCHEMES, clean_html, link_footnotes, title_alerts
from balise.markdown import render_markdown

CLASSES = {
    *(f"markdown-alert-{kind}" for kind in ("note", "tip", "important", "warning", "caution")),
    *("footnote-definition", "footnote-reference", "footnote-definition-label", "task"),
    *("align-left", "align-center", "align-right"),
}
ATTACKS = [
    "<script>alert(1)</script>",
    "<SCRIPT SRC=https://evil.example/x.js></SCRIPT>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<script\x00>alert(1)</script>",
    "<script/random>alert(1)</script>",
    "<<script>alert(1)//<</script>",
    "<script>//--></script><img src=x onerror=alert(1)>",
    '<img src=x onerror="alert(1)">',
    "<img src=x onerror=alert(1)//",
    "<img/src=x/onerror=alert(1)>",
    '<img src="x`" `onerror=alert(1)>',
    "<img src=x onerror\n=\nalert(1)>",
    "<img src=x OnErRoR=alert(1)>",
    '<img """><script>alert(1)</script>">',
    '<img src="javascript:alert(1)">',
    '<img src="jav&#x09;ascript:alert(1)">',
    '<img src="data:image/svg+xml,<svg onload=alert(1)>">',
    '<img srcset="javascript:alert(1) 1x, x 2x">',
    '<img src=x style="background:url(javascript:alert(1))">',
    '<img dynsrc="javascript:alert(1)" lowsrc="javascript:alert(1)">',
    '<a href="javascript:alert(1)">x</a>',
    '<a href="JaVaScRiPt:alert(1)">x</a>',
    '<a href=" javascript:alert(1)">x</a>',
    '<a href="\x01javascript:alert(1)">x</a>',
    '<a href="java\tscript:alert(1)">x</a>',
    '<a href="java\nscript:alert(1)">x</a>',
    '<a href="java\x00script:alert(1)">x</a>',
    '<a href="java&#9;script:alert(1)">x</a>',
    '<a href="java&NewLine;script:alert(1)">x</a>',
    '<a href="javascript&colon;alert(1)">x</a>',
    '<a href="&#106;&#97;&#118;&#97;&#115;&#99;&#114;&#105;&#112;&#116;&#58;alert(1)">x</a>',
    '<a href="&#x6A&#x61&#x76&#x61&#x73&#x63&#x72&#x69&#x70&#x74&#x3A;alert(1)">x</a>',
    '<a href="vbscript:msgbox(1)">x</a>',
    '<a href="data:text/html,<script>alert(1)</script>">x</a>',
    '<a href="data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==">x</a>',
    '<a href="file:///etc/passwd">x</a>',
    '<a href="blob:https://evil.example/x">x</a>',
    '<a href="view-source:javascript:alert(1)">x</a>',
    '<a href="x" onclick="alert(1)" onfocus=alert(1) autofocus tabindex=1>x</a>',
    '<a href="x" ping="https://evil.example" target="_blank" download>x</a>',
    '<a xlink:href="javascript:alert(1)">x</a>',
    '<p onmouseover="alert(1)">x</p>',
    '<p style="position:fixed;inset:0">x</p>',
    '<p style="width:expression(alert(1))">x</p>',
    '<p class="exit-link" id="content">x</p>',
    '<div id="a" onpointerenter=alert(1) contenteditable>x</div>',
    "<body onload=alert(1)>",
    '<body background="javascript:alert(1)">',
    "<html onmouseover=alert(1)>",
    '<base href="https://evil.example/">',
    '<meta http-equiv="refresh" content="0;url=javascript:alert(1)">',
    '<link rel="stylesheet" href="https://evil.example/x.css">',
    "<style>@import 'https://evil.example/x.css';</style>",
    "<style>*{background:url(javascript:alert(1))}</style>",
    "<style><img src=x onerror=alert(1)></style>",
    '<iframe src="javascript:alert(1)"></iframe>',
    "<iframe srcdoc=\"<script>alert(1)</script>\"></iframe>",
    '<frameset><frame src="javascript:alert(1)"></frameset>',
    '<object data="javascript:alert(1)"></object>',
    '<embed src="javascript:alert(1)">',
    '<applet code="x"></applet>',
    '<form action="javascript:alert(1)"><button formaction="javascript:alert(1)">x</button></form>',
    '<input type="image" src="x" onerror=alert(1) autofocus onfocus=alert(1)>',
    "<textarea autofocus onfocus=alert(1)></textarea><select autofocus onfocus=alert(1)></select>",
    "<details open ontoggle=alert(1)><summary>x</summary></details>",
    "<video><source onerror=alert(1)></video><audio src=x onerror=alert(1)></audio>",
    '<video poster="javascript:alert(1)"></video>',
    "<marquee onstart=alert(1)>x</marquee>",
    "<table background=\"javascript:alert(1)\"><td background='javascript:alert(1)'>x</table>",
    "<svg onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    '<svg><a xlink:href="javascript:alert(1)"><text>x</text></a></svg>',
    "<svg><animate onbegin=alert(1) attributeName=x></svg>",
    '<svg><use href="data:image/svg+xml,<svg id=x onload=alert(1)>#x"></use></svg>',
    "<svg><foreignObject><body onload=alert(1)></foreignObject></svg>",
    "<svg></p><style><a id=\"</style><img src=1 onerror=alert(1)>\">",
    '<math href="javascript:alert(1)">x</math>',
    '<math><maction actiontype="statusline" xlink:href="javascript:alert(1)">x</maction></math>',
    "<math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;&lt;img src=1 onerror=alert(1)&gt;\">",
    "<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    "<math><annotation-xml encoding=\"text/html\"><script>alert(1)</script></annotation-xml></math>",
    "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">",
    "<title><img src=x onerror=alert(1)></title>",
    "<template><script>alert(1)</script></template>",
    "<xmp><p title=\"</xmp><img src=x onerror=alert(1)>\">",
    "<plaintext><script>alert(1)</script>",
    "<!--><img src=x onerror=alert(1)>-->",
    "<!--[if gte IE 4]><script>alert(1)</script><![endif]-->",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<?xml version='1.0'?><script>alert(1)</script>",
    "<!DOCTYPE html [<!ENTITY x 'y'>]><script>alert(1)</script>",
    '<span class="task exit-link" onclick=alert(1)>x</span>',
    '<blockquote cite="javascript:alert(1)" class="alert">x</blockquote>',
    '<q cite="javascript:alert(1)">x</q>',
    '<custom-element onclick=alert(1) is="x">x</custom-element>',
    '<p slot="x" part="y" itemscope data-x="y" aria-hidden="true" role="alert">x</p>',
    "<h1>a second title</h1>",
    '<td style="text-align: left" onclick=alert(1)>x</td>',
    '<th style="text-align: left;background:url(//evil.example)">x</th>',
]  # fmt: skip


def faults(html: str) -> list[str]:
    """Return what the parsed HTML holds beyond the allow-list."""
    found = []
    body = LexborHTMLParser(f"<!doctype html><body>{html}").body
    assert body is not None
    for node in body.css("*"):
        if node.tag == "body":
            continue
        if node.tag not in ALLOWED_TAGS:
            found.append(f"<{node.tag}>")
        for name, value in node.attributes.items():
            allowed = ALLOWED_ATTRIBUTES["*"] | ALLOWED_ATTRIBUTES.get(node.tag, set()) | {"class"}
            if name not in allowed or (name == "class" and not set((value or "").split()) <= CLASSES):
                found.append(f'{node.tag} {name}="{value}"')
            scheme = re.match(r"\s*([a-z][a-z0-9+.-]*):", re.sub(r"[\x00-\x20]", "", value or ""), re.IGNORECASE)
            if name in ("href", "src") and scheme and scheme[1].lower() not in URL_SCHEMES:
                found.append(f'{node.tag} {name}="{value}"')
    return found


def test_the_table_of_attacks_is_long_and_without_doubles() -> None:
    assert len(ATTACKS) == len(set(ATTACKS)) >= 60


def test_the_judge_of_these_tests_sees_an_attack() -> None:
    html = '<p onclick="x">a</p><script></script><a href="java\tscript:x" class="task big">b</a><svg></svg>'
    assert faults(html) == [
        'p onclick="x"',
        "<script>",
        'a href="java\tscript:x"',
        'a class="task big"',
        "<svg>",
    ]


@pytest.mark.parametrize("attack", ATTACKS)
def test_an_attack_leaves_only_what_is_allowed(attack: str) -> None:
    for html in (attack, f"<p>before {attack} after</p>", f"<table><tr><td>{attack}</td></tr></table>"):
        cleaned = clean_html(html)
        assert faults(cleaned) == []
        assert clean_html(cleaned) == cleaned


@pytest.mark.parametrize("attack", ATTACKS)
def test_an_attack_written_in_markdown_leaves_only_what_is_allowed(attack: str) -> None:
    for markdown in (attack, f"a {attack} b", f"- {attack}", f"> [!NOTE]\n> {attack}", f"[x](<{attack}>)"):
        assert faults(clean_html(render_markdown(markdown))) == []


PIECES = st.sampled_from(
    '<a href="x">|</a>|<p>|</p>|<table>|<tr>|<td>|</table>|<b>|</b>|<div>|</div>|<ul>|<li>|<dt>|<dd>|<svg>|</svg>|<math>'
    "|<mtext>|<style>|</style>|<title>|</title>|<select>|<option>|<template>|<noscript>|</noscript>|<pre>|\n|<form>|<h2 id=a>"
    "|<!--|-->|<foreignObject>|<nobr>|<button>|<textarea>|<caption>|&lt;|<script>|</script>|\x00|<blockquote>|<img src=x>|text".split("|")
)  # fmt: skip


@given(st.lists(PIECES, max_size=14).map("".join))
@settings(max_examples=400, deadline=None)
def test_cleaning_twice_is_cleaning_once_whatever_the_nesting(html: str) -> None:
    cleaned = clean_html(html)
    assert clean_html(cleaned) == cleaned
    assert faults(cleaned) == []


@given(st.text(max_size=80))
@settings(max_examples=200, deadline=None)
def test_cleaning_twice_is_cleaning_once_for_any_text(text: str) -> None:
    cleaned = clean_html(text)
    assert clean_html(cleaned) == cleaned


@pytest.mark.parametrize(
    ("html", "settled"),
    [
        ("<p>a<br />b</p>", "<p>a<br>b</p>"),
        ("<li><table>a<li><b>x</b>", "<li>a</li><li><b>x</b></li><table></table>"),
    ],
)
def test_broken_nesting_is_put_in_order_and_keeps_its_elements(html: str, settled: str) -> None:
    assert clean_html(html) == settled


def test_html_that_never_settles_becomes_text() -> None:
    assert clean_html("<pre>" + "\n" * 20 + "x</pre>").strip() == "x"


@pytest.mark.parametrize(
    "html",
    [
        '<h2 id="do">What to do</h2>',
        '<p>A <a href="../x.md" title="t">link</a>, <em>a</em> <strong>b</strong> <del>c</del> <code>d</code>.</p>',
        '<a href="tel:116000">1</a><a href="sms:116000">2</a><a href="mailto:a@b.example">3</a><a href="https://e.org/">4</a>',
        '<p lang="fr" dir="ltr">Bonjour</p>',
        '<img src="a.png" alt="a" title="t">',
        '<abbr title="t">a</abbr><kbd>b</kbd><sub>c</sub><sup>d</sup><mark>e</mark><wbr><q>f</q><cite>g</cite><bdi>h</bdi>',
        '<ol start="3"><li>x</li></ol>',
        "<dl><dt>a</dt><dd>b</dd></dl>",
        "<pre><code>x\n</code></pre>",
        '<blockquote class="markdown-alert-note">\n<p>x</p>\n</blockquote>',
        "<hr>",
    ],
)
def test_what_authors_may_write_stays_as_it_is(html: str) -> None:
    assert clean_html(html) == html


def test_table_alignment_becomes_a_class() -> None:
    html = clean_html(render_markdown("| a | b | c | d |\n|:--|:-:|--:|---|\n| 1 | 2 | 3 | 4 |\n"))
    cells = [(node.tag, node.attributes.get("class")) for node in LexborHTMLParser(html).css("th, td")]
    classes = ["align-left", "align-center", "align-right", None]
    assert cells == [("th", name) for name in classes] + [("td", name) for name in classes]


def test_the_boxes_of_a_task_list_become_signs() -> None:
    html = clean_html(render_markdown("- [x] done\n- [ ] open\n"))
    assert html == '<ul>\n<li><span class="task">☑</span> done</li>\n<li><span class="task">☐</span> open</li>\n</ul>\n'


def test_an_alert_gets_the_title_it_is_given() -> None:
    html = clean_html(render_markdown("> [!WARNING]\n> Call.\n\n> A quote.\n"))
    assert title_alerts(html, lambda kind: f"<p>{kind}</p>") == (
        '<blockquote class="alert alert-warning">\n<p>warning</p>\n<p>Call.</p>\n</blockquote>\n'
        "<blockquote>\n<p>A quote.</p>\n</blockquote>\n"
    )


def footnotes(markdown: str, back: str = "Back") -> str:
    return link_footnotes(clean_html(render_markdown(markdown)), back)


def test_footnotes_are_numbered_in_order_of_reference_and_lead_back() -> None:
    assert footnotes("One[^b], two[^a].\n\n[^a]: First written.\n\n[^b]: First named.\n") == (
        '<p>One<sup class="footnote-mark" id="fnref-b"><a href="#fn-b">1</a></sup>,'
        ' two<sup class="footnote-mark" id="fnref-a"><a href="#fn-a">2</a></sup>.</p>\n'
        '<div class="footnote" id="fn-a"><span class="footnote-number">2</span> <p>First written.'
        ' <a class="footnote-back" href="#fnref-a" aria-label="Back">↩</a></p></div>\n'
        '<div class="footnote" id="fn-b"><span class="footnote-number">1</span> <p>First named.'
        ' <a class="footnote-back" href="#fnref-b" aria-label="Back">↩</a></p></div>\n'
    )


def test_a_footnote_named_twice_keeps_its_number_and_its_marks_have_ids_of_their_own() -> None:
    tree = LexborHTMLParser(footnotes("One[^1] two[^1].\n\n[^1]: Note.\n"))
    assert [(node.id, node.text()) for node in tree.css(".footnote-mark")] == [("fnref-1", "1"), ("fnref-1-2", "1")]
    assert [node.attributes["href"] for node in tree.css(".footnote-back")] == ["#fnref-1"]


def test_the_way_back_stands_in_the_last_paragraph_of_a_long_footnote() -> None:
    tree = LexborHTMLParser(footnotes("One[^1].\n\n[^1]: First.\n\n    Last.\n"))
    assert [node.text() for node in tree.css(".footnote p")] == ["First.", "Last. ↩"]


def test_a_footnote_that_nothing_names_has_a_star_and_no_way_back() -> None:
    assert footnotes("One.\n\n[^1]: Note.\n") == (
        '<p>One.</p>\n<div class="footnote" id="fn-1"><span class="footnote-number">*</span> <p>Note.</p></div>\n'
    )


def test_two_labels_that_differ_in_letters_without_a_latin_form_get_two_ids() -> None:
    tree = LexborHTMLParser(footnotes("One[^日本] two[^中国].\n\n[^日本]: A.\n\n[^中国]: B.\n"))
    assert [node.id for node in tree.css(".footnote")] == ["fn-section", "fn-section-2"]
    assert [node.attributes["href"] for node in tree.css(".footnote-mark a")] == ["#fn-section", "#fn-section-2"]


def test_the_name_of_the_way_back_is_escaped() -> None:
    assert 'aria-label="Back to &#34;the&#34; text"' in footnotes("One[^1].\n\n[^1]: Note.\n", 'Back to "the" text')


def test_html_without_alerts_and_footnotes_is_left_alone() -> None:
    html = "<p>footnotes and alerts are words</p>\n"
    assert title_alerts(link_footnotes(html, "Back"), str) == html
