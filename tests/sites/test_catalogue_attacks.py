"""What a hostile or careless translator sends: each catalogue is refused at its line, and readers get the source text.

The same attacks are made on the catalogue of a page, on that of a guide and on that of the site's own strings.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from support.guides import FILES as GUIDE_FILES
from support.guides import GUIDE
from support.guides import PATH as GUIDE_PATH
from support.projects import compile_project
from support.topics import HEAD, PATH

PAGE_PO = "locales/fr/pages/help/note.po"
GUIDE_PO = "locales/fr/guides/help.po"
SITE_PO = "locales/fr/LC_MESSAGES/site.po"
HEADER = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'

SOURCE = 'Call {{ phone("be-line") }} or [write](https://line.example/help) within 24 hours.'
FRENCH = 'Téléphonez au {{ phone("be-line") }} ou [écrivez](https://line.example/help) en 24 heures.'
STRING, STRING_FRENCH = "Call {number}", "Appelez le {number}"
ANSWER, ANSWER_FRENCH = "I saw a [picture](#talk), 1 or 2", "J'ai vu une [image](#talk), 1 ou 2"

KEEP = "keep calls, links, code, tags and numbers as they are in msgid; the page shows the source text until then"
KEEP_STRING = "keep placeholders, tags, addresses and numbers as in msgid; the source text is shown until then"
MEND = "mend quotes, keywords or merge conflict marks on this line; `msgfmt -c` shows more"


def quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'


def entry(source: str, translation: str, before: str = "") -> str:
    """Return PO text of a header of three lines and an entry on line 4."""
    return f'{HEADER}{before}msgctxt "abcd2345"\nmsgid {quoted(source)}\nmsgstr {quoted(translation)}\n'


def published(root: Path, files: dict[str, str | bytes]) -> tuple[list[str], str]:
    """Return the problems of a small site with these files, and every page of its French edition."""
    guide = GUIDE.replace("Take your time. You can [talk to somebody](#talk) first.", SOURCE.replace(": ", " "))
    base = {**GUIDE_FILES, GUIDE_PATH: guide, PATH: f"{HEAD}{SOURCE}\n"}
    site, problems = compile_project(root, {**base, **files})
    html = "".join(str(page.body.html) for page in site.editions["fr"].pages.values())
    found = (str(problem).replace("\n    fix: ", " | ") for problem in problems)
    return [problem for problem in found if problem.startswith("locales/")], html


IN_TEXT = {
    "a call lost": (FRENCH.replace('{{ phone("be-line") }}', "le service"), 'loses "{{ phone("be-line") }}"'),
    "a call added": (FRENCH + ' {{ phone("be-112") }}', 'adds "{{ phone("be-112") }}"'),
    "a call renamed": (
        FRENCH.replace("be-line", "be-lime"),
        'loses "{{ phone("be-line") }}" and adds "{{ phone("be-lime") }}"',
    ),
    "a number typed instead of the call": (
        FRENCH.replace('{{ phone("be-line") }}', "le 116 001"),
        'loses "{{ phone("be-line") }}" and adds "116001"',
    ),
    "reaching into the program by a name": (
        FRENCH.replace(") }}", ").__class__ }}"),
        'loses "{{ phone("be-line") }}" and adds "{{ phone("be-line").__class__ }}"',
    ),
    "reaching into the program by an index": (
        FRENCH.replace(") }}", ")[0] }}"),
        'loses "{{ phone("be-line") }}" and adds "{{ phone("be-line")[0] }}"',
    ),
    "HTML added": (FRENCH + " <b>vite</b>", 'adds tag "<b>", tag "</b>"'),
    "a script added": (FRENCH + " <script>x</script>", 'adds tag "<script>", tag "</script>"'),
    "Jinja added": (FRENCH + ' {% include "x" %}', 'adds "{% include "x" %}"'),
    "a number changed": (FRENCH.replace("24", "42"), 'loses "24" and adds "42"'),
    "one letter of an address changed": (
        FRENCH.replace("//line", "//1ine"),
        'loses link to "https://line.example/help" and adds link to "https://1ine.example/help"',
    ),
    "a mailbox added": (FRENCH + " a@b.example", 'adds "a@b.example"'),
}


@pytest.mark.parametrize("path", [PAGE_PO, GUIDE_PO])
@pytest.mark.parametrize("translation, fault", IN_TEXT.values(), ids=IN_TEXT)
def test_a_translation_that_changes_what_counts_is_not_shown(
    tmp_path: Path, path: str, translation: str, fault: str
) -> None:
    text = entry(SOURCE, translation)
    if path == GUIDE_PO:
        text = text.replace('"abcd2345"', '"guide/abcd2345"')

    problems, html = published(tmp_path, {path: text})

    assert problems == [f"{path}:4:1: warning: the translation {fault} [translation-broken] | {KEEP}"]
    assert "Téléphonez" not in html
    assert "within 24 hours" in html


IN_STRING = {
    "a placeholder lost": ("Appelez le service", 'loses "{number}"'),
    "a placeholder added": ("Appelez le {number} ou {other}", 'adds "{other}"'),
    "a placeholder renamed": ("Appelez le {numero}", 'loses "{number}" and adds "{numero}"'),
    "a placeholder by position": ("Appelez le {}", 'loses "{number}" and adds "{}"'),
    "reaching into the program by a name": (
        "Appelez le {number.__class__}",
        'loses "{number}" and adds "{number.__class__}"',
    ),
    "reaching into the program by an index": ("Appelez le {number[0]}", 'loses "{number}" and adds "{number[0]}"'),
    "another conversion": ("Appelez le {number!r}", 'loses "{number}" and adds "{number!r}"'),
    "a field a gigabyte wide": (
        "Appelez le {number:>1500000000}",
        'loses "{number}" and adds "{number:>1500000000}", ">", "1500000000"',
    ),
    "HTML added": ("Appelez <b>le {number}</b>", 'adds "<b>", "</b>"'),
    "Jinja added": ("Appelez {{ number }}", 'loses "{number}" and adds "{", "{ number }", "}"'),
    "a telephone number added": ("Appelez le {number} ou 116000", 'adds "116000"'),
    "an address added": ("Appelez le {number} https://x.example", 'adds "https://x.example"'),
}


@pytest.mark.parametrize("translation, fault", IN_STRING.values(), ids=IN_STRING)
def test_a_string_that_changes_what_counts_is_not_shown(tmp_path: Path, translation: str, fault: str) -> None:
    text = f"{HEADER}msgid {quoted(STRING)}\nmsgstr {quoted(translation)}\n"

    problems, html = published(tmp_path, {SITE_PO: text})

    assert problems == [f"{SITE_PO}:4:1: warning: the translation {fault} [translation-broken] | {KEEP_STRING}"]
    assert translation not in html


GOOD = entry(SOURCE, FRENCH)
PLURAL = f'{GOOD}\nmsgctxt "abcd2346"\nmsgid "one"\nmsgid_plural "many"\n'


def with_forms(forms: str) -> str:
    return PLURAL.replace("UTF-8\\n", f"UTF-8\\nPlural-Forms: {forms}\\n")


BROKEN: dict[str, tuple[str | bytes, str]] = {
    "a wrong count of plural forms": (
        with_forms("nplurals=2; plural=n>1;") + 'msgstr[0] "un"\nmsgstr[2] "des"\n',
        '8:1: error: msgid "one" has 2 plural forms [po-plurals] | give msgstr[0] to msgstr[1], as the header says',
    ),
    "99,999,999 plural forms": (
        with_forms("nplurals=99999999; plural=0;") + 'msgstr[0] "un"\n',
        "1:1: error: nplurals is 99999999 [po-plurals] | no language has more than 6",
    ),
    "a program for a plural formula": (
        with_forms("nplurals=2; plural=__import__(1);") + 'msgstr[0] "un"\nmsgstr[1] "des"\n',
        '1:1: error: the plural formula holds "__import__" [po-plurals]'
        " | write a formula of n, numbers and signs, as `balise translate update` does",
    ),
    "plural form number 999,999,999": (
        PLURAL + 'msgstr[999999999] "x"\n',
        f"11:1: error: the PO file is broken [po-syntax] | {MEND}",
    ),
    "an entry twice": (
        GOOD + "\n" + GOOD.removeprefix(HEADER),
        '8:1: error: msgctxt "abcd2345" stands twice [po-duplicate] | keep one of the two; the first is on line 4',
    ),
    "conflict marks": (
        GOOD + "<<<<<<< ours\n=======\n>>>>>>> theirs\n",
        "7:1: error: a merge conflict is left in the PO file [po-syntax] | choose one side",
    ),
    "a quote left open": (GOOD[:-2] + "\n", f"6:1: error: the PO file is broken [po-syntax] | {MEND}"),
    "cut off inside a keyword": (GOOD + "\nmsgi", f"8:1: error: the PO file is broken [po-syntax] | {MEND}"),
    "UTF-7 declared": (
        GOOD.replace("UTF-8", "UTF-7"),
        "2:1: error: the PO file declares charset UTF-7 [po-charset] | write charset=UTF-8 and save it so",
    ),
    "UTF-7 indeed": (
        GOOD.replace("UTF-8", "UTF-7").encode("utf-7"),
        f"5:1: error: the PO file is broken [po-syntax] | {MEND}",
    ),
    "UTF-16": (GOOD.encode("utf-16"), "1:1: error: the file is UTF-16 [encoding] | save it as UTF-8"),
    "a NUL": (
        GOOD.replace("Téléphonez", "Télé\0phonez"),
        "6:13: error: the file holds the control character U+0000 [encoding]"
        " | remove it, or put a space or an ordinary line break in its place",
    ),
    "bytes that are no UTF-8": (
        GOOD.encode("latin-1"),
        "6:10: error: byte 0xe9 is not valid UTF-8 [encoding] | save the file as UTF-8",
    ),
}


@pytest.mark.parametrize("path", [PAGE_PO, GUIDE_PO, SITE_PO])
@pytest.mark.parametrize("text, problem", BROKEN.values(), ids=BROKEN)
def test_a_broken_file_is_refused_at_its_line(tmp_path: Path, path: str, text: str | bytes, problem: str) -> None:
    if path == GUIDE_PO and isinstance(text, str):
        text, problem = (value.replace('"abcd', '"guide/abcd') for value in (text, problem))

    problems, _ = published(tmp_path, {path: text})

    assert problems == [f"{path}:{problem}"]


def test_what_is_marked_as_fuzzy_is_never_published(tmp_path: Path) -> None:
    problems, html = published(tmp_path, {PAGE_PO: entry(SOURCE, FRENCH, "#, fuzzy\n")})

    assert problems == []
    assert "Téléphonez" not in html


@pytest.mark.parametrize(
    "text",
    [b"\xef\xbb\xbf" + GOOD.encode(), GOOD.replace("\n", "\r\n").encode()],
    ids=["a byte order mark", "line ends of Windows"],
)
def test_what_editors_on_windows_write_is_read(tmp_path: Path, text: bytes) -> None:
    problems, html = published(tmp_path, {PAGE_PO: text})

    assert problems == []
    assert "Téléphonez" in html
