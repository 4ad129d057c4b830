"""The report sheet: neutral words for what a reader came across, and the services of a country that take it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from balise.catalogues import Phrases
    from balise.channels import Channel, ChannelView

SUBJECTS = ("images", "offer", "grooming", "sextortion", "passed-on", "other")
"""What a reader may have come across, in the order of the sheet."""
SUBJECT_NEEDS = {
    "images": "image-found",
    "offer": "image-found",
    "grooming": "grooming",
    "sextortion": "sextortion",
    "passed-on": "own-image-shared",
    "other": "advice-adult",
}
"""The need that a channel must answer to be named for a subject."""


@dataclass(frozen=True)
class SheetService:
    """A service that takes reports, and the subjects it takes, in the words of the sheet."""

    channel: ChannelView
    subjects: tuple[str, ...]


def subject_name(subject: str, phrases: Phrases) -> str:
    """Return a subject in words that describe nothing."""
    _ = phrases.gettext
    return {
        "images": _("pictures or video that seem to show the abuse of a child"),
        "offer": _("a page or a group that offers such material or asks for it"),
        "grooming": _("an adult who asks a child for pictures, or to meet"),
        "sextortion": _("blackmail with pictures"),
        "passed-on": _("a picture of a young person that is passed on against their will"),
        "other": _("something else"),
    }[subject]


def sheet_services(
    found: Callable[[str], Iterable[Channel]], view: Callable[[str], ChannelView], phrases: Phrases
) -> tuple[SheetService, ...]:
    """Return who takes which subject: the most useful channel for its need, and the police.

    `found` gives the channels for a need, the most useful first; `view` presents one by id.
    """
    subjects: dict[str, list[str]] = {}
    for subject in SUBJECTS:
        for place, channel in enumerate(found(SUBJECT_NEEDS[subject])):
            if not place or channel.kind == "police":
                subjects.setdefault(channel.id, []).append(subject_name(subject, phrases))
    return tuple(SheetService(view(name), tuple(words)) for name, words in subjects.items())
