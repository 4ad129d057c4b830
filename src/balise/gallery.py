"""The gallery of a theme: every component with its examples, in each language, as a small site of its own."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from markupsafe import Markup

from balise.bundles import make_bundle
from balise.catalogues import CataloguePhrases, phrases_for
from balise.component_examples import load_examples
from balise.components import (
    THEME,
    bundle_scripts,
    bundle_styles,
    component_names,
    lean,
    load_contract,
    render_component,
    render_page,
    template_context,
    theme_components,
    typeset,
)
from balise.errors import UsageError
from balise.languages import Text, direction
from balise.project import load_theme_catalogues
from balise.theme_view import Asset, Heading, NavigationItem, PageView
from balise.views import link_language

LANGUAGES = ("fr", "nl", "en")
"""The languages that the theme itself is translated into, besides that of its sources."""
MARK = '<body class="kind-gallery">'
"""What tells a gallery's first page from every other."""
_SOURCE = re.compile(r"@@source:[^@]*@@")
_HOME = "https://www.wikipedia.org/"
"""Where the exit link of the gallery leads."""


def gallery(languages: Sequence[str] = LANGUAGES, theme_dir: Path = THEME) -> Mapping[str, str]:
    """Return every file of the gallery by its address; a component without examples has no page."""
    return _Gallery(languages, theme_dir).files()


class _Gallery:
    """The pages of a gallery: one that lists the components, and one for each with its examples, in each language."""

    def __init__(self, languages: Sequence[str], theme_dir: Path) -> None:
        self.languages, self.theme_dir = languages, theme_dir
        self.names = [name for name in component_names(theme_dir) if load_contract(name, theme_dir).examples]
        styles = bundle_styles(theme_dir) + lean((theme_dir / "gallery" / "style.css").read_text("utf-8"))
        self.sheet = make_bundle(styles, "css")
        self.script = make_bundle(bundle_scripts(theme_dir), "js")
        words = load_theme_catalogues(languages)
        self.words: Mapping[str, CataloguePhrases] = {tag: phrases_for(tag, "en", words, {}) for tag in languages}

    def files(self) -> Mapping[str, str]:
        """Return the files by address."""
        found = {bundle.address: bundle.content for bundle in (self.sheet, self.script)}
        for tag in self.languages:
            found |= {_address(tag, name): self._page(tag, name) for name in ("", *self.names)}
        return {**found, "index.html": self._page(self.languages[0], "", address="index.html")}

    def _page(self, tag: str, name: str, *, address: str = "") -> str:
        """Return the page of a component; the list of all where no `name` is given."""
        address = address or _address(tag, name)
        root = "../" * address.count("/")
        words = self.words[tag]
        title = Text(name or "Components", "en")
        body = self._component(name, words) if name else self._list(tag, root)
        view = PageView(
            language=tag,
            direction=direction(tag),
            kind="gallery",
            title=title,
            description=Text("Every component of the theme with its examples.", "en"),
            site_name=Text("Gallery", "en"),
            head_title=f"{title.text} – Gallery",
            noindex=True,
            stylesheet=Asset(root + self.sheet.address),
            script=Asset(root + self.script.address),
            base=root,
            home_url=f"{root}{tag}/index.html",
            exit=self._draw("exit-link", words, url=_HOME),
            help_bar=Markup(),
            navigation=self._navigation(tag, name, root),
            languages=tuple(
                link_language(other, root + _address(other, name), other == tag, True) for other in self.languages
            ),
            body=body,
            contents=self._headings(name) if name else (),
            footer=self._draw("page-footer", words, links=(), licence_url=""),
        )
        return render_page(view, words, self.theme_dir)

    def _draw(self, component: str, words: CataloguePhrases, **parameters: object) -> Markup:
        return render_component(component, words, theme_dir=self.theme_dir, **parameters)

    def _navigation(self, tag: str, name: str, root: str) -> Markup:
        items = [NavigationItem(Text(other, "en"), root + _address(tag, other), other == name) for other in self.names]
        return self._draw("navigation", self.words[tag], items=tuple(items))

    def _list(self, tag: str, root: str) -> Markup:
        """Return the list of all components with what each is for."""
        entries = [
            (name, root + _address(tag, name), load_contract(name, self.theme_dir).description) for name in self.names
        ]
        return Markup(theme_components(self.theme_dir).draw("gallery/list.html", {"entries": entries}))  # noqa: S704

    def _headings(self, name: str) -> tuple[Heading, ...]:
        return tuple(
            Heading(f"example-{number}", Markup.escape(example), 2)
            for number, (example, _) in enumerate(load_contract(name, self.theme_dir).examples, 1)
        )

    def _component(self, name: str, words: CataloguePhrases) -> Markup:
        """Return a component's contract and all its examples in one language."""
        values = {
            **template_context(words),
            "contract": load_contract(name, self.theme_dir),
            "examples": list(self._examples(name, words)),
        }
        return Markup(theme_components(self.theme_dir).draw("gallery/component.html", values))  # noqa: S704

    def _examples(self, name: str, words: CataloguePhrases) -> Iterator[tuple[str, str, Markup]]:
        """Yield the anchor, the name and the finished HTML of each example."""
        for number, example in enumerate(load_examples(name, self.theme_dir, words.language), 1):
            html = self._draw(name, words, **example.parameters)
            yield f"example-{number}", example.name, typeset(_numbered(html), words.language)


def _numbered(html: Markup) -> Markup:
    """Return an example with its sources numbered in order of appearance, as on a finished page."""
    numbers: dict[str, int] = {}
    return Markup(_SOURCE.sub(lambda mark: str(numbers.setdefault(mark[0], len(numbers) + 1)), html))  # noqa: S704


def _address(tag: str, name: str) -> str:
    """Return the address of a page; links name the file, for galleries are opened from the disk."""
    return f"{tag}/{name}/index.html" if name else f"{tag}/index.html"


def write_gallery(folder: Path, files: Mapping[str, str]) -> int:
    """Write a gallery into a folder that is new, empty or an earlier gallery, and return how many pages it has.

    Raises `UsageError` for any other folder.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        index = folder / "index.html"
        if folder.is_symlink() or not index.is_file() or MARK not in index.read_text("utf-8", "replace"):
            raise UsageError(f'"{folder}" holds something else than a gallery; choose a new folder')
        shutil.rmtree(folder)
    for address, content in files.items():
        path = folder / address
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, "utf-8")
    return sum(address.endswith(".html") for address in files)
