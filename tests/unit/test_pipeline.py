"""From a loaded project to the compiled site: editions, templates at work, texts of their own, and problems once each."""

from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from balise.catalogues import State
from balise.pipeline import Options, compile_site, summarise
from balise.problems import has_errors
from support.projects import CHANNELS, FIGURES, FOUND, SITE, TODAY, TOPIC, compile_project, load
from support.topics import HEAD, PAGE, PATH, catalogue, compile_topic, html_of, problems_of, states, topic

SITE_PO = "locales/fr/LC_MESSAGES/site.po"
PO = "locales/fr/pages/help/note.po"
META = {"title": ("A note", "Une note"), "description": ("What to note.", "Que noter.")}


def site_po(*pairs: tuple[str, str], fuzzy: bool = False) -> str:
    flag = "#, fuzzy\n" if fuzzy else ""
    head = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
    return head + "\n".join(f'{flag}msgid "{source}"\nmsgstr "{text}"\n' for source, text in pairs)


def test_every_page_is_compiled_in_every_edition_in_navigation_order(tmp_path: Path) -> None:
    site, problems = compile_project(tmp_path)
    assert problems == ()
    assert {tag: list(edition.pages) for tag, edition in site.editions.items()} == {
        tag: ["index", "help/index", "help/found-images"] for tag in ("fr", "nl", "en")
    }
    page = site.editions["fr"].pages["help/found-images"]
    assert (page.language, page.address, page.title.text, page.title.language) == (
        "fr",
        "fr/aide/images-trouvees/index.html",
        "I found images",
        "en",
    )


def test_problems_of_loading_and_compiling_come_together_sorted_by_place_and_each_once(tmp_path: Path) -> None:
    files = {
        "content/help/Bad Name.md": "x",
        "content/index.md": '---\ntype: topic\ntitle: Welcome\ndescription: First.\n---\nA.\n\n{{ figure("none") }}\n\n{{ x() }}\n',
        PATH: HEAD + "[x](nowhere.md)\n",
    }
    _, problems = compile_project(tmp_path, files)
    assert [(str(problem.location), problem.rule) for problem in problems] == [
        ("content/help/Bad Name.md", "file-name"),
        ("content/help/note.md:6:1", "link-broken"),
        ("content/index.md:8:1", "figure-unknown"),
        ("content/index.md:10:1", "call-unknown"),
    ]
    assert has_errors(problems)


def test_a_template_fills_sections_channels_and_its_own_words(tmp_path: Path) -> None:
    site, _ = compile_project(tmp_path, {SITE_PO: site_po(("Who can help", "Qui peut aider"))})
    french = LexborHTMLParser(site.editions["fr"].pages["help/found-images"].body.html)
    assert [(node.id, node.text()) for node in french.css("h2")] == [
        ("do", "What to do now"),
        ("contact", "Qui peut aider"),
        ("why", "Why it helps"),
    ]
    assert [node.text() for node in french.css(".channel-card h3")] == ["La ligne"]


@pytest.mark.parametrize(
    ("catalogue_text", "expected"),
    [
        (site_po(("Contact", "Contact")), "Contact"),
        (site_po(("Contact", "Joindre")), "Joindre"),
        (site_po(("Contact", "Joindre"), fuzzy=True), '<span lang="en" dir="ltr">Contact</span>'),
        (site_po(), '<span lang="en" dir="ltr">Contact</span>'),
    ],
)
def test_a_templates_word_without_a_translation_is_marked(tmp_path: Path, catalogue_text: str, expected: str) -> None:
    skeleton = '---\nlabel: Topic\n---\n{{ lead }}\n\n## {{ _("Contact") }} {#c}\n'
    site, _ = compile_topic(tmp_path, "Lead.\n", {"templates/topic.md": skeleton, SITE_PO: catalogue_text})
    assert str(topic(site, "fr").body.html).endswith(f'<h2 id="c">{expected}</h2>\n')
    assert str(topic(site, "en").body.html).endswith('<h2 id="c">Contact</h2>\n')


