"""Opening hours: when somebody answers, in the words of an edition."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from balise.channel_words import reach_name
from balise.cldr import DAYS, day_name, present_list
from balise.languages import Text

if TYPE_CHECKING:
    from balise.catalogues import Phrases


@dataclass(frozen=True)
class Hours:
    """Times on some days (`mon` to `sun`), from `00:00` to `24:00`; `by` is the way to reach it, where they differ."""

    days: tuple[str, ...]
    start: str
    end: str
    by: str = ""


def present_hours(hours: Iterable[Hours], phrases: Phrases, *, locale: str = "") -> tuple[Text, ...]:
    """Return one line for each way to reach it, such as `by phone: Monday to Friday, 9:00 to 18:00`."""
    _ = phrases.gettext
    lines = []
    for by, slots in groupby(hours, key=lambda slot: slot.by):
        text = "; ".join(_slot(slot, phrases, locale) for slot in slots)
        line = _("{way}: {hours}").format(way=reach_name(by, phrases), hours=text) if by else text
        lines.append(Text(line, phrases.language))
    return tuple(lines)


def _slot(slot: Hours, phrases: Phrases, locale: str) -> str:
    _ = phrases.gettext
    if set(slot.days) == set(DAYS) and (slot.start, slot.end) == ("00:00", "24:00"):
        return _("day and night, every day")
    start, end = (_clock(time, phrases) for time in (slot.start, slot.end))
    times = _("{start} to {end}").format(start=start, end=end)
    return _("{days}, {times}").format(days=_days(slot.days, phrases, locale), times=times)


def _clock(time: str, phrases: Phrases) -> str:
    """Return a time of day as a timetable of the language writes it."""
    _ = phrases.gettext
    hour, minute = time.split(":")
    pattern = _("{hour}:00") if minute == "00" else _("{hour}:{minute}")
    return pattern.format(hour=int(hour), minute=minute)


def _days(days: Iterable[str], phrases: Phrases, locale: str) -> str:
    """Return the days in order, three or more in a row as a range."""
    _ = phrases.gettext
    numbers = sorted({DAYS.index(day) for day in days})
    if len(numbers) == len(DAYS):
        return _("every day")
    parts = []
    for run in _runs(numbers):
        names = [day_name(DAYS[number], phrases.language, locale=locale) for number in run]
        parts += [_("{first} to {last}").format(first=names[0], last=names[-1])] if len(names) > 2 else names
    return present_list(parts, phrases.language, locale=locale)


def _runs(numbers: Iterable[int]) -> Iterator[tuple[int, ...]]:
    """Yield the numbers in runs of neighbours."""
    for _, run in groupby(enumerate(numbers), key=lambda pair: pair[1] - pair[0]):
        yield tuple(number for _, number in run)
