"""What each rule on published sites finds on a page, and what it leaves alone."""

import base64
import hashlib

import pytest

from balise.lint.published_rule import load_published_rules
from balise.lint.rule import load_rules
from support.projects import load
from support.published_folders import HEAD, POLICY, first_lines, page, said

NO_POLICY = '<meta charset="utf-8"><title>A page</title><meta name="referrer" content="no-referrer">'


def with_policy(policy: str) -> str:
    return f'{NO_POLICY}<meta http-equiv="content-security-policy" content="{policy}">'


def test_every_rule_has_a_manual_page_with_the_four_parts_and_a_name_of_its_own():
    rules = load_published_rules()

    assert len(rules) == 20
    assert not set(rules) & set(load_rules())
    for rule in rules.values():
        assert rule.check_page or rule.check_file or rule.check_site, rule.id
        for part in ("What it finds", "Why it matters", "Bad", "Better"):
            assert f"{part}:" in rule.manual, (rule.id, part)


def test_a_good_page_is_left_alone(tmp_path):
    body = (
        '<a href="https://example.org/">Elsewhere</a> <a href="#here" id="here">Here</a> <a href="">Again</a>'
        '<img src="a.png" alt=""><a href="tel:+3225550100">+32 (0)2 555 01 00</a> <a href="mailto:a@example.org">Write</a>'
        '<form method="post" action="/send"><input name="q"></form>'
    )
    assert said(tmp_path, {"index.html": page(body), "a.png": b"", "send.html": page()}) == []


@pytest.mark.parametrize(
    ("body", "what"),
    [
        ('<img src="https://pics.example/a.png" alt="">', "a picture"),
        ('<img srcset="b.png 1x, //pics.example/a.png 2x" src="b.png" alt="">', "a picture"),
        ('<script src="https://pics.example/a.js"></script>', "a script"),
        ("<LINK REL=StyleSheet HREF=https://pics.example/a.css>", "a style sheet"),
        ('<link rel="preconnect" href="https://pics.example">', "a connection"),
        ('<link rel="modulepreload" href="https://pics.example/a.js">', "a file ahead of time"),
        ('<link rel="shortcut icon" href="https://pics.example/a.ico">', "an icon"),
        ('<link rel="manifest" href="https://pics.example/a.json">', "a manifest"),
        ('<iframe src="https://pics.example/"></iframe>', "a frame"),
        ('<object data="https://pics.example/"></object>', "a frame"),
        ('<video poster="https://pics.example/a.png"></video>', "a picture"),
        ('<audio><source src="https://pics.example/a.mp3"></audio>', "sound or film"),
        ("<svg><use href='https://pics.example/a.svg#b'></use></svg>", "a picture"),
    ],
)
def test_what_a_page_loads_from_others_is_told(tmp_path, body, what):
    assert said(tmp_path, {"index.html": page(body), "b.png": b""}) == [
        f"index.html:2:1: error: the page asks https://pics.example for {what} [third-party]\n"
        "    fix: put the file into the site itself, or do without it"
    ]


def test_styles_that_load_from_others_are_told_wherever_they_stand(tmp_path):
    policy = with_policy("default-src 'self'; style-src 'self' 'unsafe-inline'")
    files = {
        "a.css": "/* url(https://no.example/) */ @import 'https://one.example/x.css'; b{background:url( //two.example/a )}",
        "index.html": page('<p style="background:url(&quot;https://three.example/a&quot;)">', policy),
        "b.html": page("<style>@import url(https://four.example/)</style>", policy),
    }
    assert first_lines(tmp_path, files) == [
        "a.css: error: the page asks https://one.example for a file of the style [third-party]",
        "a.css: error: the page asks https://two.example for a file of the style [third-party]",
        "b.html:2:1: error: the page asks https://four.example for a file of the style [third-party]",
        "index.html:2:1: error: the page asks https://three.example for a file of the style [third-party]",
    ]


def test_a_page_that_leads_on_by_itself_is_told_where_to(tmp_path):
    head = f'{HEAD}<meta http-equiv="refresh" content="0; url=https://else.example/a">'

    assert first_lines(tmp_path, {"index.html": page("", head)}) == [
        "index.html: error: the page leads on to https://else.example [third-party]"
    ]