@pytest.mark.parametrize(
    ("language", "minutes", "expected"),
    [("en", "50", "50 minutes"), ("en", "1", "1 minute"), ("fr", "50", "50 minutes"), ("nl", "50", "50 minuten")],
)
def test_a_lessons_length_is_said_in_the_pages_language(
    tmp_path: Path, language: str, minutes: str, expected: str
) -> None:
    skeleton = "---\nlabel: Topic\nfields:\n  minutes: {kind: number}\n---\n{{ minutes(page.minutes) }}\n"
    files = {"templates/topic.md": skeleton, PATH: HEAD.replace("title", f"minutes: {minutes}\ntitle", 1) + "Lead.\n"}
    for name in ("index", "help/index"):
        files[f"content/{name}.md"] = f"---\ntype: topic\nminutes: 5\ntitle: {name}\ndescription: D.\n---\nX.\n"
    site, problems = compile_project(tmp_path, files)
    assert problems == ()
    assert str(topic(site, language).body.html) == f"<p>{expected}</p>\n"


def test_cards_lead_to_the_pages_of_the_section_in_the_edition(tmp_path: Path) -> None:
    files = {
        "templates/topic.md": TOPIC,
        "templates/section.md": "---\nlabel: Section\n---\n{{ lead }}\n\n{{ cards() }}\n",
        "content/help/index.md": "---\ntype: section\ntitle: Help\ndescription: Help.\n---\nText.\n",
        PO: catalogue(("Lead.", "Début."), meta=META),
    }
    site, problems = compile_topic(tmp_path, "Lead.\n", files)
    cards = LexborHTMLParser(site.editions["fr"].pages["help/index"].body.html).css(".cards li")
    assert problems == ()
    assert [
        (card.css_first("a").attributes["href"], card.css_first("a").html, card.css_first("p").html) for card in cards
    ] == [
        (
            "images-trouvees/",
            '<a href="images-trouvees/"><span lang="en" dir="ltr">I found images</span></a>',
            '<p><span lang="en" dir="ltr">What to do now.</span></p>',
        ),
        ("note/", '<a href="note/">Une note</a>', "<p>Que noter.</p>"),
    ]


def test_a_broken_template_is_reported_once_and_its_links_do_not_add_to_it(tmp_path: Path) -> None:
    files = {
        "templates/situation.md": "---\nlabel: S\nfields:\n  needs: {kind: list}\n---\n{{ lead }}\n{{ oops }}\n",
        PATH: HEAD + "See [there](found-images.md#do).\n",
    }
    _, problems = compile_project(tmp_path, files)
    assert [str(problem) for problem in problems] == [
        "templates/situation.md:7:1: error: the template cannot be filled: 'oops' is undefined [template-error]\n"
        "    fix: a template may use lead, section(…), rest(), cards(), doors(), channels(), directory(), page.… and _(…)"
    ]


def test_a_templates_call_that_finds_nothing_is_a_problem_of_the_page(tmp_path: Path) -> None:
    _, problems = compile_project(
        tmp_path, {"content/help/found-images.md": FOUND.replace("image-found", "own-image-shared")}
    )
    found = [problem for problem in problems if problem.rule == "channels-none"]
    assert [str(problem) for problem in found] == [
        "content/help/found-images.md:8:1: error: no channel may be shown for this call [channels-none]\n"
        "    fix: widen the call, or add a channel to the registry"
    ]


def test_changing_one_sentence_makes_that_unit_stale_and_leaves_the_rest(tmp_path: Path) -> None:
    units = (("Write down the date and the time.", "Notez la date et l’heure."), ("Then call.", "Puis appelez."))
    files: dict[str, str | bytes] = {PO: catalogue(*units, meta=META)}
    before = html_of(tmp_path / "a", "Write down the date and the time.\n\nThen call.\n", "fr", files)
    after = html_of(tmp_path / "b", "Write down the date and the exact time.\n\nThen call.\n", "fr", files)
    assert before == "<p>Notez la date et l’heure.</p>\n<p>Puis appelez.</p>"
    assert after == '<p><span class="stale">Notez la date et l’heure.</span></p>\n<p>Puis appelez.</p>'


