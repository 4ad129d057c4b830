"""The typeface a site may choose: published only then, under names that change with its files."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

from balise.components import THEME
from balise.fonts import Font, load_font
from balise.headers import IS_BUNDLE
from balise.pipeline import Options
from balise.site_config import FONTS
from balise.views import SiteViews
from support.projects import SITE, TODAY, load


def test_a_site_that_chooses_none_gets_none(tmp_path: Path) -> None:
    views = SiteViews(load(tmp_path), {"fr": {}, "nl": {}, "en": {}}, Options(TODAY), "")
    assert views.font == load_font("") == Font()
    assert "font-face" not in views.bundles["*"][0].content


def test_every_typeface_on_the_list_is_there() -> None:
    assert {path.stem for path in (THEME / "fonts").glob("*.css")} == set(FONTS)


def test_each_file_is_named_by_its_content_beside_the_style_sheet(tmp_path: Path) -> None:
    project = load(tmp_path, {"content/site.yml": SITE + "font: atkinson\n"})
    views = SiteViews(project, {"fr": {}, "nl": {}, "en": {}}, Options(TODAY), "")
    assert len(views.font.files) == 6
    for address, content in views.font.files.items():
        assert IS_BUNDLE.match(address)
        assert hashlib.sha256(content).hexdigest()[:10] in address
    named = set(re.findall(r'url\("([^"]+)"\)', views.bundles["*"][0].content))
    assert {f"theme/{name}" for name in named} == set(views.font.files)


def test_each_sign_is_drawn_by_one_file_and_text_is_there_at_once() -> None:
    faces = re.findall(r"@font-face \{(.*?)\}", load_font("atkinson").style)
    files = [face for face in faces if "url(" in face]
    assert [face for face in files if "font-display: swap" not in face] == []
    for style in ("normal", "italic"):
        ranges = [face.split("unicode-range: ")[1] for face in files if f"font-style: {style}" in face]
        assert sum("U+202F" in text for text in ranges) == sum("U+2011" in text for text in ranges) == 1
        assert not any("U+2000-206F" in text for text in ranges)
    stand_ins = [face for face in faces if "local(" in face]
    assert len(stand_ins) == 2
    assert all("size-adjust" in face and "ascent-override" in face for face in stand_ins)