def test_addresses_in_scripts_are_advice_where_something_is_asked_for(tmp_path):
    script = (
        'const a = "https://plain.example/";\nfetch("https://ask.example/x");\nlet r; r.open("GET", "//old.example/")\n'
    )

    assert first_lines(tmp_path, {"a.js": script, "index.html": page()}) == [
        "a.js:2:1: advice: a script may ask https://ask.example [third-party]",
        "a.js:3:1: advice: a script may ask https://old.example [third-party]",
    ]


def test_what_scripts_keep_is_told(tmp_path):
    script = "document . cookie = 'a';\nlocalStorage.setItem('a', 1);\nnavigator.serviceWorker.register('w.js');\n"

    assert said(tmp_path, {"a.js": script, "index.html": page()}) == [
        "a.js:1:1: warning: a script uses document.cookie [reader-storage]\n    fix: keep nothing on the reader's device",
        "a.js:2:1: warning: a script uses localStorage [reader-storage]\n    fix: keep nothing on the reader's device",
        "a.js:3:1: advice: a script uses serviceWorker.register [reader-storage]\n"
        "    fix: keep nothing on the reader's device",
    ]


@pytest.mark.parametrize(
    ("policy", "message"),
    [
        ("script-src * 'self'", "the content security policy allows scripts by *"),
        ("script-src 'unsafe-inline'", "the content security policy allows scripts by 'unsafe-inline'"),
        ("default-src 'self' 'unsafe-eval'", "the content security policy allows scripts by 'unsafe-eval'"),
        ("script-src https://*.example.org", "the content security policy allows scripts by https://*.example.org"),
        ("img-src 'self'", "the content security policy says nothing of scripts"),
    ],
)
def test_a_weak_policy_is_told(tmp_path, policy, message):
    assert first_lines(tmp_path, {"index.html": page("", with_policy(policy))}) == [
        f"index.html: warning: {message} [content-policy]"
    ]


def test_a_page_without_policy_is_told_unless_the_folder_has_one_for_its_server(tmp_path):
    assert said(tmp_path, {"index.html": page("", NO_POLICY)}) == [
        "index.html: warning: the page has no content security policy [content-policy]\n"
        "    fix: send the header Content-Security-Policy, or put it into the head as `<meta http-equiv=…>`"
    ]
    assert (
        said(tmp_path, {"index.html": page("", NO_POLICY), "_headers": f"/*\n  Content-Security-Policy: {POLICY}\n"})
        == []
    )
    apache = f'Header always set Content-Security-Policy "{POLICY}"\n'
    assert said(tmp_path, {"index.html": page("", NO_POLICY), "_headers": "", ".htaccess": apache}) == []


def test_a_policy_with_a_nonce_may_name_unsafe_inline_for_old_browsers(tmp_path):
    head = with_policy("default-src 'self'; script-src 'nonce-Ab1' 'unsafe-inline'")

    assert said(tmp_path, {"index.html": page('<script nonce="Ab1">a()</script>', head)}) == []


def test_inline_code_that_the_policy_blocks_does_not_work(tmp_path):
    body = '<script>a()</script><p style="x:y"><button onclick="a()">B</button><a href="javascript:a()">L</a><style>b{}</style>'
    data = '<script type="application/ld+json">{}</script>'

    assert first_lines(tmp_path, {"index.html": page(body + data)}) == [
        f"index.html:2:1: warning: the content security policy blocks {what} [inline-code]"
        for what in (
            "a handler (onclick)",
            "a link that runs a script",
            "a style attribute",
            "an inline script",
            "an inline style sheet",
        )
    ]


def test_inline_code_whose_digest_the_policy_names_works(tmp_path):
    digest = base64.b64encode(hashlib.sha256(b"a()").digest()).decode()
    head = with_policy(f"default-src 'self'; script-src 'sha256-{digest}'")

    assert said(tmp_path, {"index.html": page("<script>a()</script>", head)}) == []


def test_inline_code_without_a_policy_is_advice(tmp_path):
    assert said(tmp_path, {"index.html": page("<script>a()</script>", NO_POLICY)})[1:] == [
        "index.html:2:1: advice: the page holds an inline script, and no content security policy knows it [inline-code]\n"
        "    fix: move it into a file of the site"
    ]


