"""Channels: the places where people report or get help, which of them a reader needs, and how a page shows them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from balise.channel_words import KINDS, anonymity, cost_name, kind_name, need_name, reach_name, role_name
from balise.cldr import country_name, language_name, present_date, present_list
from balise.languages import Text, fallbacks, pick
from balise.opening import Hours, present_hours
from balise.problems import Problem
from balise.record_shapes import CHANNEL, CHANNELS_FILE
from balise.records import parse_records, parse_sections
from balise.review import Checked, is_expired, may_be_shown
from balise.sources import Message, Source, SourceView, present_source, source_messages, web_host

if TYPE_CHECKING:
    from balise.catalogues import Phrases
    from balise.record_shapes import Record
    from balise.schemas import ChannelModel
    from balise.source import YamlDocument

_FIRST_KINDS = {
    "immediate-danger": ("emergency", "police"),
    "image-found": ("hotline", "police"),
    "own-image-shared": ("helpline", "removal"),
    "sextortion": ("helpline", "removal"),
    "worried-about-self": ("perpetrator-prevention",),
    "advice-adult": ("helpline", "advice"),
}
_NEXT_KINDS = ("helpline", "hotline", "removal", "police", "advice", "perpetrator-prevention", "emergency")
_CONFIDENCE = ("high", "medium", "low")


@dataclass(frozen=True)
class Channel:
    """A place to report or to get help, as the registry records it; empty strings and tuples stand for what is unknown.

    `phone` is E.164, or two to six digits when `short`. `url` maps a language, or "" for all of them, to an address.
    `answers` maps a question of `comparison` to the sentences of `what_happens` that answer it, as numbers from 1.
    """

    id: str
    name: Mapping[str, str]
    operator: str
    country: str
    kind: str
    needs: tuple[str, ...]
    audience: tuple[str, ...]
    what_happens: tuple[str, ...]
    status: str
    confidence: str
    assembled: str
    expires: str
    sources: tuple[Source, ...]
    phone: str = ""
    short: bool = False
    phone_shown: str = ""
    phone_abroad: str = ""
    phone_abroad_shown: str = ""
    url: Mapping[str, str] = field(default_factory=dict)
    show_address: bool = True
    reach: tuple[str, ...] = ()
    email: str = ""
    sms: str = ""
    chat_url: str = ""
    languages: tuple[str, ...] = ()
    interpreters: bool = False
    hours: tuple[Hours, ...] = ()
    hours_note: str = ""
    cost: str = ""
    cost_note: str = ""
    anonymous: str = "unknown"
    limits: tuple[str, ...] = ()
    answers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    formerly: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    confidence_reason: str = ""
    checked: Checked | None = None


@dataclass(frozen=True)
class ChannelView:
    """A channel in the words of an edition; what is unknown is empty, and `speaks_reader` is None."""

    id: str
    name: Text
    operator: str
    country: str
    country_name: str
    kind: str
    kind_name: str
    purposes: tuple[str, ...]
    phone_href: str
    phone_shown: str
    phone_abroad_href: str
    phone_abroad_shown: str
    url: str
    url_shown: str
    url_language: str
    reach: tuple[str, ...]
    languages: str
    speaks_reader: bool | None
    hours: tuple[Text, ...]
    cost: Text | None
    anonymous: str
    what_happens: tuple[Text, ...]
    limits: tuple[Text, ...]
    checked: str
    assembled: str
    expired: bool
    sources: tuple[SourceView, ...]
    email: str = ""
    sms_href: str = ""
    sms_shown: str = ""
    chat_url: str = ""


def parse_channels(document: YamlDocument) -> tuple[Mapping[str, Channel], tuple[Problem, ...]]:
    """Return the valid channels of the registry file by id, in its order, and what is wrong with the others."""
    sections, problems = parse_sections(document, CHANNELS_FILE)
    if "channels" not in sections:
        return {}, problems
    models, found = parse_records(document, "channels", CHANNEL)
    return {name: _channel(model) for name, model in models.items()}, (*problems, *found)


def _channel(model: ChannelModel | Record) -> Channel:
    values = dict(model)
    for name in ("short", "interpreters", "show_address"):
        values[name] = values[name] == "yes"
    values["hours"] = tuple(Hours(item.days, item.start, item.end, item.by) for item in model.hours)
    values["sources"] = tuple(Source(**dict(item)) for item in model.sources)
    values["checked"] = Checked(model.checked.on, model.checked.by) if model.checked else None
    return Channel(**values)


def channel_schema() -> dict[str, Any]:
    """Return the JSON Schema of `channels.yml`, for editors."""
    from balise.schemas import ChannelsFile

    return ChannelsFile.model_json_schema(by_alias=True)


def channels_for(
    channels: Mapping[str, Channel],
    *,
    need: str,
    country: str,
    kind: str | None = None,
    today: str,
    allow_expired: bool = True,
    language: str = "",
) -> tuple[Channel, ...]:
    """Return the channels that answer a need in a country (`EU` and `INT` included), the most useful first.

    Emergency numbers come first for danger now and last otherwise; hotlines first for images found; then helplines.
    With `language`, those that speak it come before those that do not. An expired channel stays, marked by its view,
    unless `allow_expired` is false; a channel that is unconfirmed or of low confidence is never returned.
    """
    found = [
        channel
        for channel in channels.values()
        if channel.country == country
        and (not need or need in channel.needs)
        and kind in (None, "", channel.kind)
        and may_be_shown(channel)
        and (allow_expired or not is_expired(channel, today))
    ]
    first = _FIRST_KINDS.get(need, ())
    order = (*first, *(name for name in _NEXT_KINDS if name not in first))
    return tuple(sorted(found, key=lambda channel: _rank(channel, order, language)))


def _rank(channel: Channel, kinds: tuple[str, ...], language: str) -> tuple[int, bool, int, str]:
    strange = bool(language) and speaks(channel, language) is False
    return kinds.index(channel.kind), strange, _CONFIDENCE.index(channel.confidence), channel.id


def directory_for(
    channels: Mapping[str, Channel], *, country: str, today: str, allow_expired: bool = True
) -> tuple[Channel, ...]:
    """Return every channel of a country that may be shown: emergency numbers, hotlines, helplines, then the others."""
    found = channels_for(channels, need="", country=country, today=today, allow_expired=allow_expired)
    return tuple(sorted(found, key=lambda channel: _rank(channel, KINDS, "")))


def present_channel(channel: Channel, phrases: Phrases, *, today: str, locale: str = "") -> ChannelView:
    """Return the channel in the words of an edition; `today` (YYYY-MM-DD) decides whether it needs a new check."""
    language = phrases.language
    url, url_language = pick(channel.url, language, "", "en") if channel.url else ("", "")
    operator = phrases.text("channels.operator", channel.operator).text
    return ChannelView(
        id=channel.id,
        name=Text(*pick(channel.name, language, "en")),
        operator=operator,
        country=channel.country,
        country_name=country_name(channel.country, phrases, locale=locale),
        kind=channel.kind,
        kind_name=kind_name(channel.kind, phrases),
        purposes=tuple(need_name(need, phrases) for need in channel.needs),
        phone_href=f"tel:{channel.phone}" if channel.phone else "",
        phone_shown=channel.phone_shown or channel.phone,
        phone_abroad_href=f"tel:{channel.phone_abroad}" if channel.phone_abroad else "",
        phone_abroad_shown=channel.phone_abroad_shown or channel.phone_abroad,
        url=url,
        url_shown=(web_host(url) if channel.show_address else operator) if url else "",
        url_language=url_language,
        reach=tuple(reach_name(reach, phrases) for reach in channel.reach),
        languages=_languages(channel, phrases, locale),
        speaks_reader=speaks(channel, language),
        hours=_hours(channel, phrases, locale),
        cost=_cost(channel, phrases),
        anonymous=anonymity(channel.anonymous, phrases),
        what_happens=_texts(channel, "what_happens", channel.what_happens, phrases),
        limits=_texts(channel, "limits", channel.limits, phrases),
        checked=_checked(channel, phrases, locale),
        assembled=present_date(channel.assembled, language, locale=locale),
        expired=is_expired(channel, today),
        sources=tuple(present_source(source, phrases, locale=locale) for source in channel.sources),
        email=channel.email,
        sms_href=f"sms:{channel.sms}" if channel.sms else "",
        sms_shown=channel.sms,
        chat_url=channel.chat_url,
    )


def speaks(channel: Channel, language: str) -> bool | None:
    """Tell whether somebody speaks the reader's language; None where the languages are unknown or interpreted."""
    if any(tag in channel.languages for tag in fallbacks(language)):
        return True
    return None if channel.interpreters or not channel.languages else False


