"""What templates are given: addresses for search engines, language switch, notices, and the generated pages."""

import base64
import hashlib
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from balise.bundles import Bundle, make_bundle
from balise.components import CONTENT_SECURITY_POLICY, bundle_scripts, bundle_styles, render_page
from balise.languages import Text
from balise.qr import qr_path
from balise.sitemaps import sitemap, sitemap_index
from balise.theme_view import Alternate, Asset, Code, LanguageLink, Review, TranslationNotice
from balise.views import language_name, redirect_page
from support.edition_views import FRENCH, META, URL, links_of, page_of, views_of
from support.projects import FIGURES, SITE
from support.topics import HEAD, PAGE, PATH, catalogue


def test_a_translated_page_is_its_own_canonical_and_names_its_translations(tmp_path: Path) -> None:
    views = views_of(tmp_path)
    view = views.page(page_of(views, "fr"))
    assert (view.canonical, view.noindex, view.x_default) == (f"{URL}/fr/aide/note/", False, "")
    assert view.alternates == (Alternate("fr", f"{URL}/fr/aide/note/"), Alternate("en", f"{URL}/en/help/note/"))


def test_a_page_that_is_mostly_not_translated_points_to_its_source_and_is_no_translation(tmp_path: Path) -> None:
    views = views_of(tmp_path)
    view = views.page(page_of(views, "nl"))
    assert (view.canonical, view.noindex, view.alternates) == (f"{URL}/en/help/note/", True, ())


def test_a_page_without_any_translation_names_no_alternates(tmp_path: Path) -> None:
    views = views_of(tmp_path)
    view = views.page(page_of(views, "en", "help/found-images"))
    assert (view.canonical, view.alternates) == (f"{URL}/en/help/found-images/", ())


@pytest.mark.parametrize(("units", "offered"), [((("One.", "Un."),), True), ((), False)])
def test_half_of_a_page_translated_is_enough_for_search_engines(
    tmp_path: Path, units: tuple[tuple[str, str], ...], offered: bool
) -> None:
    meta = {"title": META["title"]}
    views = views_of(tmp_path, {"locales/fr/pages/help/note.po": catalogue(*units, meta=meta)})
    assert page_of(views, "fr").hidden is not offered


def test_the_home_pages_default_is_the_language_chooser(tmp_path: Path) -> None:
    views = views_of(tmp_path)
    assert views.page(page_of(views, "en", "index")).x_default == f"{URL}/"


def test_a_site_without_an_address_names_none(tmp_path: Path) -> None:
    views = views_of(tmp_path, url="")
    view, chooser = views.page(page_of(views, "fr", "index")), views.chooser()
    assert (view.canonical, view.alternates, view.x_default) == ("", (), "")
    assert (chooser.canonical, chooser.alternates, chooser.x_default) == ("", (), "")


@pytest.mark.parametrize(("flag", "hidden"), [("yes", True), ("true", True), ("no", False), ("false", False)])
def test_an_author_may_keep_a_page_out_of_search_engines(tmp_path: Path, flag: str, hidden: bool) -> None:
    head = HEAD.replace("type: topic", f"type: topic\nnoindex: {flag}")
    views = views_of(tmp_path, {PATH: head + "One.\n\nTwo.\n"})
    assert views.page(page_of(views, "en")).noindex is hidden


def test_titles_name_the_page_and_the_site_and_the_home_page_the_site_alone(tmp_path: Path) -> None:
    views = views_of(tmp_path)
    assert views.page(page_of(views, "fr")).head_title == "Une note – Test site"
    assert views.page(page_of(views, "fr", "index")).head_title == "Test site"
    assert views.page(page_of(views, "fr")).site_name == Text("Test site", "en")


def test_the_language_switch_stays_on_the_page(tmp_path: Path) -> None:
    views = views_of(tmp_path)
    assert views.page(page_of(views, "en")).languages == (
        LanguageLink("fr", "Français", "../../../fr/aide/note/", False, True),
        LanguageLink("nl", "Nederlands", "../../../nl/hulp/note/", False, False),
        LanguageLink("en", "English", "./", True, True),
    )


