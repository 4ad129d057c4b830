"""The day a build counts from: given by SOURCE_DATE_EPOCH, else today's."""

from __future__ import annotations

import re
import time

import pytest

from balise.errors import UsageError
from balise.today import default_today


@pytest.mark.parametrize(
    ("epoch", "day"),
    [
        ("0", "1970-01-01"),
        ("1795219200", "2026-11-21"),
        ("1795305599", "2026-11-21"),
        ("1709164800", "2024-02-29"),
        ("4102444800", "2100-01-01"),
    ],
)
def test_the_day_of_source_date_epoch_counts(epoch: str, day: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    assert default_today() == day


def test_the_time_zone_of_the_machine_does_not_shift_the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795219200")
    monkeypatch.setenv("TZ", "America/Los_Angeles")
    time.tzset()
    try:
        assert default_today() == "2026-11-21"
    finally:
        monkeypatch.delenv("TZ")
        time.tzset()


@pytest.mark.parametrize("given", [None, ""])
def test_without_it_the_clock_is_read(given: str | None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    if given is not None:
        monkeypatch.setenv("SOURCE_DATE_EPOCH", given)
    monkeypatch.setattr(time, "time", lambda: 86400.0 * 365)
    assert default_today() == "1971-01-01"


@pytest.mark.parametrize("epoch", ["tomorrow", "-1", "1.5", "²", "٣", "9" * 12, " 1"])
def test_what_is_no_number_of_seconds_is_refused(epoch: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    message = f'SOURCE_DATE_EPOCH is "{epoch}"; write whole seconds since 1970, or unset it'
    with pytest.raises(UsageError, match=f"^{re.escape(message)}$"):
        default_today()