def test_links_that_tell_where_readers_come_from_are_told_once_a_site(tmp_path):
    head = HEAD.replace('<meta name="referrer" content="no-referrer">', "")
    links = '<a href="https://a.example/1">1</a> <a href="https://a.example/2">2</a> <a rel="noreferrer" href="//b.example">3</a>'
    assert said(tmp_path, {"index.html": page(links, head)}) == [
        "index.html:2:1: warning: a link tells https://a.example where the reader comes from [referrer-leak]\n"
        '    fix: add `<meta name="referrer" content="no-referrer">` to the head, and `rel="noreferrer"` to the link'
    ]


def test_a_digest_that_is_not_the_file_s_and_one_that_is_missing_are_told(tmp_path):
    right = "sha384-" + base64.b64encode(hashlib.sha384(b"a()").digest()).decode()
    body = (
        f'<script src="a.js" integrity="{right}"></script>\n<script src="b.js" integrity="{right}"></script>\n'
        '<link rel="stylesheet" href="c.css">'
    )
    assert said(tmp_path, {"index.html": page(body), "a.js": "a()", "b.js": "b()", "c.css": ""}) == [
        'index.html:3:1: error: "b.js" is not the file that its integrity names [file-integrity]\n'
        "    fix: build the page and the file together",
        'index.html:4:1: warning: "c.css" has no integrity, others of the page have [file-integrity]\n'
        "    fix: give each of them one, or none",
    ]


@pytest.mark.parametrize(
    "link",
    [
        '<a href="tel:+3225550100">02 555 01 00</a>',
        '<a href="tel:+32-2-555-01-00">+32 (0)2 555.01.00</a>',
        '<a href="tel:003225550100">+32 2 555 01 00</a>',
        '<a href="tel:025550100">+32 2 555 01 00</a>',
        '<a href="tel:116000"><b>Child Focus</b> 24/7: 116&nbsp;000</a>',
        '<a href="tel:+18334567890">1-833-456-7890 (day and night)</a>',
        '<a href="tel:+18002255288">1‑800‑CALL‑ATT</a>',
        '<a href="tel:112" aria-label="Emergency 112">Call now</a>',
        '<a href="sms:103?body=Hello">Text 103</a>',
    ],
)
def test_a_number_in_another_spelling_is_the_same(tmp_path, link):
    assert said(tmp_path, {"index.html": page(link)}) == []


@pytest.mark.parametrize(
    ("link", "shown", "dialled"),
    [
        ('<a href="tel:+3225550101">02 555 01 00</a>', "02 555 01 00", "+3225550101"),
        ('<a href="tel:116111">116 000</a>', "116 000", "116111"),
        ('<a href="tel:116000" aria-label="Call 116 111">116 000</a>', "116 111", "116000"),
        ('<a href="tel:%2B3225550101">+32 2 555 01 00</a>', "+32 2 555 01 00", "%2B3225550101"),
    ],
)
def test_a_link_that_dials_another_number_is_an_error(tmp_path, link, shown, dialled):
    assert said(tmp_path, {"index.html": page(link)}) == [
        f'index.html:2:1: error: a link shows "{shown}" and dials {dialled} [dialled-number]\n'
        "    fix: write the same number in both, from the registry"
    ]


def test_numbers_are_held_against_the_registry_of_a_project(tmp_path):
    facts = load(tmp_path / "project").registries
    body = (
        '<a href="tel:116000">116 000</a>\n<a href="tel:+3225550100">02 555 01 00</a>\n'
        '<a href="tel:112" aria-label="The new line 112">112</a>\n<a href="tel:">Call</a>'
    )
    assert said(tmp_path / "site", {"index.html": page(body)}, facts) == [
        "index.html:3:1: warning: no service of the registry has the number 3225550100 [dialled-number]\n"
        "    fix: take numbers from the registry",
        'index.html:4:1: error: a link calls "The new line" by 112, the registry has 142 [dialled-number]\n'
        "    fix: take the number from the registry",
        'index.html:5:1: error: a link dials nothing: "tel:" [dialled-number]\n    fix: write its number',
    ]


def test_a_link_that_writes_to_somebody_else_is_an_error(tmp_path):
    body = '<a href="mailto:info@example.org?subject=x">help@example.org</a> <a href="mailto:A@example.org">a@Example.org</a>'

    assert said(tmp_path, {"index.html": page(body)}) == [
        'index.html:2:1: error: a link shows "help@example.org" and writes to "info@example.org" [mailed-address]\n'
        "    fix: write the same address in both"
    ]