@pytest.mark.parametrize(
    ("units", "notice"),
    [
        ((("One.", "Un."), ("Two.", "Deux.")), None),
        ((("One.", "Un."),), TranslationNotice(1, 0, 4, "anglais", "../../../en/help/note/")),
        (
            (("One.", "Un."), ("Two.", "Deux.", "Twoo.")),
            TranslationNotice(0, 1, 4, "anglais", "../../../en/help/note/"),
        ),
        ((("One.", "Un 1."), ("Two.", "Deux.")), TranslationNotice(1, 0, 4, "anglais", "../../../en/help/note/")),
    ],
)
def test_the_notice_counts_what_is_not_translated_or_old(
    tmp_path: Path, units: tuple[tuple[str, ...], ...], notice: TranslationNotice | None
) -> None:
    po = catalogue(*units, meta=META)  # type: ignore[arg-type]
    views = views_of(tmp_path, {"locales/fr/pages/help/note.po": po})
    assert views.page(page_of(views, "fr")).notice == notice
    assert views.page(page_of(views, "en")).notice is None


def test_the_notice_counts_what_readers_see_where_a_critical_section_falls_back_whole(tmp_path: Path) -> None:
    body = "One.\n\n## Do {#do}\n\nTwo.\n\nThree.\n"
    po = catalogue(
        ("One.", "Un.", "Oone."), ("Do", "Faire"), ("Two.", "Deux.", "Twoo."), ("Three.", "Trois."), meta=META
    )
    files = {PATH: HEAD.replace("type: topic", "type: topic\ncritical: [do]") + body, **FRENCH}
    page = page_of(views := views_of(tmp_path, {**files, "locales/fr/pages/help/note.po": po}), "fr")
    assert (page.translated.foreign(), page.translated.marked()) == (0, 2)
    assert (page.shown.foreign(), page.shown.marked()) == (3, 1)
    assert views.page(page).notice == TranslationNotice(3, 1, 6, "anglais", "../../../en/help/note/")


def test_dates_are_those_of_the_text_that_is_shown(tmp_path: Path) -> None:
    own = "---\ntype: topic\ntitle: Nota\ndescription: Nota.\n---\nTekst.\n"
    files = {
        "content/site.yml": SITE + 'assembled: "2026-11-21"\n',
        PATH: HEAD.replace("type: topic", 'type: topic\nreviewed: "2026-03-01"') + "One.\n\nTwo.\n",
        "content/help/note.nl.md": own,
    }
    views = views_of(tmp_path, files)
    assert [views.page(page_of(views, tag)).review for tag in ("en", "fr", "nl")] == [
        Review("1 March 2026", "", "1 March 2027"),
        Review("1er mars 2026", "", "1er mars 2027"),
        None,
    ]
    assert views.page(page_of(views, "nl")).assembled == "21 november 2026"


def test_the_help_bar_has_the_countrys_emergency_number_and_helpline(tmp_path: Path) -> None:
    views = views_of(tmp_path)
    view = views.page(page_of(views, "nl"))
    assert [(words, url) for words, url, _ in links_of(view.help_bar)] == [
        ("112", "tel:112"),
        ("116\u00a0000", "tel:116000"),
    ]


def test_the_help_bar_never_shows_a_channel_that_may_not_be_shown(tmp_path: Path) -> None:
    views = views_of(tmp_path, {"content/site.yml": SITE.replace("BE: be-line", "BE: be-new")})
    assert [url for _, url, _ in links_of(views.page(page_of(views, "nl")).help_bar)] == ["tel:112"]
    later = views_of(tmp_path, today="2027-06-01")
    assert later.page(page_of(later, "nl")).help_bar == ""


