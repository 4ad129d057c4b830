"""What a site owns: content/site.yml, read and checked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from balise.brand import Brand, check_brand, check_discreet, load_logos, parse_brand
from balise.errors import BaliseError, ProjectError
from balise.fields import Field, check_fields, is_true
from balise.languages import is_language, pick
from balise.page import PAGE_NAME
from balise.problems import Problem, did_you_mean, error, sorted_problems
from balise.source import SourceProblem, YamlDocument, load_yaml, relative_posix

_COUNTRY = re.compile(r"[A-Z]{2}\Z")
_HTTPS = re.compile(r"https://[A-Za-z0-9.-]+(?::\d+)?(?:/[^\s<>\"']*)?\Z")
DOORS = ("parent", "young", "teacher", "me")
"""The doors of the home page, in the order they are shown: whom each is for, in the words of the theme."""

FONTS = ("atkinson",)
"""The typefaces that the theme brings along."""
OFFLINE_PAGES = ("help", "report", "about/privacy")
"""What a site keeps beside its home page unless it says otherwise: sections and ids of pages."""
OFFLINE = ("yes", "no", "remove")
"""What a site may say of pages on readers' devices."""

SITE_FIELDS = (
    Field("name", required=True, longest=60, about="the site's name, in its source language"),
    Field("source_language", "language", required=True, about="the language most pages are written in"),
    Field("data_language", "language", about="the language of data/ and templates/; the source language by default"),
    Field("languages", "list", required=True, about="the editions, in the order the language switch shows them"),
    Field("countries", "list", required=True, about="ISO 3166 codes of the countries whose channels are shown"),
    Field("default_country", required=True, about="the country shown first"),
    Field("sections", "list", required=True, about="the folders of content/ in the order of the navigation"),
    Field("exit", "map", required=True, about="where the exit link leads, per language; a neutral site"),
    Field("emergency", "map", required=True, about="id of the emergency channel per country"),
    Field("help", "map", required=True, about="id of the main helpline per country"),
    Field("footer", "list", about="ids of the pages linked at the foot of each page"),
    Field("doors", "map", about="ids of the pages that the doors of the home page lead to: parent, young, teacher, me"),
    Field("licence", about="address of the licence of the content"),
    Field("assembled", "date", about="the day the facts were put together"),
    Field("discreet", "flag", about="keep titles, addresses and the Back button from telling what the site is about"),
    Field("discreet_title", "map", about="the title of every page of a discreet site, per language"),
    Field("brand", "fields", about="the site's own colour and logo, see below"),
    Field("font", values=FONTS, about="a typeface that the site brings along; the device's own without it"),
    Field("offline", values=OFFLINE, about="keep some pages on readers' devices; `remove` takes back what was kept"),
    Field("rules", "fields", about="rules of the gate by id: off, error, warning, advice, or a table with options"),
    Field("allow", "records", about="exceptions from rules, each with `rule`, `reason` and the `file` it is for"),
    Field("offline_pages", "list", about="which pages: ids or sections; help, report and about/privacy by default"),
)


@dataclass(frozen=True)
class SiteConfig:
    """What `content/site.yml` says: everything a site owns that MkDocs does not."""

    name: str
    source_language: str
    languages: tuple[str, ...]
    countries: tuple[str, ...]
    default_country: str
    sections: tuple[str, ...]
    exit: Mapping[str, str]
    emergency: Mapping[str, str]
    help: Mapping[str, str]
    footer: tuple[str, ...] = ()
    doors: Mapping[str, str] = field(default_factory=dict)
    licence: str = ""
    assembled: str = ""
    data_language: str = ""
    discreet: bool = False
    discreet_title: Mapping[str, str] = field(default_factory=dict)
    brand: Brand = field(default_factory=Brand)
    font: str = ""
    offline: str = "no"
    offline_pages: tuple[str, ...] = ()
    rules: Mapping[str, Any] = field(default_factory=dict)
    allow: tuple[Mapping[str, str], ...] = ()
    document: YamlDocument = field(default=YamlDocument("content/site.yml", {}, {}), repr=False, compare=False)

    def exit_address(self, language: str) -> str:
        """Return where the exit link leads for readers of a language."""
        return pick(self.exit, language, self.source_language)[0]