def _languages(channel: Channel, phrases: Phrases, locale: str) -> str:
    _ = phrases.gettext
    names = [language_name(tag, phrases.language, locale=locale) for tag in channel.languages]
    names += [_("others with an interpreter")] if channel.interpreters else []
    return present_list(names, phrases.language, locale=locale) if names else ""


def _hours(channel: Channel, phrases: Phrases, locale: str) -> tuple[Text, ...]:
    lines = present_hours(channel.hours, phrases, locale=locale)
    if not channel.hours_note:
        return lines
    return (*lines, phrases.text(f"channels.{channel.id}.hours_note", channel.hours_note))


def _cost(channel: Channel, phrases: Phrases) -> Text | None:
    if channel.cost_note:
        return phrases.text(f"channels.{channel.id}.cost_note", channel.cost_note)
    return Text(cost_name(channel.cost, phrases), phrases.language) if channel.cost else None


def _checked(channel: Channel, phrases: Phrases, locale: str) -> str:
    _ = phrases.gettext
    if not channel.checked:
        return ""
    day = present_date(channel.checked.on, phrases.language, locale=locale)
    return _("Checked on {date} by {name}.").format(date=day, name=role_name(channel.checked.by, phrases))


def _texts(channel: Channel, part: str, sources: Iterable[str], phrases: Phrases) -> tuple[Text, ...]:
    return tuple(phrases.text(context, source) for context, source in _numbered(channel.id, part, sources))


def _numbered(channel_id: str, part: str, sources: Iterable[str]) -> Iterator[Message]:
    """Yield the texts of a list with the contexts translators know them by, counted from 1."""
    for number, source in enumerate(sources, 1):
        yield f"channels.{channel_id}.{part}.{number}", source


def channel_messages(channels: Mapping[str, Channel]) -> Iterator[Message]:
    """Yield every text of the channels that is translated; the same message may come more than once."""
    for channel in channels.values():
        yield "channels.operator", channel.operator
        if channel.hours_note:
            yield f"channels.{channel.id}.hours_note", channel.hours_note
        if channel.cost_note:
            yield f"channels.{channel.id}.cost_note", channel.cost_note
        yield from _numbered(channel.id, "what_happens", channel.what_happens)
        yield from _numbered(channel.id, "limits", channel.limits)
        for source in channel.sources:
            yield from source_messages(source)
