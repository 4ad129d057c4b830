"""Whether a record of the registries may be shown, and until when what it says was confirmed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True)
class Checked:
    """Who really opened or dialled it, and on which day (YYYY-MM-DD)."""

    on: str
    by: str


class Reviewed(Protocol):
    """A record that can be unsure or go out of date."""

    @property
    def status(self) -> str:
        """`active` for a channel in use; figures have statuses of their own."""

    @property
    def confidence(self) -> str:
        """`high`, `medium`, `low`, or nothing."""

    @property
    def expires(self) -> str:
        """The last day (YYYY-MM-DD) on which it may be shown without a new check, or nothing."""


NEVER_SHOWN = frozenset({"unconfirmed", "closed"})
"""Statuses under which a record is kept for editors only."""


def may_be_shown(record: Reviewed) -> bool:
    """Tell whether the record is settled enough for readers, whatever its age."""
    return record.status not in NEVER_SHOWN and record.confidence != "low"


def is_expired(record: Reviewed, today: str) -> bool:
    """Tell whether the record needs a new check; `today` is YYYY-MM-DD and the day of expiry still counts."""
    return bool(record.expires) and record.expires < today


def is_publishable(record: Reviewed, today: str) -> bool:
    """Tell whether the record may be shown as it is: settled, sure enough and not out of date."""
    return may_be_shown(record) and not is_expired(record, today)
