"""Channels side by side: the questions people ask before they report, answered from the registry or not at all."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from balise.languages import Text

if TYPE_CHECKING:
    from balise.catalogues import Phrases
    from balise.channels import Channel, ChannelView


@dataclass(frozen=True)
class ComparedQuestion:
    """A question and each channel's answers to it, in the order of the channels; no answer where no source has one."""

    question: str
    answers: tuple[tuple[Text, ...], ...]


@dataclass(frozen=True)
class ComparedChannel:
    """A channel of a comparison; `emergency` is the number to call in its country when it becomes urgent."""

    channel: ChannelView
    emergency: ChannelView | None


@dataclass(frozen=True)
class ComparisonView:
    """Channels side by side in the words of an edition."""

    channels: tuple[ComparedChannel, ...]
    questions: tuple[ComparedQuestion, ...]


def compare(
    channels: Sequence[Channel],
    view: Callable[[str], ChannelView],
    emergency: Callable[[str], ChannelView | None],
    phrases: Phrases,
) -> ComparisonView:
    """Return the channels side by side; `view` presents one by id, `emergency` that of a country."""
    _ = phrases.gettext
    views = [view(channel.id) for channel in channels]

    def name(one: ChannelView) -> tuple[Text, ...]:
        return (Text(one.anonymous, phrases.language),) if one.anonymous else ()

    def pointed(channel: Channel, one: ChannelView, question: str) -> tuple[Text, ...]:
        return tuple(one.what_happens[int(number) - 1] for number in channel.answers.get(question, ()))

    def rest(channel: Channel, one: ChannelView) -> tuple[Text, ...]:
        taken = {number for numbers in channel.answers.values() for number in numbers}
        return tuple(text for number, text in enumerate(one.what_happens, 1) if str(number) not in taken)

    pairs = tuple(zip(channels, views, strict=True))
    rows = (
        (_("Who takes it, and what happens?"), [rest(*pair) for pair in pairs]),
        (_("When are they there?"), [one.hours for one in views]),
        (_("Must I give my name?"), [name(one) for one in views]),
        (_("Will I hear what came of it?"), [pointed(*pair, "hears") for pair in pairs]),
        (_("Can I stop, or take it back?"), [pointed(*pair, "stops") for pair in pairs]),
        (_("What are the limits?"), [one.limits for one in views]),
    )
    return ComparisonView(
        tuple(ComparedChannel(one, emergency(one.country)) for one in views),
        tuple(ComparedQuestion(question, tuple(answers)) for question, answers in rows),
    )
