"""Reading PO text in the one form that Balise writes: no wrapping, no plurals, nothing fuzzy, stale or obsolete."""

from __future__ import annotations

import re

_QUOTED = r'"([^"\\\n]*+(?:\\["\\nt][^"\\\n]*+)*+)"'
_HEADER = re.compile(
    r'#\nmsgid ""\nmsgstr ""\n(?:"[A-Z][\w-]*: [^"\\\n]*\\n"\n)+\n',
)
_CHARSET = '"Content-Type: text/plain; charset=UTF-8\\n"'
_FORMS = re.compile(r'"Plural-Forms: nplurals=[1-6]; plural=[n0-9 ()?:!=<>&|%+*/-]*+;?\\n"')
_ENTRY = re.compile(
    rf"((?:#[.:] [^\n]*+\n)*+(?:msgctxt {_QUOTED}\n)?+)msgid {_QUOTED}\nmsgstr {_QUOTED}\n(\n++|\Z)|([\s\S]+)",
)
"""What stands before `msgid`, the context in it, source, translation, line ends; or the rest, in any other form."""
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
    line = header[0].count("\n") + 1
    for before, context, source, translation, after, rest in _ENTRY.findall(text, header.end()):
        if rest or not source:
            return None
        if "\\" in source or "\\" in translation or "\\" in context:
            context, source, translation = _plain(context), _plain(source), _plain(translation)
        messages.append((line, context, source, translation))
        line += before.count("\n") + 2 + len(after)
    return messages


def _plain(quoted: str) -> str:
    if "\\" not in quoted:
        return quoted
    if quoted.count("\\") == quoted.count('\\"'):
        return quoted.replace('\\"', '"')
    return _ESCAPE.sub(lambda match: _PLAIN[match[1]], quoted)
