"""Every page of the published reference site, read as its readers get it."""

from __future__ import annotations

import base64
import hashlib
import re
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from selectolax.lexbor import LexborNode

from balise.channels import Channel
from balise.links import is_outbound
from balise.page import page_messages
from balise.review import is_publishable
from support.english import english_texts, is_english, organisation_names
from support.projects import TODAY
from support.published import PublishedPage, bundle_texts
from support.reference import ReferenceSite

RESIDUE = ("{{", "}}", "{%", "%}", "{##", "##}", "⦅", "⦆", "@@source", ">None<", "Undefined", "object at 0x")
OF_EDITIONS = ("404.html", "a-z/index.html")
"""Pages that every edition has and no source describes."""
RESOURCES = ("src", "srcset", "poster", "data", "action", "formaction", "background", "ping")


def found_on(pages: Iterable[PublishedPage], look: Callable[[PublishedPage], Iterable[object]]) -> list[str]:
    """Return what was found, each with the page it was found on."""
    return [f"{page.address}: {item}" for page in pages for item in look(page)]


def site_file(site: ReferenceSite, address: str) -> str:
    """Return the file that an absolute address of the site stands for."""
    path = urlsplit(address).path.lstrip("/")
    return f"{path}index.html" if not path or path.endswith("/") else path


def attribute(page: PublishedPage, selector: str, name: str) -> list[str]:
    """Return the values of an attribute of all elements that match."""
    return [node.attributes.get(name) or "" for node in page.tree.css(selector)]


def test_the_repositorys_own_project_has_nothing_to_mend(reference_site: ReferenceSite) -> None:
    assert [str(problem) for problem in reference_site.report.problems] == []
    assert reference_site.report.talk == ()
    assert reference_site.report.ok


def test_each_language_has_the_same_pages_and_every_unit_is_translated(reference_site: ReferenceSite) -> None:
    summary = reference_site.report.summary
    assert summary is not None
    assert set(summary.pages) == {"fr", "nl", "en"}
    assert len(set(summary.pages.values())) == 1
    assert min(summary.pages.values()) >= 24
    behind = {tag: {s.value: n for s, n in c.items() if n and s.value != "current"} for tag, c in summary.units.items()}
    assert behind == {"fr": {}, "nl": {}, "en": {}}


def test_every_page_of_the_project_is_published_and_nothing_else(reference_site: ReferenceSite) -> None:
    each = len(reference_site.project.pages)
    others = {"index.html", "404.html", *(f"{tag}/{name}" for tag in ("fr", "nl", "en") for name in OF_EDITIONS)}
    assert others <= set(reference_site.pages)
    assert len(reference_site.pages) == 3 * each + len(others)
    published = {path.relative_to(reference_site.folder).as_posix() for path in reference_site.folder.rglob("*.*")}
    bundles = {name for name in published if re.fullmatch(r"theme/balise-[0-9a-f]{10}\.(css|js)", name)}
    sitemaps = {"sitemap.xml", "fr/sitemap.xml", "nl/sitemap.xml", "en/sitemap.xml"}
    searched = {f"{tag}/a-z/search.txt" for tag in ("fr", "nl", "en")}
    assert {(reference_site.folder / name).read_text("utf-8") for name in bundles} == bundle_texts(("fr", "nl", "en"))
    others = published - set(reference_site.pages) - bundles - sitemaps - searched
    assert others == {".htaccess", *reference_site.project.assets}
    assert (reference_site.folder / "_headers").is_file()


@pytest.mark.parametrize("residue", RESIDUE)
def test_no_page_shows_what_is_left_of_a_template(reference_site: ReferenceSite, residue: str) -> None:
    assert [page.address for page in reference_site.pages.values() if residue in page.html] == []


def kept_back(site: ReferenceSite) -> list[Channel]:
    """Return the channels that readers must never get: unconfirmed, of low confidence, or past their day."""
    return [item for item in site.project.registries.channels.values() if not is_publishable(item, TODAY)]