def test_a_page_knows_its_way_to_the_root_the_exit_and_the_foot(tmp_path: Path) -> None:
    site = SITE + "footer: [help/note, index]\nlicence: https://licence.example/\n"
    views = views_of(tmp_path, {"content/site.yml": site})
    view = views.page(page_of(views, "fr"))
    assert (view.language, view.direction, view.kind, view.base) == ("fr", "ltr", "topic", "../../../")
    assert (view.home_url, links_of(view.exit)[0][1]) == ("../../../fr/", "https://fr.example/")
    sheet, script = views.bundles[""]
    assert view.stylesheet == Asset(f"../../../{sheet.address}", sheet.integrity)
    assert view.script == Asset(f"../../../{script.address}", script.integrity)
    assert [(words, url) for words, url, _ in links_of(view.footer)] == [
        ("Une note", "./"),
        ("Welcome", "../../"),
        ("Licence des textes", "https://licence.example/"),
    ]


def test_a_list_of_contents_needs_more_than_three_headings(tmp_path: Path) -> None:
    def contents(count: int) -> list[str]:
        body = "Lead.\n" + "".join(f"\n## Part {number} {{#p{number}}}\n" for number in range(count))
        views = views_of(tmp_path, {PATH: HEAD + body, "locales/fr/pages/help/note.po": catalogue()})
        return [heading.id for heading in views.page(page_of(views, "en")).contents]

    assert (contents(3), contents(4)) == ([], ["p0", "p1", "p2", "p3"])


@pytest.mark.parametrize(("content", "suffix"), [("body { margin: 0; }\n", "css"), ("{\nonce();\n}\n", "js")])
def test_a_style_sheet_or_script_is_named_after_its_bytes(content: str, suffix: str) -> None:
    digest = base64.b64encode(hashlib.sha384(content.encode()).digest()).decode()
    name = hashlib.sha256(content.encode()).hexdigest()[:10]
    assert make_bundle(content, suffix) == Bundle(f"theme/balise-{name}.{suffix}", content, f"sha384-{digest}")


def test_the_views_bring_the_styles_and_the_script_of_the_theme(tmp_path: Path) -> None:
    views = views_of(tmp_path)
    assert set(views.bundles) >= {"", "report-sheet", "*"}
    for of, bundles in views.bundles.items():
        styles = bundle_styles(of=of, without=("site-logo",))
        assert bundles == (make_bundle(styles, "css"), make_bundle(bundle_scripts(of=of), "js"))
    texts = views.texts({}, {})
    assert all(texts[bundle.address] == bundle.content for pair in views.bundles.values() for bundle in pair)


@pytest.mark.parametrize(
    ("body", "of"),
    [
        ("One.", ""),
        ('{{ compare_channels("be-line", "be-112") }}', "channel-comparison"),
        ('{{ channel("be-line") }}', "help"),
        ('{{ report_sheet() }}\n\n{{ compare_channels("be-line", "be-112") }}', "*"),
    ],
)
def test_a_page_loads_what_stands_apart_only_where_it_shows_it(tmp_path: Path, body: str, of: str) -> None:
    views = views_of(tmp_path, {PATH: f"{HEAD}{body}\n"})
    view = views.page(page_of(views, "en"))
    sheet, script = views.bundles[of]
    assert view.script is not None
    assert (view.stylesheet.url, view.script.url) == (f"../../../{sheet.address}", f"../../../{script.address}")


def test_the_chooser_offers_every_language_under_the_sites_name(tmp_path: Path) -> None:
    views = views_of(tmp_path)
    view = views.chooser()
    links = LexborHTMLParser(str(view.body)).css("a[hreflang]")
    assert [(link.attributes["href"], link.attributes["lang"], link.text()) for link in links] == [
        ("./fr/", "fr", "Français"),
        ("./nl/", "nl", "Nederlands"),
        ("./en/", "en", "English"),
    ]
    assert (view.kind, view.head_title, view.noindex, view.base) == ("chooser", "Test site", False, "")
    assert (view.help_bar, links_of(view.footer)) == ("", [])
    assert (view.canonical, view.x_default) == (f"{URL}/", f"{URL}/")
    assert view.alternates == tuple(Alternate(tag, f"{URL}/{tag}/") for tag in ("fr", "nl", "en"))
    assert (view.stylesheet.url, view.script and view.script.url) == tuple(
        bundle.address for bundle in views.bundles["*"]
    )


