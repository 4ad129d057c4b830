"""Starting a site: the reference content copied, cut to the languages asked for, turned round for another source."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from balise.catalogues import Catalogue, Entry, Message, catalogue, render_catalogue, write_catalogue
from balise.errors import ProjectError, UsageError
from balise.extraction import site_messages
from balise.fields import check_fields
from balise.guide_turning import turned_guide, turned_guide_catalogues
from balise.guides.model import FOLDER, Guide
from balise.languages import is_language
from balise.page import Page, page_messages, parse_page
from balise.project import Project, load_project
from balise.site_config import SITE_FIELDS
from balise.source import YamlDocument
from balise.translate import TranslatedPage, own_text, translate_page
from balise.units import replace_units, unit_id

IGNORED = "# What Balise writes: the site, the site before it, and its cache.\n/site/\n/.site.*/\n/.balise/\n"
PARTS = ("content", "templates", "locales", "mkdocs.yml")
_PLAIN_VALUE = re.compile(
    r"(?!(?:y|n|yes|no|on|off|true|false|null)\Z)[A-Za-zÀ-ÿ][^:#\"'\[\]{}|>&*!%@`\n]*\Z", re.IGNORECASE
)
"""A text that YAML takes for the same text without quotes; MkDocs reads `site_name: 116` as a number."""
_ADDRESS = re.compile(r"https://[^\s/#?\"'][^\s#?\"']*\Z")


@dataclass(frozen=True)
class Wishes:
    """What the person who starts a site chooses; `languages` and `countries` in the order they are shown."""

    name: str
    languages: tuple[str, ...]
    source_language: str
    countries: tuple[str, ...]
    site_url: str = ""


def starter_folder() -> Path:
    """Return the folder that holds the starter: in the installed package, or the root of a checkout."""
    packaged = Path(__file__).parent / "starter"
    if packaged.is_dir():
        return packaged
    checkout = Path(__file__).parents[2]
    if (checkout / "content" / "site.yml").is_file() and (checkout / "mkdocs.yml").is_file():
        return checkout
    raise ProjectError("the starter content is missing from this installation; install balise again")


def check_wishes(wishes: Wishes, starter: Project) -> None:
    """Refuse what the starter cannot give. Raises `UsageError` naming the fix."""
    offered = starter.site.languages
    for tag in wishes.languages:
        if not is_language(tag):
            raise UsageError(f'"{tag}" is not a language; write codes such as fr, nl, en')
    if not wishes.languages:
        raise UsageError("choose at least one language, as in --languages fr,nl")
    if wishes.source_language not in wishes.languages:
        raise UsageError(f'the source language "{wishes.source_language}" is not among the languages; add it')
    if wishes.source_language not in offered:
        raise UsageError(f"the starter is written in {', '.join(offered)}; choose one of these as source language")
    for code in wishes.countries:
        if code not in starter.site.countries:
            known = ", ".join(starter.site.countries)
            raise UsageError(f'the starter has no channels for "{code}"; it has {known}')
    if not wishes.countries:
        raise UsageError("choose at least one country, as in --countries BE,FR")
    if wishes.site_url and not _ADDRESS.match(wishes.site_url):
        raise UsageError(f'"{wishes.site_url}" is not an https address; write one such as https://example.org/')
    name_field = [field for field in SITE_FIELDS if field.name == "name"]
    for problem in check_fields(YamlDocument("", {"name": wishes.name}, {}), name_field, what=""):
        raise UsageError(f"the site's {problem.message.replace(chr(34), '')}; {problem.hint}")


def write_starter(target: Path, wishes: Wishes) -> Project:
    """Write a new project into an empty or missing folder and return it loaded. Raises `UsageError`."""
    source = starter_folder()
    starter = load_project(source)
    check_wishes(wishes, starter)
    _make_folder(target, source)
    for name in PARTS:
        left_out = [".*", "templates"] if name == "locales" else [".*"]
        if (source / name).is_dir():
            shutil.copytree(source / name, target / name, ignore=shutil.ignore_patterns(*left_out))
        else:
            shutil.copyfile(source / name, target / name)
    (target / ".gitignore").write_text(IGNORED, "utf-8")
    _write_config(target, wishes, starter)
    if wishes.source_language != starter.site.source_language:
        _turn_round(target, starter, wishes)
    for tag in starter.site.languages:
        if tag not in wishes.languages:
            shutil.rmtree(target / "locales" / tag, ignore_errors=True)
    project = load_project(target)
    return load_project(target) if _keep_name(project) else project


def _keep_name(project: Project) -> bool:
    """Write the site's name into the catalogue of each language, the same in all of them; tell whether one changed."""
    messages = site_messages(project)
    changed = False
    for tag, found in project.site_catalogues.items():
        entries = [
            entry._replace(source=project.site.name, translation=project.site.name)
            if entry.id == "site.name"
            else entry
            for entry in found.entries
        ]
        if entries:
            path = project.root / "locales" / tag / "LC_MESSAGES" / "site.po"
            changed |= write_catalogue(path, render_catalogue(catalogue("", entries, found.obsolete), tag, messages))
    return changed


def _make_folder(target: Path, source: Path) -> None:
    """Make the new folder. Raises `UsageError` where a site cannot be started."""
    if any(target.resolve().is_relative_to((source / name).resolve()) for name in PARTS):
        raise UsageError(f'"{target}" lies inside the content that is copied; choose a folder elsewhere')
    try:
        if target.exists() and (not target.is_dir() or any(target.iterdir())):
            raise UsageError(f'"{target}" is not empty; choose a new folder')
        target.mkdir(parents=True, exist_ok=True)
    except OSError as failure:
        raise UsageError(f'"{target}" cannot be made: {failure.strerror}; choose another folder') from None


