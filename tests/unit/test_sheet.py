"""The report sheet: who takes which report, and a form that no browser can send."""

from pathlib import Path

from selectolax.lexbor import LexborHTMLParser

from balise.calls import Calls
from balise.pipeline import edition_phrases
from balise.sheet import SUBJECT_NEEDS, SUBJECTS, subject_name
from support.projects import CHANNELS, TODAY, load

POLICE = """\
  - id: be-police
    name: {en: The police}
    operator: The police
    country: BE
    kind: police
    for: [image-found, sextortion]
    audience: [anyone]
    url: https://police.example/
    what_happens: [A station takes it.]
    status: active
    confidence: high
    assembled: "2026-11-21"
    expires: "2027-05-21"
    sources: [{url: "https://example.org/police", says: the station}]
"""


HOTLINE = POLICE.replace("be-police", "be-hotline").replace("kind: police", "kind: hotline").replace(", sextortion", "")


def sheet(root: Path, language: str = "en", channels: str = CHANNELS + POLICE + HOTLINE) -> LexborHTMLParser:
    project = load(root, {"content/data/channels.yml": channels})
    calls = Calls(project, language, edition_phrases(project, language), TODAY)
    return LexborHTMLParser(str(calls.report_sheet().block))


def test_the_sheet_names_the_best_channel_and_the_police_for_each_subject(tmp_path: Path) -> None:
    tree = sheet(tmp_path)
    shown = [node.attributes["data-channel"] for node in tree.css("[data-channel]:not(a)")]
    lines = [node.text(strip=True) for node in tree.css(".channel-line + p")]
    images = "pictures or video that seem to show the abuse of a child; a page or a group that offers such material or asks for it"
    assert shown == ["be-hotline", "be-police"]
    assert lines == [f"For: {images}", f"For: {images}; blackmail with pictures"]


def test_a_country_that_takes_nothing_is_not_named(tmp_path: Path) -> None:
    alone = CHANNELS[: CHANNELS.index("  - id: be-line")] + CHANNELS[CHANNELS.index("  - id: be-new") :]
    assert sheet(tmp_path, channels=alone).css("h2, .channel-line") == []


def test_no_field_has_a_name_an_address_or_a_memory(tmp_path: Path) -> None:
    tree = sheet(tmp_path)
    fields = tree.css("input, textarea")
    assert len(fields) == 13
    assert tree.css("form, [action], [formaction], [name], [required], [list], [type=submit]") == []
    typed = [node.attributes for node in fields if node.attributes.get("type") != "checkbox"]
    assert {(item.get("autocomplete"), item.get("spellcheck"), item.get("writingsuggestions")) for item in typed} == {
        ("off", "false", "false")
    }


def test_every_field_stands_in_its_label_and_every_button_waits_for_the_script(tmp_path: Path) -> None:
    tree = sheet(tmp_path)
    assert len(tree.css("label input, label textarea")) == len(tree.css("input, textarea"))
    assert len(tree.css("[hidden] button")) == len(tree.css("button")) == 3
    assert {node.attributes.get("type") for node in tree.css("button")} == {"button"}


def test_every_subject_has_words_and_a_need_in_each_language(tmp_path: Path) -> None:
    project = load(tmp_path)
    assert set(SUBJECT_NEEDS) == set(SUBJECTS)
    assert set(SUBJECT_NEEDS.values()) <= set(project.registries.needs)
    words = {
        tag: [subject_name(name, edition_phrases(project, tag)) for name in SUBJECTS] for tag in ("en", "fr", "nl")
    }
    assert all(len(set(found)) == len(SUBJECTS) for found in words.values())
    assert not set(words["en"]) & set(words["fr"]) | set(words["fr"]) & set(words["nl"])
