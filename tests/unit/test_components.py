"""Components: contracts, texts in another language, typography, the bundles of styles and scripts."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest
from markupsafe import Markup

from balise.components import (
    THEME,
    ComponentError,
    Parameter,
    bundle_scripts,
    bundle_styles,
    bundles_apart,
    check_parameters,
    component_names,
    load_contract,
    marked_text,
    prepare_environment,
    render_component,
    template_context,
    typeset,
    unbroken,
)
from balise.languages import Text
from balise.looks import LOOKS

PHYSICAL = re.compile(
    r"(?<![-\w])(?:(?:margin|padding|border)-(?:left|right|top|bottom)|left|right|top|bottom|width|height)\s*:"
)


class French:
    """Words of a French edition that knows two strings."""

    language = "fr"

    def gettext(self, message: str) -> str:
        return {"Warning": "Attention"}.get(message, message)

    def ngettext(self, one: str, many: str, count: int) -> str:
        return one if count < 2 else many


@pytest.fixture
def small_theme(tmp_path: Path) -> Path:
    """A theme of two components, `a-note` and `shelf`."""
    note = "name: a-note\ndescription: d\nplacement: block\nparameters:\n"
    note += "- {name: words, type: Text, required: true, description: d}\n"
    note += "- {name: level, type: int, required: false, description: d}\nexamples: []\naccessibility: []\n"
    files = {
        "base.css": "@layer base, components;\n/* why */\nbody { margin: 0; }\n",
        "components/a-note/component.yml": note,
        "components/a-note/template.html": "<p>{{ level or 3 }} {{ t(words, language) }}</p>\n",
        "components/a-note/style.css": ".a-note {\n  color: red;\n}\n",
        "components/shelf/component.yml": "name: shelf\ndescription: d\nplacement: block\nparameters: []\nexamples: []\naccessibility: []\n",
        "components/shelf/template.html": "<div>{{ component('a-note', words=_('Warning')) }}</div>\n",
        "components/shelf/style.css": ".shelf { gap: 0; }\n",
    }
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    return tmp_path


def test_a_component_is_a_folder_with_a_contract(small_theme: Path) -> None:
    (small_theme / "components" / "leftover").mkdir()
    assert component_names(small_theme) == ("a-note", "shelf")


def test_the_contract_names_the_parameters_and_their_types(small_theme: Path) -> None:
    contract = load_contract("a-note", small_theme)
    assert contract.parameters == (Parameter("words", "Text", True, "d"), Parameter("level", "int", False, "d"))
    assert contract.placement == "block"


def test_an_unknown_component_offers_the_nearest_name(small_theme: Path) -> None:
    with pytest.raises(ComponentError) as refused:
        load_contract("shelv", small_theme)
    assert str(refused.value) == 'component "shelv" does not exist; did you mean "shelf"? the theme has a-note, shelf'


def test_a_name_that_leads_out_of_the_theme_is_unknown(small_theme: Path) -> None:
    with pytest.raises(ComponentError, match="does not exist"):
        load_contract("../components/shelf", small_theme)


def test_a_misspelt_parameter_is_named(small_theme: Path) -> None:
    with pytest.raises(ComponentError) as refused:
        render_component("a-note", French(), theme_dir=small_theme, word="x")
    message = 'component "a-note" has no parameter "word"; did you mean "words"? it takes words, level'
    assert str(refused.value) == message


def test_a_missing_parameter_is_named(small_theme: Path) -> None:
    with pytest.raises(ComponentError) as refused:
        render_component("a-note", French(), theme_dir=small_theme, level=2)
    assert str(refused.value) == 'component "a-note" needs the parameter "words"'


def test_none_does_not_stand_in_for_a_required_parameter(small_theme: Path) -> None:
    with pytest.raises(ComponentError, match='needs the parameter "words"'):
        check_parameters(load_contract("a-note", small_theme), {"words": None})


def test_an_optional_parameter_left_out_is_none(small_theme: Path) -> None:
    complete = check_parameters(load_contract("a-note", small_theme), {"words": "x"})
    assert complete == {"words": "x", "level": None}


def test_a_component_used_by_another_is_checked_and_translated_too(small_theme: Path) -> None:
    html = render_component("shelf", French(), theme_dir=small_theme)
    assert html == Markup("<div><p>3 Attention</p></div>")


def test_text_in_the_language_of_the_page_is_only_escaped() -> None:
    assert marked_text(Text("Oui & <non>", "fr"), "fr") == Markup("Oui &amp; &lt;non&gt;")


def test_a_regional_language_is_not_another_language() -> None:
    assert marked_text(Text("Oui", "fr"), "fr-BE") == Markup("Oui")


def test_text_in_another_language_says_so() -> None:
    assert marked_text(Text("Yes & no", "en"), "fr") == Markup('<span lang="en" dir="ltr">Yes &amp; no</span>')


def test_text_written_from_right_to_left_says_so() -> None:
    assert marked_text(Text("نعم", "ar"), "fr") == Markup('<span lang="ar" dir="rtl">نعم</span>')


def test_a_plain_string_is_escaped() -> None:
    assert marked_text("<b>", "fr") == Markup("&lt;b&gt;")


def test_the_settings_of_the_host_do_not_switch_escaping_off() -> None:
    from jinja2 import Environment, UndefinedError

    environment = prepare_environment(Environment(autoescape=False))
    assert environment.from_string("{{ word }}").render(word="<b>") == "&lt;b&gt;"
    with pytest.raises(UndefinedError):
        environment.from_string("{{ word }}").render()


def test_a_telephone_number_stays_on_one_line_and_looks_as_its_owner_spells_it() -> None:
    assert unbroken("1-800 843") == "1\u2011800\u00a0843"


def test_html_that_the_body_does_not_bring_is_set_as_the_language_wants() -> None:
    html = Markup("<li><a href=\"https://a.example/l'on\">Rapport</a> <small>pas par l'organisation</small></li>")
    set_in_french = typeset(html, "fr")
    assert set_in_french == Markup(
        '<li><a href="https://a.example/l\'on">Rapport</a> <small>pas par l’organisation</small></li>'
    )
    assert typeset(set_in_french, "fr") == set_in_french


def test_templates_find_the_words_and_the_language() -> None:
    assert sorted(template_context(French())) == ["_", "language", "ngettext"]


def test_the_bundle_is_the_base_then_each_component_in_name_order(small_theme: Path) -> None:
    assert bundle_styles(small_theme) == (
        "@layer base, components;\nbody { margin: 0; }\n"
        "@layer components{\n.a-note {\ncolor: red;\n}\n.shelf { gap: 0; }\n}\n"
    )


def test_the_script_is_each_behaviour_in_name_order_in_a_scope_of_its_own(small_theme: Path) -> None:
    behaviours = {
        "shelf": "/* what it is for */\nconst links = 1;\n",
        "a-note": "/* over\n   two lines */\nconst links = 2;\n\nfor (;;) {\n  break;\n}\n",
    }
    for name, text in behaviours.items():
        (small_theme / "components" / name / "behaviour.js").write_text(text)
    assert bundle_scripts(small_theme) == ("{\nconst links = 2;\nfor (;;) {\nbreak;\n}\n}\n{\nconst links = 1;\n}\n")


def test_a_theme_without_behaviour_has_an_empty_script(small_theme: Path) -> None:
    assert bundle_scripts(small_theme) == ""


def test_the_script_of_the_theme_closes_every_brace_and_explains_nothing_to_readers() -> None:
    script = bundle_scripts()
    assert script.startswith("{\n")
    assert script.count("{") == script.count("}")
    assert re.findall(r"/\*|^//", script, flags=re.MULTILINE) == []


def test_the_style_sheet_of_a_page_is_at_most_6_kb_compressed() -> None:
    sizes = {name: len(gzip.compress(bundle_styles(of=name).encode(), mtime=0)) for name in ("", *bundles_apart())}
    assert {name: size for name, size in sizes.items() if size > 6_000} == {}


def test_the_styles_load_nothing_and_close_every_brace() -> None:
    css = bundle_styles()
    assert "url(" not in css
    assert "@import" not in css
    assert css.count("{") == css.count("}")


@pytest.mark.parametrize("path", sorted(THEME.rglob("*.css")), ids=lambda path: path.parent.name)
def test_styles_use_logical_properties_only(path: Path) -> None:
    assert (
        PHYSICAL.findall(re.sub(r"/\*.*?\*/|\([^)]*-width[^)]*\)", "", path.read_text("utf-8"), flags=re.DOTALL)) == []
    )


def luminance(colour: str) -> float:
    """Return the relative luminance of `#rgb` or `#rrggbb` (WCAG 2.2)."""
    digits = colour.lstrip("#")
    channels = [int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    linear = [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours, 1 to 21."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize("front", ["ink", "quiet", "accent"])
@pytest.mark.parametrize("back", ["paper", "raised"])
def test_every_text_colour_has_a_contrast_of_4_5_on_every_ground(scheme: int, front: str, back: str) -> None:
    css = (THEME / "base.css").read_text("utf-8")
    colours = {name: re.findall(rf"--{name}: (#[0-9a-f]{{6}});", css)[scheme] for name in (front, back)}
    assert contrast(colours[front], colours[back]) >= 4.5


@pytest.mark.parametrize("name", component_names())
def test_a_style_speaks_of_classes_that_some_template_or_script_has(name: str) -> None:
    style = THEME / "components" / name / "style.css"
    classes = set(re.findall(r"\.([a-z][\w-]*)", style.read_text("utf-8"))) if style.exists() else set()
    templates = "".join(path.read_text("utf-8") for path in THEME.rglob("*.html"))
    used = {word for value in re.findall(r'class="([^"]*)"', templates) for word in value.split()}
    scripts = "".join(path.read_text("utf-8") for path in THEME.rglob("behaviour.js"))
    used |= set(re.findall(r'classList\.add\("([a-z-]+)"\)', scripts)) | {f"look-{look}" for look in LOOKS}
    assert {word for word in classes - used if not word.startswith("alert")} == set()
