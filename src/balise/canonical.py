"""Reading PO text in the one form that Balise writes: no wrapping, no plurals, nothing fuzzy, stale or obsolete."""

from __future__ import annotations

import re

_QUOTED = r'"((?:[^"\\\n]|\\["\\nt])*)"'
_HEADER = re.compile(
    r'#\nmsgid ""\nmsgstr ""\n(?:"[A-Z][\w-]*: [^"\\\n]*\\n"\n)+\n',
)
_CHARSET = '"Content-Type: text/plain; charset=UTF-8\\n"'
_FORMS = re.compile(r'"Plural-Forms: nplurals=[1-6]; ')
_ENTRY = re.compile(
    r"(?:#[.:] [^\n]*\n)*" rf"(?:msgctxt {_QUOTED}\n)?" rf"msgid {_QUOTED}\nmsgstr {_QUOTED}\n(?:\n+|\Z)",
)
_ESCAPE = re.compile(r"\\(.)")
_PLAIN = {"n": "\n", "t": "\t", '"': '"', "\\": "\\"}

Message = tuple[int, str, str, str]
"""The first line of an entry (1-based), its context ("" for none), its source text and its translation."""


def read_canonical(text: str) -> list[Message] | None:
    """Return the messages of PO text in canonical form, in order; `None` for text in any other form."""
    header = _HEADER.match(text)
    if not header or _CHARSET not in header[0] or not _FORMS.search(header[0]):
        return None
    messages: list[Message] = []
    at, line = header.end(), header[0].count("\n") + 1
    while at < len(text):
        entry = _ENTRY.match(text, at)
        if not entry or not entry[2]:
            return None
        messages.append((line, _plain(entry[1] or ""), _plain(entry[2]), _plain(entry[3])))
        line += entry[0].count("\n")
        at = entry.end()
    return messages


def _plain(quoted: str) -> str:
    return _ESCAPE.sub(lambda match: _PLAIN[match[1]], quoted) if "\\" in quoted else quoted