class BrokenProjectError(BaliseError):
    """site.yml cannot be used, so nothing else can be read; `problems` say what to mend."""

    exit_code = 1

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = problems


def load_site(path: Path, root: Path) -> SiteConfig:
    """Return what site.yml says. Raises `ProjectError` without one, `BrokenProjectError` without a usable one."""
    if not path.is_file():
        raise ProjectError(f"{relative_posix(path, root)} does not exist; `balise init` writes one")
    try:
        document = load_yaml(path, root)
    except SourceProblem as refused:
        raise BrokenProjectError((refused.problem,)) from None
    found = check_fields(document, SITE_FIELDS, what="site.yml") or tuple(_check_site(document))
    if found:
        raise BrokenProjectError(sorted_problems(found))
    value: Mapping[str, Any] = document.value
    lists = {key: tuple(value.get(key, ())) for key in ("languages", "countries", "sections", "footer")}
    arguments: dict[str, Any] = {"data_language": value["source_language"], **value, **lists}
    arguments |= {"discreet": is_true(value.get("discreet")), "brand": Brand()}
    arguments["allow"] = tuple(value.get("allow", ()))
    arguments["offline_pages"] = tuple(value.get("offline_pages", OFFLINE_PAGES))
    return SiteConfig(**arguments, document=document)


def with_brand(
    site: SiteConfig, folder: Path, root: Path, assets: tuple[str, ...], problems: list[Problem]
) -> SiteConfig:
    """Return the site with its colour and logo; a discreet one has neither."""
    if site.discreet:
        problems += check_discreet(site.document)
        return site
    brand, found = load_logos(parse_brand(site.document), site.document, folder, root, assets)
    problems += found
    return replace(site, brand=brand)


def _check_site(document: YamlDocument) -> Iterable[Problem]:
    """Yield what is wrong with site.yml although each value is of the right kind."""
    value: Mapping[str, Any] = document.value
    for key, test, hint in (
        ("languages", is_language, "write codes such as fr, nl, en"),
        ("countries", _COUNTRY.match, "write ISO codes such as BE, FR, NL"),
        ("sections", PAGE_NAME.match, "write the names of folders in content/"),
    ):
        for index, item in enumerate(value[key]):
            if not test(item):
                yield error("data-invalid", f'{key} holds "{item}"', document.location(key, index), hint)
            elif item in value[key][:index]:
                place = document.location(key, index)
                yield error("data-invalid", f'{key} holds "{item}" twice', place, "keep one of the two")
    if value["source_language"] not in value["languages"]:
        place = document.location("source_language")
        yield error("data-invalid", "the source language is not among the languages", place, "add it to `languages`")
    if value["default_country"] not in value["countries"]:
        place = document.location("default_country")
        yield error("data-invalid", "the default country is not among the countries", place, "add it to `countries`")
    for key in ("emergency", "help"):
        if value["default_country"] not in value[key]:
            message = f"{key} names no channel for {value['default_country']}, the default country"
            yield error(
                "data-invalid", message, document.location(key), "add the id of a channel of content/data/channels.yml"
            )
    if not value["exit"]:
        place = document.location("exit")
        yield error("data-invalid", "there is no exit address", place, "write one per language, as in {fr: https://…}")
    for key in value.get("doors", {}):
        if key not in DOORS:
            place = document.key_location("doors", key)
            hint = did_you_mean(key, DOORS, f"doors are {', '.join(DOORS)}")
            yield error("data-invalid", f'there is no door "{key}"', place, hint)
    licence = value.get("licence", "")
    if licence and not _HTTPS.match(licence):
        place = document.location("licence")
        yield error("data-invalid", f'licence address "{licence}" is not https', place, "write https://…")
    if value.get("offline") == "yes" and is_true(value.get("discreet")):
        message = "a discreet site keeps no pages on readers' devices"
        hint = "write `offline: remove` if it once did, or remove `offline`"
        yield error("data-invalid", message, document.location("offline"), hint)
    yield from check_brand(document)
    for tag, address in value["exit"].items():
        if not _HTTPS.match(address):
            place = document.location("exit", tag)
            yield error("data-invalid", f'exit address "{address}" is not https', place, "write https://…")