def test_no_page_names_a_channel_that_is_not_confirmed(reference_site: ReferenceSite) -> None:
    channels = reference_site.project.registries.channels.values()
    hidden = kept_back(reference_site)
    assert hidden
    shown = {name for item in channels if item not in hidden for name in item.name.values()}
    names = {name for item in hidden for name in item.name.values()} - shown
    pattern = re.compile("|".join(rf"(?<!\w){re.escape(name)}(?!\w)" for name in sorted(names)))
    found = found_on(
        reference_site.pages.values(), lambda page: {m for item in page.texts() for m in pattern.findall(item.text)}
    )
    assert found == []


def test_no_page_refers_to_a_channel_that_is_not_confirmed(reference_site: ReferenceSite) -> None:
    hidden = {item.id for item in kept_back(reference_site)}
    found = found_on(
        reference_site.pages.values(), lambda page: hidden & set(attribute(page, "[data-channel]", "data-channel"))
    )
    assert found == []


def numbers(channels: Iterable[Channel]) -> dict[str, set[str]]:
    """Return the `tel:` addresses of each channel, made from the registry alone."""
    return {
        item.id: {f"tel:{number.replace(' ', '')}" for number in (item.phone, item.phone_abroad) if number}
        for item in channels
    }


def test_every_phone_link_dials_a_number_of_the_registry(reference_site: ReferenceSite) -> None:
    hidden = kept_back(reference_site)
    channels = [item for item in reference_site.project.registries.channels.values() if item not in hidden]
    known = set().union(*numbers(channels).values())
    pages = reference_site.pages.values()
    assert found_on(pages, lambda page: {link for link in page.links() if link.startswith("tel:")} - known) == []
    assert {link for page in pages for link in page.links() if link == "tel:116000"} == {"tel:116000"}


def test_the_phone_link_inside_a_channel_is_that_channels_own(reference_site: ReferenceSite) -> None:
    known = numbers(reference_site.project.registries.channels.values())

    def wrong(page: PublishedPage) -> Iterable[object]:
        for node in page.tree.css("[data-channel] a[href^='tel:'], a[data-channel][href^='tel:']"):
            name = _channel_of(node)
            if node.attributes["href"] not in known[name]:
                yield name, node.attributes["href"]

    assert found_on(reference_site.pages.values(), wrong) == []


def _channel_of(node: LexborNode | None) -> str:
    while node is not None and not node.attributes.get("data-channel"):
        node = node.parent
    return (node.attributes.get("data-channel") or "") if node else ""


def test_no_fuzzy_translation_is_shown(reference_site: ReferenceSite) -> None:
    project = reference_site.project
    catalogues = (*project.catalogues.values(), *project.site_catalogues.values(), *project.theme_catalogues.values())
    fuzzy = {entry.translation for item in catalogues for entry in item.entries if entry.fuzzy and entry.translation}
    found = found_on(
        reference_site.pages.values(), lambda page: {text for text in fuzzy if text in {s.text for s in page.texts()}}
    )
    assert found == []


def test_no_english_is_shown_in_another_edition_unmarked(reference_site: ReferenceSite) -> None:
    known = english_texts(reference_site.project, reference_site.edition("en"))
    names = organisation_names(reference_site.project)
    assert len(known) > 1000

    def unmarked(page: PublishedPage) -> Iterable[str]:
        return (item.text for item in page.texts() if item.language != "en" and is_english(item.text, known, names))

    assert found_on(reference_site.edition("fr", "nl"), unmarked) == []


@pytest.mark.parametrize(
    "text, english",
    [
        ("This is not your fault, and you can stop now.", True),
        ("Close the page. Do not look any further.", True),
        ("Close the page, and do not look further. Ne regardez pas plus loin.", True),
        ("Close the page.", False),
        ("Ce n’est pas ta faute, et tu peux arrêter maintenant.", False),
        ("Het is niet jouw schuld en je kunt nu stoppen.", False),
        ("Website: report.iwf.org.uk, help@iwf.org.uk", False),
        ("National Center for Missing & Exploited Children, 2024", False),
    ],
)
def test_the_detector_tells_english_from_other_texts_and_from_names(text: str, english: bool) -> None:
    known = frozenset({("close", "the", "page", "do", "not", "look", "any", "further")})
    names = ("national center for missing exploited children",)
    assert is_english(text, known, names) is english


