"""What a previewed page carries beside what readers get: the live script, the preview's styles, and the problems."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Sequence
from pathlib import Path

from markupsafe import Markup, escape

from balise.components import CONTENT_SECURITY_POLICY
from balise.markdown import render_markdown
from balise.problems import Problem, Severity

FILES = ("live.js", "preview.css")
"""Files of this package that pages load from `_balise/`."""
RULES = "rules.html"
"""The manual of the gate's rules, below `_balise/` too."""
_MOST_SHOWN = 20
_WORDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.ADVICE: "note"}
"""The gravest first."""
_FRAME = """\
<!DOCTYPE html>
<html lang="en" dir="ltr">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="referrer" content="no-referrer">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{title}</title>
<link rel="icon" href="data:,">
</head>
<body>
<h1>{title}</h1>
{body}</body>
</html>
"""


def load_file(name: str) -> bytes:
    """Return the bytes of one of the preview's own files."""
    return (Path(__file__).parent / name).read_bytes()


def inject(html: str, root: str, revision: str, extra: Markup) -> str:
    """Return a page with the preview's styles and script, and with these elements at the end of its body.

    A page without a head, which only leads on to another, stays as it is.
    """
    head = Markup(
        '<link rel="stylesheet" href="{root}_balise/preview.css">\n'
        '<script defer src="{root}_balise/live.js" data-revision="{revision}"></script>\n'
    ).format(root=root, revision=revision)
    before, closing, after = html.partition("</head>")
    if not closing:
        return html
    body, end, rest = after.rpartition("</body>")
    return f"{before}{head}{closing}{body}{extra}{end}{rest}"


def empty_page(title: str) -> str:
    """Return a page that stands where nothing could be built yet."""
    return _FRAME.format(policy=escape(CONTENT_SECURITY_POLICY), title=escape(title), body="")


def manual_page(manual: str) -> str:
    """Return the manual of the rules, which is Markdown, as a page that problems lead to."""
    body = render_markdown(manual)
    page = _FRAME.format(policy=escape(CONTENT_SECURITY_POLICY), title="The rules of the gate", body=body)
    style = f'<link rel="stylesheet" href="{FILES[1]}">\n</head>\n<body class="balise-manual">'
    return page.replace("</head>\n<body>", style)


def render_problems(
    problems: Sequence[Problem], *, failed: bool, ending: str = "", manual: str = "", rules: Container[str] = ()
) -> Markup:
    """Return the problems as an overlay, open when the build failed; nothing when there are none.

    `ending` says what the page behind is; `manual` is the address of the page that tells of these rules of the gate.
    """
    if not problems:
        return Markup()
    count = Counter(problem.severity for problem in problems)
    counted = ((count[severity], word) for severity, word in _WORDS.items())
    words = ", ".join(f"{number} {word}{'' if number == 1 else 's'}" for number, word in counted if number)
    ordered = sorted(problems, key=lambda problem: tuple(_WORDS).index(problem.severity))
    items = Markup("").join(
        _item(problem, manual if problem.rule in rules else "") for problem in ordered[:_MOST_SHOWN]
    )
    more = Markup("<p>The terminal shows all of them.</p>") if len(problems) > _MOST_SHOWN else ""
    return Markup(
        '<aside class="balise-preview balise-problems" lang="en" dir="ltr" aria-label="Problems">'
        "<details{opened}><summary>{words}. {ending}</summary><ol>{items}</ol>{more}</details></aside>"
    ).format(opened=Markup(" open") if failed else "", words=words, ending=ending, items=items, more=more)


def _item(problem: Problem, manual: str) -> Markup:
    fix = Markup("<br>fix: {}").format(problem.hint) if problem.hint else ""
    rule = Markup()
    if manual:
        rule = Markup(' <a href="{}#{}">{}</a>').format(manual, problem.rule, problem.rule)
    return Markup('<li class="balise-{severity}"><code>{place}</code>{rule}<br>{severity}: {message}{fix}</li>').format(
        severity=problem.severity.value, place=str(problem.location), rule=rule, message=problem.message, fix=fix
    )
