"""A site's own colour and logo: what is refused and with which words, and the style that comes of it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from balise.brand import NEEDED, Logo, load_schemes
from balise.colour import Colour, contrast, lightness_of, parse_colour
from balise.components import THEME, bundle_styles
from balise.pipeline import Options
from balise.project import load_project
from balise.site import Listing
from balise.site_config import BrokenProjectError
from balise.views import SiteViews
from support.pictures import AVIF, jpeg, png, webp
from support.projects import SITE, TODAY, load, write_project

LIGHT, DARK = load_schemes()
BYTES = st.integers(0, 255)
COLOURS = st.builds(Colour, BYTES, BYTES, BYTES)
PLAIN = bundle_styles(without=("site-logo",))
"""The style of a site without a logo."""
NOTHING: dict[str, dict[str, Listing]] = {"fr": {}, "nl": {}, "en": {}}


def refusal(root: Path, brand: str) -> list[str]:
    """Return what is wrong with a site.yml that ends with these lines."""
    write_project(root, {"content/site.yml": SITE + brand})
    with pytest.raises(BrokenProjectError) as broken:
        load_project(root)
    return [str(problem).replace("\n    fix:", " | fix:") for problem in broken.value.problems]


def style(root: Path, brand: str) -> str:
    """Return what a site.yml that ends with these lines adds to the style sheet."""
    project = load(root, {"content/site.yml": SITE + brand})
    assert project.problems == ()
    return SiteViews(project, NOTHING, Options(TODAY), "").bundles["*"][0].content.removeprefix(PLAIN)


def logo_faults(root: Path, name: str, content: bytes, key: str = "logo") -> list[str]:
    site = SITE + f"brand:\n  {key}: {name}\n"
    found = load(root, {"content/site.yml": site, f"content/assets/{name}": content}).problems
    return [str(problem).replace("\n    fix:", " | fix:") for problem in found]


def test_the_themes_own_accent_passes_on_light_and_on_dark_pages() -> None:
    for scheme in (LIGHT, DARK):
        assert scheme.passes(scheme.colours["accent"])
        assert {pair.kind for pair in scheme.pairs} == set(NEEDED)


def test_every_token_of_a_pair_has_a_colour_and_the_two_schemes_differ() -> None:
    tokens = {token for pair in LIGHT.pairs for token in (pair.front, pair.ground)}
    assert tokens <= set(LIGHT.colours)
    assert [token for token in tokens if LIGHT.colours[token] == DARK.colours[token]] == []


def test_no_rule_of_the_theme_has_a_ground_that_the_pairs_leave_out() -> None:
    grounds = set()
    for path in THEME.rglob("*.css"):
        grounds |= set(re.findall(r"background: var\(--([\w-]+)\)", path.read_text("utf-8")))
    known = {pair.ground for pair in LIGHT.pairs}
    assert grounds - known == {"ink"}, "the exit bar, whose link has its own colour"


def test_an_accent_takes_the_place_of_the_themes_in_its_own_layer(tmp_path: Path) -> None:
    found = style(tmp_path, 'brand: {accent: "#7A1F5C", accent_dark: "#ffa0d8"}\n')
    assert found == (
        "@layer base{:root{--accent:#7a1f5c;--wash:#efe0e3}"
        "@media (prefers-color-scheme:dark){:root{--accent:#ffa0d8;--wash:#302629}}}\n"
    )


def test_without_a_brand_the_style_sheet_is_the_themes(tmp_path: Path) -> None:
    assert style(tmp_path, "") == ""


@pytest.mark.parametrize(
    ("brand", "accents"),
    [
        ('{accent: "#7a1f5c"}', ["#7a1f5c", "#ffa0d8"]),
        ('{accent_dark: "#8bd3cc"}', ["#005651", "#8bd3cc"]),
        ('{accent: "#000"}', ["#000000", "#c3c3c3"]),
    ],
)
def test_the_accent_that_is_not_given_is_a_tone_of_the_other(tmp_path: Path, brand: str, accents: list[str]) -> None:
    assert re.findall(r"--accent:(#\w+)", style(tmp_path, f"brand: {brand}\n")) == accents


@given(COLOURS)
def test_a_tone_that_is_chosen_always_passes(colour: Colour) -> None:
    for scheme in (LIGHT, DARK):
        found = scheme.tone_of(colour)
        colours = scheme.with_accent(found)
        for pair in scheme.pairs:
            assert contrast(colours[pair.front], colours[pair.ground]) >= NEEDED[pair.kind]


@given(COLOURS)
def test_the_nearest_tone_of_a_colour_that_passes_is_that_colour(colour: Colour) -> None:
    near = LIGHT.nearest(colour, lightness_of(colour))
    if LIGHT.passes(colour) and LIGHT.passes(near):
        assert all(abs(a - b) <= 1 for a, b in zip(vars(near).values(), vars(colour).values(), strict=True))


@pytest.mark.parametrize(
    ("brand", "wrong"),
    [
        (
            'brand:\n  accent: "#e0559f"\n',
            "content/site.yml:11:11: error: accent #e0559f and #fce8ec (the numbers of steps, light) have a contrast of"
            ' 2.99; text needs 4.5 [brand-contrast] | fix: the nearest tone of the same hue that passes is "@"',
        ),
        (
            'brand:\n  accent: "#7a1f5c"\n  accent_dark: "#7a1f5c"\n',
            "content/site.yml:12:16: error: accent_dark #7a1f5c and #35261c (links in the urgent box, dark) have a contrast"
            ' of 1.50; text needs 4.5 [brand-contrast] | fix: the nearest tone of the same hue that passes is "@"',
        ),
    ],
)
def test_a_colour_that_cannot_be_read_is_told_with_both_colours_and_a_way_out(
    tmp_path: Path, brand: str, wrong: str
) -> None:
    (found,) = refusal(tmp_path, brand)
    said, better = re.sub(r'"#\w{6}"$', '"@"', found), parse_colour(found[-8:-1])
    assert said == wrong
    assert better
    assert (DARK if "accent_dark" in wrong else LIGHT).passes(better)


@pytest.mark.parametrize(
    ("brand", "wrong"),
    [
        (
            "brand: {accent: red}\n",
            '10:17: error: accent "red" is not a colour [brand-colour]'
            ' | fix: write # and three or six hexadecimal digits, in quotes: "#7a1f5c"',
        ),
        (
            'brand: {accent: "#fff;}body{display:none"}\n',
            '10:17: error: accent "#fff;}body{display:none" is not a colour [brand-colour]'
            ' | fix: write # and three or six hexadecimal digits, in quotes: "#7a1f5c"',
        ),
        (
            "brand:\n  accent: #7a1f5c\n",
            '11:10: error: "accent" is empty [data-invalid] | fix: put the colour in quotes, as in "#7a1f5c":'
            " without them, # begins a comment",
        ),
        (
            'brand: {colour: "#7a1f5c"}\n',
            '10:9: error: unknown key "colour" in brand [unknown-key] | fix: known keys: accent, accent_dark, logo, logo_dark',
        ),
        (
            "brand: blue\n",
            '10:8: error: "brand" must be keys and values [data-invalid] | fix: write `key: value` lines',
        ),
        ("font: comic\n", '10:7: error: "font" is "comic" [data-invalid] | fix: allowed: atkinson'),
    ],
)
def test_what_site_yml_says_of_its_look_is_held_to_a_list(tmp_path: Path, brand: str, wrong: str) -> None:
    assert refusal(tmp_path, brand) == [f"content/site.yml:{wrong}"]


@pytest.mark.parametrize(
    ("name", "content", "logo"),
    [
        ("logo.png", png(80, 40), Logo("assets/logo.png", 80, 40)),
        ("a/logo.jpeg", jpeg(90, 30), Logo("assets/a/logo.jpeg", 90, 30)),
        ("logo.webp", webp(31, 17), Logo("assets/logo.webp", 31, 17)),
        ("Logo.AVIF", AVIF, Logo("assets/Logo.AVIF", 12, 5)),
    ],
)
def test_a_logo_is_known_with_its_size(tmp_path: Path, name: str, content: bytes, logo: Logo) -> None:
    project = load(
        tmp_path, {"content/site.yml": SITE + f"brand: {{logo: {name}}}\n", f"content/assets/{name}": content}
    )
    assert (project.problems, project.site.brand.logo) == ((), logo)


@pytest.mark.parametrize(
    ("name", "content", "wrong"),
    [
        (
            "logo.gif",
            b"GIF89a",
            'error: logo "logo.gif" is no PNG, JPEG, WebP or AVIF [brand-logo] | fix: export it as PNG or WebP',
        ),
        (
            "logo.png",
            b"<svg width='4' height='4'/>",
            'error: logo "logo.png" does not hold a picture as its name says [brand-logo]'
            " | fix: export it as PNG or WebP again",
        ),
        (
            "logo.png",
            png(80, 40, padding=100_000),
            'error: logo "logo.png" is larger than 100,000 bytes [brand-logo]'
            " | fix: make it smaller: 120 pixels of height are enough",
        ),
    ],
)
def test_a_logo_that_cannot_be_shown_is_refused_where_it_is_named(
    tmp_path: Path, name: str, content: bytes, wrong: str
) -> None:
    assert logo_faults(tmp_path, name, content) == [f"content/site.yml:11:9: {wrong}"]


@pytest.mark.parametrize("name", ["logo.png", "../site.png", "/etc/logo.png"])
def test_a_logo_outside_the_assets_does_not_exist(tmp_path: Path, name: str) -> None:
    project = load(
        tmp_path, {"content/site.yml": SITE + f"brand: {{logo: {name}}}\n", "content/assets/loga.png": png(4, 4)}
    )
    (problem,) = project.problems
    assert (problem.rule, problem.message) == ("brand-logo", f'logo "{name}" does not exist')
    assert problem.hint.endswith("put it into content/assets/")
    assert ('did you mean "loga.png"' in problem.hint) == (name != "../site.png")


def test_a_logo_for_dark_pages_alone_is_refused(tmp_path: Path) -> None:
    assert logo_faults(tmp_path, "dark.png", png(4, 4), "logo_dark") == [
        "content/site.yml:11:3: error: there is a logo for dark pages alone [brand-logo] | fix: add `logo`"
    ]


def test_a_discreet_site_has_no_brand_and_says_so(tmp_path: Path) -> None:
    site = SITE + 'discreet: yes\nbrand: {accent: "#7a1f5c", logo: logo.png}\n'
    project = load(tmp_path, {"content/site.yml": site, "content/assets/logo.png": png(4, 4)})
    assert [str(problem).replace("\n    fix:", " | fix:") for problem in project.problems] == [
        "content/site.yml:11:1: warning: a discreet site shows no logo and no colour of its own [brand-discreet]"
        " | fix: remove `brand`, or `discreet`"
    ]
    views = SiteViews(project, NOTHING, Options(TODAY), "")
    assert (views.bundles["*"][0].content, views.chooser().logo) == (PLAIN, None)


def test_each_page_finds_the_logo_from_where_it_stands(tmp_path: Path) -> None:
    site = SITE + "brand: {logo: my logo.png, logo_dark: dark.png}\n"
    files = {"content/assets/my logo.png": png(80, 40), "content/assets/dark.png": png(60, 40)}
    views = SiteViews(
        load(tmp_path, {"content/site.yml": site, **files}), NOTHING, Options(TODAY), "https://x.example/"
    )
    here, below, missing = views.chooser(), views.index_page("fr"), views.chooser("404.html", missing=True)
    assert [view.logo and view.logo.url for view in (here, below, missing)] == [
        "assets/my%20logo.png",
        "../../assets/my%20logo.png",
        "/assets/my%20logo.png",
    ]
    assert below.logo
    assert (below.logo.dark_url, below.logo.dark_width, below.logo.dark_height) == ("../../assets/dark.png", 60, 40)
