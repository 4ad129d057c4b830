"""Who helps at the end of a guide: what its pages show and what its proof counts are found by the same rules."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from balise.channels import channels_for, speaks
from balise.guides.model import Node, Reader
from balise.review import is_expired, may_be_shown

if TYPE_CHECKING:
    from balise.channels import Channel
    from balise.guides.model import Guide

DANGER = "immediate-danger"
"""The need that a country's own emergency number answers before all others."""
EVERYONE = "anyone"
"""The audience of a channel that is there for all."""
_STANDS_FOR = {"adult": ("parent",), "parent": ("parent",), "child": ("child",), "educator": ("educator",)}
"""The audiences of channels that a reader belongs to: what helps parents helps any adult who is worried."""


def helps(channel: Channel, audience: str) -> bool:
    """Tell whether a channel is there for a reader of this audience."""
    return EVERYONE in channel.audience or any(name in channel.audience for name in _STANDS_FOR[audience])


def helpers(
    channels: Mapping[str, Channel],
    *,
    needs: Collection[str],
    fallback: Iterable[Sequence[str]],
    country: str,
    language: str,
    audiences: Collection[str],
    today: str,
    emergency: str = "",
) -> tuple[Channel, ...]:
    """Return the channels of a country for an outcome, by its needs, each once, the most useful first.

    Where none of them speaks the language, those declared as a fallback for the country come behind them: of the first
    list of `fallback`, the node's own before the guide's, that has any. In danger, the channel whose id is `emergency`
    comes before all others.
    """
    found = {
        channel.id: channel
        for need in needs
        for channel in channels_for(
            channels, need=need, country=country, today=today, allow_expired=False, language=language
        )
        if any(helps(channel, audience) for audience in audiences)
    }
    if not any(speaks(channel, language) is not False for channel in found.values()):
        declared = ([*_declared(channels, names, country, audiences, today)] for names in fallback)
        found |= {item.id: item for item in next(filter(None, declared), ())}
    first = emergency if DANGER in needs else ""
    return tuple(sorted(found.values(), key=lambda channel: channel.id != first))


def _declared(
    channels: Mapping[str, Channel], fallback: Iterable[str], country: str, audiences: Collection[str], today: str
) -> Iterator[Channel]:
    """Yield the channels of a country that are declared as a fallback and may be shown."""
    for name in fallback:
        channel = channels.get(name)
        usable = channel and channel.country == country and may_be_shown(channel) and not is_expired(channel, today)
        if channel and usable and any(helps(channel, audience) for audience in audiences):
            yield channel


def can_help(channels: Mapping[str, Channel], guide: Guide, node: Node, reader: Reader, today: str) -> bool:
    """Tell whether an outcome shows a reader a channel to use: one that speaks the language, or a declared fallback."""
    found = helpers(
        channels,
        needs=node.needs,
        fallback=(node.fallback, guide.fallback),
        country=reader.country,
        language=reader.language,
        audiences=(reader.audience,),
        today=today,
    )
    declared = (*node.fallback, *guide.fallback)
    return any(channel.id in declared or speaks(channel, reader.language) is not False for channel in found)