def test_every_page_names_its_language_and_has_one_title_and_one_heading(reference_site: ReferenceSite) -> None:
    def missing(page: PublishedPage) -> Iterable[str]:
        folder = page.address.split("/")[0]
        if page.edition not in ({folder} if folder in ("fr", "nl", "en") else {"fr"}):
            yield f"lang={page.edition}"
        for selector in ("title", "h1", "main"):
            nodes = page.tree.css(f"head {selector}" if selector == "title" else f"body {selector}")
            if len(nodes) != 1 or not nodes[0].text().strip():
                yield f"{len(nodes)} {selector}"

    assert found_on(reference_site.pages.values(), missing) == []


POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; media-src 'self'; "
    "font-src 'self'; connect-src 'self'; form-action 'none'; base-uri 'none'; require-trusted-types-for 'script'"
)


def test_every_page_forbids_what_it_does_not_need_and_sends_no_referrer(reference_site: ReferenceSite) -> None:
    def promises(page: PublishedPage) -> tuple[list[str], list[str]]:
        policy = attribute(page, "head meta[http-equiv='Content-Security-Policy']", "content")
        return policy, attribute(page, "head meta[name='referrer']", "content")

    assert {str(promises(page)) for page in reference_site.pages.values()} == {str(([POLICY], ["no-referrer"]))}


def test_no_page_has_an_inline_style_a_form_a_frame_or_code_in_an_attribute(reference_site: ReferenceSite) -> None:
    def unwanted(page: PublishedPage) -> Iterable[str]:
        for node in page.tree.css("style, iframe, object, embed, form, base, [style]"):
            yield node.tag
        for node in page.tree.css("*"):
            yield from (f"{node.tag} {name}" for name in node.attributes if name.startswith("on"))

    assert found_on(reference_site.pages.values(), unwanted) == []


def script_files(site: ReferenceSite) -> tuple[set[Path], set[Path]]:
    """Return the scripts of pages, and those of the searches."""
    texts = {path: path.read_text("utf-8") for path in (site.folder / "theme").glob("*.js")}
    searches = {path for path, text in texts.items() if "const PAGE =" in text}
    return set(texts) - searches, searches


def digest(path: Path) -> str:
    return f"sha384-{base64.b64encode(hashlib.sha384(path.read_bytes()).digest()).decode()}"


def test_each_search_waits_in_its_page_with_the_digest_of_its_script(reference_site: ReferenceSite) -> None:
    _, searches = script_files(reference_site)
    waiting = set()
    for page in reference_site.pages.values():
        for inside in re.findall(r"<template.*?</template>", page.html, re.DOTALL):
            [(url, integrity)] = re.findall(r'<script src="([^"]+)" integrity="([^"]+)"></script>', inside)
            waiting.add((page.address, reference_site.folder / page.resolve(url)[0], integrity))
    assert {address for address, _, _ in waiting} == {"fr/a-z/index.html", "nl/a-z/index.html", "en/a-z/index.html"}
    assert {(path, integrity) for _, path, integrity in waiting} == {(path, digest(path)) for path in searches}


def test_every_page_has_one_script_from_a_file_that_is_the_published_one(reference_site: ReferenceSite) -> None:
    of_pages, _ = script_files(reference_site)

    def scripts(page: PublishedPage) -> list[tuple[set[str], str, str | None, str]]:
        return [
            (
                set(node.attributes),
                page.resolve(node.attributes["src"] or "")[0],
                node.attributes["integrity"],
                node.text(),
            )
            for node in page.tree.css("script")
        ]

    known = [[({"defer", "src", "integrity"}, f"theme/{path.name}", digest(path), "")] for path in of_pages]
    assert [page.address for page in reference_site.pages.values() if scripts(page) not in known] == []