def test_pages_say_their_language_and_that_of_their_address(tmp_path):
    files = {
        "index.html": page().replace(' lang="en"', ""),
        "nl/a.html": page(lang="nl-BE"),
        "nl/b.html": page(lang="en"),
        "en/c.html": page(lang="english"),
        "en/d.html": page(lang="qq"),
    }
    assert said(tmp_path, files) == [
        'en/c.html:1:1: error: "english" is no language [page-language]\n    fix: write a tag such as fr, nl-BE or en',
        'en/d.html:1:1: error: "qq" is no language [page-language]\n    fix: write a tag such as fr, nl-BE or en',
        "index.html:1:1: error: the page does not say in which language it is [page-language]\n"
        "    fix: write `<html lang=…>`",
        'nl/b.html:1:1: error: the page says "en" and stands in /nl/ [page-language]\n'
        "    fix: say the language that the text is in",
    ]


def test_languages_name_each_other_and_themselves(tmp_path):
    def linked(lang: str, **others: str) -> str:
        links = "".join(f'<link rel="alternate" hreflang="{tag}" href="{to}">' for tag, to in others.items())
        return page("", HEAD + links, lang)

    files = {
        "index.html": linked("en", en="/", fr="fr/", nl="nl/", de="de/"),
        "fr/index.html": linked("fr", en="../", fr="./"),
        "nl/index.html": linked("nl"),
        "b.html": linked("en", fr="b.html"),
    }
    assert said(tmp_path, files) == [
        'b.html:1:1: error: the page says "en" and calls itself "fr" in hreflang [page-language]\n'
        "    fix: say the language that the text is in",
        'index.html:1:1: warning: the page names "de/" as its text in de, which is not there [language-links]\n'
        "    fix: name a page that exists, or none",
        "index.html:1:1: warning: the page names /nl/index.html as its text in nl, which does not name it in turn"
        " [language-links]\n    fix: let each page name all its languages",
    ]


def test_what_is_not_there_is_told_by_what_it_was_for(tmp_path):
    body = '<a href="Help/">1</a>\n<a href="gone">2</a>\n<img src="p.png" alt="">\n<script src="s.js"></script>\n<a href="/../up">3</a>'
    css = "b{background:url(x.png)}"

    assert said(tmp_path, {"index.html": page(body), "help/index.html": page(), "a.css": css}) == [
        'a.css: error: a style loads "/x.png", which is not there [dead-link]\n    fix: mend or remove it',
        'index.html:2:1: error: a link leads to "/Help/", which is not there [dead-link]\n'
        "    fix: the file is called help/index.html: capitals and accents count",
        'index.html:3:1: error: a link leads to "/gone", which is not there [dead-link]\n    fix: mend or remove it',
        'index.html:4:1: error: a page shows "/p.png", which is not there [dead-link]\n    fix: mend or remove it',
        'index.html:5:1: error: a page runs "/s.js", which is not there [dead-link]\n    fix: mend or remove it',
        'index.html:6:1: error: a link leads to "/up", which is not there [dead-link]\n    fix: mend or remove it',
    ]


def test_addresses_lead_to_files_as_servers_answer_them(tmp_path):
    links = "".join(
        f'<a href="{href}">x</a>'
        for href in (
            "a/",
            "a",
            "a/index.html",
            "b",
            "b.html?x=1",
            "/b",
            "d%C3%A9j%C3%A0.html",
            "./",
            "",
            "?x#",
            "a/../b.html",
        )
    )
    based = page('<a href="index.html">x</a>', f'<base href="/a/">{HEAD}')
    files = {
        "index.html": page(links),
        "a/index.html": page(),
        "b.html": page(),
        "déjà.html": page(),
        "c/c.html": based,
    }

    assert said(tmp_path, files) == []


def test_links_to_the_address_where_a_folder_is_published_are_links_inside(tmp_path):
    head = HEAD + '<link rel="canonical" href="https://www.example.org/docs/{}">'
    files = {
        "index.html": page(
            '<a href="https://www.example.org/docs/a/">1</a> <a href="/docs/gone">2</a>', head.format("")
        ),
        "a/index.html": page('<a href="https://www.example.org/other/">3</a>', head.format("a/")),
    }
    assert first_lines(tmp_path, files) == [
        'index.html:2:1: error: a link leads to "/gone", which is not there [dead-link]'
    ]


