"""The preview without a server: what it answers, what it keeps, and what it says when something breaks."""

from __future__ import annotations

from pathlib import Path

import pytest
from markupsafe import Markup

from balise.lint.rule import load_rules
from balise.problems import Location, Problem, Severity, error, warning
from balise.serving import preview as module
from balise.serving.overlay import inject, render_problems
from balise.serving.preview import Preview
from support.gate_projects import TERMS
from support.pictures import png
from support.projects import FOUND, SITE, SITUATION, write_project

PAGE = "content/help/found-images.md"
PO = "locales/fr/pages/help/found-images.po"
TERMS_PATH = "content/data/terms.yml"
PO_HEAD = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n'
REFUSED = '\nmsgctxt "c"\nmsgid "Read [the help page](index.md) again."\nmsgstr "Relis."\n'


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795219200")
    return write_project(tmp_path / "project")


def body(preview: Preview, path: str, query: str = "") -> str:
    return preview.answer(path, query).body.decode()


def test_pages_an_edit_does_not_touch_are_not_rendered_again(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    preview = Preview(root / "mkdocs.yml")
    preview.rebuild()
    rendered: list[str] = []
    render = module.render_page
    monkeypatch.setattr(
        module, "render_page", lambda view, words: rendered.append(view.title.text) or render(view, words)
    )
    for path in ("en/help/", "en/help/found-images/"):
        body(preview, path)
    (root / PAGE).write_text(FOUND + "\nMore.\n")
    preview.rebuild([root / PAGE])
    for path in ("en/help/", "en/help/found-images/", "en/help/found-images/"):
        body(preview, path)
    assert rendered == ["Help", "I found images", "I found images"]


def test_an_edit_after_a_failed_one_shows_both(root: Path) -> None:
    preview = Preview(root / "mkdocs.yml")
    preview.rebuild()
    body(preview, "en/help/found-images/")
    (root / PAGE).write_text(FOUND.replace("be-line", "be-lime").replace("Close", "Shut"))
    assert preview.rebuild([root / PAGE]).failed
    (root / "content/help/index.md").write_text((root / "content/help/index.md").read_text() + "\nMore.\n")
    assert preview.rebuild([root / "content/help/index.md"]).failed
    assert "Close the page." in body(preview, "en/help/found-images/")
    (root / PAGE).write_text(FOUND.replace("Close", "Shut"))
    assert not preview.rebuild([root / PAGE]).failed
    assert "Shut the page." in body(preview, "en/help/found-images/")
    assert "More." in body(preview, "en/help/")


def test_a_warning_is_shown_on_its_own_page_alone_and_does_not_stop_the_build(root: Path) -> None:
    write_project(root, {PO: PO_HEAD + REFUSED})
    preview = Preview(root / "mkdocs.yml")
    assert not preview.rebuild().failed
    assert "<details><summary>1 warning. </summary>" in body(preview, "fr/aide/images-trouvees/")
    assert "balise-problems" not in body(preview, "fr/aide/")
    assert "balise-problems" not in body(preview, "en/help/found-images/")


def test_under_strict_a_warning_stops_the_build(root: Path) -> None:
    write_project(root, {PO: PO_HEAD + REFUSED})
    preview = Preview(root / "mkdocs.yml", strict=True)
    assert preview.rebuild().failed
    assert preview.answer("fr/aide/").status == 503


def test_an_edit_of_the_theme_is_read_again(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    forgotten: list[bool] = []
    monkeypatch.setattr(module, "forget_theme", lambda: forgotten.append(True))
    preview = Preview(root / "mkdocs.yml")
    preview.rebuild()
    preview.rebuild([module.THEME / "main.html"])
    assert forgotten == [True]


@pytest.mark.parametrize(
    "files, shown",
    [
        ({"mkdocs.yml": "a: ["}, "mkdocs.yml cannot be read"),
        ({"mkdocs.yml": "plugins: [balise]\ndocs_dir: gone\n"}, "gone/site.yml does not exist"),
        ({"templates/situation.md": SITUATION.replace("{{ lead }}", "{{ led }}")}, "templates/situation.md:9:1"),
    ],
)
def test_what_stops_a_build_is_shown_and_the_next_one_starts_fresh(
    root: Path, files: dict[str, str | bytes | None], shown: str
) -> None:
    preview = Preview(root / "mkdocs.yml")
    preview.rebuild()
    kept = {name: (root / name).read_text() for name in files}
    write_project(root, files)
    assert preview.rebuild([root / name for name in files]).failed
    assert shown in body(preview, "en/help/found-images/")
    for name, text in kept.items():
        (root / name).write_text(text)
    assert not preview.rebuild([root / name for name in files]).failed


def test_a_bug_does_not_end_the_preview(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    preview = Preview(root / "mkdocs.yml")
    preview.rebuild()
    monkeypatch.setattr(module, "load_project", lambda *_, **__: 1 / 0)
    report = preview.rebuild()
    assert "ZeroDivisionError" in report.trace
    assert "this is a bug in balise: ZeroDivisionError" in body(preview, "en/help/")
    assert "Traceback" not in body(preview, "en/help/")


def test_a_former_address_leads_on_as_published(root: Path) -> None:
    write_project(root, {PAGE: FOUND.replace("needs:", "former: {en: old-name}\nneeds:")})
    preview = Preview(root / "mkdocs.yml")
    preview.rebuild()
    assert 'content="0; url=../found-images/"' in body(preview, "en/help/old-name/")


def test_the_overlay_escapes_what_authors_typed() -> None:
    problem = error("x", "<script>alert(1)</script>", Location("content/<b>.md", 3, 4), '"&"')
    html = str(render_problems([problem], failed=True, ending="Old."))
    assert "<details open><summary>1 error. Old.</summary>" in html
    assert "<code>content/&lt;b&gt;.md:3:4</code>" in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html
    assert "fix: &#34;&amp;&#34;" in html


def test_errors_come_first_and_a_long_list_is_cut() -> None:
    problems = [
        *(warning("w", f"w{number}", Location("a", number)) for number in range(30)),
        error("e", "e", Location("b")),
    ]
    note = Problem(Severity.ADVICE, "n", "n", Location("0"))
    html = str(render_problems([note, *problems], failed=False))
    assert '<summary>1 error, 30 warnings, 1 note. </summary><ol><li class="balise-error">' in html
    assert html.count("<li") == 20
    assert "The terminal shows all of them." in html
    assert render_problems([], failed=False) == Markup()


def test_a_page_without_a_head_stays_as_it_is() -> None:
    assert inject("<p>x</p>", "/", "1", Markup("y")) == "<p>x</p>"


def test_a_new_logo_is_measured_again_and_the_typeface_is_served(root: Path) -> None:
    logo, site = root / "content/assets/logo.png", root / "content/site.yml"
    logo.parent.mkdir()
    logo.write_bytes(png(80, 40, padding=200_000))
    site.write_text(SITE + "brand: {logo: logo.png}\nfont: atkinson\n")
    preview = Preview(root / "mkdocs.yml")
    assert preview.rebuild().failed
    logo.write_bytes(png(80, 40))
    assert not preview.rebuild([logo]).failed
    logo.write_bytes(png(90, 40))
    preview.rebuild([logo])
    assert 'src="../assets/logo.png" width="90"' in body(preview, "en/")
    build = preview.showing.build
    assert build
    fonts = [preview.answer(address) for address in build.views.font.files]
    assert {(answer.status, answer.type) for answer in fonts} == {(200, "font/woff2")}


def test_the_preview_keeps_no_page_and_serves_no_worker(root: Path) -> None:
    (root / "content/site.yml").write_text(SITE + "offline: yes\n")
    preview = Preview(root / "mkdocs.yml")
    assert not preview.rebuild().failed
    build = preview.showing.build
    assert build
    assert [of for of, (_, script) in build.views.bundles.items() if "serviceWorker" in script.content] == []
    assert preview.answer("worker.js").status == 404
    assert "Some of its pages stay on this device" in body(preview, "en/")


PLUM = FOUND.replace("Close the page.", "Close the ripe plum.")
FINDING = (
    '<li class="balise-error"><code>content/help/found-images.md:13:14</code>'
    ' <a href="/_balise/rules.html#ripe-plum">ripe-plum</a>'
    "<br>error: the text says &#34;ripe plum&#34;<br>fix: write: apple. Plums stain.</li>"
)


def test_what_the_gate_finds_is_shown_on_its_page_with_the_way_to_the_rule(root: Path) -> None:
    write_project(root, {TERMS_PATH: TERMS, PAGE: PLUM})
    preview = Preview(root / "mkdocs.yml")

    assert not preview.rebuild().failed
    assert FINDING in body(preview, "en/help/found-images/")
    assert "ripe-plum" not in body(preview, "en/help/")


def test_an_edit_that_mends_a_text_takes_the_finding_away_and_back(root: Path) -> None:
    write_project(root, {TERMS_PATH: TERMS, PAGE: PLUM})
    preview = Preview(root / "mkdocs.yml")
    preview.rebuild()
    shown = []
    for text in (FOUND, PLUM, PLUM.replace("needs:", "allow: [{rule: ripe-plum, reason: A name.}]\nneeds:")):
        (root / PAGE).write_text(text)
        preview.rebuild([root / PAGE])
        shown.append("ripe-plum" in body(preview, "en/help/found-images/"))

    assert shown == [False, True, False]


def test_a_finding_in_a_translation_is_shown_in_its_edition(root: Path) -> None:
    words = PO_HEAD + '\nmsgctxt "c"\nmsgid "This is not your fault."\nmsgstr "Une prune m\u00fbre."\n'
    write_project(root, {TERMS_PATH: TERMS, PO: words})
    preview = Preview(root / "mkdocs.yml")
    preview.rebuild()

    shown = {
        address: "#ripe-plum" in body(preview, address)
        for address in ("fr/aide/images-trouvees/", "en/help/found-images/")
    }

    assert shown == {"fr/aide/images-trouvees/": True, "en/help/found-images/": False}


def test_a_problem_that_is_no_rule_of_the_gate_leads_nowhere(root: Path) -> None:
    write_project(root, {PO: PO_HEAD + REFUSED})
    preview = Preview(root / "mkdocs.yml")
    preview.rebuild()

    shown = body(preview, "fr/aide/images-trouvees/")

    assert "<details><summary>1 warning. " in shown
    assert "rules.html" not in shown


def test_the_manual_of_the_rules_can_be_opened_at_each_rule(root: Path) -> None:
    write_project(root, {TERMS_PATH: TERMS})
    preview = Preview(root / "mkdocs.yml")
    preview.rebuild()

    answer = preview.answer("_balise/rules.html")

    text = answer.body.decode()
    assert (answer.status, answer.type) == (200, "text/html; charset=utf-8")
    assert [name for name in (*load_rules(), "ripe-plum", "sour-cherry") if f'id="{name}"' not in text] == []
    assert "Plums stain." in text


def test_before_there_is_a_build_there_is_no_manual(root: Path) -> None:
    write_project(root, {PAGE: FOUND.replace("be-line", "be-lime")})
    preview = Preview(root / "mkdocs.yml")
    preview.rebuild()

    assert preview.answer("_balise/rules.html").status == 404
