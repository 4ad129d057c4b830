"""What an author can get wrong: one clear problem with its place and its fix, and the published site stays as it is."""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path

import pytest

from support.commands import Outcome, Terminal, balise_process, run
from support.projects import CHANNELS, FIGURES, FOUND, HOME, INDEX, SITE, TOPIC, write_project
from support.published import tree_hash

Files = dict[str, "str | bytes | None"]
PAGE = "content/help/found-images.md"
CATALOGUE = "locales/fr/pages/help/found-images.po"
KEYS = "allow, audience, critical, description, draft, former, lang, needs, next_review, noindex, order, printed, reviewed, reviewed_by, short, slug, title, type"
CALLS_ONLY = "only calls are allowed in content [jinja-expression]"
WRITE_A_CALL = 'write a call with plain arguments, such as {{ figure("cf-reports-2023") }}'
QUOTE_A_COLON = 'a text that holds a colon needs double quotes: title: "Two words: and more"'
CLOSE_THE_QUOTE = "a text that begins with a quote mark must end with one; put double quotes round it"
CHECK_QUOTES = "check indentation, colons and quotes on this line and the one before"


def page(old: str, new: str) -> Files:
    """Return the page about found images with one thing changed."""
    assert FOUND.count(old) == 1
    return {PAGE: FOUND.replace(old, new)}


def call(expression: str) -> Files:
    """Return the page about found images with this where it names a phone number."""
    return page('{{ phone("be-line") }}', expression)


UNREADABLE = ("yaml-syntax", "yaml-duplicate", "unknown-key", "unknown-type", "encoding")
CONFLICT = """\
<<<<<<< ours
msgctxt "meta.title"
msgid "I found images"
msgstr "J’ai trouvé des images"
=======
msgctxt "meta.title"
msgid "I found images"
msgstr "J’ai vu des images"
>>>>>>> theirs
"""
TWICE = """\
msgid ""
msgstr "Content-Type: text/plain; charset=UTF-8\\n"

msgctxt "meta.title"
msgid "I found images"
msgstr "J’ai trouvé des images"

msgctxt "meta.title"
msgid "I found pictures"
msgstr "J’ai vu des images"
"""