def test_a_number_that_differs_from_the_sources_call_is_refused(tmp_path: Path) -> None:
    body = 'In short: {{ figure("reports-2023") }}\n'
    files: dict[str, str | bytes] = {
        PO: catalogue(('In short: {{ figure(\\"reports-2023\\") }}', "En bref : 2422."), meta=META)
    }
    site, problems = compile_topic(tmp_path, body, files)
    assert [(problem.rule, problem.message) for problem in problems] == [
        ("translation-broken", 'the translation loses "{{ figure("reports-2023") }}" and adds "2422"')
    ]
    assert "In short:" in topic(site, "fr").body.html


def test_a_page_may_be_written_in_another_language_than_the_site(tmp_path: Path) -> None:
    head = "---\ntype: topic\nlang: fr\ntitle: Une note\ndescription: Que noter.\n---\n"
    po = catalogue(("Début.", "Beginning."), meta={"title": ("Une note", "A note")})
    site, problems = compile_topic(tmp_path, "Début.\n", {"locales/en/pages/help/note.po": po}, head=head)
    assert problems == ()
    assert [str(topic(site, tag).body.html) for tag in ("fr", "en", "nl")] == [
        "<p>Début.</p>\n",
        "<p>Beginning.</p>\n",
        '<p><span lang="fr" dir="ltr">Début.</span></p>\n',
    ]


def test_a_text_of_its_own_replaces_the_translation_and_keeps_the_address(tmp_path: Path) -> None:
    own = "---\ntype: topic\ntitle: Iets anders\ndescription: Anders.\n---\nHier geldt iets anders.\n"
    site, problems = compile_topic(tmp_path, "Lead.\n", {"content/help/note.nl.md": own})
    page = topic(site, "nl")
    assert problems == ()
    assert (page.address, page.title.text, str(page.body.html), states(page)) == (
        "nl/hulp/note/index.html",
        "Iets anders",
        "<p>Hier geldt iets anders.</p>\n",
        {"current": 3},
    )
    assert topic(site, "en").title.text == "A note"


def test_faulty_calls_of_a_text_of_its_own_are_named_in_its_file(tmp_path: Path) -> None:
    own = '---\ntype: topic\ntitle: Iets\ndescription: Anders.\n---\nBel {{ phone("be-lin") }}.\n'
    found = problems_of(tmp_path, "Lead.\n", {"content/help/note.nl.md": own})
    assert [problem.partition(" [")[0] for problem in found] == [
        'content/help/note.nl.md:6:5: error: channel "be-lin" does not exist'
    ]


def test_the_place_of_a_call_is_counted_in_characters_of_the_file(tmp_path: Path) -> None:
    found = problems_of(tmp_path, "Lead.\n\nÉté 😀 {{ x() }}\n")
    assert [problem.partition(": error")[0] for problem in found] == ["content/help/note.md:8:7"]


@pytest.mark.parametrize(
    ("files", "today", "expected"),
    [
        (
            {"content/site.yml": SITE.replace("help: {BE: be-line}", "help: {BE: be-112}")},
            "2027-06-01",
            'content/site.yml:8:17: error: emergency of BE: channel "be-112" expired on 2027-05-21 [channel-expired]\n'
            "    fix: check the channel, then set `checked` and `expires` in the registry; or build with --allow-stale",
        ),
        (
            {"content/site.yml": SITE.replace("BE: be-line", "BE: be-new")},
            TODAY,
            'content/site.yml:9:12: error: help of BE: channel "be-new" is unconfirmed and never shown [channel-unconfirmed]\n'
            "    fix: confirm it by dialling or opening it, and note that in the registry; or use another channel",
        ),
        (
            {"content/site.yml": SITE.replace("BE: be-line", "BE: zz")},
            TODAY,
            'content/site.yml:9:12: error: help of BE: channel "zz" does not exist [channel-unknown]\n'
            "    fix: channels are listed in content/data/channels.yml",
        ),
    ],
)
def test_a_channel_of_the_help_bar_that_may_not_be_shown_is_a_problem(
    tmp_path: Path, files: dict[str, str], today: str, expected: str
) -> None:
    _, problems = compile_site(load(tmp_path, files), Options(today))
    found = [str(problem) for problem in problems if problem.location.path == "content/site.yml"]
    assert found[:1] == [expected]