def test_the_script_asks_for_nothing_and_keeps_nothing(reference_site: ReferenceSite) -> None:
    of_pages, searches = script_files(reference_site)
    assert len(of_pages) > 1
    assert len(searches) == 3
    reaching = r"import\b|fetch|XMLHttpRequest|sendBeacon|WebSocket|[sS]torage|cookie|indexedDB|eval|innerHTML|https?:"
    assert [found for path in of_pages for found in re.findall(reaching, path.read_text("utf-8"))] == []
    for search in searches:
        own = search.read_text("utf-8").split("const PAGE =")[1]
        assert re.findall(reaching, own) == ["fetch"]


def test_no_page_loads_anything_from_another_site(reference_site: ReferenceSite) -> None:
    def loaded(page: PublishedPage) -> Iterable[str]:
        for name in RESOURCES:
            yield from (value for value in attribute(page, f"[{name}]", name) if is_outbound(value))
        hints = "link[rel=stylesheet], link[rel=icon], link[rel=preload], link[rel=preconnect], link[rel=prefetch], use"
        yield from (value for value in attribute(page, hints, "href") if is_outbound(value))

    assert found_on(reference_site.pages.values(), loaded) == []
    sheets = [path.read_text("utf-8") for path in (reference_site.folder / "theme").glob("*.css")]
    assert len(sheets) > 2
    assert [found for sheet in sheets for found in re.findall(r"@import|url\(|image-set\(|https?:", sheet)] == []


def test_every_link_out_of_the_site_hides_where_the_reader_came_from(reference_site: ReferenceSite) -> None:
    def telling(page: PublishedPage) -> Iterable[str]:
        for node in page.tree.css("a[href]"):
            address, rel = node.attributes["href"] or "", (node.attributes.get("rel") or "").split()
            if is_outbound(address) and not {"noreferrer", "noopener"} <= set(rel):
                yield address

    assert found_on(reference_site.pages.values(), telling) == []


def test_every_link_inside_the_site_leads_to_a_file_and_a_place_that_exist(reference_site: ReferenceSite) -> None:
    def broken(page: PublishedPage) -> Iterable[str]:
        for link in (*page.links(), *attribute(page, "link[rel=stylesheet]", "href")):
            if urlsplit(link).scheme:
                continue
            name, fragment = page.resolve(link)
            target = reference_site.pages.get(name)
            there = target is not None or (reference_site.folder / name).is_file()
            if not there or (fragment and (target is None or fragment not in target.ids)):
                yield link

    assert found_on(reference_site.pages.values(), broken) == []


def test_every_reference_of_a_page_to_its_own_parts_resolves(reference_site: ReferenceSite) -> None:
    def dangling(page: PublishedPage) -> Iterable[str]:
        for name in ("aria-labelledby", "aria-describedby", "aria-controls", "for", "headers"):
            for value in attribute(page, f"[{name}]", name):
                yield from (f"{name}={part}" for part in value.split() if part not in page.ids)

    assert found_on(reference_site.pages.values(), dangling) == []


def test_an_id_stands_once_on_its_page(reference_site: ReferenceSite) -> None:
    def twice(page: PublishedPage) -> Iterable[str]:
        return (name for name, count in Counter(page.ids).items() if count > 1)

    assert found_on(reference_site.pages.values(), twice) == []


def test_translations_name_each_other_and_themselves(reference_site: ReferenceSite) -> None:
    def alternates(page: PublishedPage) -> dict[str, str]:
        links = page.tree.css("link[rel=alternate][hreflang]")
        return {
            node.attributes["hreflang"] or "": site_file(reference_site, node.attributes["href"] or "")
            for node in links
        }

    def wrong(page: PublishedPage) -> Iterable[object]:
        own = alternates(page)
        languages = {tag: name for tag, name in own.items() if tag != "x-default"}
        if set(languages) != {"fr", "nl", "en"} or languages[page.edition] != page.address:
            yield own
        for tag, name in languages.items():
            other = reference_site.pages.get(name)
            if other is None or other.edition != tag or alternates(other) != own:
                yield tag, name

    pages = [page for page in reference_site.pages.values() if "/" in page.address and "404" not in page.address]
    assert found_on(pages, wrong) == []