def _write_config(target: Path, wishes: Wishes, starter: Project) -> None:
    """Set the choices in site.yml and mkdocs.yml line by line, so that comments stay."""
    values = {
        "name": _yaml(wishes.name),
        "source_language": wishes.source_language,
        "languages": f"[{', '.join(wishes.languages)}]",
        "countries": f"[{', '.join(wishes.countries)}]",
        "default_country": wishes.countries[0],
    }
    path = target / "content" / "site.yml"
    text = path.read_text("utf-8")
    for key, value in values.items():
        text = re.sub(rf"(?m)^{key}:.*$", lambda _, line=f"{key}: {value}": line, text)  # type: ignore[misc]
    if wishes.source_language != starter.site.data_language:
        line = f"# The language of the texts in data/ and templates/.\ndata_language: {starter.site.data_language}\n"
        text = re.sub(r"(?m)^(source_language:.*\n)", lambda match: match[1] + line, text)
    path.write_text(text, "utf-8", newline="\n")
    path = target / "mkdocs.yml"
    text = re.sub(r"(?m)^site_name:.*$", lambda _: f"site_name: {_yaml(wishes.name)}", path.read_text("utf-8"))
    address = f"site_url: {wishes.site_url}\n" if wishes.site_url else ""
    text = re.sub(r"(?m)^site_url:.*\n", lambda _: address, text)
    path.write_text(text, "utf-8", newline="\n")


def _yaml(text: str) -> str:
    """Return a text as a YAML value on one line."""
    return text if _PLAIN_VALUE.match(text) and text == text.strip() else _quoted(text)


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _turn_round(target: Path, starter: Project, wishes: Wishes) -> None:
    """Write each page in the new source language, and catalogues from it into every other one."""
    new = wishes.source_language
    for page in starter.pages.values():
        if page.language == new or page.step:
            continue
        versions = _versions(starter, page, wishes.languages)
        text = page_in(page, versions[new])
        (target / starter.content / f"{page.id}.md").write_text(text, "utf-8", newline="\n")
        turned_page, problems = parse_page(text, page.path, page.id, starter.types, new)
        if turned_page is None:
            raise ProjectError(f"the starter cannot be written in {new}: {problems[0]}")
        for tag, version in versions.items():
            path = target / "locales" / tag / "pages" / f"{page.id}.po"
            if tag == new:
                path.unlink(missing_ok=True)
            else:
                messages = page_messages(turned_page)
                write_catalogue(path, render_catalogue(turned_catalogue(messages, version), tag, messages))

    for guide in starter.guides.values() if new != starter.site.source_language else ():
        _turn_guide(target, starter, guide, wishes)


def _turn_guide(target: Path, starter: Project, guide: Guide, wishes: Wishes) -> None:
    """Write a guide in the new source language, and its catalogues into every other one."""

    def versions(page: Page) -> Mapping[str, TranslatedPage]:
        return _versions(starter, page, wishes.languages)

    new = wishes.source_language
    text = turned_guide(starter, guide, new, versions)
    (target / guide.path).write_text(text, "utf-8", newline="\n")
    (target / "locales" / new / FOLDER / f"{guide.id}.po").unlink(missing_ok=True)
    found = turned_guide_catalogues(text, starter, guide, new, versions, turned_catalogue)
    for tag, (entries, messages) in found.items():
        path = target / "locales" / tag / FOLDER / f"{guide.id}.po"
        write_catalogue(path, render_catalogue(entries, tag, messages))


def _versions(starter: Project, page: Page, languages: tuple[str, ...]) -> Mapping[str, TranslatedPage]:
    """Return the page as it stands in each language; `TranslatedPage`s align unit by unit."""
    found = {}
    for tag in languages:
        if tag == page.language:
            found[tag] = own_text(page)
        else:
            entries = starter.catalogues.get((tag, page.id), Catalogue(""))
            found[tag], _ = translate_page(page, entries, tag)
    return found


def page_in(page: Page, version: TranslatedPage) -> str:
    """Return the text of a page file with its front matter and units in another language."""
    lines = ["---"]
    for key, value in page.meta.items():
        if key in version.meta:
            lines.append(f"{key}: {_yaml(version.meta[key].text)}")
        elif key != "lang":
            lines.append(f"{key}: {_flow(value)}")
    body = replace_units(page.cutting, [item.text for item in version.translations])
    return "\n".join([*lines, "---", ""]) + body


def _flow(value: object) -> str:
    """Return a front-matter value as YAML on one line; digits and words YAML would read as types stay quoted."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key}: {_flow(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(_flow(item) for item in value) + "]"
    text = str(value)
    is_word = re.fullmatch(r"[a-z][a-z-]*|\d{1,4}", text) and text not in ("yes", "no", "on", "off")
    return text if is_word else _quoted(text)


def turned_catalogue(messages: Sequence[Message], version: TranslatedPage) -> Catalogue:
    """Return the catalogue from a page's texts in its new source language to a version of it, unit by unit."""
    taken: set[str] = set()
    entries: list[Entry] = []
    texts = [*version.meta.values(), *version.translations]
    for message, item in zip(messages, texts, strict=True):
        identifier = message.context or unit_id(message.text, taken)
        taken.add(identifier)
        entries.append(Entry(identifier, message.text, item.text))
    return catalogue("", entries)