CASES: dict[str, tuple[Files, str, str]] = {
    "a channel that does not exist": (
        call('{{ phone("be-lin") }}'),
        f'{PAGE}:14:9: error: channel "be-lin" does not exist [channel-unknown]',
        'did you mean "be-line"? channels are listed in content/data/channels.yml',
    ),
    "a figure that does not exist": (
        page("reports-2023", "reports-2032"),
        f'{PAGE}:18:11: error: figure "reports-2032" does not exist [figure-unknown]',
        'did you mean "reports-2023"? figures are listed in content/data/figures.yml',
    ),
    "a page type that does not exist": (
        page("type: situation", "type: situaton"),
        f'{PAGE}:2:7: error: page type "situaton" does not exist [unknown-type]',
        'did you mean "situation"? page types: situation, topic',
    ),
    "a catalogue with merge conflict marks": (
        {CATALOGUE: CONFLICT},
        f"{CATALOGUE}:1:1: error: a merge conflict is left in the PO file [po-syntax]",
        "choose one side",
    ),
    "a catalogue with a quote left open": (
        {CATALOGUE: TWICE.removesuffix('"\n') + "\n"},
        f"{CATALOGUE}:10:1: error: the PO file is broken [po-syntax]",
        "mend quotes, keywords or merge conflict marks on this line; `msgfmt -c` shows more",
    ),
    "a catalogue that a merge gave one id twice": (
        {CATALOGUE: TWICE},
        f'{CATALOGUE}:8:1: error: msgctxt "meta.title" stands twice [po-duplicate]',
        "keep one of the two; the first is on line 4",
    ),
    "broken YAML in front matter": (
        page("title: I found images", "title: I found: images"),
        f"{PAGE}:3:15: error: the YAML is broken: mapping values are not allowed in this context [yaml-syntax]",
        QUOTE_A_COLON,
    ),
    "broken YAML in site.yml": (
        {"content/site.yml": SITE.replace("nl, en]", "nl, en")},
        "content/site.yml:4:10: error: the YAML is broken: did not find expected ',' or ']' [yaml-syntax]",
        CHECK_QUOTES,
    ),
    "broken YAML in a data file": (
        {"content/data/terms.yml": "terms:\n  - id: 'child\n"},
        "content/data/terms.yml:2:9: error: the YAML is broken: found unexpected end of stream [yaml-syntax]",
        CLOSE_THE_QUOTE,
    ),
    "a national number without quotes where an international one belongs": (
        {"content/data/channels.yml": CHANNELS.replace('phone: "142"\n    short: "yes"', "phone: 0471234567")},
        'content/data/channels.yml:59:12: error: "phone": "0471234567" is not an international phone number [data-invalid]',
        "write + and the country code, digits only",
    ),
    "a key that stands twice in front matter": (
        page("title: I found images", "title: I found images\ntitle: I saw images"),
        f'{PAGE}:4:1: error: key "title" stands twice [yaml-duplicate]',
        "keep one of the two; the first is on line 3",
    ),
    "a key that stands twice in site.yml": (
        {"content/site.yml": SITE + "name: Another name\n"},
        'content/site.yml:10:1: error: key "name" stands twice [yaml-duplicate]',
        "keep one of the two; the first is on line 1",
    ),
    "an unknown key in front matter": (
        page("needs: [image-found]", "needs: [image-found]\nshrt: Found"),
        f'{PAGE}:7:1: error: unknown key "shrt" in front matter [unknown-key]',
        f'did you mean "short"? known keys: {KEYS}',
    ),
    "a required section that is missing": (
        page("## What to do now {#do}", "## What to do now {#now}"),
        f'{PAGE}:8:1: error: a page of type situation needs the section "do" [section-missing]',
        "add a heading such as `## … {#do}`",
    ),
    "a lead that is missing": (
        page("This is not your fault.\n\n", ""),
        f'{PAGE}:8:1: error: a page of type situation needs the section "lead" [section-missing]',
        "write a short paragraph before the first heading",
    ),
    "two pages with one slug": (
        {"content/help/other.md": HOME.replace("type: topic", "type: topic\nslug: {fr: images-trouvees}")},
        'content/help/other.md:3:7: error: address "/fr/aide/images-trouvees/" is taken by '
        "content/help/found-images.md [address-twice]",
        "give one of the two pages another slug for fr",
    ),
    "a link to a page that does not exist": (
        page("(index.md)", "(found-image.md)"),
        f'{PAGE}:20:6: error: link to "found-image.md": no such page [link-broken]',
        'did you mean "found-images.md"?',
    ),
    "a link to a heading that does not exist": (
        page("(index.md)", "(#wy)"),
        f'{PAGE}:20:6: error: link to "#wy": the page has no heading "wy" [anchor-broken]',
        'did you mean "why"? give the heading that id: `## … {#id}`',
    ),
    "a link to a heading that another page does not have": (
        page("(index.md)", "(../index.md#people)"),
        f'{PAGE}:20:6: error: link to "../index.md#people": the page has no heading "people" [anchor-broken]',
        "give the heading that id: `## … {#id}`",
    ),
    "a link to a file that does not exist": (
        page("(index.md)", "(../assets/sheet.pdf)"),
        f'{PAGE}:20:6: error: link to "../assets/sheet.pdf": no such file [link-broken]',
        "put the file into content/assets/ and link it by its path",
    ),
    "bytes that are not UTF-8 on a page": (
        {PAGE: FOUND.encode().replace(b"fault", b"faul\xe9t")},
        f"{PAGE}:9:22: error: byte 0xe9 is not valid UTF-8 [encoding]",
        "save the file as UTF-8",
    ),
    "bytes that are not UTF-8 in site.yml": (
        {"content/site.yml": SITE.encode().replace(b"Test site", b"Test \xffsite")},
        "content/site.yml:1:12: error: byte 0xff is not valid UTF-8 [encoding]",
        "save the file as UTF-8",
    ),
    "an attribute trick on a function": (
        call("{{ phone.__globals__ }}"),
        f"{PAGE}:14:9: error: {CALLS_ONLY}",
        WRITE_A_CALL,
    ),
    "an attribute trick on a text": (
        call('{{ "".__class__.__mro__[1].__subclasses__() }}'),
        f"{PAGE}:14:9: error: {CALLS_ONLY}",
        WRITE_A_CALL,
    ),
    "an attribute trick through a filter": (
        call('{{ ""|attr("__class__") }}'),
        f"{PAGE}:14:9: error: {CALLS_ONLY}",
        WRITE_A_CALL,
    ),
    "an attribute trick in a template": (
        {"templates/topic.md": TOPIC.replace("{{ lead }}", "{{ lead.__class__ }}")},
        "templates/topic.md:6:1: error: the template cannot be filled: access to attribute '__class__' of 'Plain' object "
        "is unsafe. [template-error]",
        "a template may use lead, section(…), rest(), cards(), doors(), channels(), directory(), page.… and _(…)",
    ),
    "a power that never ends": (call("{{ 9**9**9**9 }}"), f"{PAGE}:14:9: error: {CALLS_ONLY}", WRITE_A_CALL),
    "a text without end": (call('{{ "a" * 999999999 }}'), f"{PAGE}:14:9: error: {CALLS_ONLY}", WRITE_A_CALL),
    "a nesting without end": (
        call("{{ " + "(" * 5000 + "1" + ")" * 5000 + " }}"),
        f"{PAGE}:14:9: error: the expression is longer than 300 characters [jinja-expression]",
        WRITE_A_CALL,
    ),
    "a loop": (
        page("2. Call", "2. {% for i in range(999999999) %} Call"),
        f'{PAGE}:14:4: error: tag "for" is not allowed in content [jinja-tag]',
        "allowed: if, else, endif",
    ),
    "a call that is not closed": (
        call('{{ phone("be-line"'),
        f'{PAGE}:14:9: error: "{{{{" has no counterpart on its line [jinja-open]',
        "write each call on one line, as {{ name(…) }}; for the plain characters use a code span without braces",
    ),
}


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The smallest project with its site built, to be copied."""
    root = write_project(tmp_path_factory.mktemp("published") / "project")
    assert run(balise_process("build"), root).code == 0
    return root


@pytest.fixture
def author(published: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Terminal:
    """An author whose site is published."""
    return Terminal(Path(shutil.copytree(published, tmp_path / "project")), capsys)


def refused(problem: str, fix: str) -> Outcome:
    """Return the whole terminal text of a build that one problem stopped."""
    ending = "Nothing was written; the published site is unchanged."
    return Outcome(1, f"{problem}\n    fix: {fix}\n", f"1 error{counted(problem)}. {ending}\n")


def counted(problem: str) -> str:
    """Return how many pages the last line names: those that could be read, none without a usable site.yml."""
    if problem.startswith("content/site.yml"):
        return ""
    unreadable = problem.startswith(PAGE) and problem.endswith(tuple(f"[{rule}]" for rule in UNREADABLE))
    each = 2 if unreadable else 4 if problem.startswith("content/help/other.md") else 3
    return f" in {3 * each} pages (fr {each}, nl {each}, en {each})"


@pytest.mark.parametrize("case", CASES)
def test_one_mistake_is_one_problem_and_the_published_site_is_unchanged(author: Terminal, case: str) -> None:
    files, problem, fix = CASES[case]
    author.write(files)
    before = tree_hash(author.folder)

    outcome = author.balise("build")

    assert outcome == refused(problem, fix)
    assert tree_hash(author.folder) == before


@pytest.mark.parametrize("case", ["a channel that does not exist", "broken YAML in site.yml", "a loop"])
def test_check_finds_what_build_finds(author: Terminal, case: str) -> None:
    files, problem, fix = CASES[case]
    author.write(files)
    outcome = author.balise("check")
    assert (outcome.code, outcome.out) == (1, f"{problem}\n    fix: {fix}\n")


def test_a_link_out_of_the_project_is_refused_and_never_read(author: Terminal, tmp_path: Path) -> None:
    secret = tmp_path / "secret.md"
    secret.write_text("A secret.\n", "utf-8")
    (author.folder / "content/help/secret.md").symlink_to(secret)
    before = tree_hash(author.folder)
    assert author.balise("build") == refused(
        f'content/help/secret.md: error: is a symbolic link to "{secret}" [symlink]',
        "copy the file into the project; links are never followed",
    )
    assert tree_hash(author.folder) == before


def test_a_linked_folder_of_assets_is_refused_and_not_copied(author: Terminal, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere/private.txt").write_text("private", "utf-8")
    (author.folder / "content/assets").mkdir()
    (author.folder / "content/assets/files").symlink_to(tmp_path / "elsewhere")
    before = tree_hash(author.folder / "site")
    outcome = author.balise("build")
    assert (outcome.code, outcome.out.splitlines()[0]) == (
        1,
        f'content/assets/files: error: is a symbolic link to "{tmp_path / "elsewhere"}" [symlink]',
    )
    assert tree_hash(author.folder / "site") == before


def test_all_mistakes_are_reported_in_one_run_by_place(author: Terminal) -> None:
    author.write({**call('{{ phone("be-lin") }}'), "content/help/index.md": INDEX + "\nSee [that](missing.md).\n"})
    outcome = author.balise("build")
    assert [line.split(" error: ")[0] for line in outcome.out.splitlines()[::2]] == [
        f"{PAGE}:14:9:",
        "content/help/index.md:10:5:",
    ]
    assert (
        outcome.err == "2 errors in 9 pages (fr 3, nl 3, en 3). Nothing was written; the published site is unchanged.\n"
    )


@pytest.mark.parametrize(
    "files, problem",
    [
        ({"content/data/channels.yml": CHANNELS.replace('phone: "112"', 'phone: "112', 1)}, "yaml-syntax"),
        (
            {"content/data/channels.yml": CHANNELS.replace("country: BE\n", "country: BE\n    country: FR\n", 1)},
            "yaml-duplicate",
        ),
        (
            {"content/data/figures.yml": FIGURES.replace("unit: report", "unit: report\n    unit: other")},
            "yaml-duplicate",
        ),
        ({"content/data/channels.yml": CHANNELS.encode().replace(b"112", b"\xff", 1)}, "encoding"),
    ],
    ids=["broken YAML", "a duplicate key", "a duplicate key in the figures", "invalid UTF-8"],
)
def test_a_data_file_that_cannot_be_read_is_the_only_problem(author: Terminal, files: Files, problem: str) -> None:
    author.write(files)
    outcome = author.balise("build")
    assert [line.rpartition("[")[2] for line in outcome.out.splitlines()[::2]] == [f"{problem}]"]


def test_a_phone_number_typed_without_quotes_survives_digit_by_digit(author: Terminal) -> None:
    spelled = 'phone: "116000"\n    short: "yes"\n    phone_shown: 116 000'
    author.write(
        {"content/data/channels.yml": CHANNELS.replace(spelled, "phone: +32471234567\n    phone_shown: 0471234567")}
    )
    outcome = author.balise("build")
    assert (outcome.code, outcome.out) == (0, "")
    shown = (author.folder / "site/en/help/found-images/index.html").read_text("utf-8")
    assert 'href="tel:+32471234567">0471234567</a>' in shown


def test_a_catalogue_that_is_not_there_is_no_mistake(author: Terminal) -> None:
    assert not (author.folder / "locales").exists()
    assert author.balise("build", "--strict") == Outcome(
        0,
        "",
        "0 errors in 9 pages (fr 3, nl 3, en 3). Written to site.\n"
        "  fr: 15 units: 15 missing\n  nl: 15 units: 15 missing\n  en: 15 units: 15 current\n",
    )


def test_a_fuzzy_translation_is_counted_as_missing_and_never_published(author: Terminal) -> None:
    entry = '#, fuzzy\nmsgctxt "meta.title"\nmsgid "I found images"\nmsgstr "J’ai peut-être vu"\n'
    author.write({CATALOGUE: TWICE.split("\n\n")[0] + "\n\n" + entry})
    outcome = author.balise("build")
    assert outcome.err.splitlines()[1] == "  fr: 15 units: 15 missing"
    assert "peut-être vu" not in (author.folder / "site/fr/aide/images-trouvees/index.html").read_text("utf-8")


def test_a_warning_is_published_unless_strict(author: Terminal) -> None:
    author.write({"locales/fr/pages/help/gone.po": TWICE.split("\n\n")[0] + "\n"})
    warning = (
        'locales/fr/pages/help/gone.po: warning: there is no page "help/gone" to translate [catalogue-orphan]\n'
        "    fix: move it to its page's new name, or delete it\n"
    )
    assert (author.balise("build", "-q").code, author.balise("build", "-q").out) == (0, warning)
    before = tree_hash(author.folder)
    ending = "Nothing was written; the published site is unchanged."
    assert author.balise("build", "--strict") == Outcome(
        1, warning, f"0 errors, 1 warning in 9 pages (fr 3, nl 3, en 3). {ending}\n"
    )
    assert tree_hash(author.folder) == before


def test_json_carries_the_same_problem(author: Terminal) -> None:
    author.write(call('{{ phone("be-lin") }}'))
    outcome = author.balise("build", "--format", "json")
    assert (outcome.code, outcome.err) == (1, "")
    assert json.loads(outcome.out) == {
        "problems": [
            {
                "path": PAGE,
                "line": 14,
                "column": 9,
                "severity": "error",
                "rule": "channel-unknown",
                "message": 'channel "be-lin" does not exist',
                "fix": 'did you mean "be-line"? channels are listed in content/data/channels.yml',
            }
        ],
        "ok": False,
        "pages": {"fr": 3, "nl": 3, "en": 3},
        "units": {tag: units(missing=15) for tag in ("fr", "nl")} | {"en": units(current=15)},
    }


def units(**counts: int) -> dict[str, int]:
    """Return the units of an edition by state."""
    return {"current": 0, "stale": 0, "missing": 0, "refused": 0, **counts}


@pytest.mark.parametrize("case", ["a channel that does not exist", "broken YAML in site.yml"])
def test_mkdocs_itself_refuses_the_same_mistake_and_writes_nothing(author: Terminal, case: str) -> None:
    files, problem, fix = CASES[case]
    author.write(files)
    before = tree_hash(author.folder)
    outcome = run([sys.executable, "-m", "mkdocs", "build", "--strict"], author.folder, PYTHONWARNINGS="error")
    assert (outcome.code, outcome.out.split()) == (1, "Aborted with a BuildError!".split())
    said = [line.strip() for line in outcome.err.splitlines()]
    assert said == [
        f"ERROR   -  {problem}",
        f"fix: {fix}",
        "ERROR   -  Nothing was written; the published site is unchanged.",
    ]
    assert tree_hash(author.folder) == before


def test_the_process_leaves_with_the_same_code_and_text(author: Terminal) -> None:
    files, problem, fix = CASES["a link to a page that does not exist"]
    author.write(files)
    assert run(balise_process("build"), author.folder) == refused(problem, fix)