EVERY_CALL = """\
{{ channel("be-line") }}

{{ channels(for="image-found") }}

Call {{ phone("be-line") }}, [write]({{ link("be-line") }}), {{ number("reports-2023") }}.

{{ figure("reports-2023") }}
"""


@pytest.mark.parametrize(
    ("name", "old", "new", "problem"),
    [
        ("channels", 'phone: "116000"', "phone: 116-000", '"phone"'),
        ("channels", "kind: helpline", "kind: help-line", '"kind"'),
        ("figures", 'value: "2421"', "value: many", '"value"'),
        ("figures", "confidence: high", "confidence: hi", '"confidence"'),
    ],
)
def test_a_record_with_one_bad_field_is_one_problem_wherever_it_is_called(
    tmp_path: Path, name: str, old: str, new: str, problem: str
) -> None:
    source = {"channels": CHANNELS, "figures": FIGURES}[name]
    path = f"content/data/{name}.yml"
    _, problems = compile_topic(tmp_path, EVERY_CALL, {path: source.replace(old, new, 1)})
    [found] = problems
    assert (found.location.path, found.rule) == (path, "data-invalid")
    assert found.message.startswith(problem)


def test_a_file_with_problems_hides_no_mistake_that_is_not_its_own(tmp_path: Path) -> None:
    files = {"content/data/channels.yml": CHANNELS.replace("kind: helpline", "kind: help-line", 1)}
    found = problems_of(tmp_path, 'Call {{ phone("be-line") }}.\n\n{{ figure("none") }}\n', files)
    assert [line.split(": ")[2] for line in found] == [
        '"kind" cannot be "help-line" [data-invalid]\n    fix',
        'figure "none" does not exist [figure-unknown]\n    fix',
    ]


def test_old_facts_may_be_shown_on_demand(tmp_path: Path) -> None:
    project = load(tmp_path)
    assert compile_site(project, Options("2027-06-01", allow_stale=True))[1] == ()
    assert {problem.rule for problem in compile_site(project, Options("2027-06-01"))[1]} == {"channel-expired"}


def test_an_unconfirmed_channel_is_on_no_page(tmp_path: Path) -> None:
    files = {"templates/situation.md": "---\nlabel: S\nfields:\n  needs: {kind: list}\n---\n{{ directory() }}\n"}
    site, _ = compile_project(tmp_path, files)
    pages = [page for edition in site.editions.values() for page in edition.pages.values()]
    assert "The new line" in CHANNELS
    assert [page.address for page in pages if "new line" in page.body.html or "tel:142" in page.body.html] == []


def test_the_summary_counts_pages_and_units_by_state(tmp_path: Path) -> None:
    units = (("One.", "Un."), ("Two words.", "Deux mots.", "Two old words."), ("Three.", "Trois 3."))
    site, _ = compile_topic(tmp_path, "One.\n\nTwo words.\n\nThree.\n\nFour.\n", {PO: catalogue(*units, meta=META)})
    summary = summarise(site)
    others = sum(page.translated.total for name, page in site.editions["fr"].pages.items() if name != PAGE)
    assert dict(summary.pages) == {"fr": 4, "nl": 4, "en": 4}
    assert summary.units["fr"] == {State.CURRENT: 3, State.STALE: 1, State.MISSING: 1 + others, State.REFUSED: 1}
    assert summary.units["en"] == {State.CURRENT: 6 + others, State.STALE: 0, State.MISSING: 0, State.REFUSED: 0}
