"""No fact of the reference site changes unseen: single edits drawn by chance; `make mutations` draws three hundred."""

from __future__ import annotations

import pytest

from bench.fact_mutations import main


def test_each_edit_to_a_fact_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as leaving:
        main(["--rounds", "12", "--seed", "18"])
    said = capsys.readouterr().out
    assert leaving.value.code == 0, said
    assert said.endswith("12 of 12 caught; 0 misses in an emergency number\n"), said