def test_the_chooser_gives_the_numbers_in_each_language(tmp_path: Path) -> None:
    body = LexborHTMLParser(str(views_of(tmp_path).chooser().body))
    bars = {bar.attributes["lang"]: bar.text(separator=" ").split() for bar in body.css("li > div[lang]")}
    assert {tag: (words[:2], words[-2:]) for tag, words in bars.items()} == {
        "fr": (["En", "danger"], ["116", "000"]),
        "nl": (["In", "gevaar?"], ["116", "000"]),
        "en": (["In", "danger?"], ["116", "000"]),
    }


@pytest.mark.parametrize(
    ("address", "language", "title", "targets"),
    [
        ("404.html", "fr", "Cette page n’existe pas – Test site", ["/site/fr/", "/site/nl/", "/site/en/"]),
        ("nl/404.html", "nl", "Deze pagina bestaat niet – Test site", ["/site/nl/"]),
        ("en/404.html", "en", "This page does not exist – Test site", ["/site/en/"]),
    ],
)
def test_a_missing_page_is_told_in_the_readers_language_with_addresses_from_the_root(
    tmp_path: Path, address: str, language: str, title: str, targets: list[str]
) -> None:
    views = views_of(tmp_path, {"content/site.yml": SITE + "footer: [index]\n"})
    view = views.chooser(address, missing=True, language=language if "/" in address else "")
    links = LexborHTMLParser(str(view.body)).css("a")
    everything, _ = views.bundles["*"]
    assert (view.kind, view.language, view.head_title, view.noindex) == ("missing", language, title, True)
    assert [link.attributes["href"] for link in links] == targets
    assert (view.stylesheet.url, view.home_url) == (f"/site/{everything.address}", f"/site/{language}/")
    assert [url for _, url, _ in links_of(view.footer)] == [f"/site/{language}/"]
    assert (view.canonical, view.alternates, view.x_default) == ("", (), "")


def test_every_view_fills_the_themes_page(tmp_path: Path) -> None:
    views = views_of(tmp_path)
    chosen = [
        views.page(page_of(views, "fr")),
        views.chooser(),
        views.chooser("nl/404.html", missing=True, language="nl"),
    ]
    trees = [LexborHTMLParser(render_page(view, views.phrases[view.language])) for view in chosen]
    assert [tree.css_first("html").attributes["lang"] for tree in trees] == ["fr", "fr", "nl"]
    assert [tree.css_first("h1").text() for tree in trees] == ["Une note", "Test site", "Deze pagina bestaat niet"]
    assert [len(tree.css('link[rel="alternate"]')) for tree in trees] == [2, 4, 0]
    roots = ["../../../", "", "/site/"]
    scripts = [views.bundles[of][1] for of in ("", "*", "*")]
    assert [[node.attributes for node in tree.css("script")] for tree in trees] == [
        [{"defer": None, "src": root + script.address, "integrity": script.integrity}]
        for root, script in zip(roots, scripts, strict=True)
    ]


@pytest.mark.parametrize(
    ("tag", "shown_in", "name"), [("nl", "fr", "néerlandais"), ("en", "nl", "Engels"), ("fr", "fr", "français")]
)
def test_languages_are_named_as_cldr_has_them(tag: str, shown_in: str, name: str) -> None:
    assert language_name(tag, shown_in) == name


def test_the_sitemap_lists_real_translations_with_their_alternates(tmp_path: Path) -> None:
    files = {PATH: HEAD.replace("type: topic", 'type: topic\nreviewed: "2026-03-01"') + "One.\n\nTwo.\n"}
    views = views_of(tmp_path, files, url=f"{URL}/a&b/")
    address = f"{URL}/a&amp;b"
    assert sitemap("fr", views) == (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">\n'
        f"<url><loc>{address}/fr/aide/note/</loc><lastmod>2026-03-01</lastmod>"
        f'<xhtml:link rel="alternate" hreflang="fr" href="{address}/fr/aide/note/"/>'
        f'<xhtml:link rel="alternate" hreflang="en" href="{address}/en/help/note/"/></url>\n'
        f"<url><loc>{address}/fr/a-z/</loc>"
        f'<xhtml:link rel="alternate" hreflang="fr" href="{address}/fr/a-z/"/>'
        f'<xhtml:link rel="alternate" hreflang="nl" href="{address}/nl/a-z/"/>'
        f'<xhtml:link rel="alternate" hreflang="en" href="{address}/en/a-z/"/></url>\n'
        "</urlset>\n"
    )