def test_the_canonical_address_of_every_page_is_its_own(reference_site: ReferenceSite) -> None:
    def elsewhere(page: PublishedPage) -> Iterable[object]:
        found = [site_file(reference_site, value) for value in attribute(page, "link[rel=canonical]", "href")]
        return () if found == ([] if "404" in page.address else [page.address]) else (found,)

    assert found_on(reference_site.pages.values(), elsewhere) == []


def test_the_language_switch_stays_on_the_page(reference_site: ReferenceSite) -> None:
    def leaves(page: PublishedPage) -> Iterable[object]:
        alternates = {
            node.attributes["hreflang"]: site_file(reference_site, node.attributes["href"] or "")
            for node in page.tree.css("link[rel=alternate][hreflang]")
        }
        for node in page.tree.css(".language-switch a[hreflang]"):
            name, _ = page.resolve(node.attributes["href"] or "")
            if name != alternates.get(node.attributes["hreflang"]):
                yield node.attributes["hreflang"], name

    pages = [page for page in reference_site.pages.values() if page.tree.css(".language-switch a")]
    assert len(pages) >= 3 * 24
    assert found_on(pages, leaves) == []


def test_the_sitemap_of_an_edition_lists_its_pages(reference_site: ReferenceSite) -> None:
    for tag in ("fr", "nl", "en"):
        text = (reference_site.folder / tag / "sitemap.xml").read_text("utf-8")
        listed = {site_file(reference_site, address) for address in re.findall(r"<loc>([^<]*)</loc>", text)}
        wanted = {
            page.address
            for page in reference_site.edition(tag)
            if page.address.startswith(f"{tag}/") and not page.tree.css("meta[name=robots][content=noindex]")
        }
        assert listed == wanted


def test_no_contact_of_the_registry_is_typed_by_hand_in_a_page_of_the_reference_site(
    reference_site: ReferenceSite,
) -> None:
    project = reference_site.project
    contacts = {
        text
        for channel in project.registries.channels.values()
        for text in (channel.phone, channel.phone_shown, channel.email, *channel.url.values())
        if text
    }
    assert len(contacts) > 150
    typed = re.compile(
        "|".join(rf"(?<![\w+]){re.escape(text)}(?!\w)" for text in sorted(contacts, key=len, reverse=True))
    )
    pages = [*project.pages.values(), *project.own.values()]
    sources = [(message.place, message.text) for page in pages for message in page_messages(page)]
    sources += [
        (entries.path, entry.translation) for entries in project.catalogues.values() for entry in entries.entries
    ]
    found = [(str(place), hit[0]) for place, text in sources if (hit := typed.search(re.sub(r"\{\{.*?\}\}", "", text)))]
    assert found == []


def test_no_word_that_hides_a_crime_is_listed_from_a_to_z(reference_site: ReferenceSite) -> None:
    registries = reference_site.project.registries
    listed = [(tag, word) for item in registries.search.values() for tag in item.listed for word in item.listed[tag]]
    found = [
        (word, rule.id)
        for tag, word in listed
        for rule in registries.terms.values()
        for pattern in rule.patterns.get(tag, ())
        if (rule.severity, rule.kind) == ("error", "term")
        and not rule.audience
        and re.search(pattern, word, 0 if rule.case_sensitive else re.IGNORECASE)
    ]
    assert len(listed) > 100
    assert found == []


def test_words_that_hide_a_crime_are_understood_and_on_no_a_to_z_page(reference_site: ReferenceSite) -> None:
    for tag, word in (("fr", "pornographie enfantine"), ("nl", "kinderporno"), ("en", "child porn")):
        assert word in (reference_site.folder / tag / "a-z" / "search.txt").read_text("utf-8")
        assert word not in reference_site.pages[f"{tag}/a-z/index.html"].html
