"""The first text of a new guide: small, whole, and ready to be walked and to be written over."""

from __future__ import annotations

import json
from collections.abc import Iterable

_TEXT = """\
# A decision guide. `balise guide check` says what is missing; `balise guide walk NAME` tries it.
guide:
  title: {title}
  description: TODO one sentence that says what this guide helps with
  audience: [parent]
  # Channels for countries that have none for a need, or none that speaks the reader's language.
  fallback: [{fallback}]
  start: what
nodes:
  - id: what
    ask: What has happened?
    text: TODO one sentence that takes the pressure off
    answers:
      - say: TODO something that happened, in the reader's words
        go: first-steps
      - say: I only want to talk
        go: talk
  - id: first-steps
    outcome: TODO what to do, as a title
    urgency: today
    needs: [advice-adult]
    critical: yes
    do:
      - TODO the first thing to do, possible this minute
    never:
      - TODO what never to do
    next:
      - TODO what happens then, with its limits
  - id: talk
    outcome: Talk with someone
    reporting: no
    needs: [talk, advice-adult]
    do:
      - Choose a service below. You need not know yet what you want to say.
    never:
      - Do not wait until you are certain.
    next:
      - Somebody listens, and thinks with you about what could help.
walks:
  - name: Somebody who only wants to talk
    answers: [I only want to talk]
    ends: talk
"""


def guide_text(title: str, fallback: Iterable[str]) -> str:
    """Return the text of a new guide with this title and these fallback channels."""
    return _TEXT.format(title=json.dumps(title, ensure_ascii=False), fallback=", ".join(fallback))