def test_the_sitemap_of_a_site_without_an_address_is_empty(tmp_path: Path) -> None:
    views = views_of(tmp_path, url="")
    assert "<url>" not in sitemap("en", views)


def test_the_index_names_each_editions_sitemap() -> None:
    assert sitemap_index(("fr", "nl"), "https://example.org/a&b/") == (
        '<?xml version="1.0" encoding="UTF-8"?>\n<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
        "<sitemap><loc>https://example.org/a&amp;b/fr/sitemap.xml</loc></sitemap>\n"
        "<sitemap><loc>https://example.org/a&amp;b/nl/sitemap.xml</loc></sitemap>\n"
        "</sitemapindex>\n"
    )


def test_a_redirect_works_without_script_and_stays_out_of_search_engines() -> None:
    tree = LexborHTMLParser(redirect_page("../aide/", "fr"))
    assert tree.css_first("html").attributes["lang"] == "fr"
    assert tree.css_first('meta[http-equiv="refresh"]').attributes["content"] == "0; url=../aide/"
    assert tree.css_first('meta[name="robots"]').attributes["content"] == "noindex"
    assert tree.css_first('meta[name="referrer"]').attributes["content"] == "no-referrer"
    assert tree.css_first("meta[http-equiv=Content-Security-Policy]").attributes["content"] == CONTENT_SECURITY_POLICY
    assert [(link.attributes["href"], link.text()) for link in tree.css("a")] == [("../aide/", "../aide/")]
    assert tree.css("script") == []


def test_a_printed_page_says_where_it_comes_from_and_a_page_for_paper_has_its_address_as_a_code(tmp_path: Path) -> None:
    files = {PATH: HEAD.replace("type: topic", "type: topic\nprinted: yes") + "One.\n\nTwo.\n"}
    views = views_of(tmp_path, files)
    view, other = views.page(page_of(views, "fr")), views.page(page_of(views, "fr", "index"))
    size, path = qr_path(f"{URL}/fr/aide/note/")
    assert (view.printed_address, view.printed_code) == ("example.org/site/fr/aide/note", Code(size, path))
    assert (other.printed_address, other.printed_code) == ("example.org/site/fr", None)
    drawn = LexborHTMLParser(render_page(view, views.phrases["fr"])).css(".print-header svg path")
    assert [node.attributes["d"] for node in drawn] == [path]


def test_a_page_not_yet_translated_prints_its_own_address_and_not_that_of_its_source(tmp_path: Path) -> None:
    views = views_of(tmp_path)
    assert views.page(page_of(views, "nl")).printed_address == "example.org/site/nl/hulp/note"


def test_a_site_without_an_address_prints_neither_address_nor_code(tmp_path: Path) -> None:
    files = {PATH: HEAD.replace("type: topic", "type: topic\nprinted: yes") + "One.\n\nTwo.\n"}
    view = (views := views_of(tmp_path, files, url="")).page(page_of(views, "fr"))
    assert (view.printed_address, view.printed_code) == ("", None)


def test_the_sources_are_set_as_the_language_wants_and_listed_once_for_pages_that_name_the_same(tmp_path: Path) -> None:
    figures = FIGURES.replace("The line,", '"L\'institut",')
    call = 'One. {{ figure("reports-2023") }}\n'
    files = {PATH: HEAD + call, "content/help/other.md": HEAD + call, "content/data/figures.yml": figures}
    views = views_of(tmp_path, files)
    note, other, index = (views.page(page_of(views, "fr", name)) for name in (PAGE, "help/other", "help/index"))
    [entry] = LexborHTMLParser(str(note.sources)).css("section.sources > ol > li")
    assert entry.text().strip() == "L’institut, mai 2024."
    assert other.sources is note.sources
    assert index.sources == ""