def test_links_to_parts_that_are_not_there_are_told(tmp_path):
    body = '<a href="b.html#one">1</a> <a href="b.html#two">2</a> <a href="#top">3</a> <a href="b.html#d%C3%A9">4</a> <i id="x">'

    assert said(tmp_path, {"index.html": page(body), "b.html": page('<a name="one"></a><p id="dé">')}) == [
        'index.html:2:1: warning: a link leads to "/b.html#two", and that page has no such id [lost-anchor]\n'
        "    fix: give the part that id, or link the page"
    ]


def test_the_small_promises_of_a_page(tmp_path):
    body = '<p id="a"><p id="b">\n<p id="a">\n<p id="a"><img src="x.png"><img src="y.png" role="presentation">'
    head = HEAD.replace("A page", " ")

    assert said(tmp_path, {"index.html": page(body, head), "x.png": b"", "y.png": b""}) == [
        "index.html:1:1: error: the page has no title [page-title]\n    fix: write what the page is about into `<title>`",
        'index.html:3:1: warning: the id "a" stands twice on the page [id-twice]\n    fix: give each element its own',
        'index.html:4:1: error: the picture "x.png" has no alt [picture-description]\n'
        '    fix: say in `alt` what it shows; `alt=""` if it only decorates',
    ]


def test_forms_that_give_away_what_is_typed(tmp_path):
    body = (
        '<form action="https://forms.example/1" method="post"><textarea></textarea></form>\n'
        '<form action="/"><input name="q" type="search"></form>\n<form><input type="hidden" name="x"></form>'
    )
    assert said(tmp_path, {"index.html": page(body)}) == [
        "index.html:2:1: error: a form sends what is typed to https://forms.example [form-target]\n"
        "    fix: take it with the site's own server, or do without it",
        "index.html:3:1: warning: a form puts what is typed into the address of a page [form-target]\n"
        '    fix: use `method="post"`, or read the field on the page',
    ]


def test_a_form_that_the_policy_holds_back_sends_nothing(tmp_path):
    head = with_policy("default-src 'self'; form-action 'none'")

    assert said(tmp_path, {"index.html": page('<form><input name="q"></form>', head)}) == []


def test_what_goes_without_encryption_is_told(tmp_path):
    body = '<img src="http://pics.example/a.png" alt=""> <a href="http://old.example/a">1</a>'

    assert [text for text in first_lines(tmp_path, {"index.html": page(body)}) if "plain-http" in text] == [
        "index.html:2:1: advice: a link leads to http://old.example without encryption [plain-http]",
        'index.html:2:1: warning: "http://pics.example/a.png" is asked for without encryption [plain-http]',
    ]


def test_traces_of_the_builder_are_told(tmp_path):
    files = {
        "index.html": page("<!-- /home/alex/site/index.md -->\n<p>http://localhost:8000/</p>"),
        "b.html": page('<a href="/home/news/today">News</a> <a href="https://example.org/home/news/">N</a>'),
        "home/news/today/index.html": page(),
        "a.js": "a()\n//# sourceMappingURL=a.js.map",
        "a.js.map": "{}",
        "x/.git/config": "",
        "x/.DS_Store": b"\0",
    }
    assert said(tmp_path, files) == [
        "a.js:2:1: advice: a file names its source map [builder-trace]\n    fix: build without source maps",
        'a.js.map: warning: "a.js.map" is published [builder-trace]\n    fix: leave it out',
        'index.html:2:1: warning: a path of the builder\'s disk: "/home/alex/site/index.md" [builder-trace]\n'
        "    fix: build without it",
        'index.html:3:1: warning: the address of a preview: "http://localhost:8000" [builder-trace]\n'
        "    fix: write the address that the site is published at",
        'x/.DS_Store: warning: ".DS_Store" is published [builder-trace]\n    fix: leave it out',
        'x/.git: error: ".git" is published [builder-trace]\n    fix: leave it out',
    ]


def test_what_is_wrong_on_many_pages_is_told_once(tmp_path):
    body = '<img src="https://pics.example/a.png" alt="">'

    assert first_lines(tmp_path, {f"{name}.html": page(body) for name in "abc"}) == [
        "a.html:2:1: error: the page asks https://pics.example for a picture (2 more like it) [third-party]"
    ]
