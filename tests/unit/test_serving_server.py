"""What the server asks of the interpreter while it runs."""

from __future__ import annotations

import gc
import sys

from balise.serving.server import quick_turns


def test_the_preview_leaves_the_interpreter_as_it_was() -> None:
    before = sys.getswitchinterval(), gc.get_threshold()
    with quick_turns():
        assert sys.getswitchinterval() < before[0]
        assert gc.get_threshold()[2] > before[1][2]
    assert (sys.getswitchinterval(), gc.get_threshold()) == before
